"""Sweeps: many strategies that move one discipline each, as a picture."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.language import t
from sim.measures.comparison import Comparison
from sim.measures.metrics import shown
from sim.report.look import ACCENTS, BASELINE, HAIR, MUTED
from sim.report.picture import DPI, STYLE, WIDTH
from sim.settings.strategy import DISCIPLINES
from sim.study import sums, words
from sim.study.facts import Facts
from sim.study.numbers import Estimate
from sim.study.sweep import TOGETHER, swept

DRAWN = shown("drawn")


def sweep_plot(comparison: Comparison, path: Path | str) -> None:
    """Write a PNG, 1600 pixels wide: net revenue and contribution against the baseline.

    By discipline and level where all strategies lie on such a sweep; else one row a strategy.
    """
    facts, places = Facts(comparison), swept(comparison)
    by_level = set(places) == set(facts.others)
    height = 6.4 if by_level else 1.4 + 0.2 * len(facts.others)
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # fonts may be missing
    with rc_context(STYLE):
        figure = Figure((WIDTH / DPI, height), DPI, facecolor="#fff", layout="constrained")
        FigureCanvasAgg(figure)
        _draw_levels(figure, facts, places) if by_level else _draw_rows(figure, facts)
        base = facts.within(facts.baseline)
        figure.suptitle(
            t(
                "Difference to {baseline}, {unit} ({krone}); lines: 95 % intervals, hollow: zero "
                "in",
                baseline=base,
                unit=t(words.YEAR),
                krone=_one_krone(facts),
            ),
            x=0.01,
            ha="left",
            fontsize=11,
            fontweight="bold",
        )
        figure.savefig(path, dpi=DPI, metadata={"Software": "omnijourney"})


def _one_krone(facts: Facts) -> str:
    """``1 DKK is 0.2 m DKK a year``: how to read the axis as the company's."""
    one = Estimate(1.0, 1.0, 1.0)
    return t("1 DKK is {amount}", amount=sums.said(facts, one, interval=False))


def _draw_levels(figure: Figure, facts: Facts, places: dict[str, tuple[str, float]]) -> None:
    """A panel for each metric and discipline, level against difference."""
    drawn = [d for d in (*DISCIPLINES, TOGETHER) if any(d == place[0] for place in places.values())]
    base = {s.name: s.maturity for s in facts.comparison.strategies}[facts.baseline]
    panels = figure.subplots(len(DRAWN), len(drawn), sharex=True, sharey="row", squeeze=False)
    for metric, row in zip(DRAWN, panels, strict=True):
        row[0].set_ylabel(words.metric_title(metric))
        for discipline, axis in zip(drawn, row, strict=True):
            points = [
                (level, facts.difference(name, metric))
                for name, (of, level) in places.items()
                if of == discipline
            ]
            if discipline != TOGETHER:
                points.append((getattr(base, discipline), Estimate(0.0, 0.0, 0.0)))
            points.sort(key=lambda point: point[0])
            axis.axhline(0, color=BASELINE, linewidth=0.9)
            axis.plot(*zip(*((x, gap.mean) for x, gap in points), strict=True), color=ACCENTS[0])
            for x, gap in points:
                _point(axis, [x, x], gap[1:], x, gap.mean, gap)
            axis.set_xlim(-0.3, 3.3)
            axis.set_xticks(range(4))
            _plain_axis(axis)
    for discipline, axis in zip(drawn, panels[0], strict=True):
        axis.set_title(t(discipline.capitalize()))
    figure.supxlabel(t("level"), fontsize=9, color=MUTED)


def _draw_rows(figure: Figure, facts: Facts) -> None:
    """A panel for each metric, a row for each strategy."""
    panels = figure.subplots(1, len(DRAWN), sharey=True)
    for metric, axis in zip(DRAWN, panels, strict=True):
        axis.axvline(0, color=BASELINE, linewidth=0.9)
        for y, name in enumerate(facts.others):
            gap = facts.difference(name, metric)
            _point(axis, gap[1:], [y, y], gap.mean, y, gap)
        axis.set_title(words.metric_title(metric))
        axis.set_yticks(range(len(facts.others)), [facts.title(name) for name in facts.others])
        _plain_axis(axis)
    panels[0].invert_yaxis()


def _point(axis: Axes, xs: Iterable, ys: Iterable, x: float, y: float, gap: Estimate) -> None:
    """A mean and its interval; hollow where that contains zero."""
    face = ACCENTS[0] if gap.clear else "#fff"
    axis.plot(list(xs), list(ys), color=ACCENTS[0], linewidth=1.6)
    axis.plot(x, y, "o", markersize=4.5, markeredgecolor=ACCENTS[0], markerfacecolor=face)


def _plain_axis(axis: Axes) -> None:
    axis.spines[["right", "top"]].set_visible(False)
    axis.tick_params(length=0, labelsize=7.5)
    axis.grid(color=HAIR, linewidth=0.6)
    axis.set_axisbelow(True)
