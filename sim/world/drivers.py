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

from sim.company.reminding import note_chosen
from sim.company.waiting import tell_back
from sim.core.bundles import File, Office, Tape, World
from sim.core.compiled import COMPILED, is_warm, rule
from sim.core.events import EVENT
from sim.core.prefetch import prefetch
from sim.core.records import (
    BUFFERS,
    CELLS,
    CHOICE,
    CUSTOMER,
    EMPTY,
    LEDGER,
    PROFILE,
    REFUND_DUE,
    REQUEST,
    SHOWN,
    TRACE,
    to_row,
    to_rows,
    to_table,
)
from sim.core.rows import as_bytes, joined, lengthened, picked
from sim.encounter.calls import ANSWERED, DEPOT, DESK, GAVE_UP
from sim.encounter.day import live_a_day
from sim.encounter.friends import pass_on
from sim.encounter.household import move_in, move_out, write_evening

ROOM = 500  # events or requests of one customer in one day: more than there ever are
# How many customers ahead their records are asked for, and how many cache lines of each: most
# days touch no more than a customer's own fields and his first two needs.
AHEAD, CUSTOMER_LINES, PROFILE_LINES = 4, 12, 4
DAILY = ("events", "requests", "traces", "ratings", "rating_stars")  # of BUFFERS: begin anew


@rule
def live_slice(first, last, due, customers, profiles, minds, world, office, awake):
    """The day of customers ``first`` to ``last - 1``; those for whom nothing is due are skipped.

    Stops where the tape has no ROOM left. Returns the first customer who has not lived the day.

    ``awake`` is scratch for the rows of those who live it.
    """
    today, tape = world.today, world.tape
    n = 0
    for i in range(first, last):
        if due[i] <= today.day or (office.firm.newsletters > 0 and profiles[i].written_to == 1):
            awake[n] = i
            n += 1
    for k in range(n):
        if k + AHEAD < n:
            for line in range(CUSTOMER_LINES):
                prefetch(customers[awake[k + AHEAD]], line)
            for line in range(PROFILE_LINES):
                prefetch(profiles[awake[k + AHEAD]], line)
        i = awake[k]
        if not has_room(tape):
            return i
        file = File(profiles[i], profiles[minds[i]])
        due[i] = live_a_day(customers[i], file, world, office)
    return last


@rule
def live_by_tables(first, last, due, customers, profiles, minds, worlds, offices, awake):
    """:func:`live_slice`, for bundles with a table of one row in the place of each record: Numba
    takes a table from Python in a hundredth of the time of a record."""
    logs = worlds.tape
    world = World(
        worlds.market[0],
        worlds.terms[0],
        worlds.catalogue,
        worlds.board[0],
        worlds.season,
        worlds.today[0],
        worlds.shown[0],
        worlds.choice[0],
        Tape(logs.log, logs.requests, logs.traces, logs.buffers[0]),
    )
    office = Office(offices.firm[0], offices.belief, offices.ledger[0])
    return live_slice(first, last, due, customers, profiles, minds, world, office, awake)


@rule
def end_evening(left, customers, profiles, place_of, firm, market, people, seed, day):
    """What was left, in order, goes where it belongs; ``firm``, ``market``: tables of one row."""
    write_evening(left, customers, profiles, place_of, firm[0], day)
    if people > 0:
        pass_on(left, customers, place_of, market[0], people, seed, day)


@rule
def has_room(tape):
    """Whether the tape has ROOM for another customer's day."""
    filled = tape.buffers
    return (
        filled.events + ROOM <= len(tape.log)
        and filled.requests + ROOM <= len(tape.requests)
        and filled.traces + ROOM <= len(tape.traces)
    )


def rules_are_compiled() -> bool:
    """Whether the compiled rules lie on disk already, so that a run starts at once."""
    return is_warm("live_by_tables")


class Overflow(RuntimeError):
    """One customer did more in a day than ROOM."""


def doubled(buffer: np.ndarray) -> np.ndarray:
    """The buffer with as much room again."""
    return joined([buffer, np.zeros_like(buffer)])


def summed(parts: list[np.ndarray]) -> np.ndarray:
    """Field by field the sum over threads of records of shape (1,)."""
    total = parts[0].copy()
    for part in parts[1:]:
        for name in part.dtype.names:
            total[name] += part[name]
    return total


class CompiledDriver:
    """All customers in compiled slices, on ``threads`` threads."""

    def __init__(
        self, customers, profiles, minds, due, market, catalogue, season, threads: int = 1
    ):
        self.threads = threads
        self.set_tables(customers, profiles, minds, due)
        self.market, self.catalogue, self.season = market, catalogue, season
        size = [int(b - a) + 4 * ROOM for a, b in self.slices]
        self.logs = [np.zeros(n, EVENT) for n in size]
        self.requests = [np.zeros(n // 4 + ROOM, REQUEST) for n in size]
        self.traces = [np.zeros(n // 4 + ROOM, TRACE) for n in size]
        self.buffers, self.ledgers, self.shown, self.choices = (
            [np.zeros(1, kind) for _ in size] for kind in (BUFFERS, LEDGER, SHOWN, CHOICE)
        )
        self.beliefs = [np.zeros(CELLS) for _ in size]
        self.pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def set_tables(self, customers, profiles, minds, due) -> None:
        """Take these tables, of an even number of places, and cut them into the threads' slices."""
        self.customers, self.profiles, self.minds, self.due = customers, profiles, minds, due
        cuts = np.linspace(0, len(customers) // 2, self.threads + 1).astype(int) * 2
        self.slices = list(pairwise(cuts))
        self.awake = [np.zeros(int(b - a), np.int32) for a, b in self.slices]

    def grow(self, places: int, minds: np.ndarray) -> None:
        """As many more places, all empty; ``minds`` for all."""
        self.set_tables(
            lengthened(self.customers, places),
            lengthened(self.profiles, places),
            minds,
            np.concatenate([self.due, np.full(places, EMPTY, self.due.dtype)]),
        )

    def empty_places(self) -> np.ndarray:
        """Places that nobody has, or that somebody is done with; in order."""
        return np.flatnonzero(self.due == EMPTY)

    def feelings(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Satisfaction and trust of the people in these places."""
        return self.customers["satisfaction"][places], self.customers["trust"][places]

    def seat(self, places: np.ndarray, people: np.ndarray, profiles: np.ndarray, day: int) -> None:
        """These people, CUSTOMER and PROFILE, have these places from ``day`` on."""
        as_bytes(self.customers)[places] = as_bytes(people)
        as_bytes(self.profiles)[places] = as_bytes(profiles)
        self.due[places] = day

    def meet(self, market: np.ndarray) -> None:
        """From today on the market is this one: :func:`market_record`."""
        self.market = market

    def stock(self, catalogue: np.ndarray) -> None:
        """From today on the goods are these: ITEM rows."""
        self.catalogue = catalogue

    def handed(self, k: int, terms, firm, today, board) -> tuple[World, Office]:
        """What thread ``k`` gets: today's world and the company's office, a table of one row for
        each record."""
        tape = Tape(self.logs[k], self.requests[k], self.traces[k], self.buffers[k])
        world = World(
            self.market,
            terms,
            self.catalogue,
            board,
            self.season,
            today,
            self.shown[k],
            self.choices[k],
            tape,
        )
        return world, Office(firm, self.beliefs[k], self.ledgers[k])

    def live(self, terms, firm, today, board) -> None:
        """Let everybody live the day that ``today`` names."""

        def work(k: int) -> None:
            first, last = self.slices[k]
            for name in DAILY:
                self.buffers[k][name] = 0
            while True:
                worlds, offices = self.handed(k, terms, firm, today, board)
                first = live_by_tables(
                    first,
                    last,
                    self.due,
                    self.customers,
                    self.profiles,
                    self.minds,
                    worlds,
                    offices,
                    self.awake[k],
                )
                if first == last:
                    break
                self.logs[k] = doubled(self.logs[k])
                self.requests[k] = doubled(self.requests[k])
                self.traces[k] = doubled(self.traces[k])

        if self.pool:
            list(self.pool.map(work, range(len(self.slices))))
        else:
            work(0)
        if any(b["lost_events"][0] for b in self.buffers):
            raise Overflow(f"a customer with more than {ROOM} events in one day")

    def write_evening(
        self, place_of: np.ndarray, firm: np.ndarray, day: int, seed: int, people: int
    ) -> None:
        """What was left on shared computers goes to their records, and what was told to friends;
        ``place_of``: by id; ``people``: how many are about, 0 where nobody hears of others."""
        filled = zip(self.traces, self.buffers, strict=True)
        left = joined([rows[: int(b["traces"][0])] for rows, b in filled])
        left = picked(left, np.argsort(left["customer"], kind="stable"))
        end_evening(
            left, self.customers, self.profiles, place_of, firm, self.market, people, seed, day
        )

    def tell_back(self, places: np.ndarray, items: np.ndarray, firm: np.ndarray, day: int) -> None:
        """What the people in ``places`` asked for, each an item, is back in stock today."""
        tell_back(places, items, self.profiles, self.due, firm[0], day)

    def note_chosen(
        self, places: np.ndarray, days: np.ndarray, values: np.ndarray, day: int
    ) -> None:
        """The analysis of today: see :func:`sim.company.reminding.note_chosen`."""
        note_chosen(places, days, values, self.profiles, self.due, day)

    def move_in(self, places: np.ndarray, partners: np.ndarray) -> None:
        """The people in ``places`` share a computer with those in ``partners`` from now on."""
        move_in(places, partners, self.customers, self.profiles)

    def move_out(self, places: np.ndarray) -> None:
        """Those who shared a computer with the people in ``places`` are gone."""
        move_out(places, self.customers, self.profiles)

    def events(self) -> list[tuple[np.ndarray, int]]:
        """Today's events: buffers in the order of places, and how far each is filled."""
        return [(log, int(b["events"][0])) for log, b in zip(self.logs, self.buffers, strict=True)]

    def asked(self) -> np.ndarray:
        """Today's requests, a REQUEST array in the order of places."""
        filled = zip(self.requests, self.buffers, strict=True)
        return joined([rows[: int(b["requests"][0])] for rows, b in filled])

    def buffered(self) -> np.ndarray:
        """What today was said of us and how much was written, and what did not fit so far, over all
        threads: BUFFERS, shape (1,)."""
        return summed(self.buffers)

    def ledger(self) -> np.ndarray:
        """Recorded sales so far, over all threads: LEDGER, shape (1,)."""
        return summed(self.ledgers)

    def hear(self, queue, rows, slots, waited, gave_up, day: int) -> None:
        """Outcomes of a queue reach the customers in places ``rows`` next morning."""
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

    def __init__(
        self, customers, profiles, minds, due, market, catalogue, season, threads: int = 1
    ):
        if COMPILED:
            raise RuntimeError("the readable driver needs a process with NUMBA_DISABLE_JIT=1")
        self.rows, self.known = to_rows(customers), to_rows(profiles)
        self.minds, self.due = minds.tolist(), due.tolist()
        self.market, self.catalogue = to_row(market[0]), to_rows(catalogue)
        self.season = season.tolist()
        log = to_rows(np.zeros(len(customers) + 2 * ROOM, EVENT))
        requests = to_rows(np.zeros(2 * ROOM, REQUEST))
        traces = to_rows(np.zeros(2 * ROOM, TRACE))
        buffers, self.shown, self.choice, self.books = (
            to_row(np.zeros(1, kind)[0]) for kind in (BUFFERS, SHOWN, CHOICE, LEDGER)
        )
        self.tape = Tape(log, requests, traces, buffers)
        self.belief = [0.0] * CELLS
        self.day = 0

    def grow(self, places: int, minds: np.ndarray) -> None:
        """As the compiled driver's."""
        self.rows += to_rows(np.zeros(places, CUSTOMER))
        self.known += to_rows(np.zeros(places, PROFILE))
        self.due += [EMPTY] * places
        self.minds = minds.tolist()

    def empty_places(self) -> np.ndarray:
        """As the compiled driver's."""
        return np.array([i for i, due in enumerate(self.due) if due == EMPTY], np.int64)

    def feelings(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As the compiled driver's."""
        there = [self.rows[i] for i in places.tolist()]
        return np.array([me.satisfaction for me in there]), np.array([me.trust for me in there])

    def seat(self, places: np.ndarray, people: np.ndarray, profiles: np.ndarray, day: int) -> None:
        """As the compiled driver's."""
        newcomers = zip(places.tolist(), to_rows(people), to_rows(profiles), strict=True)
        for i, self.rows[i], self.known[i] in newcomers:
            self.due[i] = day

    def meet(self, market: np.ndarray) -> None:
        """As the compiled driver's."""
        self.market = to_row(market[0])

    def stock(self, catalogue: np.ndarray) -> None:
        """As the compiled driver's."""
        self.catalogue = to_rows(catalogue)

    def open_day(self, terms, firm, today, board) -> None:
        """Set what all customers see today."""
        now = to_row(today[0])
        self.world = World(
            self.market,
            to_row(terms[0]),
            self.catalogue,
            to_row(board[0]),
            self.season,
            now,
            self.shown,
            self.choice,
            self.tape,
        )
        self.office = Office(to_row(firm[0]), self.belief, self.books)
        self.day, self.mailing = now.day, self.office.firm.newsletters > 0
        for name in DAILY:
            setattr(self.tape.buffers, name, 0)

    def live_one(self, i: int) -> None:
        """The day of customer ``i``."""
        profile = self.known[i]
        if self.due[i] > self.day and not (self.mailing and profile.written_to == 1):
            return
        if not has_room(self.tape):
            self.tape.log.extend(to_rows(np.zeros(len(self.tape.log), EVENT)))
            self.tape.requests.extend(to_rows(np.zeros(len(self.tape.requests), REQUEST)))
            self.tape.traces.extend(to_rows(np.zeros(len(self.tape.traces), TRACE)))
        file = File(profile, self.known[self.minds[i]])
        self.due[i] = live_a_day(self.rows[i], file, self.world, self.office)

    def write_evening(
        self, place_of: np.ndarray, firm: np.ndarray, day: int, seed: int, people: int
    ) -> None:
        """As the compiled driver's."""
        left = self.tape.traces[: self.tape.buffers.traces]
        left = sorted(left, key=lambda trace: trace.customer)
        places = place_of.tolist()
        write_evening(left, self.rows, self.known, places, self.office.firm, day)
        if people:
            pass_on(left, self.rows, places, self.market, people, seed, day)

    def tell_back(self, places: np.ndarray, items: np.ndarray, firm: np.ndarray, day: int) -> None:
        """As the compiled driver's."""
        tell_back(places.tolist(), items.tolist(), self.known, self.due, to_row(firm[0]), day)

    def note_chosen(
        self, places: np.ndarray, days: np.ndarray, values: np.ndarray, day: int
    ) -> None:
        """As the compiled driver's."""
        note_chosen(places.tolist(), days.tolist(), values.tolist(), self.known, self.due, day)

    def move_in(self, places: np.ndarray, partners: np.ndarray) -> None:
        """As the compiled driver's."""
        move_in(places.tolist(), partners.tolist(), self.rows, self.known)

    def move_out(self, places: np.ndarray) -> None:
        """As the compiled driver's."""
        move_out(places.tolist(), self.rows, self.known)

    def events(self) -> list[tuple[np.ndarray, int]]:
        """As the compiled driver's."""
        if self.tape.buffers.lost_events:
            raise Overflow(f"a customer with more than {ROOM} events in one day")
        n = self.tape.buffers.events
        return [(to_table(self.tape.log[:n], EVENT), n)]

    def asked(self) -> np.ndarray:
        """As the compiled driver's."""
        return to_table(self.tape.requests[: self.tape.buffers.requests], REQUEST)

    def buffered(self) -> np.ndarray:
        """As the compiled driver's."""
        return to_table([self.tape.buffers], BUFFERS)

    def ledger(self) -> np.ndarray:
        """As the compiled driver's."""
        return to_table([self.books], LEDGER)

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
        return (
            to_table(self.rows, CUSTOMER),
            to_table(self.known, PROFILE),
            np.array(self.due, np.int32),
        )
