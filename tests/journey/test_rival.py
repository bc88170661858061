"""The outside option answers how well the competitor shows things, and how soon they come [B56]."""

from __future__ import annotations

import pytest
from people import market, need, person, share, tips, today

from sim.journey.prices import money_scale_dkk
from sim.journey.rival import better_shown_elsewhere, sooner_elsewhere
from sim.journey.touchpoints import competitor_sells

near = pytest.approx
SURE = {"competitor_buys_buyer": 0.5, "finds_by_search": 0.5, "their_shows_usual": 0.2}


def sold(in_store=False, **numbers):
    mk, me, wish, now = market(**(SURE | numbers)), person(), need(), today()
    return share(lambda n: competitor_sells(me, mk, wish, in_store, n, now), 2000)


def test_as_usual_the_competitor_is_neither_sooner_nor_better():
    assert sooner_elsewhere(market(), 0) == 0
    assert better_shown_elsewhere(market()) == 1


def test_days_saved_elsewhere_are_worth_what_waiting_for_us_costs():
    mk = market(their_days=1.0, their_days_usual=4.0, wait_dkk_day=6.0)
    assert sooner_elsewhere(mk, 0) == near(18 / money_scale_dkk(mk, mk.price_dkk[0]))
    assert sooner_elsewhere(market(their_days=9.0), 0) < 0


def test_what_is_not_shown_there_is_searched_for_as_with_us():
    mk = market(their_shows=0.8, **{k: SURE[k] for k in ("finds_by_search", "their_shows_usual")})
    assert better_shown_elsewhere(mk) == near((0.8 + 0.2 * 0.5) / (0.2 + 0.8 * 0.5))
    assert better_shown_elsewhere(market(finds_by_search=0.0, their_shows_usual=0.0)) == 1


def test_a_page_that_shows_what_is_wanted_sells_more_and_only_on_the_web():
    usual = sold(their_shows=0.2)
    assert usual == near(0.5, abs=0.03)
    assert sold(their_shows=0.8) == near(0.75, abs=0.03)
    assert sold(their_shows=0.8, in_store=True) == near(0.5, abs=0.03)
    assert sold(their_shows=1.0, competitor_buys_buyer=1.0) == 1, "no more than all"


def test_a_competitor_who_delivers_sooner_sells_more_on_the_web():
    assert sold(their_shows=0.2, their_days=1.0) > sold(their_shows=0.2) + 0.01
    assert sold(in_store=True, their_days=1.0) == sold(in_store=True)


def test_it_counts_from_the_share_of_visits_that_end_in_a_sale():
    def sells(p):
        mk = market(**(SURE | {"competitor_buys_buyer": p, "their_shows": 0.8}))
        return competitor_sells(person(), mk, need(), False, 640, today())

    def sells_usually(p):
        mk = market(**(SURE | {"competitor_buys_buyer": p, "their_shows": 0.2}))
        return competitor_sells(person(), mk, need(), False, 640, today())

    better, usual = tips(sells, 0.0, 1.0), tips(sells_usually, 0.0, 1.0)
    assert usual / better == near(0.9 / 0.6)
