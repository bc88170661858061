"""How many people are on duty, and for how long: the staffing rule and what it rests on.

The rule is the industry's: as many staffed minutes as carry the load at the target utilisation,
and more where too many callers would hang up (Erlang A, from the patience that callers have shown).
A team below a certain size keeps callers waiting at any sensible utilisation, so a firm whose
calls do not fill the hours of the smallest team shortens its telephone hours, as such firms do, and
customers, who can read the hours, get in touch within them. Staff do other work, charged
elsewhere, for the rest of the day.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from math import ceil, inf
from typing import NamedTuple

from sim.operations.theory import erlang_a

LOOK_BACK_DAYS = 7  # working days that a plan is held against: a week, so that weekdays even out
HALVINGS = 12  # of the interval that utilisation is sought in: to 0.0002


class Staffing(NamedTuple):
    agents: int  # on duty at once
    open_min: float  # minutes for which they are


class Service(NamedTuple):
    """The level of service that is planned for."""

    most_give_up: float = 1.0  # share of callers, 0-1
    patience_ratio: float = inf  # mean patience over mean handling time


ANY_SERVICE = Service()


class Window(NamedTuple):
    """Customers who would come between two minutes of the day meet these agents for so long."""

    starts: int  # minute of the day
    ends: int  # minute of the day
    agents: int
    open_min: float


class Forecast(NamedTuple):
    """A mean working day."""

    loads: tuple[float, ...]  # by shift: agent-minutes, or parcels
    overtime_min: float  # agent-minutes worked after the end of a shift


@lru_cache(maxsize=4096)
def busiest(agents: int, target_utilisation: float, service: Service) -> float:
    """Highest utilisation, at most the target, at which few enough give up by Erlang A."""
    if service.patience_ratio == inf or service.most_give_up >= 1.0:
        return target_utilisation

    def give_up(load: float) -> float:
        return erlang_a(agents, load * agents, 1.0, service.patience_ratio).abandonment

    if give_up(target_utilisation) <= service.most_give_up:
        return target_utilisation
    low, high = 0.0, target_utilisation
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if give_up(middle) <= service.most_give_up else (low, middle)
    return max(low, target_utilisation / 2**HALVINGS)


def agents_needed(
    load_min_a_day: float,
    open_min: float,
    target_utilisation: float,
    minimum: int,
    shortest_min: float = 0.0,
    service: Service = ANY_SERVICE,
) -> Staffing:
    """Agents, at least ``minimum``, and minutes of opening, ``shortest_min`` to ``open_min``.

    ``load_min_a_day`` is arrivals times handling minutes, those who gave up included.
    """
    agents = max(minimum, ceil(load_min_a_day / target_utilisation / open_min))
    while load_min_a_day > agents * open_min * busiest(agents, target_utilisation, service):
        agents += 1
    staffed = load_min_a_day / busiest(agents, target_utilisation, service)
    return Staffing(agents, min(open_min, max(shortest_min, staffed / agents)))


def roster(
    forecast: Forecast,
    bounds: Sequence[int],
    target_utilisation: float,
    minimum: int,
    shortest_min: float,
    service: Service = ANY_SERVICE,
) -> tuple[Window, ...]:
    """One window for each shift; a single one where the first shift can carry the whole day.

    ``bounds`` are the minutes of the day at which shifts begin, and the closing minute. Work done
    on overtime needs no regular hours.
    """
    total = sum(forecast.loads)
    regular = max(0.0, total - forecast.overtime_min * target_utilisation)
    first = bounds[1] - bounds[0]
    if regular <= busiest(minimum, target_utilisation, service) * minimum * first:
        shifts = [(bounds[0], bounds[-1], first, regular)]
    else:
        shifts = [
            (start, end, end - start, load * regular / total)
            for start, end, load in zip(bounds, bounds[1:], forecast.loads, strict=False)
        ]
    return tuple(
        Window(
            start,
            end,
            *agents_needed(load, length, target_utilisation, minimum, shortest_min, service),
        )
        for start, end, length, load in shifts
    )


def manned(window: Window, staff: float) -> Window:
    """The same hours with so many people for each that the rule asks for, at least one."""
    return window._replace(agents=max(1, round(window.agents * staff)))


class LoadBook:
    """The last working days' load, and when it calls for a new plan.

    Plans are made every ``replan_days`` working days; at once when the last week's load is
    ``replan_change`` off the plan (a new return offer, say); and daily until ``replan_days`` have
    been seen.
    """

    def __init__(self, replan_days: int, replan_change: float, state: dict | None = None):
        self.replan_days = replan_days
        self.replan_change = replan_change
        self.days: deque[Forecast] = deque(maxlen=replan_days)
        self.planned = 0.0
        self.age = 0
        if state:
            self.days.extend(Forecast(tuple(loads), over) for loads, over in state["days"])
            self.planned, self.age = state["planned"], state["age"]

    def state(self) -> dict:
        days = [(tuple(loads), over) for loads, over in self.days]
        return {"days": days, "planned": self.planned, "age": self.age}

    def record(self, loads: Sequence[float], overtime_min: float = 0.0) -> None:
        """Note a working day: its load by shift, those who gave up included, and its overtime."""
        self.days.append(Forecast(tuple(loads), overtime_min))
        self.age += 1

    def new_forecast(self) -> Forecast | None:
        """The working day to plan for if a new plan is due now, else None."""
        if not self.days:
            return None
        days = list(self.days)
        if len(days) == self.replan_days and self.age < self.replan_days:
            days = days[-LOOK_BACK_DAYS:]
            if self._change(days) <= self.replan_change:
                return None
        shifts = zip(*(day.loads for day in days), strict=True)
        loads = tuple(sum(shift) / len(days) for shift in shifts)
        self.planned, self.age = sum(loads), 0
        return Forecast(loads, sum(day.overtime_min for day in days) / len(days))

    def _change(self, days: list[Forecast]) -> float:
        seen = sum(sum(day.loads) for day in days) / len(days)
        if not self.planned:
            return inf if seen else 0.0
        return abs(seen / self.planned - 1.0)
