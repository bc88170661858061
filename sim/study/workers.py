"""Seeds spread over worker processes, and how far they have come.

Every worker is a fresh process: threads and compiled rules do not survive a fork. Results come
in the order of the seeds, whatever the number of workers.
"""

from __future__ import annotations

import multiprocessing
import queue as queues
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Progress = Callable[[int], None]  # simulated days since the last report
Result = TypeVar("Result")
Work = Callable[[int, Progress], Result]  # what is done for one seed; pickled to the workers


@contextmanager
def shown_progress(days: int, quiet: bool):
    """A progress bar in a terminal, a line a tenth elsewhere, nothing if quiet."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
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


def _work(work: Work, seed: int) -> Result:
    return work(seed, _reports.put)


def for_all(work: Work, seeds: list[int], workers: int, progress: Progress) -> Iterator[Result]:
    """Results of all seeds in the order of the seeds, from as many processes as are asked for."""
    workers = min(workers, len(seeds))
    if workers == 1:
        for seed in seeds:
            yield work(seed, progress)
        return
    context = multiprocessing.get_context("spawn")
    reports = context.Queue()
    with ProcessPoolExecutor(workers, context, _open_worker, (reports,)) as pool:
        tasks = [pool.submit(_work, work, seed) for seed in seeds]
        try:
            while not all(task.done() for task in tasks):
                try:
                    progress(reports.get(timeout=0.1))
                except queues.Empty:
                    continue
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise
        for task in tasks:
            yield task.result()
