"""Claims about the panel, and about how soon a shift of taste is noticed."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import in_words, like, named, world

from sim.core.compiled import COMPILED
from sim.core.records import ACTIVE, CELLS, CHANNELS, STYLES
from sim.study.replay import reasons
from sim.world.model import OmnichannelModel
from sim.world.panel import what_they_look_for, where_they_were

DRIVER = "compiled" if COMPILED else "readable"
NEEDY = ("market.people.need_rate_year=40",)


def lived(days, *overrides, strategy=None, **policies):
    ours = like(strategy or named("danish_average"), **policies)
    return OmnichannelModel(world(*NEEDY, *overrides), ours, driver=DRIVER).run(days)


def test_once_a_month_so_many_say_what_they_look_for_and_are_paid():
    quiet, asks = lived(29), lived(29, panel=30)
    assert not quiet.panel.answers.any() and 0 < asks.panel.answers.sum() <= 30
    settings = asks.settings
    real = settings.company.listening.panel_dkk * 30
    paid = asks.company.upkeep_dkk - quiet.company.upkeep_dkk
    assert paid == pytest.approx(real * settings.scale.customers / settings.company.size.people)


def test_everybody_asked_says_what_he_looks_for_whether_he_buys_from_us_or_not():
    ours = lived(28, panel=100_000)
    customers, _, _ = ours.driver.tables()
    said = what_they_look_for(ours.panel.whom_to_ask(100_000))
    needs = customers["needs"][customers["present"] == 1]
    looking = (needs["state"] == ACTIVE).any(axis=1)
    assert said.sum() == looking.sum() > 0
    cells = needs["category"].astype(int) * STYLES + needs["style"]
    wanted = np.bincount(cells[needs["state"] == ACTIVE], minlength=CELLS)
    assert (said <= wanted).all()


def test_answers_fade_and_the_world_held_still_asks_nobody():
    ours = lived(29, "company.listening.answers_half_life_days=28", panel=40)
    first = ours.panel.answers.copy()
    ours.day = 56
    ours.panel.open_day()
    said = what_they_look_for(ours.panel.whom_to_ask(40))
    assert ours.panel.answers == pytest.approx(first / 2 + said)
    ours.learning, ours.day = False, 84
    before = ours.panel.answers.copy()
    ours.panel.open_day()
    assert (ours.panel.answers == before).all()


def test_answers_come_through_a_fork():
    ours = lived(29, panel=40)
    twin = ours.fork(named("leader"))
    assert (twin.panel.answers == ours.panel.answers).all() and ours.panel.answers.any()


def test_who_is_asked_says_where_he_was_the_day_before_and_the_first_rounds_are_the_plans():
    ours = lived(113, panel=40)
    rounds = 4  # in the 91 days of answers_half_life_days
    assert ours.panel.rounds == rounds and (ours.panel.planned[1] == 40 * rounds).all()
    assert 0 < ours.panel.planned[0, 0] < 40 * rounds
    customers, _, _ = ours.driver.tables()
    were = where_they_were(customers, ours.day)
    assert were[0].tolist() == (customers["looked_day"] == 112).sum(axis=0).tolist()
    assert (were[1] == len(customers)).all()


def test_the_plan_follows_where_people_say_they_are_and_its_largest_move_is_written_down():
    ours = lived(1)
    media, lines = ours.company.marketing.media, ours.company.lines
    before = media.weights.copy()
    more = np.ones(CHANNELS)
    more[0] = 3.0
    ours.company.plan_media(more)
    places = np.array([line.place for line in lines])
    assert media.weights == pytest.approx(np.where(places == 0, 3 * before, before))
    told = [d for d in in_words(ours) if d.department == "marketing" and "plans" in d.decision]
    assert len(told) == 1 and "3.0 times" in told[0].rested_on and "1.0 times" in told[0].truth
    ours.company.plan_media(more)
    assert media.weights == pytest.approx(np.where(places == 0, 3 * before, before)), "not again"


def test_media_money_follows_people_to_another_channel_where_it_is_asked_where_they_are():
    size = ("scale.customers=1500", "scale.warmup_days=120", "scale.horizon_days=400")
    moved = "scenario.shocks=[{name: x, from_day: 120, habits: {instagram: 0.1, display: 6}}]"
    settings = world(*size, "company.listening.plan_worth=50", moved)
    past = OmnichannelModel(settings, named("danish_average"), driver=DRIVER)
    past.run(settings.scale.warmup_days)
    late = {}
    for people in (0, 600):
        twin = past.fork(like(named("danish_average"), panel=people, steers_by="total"))
        twin.run()
        late[people] = reasons(twin.run_log(), twin).set_index("what")["value"]["followed"]
    assert late[600] < late[0] == 280, late


FASHION = (
    "scenario.shocks=[{name: a fashion, from_day: 30, "
    "fashion: {category: running, style: trail, times: 12}}]"
)


def test_who_asks_outside_notices_a_shift_of_taste_sooner():
    size = ("scale.customers=1500", "scale.warmup_days=400", "scale.horizon_days=330")
    settings = world(*NEEDY, *size, FASHION)
    late = {}
    past = OmnichannelModel(settings, named("danish_average"), driver=DRIVER)
    past.run(settings.scale.warmup_days)
    for people in (0, 600):
        twin = past.fork(like(named("danish_average"), panel=people))
        twin.run()
        found = reasons(twin.run_log(), twin).set_index("what")["value"]
        late[people] = found["noticed"]
    assert late[600] < late[0], late
