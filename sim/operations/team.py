"""A team with its queue: who is planned, how the day goes, and the books.

A day is opened with the requests of its customers, the clock runs through it, and it is closed;
outcomes reach the customers next morning. Between days the queue is empty, so :meth:`Team.state`
is all that a replay needs to go on from a fork with a new clock.

Without interaction nobody waits or gives up; staff are then paid by the minute, load over target
utilisation, so that costs stay comparable.
"""

from __future__ import annotations

from collections import deque
from math import inf
from typing import NamedTuple

import numpy as np
import simpy

from sim.operations.calendar import MINUTES_A_DAY, is_open
from sim.operations.line import look_over
from sim.operations.queues import Callers, Queue
from sim.operations.staffing import Forecast, LoadBook, Service, Window, manned, roster
from sim.settings.operations import Operations

LIGHTS_OUT_MINUTE = MINUTES_A_DAY - 1  # of the day: the queue is empty before midnight
ENOUGH_LEFT = 10  # callers who hung up: before, their patience is known too badly (30 %) to plan by


class Hours(NamedTuple):
    """When a team works; minutes of the day."""

    opening: int
    evening: int
    closing: int
    days_a_week: int
    minimum_agents: int


class Team:
    """Agents behind one queue, from now on.

    ``state`` is what another team's :meth:`state` returned the evening before. Totals count since
    the first day of the run: :attr:`asked`, :attr:`gave_up`, :attr:`turned_away` (came on a
    closed day or after closing; among those who gave up), :attr:`waited_minutes` (by
    those who may lose patience: a mail never does) and, in agent-minutes, :attr:`busy_minutes` and
    :attr:`staffed_minutes` (paid, overtime included).
    """

    TOTALS = (
        "asked",
        "gave_up",
        "turned_away",
        "waited_minutes",
        "busy_minutes",
        "staffed_minutes",
    )

    def __init__(
        self,
        env: simpy.Environment,
        settings: Operations,
        hours: Hours,
        interaction: bool = True,
        state: dict | None = None,
    ):
        self.env = env
        self.settings = settings
        self.hours = hours
        self.interaction = interaction
        self.queue = Queue(env)
        state = state or {}
        self.book = LoadBook(settings.replan_days, settings.replan_change, state.get("book"))
        self.roster = tuple(Window(*window) for window in state.get("roster", ()))
        self._last = deque(map(tuple, state.get("last", ())), maxlen=settings.replan_days)
        self.asked, self.gave_up, self.turned_away = (state.get(k, 0) for k in self.TOTALS[:3])
        self.waited_minutes, self.busy_minutes, self.staffed_minutes = (
            state.get(k, 0.0) for k in self.TOTALS[3:]
        )
        self.staff = 1.0  # people on duty for each that the rule asks for
        self._outcome = (np.zeros(0), np.zeros(0, bool))
        self._met = np.zeros(0)
        self._served = 0
        self._let_in = 0
        self._loads = (0.0, 0.0)

    def state(self) -> dict:
        """Everything that lasts overnight, as plain lists and numbers."""
        kept = {"book": self.book.state(), "roster": [tuple(window) for window in self.roster]}
        return (
            kept | {"last": list(self._last)} | {name: getattr(self, name) for name in self.TOTALS}
        )

    @property
    def on_duty(self) -> tuple[Window, ...]:
        """The roster as it is manned: with ``staff`` people for each that the rule asks for."""
        return tuple(manned(window, self.staff) for window in self.roster)

    def is_open(self, day: int) -> bool:
        return is_open(day, self.hours.days_a_week, self.settings.holidays)

    @property
    def utilisation(self) -> float:
        """Busy over staffed minutes in the last ``replan_days`` working days; NaN before any."""
        staffed = sum(staffed for _, staffed in self._last)
        return sum(busy for busy, _ in self._last) / staffed if staffed else float("nan")

    @property
    def utilisation_ever(self) -> float:
        """Busy over staffed minutes since the run began; NaN before any."""
        return self.busy_minutes / self.staffed_minutes if self.staffed_minutes else float("nan")

    @property
    def mean_wait_min(self) -> float:
        """Mean wait of the last day's requests; NaN if there were none."""
        return float(self._outcome[0].mean()) if len(self._outcome[0]) else float("nan")

    @property
    def met_min(self) -> np.ndarray:
        """What the last day's requests would have waited with endless patience; NaN: sent away."""
        met = np.zeros(len(self._outcome[0]))
        if self._served:
            met[: self._served] = self._met
        if self.interaction:
            met[self._let_in :] = np.nan
        return met

    def serve_day(
        self,
        day: int,
        minute: np.ndarray,
        customer: np.ndarray,
        handling_min: np.ndarray,
        patience_min: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Open the day, run the clock through it, close it: (waited_min, gave_up), in given order.

        For a team alone on its clock; teams that share one go through :class:`Departments`.
        """
        self.open_day(day, minute, customer, handling_min, patience_min)
        self.env.run(until=(day + 1) * MINUTES_A_DAY)
        return self.close_day()

    def open_day(
        self,
        day: int,
        minute: np.ndarray,
        customer: np.ndarray,
        handling_min: np.ndarray,
        patience_min: np.ndarray,
    ) -> None:
        """Hand over a day's requests, sorted by minute of the day, then customer; shapes (n,).

        Raises ``ValueError`` if they are not sorted or the clock has passed this day's midnight.
        """
        midnight = day * MINUTES_A_DAY
        if self.env.now > midnight:
            raise ValueError(f"the clock stands at minute {self.env.now:g}, after day {day} began")
        minute, work, patience = (
            np.ascontiguousarray(part, np.float64) for part in (minute, handling_min, patience_min)
        )
        hours = self.hours
        customer = np.ascontiguousarray(customer, np.int64)
        in_order, n, *loads = look_over(minute, customer, work, hours.evening, hours.closing)
        if not in_order:
            raise ValueError("requests must be sorted by minute, then customer")
        if self.env.now < midnight:
            self.env.run(until=midnight)
        self.asked += len(minute)
        self._served = 0
        self._outcome = (np.zeros(len(minute)), np.zeros(len(minute), bool))
        if not self.is_open(day):
            self._turn_away(0)
            return
        self._loads = tuple(loads)
        self._plan()
        self._turn_away(n)
        if not self.interaction:
            paid = sum(loads) / self.settings.target_utilisation * self.staff
            self._account(sum(loads), paid, 0.0)
        elif not n:
            self._account(0.0, self._rostered_min(), 0.0)
        else:
            self._served = n
            callers = Callers(minute[:n], work[:n], patience[:n])
            self.queue.open(callers, self.on_duty, LIGHTS_OUT_MINUTE)

    def close_day(self) -> tuple[np.ndarray, np.ndarray]:
        """(waited_min, gave_up) of the requests of the day that the clock has run through."""
        if n := self._served:
            told = self.queue.outcomes()
            self._met = told.met_min
            for mine, its in zip(self._outcome, told, strict=False):
                mine[:n] = its
            self.gave_up += told.left
            self.waited_minutes += told.patient_min
            staffed = self.queue.staffed_min
            self._account(self.queue.busy_min, staffed, staffed - self._rostered_min())
        return self._outcome

    def _plan(self) -> None:
        """Make a new roster where one is due; the first day's forecast is right."""
        forecast = self.book.new_forecast()
        if forecast is None and self.roster:
            return
        rule, hours = self.settings, self.hours
        self.roster = roster(
            forecast or Forecast(self._loads, 0.0),
            (hours.opening, hours.evening, hours.closing),
            rule.target_utilisation,
            hours.minimum_agents,
            rule.shortest_hours_min,
            Service(rule.most_give_up, self.patience_ratio),
        )

    @property
    def patience_ratio(self) -> float:
        """Mean patience over mean handling time as the team has seen them; inf if nobody leaves.

        Exponential patience, known only from those who lost it, is estimated by all minutes
        waited over the number who left (censored maximum likelihood).
        """
        left, answered = self.gave_up - self.turned_away, self.asked - self.gave_up
        if left < ENOUGH_LEFT or not answered:
            return inf
        return round(self.waited_minutes / left / (self.busy_minutes / answered), 2)

    def _turn_away(self, first: int) -> None:
        """Requests from the ``first`` on find nobody there."""
        self._let_in = first
        if self.interaction:
            late = self._outcome[1][first:]
            late[:] = True
            self.turned_away += len(late)
            self.gave_up += len(late)

    def _rostered_min(self) -> float:
        return sum(window.agents * window.open_min for window in self.on_duty)

    def _account(self, busy_min: float, staffed_min: float, overtime_min: float) -> None:
        self.book.record(self._loads, overtime_min)
        self.busy_minutes += busy_min
        self.staffed_minutes += staffed_min
        self._last.append((busy_min, staffed_min))
