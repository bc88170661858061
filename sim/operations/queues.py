"""A queue of people before people, in SimPy.

Agents are processes that take callers from one first-in-first-out :class:`simpy.Store`; one more
process puts the day's callers there. Both live as long as the run. Nobody interrupts anybody: a
caller who has lost patience is skipped when an agent reaches him, which gives the same waits and
the same agents' time as his hanging up. A shift ends with one slip for each agent behind the
callers then waiting: whoever is reached before the slip is still served, on overtime, and the
agent who takes it goes home. So the queue is empty overnight. Time is in minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

import simpy

from sim.operations.staffing import Window

GO_HOME = None


class Callers(NamedTuple):
    """Callers in the order in which they come; lists of one length."""

    minute: list[float]  # since midnight, not falling
    handling_min: list[float]
    patience_min: list[float]


class Line(simpy.Store):
    """A store without limit: nobody ever waits to put something in, so that takes no event."""

    def add(self, item: object) -> None:
        self.items.append(item)
        if self.get_queue:
            self._trigger_get(None)

    def next(self):
        """The oldest item, without an event where there is one: ``yield from line.next()``."""
        if self.items:
            return self.items.pop(0)
        return (yield self.get())


class Queue:
    """One line of callers before a team of agents.

    :attr:`waited_min` (minutes) and :attr:`gave_up` hold the last day's outcomes in the order of
    its callers, :attr:`met_min` what they would have waited with endless patience;
    :attr:`busy_min` and :attr:`staffed_min` its agent-minutes, overtime included.
    """

    def __init__(self, env: simpy.Environment):
        self.env = env
        self.calls = Line(env)
        self.shifts = Line(env)
        self.days = Line(env)
        self.agents = 0
        self.curfew = 0.0
        self._new_day(0)
        env.process(self._put_callers_through())

    def open(self, callers: Callers, roster: Sequence[Window], lights_out: float) -> None:
        """Prepare a day that begins now. It has happened once the clock has run through it.

        At ``lights_out`` minutes from now agents leave their work, and who waits is sent away.
        """
        for _ in range(self.agents, max(window.agents for window in roster)):
            self.agents += 1
            self.env.process(self._serve())
        self._new_day(len(callers.minute))
        self.curfew = self.env.now + lights_out
        self.days.add((callers, roster))

    def _new_day(self, n: int) -> None:
        self.waited_min = [0.0] * n
        self.met_min = [0.0] * n
        self.gave_up = [False] * n
        self.busy_min = 0.0
        self.staffed_min = 0.0

    def _put_callers_through(self):
        """The day: at each shift's start agents come, then callers, at its end the slips."""
        env, calls, timeout = self.env, self.calls, self.env.timeout
        while True:
            callers, roster = yield self.days.get()
            midnight = env.now
            queue = zip(count(), *callers, strict=False)
            caller = next(queue, None)
            for starts, ends, agents, open_min in roster:
                opens = midnight + starts
                yield timeout(max(0.0, opens - env.now))
                for _ in range(agents):
                    self.shifts.add(GO_HOME)
                squeeze = open_min / (ends - starts)
                while caller is not None and caller[1] < ends:
                    index, minute, handling, patience = caller
                    delay = opens + (minute - starts) * squeeze - env.now
                    if delay > 0.0:
                        yield timeout(delay)
                    calls.add((index, env.now, handling, patience))
                    caller = next(queue, None)
                delay = opens + open_min - env.now
                if delay > 0.0:
                    yield timeout(delay)
                for _ in range(agents):
                    calls.add(GO_HOME)

    def _serve(self):
        """One agent: comes on duty, takes callers until there is a slip, goes home."""
        env, calls, timeout = self.env, self.calls, self.env.timeout
        while True:
            yield self.shifts.get()
            since, busy = env.now, 0.0
            while (call := (yield from calls.next())) is not GO_HOME:
                index, came, handling, patience = call
                waited, left = env.now - came, self.curfew - env.now
                self.met_min[index] = waited
                if waited > patience or left <= 0.0:
                    self.waited_min[index] = min(waited, patience)
                    self.gave_up[index] = True
                    continue
                self.waited_min[index] = waited
                work = min(left, handling)
                busy += work
                yield timeout(work)
            self.busy_min += busy
            self.staffed_min += env.now - since
