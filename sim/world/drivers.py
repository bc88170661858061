"""Two drivers of one set of rules: compiled over all customers, or readable, one by one.

Both hand :func:`sim.encounter.day.live_a_day` the same records and return the same events, bit
for bit. The compiled driver runs slices of customers in threads; within a day customers see only
yesterday's shared state, so the slices need no locks and their order does not matter.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np

from sim.core.compiled import COMPILED, is_warm, rule
from sim.core.events import EVENT
from sim.core.prefetch import prefetch
from sim.core.records import CURSOR, REFUND_DUE, REQUEST, SHOWN, as_tuple, to_row, to_rows, to_table
from sim.encounter.calls import ANSWERED, DEPOT, DESK, GAVE_UP
from sim.encounter.day import live_a_day

ROOM = 500  # events or requests of one customer in one day: more than there ever are
# How many customers ahead their records are asked for, and how many cache lines of each: most
# days touch no more than a customer's own fields and his first two needs.
AHEAD, CUSTOMER_LINES, PROFILE_LINES = 4, 12, 4


@rule
def live_slice(
    first,
    last,
    due,
    customers,
    profiles,
    minds,
    mk,
    terms,
    firm,
    catalogue,
    season,
    today,
    shown,
    log,
    requests,
    cur,
    awake,
):
    """The day of customers ``first`` to ``last - 1``; those for whom nothing is due are skipped.

    Stops where a buffer has no ROOM left. Returns the first customer who has not lived the day.

    ``awake`` is scratch for the rows of those who live it.
    """
    n = 0
    for i in range(first, last):
        if due[i] <= today.day or (firm.newsletter > 0 and profiles[i].permission == 1):
            awake[n] = i
            n += 1
    for k in range(n):
        if k + AHEAD < n:
            for line in range(CUSTOMER_LINES):
                prefetch(customers[awake[k + AHEAD]], line)
            for line in range(PROFILE_LINES):
                prefetch(profiles[awake[k + AHEAD]], line)
        i = awake[k]
        if cur.events + ROOM > len(log) or cur.requests + ROOM > len(requests):
            return i
        due[i] = live_a_day(
            customers[i],
            profiles[i],
            profiles[minds[i]],
            i,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            log,
            requests,
            cur,
        )
    return last


def rules_are_compiled() -> bool:
    """Whether the compiled rules lie on disk already, so that a run starts at once."""
    return is_warm("live_slice")


class Overflow(RuntimeError):
    """One customer did more in a day than ROOM."""


def doubled(buffer: np.ndarray) -> np.ndarray:
    """The buffer with as much room again."""
    return np.concatenate([buffer, np.zeros_like(buffer)])


class CompiledDriver:
    """All customers in compiled slices, on ``threads`` threads."""

    def __init__(self, customers, profiles, minds, due, mk, catalogue, season, threads: int = 1):
        self.customers, self.profiles, self.minds, self.due = customers, profiles, minds, due
        self.mk, self.catalogue, self.season = mk, catalogue, season
        cuts = np.linspace(0, len(customers) // 2, threads + 1).astype(int) * 2
        cuts[-1] = len(customers)
        self.slices = list(pairwise(cuts))
        size = [int(b - a) + 4 * ROOM for a, b in self.slices]
        self.logs = [np.zeros(n, EVENT) for n in size]
        self.requests = [np.zeros(n // 4 + ROOM, REQUEST) for n in size]
        self.cursors = [np.zeros(1, CURSOR) for _ in size]
        self.shown = [np.zeros(1, SHOWN) for _ in size]
        self.awake = [np.zeros(int(b - a), np.int32) for a, b in self.slices]
        self.pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def live(self, terms, firm, today) -> None:
        """Let everybody live the day that ``today`` names."""

        def work(k: int) -> None:
            first, last = self.slices[k]
            self.cursors[k]["events"] = self.cursors[k]["requests"] = 0
            while True:
                first = live_slice(
                    first,
                    last,
                    self.due,
                    self.customers,
                    self.profiles,
                    self.minds,
                    self.mk[0],
                    terms[0],
                    firm[0],
                    self.catalogue,
                    self.season,
                    today[0],
                    self.shown[k][0],
                    self.logs[k],
                    self.requests[k],
                    self.cursors[k][0],
                    self.awake[k],
                )
                if first == last:
                    break
                self.logs[k] = doubled(self.logs[k])
                self.requests[k] = doubled(self.requests[k])

        if self.pool:
            list(self.pool.map(work, range(len(self.slices))))
        else:
            work(0)
        if any(c["lost_events"][0] for c in self.cursors):
            raise Overflow(f"a customer with more than {ROOM} events in one day")

    def events(self) -> list[tuple[np.ndarray, int]]:
        """Today's events: buffers in the order of customers, and how far each is filled."""
        return [(log, int(c["events"][0])) for log, c in zip(self.logs, self.cursors, strict=True)]

    def asked(self) -> np.ndarray:
        """Today's requests, a REQUEST array in the order of customers."""
        return np.concatenate(
            [r[: int(c["requests"][0])] for r, c in zip(self.requests, self.cursors, strict=True)]
        )

    def counters(self) -> np.ndarray:
        """The sum of the threads' cursors, shape (1,): what was lost, attributed, held out."""
        total = np.zeros(1, CURSOR)
        for cursor in self.cursors:
            for name in (
                "lost_events",
                "lost_needs",
                "lost_orders",
                "attributed_oere",
                "treated_oere",
                "held_oere",
            ):
                total[name] += cursor[name]
        return total

    def hear(self, queue, rows, slots, waited, gave_up, day: int) -> None:
        """Outcomes of a queue reach the customers next morning."""
        c = self.customers
        if queue == DESK:
            c["desk_wait"][rows] = np.maximum(c["desk_wait"][rows], waited)
        elif queue == DEPOT:
            c["orders"]["state"][rows, slots] = REFUND_DUE
            c["orders"]["due"][rows, slots] = day + 1
        else:
            c["case_wait"][rows] = waited
            c["case_state"][rows] = np.where(gave_up, GAVE_UP, ANSWERED)
        self.due[rows] = day + 1

    def tables(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Customers, profiles and due days as arrays (not copies)."""
        return self.customers, self.profiles, self.due


class ReadableDriver:
    """One customer at a time, in plain Python: for debugging, new behaviour, and as a check.

    Needs a process started with NUMBA_DISABLE_JIT=1. The customers are Mesa agents, made by the
    model; ``live_one`` is their step.
    """

    def __init__(self, customers, profiles, minds, due, mk, catalogue, season, threads: int = 1):
        if COMPILED:
            raise RuntimeError("the readable driver needs a process with NUMBA_DISABLE_JIT=1")
        self.rows, self.known = to_rows(customers), to_rows(profiles)
        self.minds, self.due = minds.tolist(), due.tolist()
        self.mk, self.catalogue = to_row(mk[0]), to_rows(catalogue)
        self.season = season.tolist()
        self.log = to_rows(np.zeros(len(customers) + 2 * ROOM, EVENT))
        self.requests = to_rows(np.zeros(2 * ROOM, REQUEST))
        self.cur = to_row(np.zeros(1, CURSOR)[0])
        self.shown = to_row(np.zeros(1, SHOWN)[0])
        self.day = 0

    def open_day(self, terms, firm, today) -> None:
        """Set what all customers see today."""
        self.terms, self.firm, self.today = to_row(terms[0]), to_row(firm[0]), to_row(today[0])
        self.day, self.mailing = self.today.day, self.firm.newsletter > 0
        self.cur.events = self.cur.requests = 0

    def live_one(self, i: int) -> None:
        """The day of customer ``i``."""
        profile = self.known[i]
        if self.due[i] > self.day and not (self.mailing and profile.permission == 1):
            return
        if self.cur.events + ROOM > len(self.log):
            self.log += to_rows(np.zeros(len(self.log), EVENT))
        if self.cur.requests + ROOM > len(self.requests):
            self.requests += to_rows(np.zeros(len(self.requests), REQUEST))
        self.due[i] = live_a_day(
            self.rows[i],
            profile,
            self.known[self.minds[i]],
            i,
            self.mk,
            self.terms,
            self.firm,
            self.catalogue,
            self.season,
            self.today,
            self.shown,
            self.log,
            self.requests,
            self.cur,
        )

    def events(self) -> list[tuple[np.ndarray, int]]:
        """As the compiled driver's."""
        if self.cur.lost_events:
            raise Overflow(f"a customer with more than {ROOM} events in one day")
        n = self.cur.events
        return [(to_table(self.log[:n], EVENT), n)]

    def asked(self) -> np.ndarray:
        """As the compiled driver's."""
        return to_table(self.requests[: self.cur.requests], REQUEST)

    def counters(self) -> np.ndarray:
        """As the compiled driver's."""
        return np.array([as_tuple(self.cur, CURSOR)], CURSOR)

    def hear(self, queue, rows, slots, waited, gave_up, day: int) -> None:
        """As the compiled driver's."""
        for i, slot, wait, left in zip(
            rows.tolist(), slots.tolist(), waited.tolist(), gave_up.tolist(), strict=True
        ):
            me: Any = self.rows[i]
            if queue == DESK:
                me.desk_wait = max(me.desk_wait, wait)
            elif queue == DEPOT:
                me.orders[slot].state = REFUND_DUE
                me.orders[slot].due = day + 1
            else:
                me.case_wait = wait
                me.case_state = GAVE_UP if left else ANSWERED
            self.due[i] = day + 1

    def tables(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Customers, profiles and due days as arrays (copies)."""
        from sim.core.records import CUSTOMER, PROFILE

        return (
            to_table(self.rows, CUSTOMER),
            to_table(self.known, PROFILE),
            np.array(self.due, np.int32),
        )
