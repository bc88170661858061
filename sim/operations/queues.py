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

from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np
import simpy

from sim.operations.line import tell
from sim.operations.staffing import Window

SLIP = None  # in the place of a caller's patience


class Callers(NamedTuple):
    """Callers in the order in which they come; float64, shapes (n,)."""

    minute: np.ndarray  # since midnight, not falling
    handling_min: np.ndarray
    patience_min: np.ndarray


class Told(NamedTuple):
    """What came of callers, in the order in which they came; shapes (n,)."""

    waited_min: np.ndarray  # float64
    gave_up: np.ndarray  # bool
    met_min: np.ndarray  # float64, what each would have waited with endless patience
    left: int  # how many gave up
    patient_min: float  # minutes waited by those who might have


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

    :meth:`outcomes` tells what came of the last day's callers; :attr:`busy_min` and
    :attr:`staffed_min` are its agent-minutes, overtime included.
    """

    def __init__(self, env: simpy.Environment):
        self.env = env
        self.line: Iterator[tuple] = iter(())  # of each: when he comes, handling, patience
        self.curfew = 0.0
        self.when_free = [self._turn_to_next]
        self._new_day()

    def open(self, callers: Callers, roster: Sequence[Window], lights_out: float) -> None:
        """Prepare a day that begins now. It has happened once the clock has run through it.

        At ``lights_out`` minutes from now agents leave their work, and who waits is sent away.
        """
        self._new_day()
        midnight = self.env.now
        self.curfew = midnight + lights_out
        first, line = 0, []
        for starts, ends, agents, open_min in roster:
            opens, squeeze = midnight + starts, open_min / (ends - starts)
            self.env.timeout(starts, agents).callbacks.append(self._come_on_duty)
            last = int(np.searchsorted(callers.minute, ends))
            minute, handling, patience = (part[first:last] for part in callers)
            comes = opens + np.maximum(minute - starts, 0.0) * squeeze
            self.comes.append(comes)
            self.patience.append(patience)
            line.append(zip(comes.tolist(), handling.tolist(), patience.tolist(), strict=True))
            line.append(repeat((opens + open_min, 0.0, SLIP), agents))
            first = last
        self.line = chain.from_iterable(line)

    def _new_day(self) -> None:
        self.comes: list[np.ndarray] = []  # by shift, as in the roster
        self.patience: list[np.ndarray] = []
        self.begun: list[float] = []  # when an agent turned to each, in the order of the line
        self.gave_up: list[bool] = []  # and whether he had left, or was sent away
        self.busy_min = 0.0
        self.staffed_min = 0.0

    def outcomes(self) -> Told:
        """What came of the last day's callers."""
        n = len(self.begun)
        waited, met, gave_up = np.empty(n), np.empty(n), np.array(self.gave_up, bool)
        told = np.array(self.begun), np.concatenate(self.comes), np.concatenate(self.patience)
        return Told(waited, gave_up, met, *tell(waited, met, gave_up, *told))

    def _come_on_duty(self, shift: simpy.events.Event) -> None:
        for _ in range(shift.value):
            self._turn_to_next(Agent(self.env, self.env.now, self.when_free))

    def _turn_to_next(self, agent: Agent) -> None:
        """The agent takes callers from the line until one keeps him busy, or there is a slip.

        Who is free longest takes the next to come: he was the first to reach for him. There are as
        many slips as agents, so that nobody finds the line empty.
        """
        now, curfew = self.env.now, self.curfew
        while True:
            comes, handling, patience = next(self.line)
            begins = now if now > comes else comes
            if patience is SLIP:
                self.busy_min += agent.busy_min
                self.staffed_min += begins - agent.since
                return
            left = curfew - begins
            gives_up = begins - comes > patience or left <= 0.0
            self.begun.append(begins)
            self.gave_up.append(gives_up)
            if gives_up:
                continue
            work = handling if handling < left else left
            agent.busy_min += work
            agent.callbacks = agent.when_free
            self.env.schedule(agent, delay=begins - now + work)
            return
