"""Claims about a visit to a store as one purchase: its receipt, and what was tried on."""

from __future__ import annotations

import pytest
from people import (
    CALM,
    FOND,
    ID,
    LATER,
    OPEN,
    SEED,
    WISH,
    catalogue,
    column,
    events,
    file,
    firm,
    logit,
    market,
    office,
    person,
    placed,
    shelves,
    two_lucks,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import BRINGING, COMING, ORDERS, PURCHASES
from sim.encounter import consent, membership
from sim.encounter.occasions import AT_STORE, moment
from sim.encounter.store import visit_store
from sim.encounter.visiting import FOR_NEED, FOR_RETURN, TO_LOOK
from sim.journey import buying
from sim.journey.buying import left_of_trying, uncertainty
from sim.journey.needs import MORE

near = pytest.approx


# ---- at the till: one receipt ------------------------------------------------------------------

SHELVES = {"finds_in_store": 1.0, "outside_store": -90.0, "advised_in_store": 0.0}
SHELVES |= {"wake_store": 0.0, "wake_store_buyer": 0.0, "in_mind_days": 0}
TILL = {"staff_lookup": 0.0, "ask_for_card": 1.0, "by_number": 1.0, "link_club": 0.0}
OTHER = WISH | {"number": 12, "category": 4}


def shopped(*wishes, j=0, reason=FOR_NEED, slot=-1, numbers=None, company=None, goods=None, **told):
    """A visit to the store: who, the world."""
    rows, me = told.pop("orders", ()), told.pop("me", None)
    me = me or person(tuple(wishes), tuple(rows), **told)
    around = world(
        market=market(**(CALM | SHELVES | FOND | (numbers or {}))),
        catalogue=catalogue() if goods is None else goods,
    )
    books = office(firm(**(OPEN | TILL | (company or {}))))
    visit_store(me, file(), j, reason, slot, around, books)
    return me, around


def test_all_that_is_bought_on_a_visit_to_a_store_stands_on_one_receipt():
    for wishes, numbers in (
        ((WISH,), [11]),
        ((WISH, OTHER), [11, 12]),
        ((WISH | {"further": 2}, OTHER), [11, 12, 11 + MORE, 11 + 2 * MORE]),
    ):
        me, around = shopped(*wishes)
        assert column(around.tape, ev.STORE_SALE, "need") == numbers
        assert column(around.tape, ev.BASKET_PAID, "order") == [44]
        names = ("channel", "amount_oere", "value", "need")
        (paid,) = events(around.tape, ev.BASKET_PAID)
        assert [value(paid, name) for name in names] == [ev.STORE, 0, 1, 11]
        assert me.needs_open == 0 and me.orders_open == len(numbers)
        assert [one.basket for one in placed(me, len(numbers))] == [
            one.number for one in placed(me, len(numbers))
        ], "what is sent home comes in a parcel of its own"


def test_every_visit_has_a_receipt_of_its_own_and_who_buys_nothing_has_none():
    late = OTHER | LATER
    me, around = shopped(WISH, late)
    assert column(around.tape, ev.BASKET_PAID, "order") == [44]
    me.needs[1].next_day = 100
    _, around = shopped(me=me, j=1, reason=TO_LOOK)
    assert column(around.tape, ev.BASKET_PAID, "order") == [48]
    for numbers in ({"outside_store": 90.0}, {"finds_in_store": 0.0, "finds_expert": 0.0}):
        assert ev.BASKET_PAID not in written(shopped(WISH, OTHER, numbers=numbers)[1].tape)


@pytest.mark.parametrize("rising", [True, False])
def test_the_till_asks_for_the_card_once(rising):
    n, m, share = two_lucks(membership.ASKED_FOR_CARD, 3, rising, PURCHASES)
    wishes = (WISH | {"number": n}, OTHER | {"number": m})
    company = {"ask_for_card": share}
    me, around = shopped(*wishes, numbers={"remembers_card": 0.0}, company=company, club=1)
    wanted = ev.A_PERSON if rising else ev.NOBODY
    assert [one.seen_as for one in placed(me, 2)] == [wanted] * 2
    assert [one.earns_bonus for one in placed(me, 2)] == [int(rising)] * 2
    assert column(around.tape, ev.STORE_SALE, "seen_as") == [wanted] * 2
    assert column(around.tape, ev.BASKET_PAID, "seen_as") == [wanted]


@pytest.mark.parametrize("rising", [True, False])
def test_the_till_asks_once_whether_he_joins_the_club(rising):
    n, m, share = two_lucks(membership.ASKED_TO_JOIN, 3, rising, PURCHASES)
    wishes = (WISH | {"number": n}, OTHER | {"number": m})
    me, around = shopped(*wishes, company={"ask_to_join": share})
    assert me.club == rising and written(around.tape).count(ev.CLUB_JOINED) == rising
    assert [one.seen_as for one in placed(me, 2)] == [ev.NOBODY] * 2, "from the next visit on"
    assert [one.earns_bonus for one in placed(me, 2)] == [0, 0]


@pytest.mark.parametrize("rising", [True, False])
def test_the_till_asks_once_whether_we_may_write_to_him(rising):
    n, m, share = two_lucks(consent.ASKED, 3, rising, PURCHASES)
    wishes = (WISH | {"number": n}, OTHER | {"number": m})
    willing = {"permission_intercept": 90.0, "personal_dkk": 1e6}
    me, _ = shopped(*wishes, numbers=willing, company={"ask_permission": share})
    assert me.permission == rising


def test_what_found_no_place_begins_no_receipt_and_the_next_thing_does():
    full = tuple({"state": COMING, "number": 900 + n, "due": 999} for n in range(ORDERS))
    me, around = shopped(WISH, OTHER, orders=full)
    assert around.tape.buffers.lost_orders == 2 and ev.BASKET_PAID not in written(around.tape)
    me, around = shopped(WISH | {"further": 1}, OTHER, orders=full[:-1])
    for kind in (ev.BASKET_PAID, ev.STORE_SALE):
        assert column(around.tape, kind, "order") == [44]
    assert around.tape.buffers.lost_orders == 2 and me.needs_open == 3


def test_in_a_store_what_goes_with_it_is_bought_in_the_same_mood_and_wanted_only_then():
    u = uniform(SEED, ID, buying.BUYS_IN_STORE, 11, moment(100, AT_STORE + FOR_NEED))
    for share, told in ((1e-6, [11, 11 + MORE]), (-1e-6, [])):
        numbers = {"match_sd": 0.0, "tau_store": 0.0, "surplus": 0.0}
        me, around = shopped(WISH | {"further": 1}, numbers=numbers | {"outside_store": 0.0})
        at = around.choice.best_value - logit(u)
        me, around = shopped(WISH | {"further": 1}, numbers=numbers | {"outside_store": at - share})
        assert column(around.tape, ev.STORE_SALE, "need") == told
        assert me.needs_open == (0 if told else 1)


def test_what_goes_with_it_stands_before_him_in_the_store():
    when = moment(100, AT_STORE + FOR_NEED)
    u = uniform(SEED, ID, buying.FINDS, 11, when)
    for share, sold in ((u + 1e-9, 4), (u - 1e-9, 0)):
        numbers = {"finds_in_store": share, "finds_expert": 0.0}
        _, around = shopped(WISH | {"further": 3}, numbers=numbers)
        assert len(column(around.tape, ev.STORE_SALE, "need")) == sold


def test_what_goes_with_an_exchange_is_bought_on_the_visit_of_that_return():
    back = {"state": BRINGING, "number": 44, "need": 11, "due": 100, "place": 1}
    back |= {"paid_oere": 50_000, "price_oere": 50_000}
    again = WISH | {"purchases": 1, "further": 1}
    _, around = shopped(again, j=-1, reason=FOR_RETURN, slot=0, orders=(back,))
    assert column(around.tape, ev.STORE_SALE, "need") == [11, 11 + MORE]
    assert column(around.tape, ev.STORE_SALE, "value") == [1, 2]
    assert column(around.tape, ev.STORE_SALE, "order") == [44, 44]


def test_who_has_had_enough_leaves_and_all_that_he_came_for_waits():
    numbers = {"look_again_minutes": 1e6, "store_retry": 0.5, "attention_gap_days": 9.0}
    me, around = shopped(WISH | {"told": 1}, OTHER, OTHER | {"next_day": 103}, numbers=numbers)
    assert written(around.tape) == [ev.STORE_VISIT, ev.ACT_DONE, ev.WENT_AWAY]
    assert [me.needs[k].next_day for k in range(3)] == [105, 105, 103]


# ---- tried on ----------------------------------------------------------------------------------


def test_what_he_likes_best_there_he_tries_on_and_remembers():
    looks = {"outside_store": 90.0}
    for best in (16, 18):
        me, around = shopped(WISH, numbers=looks, goods=shelves(quality={best: 9.0}))
        assert column(around.tape, ev.ITEM_VIEWED, "item") == [best]
        assert me.needs[0].handled == 1 << (best - 12), "a bit for each item of the category"
    me.needs[0].next_day = 100
    shopped(me=me, numbers=looks, goods=shelves(quality={17: 9.0}))
    assert me.needs[0].handled == 1 << 6 | 1 << 5, "one after the other"


def test_what_he_did_not_find_or_can_only_have_sent_he_does_not_try_on():
    looks = {"outside_store": 90.0}
    hidden = {"finds_in_store": 0.0, "finds_expert": 0.0}
    assert shopped(WISH, numbers=looks | hidden)[0].needs[0].handled == 0
    goods = shelves(quality={17: 9.0}, in_store={17: 0})
    for sends, item, handled in ((1.0, 17, 0), (0.0, None, 1)):
        told = {"order_to_home": sends}
        me, around = shopped(WISH, numbers=looks, company=told, goods=goods)
        if item:
            assert column(around.tape, ev.ITEM_VIEWED, "item") == [item]
        assert (me.needs[0].handled > 0) == handled


def test_what_he_has_tried_on_he_is_surer_of_on_the_web_as_far_as_he_remembers():
    for kept in (0.0, 0.7, 1.0):
        mk = market(trying_kept=kept, tau_web=0.6, tau_store=0.2)
        for handled, row, tried in ((1 << 5, 17, True), (1 << 5, 18, False), (0, 17, False)):
            me = person((WISH | {"handled": handled},))
            wish = me.needs[0]
            unseen, in_hand = (uncertainty(me, mk, wish, there) for there in (False, True))
            told = left_of_trying(me, mk, wish, row)
            assert told == near(unseen - kept * (unseen - in_hand) if tried else unseen)
