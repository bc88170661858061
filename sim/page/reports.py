"""The report to take home: what ``omnijourney compare`` writes, for the company of the sliders.

One is made at a time, in a process of low priority that ends with it, so that pictures do not wait
for reports. Who asks again for the same company is given the one that was made.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import yaml

from sim.page.choices import BASELINE, NAME, Choices
from sim.page.replays import within_the_year
from sim.settings.load import load
from sim.settings.strategy import Strategy
from sim.study.workers import end_with_the_parent, nobodys_main

SEEDS = 4  # worlds of a report
NICENESS = 10
MOST_WAITING = 12
MOST_KEPT = 60
LONGEST_SECONDS = 1800.0
READY, MAKING, FAILED, FULL = "ready", "making", "failed", "full"
LOADS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
POLICY = LOADS + "form-action 'none'; frame-ancestors 'none'"
"""What a browser may do with a report, which brings its style along and has no script."""


@dataclass
class Order:
    """A report that somebody has asked for."""

    choices: Choices
    since: float = field(default_factory=time.monotonic)
    begun: float = 0.0
    failed: bool = False


def overrides_of(choices: Choices, average: Strategy, seeds: int = SEEDS) -> list[str]:
    """The choices as ``omnijourney compare`` takes them, in so many worlds."""
    company = yaml.safe_load(choices.document(average))
    return [
        f"scenario={choices.scenario}",
        f"strategies=[{BASELINE},{NAME}]",
        f"baseline={BASELINE}",
        f"variants.{NAME}={flow(company)}",
        f"scale.seeds={seeds}",
        "scale.workers=1",
        "carries.pair=[]",
    ]


def flow(value: Any) -> str:
    """A strategy's file in one line: its values are numbers, switches and names."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(each)}" for name, each in value.items()) + "}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def written(overrides: list[str], config_dir: str | None) -> str:
    """The report of a comparison, as HTML."""
    from sim.report import build
    from sim.study.replay import compare

    settings, strategies = load(["scale=page", *overrides], config_dir)
    return build(compare(within_the_year(settings), strategies, quiet=True))


def make(pipe: Connection, overrides: list[str], config_dir: str | None) -> None:
    """A process that makes one report and sends it, or the traceback of what went wrong."""
    threading.Thread(target=end_with_the_parent, daemon=True).start()
    os.nice(NICENESS)
    try:
        pipe.send((True, written(overrides, config_dir)))
    except Exception:
        pipe.send((False, traceback.format_exc()))


class Reports:
    """Reports that have been made, and those that wait. Its methods may be called from any thread.

    ``folder``: where they are kept; None: only as long as the server lives. ``seeds``: worlds that
    the page has. ``note``: is told what went wrong.
    """

    def __init__(
        self,
        overrides: tuple[str, ...],
        config_dir: str | None,
        folder: Path | None,
        average: Strategy,
        seeds: int,
        note: Callable[[str], None],
    ) -> None:
        self.overrides, self.config_dir = overrides, config_dir
        self.average, self.seeds, self.note = average, min(seeds, SEEDS), note
        self._passing = None if folder else tempfile.TemporaryDirectory(prefix="omnijourney-")
        self.folder = (folder or Path(self._passing.name)) / "reports"
        self.orders: dict[str, Order] = {}
        self.changed = threading.Condition()
        self.closing = False
        self.process: multiprocessing.Process | None = None
        self.thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self.thread.start()

    def close(self) -> None:
        """End; what is being made is left."""
        with self.changed:
            self.closing = True
            if self.process is not None:
                self.process.terminate()
            self.changed.notify_all()
        if self.thread.ident is not None:
            self.thread.join(timeout=5)
        if self._passing:
            self._passing.cleanup()

    def ask(self, choices: Choices) -> tuple[str, Any]:
        """How it stands with a report, which is made from now on if it was not.

        ``ready`` and its file; ``making``, how many are before it and for how many seconds it has
        been at work; ``failed``; ``full``: too many wait.
        """
        path = self.place(choices)
        if path.exists():
            return READY, path
        with self.changed:
            order = self.orders.get(choices.key)
            if order is None:
                if sum(not other.failed for other in self.orders.values()) >= MOST_WAITING:
                    return FULL, None
                order = self.orders[choices.key] = Order(choices)
                self.changed.notify_all()
            if order.failed:
                del self.orders[choices.key]  # who asks again may be luckier
                return FAILED, None
            before = [o for o in self.orders.values() if not o.failed and o.since < order.since]
            worked = time.monotonic() - order.begun if order.begun else 0.0
            return MAKING, {"before": len(before), "seconds": round(worked)}

    def place(self, choices: Choices) -> Path:
        """The file of a report."""
        digest = hashlib.blake2b(choices.key.encode(), digest_size=8).hexdigest()
        return self.folder / f"{digest}.html"

    def _work(self) -> None:
        while True:
            with self.changed:
                while not self.closing and (order := self._next()) is None:
                    self.changed.wait()
                if self.closing:
                    return
                order.begun = time.monotonic()
            try:
                self._make(order)
            except Exception:  # no report is reason enough to make no others
                self.note(traceback.format_exc())
                order.failed = True
            with self.changed:
                if not order.failed:
                    self.orders.pop(order.choices.key, None)

    def _next(self) -> Order | None:
        waiting = [order for order in self.orders.values() if not order.failed]
        return min(waiting, key=lambda order: order.since, default=None)

    def _make(self, order: Order) -> None:
        given = [*self.overrides, *overrides_of(order.choices, self.average, self.seeds)]
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        with nobodys_main():
            process = context.Process(target=make, args=(theirs, given, self.config_dir))
            process.daemon = True
            process.start()
        self.process = process
        theirs.close()
        try:
            done, told = ours.recv() if ours.poll(LONGEST_SECONDS) else (False, "it took too long")
        except EOFError:
            done, told = False, "the process of a report was killed"
        finally:
            process.terminate()
            self.process = None
            ours.close()
        if done:
            self._keep(order, told)
        elif not self.closing:
            self.note(told)
        order.failed = not done

    def _keep(self, order: Order, report: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.place(order.choices)
        passing = path.with_suffix(f".{os.getpid()}")
        passing.write_text(report, encoding="utf-8")
        passing.replace(path)
        kept = sorted(self.folder.glob("*.html"), key=lambda other: other.stat().st_mtime)
        for old in kept[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
