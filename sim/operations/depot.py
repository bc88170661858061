"""The returns depot: parcels sent back are opened first in, first out, on working days.

Batches (a day's parcels) wait in a SimPy store; one process takes from them what a working day's
capacity allows. Capacity follows the load by the rule of :mod:`sim.operations.staffing`. The lag
between arrival and the refund is what the customer feels. Parcels do stay overnight, so they are
part of :meth:`Depot.state`.

Where the real firm has more people than are simulated, parcels that are nobody's come between the
simulated ones (see :mod:`sim.operations.sample`); where it has fewer, its capacity is scaled up.
"""

from __future__ import annotations

import numpy as np
import simpy

from sim.core.draws import decision, uniforms
from sim.operations.calendar import MINUTES_A_DAY, is_open
from sim.operations.sample import Lately, poisson
from sim.operations.staffing import LoadBook
from sim.settings.operations import Operations

NONE = np.zeros(0, np.int64)
NOBODYS = -1  # key of a parcel in the background
ORDER = decision("order of a day's parcels")
DEPOT = 2  # tells the depot's draws from those of centre and desk


class Line(simpy.Store):
    """A store without limit: nobody ever waits to put something in, so that takes no event."""

    def add(self, item: object) -> None:
        self.items.append(item)
        if self.get_queue:
            self._trigger_get(None)


class Depot:
    """The people who open returned parcels; a parcel is known by its order key (int64).

    :attr:`capacity` is in parcels a working day; without interaction it has no limit.
    """

    def __init__(
        self,
        env: simpy.Environment,
        settings: Operations,
        interaction: bool = True,
        state: dict | None = None,
        ratio: float = 1.0,
        seed: int = 0,
    ):
        self.env = env
        self.settings = settings
        self.interaction = interaction
        self.ratio, self.seed = ratio, seed
        self.days = Line(env)
        self.shelf = Line(env)
        state = state or {}
        self.lately = Lately(state.get("lately"), 1)
        self.book = LoadBook(settings.replan_days, settings.replan_change, state.get("book"))
        self.capacity: float = state.get("capacity", 0.0)
        self.spare: float = state.get("spare", 0.0)
        self.unbooked: int = state.get("unbooked", 0)
        self.opened = np.array(state.get("opened", ()), np.int64)
        for came, keys in state.get("shelf", ()):
            self.shelf.add((came, np.array(keys, np.int64)))
        self.waiting = len(self.opened) + sum(len(keys) for _, keys in self.shelf.items)
        self._finished: list[np.ndarray] = []
        env.process(self._work())

    def state(self) -> dict:
        """Everything that lasts overnight, as plain lists and numbers."""
        return {
            "book": self.book.state(),
            "lately": self.lately.state(),
            "capacity": self.capacity,
            "spare": self.spare,
            "unbooked": self.unbooked,
            "opened": self.opened.tolist(),
            "shelf": [(came, keys.tolist()) for came, keys in self.shelf.items],
        }

    def is_open(self, day: int) -> bool:
        return is_open(day, self.settings.depot_days_a_week, self.settings.holidays)

    def process_day(self, day: int, keys: np.ndarray) -> np.ndarray:
        """Take in the day's parcels and work through it: keys finished today, oldest first.

        For a depot alone on its clock; otherwise see :class:`Departments`.
        """
        self.open_day(day, keys)
        self.env.run(until=(day + 1) * MINUTES_A_DAY)
        return self.close_day()

    def open_day(self, day: int, keys: np.ndarray) -> None:
        """Put the day's parcels (order keys, shape (n,)) on the shelf behind the others."""
        self._finished = []
        keys = self._with_others(day, np.asarray(keys, np.int64))
        if len(keys):
            self.shelf.add((day, keys.copy()))
            self.waiting += len(keys)
            self.unbooked += len(keys)
        if self.is_open(day):
            self._plan()
            if self.waiting:
                self.days.add((day, self._room()))

    def close_day(self) -> np.ndarray:
        """Order keys finished on the day that the clock has run through, oldest first."""
        if not self._finished:
            return NONE
        finished = np.concatenate(self._finished)
        self.waiting -= len(finished)
        return finished[finished != NOBODYS]

    def _with_others(self, day: int, keys: np.ndarray) -> np.ndarray:
        """The day's parcels of the real firm, the simulated ones in their order among them."""
        if self.ratio <= 1.0:
            return keys
        about = day * 4 + DEPOT
        n = poisson(self.seed, about, (self.ratio - 1.0) * self.lately.rate)
        self.lately.note(np.zeros(len(keys)))
        parcels = np.full(len(keys) + n, NOBODYS)
        if not len(keys):
            return parcels
        u = uniforms(self.seed, np.arange(len(parcels)), ORDER, about, 0)
        parcels[np.sort(np.argsort(u)[: len(keys)])] = keys
        return parcels

    def _plan(self) -> None:
        forecast = self.book.new_forecast()
        if forecast or not self.capacity:
            parcels = forecast.loads[0] if forecast else self.unbooked
            least = self.settings.depot_least_parcels / min(self.ratio, 1.0)
            self.capacity = max(least, parcels / self.settings.target_utilisation)
        self.book.record((float(self.unbooked),))
        self.unbooked = 0

    def _room(self) -> int:
        """Whole parcels that can be opened today; the fraction is kept for the next day."""
        if not self.interaction:
            return self.waiting
        self.spare += self.capacity
        room = int(self.spare)
        self.spare -= room
        return room

    def _work(self):
        """One working day after the other: open batches until the day's room is used."""
        while True:
            day, room = yield self.days.get()
            while room:
                if not len(self.opened):
                    if not self._next_is_ready(day):
                        break
                    _, self.opened = yield self.shelf.get()
                done, self.opened = self.opened[:room], self.opened[room:]
                self._finished.append(done)
                room -= len(done)

    def _next_is_ready(self, day: int) -> bool:
        shelf = self.shelf.items
        return bool(shelf) and shelf[0][0] + self.settings.depot_least_days <= day
