"""Return offers in sentences: each against the one before it, and beside the documents."""

from __future__ import annotations

from itertools import pairwise
from math import isfinite

from sim.language import marked, number, t
from sim.measures.comparison import ARMS
from sim.measures.metrics import YEARLY
from sim.study import sums
from sim.study.facts import Facts
from sim.study.numbers import NBSP, Estimate, change, factor, listing, plain, show

APART = marked("cannot be told apart")
STEPS = ((marked("return in store"), 0.10, 0.23), (marked("pick-up"), 0.05, 0.17))
"""What each offer adds to the one before, and the band of that: shares of what is ordered."""


def worth(facts: Facts, more: str, less: str, against: str) -> str:
    """What one return offer adds to another, per person-year; ``against``: as readers call it."""
    if more not in facts.arms or less not in facts.arms:
        return ""
    pair = facts.arms[more], facts.arms[less]
    net, left = (facts.versus(*pair, metric) for metric in ("net_revenue", "contribution"))
    if not net.known:
        return ""
    said = [_net(facts, net, against)]
    if left.known:
        unclear = left.bounded and not left.clear
        text = marked("Contribution: {gap}, {sum}, which includes zero.")
        text = text if unclear else marked("Contribution: {gap}, {sum}.")
        whole = sums.said(facts, left, change=True, interval=False)
        said.append(t(text, gap=change(left, YEARLY), sum=whole))
    if not net.bounded:
        said.append(t("With one seed, how sure this is stays unknown."))
    return " ".join(said)


def _net(facts: Facts, net: Estimate, against: str) -> str:
    """What an offer does to net revenue."""
    told = {"gap": change(net, YEARLY), "against": against}
    if net.bounded and not net.clear:
        return t(
            "Net revenue changes by {gap} per person-year {against}: that includes zero, so with "
            "and without it cannot be told apart.",
            **told,
        )
    whole = sums.said(facts, net, change=True, interval=False)
    text = marked("Worth {gap} net revenue per person-year, {sum}, {against}.")
    return t(text, sum=whole, **told)


def return_in_store(facts: Facts) -> str:
    said = worth(facts, ARMS[1], ARMS[0], t("against returns by mail only"))
    causal = facts.returned(ARMS[1], "causal")
    if not said or not causal.known:
        return said
    told = {
        "kroner": f"100{NBSP}DKK",
        "kept": change(Estimate(*(100 * v for v in causal)), "DKK", 1),
    }
    if causal.bounded and not causal.clear:
        added = t(
            "Per {kroner} ordered online it adds {kept} net, purchases that would have come anyway "
            "left out, which includes zero.",
            **told,
        )
    else:
        added = t(
            "Per {kroner} ordered online it adds {kept} net, purchases that would have come anyway "
            "left out.",
            **told,
        )
    return f"{said} {added}"


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
    order = t("The order of the offers is not the documents' order.")
    if all(a.mean < b.mean for a, b in pairwise(values)):
        order = t("The order of the offers is the documents' order.")
    steps = [
        _step(after.mean - before.mean, *told)
        for (before, after), told in zip(pairwise(values), STEPS, strict=False)
    ]
    said = "; ".join(steps)
    return f"{order} {said[:1].upper()}{said[1:]}."


def _step(step: float, name: str, low: float, high: float) -> str:
    """What an offer adds, beside its band."""
    text = marked("{offer} adds {step} points, outside its band ({low} to {high})")
    if low <= step <= high:
        text = marked("{offer} adds {step} points, inside its band ({low} to {high})")
    bounds = {"low": number(100 * low), "high": number(100 * high)}
    return t(text, offer=t(name), step=plain(100 * step, 1, signed=True), **bounds)
