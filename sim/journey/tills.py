"""Paying in a store: stand in the queue, leave it, or scan with the phone [B41].

Scanning is worth the minutes that it saves, in the person's own time, against its effort and his
liking for it: a logit. Who waits longer than his patience leaves what he had chosen behind.
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision, exponential, uniform
from sim.journey.logit import logistic

WAITS = decision("minutes in the queue at the till")
STANDS_IT = decision("minutes that he stands in the queue at the till")
SCANS = decision("scans with the app")


@rule
def till_wait(me, market, s, when, today):
    """Minutes in the queue at the tills of store ``s``, on this visit."""
    mean = market.queue_minutes * today.shops[s].queue
    return mean * exponential(today.seed, me.id, WAITS, 0, when)


@rule
def leaves_queue(me, market, minutes, when, today):
    """The queue is longer than he stands."""
    stands = exponential(today.seed, me.id, STANDS_IT, 0, when)
    return minutes > market.queue_patience_minutes * stands


@rule
def scans(me, market, minutes, when, today):
    """Uses his phone rather than stand in a queue of so many minutes."""
    saved = (minutes - market.scan_minutes) * me.time_value
    utility = market.scan_utility + saved / market.scan_scale_dkk
    return uniform(today.seed, me.id, SCANS, 0, when) < logistic(utility)
