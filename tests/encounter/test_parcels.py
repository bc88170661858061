"""Claims about what becomes of a purchase: delivered, tried out, kept, sent back, settled."""

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
    order,
    person,
    profile,
    terms,
    today,
    value,
    world,
    written,
)

from sim.company.knowledge import record_purchase
from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import (
    AT_DEPOT,
    BRINGING,
    BY_MAIL,
    COMING,
    FREE,
    GOING_BACK,
    IN_HAND,
    NEVER,
    NO_FAULT,
    REFUND_DUE,
    SETTLING,
)
from sim.encounter import parcels
from sim.encounter.parcels import (
    can_still_return,
    handle_delivery,
    handle_post,
    send_back,
    send_back_for_price,
    try_out,
)
from sim.encounter.store import bring_back
from sim.journey.buying import mail_return_hassle_dkk, store_return_hassle_dkk
from sim.journey.returning import BACK, carrier_days, days_until_sent

GOES_BACK = [ev.DISAPPOINTED, ev.RETURN_BY_MAIL]
near = pytest.approx
QUIET = {"asks_after_purchase": 0.0, "asks_at_defect": 0.0, "asks_when_late": 0.0}
ORDER = {"number": 44, "need": 11, "paid_oere": 50_000, "price_oere": 50_000, "place": 1}


def one(rule=None, offer=None, day=100, me=None, numbers=None, **about):
    """A person whose only order goes through a rule; the order, the person, the world."""
    me = me or person((), (ORDER | about,), satisfaction=0.5)
    mk = market(**(QUIET | (numbers or {})))
    around = world(day, market=mk, terms=offer or terms(return_window_days=30))
    if rule is None:
        handle_post(me, file(), 0, around, office())
    else:
        rule(me, me.orders[0], 0, around)
    return me.orders[0], me, around


# ---- waiting for a parcel ----------------------------------------------------------------------


def test_a_parcel_that_came_is_in_hand_and_its_days_late_are_told():
    goods, _, around = one(handle_delivery, received=100, promised=97)
    assert (goods.state, goods.late_days) == (IN_HAND, 3)
    told = events(around.tape, ev.PARCEL_DELIVERED)[0]
    assert value(told, "value") == 3 and value(told, "amount_oere") == 0


def test_before_it_is_due_he_asks_once_and_looks_again_the_day_after_the_promise():
    goods, me, _ = one(handle_delivery, state=COMING, received=110, promised=104)
    assert (me.case_topic, me.case_about, goods.asked) == (ev.ABOUT_ORDER, 44, 1)
    assert goods.due == 105 and goods.state == COMING
    _, me, _ = one(handle_delivery, state=COMING, received=110, promised=104, asked=1)
    assert me.case_topic == -1
    punctual, _, _ = one(handle_delivery, received=104, promised=104)
    assert punctual.due == 104


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_late_parcel_is_asked_for_at_its_share_and_then_waited_for(share):
    numbers = {"asks_when_late": share}
    goods, me, _ = one(handle_delivery, numbers=numbers, received=110, promised=99)
    assert (me.case_topic == ev.ABOUT_ORDER) == (share == 1.0) and goods.due == 110


def test_on_the_promised_day_it_is_not_yet_late():
    goods, me, _ = one(handle_delivery, received=110, promised=100)
    assert me.case_topic == ev.ABOUT_ORDER and goods.due == 101
    _, me, _ = one(handle_delivery, received=110, promised=99)
    assert me.case_topic == -1


def test_who_asks_for_a_late_parcel_is_drawn_for_each_order():
    u = uniform(SEED, ID, parcels.ASKS_LATE, 44, 0)
    for share, asks in ((u + 1e-9, True), (u - 1e-9, False)):
        _, me, _ = one(
            handle_delivery, numbers={"asks_when_late": share}, received=110, promised=99
        )
        assert (me.case_topic == ev.ABOUT_ORDER) == asks


# ---- in hand -----------------------------------------------------------------------------------


def test_what_does_is_kept_and_settles_after_the_window():
    goods, _, around = one(try_out, state=IN_HAND, match=0.4)
    assert (goods.state, goods.due) == (SETTLING, 130)
    assert value(events(around.tape, ev.KEPT)[0], "value") == near(0.4)
    assert value(events(around.tape, ev.KEPT)[0], "amount_oere") == 0


def test_what_does_not_goes_back_the_cheaper_way_and_its_need_may_return():
    survive = {"survives_return": 1.0, "drop_off_days": 2.0}
    far, near_by = {"distance_km": 500.0}, {"distance_km": 0.0}
    for about, state in ((far, GOING_BACK), (near_by, BRINGING)):
        me = person((), (ORDER | {"state": IN_HAND, "match": -9.0},), **about)
        goods, me, around = one(try_out, me=me, numbers=survive)
        assert goods.state == state and me.needs_open == 1
        wait = days_until_sent(me, around.market, 44, today())
        assert goods.due == 100 + wait and events(around.tape, ev.KEPT) == []


def test_who_does_not_get_round_to_it_within_the_window_keeps_it():
    numbers = {"drop_off_days": 9.0}
    wait = days_until_sent(person(), market(**numbers), 44, today())
    assert wait > 1
    for window, state in ((wait, None), (wait - 1, SETTLING)):
        offer = terms(return_window_days=window)
        goods, _, _ = one(try_out, offer, numbers=numbers, state=IN_HAND, match=-9.0)
        assert (goods.state == SETTLING) == (state == SETTLING)


def test_the_product_is_felt_when_it_is_tried():
    better, worse = (one(try_out, match=m, expected=0.2)[1].satisfaction for m in (0.9, 0.1))
    assert better > worse


def test_some_ask_how_it_is_used_and_some_about_a_defect():
    u = uniform(SEED, ID, parcels.ASKS_USE, 44, 0)
    for share, asks in ((u + 1e-9, True), (u - 1e-9, False)):
        _, me, _ = one(try_out, numbers={"asks_after_purchase": share})
        assert (me.case_topic == ev.ABOUT_DEFECT) == asks
    v = uniform(SEED, ID, parcels.ASKS_DEFECT, 44, 0)
    for share, asks in ((v + 1e-9, True), (v - 1e-9, False)):
        _, me, _ = one(try_out, numbers={"asks_at_defect": share}, defect=1)
        assert (me.case_topic == ev.ABOUT_DEFECT) == asks
    assert one(try_out, numbers={"asks_at_defect": 1.0}, defect=0)[1].case_topic == -1


# ---- one parcel, one trip ------------------------------------------------------------------------

FAR, NEAR = {"distance_km": 500.0}, {"distance_km": 0.0}
DOES_NOT = {"state": IN_HAND, "match": -9.0}


def tried_on_one_day(*rows, offer=None, numbers=None, **him):
    me = person((), tuple(ORDER | DOES_NOT | row for row in rows), **him)
    mk = market(**(QUIET | {"drop_off_days": 9.0, "survives_return": 0.0} | (numbers or {})))
    around = world(market=mk, terms=offer or terms(return_window_days=99))
    for slot in range(len(rows)):
        try_out(me, me.orders[slot], slot, around)
    return [me.orders[slot] for slot in range(len(rows))], around


def test_things_of_one_order_that_do_not_do_go_back_in_one_parcel():
    second, apart = {"number": 48, "basket": 44}, {"number": 52}
    things, _ = tried_on_one_day({}, second, apart, **FAR)
    assert [one.state for one in things] == [GOING_BACK] * 3
    assert [one.goes_along for one in things] == [0, 1, 0]
    assert things[1].due == things[0].due != things[2].due
    for match, state in ((-0.9, GOING_BACK), (0.4, SETTLING)):
        barely = second | {"match": match}
        dear = terms(return_window_days=99, mail_return_fee_dkk=4_000.0, return_in_store=0)
        goods, _ = tried_on_one_day({}, barely, offer=dear)
        assert goods[1].state == state, "it costs no second fee"
        assert tried_on_one_day(barely, offer=dear)[0][0].state == SETTLING


def test_who_goes_to_the_store_with_one_thing_takes_the_others_along():
    things, _ = tried_on_one_day({}, {"number": 52}, {"number": 56, "place": 2}, **NEAR)
    assert [one.state for one in things] == [BRINGING] * 3
    assert things[0].due == things[1].due == things[2].due > 100
    assert [one.goes_along for one in things] == [0, 0, 0]
    gone = ORDER | {"state": BRINGING, "due": 100, "number": 60}
    me = person((), (gone, ORDER | DOES_NOT), **NEAR)
    around = world(market=market(**QUIET), terms=terms(return_window_days=99))
    try_out(me, me.orders[1], 1, around)
    wait = days_until_sent(me, around.market, 44, today())
    assert me.orders[1].due == 100 + wait, "today's trip is over"


def test_a_parcel_costs_one_fee_whatever_is_in_it():
    along = ORDER | {"state": GOING_BACK, "number": 48, "basket": 44, "goes_along": 1}
    me = person((), (ORDER | {"state": GOING_BACK}, along))
    around = world(terms=terms(mail_return_fee_dkk=39.0))
    for slot in range(2):
        send_back(me, me.orders[slot], around)
    assert written(around.tape) == [*GOES_BACK, ev.FEE_PAID, *GOES_BACK]


# ---- sent back for a lower price -----------------------------------------------------------------


def test_what_he_has_can_be_given_back_within_the_window():
    for state in range(9):
        has_it = state in (IN_HAND, SETTLING)
        for received, within in ((100, True), (70, True), (69, False)):
            goods, offer = order(state=state, received=received), terms(return_window_days=30)
            assert can_still_return(goods, offer, today()) == (has_it and within)


def sent_for_price(offer=None, numbers=None, number=44, place=1, **him):
    goods = ORDER | {"state": SETTLING, "due": 120, "number": number, "place": place, "fault": 3}
    me = person((), (goods,), **him)
    around = world(market=market(survives_return=1.0, **(numbers or {})), terms=offer or terms())
    send_back_for_price(me, me.orders[0], around)
    return me.orders[0], me, around


def test_what_is_bought_anew_goes_back_the_cheaper_way():
    far, near_by = {"distance_km": 500.0}, {"distance_km": 0.0}
    assert sent_for_price(**far)[0].state == GOING_BACK
    assert sent_for_price(**far)[0].fault == NO_FAULT, "nothing is wrong with it"
    assert sent_for_price(**near_by)[0].state == BRINGING
    assert sent_for_price(terms(return_by_mail=0), **far)[0].state == BRINGING
    assert sent_for_price(terms(return_in_store=0), **near_by)[0].state == GOING_BACK
    for by_mail in (0, 1):
        bought_there = sent_for_price(terms(return_by_mail=by_mail), place=2, **far)[0]
        assert bought_there.state == BRINGING, "what was bought in a store is brought back"
    assert sent_for_price(place=0, **far)[0].state == GOING_BACK


def test_ways_that_cost_the_same_are_by_mail():
    me, mk, now = person(distance_km=0.0), market(), today()
    mail = mail_return_hassle_dkk(me, mk, terms())
    store = store_return_hassle_dkk(me, mk, terms(store_return_fee_dkk=0.0), now)
    for more, state in ((-1e-6, BRINGING), (1e-6, GOING_BACK)):
        offer = terms(store_return_fee_dkk=mail - store + more)
        assert sent_for_price(offer, distance_km=0.0)[0].state == state


@pytest.mark.parametrize("number", [44, 46])
def test_he_gets_round_to_it_as_to_any_return_and_not_the_same_day(number):
    for numbers in ({"drop_off_days": 5.0}, {"drop_off_days": 0.0}):
        goods, me, around = sent_for_price(numbers=numbers, number=number)
        wait = days_until_sent(me, around.market, number, today())
        assert goods.due == 100 + wait > 100


def test_the_need_is_open_again_at_once():
    goods, me, around = sent_for_price(distance_km=500.0)
    assert (me.needs_open, me.needs[0].number, me.needs[0].purchases) == (1, 11, 1)
    assert me.needs[0].next_day == 100 + around.market.looks_again_days
    goods, me, _ = sent_for_price(distance_km=0.0)
    assert me.needs[0].next_day == goods.due


# ---- going back --------------------------------------------------------------------------------


def sent(fee):
    me = person((), (ORDER | {"state": GOING_BACK},))
    around = world(terms=terms(mail_return_fee_dkk=fee))
    send_back(me, me.orders[0], around)
    return me, around


def test_a_return_by_mail_is_posted_and_the_fee_is_paid_where_there_is_one():
    me, around = sent(39.004)
    goods = me.orders[0]
    assert written(around.tape) == [*GOES_BACK, ev.FEE_PAID]
    amounts = [value(e, "amount_oere") for e in around.tape.log[1:3]]
    assert amounts == [50_000, 3_900]
    took = carrier_days(me, around.market, 44, BACK, today())
    assert (goods.state, goods.due) == (AT_DEPOT, 100 + took)
    assert [value(e, "value") for e in around.tape.log[1:3]] == [0, 0]
    assert written(sent(0.0)[1].tape) == GOES_BACK
    assert [value(sent(fee)[1].tape.log[2], "amount_oere") for fee in (0.5, 39.006)] == [50, 3901]


def test_what_is_sent_back_is_off_the_record_when_it_is_on_its_way():
    for state, kept in ((GOING_BACK, []), (AT_DEPOT, [BY_MAIL]), (REFUND_DUE, [BY_MAIL])):
        papers = profile()
        record_purchase(firm(), papers, BY_MAIL, 4, 16, 90)
        me = person((), (ORDER | {"state": state, "category": 1, "style": 1},))
        handle_post(me, file(papers), 0, world(market=market(**QUIET)), office())
        on_file = papers.silos[BY_MAIL].live.buy_cell == 4
        assert on_file == (kept == [BY_MAIL])


def test_the_depot_is_asked_once():
    goods, _, around = one(state=AT_DEPOT)
    assert goods.due == NEVER and around.tape.buffers.requests == 1


def test_at_the_depot_a_parcel_waits_as_long_as_it_takes_and_nobody_stands_by():
    _, _, around = one(state=AT_DEPOT)
    request = around.tape.requests[0]
    names = ("queue", "customer", "slot", "minute", "handling_min", "patience_min")
    assert [value(request, name) for name in names] == [parcels.DEPOT, ID, 0, 0, 0, 0]


def test_a_refund_by_mail_pays_back_all_and_is_felt_by_its_hassle():
    feels = {"return_satisfaction": 0.5, "return_hassle": 0.005, "learning_rate": 1.0}
    goods, me, around = one(state=REFUND_DUE, numbers=feels)
    assert value(events(around.tape, ev.REFUNDED)[0], "amount_oere") == 50_000
    assert value(events(around.tape, ev.REFUNDED)[0], "value") == 0, "not at the desk"
    hassle = mail_return_hassle_dkk(person(), around.market, around.terms)
    assert me.satisfaction == near(max(0.5 - 0.005 * hassle, 0.0)) and hassle > 0
    assert goods.state == FREE and me.orders_open == 0


def test_a_kept_purchase_is_done_with_its_cracks_counted():
    goods, me, around = one(state=SETTLING, incoherent=2)
    assert value(events(around.tape, ev.JOURNEY_DONE)[0], "value") == 2
    assert goods.state == FREE and me.orders_open == 0


def test_a_kept_purchase_earns_its_bonus_when_it_is_settled_and_not_before():
    for state, earned in ((COMING, []), (IN_HAND, []), (SETTLING, [1_000])):
        kept = {"state": state, "received": 100, "promised": 100, "match": 0.5, "earns_bonus": 1}
        _, _, around = one(offer=terms(return_window_days=30, club_bonus_share=0.02), **kept)
        bonus = events(around.tape, ev.BONUS_EARNED)
        assert [value(event, "amount_oere") for event in bonus] == earned
    assert ev.BONUS_EARNED not in written(one(state=SETTLING, earns_bonus=0)[2].tape)


@pytest.mark.parametrize("distance_km", [0.0, 500.0])
def test_what_goes_back_never_earns_a_bonus(distance_km):
    about = {"state": IN_HAND, "match": -9.0, "earns_bonus": 1, "due": 100}
    me = person((), (ORDER | about,), distance_km=distance_km)
    mk, told = market(**QUIET, survives_return=0.0), []
    for day in range(100, 200):
        around = world(day, market=mk, terms=terms(return_window_days=60))
        if me.orders[0].state == AT_DEPOT:
            me.orders[0].state, me.orders[0].due = REFUND_DUE, day
        if me.orders[0].state == BRINGING and me.orders[0].due <= day:
            bring_back(me, me.orders[0], 1, around)
        elif me.orders[0].state not in (FREE, BRINGING) and me.orders[0].due <= day:
            handle_post(me, file(), 0, around, office())
        told += written(around.tape)
    assert ev.REFUNDED in told and ev.BONUS_EARNED not in told and ev.JOURNEY_DONE not in told


def test_a_parcel_is_tried_out_on_the_day_it_comes_and_not_before_its_day():
    assert one(state=COMING, received=100, promised=100, match=0.5)[0].state == SETTLING
    assert one(state=IN_HAND, due=101, match=0.5)[0].state == IN_HAND
    assert one(state=IN_HAND, due=100, match=0.5)[0].state == SETTLING
    posted, _, _ = one(state=GOING_BACK)
    assert posted.state == AT_DEPOT
