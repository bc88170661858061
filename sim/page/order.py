"""Whose replay is lived on with next: everybody's first picture before anybody's tenth.

A wish is what one visitor looks at. It asks for replays in an order: the first world, the company's
and the Danish average's; then a second and so on; the other return offers; and, where he has asked
why, the company without one group of its capabilities after the other. Of all visitors' replays the
one comes first that is earliest in its own wish's order, and among equals who has waited longest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sim.language import ENGLISH
from sim.page.choices import RETURNS, Choices
from sim.page.replays import Eve, Reached, Replay, Run, Tale

GROUP_SEEDS = 4  # worlds in which the company is replayed without each group
FIRST_PICTURE = -1


@dataclass(frozen=True)
class Wish:
    """What a visitor looks at, and since when."""

    choices: Choices
    since: float
    why: tuple[str, ...] = ()  # groups to be taken out, one after the other
    customer: str = ""  # whose year is to be told
    language: str = ENGLISH  # in which it is told

    @cached_property
    def average(self) -> Choices:
        """The Danish average's in the same scenario."""
        return Choices(scenario=self.choices.scenario)

    def baseline(self, seed: int) -> Run:
        """The Danish average in the same world."""
        return Run(self.average, seed)

    @cached_property
    def arms(self) -> dict[str, Choices]:
        """The same company with each of the return offers."""
        return {name: self.choices.model_copy(update={"returns": name}) for name in RETURNS}

    def runs(self, seeds: Iterable[int]) -> Iterator[tuple[int, Replay]]:
        """All replays that it asks for, each with its place in the order."""
        seeds = list(seeds)
        for k, seed in enumerate(seeds):
            yield 4 * k, self.baseline(seed)
            yield 4 * k, Run(self.choices, seed)
        if self.customer:
            yield 1, Tale(self.choices, seeds[0], self.customer, self.language)
        for k, seed in enumerate(seeds):
            for choices in self.arms.values():
                yield 4 * k + 6, Run(choices, seed)
        for k, seed in enumerate(seeds[:GROUP_SEEDS]):
            for group in self.why:
                yield 4 * k + 2, Run(self.choices, seed, group)


@dataclass(frozen=True)
class Plans:
    """What a room's game needs, and since when: replays, each with its place in the order."""

    placed: tuple[tuple[int, Replay], ...]
    since: float

    def runs(self, seeds: Iterable[int]) -> Iterator[tuple[int, Replay]]:
        """All of them."""
        return iter(self.placed)


@dataclass
class Living:
    """A replay that somebody has asked for: who lives it, and how far he has come."""

    worker: int = -1  # in whose memory its world is; -1: not begun
    busy: bool = False  # he is at it just now
    reached: Reached | None = None
    stopped: int = 0  # processes that were killed over it
    failed: str = ""

    @property
    def over(self) -> bool:
        """Whether nobody needs to live on with it."""
        return bool(self.failed) or (self.reached is not None and self.reached.done)


class Asked:
    """A wish, all replays that it asks for, and those that are still to be done, in its order."""

    def __init__(self, wish: Wish | Plans, seeds: Iterable[int]) -> None:
        placed = list(wish.runs(seeds))
        self.wish = wish
        self.runs = list(dict.fromkeys(run for _, run in placed))
        self.open = deque(sorted(placed, key=lambda entry: entry[0]))


def next_run(
    asked: Iterable[Asked],
    living: Callable[[Replay], Living],
    warmed_by: dict[Eve, int],
    worker: int,
) -> Replay | None:
    """What ``worker`` lives on with next; None where there is nothing for him.

    ``warmed_by``: who is living what a year goes on from. Two never live the same.
    """
    best, found = None, None
    for each in asked:
        while each.open and living(each.open[0][1]).over:
            each.open.popleft()
        for place, run in each.open:
            if best is not None and place > max(best[0], 0):
                break
            now = living(run)
            if now.over or now.busy or now.worker not in (-1, worker):
                continue
            if warmed_by.get(run.eve, worker) != worker:
                continue
            first = place == 0 and not (now.reached and now.reached.told)
            rank = (FIRST_PICTURE if first else place, each.wish.since)
            if best is None or rank < best:
                best, found = rank, run
            if first or place > 0:
                break  # nothing that comes later in this wish is more urgent
    return found
