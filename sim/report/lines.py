"""Daily curves: one small chart per series, one line per strategy, smoothed over 28 days."""

from __future__ import annotations

import numpy as np
import pandas as pd
from markupsafe import Markup

from sim.language import number, t
from sim.report.look import HAIR, MUTED, Accent
from sim.report.svg import Scale, chart, el
from sim.study.numbers import plain

WINDOW = 28  # days
HEIGHT, TOP, FOOT, GUTTER = 210.0, 12.0, 24.0, 14.0  # pixels; the gutter in per cent of the width


def smoothed(daily: pd.DataFrame, series: str, strategy: str) -> pd.Series:
    """A centred moving mean over 28 days, by day.

    Only whole windows, so that each holds as many newsletter days; a run of less than two of
    them gets shorter windows at both ends.
    """
    chosen = daily[(daily["series"] == series) & (daily["strategy"] == strategy)]
    values = chosen.set_index("day")["value"].sort_index()
    whole = WINDOW if len(values) >= 2 * WINDOW else WINDOW // 2
    return values.rolling(WINDOW, center=True, min_periods=whole).mean().dropna()


def lines_chart(curves: dict[str, pd.Series], accents: dict[str, Accent], label: str) -> Markup:
    """``curves``: strategy to its values by day. The scale starts at zero."""
    scale = Scale(np.concatenate([c.to_numpy() for c in curves.values()]), zero=True, ticks=4)
    low = min(curve.index.min() for curve in curves.values())
    high = max(curve.index.max() for curve in curves.values())
    bottom = HEIGHT - FOOT
    parts = []
    for tick in scale.ticks:
        y = bottom - scale.share(tick) * (bottom - TOP)
        parts.append(
            el("line", x1=f"{GUTTER}%", x2="100%", y1=y, y2=y, stroke=HAIR if tick else MUTED)
        )
        parts.append(
            el(
                "text",
                plain(tick, scale.digits),
                x=f"{GUTTER - 2}%",
                y=y + 4,
                text_anchor="end",
                class_="tick",
            )
        )
    span = max(high - low, 1)
    for day in _day_ticks(low, high):
        share = (day - low) / span
        x = GUTTER + (100 - GUTTER) * share
        anchor = "start" if share < 0.05 else "end" if share > 0.95 else "middle"
        parts.append(
            el(
                "text",
                t("day {n}", n=number(day)),
                x=f"{x:.2f}%",
                y=HEIGHT - 7,
                text_anchor=anchor,
                class_="tick",
            )
        )
    paths = []
    for name, curve in curves.items():
        points = _thin(curve)
        xs = 1000 * (points.index.to_numpy() - low) / span
        ys = bottom - (points.to_numpy() - scale.low) / (scale.high - scale.low) * (bottom - TOP)
        d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys, strict=True))
        paths.append(
            el(
                "path",
                d=d,
                fill="none",
                stroke=accents[name].colour,
                stroke_width=2,
                stroke_linejoin="round",
                vector_effect="non-scaling-stroke",
            )
        )
    plot = el(
        "svg",
        *paths,
        x=f"{GUTTER}%",
        y=0,
        width=f"{100 - GUTTER}%",
        height=HEIGHT,
        preserveAspectRatio="none",
        viewBox=f"0 0 1000 {HEIGHT:g}",
    )
    return chart(HEIGHT, label, *parts, plot)


def _thin(curve: pd.Series, most: int = 240) -> pd.Series:
    """Every n-th point, so that a long horizon does not swell the page; the last one is kept."""
    step = max(1, -(-len(curve) // most))
    keep = np.unique(np.append(np.arange(0, len(curve), step), len(curve) - 1))
    return curve.iloc[keep]


def _day_ticks(low: int, high: int) -> list[int]:
    step = next(s for s in (7, 30, 90, 180, 365, 730, 1825) if (high - low) / s <= 5 or s == 1825)
    first = -(-int(low) // step) * step
    return list(range(first, int(high) + 1, step))
