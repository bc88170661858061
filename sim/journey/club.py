"""What being in the club is worth when something is bought: bonus, delivery, the next tier.

The nearer the next tier, the more a purchase counts for it: the goal gradient (Kivetz, Urminsky
and Zheng 2006, *Journal of Marketing Research* 43).
"""

from __future__ import annotations

from sim.core.compiled import rule


@rule
def bonus_share(me, terms):
    """Share of the price that he gets as a bonus where he is known."""
    return terms.club_bonus_share if me.tier == 0 else terms.tier_bonus[me.tier - 1]


@rule
def fee_for_all_dkk(terms, price):
    """What a delivery home of goods for so much costs whoever orders it."""
    return 0.0 if price >= terms.free_delivery_from_dkk else terms.delivery_fee_dkk


@rule
def delivery_fee_dkk(me, terms, price):
    """What it costs him, logged in: nothing in a tier that has it free."""
    if me.tier > 0 and me.account == 1 and terms.tier_free[me.tier - 1] == 1:
        return 0.0
    return fee_for_all_dkk(terms, price)


@rule
def next_tier_dkk(me, market, terms):
    """What he reckons the next tier to bring him: its bonus on as much as it asks for, and the
    deliveries that it makes free."""
    k = me.tier
    if k >= terms.n_tiers:
        return 0.0
    worth = (terms.tier_bonus[k] - bonus_share(me, terms)) * terms.tier_from_dkk[k]
    free_now = k > 0 and terms.tier_free[k - 1] == 1
    if terms.tier_free[k] == 1 and not free_now:
        worth += market.purchases_expected * terms.delivery_fee_dkk
    return max(worth, 0.0)


@rule
def towards_next_dkk(me, market, terms, price):
    """What a purchase of so much is worth to a member as a step to the next tier."""
    if me.to_next_dkk <= 0:
        return 0.0
    return next_tier_dkk(me, market, terms) * min(price / me.to_next_dkk, 1.0)
