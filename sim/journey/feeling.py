"""Satisfaction by expectation and disconfirmation (Oliver 1980), trust, habit, loyalty.

Nothing here is set by the company: an experience is what happened, and loyalty is only measured.
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.records import CONTRADICTED, FEES, PRODUCT, REFUSED, RETURNING, SERVICE, WAITING

MOST_SORE = 60_000  # thousandths that are kept


@rule
def clamp(x):
    """Limit to 0-1."""
    return min(max(x, 0.0), 1.0)


@rule
def sting(me, cause, lost):
    """It is kept what has cost trust and satisfaction: why somebody leaves, in his own words."""
    if lost > 0.0:
        me.sores[cause] = min(me.sores[cause] + int(1000.0 * lost + 0.5), MOST_SORE)


@rule
def experience(me, market, quality, cause):
    """Something happened with us that was this good (0-1): satisfaction and trust move to it."""
    quality = clamp(quality)
    before = me.satisfaction + me.trust
    me.satisfaction += market.learning_rate * (quality - me.satisfaction)
    me.trust += market.trust_rate * (quality - me.trust)
    if quality < market.hurts_below:
        sting(me, cause, before - me.satisfaction - me.trust)


@rule
def annoy(me, market, loss, cause):
    """Something beside the point went wrong: as an experience worse by ``loss`` (0-1) than it would
    have been."""
    before = me.satisfaction + me.trust
    me.satisfaction = clamp(me.satisfaction - market.learning_rate * loss)
    me.trust = clamp(me.trust - market.trust_rate * loss)
    sting(me, cause, before - me.satisfaction - me.trust)


@rule
def distrust(me, share, cause):
    """A share of the trust in us is lost."""
    sting(me, cause, share * me.trust)
    me.trust *= 1.0 - share


@rule
def please(me, market, gain):
    """Something beside the point was good: as an experience better by ``gain`` (0-1)."""
    annoy(me, market, -gain, PRODUCT)


@rule
def feel_product(me, market, order):
    """The product in hand against what was expected, and the way it came. How good it was, 0-1 but
    for the ends."""
    surprise = order.match - order.expected
    quality = market.kept_satisfaction + market.disconfirmation * surprise
    quality -= market.late_day * max(order.late_days, 0)
    experience(me, market, quality, PRODUCT)
    return quality


@rule
def feel_return(me, market, hassle_dkk):
    """A return settled: how easy it was [B39]."""
    quality = market.return_satisfaction - market.return_hassle * hassle_dkk
    experience(me, market, quality, RETURNING)


@rule
def feel_fee(me, market, fee_dkk):
    """A delivery fee met at the checkout: felt as much as he minds money [B39]."""
    annoy(me, market, market.fee_felt * fee_dkk * me.price_sensitivity, FEES)


@rule
def feel_wait(me, market, minutes):
    """Waiting beyond what is taken for granted."""
    excess = minutes - market.wait_free_minutes
    if excess > 0.0:
        annoy(me, market, market.wait_minute * excess, WAITING)


@rule
def feel_service(me, market, answered, solved, minutes, repeats, by_way):
    """A contact with the customer centre: solved, not, or given up; minutes, things said twice, and
    what was lost by its way. How good it was, 0-1 but for the ends."""
    quality = market.solved_satisfaction if solved else market.unsolved_satisfaction
    if not answered:
        quality = market.gave_up_satisfaction
    quality -= market.wait_minute * max(minutes - market.wait_free_minutes, 0.0)
    quality -= market.repeat_cost_call * repeats + by_way
    experience(me, market, quality, SERVICE)
    return quality


@rule
def feel_contradiction(me, market):
    """Offered what he has just bought: costs trust [B3, B4]."""
    distrust(me, market.contradiction_trust, CONTRADICTED)


@rule
def feel_refusal(me, market):
    """Refused what the terms promise: a word not kept costs trust [B46]."""
    distrust(me, market.refusal_trust, REFUSED)


@rule
def form_habit(me, market, with_us):
    """Each purchase, here or elsewhere, makes the next one there more of a matter of course."""
    me.habit += market.habit_rate * ((1.0 if with_us else 0.0) - me.habit)
