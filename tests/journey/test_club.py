"""Claims about the club's tiers as members see them: bonus, fee, the step to the next."""

from __future__ import annotations

import pytest
from people import choice, market, need, person, terms, tips, today

from sim.journey.buying import buys_in_store, fills_basket, home_cost_dkk
from sim.journey.club import (
    bonus_share,
    delivery_fee_dkk,
    fee_for_all_dkk,
    next_tier_dkk,
    towards_next_dkk,
)
from sim.journey.identity import membership_dkk

near = pytest.approx
TIERS = {"n_tiers": 2, "tier_from_dkk": [2000.0, 5000.0, 0.0], "tier_bonus": [0.03, 0.05, 0.0]}
TIERS |= {"tier_free": [0, 1, 0], "club_bonus_share": 0.02}
FEES = {"delivery_fee_dkk": 39.0, "free_delivery_from_dkk": 499.0}
OFFER = terms(**(TIERS | FEES))


def test_a_tier_has_a_bonus_of_its_own():
    assert [bonus_share(person(tier=k), OFFER) for k in range(3)] == [0.02, 0.03, 0.05]


def test_a_fee_is_saved_in_a_tier_that_has_it_free_by_who_can_log_in():
    assert [fee_for_all_dkk(OFFER, price) for price in (498.0, 499.0)] == [39.0, 0.0]

    def fee(**about):
        return delivery_fee_dkk(person(**({"account": 1} | about)), OFFER, 200.0)

    assert [fee(tier=k) for k in range(3)] == [39.0, 39.0, 0.0]
    assert fee(tier=2, account=0) == 39.0
    mk = market(promised_days=0.0)
    costs = [home_cost_dkk(person(account=1, tier=k), mk, OFFER, 200.0) for k in (1, 2)]
    assert costs[0] - costs[1] == near(39.0)


def test_the_next_tier_is_worth_its_bonus_and_the_deliveries_it_makes_free():
    mk = market(purchases_expected=4.0)
    worth = [next_tier_dkk(person(tier=k), mk, OFFER) for k in range(3)]
    assert worth == [near(0.01 * 2000.0), near(0.02 * 5000.0 + 4.0 * 39.0), 0.0]
    free_before = terms(**(TIERS | FEES | {"tier_free": [1, 1, 0]}))
    assert next_tier_dkk(person(tier=1), mk, free_before) == near(0.02 * 5000.0)
    less = terms(**(TIERS | {"club_bonus_share": 0.2}))
    assert next_tier_dkk(person(), mk, less) == 0.0, "nothing to strive for"


def test_the_nearer_the_next_tier_the_more_a_purchase_counts_for_it():
    mk = market(purchases_expected=4.0)

    def step(price, missing):
        return towards_next_dkk(person(to_next_dkk=missing), mk, OFFER, price)

    assert step(500.0, 2000) == near(20.0 / 4) and step(500.0, 1000) == near(20.0 / 2)
    assert step(500.0, 500) == near(20.0) and step(500.0, 100) == near(20.0), "it is one step"
    assert step(500.0, 0) == 0.0, "there is none"


SCALE = {"scale_fixed_dkk": 100.0, "scale_price": 0.2, "doubt_web": 0.0, "doubt_store": 0.0}


@pytest.mark.parametrize("in_store", [True, False])
def test_a_step_to_the_next_tier_counts_in_what_is_bought(in_store):
    mk = market(**(SCALE | {"purchases_expected": 4.0}))

    def at(missing):
        me = person(to_next_dkk=missing)

        def decide(worth):
            best = choice(best_value=worth)
            if in_store:
                return buys_in_store(me, mk, OFFER, need(), 500.0, 0, today(), best)
            return fills_basket(me, mk, OFFER, need(), 0.0, 500.0, 0, today(), best)

        return tips(decide)

    assert at(0) - at(1000) == near((20.0 / 2) / (100.0 + 0.2 * 500.0), abs=1e-6)


def test_and_in_what_it_is_worth_to_say_who_one_is():
    mk = market(receipt_dkk=3.0, purchases_expected=4.0)
    far, close = (membership_dkk(person(to_next_dkk=k), mk, OFFER, 500.0) for k in (0, 1000))
    assert far == near(3.0 + 10.0) and close - far == near(10.0)
    assert membership_dkk(person(tier=2), mk, OFFER, 500.0) == near(3.0 + 25.0)
