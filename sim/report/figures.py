"""Tables of figures in the report: a row a figure, a cell a strategy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sim.language import t
from sim.measures.figures import LESS, Figure
from sim.study.numbers import Estimate, decimals, factor, is_share, plain

LookUp = Callable[[str, str], Estimate]  # strategy, figure


def grouped(
    figures: Mapping[str, Figure], names: list[str], found: LookUp, but: str
) -> dict[str, list[dict[str, Any]]]:
    """The rows of each section ``but`` one, which is laid out in a way of its own."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for what, figure in figures.items():
        if figure.section != but:
            cells = row([found(name, what) for name in names], figure.unit)
            groups.setdefault(t(figure.section), []).append(
                {"title": t(figure.title), "meaning": meaning(figure), "cells": cells}
            )
    return groups


def meaning(figure: Figure) -> str:
    """What it is, of what, and its unit where that is not %."""
    of = t("of {people}", people=t(figure.denominator))
    parts = [t(figure.definition), of, t(figure.unit)]
    wanted = (True, not figure.denominator.startswith("none"), not is_share(figure.unit))
    return "; ".join(part for part, wants in zip(parts, wanted, strict=True) if wants)


def row(found: list[Estimate], unit: str) -> list[str]:
    """Figures with half their intervals, all with as many decimals; shares in %."""
    digits, times = decimals(found, unit), factor(unit)
    if is_share(unit):
        digits = min(digits, 1)

    def cell(one: Estimate) -> str:
        half = f" ±{plain(times / 2 * (one.high - one.low), digits)}" if one.bounded else ""
        return plain(times * one.mean, digits, signed=unit == LESS) + half

    return [cell(one) for one in found]
