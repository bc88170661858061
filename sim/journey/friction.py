"""Having to say, search or fill in again what the shop had been told [B8, B49].

What somebody has seen, tried and learned stays in his head at a change of channel. What he told us
(a search, a basket, a word to staff or agent) is there on the other side only if it was handed
over; else he does it again. That takes minutes and patience, and he minds.
"""

from __future__ import annotations

import math

from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import REPEATING
from sim.journey.feeling import annoy

ENOUGH = decision("has enough of doing it again")


@rule
def told_elsewhere(need, place):
    """We have been told at another place what he wants, and not yet here."""
    return need.told != 0 and need.told & 1 << place == 0


@rule
def tell(need, place):
    """He has said, by word or by searching, what he wants."""
    need.told |= 1 << place


@rule
def has_enough(me, market, minutes, patience_minutes, about, when, today):
    """Leaves rather than do it again: patience is exponential, with a mean in minutes."""
    u = uniform(today.seed, me.id, ENOUGH, about, when)
    return u < 1.0 - math.exp(-minutes / patience_minutes)


@rule
def feel_repetition(me, market):
    """To have to do it again annoys [B8]."""
    annoy(me, market, market.repeat_cost, REPEATING)
