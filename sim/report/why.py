"""The section on reasons: why things come back and people stay away, and what is done about it."""

from __future__ import annotations

from typing import Any

from sim.language import t
from sim.measures.why import SHIFT, WHY
from sim.report.figures import grouped
from sim.study.facts import Facts
from sim.study.numbers import plain


def why_section(facts: Facts) -> dict[str, Any] | None:
    """Figures of :data:`WHY` by strategy; of a shift only where there is one."""
    if facts.comparison.why.empty:
        return None
    names = facts.contenders
    shifts = any(facts.reason(name, w).known for name in names for w in ("noticed", "followed"))
    return {
        "title": _title(facts),
        "names": names,
        "groups": grouped(WHY, names, facts.reason, but="" if shifts else SHIFT),
    }


def _title(facts: Facts) -> str:
    """How often what is done about an article is what was wrong with it, where anything is done."""
    acting = [name for name in facts.contenders if facts.reason(name, "right").known]
    if not acting:
        return t("What is in people's heads, and no log shows")
    most = max(acting, key=lambda name: facts.reason(name, "acted").mean)
    right = facts.reason(most, "right").mean
    return t(
        "Of the articles that {company} does something about, it does the right thing in {right} "
        "of 100",
        company=facts.within(most),
        right=plain(100 * right),
    )
