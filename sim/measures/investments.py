"""What investments of firms are worth, and how far apart firms stand [A31, A32, H9].

An investment is judged by its net present value: what the firm contributes with it, less what it
contributes without, day by day, on the same customers with the same luck. What a level costs to
reach and to keep is in the contribution.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.measures.accounts import YEAR
from sim.measures.statistics import interval, over_firms, wilson

ALL = "all"
FIRM, DISCIPLINE = "firm", "discipline"
SPREAD = ("9th decile / 1st", "standard deviation, DKK", "variance, shock / base")


def present_value(dkk_a_day: np.ndarray, rate_year: float) -> float:
    """What an amount on each day after the fork is worth at the fork, DKK."""
    days = np.arange(len(dkk_a_day))
    return float(np.sum(dkk_a_day * (1 + rate_year) ** (-days / YEAR)))


def losses(values: pd.DataFrame) -> pd.DataFrame:
    """Share of investments with NPV below 0, and mean NPV, by discipline and in all.

    ``values``: a row for each firm, discipline and world, ``npv`` in DKK. A firm's NPV is the mean
    over its worlds. Shares by discipline have Wilson's interval, the share of all a bootstrap over
    firms, whose investments go together; means have Student's t over firms.
    """
    wide = values.groupby([FIRM, DISCIPLINE], sort=False)["npv"].mean().unstack()
    wide = wide[list(dict.fromkeys(values[DISCIPLINE]))]
    rows = []
    for discipline, npv in wide.items():
        known = npv.dropna().to_numpy()
        lost = wilson(float((known < 0).mean()), len(known))
        rows.append((discipline, len(known), *lost, *interval(known)))
    of_all = over_firms(wide.to_numpy(), _share_lost)
    rows.append((ALL, int(wide.count().sum()), *of_all, *interval(wide.mean(axis=1))))
    columns = [DISCIPLINE, "investments", "lost", "lost_low", "lost_high"]
    return pd.DataFrame(rows, columns=[*columns, "npv", "npv_low", "npv_high"])


def luck_of_a_world(values: pd.DataFrame) -> float:
    """Standard deviation of an NPV between two worlds of one firm, DKK; NaN with one world each."""
    between = values.groupby([FIRM, DISCIPLINE])["npv"].var(ddof=1)
    return float(np.sqrt(between.mean()))


def spread(base: Sequence[float], shock: Sequence[float]) -> pd.DataFrame:
    """How far apart firms' contributions are, before and in a shock, with bootstrap over firms.

    Both hold the same firms in the same order, DKK a person-year. The ratio of deciles is
    undefined (NaN) where the first is not above 0.
    """
    both = np.column_stack([base, shock]).astype(float)
    rows = []
    for k, world in enumerate(("base", "shock")):
        rows.append((SPREAD[0], world, *over_firms(both[:, k], _p90_p10)))
        rows.append((SPREAD[1], world, *over_firms(both[:, k], np.std)))
    rows.append((SPREAD[2], "both", *over_firms(both, _variance_ratio)))
    return pd.DataFrame(rows, columns=["what", "world", "value", "low", "high"])


def _share_lost(npv: np.ndarray) -> float:
    return float((npv < 0).sum() / (~np.isnan(npv)).sum())


def _p90_p10(values: np.ndarray) -> float:
    low, high = np.percentile(values, [10, 90])
    return float(high / low) if low > 0 else np.nan


def _variance_ratio(both: np.ndarray) -> float:
    base, shock = np.var(both, axis=0)
    return float(shock / base) if base > 0 else np.nan
