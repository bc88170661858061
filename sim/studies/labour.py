"""Batches carried out by worker processes here, or by a Dask cluster: one code path for both.

A worker keeps the past it has simulated last, and needs nothing else of the batch before. What a
killed worker was working on is done again, by itself alone.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from sim.settings.complaints import BadInput, Stopped
from sim.studies.plan import Batch
from sim.study.pasts import common_past, live
from sim.study.seen import seen
from sim.study.workers import end_with_the_parent, nobodys_main
from sim.world.past import Past

Row = dict[str, float | str]
MOST_DEATHS = 3  # of workers in a row, without a batch between them that came back
AHEAD = 3  # batches a worker that wait for it
WAIT_SECONDS = "10s"  # for a scheduler to answer
KILLED = (
    "worker processes were killed again and again, perhaps for want of memory; scale.workers=1 or "
    "fewer scale.customers need less; what was done is kept"
)

_kept: tuple[tuple, Past] | None = None  # in a worker: the past it has simulated last


def carry_out(batch: Batch) -> list[Row]:
    """The runs of a batch, measured: one row each, in their order."""
    past = past_of(batch)
    rows: list[Row] = []
    for key, strategy in batch.runs:
        world = past.fork(strategy)
        live(world, world.end_day)
        rows.append({"run": key, **seen(world, batch.measures)})
        del world
        gc.collect()  # a model and its agents point at each other
    return rows


def past_of(batch: Batch) -> Past:
    """The past of a batch's runs; that of the batch before where it is the same."""
    global _kept
    key = (batch.world.key, batch.seed)
    if _kept is None or _kept[0] != key:
        _kept = None
        settings = batch.world.settings
        _kept = key, common_past(settings, batch.world.past, batch.seed)
    return _kept[1]


Hands = tuple[Executor, int]  # who carries out, and how many batches at once


@contextmanager
def local(workers: int) -> Iterator[Hands]:
    """Worker processes of this machine; they end with us."""
    theirs = set(multiprocessing.active_children())  # whoever calls may have some of his own
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _open_worker)
    try:
        yield pool, workers
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - theirs:
            process.terminate()


def _open_worker() -> None:
    threading.Thread(target=end_with_the_parent, daemon=True).start()


@contextmanager
def cluster(address: str) -> Iterator[Hands]:
    """The workers of a Dask scheduler. Raises :class:`BadInput` where there is none, and
    :class:`Stopped` where a batch kills worker after worker."""
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError:
        said = "needs the extra: pip install 'omnijourney[cluster]'"
        raise BadInput("cluster", address, said) from None
    try:
        client = Client(address, timeout=WAIT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as problem:
        said = f"must be a Dask scheduler that answers, as tcp://host:8786 ({problem})"
        raise BadInput("cluster", address, said) from None
    with client:
        try:
            yield client.get_executor(pure=False), max(1, sum(client.nthreads().values()))
        except KilledWorker:
            raise Stopped(KILLED) from None


def results(
    batches: Iterable[Batch], workers: int, address: str = ""
) -> Iterator[tuple[Batch, list[Row]]]:
    """Each batch with its rows, as they come back.

    Raises :class:`Stopped` if workers keep dying.
    """
    waiting = list(reversed(list(batches)))
    if not address and workers == 1:
        while waiting:
            batch = waiting.pop()
            yield batch, carry_out(batch)
        return
    opened: Callable = (lambda: cluster(address)) if address else (lambda: local(workers))
    deaths = 0
    while waiting:
        with opened() as (executor, hands):
            came = 0
            running: dict[Future, Batch] = {}
            try:
                for batch, rows in _answered(executor, waiting, running, hands):
                    came += 1
                    yield batch, rows
            except BrokenProcessPool:
                waiting += list(running.values())
                deaths = 1 if came else deaths + 1
                print("note: a worker process was killed; its runs are done again", file=sys.stderr)
        if deaths >= MOST_DEATHS:
            raise Stopped(KILLED)


def _answered(
    executor: Executor, waiting: list[Batch], running: dict[Future, Batch], hands: int
) -> Iterator[tuple[Batch, list[Row]]]:
    """Hand out what waits, a few ahead, and yield what comes back; ``running`` is what is out."""
    while waiting or running:
        with nobodys_main():
            while waiting and len(running) < AHEAD * hands:
                running[executor.submit(carry_out, waiting[-1])] = waiting[-1]
                waiting.pop()  # after it was taken: a broken pool takes none
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            rows = future.result()
            yield running.pop(future), rows
