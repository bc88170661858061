"""What a visitor sees of a company so far: its figures beside the Danish average's, and how sure.

At first one world has been lived in part, and both companies are told as far as that; then whole
years of more and more worlds. Intervals are Student's t over worlds, paired, and claimed from
three of them on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from sim.measures.returns import BANDS, DOCUMENTS
from sim.measures.statistics import interval, intervals
from sim.page.choices import RETURNS
from sim.page.figures import FIGURES, SEGMENTS, Told, number
from sim.page.order import GROUP_SEEDS, Living, Wish
from sim.page.replays import Run, Tale

LEAST_WORLDS = 3  # for an interval
ARM_OF = dict(zip(RETURNS, DOCUMENTS, strict=True))
Picture = dict[str, Any]


def picture(wish: Wish, seeds: list[int], state: Callable[[Run], Living]) -> Picture:
    """The picture of a wish, as it goes to the browser."""
    pairs = [(state(Run(wish.choices, seed)), state(wish.baseline(seed))) for seed in seeds]
    done = [(told_at_end(a), told_at_end(b)) for a, b in pairs]
    whole = [(a, b) for a, b in done if a and b]
    found: Picture = {"key": wish.choices.key, "worlds": len(whole), "of": len(seeds)}
    failed = [side.failed for pair in pairs for side in pair if side.failed]
    if failed:
        return found | {"failed": failed[0]}
    if whole:
        found |= {"lived": 1.0, "figures": compared(whole)}
        ours, theirs = pairs[0]
        if ours.reached and ours.reached.done and theirs.reached and theirs.reached.done:
            found["streams"] = {"ours": ours.reached.streams, "average": theirs.reached.streams}
    else:
        found |= first_picture(*pairs[0])
    found["returns"] = arms(wish, seeds, state)
    if wish.customer:
        found["tale"] = tale(wish, seeds[0], state)
    if wish.why:
        found["why"] = carried(wish, seeds, state)
    return found


def told_at_end(now: Living) -> Told | None:
    """The figures of a year that is over."""
    return now.reached.told if now.reached and now.reached.done else None


def first_picture(ours: Living, theirs: Living) -> Picture:
    """One world, lived in part: both companies as far as the year has come."""
    if not ours.reached or not ours.reached.told or not theirs.reached:
        share = (
            ours.reached.share if ours.reached else theirs.reached.share if theirs.reached else 0
        )
        return {"lived": 0.0, "warming": share}
    told = ours.reached.told
    marks = [*theirs.reached.marks, theirs.reached.told or {}]
    same = [mark for mark in marks if mark and mark["day"] == told["day"]]
    if not same:
        return {"lived": 0.0, "warming": 1.0}
    return {"lived": ours.reached.share, "figures": compared([(told, same[0])])}


def compared(pairs: list[tuple[Told, Told]]) -> Picture:
    """Figure by figure and segment by segment: ours, the average's, and the paired difference."""
    both = np.array([[list(t["figures"].values()) for t in pair] for pair in pairs], float)
    ours, average = both.mean(axis=0)
    told = intervals(both[:, 0] - both[:, 1])
    found = {}
    for i, (name, figure) in enumerate(FIGURES.items()):
        rows = {
            segment: {
                "ours": number(ours[i, k]),
                "average": number(average[i, k]),
                "difference": claimed([bound[i, k] for bound in told], len(pairs)),
            }
            for k, segment in enumerate(SEGMENTS)
        }
        found[name] = {"unit": figure.unit} | rows
    return found


def arms(wish: Wish, seeds: list[int], state: Callable[[Run], Living]) -> Picture:
    """Of 100 kroner ordered online, how many stay with each return offer, beside the documents."""
    found = {}
    for name, choices in wish.arms.items():
        told = [told_at_end(state(Run(choices, seed))) for seed in seeds]
        kept = np.array([year["kept"] for year in told if year], float)
        arm = ARM_OF[name]
        found[name] = {"documents": DOCUMENTS[arm], "band": BANDS[arm], "worlds": len(kept)}
        found[name] |= {"kept": sure(kept)}
    return found


def carried(wish: Wish, seeds: list[int], state: Callable[[Run], Living]) -> Picture:
    """What the company loses without each group of capabilities, figure by figure, for all."""
    found = {}
    for group in wish.why:
        both = []
        for seed in seeds[:GROUP_SEEDS]:
            ours, without = (told_at_end(state(Run(wish.choices, seed, g))) for g in ("", group))
            if ours and without:
                both.append((ours, without))
        rows: Picture = {"worlds": len(both)}
        for name in FIGURES:
            rows[name] = gained([[told["figures"][name][0] for told in pair] for pair in both])
        found[group] = rows
    return found


def tale(wish: Wish, seed: int, state: Callable[[Run | Tale], Living]) -> Picture:
    """One customer's two years: how far they are, and what is told of them when they are over."""
    now = state(Tale(wish.choices, seed, wish.customer, wish.language))
    found: Picture = {"customer": wish.customer, "share": now.reached.share if now.reached else 0.0}
    if now.failed:
        return found | {"failed": now.failed}
    return found | (told_at_end(now) or {})


def gained(pairs: Sequence[Sequence[float | None]]) -> list[float | None]:
    """Of one company beside another, world by world: mean difference, and its bounds."""
    ours, other = np.array(pairs, float).reshape(-1, 2).T
    return sure(ours - other)


def sure(values: np.ndarray) -> list[float | None]:
    """Mean over worlds, and the bounds of its interval."""
    return claimed(interval(values), len(values))


def claimed(told: Sequence[float], worlds: int) -> list[float | None]:
    """Mean, and bounds from LEAST_WORLDS on: None where nothing is claimed or defined."""
    mean, low, high = (number(value) for value in told)
    return [mean, low, high] if worlds >= LEAST_WORLDS else [mean, None, None]
