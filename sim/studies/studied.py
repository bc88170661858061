"""A study carried out: worlds are added until all is decided, or the budget is spent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from sim.settings.complaints import BadInput
from sim.studies.deciding import UNDECIDED, Chosen, Verdict, chosen, level_of_a_look, looks, verdict
from sim.studies.expectation import called
from sim.studies.labour import results
from sim.studies.plan import Batch, Plan, planned, run_key
from sim.studies.question import Study, load_study
from sim.studies.store import Store
from sim.study.warming import compile_rules
from sim.study.workers import shown_progress

KEYS = ("run", "config", "point", "arm", "seed")


@dataclass
class Answer:
    """What a study found of one thing it expected."""

    text: str
    overall: Verdict  # over all points, each counting the same
    points: list[Verdict]

    @property
    def holds(self) -> float:
        """Share of the points at which the mean is on the expected side."""
        return float(np.mean([point.margin.mean > 0 for point in self.points]))


@dataclass
class Studied:
    """A study and its answers.

    runs
        One row for each arm at each point in each world: ``run`` (its key; the same where no axis
        moves what is run), ``config`` (SHA-256 of settings, past and strategy), ``point``
        (from 0), ``arm``, ``seed``, a column for each axis, a column for each measure.
    """

    plan: Plan
    runs: pd.DataFrame
    answers: list[Answer] = field(default_factory=list)
    best: Chosen | None = None
    folder: Path | None = None

    @property
    def worlds(self) -> int:
        """How many worlds each point was simulated in."""
        return int(self.runs["seed"].nunique())

    @property
    def decided(self) -> bool:
        """Whether nothing asked is open."""
        return all(a.overall.word != UNDECIDED for a in self.answers) and (
            self.best is None or len(self.best.left) == 1
        )


@dataclass(frozen=True)
class Way:
    """How a study is carried out. Nothing of it changes a figure."""

    cluster: str = ""  # address of a Dask scheduler; "" for processes of this machine
    shard: tuple[int, int] = (1, 1)  # this part of so many, for a job array
    folder: Path | None = None  # its own folder; else one below output.folder
    quiet: bool = False


def shard_of(text: str) -> tuple[int, int]:
    """The part that ``i/k`` names. Raises :class:`BadInput`."""
    part, _, parts = text.partition("/")
    if part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts):
        return int(part), int(parts)
    raise BadInput("--shard", text, "must be i/k, as in 3/10, i from 1 to k")


def study(
    name: str | Study,
    overrides: Iterable[str] = (),
    config_dir: Path | str | None = None,
    way: Way | None = None,
) -> Studied:
    """Carry out the study of this name, file or content, or what is missing of it.

    ``overrides`` as on the command line (``scale.customers=2000``). Every run that has come back
    is kept in the study's folder at once; the same call goes on where it was left. Raises
    :class:`BadInput` before anything is simulated.

    >>> from sim.studies.studied import study
    >>> found = study("return_options", ["scale=tiny"])  # doctest: +SKIP
    >>> found.answers[0].overall.word  # doctest: +SKIP
    'supported'
    """
    asked = load_study(name, config_dir) if isinstance(name, str) else name
    plan = planned(asked, tuple(overrides), config_dir)
    return carried_out(plan, way or Way())


def carried_out(plan: Plan, way: Way) -> Studied:
    """Simulate what a plan asks for and is not there yet, and read off the answers."""
    store = opened(plan, way)
    if not way.cluster:
        compile_rules()
    for worlds in looks(plan.study.replications):
        simulate(plan, store, worlds, way)
        found = read_off(plan, store)
        if way.shard[1] == 1 and found.decided and (found.answers or found.best):
            break
    found.folder = store.folder
    return found


def opened(plan: Plan, way: Way) -> Store:
    """The study's folder."""
    told = {"study": plan.study.model_dump(mode="json"), "measures": plan.measures}
    if way.folder is not None:
        return Store.at(way.folder, plan.key, told)
    return Store.opened(plan.settings.output.folder, plan.study.name, plan.key, told)


def simulate(plan: Plan, store: Store, worlds: int, way: Way) -> None:
    """Carry out this part's batches that are missing for so many worlds."""
    seeds = range(plan.settings.seed, plan.settings.seed + worlds)
    workers = plan.settings.scale.workers
    part, parts = way.shard
    done = set(store.rows()["run"])
    mine = [
        batch
        for number, batch in enumerate(plan.batches(seeds, workers))
        if number % parts == part - 1
    ]
    missing = [short for batch in mine if (short := without(batch, done)).runs]
    if not missing:
        return
    with shown_progress(sum(batch.days for batch in missing), way.quiet) as progress:
        for batch, rows in results(missing, workers, way.cluster):
            store.keep(rows)
            progress(batch.days)


def without(batch: Batch, done: set[str]) -> Batch:
    """What is still missing of a batch."""
    runs = tuple(run for run in batch.runs if run[0] not in done)
    return Batch(batch.world, batch.seed, runs, batch.measures)


def read_off(plan: Plan, store: Store) -> Studied:
    """The answers that the runs so far give, over the worlds that all arms have."""
    runs = tidy(plan, store.rows())
    found = Studied(plan, runs)
    table = by_world(plan, runs)
    if not table:  # a part of a job array need not hold one whole world
        return found
    asked = plan.study.replications
    level = level_of_a_look(asked, len(plan.expected))
    for expectation in plan.expected:
        points = [
            expectation.evaluated({f: table[f][k] for f in expectation.figures})
            for k in range(len(plan.points))
        ]
        means = [np.mean(margins, axis=0) for margins in zip(*points, strict=True)]
        each = [verdict(margins, level) for margins in points]
        found.answers.append(Answer(expectation.text, verdict(means, level), each))
    if plan.study.choose:
        wanted = called(plan.study.choose.measure)
        figures = {arm: table[wanted, arm].mean(axis=0) for arm in plan.study.strategies}
        found.best = chosen(figures, plan.study.choose, asked.first)
    return found


def tidy(plan: Plan, rows: pd.DataFrame) -> pd.DataFrame:
    """One row a run, with the points, arms and axes that it stands for."""
    if rows.empty:
        return pd.DataFrame(columns=[*KEYS, *plan.study.axes, *plan.measures])
    place = {key: k for k, key in enumerate(rows["run"])}
    seeds = sorted({int(key.rpartition("-")[2]) for key in place})
    found = [
        (place[key], key, arm.key, arm.point, arm.name, seed)
        for seed in seeds
        for arm in plan.arms
        if (key := run_key(arm.key, seed)) in place
    ]
    frame = pd.DataFrame([row[1:] for row in found], columns=list(KEYS))
    for axis in plan.study.axes:
        frame[axis] = [plan.points[point][axis] for point in frame["point"]]
    taken = rows.iloc[[row[0] for row in found]].reset_index(drop=True)
    for name, measure in plan.measures.items():
        frame[name] = taken[measure]
    return frame


def by_world(plan: Plan, runs: pd.DataFrame) -> dict[tuple[str, str], np.ndarray]:
    """Figures by measure and arm, (points, worlds), of worlds in which no run is missing."""
    counts = runs.groupby("seed").size()
    whole = runs[runs["seed"].isin(counts.index[counts == len(plan.arms)])]
    return {
        (name, str(arm)): rows[name].to_numpy(float).reshape(len(plan.points), -1)
        for arm, rows in whole.sort_values(["point", "seed"]).groupby("arm")
        for name in plan.measures
    }
