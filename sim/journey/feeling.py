"""Satisfaction by expectation and disconfirmation (Oliver 1980), trust, habit, loyalty.

Nothing here is set by the company: an experience is what happened, and loyalty is only measured.
"""

from __future__ import annotations

from sim.core.compiled import rule


@rule
def clamp(x):
    """Limit to 0-1."""
    return min(max(x, 0.0), 1.0)


@rule
def experience(me, mk, quality):
    """Something happened with us that was this good (0-1): satisfaction and trust move to it."""
    quality = clamp(quality)
    me.satisfaction += mk.learning_rate * (quality - me.satisfaction)
    me.trust += mk.trust_rate * (quality - me.trust)


@rule
def feel_product(me, mk, order, days_late):
    """The product in hand against what was expected, and the way it came."""
    surprise = order.match - order.expected
    quality = mk.kept_satisfaction + mk.disconfirmation * surprise
    quality -= mk.late_day * max(days_late, 0) + mk.repeat_cost * order.incoherent
    experience(me, mk, quality)


@rule
def feel_return(me, mk, hassle_dkk):
    """A return settled: how easy it was [B39]."""
    experience(me, mk, mk.return_satisfaction - mk.return_hassle * hassle_dkk)


@rule
def feel_wait(me, mk, minutes):
    """Waiting beyond what is taken for granted."""
    excess = minutes - mk.wait_free_minutes
    if excess > 0.0:
        experience(me, mk, me.satisfaction - mk.wait_minute * excess)


@rule
def feel_service(me, mk, answered, solved, minutes, repeats):
    """A contact with the customer centre: solved, not, or given up; minutes, things said twice."""
    quality = mk.solved_satisfaction if solved else mk.unsolved_satisfaction
    if not answered:
        quality = mk.gave_up_satisfaction
    quality -= mk.wait_minute * max(minutes - mk.wait_free_minutes, 0.0)
    experience(me, mk, quality - mk.repeat_cost * repeats)


@rule
def feel_contradiction(me, mk):
    """Offered what he has just bought: costs trust [B3, B4]."""
    me.trust *= 1.0 - mk.contradiction_trust


@rule
def form_habit(me, mk, with_us):
    """Each purchase, here or elsewhere, makes the next one there more of a matter of course."""
    me.habit += mk.habit_rate * ((1.0 if with_us else 0.0) - me.habit)
