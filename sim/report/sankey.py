"""Journeys as a Sankey: columns are steps, ribbons are the moves between touchpoints.

The layout is its own: every touchpoint has a lane, so that the eye finds it at the same height at
every step and sees loops as returns to a lane. Ribbons are coloured by where they lead.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from sim.language import marked, number, t
from sim.report.look import INK, MUTED
from sim.report.svg import chart, el
from sim.study.numbers import plain

# Touchpoint to how far along the journey it is; the order is the order of the nodes, top down.
# What is not here is a media channel: at the beginning, above the others.
STAGE = {
    "message": 0,
    marked("direct"): 0,
    "web shop": 1,
    "store": 1,
    "customer centre": 1,
    "basket": 2,
    "order": 3,
    "return": 4,
    "competitor": 9,
    "nothing": 9,
}
ENDS = ("competitor", "nothing")
HEIGHT, TOP, GAP, NODE = 500.0, 26.0, 10.0, 1.1  # pixels, pixels, pixels, per cent of the width
# Ribbons by where they lead: colour and opacity. No strategy's accent, since charts are compared.
RIBBONS = {
    "onward": ("#9fbccb", 0.55),
    "back": ("#d9a441", 0.6),
    "order": (INK, 0.72),
    "away": ("#cfd3d4", 0.45),
}


@dataclass
class Moves:
    """Counts of one strategy's journeys; ``started`` is the number of journeys."""

    frame: pd.DataFrame
    started: float

    def share_of_moves(self, kind: str) -> float:
        """Share of the moves between touchpoints that are ``kind``, see :func:`kind_of`."""
        kinds = [
            kind_of(source, target)
            for source, target in zip(self.frame["source"], self.frame["target"], strict=True)
        ]
        inside = self.frame["count"].where([k != "away" for k in kinds], 0).sum()
        chosen = self.frame["count"].where([k == kind for k in kinds], 0).sum()
        return float(chosen / inside) if inside else 0.0

    def orders_per_journey(self) -> float:
        orders = self.frame.loc[self.frame["target"] == "order", "count"].sum()
        return float(orders / self.started) if self.started else 0.0


def moves(flows: pd.DataFrame, strategy: str) -> Moves:
    """The moves of one strategy, out of the comparison's ``flows``."""
    frame = flows[(flows["strategy"] == strategy) & (flows["count"] > 0)]
    return Moves(frame, float(frame.loc[frame["step"] == frame["step"].min(), "count"].sum()))


def kind_of(source: str, target: str) -> str:
    """'order', 'away' (competitor, nothing), 'back' (back or sideways) or 'onward'."""
    if target in ENDS or source in ENDS:
        return "away"
    if target == "order":
        return "order"
    return "onward" if STAGE.get(target, 0) > STAGE.get(source, 0) else "back"


@dataclass
class _Node:
    into: float = 0.0
    out: float = 0.0
    y: float = 0.0
    used_in: float = 0.0
    used_out: float = 0.0

    @property
    def size(self) -> float:
        return max(self.into, self.out)


def sankey(journeys: Moves, title: str) -> Markup:
    """The chart of one strategy's journeys; shares are of all journeys started."""
    frame, started = journeys.frame, journeys.started
    first = int(frame["step"].min())
    columns = int(frame["step"].max()) - first + 2
    nodes = _nodes(frame, first)
    scale = _lay_in_lanes(nodes)
    ribbons, step_width = [], (1000 - 10 * NODE) / (columns - 1)
    order = sorted(frame.itertuples(), key=lambda m: (m.step, _rank(m.source), _rank(m.target)))
    ends = {}
    for move in sorted(order, key=lambda m: (m.step, _rank(m.target), _rank(m.source))):
        node = nodes[move.step - first + 1, move.target]
        ends[move.Index] = node.y + node.used_in
        node.used_in += move.count * scale
    for move in order:
        column = move.step - first
        node = nodes[column, move.source]
        y0, thick = node.y + node.used_out, move.count * scale
        node.used_out += thick
        x0, x1 = column * step_width + 10 * NODE, (column + 1) * step_width
        what = t(
            "{source} → {target}: {share}% of journeys",
            source=t(move.source),
            target=t(move.target),
            share=number(100 * move.count / started, 1),
        )
        ribbons.append(_ribbon(x0, y0, x1, ends[move.Index], thick, move, what))
    flow = el(
        "svg",
        *ribbons,
        x=0,
        y=0,
        width="100%",
        height=HEIGHT,
        preserveAspectRatio="none",
        viewBox=f"0 0 1000 {HEIGHT:g}",
    )
    heads = [
        el(
            "text",
            t("move {n}", n=c) if c else t("start"),
            x=f"{c * step_width / 10 + _nudge(c, columns):.2f}%",
            y=12,
            class_="tick",
            text_anchor="end" if c == columns - 1 else "start",
        )
        for c in range(columns)
    ]
    boxes = [
        _box(c, name, node, step_width / 10, scale, columns, started)
        for (c, name), node in nodes.items()
    ]
    label = t(
        "Journeys of {strategy}: {orders}% orders per journey; {back}% of the moves between "
        "touchpoints go back or sideways",
        strategy=title,
        orders=number(100 * journeys.orders_per_journey()),
        back=number(100 * journeys.share_of_moves("back")),
    )
    return chart(HEIGHT, label, flow, *heads, *boxes, class_="chart wide")


def _rank(name: str) -> tuple[int, str]:
    return (list(STAGE).index(name) if name in STAGE else -1), name


def _nodes(frame: pd.DataFrame, first: int) -> dict[tuple[int, str], _Node]:
    nodes: dict[tuple[int, str], _Node] = {}
    for move in frame.itertuples():
        nodes.setdefault((move.step - first, move.source), _Node()).out += move.count
        nodes.setdefault((move.step - first + 1, move.target), _Node()).into += move.count
    return dict(sorted(nodes.items(), key=lambda item: (item[0][0], _rank(item[0][1]))))


def _lay_in_lanes(nodes: dict[tuple[int, str], _Node]) -> float:
    """Give every node its top; a lane is as high as its largest node. Returns pixels/journey."""
    largest: dict[str, float] = {}
    for (_, name), node in nodes.items():
        largest[name] = max(largest.get(name, 0.0), node.size)
    lanes = sorted(largest, key=_rank)
    scale = (HEIGHT - TOP - 6 - GAP * (len(lanes) - 1)) / sum(largest.values())
    tops, y = {}, TOP
    for lane in lanes:
        tops[lane] = y
        y += largest[lane] * scale + GAP
    for (_, name), node in nodes.items():
        node.y = tops[name] + (largest[name] - node.size) * scale / 2
    return scale


def _ribbon(x0, y0, x1, y1, thick, move, what: str) -> Markup:
    middle = (x0 + x1) / 2
    path = (
        f"M{x0:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        f"V{y1 + thick:.1f}C{middle:.1f} {y1 + thick:.1f} {middle:.1f} {y0 + thick:.1f} "
        f"{x0:.1f} {y0 + thick:.1f}Z"
    )
    kind = kind_of(move.source, move.target)
    colour, opacity = RIBBONS[kind]
    return el("path", el("title", what), d=path, fill=colour, fill_opacity=opacity)


def _nudge(column: int, columns: int) -> float:
    return NODE if column == columns - 1 else 0.0


def _box(column, name, node, step, scale, columns, started) -> Markup:
    height = max(node.size * scale, 1.0)
    colour = INK if name == "order" else "#b4b9bb" if name in ENDS else "#6f8694"
    x = column * step
    last = column == columns - 1
    box = el("rect", x=f"{x:.2f}%", y=node.y, width=f"{NODE}%", height=height, fill=colour, rx=1.5)
    if height < 8:
        return box
    share = f"{plain(100 * node.size / started)} %"
    text_x = x - 0.6 if last else x + NODE + 0.6
    y = node.y + min(height / 2 + 4, 15 if height < 30 else 17)
    label = el(
        "text",
        el("tspan", t(name), fill=INK),
        el("tspan", f" {share}", fill=MUTED),
        x=f"{text_x:.2f}%",
        y=y,
        class_="node",
        text_anchor="end" if last else "start",
    )
    return Markup("").join([box, label])
