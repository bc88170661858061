"""The findings in sentences. Every sentence is computed, and says so when a thing is not sure.

A difference counts as sure only when its 95 % interval leaves zero out; otherwise the two
"cannot be told apart". With a single seed there is no interval, and the sentence says that.
"""

from __future__ import annotations

from math import isfinite

from sim.measures.comparison import ARMS, ORIGINS
from sim.measures.metrics import YEARLY, metric_of
from sim.study import offers, plans, sums
from sim.study.facts import Facts
from sim.study.numbers import (
    NBSP,
    Estimate,
    change,
    decimals,
    listing,
    of_company,
    plain,
    show,
    span,
)
from sim.study.settled import steady_as_levels

YEAR = YEARLY
APART = offers.APART
ACTIVE = "active_customers"
TURNOVERS = 3  # strategies whose turnover is told beside the one in the books


def metric_title(metric: str) -> str:
    return metric_of(metric).title


def unit_words(metric: str, unit: str) -> str:
    """The unit of a metric in words, from its row or else as measured."""
    row = metric_of(metric, unit)
    return row.unit_words


def headline(facts: Facts) -> str:
    """The answer in one line."""
    best, base = facts.best, facts.within(facts.baseline)
    level = facts.level(best, "contribution")
    if not level.known:
        return f"What {facts.within(best)} earns is not known"
    if not facts.others:
        total, unit = of_company(level, facts.people)
        amount = f"{plain(total.mean, decimals([total], YEAR))}{NBSP}{unit}"
        return f"{facts.title(best)} contributes {amount} a year"
    if best == facts.baseline:
        unclear = [n for n in facts.others if not facts.difference(n, "contribution").below_zero]
        if unclear:
            return f"Nothing tried is shown to earn more than {base}"
        return f"{facts.title(best)} earns most: every other strategy contributes less"
    gap = facts.difference(best, "contribution")
    more = _more(facts, gap)
    if gap.above_zero:
        return f"{facts.title(best)} earns most: {more} than {base}"
    if not gap.bounded:
        return f"{facts.title(best)} earned {more} than {base}, in the one world tried"
    return f"No strategy is shown to earn more than {base}"


def _more(facts: Facts, gap: Estimate) -> str:
    """``9.6 m DKK more contribution a year``, of the company."""
    total, unit = of_company(gap, facts.people)
    return f"{plain(total.mean, decimals([total], YEAR))}{NBSP}{unit} more contribution a year"


def _company(facts: Facts) -> str:
    """Whose money the answer speaks of."""
    size = facts.comparison.settings.company.size
    said = (
        f"Sums a year are those of a company with {size.active_customers:,} active customers in a "
        f"market of {size.people:,.0f} people (company.size); one simulated person stands for "
        f"{facts.stands_for:,.4g}."
    )
    said += _active(facts)
    stated = facts.comparison.settings.company.key_figures.turnover_mdkk
    turnovers = [
        f"{sums.said(facts, net, interval=False)} under {facts.within(name)}"
        for name in [facts.baseline, *facts.others][:TURNOVERS]
        if (net := facts.level(name, "net_revenue")).known
    ]
    if stated is not None and turnovers:
        said += (
            f" Its books say {stated:,g} m{NBSP}DKK of turnover; simulated are "
            f"{listing(turnovers)}. omnijourney describe sets all its key figures beside it."
        )
    return said


def _active(facts: Facts) -> str:
    """That the simulated company has fewer or more active customers than stated, where it has."""
    company, share = facts.comparison.settings.company, facts.level(facts.baseline, ACTIVE)
    stated, found = company.size.active_customers, share.mean * facts.people
    if not share.known or abs(found - stated) <= company.key_figures.tolerance * stated:
        return ""
    other = "smaller" if found < stated else "larger"
    return (
        f" In the simulation {found:,.0f} are active under {facts.within(facts.baseline)}: sums "
        f"are those of a company so much {other} (company.size.active_share)."
    )


def how_sure(facts: Facts) -> str:
    """The headline's interval, and the same per person-year; "" where nothing is set apart."""
    gap = facts.difference(facts.best, "contribution")
    if facts.best == facts.baseline or not gap.known:
        return ""
    total, unit = of_company(gap, facts.people)
    digits = decimals([total], YEAR)
    bounds = f"95 % interval {span(total, YEAR, digits)}" if total.bounded else "one seed"
    person = f"{change(gap, YEAR)} per person-year"
    if gap.above_zero or not gap.bounded:
        return f" ({bounds}), {person}"
    amount = f"{plain(total.mean, digits, signed=True)}{NBSP}{unit} a year"
    return f" ({facts.within(facts.best)}: {amount}, {bounds}; {person})"


def beside(facts: Facts) -> list[tuple[str, str]]:
    """What the answer needs beside it wherever it stands: whose money, when, and what is amiss."""
    said = [
        ("For whom?", _company(facts)),
        ("Why less?", plans.why_less(facts)),
        ("At the end?", plans.at_the_end(facts)),
        ("Once settled?", _once_settled(facts)),
        ("Pays back?", plans.pay_back(facts)),
        ("Worth today?", plans.worth(facts)),
        ("All media spent?", plans.unspent_media(facts)),
    ]
    return [(question, answer) for question, answer in said if answer]


def _once_settled(facts: Facts) -> str:
    """The answer again, of the steady states, where they were measured."""
    comparison, scale = facts.comparison, facts.comparison.settings.scale
    if comparison.steady_levels.empty:
        return ""
    settled, seeds = Facts(steady_as_levels(comparison)), min(scale.steady_seeds, scale.seeds)
    return (
        f"{headline(settled)}{how_sure(settled)}: over {scale.steady_days:,} days after "
        f"{scale.steady_from:,} under each strategy, with {seeds} seed{'s' * (seeds > 1)}, and no "
        "change of level is paid any more."
    )


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
        ("Return in store?", offers.return_in_store(facts)),
        ("Pick-up in store?", offers.worth(facts, ARMS[2], ARMS[1], "on top of returns in store")),
        ("Per active customer?", _per_active(facts)),
        *beside(facts),
    ]
    return [(question, answer) for question, answer in said if answer]


def _difference(facts: Facts, name: str) -> str:
    title, base = facts.title(name), facts.within(facts.baseline)
    gap, level = facts.difference(name, "contribution"), facts.level(name, "contribution")
    start = facts.level(facts.baseline, "contribution")
    if not gap.known:
        return ""
    head = (
        f"{title} contributes {show(level.mean, YEAR)} per person-year, {base} "
        f"{show(start.mean, YEAR)}: {show(gap.mean, YEAR, decimals([gap], YEAR), change=True)}"
    )
    if not gap.bounded:
        head += f", {sums.said(facts, gap, change=True)}"
        return f"{head}. With one seed there is no interval, so how sure this is stays unknown."
    head += f", 95 % interval {span(gap, YEAR)}; {sums.said(facts, gap, change=True)}."
    if not gap.clear:
        return f"{head} The interval includes zero, so the two {APART}."
    ahead, seeds = facts.seeds_ahead(name, "contribution")
    times = ahead if gap.mean > 0 else seeds - ahead
    verb = "more" if gap.mean > 0 else "less"
    return f"{head} That leaves zero out; it earned {verb} in {times} of {seeds} seeds."


def _runner_up(facts: Facts) -> str:
    """Is the best also shown to beat the second best, where that is not the baseline?"""
    if len(facts.names) < 3 or facts.best == facts.baseline:
        return ""
    gaps = {n: facts.versus(facts.best, n, "contribution") for n in facts.ranked()[1:]}
    near = [n for n, g in gaps.items() if g.bounded and not g.clear and n != facts.baseline]
    if near:
        names = _shortened([facts.within(n) for n in near])
        return f"In contribution, {facts.within(facts.best)} {APART} from {names}."
    second = next(iter(gaps))
    if second == facts.baseline or not gaps[second].clear:
        return ""
    gap = gaps[second]
    return (
        f"{facts.title(second)} follows {show(gap.mean, YEAR, decimals([gap], YEAR))} behind "
        f"({span(gap, YEAR)}), {sums.said(facts, gap, interval=False)}, clear of zero too."
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
    unsure = [ORIGINS[p[0]].words for p in parts if p not in sure]
    word = "more" if total.mean >= 0 else "less"
    whole = sums.size(facts, total)
    head = (
        f"Customers buy for {show(abs(total.mean), YEAR, digits)} {word} per person-year, gross, "
        f"{whole}"
    )
    if not total.clear and total.bounded:
        head += f" ({span(total, YEAR, digits)}, which includes zero)"
    if sure:
        head += ": " + listing(
            [f"{plain(p[1].mean, digits, signed=True)} {ORIGINS[p[0]].words}" for p in sure]
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
        return f"{facts.title(name)}: the gain is {ORIGINS[origin].words}, and more than all of it"
    return (
        f"{show(share, 'share', 0)} of what {facts.within(name)} gains is {ORIGINS[origin].words}"
    )


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


def _per_active(facts: Facts) -> str:
    """The size of things per customer who buys, where the other figures count everybody."""
    name = facts.leader or facts.baseline
    share = facts.level(name, "active_customers")
    if not share.known:
        return ""
    figures = [
        f"{show(level.mean, unit, digits)} {what}"
        for metric, unit, digits, what in (
            ("gross_revenue_active", YEAR, 0, "gross"),
            ("net_revenue_active", YEAR, 0, "net revenue"),
            ("contribution_active", YEAR, 0, "contribution"),
            ("orders_active", "orders", 2, "orders"),
        )
        if (level := facts.level(name, metric)).known
    ]
    if not figures:
        return ""
    return (
        f"At any time {show(share.mean, 'share', 0)} of the people in {facts.within(name)}'s "
        "market are active customers, who bought in the last 365 days. A year of one of them "
        f"brings {listing(figures)}."
    )


def _others(facts: Facts) -> str:
    rest = [n for n in facts.ranked() if n not in (facts.leader, facts.baseline)]
    gaps = {n: facts.difference(n, "contribution") for n in rest}
    sure = [n for n in rest if gaps[n].clear]
    unsure = [n for n in rest if gaps[n].bounded and not gaps[n].clear]
    base, said = facts.within(facts.baseline), []
    if sure:
        parts = [f"{facts.within(n)} contributes {_more_or_less(facts, gaps[n])}" for n in sure]
        said.append(f"Against {base}: {_shortened(parts)}.")
    if unsure:
        names = [facts.title(unsure[0]), *(facts.within(n) for n in unsure[1:])]
        said.append(f"{_shortened(names)} {APART} from {base}.")
    return " ".join(said)


def _more_or_less(facts: Facts, gap: Estimate) -> str:
    """``26 DKK less (25 to 28), 5.2 m DKK a year``."""
    size = gap if gap.mean >= 0 else Estimate(-gap.mean, -gap.high, -gap.low)
    digits = decimals([size], YEAR)
    word = "more" if gap.mean >= 0 else "less"
    whole = sums.said(facts, size, interval=False)
    return f"{show(size.mean, YEAR, digits)} {word} ({span(size, YEAR, digits)}), {whole}"


def _shortened(parts: list[str], most: int = 3) -> str:
    """The first few, and how many more; semicolons, since titles may hold commas."""
    shown = parts if len(parts) <= most else [*parts[:most], f"{len(parts) - most} more"]
    return shown[0] if len(shown) == 1 else "; ".join(shown[:-1]) + "; and " + shown[-1]


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
    return f"{facts.title(name)}'s net revenue per person-year: {said[0]}, {said[1]}"


def ledger_title(verdicts: list[str]) -> str:
    measured = [v for v in verdicts if v != "unknown"]
    hits = sum(v == "hit" for v in measured)
    if not measured:
        return "Building blocks beside their bands"
    misses = len(measured) - hits
    miss = "none misses" if not misses else "one misses" if misses == 1 else f"{misses} miss"
    return f"{hits} of {len(measured)} building blocks lie in their band; {miss}"
