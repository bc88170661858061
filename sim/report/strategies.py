"""Sections on how the strategies differ: key figures, comparison, Bullseye, shoppers and buyers.

Each gives the finding as its title and what the template lays out.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.language import t
from sim.measures.metrics import METRICS, metric_of, shown
from sim.report.bullseye import DISCIPLINES, bullseye
from sim.report.charts import Dot, Row, rows_chart
from sim.report.look import Accent, Look
from sim.report.policies import POLICIES
from sim.study import sums, words
from sim.study.facts import Facts
from sim.study.numbers import (
    NBSP,
    Estimate,
    bare_change,
    decimals,
    factor,
    plain,
    show,
    span,
    suffix,
)

WIDE = 5  # strategies beside each other in a table


def cards(facts: Facts) -> list[dict[str, Any]]:
    """The leading strategy's key figures; money as the company's, per person and per customer."""
    name = facts.leader or facts.baseline
    found = []
    for metric in shown("card"):
        level, unit = facts.level(name, metric), facts.units.get(metric, "")
        if not level.known:
            continue
        gap, row = facts.difference(name, metric), metric_of(metric)
        value, words_of_unit, beside = show(level.mean, unit), words.unit_words(metric, unit), []
        if unit == words.YEAR:
            beside.append(t("{value} per person-year", value=value))
            level, gap = (Estimate(*(v * facts.people / 1e6 for v in e)) for e in (level, gap))
            value = t("{n} m DKK", n=plain(level.mean, decimals([level], unit))).replace(" ", NBSP)
            words_of_unit = t("a year")
        active = facts.level(name, row.active)
        if active.known:
            figure = show(active.mean, facts.units[row.active])
            beside.append(t("{value} per active-year", value=figure))
        note = bare_change(gap, unit) if gap.known else ""
        if gap.bounded and not gap.clear:
            note = t("{change}: cannot be told apart", change=note)
        found.append(
            {
                "title": words.metric_title(metric),
                "value": value,
                "unit": words_of_unit,
                "note": note,
                "beside": beside,
            }
        )
    return found


def comparison_section(facts: Facts, look: Look) -> dict[str, Any]:
    charts = []
    for metric in (m for m in shown("charted") if facts.others and m in facts.units):
        unit = facts.units[metric]
        gaps = {name: facts.difference(name, metric) for name in facts.others}
        rows = [
            Row(
                facts.title(name),
                sums.beside(facts, bare_change(gap, unit), gap, unit),
                [Dot(gap, look[name], hollow=not gap.clear)],
            )
            for name, gap in gaps.items()
        ]
        label = t(
            "{figure}, difference to {baseline}: {rows}",
            figure=words.metric_title(metric),
            baseline=facts.within(facts.baseline),
            rows=_aloud(rows),
        )
        charts.append(
            {
                "title": words.metric_title(metric),
                "unit": sums.of_both(facts, words.unit_words(metric, unit)),
                "svg": rows_chart(
                    rows, label, zero=True, times=factor(unit), unit=suffix(unit, change=True)
                ),
            }
        )
    return {
        "title": _count_clear(facts) if facts.others else t("Levels, one strategy"),
        "tables": _tables(facts),
        "charts": charts,
        "meanings": [_meaning(m) for m in facts.units if m in METRICS],
    }


def _meaning(metric: str) -> tuple[str, str, str]:
    """A figure's title, its unit, and what it is, over what."""
    row = METRICS[metric]
    over = {"definition": t(row.definition), "denominator": t(row.denominator)}
    return words.metric_title(metric), t(row.unit), t("{definition}. Over: {denominator}.", **over)


def _count_clear(facts: Facts) -> str:
    """How many of the leading strategy's charted differences leave zero out."""
    gaps = [facts.difference(facts.leader, m) for m in shown("charted") if m in facts.units]
    gaps = [gap for gap in gaps if gap.bounded]
    told = {"leader": facts.title(facts.leader), "baseline": facts.within(facts.baseline)}
    if not gaps:
        return t("Every strategy beside {baseline}", baseline=told["baseline"])
    clear = sum(gap.clear for gap in gaps)
    if clear == 0:
        return t(
            "{leader} cannot be told apart from {baseline} on any of {n} figures",
            n=len(gaps),
            **told,
        )
    return t(
        "{leader} differs clearly from {baseline} in {clear} of {n} figures",
        clear=clear,
        n=len(gaps),
        **told,
    )


def _aloud(rows: list[Row]) -> str:
    """A chart's rows as they are read aloud."""
    return "; ".join(f"{row.label} {row.value}" for row in rows)


def _tables(facts: Facts) -> list[dict[str, Any]]:
    """Metrics as rows, strategies as columns; the baseline stands first in every table."""
    tables = []
    for start in range(0, max(len(facts.others), 1), WIDE - 1):
        names = [facts.baseline, *facts.others[start : start + WIDE - 1]]
        rows = [_table_row(facts, metric, names) for metric in facts.units]
        tables.append({"names": names, "rows": rows})
    return tables


def _table_row(facts: Facts, metric: str, names: list[str]) -> dict[str, Any]:
    unit = facts.units[metric]
    levels = [facts.level(name, metric) for name in names]
    digits = decimals(levels, unit)
    cells = []
    for name, level in zip(names, levels, strict=True):
        base, gap = name == facts.baseline, facts.difference(name, metric)
        gap_digits = decimals([gap], unit)
        cells.append(
            {
                "level": plain(level.mean * factor(unit), digits),
                "span": span(level, unit, digits) if base else "",
                "gap": "" if base else plain(gap.mean * factor(unit), gap_digits, signed=True),
                "gap_span": "" if base else span(gap, unit, gap_digits),
                "clear": gap.clear,
                "unclear": gap.bounded and not gap.clear,
                "sum": _sum(facts, level, gap) if unit == words.YEAR else "",
            }
        )
    return {
        "title": words.metric_title(metric),
        "unit": words.unit_words(metric, unit),
        "of_company": sums.unit(facts) if unit == words.YEAR else "",
        "cost": metric.startswith("cost_"),
        "cells": cells,
    }


def _sum(facts: Facts, level: Estimate, gap: Estimate) -> str:
    """The whole company's difference; of the baseline its level."""
    return bare_change(sums.total(facts, gap), words.YEAR) if gap.known else _level(facts, level)


def _level(facts: Facts, level: Estimate) -> str:
    whole = sums.total(facts, level)
    digits = decimals([whole], words.YEAR)
    bounds = f" ({span(whole, words.YEAR, digits)})" if whole.bounded else ""
    return plain(whole.mean, digits) + bounds


def bullseye_section(facts: Facts, look: Look) -> dict[str, Any]:
    """One target per maturity: strategies that differ in their offers only share theirs."""
    found: dict[tuple, list] = {}
    for strategy in facts.comparison.strategies:
        goal = strategy.schedule[-1].maturity if strategy.schedule else strategy.maturity
        key = tuple(float(getattr(goal, d)) for d in DISCIPLINES)
        ramp = strategy.schedule[-1].day if strategy.schedule else 0
        found.setdefault((key, ramp), []).append(strategy)
    targets, means = [], {}
    for (levels, ramp), strategies in found.items():
        first = strategies[0]
        by_name = dict(zip(DISCIPLINES, levels, strict=True))
        mean = round(float(np.mean(levels)), 2)
        means |= {strategy.name: mean for strategy in strategies}
        targets.append(
            {
                "svg": bullseye(by_name, look[first.name], facts.title(first.name)),
                "names": [s.name for s in strategies],
                "stands": _stands(mean, ramp),
            }
        )
    title = _nearest(facts, means, len(targets))
    return {"title": title, "targets": targets, "offers": _offers(facts)}


def _stands(mean: float, ramp: int) -> str:
    """At what level on average, and on which day after the fork that is reached."""
    if ramp:
        days = {"mean": plain(mean, 2), "days": ramp}
        return t("{mean} of 3 on average, reached {days} days after the fork", **days)
    return t("{mean} of 3 on average", mean=plain(mean, 2))


def _nearest(facts: Facts, means: dict[str, float], targets: int) -> str:
    """Which strategy stands nearest to the centre, where they differ."""
    top = max(means, key=means.get)
    told = {"strategy": facts.title(top), "mean": plain(means[top], 2)}
    if targets > 1:
        return t("{strategy} stands nearest to the centre, at {mean} of 3 on average", **told)
    if len(means) > 1:
        return t("All strategies stand at {mean} of 3 on average", mean=told["mean"])
    return t("{strategy} stands at {mean} of 3 on average", **told)


def _offers(facts: Facts) -> dict[str, Any]:
    """The policies in which the strategies differ."""
    rows = []
    strategies = facts.comparison.strategies
    policies = [s.policies.model_dump() for s in strategies]
    for key in policies[0]:
        values = [p[key] for p in policies]
        if len({str(v) for v in values}) > 1:
            said = [_said(value) for value in values]
            rows.append((t(POLICIES[key]), said))
    return {"rows": rows, "names": [s.name for s in strategies]}


def _said(value: bool | float | str) -> str:
    """A policy's value in a table."""
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    return value if isinstance(value, str) else plain(value, 2)


def segments_section(facts: Facts, look: Look) -> dict[str, Any] | None:
    if not {"shoppers", "buyers"} <= set(facts.comparison.levels["segment"]):
        return None
    charts = []
    for metric in (m for m in shown("split") if m in facts.units and facts.others):
        unit = facts.units[metric]
        pairs = {
            n: [facts.difference(n, metric, s) for s in ("shoppers", "buyers")]
            for n in facts.others
        }
        digits = decimals([e for pair in pairs.values() for e in pair], unit)
        rows = []
        for name, (shoppers, buyers) in pairs.items():
            said = " · ".join(
                plain(e.mean * factor(unit), digits, signed=True) for e in (shoppers, buyers)
            )
            colour = look[name].colour
            rows.append(
                Row(
                    facts.title(name),
                    said,
                    [
                        Dot(shoppers, Accent(colour, "circle")),
                        Dot(buyers, Accent(colour, "square"), hollow=True),
                    ],
                )
            )
        label = t(
            "{figure}, difference to the baseline, shoppers and buyers: {rows}",
            figure=words.metric_title(metric),
            rows=_aloud(rows),
        )
        charts.append(
            {
                "title": words.metric_title(metric),
                "unit": words.unit_words(metric, unit),
                "svg": rows_chart(
                    rows, label, zero=True, times=factor(unit), unit=suffix(unit, change=True)
                ),
            }
        )
    return {"title": words.segments_title(facts), "charts": charts, "levels": _split_levels(facts)}


def _split_levels(facts: Facts) -> list[dict[str, Any]]:
    rows = []
    for name in facts.names:
        cells = []
        for metric in (m for m in shown("split") if m in facts.units):
            unit = facts.units[metric]
            pair = [facts.level(name, metric, s) for s in ("shoppers", "buyers")]
            digits = decimals(pair, unit)
            cells.append([plain(e.mean * factor(unit), digits) for e in pair])
        rows.append({"name": name, "cells": cells})
    heads = [
        (words.metric_title(m), words.unit_words(m, facts.units[m]))
        for m in shown("split")
        if m in facts.units
    ]
    return [{"heads": heads, "rows": rows}]
