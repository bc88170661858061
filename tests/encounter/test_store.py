"""Claims about visits to the store: who is known, what is handed over, what is bought."""

from __future__ import annotations

import pytest
from people import (
    ID,
    SEED,
    events,
    file,
    firm,
    market,
    office,
    person,
    profile,
    shown,
    terms,
    today,
    value,
    world,
    written,
)

from sim.company.knowledge import record_interest
from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import ACTIVE, BRINGING, BY_CLUB, FREE, IN_HAND, LATENT, NEVER, TO_PICK_UP
from sim.encounter import store
from sim.encounter.impressions import label_tiles
from sim.encounter.occasions import AT_STORE, moment
from sim.encounter.store import (
    FOR_NEED,
    FOR_PICK_UP,
    FOR_RETURN,
    TO_LOOK,
    bring_back,
    go_to_desk,
    pick_up,
    queue_at_desk,
    shop_for,
    visit_store,
)
from sim.journey import needs
from sim.journey.buying import desk_hassle_dkk, store_return_hassle_dkk, uncertainty

near = pytest.approx

NEED = {"state": ACTIVE, "number": 11, "category": 1, "style": 1, "dies": NEVER, "place": -1}
NEED |= {"basket_item": -1, "progress": 1.0, "next_day": 100}
ORDER = {
    "number": 44,
    "need": 11,
    "paid_oere": 50_000,
    "price_oere": 50_000,
    "place": 1,
    "due": 100,
}
STAFF = {"staff_ask": 1.0, "staff_lookup": 1.0, "executes": 1.0}
BUYS = {"finds_in_store": 1.0, "outside_store": -90.0, "advised_in_store": 0.0}


# ---- the desk ----------------------------------------------------------------------------------


def desk(reason, *orders, offer=None, slot=0, **numbers):
    me = person((), tuple(ORDER | about for about in orders), satisfaction=0.5)
    told = {"inspects_at_pickup": 0.0, "desk_pickup": 0.4, "desk_minutes": 10.0, "desk_spread": 0.0}
    around = world(market=market(**(told | numbers)), terms=offer or terms())
    returned = go_to_desk(me, file(), reason, slot, around, office())
    queue = [value(r, "handling_min") for r in around.tape.requests[: around.tape.buffers.requests]]
    return me, around, returned, queue


def test_a_pick_up_hands_over_all_that_is_ready():
    ready, later = {"state": TO_PICK_UP}, {"state": TO_PICK_UP, "due": 101}
    me, around, returned, queue = desk(FOR_PICK_UP, ready, ready, later)
    assert [me.orders[j].state for j in range(3)] == [IN_HAND, IN_HAND, TO_PICK_UP]
    assert me.orders[0].due == 101 and returned == -1
    assert written(around.tape) == [ev.PICKED_UP] * 2 and queue == [near(8)]
    assert [value(e, name) for e in around.tape.log[:2] for name in ("amount_oere", "value")] == [
        0
    ] * 4


def test_a_pick_up_brings_back_only_what_is_due_and_other_visits_bring_back_all():
    due, later = {"state": BRINGING}, {"state": BRINGING, "due": 103}
    ready = {"state": TO_PICK_UP}
    me, _, returned, queue = desk(FOR_PICK_UP, ready, due, later)
    assert [me.orders[j].state for j in range(3)] == [IN_HAND, FREE, BRINGING]
    assert returned == -1 and queue == [near(14)]
    me, _, _, queue = desk(FOR_NEED, due, later, ready, slot=-1)
    assert [me.orders[j].state for j in range(3)] == [FREE, FREE, TO_PICK_UP]
    assert queue == [near(20)]


def test_the_desk_is_left_alone_where_there_is_nothing_to_do():
    assert desk(TO_LOOK, {"state": IN_HAND}, slot=-1)[3] == []


def test_the_visit_of_a_return_knows_which_need_was_handed_back():
    assert desk(FOR_RETURN, {"state": BRINGING})[2] == 11
    assert desk(FOR_RETURN, {"state": BRINGING, "place": 2})[2] == -1, "bought in a store"


def taken(match, offer=None, **numbers):
    me = person((), (ORDER | {"state": TO_PICK_UP, "match": match},))
    told = {"inspects_at_pickup": 1.0, "survives_return": 1.0, "surplus": 0.0}
    around = world(market=market(**(told | numbers)), terms=offer or terms(return_in_store=1))
    return pick_up(me, file(), me.orders[0], around, office()), me, around


def test_some_inspect_at_the_desk_and_hand_back_what_does_not_do():
    back, me, around = taken(-0.9)
    assert back and me.orders[0].state == FREE and me.needs_open == 1
    assert written(around.tape)[:3] == [ev.PICKED_UP, ev.NEED_ACTIVE, ev.RETURN_IN_STORE]
    assert not taken(-0.9, inspects_at_pickup=0.0)[0]
    assert not taken(-0.9, terms(return_in_store=0))[0]
    assert not taken(0.5)[0]
    u = uniform(SEED, ID, store.INSPECTS, 44, 0)
    assert taken(-0.9, inspects_at_pickup=u + 1e-9)[0]
    assert not taken(-0.9, inspects_at_pickup=u - 1e-9)[0]


def test_who_stands_there_anyway_counts_only_the_desk():
    me, mk = person(), market()
    loss = desk_hassle_dkk(me, mk, terms(), today()) / 500
    assert taken(-loss - 1e-6)[0] and not taken(-loss + 1e-6)[0]


@pytest.mark.parametrize(("reason", "slot"), [(FOR_RETURN, 0), (FOR_NEED, -1)])
def test_the_trip_is_felt_only_by_who_came_for_the_return(reason, slot):
    feels = {"return_satisfaction": 1.0, "return_hassle": 0.001, "learning_rate": 1.0}
    me, around, _, _ = desk(reason, {"state": BRINGING}, slot=slot, **feels)
    way = store_return_hassle_dkk if reason == FOR_RETURN else desk_hassle_dkk
    hassle = way(person(), around.market, around.terms, today())
    assert me.satisfaction == near(1 - 0.001 * hassle)


def returned(made_trip, fee=0.0):
    me = person((), (ORDER | {"state": BRINGING},), satisfaction=0.5)
    feels = {"return_satisfaction": 1.0, "return_hassle": 0.001, "learning_rate": 1.0}
    around = world(market=market(**feels), terms=terms(store_return_fee_dkk=fee))
    bring_back(me, me.orders[0], made_trip, around)
    return me, around


def test_a_return_in_store_is_refunded_at_once_and_its_fee_paid():
    me, around = returned(0, fee=30.004)
    assert written(around.tape) == [ev.RETURN_IN_STORE, ev.REFUNDED, ev.FEE_PAID]
    amounts = [value(event, "amount_oere") for event in around.tape.log[:3]]
    assert amounts == [50_000, 50_000, 3_000] and me.orders[0].state == FREE
    assert [value(event, "value") for event in around.tape.log[:3]] == [0, 1, 0]
    assert value(returned(0, fee=0.5)[1].tape.log[2], "amount_oere") == 50
    assert value(returned(0, fee=30.006)[1].tape.log[2], "amount_oere") == 3_001
    assert written(returned(0)[1].tape) == [ev.RETURN_IN_STORE, ev.REFUNDED]


def test_a_trip_made_for_the_return_is_felt_and_one_made_anyway_is_not():
    for made_trip, way in ((0, desk_hassle_dkk), (1, store_return_hassle_dkk)):
        me, around = returned(made_trip)
        hassle = way(person(), around.market, around.terms, today())
        assert me.satisfaction == near(1 - 0.001 * hassle)


def test_the_desk_is_asked_within_opening_hours():
    offer = terms(stores_open_minute=600, stores_close_minute=1100)
    around = world(market=market(desk_minutes=10.0, desk_spread=0.3), terms=offer)
    queue_at_desk(person(), -1, FOR_RETURN, 0.5, around)
    request = around.tape.requests[0]
    u, v = (uniform(SEED, ID, key, FOR_RETURN, 100) for key in (store.COMES_AT, store.DESK_TIME))
    assert value(request, "minute") == int(600 + 500 * u)
    assert value(request, "handling_min") == near(5 * (1 + 0.3 * (2 * v - 1)))
    assert (value(request, "slot"), value(request, "queue")) == (0, 1)
    assert value(request, "patience_min") == store.HAS_PATIENCE


# ---- shopping ----------------------------------------------------------------------------------


def shopped(known=False, wish=None, one=None, **numbers):
    me, one = person((NEED | (wish or {}),)), one or profile()
    around = world(market=market(**(BUYS | numbers)))
    shop_for(me, file(one), 0, known, 0, -1, 7, around, office(firm(ask_permission=0.0)))
    return me, one, around


def test_what_is_found_and_liked_is_bought():
    me, _, around = shopped()
    assert ev.STORE_SALE in written(around.tape) and me.needs[0].state == FREE
    assert ev.STORE_SALE not in written(shopped(outside_store=90.0)[2].tape)
    lost, _, around = shopped(finds_in_store=0.0, finds_expert=0.0)
    assert ev.ITEM_VIEWED not in written(around.tape) and lost.needs[0].place == 2


def test_who_does_not_buy_comes_back_to_it_after_a_while():
    numbers = {"outside_store": 90.0, "store_retry": 0.5, "attention_gap_days": 9.0}
    assert shopped(**numbers)[0].needs[0].next_day == 100 + 1 + 4
    assert shopped(wish={"next_day": 103}, **numbers)[0].needs[0].next_day == 103


def test_advice_is_given_at_its_share():
    u = uniform(SEED, ID, store.ADVICE, 11, 7)
    for share, advised in ((u + 1e-9, 1), (u - 1e-9, 0)):
        me, _, around = shopped(advised_in_store=share, outside_store=90.0)
        assert me.needs[0].advised == advised
        told = events(around.tape, ev.ADVISED)
        assert len(told) == advised
        assert [(value(e, "value"), value(e, "item")) for e in told] == [(0, -1)] * advised


def test_a_look_in_the_store_is_as_sure_as_there_and_brings_the_search_forward():
    numbers = {"outside_store": 90.0, "progress_step_store": 0.3, "match_sd": 0.4}
    me, _, around = shopped(wish={"progress": 0.2, "place": 2}, **numbers)
    assert around.choice.tau == near(uncertainty(person(), around.market, me.needs[0], True))
    assert me.needs[0].progress == near(0.5)
    assert me.expertise[1] == near(around.market.expertise_gain)
    assert value(events(around.tape, ev.ITEM_VIEWED)[0], "value") == 0


def test_what_was_shown_elsewhere_is_not_before_him_in_the_store():
    hidden = {"finds_in_store": 0.0, "finds_expert": 0.0}
    for wish in (NEED, NEED | {"category": 0, "style": 0}):
        me, screen = person((wish,)), shown((0, 16))
        around = world(market=market(**(BUYS | hidden)), shown=screen)
        label_tiles(around)
        visit_store(me, file(), 0, FOR_NEED, -1, around, office())
        assert ev.ITEM_VIEWED not in written(around.tape)


def test_only_staff_who_know_him_record_what_he_looked_at():
    known, unknown = (shopped(k, outside_store=90.0)[1] for k in (True, False))
    assert known.silos[BY_CLUB].live.view_cell == 4
    assert unknown.silos[BY_CLUB].live.view_cell == -1


# ---- the visit ---------------------------------------------------------------------------------


def visited(reason=FOR_NEED, j=-1, slot=-1, wishes=(), orders=(), one=None, offer=None, **numbers):
    about = {"club": numbers.pop("club", 0), "shopper": numbers.pop("shopper", 0)}
    me = person(wishes, orders, aware=0, **about)
    told = BUYS | {
        "served_dkk": 1e6,
        "in_mind_days": 45,
        "wake_store": 0.0,
        "wake_store_buyer": 0.0,
    }
    around = world(market=market(**(told | numbers)), terms=offer or terms())
    books = office(firm(**STAFF, ask_permission=0.0))
    visit_store(me, file(one), j, reason, slot, around, books)
    return me, around


def test_a_visit_is_told_with_its_reason_and_remembered():
    me, around = visited(TO_LOOK)
    visit = events(around.tape, ev.STORE_VISIT)[0]
    assert (value(visit, "order"), value(visit, "need"), value(visit, "seen_as")) == (
        TO_LOOK,
        -1,
        0,
    )
    assert me.aware == 1 and me.salience == near(market().salience_visit)
    _, around = visited(FOR_NEED, 0, wishes=(NEED,))
    assert value(events(around.tape, ev.STORE_VISIT)[0], "need") == 11
    _, around = visited(FOR_PICK_UP, slot=0, orders=(ORDER | {"state": TO_PICK_UP, "need": 13},))
    assert value(events(around.tape, ev.STORE_VISIT)[0], "need") == 13


def test_a_known_visitor_is_shown_what_he_likes():
    liked = profile(linked=8)
    record_interest(firm(), liked, BY_CLUB, 16, 64, 1, 99)
    _, around = visited(one=liked, club=1)
    assert around.shown.n == 3
    assert value(events(around.tape, ev.STORE_VISIT)[0], "seen_as") == ev.A_PERSON
    assert visited(one=liked)[1].shown.n == 0


def context(around):
    return [value(event, "value") for event in events(around.tape, ev.STORE_SALE)]


def test_a_sale_says_on_what_visit_it_came_about():
    wish, other = NEED | {"number": 20}, NEED | {"number": 11}
    ready, back = ORDER | {"state": TO_PICK_UP}, ORDER | {"state": BRINGING}
    assert context(visited(wishes=(wish,), j=0)[1]) == [0]
    assert context(visited(FOR_PICK_UP, slot=0, orders=(ready,), wishes=(wish,))[1]) == [3]
    assert context(visited(FOR_RETURN, slot=0, orders=(back,), wishes=(wish,))[1]) == [2]
    assert context(visited(FOR_RETURN, slot=0, orders=(back,), wishes=(other,))[1]) == [1]
    from_store = back | {"place": 2}
    assert context(visited(FOR_RETURN, slot=0, orders=(from_store,), wishes=(other,))[1]) == [0]


def test_needs_that_are_on_his_mind_are_met_and_later_ones_only_if_he_came_for_them():
    soon, late = NEED | {"next_day": 145}, NEED | {"number": 12, "next_day": 146}
    me, _ = visited(wishes=(soon, late))
    assert [me.needs[k].state for k in (0, 1)] == [FREE, ACTIVE]
    me, _ = visited(wishes=(soon, late), j=1)
    assert [me.needs[k].state for k in (0, 1)] == [FREE, FREE]


def test_shelves_wake_needs_of_shoppers_and_buyers_at_their_rates():
    asleep = NEED | {"state": LATENT, "next_day": NEVER}
    when = moment(100, AT_STORE + TO_LOOK)
    u = uniform(SEED, ID, needs.WAKES, 11, when)
    for shopper, name in ((1, "wake_store"), (0, "wake_store_buyer")):
        for share, woken in ((u + 1e-9, True), (u - 1e-9, False)):
            told = {"finds_in_store": 0.0, name: share, "shopper": shopper}
            me, around = visited(TO_LOOK, wishes=(asleep,), **told)
            assert (me.needs[0].state == ACTIVE) == woken
            assert (ev.NEED_WOKEN in written(around.tape)) == woken


def test_a_return_on_inspection_takes_the_desk_longer_and_leaves_a_need_to_exchange():
    bad = {"state": TO_PICK_UP, "match": -9.0}
    _, _, found, queue = desk(FOR_PICK_UP, bad, inspects_at_pickup=1.0, survives_return=0.0)
    assert queue == [near(14)] and found == 11


def test_what_staff_put_before_him_he_need_not_search_for():
    liked = profile(linked=8)
    record_interest(firm(), liked, BY_CLUB, 4, 16, 1, 99)
    hidden = {"finds_in_store": 0.0, "finds_expert": 0.0, "outside_store": 90.0}
    for club, seen in ((1, True), (0, False)):
        _, around = visited(j=0, wishes=(NEED,), one=liked, club=club, **hidden)
        assert (ev.ITEM_VIEWED in written(around.tape)) == seen
