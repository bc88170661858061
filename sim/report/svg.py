"""A small writer of SVG: elements, linear scales, marks.

Charts are as wide as their column: x is given in per cent, y in pixels, so that text keeps its
size from a phone to paper. Shapes that need real paths are drawn in a nested ``<svg>``.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, isfinite, log10

from markupsafe import Markup, escape

MARKS = {
    "circle": "M-4.6 0A4.6 4.6 0 1 0 4.6 0A4.6 4.6 0 1 0 -4.6 0Z",
    "square": "M-4.1 -4.1H4.1V4.1H-4.1Z",
    "diamond": "M0 -5.6L5.6 0L0 5.6L-5.6 0Z",
    "triangle": "M0 -5.4L5.2 4.1H-5.2Z",
}


def el(name: str, *children: object, **attributes: object) -> Markup:
    """An element; text and attribute values are escaped, ``Markup`` children are kept."""
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None:
            continue
        if isinstance(value, float):
            value = f"{value:.2f}".rstrip("0").rstrip(".")
        parts.append(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"')
    inner = "".join(str(escape(child)) for child in children)
    return Markup("".join(parts) + (f">{inner}</{name}>" if inner else "/>"))


def chart(height: float, label: str, *children: object, class_: str = "chart") -> Markup:
    """A chart as wide as its column and ``height`` pixels high; ``label`` is read aloud."""
    return el(
        "svg", *children, class_=class_, width="100%", height=height, role="img", aria_label=label
    )


def mark(x: str, y: float, shape: str, colour: str, *, hollow: bool = False) -> Markup:
    """A strategy's mark centred at ``x`` (per cent) and ``y`` (pixels)."""
    fill = "#fff" if hollow else colour
    path = el("path", d=MARKS[shape], fill=fill, stroke=colour, stroke_width=1.5)
    return el("svg", path, x=x, y=y, style="overflow:visible", width=1, height=1)


def swatch(shape: str, colour: str) -> Markup:
    """A strategy's mark to stand in running text."""
    path = el("path", d=MARKS[shape], fill=colour)
    return el(
        "svg", path, class_="swatch", viewBox="-7 -7 14 14", width=12, height=12, aria_hidden="true"
    )


class Scale:
    """A linear scale from values to per cent of the chart's width, with round ticks."""

    def __init__(self, values: Iterable[float], *, zero: bool = False, ticks: int = 4) -> None:
        known = [float(v) for v in values if v is not None and isfinite(v)]
        known += [0.0] if zero or not known else []
        low, high = min(known), max(known)
        if high - low <= 1e-12:
            pad = abs(high) * 0.1 or 1.0
            low, high = low - pad, high + pad
        step = _round_step((high - low) / ticks)
        self.low, self.high = floor(low / step) * step, ceil(high / step) * step
        self.digits = next(d for d in range(12) if abs(round(step, d) - step) < 1e-9 * step)
        count = round((self.high - self.low) / step)
        self.ticks = [self.low + i * step for i in range(count + 1)]

    def share(self, value: float) -> float:
        """Where ``value`` lies between the ends of the scale, 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def position(self, value: float) -> float:
        """In per cent of the chart's width, with a margin of 2 at both ends."""
        return 2 + 96 * self.share(value)

    def percent(self, value: float) -> str:
        return f"{self.position(value):.2f}%"


def _round_step(step: float) -> float:
    base = 10.0 ** floor(log10(step))
    return base * next(m for m in (1, 2, 2.5, 5, 10) if m * base >= step * 0.999)
