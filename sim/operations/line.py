"""A day's line of callers, looked through as a whole before and after agents serve it."""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.log import ENDLESS


@rule
def look_over(minute, customer, handling, evening, closing):
    """Whether requests are sorted by minute, then customer; how many come before ``closing``; and
    their handling minutes, of those before the ``evening`` and of the others."""
    in_order, n, before, after = True, 0, 0.0, 0.0
    for i in range(len(minute)):
        if i > 0 and minute[i] <= minute[i - 1]:
            in_order &= minute[i] == minute[i - 1] and customer[i] >= customer[i - 1]
        if minute[i] >= closing:
            continue
        n += 1
        if minute[i] < evening:
            before += handling[i]
        else:
            after += handling[i]
    return in_order, n, before, after


@rule
def tell(waited, met, gave_up, begun, comes, patience):
    """``waited`` and ``met`` of :class:`sim.operations.queues.Told` are filled, its sums returned.

    ``begun``, ``comes``: when an agent turned to each, and when he came.
    """
    left, minutes = 0, 0.0
    for i in range(len(met)):
        met[i] = begun[i] - comes[i]
        waited[i] = min(met[i], patience[i]) if gave_up[i] else met[i]
        left += int(gave_up[i])
        if patience[i] < ENDLESS:
            minutes += waited[i]
    return left, minutes
