"""The same customer's year lived twice, from one common past."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from sim.settings.protagonist import Protagonist
from sim.settings.run import Settings
from sim.settings.script import Script
from sim.settings.strategy import Strategy
from sim.story.anybody import Simulated, introduced
from sim.story.arrival import settle
from sim.story.divergence import OnFile, first_divergence
from sim.story.known import Known, known
from sim.world.model import OmnichannelModel


@dataclass
class TwoYears:
    """What one person lived under two strategies, and what the companies had on file."""

    someone: Protagonist | Simulated | Script
    strategies: list[Strategy]
    who: int
    start: OnFile  # on the day of the fork, common to both
    worlds: list[OmnichannelModel] = field(default_factory=list)  # at the end
    events: list[np.ndarray] = field(default_factory=list)  # EVENT, his only
    files: list[OnFile] = field(default_factory=list)  # on the day they part
    known: list[list[list[Known]]] = field(default_factory=list)  # in either, evening by evening


def live(settings: Settings, strategies: list[Strategy], someone: Protagonist | int) -> TwoYears:
    """Warm up under the first strategy, settle ``someone``, and live on under both."""
    past = OmnichannelModel(settings, strategies[0], keep_journal=False)
    past.run(settings.scale.warmup_days)
    *_, lived = live_on(past, strategies, someone)
    return lived


def live_on(
    past: OmnichannelModel, strategies: list[Strategy], someone: Protagonist | int
) -> Iterator[TwoYears]:
    """Settle ``someone`` in a world that goes no further itself, and live on from it under both
    strategies: the same two years after each day of theirs, whole when there is no other.

    ``someone``: a protagonist, or the id of one who is there, see :mod:`sim.story.anybody`. Both
    days are lived side by side, so that what is on file is at hand when the worlds part.
    """
    if isinstance(someone, int):
        who, told = someone, introduced(past, someone)
    else:
        who, told = settle(past, someone), someone
    lived = TwoYears(told, strategies, who, OnFile(past, who))
    lived.worlds = [past.fork(strategy) for strategy in strategies]
    lived.known = [[] for _ in strategies]
    logs: list[list[np.ndarray]] = [[], []]
    while lived.worlds[0].day < lived.worlds[0].end_day:
        mornings = [OnFile(world, who) for world in lived.worlds]
        for k, world in enumerate(lived.worlds):
            world.step()
            mornings[k].close(world)
            logs[k].append(own_events(world, who))
            lived.known[k].append(known(world, who, told.name))
        if not lived.files and first_divergence(logs[0][-1], logs[1][-1]) is not None:
            lived.files = mornings
        if lived.worlds[0].day == lived.worlds[0].end_day:
            lived.events = [np.concatenate(log) for log in logs]
        yield lived


def own_events(world: OmnichannelModel, who: int) -> np.ndarray:
    """The events of one customer on the day just lived."""
    return np.concatenate([log[:n][log["customer"][:n] == who] for log, n in world.driver.events()])
