"""Claims about what stays in a person's mind of us: sim/journey/memory.py.

Not test_memory.py: tests/world has one, and pytest imports test files by their bare names.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import ID, SEED, market, person, today

from sim.core.draws import exponential
from sim.journey import memory
from sim.journey.memory import keep_in_mind, knows_us, pull, remember, remember_cost, salience

near = pytest.approx
FORGETS = (memory.FORGETS_AD, memory.FORGETS_MAIL, memory.FORGETS_VISIT, memory.FORGETS_PURCHASE)


# ---- knowing us --------------------------------------------------------------------------------


def test_he_knows_us_until_the_day_and_not_on_it():
    me = person(knows_until=100)
    assert [knows_us(me, day) for day in (0, 99, 100, 101)] == [True, True, False, False]


def kept(days=200.0, what=memory.FORGETS_VISIT, about=5, when=9, day=100, **him):
    """Until when somebody knows us who did not and has now noticed something of ours."""
    me = person(**({"knows_until": 0} | him))
    keep_in_mind(me, days, what, about, when, today(day))
    return me.knows_until


@pytest.mark.parametrize("what", FORGETS)
def test_what_is_noticed_keeps_us_known_for_an_exponential_time(what):
    for about, when in ((5, 9), (0, 640), (-1, 9)):
        drawn = exponential(SEED, ID, what, about, when)
        for days in (30.0, 200.0):
            assert kept(days, what, about, when) == 100 + 1 + int(days * drawn)


def test_who_has_noticed_us_today_knows_us_today_however_soon_he_forgets():
    me = person(knows_until=0)
    assert not knows_us(me, 100)
    keep_in_mind(me, 0.0, memory.FORGETS_AD, 5, 9, today(100))
    assert knows_us(me, 100) and not knows_us(me, 101)


def test_what_is_noticed_never_makes_us_forgotten_the_sooner():
    fresh = kept()
    assert fresh > 101
    assert kept(knows_until=fresh - 1) == fresh == kept(knows_until=fresh)
    assert kept(knows_until=fresh + 1) == fresh + 1
    assert kept(knows_until=103, days=0.0) == 103, "what was kept longer stays"


def test_each_thing_that_is_noticed_is_forgotten_by_its_own_luck():
    luck = {kept(1e6, what, a, w) for what in FORGETS for a in (5, 6) for w in (9, 10)}
    luck |= {kept(1e6, what, id=ID + 1) for what in FORGETS}
    assert len(luck) == len(FORGETS) * 5
    assert kept(1e6, day=350) - kept(1e6) == 250, "the luck is the occasion's, not the day's"


def test_we_are_forgotten_as_an_exponential_forgets():
    mean, days, me, now = 40.0, [], person(), today(100)
    for n in range(4000):
        me.knows_until = 0
        keep_in_mind(me, mean, memory.FORGETS_VISIT, n, 9, now)
        days.append(me.knows_until - 101)
    assert np.mean(days) == near(1 / math.expm1(1 / mean), rel=0.05), "whole days of 40 on average"
    assert np.std(days) == near(mean, rel=0.06)
    assert np.mean(np.array(days) >= 80) == near(math.exp(-2), abs=0.02)


# ---- how readily we come to mind ---------------------------------------------------------------


def test_mental_availability_halves_and_what_is_noticed_adds_to_the_rest():
    mk, me = market(salience_half_life_days=20.0), person(salience=4.0, salience_day=60)
    assert [salience(me, mk, day) for day in (60, 80, 100)] == near([4, 2, 1])
    remember(me, mk, 80, 0.5)
    assert (me.salience, me.salience_day) == (near(2.5), 80)


def test_coming_to_mind_more_readily_makes_nobody_know_us():
    me = person(knows_until=0)
    remember(me, market(), 100, 5.0)
    assert me.knows_until == 0 and not knows_us(me, 100)


def pulls(progress=0.0, **him):
    mk = market(
        consider_trust=2.0,
        consider_habit=1.5,
        habit_start=0.2,
        consider_salience=0.7,
        consider_progress=1.2,
        consider_cost=0.01,
        unaware_penalty=3.0,
    )
    me = person(**({"habit": 0.2, "trust": 0.5, "salience_day": 100} | him))
    return pull(me, mk, progress, 100)


def test_we_come_to_mind_by_liking_trust_habit_memory_and_progress():
    assert pulls() == 0
    assert pulls(preference=-0.4) == near(-0.4)
    assert pulls(trust=0.8) == near(2.0 * 0.3)
    assert pulls(habit=0.6) == near(1.5 * 0.4)
    assert pulls(salience=2.0) == near(0.7 * math.log(3.0))
    assert pulls(progress=0.5) == near(1.2 * 0.5)


def test_who_does_not_know_us_hardly_thinks_of_us():
    assert pulls(knows_until=0) == near(-3.0)
    assert pulls(knows_until=100) == near(-3.0), "forgotten today"
    assert pulls(knows_until=101) == 0, "not yet forgotten"
    assert pulls(knows_until=0, preference=0.4) == near(0.4 - 3.0)


# ---- what dealing with us has cost -------------------------------------------------------------


def test_what_dealing_with_us_has_cost_holds_back_as_he_minds_money():
    assert pulls(costs_met_dkk=40.0) == near(-0.01 * 40)
    assert pulls(costs_met_dkk=40.0, price_sensitivity=1.5) == near(-0.01 * 1.5 * 40)
    assert pulls(price_sensitivity=9.0) == 0, "nothing has cost him anything"


def test_costs_are_remembered_as_a_moving_average_over_orders_and_returns():
    me, mk = person(), market(cost_memory=0.25)
    remember_cost(me, mk, 40.0)
    assert me.costs_met_dkk == near(10.0)
    remember_cost(me, mk, 80.0)
    assert me.costs_met_dkk == near(10.0 + 0.25 * 70.0)


def test_an_order_that_cost_nothing_makes_him_forget_what_others_cost():
    me, mk = person(costs_met_dkk=40.0), market(cost_memory=0.25)
    remember_cost(me, mk, 0.0)
    assert me.costs_met_dkk == near(30.0)
    for _ in range(100):
        remember_cost(me, mk, 60.0)
    assert me.costs_met_dkk == near(60.0), (
        "and what costs as much each time is what he reckons with"
    )


def test_who_remembers_only_the_last_or_only_the_first():
    last, first = person(costs_met_dkk=40.0), person(costs_met_dkk=40.0)
    remember_cost(last, market(cost_memory=1.0), 7.0)
    remember_cost(first, market(cost_memory=0.0), 7.0)
    assert (last.costs_met_dkk, first.costs_met_dkk) == (near(7.0), 40.0)
