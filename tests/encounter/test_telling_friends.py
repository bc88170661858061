"""Claims about what customers tell each other: told, passed on in the evening, come upon."""

from __future__ import annotations

import numpy as np
import pytest
from people import (
    ID,
    INSTAGRAM,
    column,
    events,
    file,
    firm,
    market,
    office,
    order,
    person,
    tape,
    traces,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.compiled import COMPILED
from sim.core.log import leave_trace
from sim.core.records import CUSTOMER, LATENT
from sim.encounter.friends import PRAISED, WARNED, meet_find, pass_on, tell_friends
from sim.encounter.social import look_at_feed
from sim.journey.friends import NOTHING_HEARD, PRAISE, WARNING
from sim.journey.memory import knows_us, salience

near = pytest.approx
TALKATIVE = {"tell_base": 90.0, "star_zero": 3.0, "star_share": 4.0}


def told(match, **numbers):
    around = world(market=market(**(TALKATIVE | numbers)))
    tell_friends(person(), order(match=match, category=1, style=2, item=21), around)
    return around.tape


@pytest.mark.parametrize(("match", "kind", "good"), [(0.3, PRAISED, 1.0), (-0.1, WARNED, 0.0)])
def test_who_tells_leaves_a_trace_of_the_thing_and_whether_it_is_good(match, kind, good):
    on = told(match)
    assert traces(on) == [(kind, 5, 21, ID)]
    assert column(on, ev.FIND_TOLD, "value") == [good] and column(on, ev.FIND_TOLD, "item") == [21]


def test_who_does_not_tell_leaves_none():
    on = told(0.3, tell_base=-90.0)
    assert traces(on) == [] and written(on) == []


def evening(*left, ties=2, trust=0.8, absent=()):
    """People 0 to 9, each in the place 9 - id, hear of these (who, kind, item); by id."""
    on = tape()
    for who, kind, item in left:
        leave_trace(on, person(id=who), kind, 5, item)
    rows = [person(id=9 - place, trust=trust) for place in range(10)]
    rows = np.array(rows, CUSTOMER) if COMPILED else rows
    places = [-1 if who in absent else 9 - who for who in range(10)]
    places = np.array(places, np.int32) if COMPILED else places
    mk = market(friends=ties, far_ties=0.0)
    pass_on(on.traces[: on.buffers.traces], rows, places, mk, 10, 7, 100)
    people = rows.view(np.recarray) if COMPILED else rows
    return {9 - place: people[place] for place in range(10)}


def test_in_the_evening_friends_have_it_and_nobody_else():
    after = evening((4, PRAISED, 21), trust=0.8)
    assert {who for who, me in after.items() if me.heard != NOTHING_HEARD} == {3, 5}
    hearer = after[3]
    assert (hearer.heard, hearer.heard_item, hearer.heard_day, hearer.heard_trust) == (
        PRAISE,
        21,
        100,
        80,
    )
    assert evening((4, WARNED, 21))[5].heard == WARNING


def test_a_word_reaches_nobody_who_is_not_there():
    after = evening((4, PRAISED, 21), absent=(3,))
    assert {who for who, me in after.items() if me.heard} == {5}
    after = evening((0, PRAISED, 21), (9, PRAISED, 22), ties=4)
    assert {who for who, me in after.items() if me.heard} == {1, 2, 7, 8}


def test_what_is_left_on_shared_computers_is_told_to_nobody():
    assert not any(me.heard for me in evening((4, 2, 21)).values())


def came_upon(says, day=100, fresh=90, needs=(), trust=0.5, **numbers):
    me = person(needs, heard=says, heard_item=21, heard_day=fresh, heard_trust=80, trust=trust)
    me.knows_until, me.salience = 50, 0.0
    around = world(day, market=market(**({"word_trust": 0.25} | numbers)))
    meet_find(me, around.market.channels[0], around)
    return me, around


def test_he_comes_upon_it_once_and_knows_us_from_then_on():
    me, around = came_upon(PRAISE, salience_post=0.7)
    (seen,) = events(around.tape, ev.FIND_SEEN)
    assert [value(seen, name) for name in ("channel", "item", "value")] == [INSTAGRAM, 21, 1.0]
    assert me.heard == NOTHING_HEARD and knows_us(me, 100)
    assert salience(me, around.market, 100) == near(0.7)
    assert me.trust == near(0.5 + 0.25 * 0.3)
    meet_find(me, around.market.channels[0], around)
    assert written(around.tape) == [ev.FIND_SEEN]


def test_praise_wakes_a_wish_that_it_fits_and_a_warning_does_not():
    sleeping = {"state": LATENT, "category": 1, "style": 2}
    for says, woken in ((PRAISE, [ev.NEED_WOKEN]), (WARNING, [])):
        _, around = came_upon(says, needs=(sleeping,), wake_buyer=1.0)
        assert written(around.tape)[1:] == woken
    _, around = came_upon(PRAISE, needs=(sleeping | {"category": 3},), wake_buyer=1.0)
    assert written(around.tape) == [ev.FIND_SEEN]


def test_what_is_stale_is_not_seen_any_more():
    me, around = came_upon(PRAISE, fresh=80, find_fresh_days=14)
    assert written(around.tape) == [] and me.heard == NOTHING_HEARD and me.trust == 0.5


def test_it_is_on_a_social_channel_that_he_comes_upon_it():
    me = person(heard=WARNING, heard_item=21, heard_day=99, heard_trust=20)
    around = world(market=market(instagram_post_share=0.0))
    company = office(firm(prospecting=0.0, retargeting=0.0))
    look_at_feed(me, file(), -1, 0, around, company)
    assert written(around.tape)[0] == ev.FIND_SEEN
