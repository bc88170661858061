"""The section on what the company knows, held against the truth."""

from __future__ import annotations

from typing import Any

from sim.measures.knowledge import BUYS, KNOWN, TAKEN_FOR, Known
from sim.study.facts import Facts
from sim.study.numbers import decimals, plain

WHERE = "Where they buy"
SHARE = "share"


def knowledge_section(facts: Facts) -> dict[str, Any] | None:
    """Shares known by strategy, and for whom the company takes those who buy here or there."""
    if facts.comparison.knowledge.empty:
        return None
    names = facts.contenders
    groups: dict[str, list[dict[str, Any]]] = {}
    for what, row in KNOWN.items():
        if row.section != WHERE:
            groups.setdefault(row.section, []).append(_row(facts, names, what, row))
    return {
        "title": _title(facts),
        "names": names,
        "groups": groups,
        "taken_for": list(TAKEN_FOR.values()),
        "matrices": [{"name": name, "rows": _matrix(facts, name)} for name in names],
    }


def _row(facts: Facts, names: list[str], what: str, row: Known) -> dict[str, Any]:
    return {
        "title": row.title,
        "meaning": f"{row.definition}; of {row.denominator}",
        "cells": [_cell(facts, name, what) for name in names],
    }


def _cell(facts: Facts, name: str, what: str) -> str:
    found = facts.known(name, what)
    if not found.known:
        return "–"
    digits = min(decimals([found], SHARE), 1)
    half = f" ±{plain(50 * (found.high - found.low), digits)}" if found.bounded else ""
    return plain(100 * found.mean, digits) + half


def _matrix(facts: Facts, name: str) -> list[tuple[str, list[str]]]:
    """Where they buy, and the shares taken for nobody, online only, in stores only, both."""
    told = list(TAKEN_FOR.values())
    return [
        (how, [plain(100 * facts.known(name, f"{how}, taken for {taken}").mean) for taken in told])
        for how in BUYS.values()
    ]


def _title(facts: Facts) -> str:
    """Of how much of its sales the best of them knows the buyer, beside the baseline."""
    base = facts.known(facts.baseline, "sales")
    told = f"{facts.title(facts.baseline)} knows the buyer of {_percent(base.mean)} of its sales"
    if facts.leader is None:
        return told
    best = max(facts.contenders, key=lambda name: facts.known(name, "sales").mean)
    if best == facts.baseline:
        return told
    most = facts.known(best, "sales")
    return f"{told}, {facts.within(best)} of {_percent(most.mean)}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
