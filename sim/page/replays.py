"""Replays in a worker process, a slice of time at a time.

Many people wait for few processors, so no replay is lived in one go: a worker lives on with one of
them for a fraction of a second, tells how far it has come, and is free for the next. What a year
brings does not depend on how it was sliced. The pasts that replays start from are kept on disk, so
that they are lived once.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from sim.core.cache import PACKAGE
from sim.language import ENGLISH, marked, speaking, t
from sim.page.choices import BASELINE, SCENARIOS, Choices
from sim.page.figures import Told, books, streams, told_of
from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.settings.places import CONFIGS
from sim.settings.protagonist import Protagonist, load_protagonist
from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.story import SOMEBODY, chosen, live_on, told
from sim.story.known import changes
from sim.story.numbers import tally
from sim.story.page import NOTE
from sim.story.years import TwoYears
from sim.study.apart import with_groups_of
from sim.world.model import OmnichannelModel
from sim.world.past import Past

OWN = frozenset({"strategies", "baseline", "scenario", "experiment", "carries.pair"})
MARK_DAYS = 28  # a replay may stop here, and is told
WEEK = 7
YEAR = 365
MOST_PASTS = 32  # in memory
MOST_EVES = 96  # of plans of several years, on disk: some ten megabytes each
LITTER = 12  # worlds that nobody needs, some ten megabytes each, before memory is cleared


@dataclass(frozen=True)
class Eve:
    """The day on which a year begins: in which world, and what the company was until then."""

    scenario: str
    seed: int
    years: int = 1  # for which the world goes on after the past that all have in common
    before: tuple[Choices, ...] = ()  # the company in each year since

    @property
    def a_year_ago(self) -> Eve:
        """The eve of the year before; of the first year its own."""
        return Eve(self.scenario, self.seed, self.years, self.before[:-1])

    @cached_property
    def name(self) -> str:
        """Of its file."""
        plain = f"{self.scenario}-{self.seed}"
        if self.years == 1:
            return f"{plain}.past"
        keys = " ".join(choices.key for choices in self.before)
        digest = hashlib.blake2b(keys.encode(), digest_size=6).hexdigest()
        return f"{plain}-{len(self.before)}of{self.years}-{digest}.past"


@dataclass(frozen=True)
class Replay:
    """What is lived from a past on: a company chosen, in the world of one seed."""

    choices: Choices
    seed: int

    @cached_property
    def eve(self) -> Eve:
        """What it starts from."""
        return Eve(self.choices.scenario, self.seed)


@dataclass(frozen=True)
class Run(Replay):
    """A company's year, without one group of its capabilities or with all."""

    without: str = ""  # a group of company.groups that stands as the Danish average has it

    @property
    def is_baseline(self) -> bool:
        """Whether it is the Danish average's own."""
        return not self.without and self.choices == Choices(scenario=self.choices.scenario)


@dataclass(frozen=True)
class Later(Replay):
    """A year of a plan of several: the company chosen, after what it was in the years before."""

    before: tuple[Choices, ...]
    years: int  # of the whole plan

    @cached_property
    def eve(self) -> Eve:
        return Eve(self.choices.scenario, self.seed, self.years, self.before)

    @property
    def is_last(self) -> bool:
        """Whether nothing of the plan comes after it."""
        return len(self.before) + 1 == self.years


@dataclass(frozen=True)
class Tale(Replay):
    """One customer's year under the Danish average and under the company chosen."""

    customer: str  # a file of configs/customer, or one of SOMEBODY
    language: str = ENGLISH  # in which it is told


@dataclass
class Reached:
    """How far a slice has come with a replay."""

    run: Run | Tale | Later
    share: float  # of the past, while that is lived; else of the year: 0-1
    warming: bool = False  # the past is still being lived
    told: Told | None = None  # the figures so far
    marks: list[Told] = field(default_factory=list)  # the baseline's at every mark so far
    streams: list | None = None  # at the year's end: where journeys went
    earlier: list[Told] = field(default_factory=list)  # the figures of a plan's years before
    done: bool = False


class Lived(NamedTuple):
    """What a replay goes on from."""

    past: Past
    years: list[Told]  # figures of each year since the past that all have in common


def loaded(overrides: tuple[str, ...], config_dir: str | None) -> tuple[Settings, Strategy]:
    """The page's settings and the Danish average. Raises BadInput."""
    for override in overrides:
        key, _, value = override.partition("=")
        if key.lstrip("+") in OWN and not (key == "scenario" and value in SCENARIOS):
            raise BadInput(key, value, "must be left out: people choose it on the page")
    alone = [f"strategies=[{BASELINE}]", f"baseline={BASELINE}", "carries.pair=[]"]
    settings, (average,) = load(["scale=page", *overrides, *alone], config_dir)
    return within_the_year(settings), average


def within_the_year(settings: Settings) -> Settings:
    """Shocks that would come in a later year come in the first one, at the same season."""
    shocks = settings.scenario.shocks
    if not shocks:
        return settings
    early = min(shock.from_day for shock in shocks) // YEAR * YEAR

    def moved(shock):
        days = {"from_day": shock.from_day - early, "until_day": shock.until_day - early}
        return shock.model_copy(update=days)

    scenario = settings.scenario.model_copy(update={"shocks": tuple(map(moved, shocks))})
    return settings.model_copy(update={"scenario": scenario})


def identity(settings: Settings, config_dir: str | None = None) -> str:
    """12 hex digits that change with the page's settings, with any source of the program or of its
    report, and with any file from which strategies, scenarios and customers are read."""
    digest = hashlib.blake2b(digest_size=6)
    digest.update(settings.model_dump_json(exclude={"output", "name"}).encode())
    read = [*PACKAGE.rglob("*.py"), *CONFIGS.rglob("*.yaml")]
    read += [path for path in (PACKAGE / "report").iterdir() if path.suffix in (".j2", ".css")]
    if config_dir is not None:
        read += Path(config_dir).rglob("*.yaml")
    for path in sorted(read):
        text = path.read_bytes()
        digest.update(f"{path.name}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()


def known(lived: TwoYears) -> dict[str, Any]:
    """What each company has on file of him, evening by evening, as far as it changes; the evening
    to be looked at first is the one after the worlds have parted."""
    first, last = lived.start.day, lived.worlds[0].day - 1
    return {
        "day": lived.files[0].day if lived.files else last,
        "changes": [changes(evenings, first) for evenings in lived.known],
    }


class Replays:
    """A worker's pasts, and the worlds that it is living in."""

    def __init__(
        self, overrides: tuple[str, ...], config_dir: str | None, folder: Path | None
    ) -> None:
        self.overrides, self.config_dir, self.folder = overrides, config_dir, folder
        self.loaded: dict[tuple[str, int], tuple[Settings, Strategy]] = {}
        self.pasts: OrderedDict[Eve, Lived] = OrderedDict()
        self.warming: dict[Eve, OmnichannelModel] = {}
        self.worlds: dict[Run | Later, OmnichannelModel] = {}
        self.marks: dict[Run, list[Told]] = {}
        self.tales: dict[Tale, Iterator[TwoYears]] = {}
        self.let_go = 0  # worlds since memory was last cleared

    def settings(self, scenario: str, years: int = 1) -> tuple[Settings, Strategy]:
        """Settings under a scenario, for a world of so many years, and the Danish average."""
        if (scenario, years) not in self.loaded:
            settings, average = loaded((*self.overrides, f"scenario={scenario}"), self.config_dir)
            days = {"horizon_days": settings.scale.horizon_days * years}
            scale = settings.scale.model_copy(update=days)
            settings = settings.model_copy(update={"scale": scale})
            self.loaded[scenario, years] = settings, average
        return self.loaded[scenario, years]

    def strategy(self, run: Run | Later) -> Strategy:
        """What the company does in a replay."""
        settings, average = self.settings(run.choices.scenario)
        chosen = run.choices.strategy(average)
        if isinstance(run, Run) and run.without:
            chosen = with_groups_of(chosen, average, [run.without], settings.company)
        return chosen

    def live_on(self, run: Run | Tale | Later, seconds: float) -> Reached:
        """Live on with a replay for about so long: with its past, or with its year."""
        until = time.perf_counter() + seconds
        lived = self.lived(run.eve, until)
        if lived is None:
            return Reached(run, self._share_of(run.eve), warming=True)
        if isinstance(run, Tale):
            with speaking(run.language):
                return self._told(run, lived.past, until)
        if run not in self.worlds:
            self.worlds[run] = lived.past.fork(self.strategy(run))
            self.marks[run] = []
        world = self.worlds[run]
        end = world.fork_day + self.year
        while world.day < end:
            passed = world.day - world.fork_day
            world.run(min(world.fork_day + (passed // MARK_DAYS + 1) * MARK_DAYS, end))
            if isinstance(run, Run) and run.is_baseline and run.seed == lived.past.settings.seed:
                self.marks[run].append(told_of(world, world.settings))
            if time.perf_counter() > until:
                break
        return self._reached(run, world, lived.years)

    @property
    def year(self) -> int:
        """Days of a year on this page."""
        settings, _ = self.settings(SCENARIOS[0])
        return settings.scale.horizon_days

    def _reached(self, run: Run | Later, world: OmnichannelModel, years: list[Told]) -> Reached:
        end = world.fork_day + self.year
        done = world.day >= end
        share = (world.day - world.fork_day) / (end - world.fork_day)
        told = None
        if done or run.seed == world.settings.seed:
            told = told_of(world, world.settings)
        reached = Reached(run, share, told=told, marks=self.marks[run], earlier=years, done=done)
        if done:
            told |= books(world)
            reached.streams = streams(world)
            if isinstance(run, Later) and not run.is_last:
                eve = Eve(run.eve.scenario, run.seed, run.years, (*run.before, run.choices))
                self._keep(eve, Lived(world.past().pack(), [*years, told]))
            self.drop(run)
        return reached

    def _told(self, tale: Tale, past: Past, until: float) -> Reached:
        """Live on with both of a customer's years for a while, and tell them when they are over."""
        _, average = self.settings(tale.choices.scenario)
        if tale not in self.tales:
            begun = past.fork(average)
            begun.keep_journal = False
            who = self._someone(tale.customer, begun)
            ours = tale.choices.strategy(average)
            ours = ours.model_copy(update={"title": marked("Our company")})
            self.tales[tale] = live_on(begun, [average, ours], who)
        for lived in self.tales[tale]:
            world = lived.worlds[0]
            if world.day >= world.end_day or time.perf_counter() > until:
                break
        share = (world.day - world.fork_day) / (world.end_day - world.fork_day)
        if share < 1.0:
            return Reached(tale, share)
        page = told(lived)
        heading = page.titles[0].upper()  # stands above the columns there, and so does NOTE below
        rows = [list(row) for row in page.rows if row.left not in (heading, t(NOTE))]
        numbers = [list(row) for row in tally(lived)]
        year = {"titles": page.titles, "rows": rows, "numbers": numbers}
        year |= {"name": lived.someone.name, "known": known(lived)}
        self.drop(tale)
        return Reached(tale, 1.0, told=year, done=True)

    def _someone(self, name: str, world: OmnichannelModel) -> Protagonist | int:
        """Whose year it is: a file's, or one of the simulated customers of ``world``."""
        for turns in SOMEBODY.values():
            if name in turns:
                return chosen(world, turns[name])
        return load_protagonist(name, world.settings.market, self.config_dir)

    def drop(self, run: Run | Tale | Later) -> None:
        """Nobody waits for this replay any more."""
        if self.tales.pop(run, None) is not None:
            self.let_go += 2
        if self.worlds.pop(run, None) is not None:
            self.marks.pop(run)
            self.let_go += 1
        if self.let_go >= LITTER:
            self.let_go = 0
            gc.collect()  # a model and its agents point at each other

    # ---- what replays go on from ---------------------------------------------------------------

    def lived(self, eve: Eve, until: float) -> Lived | None:
        """What a year goes on from; None where time is up before that has been lived."""
        if eve in self.pasts:
            self.pasts.move_to_end(eve)
            return self.pasts[eve]
        found = self._kept(eve)
        if found is None:
            found = self._live_to(eve, until)
        if found is not None:
            self.pasts[eve] = found
            if len(self.pasts) > MOST_PASTS:
                self.pasts.popitem(last=False)
        return found

    def _live_to(self, eve: Eve, until: float) -> Lived | None:
        years: list[Told] = []
        if eve.before:
            earlier = self.lived(eve.a_year_ago, until)
            if earlier is None:
                return None
            years = earlier.years
        if eve not in self.warming:
            settings, average = self.settings(eve.scenario, eve.years)
            if eve.before:
                self.warming[eve] = earlier.past.fork(eve.before[-1].strategy(average))
            else:
                self.warming[eve] = OmnichannelModel(settings, average, eve.seed)
        world = self.warming[eve]
        end = world.fork_day + (self.year if eve.before else 0)
        while world.day < end:
            world.run(min(world.day + WEEK, end))
            if time.perf_counter() > until:
                break
        if world.day < end:
            return None
        if eve.before:
            told = told_of(world, world.settings) | books(world)
            years = [*years, told]
        lived = Lived(world.past().pack(), years)
        del self.warming[eve], world
        gc.collect()
        if not eve.before:
            self._keep(eve, lived)
        return lived

    def _share_of(self, eve: Eve) -> float:
        """How much of what leads to it has been lived: 0-1."""
        settings, _ = self.settings(eve.scenario)
        whole = settings.scale.warmup_days + self.year * len(eve.before)
        while eve not in self.warming and eve.before:
            eve = eve.a_year_ago
        return self.warming[eve].day / whole if eve in self.warming else 0.0

    def _kept(self, eve: Eve) -> Lived | None:
        """What lies on disk; None where there is nothing, or it cannot be read."""
        if self.folder is None:
            return None
        with contextlib.suppress(Exception):  # damaged: it is lived anew
            return pickle.loads((self.folder / eve.name).read_bytes())
        return None

    def _keep(self, eve: Eve, lived: Lived) -> None:
        if self.folder is None:
            return
        path = self.folder / eve.name
        passing = path.with_suffix(f".{os.getpid()}")
        try:
            passing.write_bytes(pickle.dumps(lived))
            passing.replace(path)
            if eve.before:
                forget_oldest(self.folder)
        except OSError:  # a full disk costs time, no more
            passing.unlink(missing_ok=True)


def forget_oldest(folder: Path) -> None:
    """Delete what plans of several years left behind, but the last; their common pasts stay."""
    eves = sorted(folder.glob("*-[1-9]of*.past"), key=lambda path: path.stat().st_mtime)
    for path in eves[:-MOST_EVES]:
        path.unlink(missing_ok=True)
