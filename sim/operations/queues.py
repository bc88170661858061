"""A queue of people before people, in SimPy.

A day's callers stand in one line, first in, first out, with the minute at which they come. An agent
at work is a :class:`simpy.Timeout`: when it fires he turns to the next of the line; if nobody is
there yet, his next timeout ends when the next to come has been served. So a caller takes one
event, which is what makes the real firm's queue affordable. Nobody interrupts anybody: a caller
who has lost patience is skipped when an agent reaches him, which gives the same waits and the same
agents' time as his hanging up. A shift ends with one slip for each agent behind the callers then
waiting: whoever is reached before the slip is still served, on overtime, and the agent who takes
it goes home. So the queue is empty overnight. Time is in minutes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

import simpy

from sim.operations.staffing import Window

SLIP = -1  # in the place of a caller's number


class Callers(NamedTuple):
    """Callers in the order in which they come; lists of one length."""

    minute: list[float]  # since midnight, not falling
    handling_min: list[float]
    patience_min: list[float]


class Agent(simpy.Event):
    """Somebody on duty ``since`` a minute; ``busy_min`` of it with callers.

    He is the event of his becoming free: one object on the clock again and again.
    """

    def __init__(self, env: simpy.Environment, since: float, when_free: list):
        super().__init__(env)
        self._ok, self._value = True, None
        self.when_free = when_free
        self.since, self.busy_min = since, 0.0


class Queue:
    """One line of callers before a team of agents.

    :attr:`waited_min` (minutes) and :attr:`gave_up` hold the last day's outcomes in the order of
    its callers, :attr:`met_min` what they would have waited with endless patience;
    :attr:`busy_min` and :attr:`staffed_min` its agent-minutes, overtime included.
    """

    def __init__(self, env: simpy.Environment):
        self.env = env
        self.line: deque[tuple] = deque()  # number, when he comes, handling, patience: of each
        self.curfew = 0.0
        self.when_free = [self._turn_to_next]
        self._new_day(0)

    def open(self, callers: Callers, roster: Sequence[Window], lights_out: float) -> None:
        """Prepare a day that begins now. It has happened once the clock has run through it.

        At ``lights_out`` minutes from now agents leave their work, and who waits is sent away.
        """
        self._new_day(len(callers.minute))
        midnight = self.env.now
        self.curfew = midnight + lights_out
        first = 0
        for starts, ends, agents, open_min in roster:
            opens, squeeze = midnight + starts, open_min / (ends - starts)
            self.env.timeout(starts, agents).callbacks.append(self._come_on_duty)
            last = bisect_left(callers.minute, ends, first)
            minute, handling, patience = (part[first:last] for part in callers)
            comes = [opens + max(at - starts, 0.0) * squeeze for at in minute]
            self.line.extend(zip(range(first, last), comes, handling, patience, strict=True))
            self.line.extend([(SLIP, opens + open_min, 0.0, 0.0)] * agents)
            first = last

    def _new_day(self, n: int) -> None:
        self.waited_min = [0.0] * n
        self.met_min = [0.0] * n
        self.gave_up = [False] * n
        self.busy_min = 0.0
        self.staffed_min = 0.0

    def _come_on_duty(self, shift: simpy.events.Event) -> None:
        for _ in range(shift.value):
            self._turn_to_next(Agent(self.env, self.env.now, self.when_free))

    def _turn_to_next(self, agent: Agent) -> None:
        """The agent takes callers from the line until one keeps him busy, or there is a slip.

        Who is free longest takes the next to come: he was the first to reach for him. There are as
        many slips as agents, so that nobody finds the line empty.
        """
        now, line = self.env.now, self.line
        while True:
            number, comes, handling, patience = line.popleft()
            begins = max(now, comes)
            if number == SLIP:
                self.busy_min += agent.busy_min
                self.staffed_min += begins - agent.since
                return
            waited, left = begins - comes, self.curfew - begins
            self.met_min[number] = waited
            if waited > patience or left <= 0.0:
                self.waited_min[number] = min(waited, patience)
                self.gave_up[number] = True
                continue
            self.waited_min[number] = waited
            work = min(left, handling)
            agent.busy_min += work
            agent.callbacks = agent.when_free
            self.env.schedule(agent, delay=begins - now + work)
            return
