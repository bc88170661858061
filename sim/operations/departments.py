"""All departments on one clock: SimPy's, in minutes since day 0, through every day of the run."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import simpy

from sim.operations.calendar import MINUTES_A_DAY
from sim.operations.centre import CustomerCentre
from sim.operations.depot import Depot
from sim.operations.desk import ServiceDesk
from sim.settings.operations import Operations


class Requests(NamedTuple):
    """What a day's customers ask of one team, sorted by minute, then customer; shapes (n,)."""

    minute: np.ndarray  # int, minute of the day
    customer: np.ndarray  # int
    handling_min: np.ndarray  # float64, minutes of an agent's time
    patience_min: np.ndarray  # float64, minutes; inf: never gives up


class Outcomes(NamedTuple):
    """What came of it, in the order of the requests; shapes (n,)."""

    waited_min: np.ndarray  # float64, minutes
    gave_up: np.ndarray  # bool


class Evening(NamedTuple):
    """What the departments report when a day is over."""

    centre: Outcomes
    desk: Outcomes
    parcels: np.ndarray  # int64, order keys of the returns finished today, oldest first


NO_REQUESTS = Requests(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
NO_PARCELS = np.zeros(0, np.int64)


class Departments:
    """Customer centre, service desk and returns depot, from ``first_day`` on.

    A fork goes on from ``state``, another object's :meth:`state` on the evening before
    ``first_day``, and from then on the two know nothing of each other.
    """

    def __init__(
        self,
        settings: Operations,
        interaction: bool = True,
        first_day: int = 0,
        state: dict | None = None,
    ):
        self.env = simpy.Environment(first_day * MINUTES_A_DAY)
        state = state or {}
        self.centre = CustomerCentre(self.env, settings, interaction, state.get("centre"))
        self.desk = ServiceDesk(self.env, settings, interaction, state.get("desk"))
        self.depot = Depot(self.env, settings, interaction, state.get("depot"))

    def state(self) -> dict:
        """Everything that lasts overnight: small, picklable, JSON-ready."""
        parts = ("centre", "desk", "depot")
        return {name: getattr(self, name).state() for name in parts}

    def serve_day(
        self,
        day: int,
        centre: Requests = NO_REQUESTS,
        desk: Requests = NO_REQUESTS,
        parcels: np.ndarray = NO_PARCELS,
    ) -> Evening:
        """Run the clock through ``day``; ``parcels`` are the order keys of returns come today."""
        self.centre.open_day(day, *centre)
        self.desk.open_day(day, *desk)
        self.depot.open_day(day, parcels)
        self.env.run(until=(day + 1) * MINUTES_A_DAY)
        return Evening(
            Outcomes(*self.centre.close_day()),
            Outcomes(*self.desk.close_day()),
            self.depot.close_day(),
        )
