"""Claims about what customers meet where a department does nothing for another [B46, B49]."""

from __future__ import annotations

import numpy as np
import pytest
from people import file, firm, market, office, person, profile, terms, value, world, written

from sim.core import events as ev
from sim.core.records import (
    ACTIVE,
    ACTS,
    BRINGING,
    BY_CLUB,
    FREE,
    GOING_BACK,
    IN_STORE,
    LOOK_UP,
    NEVER,
    PASS_LEAD,
    TAKE_BACK,
    TO_PICK_UP,
)
from sim.encounter.acts import does_for_others, is_taken_back
from sim.encounter.store import go_to_desk, pass_lead
from sim.encounter.visiting import FOR_PICK_UP, FOR_RETURN
from sim.journey.buying import store_return_hassle_dkk

ORDER = {"number": 44, "need": 11, "paid_oere": 50_000, "price_oere": 50_000, "place": 1}
ORDER |= {"due": 100, "state": BRINGING}
NOT_AGREED = np.zeros(ACTS, np.int64)


def company(gain=0.0, **changes):
    """One whose departments gain so many DKK by whatever they do for others."""
    brings = {"own_dkk": np.full(ACTS, gain), "own_share": np.zeros(ACTS)}
    told = {"shared_targets": 0.0, "agreed": NOT_AGREED, "act_minutes": np.zeros(ACTS)}
    return firm(**(brings | told | changes))


def brought(gain, offer=None, **about):
    me = person((), (ORDER | about,), satisfaction=0.5, trust=0.5)
    around = world(market=market(desk_minutes=10.0, desk_spread=0.0), terms=offer or terms())
    returned = go_to_desk(me, file(), FOR_RETURN, 0, around, office(company(gain)))
    queue = [value(r, "handling_min") for r in around.tape.requests[: around.tape.buffers.requests]]
    return me, around, returned, queue


def test_a_web_order_is_taken_back_where_the_store_gains_by_it():
    me, around, returned, queue = brought(1.0)
    assert written(around.tape) == [ev.ACT_DONE, ev.DISAPPOINTED, ev.RETURN_IN_STORE, ev.REFUNDED]
    assert me.orders[0].state == FREE and returned == 11 and queue == [pytest.approx(10.0)]
    assert value(around.tape.log[0], "category") == TAKE_BACK


def test_it_is_done_late_where_a_refusal_costs_more_and_the_wait_is_felt():
    usual, *_ = brought(1.0)
    me, around, _, _ = brought(-1.0)
    assert written(around.tape) == [ev.ACT_SLOWED, ev.DISAPPOINTED, ev.RETURN_IN_STORE, ev.REFUNDED]
    assert value(around.tape.log[0], "value") == 10.0
    assert me.satisfaction < usual.satisfaction and me.trust < usual.trust


def test_refused_he_carries_it_home_and_has_to_post_it():
    me, around, returned, queue = brought(-1000.0)
    order = me.orders[0]
    assert written(around.tape) == [ev.ACT_DECLINED] and returned == -1
    assert order.state == GOING_BACK and order.due > 100 and order.incoherent == 1
    assert queue == [pytest.approx(10.0)], "to be refused takes the desk's time as well"


def test_a_refusal_costs_trust_and_a_trip_that_is_remembered():
    now = world().today
    usual, *_ = brought(1.0)
    me, around, *_ = brought(-1000.0)
    assert me.trust < usual.trust - 0.01
    trip = store_return_hassle_dkk(me, around.market, around.terms, now)
    assert trip > 0 and me.costs_met_dkk > 0


def test_what_was_bought_in_a_store_is_no_other_departments():
    _, around, *_ = brought(-1000.0, place=IN_STORE)
    assert ev.ACT_DECLINED not in written(around.tape)
    assert ev.RETURN_IN_STORE in written(around.tape)


def test_nobody_is_refused_where_there_is_no_other_way_back():
    _, around, *_ = brought(-1000.0, offer=terms(return_by_mail=0))
    assert written(around.tape) == [ev.ACT_SLOWED, ev.DISAPPOINTED, ev.RETURN_IN_STORE, ev.REFUNDED]


def test_who_inspects_a_parcel_at_the_desk_may_be_refused_too():
    me = person((), (ORDER | {"state": TO_PICK_UP, "match": -0.9},))
    around = world(market=market(inspects_at_pickup=1.0, survives_return=0.0))
    go_to_desk(me, file(), FOR_PICK_UP, 0, around, office(company(-1000.0)))
    assert me.orders[0].state == GOING_BACK
    assert ev.RETURN_IN_STORE not in written(around.tape)


def test_untrained_the_desk_takes_longer_for_what_the_web_sold():
    for place, minutes in ((1, 17.0), (IN_STORE, 10.0)):
        me = person((), (ORDER | {"place": place, "seen_as": ev.A_PERSON},))
        around = world(market=market(desk_minutes=10.0, desk_spread=0.0, keeps_receipt=1.0))
        go_to_desk(me, file(), FOR_RETURN, 0, around, office(company(1.0, act_slowness=1.7)))
        assert value(around.tape.requests[0], "handling_min") == pytest.approx(minutes)


def test_staffs_minutes_are_noted_where_they_do_it_and_only_then():
    for gain, kind, minutes in ((1e6, ev.ACT_DONE, 3.0), (-1.0, ev.ACT_DECLINED, 0.0)):
        around = world()
        who = company(gain, act_minutes=np.full(ACTS, 2.0), act_spread=0.0, act_slowness=1.5)
        done = does_for_others(person(), file(), LOOK_UP, 0.0, 640, around, office(who))
        told = around.tape.log[0]
        assert done == (kind == ev.ACT_DONE) and written(around.tape) == [kind]
        assert value(told, "value") == minutes and value(told, "category") == LOOK_UP


def test_what_a_visitor_looked_at_is_on_file_where_staff_pass_it_on():
    for gain, noted in ((1.0, 1), (-1.0, 0)):
        around, one = world(), profile()
        around.choice.best_item = 16
        pass_lead(person(), file(one), 640, around, office(company(gain)))
        assert sum(one.silos[BY_CLUB].live.counts) == noted
        assert value(around.tape.log[0], "category") == PASS_LEAD


def test_a_return_is_weighed_by_what_was_paid():
    # It bears half of the price: 750 DKK of 1,500 are more than a refusal, 250 of 500 are not.
    for oere, kind in ((150_000, ev.ACT_DECLINED), (50_000, ev.ACT_SLOWED)):
        me, around = person((), (ORDER | {"paid_oere": oere},)), world()
        who = company(0.0, own_share=np.full(ACTS, -0.5))
        is_taken_back(me, file(), me.orders[0], around, office(who))
        assert written(around.tape)[0] == kind


def test_a_need_is_still_to_be_met_by_who_was_refused():
    need = {"state": ACTIVE, "number": 11, "category": 1, "dies": NEVER, "place": 1}
    me = person((need | {"basket_item": -1},), (ORDER,))
    go_to_desk(me, file(), FOR_RETURN, 0, world(), office(company(-1000.0)))
    assert me.needs[0].state == ACTIVE
