"""The Customer Bullseye as a target: six disciplines, level 0 at the rim, 3 in the centre."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin

from markupsafe import Markup

from sim.language import marked, number, t
from sim.report.look import INK, MUTED, Accent
from sim.report.svg import MARKS, el

DISCIPLINES = {
    "recognition": marked("Recognition"),
    "collection": marked("Collection"),
    "analysis": marked("Analysis"),
    "communication": marked("Communication"),
    "measurement": marked("Measurement"),
    "organisation": marked("Organisation"),
}
WIDTH, HEIGHT, RIM, CENTRE = 360, 300, 104, 13
RINGS = ("#eff3f2", "#dfe7e5", "#c9d7d4")


def bullseye(levels: Mapping[str, float], accent: Accent, title: str) -> Markup:
    """The target of one strategy. ``levels``: discipline to maturity, 0-3."""
    said = ", ".join(f"{t(name)} {number(levels[d], 2)}" for d, name in DISCIPLINES.items())
    parts: list[Markup] = []
    for level, colour in enumerate(RINGS):
        parts.append(
            el("path", d=_hexagon([float(level)] * 6), fill=colour, stroke="#fff", stroke_width=1.5)
        )
    parts.append(el("path", d=_hexagon([3.0] * 6), fill="#fff", stroke="#b9c6c3"))
    for level in range(4):
        x, y = _point(0.5, float(level), edge=True)
        parts.append(el("text", str(level), x=x, y=y + 3.5, text_anchor="middle", class_="ring"))
    hits = [float(levels[d]) for d in DISCIPLINES]
    parts.append(
        el(
            "path",
            d=_hexagon(hits),
            fill=accent.colour,
            fill_opacity=0.1,
            stroke=accent.colour,
            stroke_opacity=0.55,
            stroke_width=1.2,
        )
    )
    for i, (discipline, hit) in enumerate(zip(DISCIPLINES, hits, strict=True)):
        (x0, y0), (x1, y1) = _point(i, 0.0), _point(i, hit)
        parts.append(
            el(
                "line",
                x1=x0,
                y1=y0,
                x2=x1,
                y2=y1,
                stroke=accent.colour,
                stroke_width=4,
                stroke_linecap="round",
            )
        )
        arrow = el(
            "path",
            d=MARKS[accent.shape],
            fill=accent.colour,
            stroke="#fff",
            transform=f"translate({x1:.1f} {y1:.1f})",
        )
        parts.append(arrow)
        parts.append(_label(i, t(DISCIPLINES[discipline]), hit))
    return el(
        "svg",
        *parts,
        class_="bullseye",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=t(
            "Customer Bullseye of {strategy}, 0 at the rim to 3 in the centre: {levels}",
            strategy=title,
            levels=said,
        ),
    )


def _point(spoke: float, level: float, *, edge: bool = False) -> tuple[float, float]:
    radius = CENTRE + (3 - level) / 3 * (RIM - CENTRE)
    radius *= cos(pi / 6) if edge else 1.0
    angle = -pi / 2 + spoke * pi / 3
    return WIDTH / 2 + radius * cos(angle), HEIGHT / 2 + radius * sin(angle)


def _hexagon(levels: list[float]) -> str:
    points = (_point(i, level) for i, level in enumerate(levels))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _label(spoke: int, name: str, level: float) -> Markup:
    x, y = _point(spoke, 0.0)
    anchor = "middle" if spoke in (0, 3) else "start" if spoke < 3 else "end"
    x += 0 if anchor == "middle" else 9 if anchor == "start" else -9
    y += -22 if spoke == 0 else 17 if spoke == 3 else -5
    return Markup("").join(
        [
            el("text", name, x=x, y=y, text_anchor=anchor, class_="tick", fill=MUTED),
            el(
                "text",
                number(level, 2),
                x=x,
                y=y + 15,
                text_anchor=anchor,
                class_="value strong",
                fill=INK,
            ),
        ]
    )
