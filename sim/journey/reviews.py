"""What articles are against what is promised: reckoned with, seen, written of, read.

The promise of a page may be more than the article holds. People know by how much things in general
fall short; in hand some of it shows, and what others wrote tells more. Whatever he knows, what he
expects is right on average: where an article falls short of what he reckons with he is
disappointed, where it does not he is pleased. Matches are shares of the price.
"""

from __future__ import annotations

import math

from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import NO_FAULT
from sim.journey.logit import logistic

READS = decision("reads the reviews of an item", lasting=True)
SAYS_WHY = decision("says in a review what is wrong")
WRITES = decision("writes a review")
WRITES_ASKED = decision("writes a review when asked")
ANSWERED_THERE = decision("finds the question answered", lasting=True)


@rule
def reckon_with(market, choice):
    """Who knows no more of an item takes it to fall short by as much as things do: sets
    ``choice.shortfall`` and how unsure that is."""
    p = market.flawed_share
    choice.shortfall = p * market.flaw
    choice.shortfall_sd = market.flaw * math.sqrt(p * (1.0 - p))


@rule
def see_in_hand(item, shows, choice):
    """With the item in hand he sees a share (``shows``) of what it falls short by; for the rest he
    goes on reckoning as before."""
    choice.shortfall += shows * (item.shortfall - choice.shortfall)
    choice.shortfall_sd *= 1.0 - shows


@rule
def reads_reviews(me, market, item, number, today):
    """He reads what others wrote of this item; for one need he does or does not, however often he
    looks."""
    return uniform(today.seed, me.id, READS, item.key, number) < market.reads_reviews


@rule
def praise(market, rating):
    """How good things are said to be, beyond their promise, in the mean of these reviews: share of
    price. One star weighs more than another review (Chevalier and Mayzlin 2006) [C6]."""
    more = (market.one_star_weight - 1.0) * rating.one_star
    stars = (rating.stars + more) / (rating.reviews + more)
    return market.star_worth * stars - rating.promised / rating.reviews


@rule
def read_reviews(market, rating, of_kind, choice):
    """What he takes an item to fall short by, after its reviews: a normal posterior.

    Praise is held against what is usual for things of its kind, so that it does not matter how
    kindly people write. Each review may be off by ``review_noise``; many together are sure.
    """
    if rating.reviews <= 0.0:
        return
    told = choice.shortfall + praise(market, of_kind) - praise(market, rating)
    known = choice.shortfall_sd * choice.shortfall_sd
    weight = known / (known + market.review_noise * market.review_noise / rating.reviews)
    choice.shortfall += weight * (told - choice.shortfall)
    choice.shortfall_sd *= math.sqrt(1.0 - weight)


@rule
def writes_review(me, market, order, invited, today):
    """Writes of what he bought: the more it surprised him, for better or worse, the more readily;
    who reads an invitation writes more readily, and is less selected [B33]."""
    base, extreme, occasion = market.review_base, market.review_surprise, WRITES
    if invited:
        base, extreme = market.review_invited_base, market.review_invited_surprise
        occasion = WRITES_ASKED
    utility = base + extreme * abs(order.match - order.expected)
    return uniform(today.seed, me.id, occasion, order.number, 0) < logistic(utility)


@rule
def says_why(me, market, order, today):
    """Who is disappointed may say in the review what it is [B35, B52]."""
    if order.fault == NO_FAULT or order.match >= order.expected:
        return False
    return uniform(today.seed, me.id, SAYS_WHY, order.number, 0) < market.says_why


@rule
def stars(market, order):
    """One to five, by how it matches with the product in hand."""
    given = math.floor(market.star_zero + market.star_share * order.match + 0.5)
    return min(max(float(given), 1.0), 5.0)


@rule
def finds_answer(me, market, need, answers, today):
    """Looks for his question among so many answers on the category, and finds it [B37].

    The more are published the more questions are among them; what he asks stays the same.
    """
    found = market.looks_for_answer * answers / (answers + market.answers_half)
    return uniform(today.seed, me.id, ANSWERED_THERE, need.number, 0) < found
