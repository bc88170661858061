"""Claims about visits to the store: who is known, what is handed over, what is bought."""

from __future__ import annotations

import math

import pytest
from people import (
    ID,
    SEED,
    events,
    file,
    firm,
    logit,
    market,
    office,
    order,
    person,
    profile,
    shown,
    terms,
    today,
    value,
    world,
    written,
)

from sim.company import knowledge
from sim.company.knowledge import record_interest, record_purchase
from sim.core import events as ev
from sim.core.draws import exponential, uniform
from sim.core.log import ENDLESS
from sim.core.records import (
    ACTIVE,
    BRINGING,
    BY_CLUB,
    BY_MAIL,
    BY_OTHER_MAIL,
    FREE,
    IN_HAND,
    LATENT,
    NEVER,
    TO_PICK_UP,
)
from sim.encounter import store
from sim.encounter.impressions import label_tiles
from sim.encounter.occasions import AT_STORE, moment, tile
from sim.encounter.store import (
    bring_back,
    go_to_desk,
    greet_in_app,
    has_receipt,
    is_served,
    pick_up,
    queue_at_desk,
    shop_for,
    visit_store,
)
from sim.encounter.visiting import FOR_NEED, FOR_PICK_UP, FOR_RETURN, TO_LOOK
from sim.journey import buying, friction, memory, needs
from sim.journey import consent as chooses
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
STAFF = {"staff_ask": 1.0, "staff_lookup": 1.0, "shared_targets": 1.0}
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
    assert [value(e, "amount_oere") for e in around.tape.log[:2]] == [0, 0]
    assert [value(e, "value") for e in around.tape.log[:2]] == [1, 1], "two parcels"


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
    happened = [ev.PICKED_UP, ev.NEED_ACTIVE, ev.ACT_DONE, ev.DISAPPOINTED, ev.RETURN_IN_STORE]
    assert written(around.tape)[:5] == happened
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
    assert written(around.tape) == [ev.DISAPPOINTED, ev.RETURN_IN_STORE, ev.REFUNDED, ev.FEE_PAID]
    amounts = [value(event, "amount_oere") for event in around.tape.log[1:4]]
    assert amounts == [50_000, 50_000, 3_000] and me.orders[0].state == FREE
    assert [value(event, "value") for event in around.tape.log[1:4]] == [1, 1, 0]
    assert value(returned(0, fee=0.5)[1].tape.log[3], "amount_oere") == 50
    assert value(returned(0, fee=30.006)[1].tape.log[3], "amount_oere") == 3_001
    assert written(returned(0)[1].tape) == [ev.DISAPPOINTED, ev.RETURN_IN_STORE, ev.REFUNDED]


def test_a_trip_made_for_the_return_is_felt_and_one_made_anyway_is_not():
    for made_trip, way in ((0, desk_hassle_dkk), (1, store_return_hassle_dkk)):
        me, around = returned(made_trip)
        hassle = way(person(), around.market, around.terms, today())
        assert me.satisfaction == near(1 - 0.001 * hassle)


def test_the_desk_is_asked_within_opening_hours():
    offer = terms(stores_open_minute=600, stores_close_minute=1100)
    around = world(market=market(desk_minutes=10.0, desk_spread=0.3), terms=offer)
    for came, served in ((590, 600), (600, 600), (1099, 1099), (1100, 1099)):
        around.tape.buffers.requests = 0
        around.choice.minute = came
        queue_at_desk(person(), -1, FOR_RETURN, 0.5, around)
        assert value(around.tape.requests[0], "minute") == served
    request = around.tape.requests[0]
    v = uniform(SEED, ID, store.DESK_TIME, FOR_RETURN, 100)
    assert value(request, "handling_min") == near(5 * (1 + 0.3 * (2 * v - 1)))
    assert (value(request, "slot"), value(request, "queue")) == (0, 1)
    assert value(request, "patience_min") == ENDLESS


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
    me = person(wishes, orders, knows_until=0, **about)
    told = BUYS | {
        "served_dkk": 1e6,
        "in_mind_days": 45,
        "wake_store": 0.0,
        "wake_store_buyer": 0.0,
        "visit_kept_days": 365.0,
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
    drawn = exponential(SEED, ID, memory.FORGETS_VISIT, -1, moment(100, AT_STORE + TO_LOOK))
    assert me.knows_until == 100 + 1 + int(365 * drawn)
    assert me.salience == near(market().salience_visit)
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


# ---- told before: led to it, handed over, or said and searched again -----------------------------

HIDDEN = {"finds_in_store": 0.0, "finds_expert": 0.0, "advised_in_store": 0.0}


def served(told=0, screen=None, wish=None, when=7, **numbers):
    """Whether he stands before what he wants; the need, what was told, the world."""
    me = person((NEED | {"told": told} | (wish or {}),))
    around = world(market=market(**(HIDDEN | numbers)), shown=screen or shown())
    label_tiles(around)
    found, stays = is_served(me, me.needs[0], when, around)
    assert stays == (ev.WENT_AWAY not in written(around.tape))
    return found, me.needs[0], written(around.tape), around


@pytest.mark.parametrize("when", [7, 8])
def test_what_he_has_told_nobody_he_finds_on_the_shelves(when):
    u = uniform(SEED, ID, buying.FINDS, 11, when)
    for share, there in ((u + 1e-9, True), (u - 1e-9, False)):
        found, wish, told, _ = served(finds_in_store=share, finds_by_search=1.0, when=when)
        assert (found, wish.told, told) == (there, 4 * there, [])


def test_what_he_has_found_in_the_store_before_he_finds_again():
    for others in (0, 1, 2, 8):
        found, wish, told, _ = served(4 | others)
        assert (found, wish.told, wish.repeats, told) == (True, 4 | others, 0, [])


@pytest.mark.parametrize("place", [0, 1, 3])
def test_what_he_has_told_elsewhere_he_says_to_staff_again_or_searches_the_shelves_for(place):
    free = {"look_again_minutes": 0.0, "say_again_minutes": 0.0}
    for advised, what in ((0.0, ev.SEARCHED), (1.0, ev.SAID)):
        found, wish, told, around = served(1 << place, advised_in_store=advised, **free)
        assert (found, wish.told, wish.repeats) == (True, 1 << place | 4, 1)
        assert told == [ev.REPEATED] + [ev.ADVISED] * (advised == 1.0)
        again = around.tape.log[0]
        assert [value(again, k) for k in ("value", "channel", "need")] == [what, ev.STORE, 11]


@pytest.mark.parametrize("when", [7, 8])
def test_some_have_enough_of_it_in_the_store_and_leave(when):
    lasts = -40.0 * math.log(1.0 - uniform(SEED, ID, friction.ENOUGH, 11, when))
    calm = {"look_again_minutes": 0.0, "say_again_minutes": 0.0, "patience_store_minutes": 40.0}
    for advised, minutes in ((0.0, "look_again_minutes"), (1.0, "say_again_minutes")):
        for more, stays in ((-1e-6, True), (1e-6, False)):
            numbers = calm | {"advised_in_store": advised, minutes: lasts + more}
            found, wish, told, around = served(1, when=when, **numbers)
            assert found == stays and (ev.WENT_AWAY in told) != stays
            assert (wish.told, wish.advised) == ((5, int(advised)) if stays else (1, 0))
            assert value(around.tape.log[0], "channel") == ev.STORE
            assert len(told) == 1 or stays


def test_who_left_has_looked_at_nothing_and_comes_back_to_it_after_a_while():
    tired = {"look_again_minutes": 1e6, "store_retry": 0.5, "attention_gap_days": 9.0}
    me, _, around = shopped(wish={"told": 1, "progress": 0.4}, **tired)
    assert written(around.tape) == [ev.WENT_AWAY]
    assert (me.needs[0].progress, me.needs[0].next_day) == (near(0.4), 105)
    assert (me.needs[0].place, me.needs[0].touched) == (2, 32)


def test_what_stands_before_him_he_neither_says_nor_searches_again():
    for given in (
        {"screen": shown((16,))},
        {"screen": shown(history_cell=3)},
        {"wish": {"reserved": 1}},
    ):
        for before in (0, 1, 2, 8):
            found, wish, told, _ = served(before, look_again_minutes=1e6, **given)
            assert (found, wish.told, wish.repeats, told) == (True, before | 4, 0, [])
    assert not served(screen=shown(history_cell=6))[0], "another category"
    assert not served(screen=shown((12,)))[0], "another style"


def test_advice_is_no_way_to_find_it():
    found, wish, told, _ = served(advised_in_store=1.0)
    assert (found, wish.advised, wish.told, told) == (False, 1, 0, [ev.ADVISED])


def test_what_was_reserved_is_looked_at_once_and_then_back_on_the_shelf():
    for buys, state in ((-90.0, FREE), (90.0, ACTIVE)):
        wish = {"reserved": 1, "place": 0}
        me, _, around = shopped(wish=wish, finds_in_store=0.0, outside_store=buys)
        assert ev.ITEM_VIEWED in written(around.tape)
        assert (me.needs[0].reserved, me.needs[0].state) == (0, state)


# ---- the app at the door -------------------------------------------------------------------------

GREETS = {"greets_in_app": 1.0, "beacons": 1.0, "greeting_gap_days": 14, "pauses": 0.0}
GREETS |= {"suppress_bought": 0.0}


def greeted(company=None, one=None, wishes=(), occasion=AT_STORE + TO_LOOK, numbers=None, **about):
    """Somebody whose card has a record of looks at cell 4 comes through the door."""
    me, one = person(wishes, **({"app": 1} | about)), one or profile()
    record_interest(firm(), one, BY_CLUB, 4, 16, 1, 99)
    calm = {"wake_buyer": 0.0, "wake_shopper": 0.0, "takes_back": -90.0}
    around = world(market=market(**(calm | (numbers or {}))))
    books = office(firm(**(GREETS | (company or {}))))
    greet_in_app(me, file(one), occasion, around, books)
    return me, one, written(around.tape), around


def test_his_phone_greets_him_with_what_he_is_believed_to_like():
    me, one, told, around = greeted()
    assert told == [ev.APP_MESSAGE] and one.greeted_day == 100 and me.fatigue == near(1)
    message = around.tape.log[0]
    fields = [value(message, k) for k in ("channel", "need", "value", "order", "item", "category")]
    assert fields == [ev.STORE, -1, 0, ev.GREETING, 16, 1]


def test_nobody_is_greeted_whom_no_beacon_hears_or_for_whom_there_is_no_message():
    for given in (
        {"app": 0},
        {"company": {"beacons": 0.0}},
        {"company": {"greets_in_app": 0.0}},
        {"one": profile(greeted_day=87)},
    ):
        me, _, told, _ = greeted(**given)
        assert told == [] and me.fatigue == 0
    assert greeted(one=profile(greeted_day=86))[2] == [ev.APP_MESSAGE]


def test_a_greeting_may_contradict_what_he_has_just_bought_and_cost_his_consent():
    bought = {"last_from_us": [-1, 95, -1, -1, -1, -1], "cookies": 1}
    assert greeted(**bought)[2] == [ev.APP_MESSAGE, ev.CONTRADICTED]
    for occasion in (AT_STORE, AT_STORE + TO_LOOK):
        at = logit(uniform(SEED, ID, chooses.TAKES_BACK, occasion, 100))
        for more, cookies in ((1e-6, 0), (-1e-6, 1)):
            numbers = {"takes_back": at + more, "takes_back_trust": 0.0}
            books = {"consent_by_purpose": 0.0}
            me = greeted(books, occasion=occasion, numbers=numbers, **bought)[0]
            assert value(me, "cookies") == cookies


def test_a_greeting_wakes_needs_at_a_glance_by_the_luck_of_its_occasion():
    asleep = NEED | {"state": LATENT, "next_day": NEVER}
    for occasion in (AT_STORE, AT_STORE + TO_LOOK):
        u = uniform(SEED, ID, needs.WAKES, 11, tile(moment(100, occasion), 0))
        for p, woken in ((2 * u + 1e-9, True), (2 * u - 1e-9, False)):
            numbers = {"wake_buyer": p, "wake_glance": 0.5, "wrong_style_relevance": 0.0}
            me, _, _, around = greeted(wishes=(asleep,), occasion=occasion, numbers=numbers)
            assert (me.needs[0].state == ACTIVE) == woken
            if woken:
                assert me.needs[0].next_day == 100
                assert value(events(around.tape, ev.NEED_WOKEN)[0], "channel") == ev.STORE


def test_what_the_phone_showed_at_the_door_does_not_stand_before_him_inside():
    one = profile()
    record_interest(firm(), one, BY_CLUB, 4, 16, 1, 99)
    deaf = {"staff_lookup": 0.0}
    me, around = person((NEED,), app=1), world(market=market(**(BUYS | HIDDEN)))
    books = office(firm(**(STAFF | GREETS | deaf), ask_permission=0.0))
    visit_store(me, file(one), 0, FOR_NEED, -1, around, books)
    assert written(around.tape) == [ev.STORE_VISIT, ev.APP_MESSAGE, ev.ACT_DONE]
    assert around.shown.n == 0


def test_a_greeting_is_an_occasion_of_its_visit():
    asleep = NEED | {"state": LATENT, "next_day": NEVER}
    for reason in (TO_LOOK, FOR_NEED):
        when = moment(100, AT_STORE + reason)
        u = uniform(SEED, ID, needs.WAKES, 11, tile(when, 0))
        for p, woken in ((u + 1e-9, True), (u - 1e-9, False)):
            one = profile()
            record_interest(firm(), one, BY_CLUB, 4, 16, 1, 99)
            numbers = {"wake_buyer": p, "wake_glance": 1.0, "wrong_style_relevance": 0.0}
            numbers |= {"wake_store_buyer": 0.0, "in_mind_days": -1} | HIDDEN
            me, around = person((asleep,), app=1), world(market=market(**numbers))
            visit_store(me, file(one), -1, reason, -1, around, office(firm(**(STAFF | GREETS))))
            assert (ev.NEED_WOKEN in written(around.tape)) == woken


# ---- what staff can have sent --------------------------------------------------------------------


def test_staff_can_have_sent_what_the_store_does_not_carry_whether_they_know_him_or_not():
    liked = profile(linked=8)
    record_interest(firm(), liked, BY_CLUB, 16, 64, 1, 99)
    for club in (0, 1):
        for share, sends in ((0.0, 0), (1.0, 1)):
            me, around = person(club=club), world(market=market(served_dkk=1e6))
            books = office(firm(**STAFF, order_to_home=share))
            visit_store(me, file(liked), -1, TO_LOOK, -1, around, books)
            assert around.shown.order_home == sends
            assert around.shown.n == 3 * club


# ---- receipts, and what comes off the books ------------------------------------------------------


def receipt(keeps=0.0, place=2, seen_as=ev.A_PERSON, records=1.0, digital=1, number=44):
    around = world(market=market(keeps_receipt=keeps), terms=terms(digital_receipt=digital))
    goods = order(place=place, seen_as=seen_as, number=number)
    return has_receipt(person(), file(), goods, around, office(firm(record_purchase=records)))


def test_a_receipt_is_in_the_mail_of_a_web_order_or_on_file_under_who_showed_his_card():
    for seen_as in (ev.NOBODY, ev.A_DEVICE, ev.A_PERSON):
        for place in (0, 1):
            assert receipt(place=place, seen_as=seen_as, records=0.0, digital=0)
        assert receipt(seen_as=seen_as) == (seen_as == ev.A_PERSON)
    assert not receipt(records=0.0) and not receipt(digital=0)
    u = uniform(SEED, 3, knowledge.RECORDS_SALE, 0, 0)
    assert receipt(records=u + 1e-9) and not receipt(records=u - 1e-9)


@pytest.mark.parametrize("number", [44, 45])
def test_the_paper_is_found_for_a_share_of_store_purchases(number):
    u = uniform(SEED, ID, store.KEEPS_RECEIPT, number, 0)
    for lacks in ({"seen_as": ev.NOBODY}, {"records": 0.0}, {"digital": 0}):
        assert receipt(u + 1e-9, number=number, **lacks)
        assert not receipt(u - 1e-9, number=number, **lacks)


def test_without_a_receipt_the_desk_takes_longer_and_he_has_to_say_it_again():
    bought_there = {"state": BRINGING, "place": 2, "incoherent": 2}
    for keeps, minutes, told in ((1.0, 10.0, []), (0.0, 13.0, [ev.REPEATED])):
        numbers = {"keeps_receipt": keeps, "receipt_minutes": 3.0}
        me, around, _, queue = desk(FOR_RETURN, bought_there, **numbers)
        assert queue == [near(minutes)] and me.orders[0].incoherent == 2 + len(told)
        assert written(around.tape) == [*told, ev.DISAPPOINTED, ev.RETURN_IN_STORE, ev.REFUNDED]
    again = around.tape.log[0]
    fields = [value(again, k) for k in ("value", "channel", "order", "need")]
    assert fields == [ev.RECEIPT, ev.STORE, 44, 11]
    assert desk(FOR_RETURN, {"state": BRINGING}, keeps_receipt=0.0)[3] == [near(10.0)], "a mail"


def handed_back(reason, place=1, **about):
    """His only purchase on file goes over the desk; records that still have it."""
    one = profile()
    for s in (BY_MAIL, BY_CLUB, BY_OTHER_MAIL):
        record_purchase(firm(), one, s, 4, 16, 90)
    goods = ORDER | {"category": 1, "style": 1, "item": 16, "match": -9.0, "place": place} | about
    me, numbers = person((), (goods,)), {"inspects_at_pickup": 1.0, "keeps_receipt": 1.0}
    go_to_desk(me, file(one), reason, 0, world(market=market(**numbers)), office())
    return [s for s in (BY_MAIL, BY_CLUB, BY_OTHER_MAIL) if one.silos[s].live.buy_cell == 4]


def test_what_is_handed_back_is_off_the_record_that_it_was_on():
    for reason, state in ((FOR_RETURN, BRINGING), (FOR_PICK_UP, TO_PICK_UP)):
        assert handed_back(reason, state=state) == [BY_CLUB, BY_OTHER_MAIL]
        assert handed_back(reason, state=state, address=1) == [BY_MAIL, BY_CLUB]
    in_store = {"state": BRINGING, "place": 2}
    assert handed_back(FOR_RETURN, seen_as=ev.A_PERSON, **in_store) == [BY_MAIL, BY_OTHER_MAIL]
    assert len(handed_back(FOR_RETURN, seen_as=ev.NOBODY, **in_store)) == 3
    assert len(handed_back(FOR_PICK_UP, state=TO_PICK_UP, match=9.0)) == 3, "he keeps it"


def test_a_pick_up_touches_the_store_and_what_it_reopens_has_been_there():
    kept = taken(0.5)[1].orders[0]
    assert kept.touched == 32
    _, me, _ = taken(-0.9)
    assert me.needs[0].touched == 32
