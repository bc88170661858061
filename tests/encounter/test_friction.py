"""Claims about cracks in a journey: what is done again, what is left for good."""

from __future__ import annotations

import math

import pytest
from people import ID, SEED, market, order, person, value, world

from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import ACTIVE, NEVER
from sim.encounter.friction import do_again, repeat, repeat_about_order, type_again
from sim.journey import friction

near = pytest.approx
WISH = {"state": ACTIVE, "number": 11, "category": 1, "style": 2, "dies": NEVER, "place": -1}
FEELS = {"learning_rate": 0.5, "trust_rate": 0.25, "repeat_cost": 0.1}
ANNOYED, CALM = (near(0.45), near(0.475)), (0.5, 0.5)
WHAT = ("kind", "channel", "value", "category", "style", "item", "need", "order", "amount_oere")


def told(around):
    """The only event, by its fields."""
    assert around.tape.buffers.events == 1
    return tuple(value(around.tape.log[0], name) for name in WHAT)


def done_again(minutes, patience, what=ev.SEARCHED, where=ev.WEB, when=640):
    me, around = person((WISH | {"repeats": 2},)), world(market=market(**FEELS))
    stays = do_again(me, me.needs[0], what, where, minutes, patience, when, around)
    return stays, me.needs[0].repeats, (me.satisfaction, me.trust), told(around)


@pytest.mark.parametrize(("what", "where"), [(ev.SEARCHED, ev.WEB), (ev.SAID, ev.STORE)])
def test_who_has_the_patience_does_it_again_and_is_annoyed(what, where):
    stays, repeats, feels, event = done_again(0.0, 15.0, what, where)
    assert (stays, repeats, feels) == (True, 3, ANNOYED)
    assert event == (ev.REPEATED, where, what, 1, 2, -1, 11, -1, 0)


@pytest.mark.parametrize("where", [ev.WEB, ev.STORE])
def test_who_has_enough_leaves_which_is_as_much_a_crack(where):
    stays, repeats, feels, event = done_again(1e6, 15.0, where=where)
    assert (stays, repeats, feels) == (False, 3, ANNOYED)
    assert event == (ev.WENT_AWAY, where, 0, 1, 2, -1, 11, -1, 0)


def test_patience_is_measured_against_the_minutes_that_it_takes():
    for when in (640, 641):
        lasts = -15.0 * math.log(1.0 - uniform(SEED, ID, friction.ENOUGH, 11, when))
        assert done_again(lasts - 1e-6, 15.0, when=when)[0]
        assert not done_again(lasts + 1e-6, 15.0, when=when)[0]


@pytest.mark.parametrize(("what", "where"), [(ev.FILLED, ev.WEB), (ev.SAID, ev.CENTRE)])
def test_what_is_done_again_on_the_way_is_a_crack_in_the_journey(what, where):
    me, around = person((WISH | {"repeats": 2, "lost": 1},)), world(market=market(**FEELS))
    repeat(me, me.needs[0], what, where, around)
    assert (me.needs[0].repeats, me.needs[0].lost) == (3, 1)
    assert told(around) == (ev.REPEATED, where, what, 1, 2, -1, 11, -1, 0)
    assert (me.satisfaction, me.trust) == ANNOYED


@pytest.mark.parametrize(("what", "where"), [(ev.RECEIPT, ev.STORE), (ev.SAID, ev.CENTRE)])
def test_what_is_said_again_about_a_purchase_is_a_crack_in_its_journey(what, where):
    me, around = person(), world(market=market(**FEELS))
    goods = order(incoherent=2, category=1, style=2, item=17)
    repeat_about_order(me, goods, what, where, around)
    assert goods.incoherent == 3
    assert told(around) == (ev.REPEATED, where, what, 1, 2, 17, 11, 44, 0)
    assert (me.satisfaction, me.trust) == ANNOYED


def test_what_was_typed_for_an_order_before_is_told_and_no_crack_in_this_journey():
    me, around = person((WISH,), ({"state": 1},)), world(market=market(**FEELS))
    type_again(me, around)
    assert told(around) == (ev.REPEATED, ev.WEB, ev.TYPED, -1, -1, -1, -1, -1, 0)
    assert me.needs[0].repeats == me.orders[0].incoherent == 0
    assert (me.satisfaction, me.trust) == CALM


def test_each_thing_that_is_done_again_has_a_name_of_its_own():
    again = (ev.SEARCHED, ev.FILLED, ev.SAID, ev.CASE, ev.RECEIPT, ev.TYPED)
    assert sorted(ev.AGAIN) == sorted(set(again)) == list(again) and 0 not in again
