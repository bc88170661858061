"""What is said of settling: steady states beside the transition, and drift that remains."""

from __future__ import annotations

from dataclasses import replace

from sim.measures.comparison import Comparison

STEADY = ("gross_revenue", "net_revenue", "contribution", "cost_upkeep", "share_of_wallet")


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


def drift_line(comparison: Comparison) -> str:
    """One line if the world still moves when measuring begins, or if nobody can tell; else ''."""
    scale, drift = comparison.settings.scale, comparison.drift
    moving = drift[drift["drifts"]] if len(drift) else drift
    if len(moving):
        found = ", ".join(
            f"{name} {change:+.0%}"
            for name, change in zip(moving["series"], moving["change"], strict=True)
        )
        return (
            f"Not settled after {scale.warmup_days} days of warm-up; under the baseline the first "
            f"year still brings {found}. A longer scale.warmup_days lets it settle."
        )
    if comparison.warmup_needed_days > scale.warmup_days:
        return (
            f"MSER-5 asks for a warm-up of {comparison.warmup_needed_days:.0f} days, not "
            f"{scale.warmup_days}: raise scale.warmup_days."
        )
    return ""
