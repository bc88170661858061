"""Intervals over random seeds, and of shares of firms.

Customers of one world share queues, budgets and reviews, so the world is the unit: every
interval is Student's t over seeds, and two strategies are compared seed by seed. Firms are drawn
one by one: a share of them has Wilson's interval, other figures of them a bootstrap over firms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtrit

from sim.core.draws import decision, uniforms

RESAMPLED = decision("bootstrap: which firm stands in a place")
RESAMPLES = 2_000


class Interval(NamedTuple):
    """A mean over seeds and the bounds of its confidence interval."""

    mean: float
    low: float
    high: float


def interval(values: ArrayLike, level: float = 0.95) -> Interval:
    """Mean and Student-t interval of one value per seed.

    One seed gives NaN bounds, none gives NaN; a value that is undefined (NaN) in one seed leaves
    all undefined, since dropping it would select worlds.
    """
    x = np.asarray(values, float)
    if x.ndim != 1:
        raise ValueError("one value per seed is needed")
    if len(x) == 0:
        return Interval(np.nan, np.nan, np.nan)
    mean = float(x[0]) if (x == x[0]).all() else float(x.mean())
    if len(x) == 1:
        return Interval(mean, np.nan, np.nan)
    half = float(stdtrit(len(x) - 1, (1 + level) / 2) * _sd(x) / np.sqrt(len(x)))
    return Interval(mean, mean - half, mean + half)


def intervals(values: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """:func:`interval` of each column at once: ``values`` (seeds, ...), at least one seed; means,
    lower and upper bounds (...)."""
    n = len(values)
    mean = values.mean(axis=0)
    if n == 1:
        return mean, np.full_like(mean, np.nan), np.full_like(mean, np.nan)
    half = stdtrit(n - 1, (1 + level) / 2) * values.std(axis=0, ddof=1) / np.sqrt(n)
    return mean, mean - half, mean + half


def _sd(x: np.ndarray) -> float:
    return 0.0 if (x == x[0]).all() else float(x.std(ddof=1))


def paired(a: ArrayLike, b: ArrayLike, level: float = 0.95) -> Interval:
    """Interval of a - b where both hold the same seeds in the same order."""
    return interval(_difference(a, b), level)


def _difference(a: ArrayLike, b: ArrayLike) -> np.ndarray:
    x, y = np.asarray(a, float), np.asarray(b, float)
    if x.shape != y.shape:
        raise ValueError(f"pairs are needed, not {x.shape} values beside {y.shape}")
    return x - y


def wilson(share: float, n: int, level: float = 0.95) -> Interval:
    """Interval of a share of ``n`` firms (Wilson 1927)."""
    if n < 1:
        return Interval(share, np.nan, np.nan)
    z = float(ndtri((1 + level) / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(share, float(middle - half), float(middle + half))


def over_firms(
    figures: np.ndarray, statistic: Callable[[np.ndarray], float], level: float = 0.95
) -> Interval:
    """A statistic of firms, whose figures are the rows, and its percentile bootstrap over them."""
    n = len(figures)
    places = np.arange(n)
    found = [
        statistic(figures[(n * uniforms(0, places, RESAMPLED, k, 0)).astype(np.int64)])
        for k in range(RESAMPLES)
    ]
    low, high = np.percentile(found, [50 * (1 - level), 50 * (1 + level)])
    return Interval(float(statistic(figures)), float(low), float(high))


def variance_ratio(a: ArrayLike, b: ArrayLike) -> float:
    """How many times smaller pairing makes the variance of the difference: unpaired / paired.

    Infinite where all pairs differ equally, NaN below two pairs or where nothing varies.
    """
    difference = _difference(a, b)
    if len(difference) < 2:
        return float("nan")
    unpaired = _sd(np.asarray(a, float)) ** 2 + _sd(np.asarray(b, float)) ** 2
    together = _sd(difference) ** 2
    if together > 0:
        return unpaired / together
    return float("inf") if unpaired > 0 else float("nan")


def levels(metrics: pd.DataFrame) -> pd.DataFrame:
    """Of the tidy metrics: strategy, segment, metric, mean, low, high, unit; order kept."""
    groups = metrics.groupby(["strategy", "segment", "metric"], sort=False)
    rows = [(*key, *interval(group["value"]), group["unit"].iloc[0]) for key, group in groups]
    return pd.DataFrame(
        rows, columns=["strategy", "segment", "metric", "mean", "low", "high", "unit"]
    )


def differences(metrics: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Every other strategy minus the baseline, paired by seed.

    Columns strategy, segment, metric, mean, low, high, relative (mean over the baseline's mean,
    NaN where that is 0), unit.
    """
    wide = metrics.pivot(index="seed", columns=["strategy", "segment", "metric"], values="value")
    units = metrics.drop_duplicates("metric").set_index("metric")["unit"]
    rows = []
    for key in metrics[["strategy", "segment", "metric"]].drop_duplicates().itertuples(index=False):
        strategy, segment, metric = key
        if strategy == baseline:
            continue
        base = wide[(baseline, segment, metric)].to_numpy()
        found = paired(wide[(strategy, segment, metric)].to_numpy(), base)
        level = base.mean()
        relative = found.mean / level if level else np.nan
        rows.append((strategy, segment, metric, *found, relative, units[metric]))
    return pd.DataFrame(
        rows, columns=["strategy", "segment", "metric", "mean", "low", "high", "relative", "unit"]
    )
