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
        self.rows = np.concatenate([np.zeros((0, columns)), *days])  # of all days, oldest first
        self.days = deque(map(len, days))  # requests of each

    def state(self) -> list:
        """The days' rows as plain lists."""
        ends = np.cumsum(self.days).tolist()
        return [self.rows[end - n : end].tolist() for n, end in zip(self.days, ends, strict=True)]

    @property
    def asked(self) -> int:
        """Requests of all these days."""
        return len(self.rows)

    @property
    def rate(self) -> float:
        """Requests an open day; 0 before any."""
        return self.asked / len(self.days) if self.days else 0.0

    def note(self, rows: np.ndarray) -> None:
        """Add today's rows, shape (n, columns), and forget what is too old."""
        rows = np.asarray(rows, float).reshape(-1, self.rows.shape[1])
        self.rows = np.concatenate([self.rows, rows])
        self.days.append(len(rows))
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
        self.rows = self.rows[sum(self.days.popleft() for _ in range(days)) :]


@rule
def fill_luck(draws, seed, customers, minutes, decision_id, about):
    """:func:`luck_of_requests`, into ``draws``."""
    for i in range(len(customers)):
        draws[i] = uniform(seed, customers[i], decision_id, about, minutes[i])


def luck_of_requests(seed, customers, minutes, decision_id, about):
    """`uniform` of each request, named by its customer and its minute of the day: float64."""
    draws = np.empty(len(customers))
    fill_luck(draws, seed, customers, minutes, decision_id, about)
    return draws


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
def fill_background(minute, customer, handling, patience, known, like, seed, about):
    """Requests that are nobody's, into arrays of one length: at minutes spread as those ``known``,
    in order; each otherwise like a row of ``like``, as :class:`Lately` has them."""
    for i in range(len(minute)):
        customer[i] = NOBODY + i
        minute[i] = quantile(uniform(seed, customer[i], AT_MINUTE, about, 0), known)
        whom = int(uniform(seed, customer[i], LIKE_WHOM, about, 0) * len(like))
        handling[i] = like[whom, 1]
        patience[i] = like[whom, 2]


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
        whose = given.customer.astype(np.int64), given.minute.astype(np.int64)
        minute = given.minute + luck_of_requests(self.seed, *whose, WITHIN_MINUTE, about)
        mine, others = [minute, *given[1:]], self._background(about, hours)
        if self.ratio < 1.0:
            self.enters = luck_of_requests(self.seed, *whose, ENTERS, about) < self.ratio
            mine = [part[self.enters] for part in mine]
        else:
            self.enters = np.ones(len(minute), bool)
            self.lately.note(np.column_stack([minute, *given[2:]]))
        both = [np.concatenate(parts) for parts in zip(mine, others, strict=True)]
        order = np.lexsort((both[1], both[0]))
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        self.place = rank[: len(mine[0])]
        if self.ratio < 1.0:
            self.place = np.searchsorted(both[0][order], minute, side="right") - 1
            self.place[self.enters] = rank[: len(mine[0])]
        return Requests(*(part[order] for part in both))

    def _background(self, about: int, hours: tuple[int, int]) -> Requests:
        if self.ratio < 1.0 or not self.lately.asked:
            return Requests(*np.zeros((4, 0)))
        n = poisson(self.seed, about, (self.ratio - 1.0) * self.lately.rate)
        known = np.sort(self.lately.rows[:, 0])
        known = np.concatenate([[min(hours[0], known[0])], known, [max(hours[1] - 1, known[-1])]])
        requests = Requests(np.empty(n), np.empty(n, np.int64), np.empty(n), np.empty(n))
        fill_background(*requests, known, self.lately.rows, self.seed, about)
        return requests

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
    return int(np.ceil(pdtrik(uniform(seed, NOBODY, HOW_MANY, about, 0), mean))) if mean > 0 else 0


NO_REQUESTS = Requests(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
