"""Return offers in sentences: each against the one before it, and beside the documents."""

from __future__ import annotations

from itertools import pairwise
from math import isfinite

from sim.language import marked, t
from sim.measures.comparison import ARMS
from sim.measures.metrics import YEARLY
from sim.study import sums
from sim.study.facts import Facts
from sim.study.numbers import NBSP, Estimate, change, factor, listing, plain, show

APART = "cannot be told apart"


def worth(facts: Facts, more: str, less: str, against: str) -> str:
    """What one return offer adds to another, per person-year."""
    if more not in facts.arms or less not in facts.arms:
        return ""
    pair = facts.arms[more], facts.arms[less]
    net, left = (facts.versus(*pair, metric) for metric in ("net_revenue", "contribution"))
    if not net.known:
        return ""
    if net.bounded and not net.clear:
        said = (
            f"Net revenue changes by {change(net, YEARLY)} per person-year {against}: that "
            f"includes zero, so with and without it {APART}."
        )
    else:
        whole = sums.said(facts, net, change=True, interval=False)
        said = f"Worth {change(net, YEARLY)} net revenue per person-year, {whole}, {against}."
    if left.known:
        whole = sums.said(facts, left, change=True, interval=False)
        said += f" Contribution: {change(left, YEARLY)}, {whole}"
        said += ", which includes zero." if left.bounded and not left.clear else "."
    if not net.bounded:
        said += " With one seed, how sure this is stays unknown."
    return said


def return_in_store(facts: Facts) -> str:
    said = worth(facts, ARMS[1], ARMS[0], "against returns by mail only")
    causal = facts.returned(ARMS[1], "causal")
    if not said or not causal.known:
        return said
    kept = change(Estimate(*(100 * v for v in causal)), "DKK", 1)
    tail = ", which includes zero" if causal.bounded and not causal.clear else ""
    return (
        f"{said} Per 100{NBSP}DKK ordered online it adds {kept} net, purchases that would have "
        f"come anyway left out{tail}."
    )


def band_verdict(value: Estimate, low: float, high: float, unit: str) -> tuple[str, str]:
    """('hit', 'miss' or 'unknown') and the same in words; a hit is a mean inside the band."""
    if not (value.known and isfinite(low) and isfinite(high)):
        return "unknown", t("not measured")
    if low <= value.mean <= high:
        whole = value.bounded and low <= value.low and value.high <= high
        return "hit", t("hit, with its whole interval") if whole else t("hit")
    below = value.mean < low
    away = low - value.mean if below else value.mean - high
    digits = 1 if away * factor(unit) >= 0.1 else 3
    gap = show(away, unit, digits, change=True).removeprefix("+")
    text = marked("miss: {gap} below the band") if below else marked("miss: {gap} above the band")
    return "miss", t(text, gap=gap)


def returns_title(facts: Facts) -> str:
    values = [facts.returned(arm, "gross") for arm in facts.arms]
    if not values or not all(v.known for v in values):
        return t("What return offers do to net revenue")
    measured = listing([plain(100 * v.mean) for v in values])
    documents = listing([plain(100 * facts.documents(arm).mean) for arm in facts.arms])
    return t(
        "Of 100 kroner ordered online, {measured} stay; the documents say {documents}",
        measured=measured,
        documents=documents,
    )


def returns_order(facts: Facts) -> str:
    """Do the offers come in the documents' order, and by steps in the documents' bands?"""
    values = [facts.returned(arm, "gross") for arm in facts.arms]
    if len(values) < 2 or not all(v.known for v in values):
        return ""
    rising = all(a.mean < b.mean for a, b in pairwise(values))
    order = (
        "The order of the offers is the documents' order"
        if rising
        else ("The order of the offers is not the documents' order")
    )
    steps = []
    for i, (name, low, high) in enumerate(
        (("return in store", 0.10, 0.23), ("pick-up", 0.05, 0.17))
    ):
        if i + 1 < len(values):
            step = values[i + 1].mean - values[i].mean
            verdict = "inside" if low <= step <= high else "outside"
            steps.append(
                f"{name} adds {plain(100 * step, 1, signed=True)} points, {verdict} its "
                f"band ({low * 100:.0f} to {high * 100:.0f})"
            )
    return f"{order}. {'; '.join(steps).capitalize()}."
