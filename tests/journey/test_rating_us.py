"""Claims about who rates the company on the portal, and what it does to who looks it up."""

from __future__ import annotations

import math

import pytest
from people import ID, SEED, market, person, today

from sim.core.draws import uniform
from sim.journey import portal
from sim.journey.portal import looks_us_up, odds_of_rating, take_word_of_all

near = pytest.approx
WORDS = {"word_of_all": 0.4, "words_half": 20.0, "mark_shift": 0.5}


@pytest.mark.parametrize("quality", [0.0, 1.0])
def test_what_is_as_usual_is_written_of_least_and_the_worst_as_readily_as_the_best(quality):
    mk = market(rates_us_surprise=2.0)
    assert odds_of_rating(mk, -4.0, 0.5, 0.5) == near(1 / (1 + math.exp(4.0)))
    assert odds_of_rating(mk, -4.0, quality, 0.5) == near(0.5), "two stars off, two each"
    assert odds_of_rating(mk, -3.0, quality, 0.5) > 0.5


def test_only_who_has_never_bought_looks_us_up_and_only_once():
    mk = market(looks_us_up=1.0)
    assert looks_us_up(person(), mk, today())
    assert not looks_us_up(person(orders_ever=1), mk, today())
    assert not looks_us_up(person(looked_up=1), mk, today())
    u = uniform(SEED, ID, portal.LOOKS_US_UP, 0, 0)
    assert looks_us_up(person(), market(looks_us_up=u + 1e-9), today())
    assert not looks_us_up(person(), market(looks_us_up=u - 1e-9), today(day=200)), "a trait"


def test_trust_moves_to_what_others_met_the_further_the_more_have_written():
    mk = market(**WORDS)
    for n, weight in ((20.0, 0.2), (60.0, 0.3), (1e9, 0.4)):
        for mean, met in ((1.0, 0.0), (3.5, 0.5), (5.0, 0.875)):
            me = person(trust=0.6)
            take_word_of_all(me, mk, n, n * mean)
            assert me.trust == near(0.6 + weight * (met - 0.6), abs=1e-6)
    me = person(trust=0.6)
    take_word_of_all(me, mk, 0.0, 0.0)
    assert me.trust == near(0.6)
