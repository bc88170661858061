"""What is said of settling: steady states beside the transition, and drift that remains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from sim.measures.comparison import Comparison

STEADY = (
    "gross_revenue",
    "net_revenue",
    "contribution",
    "cost_upkeep",
    "cost_use",
    "share_of_wallet",
)


def steady_as_levels(comparison: Comparison) -> Comparison:
    """The comparison with its steady states in the place of its transition, for a table."""
    return replace(
        comparison, levels=comparison.steady_levels, differences=comparison.steady_differences
    )


def steady_title(comparison: Comparison) -> str:
    """What the steady states were measured on."""
    scale = comparison.settings.scale
    seeds = min(scale.steady_seeds, scale.seeds)
    return (
        f"Steady state: {scale.steady_days} days after {scale.steady_from} under each strategy, "
        f"{seeds} seed{'s' if seeds > 1 else ''}; no change of level is paid any more"
    )


def drift_lines(comparison: Comparison) -> Iterator[str]:
    """A line for each way in which a world still moves when measuring begins."""
    scale = comparison.settings.scale
    if moving := drifts(comparison.drift):
        yield (
            f"Not settled after {scale.warmup_days} days of warm-up; under the baseline the first "
            f"year still brings {moving}. A longer scale.warmup_days lets it settle."
        )
    elif comparison.warmup_needed_days > scale.warmup_days:
        yield (
            f"MSER-5 asks for a warm-up of {comparison.warmup_needed_days:.0f} days, not "
            f"{scale.warmup_days}: raise scale.warmup_days."
        )
    steady = comparison.steady_drift
    groups = steady.groupby("strategy", sort=False) if len(steady) else ()
    unsteady = {name: moving for name, part in groups if (moving := drifts(part))}
    if unsteady:
        found = "; ".join(f"{name} {moving}" for name, moving in unsteady.items())
        yield (
            f"Not yet steady after {scale.steady_from} days; the year measured still brings "
            f"{found}. A longer scale.settle_days lets it settle."
        )


def drifts(drift: pd.DataFrame) -> str:
    """What drifts, and by how much; '' if nothing does."""
    moving = drift[drift["drifts"]] if len(drift) else drift
    if moving.empty:
        return ""
    changes = zip(moving["series"], moving["change"], strict=True)
    return ", ".join(f"{name} {change:+.0%}" for name, change in changes)
