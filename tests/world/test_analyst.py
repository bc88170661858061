"""Claims about the monthly analysis: it rests on records, and reminds whom the strategy says."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import LIVELY, in_words, like, lively_strategy, named, world

from sim.core import events as ev
from sim.core.records import BY_MAIL, CELLS
from sim.settings.market import Market
from sim.world.agents import Company
from sim.world.books import BOOKS, keep_books
from sim.world.model import OmnichannelModel

DAYS = 61


def lived(targets_by: str, **policies) -> OmnichannelModel:
    strategy = like(lively_strategy(), targets_by=targets_by, **policies)
    model = OmnichannelModel(world(*LIVELY), strategy, keep_log=True)
    return model.run(DAYS)


@pytest.fixture(scope="module")
def all_reminded() -> OmnichannelModel:
    return lived("all")


def reminders(model: OmnichannelModel) -> np.ndarray:
    log = model.events()
    return log[(log["kind"] == ev.MAIL_SENT) & (log["order"] == ev.REMINDER)]


def test_reminders_go_out_on_the_day_of_an_analysis_to_whom_the_policy_says(all_reminded):
    sent = reminders(all_reminded)
    every = all_reminded.settings.company.analysing.analysis_days
    assert len(sent) > 10 and (sent["day"] % every == 0).all()
    assert (np.unique(sent[["day", "customer"]], return_counts=True)[1] == 1).all()
    assert len(reminders(lived("nobody"))) == 0


def test_who_is_reminded_is_on_file_and_may_be_written_to(all_reminded):
    last = all_reminded.analyst.last
    assert last.sent.any() and (last.sent <= last.eligible).all()
    assert (last.features[:, 1] + last.features[:, 4] > 0).all(), "a purchase or a sighting"


def test_the_models_are_fitted_on_records_alone(all_reminded):
    analyst = all_reminded.analyst
    customers, profiles, _ = all_reminded.driver.tables()
    before, found, tried = analyst.last, list(analyst.found), list(analyst.tried)
    fitted = []
    for people in (customers, np.zeros_like(customers)):
        analyst.learn(people, profiles)
        fitted.append(analyst.propensity.weights.copy())
    assert fitted[0] == pytest.approx(fitted[1], abs=0)
    analyst.last, analyst.found, analyst.tried = before, found, tried


def test_what_the_company_starts_from_says_nothing_of_the_markets_truth():
    one = OmnichannelModel(world("scale.customers=50"), named("leader"))
    content = one.settings.market.model_dump()
    for k, category in enumerate(content["categories"]):
        category["complement"] = content["categories"][k - 1]["name"]
        category["need_share"] = (k + 1) / sum(range(1, len(content["categories"]) + 1))
        category["style_shares"] = (0.2, 0.3, 0.5)
        category["cooling_off_days"] += 30
    settings = one.settings.model_copy(update={"market": Market.model_validate(content)})
    other = OmnichannelModel(settings, named("leader"))
    for name in ("popularity", "next_category", "next_more", "pick_after", "front_cell"):
        assert (one.company.record[name] == other.company.record[name]).all(), name
    assert (one.company.sold == other.company.sold).all()


def test_in_the_placebo_another_mans_facts_are_read():
    model = lived("all")
    _, profiles, _ = model.driver.tables()
    taken = model.population.who >= 0
    places = np.flatnonzero(taken & (profiles["linked"] == 0))  # one record a person
    orders = profiles["silos"]["live"]["orders"][:, BY_MAIL]
    assert (model.analyst.on_file(profiles, places).orders == orders[places]).all()
    model.strategy = like(model.strategy, shuffled_knowledge=True)
    found = model.analyst.on_file(profiles, places).orders
    assert (found == orders[places ^ 1]).all() and (found != orders[places]).any()


def test_what_is_learned_of_items_comes_through_a_fork(all_reminded):
    before = all_reminded.analyst.item_sequences()
    twin = all_reminded.fork(all_reminded.strategy)
    assert before.sum() > 0 and (twin.analyst.item_sequences() == before).all()
    assert (twin.company.record["pick_after"] == all_reminded.company.record["pick_after"]).all()
    assert isinstance(twin.company, Company) and twin.analyst.found == []
    picks = twin.company.record["pick_after"][0].reshape(-1, CELLS)
    kinds = len(twin.catalogue) // twin.settings.market.items_per_style
    assert (picks[:, :kinds] >= 0).all() and (picks[:, kinds:] == -1).all()


def test_without_learning_nothing_is_fitted_and_reminders_go_on():
    model = lived("all")
    before = model.analyst.propensity
    model.learning = False
    model.run(DAYS + 20)
    assert model.analyst.propensity is before
    assert (reminders(model)["day"] > DAYS).any()


def test_the_years_analysis_is_written_down_with_the_truth_beside_it(monkeypatch):
    monkeypatch.setattr("sim.world.analyst.TOLD_EVERY", 1)
    told = [d for d in in_words(lived("all")) if d.department == "analysis"]
    assert told and "times as often" in told[0].decision and "of all purchases" in told[0].truth


def test_with_learning_held_each_way_of_choosing_ranks_by_what_was_learned_of_it():
    model = lived("uplift").run(121)
    assert set(model.analyst.ranks) == {"score", "uplift"}
    before = {name: known.copy() for name, known in model.analyst.ranks.items()}
    model.learning = False
    for how in ("propensity", "uplift"):
        twin = model.fork(like(model.strategy, targets_by=how))
        twin.run(141)
        assert 0 < twin.analyst.last.sent.sum() < twin.analyst.last.eligible.sum()
        for name, known in twin.analyst.ranks.items():
            assert (known == before[name]).all()


def test_a_reminder_is_no_flow_in_the_books_of_what_is_tested():
    log = np.zeros(3, ev.EVENT)
    log["kind"] = ev.MAIL_SENT, ev.MAIL_SENT, ev.MAIL_CLICKED
    log["order"] = ev.REMINDER, 1, ev.REMINDER
    books = np.zeros(1, BOOKS)
    keep_books(log, 3, books[0])
    assert books["mails"][0] == 2 and books["written"][0].tolist() == [0, 1, 0]
    assert not books["followed"].any()
