"""Where a journey has a crack: done again, lost, or left for good [B8, B49]."""

from __future__ import annotations

from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import note, note_need, note_order
from sim.journey.friction import feel_repetition, has_enough


@rule
def do_again(me, need, what, where, minutes, patience_minutes, when, world):
    """He does something again that we had been told (``what`` of AGAIN), or has enough and leaves.

    Whether he stays.
    """
    today, market = world.today, world.market
    if has_enough(me, market, minutes, patience_minutes, need.number, when, today):
        need.repeats += 1  # a crack as much as doing it
        note_need(world.tape, today, me, need, ev.WENT_AWAY, where, -1, 0.0)
        feel_repetition(me, market)
        return False
    repeat(me, need, what, where, world)
    return True


@rule
def repeat(me, need, what, where, world):
    """Something is done again on the way to a purchase."""
    need.repeats += 1
    note_need(world.tape, world.today, me, need, ev.REPEATED, where, -1, float(what))
    feel_repetition(me, world.market)


@rule
def repeat_about_order(me, order, what, where, world):
    """Something is said again about a purchase."""
    order.incoherent += 1
    note_order(world.tape, world.today, me, order, ev.REPEATED, where, 0, float(what))
    feel_repetition(me, world.market)


@rule
def type_again(me, world):
    """Name and street, typed for an order before: no crack in this journey."""
    note(world.tape, world.today, me, ev.REPEATED, ev.WEB, float(ev.TYPED))
