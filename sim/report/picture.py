"""The README's picture: what the strategies earn, and the return offers against 77, 95 and 107."""

from __future__ import annotations

import logging
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.language import marked, number, t
from sim.measures.comparison import Comparison
from sim.measures.metrics import shown
from sim.report.look import BAND, HAIR, INK, MUTED, PLAIN, Accent, Look, accents
from sim.study import offers, sums, words
from sim.study.facts import Facts
from sim.study.numbers import Estimate, bare_change, decimals, show

WIDTH, DPI = 1600, 160  # pixels; pixels per inch
MARKERS = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^"}
MOST = 6  # strategies drawn
YEAR = words.YEAR
BESIDE = {
    "hit": marked("{share}, in the band"),
    "miss": marked("{share}, misses the band"),
    "unknown": marked("{share}"),
}
STYLE = {
    "font.family": [
        "Inter",
        "Segoe UI",
        "Helvetica Neue",
        "Arial",
        "Liberation Sans",
        "DejaVu Sans",
    ],
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": HAIR,
    "xtick.color": MUTED,
    "axes.titleweight": "bold",
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "text.parse_math": False,  # a title may cost $5
}


def picture(comparison: Comparison, path: str | Path) -> None:
    """Write a PNG, 1600 pixels wide."""
    facts = Facts(comparison)
    look = accents(facts.names, facts.baseline)
    best = [name for name in facts.ranked() if name != facts.baseline][:MOST]
    drawn = [name for name in facts.others if name in best]
    height = 2.3 + 0.42 * max(len(drawn), len(facts.arms), 2)
    panels = (2 if drawn else 0) + (1 if facts.arms else 0)
    with rc_context(STYLE):
        _quiet_fonts()
        figure = Figure(figsize=(WIDTH / DPI, height), dpi=DPI, facecolor="#fff")
        FigureCanvasAgg(figure)
        axes = figure.subplots(1, max(panels, 1), squeeze=False)
        spare = list(axes[0])
        for metric in shown("drawn") if drawn else ():
            _differences(spare.pop(0), facts, look, drawn, metric)
        if facts.arms:
            _returns(spare.pop(0), facts, look)
        for unused in spare:
            unused.set_axis_off()
        figure.suptitle(
            words.headline(facts), x=0.02, y=0.97, ha="left", fontsize=13, fontweight="bold"
        )
        figure.text(0.02, 0.02, _foot(facts), fontsize=7.5, color=MUTED)
        figure.subplots_adjust(
            left=0.02, right=0.98, top=1 - 0.95 / height, bottom=0.82 / height, wspace=0.1
        )
        figure.savefig(path, dpi=DPI, metadata={"Software": "omnijourney"})


def _quiet_fonts() -> None:
    """Missing fonts of the list are expected; matplotlib need not say so for each text."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)


def _foot(facts: Facts) -> str:
    settings = facts.comparison.settings
    said = t(
        "{people} simulated people, {seeds} seeds; the company has {real} people in its market.",
        people=number(settings.scale.customers),
        seeds=settings.seeds,
        real=number(facts.people),
    )
    said += " "
    if facts.others:
        said += t("Against {baseline}.", baseline=facts.within(facts.baseline)) + "\n"
    if settings.seeds > 1:
        said += t(
            "Lines: 95 % intervals over seeds, paired with the baseline; hollow: includes zero."
        )
    return said + (f" {t('Green: band; dashed: the documents.')}" if facts.arms else "")


def _differences(axis: Axes, facts: Facts, look: Look, names: list[str], metric: str) -> None:
    axis.set_title(words.metric_title(metric), pad=16)
    unit = sums.of_both(facts, YEAR)
    axis.text(0, 1.02, unit, transform=axis.transAxes, fontsize=7.5, color=MUTED)
    axis.axvline(0, color=MUTED, linewidth=0.9, zorder=1)
    for row, name in enumerate(names):
        gap = facts.difference(name, metric)
        _dot(axis, gap, row, look[name], hollow=not gap.clear)
        said = bare_change(gap, YEAR, decimals([gap], YEAR))
        _text(axis, row, facts.title(name), sums.beside(facts, said, gap, YEAR))
    _finish(axis, len(names))


def _returns(axis: Axes, facts: Facts, look: Look) -> None:
    axis.set_title(t("Return offers, net revenue"), pad=16)
    axis.text(
        0,
        1.02,
        t("% of the gross value of all online orders"),
        transform=axis.transAxes,
        fontsize=7.5,
        color=MUTED,
    )
    for row, (arm, name) in enumerate(facts.arms.items()):
        value, target = facts.returned(arm, "gross"), facts.documents(arm)
        if target.bounded:
            axis.barh(
                row + 0.16,
                100 * (target.high - target.low),
                left=100 * target.low,
                height=0.3,
                color=BAND,
                zorder=1,
            )
        if target.known:
            axis.plot(
                [100 * target.mean] * 2,
                [row - 0.03, row + 0.35],
                color=INK,
                linewidth=1.2,
                linestyle=(0, (2, 1)),
                zorder=2,
            )
        accent = look.get(name, PLAIN)
        _dot(axis, Estimate(*(100 * v for v in value)), row, accent)
        kind, _ = offers.band_verdict(value, target.low, target.high, "share")
        _text(axis, row, t(arm).capitalize(), t(BESIDE[kind], share=show(value.mean, "share", 0)))
    _finish(axis, len(facts.arms))


def _dot(axis: Axes, value: Estimate, row: float, accent: Accent, *, hollow: bool = False) -> None:
    if not value.known:
        return
    if value.bounded:
        axis.plot(value[1:], [row + 0.16] * 2, color=accent.colour, linewidth=1.8, zorder=3)
    axis.plot(
        value.mean,
        row + 0.16,
        MARKERS[accent.shape],
        markersize=5.5,
        zorder=4,
        markeredgecolor=accent.colour,
        markerfacecolor="#fff" if hollow else accent.colour,
        markeredgewidth=1.1,
    )


def _text(axis: Axes, row: float, label: str, value: str) -> None:
    """Label to the left and value to the right, above the row's line."""
    place = axis.get_yaxis_transform()
    short = label if len(label) <= 34 else label[:33].rstrip() + "…"
    clear = {"facecolor": "#fff", "edgecolor": "none", "pad": 1.5}
    axis.text(0, row - 0.14, short, transform=place, fontsize=8, bbox=clear, zorder=2)
    axis.text(1, row - 0.14, value, transform=place, fontsize=8, ha="right", bbox=clear, zorder=2)


def _finish(axis: Axes, rows: int) -> None:
    axis.set_ylim(rows - 0.45, -0.5)
    axis.set_yticks([])
    axis.use_sticky_edges = False
    axis.margins(x=0.06)
    axis.tick_params(axis="x", length=0, labelsize=7.5)
    axis.locator_params(axis="x", nbins=5)
    axis.spines[["left", "right", "top"]].set_visible(False)
