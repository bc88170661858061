"""Charts in rows: a label, a number in words and, below them, dots, intervals, bands and bars.

Labels are text of the page, so that they wrap and shrink with it; only the tracks are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite

from markupsafe import Markup

from sim.report.look import BAND, HAIR, INK, MUTED, Accent
from sim.report.svg import Scale, el, mark
from sim.study.numbers import Estimate, plain

TRACK, MIDDLE, FOOT = 24, 12, 18  # pixels: a track, its middle line, the ticks' row


@dataclass
class Dot:
    """An estimate with its interval, in a strategy's colour and shape."""

    estimate: Estimate
    accent: Accent
    hollow: bool = False


@dataclass
class Bar:
    """A bar between two values."""

    start: float
    end: float
    colour: str
    opacity: float


@dataclass
class Row:
    """One line of a chart. ``band`` is shaded, ``target`` is a short upright line."""

    label: str
    value: str
    dots: list[Dot] = field(default_factory=list)
    band: tuple[float, float] | None = None
    target: float | None = None
    bar: Bar | None = None
    strong: bool = False


def rows_chart(
    rows: Sequence[Row],
    label: str,
    *,
    unit: str = "",
    times: float = 1.0,
    zero: bool = False,
    ticks: bool = True,
) -> Markup:
    """Rows on a common scale. Ticks show ``times`` the values, the last of them with ``unit``.

    ``label`` is read aloud; ``zero`` draws the line at zero; without ``ticks`` no scale is shown.
    """
    scale = Scale(_values(rows, times), zero=zero)
    parts = [_row(row, scale, times, grid=ticks, zero=zero) for row in rows]
    if ticks:
        parts.append(_foot(scale, unit))
    return el("div", *parts, class_="rows", role="img", aria_label=label)


def _values(rows: Sequence[Row], times: float) -> list[float]:
    values: list[float] = []
    for row in rows:
        for dot in row.dots:
            values += dot.estimate
        values += row.band or ()
        values += [row.target] if row.target is not None else []
        values += [row.bar.start, row.bar.end] if row.bar else []
    return [v * times for v in values if isfinite(v)]


def _row(row: Row, scale: Scale, times: float, *, grid: bool, zero: bool) -> Markup:
    text = el(
        "div",
        el("span", row.label, class_="label", title=row.label),
        el("span", row.value, class_="value"),
        class_="row-text strong" if row.strong else "row-text",
    )
    parts = _grid(scale, zero) if grid else []
    if row.band:
        left, right = (scale.position(v * times) for v in row.band)
        parts.append(_box(left, right, 16, BAND))
    if row.target is not None:
        parts.append(_upright(scale.percent(row.target * times), INK, 2, dashed=True))
    if row.bar:
        ends = sorted(scale.position(v * times) for v in (row.bar.start, row.bar.end))
        parts.append(_box(*ends, 14, row.bar.colour, row.bar.opacity))
    for i, dot in enumerate(row.dots):
        parts.append(_dot(dot, scale, MIDDLE + 7 * (i - (len(row.dots) - 1) / 2), times))
    track = el("svg", *parts, class_="track", width="100%", height=TRACK, aria_hidden="true")
    return el("div", text, track, class_="row")


def _grid(scale: Scale, zero: bool) -> list[Markup]:
    lines = []
    for tick in scale.ticks:
        at_zero = zero and abs(tick) < 1e-9
        colour, width = (MUTED, 1.3) if at_zero else (HAIR, 1)
        lines.append(_upright(scale.percent(tick), colour, width))
    return lines


def _foot(scale: Scale, unit: str) -> Markup:
    parts = []
    for i, tick in enumerate(scale.ticks):
        last = i == len(scale.ticks) - 1
        anchor = "start" if i == 0 else "end" if last else "middle"
        x = "0%" if i == 0 else "100%" if last else scale.percent(tick)
        text = plain(tick, scale.digits) + (unit if last else "")
        parts.append(el("text", text, x=x, y=13, text_anchor=anchor, class_="tick"))
    return el("svg", *parts, class_="chart", width="100%", height=FOOT, aria_hidden="true")


def _upright(x: str, colour: str, width: float, *, dashed: bool = False) -> Markup:
    return el(
        "line",
        x1=x,
        x2=x,
        y1=1,
        y2=TRACK - 1,
        stroke=colour,
        stroke_width=width,
        stroke_dasharray="3 2" if dashed else None,
    )


def _box(left: float, right: float, height: float, colour: str, opacity: float = 1.0) -> Markup:
    return el(
        "rect",
        x=f"{left:.2f}%",
        y=MIDDLE - height / 2,
        width=f"{max(right - left, 0.2):.2f}%",
        height=height,
        rx=2,
        fill=colour,
        fill_opacity=opacity,
    )


def _dot(dot: Dot, scale: Scale, y: float, times: float) -> Markup:
    if not dot.estimate.known:
        return Markup("")
    parts = []
    if dot.estimate.bounded:
        x1, x2 = (scale.percent(v * times) for v in dot.estimate[1:])
        parts.append(
            el("line", x1=x1, x2=x2, y1=y, y2=y, stroke=dot.accent.colour, stroke_width=2.4)
        )
    x = scale.percent(dot.estimate.mean * times)
    parts.append(mark(x, y, dot.accent.shape, dot.accent.colour, hollow=dot.hollow))
    return Markup("").join(parts)
