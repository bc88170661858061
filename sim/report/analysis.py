"""The section on the company's analysis: its predictions, its picks, and customers by value."""

from __future__ import annotations

from typing import Any

from sim.measures.analysed import ANALYSED
from sim.measures.segments import RFM
from sim.report.figures import grouped
from sim.study.facts import Facts
from sim.study.numbers import plain


def analysis_section(facts: Facts) -> dict[str, Any] | None:
    """Figures of the analysis by strategy, and customers by recency, frequency and money."""
    if facts.comparison.analysis.empty:
        return None
    names = facts.contenders
    return {
        "title": _title(facts),
        "names": names,
        "groups": grouped(ANALYSED, names, facts.analysed, but="")
        | grouped(RFM, names, facts.segment, but=""),
    }


def _title(facts: Facts) -> str:
    """How often the best model is right, where any is fitted."""
    known = [name for name in facts.contenders if facts.analysed(name, "auc true").known]
    if not known:
        return "What is made of the records"
    best = max(known, key=lambda name: facts.analysed(name, "auc true").mean)
    true, recorded = (facts.analysed(best, what).mean for what in ("auc true", "auc recorded"))
    return (
        f"The model of {facts.within(best)} tells who buys in {plain(100 * true)} of 100 pairs, "
        f"{plain(100 * recorded)} as its records say"
    )
