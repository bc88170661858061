"""Steady-state formulas for queues: what the simulated queues must agree with.

Erlang C is M/M/c with endless patience, Erlang A is M/M/c+M (Palm 1957; Garnett, Mandelbaum and
Reiman 2002), in which callers give up after an exponential patience. Both rest on the Erlang-B
recursion, which stays within 0-1 for any number of servers. Rates are per minute.
"""

from __future__ import annotations

from typing import NamedTuple


class SteadyState(NamedTuple):
    """Long-run averages over all callers."""

    wait_probability: float  # share who find all servers busy, 0-1
    mean_wait_min: float  # minutes in the queue, those who give up included
    abandonment: float  # share who give up, 0-1


def erlang_b(servers: int, load: float) -> float:
    """Share of callers lost when nobody waits; ``load`` in erlangs (arrivals x mean handling)."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(servers: int, arrival_rate: float, handling_min: float) -> SteadyState:
    """M/M/c. Raises ``ValueError`` where the queue would grow without end."""
    load = arrival_rate * handling_min
    if load >= servers:
        raise ValueError(f"{load:g} erlangs cannot be carried by {servers} servers")
    blocked = erlang_b(servers, load)
    waits = servers * blocked / (servers - load * (1.0 - blocked))
    return SteadyState(waits, waits * handling_min / (servers - load), 0.0)


def wait_left(servers: int, busy: float) -> float:
    """Share of the wait at so many servers, ``busy`` that share of the time, that is left with one
    more at the same load: M/M/c by Erlang C. Raises ``ValueError`` as :func:`erlang_c`."""
    load = servers * busy
    before, after = (erlang_c(n, load, 1.0).mean_wait_min for n in (servers, servers + 1))
    return after / before


def erlang_a(
    servers: int, arrival_rate: float, handling_min: float, patience_min: float
) -> SteadyState:
    """M/M/c+M, stable at any load. ``patience_min`` is the mean patience; at 0 nobody waits.

    State probabilities relative to "all servers busy, nobody waits": below it they add up to
    1/B (Erlang B); above it each is the former times arrivals over departures.
    """
    blocked = erlang_b(servers, arrival_rate * handling_min)
    if patience_min <= 0.0:  # nobody waits: M/M/c/c, Erlang B
        return SteadyState(blocked, 0.0, blocked)
    below = 1.0 / blocked
    term, above, queue, waiting = 1.0, 0.0, 0.0, 0
    while term > 1e-16 * (below + above) or arrival_rate > servers / handling_min + (
        waiting / patience_min
    ):
        waiting += 1
        term *= arrival_rate / (servers / handling_min + waiting / patience_min)
        above += term
        queue += waiting * term
        if above > 1e200:
            term, above, queue, below = (x * 1e-200 for x in (term, above, queue, below))
    total = below + above
    mean_wait = queue / total / arrival_rate
    all_busy = (1.0 + above) / total
    return SteadyState(all_busy, mean_wait, mean_wait / patience_min)
