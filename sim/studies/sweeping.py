"""Sweeps as people know them from Hydra: ``key=1,2,3``, ``range(0,3,0.5)``, ``interval(5,12)``."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import IntervalSweep, Override
from hydra.errors import HydraException

from sim.settings.complaints import BadInput
from sim.settings.load import check, load
from sim.studies.points import MOST_POINTS
from sim.studies.question import Study

FORM = "must be key=value, or key=1,2,3, key=range(0,3,0.5), key=interval(5,12) to go through"


def sweep_of(overrides: list[str], config_dir: Path | str | None = None) -> tuple[Study, list[str]]:
    """A study of all combinations of the values given, and the overrides that are no axes.

    Raises :class:`BadInput`. With intervals, points are drawn at random between the bounds.
    """
    axes: dict[str, dict[str, Any]] = {}
    rest = []
    for text in overrides:
        override = _parsed(text)
        if override is not None and override.is_sweep_override():
            axes[override.key_or_group] = _axis(override, text)
        else:
            rest.append(text)
    if not axes:
        raise BadInput("sweep", " ".join(overrides), FORM)
    settings, _ = load(rest, config_dir)
    ranged = any("low" in axis for axis in axes.values())
    asked = {
        "name": settings.name if settings.name != "compare" else "sweep",
        "question": f"What do {', '.join(axes)} do?",
        "strategies": list(settings.strategies),
        "baseline": settings.baseline,
        "axes": axes,
        "draw": {"by": "random" if ranged else "grid"},
        "replications": {"first": max(2, settings.seeds), "most": max(2, settings.seeds)},
    }
    fixed = ("strategies=", "baseline=", "name=")
    return check(Study, asked, "sweep"), [o for o in rest if not o.startswith(fixed)]


def _parsed(text: str) -> Override | None:
    """What Hydra reads; None where it reads nothing, so that our own reading says why."""
    try:
        return OverridesParser.create().parse_override(text)
    except (HydraException, ValueError, RecursionError):
        return None


def _axis(override: Override, text: str) -> dict[str, Any]:
    value = override.value()
    if isinstance(value, IntervalSweep):
        return {"low": float(value.start), "high": float(value.end)}
    try:
        return {"values": list(islice(override.sweep_iterator(), MOST_POINTS + 1))}
    except (HydraException, ValueError):
        raise BadInput(override.key_or_group, text.partition("=")[2], FORM) from None
