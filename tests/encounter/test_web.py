"""Claims about visits to the web shop: as whom he is known, what is recorded, bought, left."""

from __future__ import annotations

import math

import pytest
from people import (
    ID,
    INSTAGRAM,
    SEARCH,
    SEED,
    baskets_of,
    catalogue,
    choice,
    events,
    file,
    firm,
    flow,
    logit,
    market,
    office,
    own,
    person,
    profile,
    shown,
    terms,
    traces,
    value,
    world,
    written,
)

from sim.company.knowledge import record_interest
from sim.core import events as ev
from sim.core.draws import exponential, uniform
from sim.core.events import A_PERSON
from sim.core.records import (
    ACTIVE,
    ADDRESSES,
    BY_ANOTHER,
    BY_COMPUTER,
    BY_MAIL,
    BY_OTHER_MAIL,
    BY_PHONE,
    FREE,
    IS_NOT,
    IS_THERE,
    LATENT,
    NEVER,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    SILOS,
    UNKNOWN,
)
from sim.encounter import web
from sim.encounter.checkout import fill_basket, leave_basket, pay_for_basket, reserves_it
from sim.encounter.household import LOOKED, LOOKED_AS_OTHER
from sim.encounter.occasions import (
    IN_FRONT,
    Lead,
    has_device_in_hand,
    lead_by_chance,
    lead_by_message,
    lead_on_purpose,
    tile,
    without_link,
)
from sim.encounter.web import ask_visitor, record_view, search_shop, see_stock, visit_web
from sim.journey import buying, friction, memory, needs, touchpoints
from sim.journey import consent as chooses
from sim.journey import identity as says
from sim.journey.hours import looks_at

near = pytest.approx

NEED = {"state": ACTIVE, "number": 11, "category": 1, "style": 1, "dies": NEVER, "place": -1}
NEED |= {"basket_item": -1, "progress": 0.5, "next_day": 100}
CALM = {"cookie_renewed": 0.0, "device_switch": 0.0, "wake_shopper": 0.0}
CALM |= {"account_dkk": -1e6, "bounce": -90.0}
CALM |= {"wake_buyer": 0.0, "visitor_permission_intercept": -90.0}
OPEN = {"record_web": 1.0, "link_device": 1.0, "ask_visitors": 0.0, "ask_permission": 0.0}


def came(source=ev.DIRECT, landing=-1, paid=-1, discount=0.0, about=12, when=640, address=None):
    if address is None:
        address = OWN_ADDRESS if source == ev.EMAIL else -1
    return Lead(source, landing, paid, discount, about, when, address, 1)


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


def at_home(home, cookies=1, device=BY_COMPUTER, record=1.0, item=17):
    """A look from a computer that two people share: traces, records in his own profile."""
    one, around, me = profile(), world(), person(cookies=cookies, partner=0)
    record_view(me, file(one), home, device, item, around, office(firm(record_web=record)))
    return traces(around.tape), [s for s in range(SILOS) if one.silos[s].live.view_cell == 4]


def test_a_look_at_a_shared_computer_is_left_there_for_the_evening():
    assert at_home(BY_COMPUTER) == ([(LOOKED, 4, 17, ID)], [])
    assert at_home(BY_MAIL) == ([(LOOKED, 4, 17, ID)], [BY_MAIL])
    assert at_home(BY_OTHER_MAIL) == ([(LOOKED, 4, 17, ID)], [BY_OTHER_MAIL])
    assert at_home(BY_ANOTHER) == ([(LOOKED_AS_OTHER, 4, 17, ID)], [])
    assert at_home(BY_MAIL, cookies=0) == ([], [BY_MAIL])
    assert at_home(BY_ANOTHER, cookies=0) == at_home(UNKNOWN) == ([], [])
    assert at_home(BY_MAIL, record=0.0) == at_home(BY_MAIL, item=-1) == ([], [])
    assert at_home(BY_MAIL, device=BY_PHONE) == ([], [BY_PHONE, BY_MAIL])


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


def test_the_form_in_the_box_is_named_by_the_visit():
    u = uniform(SEED, ID, chooses.ALL_OR_NOTHING, 12, 640)
    told = {"visitor_permission_intercept": 90.0, "other_address": 0.0, "personal_dkk": -1e6}
    for share, permission in ((u - 1e-9, 1), (u + 1e-9, 0)):
        me, around = person(), world(market=market(**told, refuses_all_or_nothing=share))
        asks = office(firm(ask_visitors=1.0, consent_by_purpose=0.0))
        ask_visitor(me, file(), came(), around, asks)
        assert me.permission == permission


# ---- the visit ---------------------------------------------------------------------------------


def visited(j=-1, lead=None, wishes=(), one=None, company=None, numbers=None, **about):
    me, one = (
        person(wishes, **({"cookies": 1, "knows_until": 0, "device": 1} | about)),
        one or profile(),
    )
    around = world(market=market(**(CALM | (numbers or {}))), terms=terms(pickup_in_store=0))
    visit_web(me, file(one), j, lead or came(), around, office(company or firm(**OPEN)))
    return me, one, around


def test_a_visit_is_told_by_what_brought_him_and_as_whom_he_was_known():
    me, _, around = visited(lead=came(ev.EMAIL))
    visit = events(around.tape, ev.WEB_VISIT)[0]
    fields = [value(visit, name) for name in ("channel", "seen_as", "need")]
    assert fields == [ev.EMAIL, A_PERSON, -1]
    lead = came(ev.EMAIL)
    for device in (0, 1):
        me, _, around = visited(lead=lead, device=device, numbers={"device_switch": 0.0})
        visit = events(around.tape, ev.WEB_VISIT)[0]
        at = looks_at(me, around.market, device, lead.about, lead.when, around.today)
        assert (value(visit, "order"), value(visit, "minute")) == (device, at)
    drawn = exponential(SEED, ID, memory.FORGETS_VISIT, 12, 640)
    assert me.knows_until == 101 + int(market().visit_kept_days * drawn)
    assert me.salience == near(market().salience_visit)
    assert me.visited_day == 100
    _, _, around = visited(0, wishes=(NEED,))
    assert value(events(around.tape, ev.WEB_VISIT)[0], "need") == 11


def test_what_a_mail_to_the_other_address_leads_to_is_recorded_there():
    _, one, around = visited(lead=came(ev.EMAIL, landing=17, address=OTHER_ADDRESS))
    assert value(events(around.tape, ev.WEB_VISIT)[0], "seen_as") == A_PERSON
    assert [s for s in range(SILOS) if one.silos[s].live.view_item == 17] == [1, BY_OTHER_MAIL]
    assert around.shown.known == 1


def test_who_is_taken_for_the_other_is_shown_what_the_computer_was_used_for():
    books = firm(**OPEN, own_channel=0.0)
    one = profile(other_here=1)
    record_interest(books, one, BY_COMPUTER, 4, 16, 1, 99)
    home = {"device": 0, "partner": 0, "company": books}
    _, one, around = visited(one=one, lead=came(landing=25), **home)
    assert value(events(around.tape, ev.WEB_VISIT)[0], "seen_as") == ev.ANOTHER
    assert (around.shown.known, value(around.shown, "history_cell")) == (0, 4)
    assert traces(around.tape) == [(LOOKED_AS_OTHER, 6, 25, ID)]
    assert one.silos[BY_MAIL].live.view_cell == -1


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
    by_mail, found = came(ev.EMAIL), lead_by_chance(SEARCH, -1, -1, 0, 1)
    for lead in (by_mail, found, lead_by_chance(SEARCH, -1, 2, 0, 1)):
        assert value(visited(lead=lead, numbers=switch)[0], "device") == 0
    on_purpose = lead_on_purpose(ev.DIRECT, -1, 0, 1)
    assert value(visited(lead=on_purpose, numbers=switch)[0], "device") == 1, "he has it in hand"
    for paid in (0, 1):
        came_by = lead_by_chance(INSTAGRAM, 0, paid, 0, 1)
        assert value(visited(lead=came_by, numbers=switch)[0], "device") == 1


# ---- searching the shop ------------------------------------------------------------------------

EASY = {"finds_by_search": 1.0, "outside_web": -90.0, "checkout_base": 90.0, "defect_share": 0.0}


def searched(home=BY_PHONE, lead=None, wish=None, **numbers):
    me, one = person((NEED | (wish or {}),), cookies=1, device=1), profile()
    around = world(market=market(**(CALM | EASY | numbers)), terms=terms(pickup_in_store=0))
    search_shop(me, file(one), 0, lead or came(), home, around, office(firm(**OPEN)))
    return me, one, around


def test_what_is_found_and_liked_lies_in_the_basket_and_is_not_yet_ordered():
    me, _, around = searched()
    assert written(around.tape) == [ev.ITEM_VIEWED, ev.BASKET_FILLED]
    wish = me.needs[0]
    assert (wish.state, wish.cart_oere, me.orders_open) == (ACTIVE, 50_000, 0)
    assert wish.basket_item == around.choice.best_item


def test_what_lies_in_the_basket_is_ordered_at_the_end_of_the_visit():
    me, _, around = visited(0, wishes=(NEED,), numbers=EASY)
    kinds = [ev.WEB_VISIT, ev.ITEM_VIEWED, ev.BASKET_FILLED, ev.BASKET_PAID, ev.WEB_ORDER]
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
    assert searched(wish=filled, outside_web=90.0)[0].needs[0].repeats == 1
    here = filled | {"basket_place": 1}
    assert searched(wish=here, outside_web=90.0)[0].needs[0].repeats == 0


# ---- other needs on the same visit ---------------------------------------------------------------

OTHER = NEED | {"number": 12, "category": 4}


def looked_at(around):
    """Numbers of the needs for which he has looked at something, in order."""
    return [value(event, "need") for event in events(around.tape, ev.ITEM_VIEWED)]


def dropped_by(*wishes, j=-1, lead=None, company=None, **numbers):
    told = EASY | {"outside_web": 90.0, "in_mind_days_web": 3, "attention_gap_days": 9.0}
    return visited(j, lead, wishes, company=company, numbers=told | numbers)


def test_on_a_visit_needs_come_up_that_are_due_within_some_days():
    for day, seen in ((99, True), (103, True), (104, False), (NEVER, False)):
        for j, before in ((-1, []), (0, [11])):
            wishes = (NEED | {"next_day": 999}, OTHER | {"next_day": day})
            _, _, around = dropped_by(*wishes, j=j)
            assert looked_at(around) == before + [12] * seen
    _, _, around = dropped_by(OTHER | {"state": LATENT})
    assert looked_at(around) == []
    assert looked_at(dropped_by(OTHER | {"next_day": 107}, in_mind_days_web=7)[2]) == [12]


def test_the_need_that_he_came_for_is_looked_into_once_and_first():
    _, _, around = dropped_by(NEED, OTHER, j=1)
    assert looked_at(around) == [12, 11]


def test_what_came_up_and_was_not_settled_is_put_off_and_what_was_not_due_yet_is_not():
    me, _, _ = dropped_by(NEED, OTHER, NEED | {"number": 13, "next_day": 101}, j=1)
    assert [me.needs[k].next_day for k in range(3)] == [100 + 1 + 9, 100, 101]


def test_the_link_and_its_discount_are_for_what_they_are_about():
    hidden = {"finds_by_search": 0.0, "finds_expert": 0.0}
    bare = firm(**OPEN, front_cell=[7] * 6, popularity=0.0, own_channel=0.0)
    by_mail = came(ev.EMAIL, landing=48, discount=0.2)
    wishes = (NEED | {"next_day": 999}, OTHER | {"style": 0, "next_day": 100})
    assert looked_at(dropped_by(*wishes, lead=by_mail, company=bare, **hidden)[2]) == []
    assert looked_at(dropped_by(*wishes, lead=by_mail, company=bare, j=1, **hidden)[2]) == [12]
    for j, paid in ((-1, 50_000), (1, 40_000)):
        _, _, around = dropped_by(*wishes, lead=by_mail, j=j, outside_web=-90.0)
        (sale,) = events(around.tape, ev.WEB_ORDER)
        assert (value(sale, "amount_oere"), value(sale, "channel")) == (paid, ev.EMAIL)


def test_a_visit_for_something_else_is_the_same_but_for_its_link():
    for meant in (0, 1):
        visit = Lead(ev.EMAIL, 17, 2, 0.2, 12, 640, OTHER_ADDRESS, meant)
        assert without_link(visit) == Lead(ev.EMAIL, -1, 2, 0.0, 12, 640, OTHER_ADDRESS, meant)


def test_who_follows_a_mail_or_comes_by_himself_means_to_and_who_taps_on_an_ad_does_not():
    assert lead_by_message(ev.EMAIL, 17, 0.2, 640, 1) == Lead(ev.EMAIL, 17, -1, 0.2, 0, 640, 1, 1)
    assert lead_by_chance(INSTAGRAM, 17, 2, 12, 640) == Lead(INSTAGRAM, 17, 2, 0.0, 12, 640, -1, 0)
    assert lead_on_purpose(SEARCH, 2, 12, 640) == Lead(SEARCH, -1, 2, 0.0, 12, 640, -1, 1)


def test_he_goes_on_with_the_device_in_his_hand_and_takes_one_up_for_a_mail_or_a_search():
    for lead, in_hand in (
        (lead_by_chance(INSTAGRAM, 17, 2, 0, 640), True),
        (lead_by_chance(INSTAGRAM, 0, 0, 0, 640), True),
        (lead_by_chance(SEARCH, -1, 2, 12, 640), False),
        (lead_by_chance(SEARCH, -1, -1, 12, 640), False),
        (lead_by_message(ev.EMAIL, 17, 0.2, 640, OWN_ADDRESS), False),
        (lead_by_message(ev.EMAIL, -1, 0.0, 640, OTHER_ADDRESS), False),
        (lead_on_purpose(ev.DIRECT, -1, 0, 640), True),
        (lead_on_purpose(SEARCH, 2, 12, 640), True),
    ):
        assert has_device_in_hand(lead) == in_hand
        u = uniform(SEED, ID, touchpoints.SWITCHES, lead.about, lead.when)
        for share, other in ((u + 1e-9, 0), (u - 1e-9, 1)):
            me, _, _ = visited(lead=lead, numbers={"device_switch": share})
            assert value(me, "device") == (1 if in_hand else other)


def test_what_he_buys_besides_was_brought_by_the_same_ad_and_touched_by_its_link():
    by_ad = lead_by_chance(INSTAGRAM, 17, 1, 0, 640)
    wishes = (NEED, OTHER | {"next_day": 100})
    me, _, _ = dropped_by(*wishes, lead=by_ad, j=0)
    assert [me.needs[k].touched & ev.BY_AD_LINK for k in (0, 1)] == [ev.BY_AD_LINK] * 2


# ---- told before: found again, handed over, or searched again ------------------------------------


def told_before(told=0, lead=None, handed=-1, where=1, **numbers):
    """He looks for what he has told us at other places; the need, what was told, the world."""
    hidden = {"finds_by_search": 0.0, "finds_expert": 0.0, "outside_web": 90.0}
    me = person((NEED | {"told": told, "category": 4},), cookies=1, device=where)
    screen = shown(history_cell=handed)
    around = world(market=market(**(CALM | hidden | numbers)), shown=screen)
    search_shop(me, file(), 0, lead or came(), where, around, office(firm(**OPEN)))
    return me.needs[0], written(around.tape), around


def test_what_he_has_told_nobody_is_found_by_searching():
    u = uniform(SEED, ID, buying.FINDS, 11, 640)
    for share, told in ((u + 1e-9, [ev.ITEM_VIEWED]), (u - 1e-9, [])):
        wish, seen, _ = told_before(finds_by_search=share)
        assert seen == told and wish.told == (2 if told else 0)
    assert told_before(where=0, finds_by_search=1.0)[0].told == 1


def test_what_he_has_found_here_before_he_finds_again():
    for where in (0, 1):
        for others in (0, 4, 8):
            wish, seen, around = told_before(1 << where | others, where=where)
            assert (seen, wish.repeats, wish.told) == ([ev.ITEM_VIEWED], 0, 1 << where | others)
            assert value(around.tape.log[0], "value") == 0


@pytest.mark.parametrize("place", [0, 2, 3])
def test_what_he_has_told_elsewhere_he_searches_again(place):
    patient = {"search_again_minutes": 0.0}
    wish, seen, around = told_before(1 << place, **patient)
    assert (seen, wish.repeats) == ([ev.REPEATED, ev.ITEM_VIEWED], 1)
    assert wish.told == 1 << place | 2
    again = around.tape.log[0]
    assert [value(again, k) for k in ("value", "channel", "need")] == [ev.SEARCHED, ev.WEB, 11]
    assert value(around.tape.log[1], "value") == 0


def test_some_have_enough_of_searching_again_and_leave():
    lasts = -15.0 * math.log(1.0 - uniform(SEED, ID, friction.ENOUGH, 11, 640))
    for more, leaves in ((-1e-6, False), (1e-6, True)):
        numbers = {"search_again_minutes": lasts + more, "patience_web_minutes": 15.0}
        wish, seen, around = told_before(4, **numbers)
        assert seen == ([ev.WENT_AWAY] if leaves else [ev.REPEATED, ev.ITEM_VIEWED])
        assert value(around.tape.log[0], "channel") == ev.WEB
        if leaves:
            assert (wish.told, wish.progress, wish.repeats) == (4, near(0.5), 1)
            assert wish.place == 1 and wish.touched == 2, "he was there"


def test_what_was_handed_over_or_is_on_show_he_need_not_search_again():
    for given in ({"handed": 14}, {"lead": came(landing=52)}):
        wish, seen, around = told_before(4, **given)
        assert (seen, wish.repeats, wish.told) == ([ev.ITEM_VIEWED], 0, 6)
        assert value(around.tape.log[0], "value") == 1
    assert told_before(4, handed=11, search_again_minutes=0.0)[0].repeats == 1, "another category"
    assert told_before(0, handed=14)[1] == [ev.ITEM_VIEWED]


def test_a_need_is_touched_by_the_shop_and_by_the_link_that_led_there():
    def touched(led):
        return told_before(2, led)[0].touched - 2

    assert touched(came()) == 0
    assert touched(came(ev.EMAIL)) == touched(came(ev.EMAIL, address=1)) == ev.BY_MAIL_LINK
    assert touched(lead_by_chance(INSTAGRAM, -1, 0, 0, 640)) == ev.BY_AD_LINK
    for lead in (lead_by_chance(SEARCH, -1, 2, 12, 640), lead_on_purpose(SEARCH, 2, 12, 640)):
        assert touched(lead) == ev.BY_AD_LINK
    assert touched(lead_by_chance(SEARCH, -1, -1, 12, 640)) == 0, "the free result"


# ---- the stores, on the page ---------------------------------------------------------------------


def stores_have(*rows):
    goods = catalogue()
    for row in range(len(goods)):
        if hasattr(goods, "dtype"):
            goods["in_store"][row] = row in rows
        else:
            goods[row].in_store = int(row in rows)
    return goods


def test_the_page_says_whether_the_store_has_what_he_likes_best_where_it_says_it_at_all():
    for online in (0, 1):
        for rows, stock in (((17,), IS_THERE), ((16, 18), IS_NOT)):
            wish = person((NEED | {"stock": 2},)).needs[0]
            screen = shown(stock_online=online)
            around = world(shown=screen, catalogue=stores_have(*rows), choice=choice(best_item=17))
            see_stock(wish, around)
            assert value(wish, "stock") == (stock if online else 0)


def test_a_look_in_the_shop_tells_the_stock_of_the_stores():
    for online, stock in ((1.0, IS_THERE), (0.0, 0)):
        books = firm(**OPEN, stock_online=online)
        me, _, _ = visited(0, wishes=(NEED,), company=books, numbers=EASY | {"outside_web": 90.0})
        assert value(me.needs[0], "stock") == stock


KEEN = {"reserve_utility": 90.0}


def reserved(numbers=None, reserve=1, stores=1, rows=(17,), led=None):
    """Whether he has the store keep what lies in his basket; the need, the world."""
    me = person((NEED | {"basket_item": 17, "cart_oere": 50_000},))
    around = world(
        market=market(**(KEEN | (numbers or {}))),
        shown=shown(reserve=reserve),
        terms=terms(stores=stores),
        catalogue=stores_have(*rows),
    )
    reserves_it(me, me.needs[0], led or came(), around)
    return ev.RESERVED in written(around.tape), me.needs[0], around


def test_what_lies_in_the_basket_can_be_kept_by_a_store_and_looked_at_tomorrow():
    kept, wish, around = reserved()
    assert kept and (wish.reserved, wish.next_day) == (1, 101)
    assert (wish.basket_item, wish.cart_oere) == (-1, 0), "it lies there no more"
    (told,) = events(around.tape, ev.RESERVED)
    fields = [value(told, name) for name in ("channel", "item", "need", "value")]
    assert fields == [ev.WEB, 17, 11, 0] and len(written(around.tape)) == 1


def test_nothing_is_kept_where_it_cannot_be_or_he_does_not_want_it():
    for given in (
        {"reserve": 0},
        {"stores": 0},
        {"rows": (16, 18)},
        {"numbers": {"reserve_utility": -90.0}},
    ):
        kept, wish, around = reserved(**given)
        assert not kept and (wish.reserved, wish.next_day) == (0, 100)
        assert (wish.basket_item, wish.cart_oere) == (17, 50_000)
        assert written(around.tape) == []


@pytest.mark.parametrize("when", [640, 641])
def test_whether_he_reserves_is_drawn_for_each_visit(when):
    me, mk = person(), market()
    at = logit(uniform(SEED, ID, touchpoints.RESERVES, 11, when))
    at += touchpoints.trip_cost_dkk(me, mk) / mk.trip_scale_dkk
    for more, kept in ((1e-6, True), (-1e-6, False)):
        assert reserved({"reserve_utility": at + more}, led=came(when=when))[0] == kept


# ---- basket and checkout -----------------------------------------------------------------------


def decided(home=BY_MAIL, wish=None, lead=None, record=1.0, reserve=0, **numbers):
    me, one = person((NEED | (wish or {}),), device=1), profile()
    around = world(
        market=market(**(CALM | EASY | numbers)),
        choice=choice(best_item=17, best_value=0.0),
        terms=terms(pickup_in_store=0),
        shown=shown(reserve=reserve),
    )
    books = office(firm(**(OPEN | {"record_web": record})))
    fill_basket(me, me.needs[0], lead or came(), around)
    pay_for_basket(me, file(one), 0, lead or came(), home, around, books)
    leave_basket(me, file(one), home, around, books)
    return me, one, written(around.tape), around


def test_a_basket_that_is_not_checked_out_stays_where_it_was_filled():
    me, one, told, around = decided(checkout_base=-90.0)
    assert told == [ev.BASKET_FILLED, ev.BASKET_LOST]
    assert (me.needs[0].basket_item, me.needs[0].basket_place) == (17, 1)
    assert [value(event, "value") for event in around.tape.log[:2]] == [1, 1]
    assert (baskets_of(one), own(one).flow_day[flow("basket")]) == ({BY_MAIL: 17}, 101)


def test_who_reserves_rather_than_order_leaves_no_basket_behind():
    for checkout, told in ((-90.0, [ev.BASKET_FILLED, ev.RESERVED]), (90.0, None)):
        me, one, seen, _ = decided(checkout_base=checkout, reserve=1, **KEEN)
        if told:
            assert seen == told and (baskets_of(one), me.needs[0].reserved) == ({}, 1)
        else:
            assert ev.RESERVED not in seen and ev.WEB_ORDER in seen, "who orders need not"


def test_a_basket_left_behind_is_recorded_as_far_as_he_is_known():
    lost = {"checkout_base": -90.0}
    for device in (BY_COMPUTER, BY_PHONE, BY_ANOTHER):
        me, one = decided(device, **lost)[:2]
        seen_under = value(me, "device") if device == BY_ANOTHER else device
        assert baskets_of(one) == {seen_under: 17}
        assert own(one).next_flow_day == NEVER
    assert baskets_of(decided(UNKNOWN, **lost)[1]) == {}
    assert baskets_of(decided(BY_MAIL, record=0.0, **lost)[1]) == {}


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
        fill_basket(me, me.needs[0], came(discount=discount), around)
        assert (ev.BASKET_FILLED in written(around.tape)) == fills
