"""Colours and shapes: one accent and one mark per strategy, the same in every chart.

Eight colours that stay apart for colour-blind readers; the mark's shape tells them apart in
black and white, and beyond eight strategies.
"""

from __future__ import annotations

from dataclasses import dataclass

INK, MUTED, HAIR, BAND = "#22303a", "#5f6d78", "#dfe3e4", "#dbe7df"
BASELINE = "#6b7780"
ACCENTS = ("#14618f", "#d47a1e", "#1b8a6b", "#a3477f", "#56a3d1", "#b3402b", "#8d7f1f", "#5a4fa2")
SHAPES = ("circle", "square", "diamond", "triangle")


@dataclass(frozen=True)
class Accent:
    """How a strategy is drawn: ``colour`` (hex) and ``shape`` (one of ``SHAPES``)."""

    colour: str
    shape: str


Look = dict[str, Accent]  # strategy to how it is drawn
PLAIN = Accent(INK, "circle")  # for what belongs to no strategy of the comparison


def accents(names: list[str], baseline: str) -> Look:
    """An accent for each strategy; the baseline is always the grey circle."""
    chosen = {baseline: Accent(BASELINE, "circle")}
    others = [name for name in names if name != baseline]
    for i, name in enumerate(others):
        shape = SHAPES[(i + i // len(ACCENTS)) % len(SHAPES)]
        chosen[name] = Accent(ACCENTS[i % len(ACCENTS)], shape)
    return chosen
