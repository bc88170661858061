"""The findings in sentences. Every sentence is computed, and says so when a thing is not sure.

A difference counts as sure only when its 95 % interval leaves zero out; otherwise the two
"cannot be told apart". With a single seed there is no interval, and the sentence says that.
"""

from __future__ import annotations

from itertools import pairwise
from math import isfinite

from sim.measures.comparison import ARMS, ORIGINS
from sim.study.facts import Facts
from sim.study.numbers import NBSP, Estimate, change, decimals, factor, plain, show, span

YEAR = "DKK per customer-year"
APART = "cannot be told apart"
ORIGIN_WORDS = {
    "from competitor": "taken from the competitor",
    "new demand": "new demand",
    "pulled forward": "purchases pulled forward",
    "moved between own channels": "moved between own channels",
    "same need, other basket": "other baskets for the same needs",
}
METRIC_TITLES = {
    "gross_revenue": "Gross revenue",
    "refunds": "Refunds",
    "fees": "Fees",
    "net_revenue": "Net revenue",
    "profit": "Profit",
    "orders_per_customer": "Orders",
    "repeat_rate": "Repeat rate",
    "retention_12m": "12-month retention",
    "clv_24m": "Customer value, 24 months",
    "share_of_wallet": "Share of wallet",
    "satisfaction": "Satisfaction",
    "nps": "Net promoter score",
    "coherent_journeys": "Coherent journeys",
    "cost_goods": "Goods",
    "cost_media": "Media",
    "cost_messages": "Messages",
    "cost_service": "Service",
    "cost_delivery": "Delivery",
    "cost_returns": "Returns handling",
    "cost_upkeep": "Upkeep of maturity",
}
UNIT_WORDS = {
    "share": "% of customers",
    "0-1": "0 to 1",
    "points": "points, −100 to 100",
    "points -100..100": "points, −100 to 100",
    "per 1,000 DKK": "per 1,000 DKK of cost",
}


def metric_title(metric: str) -> str:
    return METRIC_TITLES.get(metric, metric.replace("_", " ").capitalize())


def unit_words(metric: str, unit: str) -> str:
    if metric == "share_of_wallet":
        return "% of spending in the market"
    if unit.startswith("share "):
        return "% " + unit.removeprefix("share ")
    return UNIT_WORDS.get(unit, unit)


def listing(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def headline(facts: Facts) -> str:
    """The answer in one line."""
    best, base = facts.best, facts.within(facts.baseline)
    level = facts.level(best, "profit")
    if not facts.others:
        return f"{facts.title(best)} earns {show(level.mean, YEAR)} profit per customer-year"
    if best == facts.baseline:
        unclear = [n for n in facts.others if not facts.difference(n, "profit").below_zero]
        if unclear:
            return f"Nothing tried is shown to earn more than {base}"
        return f"{facts.title(best)} earns most: every other strategy makes less profit"
    gap = facts.difference(best, "profit")
    more = show(gap.mean, YEAR, decimals([gap], YEAR))
    if gap.above_zero:
        return f"{facts.title(best)} earns most: {more} more profit per customer-year than {base}"
    if not gap.bounded:
        return f"{facts.title(best)} earned {more} more than {base}, in the one world tried"
    return f"No strategy is shown to earn more than {base}"


def setting(facts: Facts) -> str:
    """What was done, in one sentence."""
    settings = facts.comparison.settings
    days, seeds = settings.scale.horizon_days, settings.seeds
    span_words = f"{days / 365:.0f} years" if days % 365 == 0 and days > 365 else f"{days:,} days"
    count = len(facts.names)
    under = "under one strategy" if count == 1 else f"once under each of {count} strategies"
    luck = "one random seed" if seeds == 1 else f"{seeds} random seeds"
    return (
        f"The same {settings.scale.customers:,} people, with the same needs and the same luck, "
        f"lived {span_words} {under}, with {luck}."
    )


def summary(facts: Facts) -> list[tuple[str, str]]:
    """The answer as questions a reader has, each with a sentence or two."""
    said = []
    if facts.leader:
        said += [
            ("How sure is it?", _difference(facts, facts.leader)),
            ("And the next best?", _runner_up(facts)),
            ("Where from?", _gain(facts, facts.leader)),
            ("Who notices?", _touched(facts, facts.leader)),
            ("The others?", _others(facts)),
        ]
    said += [
        ("Return in store?", _return_in_store(facts)),
        ("Pick-up in store?", _worth(facts, ARMS[2], ARMS[1], "on top of returns in store")),
    ]
    return [(question, answer) for question, answer in said if answer]


def _difference(facts: Facts, name: str) -> str:
    title, base = facts.title(name), facts.within(facts.baseline)
    gap, level = facts.difference(name, "profit"), facts.level(name, "profit")
    start = facts.level(facts.baseline, "profit")
    if not gap.known:
        return ""
    head = (
        f"{title} makes {show(level.mean, YEAR)} profit per customer-year, {base} "
        f"{show(start.mean, YEAR)}: {show(gap.mean, YEAR, decimals([gap], YEAR), change=True)}"
    )
    if not gap.bounded:
        return f"{head}. With one seed there is no interval, so how sure this is stays unknown."
    head += f", 95 % interval {span(gap, YEAR)}."
    if not gap.clear:
        return f"{head} The interval includes zero, so the two {APART}."
    ahead, seeds = facts.seeds_ahead(name, "profit")
    times = ahead if gap.mean > 0 else seeds - ahead
    verb = "more" if gap.mean > 0 else "less"
    return f"{head} That leaves zero out; it earned {verb} in {times} of {seeds} seeds."


def _runner_up(facts: Facts) -> str:
    """Is the best also shown to beat the second best, where that is not the baseline?"""
    if len(facts.names) < 3 or facts.best == facts.baseline:
        return ""
    gaps = {n: facts.versus(facts.best, n, "profit") for n in facts.ranked()[1:]}
    near = [n for n, g in gaps.items() if g.bounded and not g.clear and n != facts.baseline]
    if near:
        names = _shortened([facts.within(n) for n in near])
        return f"On profit, {facts.within(facts.best)} {APART} from {names}."
    second = next(iter(gaps))
    if second == facts.baseline or not gaps[second].clear:
        return ""
    gap = gaps[second]
    return (
        f"{facts.title(second)} follows {show(gap.mean, YEAR, decimals([gap], YEAR))} behind "
        f"({span(gap, YEAR)}), clear of zero too."
    )


def _gain(facts: Facts, name: str) -> str:
    """Where the difference in gross revenue comes from."""
    total = facts.difference(name, "gross_revenue")
    parts = [(origin, facts.gain(name, origin)) for origin in ORIGINS]
    parts = sorted((p for p in parts if p[1].known), key=lambda p: -abs(p[1].mean))
    if not parts or not total.known:
        return ""
    digits = decimals([p[1] for p in parts], YEAR)
    sure = [p for p in parts if p[1].clear or not p[1].bounded]
    unsure = [ORIGIN_WORDS[p[0]] for p in parts if p not in sure]
    word = "more" if total.mean >= 0 else "less"
    head = f"Customers buy for {show(abs(total.mean), YEAR, digits)} {word} a year, gross"
    if not total.clear and total.bounded:
        head += f" ({span(total, YEAR, digits)}, which includes zero)"
    if sure:
        head += ": " + listing(
            [f"{plain(p[1].mean, digits, signed=True)} {ORIGIN_WORDS[p[0]]}" for p in sure]
        )
    if unsure:
        head += f". Not shown to matter: {listing(unsure)}"
    return head + "."


def gain_title(facts: Facts, name: str) -> str:
    """The finding of the section on where the gain comes from."""
    total = facts.difference(name, "gross_revenue")
    parts = [(facts.gain(name, origin), origin) for origin in ORIGINS]
    clear = [p for p in parts if p[0].above_zero] if total.above_zero else []
    if not clear:
        return "Where the differences in gross revenue come from"
    largest, origin = max(clear)
    share = largest.mean / total.mean
    if share > 1:
        return f"{facts.title(name)}: the gain is {ORIGIN_WORDS[origin]}, and more than all of it"
    return f"{show(share, 'share', 0)} of what {facts.within(name)} gains is {ORIGIN_WORDS[origin]}"


def _touched(facts: Facts, name: str) -> str:
    frame = facts.comparison.changed
    row = frame[frame["strategy"] == name]
    if row.empty or not row["share_any"].notna().all():
        return ""
    anything, bought = (float(row[c].iloc[0]) for c in ("share_any", "share_bought"))
    said = f"Something at all changed for {show(anything, 'share', 0)} of the customers"
    if not isfinite(bought):
        return f"{said}."
    return f"{said}, their purchases for {show(bought, 'share', 0)}."


def _others(facts: Facts) -> str:
    rest = [n for n in facts.ranked() if n not in (facts.leader, facts.baseline)]
    gaps = {n: facts.difference(n, "profit") for n in rest}
    sure = [n for n in rest if gaps[n].clear]
    unsure = [n for n in rest if gaps[n].bounded and not gaps[n].clear]
    base, said = facts.within(facts.baseline), []
    if sure:
        parts = [f"{facts.within(n)} earns {_more_or_less(gaps[n])}" for n in sure]
        said.append(f"Against {base}: {_shortened(parts)}.")
    if unsure:
        names = [facts.title(unsure[0]), *(facts.within(n) for n in unsure[1:])]
        said.append(f"{_shortened(names)} {APART} from {base}.")
    return " ".join(said)


def _more_or_less(gap: Estimate) -> str:
    """``26 DKK less (25 to 28)``."""
    size = gap if gap.mean >= 0 else Estimate(-gap.mean, -gap.high, -gap.low)
    digits = decimals([size], YEAR)
    word = "more" if gap.mean >= 0 else "less"
    return f"{show(size.mean, YEAR, digits)} {word} ({span(size, YEAR, digits)})"


def _shortened(parts: list[str], most: int = 3) -> str:
    """The first few, and how many more; semicolons, since titles may hold commas."""
    shown = parts if len(parts) <= most else [*parts[:most], f"{len(parts) - most} more"]
    return shown[0] if len(shown) == 1 else "; ".join(shown[:-1]) + "; and " + shown[-1]


def _worth(facts: Facts, more: str, less: str, against: str) -> str:
    """What one return offer adds to another, per customer-year."""
    if more not in facts.arms or less not in facts.arms:
        return ""
    pair = facts.arms[more], facts.arms[less]
    net, profit = (facts.versus(*pair, metric) for metric in ("net_revenue", "profit"))
    if not net.known:
        return ""
    if net.bounded and not net.clear:
        said = (
            f"Net revenue changes by {change(net, YEAR)} per customer-year {against}: that "
            f"includes zero, so with and without it {APART}."
        )
    else:
        said = f"Worth {change(net, YEAR)} net revenue per customer-year, {against}."
    if profit.known:
        said += f" Profit: {change(profit, YEAR)}"
        said += ", which includes zero." if profit.bounded and not profit.clear else "."
    if not net.bounded:
        said += " With one seed, how sure this is stays unknown."
    return said


def _return_in_store(facts: Facts) -> str:
    said = _worth(facts, ARMS[1], ARMS[0], "against returns by mail only")
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
        return "unknown", "not measured"
    if low <= value.mean <= high:
        whole = value.bounded and low <= value.low and value.high <= high
        return "hit", "hit, with its whole interval" if whole else "hit"
    below = value.mean < low
    away = low - value.mean if below else value.mean - high
    digits = 1 if away * factor(unit) >= 0.1 else 3
    gap = show(away, unit, digits, change=True).removeprefix("+")
    return "miss", f"miss: {gap} {'below' if below else 'above'} the band"


def returns_title(facts: Facts) -> str:
    values = [facts.returned(arm, "gross") for arm in facts.arms]
    if not values or not all(v.known for v in values):
        return "What return offers do to net revenue"
    measured = listing([plain(100 * v.mean) for v in values])
    documents = listing([plain(100 * facts.documents(arm).mean) for arm in facts.arms])
    return f"Of 100 kroner ordered online, {measured} stay; the documents say {documents}"


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


def segments_title(facts: Facts) -> str:
    """Who gains more from the leading strategy, shoppers or buyers?"""
    name = facts.leader
    fallback = "Shoppers and buyers, side by side"
    if not name:
        return fallback
    gaps = {s: facts.difference(name, "net_revenue", s) for s in ("shoppers", "buyers")}
    if not all(g.clear for g in gaps.values()):
        return fallback
    more, less = sorted(gaps, key=lambda s: -gaps[s].mean)
    if gaps[more].low <= gaps[less].high:
        return fallback
    said = [f"{show(gaps[s].mean, YEAR, change=True)} from {s}" for s in (more, less)]
    return f"{facts.title(name)}'s net revenue per customer-year: {said[0]}, {said[1]}"


def ledger_title(verdicts: list[str]) -> str:
    measured = [v for v in verdicts if v != "unknown"]
    hits = sum(v == "hit" for v in measured)
    if not measured:
        return "Building blocks beside their bands"
    misses = len(measured) - hits
    miss = "none misses" if not misses else "one misses" if misses == 1 else f"{misses} miss"
    return f"{hits} of {len(measured)} building blocks lie in their band; {miss}"
