"""The section on a scenario's shocks: who wins and who loses, and what moves online."""

from __future__ import annotations

from typing import Any

from sim.language import t
from sim.study import shocked
from sim.study.facts import Facts
from sim.study.numbers import UNKNOWN, bare_change, decimals, factor, plain


def shocked_section(facts: Facts) -> dict[str, Any] | None:
    """A table by period and what it says; None where the scenario has no shock in the horizon."""
    if facts.comparison.by_shock.empty:
        return None
    groups: dict[str, list[tuple[str, list[str]]]] = {}
    for line in shocked.lines(facts):
        cells = [_cell(line, period) for period in shocked.COLUMNS]
        groups.setdefault(_heading(facts, line), []).append((line.strategy, cells))
    return {
        "title": shocked.title(facts),
        "columns": [t(heading) for heading in shocked.HEADINGS.values()],
        "groups": groups,
        "sentences": shocked.sentences(facts),
    }


def _heading(facts: Facts, line: shocked.Line) -> str:
    """What is told of the periods, and in what unit."""
    row = shocked.SHOCKED[line.metric]
    told = {"figure": t(row.title), "unit": "%" if row.unit == "share" else t(row.unit)}
    if line.differs:
        base = facts.within(facts.baseline)
        return t("{figure} over {baseline}, {unit}", baseline=base, **told)
    return t("{figure}, {unit}", **told)


def _cell(line: shocked.Line, period: str) -> str:
    """A level, or a difference with its interval."""
    found = line.cells[period]
    if not found.known:
        return UNKNOWN
    if line.differs or period == shocked.STEP:
        return bare_change(found, line.unit)
    return plain(found.mean * factor(line.unit), decimals([found], line.unit))
