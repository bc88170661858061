"""The pool: two workers share one past once it has been lived, and hold no more than is wanted."""

from __future__ import annotations

import threading
import time

import pytest
from small_page import PATIENCE, SMALL

from sim.page.choices import Choices
from sim.page.kept import KeptReplays
from sim.page.order import Wish
from sim.page.pool import Pool
from sim.page.replays import Eve, Run
from sim.study.warming import compile_rules

SEEDS = [1]


@pytest.fixture
def pool(tmp_path):
    compile_rules()
    made = Pool(
        (*SMALL, "scale.seeds=1"), None, tmp_path, SEEDS, 2, KeptReplays(None), lambda r: None
    )
    made.start()
    yield made
    made.close()


def until(enough, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not enough():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.01)


def test_both_workers_live_replays_that_start_from_the_same_past(pool):
    pool.wish("first", Wish(Choices(), time.monotonic()))
    until(lambda: Eve("base", 1) in pool.ready)
    seen, stop = set(), threading.Event()

    def watch() -> None:
        while not stop.is_set():
            with pool.changed:
                busy = {now.worker for now in pool.living.values() if now.busy}
            seen.add(frozenset(busy))

    threading.Thread(target=watch, daemon=True).start()
    for k in range(6):
        pool.wish(str(k), Wish(Choices(analysis=k / 2), time.monotonic()))
    done = lambda: all(pool.state(Run(Choices(analysis=k / 2), 1)).over for k in range(6))  # noqa: E731
    until(done)
    stop.set()
    assert frozenset({0, 1}) in seen, "one of them has only watched"


def test_what_nobody_asks_for_any_more_is_forgotten(pool):
    pool.wish("one", Wish(Choices(analysis=3.0), time.monotonic()))
    until(lambda: any(now.reached for now in pool.living.values()))
    pool.wish("one", Wish(Choices(analysis=1.0), time.monotonic()))
    pool.wish("one", None)
    until(lambda: not pool.living)
    assert not pool.asked and not pool.wanted
