"""The simulated people's requests as a sample of all that the real firm is asked.

Queues are not scale-free: twenty agents keep callers waiting far less than one does at the same
utilisation. So a queue runs at the real firm's size whatever the number of people simulated.
Where they are fewer than the firm's, *background* requests of like kind fill the queue: as many as
the real firm has at the rate lately seen, at minutes spread as theirs, with the handling time and
patience of one of theirs. Where they are more, a share of their requests enters the queue and the
others meet the queue as it then is. Background requests have no outcome that anybody feels.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from math import ceil
from typing import NamedTuple

import numpy as np
from scipy.special import pdtrik

from sim.core.compiled import rule
from sim.core.draws import decision, uniform

ENTERS = decision("request enters the real firm's queue")
WITHIN_MINUTE = decision("second within the minute of a request")
HOW_MANY = decision("background requests of the day")
AT_MINUTE = decision("minute of a background request")
LIKE_WHOM = decision("request that a background request is like")

# How well the background is known belongs to the simulation, not to the world that is simulated:
ENOUGH = 400  # requests that a rate rests on; its standard error is then 5 %
LEAST_DAYS, MOST_DAYS = 28, 365  # open days: every weekday four times; no older than a year
SURPRISE = (
    4.0  # standard errors by which the last weeks call for a new rate: chance hardly ever does
)
NOBODY = 2**39  # customer numbers of background requests begin here


class Requests(NamedTuple):
    """What a day's customers ask of one team, sorted by minute, then customer; shapes (n,)."""

    minute: np.ndarray  # int or float64, minute of the day
    customer: np.ndarray  # int
    handling_min: np.ndarray  # float64, minutes of an agent's time
    patience_min: np.ndarray  # float64, minutes; inf: never gives up


class Outcomes(NamedTuple):
    """What came of it, in the order of the requests; shapes (n,)."""

    waited_min: np.ndarray  # float64, minutes
    gave_up: np.ndarray  # bool


class Lately:
    """What was asked on the last open days: as many days as give :data:`ENOUGH` requests.

    Older days are forgotten when the last weeks differ from them by more than chance would, as
    when a return offer begins.
    """

    def __init__(self, state: list | None = None, columns: int = 3):
        days = [np.array(day, float).reshape(-1, columns) for day in state or ()]
        self._kept = np.concatenate([*days, np.zeros((2 * ENOUGH, columns))])  # and room behind
        self.days = deque(map(len, days))  # requests of each, oldest first
        self._first, self._end = 0, sum(self.days)

    @property
    def rows(self) -> np.ndarray:
        """Of all days, oldest first: shape (:attr:`asked`, columns). To be read at once."""
        return self._kept[self._first : self._end]

    @property
    def asked(self) -> int:
        """Requests of all these days."""
        return self._end - self._first

    def state(self) -> list:
        """The days' rows as plain lists."""
        ends, rows = np.cumsum(self.days).tolist(), self.rows
        return [rows[end - n : end].tolist() for n, end in zip(self.days, ends, strict=True)]

    @property
    def rate(self) -> float:
        """Requests an open day; 0 before any."""
        return self.asked / len(self.days) if self.days else 0.0

    def note(self, *columns: np.ndarray) -> None:
        """Add today's rows, each of its columns of shape (n,), and forget what is too old."""
        n, end = len(columns[0]), self._end
        if end + n > len(self._kept):
            rows = self.rows
            self._kept = np.concatenate(
                [rows, np.zeros((n + len(rows) + 2 * ENOUGH, len(columns)))]
            )
            self._first, end = 0, len(rows)
        self._end = end + n
        for k, column in enumerate(columns):
            self._kept[end : self._end, k] = column
        self.days.append(n)
        if self._is_surprised():
            self._forget(len(self.days) - LEAST_DAYS)
        while len(self.days) > LEAST_DAYS and (
            self.asked - self.days[0] >= ENOUGH or len(self.days) > MOST_DAYS
        ):
            self._forget(1)

    def _is_surprised(self) -> bool:
        older = len(self.days) - LEAST_DAYS
        if older < LEAST_DAYS:
            return False
        seen = sum(islice(self.days, older, None))
        expected = (self.asked - seen) / older * LEAST_DAYS
        return abs(seen - expected) > SURPRISE * max(expected, 1.0) ** 0.5

    def _forget(self, days: int) -> None:
        self._first += sum(self.days.popleft() for _ in range(days))


@rule
def quantile(u, known):
    """Of at least two values that do not fall; linear between them, as np.interp."""
    parts = len(known) - 1
    step = 1.0 / parts
    k = min(int(u * parts), parts - 1)
    if u < k * step:  # by rounding one too far
        k -= 1
    elif k + 1 < parts and u >= (k + 1) * step:  # or one short
        k += 1
    until = (k + 1) * step if k + 1 < parts else 1.0
    return (known[k + 1] - known[k]) / (until - k * step) * (u - k * step) + known[k]


@rule
def fill_day(minute, customer, handling, patience, given, known, like, seed, about):
    """A day's requests into arrays of one length: those ``given``, each at a moment of its minute,
    and behind them others that are nobody's, at minutes spread as those ``known``, in order; each
    otherwise like a row of ``like``, as :class:`Lately` has them."""
    n = len(given.minute)
    for i in range(n):
        who, at = given.customer[i], given.minute[i]
        customer[i], handling[i], patience[i] = who, given.handling_min[i], given.patience_min[i]
        minute[i] = at + uniform(seed, who, WITHIN_MINUTE, about, at)
    for i in range(n, len(minute)):
        customer[i] = NOBODY + i - n
        minute[i] = quantile(uniform(seed, customer[i], AT_MINUTE, about, 0), known)
        whom = int(uniform(seed, customer[i], LIKE_WHOM, about, 0) * len(like))
        handling[i] = like[whom, 1]
        patience[i] = like[whom, 2]


@rule
def put_in_order(line, place, order, drawn):
    """Rows of ``drawn`` in this ``order`` into ``line``; ``place``: where the first ones are."""
    for k in range(len(order)):
        i = order[k]
        line.minute[k], line.customer[k] = drawn.minute[i], drawn.customer[i]
        line.handling_min[k], line.patience_min[k] = drawn.handling_min[i], drawn.patience_min[i]
        if i < len(place):
            place[i] = k


@rule
def fill_luck(draws, seed, customers, minutes, decision_id, about):
    """`uniform` of each request, named by its customer and its minute, into ``draws``."""
    for i in range(len(customers)):
        draws[i] = uniform(seed, customers[i], decision_id, about, minutes[i])


def room_for(n: int) -> Requests:
    """So many requests, still to be filled in."""
    return Requests(np.empty(n), np.empty(n, np.int64), np.empty(n), np.empty(n))


class Sample:
    """One team's requests: ``ratio`` is real people over simulated people who turn to this team.

    ``number`` tells the teams' draws apart. With a ratio of 1 the queue holds the simulated
    requests as they are.
    """

    def __init__(self, ratio: float, seed: int, number: int, state: list | None = None):
        self.ratio, self.seed, self.number = ratio, seed, number
        self.lately = Lately(state)
        self.given: Requests | None = None  # today's; None where the queue holds them as they are
        self.enters = np.zeros(0, bool)
        self.place = np.zeros(0, np.int64)

    def state(self) -> list:
        """What lasts overnight."""
        return self.lately.state()

    def fill(self, day: int, given: Requests, hours: tuple[int, int]) -> Requests:
        """The real firm's requests of an open day, in order; ``hours``: opening, closing minute."""
        self.given = given
        about = day * 4 + self.number
        given = Requests(
            np.ascontiguousarray(given.minute, np.int64),
            np.ascontiguousarray(given.customer, np.int64),
            np.ascontiguousarray(given.handling_min, np.float64),
            np.ascontiguousarray(given.patience_min, np.float64),
        )
        n = len(given.minute)
        drawn = room_for(n + self._how_many_others(about))
        known, like = self._known(hours) if len(drawn.minute) > n else (NO_MINUTES, NO_ROWS)
        fill_day(*drawn, given, known, like, self.seed, about)
        if self.ratio < 1.0:
            return self._those_who_enter(drawn, given.minute, about)
        self.enters = np.ones(n, bool)
        self.lately.note(drawn.minute[:n], drawn.handling_min[:n], drawn.patience_min[:n])
        # in the order drawn where minutes are alike: by customer, as given
        order = np.argsort(drawn.minute, kind="stable")
        line, self.place = room_for(len(order)), np.empty(n, np.int64)
        put_in_order(line, self.place, order, drawn)
        return line

    def _those_who_enter(self, drawn: Requests, minutes: np.ndarray, about: int) -> Requests:
        """Those of more requests than the real firm has who stand in its queue, in order."""
        luck = np.empty(len(minutes))
        fill_luck(luck, self.seed, drawn.customer, minutes, ENTERS, about)
        self.enters = luck < self.ratio
        mine = Requests(*(part[self.enters] for part in drawn))
        order = np.argsort(mine.minute, kind="stable")
        line, rank = room_for(len(order)), np.empty(len(order), np.int64)
        put_in_order(line, rank, order, mine)
        self.place = np.searchsorted(line.minute, drawn.minute, side="right") - 1
        self.place[self.enters] = rank
        return line

    def _how_many_others(self, about: int) -> int:
        """Requests of the day that are nobody's."""
        if self.ratio < 1.0 or not self.lately.asked:
            return 0
        return poisson(self.seed, about, (self.ratio - 1.0) * self.lately.rate)

    def _known(self, hours: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
        """Minutes of lately, in order, out to opening and closing; and whole rows of lately."""
        like = self.lately.rows
        known = np.empty(len(like) + 2)
        known[1:-1] = like[:, 0]
        known[1:-1].sort()
        known[0] = min(hours[0], known[1])
        known[-1] = max(hours[1] - 1, known[-2])
        return known, like

    def read(self, met_min: np.ndarray, outcome: Outcomes) -> Outcomes:
        """Outcomes of the simulated requests, from those of the queue.

        ``met_min``: what each request in the queue would have waited with endless patience, NaN
        if it found nobody there. One that did not enter meets what the one before it met.
        """
        if not len(met_min):
            return Outcomes(np.zeros(len(self.place)), np.zeros(len(self.place), bool))
        if self.ratio >= 1.0:  # all have entered
            return Outcomes(outcome.waited_min[self.place], outcome.gave_up[self.place])
        met = np.where(self.place >= 0, met_min[self.place], 0.0)
        waited = np.where(np.isnan(met), 0.0, np.minimum(met, self.given.patience_min))
        gave_up = np.isnan(met) | (met > self.given.patience_min)
        entered = self.place[self.enters]
        waited[self.enters] = outcome.waited_min[entered]
        gave_up[self.enters] = outcome.gave_up[entered]
        return Outcomes(waited, gave_up)


def poisson(seed: int, about: int, mean: float) -> int:
    """A keyed Poisson draw by inversion."""
    return ceil(pdtrik(uniform(seed, NOBODY, HOW_MANY, about, 0), mean)) if mean > 0 else 0


NO_MINUTES, NO_ROWS = np.zeros(0), np.zeros((0, 3))
NO_REQUESTS = Requests(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
