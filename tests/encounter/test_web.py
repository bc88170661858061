"""Claims about visits to the web shop: as whom he is known, what is recorded, bought, left."""

from __future__ import annotations

import pytest
from people import (
    ID,
    INSTAGRAM,
    SEED,
    choice,
    events,
    file,
    firm,
    flow,
    market,
    office,
    own,
    person,
    profile,
    terms,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.events import A_PERSON
from sim.core.records import (
    ACTIVE,
    ADDRESSES,
    BY_COMPUTER,
    BY_MAIL,
    BY_OTHER_MAIL,
    BY_PHONE,
    FREE,
    LATENT,
    NEVER,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    SILOS,
    UNKNOWN,
)
from sim.encounter import web
from sim.encounter.occasions import IN_FRONT, Lead, lead, tile
from sim.encounter.web import ask_visitor, decide_online, record_view, search_shop, visit_web
from sim.journey import identity as says
from sim.journey import needs

near = pytest.approx

NEED = {"state": ACTIVE, "number": 11, "category": 1, "style": 1, "dies": NEVER, "place": -1}
NEED |= {"basket_item": -1, "progress": 0.5, "next_day": 100}
CALM = {"cookie_renewed": 0.0, "device_switch": 0.0, "wake_shopper": 0.0}
CALM |= {"account_dkk": -1e6}
CALM |= {"wake_buyer": 0.0, "visitor_permission_intercept": -90.0}
OPEN = {"record_web": 1.0, "link_device": 1.0, "ask_visitors": 0.0, "ask_permission": 0.0}


def came(source=ev.DIRECT, landing=-1, paid=-1, discount=0.0, about=12, when=640, address=None):
    if address is None:
        address = OWN_ADDRESS if source == ev.EMAIL else -1
    return Lead(source, landing, paid, discount, about, when, address)


# ---- what is recorded --------------------------------------------------------------------------


def viewed(home, item=17, cookies=1, **changes):
    one, around = profile(), world()
    books = office(firm(**(OPEN | changes)))
    record_view(person(cookies=cookies), file(one), home, 1, item, around, books)
    return one.silos[1].live.view_cell, one.silos[BY_MAIL].live.view_cell


def test_a_view_is_recorded_under_the_device_and_under_the_name_that_are_known():
    one = profile()
    record_view(person(cookies=1), file(one), BY_MAIL, 1, 17, world(), office(firm(**OPEN)))
    assert one.silos[1].live.counts[4] == one.silos[BY_MAIL].live.counts[4] == 1
    assert viewed(BY_PHONE) == (4, -1) and viewed(BY_MAIL) == (4, 4)
    assert viewed(BY_MAIL, cookies=0) == (-1, 4)
    assert viewed(UNKNOWN) == viewed(BY_MAIL, item=-1) == (-1, -1)
    assert viewed(BY_MAIL, record_web=0.0) == (-1, -1)
    assert viewed(BY_PHONE, item=0) == (0, -1), "item 0 is an item"


def test_a_view_under_the_other_address_is_recorded_there_and_not_under_his_own():
    one = profile()
    views = {"cookies": 1}
    record_view(person(**views), file(one), BY_OTHER_MAIL, 1, 17, world(), office(firm(**OPEN)))
    seen = [s for s in range(SILOS) if one.silos[s].live.view_cell == 4]
    assert seen == [BY_PHONE, BY_OTHER_MAIL]


def signed(asks=1.0, willing=90.0, listed=0, **about):
    me, one = person(**about), profile(permission=listed)
    told = {"visitor_permission_intercept": willing, "other_address": 0.0}
    around = world(market=market(**told))
    ask_visitor(me, file(one), came(), around, office(firm(ask_visitors=asks)))
    return me.permission, own(one).flow_day[flow("welcome")], written(around.tape)


def test_visitors_sign_up_who_are_asked_and_willing():
    assert signed() == (1, 101, [ev.SUBSCRIBED])
    for told in ({"asks": 0.0}, {"willing": -90.0}, {"refused": 1}):
        assert signed(**told) == (0, NEVER, [])
    assert signed(permission=1, listed=1)[2] == []
    assert signed(permission=1)[2] == [ev.SUBSCRIBED], "struck off the list before"
    around = world(market=market(visitor_permission_intercept=90.0))
    ask_visitor(person(), file(), came(), around, office(firm(ask_visitors=1.0)))
    assert value(around.tape.log[0], "value") == 0, "it counts nothing but itself"
    u = uniform(SEED, 3, web.ASKS_VISITOR, 12, 640)
    assert signed(u + 1e-9)[0] == 1 and signed(u - 1e-9)[0] == 0


def test_some_visitors_sign_up_with_another_address_that_is_theirs():
    u = uniform(SEED, ID, says.OTHER, 12, 640)
    told = {"visitor_permission_intercept": 90.0}
    asks = office(firm(ask_visitors=1.0))
    for share, alias, a in ((u + 1e-9, 0, 1), (u - 1e-9, 0, 0), (u + 1e-9, 1, 0)):
        me, one = person(), profile(alias=alias)
        around = world(market=market(**told, other_address=share))
        ask_visitor(me, file(one), came(), around, asks)
        assert (me.permission, [k.permission for k in one.addresses]) == (1 << a, [1 - a, a])


def test_who_gets_our_mails_at_any_address_does_not_heed_the_box():
    for a in range(ADDRESSES):
        for share in (0.0, 1.0):
            listed = {"permission": 1 - a, "other": {"permission": a}}
            me, one = person(permission=1 << a), profile(**listed)
            around = world(market=market(visitor_permission_intercept=90.0, other_address=share))
            ask_visitor(me, file(one), came(), around, office(firm(ask_visitors=1.0)))
            assert [k.permission for k in one.addresses] == [1 - a, a]
            assert written(around.tape) == []


# ---- the visit ---------------------------------------------------------------------------------


def visited(j=-1, lead=None, wishes=(), one=None, company=None, numbers=None, **about):
    me, one = person(wishes, **({"cookies": 1, "aware": 0, "device": 1} | about)), one or profile()
    around = world(market=market(**(CALM | (numbers or {}))), terms=terms(pickup_in_store=0))
    visit_web(me, file(one), j, lead or came(), around, office(company or firm(**OPEN)))
    return me, one, around


def test_a_visit_is_told_by_what_brought_him_and_as_whom_he_was_known():
    me, _, around = visited(lead=came(ev.EMAIL))
    visit = events(around.tape, ev.WEB_VISIT)[0]
    fields = [value(visit, name) for name in ("channel", "seen_as", "need")]
    assert fields == [ev.EMAIL, A_PERSON, -1]
    assert me.aware == 1 and me.salience == near(market().salience_visit)
    assert me.visited_day == 100
    _, _, around = visited(0, wishes=(NEED,))
    assert value(events(around.tape, ev.WEB_VISIT)[0], "need") == 11


def test_what_a_mail_to_the_other_address_leads_to_is_recorded_there():
    _, one, around = visited(lead=came(ev.EMAIL, landing=17, address=OTHER_ADDRESS))
    assert value(events(around.tape, ev.WEB_VISIT)[0], "seen_as") == A_PERSON
    assert [s for s in range(SILOS) if one.silos[s].live.view_item == 17] == [1, BY_OTHER_MAIL]
    assert around.shown.known == 1


def test_a_visitor_is_asked_to_sign_up():
    asks = firm(**(OPEN | {"ask_visitors": 1.0}))
    me, _, around = visited(company=asks, numbers={"visitor_permission_intercept": 90.0})
    assert me.permission == 1 and ev.SUBSCRIBED in written(around.tape)


def test_a_visit_without_a_need_is_recorded_by_where_the_link_led():
    assert visited(lead=came(landing=17))[1].silos[1].live.view_item == 17
    assert visited()[1].silos[1].live.view_item == -1


def test_the_front_wakes_needs_once_a_day_and_less_at_a_glance():
    asleep = NEED | {"state": LATENT, "next_day": NEVER}
    u = uniform(SEED, ID, needs.WAKES, 11, tile(640, IN_FRONT) + 4)
    bare = {"by_style": 0.0}

    def woken(p, visited_day=-1, j=-1, glance=0.5):
        told = {"wake_buyer": p, "wake_glance": glance, "wrong_style_relevance": 0.0}
        told |= {"finds_by_search": 0.0}
        wishes = (asleep, NEED | {"category": 4, "number": 12})
        company = firm(**OPEN, **bare)
        me, _, _ = visited(j, wishes=wishes, numbers=told, company=company, visited_day=visited_day)
        return me.needs[0]

    assert woken(u + 1e-9).state == ACTIVE and woken(u - 1e-9).state == LATENT
    assert woken(u + 1e-9).next_day == 101
    assert woken(1.0, visited_day=100).state == LATENT, "he has seen it today"
    assert woken(u + 1e-9, j=1).state == LATENT
    assert woken(2 * u + 1e-9, j=1).state == ACTIVE, "he has something else in mind"


def test_the_device_in_hand_may_change_but_not_between_an_ad_and_the_shop():
    switch = {"device_switch": 1.0}
    assert value(visited(numbers=switch)[0], "device") == 0
    for paid in (0, 1):
        came_by = lead(INSTAGRAM, 0, paid, 0.0, 0, 1)
        assert value(visited(lead=came_by, numbers=switch)[0], "device") == 1


# ---- searching the shop ------------------------------------------------------------------------

EASY = {"finds_by_search": 1.0, "outside_web": -90.0, "checkout_base": 90.0, "defect_share": 0.0}


def searched(home=BY_PHONE, lead=None, wish=None, **numbers):
    me, one = person((NEED | (wish or {}),), cookies=1, device=1), profile()
    around = world(market=market(**(CALM | EASY | numbers)), terms=terms(pickup_in_store=0))
    search_shop(me, file(one), 0, lead or came(), home, around, office(firm(**OPEN)))
    return me, one, around


def test_what_is_found_and_liked_is_bought():
    me, _, around = searched()
    kinds = [ev.ITEM_VIEWED, ev.BASKET_FILLED, ev.WEB_ORDER]
    assert [kind for kind in written(around.tape) if kind in kinds] == kinds
    assert me.needs[0].state == FREE and me.orders_open == 1


def test_what_is_not_found_is_not_looked_at_unless_the_link_led_there():
    hidden = {"finds_by_search": 0.0, "finds_expert": 0.0}
    me, one, around = searched(**hidden)
    assert written(around.tape) == [] and me.needs[0].progress == near(0.5)
    _, one, around = searched(lead=came(landing=17), **hidden)
    view = events(around.tape, ev.ITEM_VIEWED)[0]
    assert value(view, "value") == 1 and one.silos[1].live.view_cell == 4
    assert value(events(searched()[2].tape, ev.ITEM_VIEWED)[0], "value") == 0


def test_a_look_brings_the_search_forward():
    me, _, around = searched(outside_web=90.0, progress_step=0.2)
    assert me.needs[0].progress == near(0.7) and ev.BASKET_FILLED not in written(around.tape)
    assert me.needs[0].basket_item == -1 and me.needs[0].place == 1


def test_a_basket_of_another_browser_is_not_there_and_one_of_this_is_bought():
    filled = {"basket_item": 0, "basket_place": 0}
    assert searched(wish=filled, outside_web=90.0)[0].needs[0].lost == 1
    here = filled | {"basket_place": 1}
    assert searched(wish=here, outside_web=90.0)[0].needs[0].lost == 0


# ---- basket and checkout -----------------------------------------------------------------------


def decided(home=BY_MAIL, wish=None, lead=None, record=1.0, **numbers):
    me, one = person((NEED | (wish or {}),), device=1), profile()
    around = world(
        market=market(**(CALM | EASY | numbers)),
        choice=choice(best_item=17, best_value=0.0),
        terms=terms(pickup_in_store=0),
    )
    books = office(firm(**(OPEN | {"record_web": record})))
    decide_online(me, file(one), 0, lead or came(), home, around, books)
    return me, one, written(around.tape), around


def test_a_basket_that_is_not_checked_out_stays_where_it_was_filled():
    me, one, told, around = decided(checkout_base=-90.0)
    assert told == [ev.BASKET_FILLED, ev.BASKET_LOST]
    assert (me.needs[0].basket_item, me.needs[0].basket_place) == (17, 1)
    assert [value(event, "value") for event in around.tape.log[:2]] == [1, 1]
    assert (one.basket_item, one.basket_person, own(one).flow_day[flow("basket")]) == (17, 1, 101)


def test_a_basket_left_behind_is_recorded_as_far_as_he_is_known():
    lost = {"checkout_base": -90.0}
    for device in (BY_COMPUTER, BY_PHONE):
        one = decided(device, **lost)[1]
        assert (one.basket_item, one.basket_person, own(one).next_flow_day) == (17, 0, NEVER)
    assert decided(UNKNOWN, **lost)[1].basket_item == -1
    assert decided(BY_MAIL, record=0.0, **lost)[1].basket_item == -1


def test_a_basket_from_before_needs_no_filling_and_an_unfilled_one_leaves_nothing():
    for item in (16, 0):
        _, _, told, _ = decided(wish={"basket_item": item}, outside_web=90.0)
        assert ev.BASKET_FILLED not in told and ev.WEB_ORDER in told
    me, _, told, _ = decided(outside_web=90.0)
    assert told == [] and me.needs[0].basket_item == -1


def test_the_best_item_now_is_what_is_ordered_at_the_discount_that_brought_him():
    me, _, _, around = decided(wish={"basket_item": 16}, lead=came(discount=0.2))
    assert value(me.orders[0], "item") == 17
    assert value(events(around.tape, ev.WEB_ORDER)[0], "amount_oere") == 40_000


def test_delivery_is_weighed_at_the_price_that_is_paid():
    dear = terms(pickup_in_store=0, delivery_fee_dkk=1e6, free_delivery_from_dkk=450)
    for discount, fills in ((0.0, True), (0.2, False)):
        me = person((NEED,), device=1)
        around = world(
            market=market(**(CALM | EASY)), choice=choice(best_item=17, best_value=0.0), terms=dear
        )
        books = office(firm(**OPEN))
        decide_online(me, file(), 0, came(discount=discount), BY_PHONE, around, books)
        assert (ev.BASKET_FILLED in written(around.tape)) == fills
