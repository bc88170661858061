"""The section on what carries a difference: groups of capabilities, put back and raised alone."""

from __future__ import annotations

from typing import Any

from sim.language import t
from sim.measures.carries import CARRIED, GAINED, LOST, TOGETHER, TOTAL, WHOLE
from sim.measures.metrics import YEARLY
from sim.report.charts import Dot, Row, rows_chart
from sim.report.look import ACCENTS, INK, Accent
from sim.study import carries, sums
from sim.study.carries import Carriers
from sim.study.facts import Facts
from sim.study.numbers import UNKNOWN, Estimate, bare_change, decimals, factor, plain, show, suffix

PUT_BACK, ALONE, ALL = (
    Accent(ACCENTS[0], "circle"),
    Accent(ACCENTS[1], "square"),
    Accent(INK, "diamond"),
)


def carries_section(facts: Facts) -> dict[str, Any] | None:
    """A chart for each figure, and gross revenue as a table; None where nothing was taken apart."""
    if facts.comparison.carries.empty:
        return None
    told = Carriers(facts)
    return {
        "title": carries.title(told),
        "first": told.first,
        "second": told.second,
        "charts": [_chart(told, measure) for measure in CARRIED],
        "rows": _rows(told),
        "sums": sums.unit(facts),
        "sentences": carries.sentences(told),
    }


def _chart(told: Carriers, measure: str) -> dict[str, Any]:
    """Two marks a group: what is lost without it, what it brings alone; below them the total."""
    unit, total = CARRIED[measure].unit, told.effect(WHOLE, TOTAL, measure)
    pairs = {
        group.title: [told.effect(group.name, effect, measure) for effect in (LOST, GAINED)]
        for group in told.groups
    }
    digits = decimals([total, *(e for pair in pairs.values() for e in pair)], unit)

    def said(*estimates: Estimate) -> str:
        return " · ".join(plain(e.mean * factor(unit), digits, signed=True) for e in estimates)

    rows = [
        Row(
            name[0].upper() + name[1:],
            said(lost, gained),
            [_dot(lost, PUT_BACK), _dot(gained, ALONE)],
        )
        for name, (lost, gained) in pairs.items()
    ]
    whole = said(total)
    if unit == YEARLY and total.known:
        whole += f", {sums.said(told.facts, total, change=True, interval=False)}"
    rows.append(Row(t("In all"), whole, [_dot(total, ALL)], strong=True))
    heading = t(CARRIED[measure].title)
    spoken = "; ".join(f"{row.label} {row.value}" for row in rows)
    return {
        "title": heading,
        "unit": t(CARRIED[measure].unit_words),
        "svg": rows_chart(
            rows,
            t("{figure}, without it and only it: {groups}", figure=heading, groups=spoken),
            zero=True,
            times=factor(unit),
            unit=suffix(unit, change=True),
        ),
    }


def _dot(estimate: Estimate, accent: Accent) -> Dot:
    return Dot(estimate, accent, hollow=not estimate.clear)


def _rows(told: Carriers) -> list[tuple[str, list[str]]]:
    """Gross revenue: each group without it, only it, the interaction, and the share lost."""
    rows = []
    for group in told.groups:
        effects = [told.effect(group.name, effect) for effect in (LOST, GAINED, TOGETHER)]
        lost = told.share(group.name, LOST)
        share = show(lost, "share", 0) if lost == lost else UNKNOWN
        whole = bare_change(sums.total(told.facts, effects[0]), YEARLY)
        rows.append((group.title, [*(bare_change(e, YEARLY) for e in effects), share, whole]))
    return rows
