"""Claims about asking who stays away: who answers, who hears it, what stores do, what it costs."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import in_words, like, named, world

from sim.company.leaving import ANSWERS, IN_WORDS, NOTHING
from sim.core.compiled import COMPILED
from sim.core.events import BASKET_PAID, STORE
from sim.core.records import FEES, REPEATING, SORES, WAITING
from sim.operations.theory import erlang_c, wait_left
from sim.study.replay import reasons
from sim.world.leavers import worst
from sim.world.model import OmnichannelModel

DRIVER = "compiled" if COMPILED else "readable"
SOON = ("company.listening.leavers_days=20", "company.listening.silent_days=10")
EARLY = ("market.people.need_rate_year=40", *SOON)
near = pytest.approx


def lived(days, *overrides, base="leader", **policies):
    ours = like(named(base), **policies)
    return OmnichannelModel(world(*EARLY, *overrides), ours, driver=DRIVER).run(days)


def hears(model, **named_times):
    """The same world as if its people had said this, on a day of asking."""
    leavers = model.leavers
    leavers.said = np.zeros(ANSWERS)
    for name, times in named_times.items():
        leavers.said[{"waiting": WAITING, "fees": FEES}[name]] = times
    leavers.stores_hear()
    return leavers.helped


def test_he_names_what_has_hurt_him_most_and_who_was_not_hurt_names_nothing():
    sores = np.zeros((3, SORES), np.uint16)
    sores[0, [FEES, REPEATING]] = 20, 30
    sores[1, WAITING] = 1
    assert worst(sores).tolist() == [REPEATING, WAITING, NOTHING]
    assert set(IN_WORDS) == set(range(ANSWERS))


def test_once_in_a_while_so_many_are_asked_and_paid_for_and_nobody_where_nobody_asks():
    quiet = lived(21)
    assert quiet.leavers.asked["people"][0] == 0 and not quiet.leavers.said.any()
    unnamed = "company.listening.named_least=1"
    quiet, asks = lived(21, unnamed), lived(21, unnamed, leavers=30)
    assert asks.leavers.asked["people"][0] == asks.leavers.said.sum() == 30
    settings = asks.settings
    real = settings.company.listening.interview_dkk * 30
    paid = asks.company.upkeep_dkk - quiet.company.upkeep_dkk
    assert paid == near(real * settings.scale.customers / settings.company.size.people)


def test_the_company_asks_whom_its_records_show_and_hears_what_is_in_their_heads():
    ours = lived(20)
    customers, profiles, _ = ours.driver.tables()
    here = np.flatnonzero(customers["present"] == 1)
    bought = ours.analyst.on_file(profiles, here).bought_day
    away = here[(bought >= 0) & (bought <= 10)]
    assert 0 < len(away) < len(here)
    answers = np.bincount(worst(customers["sores"][away]), minlength=ANSWERS)
    ours.leavers.ask(100 * len(away))
    share = ours.leavers.said / ours.leavers.said.sum()
    assert share == near(answers / len(away), abs=0.06)
    assert answers[:NOTHING].any(), "else the claim would be empty"


def test_answers_fade_and_come_through_a_fork_and_the_world_held_still_asks_nobody():
    ours = lived(21, "company.listening.answers_half_life_days=20", leavers=30)
    first = ours.leavers.said.copy()
    twin = ours.fork(named("leader"))
    assert (twin.leavers.said == first).all() and twin.leavers.asked["people"][0] == 0
    ours.day = 40
    ours.leavers.ask(30)
    assert ours.leavers.said.sum() == near(first.sum() / 2 + 30)
    ours.learning, before = False, ours.leavers.said.copy()
    ours.leavers.open_day()
    assert (ours.leavers.said == before).all()


def test_stores_that_are_told_of_all_targets_have_one_more_at_the_tills_where_waiting_is_named():
    told = "company.ladder.organisation.shared_targets=[1, 1, 1, 1]"
    assert hears(lived(1, told), waiting=1, fees=5).all()
    assert not hears(lived(1, told), waiting=1, fees=9).any(), "few name it"
    never = "company.ladder.organisation.shared_targets=[0, 0, 0, 0]"
    assert not hears(lived(1, never), waiting=5).any(), "it is in nobody's own figures"


def test_it_lasts_until_few_name_it_any_more_or_nobody_is_asked():
    ours = lived(1, "company.ladder.organisation.shared_targets=[1, 1, 1, 1]", leavers=30)
    assert hears(ours, waiting=1, fees=5).all()
    assert hears(ours, waiting=1, fees=9).all(), "a tenth: still more than half of 15 of 100"
    assert not hears(ours, waiting=1, fees=19).any()
    assert hears(ours, waiting=1, fees=5).all()
    twin = ours.fork(like(named("leader"), leavers=0)).run(2)
    assert not twin.leavers.helped.any()


def test_one_more_at_the_tills_leaves_so_much_of_the_wait_as_erlang_says_and_costs_its_hours():
    ours = lived(1, "company.ladder.organisation.shared_targets=[1, 1, 1, 1]", leavers=30)
    hears(ours, waiting=1)
    company = ours.settings.company
    ours.day, before = 3, ours.company.paid_dkk["use"]
    ours.leavers.open_day()
    left = wait_left(company.operations.tills, company.operations.tills_busy)
    assert left == near(erlang_c(3, 1.4, 1.0).mean_wait_min / erlang_c(2, 1.4, 1.0).mean_wait_min)
    stores = len(company.stores)
    assert ours.today["shops"]["queue"][0].tolist() == near([left] * stores + [1.0] * (6 - stores))
    hours = company.operations.till_help_minutes * company.economics.desk_minute_dkk
    real = hours * company.size.stores * ours.settings.scale.customers / company.size.people
    assert ours.company.paid_dkk["use"] - before == near(real)
    assert ours.leavers.asked["helped"][0] == 1.0


def test_who_asks_is_told_what_hurts_and_people_wait_less():
    size = ("scale.customers=1500", "scale.warmup_days=60", "scale.horizon_days=120")
    settings = world(*EARLY, *size)
    past = OmnichannelModel(settings, named("danish_average"), driver=DRIVER).run(60)
    waited, said = {}, {}
    for people in (0, 400):
        twin = past.fork(like(named("leader"), leavers=people))
        run = twin.run().run_log()
        paid = run.journal[(run.journal["kind"] == BASKET_PAID) & (run.journal["channel"] == STORE)]
        waited[people] = paid["minute"].mean()
        said[people] = reasons(run, twin).set_index("what")["value"]
    assert waited[400] < 0.7 * waited[0], waited
    assert said[400]["told right"] > 0.5 and said[400]["stores helped"] > 0.5
    assert np.isnan(said[0]["told right"]) and said[0]["stores helped"] == 0.0
    assert any("names" in d.decision and d.truth for d in in_words(twin))
