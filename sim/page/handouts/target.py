"""The Customer Bullseye to be filled in by hand: 0 at the rim, 3 in the centre."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin

from sim.language import number, t
from sim.page.handouts.paper import Markup, el
from sim.page.ready import DISCIPLINE_NAMES

RIM, CENTRE, LEVELS = 200.0, 20.0, 3  # radii, and the level in the centre
AWAY, ABOVE = -0.22, -0.58  # levels at which names stand: beside the rim, above and below it
VIEW = "-330 -262 660 524"
LINE_HEIGHT = 18
LONG = 16  # characters of a name that stand in one line
BESIDE = 20.0  # how far from the middle line a name may begin at its side


def target(average: Mapping[str, float]) -> Markup:
    """Six sectors and the rings 0 to 3, the Danish average dashed."""
    told = ", ".join(f"{t(DISCIPLINE_NAMES[d])} {number(average[d], 2)}" for d in DISCIPLINE_NAMES)
    n = len(DISCIPLINE_NAMES)
    parts = [el("circle", cx=0, cy=0, r=f"{_radius(k):.1f}") for k in range(LEVELS + 1)]
    parts += [
        el("circle", cx=0, cy=0, r=f"{_radius(k + 0.5):.1f}", class_="half") for k in range(LEVELS)
    ]
    for k, discipline in enumerate(DISCIPLINE_NAMES):
        x, y = _point(k, n, 0)
        between = _point(k + 0.5, n, 0)
        parts.append(el("line", x1=f"{x:.1f}", y1=f"{y:.1f}", x2=0, y2=0, class_="spoke"))
        parts.append(
            el("line", x1=f"{between[0]:.1f}", y1=f"{between[1]:.1f}", x2=0, y2=0, class_="edge")
        )
        parts.append(_name(k, n, t(DISCIPLINE_NAMES[discipline])))
    for level in range(LEVELS + 1):
        _, y = _point(0, n, level)
        parts.append(el("text", str(level), x=5, y=f"{y - 4:.1f}", class_="ring"))
    corners = [_point(k, n, average[d]) for k, d in enumerate(DISCIPLINE_NAMES)]
    shape = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    parts.append(el("polygon", points=shape, class_="average"))
    label = t("The Customer Bullseye, empty. The Danish average: {told}.", told=told)
    return el("svg", *parts, viewBox=VIEW, role="img", aria_label=label, class_="target")


def _radius(level: float) -> float:
    return RIM - (RIM - CENTRE) * level / LEVELS


def _point(k: float, n: int, level: float) -> tuple[float, float]:
    angle = 2 * pi * k / n - pi / 2
    return _radius(level) * cos(angle), _radius(level) * sin(angle)


def halves(name: str) -> list[str]:
    """A long name in two lines, broken at the space nearest to its middle."""
    spaces = [at for at, sign in enumerate(name) if sign == " "]
    if len(name) <= LONG or not spaces:
        return [name]
    at = min(spaces, key=lambda space: abs(space - len(name) / 2))
    return [name[:at], name[at + 1 :]]


def _name(k: int, n: int, name: str) -> Markup:
    x, y = _point(k, n, AWAY)
    if abs(x) < BESIDE:
        x, y = _point(k, n, ABOVE)
    anchor = "middle" if abs(x) < BESIDE else "start" if x > 0 else "end"
    lines = halves(name)
    top = y - LINE_HEIGHT * (len(lines) - 1) / 2 + LINE_HEIGHT / 3
    spans = [
        el("tspan", line, x=f"{x:.1f}", y=f"{top + i * LINE_HEIGHT:.1f}")
        for i, line in enumerate(lines)
    ]
    return el("text", *spans, text_anchor=anchor, class_="name")
