"""Claims about prices as customers meet them: ours, our cuts, and the competitor's."""

from __future__ import annotations

import pytest
from people import market, need, person, terms, today

from sim.journey.prices import (
    cheaper_here,
    days_ahead,
    get_used_to_cuts,
    knows_cut,
    money_scale_dkk,
    note_cut,
    price_off,
    worth_waiting,
)
from sim.journey.stores import NOWHERE
from sim.journey.touchpoints import TO_SHOP, choose_touchpoint

near = pytest.approx
CUT = {"cut": (0.0, 0.2), "cut_until": 105}


def seen(*categories, **at):
    """Somebody who has looked at these categories on a day of the cut."""
    me = person()
    for c in categories:
        note_cut(me, c, today(**(CUT | at)))
    return me


def test_the_larger_of_coupon_and_cut_is_off():
    now = today(**CUT)
    assert price_off(now, 0, 0.1) == 0.1 and price_off(now, 0, 0.0) == 0.0
    assert price_off(now, 1, 0.1) == 0.2 and price_off(now, 1, 0.3) == 0.3


def test_a_cut_is_known_to_who_has_seen_it_and_only_of_what_he_saw():
    me = seen(0, 1)
    assert knows_cut(me, 1, today(**CUT))
    assert not knows_cut(me, 0, today(**CUT)), "nothing was off there"
    assert not knows_cut(person(), 1, today(**CUT))
    both = seen(0, 1, cut=(0.1, 0.2))
    assert knows_cut(both, 0, today(**CUT)) and knows_cut(both, 1, today(**CUT))


def test_when_the_week_is_over_it_is_forgotten():
    me, next_week = seen(1), today(cut=(0.1, 0.2), cut_until=112)
    assert not knows_cut(me, 1, next_week)
    note_cut(me, 0, next_week)
    assert knows_cut(me, 0, next_week) and not knows_cut(me, 1, next_week)


def test_where_nothing_is_off_nothing_is_remembered():
    me = seen(0)
    assert (me.cuts_seen, me.cuts_until) == (0, 0)


def test_a_known_cut_pulls_by_what_it_saves_in_the_persons_own_money():
    mk = market(scale_fixed_dkk=100.0, scale_price=0.2)
    me = seen(1)
    me.price_sensitivity = 1.5
    price = mk.price_dkk[1]
    saved = 0.2 * price * 1.5 / money_scale_dkk(mk, price)
    assert cheaper_here(me, mk, 1, today(**CUT)) == near(saved)
    assert cheaper_here(me, mk, 0, today(**CUT)) == 0.0
    assert cheaper_here(person(), mk, 1, today(**CUT)) == 0.0, "he has not heard of it"
    assert cheaper_here(me, mk, 1, today(cut_until=105)) == 0.0, "nothing is off today"


def test_who_knows_of_a_cut_comes_to_us_sooner():
    mk, wish = market(), need(category=1)
    asked = range(300)

    def comes(knows):
        me = seen(1) if knows else person()
        me.price_sensitivity = 3.0
        n = 0
        for k in asked:
            wish.number = 11 + 7 * k
            n += choose_touchpoint(me, mk, wish, terms(stores=0), NOWHERE, today(**CUT)) == TO_SHOP
        return n

    assert comes(True) > comes(False) + 5


def used_to(*cuts, price_sensitivity=1.0, **numbers):
    """Who has looked for a thing of category 1 at such cuts, one after the other."""
    me, mk = person(price_sensitivity=price_sensitivity), market(**numbers)
    for cut in cuts:
        get_used_to_cuts(me, mk, 1, today(cut=(0.0, cut)))
    return me, mk


def test_who_finds_every_other_thing_cheaper_comes_to_expect_it():
    me, _ = used_to(*(0.3, 0.0) * 200, cut_learning=0.02)
    assert me.cuts_often == near(0.5, abs=0.02) and me.cuts_deep == near(0.3)
    rarely, _ = used_to(*(0.3, 0.0, 0.0, 0.0) * 200, cut_learning=0.02)
    assert rarely.cuts_often == near(0.25, abs=0.02) and rarely.cuts_deep == near(0.3)


def test_waiting_is_worth_the_chance_of_a_cut_times_what_it_saves():
    numbers = {"cut_learning": 0.5, "scale_fixed_dkk": 100.0, "scale_price": 0.2}
    me, mk = used_to(0.0, 0.4, price_sensitivity=1.5, cut_looks=3.0, **numbers)
    assert (me.cuts_often, me.cuts_deep) == near((0.5, 0.4))
    price = mk.price_dkk[1]
    saved = (1 - 0.5**3) * 0.4 * price * 1.5
    assert worth_waiting(me, mk, 1, today()) == near(saved / money_scale_dkk(mk, price))


def test_nobody_waits_for_a_cut_he_never_met_or_no_deeper_than_todays():
    assert worth_waiting(person(), market(), 1, today()) == 0.0
    me, mk = used_to(*[0.2] * 50)
    assert worth_waiting(me, mk, 1, today(cut=(0.0, 0.2))) == near(0.0)
    assert worth_waiting(me, mk, 1, today(cut=(0.0, 0.1))) > 0.0
    me, mk = used_to(*[0.2] * 50, cut_looks=0.0)
    assert worth_waiting(me, mk, 1, today()) == 0.0, "who cannot wait for another look"


def test_who_minds_money_buys_the_more_days_ahead_the_more_is_saved():
    mk = market(ahead_dkk_day=4.0, ahead_most_days=30.0)
    price = mk.price_dkk[1]
    me = person(price_sensitivity=1.0)
    assert days_ahead(me, mk, 1, today(cut=(0.0, 40.0 / price))) == near(10.0)
    me.price_sensitivity = 2.0
    assert days_ahead(me, mk, 1, today(cut=(0.0, 40.0 / price))) == near(20.0)
    assert days_ahead(me, mk, 1, today(cut=(0.0, 0.9))) == near(30.0), "nobody sees further ahead"
    assert days_ahead(me, mk, 1, today()) == 0.0
