"""Claims about visits to the competitor: in its store other wishes come up as in ours."""

from __future__ import annotations

import math

import pytest
from people import (
    ID,
    SEED,
    column,
    events,
    file,
    firm,
    market,
    office,
    person,
    terms,
    today,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import normal, uniform
from sim.core.records import ACTIVE, FREE, LATENT, NEVER
from sim.encounter import elsewhere
from sim.encounter.day import attend, look_round
from sim.encounter.elsewhere import buy_elsewhere, go_elsewhere, look_round_elsewhere
from sim.encounter.occasions import ROUND_THEIR_STORE, THEIR_SHOP, THEIR_STORE, moment
from sim.journey import needs, touchpoints
from sim.journey.needs import MORE

near = pytest.approx

NEED = {"state": ACTIVE, "number": 11, "category": 1, "style": 1, "dies": NEVER, "place": -1}
NEED |= {"basket_item": -1, "progress": 1.0, "next_day": 100}
OTHER = NEED | {"number": 12, "category": 4}
ASLEEP = OTHER | {"state": LATENT, "next_day": NEVER}
SELLS = {"competitor_buys_buyer": 1.0, "competitor_buys_shopper": 1.0, "in_mind_days": 45}
SELLS |= {"wake_store": 0.0, "wake_store_buyer": 0.0, "store_retry": 0.5, "attention_gap_days": 9.0}


def gone(*wishes, j=0, in_store=True, numbers=None, **about):
    """Goes to the competitor for need ``j``, or (None) for a look round in its store."""
    me, around = person(tuple(wishes), **about), world(market=market(**(SELLS | (numbers or {}))))
    if j is None:
        look_round_elsewhere(me, around)
    else:
        go_elsewhere(me, j, in_store, around)
    sales = events(around.tape, ev.COMPETITOR_SALE)
    return me, [value(sale, "need") for sale in sales], around


def test_in_the_competitors_store_other_wishes_come_up_and_in_its_web_shop_they_do_not():
    for in_store, sold in ((True, [12, 11]), (False, [12])):
        me, bought, around = gone(NEED, OTHER, j=1, in_store=in_store)
        assert bought == sold
        assert [me.needs[k].state == FREE for k in (0, 1)] == [in_store, True]
        told = [value(sale, "value") for sale in events(around.tape, ev.COMPETITOR_SALE)]
        assert told == [float(in_store)] * len(sold)


def test_only_what_is_due_within_some_days_comes_up_there():
    for day, sold in ((145, [11, 12]), (146, [11])):
        assert gone(NEED, OTHER | {"next_day": day})[1] == sold
    assert gone(NEED, OTHER | {"next_day": 103}, numbers={"in_mind_days": 3})[1] == [11, 12]
    assert gone(NEED, ASLEEP)[1] == [11]


@pytest.mark.parametrize(("j", "occasion"), [(0, THEIR_STORE), (None, ROUND_THEIR_STORE)])
def test_each_wish_is_met_there_by_its_own_luck_on_that_visit(j, occasion):
    when = moment(100, occasion)
    for number in (11, 12) if j == 0 else (12,):
        u = uniform(SEED, ID, touchpoints.COMPETITOR_BUYS, number, when)
        for share, sold in ((u + 1e-9, True), (u - 1e-9, False)):
            wishes = (NEED, OTHER) if j == 0 else (OTHER,)
            bought = gone(*wishes, j=j, numbers={"competitor_buys_buyer": share})[1]
            assert (number in bought) == sold


@pytest.mark.parametrize(("j", "occasion"), [(0, THEIR_STORE), (None, ROUND_THEIR_STORE)])
def test_its_shelves_wake_needs_of_shoppers_and_buyers_at_the_rates_of_ours(j, occasion):
    u = uniform(SEED, ID, needs.WAKES, 12, moment(100, occasion))
    for shopper, name in ((1, "wake_store"), (0, "wake_store_buyer")):
        for share, woken in ((u + 1e-9, True), (u - 1e-9, False)):
            numbers = {name: share, "competitor_buys_buyer": 0.0, "competitor_buys_shopper": 0.0}
            wishes = (NEED, ASLEEP) if j == 0 else (ASLEEP,)
            me, _, around = gone(*wishes, j=j, numbers=numbers, shopper=shopper)
            assert (me.needs[len(wishes) - 1].state == ACTIVE) == woken
            told = [value(event, "channel") for event in events(around.tape, ev.NEED_WOKEN)]
            assert told == [ev.COMPETITOR] * woken
    assert gone(NEED, ASLEEP, in_store=False, numbers={"wake_store_buyer": 1.0})[1] == [11]


def test_a_visit_to_its_web_shop_is_another_than_one_to_its_store():
    for in_store, occasion in ((False, THEIR_SHOP), (True, THEIR_STORE)):
        u = uniform(SEED, ID, touchpoints.COMPETITOR_BUYS, 11, moment(100, occasion))
        for share, sold in ((u + 1e-9, [11]), (u - 1e-9, [])):
            numbers = {"competitor_buys_buyer": share}
            assert gone(NEED, in_store=in_store, numbers=numbers)[1] == sold


def test_what_woke_there_may_be_bought_there():
    assert gone(ASLEEP, j=None, numbers={"wake_store_buyer": 1.0})[1] == [12]


def test_what_came_up_there_and_was_not_met_is_put_off_but_not_what_he_came_for():
    numbers = {"competitor_buys_buyer": 0.0}
    later = OTHER | {"number": 13, "next_day": 103}
    me, bought, around = gone(NEED, OTHER, later, numbers=numbers)
    assert bought == [] and written(around.tape) == []
    assert [me.needs[k].next_day for k in range(3)] == [100, 105, 103]


def walked(me, day=100, j=0, in_store=True, **numbers):
    """Again to the competitor: what he bought there, what was told."""
    around = world(day, market=market(**(SELLS | numbers)))
    if j is None:
        look_round_elsewhere(me, around)
    else:
        go_elsewhere(me, j, in_store, around)
    return column(around.tape, ev.COMPETITOR_SALE, "need"), written(around.tape)


NONE_SOLD = {"competitor_buys_buyer": 0.0}


@pytest.mark.parametrize("first", [0, None])
@pytest.mark.parametrize("second", [1, None])
def test_he_walks_round_the_competitors_store_once_a_day(first, second):
    third = OTHER | {"number": 13, "category": 3}
    me = gone(NEED, OTHER, third, j=first, numbers=NONE_SOLD, elsewhere_day=99)[0]
    assert me.elsewhere_day == 100
    for k in range(3):
        me.needs[k].next_day = 100  # all are due again
    assert walked(me, j=second)[0] == [12] * (second == 1), "nothing but what he came for"
    assert [me.needs[k].next_day for k in (0, 2)] == [100, 100], "nothing came up, nothing waits"
    still = [11, 13] if second == 1 else [11, 12, 13]
    assert walked(me, 101, None)[0] == still, "the next day he walks round again"
    assert me.elsewhere_day == 101


def test_what_sleeps_is_woken_there_once_a_day():
    for day, woken in ((100, False), (99, True)):
        me = person((NEED, ASLEEP), elsewhere_day=day)
        told = walked(me, wake_store_buyer=1.0, **NONE_SOLD)[1]
        assert (ev.NEED_WOKEN in told) == (me.needs[1].state == ACTIVE) == woken


def test_a_visit_to_its_web_shop_is_no_walk_round_its_store():
    me = person((NEED, OTHER), elsewhere_day=-1)
    assert walked(me, j=0, in_store=False)[0] == [11] and me.elsewhere_day == -1
    assert walked(me, j=None)[0] == [12] and me.elsewhere_day == 100


def test_nothing_of_it_is_seen_by_us_or_keeps_us_in_mind():
    me, _, _ = gone(NEED, OTHER, knows_until=7)
    assert (me.knows_until, me.salience, me.orders_open, me.orders_ever) == (7, 0, 0, 0)
    assert all(me.last_from_us[c] == -1 for c in range(6))


def test_who_looks_round_in_a_store_goes_to_ours_where_he_thinks_of_us_and_there_is_one():
    for thinks, stores, is_open, share, ours, theirs in (
        (1, 1, 1, 1.0, True, False),
        (0, 1, 1, 1.0, False, True),
        (1, 0, 1, 1.0, False, True),
        (0, 1, 0, 1.0, False, False),
        (0, 1, 1, 0.0, False, False),
        (1, 1, 1, 0.0, False, False),
    ):
        numbers = {"browse_utility": 1e3 if thinks else -1e3, "browses_in_store": share}
        numbers |= {"search_ours": -90.0, "finds_in_store": 0.0, "finds_expert": 0.0}
        numbers |= {"link_leads_here": 0.0}
        numbers |= {"finds_by_search": 0.0, "searches_by_name": 0.0, "advised_in_store": 0.0}
        me = person((OTHER,))
        around = world(
            market=market(**(SELLS | numbers)),
            terms=terms(stores=stores),
            today=today(stores_open=is_open),
        )
        company = firm(search_presence=0.0, own_channel=0.0, front_cell=[0] * 6)
        look_round(me, file(), around, office(company))
        told = written(around.tape)
        assert (ev.STORE_VISIT in told, ev.COMPETITOR_SALE in told) == (ours, theirs)
        assert (ev.WEB_VISIT in told) == (thinks == 1 and not ours and not theirs)


# ---- what it sells ------------------------------------------------------------------------------


def bought_elsewhere(in_store=False, wish=None, **numbers):
    me = person((NEED | (wish or {}),))
    told = {"price_spread": 0.5, "price_dkk": 400.0}
    around = world(market=market(**(told | numbers)))
    buy_elsewhere(me, me.needs[0], in_store, around)
    (sale,) = events(around.tape, ev.COMPETITOR_SALE)
    return me, sale


def test_the_competitor_sells_what_goes_with_it_too_each_at_a_price_of_its_own():
    prices = []
    for k in range(4):
        z = normal(SEED, ID, elsewhere.COMPETITOR_ITEM, 11 + k * MORE, 0)
        prices.append(40_000 * math.exp(0.5 * z - 0.125))
    for further in range(4):
        me, sale = bought_elsewhere(wish={"further": further})
        assert value(sale, "amount_oere") == near(sum(prices[: further + 1]), abs=1)
        assert me.needs_open == 0 and me.needs[0].state == FREE
    _, sale = bought_elsewhere(wish={"number": 11 + 2 * MORE})
    assert value(sale, "amount_oere") == near(prices[2], abs=1), "whenever it is bought"


def test_a_sale_elsewhere_says_whether_it_was_in_a_store():
    for in_store in (False, True):
        _, sale = bought_elsewhere(in_store)
        assert (value(sale, "value"), value(sale, "channel")) == (float(in_store), ev.COMPETITOR)


@pytest.mark.parametrize("in_store", [False, True])
def test_a_wish_leads_to_the_competitors_store_or_to_his_web_shop(in_store):
    name = "competitor_store_utility" if in_store else "competitor_utility"
    for sells in (1.0, 0.0):
        me = person((NEED,))
        around = world(market=market(**(SELLS | {name: 1e3, "competitor_buys_buyer": sells})))
        attend(me, file(), 0, around, office())
        if sells:
            assert column(around.tape, ev.COMPETITOR_SALE, "value") == [float(in_store)]
            assert me.needs[0].state == FREE
        else:
            assert written(around.tape) == [] and me.needs[0].next_day > 100
