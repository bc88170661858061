"""Which axes move an answer: Sobol indices and Morris screening, by SALib.

Sobol: Saltelli et al. 2010, first-order and total indices. Morris: Campolongo et al. 2007, mean
absolute elementary effect and its spread. What is analysed is the margin of each expectation, mean
over the worlds; without expectations, each measure of each arm less the baseline's.
"""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from sim.studies.points import problem
from sim.studies.studied import Studied, by_world

COLUMNS = ["what", "axis", "first_order", "total", "effect", "effect_abs", "effect_spread"]


def table(found: Studied) -> pd.DataFrame:
    """Indices by what is moved and axis; empty where the points are no such design.

    ``first_order`` and ``total`` (Sobol: shares of the variance), ``effect``, ``effect_abs`` and
    ``effect_spread`` (Morris: in the unit of what is moved, over the whole range of the axis).
    """
    draw = found.plan.study.draw
    if draw.by not in ("sobol", "morris") or found.runs.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows = []
    for what, moved in responses(found).items():
        analysed = _sobol(found, moved) if draw.by == "sobol" else _morris(found, moved)
        rows += [{"what": what, **row} for row in analysed]
    return pd.DataFrame(rows, columns=COLUMNS)


def responses(found: Studied) -> dict[str, np.ndarray]:
    """What is analysed, by name: (points,) each."""
    plan, figures = found.plan, by_world(found.plan, found.runs)
    if plan.expected:
        return {
            answer.text: np.array([point.margin.mean for point in answer.points])
            for answer in found.answers
        }
    base = plan.study.baseline
    return {
        f"{name}.{arm} - {name}.{base}": (figures[name, arm] - figures[name, base]).mean(axis=1)
        for name in plan.measures
        for arm in plan.study.strategies
        if arm != base
    }


def ranked(found: Studied, most: int = 3) -> list[str]:
    """One line for each thing analysed: the axes that move it most."""
    frame = table(found)
    if frame.empty:
        return []
    by = "total" if found.plan.study.draw.by == "sobol" else "effect_abs"
    lines = []
    for what, rows in frame.groupby("what", sort=False):
        top = rows.sort_values(by, ascending=False).head(most)
        said = ", ".join(f"{row.axis} ({getattr(row, by):.2g})" for row in top.itertuples())
        lines.append(f"{what}: {said}; {'total index' if by == 'total' else 'mean effect'}.")
    return lines


def _sobol(found: Studied, moved: np.ndarray) -> list[dict]:
    from SALib.analyze import sobol

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a response that nothing moves
        indices = sobol.analyze(
            problem(found.plan.study),
            moved,
            calc_second_order=False,
            seed=found.plan.study.draw.seed,
        )
    return [
        {"axis": axis, "first_order": indices["S1"][k], "total": indices["ST"][k]}
        for k, axis in enumerate(found.plan.study.axes)
    ]


def _morris(found: Studied, moved: np.ndarray) -> list[dict]:
    from SALib.analyze import morris

    study = found.plan.study
    asked = problem(study)
    points = np.array([[point[axis] for axis in study.axes] for point in found.plan.points], float)
    effects = morris.analyze(
        asked, points, moved, num_levels=study.draw.levels, seed=study.draw.seed
    )
    return [
        {
            "axis": axis,
            "effect": effects["mu"][k],
            "effect_abs": effects["mu_star"][k],
            "effect_spread": effects["sigma"][k],
        }
        for k, axis in enumerate(study.axes)
    ]
