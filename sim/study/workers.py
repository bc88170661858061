"""Seeds spread over worker processes, and how far they have come.

Every worker is a fresh process: threads and compiled rules do not survive a fork. Results come
in the order of the seeds, whatever the number of workers.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import queue as queues
import sys
import threading
import types
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from sim.settings.complaints import Stopped

NARROW = 40  # columns that a progress bar needs

Progress = Callable[[int], None]  # simulated days since the last report
Result = TypeVar("Result")
Work = Callable[[int, Progress], Result]  # what is done for one seed; pickled to the workers


@contextmanager
def shown_progress(days: int, quiet: bool):
    """A progress bar in a terminal, a line a tenth elsewhere, nothing if quiet."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if console.width < NARROW:  # COLUMNS=0, or a split terminal
        console.width = NARROW
    if quiet:
        yield lambda done: None
    elif console.is_terminal:
        columns = (
            TextColumn("simulating"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("", total=days)
            yield lambda done: bar.advance(task, done)
    else:
        reached = [0, 0]

        def tell(done: int) -> None:
            reached[0] += done
            tenth = reached[0] * 10 // days
            if tenth > reached[1]:
                reached[1] = tenth
                console.print(f"simulating: {tenth * 10} %")

        yield tell


_reports = None  # in a worker: where it reports progress


def _open_worker(reports) -> None:
    global _reports
    _reports = reports
    threading.Thread(target=end_with_the_parent, daemon=True).start()


def end_with_the_parent() -> None:
    """A worker whose parent was killed has nobody to work for."""
    multiprocessing.parent_process().join()
    os._exit(1)


def _work(work: Work, seed: int) -> Result:
    gc.collect()
    gc.freeze()  # what is imported stays, and is not looked through after every world
    return work(seed, lambda days: _reports.put((seed, days)))


def for_all(work: Work, seeds: list[int], workers: int, progress: Progress) -> Iterator[Result]:
    """Results of all seeds in the order of the seeds, from as many processes as are asked for.

    What a killed process was working on is done once more. Raises :class:`Stopped` if that fails.
    """
    workers = min(workers, len(seeds))
    if workers == 1:
        for seed in seeds:
            yield work(seed, progress)
        return
    results: dict[int, Result] = {}
    try:
        _in_processes(work, seeds, workers, progress, results)
    except BrokenProcessPool:
        missing = [seed for seed in seeds if seed not in results]
        print("note: a worker process was killed; its seeds are done again", file=sys.stderr)
        try:
            _in_processes(work, missing, workers, progress, results)
        except BrokenProcessPool:
            raise Stopped(
                "a worker process was killed twice, perhaps for want of memory; "
                "scale.workers=1 or fewer scale.customers need less"
            ) from None
    for seed in seeds:
        yield results.pop(seed)


def _in_processes(
    work: Work, seeds: list[int], workers: int, progress: Progress, results: dict[int, Result]
) -> None:
    """Fill ``results`` from processes of their own. Raises if one of them is killed."""
    context = multiprocessing.get_context("spawn")
    reports = context.Queue()
    came: Counter[int] = Counter()
    with ProcessPoolExecutor(workers, context, _open_worker, (reports,)) as pool:
        with nobodys_main():
            tasks = {seed: pool.submit(_work, work, seed) for seed in seeds}
        try:
            while not all(task.done() for task in tasks.values()):
                try:
                    seed, days = reports.get(timeout=0.1)
                except queues.Empty:
                    continue
                came[seed] += days
                progress(days)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise
        finished = {seed: t for seed, t in tasks.items() if t.exception() is None}
        results |= {seed: task.result() for seed, task in finished.items()}
        for seed in tasks.keys() - finished.keys():
            progress(-came[seed])
        for task in tasks.values():
            task.result()


@contextmanager
def nobodys_main() -> Iterator[None]:
    """Start processes that do not run the caller's script again.

    They would import it to find what it defines, and need nothing of it; a notebook or a script
    from standard input cannot be imported, one without a main guard would start itself anew.
    """
    theirs = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = theirs
