"""The past that all of a study's worlds have in common, and living on from it."""

from __future__ import annotations

import gc

from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.study.workers import Progress
from sim.world.model import OmnichannelModel
from sim.world.past import Past

STRIDE_DAYS = 73  # between two reports of progress


def common_past(
    settings: Settings, strategy: Strategy, seed: int, progress: Progress = lambda days: None
) -> Past:
    """The warm-up under ``strategy`` in the world of ``seed``, packed."""
    world = OmnichannelModel(settings, strategy, seed)
    live(world, settings.scale.warmup_days, progress)
    past = world.past().pack()
    del world
    gc.collect()  # a model and its agents point at each other
    return past


def live(world: OmnichannelModel, until: int, progress: Progress = lambda days: None) -> None:
    """Simulate up to day ``until``, reporting on the way."""
    while world.day < until:
        before = world.day
        world.run(min(before + STRIDE_DAYS, until))
        progress(world.day - before)
