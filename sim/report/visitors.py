"""The section on who comes, what lies in a basket, and where people buy."""

from __future__ import annotations

from typing import Any

from sim.language import t
from sim.measures.visitors import VISITORS
from sim.report.figures import grouped
from sim.study.facts import Facts
from sim.study.numbers import plain


def visitors_section(facts: Facts) -> dict[str, Any] | None:
    """Customers as shops' own statistics see them, by strategy."""
    if facts.comparison.visitors.empty:
        return None
    names = facts.contenders
    return {
        "title": _title(facts),
        "names": names,
        "groups": grouped(VISITORS, names, facts.visitor, but=""),
    }


def _title(facts: Facts) -> str:
    """How many of 100 visits are by strangers, and how many are over at once, for the baseline."""
    gone = facts.visitor(facts.baseline, "left at once")
    new = facts.visitor(facts.baseline, "strangers")
    if not gone.known or not new.known:
        return t("Who comes, and what they buy")
    return t(
        "Of 100 visits to the web shop {new} are by people who never bought; {gone} are over at "
        "once",
        new=plain(100 * new.mean),
        gone=plain(100 * gone.mean),
    )
