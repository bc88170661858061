"""The section on what the company knows, held against the truth."""

from __future__ import annotations

from typing import Any

from sim.company.reading import BOTH, IN_STORE, ONLINE
from sim.language import marked, percent, t
from sim.measures.knowledge import BUYS, KNOWN, TAKEN_FOR
from sim.report.figures import grouped
from sim.study.facts import Facts
from sim.study.numbers import plain

WHERE = "Where they buy"
BUY = {
    ONLINE: marked("buys online only"),
    IN_STORE: marked("buys in stores only"),
    BOTH: marked("buys both"),
}


def knowledge_section(facts: Facts) -> dict[str, Any] | None:
    """Shares known by strategy, and for whom the company takes those who buy here or there."""
    if facts.comparison.knowledge.empty:
        return None
    names = facts.contenders
    return {
        "title": _title(facts),
        "names": names,
        "groups": grouped(KNOWN, names, facts.known, but=WHERE),
        "taken_for": [t(taken) for taken in TAKEN_FOR.values()],
        "matrices": [{"name": name, "rows": _matrix(facts, name)} for name in names],
    }


def _matrix(facts: Facts, name: str) -> list[tuple[str, list[str]]]:
    """Where they buy, and the shares taken for nobody, online only, in stores only, both."""
    told = list(TAKEN_FOR.values())
    return [
        (
            t(BUY[where]),
            [plain(100 * facts.known(name, f"{how}, taken for {taken}").mean) for taken in told],
        )
        for where, how in BUYS.items()
    ]


def _title(facts: Facts) -> str:
    """Of how much of its sales the best of them knows the buyer, beside the baseline."""
    base = facts.known(facts.baseline, "sales")
    told = {"company": facts.title(facts.baseline), "share": percent(base.mean)}
    best = max(facts.contenders, key=lambda name: facts.known(name, "sales").mean)
    if facts.leader is None or best == facts.baseline:
        return t("{company} knows the buyer of {share} of its sales", **told)
    return t(
        "{company} knows the buyer of {share} of its sales, {other} of {others_share}",
        other=facts.within(best),
        others_share=percent(facts.known(best, "sales").mean),
        **told,
    )
