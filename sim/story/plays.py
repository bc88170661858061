"""Scripted journeys, played and counted: for how many of those who make one it hangs together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.core import events as ev
from sim.core.rows import joined, picked
from sim.encounter.calls import CENTRE, DEPOT
from sim.settings.market import Market
from sim.settings.run import Settings
from sim.settings.script import Script, Sign, Step
from sim.settings.strategy import Policies, Strategy
from sim.story.acting import Cast, Scene, market_of, rest, scenes
from sim.story.divergence import OnFile
from sim.story.stage import Stage, clear_minds, make_known, the_wish
from sim.world.model import OmnichannelModel

CODES = {name: code for code, name in ev.KINDS.items()}
AGAIN = {name: code for code, name in ev.AGAIN.items()}


@dataclass
class Played:
    """One script played by many people in one world, and what came of it."""

    script: Script
    strategy: Strategy
    settings: Settings
    who: np.ndarray  # ids
    first_day: int
    events: np.ndarray  # EVENT of all of them, by day, person and occurrence
    mornings: list[OnFile] = field(default_factory=list)  # of one person, if asked for
    counted: np.ndarray = field(init=False)  # whether each of ``who`` is counted
    broken_by: dict[str, np.ndarray] = field(init=False)  # what broke it -> for whom

    def __post_init__(self) -> None:
        script = self.script
        self.counted = np.ones(len(self.who), bool)
        for sign in script.counted:
            self.counted &= self.happened(sign)
        self.broken_by = {sign.said: self.happened(sign) for sign in script.breaks}
        for sign in script.comes_about:
            self.broken_by[sign.said] = ~self.happened(sign)

    @property
    def held(self) -> np.ndarray:
        """Whether it hung together for each of ``who``."""
        return ~np.any([*self.broken_by.values()], axis=0)

    @property
    def n(self) -> int:
        """How many people are counted."""
        return int(self.counted.sum())

    @property
    def share(self) -> float:
        """For which share of those counted it hung together; NaN where nobody is."""
        return float(self.held[self.counted].mean()) if self.n else float("nan")

    def broke(self) -> Counter[str]:
        """What broke it for how many of those counted; one journey may break in two ways."""
        found = {
            said: int((broken & self.counted).sum()) for said, broken in self.broken_by.items()
        }
        return Counter(found)

    def happened(self, sign: Sign) -> np.ndarray:
        """For whom of ``who`` there was such an event."""
        events = self.events
        day = events["day"] - self.first_day
        fits = events["kind"] == CODES[sign.event]
        fits &= (day >= sign.from_day) & (day <= sign.until_day)
        if sign.again:
            fits &= np.isin(events["value"], [AGAIN[what] for what in sign.again])
        if sign.message:
            flows = list(self.settings.company.flows)
            names = ["newsletter", *flows]
            fits &= np.isin(events["order"], [names.index(name) for name in sign.message])
        if sign.solved is not None:
            fits &= (events["order"] == 1) == sign.solved
        if sign.about != "anything":
            fits &= self.is_about_it(sign)
        return np.isin(self.who, events["customer"][fits])

    def is_about_it(self, sign: Sign) -> np.ndarray:
        """Which events are about the kind of thing that was wanted, or the very thing looked at."""
        events, script = self.events, self.script
        category, style = kind_wanted(self.settings.market, script)
        its_kind = (events["category"] == category) & (events["style"] == style)
        if sign.about == "its kind":
            return its_kind
        looks = events[(events["kind"] == CODES["item_viewed"]) & its_kind]
        last = dict(zip(looks["customer"].tolist(), looks["item"].tolist(), strict=True))
        the_thing = np.array([last.get(who, -1) for who in events["customer"].tolist()])
        return its_kind & (events["item"] == the_thing)

    def events_of(self, who: int) -> np.ndarray:
        """One person's events."""
        return picked(self.events, self.events["customer"] == who)


def kind_wanted(market: Market, script: Script) -> tuple[int, int]:
    """Category and style, by their places in the market."""
    category = [category.name for category in market.categories].index(script.category)
    return category, market.categories[category].styles.index(script.style)


def play(
    script: Script, stage: Stage, *, trial: dict[str, bool] | None = None, watch: int | None = None
) -> Played:
    """Play ``script`` by the people on ``stage``.

    ``trial``: rungs of the ladder and policies, by name, that are fully on or off while it is
    played, on the people that the script's mechanism is tried on; :meth:`Mechanism.switched`.
    ``watch``: id of one of them whose file is kept for every day. Where the script says so, only
    those are counted for whom it would have broken had a step not been taken.
    """
    played = perform(script, script.steps, stage, trial, watch)
    left = tuple(step for step in script.steps if not step.but_for)
    if len(left) < len(script.steps):
        otherwise = perform(script, left, stage, trial)
        played.counted &= np.any([otherwise.happened(sign) for sign in script.breaks], axis=0)
    return played


def perform(
    script: Script,
    steps: Sequence[Step],
    stage: Stage,
    trial: dict[str, bool] | None,
    watch: int | None = None,
) -> Played:
    """Live the days of ``script`` with these of its steps."""
    world = stage.fork(tried(stage.world.strategy, trial or {}))
    category, style = kind_wanted(world.settings.market, script)
    rows = clear_minds(world, stage.who, category, style)
    if trial is not None:
        for name in script.rests_on.rungs:
            world.company.record[name] = float(trial[name])
        if script.rests_on.known:
            make_known(world, rows)
    cast = Cast(world, rows, the_wish(world, category), script)
    first, told, mornings = world.day, [], []
    for day in range(script.days):
        if watch is not None:
            mornings.append(OnFile(world, watch))
        today = [step for step in steps if step.day == day]
        told.append(live_day(cast, [scene for step in today for scene in scenes(step)]))
        if watch is not None:
            mornings[-1].close(world)
    events = joined(told)
    events = picked(events, np.lexsort((events["customer"], events["day"])))
    return Played(script, world.strategy, world.settings, stage.who, first, events, mornings)


def tried(strategy: Strategy, trial: dict[str, bool]) -> Strategy:
    """The strategy with some of its policies switched on or off."""
    policies = {name: on for name, on in trial.items() if name in Policies.model_fields}
    changed = strategy.policies.model_copy(update=policies)
    return strategy.model_copy(update={"policies": changed})


def live_day(cast: Cast, played: list[Scene]) -> np.ndarray:
    """One day: the company's plan and mails, then scene after scene; its events."""
    world, told, asked = cast.world, [], []
    world.today["day"] = world.day
    for part in world.parts:
        part.open_day()
    rest(cast)
    for scene in played or [None]:
        forced = scene(cast) if scene else {}
        if scene:
            cast.wake()
        world.driver.meet(market_of(world, forced))
        world.live()
        told += [log[:n].copy() for log, n in world.driver.events()]
        asked.append(world.driver.asked().copy())
        world.company.record["newsletters"] = 0  # they came with the first scene
    answer_at_once(world, joined(asked))
    world.day += 1
    return joined(told)


def answer_at_once(world: OmnichannelModel, asked: np.ndarray) -> None:
    """Nobody waits, so that nothing is heard of the desk; centre and depot answer next morning."""
    for queue in (CENTRE, DEPOT):
        mine = picked(asked, asked["queue"] == queue)
        places = world.population.place_of[mine["customer"]]
        nothing = np.zeros(len(mine))
        if len(mine):
            world.driver.hear(queue, places, mine["slot"], nothing, nothing > 0, world.day)
