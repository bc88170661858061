"""Winners and losers of a scenario's shocks, and how far people moved online, in words and rows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.language import marked, number, t
from sim.measures.metrics import YEARLY
from sim.measures.shocked import (
    AFTER,
    BEFORE,
    CONTACTS,
    MONEY,
    SALES,
    SHOCKED,
    TOLD,
    WHILE,
    YEAR_BEFORE,
    shock_periods,
)
from sim.measures.statistics import interval, paired
from sim.study.facts import Facts
from sim.study.numbers import MISSING, NBSP, Estimate, change, plain, show

STEP = "step"  # of the columns: while it lasts less before
COLUMNS = (*TOLD, STEP)
HEADINGS = {BEFORE: BEFORE, WHILE: WHILE, AFTER: AFTER, STEP: marked("while it lasts less before")}
TELLS = "contribution_before_upkeep"  # the money of the sentence: a change of level is no shock


class Line(NamedTuple):
    """One row of the table: a strategy's figure in each period, and its step."""

    metric: str
    strategy: str
    cells: dict[str, Estimate]
    differs: bool  # from the baseline, else a level

    @property
    def unit(self) -> str:
        """Of the figures."""
        return SHOCKED[self.metric].unit


def values(facts: Facts, name: str, metric: str, period: str) -> np.ndarray:
    """A strategy's figure in a period, by seed; empty where it was not measured."""
    frame = facts.comparison.by_shock
    if frame.empty:
        return np.zeros(0)
    chosen = (frame["strategy"] == name) & (frame["metric"] == metric)
    chosen &= frame["period"] == period
    return frame[chosen].sort_values("seed")["value"].to_numpy(float)


def gaps(facts: Facts, name: str, metric: str, period: str) -> np.ndarray:
    """The same less the baseline's."""
    mine, base = (values(facts, n, metric, period) for n in (name, facts.baseline))
    return mine - base if len(mine) == len(base) else np.zeros(0)


def estimate(found: np.ndarray) -> Estimate:
    """Mean and interval over seeds."""
    return Estimate(*interval(found)) if len(found) else MISSING


def step(before: np.ndarray, later: np.ndarray) -> Estimate:
    """Later less before, paired by seed."""
    if not len(before) or len(before) != len(later):
        return MISSING
    return Estimate(*paired(later, before))


def lines(facts: Facts) -> list[Line]:
    """Rows of the table: what each strategy has over the baseline, then where all of them sell."""
    found = [line_of(facts, name, metric, True) for metric in MONEY for name in facts.others]
    online = [line_of(facts, n, metric, False) for metric in (SALES, CONTACTS) for n in facts.names]
    return [line for line in (*found, *online) if any(e.known for e in line.cells.values())]


def line_of(facts: Facts, name: str, metric: str, differs: bool) -> Line:
    """One row."""
    tell = gaps if differs else values
    told = {period: tell(facts, name, metric, period) for period in TOLD}
    cells = {period: estimate(found) for period, found in told.items()}
    return Line(metric, name, cells | {STEP: step(told[BEFORE], told[WHILE])}, differs)


def title(facts: Facts) -> str:
    """Which shocks, and when they last, as days after the fork."""
    settings = facts.comparison.settings
    first, end = shock_periods(settings.scenario.shocks, settings.scale.horizon_days)[WHILE]
    return t(
        "Winners and losers of {scenario}: day {first} to {end}",
        scenario=settings.scenario.name,
        first=number(first),
        end=number(end),
    )


def sentences(facts: Facts) -> list[str]:
    """Whether the spread has grown [A32], and what moved online and stayed there [A29, A30]."""
    said = [_spread(facts, name) for name in facts.others[-1:]]
    return [sentence for sentence in (*said, _moved_online(facts)) if sentence]


def _spread(facts: Facts, name: str) -> str:
    """The gap between the last strategy and the baseline, before and while it lasts."""
    line = line_of(facts, name, TELLS, True)
    before, now, grown = (line.cells[k] for k in (BEFORE, WHILE, STEP))
    if not before.known or not now.known:
        return ""
    text = marked("the step, {step}, cannot be told apart from zero")
    if grown.above_zero:
        text = marked("the spread grows by {step}")
    elif grown.below_zero:
        text = marked("the spread shrinks by {step}")
    return t(
        "{strategy} has {before} contribution before upkeep per person-year over {base} before, "
        "{now} while it lasts: {moved}. What a strategy does from the fork on grows by itself: "
        "hold the step against that of scenario=base.",
        strategy=facts.title(name),
        before=change(before, YEARLY),
        base=facts.within(facts.baseline),
        now=change(now, YEARLY),
        moved=t(text, step=change(grown, YEARLY)),
    )


def _moved_online(facts: Facts) -> str:
    """The step of the baseline's online share, in years of its trend before, and what is left."""
    name = facts.baseline
    told = {p: values(facts, name, SALES, p) for p in (YEAR_BEFORE, *TOLD)}
    before, moved = estimate(told[BEFORE]), step(told[BEFORE], told[WHILE])
    if not moved.known:
        return ""
    trend = step(told[YEAR_BEFORE], told[BEFORE])
    text = t(
        "Under {strategy} {share} of sales are online in the year before; while it lasts that "
        "changes by {moved}",
        strategy=facts.within(name),
        share=show(before.mean, "share"),
        moved=change(moved, "share"),
    )
    left = step(told[BEFORE], told[AFTER])
    if left.known:
        text += ", " + t("and {left} are left afterwards", left=change(left, "share"))
    if not trend.known:
        return f"{text}."
    a_year = change(trend, "share")
    if trend.clear and trend.mean * moved.mean > 0:
        years = plain(moved.mean / trend.mean, 1)
        tail = marked("{years} of its trend of {trend} a year.")
        return f"{text}: " + t(tail, years=t("{n} years", n=years).replace(" ", NBSP), trend=a_year)
    tail = marked("It has no trend of its own to hold this against: {trend} in the year before.")
    return f"{text}. " + t(tail, trend=a_year)
