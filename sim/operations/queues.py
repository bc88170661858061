"""A queue of people before people, in SimPy.

One process, which lives as long as the run, lets agents come on duty and puts the day's callers
into one line, first in, first out. An agent at work is a :class:`simpy.Timeout`: when it fires he
turns to the next in line. So a caller takes two events, one to come and one to be served, which
is what makes the real firm's queue affordable. Nobody interrupts anybody: a caller who has lost
patience is skipped when an agent reaches him, which gives the same waits and the same agents' time
as his hanging up. A shift ends with one slip for each agent behind the callers then waiting:
whoever is reached before the slip is still served, on overtime, and the agent who takes it goes
home. So the queue is empty overnight. Time is in minutes.
"""

from __future__ import annotations

from collections import deque
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


class Agent:
    """Somebody on duty ``since`` a minute; ``busy_min`` of it with callers."""

    __slots__ = ("busy_min", "since")

    def __init__(self, since: float):
        self.since, self.busy_min = since, 0.0


class Queue:
    """One line of callers before a team of agents.

    :attr:`waited_min` (minutes) and :attr:`gave_up` hold the last day's outcomes in the order of
    its callers, :attr:`met_min` what they would have waited with endless patience;
    :attr:`busy_min` and :attr:`staffed_min` its agent-minutes, overtime included.
    """

    def __init__(self, env: simpy.Environment):
        self.env = env
        self.line: deque = deque()
        self.idle: deque[Agent] = deque()  # on duty without a caller, longest first
        self.days = Line(env)
        self.curfew = 0.0
        self._new_day(0)
        env.process(self._put_callers_through())

    def open(self, callers: Callers, roster: Sequence[Window], lights_out: float) -> None:
        """Prepare a day that begins now. It has happened once the clock has run through it.

        At ``lights_out`` minutes from now agents leave their work, and who waits is sent away.
        """
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
        env, timeout = self.env, self.env.timeout
        while True:
            callers, roster = yield self.days.get()
            midnight = env.now
            queue = zip(count(), *callers, strict=False)
            caller = next(queue, None)
            for starts, ends, agents, open_min in roster:
                opens = midnight + starts
                yield timeout(max(0.0, opens - env.now))
                for _ in range(agents):
                    self._turn_to_next(Agent(env.now))
                squeeze = open_min / (ends - starts)
                while caller is not None and caller[1] < ends:
                    index, minute, handling, patience = caller
                    delay = opens + (minute - starts) * squeeze - env.now
                    if delay > 0.0:
                        yield timeout(delay)
                    self._join((index, env.now, handling, patience))
                    caller = next(queue, None)
                delay = opens + open_min - env.now
                if delay > 0.0:
                    yield timeout(delay)
                for _ in range(agents):
                    self._join(GO_HOME)

    def _join(self, call: tuple | None) -> None:
        """A caller, or a slip, goes to the agent who has been idle longest, or into the line."""
        self.line.append(call)
        if self.idle:
            self._turn_to_next(self.idle.popleft())

    def _turn_to_next(self, agent: Agent) -> None:
        """The agent takes callers from the line until one keeps him busy, or there is a slip."""
        now, line = self.env.now, self.line
        while line:
            call = line.popleft()
            if call is GO_HOME:
                self.busy_min += agent.busy_min
                self.staffed_min += now - agent.since
                return
            index, came, handling, patience = call
            waited, left = now - came, self.curfew - now
            self.met_min[index] = waited
            if waited > patience or left <= 0.0:
                self.waited_min[index] = min(waited, patience)
                self.gave_up[index] = True
                continue
            self.waited_min[index] = waited
            work = min(left, handling)
            agent.busy_min += work
            self.env.timeout(work, agent).callbacks.append(self._end_work)
            return
        self.idle.append(agent)

    def _end_work(self, work: simpy.events.Event) -> None:
        self._turn_to_next(work.value)
