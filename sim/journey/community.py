"""The forum of those who care about a kind of goods: joining, coming by, writing, asking [B43].

What draws somebody is his involvement: how much such goods say of who owns them, and how much of
his interest they have. And it is the others: a forum without life has nothing to give.
"""

from __future__ import annotations

from sim.core.compiled import as_double, rule
from sim.core.draws import decision, uniform
from sim.core.records import STYLES
from sim.journey.logit import logistic

TAKES_PART = decision("takes part in the forum")
COMES_BY = decision("looks round in the forum")
WRITES_THERE = decision("writes in the forum")
ASKS_THERE = decision("asks in the forum")


@rule
def interest(me, category):
    """Share of his interest that a category has."""
    base = category * STYLES
    return as_double(me.taste[base]) + as_double(me.taste[base + 1]) + as_double(me.taste[base + 2])


@rule
def is_part_of(me, category):
    """He takes part in this category's forum."""
    return me.takes_part & 1 << category != 0


@rule
def life(market, posts):
    """How much life is in a forum with so many posts lately, 0-1."""
    return posts / (posts + market.forum_half)


@rule
def takes_part(me, market, category, posts, about, when, today):
    """Takes part from now on, having just taken in what is written there of such goods."""
    utility = (
        market.join_base
        + market.join_involved * market.identity[category] * interest(me, category)
        + market.join_lively * life(market, posts)
    )
    return uniform(today.seed, me.id, TAKES_PART, about, when) < logistic(utility)


@rule
def forum_he_turns_to(me, market, today):
    """With nothing in mind he may look into the forum that he cares for most; -1 into none."""
    if me.takes_part == 0:
        return -1
    if uniform(today.seed, me.id, COMES_BY, 0, today.day) >= market.forum_turns:
        return -1
    best = -1
    for c in range(market.n_categories):
        if is_part_of(me, c) and (best < 0 or interest(me, c) > interest(me, best)):
            best = c
    return best


@rule
def writes_there(me, market, category, today):
    """Writes, of what he knows or has."""
    utility = market.posts_base + market.posts_expert * me.expertise[category]
    return uniform(today.seed, me.id, WRITES_THERE, category, today.day) < logistic(utility)


@rule
def asks_there(me, market, need, today):
    """Asks about what he is looking for: novices do, of what nobody has told them yet."""
    if need.advised == 1:
        return False
    share = market.asks_there * (1.0 - me.expertise[need.category])
    return uniform(today.seed, me.id, ASKS_THERE, need.number, today.day) < share
