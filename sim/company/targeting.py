"""Whom to remind: probabilities of a purchase and uplifts, fitted on what was recorded [A24, B30].

What is on file of a profile is laid out as numbers (:mod:`sim.company.on_file`); a logistic
regression says how likely a recorded purchase is within the next weeks. Whom a message moves is
another question: two regressions, on who got it by chance and on who by chance did not, and their
difference (the two-model uplift of Radcliffe 2007, "Using control groups to target on predicted
lift"). Nothing here sees more than the records.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.company.on_file import OnFile
from sim.core.draws import decision, uniforms

SCORES = decision("a probability is calculated for this profile", lasting=True)
VALUES = decision("what this profile is worth is worked out", lasting=True)
EXPLORES = decision("chance decides on this profile's reminder")
GETS_BY_CHANCE = decision("chance sends this profile a reminder")

ROUNDS, ENOUGH = 25, 1e-6  # of Newton's method
KEPT = 2000  # values of a spread


class Regression(NamedTuple):
    """A fitted logistic regression: weights of standardised features, the intercept last."""

    mean: np.ndarray
    spread: np.ndarray
    weights: np.ndarray

    def predict(self, features: np.ndarray) -> np.ndarray:
        """Probability for each row."""
        z = (features - self.mean) / self.spread
        return _logistic(z @ self.weights[:-1] + self.weights[-1])


def _logistic(x: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0)))


def fit(features: np.ndarray, bought: np.ndarray, ridge: float) -> Regression | None:
    """Logistic regression with a ridge, by iteratively reweighted least squares (McCullagh and
    Nelder 1989; le Cessie and van Houwelingen 1992). None where all or none bought."""
    if len(bought) == 0 or bought.all() or not bought.any():
        return None
    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    z = np.column_stack([(features - mean) / spread, np.ones(len(bought))])
    penalty = np.full(z.shape[1], ridge)
    penalty[-1] = 0.0
    share = bought.mean()
    weights = np.zeros(z.shape[1])
    weights[-1] = np.log(share / (1 - share))
    for _ in range(ROUNDS):
        p = _logistic(z @ weights)
        w = np.maximum(p * (1 - p), 1e-9)
        step = np.linalg.solve(
            (z * w[:, None]).T @ z + np.diag(penalty), z.T @ (bought - p) - penalty * weights
        )
        weights = weights + step
        if np.abs(step).max() < ENOUGH:
            break
    return Regression(mean, spread, weights)


def auc(score: np.ndarray, bought: np.ndarray) -> float:
    """Probability that who bought was scored higher than who did not, ties half (Hanley and McNeil
    1982); NaN where all or none bought."""
    yes = int(bought.sum())
    no = len(bought) - yes
    if yes == 0 or no == 0:
        return float("nan")
    rank = pd.Series(score).rank().to_numpy()
    return float((rank[bought].sum() - yes * (yes + 1) / 2) / (yes * no))


def ordered(values: np.ndarray) -> np.ndarray:
    """What later values are ranked among: these in order, or as many as are kept, evenly taken."""
    kept = np.sort(values)
    if len(kept) > KEPT:
        kept = kept[np.linspace(0, len(kept) - 1, KEPT).round().astype(int)]
    return kept


def rank_among(known: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Share of ``known`` (in order) that is smaller, and half of what is as large: 0-1."""
    below, upto = (np.searchsorted(known, values, side) for side in ("left", "right"))
    return (below + upto) / 2 / max(len(known), 1)


def fifths(values: np.ndarray, known: np.ndarray | None = None) -> np.ndarray:
    """1 for the smallest fifth to 5 for the largest, among ``known`` or among themselves; who are
    alike are in the same one."""
    rank = rank_among(ordered(values) if known is None else known, values)
    return 1 + np.minimum(5 * rank, 4).astype(np.int64)


def worth(on_file: OnFile, day: int) -> tuple[np.ndarray, ...]:
    """Recency, frequency and money of each, the more the better: days, purchases, DKK."""
    return on_file.bought_day - day, on_file.orders, on_file.spent_dkk


def rfm(on_file: OnFile, day: int, known: list[np.ndarray] | None = None) -> np.ndarray:
    """Fifths of recency, frequency and money of who has a purchase on file, 5 the best; 0 0 0 for
    all others. Shape (n, 3) (Hughes 1994, *Strategic Database Marketing*).

    ``known``: three spreads by which the fifths are cut; else those of these people themselves.
    """
    codes = np.zeros((len(on_file.orders), 3), np.int64)
    bought = on_file.bought_day >= 0
    for k, values in enumerate(worth(on_file, day)):
        codes[bought, k] = fifths(values[bought], None if known is None else known[k])
    return codes


def by_chance(
    numbers: np.ndarray, share: float, day: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """On whose reminder chance decides this month, and to which of all it would send one."""
    explored = uniforms(seed, numbers, EXPLORES, 0, day) < share
    return explored, uniforms(seed, numbers, GETS_BY_CHANCE, 0, day) < 0.5


def chosen(
    targets_by: str,
    share: float,
    score: np.ndarray,
    uplift: np.ndarray | None,
    luck: np.ndarray,
    known: np.ndarray | None = None,
) -> np.ndarray:
    """Which of the profiles the reminder goes to: a mask.

    ``luck``: one draw a profile; it chooses where uplifts are asked for and none is known yet.
    ``known``: the spread that scores, or uplifts, are ranked among; else they themselves.
    """
    if targets_by in ("nobody", "all"):
        return np.full(len(score), targets_by == "all")
    by_uplift = targets_by == "uplift"
    if by_uplift and uplift is None:
        return luck < share
    values = uplift if by_uplift and uplift is not None else score
    rank = rank_among(ordered(values) if known is None else known, values)
    if targets_by == "middle":
        return np.abs(rank - 0.5) < share / 2
    return rank > 1.0 - share
