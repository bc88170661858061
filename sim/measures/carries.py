"""What carries a difference: the effects of groups of capabilities, from runs of every arm.

A difference between two strategies is taken apart by groups. Each group is put back to the first
strategy's level while the rest stays (*without it*: what is then lost), and raised alone (*only
it*: what is then gained). Where a group needs others to act, the first is larger; where others do
the same work without it, the second. Sums of such effects need not add up to the whole: what is
left over is what groups do together.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.measures.accounts import OF_MATURITY
from sim.measures.measured import Measured, ratio
from sim.measures.metrics import METRICS, PERSON_YEARS, YEARLY, Metric
from sim.measures.statistics import interval

FIRST, SECOND, WITHOUT, ONLY = "first", "second", "without", "only"  # arms
LOST, GAINED, TOGETHER = "without it", "only it", "interaction"  # effects of a group
TOTAL, SUM_LOST, SUM_GAINED, REST = "total", "sum without it", "sum only it", "rest"
AT_BOUND = "total at a bound"
WHOLE = "all"  # in the place of a group


def before_upkeep(m: Measured) -> dict[str, float]:
    """Contribution as if no level of maturity cost anything, DKK per person-year."""
    costs = np.sum([m.lines[name] for name in OF_MATURITY], axis=0)
    return ratio((m.lines["contribution"] + costs) / 100, m.years)


CARRIED: dict[str, Metric] = {
    "gross_revenue": METRICS["gross_revenue"],
    "contribution_before_upkeep": Metric(
        "Contribution before upkeep",
        before_upkeep,
        YEARLY,
        "contribution as if levels of maturity cost nothing to keep and to reach",
        PERSON_YEARS,
    ),
    "retention_12m": METRICS["retention_12m"],
    "satisfaction": METRICS["satisfaction"],
    "nps": METRICS["nps"],
    "coherent_share": METRICS["coherent_share"],
}
"""The figures whose difference is taken apart; none in which the cost of maturity is."""

EFFECTS = {
    LOST: "what the second strategy loses with the group at the first one's level",
    GAINED: "what the first strategy gains with the group at the second one's level",
    TOGETHER: "without it less only it: what the group does with the others more than alone",
    TOTAL: "the second strategy less the first",
    SUM_LOST: "sum of the groups' effects without it",
    SUM_GAINED: "sum of the groups' effects of only it",
    REST: "total less the sum of only it: what groups do together",
    AT_BOUND: "the total where a number of the market that is assumed, named as the group, is this",
}
COLUMNS = ["group", "effect", "measure", "mean", "low", "high", "share", "unit"]


def values(measured: Measured, arm: str, group: str) -> list[tuple]:
    """One arm's figures: seed, arm, group, measure, value."""
    seed = measured.run.seed
    return [
        (seed, arm, group, name, float(row.by(measured)["all"])) for name, row in CARRIED.items()
    ]


def effects(found: list[tuple]) -> pd.DataFrame:
    """What each group carries, with Student-t intervals over seeds: :data:`COLUMNS`.

    ``found``: :func:`values` of the arms FIRST and SECOND (group WHOLE), of each group WITHOUT and
    ONLY, and FIRST and SECOND again for each bound of what is assumed; every seed has them all.
    ``share`` is the mean over the total's mean, NaN where the total cannot be told apart from zero.
    """
    frame = pd.DataFrame(found, columns=["seed", "arm", "group", "measure", "value"])
    groups = list(frame.loc[frame["arm"] == WITHOUT, "group"].unique())
    bounds = [g for g in frame.loc[frame["arm"] == FIRST, "group"].unique() if g != WHOLE]
    rows: list[tuple] = []
    for measure, row in CARRIED.items():
        own = frame[frame["measure"] == measure]
        by_arm = own.pivot(index="seed", columns=["arm", "group"], values="value")
        total = (by_arm[SECOND, WHOLE] - by_arm[FIRST, WHOLE]).to_numpy()
        whole = interval(total)
        told = whole.mean if whole.low > 0 or whole.high < 0 else np.nan
        at_bound = [
            (b, AT_BOUND, (by_arm[SECOND, b] - by_arm[FIRST, b]).to_numpy()) for b in bounds
        ]
        for group, effect, amount in _taken_apart(by_arm, groups, total) + at_bound:
            mean, low, high = interval(amount)
            rows.append((group, effect, measure, mean, low, high, mean / told, row.unit))
    return pd.DataFrame(rows, columns=COLUMNS)


def _taken_apart(
    by_arm: pd.DataFrame, groups: list[str], total: np.ndarray
) -> list[tuple[str, str, np.ndarray]]:
    """Group, effect and its size in each seed, of one measure."""
    lost = {g: (by_arm[SECOND, WHOLE] - by_arm[WITHOUT, g]).to_numpy() for g in groups}
    gained = {g: (by_arm[ONLY, g] - by_arm[FIRST, WHOLE]).to_numpy() for g in groups}
    parts = [
        part
        for g in groups
        for part in ((g, LOST, lost[g]), (g, GAINED, gained[g]), (g, TOGETHER, lost[g] - gained[g]))
    ]
    sums = [np.sum(list(effect.values()), axis=0) for effect in (lost, gained)]
    return [
        *parts,
        (WHOLE, TOTAL, total),
        (WHOLE, SUM_LOST, sums[0]),
        (WHOLE, SUM_GAINED, sums[1]),
        (WHOLE, REST, total - sums[1]),
    ]
