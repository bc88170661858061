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

from sim.language import ENGLISH, number, speaking, t
from sim.page.choices import BASELINE, NAME, Choices
from sim.page.replays import within_the_year
from sim.settings.load import load
from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.study.workers import end_with_the_parent, nobodys_main

SEEDS = 4  # worlds of a report
NICENESS = 10
MOST_WAITING = 12
MOST_KEPT = 60
LONGEST_SECONDS = 1800.0
FORGOTTEN_SECONDS = 600.0  # after which nobody is told any more that a report failed
MOST_STOPPED = 2  # processes that may be killed over one report
READY, MAKING, FAILED, FULL = "ready", "making", "failed", "full"
LOADS = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
HEADERS = {
    "content-security-policy": LOADS + "frame-ancestors 'none'; sandbox",
    "cross-origin-opener-policy": "unsafe-none",  # a sandbox is shown under no other
    "content-disposition": 'inline; filename="omnijourney-report.html"',
}
"""What a browser may do with a report, which brings its style along and has no script."""
Tell = Callable[[float], None]  # of a report: what share of its days has been simulated


@dataclass
class Order:
    """A report that somebody has asked for."""

    choices: Choices
    language: str = ENGLISH
    since: float = field(default_factory=time.monotonic)
    share: float = 0.0  # of its days, simulated so far
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


def key_of(choices: Choices, language: str) -> str:
    """Names a report among all."""
    return choices.key if language == ENGLISH else f"{choices.key} in {language}"


def flow(value: Any) -> str:
    """A strategy's file in one line: its values are numbers, switches and names."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(each)}" for name, each in value.items()) + "}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def origin(settings: Settings) -> str:
    """What a report says of itself."""
    return t(
        "Made on the workshop's page: our company against the Danish average, scenario {scenario}, "
        "in {worlds} small worlds of {people} people each. omnijourney compare at full size gives "
        "other figures, with narrower intervals.",
        scenario=settings.scenario.name.replace("_", " "),
        worlds=settings.scale.seeds,
        people=number(settings.scale.customers),
    )


def written(overrides: list[str], config_dir: str | None, tell: Tell = lambda share: None) -> str:
    """The report of a comparison, as HTML. What it needs, the server does not: it is imported
    here."""
    from sim.report import build
    from sim.study.replay import compared, days_of
    from sim.study.warming import compile_rules

    compile_rules()
    settings, strategies = load(["scale=page", *overrides], config_dir)
    settings = within_the_year(settings)
    lived, days = 0, days_of(settings, strategies)

    def progress(more: int) -> None:
        nonlocal lived
        lived += more
        tell(lived / days)

    comparison = compared(settings, strategies, progress)
    with speaking(settings.output.language):
        return build(comparison, origin(settings))


def make(pipe: Connection, overrides: list[str], config_dir: str | None) -> None:
    """A process that makes one report, says how far it is, and sends it, or the traceback of what
    went wrong."""
    threading.Thread(target=end_with_the_parent, daemon=True).start()
    os.nice(NICENESS)
    try:
        told = READY, written(overrides, config_dir, lambda share: pipe.send((MAKING, share)))
    except Exception:
        told = FAILED, traceback.format_exc()
    pipe.send(told)


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

    def ask(self, choices: Choices, language: str = ENGLISH) -> tuple[str, Any]:
        """How it stands with a report in a language, which is made from now on if it was not.

        ``ready`` and its file; ``making``, how many are before it and what share of its days has
        been simulated; ``failed``; ``full``: too many wait.
        """
        key, path = key_of(choices, language), self.place(choices, language)
        with self.changed:
            if path.exists():
                return READY, path
            order = self.orders.get(key)
            if order is None:
                self._forget()
                if sum(not other.failed for other in self.orders.values()) >= MOST_WAITING:
                    return FULL, None
                order = self.orders[key] = Order(choices, language)
                self.changed.notify_all()
            if order.failed:
                del self.orders[key]  # who asks again may be luckier
                return FAILED, None
            before = [o for o in self.orders.values() if not o.failed and o.since < order.since]
            return MAKING, {"before": len(before), "share": order.share}

    def _forget(self) -> None:
        """Let go of what failed long ago, and nobody has asked for since."""
        until = time.monotonic() - FORGOTTEN_SECONDS
        old = [key for key, order in self.orders.items() if order.failed and order.since < until]
        for key in old:
            del self.orders[key]

    def place(self, choices: Choices, language: str = ENGLISH) -> Path:
        """The file of a report."""
        key = key_of(choices, language)
        digest = hashlib.blake2b(key.encode(), digest_size=8).hexdigest()
        return self.folder / f"{digest}.html"

    def _work(self) -> None:
        while True:
            with self.changed:
                while not self.closing and (order := self._next()) is None:
                    self.changed.wait()
                if self.closing:
                    return
            try:
                self._make(order)
            except Exception:  # no report is reason enough to make no others
                self.note(traceback.format_exc())
                order.failed = True
            with self.changed:
                if not order.failed:
                    self.orders.pop(key_of(order.choices, order.language), None)

    def _next(self) -> Order | None:
        waiting = [order for order in self.orders.values() if not order.failed]
        return min(waiting, key=lambda order: order.since, default=None)

    def _make(self, order: Order) -> None:
        """Have a report made, and keep it. A process that is killed is replaced."""
        for _ in range(MOST_STOPPED):
            found = self._by_a_process(order)
            if found is not None or self.closing:
                break
        state, told = found or (FAILED, "the processes of a report were killed")
        if state == READY:
            self._keep(order, told)
        elif not self.closing:
            self.note(told)
        order.failed = state != READY

    def _by_a_process(self, order: Order) -> tuple[str, str] | None:
        """``ready`` and the report, or ``failed`` and why; None: the process was killed."""
        given = [*self.overrides, *overrides_of(order.choices, self.average, self.seeds)]
        given.append(f"output.language={order.language}")
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        with nobodys_main():
            process = context.Process(target=make, args=(theirs, given, self.config_dir))
            process.daemon = True
            process.start()
        self.process = process
        theirs.close()
        until = time.monotonic() + LONGEST_SECONDS
        try:
            while ours.poll(max(0.0, until - time.monotonic())):
                state, told = ours.recv()
                if state != MAKING:
                    return state, told
                order.share = told
            return FAILED, "a report took too long"
        except (EOFError, OSError):
            return None
        finally:
            process.terminate()
            self.process = None
            ours.close()

    def _keep(self, order: Order, report: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.place(order.choices, order.language)
        passing = path.with_suffix(f".{os.getpid()}")
        passing.write_text(report, encoding="utf-8")
        passing.replace(path)
        kept = sorted(self.folder.glob("*.html"), key=lambda other: other.stat().st_mtime)
        for old in kept[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
