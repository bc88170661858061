"""Worker processes that replay what visitors look at.

One thread stands before each process, hands it a slice of work and waits for the answer; who is
next is :mod:`sim.page.order`'s to say. A replay that fails says so to whoever waits for it; a
process that is killed is replaced, and what it was at is begun once more. Neither ends the server.
"""

from __future__ import annotations

import gc
import multiprocessing
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from sim.language import marked
from sim.page.order import Asked, Living, Plans, Wish, next_run
from sim.page.pictures import Picture, picture
from sim.page.replays import Eve, Reached, Replay, Replays, Run
from sim.study.workers import end_with_the_parent, nobodys_main

SLICE_SECONDS = 0.25  # what a visitor may have to wait for one who came before
SHORT_SLICE_SECONDS, FEW = 0.05, 4  # where more than a few wait for their first picture
MOST_STOPPED, MOST_PROBLEMS = 2, 20
FAILED = marked("This replay failed. Other choices go on working.")


class Kept(Protocol):
    """Where replays that are done are kept."""

    def find(self, run: Replay) -> Reached | None: ...

    def keep(self, reached: Reached) -> None: ...


def work(pipe: Connection, overrides, config_dir, folder) -> None:
    """A worker process: one slice after the other, until the pipe is closed."""
    threading.Thread(target=end_with_the_parent, daemon=True).start()
    replays = Replays(overrides, config_dir, folder)
    gc.collect()
    gc.freeze()  # what is imported stays, and is not looked through again
    while True:
        try:
            run, seconds, drops = pipe.recv()
        except EOFError:
            return
        for dropped in drops:
            replays.drop(dropped)
        try:
            answer = replays.live_on(run, seconds)
        except Exception:
            replays.drop(run)
            answer = traceback.format_exc()
        pipe.send(answer)


class Pool:
    """Processes, and what they have been asked for. Its methods may be called from any thread.

    ``on_news`` is called, in a thread of the pool, with each run of which there is something new.
    """

    def __init__(
        self,
        overrides: tuple[str, ...],
        config_dir: str | None,
        folder: Path | None,
        seeds: list[int],
        workers: int,
        kept: Kept,
        on_news: Callable[[Replay], None],
    ) -> None:
        self.given = overrides, config_dir, folder
        self.seeds, self.kept, self.on_news = seeds, kept, on_news
        self.asked: dict[str, Asked] = {}
        self.wanted: Counter[Replay] = Counter()  # by how many
        self.dropped: list[list[Replay]] = [[] for _ in range(workers)]  # worlds to be let go
        self.living: dict[Replay, Living] = {}
        self.warmed_by: dict[Eve, int] = {}  # whose pasts are being lived
        self.ready: set[Eve] = set()  # whose pasts have been lived
        self.changed = threading.Condition()
        self.closing = False
        self.problems: list[str] = []  # tracebacks, for who runs the server
        self.threads = [
            threading.Thread(target=self._serve, args=(k,), daemon=True) for k in range(workers)
        ]

    def start(self) -> None:
        """Begin to work."""
        for thread in self.threads:
            thread.start()

    def close(self) -> None:
        """End all processes; what they were at is left."""
        with self.changed:
            self.closing = True
            self.changed.notify_all()
        for thread in self.threads:
            thread.join(timeout=5)

    def wish(self, who: str, wish: Wish | Plans | None) -> None:
        """What ``who`` looks at from now on; None: he has left. What failed is tried again."""
        with self.changed:
            before = self.asked.pop(who, None)
            if wish is not None:
                asked = self.asked[who] = Asked(wish, self.seeds)
                self.wanted.update(asked.runs)
                for run in asked.runs:
                    if run in self.living and self.living[run].failed:
                        del self.living[run]
            if before is not None:
                self.wanted.subtract(before.runs)
                for run in before.runs:
                    self._let_go(run)
            self.changed.notify_all()

    def _let_go(self, run: Replay) -> None:
        """Forget a replay that nobody asks for any more, unless somebody is at it."""
        if self.wanted[run] > 0:
            return
        del self.wanted[run]
        now = self.living.get(run)
        if now is None or now.busy:
            return
        if now.worker >= 0:
            self.dropped[now.worker].append(run)
        del self.living[run]

    def state(self, run: Replay) -> Living:
        """How far a replay has come, asked for or not."""
        with self.changed:
            return self.living.get(run) or Living(reached=self.kept.find(run))

    def picture(self, wish: Wish) -> Picture:
        """What there is to be seen of a wish."""
        with self.changed:
            return picture(wish, self.seeds, self.living_of)

    def living_of(self, run: Replay) -> Living:
        """The same, for who holds the lock."""
        if run not in self.living:
            self.living[run] = Living(reached=self.kept.find(run))
        return self.living[run]

    def _serve(self, worker: int) -> None:
        process, pipe = self._begin()
        while True:
            with self.changed:
                run = None
                while not self.closing and (run := self._next(worker)) is None:
                    self.changed.wait()
                if self.closing:
                    break
                drops, self.dropped[worker] = self.dropped[worker], []
                seconds = self._slice()
                now = self.living_of(run)
                now.worker, now.busy = worker, True
                if run.eve not in self.ready:
                    self.warmed_by.setdefault(run.eve, worker)
            try:
                pipe.send((run, seconds, drops))
                answer = pipe.recv()
            except (EOFError, OSError):
                process.join(timeout=1)
                process, pipe = self._begin()
                answer = None
            self._hear(run, worker, answer)
            if not self.closing:
                self.on_news(run)
        pipe.close()
        process.terminate()

    def _next(self, worker: int) -> Replay | None:
        return next_run(self.asked.values(), self.living_of, self.warmed_by, worker)

    def _slice(self) -> float:
        """How long somebody may be at one replay: short while many have no picture yet."""
        looking = [asked.wish for asked in self.asked.values() if isinstance(asked.wish, Wish)]
        firsts = (self.living_of(Run(wish.choices, self.seeds[0])) for wish in looking)
        without = sum(not (now.reached and now.reached.told) for now in firsts)
        return SLICE_SECONDS if without <= FEW else SHORT_SLICE_SECONDS

    def _hear(self, run: Replay, worker: int, answer: Reached | str | None) -> None:
        with self.changed:
            now = self.living_of(run)
            now.busy = False
            if isinstance(answer, Reached):
                now.reached = answer
                if not answer.warming:
                    self.warmed_by.pop(run.eve, None)
                    self.ready.add(run.eve)
                if answer.done:
                    now.worker = -1
                    self.kept.keep(answer)
            else:
                self._lost(run, now, worker, answer)
            if run not in self.wanted:
                self._let_go(run)
            self.changed.notify_all()

    def _lost(self, run: Replay, now: Living, worker: int, problem: str | None) -> None:
        """A replay failed, or (no ``problem``) its process was killed, its worlds with it."""
        self.warmed_by = {past: who for past, who in self.warmed_by.items() if who != worker}
        now.worker, now.reached = -1, None
        if problem is not None:
            self.note(problem)
            now.failed = FAILED
            return
        self.dropped[worker] = []
        for other in self.living.values():
            if other.worker == worker:
                other.worker, other.reached = -1, None
        now.stopped += 1
        if now.stopped >= MOST_STOPPED:
            now.failed = FAILED

    def note(self, problem: str) -> None:
        """Keep the traceback of what failed."""
        self.problems = [*self.problems[-MOST_PROBLEMS + 1 :], problem]

    def _begin(self) -> tuple[multiprocessing.Process, Connection]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        with nobodys_main():
            process = context.Process(target=work, args=(theirs, *self.given), daemon=True)
            process.start()
        theirs.close()
        return process, ours
