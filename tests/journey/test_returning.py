"""Claims about what happens with the product in hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import ID, SEED, market, order, person, share, terms, tips, today

from sim.core.draws import exponential, normal, uniform
from sim.journey import returning
from sim.journey.buying import desk_hassle_dkk, mail_return_hassle_dkk, store_return_hassle_dkk
from sim.journey.returning import (
    BRING_BACK,
    CARRIER,
    KEEP,
    MAIL_BACK,
    carrier_days,
    days_until_sent,
    decide_to_return,
    is_defective,
    loss_in_hand_dkk,
    need_survives,
)

near = pytest.approx

OFFERS = {"return_by_mail": 1, "return_in_store": 1, "stores": 1}


def way_back(me, numbers, goods, offer, posts_anyway=False, goes_anyway=False):
    return decide_to_return(me, numbers, goods, offer, posts_anyway, goes_anyway, today())


def decided(match, me=None, place=0, price=50_000, **offer):
    goods = order(match=match, place=place, paid_oere=price, price_oere=price)
    return way_back(me or person(), market(surplus=0.1), goods, terms(**(OFFERS | offer)))


def worst_kept(**given):
    """The worst match that is still kept."""
    return tips(lambda match: decided(match, **given) == KEEP, -50.0, 50.0)


def test_he_returns_what_loses_him_more_than_the_cheapest_way_back():
    mk, me, now = market(), person(distance_km=2.0), today()
    mail = mail_return_hassle_dkk(me, mk, terms())
    store = store_return_hassle_dkk(me, mk, terms(), now)
    assert worst_kept(me=me) == near(-min(mail, store) / 500 - 0.1, abs=1e-6)
    assert worst_kept(me=me, return_in_store=0) == near(-mail / 500 - 0.1, abs=1e-6)
    assert worst_kept(me=me, return_by_mail=0) == near(-store / 500 - 0.1, abs=1e-6)


def test_a_loss_that_just_equals_the_hassle_is_kept():
    me = person(distance_km=0.0, time_value=0.0)
    offer = {"return_by_mail": 0, "store_return_fee_dkk": 250.0}
    goods = order(match=-0.5, paid_oere=50_000)
    assert way_back(me, market(surplus=0.0), goods, terms(**OFFERS | offer)) == KEEP
    goods = order(match=-0.501, paid_oere=50_000)
    found = way_back(me, market(surplus=0.0), goods, terms(**OFFERS | offer))
    assert found == BRING_BACK


def test_the_dearer_the_sooner_it_goes_back():
    cheap, dear = (worst_kept(price=price) for price in (20_000, 200_000))
    assert cheap == near(10 * (dear + 0.1) - 0.1, abs=1e-5) and cheap < dear


def test_what_was_bought_at_a_discount_is_missed_less():
    mk, me = market(surplus=0.1), person()
    assert loss_in_hand_dkk(me, mk, order(match=-0.4)) == near(0.3 * 500)
    cheap = order(match=-0.4, paid_oere=40_000)
    assert loss_in_hand_dkk(me, mk, cheap) == near(0.1 * 500)


def test_he_takes_the_cheaper_way():
    near_by, far = person(distance_km=0.1), person(distance_km=300.0)
    assert decided(-5.0, me=near_by) == BRING_BACK
    assert decided(-5.0, me=far) == MAIL_BACK


def test_a_tie_between_the_ways_goes_to_the_store():
    me = person(distance_km=0.0, time_value=0.0)
    offer = terms(**OFFERS, mail_return_fee_dkk=30, store_return_fee_dkk=30)
    goods = order(match=-5.0)
    mk = market(refund_wait_dkk=0.0)
    assert way_back(me, mk, goods, offer) == BRING_BACK


def test_what_goes_along_in_a_parcel_or_on_a_trip_is_not_worth_keeping_for_the_trouble():
    mk, me, offer = market(surplus=0.1), person(distance_km=9.0), terms(**OFFERS)
    for match, on_post, on_trip, way in (
        (-0.101, True, False, MAIL_BACK),
        (-0.099, True, False, KEEP),
        (-5.0, True, True, MAIL_BACK),
        (-5.0, False, True, BRING_BACK),
    ):
        assert way_back(me, mk, order(match=match), offer, on_post, on_trip) == way
    desk = desk_hassle_dkk(me, mk, offer, today())
    assert desk < store_return_hassle_dkk(me, mk, offer, today())
    for loss, way in ((desk + 1e-6, BRING_BACK), (desk - 1e-6, KEEP)):
        goods = order(match=-loss / 500 - 0.1)
        assert way_back(me, mk, goods, offer, goes_anyway=True) == way
    shut = terms(**OFFERS | {"return_by_mail": 0})
    assert way_back(me, mk, order(match=-0.101), shut, posts_anyway=True) == KEEP


def test_where_no_way_back_is_offered_everything_is_kept():
    nothing = {"return_by_mail": 0, "return_in_store": 0}
    assert decided(-50.0, **nothing) == KEEP
    assert decided(-50.0, return_by_mail=0, stores=0) == KEEP, "there is no store to bring it to"


def test_what_was_bought_in_a_store_goes_back_there_and_never_by_mail():
    far = person(distance_km=300.0)
    assert decided(-50.0, me=far, place=2) == BRING_BACK
    assert decided(-50.0, me=far, place=2, return_in_store=0) == BRING_BACK
    assert decided(-50.0, me=far, place=1, return_in_store=0) == MAIL_BACK
    assert decided(-50.0, me=far, place=2, stores=0) == KEEP


def test_a_parcel_travels_a_lognormal_number_of_whole_days():
    mk, me, now = market(carrier_days=4.0, carrier_spread=0.8), person(), today()
    for number in (1, 2, 3):
        z = normal(SEED, ID, CARRIER, number, 0)
        days = carrier_days(me, mk, number, CARRIER, now)
        assert days == max(1, round(4 * math.exp(0.8 * z)))
    drawn = [carrier_days(me, mk, number, CARRIER, now) for number in range(2000)]
    assert np.median(drawn) == near(4, abs=0.6)


def test_a_parcel_is_under_way_for_a_day_at_least():
    assert carrier_days(person(), market(carrier_days=0.1), 1, CARRIER, today()) == 1
    assert (
        carrier_days(person(), market(carrier_days=2.4, carrier_spread=0.0), 1, CARRIER, today())
        == 2
    )
    assert (
        carrier_days(person(), market(carrier_days=2.6, carrier_spread=0.0), 1, CARRIER, today())
        == 3
    )


def test_there_and_back_have_luck_of_their_own():
    mk, me, now = market(carrier_days=9.0, carrier_spread=1.0), person(), today()
    there, back = (
        [carrier_days(me, mk, n, way, now) for n in range(20)] for way in (CARRIER, returning.BACK)
    )
    assert there != back


def test_he_gets_round_to_the_return_after_an_exponential_time():
    drawn = exponential(SEED, ID, returning.DROPS_OFF, 44, 0)
    assert days_until_sent(person(), market(drop_off_days=3.0), 44, today()) == 1 + int(3 * drawn)
    assert days_until_sent(person(), market(drop_off_days=0.0), 44, today()) == 1


@pytest.mark.parametrize(
    ("rule", "name", "key"),
    [
        (is_defective, "defect_share", returning.DEFECT),
        (need_survives, "survives_return", returning.SURVIVES),
    ],
)
def test_defects_and_surviving_needs_come_at_their_share(rule, name, key):
    u, me, now = uniform(SEED, ID, key, 44, 0), person(), today()
    assert rule(me, market(**{name: u + 1e-9}), 44, now)
    assert not rule(me, market(**{name: u - 1e-9}), 44, now)
    mk = market(**{name: 0.3})
    assert share(lambda number: rule(me, mk, number, now)) == near(0.3, abs=0.025)
