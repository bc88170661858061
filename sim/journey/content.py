"""Content as a customer meets it: it teaches and inspires, or stands in the way [B24, B43].

Who knows a category well does not need to be inspired in it: a shopper turns into a buyer there.
"""

from __future__ import annotations

import math

from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.journey.logit import logistic
from sim.journey.needs import shopper_in

READS = decision("takes in content")
LEAVES = decision("leaves for content that is in the way")


@rule
def reads_content(me, market, category, about, when, today):
    """Takes in what stands beside the goods: shoppers and novices do, buyers hardly; of more hours
    at hand more go to it (Luce's choice)."""
    utility = (
        market.read_utility
        + market.read_shopper * shopper_in(me, category)
        + market.read_novice * (1.0 - me.expertise[category])
        + math.log(market.time_at_hand)
    )
    return uniform(today.seed, me.id, READS, about, when) < logistic(utility)


@rule
def leaves_content(me, market, about, when, today):
    """Has enough before he is past what he does not want: patience is exponential, and longer with
    more time at hand."""
    u = uniform(today.seed, me.id, LEAVES, about, when)
    patience = market.patience_web_minutes * market.time_at_hand
    return u < 1.0 - math.exp(-market.skip_minutes / patience)


@rule
def learn_from_content(me, market, need):
    """It teaches some of what he does not know of the category, and clears what he wants."""
    learn_of(me, market, need.category)
    need.progress = min(need.progress + market.content_clears, 1.0)


@rule
def learn_of(me, market, category):
    """He learns a share of what he does not know yet of such goods."""
    me.expertise[category] += market.content_teaches * (1.0 - me.expertise[category])
