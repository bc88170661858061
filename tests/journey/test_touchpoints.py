"""Claims about where a need takes a person."""

from __future__ import annotations

import math

import pytest
from people import ID, KEYS_OF, SEED, logit, market, need, person, terms, tips, today, value

from sim.core.draws import gumbel, uniform
from sim.core.events import BY_AD_LINK, BY_MAIL_LINK, BY_PLACE, CALLS, CHATS, IN_APP, TOUCHPOINTS
from sim.core.records import AT_CENTRE, AT_COMPUTER, AT_PHONE, IN_STORE, IS_NOT, IS_THERE, KEYS
from sim.journey import touchpoints
from sim.journey.logit import logistic
from sim.journey.memory import pull
from sim.journey.needs import MORE
from sim.journey.prices import cheaper_elsewhere, money_scale_dkk
from sim.journey.stores import NOWHERE, best_store
from sim.journey.touchpoints import (
    TO_CENTRE,
    TO_COMPETITOR,
    TO_COMPETITORS_STORE,
    TO_MEDIA,
    TO_SHOP,
    TO_STORE,
    WAIT,
    choose_touchpoint,
    competitor_sells,
    device_for,
    get_used_to,
    looks_first,
    reserves,
    store_habit,
    travel_dkk,
    trip_cost_dkk,
)

near = pytest.approx
TO_INSTAGRAM, TO_SEARCH = TO_MEDIA, TO_MEDIA + 1
ASLEEP = -200.0  # a utility that never wins


def test_the_logistic_function_is_safe_at_both_ends():
    assert logistic(0.0) == 0.5
    assert logistic(1.0) == near(1 / (1 + math.exp(-1)))
    assert logistic(-1e9) == near(math.exp(-30)) and logistic(1e9) == near(1 - math.exp(-30))


def test_a_trip_costs_the_time_there_and_back_but_for_trips_made_anyway():
    mk = market(trip_minutes_km=1.5, trip_chained=0.4)
    me = person(distance_km=6.0, time_value=2.0)
    assert trip_cost_dkk(me, mk) == near(2 * 6 * 1.5 * 2 * 0.6)
    assert travel_dkk(me, mk, 10.0) == near(2 * 10 * 1.5 * 2 * 0.6), "to wherever it is"
    assert travel_dkk(me, mk, 0.0) == 0


def used_to(habit=0.5, **him):
    """Somebody who shops in stores as often as on the web, unless told otherwise."""
    return person(store_habit=habit, **him)


# What each alternative rests on: the setting that stands for its utility
OWN = {
    WAIT: "wait_utility",
    TO_COMPETITOR: "competitor_utility",
    TO_COMPETITORS_STORE: "competitor_store_utility",
    TO_SEARCH: "search_utility_buyer",
    TO_INSTAGRAM: "instagram_utility_buyer",
    TO_SHOP: "direct_utility",
    TO_STORE: "store_utility",
    TO_CENTRE: "centre_utility",
}


def chosen(wish=None, me=None, now=None, offer=None, **numbers):
    asleep = dict.fromkeys(
        [*OWN.values(), "instagram_utility_shopper", "search_utility_shopper"], ASLEEP
    )
    mk = market(**(asleep | {"wait_utility": 0.0, "inertia": 0.8, "search_early": 0.6} | numbers))
    me, offer, now = me or used_to(), offer or terms(), now or today()
    s = best_store(me, mk, 0, now) if offer.stores else NOWHERE
    return choose_touchpoint(me, mk, wish or need(progress=0.0), offer, s, now)


def chosen_at(where, setting=None, **given):
    """Utility at which ``where`` just wins over waiting: its mean utility less its Gumbel luck."""
    setting = setting or OWN[where]
    return tips(lambda utility: chosen(**given, **{setting: utility}) == where)


CHOOSES = {
    WAIT: touchpoints.CHOOSES_WAIT,
    TO_COMPETITOR: touchpoints.CHOOSES_COMPETITOR,
    TO_COMPETITORS_STORE: touchpoints.CHOOSES_COMPETITORS_STORE,
    TO_SHOP: touchpoints.CHOOSES_SHOP,
    TO_STORE: touchpoints.CHOOSES_STORE,
    TO_CENTRE: touchpoints.CHOOSES_CENTRE,
}


def luck(where, about=11, when=100):
    key = {TO_INSTAGRAM: KEYS_OF["instagram"], TO_SEARCH: KEYS_OF["search"]}.get(where)
    if key is not None:
        return gumbel(SEED, ID, touchpoints.CHOOSES_MEDIUM, about, when * KEYS + key)
    return gumbel(SEED, ID, CHOOSES[where], about, when)


def mine(progress=0.0, me=None):
    return pull(me or person(), market(), progress, 100)


ELSEWHERE = [TO_COMPETITOR, TO_COMPETITORS_STORE, TO_SEARCH, TO_INSTAGRAM]


@pytest.mark.parametrize("where", ELSEWHERE)
def test_elsewhere_wins_over_waiting_by_its_utility_and_its_own_luck(where):
    assert chosen_at(where) == near(luck(WAIT) - luck(where), abs=1e-6)


def test_our_channels_win_the_more_the_more_we_come_to_mind():
    base = luck(WAIT) - mine()
    assert chosen_at(TO_SHOP) == near(base - luck(TO_SHOP), abs=1e-6)
    me = used_to(distance_km=0.0)
    assert chosen_at(TO_STORE, me=me) == near(base - luck(TO_STORE), abs=1e-6)
    expert = used_to(expertise=1.0)
    assert chosen_at(TO_CENTRE, me=expert) == near(base - luck(TO_CENTRE), abs=1e-6)


def test_what_dealing_with_us_has_cost_leads_elsewhere():
    dear = used_to(costs_met_dkk=50.0, distance_km=0.0)
    lost = market().consider_cost * 50.0
    for where in (TO_SHOP, TO_STORE, TO_CENTRE):
        free = chosen_at(where, me=used_to(distance_km=0.0))
        assert chosen_at(where, me=dear) - free == near(lost, abs=1e-6) and lost > 0
    for where in ELSEWHERE:
        assert chosen_at(where, me=dear) == near(chosen_at(where), abs=1e-6)


def test_every_attempt_of_every_need_has_luck_of_its_own():
    again = chosen_at(TO_SHOP, wish=need(progress=0.0, number=12), now=today(103))
    ours = pull(person(), market(), 0.0, 103)
    assert again == near(luck(WAIT, 12, 103) - luck(TO_SHOP, 12, 103) - ours, abs=1e-6)


@pytest.mark.parametrize("where", ELSEWHERE)
def test_every_alternative_has_luck_of_its_own_for_each_need_and_day(where):
    """Of what goes with another thing too, whose number is a high one."""
    found = []
    for number in (11, 12, 11 + MORE, 11 + 3 * MORE):
        for day in (100, 101):
            at = chosen_at(where, wish=need(progress=0.0, number=number), now=today(day))
            assert at == near(luck(WAIT, number, day) - luck(where, number, day), abs=1e-6)
            found.append(luck(where, number, day))
    assert len(set(found)) == 8


def test_a_competitor_who_is_cheaper_pulls_people_to_him():
    mk = market()
    price, cheap = mk.price_dkk[0], today(competitor_price=0.9)
    for where in (TO_COMPETITOR, TO_COMPETITORS_STORE):
        pulls = chosen_at(where, now=cheap) - chosen_at(where)
        assert pulls == near(-0.1 * price / money_scale_dkk(mk, price), abs=1e-6)
    for where in (TO_SHOP, TO_STORE, TO_SEARCH):
        assert chosen_at(where, now=cheap) == near(chosen_at(where), abs=1e-6)


def test_prices_elsewhere_pull_as_he_minds_money_and_never_without_end():
    mk = market(scale_fixed_dkk=100.0, scale_price=0.2, price_dkk=500.0)
    assert money_scale_dkk(mk, 500.0) == near(200)
    assert cheaper_elsewhere(person(), mk, 0, today()) == 0
    cheap, dear = today(competitor_price=0.8), today(competitor_price=1.2)
    assert cheaper_elsewhere(person(), mk, 0, cheap) == near(100 / 200)
    assert cheaper_elsewhere(person(price_sensitivity=2.0), mk, 0, dear) == near(-200 / 200)
    rich = person(price_sensitivity=1e3)
    assert [cheaper_elsewhere(rich, mk, 0, now) for now in (cheap, dear)] == [10, -10]


def test_search_and_instagram_are_for_the_beginning_of_a_search():
    late = need(progress=0.5)
    assert chosen_at(TO_SEARCH, wish=late) - chosen_at(TO_SEARCH) == near(0.6 * 0.5, abs=1e-6)
    assert chosen_at(TO_INSTAGRAM, wish=late) - chosen_at(TO_INSTAGRAM) == near(0.5, abs=1e-6)


def test_where_people_spend_more_time_more_needs_lead_by_luces_choice():
    more = chosen_at(TO_INSTAGRAM, instagram_time_here=3.0) - chosen_at(TO_INSTAGRAM)
    assert more == near(-math.log(3.0), abs=1e-6)
    assert chosen_at(TO_SEARCH, instagram_time_here=3.0) == near(chosen_at(TO_SEARCH), abs=1e-6)


def test_progress_pulls_back_to_us():
    late = chosen_at(TO_SHOP, wish=need(progress=0.5)) - chosen_at(TO_SHOP)
    assert late == near(mine(0.0) - mine(0.5), abs=1e-6) and late < 0


def test_shoppers_and_buyers_differ_in_the_pull_of_instagram():
    shopper = used_to(shopper=1)
    as_shopper = chosen_at(TO_INSTAGRAM, setting="instagram_utility_shopper", me=shopper)
    assert as_shopper == near(chosen_at(TO_INSTAGRAM), abs=1e-6)
    assert chosen(me=shopper, instagram_utility_buyer=60.0) == WAIT


@pytest.mark.parametrize(
    ("where", "affinity"),
    [
        (TO_INSTAGRAM, "social_affinity"),
        (TO_SHOP, "web_affinity"),
        (TO_COMPETITOR, "web_affinity"),
        (TO_STORE, "store_affinity"),
        (TO_COMPETITORS_STORE, "store_affinity"),
    ],
)
def test_affinity_to_a_channel_leads_there_whoever_sells(where, affinity):
    for name in ("social_affinity", "web_affinity", "store_affinity"):
        fond = chosen_at(where, me=used_to(**{name: 0.7}))
        assert fond - chosen_at(where) == near(-0.7 if name == affinity else 0, abs=1e-6)


# What a habit of stores adds to each alternative, in multiples of itself
SHIFTS = {TO_SHOP: -1, TO_COMPETITOR: -1, TO_STORE: 1, TO_COMPETITORS_STORE: 1}


@pytest.mark.parametrize("where", [where for where in OWN if where != WAIT])
def test_what_kind_of_place_he_is_used_to_leads_there_whoever_sells(where):
    for habit, weight in ((0.9, 3.0), (0.1, 3.0), (0.9, 0.0), (1.0, 2.0)):
        used = chosen_at(where, me=used_to(habit), channel_habit=weight)
        moved = -SHIFTS.get(where, 0) * weight * (habit - 0.5)
        assert used - chosen_at(where) == near(moved, abs=1e-6)


def test_who_only_buys_in_stores_differs_by_the_whole_habit_from_who_only_buys_on_the_web():
    mk = market(channel_habit=3.0)
    habits = [store_habit(used_to(habit), mk) for habit in (0.0, 0.25, 0.5, 1.0)]
    assert habits == near([-1.5, -0.75, 0.0, 1.5])


def test_a_purchase_makes_its_kind_of_place_more_of_a_matter_of_course():
    mk = market(channel_habit_rate=0.2)
    store, web = used_to(0.4), used_to(0.4)
    get_used_to(store, mk, True)
    get_used_to(web, mk, False)
    assert (store.store_habit, web.store_habit) == (near(0.4 + 0.2 * 0.6), near(0.4 - 0.2 * 0.4))
    for _ in range(200):
        get_used_to(store, mk, True)
        get_used_to(web, mk, False)
    assert (store.store_habit, web.store_habit) == (near(1.0), near(0.0, abs=1e-9))
    assert (store.habit, store.store_affinity, store.web_affinity) == (0, 0, 0)


@pytest.mark.parametrize(
    ("where", "places"),
    [(TO_SHOP, (0, 1)), (TO_STORE, (2,)), (TO_COMPETITOR, ()), (TO_COMPETITORS_STORE, ())],
)
def test_a_search_goes_on_where_it_was_last(where, places):
    for place in (-1, 0, 1, 2):
        bonus = chosen_at(where, wish=need(progress=0.0, place=place)) - chosen_at(where)
        assert bonus == near(-0.8 if place in places else 0, abs=1e-6)


def test_the_trip_weighs_against_the_store():
    far = used_to(distance_km=4.0)
    here, there = chosen_at(TO_STORE, me=used_to(distance_km=0.0)), chosen_at(TO_STORE, me=far)
    mk = market()
    assert there - here == near(trip_cost_dkk(far, mk) / mk.trip_scale_dkk, abs=1e-6)
    assert there > here


def test_the_trip_to_the_competitors_store_weighs_against_that_one_alone():
    mk, far = market(), used_to(competitor_km=4.0)
    cost = travel_dkk(far, mk, 4.0) / mk.trip_scale_dkk
    assert cost > 0
    for where in (TO_COMPETITORS_STORE, TO_STORE, TO_COMPETITOR):
        farther = chosen_at(where, me=far) - chosen_at(where)
        assert farther == near(cost if where == TO_COMPETITORS_STORE else 0, abs=1e-6)
    near_us = chosen_at(TO_COMPETITORS_STORE, me=used_to(distance_km=0.0))
    assert near_us == near(chosen_at(TO_COMPETITORS_STORE), abs=1e-6), "it stands elsewhere"


def test_who_was_told_what_the_store_has_goes_there_the_sooner_the_less_he_reckoned_with_it():
    for carries in (0.0, 0.3, 1.0):
        for worth in (1.0, 2.5):
            given = {"offer": terms(store_carries=carries), "stock_worth": worth}
            told = {
                stock: chosen_at(TO_STORE, wish=need(progress=0.0, stock=stock), **given)
                for stock in (0, IS_THERE, IS_NOT)
            }
            assert told[IS_THERE] - told[0] == near(-worth * (1.0 - carries), abs=1e-6)
            assert told[IS_NOT] - told[0] == near(worth * carries, abs=1e-6)
            assert told[0] == near(chosen_at(TO_STORE), abs=1e-6)


def test_what_the_store_has_matters_nowhere_else():
    for stock in (IS_THERE, IS_NOT):
        for where in (TO_SHOP, TO_CENTRE, TO_COMPETITOR, TO_COMPETITORS_STORE):
            told = chosen_at(where, wish=need(progress=0.0, stock=stock))
            assert told == near(chosen_at(where), abs=1e-6)


def test_who_has_reserved_goes_to_the_store_when_it_is_open_whatever_else_calls():
    wish = need(progress=0.0, reserved=1)
    for name in OWN.values():
        assert chosen(wish, **{name: 90.0}) == TO_STORE
    assert chosen(wish, now=today(stores_open=0)) == WAIT
    assert chosen(wish, offer=terms(stores=0)) == WAIT
    assert chosen(need(progress=0.0, reserved=0)) == WAIT


@pytest.mark.parametrize("when", [640, 641])
def test_who_likes_stores_better_than_the_web_and_has_one_near_reserves(when):
    def reserves_at(**him):
        return tips(
            lambda utility: reserves(
                person(**({"distance_km": 0.0} | him)),
                market(reserve_utility=utility),
                need(),
                when,
                today(),
            )
        )

    base = logit(uniform(SEED, ID, touchpoints.RESERVES, 11, when))
    assert reserves_at() == near(base, abs=1e-6)
    assert reserves_at(store_affinity=0.7) == near(base - 0.7, abs=1e-6)
    assert reserves_at(web_affinity=0.7) == near(base + 0.7, abs=1e-6)
    mk = market()
    trip = trip_cost_dkk(person(distance_km=4.0), mk) / mk.trip_scale_dkk
    assert trip > 0 and reserves_at(distance_km=4.0) == near(base + trip, abs=1e-6)


def test_nobody_goes_to_a_store_that_is_closed_or_is_not_there():
    assert chosen(store_utility=90.0) == TO_STORE
    assert chosen(store_utility=90.0, now=today(stores_open=0)) == WAIT
    assert chosen(store_utility=90.0, offer=terms(stores=0)) == WAIT


def test_the_competitors_stores_close_when_ours_do_and_are_there_whether_or_not_ours_are():
    assert chosen(competitor_store_utility=90.0) == TO_COMPETITORS_STORE
    assert chosen(competitor_store_utility=90.0, now=today(stores_open=0)) == WAIT
    assert chosen(competitor_store_utility=90.0, offer=terms(stores=0)) == TO_COMPETITORS_STORE
    assert chosen(competitor_utility=90.0, now=today(stores_open=0)) == TO_COMPETITOR


def test_the_centre_is_asked_by_novices_once_and_when_it_answers():
    for weight in (1.0, 2.5):
        novice, expert = (
            chosen_at(TO_CENTRE, me=used_to(expertise=knows), centre_novice=weight)
            for knows in (0.0, 1.0)
        )
        assert novice - expert == near(-weight, abs=1e-6)
    assert chosen(centre_utility=90.0) == TO_CENTRE
    assert chosen(centre_utility=90.0, wish=need(advised=1)) == WAIT
    assert chosen(centre_utility=90.0, me=person(case_topic=0)) == WAIT
    assert chosen(centre_utility=90.0, me=person(case_topic=1)) == WAIT
    assert chosen(centre_utility=90.0, now=today(stores_open=0)) == TO_CENTRE, "it is no store"


def test_who_had_to_take_another_way_than_his_own_last_time_asks_less():
    his_own, another = (
        chosen_at(TO_CENTRE, me=used_to(prefers=CHATS, case_way=way), centre_other_way=0.4)
        for way in (CHATS, CALLS)
    )
    assert another - his_own == near(0.4, abs=1e-6)


def test_the_best_alternative_wins_whichever_comes_first():
    rising = {name: 20.0 * place for place, name in enumerate(OWN.values())}
    assert chosen(**rising) == TO_CENTRE
    falling = {name: -20.0 * place for place, name in enumerate(OWN.values())}
    assert chosen(**falling) == WAIT
    for where, name in OWN.items():
        assert chosen(**{name: 90.0}) == where
        others = dict.fromkeys((n for n in OWN.values() if n != name), 40.0)
        assert chosen(**others, **{name: 90.0}) == where


# ---- a look before the trip --------------------------------------------------------------------


def looks_at(number=11, day=100, touched=0):
    """Share of trips at which he just looks at the web shop first."""
    wish = need(number=number, touched=touched)
    return tips(lambda p: looks_first(person(), market(looks_first=p), wish, today(day)), 0.0, 1.0)


def test_before_a_trip_to_the_store_he_looks_on_the_web_at_its_share():
    for number, day in ((11, 100), (11, 101), (12, 100), (11 + MORE, 100)):
        u = uniform(SEED, ID, touchpoints.LOOKS_FIRST, number, day)
        assert looks_at(number, day) == near(u, abs=1e-6)


def test_who_has_looked_for_it_on_the_web_does_not_look_there_again():
    sure = market(looks_first=1.0)
    on_web = {BY_PLACE[AT_COMPUTER], BY_PLACE[AT_PHONE], IN_APP}
    for touched in range(1 << len(TOUCHPOINTS)):
        been_there = any(touched & bit for bit in on_web)
        for told in (0, 1 << AT_COMPUTER, 1 << IN_STORE):
            wish = need(touched=touched, told=told)
            assert looks_first(person(), sure, wish, today()) != been_there, "found or not"
    elsewhere = BY_PLACE[IN_STORE] | BY_PLACE[AT_CENTRE] | BY_MAIL_LINK | BY_AD_LINK
    assert looks_at(touched=elsewhere) == near(looks_at(), abs=1e-6)


# ---- the competitor, the device ----------------------------------------------------------------


VISITS = [(11, 640), (11, 641), (12, 640), (11 + MORE, 640)]  # for which need, and when


@pytest.mark.parametrize(("number", "when"), VISITS)
def test_the_competitor_sells_to_shoppers_and_buyers_at_their_shares(number, when):
    u, wish = uniform(SEED, ID, touchpoints.COMPETITOR_BUYS, number, when), need(number=number)
    for shopper, name in ((1, "competitor_buys_shopper"), (0, "competitor_buys_buyer")):
        other = {"competitor_buys_shopper": 0.0, "competitor_buys_buyer": 0.0}
        me = person(shopper=shopper)
        for p, sold in ((u + 1e-9, True), (u - 1e-9, False)):
            mk = market(**(other | {name: p}))
            for day in (100, 101):
                assert competitor_sells(me, mk, wish, True, when, today(day)) == sold, (
                    "when says when"
                )


def test_a_cheaper_competitor_sells_at_better_odds():
    me, wish = person(), need()
    for price in (0.8, 1.0, 1.25):
        now = today(competitor_price=price)
        pulls = cheaper_elsewhere(me, market(), 0, now)

        def decide(p, now=now):
            return competitor_sells(me, market(competitor_buys_buyer=p), wish, True, 640, now)

        p = tips(decide, 0.0, 1.0)
        u = uniform(SEED, ID, touchpoints.COMPETITOR_BUYS, 11, 640)
        assert logit(p) + pulls == near(logit(u), abs=1e-5)


def test_the_device_stays_in_hand_unless_it_is_switched():
    u = uniform(SEED, ID, touchpoints.SWITCHES, 5, 9)
    for device in (0, 1):
        stays, turns = person(device=device), person(device=device)
        assert device_for(stays, market(device_switch=u - 1e-9), 5, 9, today()) == device
        assert device_for(turns, market(device_switch=u + 1e-9), 5, 9, today()) == 1 - device
        assert (value(stays, "device"), value(turns, "device")) == (device, 1 - device)


def test_nobody_turns_with_a_need_to_where_there_are_only_ads():
    found = {chosen(need(number=k, progress=0.0), wait_utility=ASLEEP / 2) for k in range(200)}
    assert found == {WAIT}, "neither to banners nor to a leaflet"
