"""What stays in a person's mind of us: whether he knows us, how readily we come to mind, and what
dealing with us has cost beside the price.

Who hears nothing of a shop forgets it: each thing that he noticed keeps us in mind for an
exponential time, longest what he bought (Ehrenberg 1974: reinforcement; Leone 1995, C5: the memory
of advertising lasts 6-9 months). Who does not know us can only come upon us.
"""

from __future__ import annotations

import math

from sim.core.compiled import rule
from sim.core.draws import decision, exponential
from sim.core.records import CATEGORIES

FORGETS_AD = decision("days until a post or an ad is forgotten")
FORGETS_BRAND = decision("days until an ad for the brand is forgotten")
FORGETS_MAIL = decision("days until a mail is forgotten")
FORGETS_WORD = decision("days until a friend's word is forgotten")
FORGETS_VISIT = decision("days until a visit is forgotten")
FORGETS_PURCHASE = decision("days until a purchase is forgotten")


@rule
def knows_us(me, day):
    """He knows our name on this day."""
    return day < me.knows_until


@rule
def bought_lately(me, day):
    """He has bought from us within a year."""
    for c in range(CATEGORIES):
        if me.last_from_us[c] >= 0 and day - me.last_from_us[c] <= 365:
            return True
    return False


@rule
def keep_in_mind(me, days, what, about, when, today):
    """Something of ours was noticed: he knows us for some time from now, ``days`` on average.

    ``what``: one of the FORGETS_... decisions; ``about`` and ``when`` name the occasion in keys.
    """
    drawn = exponential(today.seed, me.id, what, about, when)
    me.knows_until = max(me.knows_until, today.day + 1 + int(days * drawn))


@rule
def salience(me, market, day):
    """Mental availability: halves every ``salience_half_life_days``; unit: visits."""
    return me.salience * 0.5 ** ((day - me.salience_day) / market.salience_half_life_days)


@rule
def remember(me, market, day, amount):
    """Something of ours was noticed: mental availability rises by ``amount``."""
    me.salience = salience(me, market, day) + amount
    me.salience_day = day


@rule
def brand(me, market, day):
    """What brand advertising has left in him: halves every ``brand_half_life_days``; unit: ads that
    he put down to us. Slow, where salience is quick (C5; Binet and Field 2013)."""
    return me.brand * 0.5 ** ((day - me.brand_day) / market.brand_half_life_days)


@rule
def remember_brand(me, market, day):
    """One more ad of ours was noticed, and known for ours, that showed who we are."""
    me.brand = brand(me, market, day) + 1.0
    me.brand_day = day


@rule
def firm_in_mind(me, market, day):
    """How firmly we stand in his mind, 0-1: half at ``brand_half`` ads put down to us."""
    kept = brand(me, market, day)
    return kept / (kept + market.brand_half)


@rule
def remember_cost(me, market, dkk):
    """What an order or a return has cost beside the price, DKK: fees, trouble, or nothing [B39].

    A moving average over orders and returns.
    """
    me.costs_met_dkk += market.cost_memory * (dkk - me.costs_met_dkk)


@rule
def pull(me, market, need_progress, day):
    """How strongly we come to mind (consideration), logit.

    Liking, trust, habit, mental availability, what brand advertising has left, how far the search
    has come with us, and what dealing with us has cost before.
    """
    utility = (
        me.preference
        + market.consider_trust * (me.trust - 0.5)
        + market.consider_habit * (me.habit - market.habit_start)
        + market.consider_salience * math.log(1.0 + salience(me, market, day))
        + market.consider_brand * firm_in_mind(me, market, day)
        + market.consider_progress * need_progress
        - market.consider_cost * me.price_sensitivity * me.costs_met_dkk
    )
    return utility if knows_us(me, day) else utility - market.unaware_penalty
