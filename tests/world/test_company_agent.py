"""Claims about the company as it acts from day to day: what changing costs, what it steers by."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import in_words, named, world

from sim.company.costs import learning_dkk, systems_dkk
from sim.core.compiled import COMPILED
from sim.settings.complaints import BadInput
from sim.settings.strategy import Strategy
from sim.world.model import OmnichannelModel

DRIVER = "compiled" if COMPILED else "readable"
SMALL = ("scale.customers=50", "scale.warmup_days=2", "scale.horizon_days=20")


def scheduled(levels: str) -> Strategy:
    """A strategy at the levels of another, written as a schedule that begins with them."""
    content = named(levels).model_dump()
    content["name"] = "scheduled"
    content["schedule"] = ({"day": 0, "maturity": content["maturity"]},)
    return Strategy.model_validate(content)


def kept_up(before: str) -> float:
    """What 20 days at the leader's levels cost a firm that was at other levels before, DKK."""
    trunk = OmnichannelModel(world(*SMALL), named(before), driver=DRIVER).run(2)
    return trunk.fork(scheduled("leader")).run().company.upkeep_dkk


def test_a_step_at_the_fork_costs_more_than_having_been_there():
    there, climbed = kept_up("leader"), kept_up("immature")
    assert climbed > there > 0


def company(*overrides: str):
    """The company of a small world on its first morning."""
    return OmnichannelModel(world(*SMALL, *overrides), named("leader"), driver=DRIVER).company


def test_the_campaign_takes_the_best_sellers_in_turn():
    for turn in ((0, 1, 0, 2, 1, 3), (4, 5, 4, 3, 2, 5)):
        ours = company(f"company.campaigns.turn={list(turn)}")
        front = ours.record["front_cell"][0]
        shown = [ours.campaign(week) for week in range(12)]
        assert shown == [front[place] for place in turn] * 2


def test_a_turn_names_places_that_there_are():
    for turn in ("[0]", "[0,1,0,2,1,6]", "[0,1,0,2,1,-1]"):
        with pytest.raises(BadInput, match="campaigns"):
            world(f"company.campaigns.turn={turn}")


def test_what_sells_is_counted_every_few_days(monkeypatch):
    ours, told = company("company.campaigns.best_sellers_days=5"), []
    monkeypatch.setattr(ours, "set_front", lambda: told.append(ours.model.day))
    ours.model.run(11)
    assert told == [5, 10]


def test_a_sale_counts_half_after_the_half_life():
    ours = company("company.campaigns.best_sellers_half_life_days=10")
    before, ours.model.learning = ours.sold.copy(), False
    for _ in range(10):
        ours.close_day()
    assert ours.sold == pytest.approx(before / 2)
    ours.books["sold"][0, 3] = ours.books["item_sold"][0, 12] = 2
    ours.close_day()
    assert ours.sold[3] == pytest.approx(before[3] / 2 * 0.5**0.1 + 2)
    assert ours.item_sold[12] == 2


def test_word_of_the_wait_at_the_desk_gets_round(monkeypatch):
    model = company("market.returning.desk_word=0.25").model
    monkeypatch.setattr(type(model.departments.desk), "mean_wait_min", 4.0)
    model.today["desk_minutes"] = 12.0
    model.stores.close_day()
    assert model.today["desk_minutes"] == pytest.approx(0.75 * 12 + 0.25 * 4)


def test_platforms_pace_every_few_days(monkeypatch):
    settings = world("scale.customers=50", "market.channels.pacing.pacing_days=5")
    model, told = OmnichannelModel(settings, named("leader"), driver=DRIVER), []
    monkeypatch.setattr(
        model.company.marketing.media, "pace", lambda days: told.append((model.day, days))
    )
    model.run(12)
    assert told == [(4, 5), (9, 5)]


# ---- departments -------------------------------------------------------------------------------


def under(trunk: str, **policies):
    """A leader's company that was another's until today."""
    past = OmnichannelModel(world(*SMALL), named(trunk), driver=DRIVER).run(2)
    leader = named("leader")
    changed = leader.policies.model_copy(update=policies)
    return past.fork(leader.model_copy(update={"policies": changed})).company


def test_without_the_top_bonuses_stay_and_organisation_rises_no_further_than_it_may():
    ours = under("immature", top_commits_day=3)
    most = ours.model.settings.company.departments.most_without_top
    share = lambda: float(ours.record["shared_targets"][0])  # noqa: E731
    rungs = ours.model.settings.company.ladder.organisation.shared_targets
    assert ours.scheme == "channel" and share() == pytest.approx(np.interp(most, range(4), rungs))
    assert ours.levels.organisation == 3.0, "what it costs is that of the level it is paid for"
    ours.model.run(5)
    assert ours.scheme == "channel"
    ours.model.run(6)
    assert ours.scheme == "customer" and share() == rungs[3]
    assert [d.department for d in in_words(ours.model) if "bonuses" in d.decision] == ["the top"]


def test_what_a_company_had_reached_it_keeps_without_the_top():
    content = named("leader").model_dump()
    content["policies"]["top_commits_day"] = 3650
    content["policies"]["bonus_scheme"] = "channel"
    trunk = OmnichannelModel(world(*SMALL), named("leader"), driver=DRIVER).run(2)
    ours = trunk.fork(Strategy.model_validate(content)).company
    assert ours.scheme == "customer" and ours.record["shared_targets"][0] == 1.0


def test_what_never_acted_for_want_of_the_top_is_not_inherited_as_if_it_had():
    past = OmnichannelModel(world(*SMALL), named("immature"), driver=DRIVER).run(2)
    leader = named("leader")
    policies = leader.policies.model_copy(update={"top_commits_day": 3650})
    bound = leader.model_copy(update={"policies": policies})
    once = past.fork(bound)
    again = once.run(6).fork(bound).company
    most = once.settings.company.departments.most_without_top
    assert once.company.acting(once.company.levels).organisation == most
    assert again.acting(again.levels).organisation == most and again.scheme == "channel"


def test_stores_go_by_what_they_have_sold_lately_to_who_brought_something_back():
    ours = company("company.departments.figures_half_life_days=10")
    margin = ours.model.mean_margin
    for name, n in (("brought_back", 4), ("sold_at_return_oere", 80_000)):
        ours.books[name] = n
    ours.close_day()
    assert ours.figures(margin).sold_at_return == pytest.approx(margin * 200.0)
    ours.books["brought_back"] = 4
    for _ in range(10):
        ours.close_day()
    assert ours.figures(margin).sold_at_return == pytest.approx(margin * 100 / (0.5 + 2**-0.9))


def test_departments_go_through_their_figures_every_few_days(monkeypatch):
    ours, told = company("company.departments.figures_days=5"), []
    monkeypatch.setattr(ours, "set_credits", lambda: told.append(ours.model.day))
    ours.model.run(11)
    assert told == [5, 10]


def test_a_decision_tells_what_it_rested_on_and_what_was_true():
    ours = company()
    ours.followed[:] = 10
    ours.followed[1], ours.followed[2] = 200, 300
    ours.learn_complements()
    told = [d for d in in_words(ours.model) if d.department == "marketing"]
    kinds = ours.model.settings.market.categories
    believed = int(ours.record["next_category"][0, 0])
    assert told[0].decision == f"offers {kinds[believed].name} after {kinds[0].name}"
    goes = kinds[0].complement == kinds[believed].name
    assert ("does not go" in told[0].truth) != goes
    ours.learn_complements()
    assert len([d for d in ours.model.decisions if d.department == "marketing"]) == len(told)


# ---- projects ----------------------------------------------------------------------------------


def paid_by_day(*days, projects):
    """What a project has cost by the end of these days of it, by kind; the real firm's DKK."""
    content = named("danish_average").model_dump()
    content["projects"] = projects
    settings = world("scale.customers=50", "scale.warmup_days=2", "scale.horizon_days=400")
    plan = Strategy.model_validate(content).phased(settings.company)
    trunk = OmnichannelModel(settings, named("danish_average"), driver=DRIVER).run(2)
    ours, found = trunk.fork(plan).company, []
    real = settings.company.size.people / settings.scale.customers
    for day in range(max(days) + 1):
        ours.model.day = 2 + day
        ours.open_day()
        if day in days:
            found.append({what: dkk * real for what, dkk in ours.paid_dkk.items()})
    return settings.company, found


def test_a_project_pays_for_its_systems_then_for_who_learns_and_then_no_more():
    projects = [{"discipline": "organisation", "to": 2.5, "start_day": 10}]
    company, (before, stands, learned, later) = paid_by_day(9, 99, 219, 300, projects=projects)
    assert before["change"] == 0.0
    once = systems_dkk(company, "organisation", 1.0)
    assert stands["change"] == pytest.approx(once)
    hours = learning_dkk(company, "organisation", 1.0)
    assert learned["change"] == later["change"] == pytest.approx(once + hours)


def test_systems_cost_their_upkeep_from_the_day_they_stand_and_use_comes_with_learning():
    projects = [{"discipline": "collection", "to": 3.0}]
    days = (0, 169, 170, 394, 395)  # stand after 169.2 days, learned after 394.8
    _, (first, *found) = paid_by_day(*days, projects=projects)
    having, use = ([told[w] for told in (first, *found)] for w in ("having", "use"))
    by_day = lambda told, k, n: (told[k] - told[k - 1]) / n  # noqa: E731
    assert by_day(having, 1, 169) == pytest.approx(having[0]), "nothing more before"
    assert by_day(having, 2, 1) > 1.5 * having[0] and by_day(having, 4, 1) == pytest.approx(
        by_day(having, 2, 1)
    )
    assert by_day(use, 2, 1) == pytest.approx(use[0], rel=0.02) and by_day(use, 4, 1) > 1.1 * use[0]
