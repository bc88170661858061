"""Claims about saying who one is: what it brings against effort and privacy."""

from __future__ import annotations

import math

import pytest
from people import ID, SEED, market, person, terms, today

from sim.core.draws import uniform
from sim.journey import identity
from sim.journey.identity import (
    agrees,
    becomes_known,
    has_card,
    keeps_logged_in,
    membership_dkk,
    net_of_being_known,
    says_who_he_is,
    shows_unasked,
    takes_another_card,
    types_other_address,
)

near = pytest.approx


def test_membership_gives_bonus_and_receipt():
    worth = market(receipt_dkk=3.0)
    for bonus, receipt, dkk in ((0.02, 1, 13.0), (0.02, 0, 10.0), (0.0, 1, 3.0), (0.0, 0, 0.0)):
        offer = terms(club_bonus_share=bonus, digital_receipt=receipt)
        assert membership_dkk(person(), worth, offer, 500.0) == near(dkk)


def test_effort_and_privacy_are_taken_off():
    me = person(time_value=2.0, privacy_dkk=4.0)
    assert net_of_being_known(me, 13.0, 1.5) == near(13 - 3 - 4)


def chance(dkk: float, trust: float, scale: float = 4.0) -> float:
    return 1 / (1 + math.exp(-(dkk / scale + 1.5 * (trust - 0.5))))


NUMBERS = {"identity_scale_dkk": 4.0, "identity_trust": 1.5}


@pytest.mark.parametrize("trust", [0.1, 0.5, 0.9])
def test_he_agrees_with_the_logit_of_what_is_left_for_him(trust):
    occasions = range(4000)
    for dkk in (-6.0, 0.0, 3.0):
        me = person(trust=trust)
        told = market(**NUMBERS)
        yes = sum(agrees(me, told, dkk, identity.SHOWS_CARD, k, 0, today()) for k in occasions)
        assert yes / len(occasions) == near(chance(dkk, trust), abs=0.025)


def test_says_who_he_is_where_the_net_gain_is_worth_it():
    u = uniform(SEED, ID, identity.LOGS_IN, 7, 3)
    left = 4.0 * math.log(u / (1 - u))  # the worth at which he is just undecided, DKK
    for more, yes in ((1e-6, True), (-1e-6, False)):
        me = person(time_value=2.0, privacy_dkk=4.0, trust=0.5)
        gain = left + more + 2.0 * 0.5 + 4.0
        assert (
            says_who_he_is(me, market(**NUMBERS), gain, 0.5, identity.LOGS_IN, 7, 3, today()) == yes
        )


def test_joining_weighs_all_the_purchases_he_reckons_with_against_the_form():
    u = uniform(SEED, ID, identity.JOINS, 44, 0)
    left = 4.0 * math.log(u / (1 - u))
    told = market(**NUMBERS, purchases_expected=3.0)
    for more, yes in ((1e-6, True), (-1e-6, False)):
        me = person(time_value=2.0, privacy_dkk=4.0, trust=0.5)
        each = (left + 5.0 * 2.0) / 4.0 + more
        gain = each + 2.0 * 0.25 + 4.0
        found = becomes_known(me, told, gain, 0.25, 5.0, identity.JOINS, 44, 0, today())
        assert found == yes


@pytest.mark.parametrize(
    ("rule", "share", "occasion"),
    [
        (has_card, "card_along", identity.HAS_CARD),
        (shows_unasked, "remembers_card", identity.UNASKED),
        (keeps_logged_in, "stays_logged_in", identity.STAYS),
        (types_other_address, "other_address", identity.OTHER),
        (takes_another_card, "another_card", identity.ANOTHER),
    ],
)
def test_shares_are_drawn_for_each_occasion(rule, share, occasion):
    u = uniform(SEED, ID, occasion, 44, 9)
    for more, yes in ((1e-9, True), (-1e-9, False)):
        assert rule(person(), market(**{share: u + more}), 44, 9, today()) == yes
