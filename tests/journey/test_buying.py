"""Claims about buying under uncertainty of fit, with a way back."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import (
    ID,
    SEED,
    choice,
    item,
    logit,
    market,
    need,
    order,
    person,
    share,
    shown,
    terms,
    tips,
    today,
)

from sim.core.draws import normal, uniform
from sim.core.records import AT_COMPUTER, FALLS_SHORT, IN_STORE, NO_FAULT, NOT_AS_SHOWN, WRONG_SIZE
from sim.journey import buying
from sim.journey.buying import (
    buys_in_store,
    checks_out,
    chooses_pickup,
    delivery_cost_dkk,
    fills_basket,
    finds_it,
    home_cost_dkk,
    item_luck,
    left_of_trying,
    mail_return_hassle_dkk,
    money_share,
    option_value,
    pickup_cost_dkk,
    readiness,
    return_hassle_dkk,
    store_return_hassle_dkk,
    tried_bit,
    try_in_hand,
    uncertainty,
    weigh,
)
from sim.journey.needs import EXTRA, MORE
from sim.journey.prices import cheaper_elsewhere
from sim.journey.touchpoints import trip_cost_dkk

near = pytest.approx


# ---- what a purchase with a way back is worth --------------------------------------------------


def integrated(price, expected, tau, hassle):
    """E max(price x match, -hassle) by the trapezium rule over eight standard deviations."""
    z = np.linspace(-8, 8, 20_001)
    weight = np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
    return float(np.trapezoid(weight * np.maximum(price * (expected + tau * z), -hassle), z))


@pytest.mark.parametrize("expected", [-0.9, -0.1, 0.0, 0.25, 1.0])
@pytest.mark.parametrize(("price", "tau", "hassle"), [(500, 0.4, 60), (90, 0.9, 5), (2000, 0.1, 0)])
def test_the_option_value_is_the_integral_over_all_true_matches(price, expected, tau, hassle):
    by_rule = option_value(float(price), expected, tau, float(hassle))
    assert by_rule == near(integrated(price, expected, tau, hassle), abs=1e-3)


def test_without_uncertainty_one_keeps_what_is_good_and_sends_back_what_is_not():
    assert option_value(500.0, 0.2, 0.0, 50.0) == 100
    assert option_value(500.0, -0.2, 0.0, 50.0) == -50
    assert option_value(500.0, 0.2, 1e-12, 50.0) == near(option_value(500.0, 0.2, 1e-8, 50.0))


def test_a_way_back_makes_uncertainty_worth_something():
    worth = [option_value(500.0, 0.0, tau, 50.0) for tau in (0.1, 0.3, 0.6, 0.9)]
    assert worth == sorted(worth) and worth[0] > 0


def test_hassle_without_end_leaves_the_bare_expectation():
    assert option_value(500.0, 0.1, 0.4, 1e6) == near(50, abs=1e-6)


def test_an_easier_return_sells_more():
    worth = [option_value(500.0, 0.0, 0.4, hassle) for hassle in (0.0, 40.0, 150.0, 500.0)]
    assert worth == sorted(worth, reverse=True)


# ---- the ways back -----------------------------------------------------------------------------


def test_sending_back_costs_the_fee_and_the_effort_as_this_person_feels_it():
    mk, offer = market(packing_minutes=15.0, refund_wait_dkk=10.0), terms(mail_return_fee_dkk=39)
    easy = mail_return_hassle_dkk(person(hassle=1.0, time_value=2.0), mk, offer)
    hard = mail_return_hassle_dkk(person(hassle=3.0, time_value=2.0), mk, offer)
    assert easy == near(39 + 15 * 2 + 10) and hard == near(39 + 3 * 40)


def test_bringing_back_costs_the_fee_the_trip_and_the_time_at_the_desk():
    mk, offer = market(desk_minutes=6.0), terms(store_return_fee_dkk=20)
    me = person(hassle=2.0, time_value=3.0, distance_km=0.0)
    assert store_return_hassle_dkk(me, mk, offer, today()) == near(20 + 2 * 6 * 3)
    queue = store_return_hassle_dkk(me, mk, offer, today(desk_minutes=4.0))
    assert queue == near(20 + 2 * (6 + 4) * 3), "yesterday's queue is expected today"
    far = person(hassle=2.0, time_value=3.0, distance_km=8.0)
    trip = store_return_hassle_dkk(far, mk, offer, today()) - 20 - 2 * 6 * 3
    assert trip == near(trip_cost_dkk(far, mk)) and trip > 0


def test_the_cheapest_way_back_on_offer_counts_and_none_is_dear():
    mk, me, now = market(), person(), today()
    mail = mail_return_hassle_dkk(me, mk, terms())
    store = store_return_hassle_dkk(me, mk, terms(), now)
    both = return_hassle_dkk(me, mk, terms(return_by_mail=1, return_in_store=1), now)
    assert both == min(mail, store) and mail != store
    assert return_hassle_dkk(me, mk, terms(return_by_mail=1, return_in_store=0), now) == mail
    assert return_hassle_dkk(me, mk, terms(return_by_mail=0, return_in_store=1), now) == store
    assert return_hassle_dkk(me, mk, terms(return_by_mail=0, return_in_store=0), now) >= 1e6


# ---- the fit -----------------------------------------------------------------------------------


def test_the_fit_is_surer_with_the_product_in_hand():
    mk, me = market(), person()
    web, store = (uncertainty(me, mk, need(category=1), at) for at in (False, True))
    assert web / store == near(mk.tau_web / mk.tau_store) and store < web


def test_the_fit_is_as_unsure_as_its_category():
    mk = market(uncertainty=[0.0, 1.0, 2.0, 1.0, 1.0, 1.0], tau_web=0.7)
    found = [uncertainty(person(), mk, need(category=c), False) for c in (0, 1, 2)]
    assert found == near([0, 0.7, 1.4])


def test_an_expert_is_surer_of_the_fit_in_his_own_category():
    mk = market(expertise_sharpens=0.4, uncertainty=1.0)
    expert = person(expertise=[1.0, 0, 0, 0, 0, 0])
    novice = uncertainty(person(), mk, need(category=0), False)
    assert uncertainty(expert, mk, need(category=0), False) == near(0.6 * novice)
    assert uncertainty(expert, mk, need(category=1), False) == novice


def test_advice_makes_the_fit_surer():
    mk = market(advice_sharpens=0.25)
    plain, advised = (uncertainty(person(), mk, need(advised=a), False) for a in (0, 1))
    assert advised == near(0.75 * plain)


def test_what_was_tried_on_in_a_store_leaves_him_surer_of_it_on_the_web():
    told = {"tau_web": 0.7, "tau_store": 0.2, "uncertainty": 1.5, "items_per_style": 4}
    for kept in (0.0, 0.6, 1.0):
        mk = market(trying_kept=kept, **told)
        handled = need(category=1, handled=tried_bit(14, 1, mk) | tried_bit(23, 1, mk))
        web, store = (uncertainty(person(), mk, handled, at) for at in (False, True))
        assert (web, store) == (near(1.05), near(0.3))
        for row in (14, 23):
            left = left_of_trying(person(), mk, handled, row)
            assert left == near(kept * store + (1 - kept) * web)
        for row in (12, 13, 15, 22):
            assert left_of_trying(person(), mk, handled, row) == web, "another article"


def test_of_what_was_not_tried_on_a_picture_tells_what_it_tells():
    mk = market(trying_kept=1.0)
    plain, brought_back = need(category=1), need(category=1, tried=tried_bit(14, 1, mk))
    for wish in (plain, brought_back):
        assert left_of_trying(person(), mk, wish, 14) == uncertainty(person(), mk, wish, False)


def test_experts_and_the_advised_are_surer_of_what_they_tried_on_too():
    mk = market(trying_kept=0.6, advice_sharpens=0.25, expertise_sharpens=0.4)
    bit = tried_bit(14, 1, mk)
    plain = left_of_trying(person(), mk, need(category=1, handled=bit), 14)
    advised = left_of_trying(person(), mk, need(category=1, handled=bit, advised=1), 14)
    expert = left_of_trying(person(expertise=1.0), mk, need(category=1, handled=bit), 14)
    assert advised == near(0.75 * plain) and expert == near(0.6 * plain)


def weighed(mk=None, me=None, wish=None, row=4, discount=0.0, best=None, **about):
    """The choice after an item of the need's category and style was looked at."""
    best = best or choice(tau=0.3, hassle_dkk=50.0)
    args = (me or person(), mk or market(), wish or need(style=1), row, item(**about))
    weigh(*args, discount, today(), best)
    return best


PLAIN = {"match_sd": 0.0, "surplus": 0.1, "scale_fixed_dkk": 100.0, "scale_price": 0.2}


def test_an_item_is_expected_to_be_as_good_as_its_kind_and_his_liking():
    liking = normal(SEED, ID, buying.LIKES, 70, 11)
    best = weighed(market(match_sd=0.2), row=5, quality=0.3, style=1)
    assert best.best_expected == near(0.3 + 0.2 * liking) and best.best_item == 5


def test_the_wrong_style_is_expected_to_fit_worse():
    mk = market(style_mismatch=0.5)
    right, wrong = weighed(mk, style=1), weighed(mk, style=2)
    assert right.best_expected - wrong.best_expected == near(0.5)
    assert right.best_value > wrong.best_value


def test_an_item_is_worth_its_option_value_on_the_scale_of_its_price():
    best = weighed(market(**PLAIN), price_oere=40_000, style=1)
    assert best.best_value == near(option_value(400.0, 0.1, 0.3, 50.0) / (100 + 0.2 * 400))


def test_a_discount_is_worth_its_share_of_the_price_as_he_minds_money():
    mk = market(**PLAIN, price_dkk=400.0)
    for minds in (1.0, 1.5):
        me = person(price_sensitivity=minds)
        best = weighed(mk, me, discount=0.25, price_oere=40_000, style=1)
        worth = option_value(400.0, 0.1 + 0.25 * minds, 0.3, 50.0)
        assert best.best_value == near(worth / (100 + 0.2 * 300))


def test_what_is_dearer_than_usual_is_worth_less_to_who_minds_money():
    mk = market(price_dkk=400.0)
    assert money_share(person(price_sensitivity=1.0), mk, 0, 900.0, 0.0) == 0
    assert money_share(person(price_sensitivity=1.5), mk, 0, 400.0, 0.0) == 0
    assert money_share(person(price_sensitivity=1.5), mk, 0, 800.0, 0.0) == near(-0.5 * 0.5)
    assert money_share(person(price_sensitivity=0.5), mk, 0, 800.0, 0.0) == near(0.5 * 0.5)
    assert money_share(person(price_sensitivity=1.5), mk, 0, 400.0, 0.2) == near(0.3)


def test_what_is_not_known_lies_in_the_article_and_in_its_size():
    best = weighed(market(size_share=0.36), style=1)
    assert (best.best_item_sd, best.best_size_sd) == (near(0.3 * 0.8), near(0.3 * 0.6))


def test_an_article_that_was_brought_back_hides_nothing_but_a_better_size():
    mk = market(**PLAIN, size_share=0.36, size_left=0.5, tau_web=0.7, uncertainty=1.5)
    tried = need(style=1, tried=tried_bit(5, 0, mk))
    known = item_luck(person(), 11, item(), today())
    best = weighed(mk, wish=tried, row=5, style=1)
    assert best.best_expected == near(0.7 * 1.5 * 0.8 * known)
    assert (best.best_item_sd, best.best_size_sd) == (0, near(0.3 * 0.6 * 0.5))
    other = weighed(mk, wish=tried, row=6, style=1)
    assert other.best_expected == 0 and other.best_item_sd == near(0.3 * 0.8)


def test_every_item_of_a_category_has_a_bit_of_its_own():
    mk = market(items_per_style=4)
    assert [tried_bit(row, 2, mk) for row in (24, 25, 35)] == [1, 2, 1 << 11]


def test_luck_with_an_article_lasts_for_a_need_whatever_row_it_stands_in():
    z = normal(SEED, ID, buying.ITEM_MATCH, 11, 70)
    assert (
        item_luck(person(), 11, item(), today(5)) == item_luck(person(), 11, item(), today(9)) == z
    )


def test_the_better_item_is_kept_and_of_two_alike_the_first():
    mk = market(match_sd=0.0)
    best = weighed(mk, row=1, style=1)
    same = best.best_value
    weighed(mk, row=2, style=1, best=best)
    assert best.best_item == 1 and best.best_value == same
    weighed(mk, row=3, style=1, quality=1, best=best)
    assert best.best_item == 3 and best.best_value > same


# ---- holding back ------------------------------------------------------------------------------


def test_an_unclear_need_holds_back_and_a_shopper_by_his_own_weight():
    mk = market(readiness_shopper=2.0, readiness_buyer=0.5)
    assert readiness(person(), mk, need(progress=1.0)) == 0
    assert readiness(person(shopper=0), mk, need(progress=0.25)) == near(-0.5 * 0.75)
    assert readiness(person(shopper=1), mk, need(progress=0.25)) == near(-2.0 * 0.75)


# ---- delivery ----------------------------------------------------------------------------------


def test_the_fee_is_on_small_orders_and_dear_ones_go_free():
    mk = market(promised_days=0.0)
    offer = terms(delivery_fee_dkk=39, free_delivery_from_dkk=500)
    assert home_cost_dkk(person(), mk, offer, 499.99) == 39
    assert home_cost_dkk(person(), mk, offer, 500.0) == 0


def test_a_fee_weighs_as_money_weighs_for_him_and_waiting_as_its_days():
    mk = market(promised_days=3.0, wait_dkk_day=4.0)
    offer = terms(delivery_fee_dkk=40, free_delivery_from_dkk=500)
    assert home_cost_dkk(person(price_sensitivity=1.5), mk, offer, 100.0) == near(1.5 * 40 + 12)


def test_pick_up_costs_the_trip_and_the_wait_less_his_taste_for_it():
    mk = market(shelf_days=2.0, wait_dkk_day=5.0)
    me = person(pickup_taste_dkk=7.0)
    assert pickup_cost_dkk(me, mk) == near(trip_cost_dkk(me, mk) + 10 - 7)


def test_delivery_costs_the_logsum_of_the_ways_on_offer():
    mk, me = market(delivery_scale_dkk=20.0), person(distance_km=1.0)
    offer = terms(pickup_in_store=1)
    costs = home_cost_dkk(me, mk, offer, 100.0), pickup_cost_dkk(me, mk)
    logsum = -20 * math.log(sum(math.exp(-cost / 20) for cost in costs))
    assert delivery_cost_dkk(me, mk, offer, 100.0) == near(logsum)
    assert delivery_cost_dkk(me, mk, offer, 100.0) < min(costs)
    without = terms(pickup_in_store=0)
    assert delivery_cost_dkk(me, mk, without, 100.0) == home_cost_dkk(me, mk, without, 100.0)


def test_a_way_that_nobody_takes_changes_no_cost_and_a_free_one_sets_it():
    mk, offer = market(delivery_scale_dkk=1.0), terms(pickup_in_store=1)
    hopeless = person(pickup_taste_dkk=-1e5)
    assert delivery_cost_dkk(hopeless, mk, offer, 100.0) == near(
        home_cost_dkk(hopeless, mk, offer, 100.0), abs=1e-9
    )
    loved = person(pickup_taste_dkk=1e5)
    home = home_cost_dkk(loved, mk, offer, 100.0)
    assert delivery_cost_dkk(loved, mk, offer, 100.0) == near(home - 30.0, abs=1e-9)


def test_he_picks_up_as_often_as_the_logit_says():
    mk, me = market(delivery_scale_dkk=20.0), person(distance_km=4.0)
    offer = terms(pickup_in_store=1)
    gap = (home_cost_dkk(me, mk, offer, 100.0) - pickup_cost_dkk(me, mk)) / 20
    wanted = 1 / (1 + math.exp(-gap))
    now = today()
    found = share(lambda n: chooses_pickup(me, mk, offer, 100.0, n, now))
    assert 0.1 < wanted < 0.9 and found == near(wanted, abs=0.025)
    assert not any(
        chooses_pickup(me, mk, terms(pickup_in_store=0), 100.0, n, today()) for n in range(50)
    )


# ---- basket, checkout, purchase in store -------------------------------------------------------


def basket_at(delivery=0.0, me=None, wish=None, when=0, now=None, **numbers):
    """Best value at which he just fills the basket."""
    mk = market(**({"scale_fixed_dkk": 100.0, "scale_price": 0.2, "doubt_web": 0.6} | numbers))
    args = (me or person(), mk, terms(), wish or need(), delivery, 500.0, when, now or today())
    return tips(lambda value: fills_basket(*args, choice(best_value=value)))


def test_a_basket_is_filled_by_a_logit_of_the_best_value():
    u = uniform(SEED, ID, buying.FILLS, 11, 0)
    assert basket_at(outside_web=2.0) == near(2.0 + logit(u), abs=1e-6)


def test_delivery_costs_hold_a_basket_back_on_the_scale_of_its_price():
    assert basket_at(delivery=80.0) - basket_at() == near(80 / (100 + 0.2 * 500), abs=1e-6)


def test_trust_and_a_clear_need_fill_baskets():
    at_risk = 0.6 * 500 / (100 + 0.2 * 500)
    assert basket_at(me=person(trust=0.7)) - basket_at() == near(-0.2 * at_risk, abs=1e-6)
    unclear = basket_at(wish=need(progress=0.4), readiness_buyer=0.5) - basket_at()
    assert unclear == near(0.5 * 0.6, abs=1e-6)


def test_every_attempt_has_luck_of_its_own():
    first, second = basket_at(), basket_at(when=1)
    assert first != near(second, abs=1e-3)


@pytest.mark.parametrize("main", [11, EXTRA + 11, MORE - 1])
def test_he_is_in_the_mood_to_buy_for_one_thing_as_for_what_goes_with_it(main):
    for rule_at, mood in ((basket_at, buying.FILLS), (store_at, buying.BUYS_IN_STORE)):
        for when in (0, 640):
            at = [rule_at(wish=need(number=main + k * MORE), when=when) for k in range(4)]
            assert at == near([at[0]] * 4, abs=1e-6)
            outside = market().outside_web if rule_at is basket_at else 1.5
            assert at[0] == near(outside + logit(uniform(SEED, ID, mood, main, when)), abs=1e-6)
        assert rule_at(wish=need(number=main - 1)) != near(
            rule_at(wish=need(number=main)), abs=1e-3
        )


def test_whether_he_finds_each_thing_and_likes_it_is_its_own_luck():
    mk, me, now = market(finds_by_search=0.5, finds_expert=0.0), person(), today()
    alone = [finds_it(me, mk, need(number=n), False, 0, now) for n in range(64)]
    along = [finds_it(me, mk, need(number=n + MORE), False, 0, now) for n in range(64)]
    assert 10 < sum(a != b for a, b in zip(alone, along, strict=True)) < 54
    spread = market(match_sd=0.2)
    likes = [weighed(spread, wish=need(style=1, number=n)).best_expected for n in (11, 11 + MORE)]
    assert likes[0] != near(likes[1], abs=1e-3)


def checkout_at(known=0, delivery=0.0, me=None, wish=None, when=0, price=200.0):
    """Ease of the shop at which he just completes the order."""

    def decide(base):
        mk = market(
            checkout_base=base,
            checkout_minutes=6.0,
            checkout_minutes_known=1.0,
            checkout_scale_dkk=25.0,
            checkout_mobile=0.7,
            checkout_readiness=0.5,
            readiness_buyer=2.0,
            doubt_ahead=0.5,
        )
        return checks_out(
            me or person(time_value=2.0),
            mk,
            wish or need(),
            shown(known=known),
            delivery,
            price,
            when,
            today(),
        )

    return tips(decide)


def test_an_order_is_completed_by_a_logit_of_time_and_money():
    u = uniform(SEED, ID, buying.CHECKS_OUT, 11, 0)
    assert checkout_at() == near(logit(u) + 6 * 2 / 25, abs=1e-6)
    assert checkout_at(delivery=50.0) - checkout_at() == near(50 / 25, abs=1e-6)


def test_who_is_known_types_less():
    assert checkout_at() - checkout_at(known=1) == near(5 * 2 / 25, abs=1e-6)


def test_a_small_screen_little_trust_and_an_unclear_need_hold_an_order_back():
    base = checkout_at()
    phone = person(time_value=2.0, device=1)
    wary = person(time_value=2.0, trust=0.4)
    assert checkout_at(me=phone) - base == near(0.7, abs=1e-6)
    assert checkout_at(me=wary) - base == near(0.5 * 200 * 0.1 / 25, abs=1e-6)
    assert checkout_at(price=900.0) == near(base, abs=1e-6)
    dear = checkout_at(me=wary, price=900.0) - base
    assert dear == near(0.5 * 900 * 0.1 / 25, abs=1e-6)
    assert checkout_at(wish=need(progress=0.5)) - base == near(0.5 * 2.0 * 0.5, abs=1e-6)


STORE = {
    "outside_store": 1.5,
    "doubt_store": 0.6,
    "readiness_buyer": 2.0,
    "scale_fixed_dkk": 100.0,
    "scale_price": 0.2,
}


def store_at(me=None, wish=None, when=0, now=None, **numbers):
    """Best value at which he just buys in the store."""
    mk = market(**(STORE | numbers))
    args = (me or person(), mk, terms(), wish or need(), 500.0, when, now or today())
    return tips(lambda value: buys_in_store(*args, choice(best_value=value)))


def test_in_store_he_buys_by_a_logit_of_the_best_value():
    u = uniform(SEED, ID, buying.BUYS_IN_STORE, 11, 0)
    assert store_at() == near(1.5 + logit(u), abs=1e-6)
    at_risk = 0.6 * 500 / (100 + 0.2 * 500)
    assert store_at(me=person(trust=0.9)) - store_at() == near(-0.4 * at_risk, abs=1e-6)
    assert store_at(wish=need(progress=0.5)) - store_at() == near(2.0 * 0.5, abs=1e-6)


def finds_at(in_store, expertise=0.0):
    """Share of searches that lead to what is wanted, as the setting that just suffices."""
    name = "finds_in_store" if in_store else "finds_by_search"
    me = person(expertise=expertise)

    def decide(p):
        mk = market(finds_in_store=0.0, finds_by_search=0.0, finds_expert=0.5)
        setattr(mk, name, p)
        return finds_it(me, mk, need(), in_store, 0, today())

    return tips(decide, 0.0, 1.0)


def test_searching_finds_it_at_its_share_and_an_expert_finds_half_of_the_rest():
    u = uniform(SEED, ID, buying.FINDS, 11, 0)
    for in_store in (False, True):
        assert finds_at(in_store) == near(u, abs=1e-6)
    expert = finds_at(False, expertise=0.8)
    assert expert + (1 - expert) * 0.5 * 0.8 == near(u, abs=1e-6)


def test_a_cheaper_competitor_holds_a_purchase_back_on_the_web_and_in_store():
    me, mk = person(), market(scale_fixed_dkk=100.0, scale_price=0.2)
    rival = today(competitor_price=0.9)
    pulls = cheaper_elsewhere(me, mk, 0, rival)
    assert pulls > 0
    assert basket_at(now=rival) - basket_at() == near(pulls, abs=1e-6)
    assert store_at(now=rival) - store_at() == near(pulls, abs=1e-6)


def in_hand(best, goods=None, number=44, need_number=11, place=AT_COMPUTER):
    """An order of something, once it has been tried."""
    one_of = order(number=number, need=need_number, place=place)
    try_in_hand(person(), one_of, goods or item(), best, today())
    return one_of


def test_the_true_match_errs_by_the_articles_own_luck_and_by_that_of_its_size():
    me, goods, now = person(), item(), today()
    z, size = item_luck(me, 11, goods, now), normal(SEED, ID, buying.SIZE_MATCH, 44, 0)

    def match(item_sd, size_sd, number=44, **of_item):
        best = choice(best_expected=0.2, best_item_sd=item_sd, best_size_sd=size_sd)
        return in_hand(best, item(**of_item), number).match

    assert match(0.0, 0.0) == near(0.2)
    assert match(0.5, 0.0) == near(0.2 + 0.5 * z) == match(0.5, 0.0, 45)
    assert match(0.0, 0.3) == near(0.2 + 0.3 * size) != match(0.0, 0.3, 45)
    assert match(0.0, 0.3, sizes=2.0) == near(0.2 + 0.6 * size), "it runs odd"
    assert match(0.5, 0.3, pictures=2.0) == near(0.2 + 1.0 * z + 0.3 * size), "pictured badly"


def test_who_had_it_in_hand_is_not_misled_by_its_pictures():
    best = choice(best_item_sd=0.5)
    bad, good = item(pictures=2.0), item()
    in_store = [in_hand(best, goods, place=IN_STORE).match for goods in (bad, good)]
    assert in_store[0] == in_store[1] != in_hand(best, bad).match


def test_what_disappoints_most_is_what_he_minds():
    me, goods, now = person(), item(), today()
    z, size = item_luck(me, 11, goods, now), normal(SEED, ID, buying.SIZE_MATCH, 44, 0)
    looks, fits = (0.01 if luck > 0 else 1.0 for luck in (z, size))

    def fault(short, item_sd, size_sd, reckoned=0.0):
        best = choice(best_item_sd=item_sd, best_size_sd=size_sd, best_shortfall=reckoned)
        return in_hand(best, item(shortfall=short)).fault

    assert fault(9.0, looks, fits) == FALLS_SHORT and fault(0.0, 0.0, 0.0) == NO_FAULT
    assert fault(9.0, 0.0, 0.0, reckoned=9.0) == NO_FAULT, "he knew"
    numbers = range(1, 200)
    found = set()
    for n in numbers:
        best = choice(best_item_sd=0.4, best_size_sd=0.4)
        one_of = in_hand(best, number=n, need_number=n)
        parts = 0.4 * item_luck(me, n, goods, now), 0.4 * normal(SEED, ID, buying.SIZE_MATCH, n, 0)
        worst = NOT_AS_SHOWN if parts[0] <= parts[1] else WRONG_SIZE
        assert one_of.fault == (worst if min(parts) < 0 else NO_FAULT)
        found.add(one_of.fault)
    assert found == {NO_FAULT, NOT_AS_SHOWN, WRONG_SIZE}


def test_true_matches_spread_around_the_expected_one():
    best = choice(best_expected=0.1, best_item_sd=0.4, best_size_sd=0.3)
    drawn = [in_hand(best, number=n, need_number=n).match for n in range(2000)]
    assert np.mean(drawn) == near(0.1, abs=0.05) and np.std(drawn) == near(0.5, abs=0.03)
