"""What a run of one strategy leaves behind: totals, fingerprints and a journal of its events.

While a run goes on, a :class:`Tally` counts every event since the fork and a :class:`Journal`
keeps the few kinds that need to be looked at one by one. Segments are coded 0 buyers, 1 shoppers.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.core import events as ev
from sim.core.compiled import COMPILED, rule
from sim.core.records import AT_PLACE, PAID
from sim.core.rows import as_bytes, drained, joined, picked
from sim.settings.channels import Medium

KINDS, SLOTS = ev.CAPACITY, 16
WORDS = ev.EVENT.itemsize // 8

PEOPLE = np.dtype(
    [
        ("entry_day", "i4"),  # in the market from this day
        ("exit_day", "i4"),  # gone from this day
        ("shopper", "i1"),  # 1 shopper, 0 buyer
        ("satisfaction", "f8"),  # 0-1, at the horizon's end
        ("trust", "f8"),  # 0-1, at the horizon's end
    ],
    align=True,
)

# Each kind is counted apart by one of its fields: slot = field + 1, from 0 to SLOTS - 1.
BY_NOTHING, BY_CHANNEL, BY_ORDER, BY_CATEGORY, BY_VALUE = range(5)
BY = {
    "": BY_NOTHING,
    "channel": BY_CHANNEL,
    "order": BY_ORDER,
    "category": BY_CATEGORY,
    "value": BY_VALUE,
}
SLOT_BY = np.zeros(KINDS, np.int64)
# What the journal keeps: 1 always, 2 only where the event serves a need, 3 of a flow.
KEEP = np.zeros(KINDS, np.int64)
for _kind in ev.TABLE.values():
    SLOT_BY[_kind.code] = BY[_kind.counted_by]
    KEEP[_kind.code] = {"": 0, ev.ALWAYS: 1, ev.OF_NEEDS: 2, ev.OF_FLOWS: 3}[_kind.kept]
LOOKED_BACK_ON = (*ev.SALES, ev.REFUNDED)  # what measures ask of long before a fork
NO_EVENTS = np.zeros(0, ev.EVENT)
JOURNAL_KINDS = frozenset(np.flatnonzero(KEEP).tolist())

MULTIPLIER, SHIFT = np.uint64(0xFF51AFD7ED558CCD), np.uint64(32)


@rule
def fold(state, word):
    """One step of a rolling 64-bit hash (FNV-1a with a stronger multiplier); uint64 only."""
    mixed = (state ^ word) * MULTIPLIER
    return mixed ^ (mixed >> SHIFT)


@rule
def slot_of(event):
    """The slot of its kind in which an event is counted."""
    by, field = SLOT_BY[event.kind], -1
    if by == BY_CHANNEL:
        field = event.channel
    elif by == BY_ORDER:
        field = event.order
    elif by == BY_CATEGORY:
        field = event.category
    elif by == BY_VALUE:
        field = int(event.value)
    return min(max(field + 1, 0), SLOTS - 1)


@rule
def paid_at_medium(event):
    """What an event costs at a media channel: 0 an impression, 1 a paid click, else -1."""
    if event.kind == ev.AD_SHOWN:
        return 0
    searched = event.kind == ev.SEARCH_CLICKED and event.value > 0.5
    return 1 if searched or event.kind == ev.AD_CLICKED else -1


@rule
def tally_day(events, words, n, shopper, fingerprint, tally):
    """Add the first ``n`` events of a day to the totals and to their customers' fingerprints.

    ``words`` is the same memory as ``events``, seen as uint64 of shape (rows, 6).
    """
    for i in range(n):
        event = events[i]
        kind, who, day = event.kind, event.customer, event.day - tally.first_day
        segment, paid = shopper[who], paid_at_medium(event)
        tally.counts[segment, kind, slot_of(event)] += 1
        tally.amount[segment, kind] += event.amount_oere
        tally.value[segment, kind] += event.value
        if event.seen_as >= 0:
            tally.seen[segment, kind, event.seen_as] += 1
            tally.seen_amount[segment, kind, event.seen_as] += event.amount_oere
        if 0 <= day < len(tally.daily_count):
            tally.daily_count[day, kind] += 1
            tally.daily_amount[day, kind] += event.amount_oere
            tally.daily_value[day, kind] += event.value
            if paid >= 0:
                line = AT_PLACE * ev.PLACE_OF_MEDIUM[event.channel] + event.order
                tally.media[day, segment, line, paid + 2 * event.minute] += 1
        state = fingerprint[who]
        for k in range(WORDS):
            state = fold(state, words[i, k])
        fingerprint[who] = state


@rule
def keep(events, n, journal, filled):
    """Copy those of the first ``n`` events that the journal keeps; returns its new length."""
    kinds, needs, orders = events["kind"], events["need"], events["order"]
    for i in range(n):
        wanted = KEEP[kinds[i]]
        of_its_own = (wanted == 2 and needs[i] >= 0) or (wanted == 3 and orders[i] > 0)
        if wanted == 1 or of_its_own:
            journal[filled] = events[i]
            filled += 1
    return filled


def sort_day(events: np.ndarray) -> None:
    """Put a day's EVENT rows in the order of their customers, each customer's as they happened."""
    who = events["customer"]
    if (who[1:] < who[:-1]).any():
        rows = as_bytes(events)
        rows[:] = rows[np.argsort(who, kind="stable")]


class Tally(NamedTuple):
    """Totals over the events of all customers since the fork."""

    first_day: int  # the fork
    counts: np.ndarray  # int64 (segment, kind, slot)
    amount: np.ndarray  # int64 (segment, kind), øre
    value: np.ndarray  # float64 (segment, kind), sum of the events' values
    seen: np.ndarray  # int64 (segment, kind, as whom the company knew the person)
    seen_amount: np.ndarray  # int64 (segment, kind, as whom), øre
    daily_count: np.ndarray  # int64 (day since the fork, kind)
    daily_amount: np.ndarray  # int64 (day, kind), øre
    daily_value: np.ndarray  # float64 (day, kind)
    # int64 (day since the fork, segment, paid line, 4): impressions and paid clicks, of others and
    # of who had bought from us within a year
    media: np.ndarray
    # float64 (day since the fork, paid line, 2): what an impression and a click cost, DKK
    prices: np.ndarray
    # float64 (day, 5), at each day's end, so far: staffed minutes of centre and desk; DKK of all
    # that maturity costs, of which people at work with it, and changes
    running: np.ndarray

    @classmethod
    def empty(cls, fork_day: int, end_day: int) -> Tally:
        """Zeros for the days from the fork to the day before ``end_day``."""
        days = end_day - fork_day
        return cls(
            fork_day,
            np.zeros((2, KINDS, SLOTS), np.int64),
            np.zeros((2, KINDS), np.int64),
            np.zeros((2, KINDS)),
            np.zeros((2, KINDS, len(ev.SEEN_AS)), np.int64),
            np.zeros((2, KINDS, len(ev.SEEN_AS)), np.int64),
            np.zeros((days, KINDS), np.int64),
            np.zeros((days, KINDS), np.int64),
            np.zeros((days, KINDS)),
            np.zeros((days, 2, PAID, 4), np.int64),
            np.zeros((days, PAID, 2)),
            np.zeros((days, 5)),
        )

    def close_day(
        self,
        day: int,
        centre: float,
        desk: float,
        upkeep: float,
        use: float = 0.0,
        change: float = 0.0,
        prices: np.ndarray | None = None,
    ) -> None:
        """Note the running totals and the media's prices of a day: see ``running``, ``prices``."""
        if 0 <= day - self.first_day < len(self.running):
            if prices is not None:
                self.prices[day - self.first_day] = prices
            self.running[day - self.first_day] = centre, desk, upkeep, use, change

    def add(self, events: np.ndarray, n: int, shopper: np.ndarray, fingerprint: np.ndarray) -> None:
        """Count the first ``n`` rows of a contiguous EVENT array and update ``fingerprint``.

        ``shopper`` and ``fingerprint`` (uint64) have one entry per customer. Pass them always in
        one dtype and memory layout: another one is compiled anew.
        """
        words = events.view(np.uint64).reshape(-1, WORDS)
        rows = events if COMPILED else events.view(np.recarray)  # fields as attributes
        hushed = nullcontext() if COMPILED else np.errstate(over="ignore")
        with hushed:  # as plain Python: the hash wraps on purpose
            tally_day(rows, words, n, shopper, fingerprint, self)

    def until(self, end_day: int) -> Tally:
        """The same totals; the daily series end the day before ``end_day``."""
        days = end_day - self.first_day
        return self._replace(
            daily_count=self.daily_count[:days],
            daily_amount=self.daily_amount[:days],
            daily_value=self.daily_value[:days],
            running=self.running[:days],
            media=self.media[:days],
            prices=self.prices[:days],
        )

    def counted(self, kind: int, field: int | None = None) -> np.ndarray:
        """Events of a kind by segment; with ``field`` only those of that channel, order, ..."""
        counts = self.counts[:, kind]
        return counts.sum(axis=1) if field is None else counts[:, field + 1]


class Journal:
    """The events that are looked at one by one, in log order.

    ``before``: rows from before the fork; what forks of one world share, and nobody writes to.
    """

    LARGEST = 1 << 20  # rows

    def __init__(self, chunk_rows: int = 1 << 14, before: np.ndarray = NO_EVENTS) -> None:
        self.before = before
        self._rows = chunk_rows
        self._full: list[np.ndarray] = []
        self._chunk = np.empty(chunk_rows, ev.EVENT)
        self._filled = 0

    def add(self, events: np.ndarray, n: int) -> None:
        """Keep what belongs into the journal of the first ``n`` rows of ``events``."""
        self._make_room(n)
        self._filled = int(keep(events, n, self._chunk, self._filled))

    def add_day(self, buffers: list[tuple[np.ndarray, int]]) -> None:
        """Keep what belongs into the journal of a day, told in buffers in the order of places."""
        n = sum(filled for _, filled in buffers)
        self._make_room(n)
        start = self._filled
        for events, filled in buffers:
            self.add(events, filled)
        sort_day(self._chunk[start : self._filled])

    def _make_room(self, n: int) -> None:
        """Room for n more rows: chunks grow with what is kept, as small ones leave memory in
        pieces, up to LARGEST, as they are joined one by one."""
        if len(self._chunk) - self._filled < n:
            kept = sum(map(len, self._full)) + self._filled
            self._seal(max(self._rows, n, min(kept // 4, self.LARGEST)))

    def _seal(self, rows: int) -> None:
        self._full.append(self._chunk[: self._filled])
        self._chunk, self._filled = np.empty(rows, ev.EVENT), 0

    def fork(self) -> Journal:
        """A journal with the same past, written on independently; the past is not copied."""
        if len(self.before):
            return Journal(self._rows, joined([self.before, self.array()]))
        return Journal(self._rows, self.array())

    def begin_anew(self) -> None:
        """From now on as if this were the fork; of the past only LOOKED_BACK_ON is kept."""
        past = (self.before, self.array())
        rows = [picked(part, np.isin(part["kind"], LOOKED_BACK_ON)) for part in past]
        self.before, self._full = joined(rows), []

    def array(self) -> np.ndarray:
        """All kept events since the fork as one EVENT array; kept as such, so asking is cheap."""
        if self._filled or not self._full:
            self._seal(self._rows)
        if len(self._full) > 1:
            self._full = [drained(self._full)]
        return self._full[0]


@dataclass
class RunLog:
    """What one strategy in one simulated world leaves behind."""

    strategy: str
    seed: int
    fork_day: int
    end_day: int  # exclusive
    journal: np.ndarray  # EVENT, only JOURNAL_KINDS, since the fork
    tally: Tally  # since the fork
    fingerprint: np.ndarray  # uint64 per customer, over his events since the fork
    people: np.ndarray  # PEOPLE, row = customer
    staffed_minutes_centre: float  # since the fork
    staffed_minutes_desk: float  # since the fork
    upkeep_dkk: float  # all that maturity has cost, since the fork
    media: tuple[Medium, ...]  # the market's media channels, in their places
    use_dkk: float = 0.0  # of that, people at work with what there is
    change_dkk: float = 0.0  # and changes: systems brought in, people who learn
    # What the company has read of what it may test: sim.company.steering, since the fork
    readings: np.ndarray = field(default_factory=lambda: np.zeros(0))
    trials: tuple[Any, ...] = ()  # A/B tests that ended since the fork: sim.world.trials
    appeal: tuple[float, ...] = (0.0, 0.0, 0.0)  # of what stands at the end, over what is usual
    decisions: tuple[Any, ...] = ()  # the company's, since the fork: sim.world.decisions
    # The journal before the fork, from day 0; of a steady state only LOOKED_BACK_ON
    before: np.ndarray = field(default_factory=lambda: NO_EVENTS)
