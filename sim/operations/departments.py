"""All departments on one clock: SimPy's, in minutes since day 0, through every day of the run."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import simpy

from sim.operations.calendar import MINUTES_A_DAY
from sim.operations.centre import CustomerCentre
from sim.operations.depot import Depot
from sim.operations.desk import ServiceDesk
from sim.operations.sample import NO_REQUESTS, Outcomes, Requests, Sample
from sim.settings.operations import Operations
from sim.settings.size import Size


class Evening(NamedTuple):
    """What the departments report when a day is over."""

    centre: Outcomes
    desk: Outcomes
    parcels: np.ndarray  # int64, order keys of the returns finished today, oldest first


class Ratios(NamedTuple):
    """Real people over simulated people who turn to each team."""

    centre: float = 1.0
    desk: float = 1.0  # of one store: its share of the requests
    depot: float = 1.0


ONE_TO_ONE = Ratios()


def ratios(settings: Operations, size: Size, customers: int) -> Ratios:
    """Ratios where ``customers`` people are simulated; the desk is that of a typical store."""
    firm = min(size.people, settings.most_people) / customers
    return Ratios(firm, size.people / size.stores / customers, firm)


NO_PARCELS = np.zeros(0, np.int64)


TEAMS = {"centre": CustomerCentre, "desk": ServiceDesk, "depot": Depot}


class Departments:
    """Customer centre, a store's service desk and returns depot, from ``first_day`` on.

    They are given the simulated people's requests and hold the real firm's: see
    :mod:`sim.operations.sample`. A fork goes on from ``state``, another object's :meth:`state` on
    the evening before ``first_day``, and from then on the two know nothing of each other.
    """

    centre: CustomerCentre
    desk: ServiceDesk
    depot: Depot

    def __init__(
        self,
        settings: Operations,
        interaction: bool = True,
        first_day: int = 0,
        state: dict | None = None,
        ratio: Ratios = ONE_TO_ONE,
        seed: int = 0,
    ):
        self.env = simpy.Environment(first_day * MINUTES_A_DAY)
        self.settings, self.interaction, self.seed = settings, interaction, seed
        self.ratio = ratio if interaction else ONE_TO_ONE
        self.samples: dict[str, Sample] = {}
        state = state or {}
        for name in TEAMS:
            self.take_over(name, state.get(name))

    def state(self) -> dict:
        """Everything that lasts overnight: small, picklable, JSON-ready."""
        return {name: self.state_of(name) for name in TEAMS}

    def state_of(self, name: str) -> dict:
        """What lasts overnight of one team: 'centre', 'desk' or 'depot'."""
        sample = self.samples[name].state() if name in self.samples else []
        return {"team": getattr(self, name).state(), "sample": sample}

    def take_over(self, name: str, state: dict | None = None) -> None:
        """Let a team begin this morning: anew, or where another's :meth:`state_of` left off."""
        state, ratio = state or {}, getattr(self.ratio, name)
        how = (self.env, self.settings, self.interaction, state.get("team"))
        if name == "depot":
            self.depot = Depot(*how, ratio, self.seed)
            return
        setattr(self, name, TEAMS[name](*how))
        number = list(TEAMS).index(name)
        self.samples[name] = Sample(ratio, self.seed, number, state.get("sample") or None)

    @property
    def staffed_minutes(self) -> tuple[float, float]:
        """Paid minutes of centre and desk since the first day: the simulated people's share."""
        return (
            self.centre.staffed_minutes / self.ratio.centre,
            self.desk.staffed_minutes / self.ratio.desk,
        )

    def serve_day(
        self,
        day: int,
        centre: Requests = NO_REQUESTS,
        desk: Requests = NO_REQUESTS,
        parcels: np.ndarray = NO_PARCELS,
    ) -> Evening:
        """Run the clock through ``day``; ``parcels`` are the order keys of returns come today."""
        self._open("centre", day, centre)
        self._open("desk", day, desk)
        self.depot.open_day(day, parcels)
        self.env.run(until=(day + 1) * MINUTES_A_DAY)
        return Evening(self._close("centre"), self._close("desk"), self.depot.close_day())

    def _open(self, name: str, day: int, given: Requests) -> None:
        team, sample = getattr(self, name), self.samples[name]
        if sample.ratio != 1.0 and team.is_open(day):
            hours = team.hours.opening, team.hours.closing
            team.open_day(day, *sample.fill(day, given, hours))
        else:
            sample.given = None
            team.open_day(day, *given)

    def _close(self, name: str) -> Outcomes:
        team, sample = getattr(self, name), self.samples[name]
        outcome = Outcomes(*team.close_day())
        return outcome if sample.given is None else sample.read(team.met_min, outcome)
