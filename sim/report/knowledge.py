"""The section on what the company knows, held against the truth."""

from __future__ import annotations

from typing import Any

from sim.measures.knowledge import BUYS, KNOWN, TAKEN_FOR
from sim.report.figures import grouped
from sim.study.facts import Facts
from sim.study.numbers import plain

WHERE = "Where they buy"


def knowledge_section(facts: Facts) -> dict[str, Any] | None:
    """Shares known by strategy, and for whom the company takes those who buy here or there."""
    if facts.comparison.knowledge.empty:
        return None
    names = facts.contenders
    return {
        "title": _title(facts),
        "names": names,
        "groups": grouped(KNOWN, names, facts.known, but=WHERE),
        "taken_for": list(TAKEN_FOR.values()),
        "matrices": [{"name": name, "rows": _matrix(facts, name)} for name in names],
    }


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
