"""Claims about having to do again what we had been told: when, for how long, how it is felt."""

from __future__ import annotations

import math

import pytest
from people import ID, SEED, market, need, person, tips, today

from sim.core.draws import uniform
from sim.core.records import AT_CENTRE, AT_COMPUTER, AT_PHONE, IN_STORE
from sim.journey import friction
from sim.journey.friction import feel_repetition, has_enough, tell, told_elsewhere

near = pytest.approx
PLACES = (AT_COMPUTER, AT_PHONE, IN_STORE, AT_CENTRE)


def test_what_nobody_was_told_was_told_nowhere_else():
    assert not any(told_elsewhere(need(), place) for place in PLACES)


@pytest.mark.parametrize("place", PLACES)
def test_what_was_told_at_one_place_was_told_elsewhere_at_all_the_others(place):
    wish = need()
    tell(wish, place)
    assert [told_elsewhere(wish, p) for p in PLACES] == [p != place for p in PLACES]


def test_what_was_told_at_several_places_is_known_at_each_of_them():
    wish = need()
    for place in (AT_PHONE, IN_STORE, IN_STORE):
        tell(wish, place)
    assert wish.told == 1 << AT_PHONE | 1 << IN_STORE
    assert [told_elsewhere(wish, p) for p in PLACES] == [True, False, False, True]


@pytest.mark.parametrize(("about", "when"), [(11, 640), (12, 640), (11, 641)])
def test_patience_with_it_is_exponential_and_drawn_for_each_occasion(about, when):
    u = uniform(SEED, ID, friction.ENOUGH, about, when)
    for mean in (4.0, 15.0):

        def leaves(minutes, mean=mean):
            return has_enough(person(), market(), minutes, mean, about, when, today())

        assert tips(leaves, 0.0, 500.0) == near(-mean * math.log(1.0 - u), abs=1e-6)


def test_what_takes_no_time_nobody_leaves_for():
    for about in range(200):
        assert not has_enough(person(), market(), 0.0, 1.0, about, 640, today())


def test_to_have_to_do_it_again_annoys():
    me = person(satisfaction=0.6, trust=0.7)
    feel_repetition(me, market(learning_rate=0.5, trust_rate=0.25, repeat_cost=0.1))
    assert (me.satisfaction, me.trust) == (near(0.6 - 0.05), near(0.7 - 0.025))
