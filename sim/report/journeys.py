"""The section on journeys that hang together across touchpoints."""

from __future__ import annotations

from math import isfinite
from typing import Any

from sim.language import t
from sim.measures.journeys import JOURNEYS, MEETINGS, WHERE
from sim.report.figures import grouped
from sim.study.facts import Facts
from sim.study.numbers import plain


def coherence_section(facts: Facts) -> dict[str, Any] | None:
    """How many journeys cross touchpoints and hang together, and what they met."""
    if facts.comparison.journeys.empty:
        return None
    names = facts.contenders
    return {
        "title": _title(facts),
        "names": names,
        "groups": grouped(JOURNEYS, names, facts.journey, but=WHERE),
        "met": [(_capital(t(met)), [_met(facts, name, met) for name in names]) for met in MEETINGS],
    }


def _met(facts: Facts, name: str, what: str) -> tuple[str, str]:
    """Of the cross-channel journeys, % that met it, and % of these that hang together."""
    shares = (facts.journey(name, f"{told}met {what}").mean for told in ("", "coherent, "))
    met, coherent = (plain(100 * share) for share in shares)
    return met, coherent


def _title(facts: Facts) -> str:
    """How many of 100 cross-channel journeys hang together at the best, beside the baseline."""
    base, name = facts.journey(facts.baseline, "coherent"), facts.baseline
    if not base.known:
        return t("Journeys across touchpoints, and what breaks them")
    told = {"n": plain(100 * base.mean), "company": facts.within(name)}
    others = [n for n in facts.contenders if isfinite(facts.journey(n, "coherent").mean)]
    best = max(others, key=lambda n: facts.journey(n, "coherent").mean)
    if best == name:
        return t("Of 100 journeys across touchpoints {n} hang together under {company}", **told)
    told |= {"more": plain(100 * facts.journey(best, "coherent").mean), "best": facts.within(best)}
    gap = facts.difference(best, "coherent_share")
    if gap.bounded and not gap.clear:
        return t(
            "Of 100 journeys across touchpoints {n} hang together under {company}, {more} under "
            "{best}; the two cannot be told apart",
            **told,
        )
    return t(
        "Of 100 journeys across touchpoints {n} hang together under {company}, {more} under {best}",
        **told,
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
