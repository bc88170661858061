"""Axes to points: every combination, a list, or a design drawn between low and high."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from sim.core.draws import decision, uniforms
from sim.settings.base import about
from sim.settings.complaints import BadInput
from sim.settings.document import bounds
from sim.studies.change import declared
from sim.studies.question import Axis, Study, Value

POINT = decision("study: where on an axis a point lies")
MOST_POINTS = 200_000

Point = dict[str, Value]  # setting to value


def points_of(study: Study) -> list[Point]:
    """The points of a study, in order; one without axes has one, which changes nothing.

    Raises :class:`BadInput` where an axis is no setting, or leaves its bounds.
    """
    fields = {name: _checked(study, name, axis) for name, axis in study.axes.items()}
    axes = list(study.axes.values())
    if study.draw.by == "grid":
        if (size := int(np.prod([len(axis.values) for axis in axes], dtype=float))) > MOST_POINTS:
            raise BadInput("study.axes", f"{size:,} points", f"must make at most {MOST_POINTS:,}")
        rows: Any = product(*(axis.values for axis in axes))
    elif study.draw.by == "list":
        rows = zip(*(axis.values for axis in axes), strict=True) if axes else [()]
    else:
        rows = _between(axes, _unit(study, len(axes)))
    whole = {name for name, field in fields.items() if field and field.annotation is int}
    return [
        {
            name: round(value) if name in whole and isinstance(value, float) else value
            for name, value in zip(study.axes, row, strict=True)
        }
        for row in rows
    ]


def problem(study: Study) -> dict[str, Any]:
    """The axes as SALib reads them."""
    ranges = [[axis.low, axis.high] for axis in study.axes.values()]
    return {"num_vars": len(ranges), "names": list(study.axes), "bounds": ranges}


def _checked(study: Study, name: str, axis: Axis) -> Any:
    """The declaration that an axis moves, all of whose values must be allowed."""
    field = declared(name, study.strategies)
    facts = about(field) if field is not None else {}
    ends = axis.values or (axis.low, axis.high)
    for value in ends:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if facts and number and not facts["lo"] <= value <= facts["hi"]:
            allowed = f"must be {bounds(field)} ({facts['unit']})"
            raise BadInput(f"study.axes.{name}", value, allowed)
    return field


def _unit(study: Study, axes: int) -> np.ndarray:
    """Points in the unit cube, (points, axes)."""
    draw = study.draw
    if draw.by == "random":
        places = np.arange(draw.points, dtype=np.int64)
        return np.column_stack([uniforms(draw.seed, places, POINT, k, 0) for k in range(axes)])
    cube = {"num_vars": axes, "names": [f"x{k}" for k in range(axes)], "bounds": [[0, 1]] * axes}
    if draw.by == "sobol":
        from SALib.sample import sobol

        return sobol.sample(cube, draw.points, calc_second_order=False, seed=draw.seed)
    from SALib.sample import morris

    return morris.sample(cube, draw.points, num_levels=draw.levels, seed=draw.seed)


def _between(axes: list[Axis], unit: np.ndarray) -> np.ndarray:
    low = np.array([axis.low for axis in axes])
    high = np.array([axis.high for axis in axes])
    return low + unit * (high - low)
