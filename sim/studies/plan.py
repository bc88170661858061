"""What a study simulates: every run once, in batches that share a past.

A *world* is what its customers are and meet, the strategy that is their past, and a seed. A *run*
is a world under one arm at one point. Runs have keys that follow from their settings, so that one
which two points have in common (a baseline that no axis moves) is simulated once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from sim.measures.metrics import METRICS
from sim.settings.complaints import BadInput, there_are
from sim.settings.compose import quoted
from sim.settings.load import load, refuse_strangers
from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.studies.change import CHOSEN, changed, of_arm
from sim.studies.expectation import Expectation, called, parse
from sim.studies.points import Point, points_of
from sim.studies.question import Study
from sim.study.results import NOT_HASHED, hash_of
from sim.study.seen import place_of

MOST_IN_A_BATCH = 40  # runs: what is lost when a worker is killed
BATCHES_A_WORKER = 8  # at least, so that none waits long for the last
LEFT_OUT = {**NOT_HASHED, "seed": True, "survey": True, "carries": True, "strategies": True}
LEFT_OUT |= {"baseline": True, "scale": {"workers", "threads", "seeds"}}


class Arm(NamedTuple):
    """A strategy at a point, and the past it goes on from."""

    point: int
    name: str
    key: str  # of the run, without its seed


@dataclass(frozen=True)
class World:
    """Settings, and the strategy that was followed until the fork."""

    settings: Settings
    past: Strategy

    @cached_property
    def key(self) -> str:
        """SHA-256 of what determines the past, in hexadecimal; seeds apart."""
        return hash_of(self.settings, [self.past], LEFT_OUT)

    def key_under(self, strategy: Strategy) -> str:
        """SHA-256 of the world and the strategy it follows from the fork on."""
        return hashlib.sha256(f"{self.key}{strategy.model_dump_json()}".encode()).hexdigest()


@dataclass(frozen=True)
class Batch:
    """Runs of one world and seed, for one worker."""

    world: World
    seed: int
    runs: tuple[tuple[str, Strategy], ...]  # key with seed, strategy
    measures: tuple[str, ...]

    @property
    def days(self) -> int:
        """Days to simulate: what progress is counted in."""
        scale = self.world.settings.scale
        return scale.warmup_days + scale.horizon_days * len(self.runs)


@dataclass(frozen=True)
class Plan:
    """All that a study may simulate, checked."""

    study: Study
    settings: Settings  # before any axis moves them
    points: list[Point]
    arms: list[Arm]
    worlds: list[World]  # of the arms, in their order
    strategies: list[Strategy]  # the same
    measures: dict[str, str]  # name in the study to name of the measure
    expected: list[Expectation]

    @cached_property
    def key(self) -> str:
        """SHA-256 of all that determines the figures but how many worlds are tried."""
        content = [
            [arm.key for arm in self.arms],
            self.settings.seed,
            sorted(self.measures.items()),
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def batches(self, seeds: range, workers: int) -> Iterator[Batch]:
        """All that is simulated, world by world."""
        asked: dict[tuple[int, str], tuple[World, dict[str, Strategy]]] = {}
        for seed in seeds:
            for arm, world, strategy in zip(self.arms, self.worlds, self.strategies, strict=True):
                runs = asked.setdefault((seed, world.key), (world, {}))[1]
                runs[run_key(arm.key, seed)] = strategy
        total = sum(len(runs) for _, runs in asked.values())
        size = max(1, min(MOST_IN_A_BATCH, -(-total // (workers * BATCHES_A_WORKER))))
        wanted = tuple(dict.fromkeys(self.measures.values()))
        for (seed, _), (world, runs) in asked.items():
            pairs = list(runs.items())
            step = len(pairs) if len(asked) >= workers and len(pairs) <= MOST_IN_A_BATCH else size
            for start in range(0, len(pairs), step):
                yield Batch(world, seed, tuple(pairs[start : start + step]), wanted)


def run_key(arm: str, seed: int) -> str:
    """The name of a run: of its arm, and its seed."""
    return f"{arm[:16]}-{seed}"


def planned(
    study: Study, overrides: tuple[str, ...] = (), config_dir: Path | str | None = None
) -> Plan:
    """What ``study`` simulates, with ``overrides`` beside its own settings.

    Raises :class:`BadInput` before anything is simulated.
    """
    measures = {name: name for name in METRICS} | study.measures
    for name, measure in measures.items():
        place_of(measure, f"study.measures.{name}")
    expected = [
        parse(text, measures, study.strategies, f"study.expect.{k}")
        for k, text in enumerate(study.expect)
    ]
    if study.choose and (asked := called(study.choose.measure)) not in measures:
        raise BadInput(
            "study.choose.measure", asked, f"no such measure; {there_are(asked, measures)}"
        )
    points = points_of(study)
    composer = Composer(study, overrides, config_dir)
    arms, worlds, strategies = [], [], []
    for number, point in enumerate(points):
        world, at_point = composer.at(point)
        for name, strategy in at_point.items():
            arms.append(Arm(number, name, world.key_under(strategy)))
            worlds.append(world)
            strategies.append(strategy)
    return Plan(study, composer.first, points, arms, worlds, strategies, measures, expected)


class Composer:
    """Settings and strategies of points; what points have in common is read once."""

    def __init__(
        self, study: Study, overrides: tuple[str, ...], config_dir: Path | str | None
    ) -> None:
        self.study, self.config_dir = study, config_dir
        names = ",".join(study.strategies)
        fixed = [f"strategies=[{names}]", f"baseline={study.baseline}", f"name={study.name}"]
        variants = [f"variants.{name}={_spoken(made)}" for name, made in study.variants.items()]
        self.given = [*fixed, "carries.pair=[]", "scale.steady_days=0", *variants]
        self.given += [*study.settings, *overrides]
        self._read: dict[tuple, tuple[Settings, dict[str, Strategy]]] = {}
        self._worlds: dict[tuple, World] = {}
        self.first = self._loaded(())[0]

    def _loaded(self, chosen: tuple[str, ...]) -> tuple[Settings, dict[str, Strategy]]:
        if chosen not in self._read:
            settings, strategies = load([*self.given, *chosen], self.config_dir)
            self._read[chosen] = settings, {s.name: s for s in strategies}
        return self._read[chosen]

    def at(self, point: Point) -> tuple[World, dict[str, Strategy]]:
        """The world at a point, and its arms."""
        chosen = tuple(f"{key}={value}" for key, value in point.items() if key in CHOSEN)
        settings, strategies = self._loaded(chosen)
        arms = self.study.strategies
        moved = {k: v for k, v in point.items() if k not in CHOSEN}
        for key, value in moved.items():
            if not of_arm(key, arms):
                settings = changed(settings, key, value)
        found = dict(strategies)
        for key, value in moved.items():
            if of_arm(key, arms):
                found[key.partition(".")[0]] = _moved(found, key, value)
        for name, strategy in found.items():
            refuse_strangers(strategy, settings, f"strategy.{name}")
        past = found[self.study.baseline]
        same = (chosen, tuple(sorted((k, v) for k, v in moved.items() if self._of_world(k))))
        world = self._worlds.setdefault(same, World(settings, past))
        return world, found

    def _of_world(self, key: str) -> bool:
        return not of_arm(key, self.study.strategies) or key.startswith(f"{self.study.baseline}.")


def _spoken(value: Any) -> str:
    """A value as it stands on the command line."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{_spoken(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_spoken, value)) + "]"
    return json.dumps(value) if not isinstance(value, str) else quoted(value)


def _moved(strategies: dict[str, Strategy], key: str, value: Any) -> Strategy:
    name, _, path = key.partition(".")
    strategy = strategies[name]
    if path.startswith("maturity.") and strategy.schedule:
        allowed = f"must be of an arm without a schedule or projects, and {name} has one"
        raise BadInput(f"study.axes.{key}", value, allowed)
    return changed(strategy, path, value)
