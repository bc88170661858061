"""Claims about what a purchase does: paid, delivered, recorded, credited, met elsewhere."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import (
    ID,
    SEARCH,
    SEED,
    baskets_of,
    catalogue,
    choice,
    events,
    file,
    firm,
    flow,
    market,
    office,
    order,
    own,
    person,
    profile,
    shown,
    tape,
    terms,
    today,
    traces,
    value,
    world,
    written,
)

from sim.company import knowledge
from sim.company.holdouts import held_out
from sim.company.knowledge import record_purchase
from sim.company.reading import customers_on_file
from sim.core import events as ev
from sim.core.compiled import COMPILED
from sim.core.draws import exponential, normal, uniform
from sim.core.records import (
    ACTIVE,
    BRINGING,
    BY_ANOTHER,
    BY_CLUB,
    BY_COMPUTER,
    BY_MAIL,
    BY_OTHER_MAIL,
    BY_PHONE,
    COMING,
    FREE,
    GROUPS,
    IN_HAND,
    NEEDS,
    NEVER,
    ORDERS,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    PAID,
    SETTLING,
    SILOS,
    TO_PICK_UP,
    UNKNOWN,
)
from sim.encounter import checkout, elsewhere
from sim.encounter.checkout import choose_delivery, credit_last_click, order_online
from sim.encounter.elsewhere import buy_elsewhere
from sim.encounter.household import BOUGHT
from sim.encounter.occasions import lead_on_purpose
from sim.encounter.orders import (
    close_order,
    count_in_tests,
    next_order_day,
    note_return,
    place_for_order,
    record_sale,
    reopen_need,
    settle,
    settle_purchase,
    start_order,
)
from sim.encounter.till import buy_in_store, send_home
from sim.journey.returning import CARRIER, carrier_days

near = pytest.approx

NEED = {"state": ACTIVE, "number": 11, "category": 1, "style": 1, "dies": NEVER}
SURE = market(defect_share=0.0, survives_return=1.0, asks_before_due=0.0)


DIRECT = lead_on_purpose(ev.DIRECT, -1, 0, 9)


def wishing(**about):
    """Somebody in whose basket one thing lies, at 500 DKK."""
    return person((NEED | {"basket_item": 16, "cart_oere": 50_000},), **about)


# ---- slots -------------------------------------------------------------------------------------


def place(me):
    around = world()
    return place_for_order(me, around), around


def test_an_order_takes_the_first_free_place():
    assert place(person())[0] == 0
    assert place(person((), ({"state": COMING}, {}, {"state": COMING})))[0] == 1


def test_a_place_that_is_taken_counts():
    me = person((), ({"state": COMING}, {"state": COMING}))
    assert place(me)[0] == 2 and me.orders_open == 3


def test_places_count_up_to_the_last_one_taken():
    me = person((), ({"state": COMING}, {"state": COMING}, {"state": COMING}))
    close_order(me, me.orders[1])
    assert me.orders[1].state == FREE and me.orders_open == 3
    close_order(me, me.orders[2])
    assert me.orders_open == 1


def test_the_next_order_day_is_the_first_of_those_under_way():
    rows = (
        {"state": COMING, "due": 105},
        {"state": FREE, "due": 3},
        {"state": IN_HAND, "due": 102},
    )
    assert next_order_day(person((), rows)) == 102
    assert next_order_day(person()) == NEVER


# ---- an order begins ---------------------------------------------------------------------------


def started(paid=50_000, wish=None, mk=None, place=1):
    me = person((NEED | {"cart_oere": paid} | (wish or {}),))
    around = world(market=mk or SURE, choice=choice(best_expected=0.2))
    start_order(me, me.needs[0], me.orders[2], 17, place, around)
    return me, me.orders[2]


def test_an_order_holds_what_was_bought_at_what_price_and_where():
    _, one = started(paid=42_500)
    assert (one.price_oere, one.paid_oere, value(one, "item")) == (50_000, 42_500, 17)
    assert (one.category, one.style, one.need, one.place, one.seen_as) == (1, 1, 11, 1, 0)
    assert (one.promised, one.received, one.late_days, one.asked) == (100, 100, 0, 0)


def test_a_new_order_has_nothing_of_the_one_whose_place_it_takes():
    old = {"seen_as": 2, "address": 1, "earns_bonus": 1, "asked": 1, "late_days": 3}
    old |= {"incoherent": 2, "touched": 73, "told": 13, "tried": 4, "defect": 1}
    old |= {"goes_along": 1}
    me = person((NEED,), (old,))
    start_order(me, me.needs[0], me.orders[0], 17, 1, world(market=SURE))
    assert [getattr(me.orders[0], name) for name in old] == [0] * 11


def test_every_purchase_of_a_need_has_a_number_of_its_own():
    numbers = {
        started(wish={"number": n, "purchases": p})[1].number for n in (1, 2) for p in range(4)
    }
    assert len(numbers) == 8


def test_an_order_carries_the_cracks_of_its_journey_and_what_was_tried():
    _, one = started(wish={"repeats": 2, "lost": 1, "tried": 4, "touched": 73, "told": 13})
    assert (one.incoherent, one.tried) == (3, 4)
    assert (one.touched, one.told) == (73, 13), "where its need has been, and what was told there"


def test_an_order_fits_as_was_expected_and_a_defect_spoils_it():
    _, good = started()
    _, bad = started(mk=market(defect_share=1.0))
    assert (good.expected, good.match, good.defect) == (near(0.2), near(0.2), 0)
    assert (bad.match, bad.defect) == (near(0.2 - 1), 1)
    _, scratched = started(mk=market(defect_share=1.0, defect_loss=0.3))
    assert (scratched.match, scratched.defect) == (near(0.2 - 0.3), 1)


def test_an_order_is_named_by_its_need():
    assert started(wish={"purchases": 2})[1].number == 11 * 4 + 2


def test_where_no_place_is_free_what_was_kept_longest_is_settled():
    rows = [{"state": SETTLING, "due": 150 - n} for n in range(ORDERS - 1)]
    me = person((), ({"state": COMING}, *rows))
    found, around = place(me)
    assert found == ORDERS - 1 and written(around.tape) == [ev.JOURNEY_DONE]
    assert me.orders_open == ORDERS


def test_what_is_settled_for_want_of_a_place_earns_its_bonus_all_the_same():
    row = {"state": SETTLING, "due": 150, "number": 44, "paid_oere": 50_000, "earns_bonus": 1}
    me = person((), tuple(row for _ in range(ORDERS)))
    _, around = place(me)
    (bonus,) = events(around.tape, ev.BONUS_EARNED)
    assert value(bonus, "amount_oere") == 1_000


def test_of_purchases_kept_the_one_due_first_is_settled_and_of_several_the_first():
    def settled_one(days):
        rows = tuple({"state": SETTLING, "due": day} for day in days)
        found, around = place(person((), rows))
        (done,) = events(around.tape, ev.JOURNEY_DONE)
        assert value(done, "amount_oere") == 0
        return found

    assert settled_one(range(100, 100 + ORDERS)) == 0
    assert settled_one([100] * ORDERS) == 0


# ---- delivery ----------------------------------------------------------------------------------


def delivered(mk=None, offer=None, paid=50_000, **numbers):
    me = person((), ({"state": 0, "number": 44, "paid_oere": 1},), price_sensitivity=2.0)
    one = me.orders[0]
    told = {"carrier_days": 3.0, "promised_days": 4.0, "asks_before_due": 0.0}
    around = world(market=market(**(told | numbers)), terms=offer or terms(pickup_in_store=0))
    choose_delivery(me, one, paid, around)
    return one, around


def test_a_parcel_comes_home_when_the_carrier_brings_it():
    one, around = delivered()
    took = carrier_days(person(), around.market, 44, CARRIER, today())
    assert one.state == COMING and one.promised == 104
    assert one.received == 100 + took
    assert one.due == (one.received if took <= 4 else 105)


def test_who_is_sure_to_ask_early_thinks_of_it_in_two_days():
    slow = {"carrier_days": 30.0, "carrier_spread": 0.0}
    assert delivered(**slow, asks_before_due=1.0)[0].due == 102
    assert delivered(**slow, asks_before_due=1.0, asks_early_days=3)[0].due == 103
    assert delivered(**slow)[0].due == 105, "the day after the promise"
    quick = delivered(carrier_days=1.0, carrier_spread=0.0, asks_before_due=1.0)[0]
    assert quick.due == 101
    prompt = delivered(carrier_days=4.0, carrier_spread=0.0)[0]
    assert prompt.due == prompt.received == prompt.promised == 104


def test_a_fee_is_paid_on_small_orders_only_and_only_where_there_is_one():
    fee = {"pickup_in_store": 0, "free_delivery_from_dkk": 500}
    small = ((49_999, 39.004, [3900]), (49_999, 39.006, [3901]), (49_999, 0.5, [50]))
    for paid, dkk, wanted in (*small, (50_000, 39, []), (49_999, 0, [])):
        _, around = delivered(offer=terms(delivery_fee_dkk=dkk, **fee), paid=paid)
        paid_fees = events(around.tape, ev.FEE_PAID)
        assert [value(event, "amount_oere") for event in paid_fees] == wanted
        assert all(value(event, "value") == 0 for event in paid_fees)


def test_who_picks_up_comes_some_days_after_it_is_ready_and_pays_no_fee():
    me = person((), ({"number": 44},), pickup_taste_dkk=1e6)
    offer = terms(pickup_in_store=1, delivery_fee_dkk=39)
    around = world(terms=offer, market=market(shelf_days=1.6, comes_days=5.0))
    choose_delivery(me, me.orders[0], 100, around)
    one, drawn = me.orders[0], exponential(SEED, ID, checkout.COMES_FOR_IT, 44, 0)
    assert (one.state, one.promised) == (TO_PICK_UP, 102)
    assert one.due == 102 + int(5 * drawn) and written(around.tape) == []
    quick = world(terms=offer, market=market(shelf_days=0.0, comes_days=0.0))
    choose_delivery(me, me.orders[0], 100, quick)
    assert me.orders[0].promised == me.orders[0].due == 101


def test_what_the_store_does_not_carry_comes_home_from_it_without_a_fee():
    for number in (44, 45):
        me = person((), ({"number": number, "place": 2, "state": IN_HAND, "paid_oere": 100},))
        numbers = {"carrier_days": 3.0, "promised_days": 4.9, "asks_before_due": 1.0}
        offer = terms(delivery_fee_dkk=39, free_delivery_from_dkk=500)
        around = world(market=market(**numbers), terms=offer)
        send_home(me, me.orders[0], around)
        one, took = me.orders[0], carrier_days(me, around.market, number, CARRIER, today())
        assert (one.state, one.promised) == (COMING, 104)
        assert one.received == one.due == 100 + took and written(around.tape) == []


# ---- what a purchase does ----------------------------------------------------------------------


def settled(place=0, me=None, one=None, company=None, **about):
    me = me or person((NEED,), trust=0.5)
    goods = order(**({"category": 1, "style": 1, "item": 16, "place": place} | about))
    books, around = office(company or firm(ask_permission=0.0, record_purchase=1.0)), world()
    who = one or profile()
    settle_purchase(me, file(who), me.needs[0], goods, around, books)
    return me, who, books


def test_a_purchase_teaches_and_ends_its_need():
    me, _, _ = settled()
    mk = market()
    assert (me.orders_ever, me.spent_dkk, me.last_from_us[1]) == (1, near(500), 100)
    assert (me.habit, me.salience) == (0, 0), "that is of the basket, not of each thing in it"
    assert me.expertise[1] == near(mk.expertise_gain) and me.last_bought[1] == 100
    assert me.needs[0].state == FREE and me.needs_open == 0
    assert settled(me=person((NEED,), expertise=1.0))[0].expertise[1] == 1


def test_a_basket_makes_a_habit_and_a_memory():
    me, mk = bought()[0], market()
    assert me.habit == near(mk.habit_rate) and me.salience == near(mk.salience_purchase)


def test_a_web_sale_is_recorded_under_its_address_and_sets_plans_off():
    _, one, _ = settled()
    assert one.silos[BY_MAIL].live.buy_cell == 4 and one.silos[BY_MAIL].filed_order == 44
    assert own(one).flow_day[flow("win_back")] == 100 + 180
    assert one.silos[0].live.buy_cell == -1, "the device's list sees it by the pixel only"


def test_an_order_under_the_other_address_is_filed_there_as_a_strangers():
    one = profile({"basket": 101}, baskets={BY_MAIL: (9, 99)})
    settled(one=one, address=OTHER_ADDRESS)
    assert [s for s in range(SILOS) if one.silos[s].live.buy_cell == 4] == [BY_OTHER_MAIL]
    assert [s for s in range(SILOS) if one.silos[s].filed_order == 44] == [BY_OTHER_MAIL]
    other = one.addresses[OTHER_ADDRESS]
    assert (other.flow_day[flow("win_back")], other.heard_day) == (280, 100)
    assert own(one).flow_day[flow("win_back")] == NEVER and own(one).heard_day == 0
    assert (baskets_of(one), own(one).flow_day[flow("basket")]) == ({BY_MAIL: 9}, 101)


def test_what_is_ordered_after_what_is_learned_for_each_address_by_itself():
    for before, learned in ((BY_OTHER_MAIL, 1), (BY_MAIL, 0)):
        one, books = profile(), office(firm(record_purchase=1.0, sequence_days=60))
        record_purchase(firm(), one, before, 0, 0, 90)
        goods = order(category=1, style=1, item=16, place=0, address=OTHER_ADDRESS)
        record_sale(person(), file(one), goods, tape(), today(), books)
        assert sum(books.ledger.followed) == learned


def test_the_pixel_sees_a_sale_on_a_known_device():
    company = firm(ask_permission=0.0, record_purchase=1.0, purchase_pixel=1)
    assert settled(1, company=company, seen_as=1)[1].silos[1].live.buy_cell == 4
    assert settled(1, company=company, seen_as=0)[1].silos[1].live.buy_cell == -1


def at_home(place=0, seen_as=1, pixel=1, partner=0):
    """A recorded order from a computer that two people share: traces; records that have it."""
    one, on = profile(), tape()
    books = office(firm(record_purchase=1.0, purchase_pixel=pixel))
    goods = order(category=1, style=1, item=17, place=place, seen_as=seen_as)
    record_sale(person(partner=partner), file(one), goods, on, today(), books)
    return traces(on), [s for s in range(SILOS) if one.silos[s].live.buy_cell == 4]


def test_the_pixel_leaves_a_sale_at_a_shared_computer_for_the_evening():
    for seen_as in (ev.A_DEVICE, ev.A_PERSON, ev.ANOTHER):
        assert at_home(seen_as=seen_as) == ([(BOUGHT, 4, 17, ID)], [BY_MAIL])
    assert at_home(seen_as=ev.NOBODY) == at_home(pixel=0) == ([], [BY_MAIL])
    assert at_home(place=1) == ([], [BY_PHONE, BY_MAIL])
    assert at_home(partner=-1) == ([], [BY_COMPUTER, BY_MAIL])


def returned_sale(records=1.0, **about):
    """Records that still have his only purchase after he has returned it."""
    one = profile()
    for s in (BY_MAIL, BY_CLUB, BY_OTHER_MAIL):
        record_purchase(firm(), one, s, 4, 16, 90)
    goods = order(**({"category": 1, "style": 1, "item": 16, "place": 0} | about))
    note_return(file(one), goods, today(), office(firm(record_purchase=records)))
    return [s for s in (BY_MAIL, BY_CLUB, BY_OTHER_MAIL) if one.silos[s].live.buy_cell == 4]


def test_a_return_comes_off_the_record_that_the_purchase_was_filed_in():
    everywhere = [BY_MAIL, BY_CLUB, BY_OTHER_MAIL]
    for place in (0, 1):
        assert returned_sale(place=place) == [BY_CLUB, BY_OTHER_MAIL]
        assert returned_sale(place=place, address=OTHER_ADDRESS) == [BY_MAIL, BY_CLUB]
    for seen_as in (ev.NOBODY, ev.A_DEVICE, ev.A_PERSON, ev.ANOTHER):
        kept = everywhere if seen_as != ev.A_PERSON else [BY_MAIL, BY_OTHER_MAIL]
        assert returned_sale(place=2, seen_as=seen_as) == kept
    assert returned_sale(style=2) == returned_sale(category=2) == everywhere, "another cell"
    assert returned_sale(records=0.0) == everywhere
    u = uniform(SEED, 3, knowledge.RECORDS_SALE, 0, 0)
    assert len(returned_sale(u + 1e-9)) == 2 and len(returned_sale(u - 1e-9)) == 3


def test_an_order_is_an_occasion_to_show_the_app_and_to_ask_for_permission_and_its_line_is_not():
    asks = {"offer_app": 1.0, "ask_to_join": 1.0, "ask_permission": 1.0}
    told = {"app_dkk": 1e6, "permission_intercept": 90.0, "personal_dkk": 1e6}
    for device in (0, 1):
        me, _, around = bought(company=asks, numbers=told, account=1, device=device)
        assert (me.app, me.permission) == (1, 1)
        for kind in (ev.APP_INSTALLED, ev.SUBSCRIBED):
            assert value(events(around.tape, kind)[0], "channel") == ev.WEB
    for place in (0, 1, 2):
        me, _, _ = settled(place, company=firm(**asks), me=person((NEED,), account=1))
        assert (me.app, me.permission) == (0, 0), "a line is sold and no more"


def test_a_web_purchase_on_a_known_device_is_a_sale_to_count():
    for place, counted in ((0, 50_000), (1, 50_000), (2, 0)):
        told = {"place": place, "seen_as": 1, "one": profile(device_seen=3)}
        tests = firm(record_purchase=1.0, holdout=1e-9, ad_rate=[0.5] + [0.0] * (PAID - 1))
        _, _, books = settled(company=tests, **told)
        assert of_thing(books.ledger.treated_oere, 0) == counted


def test_what_is_ordered_after_what_is_learned_on_the_web_as_in_the_store():
    for place, silo in ((0, BY_MAIL), (2, BY_CLUB)):
        one, books = profile(), office(firm(record_purchase=1.0, sequence_days=60))
        record_purchase(firm(), one, silo, 0, 0, 90)
        goods = order(category=1, style=1, item=16, place=place, seen_as=2)
        record_sale(person(club=1), file(one), goods, tape(), today(), books)
        assert sum(books.ledger.followed) == books.ledger.followed[1] == 1


def test_a_line_that_is_not_usable_records_nothing():
    _, one, books = settled(company=firm(ask_permission=0.0, record_purchase=0.0))
    assert one.silos[BY_MAIL].live.buy_cell == one.silos[BY_MAIL].filed_order == -1
    assert not any(books.ledger.treated_oere) and not any(books.ledger.held_oere)


def recorded(seen_as, linked=0):
    one = profile(linked=linked << BY_CLUB)
    goods = order(category=1, style=1, item=16, place=2, seen_as=seen_as)
    record_sale(
        person(club=1), file(one), goods, tape(), today(), office(firm(record_purchase=1.0))
    )
    return one


def test_a_store_sale_is_recorded_only_under_a_card_that_was_seen():
    shown = recorded(ev.A_PERSON)
    assert shown.silos[BY_CLUB].live.buy_cell == 4
    assert [silo.filed_order for silo in shown.silos] == [-1, -1, -1, 44, -1, -1]
    for seen_as in (ev.NOBODY, ev.A_DEVICE):
        hidden = recorded(seen_as, linked=1)
        assert hidden.silos[BY_CLUB].live.buy_cell == hidden.silos[BY_CLUB].filed_order == -1
        assert own(hidden).next_flow_day == NEVER
    assert own(shown).next_flow_day == NEVER
    assert own(recorded(ev.A_PERSON, linked=1)).flow_day[flow("win_back")] == 280


def of_thing(table, thing):
    """All groups of records together."""
    return sum(table[thing * GROUPS : (thing + 1) * GROUPS])


def counted(one, place, held=0.5, s=BY_MAIL, first=0, lines=(1.0, 0.0), oere=50_000):
    """The ledger after one recorded sale at a company that buys the first of two paid lines."""
    books = office(firm(holdout=held, arms=0, ad_rate=[*lines] + [0.0] * (PAID - 2)))
    goods = order(place=place, paid_oere=oere)
    count_in_tests(file(one), s, goods, first, today(), books)
    return books.ledger


def test_a_sale_counts_for_who_was_shown_ads_or_for_who_was_held_out():
    known = profile(device_seen=2)
    shown, held = counted(known, 1, 1e-9), counted(known, 1, 1.0)
    assert (of_thing(shown.treated_oere, 0), of_thing(shown.held_oere, 0)) == (50_000, 0)
    assert (of_thing(held.treated_oere, 0), of_thing(held.held_oere, 0)) == (0, 50_000)
    assert not any(counted(profile(), 1, 1e-9).treated_oere), "nobody knows whose sale it is"
    assert not any(counted(known, 1, 0.0).treated_oere), "nothing is tested"
    assert of_thing(shown.treated_oere, 1) == 0, "nor what is not bought"


def test_all_that_a_record_buys_is_counted_in_one_group():
    for number in (3, 3 + GROUPS, 21):
        one = profile(device_seen=2, number=number)
        table = counted(one, 1, 1e-9).treated_oere
        assert table[number % GROUPS] == 50_000 == sum(table)


def test_of_first_sales_there_is_a_count():
    known = profile(device_seen=2)
    assert of_thing(counted(known, 1, 1e-9, first=1).treated_first, 0) == 1
    assert of_thing(counted(known, 1, 1.0, first=1).held_first, 0) == 1
    assert of_thing(counted(known, 1, 1.0, first=0).held_first, 0) == 0


def test_in_tests_of_messages_a_sale_counts_that_can_be_tied_to_an_address_written_to():
    stranger, listed, left, linked_card = profile(), profile(), profile(), profile()
    listed.addresses[0].permission = left.addresses[0].refused = 1
    linked_card.addresses[0].permission, linked_card.linked = 1, 1 << BY_CLUB
    for one, s, wanted in (
        (stranger, BY_MAIL, 0),
        (listed, BY_MAIL, 50_000),
        (left, BY_MAIL, 50_000),
        (listed, BY_CLUB, 0),
        (linked_card, BY_CLUB, 50_000),
    ):
        books = counted(one, 2, 1e-9, s)
        assert [of_thing(books.treated_oere, PAID + k) for k in range(3)] == [wanted] * 3


def test_each_thing_is_tested_by_arms_of_its_own_and_they_are_drawn_anew():
    company = lambda arms: firm(holdout=0.3, arms=arms)  # noqa: E731
    people = [profile(number=k) for k in range(400)]

    def out(thing, arms=0, device=1):
        return np.array([held_out(company(arms), one, thing, device, 1) for one in people])

    first = out(0)
    assert first.mean() == pytest.approx(0.3, abs=0.07)
    for other in (out(1), out(0, arms=1), out(0, device=0)):
        assert 0.3 < (other != first).mean() < 0.55, "by chance 42 % differ"
    assert (out(0) == first).all()


def test_the_last_paid_click_is_credited_where_the_visit_was_recorded():
    def credited(paid, seen_as=1, records=1.0):
        books = office(firm(record_web=records))
        came = lead_on_purpose(SEARCH, paid, 0, 0)
        goods = order(paid_oere=700, seen_as=seen_as)
        credit_last_click(file(), came, goods, today(), books)
        return list(books.ledger.attributed_oere)[:3]

    assert [credited(paid) for paid in (-1, 0, 1, 2)] == [
        [0, 0, 0],
        [700, 0, 0],
        [0, 700, 0],
        [0, 0, 700],
    ]
    assert credited(1, seen_as=0) == credited(1, records=0.0) == [0, 0, 0]


# ---- orders online and in store ----------------------------------------------------------------


def test_an_order_online_is_paid_filed_and_open_until_it_should_come():
    me, one, books = wishing(), profile(), office(firm(record_web=1.0, ask_permission=0.0))
    me.needs[0].cart_oere = 45_000
    around = world(market=SURE, terms=terms(pickup_in_store=0))
    came = lead_on_purpose(SEARCH, 1, 0, 9)
    order_online(me, file(one), 0, came, BY_MAIL, around, books)
    sale = events(around.tape, ev.WEB_ORDER)[0]
    assert (value(sale, "amount_oere"), value(sale, "channel")) == (45_000, SEARCH)
    assert value(sale, "value") == near(0.1) and value(me.orders[0], "item") == 16
    assert (one.open_case, one.has_phone) == (me.orders[0].promised, 1 << BY_MAIL)
    assert books.ledger.attributed_oere[1] == 45_000
    assert me.orders[0].state == COMING and me.orders[0].promised > 100


def bought(home=UNKNOWN, one=None, company=None, numbers=None, **about):
    """An order online by somebody known by this record; he, what is on file, the world."""
    me, one = wishing(**about), one or profile()
    rules = {"ask_permission": 0.0, "ask_to_join": 0.0, "record_purchase": 1.0}
    books = office(firm(**(rules | {"find_duplicates": 0.0} | (company or {}))))
    told = market(**(FOND | {"other_address": 0.0} | (numbers or {})))
    around = world(market=told, terms=terms(pickup_in_store=0))
    order_online(me, file(one), 0, DIRECT, home, around, books)
    return me, one, around


def ordered(home=UNKNOWN, one=None, company=None, other=0.0, **about):
    """An order online by somebody known by this record; the order, what is on file."""
    me, one, around = bought(home, one, company, {"other_address": other}, **about)
    sale, paid = events(around.tape, ev.WEB_ORDER)[0], events(around.tape, ev.BASKET_PAID)[0]
    for name in ("seen_as", "order", "need", "item", "channel"):
        assert value(paid, name) == value(sale, name)
    assert (value(paid, "amount_oere"), value(paid, "value")) == (0, 0), "its lines are paid"
    return me.orders[0], one, sale


def test_an_order_is_known_as_the_record_that_he_bought_under():
    for home, seen_as in (
        (UNKNOWN, ev.NOBODY),
        (BY_COMPUTER, ev.A_DEVICE),
        (BY_PHONE, ev.A_DEVICE),
        (BY_MAIL, ev.A_PERSON),
        (BY_OTHER_MAIL, ev.A_PERSON),
    ):
        goods, _, sale = ordered(home)
        assert goods.seen_as == value(sale, "seen_as") == seen_as


def test_an_order_leaves_his_number_and_his_purchase_under_the_address_that_he_gave():
    for home, share, address in (
        (UNKNOWN, 0.0, OWN_ADDRESS),
        (UNKNOWN, 1.0, OTHER_ADDRESS),
        (BY_PHONE, 1.0, OTHER_ADDRESS),
        (BY_MAIL, 1.0, OWN_ADDRESS),
        (BY_OTHER_MAIL, 0.0, OTHER_ADDRESS),
    ):
        goods, one, _ = ordered(home, other=share)
        s = (BY_MAIL, BY_OTHER_MAIL)[address]
        assert (goods.address, one.has_phone) == (address, 1 << s)
        assert [k for k in range(SILOS) if one.silos[k].filed_order == goods.number] == [s]
    assert ordered(one=profile(has_phone=8))[1].has_phone == 8 | 1 << BY_MAIL


def test_an_account_opened_with_the_order_is_of_his_own_address():
    for home in (UNKNOWN, BY_OTHER_MAIL):
        goods, one, _ = ordered(home, company={"ask_to_join": 1.0}, other=1.0)
        assert (goods.address, goods.seen_as) == (OWN_ADDRESS, ev.A_PERSON)
        assert one.silos[BY_MAIL].filed_order == goods.number


def test_an_order_of_who_is_taken_for_the_other_is_nobodys_case_and_earns_nothing():
    for share, address in ((0.0, OWN_ADDRESS), (1.0, OTHER_ADDRESS)):
        goods, one, sale = ordered(BY_ANOTHER, other=share, account=1)
        assert goods.seen_as == value(sale, "seen_as") == ev.ANOTHER
        assert (goods.address, goods.earns_bonus, one.open_case) == (address, 0, 0)


def test_who_has_ordered_before_types_it_again_unless_the_shop_fills_it_in():
    for typed, known, again in ((0, 0, 0), (0, 1, 0), (1, 0, 1), (1, 1, 0)):
        me, screen = wishing(typed=typed, satisfaction=0.5), shown(known=known)
        around = world(market=SURE, terms=terms(pickup_in_store=0), shown=screen)
        order_online(me, file(), 0, DIRECT, UNKNOWN, around, office(firm(ask_to_join=0.0)))
        told = [value(event, "value") for event in events(around.tape, ev.REPEATED)]
        assert told == [ev.TYPED] * again and me.typed == 1
        assert me.orders[0].incoherent == 0


def test_after_an_order_both_addresses_are_compared():
    for finds, customers in ((0.0, 2), (1.0, 1)):
        one = profile(has_phone=1 << BY_MAIL)
        record_purchase(firm(), one, BY_MAIL, 7, 28, 60)
        ordered(one=one, other=1.0, company={"find_duplicates": finds})
        assert one.alias == finds and customers_on_file(file(one), 0) == customers


def test_a_web_purchase_earns_a_bonus_only_where_he_buys_under_his_account():
    due = {
        (home, account): ordered(home, account=account)[0].earns_bonus
        for home in (UNKNOWN, BY_PHONE, BY_MAIL, BY_OTHER_MAIL)
        for account in (0, 1)
    }
    assert [key for key, earns in due.items() if earns] == [(BY_MAIL, 1)]


def test_only_a_person_has_an_open_case_and_not_under_an_address_that_nobody_knows_to_be_his():
    for home, promised in ((UNKNOWN, 0), (BY_PHONE, 0), (BY_MAIL, None), (BY_OTHER_MAIL, 0)):
        me, one = wishing(account=1), profile()
        order_online(me, file(one), 0, DIRECT, home, world(), office())
        assert one.open_case == (me.orders[0].promised if promised is None else promised)


def test_an_account_opened_at_the_checkout_makes_the_order_his_and_earns_a_bonus_once_it_is_kept():
    for asks, opened in ((0.0, 0), (1.0, 1)):
        me, around = wishing(), world(market=market(**FOND))
        company = firm(ask_to_join=asks, ask_permission=0.0)
        order_online(me, file(), 0, DIRECT, UNKNOWN, around, office(company))
        sale = events(around.tape, ev.WEB_ORDER)[0]
        assert (me.account, me.orders[0].seen_as) == (opened, opened * ev.A_PERSON)
        assert value(sale, "seen_as") == opened * ev.A_PERSON
        assert me.orders[0].earns_bonus == opened
        assert events(around.tape, ev.BONUS_EARNED) == [], "not before it is kept"
        settle(me, me.orders[0], around)
        bonus = [value(event, "amount_oere") for event in events(around.tape, ev.BONUS_EARNED)]
        assert bonus == [1_000] * opened, "two per cent of 500 kroner"
        assert events(around.tape, ev.JOURNEY_DONE) != []


def test_an_order_without_a_slot_is_counted_and_nothing_else_happens():
    full = tuple({"state": COMING} for _ in range(ORDERS))
    wish = NEED | {"basket_item": 16, "cart_oere": 50_000}
    me, around = person((wish,), full), world(choice=choice(best_item=17, receipt=-1))
    order_online(me, file(), 0, DIRECT, 1, around, office())
    assert (me.needs[0].state, me.needs[0].cart_oere) == (ACTIVE, 50_000)
    assert not buy_in_store(me, file(), 0, 0, -1, around, office())
    assert around.tape.buffers.lost_orders == 2 and written(around.tape) == []
    assert around.choice.receipt == -1 and me.needs[0].state == ACTIVE


FOND = {"receipt_dkk": 1e6, "identity_scale_dkk": 1.0}


def till(context=0, **about):
    me = wishing(**about)
    told = {"defect_share": 0.0, "survives_return": 1.0} | FOND
    around = world(market=market(**told), choice=choice(best_item=17, receipt=-1))
    company = firm(ask_for_card=1.0, by_number=1.0, ask_permission=0.0, ask_to_join=0.0)
    assert buy_in_store(me, file(), 0, context, 88, around, office(company))
    return me.orders[0], events(around.tape, ev.STORE_SALE)[0]


def test_a_store_sale_is_in_hand_and_known_by_the_card():
    one, sale = till(club=1)
    assert (one.state, one.due, one.place, value(one, "item"), one.seen_as) == (
        IN_HAND,
        101,
        2,
        17,
        2,
    )
    assert one.earns_bonus == 1
    assert (till()[0].seen_as, till()[0].earns_bonus) == (0, 0)
    assert (value(sale, "amount_oere"), value(sale, "value")) == (50_000, 0)
    assert value(sale, "order") == one.number


def test_at_the_till_he_is_asked_to_join_the_club():
    me = wishing()
    around = world(market=market(**FOND), choice=choice(best_item=17, receipt=-1))
    assert buy_in_store(me, file(), 0, 0, 88, around, office(firm(ask_to_join=1.0)))
    assert me.club == 1
    assert value(events(around.tape, ev.CLUB_JOINED)[0], "value") == 0
    assert me.orders[0].earns_bonus == 0, "from the next purchase on"


def test_what_the_store_does_not_carry_is_sold_there_and_sent():
    for carried, state in ((1, IN_HAND), (0, COMING)):
        goods = catalogue()
        if COMPILED:
            goods["in_store"][17] = carried
        else:
            goods[17].in_store = carried
        found = choice(best_item=17, receipt=-1)
        me, around = wishing(), world(market=SURE, choice=found, catalogue=goods)
        assert buy_in_store(me, file(), 0, 0, 88, around, office(firm(ask_to_join=0.0)))
        assert (me.orders[0].state, me.orders[0].place) == (state, 2)
        assert (me.orders[0].due == 101) == (carried == 1)
        (sale,) = events(around.tape, ev.STORE_SALE)
        assert (value(sale, "amount_oere"), value(sale, "item")) == (50_000, 17)


def test_a_sale_on_the_visit_of_a_return_bears_that_orders_number():
    for context in (1, 2, 3):
        _, sale = till(context)
        assert (value(sale, "order"), value(sale, "value")) == (88, context)


def test_the_competitor_is_paid_his_price_whose_mean_is_the_categorys():
    mk = market(price_spread=0.5, price_dkk=400.0)

    def paid(number, price=1.0):
        me = person((NEED | {"number": number},), habit=0.5)
        around = world(market=mk, today=today(competitor_price=price))
        buy_elsewhere(me, me.needs[0], False, around)
        assert me.needs[0].state == FREE and me.habit < 0.5 and me.last_bought[1] == 100
        assert me.last_from_us[1] == -1
        (sale,) = events(around.tape, ev.COMPETITOR_SALE)
        assert value(sale, "value") == 0 and value(sale, "item") == -1
        return value(sale, "amount_oere")

    z = normal(SEED, ID, elsewhere.COMPETITOR_ITEM, 11, 0)
    wanted = 40_000 * math.exp(0.5 * z - 0.125)
    for number in range(1, 20):
        drawn = normal(SEED, ID, elsewhere.COMPETITOR_ITEM, number, 0)
        assert paid(number) == round(40_000 * math.exp(0.5 * drawn - 0.125))
    assert paid(11) == near(wanted, abs=1) and paid(11, 0.8) == near(0.8 * wanted, abs=1)
    assert np.mean([paid(n) for n in range(300)]) == near(40_000, rel=0.1)


# ---- the need after a return -------------------------------------------------------------------


def reopened(one=None, me=None, **numbers):
    me, around = me or person(), world(market=market(**({"survives_return": 1.0} | numbers)))
    told = {"category": 1, "style": 2, "item": 13, "number": 44, "place": 1, "tried": 1}
    reopen_need(me, order(**(told | (one or {}))), around)
    return me, around


def test_a_need_comes_back_wiser_in_two_days():
    me, around = reopened()
    back = me.needs[0]
    assert (back.state, back.number, back.category, back.style) == (ACTIVE, 11, 1, 2)
    assert (back.progress, back.place, back.advised, back.purchases) == (1, 1, 1, 1)
    assert (back.next_day, back.basket_item, back.basket_place) == (102, -1, -1)
    assert (back.repeats, back.lost, back.tried) == (0, 0, 3)
    assert (back.touched, back.told, value(back, "stock"), back.reserved) == (0, 0, 0, 0)
    assert back.dies == 100 + int(around.market.active_life_days)
    assert me.needs_open == 1 and written(around.tape) == [ev.NEED_ACTIVE]
    assert reopened(looks_again_days=5)[0].needs[0].next_day == 105
    assert value(around.tape.log[0], "value") == 1 and value(around.tape.log[0], "item") == 13


def test_a_need_that_comes_back_has_been_where_it_was_and_keeps_its_cracks():
    used = {"stock": 2, "reserved": 1, "lost": 4, "basket_item": 9, "state": FREE}
    used |= {"handled": 5, "cart_oere": 700, "further": 2}
    me = person((used,), needs_open=0)
    back = reopened({"incoherent": 3, "touched": 73, "told": 13}, me)[0].needs[0]
    assert (back.repeats, back.lost, back.touched, back.told) == (3, 0, 73, 13)
    assert (value(back, "stock"), back.reserved) == (0, 0)
    assert (back.handled, back.cart_oere, back.further) == (0, 0, 0)
    again = order()
    start_order(me, back, again, 17, 1, world(market=SURE))
    assert (again.incoherent, again.touched, again.told) == (3, 73, 13)


def test_a_journey_that_is_done_tells_its_cracks_and_what_its_need_has_touched():
    for cracks, bits in ((0, 1), (2, 73), (1, 127)):
        goods = {"state": SETTLING, "number": 44, "incoherent": cracks, "touched": bits}
        me, around = person((), (goods,)), world()
        settle(me, me.orders[0], around)
        (done,) = events(around.tape, ev.JOURNEY_DONE)
        assert (value(done, "value"), value(done, "minute")) == (cracks, bits)


def test_who_brings_it_back_looks_again_when_he_is_there():
    assert reopened({"state": BRINGING, "due": 109})[0].needs[0].next_day == 109


def test_a_need_that_did_not_survive_or_was_met_four_times_stays_away():
    assert reopened(survives_return=0.0)[0].needs_open == 0
    assert reopened(me=person(present=2))[0].needs_open == 0, "he wants nothing more"
    assert reopened(me=person(({"state": ACTIVE},)))[0].needs_open == 2
    assert [reopened({"number": 44 + n})[0].needs_open for n in range(4)] == [1, 1, 1, 0]
    twice = [reopened({"number": 44 + n}, most_purchases=2)[0].needs_open for n in range(2)]
    assert twice == [1, 0]
    full = person(tuple({"state": ACTIVE} for _ in range(NEEDS)))
    assert reopened(me=full)[1].tape.buffers.lost_needs == 1
