"""Claims about where a need takes a person."""

from __future__ import annotations

import math

import pytest
from people import ID, KEYS_OF, SEED, logit, market, need, person, terms, tips, today, value

from sim.core.draws import gumbel, uniform
from sim.core.records import IS_NOT, IS_THERE
from sim.journey import touchpoints
from sim.journey.memory import pull
from sim.journey.touchpoints import (
    CHOOSES,
    TO_CENTRE,
    TO_COMPETITOR,
    TO_MEDIA,
    TO_SHOP,
    TO_STORE,
    WAIT,
    cheaper_elsewhere,
    choose_touchpoint,
    competitor_sells,
    device_for,
    finds_us_by_search,
    logistic,
    money_scale_dkk,
    reserves,
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


# What each alternative rests on: the setting that stands for its utility
OWN = {
    WAIT: "wait_utility",
    TO_COMPETITOR: "competitor_utility",
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
    return choose_touchpoint(
        me or person(), mk, wish or need(progress=0.0), offer or terms(), now or today()
    )


def chosen_at(where, setting=None, **given):
    """Utility at which ``where`` just wins over waiting: its mean utility less its Gumbel luck."""
    setting = setting or OWN[where]
    return tips(lambda utility: chosen(**given, **{setting: utility}) == where)


def luck(where, about=11, when=100):
    key = {TO_INSTAGRAM: KEYS_OF["instagram"], TO_SEARCH: KEYS_OF["search"]}.get(where)
    if key is not None:
        return gumbel(SEED, ID, touchpoints.CHOOSES_MEDIUM, about * 256 + key, when)
    return gumbel(SEED, ID, CHOOSES[where], about, when)


def mine(progress=0.0, me=None):
    return pull(me or person(), market(), progress, 100)


@pytest.mark.parametrize("where", [TO_COMPETITOR, TO_SEARCH, TO_INSTAGRAM])
def test_elsewhere_wins_over_waiting_by_its_utility_and_its_own_luck(where):
    assert chosen_at(where) == near(luck(WAIT) - luck(where), abs=1e-6)


def test_our_channels_win_the_more_the_more_we_come_to_mind():
    base = luck(WAIT) - mine()
    assert chosen_at(TO_SHOP) == near(base - luck(TO_SHOP), abs=1e-6)
    me = person(distance_km=0.0)
    assert chosen_at(TO_STORE, me=me) == near(base - luck(TO_STORE), abs=1e-6)
    expert = person(expertise=1.0)
    assert chosen_at(TO_CENTRE, me=expert) == near(base - luck(TO_CENTRE), abs=1e-6)


def test_every_attempt_of_every_need_has_luck_of_its_own():
    again = chosen_at(TO_SHOP, wish=need(progress=0.0, number=12), now=today(103))
    ours = pull(person(), market(), 0.0, 103)
    assert again == near(luck(WAIT, 12, 103) - luck(TO_SHOP, 12, 103) - ours, abs=1e-6)


def test_a_competitor_who_is_cheaper_pulls_people_to_him():
    mk = market()
    pulls = chosen_at(TO_COMPETITOR, now=today(competitor_price=0.9)) - chosen_at(TO_COMPETITOR)
    price = mk.price_dkk[0]
    assert pulls == near(-0.1 * price / money_scale_dkk(mk, price), abs=1e-6)


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


def test_progress_pulls_back_to_us():
    late = chosen_at(TO_SHOP, wish=need(progress=0.5)) - chosen_at(TO_SHOP)
    assert late == near(mine(0.0) - mine(0.5), abs=1e-6) and late < 0


def test_shoppers_and_buyers_differ_in_the_pull_of_instagram():
    shopper = person(shopper=1)
    as_shopper = chosen_at(TO_INSTAGRAM, setting="instagram_utility_shopper", me=shopper)
    assert as_shopper == near(chosen_at(TO_INSTAGRAM), abs=1e-6)
    assert chosen(me=shopper, instagram_utility_buyer=60.0) == WAIT


@pytest.mark.parametrize(
    ("where", "affinity"),
    [(TO_INSTAGRAM, "social_affinity"), (TO_SHOP, "web_affinity"), (TO_STORE, "store_affinity")],
)
def test_affinity_to_a_channel_leads_there(where, affinity):
    fond = chosen_at(where, me=person(**{affinity: 0.7}))
    assert fond - chosen_at(where) == near(-0.7, abs=1e-6)


@pytest.mark.parametrize(("where", "places"), [(TO_SHOP, (0, 1)), (TO_STORE, (2,))])
def test_a_search_goes_on_where_it_was_last(where, places):
    for place in (-1, 0, 1, 2):
        bonus = chosen_at(where, wish=need(progress=0.0, place=place)) - chosen_at(where)
        assert bonus == near(-0.8 if place in places else 0, abs=1e-6)


def test_the_trip_weighs_against_the_store():
    far = person(distance_km=4.0)
    here, there = chosen_at(TO_STORE, me=person(distance_km=0.0)), chosen_at(TO_STORE, me=far)
    mk = market()
    assert there - here == near(trip_cost_dkk(far, mk) / mk.trip_scale_dkk, abs=1e-6)


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
        for where in (TO_SHOP, TO_CENTRE, TO_COMPETITOR):
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


def test_the_centre_is_asked_by_novices_once_and_when_it_answers():
    for weight in (1.0, 2.5):
        novice, expert = (
            chosen_at(TO_CENTRE, me=person(expertise=knows), centre_novice=weight)
            for knows in (0.0, 1.0)
        )
        assert novice - expert == near(-weight, abs=1e-6)
    assert chosen(centre_utility=90.0) == TO_CENTRE
    assert chosen(centre_utility=90.0, wish=need(advised=1)) == WAIT
    assert chosen(centre_utility=90.0, me=person(case_topic=0)) == WAIT
    assert chosen(centre_utility=90.0, me=person(case_topic=1)) == WAIT
    assert chosen(centre_utility=90.0, now=today(stores_open=0)) == TO_CENTRE, "it is no store"


def test_the_best_alternative_wins_whichever_comes_first():
    rising = {name: 20.0 * place for place, name in enumerate(OWN.values())}
    assert chosen(**rising) == TO_CENTRE
    falling = {name: -20.0 * place for place, name in enumerate(OWN.values())}
    assert chosen(**falling) == WAIT
    for where, name in OWN.items():
        assert chosen(**{name: 90.0}) == where
        others = dict.fromkeys((n for n in OWN.values() if n != name), 40.0)
        assert chosen(**others, **{name: 90.0}) == where


# ---- search results ----------------------------------------------------------------------------


def searched(ours, ad=False, wish=None, me=None, **numbers):
    mk = market(**({"search_ours": ours, "search_ad": 0.0, "search_ad_takes": 0.0} | numbers))
    return finds_us_by_search(
        me or person(), mk, mk.channels[1], wish or need(progress=0.0), ad, today()
    )


def found_at(**given):
    return tips(lambda ours: searched(ours, **given) > 0)


def test_he_opens_our_result_by_a_logit_of_how_we_come_to_mind():
    u = uniform(SEED, ID, touchpoints.RESULT, 11 * 256 + KEYS_OF["search"], 100)
    wished = market().channels[1].pull * mine()
    assert found_at() == near(logit(u) - wished, abs=1e-6)
    fond = person(preference=2.0)
    change = found_at(me=fond) - found_at()
    assert change == near(-market().channels[1].pull * 2.0, abs=1e-6)
    assert found_at(wish=need(progress=0.0, number=12)) != near(found_at(), abs=1e-3)


def test_a_paid_result_is_found_more_easily():
    assert found_at(ad=True, search_ad=0.9) - found_at() == near(-0.9, abs=1e-6)
    assert found_at(ad=False, search_ad=0.9) == near(found_at(), abs=1e-6)


def test_a_paid_result_takes_its_share_of_the_clicks_that_were_free():
    u = uniform(SEED, ID, touchpoints.RESULT, 11 * 256 + KEYS_OF["search"], 100)
    sure = 40.0  # our result is opened in any case
    assert searched(sure) == 1
    assert searched(sure, ad=True, search_ad_takes=0.0) == 1
    assert searched(sure, ad=True, search_ad_takes=u + 1e-9) == 2
    assert searched(sure, ad=True, search_ad_takes=u - 1e-9) == 1
    assert searched(sure, ad=False, search_ad_takes=1.0) == 1


def test_what_only_the_ad_won_is_paid_for():
    just_missed = found_at() - 0.1
    assert searched(just_missed) == 0
    assert searched(just_missed, ad=True, search_ad=0.2) == 2
    assert searched(just_missed, ad=True, search_ad=0.05) == 0


# ---- the competitor, the device ----------------------------------------------------------------


def test_the_competitor_sells_to_shoppers_and_buyers_at_their_shares():
    u = uniform(SEED, ID, touchpoints.COMPETITOR_BUYS, 11, 100)
    for shopper, name in ((1, "competitor_buys_shopper"), (0, "competitor_buys_buyer")):
        other = {"competitor_buys_shopper": 0.0, "competitor_buys_buyer": 0.0}
        me = person(shopper=shopper)
        for p, sold in ((u + 1e-9, True), (u - 1e-9, False)):
            mk = market(**(other | {name: p}))
            assert competitor_sells(me, mk, need(), today()) == sold


def test_a_cheaper_competitor_sells_at_better_odds():
    me, wish = person(), need()
    for price in (0.8, 1.0, 1.25):
        now = today(competitor_price=price)
        pulls = cheaper_elsewhere(me, market(), 0, now)

        def decide(p, now=now):
            return competitor_sells(me, market(competitor_buys_buyer=p), wish, now)

        p = tips(decide, 0.0, 1.0)
        u = uniform(SEED, ID, touchpoints.COMPETITOR_BUYS, 11, 100)
        assert logit(p) + pulls == near(logit(u), abs=1e-5)


def test_the_device_stays_in_hand_unless_it_is_switched():
    u = uniform(SEED, ID, touchpoints.SWITCHES, 5, 9)
    for device in (0, 1):
        stays, turns = person(device=device), person(device=device)
        assert device_for(stays, market(device_switch=u - 1e-9), 5, 9, today()) == device
        assert device_for(turns, market(device_switch=u + 1e-9), 5, 9, today()) == 1 - device
        assert (value(stays, "device"), value(turns, "device")) == (device, 1 - device)
