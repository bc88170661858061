"""Having every rule compiled and on disk, before a run or its worker processes begin.

Compiling takes a minute or two of one processor. Two processes share it: each compiles the rules
below some of the largest, as a driver calls them, and leaves them on disk; what is above those is
little.
"""

from __future__ import annotations

import os
from typing import Any

import numba

from sim.core.bundles import File
from sim.encounter.day import pass_time, pursue_needs
from sim.encounter.mail import get_mail
from sim.encounter.store import visit_store
from sim.settings.load import load
from sim.study.workers import Progress, for_all
from sim.world.drivers import rules_are_compiled
from sim.world.model import OmnichannelModel

TINY = ["scale.customers=50", "scale.warmup_days=1", "scale.horizon_days=1", "scale.threads=1"]
HALVES = (  # about as long one as the other: rules, and how many whole numbers each takes
    ((visit_store, 3), (pursue_needs, 0)),
    ((get_mail, 0), (pass_time, 0)),
)


def compile_rules() -> None:
    """Compile all rules, unless they lie on disk already."""
    if rules_are_compiled():
        return
    processes = min(len(HALVES), os.cpu_count() or 1)
    list(for_all(compile_half, list(range(len(HALVES))), processes, lambda days: None))
    tiny_model().run()


def tiny_model() -> OmnichannelModel:
    """The smallest world that meets every rule."""
    settings, strategies = load(TINY)
    return OmnichannelModel(settings, strategies[0])


def in_hand(bundle: tuple) -> tuple:
    """A bundle as rules have it: where the driver hands over a table of one row, that record."""

    def record(part: Any) -> Any:
        if isinstance(part, tuple):
            return in_hand(part)
        return part[0] if part.dtype.names and len(part) == 1 else part

    return type(bundle)(*map(record, bundle))


def compile_half(half: int, progress: Progress = lambda days: None) -> None:
    """Compile the rules of one of HALVES, and all that they call, for what a driver hands them."""
    model = tiny_model()
    driver = model.driver
    given = model.terms, model.company.record, model.today, model.board.record
    world, office = map(in_hand, driver.handed(0, *given))
    file = File(driver.profiles[0], driver.profiles[0])
    me, file, world, office = map(numba.typeof, (driver.customers[0], file, world, office))
    for rule, numbers in HALVES[half]:
        rule.compile((me, file, *[numba.int64] * numbers, world, office))
