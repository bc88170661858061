"""Claims about the club's tiers as the company keeps them: a year's purchases on record."""

from __future__ import annotations

import pytest
from people import firm, profile

from sim.company.club import BY_ACCOUNT, BY_CARD, count_for_tier, counted_dkk, missing_dkk, tier_for
from sim.core.records import BY_CLUB

FIRM = firm(n_tiers=2, tier_from_dkk=[2000.0, 5000.0, 0.0])


def test_a_tier_begins_at_its_sum():
    reached = [tier_for(FIRM, dkk) for dkk in (0, 1999, 2000, 4999, 5000, 30000)]
    assert reached == [0, 0, 1, 1, 2, 2]
    assert tier_for(firm(n_tiers=0), 30000) == 0


def spent(*bought, linked=0):
    """What is on file after purchases (under, DKK, day)."""
    one = profile(linked=linked)
    for under, dkk, day in bought:
        count_for_tier(FIRM, one, under, dkk, day)
    return one


def test_purchases_of_a_year_add_up_and_the_tier_is_his_at_once():
    one = spent((BY_CARD, 1500.4, 10), (BY_CARD, 700.0, 300))
    assert (one.tier, counted_dkk(one, BY_CARD), missing_dkk(FIRM, one, BY_CARD)) == (1, 2200, 2800)
    assert spent((BY_CARD, 6000.0, 10)).tier == 2
    assert missing_dkk(FIRM, spent((BY_CARD, 6000.0, 10)), BY_CARD) == 0, "there is no next"


def test_card_and_account_count_together_only_where_they_are_linked():
    bought = ((BY_CARD, 1500.0, 10), (BY_ACCOUNT, 1500.0, 20))
    apart, together = spent(*bought), spent(*bought, linked=1 << BY_CLUB)
    assert apart.tier == 0 and together.tier == 1
    assert [missing_dkk(FIRM, one, BY_ACCOUNT) for one in (apart, together)] == [500, 2000]


def test_a_tier_lasts_through_the_next_year_and_is_lost_after_it():
    first = (BY_CARD, 2500.0, 10)
    assert spent(first, (BY_CARD, 100.0, 370)).tier == 1
    assert counted_dkk(spent(first, (BY_CARD, 100.0, 370)), BY_CARD) == 100
    assert spent(first, (BY_CARD, 100.0, 370), (BY_CARD, 100.0, 740)).tier == 0
    assert spent(first, (BY_CARD, 100.0, 740)).tier == 0, "a year without a purchase"


def test_what_goes_back_counts_no_more_but_the_tier_stays_his_that_year():
    one = spent((BY_CARD, 2500.0, 10), (BY_CARD, -2500.0, 20))
    assert (counted_dkk(one, BY_CARD), one.tier) == (0, 1)
    assert spent((BY_CARD, 2500.0, 10), (BY_CARD, -2500.0, 20), (BY_CARD, 1.0, 370)).tier == 0
    assert counted_dkk(spent((BY_CARD, -50.0, 20)), BY_CARD) == 0


@pytest.mark.parametrize("times", [1, 40])
def test_a_year_holds_what_anybody_buys(times):
    one = spent(*[(BY_CARD, 9000.0, 10)] * times)
    assert 0 < counted_dkk(one, BY_CARD) <= 32_000 and one.tier == 2


def test_without_tiers_nothing_is_counted():
    one = profile()
    count_for_tier(firm(n_tiers=0), one, BY_CARD, 900.0, 10)
    assert counted_dkk(one, BY_CARD) == 0
