"""The club's tiers: a calendar year's purchases as far as they are on record under a name.

What is filed under the card and under the account counts together where the two are linked, else
each by itself: the same customer is less to a company that does not know them to be one.
"""

from __future__ import annotations

from sim.company.knowledge import linked
from sim.core.compiled import rule
from sim.core.records import BY_CLUB, TIERS

YEAR = 365
MOST_DKK = 32_000  # what a year's count holds
BY_CARD, BY_ACCOUNT = 0, 1


@rule
def tier_for(firm, dkk):
    """The tier that a year's purchases bring: 0 none, 1, 2, ..."""
    reached = 0
    for k in range(min(firm.n_tiers, TIERS)):
        if dkk >= firm.tier_from_dkk[k]:
            reached = k + 1
    return reached


@rule
def counted_dkk(profile, under):
    """This year's purchases that count for who is known by card or by account."""
    dkk = int(profile.year_dkk[under])
    if linked(profile, BY_CLUB):
        dkk += int(profile.year_dkk[1 - under])
    return dkk


@rule
def turn_the_year(firm, profile, under, day):
    """At the first purchase of a year the tier is what the last year brought."""
    year = day // YEAR
    if profile.club_year == year:
        return
    last = counted_dkk(profile, under) if profile.club_year == year - 1 else 0
    profile.tier = tier_for(firm, last)
    profile.club_year = year
    profile.year_dkk[BY_CARD] = 0
    profile.year_dkk[BY_ACCOUNT] = 0


@rule
def count_for_tier(firm, profile, under, dkk, day):
    """A purchase on record under card or account counts, or (below 0) a return no longer does."""
    if firm.n_tiers == 0:
        return
    turn_the_year(firm, profile, under, day)
    counted = int(profile.year_dkk[under]) + int(dkk)
    profile.year_dkk[under] = min(max(counted, 0), MOST_DKK)
    profile.tier = max(profile.tier, tier_for(firm, counted_dkk(profile, under)))


@rule
def missing_dkk(firm, profile, under):
    """What is missing to the next tier this year, DKK; 0 where there is none."""
    if profile.tier >= firm.n_tiers:
        return 0
    return max(int(firm.tier_from_dkk[profile.tier]) - counted_dkk(profile, under), 1)
