"""The section on the company's analysis: its predictions, its picks, and customers by value."""

from __future__ import annotations

from typing import Any

from sim.language import t
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
        return t("What is made of the records")
    best = max(known, key=lambda name: facts.analysed(name, "auc true").mean)
    true, recorded = (facts.analysed(best, what).mean for what in ("auc true", "auc recorded"))
    return t(
        "The model of {company} tells who buys in {true} of 100 pairs, {recorded} as its records "
        "say",
        company=facts.within(best),
        true=plain(100 * true),
        recorded=plain(100 * recorded),
    )
