"""The section on journeys that hang together across touchpoints."""

from __future__ import annotations

from math import isfinite
from typing import Any

from sim.measures.journeys import JOURNEYS, MEETINGS, WHERE
from sim.report.figures import grouped
from sim.study.facts import Facts
from sim.study.numbers import plain
from sim.study.words import APART


def coherence_section(facts: Facts) -> dict[str, Any] | None:
    """How many journeys cross touchpoints and hang together, and what they met."""
    if facts.comparison.journeys.empty:
        return None
    names = facts.contenders
    return {
        "title": _title(facts),
        "names": names,
        "groups": grouped(JOURNEYS, names, facts.journey, but=WHERE),
        "met": [(_capital(met), [_met(facts, name, met) for name in names]) for met in MEETINGS],
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
        return "Journeys across touchpoints, and what breaks them"
    told = f"Of 100 journeys across touchpoints {plain(100 * base.mean)} hang together"
    others = [n for n in facts.contenders if isfinite(facts.journey(n, "coherent").mean)]
    best = max(others, key=lambda n: facts.journey(n, "coherent").mean)
    if best == name:
        return f"{told} under {facts.within(name)}"
    told += f" under {facts.within(name)}, {plain(100 * facts.journey(best, 'coherent').mean)}"
    told += f" under {facts.within(best)}"
    gap = facts.difference(best, "coherent_share")
    return f"{told}; the two {APART}" if gap.bounded and not gap.clear else told


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
