"""Sections on why, and how far to believe it: gains, returns, journeys, days, building blocks.

Each gives the finding as its title and what the template lays out, or None where the comparison
holds nothing of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from markupsafe import Markup

from sim.language import decimal, marked, t
from sim.measures.comparison import ORIGINS
from sim.measures.daily import SERIES
from sim.measures.returns import MEASURES, VALUE, Measure
from sim.report.charts import Bar, Dot, Row, rows_chart
from sim.report.lines import lines_chart, smoothed
from sim.report.look import INK, PLAIN, Accent, Look
from sim.report.sankey import moves, sankey
from sim.study import offers, sums, words
from sim.study.facts import Facts
from sim.study.numbers import (
    NBSP,
    UNKNOWN,
    Estimate,
    bare_change,
    decimals,
    factor,
    is_share,
    plain,
    show,
    span,
    suffix,
)
from sim.study.words import YEAR

A_DAY = "per day"  # of the simulated people: told of the real ones
DRAWN = 6  # strategies in a chart that cannot hold more


def gains_section(facts: Facts, look: Look) -> dict[str, Any] | None:
    frame = facts.comparison.gains
    if frame.empty or not facts.others:
        return None
    by_size = sorted(facts.others, key=lambda n: -abs(facts.difference(n, "gross_revenue").mean))
    shown = [name for name in facts.others if name in by_size[:DRAWN]]
    charts = [{"name": name, "svg": _waterfall(facts, name, look[name])} for name in shown]
    rest = [_gain_row(facts, name) for name in facts.others if name not in shown]
    return {
        "title": words.gain_title(facts, facts.leader),
        "charts": charts,
        "rest": rest,
        "sums": sums.unit(facts),
        "origins": [t(origin.words) for origin in ORIGINS.values()],
    }


def _waterfall(facts: Facts, name: str, accent: Accent) -> Markup:
    parts = {origin: facts.gain(name, origin) for origin in ORIGINS}
    total = facts.difference(name, "gross_revenue")
    digits = decimals([*parts.values(), total], YEAR)
    rows, reached = [], 0.0
    for origin, part in parts.items():
        step = part.mean if part.known else 0.0
        dots = []
        if part.bounded:
            moved = Estimate(reached + step, reached + part.low, reached + part.high)
            dots = [Dot(moved, Accent(INK, accent.shape), hollow=not part.clear)]
        label = t(ORIGINS[origin].words)
        rows.append(
            Row(
                label[0].upper() + label[1:],
                sums.beside(facts, bare_change(part, YEAR, digits), part, YEAR),
                dots,
                bar=Bar(reached, reached + step, accent.colour, 0.42),
            )
        )
        reached += step
    dots = [Dot(total, Accent(INK, accent.shape), hollow=not total.clear)]
    rows.append(
        Row(
            t("Gross revenue in all"),
            sums.beside(facts, bare_change(total, YEAR, digits), total, YEAR),
            dots,
            bar=Bar(0.0, reached, accent.colour, 0.9),
            strong=True,
        )
    )
    said = "; ".join(f"{row.label} {row.value}" for row in rows)
    label = t("{figure}, {unit}: {rows}", figure=facts.title(name), unit=t(YEAR), rows=said)
    return rows_chart(rows, label, zero=True, unit=" DKK")


def _gain_row(facts: Facts, name: str) -> dict[str, Any]:
    parts = [facts.gain(name, origin) for origin in ORIGINS]
    parts.append(facts.difference(name, "gross_revenue"))
    digits = decimals(parts, YEAR)
    cells = [sums.beside(facts, bare_change(part, YEAR, digits), part, YEAR) for part in parts]
    return {"name": name, "cells": cells}


def returns_section(facts: Facts, look: Look) -> dict[str, Any] | None:
    if not facts.arms:
        return None
    gross, causal, digits = [], [], 1
    for arm, name in facts.arms.items():
        value, target = facts.returned(arm, "gross"), facts.documents(arm)
        accent = look.get(name, PLAIN)
        _, verdict = offers.band_verdict(value, target.low, target.high, "share")
        said = f"{show(value.mean, 'share', digits)}: {verdict}"
        gross.append(
            Row(
                _offer(arm),
                said,
                [Dot(value, accent)],
                band=_known_band(target),
                target=target.mean if target.known else None,
            )
        )
        step = facts.returned(arm, "causal")
        if step.known and arm != next(iter(facts.arms)):
            causal.append(
                Row(t(arm), _step(step, digits), [Dot(step, accent, hollow=not step.clear)])
            )
    rows = [
        (
            t(MEASURES[m].title),
            _over(MEASURES[m]),
            [_percent(facts.returned(arm, m)) for arm in facts.arms],
        )
        for m in facts.comparison.returns["measure"].unique()
    ]
    beside = "; ".join(
        t(
            "{offer} {share}, documents {documents}",
            offer=row.label,
            share=row.value,
            documents=show(facts.documents(arm).mean, "share", 0),
        )
        for row, arm in zip(gross, facts.arms, strict=True)
    )
    label = t("Net revenue over gross value of online orders: {offers}", offers=beside)
    causal_label = t(
        "Causal change of net revenue against mail only, share of online orders: {offers}",
        offers="; ".join(f"{row.label} {row.value}" for row in causal),
    )
    return {
        "title": offers.returns_title(facts),
        "order": offers.returns_order(facts),
        "gross": rows_chart(gross, label, times=100, unit=" %"),
        "causal": rows_chart(causal, causal_label, times=100, unit=f" {t('points')}", zero=True)
        if causal
        else "",
        "rows": rows,
        "arms": {t(arm): name for arm, name in facts.arms.items()},
        "value": t(VALUE),
    }


def _offer(arm: str) -> str:
    """A return offer at the head of a row."""
    told = t(arm)
    return told if told.startswith("+") else told.capitalize()


def _step(step: Estimate, digits: int) -> str:
    """What an offer adds, and that it may be nothing."""
    change = bare_change(step, "share", digits)
    if step.bounded and not step.clear:
        return t("{change}: includes zero", change=change)
    return change


def _over(measure: Measure) -> str:
    """What is counted, over what."""
    below = marked("value") if measure.denominator == VALUE else measure.denominator
    return f"{t(measure.definition)} / {t(below)}"


def _known_band(target: Estimate) -> tuple[float, float] | None:
    return (target.low, target.high) if target.bounded else None


def _percent(estimate: Estimate) -> str:
    if not estimate.known:
        return UNKNOWN
    text = show(estimate.mean, "share", 1)
    flat = estimate.low == estimate.high
    return f"{text} ({span(estimate, 'share', 1)})" if estimate.bounded and not flat else text


def journeys_section(facts: Facts, look: Look) -> dict[str, Any] | None:
    flows = facts.comparison.flows
    chosen = [n for n in (facts.baseline, facts.leader) if n]
    charts = []
    for name in chosen:
        journeys = moves(flows, name)
        if not journeys.started:
            continue
        charts.append(
            {
                "name": name,
                "svg": sankey(journeys, facts.title(name)),
                "back": journeys.share_of_moves("back"),
                "started": plain(journeys.started),
            }
        )
    if not charts:
        return None
    back = charts[-1]["back"]
    every = [(n, moves(flows, n)) for n in facts.names]
    rows = [
        (
            n,
            plain(m.started),
            show(m.orders_per_journey(), "share", 1),
            show(m.share_of_moves("back"), "share", 1),
        )
        for n, m in every
        if m.started
    ]
    title = t(
        "Journeys branch and loop: {share} of the moves go back or sideways",
        share=show(back, "share", 0),
    )
    return {"title": title, "charts": charts, "rows": rows}


def daily_section(facts: Facts, look: Look) -> dict[str, Any] | None:
    daily = facts.comparison.daily
    if daily.empty:
        return None
    ranked = [n for n in facts.ranked() if n != facts.baseline]
    names = [facts.baseline, *ranked][:DRAWN]
    charts = []
    for series, row in SERIES.items():
        if not row.title:
            continue
        title, unit = t(row.title), t(row.words)
        times = facts.stands_for if row.unit.endswith(A_DAY) else 1.0
        curves = {name: times * smoothed(daily, series, name) for name in names}
        curves = {name: curve for name, curve in curves.items() if len(curve) > 1}
        if not curves:
            continue
        last = ", ".join(f"{facts.title(n)} {plain(c.iloc[-1], 1)}" for n, c in curves.items())
        label = t(
            "{figure}, {unit}, smoothed over 28 days; at the end: {values}",
            figure=title,
            unit=unit,
            values=last,
        )
        charts.append({"title": title, "unit": unit, "svg": lines_chart(curves, look, label)})
    return {
        "title": _daily_title(facts),
        "charts": charts,
        "names": names,
        "left_out": len(facts.names) - len(names),
    }


def _daily_title(facts: Facts) -> str:
    daily, quarter = facts.comparison.daily, 91
    fallback = t("Day by day after the fork")
    if not facts.leader:
        return fallback
    revenue = daily[(daily["series"] == "gross_revenue_dkk") & (daily["day"] >= 0)]
    wide = revenue.pivot(index="day", columns="strategy", values="value").sort_index()
    if len(wide) < 2 * quarter or not {facts.leader, facts.baseline} <= set(wide):
        return fallback
    gaps = [
        part[facts.leader].sum() / part[facts.baseline].sum() - 1
        for part in (wide.iloc[:quarter], wide.iloc[-quarter:])
    ]
    if not np.isfinite(gaps).all():
        return fallback
    first, last = (plain(100 * gap, 1, signed=True) + f"{NBSP}%" for gap in gaps)
    return t(
        "{leader}'s revenue against {baseline}: {first} in the first quarter year, {last} in the "
        "last",
        leader=facts.title(facts.leader),
        baseline=facts.within(facts.baseline),
        first=first,
        last=last,
    )


def ledger_section(facts: Facts) -> dict[str, Any] | None:
    frame = facts.comparison.ledger
    if frame.empty:
        return None
    charts, verdicts = [], []
    for row in frame.itertuples():
        value = Estimate(float(row.value), float(row.low), float(row.high))
        kind, verdict = offers.band_verdict(value, row.band_low, row.band_high, row.unit)
        verdicts.append(kind)
        digits = decimals([value], row.unit)
        band = Estimate(row.band_low, row.band_low, row.band_high)
        dots = [Dot(value, PLAIN, hollow=kind == "miss")] if value.known else []
        said = show(value.mean, row.unit, digits)
        what, within = t(row.what), _band_words(band, row.unit)
        chart_row = Row(what, said, dots, band=_known_band(band))
        label = t(
            "{what}: {value}, band {band}: {verdict}",
            what=what,
            value=said,
            band=within,
            verdict=verdict,
        )
        beside = {"row": row.row, "band": within, "source": row.source}
        charts.append(
            {
                "kind": kind,
                "verdict": verdict,
                "beside": t("{row}; band {band}; {source}", **beside),
                "svg": rows_chart([chart_row], label, times=factor(row.unit), ticks=False),
            }
        )
    return {"title": words.ledger_title(verdicts), "charts": charts}


def _band_words(band: Estimate, unit: str) -> str:
    if not band.bounded:
        return UNKNOWN
    low, high = (_three_digits(b * factor(unit)) for b in band[1:])
    behind = " %" if is_share(unit) else suffix(unit)
    return t("{low} to {high}", low=low, high=high + behind)


def _three_digits(value: float) -> str:
    """Three significant digits."""
    told = f"{value:.3g}"
    return told if "e" in told else decimal(value, len(told.partition(".")[2]))
