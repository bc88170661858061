"""Prices as customers meet them: ours, our cuts of the week, and the competitor's [B23, B56].

A cut is everybody's who is in the shop. It draws only those who have seen it somewhere, and they
remember it until the week ends. Who sees it buys early what he would soon need; who has met many
waits for the next.
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.journey.memory import firm_in_mind


@rule
def money_scale_dkk(market, price):
    """DKK that weigh as much as one logit, at this price (TRIALS A: s0 + s1 x price)."""
    return market.scale_fixed_dkk + market.scale_price * price


@rule
def cheaper_elsewhere(me, market, category, today):
    """What the competitor's prices add to his pull, logit: 0 where they are ours.

    What the usual article costs less there, in the person's own money, over the scale on which
    money decides at our shelf too [B56]. Who has us firmly in mind minds it less that we are
    dearer (Mela, Gupta and Lehmann 1997: advertising makes people less sensitive to price).
    """
    price = market.price_dkk[category]
    saved = (1.0 - today.competitor_price) * price * me.price_sensitivity
    if saved > 0.0:
        saved *= 1.0 - market.brand_price * firm_in_mind(me, market, today.day)
    return min(max(saved / money_scale_dkk(market, price), -10.0), 10.0)


@rule
def price_off(today, category, discount):
    """What is off the list price, share: his own coupon or today's cut, whichever is more."""
    return max(discount, today.cut[category])


@rule
def note_cut(me, category, today):
    """He has seen this category: if it is cheaper now, he knows it until the week ends."""
    if today.cut[category] <= 0.0:
        return
    if me.cuts_until != today.cut_until:
        me.cuts_seen = 0
        me.cuts_until = today.cut_until
    me.cuts_seen |= 1 << category


@rule
def get_used_to_cuts(me, market, category, today):
    """How often he has lately found cheaper what he looked for with us, and by how much: what he
    comes to expect (Mela, Gupta and Lehmann 1997: promotions teach people to lie in wait)."""
    off = today.cut[category]
    cut = 1.0 if off > 0.0 else 0.0
    me.cuts_often += market.cut_learning * (cut - me.cuts_often)
    if off > 0.0:
        first = me.cuts_deep <= 0.0
        me.cuts_deep += (1.0 if first else market.cut_learning) * (off - me.cuts_deep)


@rule
def worth_waiting(me, market, category, today):
    """What it is worth to leave and look again while a cut may come, logit: the chance of one at
    the next few looks, as he has met them, times what it would save over today's price."""
    comes = 1.0 - (1.0 - me.cuts_often) ** market.cut_looks
    saved = max(comes * me.cuts_deep - today.cut[category], 0.0)
    price = market.price_dkk[category]
    return saved * price * me.price_sensitivity / money_scale_dkk(market, price)


@rule
def days_ahead(me, market, category, today):
    """By how many days he would rather buy early than miss today's cut: until having the thing
    early costs what is saved [B23]."""
    saved = today.cut[category] * market.price_dkk[category] * me.price_sensitivity
    return min(saved / market.ahead_dkk_day, market.ahead_most_days)


@rule
def knows_cut(me, category, today):
    """He has seen today's cut of this category."""
    return me.cuts_until == today.cut_until and me.cuts_seen & 1 << category != 0


@rule
def cheaper_here(me, market, category, today):
    """What a cut that he knows of adds to our pull, logit: what the usual article costs less, in
    his own money, on the scale on which money decides at the shelf."""
    if today.cut[category] <= 0.0 or not knows_cut(me, category, today):
        return 0.0
    price = market.price_dkk[category]
    return today.cut[category] * price * me.price_sensitivity / money_scale_dkk(market, price)
