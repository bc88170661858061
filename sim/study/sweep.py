"""Sweeps: many strategies that move one discipline each, as a table."""

from __future__ import annotations

import pandas as pd

from sim.measures.comparison import Comparison
from sim.settings.strategy import DISCIPLINES

MANY = 6  # strategies before it is a sweep
TOGETHER = "all together"
KEPT = ("policies", "schedule", "projects", "apart")  # which a sweep has as the baseline has it


def swept(comparison: Comparison) -> dict[str, tuple[str, float]]:
    """Of each strategy that moves one discipline of the baseline, or sets all to one level:
    which (or 'all together') and to what level. Others are left out."""
    base = next(s for s in comparison.strategies if s.name == comparison.baseline)
    found = {}
    for strategy in comparison.strategies:
        if any(getattr(strategy, part) != getattr(base, part) for part in KEPT):
            continue
        levels = {d: getattr(strategy.maturity, d) for d in DISCIPLINES}
        moved = [d for d in DISCIPLINES if levels[d] != getattr(base.maturity, d)]
        if len(moved) == 1:
            found[strategy.name] = (moved[0], levels[moved[0]])
        elif moved and len(set(levels.values())) == 1:
            found[strategy.name] = (TOGETHER, levels[moved[0]])
    return found


def sweep_table(comparison: Comparison) -> pd.DataFrame:
    """The differences of a sweep by discipline and level; empty if it is none."""
    places = swept(comparison) if len(comparison.strategies) > MANY else {}
    found = comparison.differences
    found = found[found["strategy"].isin(list(places))].reset_index(drop=True)
    found.insert(1, "discipline", [places[name][0] for name in found["strategy"]])
    found.insert(2, "level", [places[name][1] for name in found["strategy"]])
    return found
