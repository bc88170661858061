"""The findings in sentences. Every sentence is computed, and says so when a thing is not sure.

A difference counts as sure only when its 95 % interval leaves zero out; otherwise the two
"cannot be told apart". With a single seed there is no interval, and the sentence says that.
"""

from __future__ import annotations

from math import isfinite

from sim.language import marked, number, t, tn
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
    significant,
    span,
)
from sim.study.settled import steady_as_levels

YEAR = YEARLY
APART = offers.APART
ACTIVE = "active_customers"
TURNOVERS = 3  # strategies whose turnover is told beside the one in the books


def metric_title(metric: str) -> str:
    return t(metric_of(metric).title)


def unit_words(metric: str, unit: str) -> str:
    """The unit of a metric in words, from its row or else as measured."""
    row = metric_of(metric, unit)
    return t(row.unit_words)


def headline(facts: Facts) -> str:
    """The answer in one line."""
    best, base = facts.best, facts.within(facts.baseline)
    level = facts.level(best, "contribution")
    if not level.known:
        return t("What {strategy} earns is not known", strategy=facts.within(best))
    if not facts.others:
        total, unit = of_company(level, facts.people)
        amount = f"{plain(total.mean, decimals([total], YEAR))}{NBSP}{unit}"
        return t(
            "{strategy} contributes {amount} a year", strategy=facts.title(best), amount=amount
        )
    if best == facts.baseline:
        unclear = [n for n in facts.others if not facts.difference(n, "contribution").below_zero]
        if unclear:
            return t("Nothing tried is shown to earn more than {base}", base=base)
        return t("{best} earns most: every other strategy contributes less", best=facts.title(best))
    gap = facts.difference(best, "contribution")
    told = {"best": facts.title(best), "amount": _amount(facts, gap), "base": base}
    if gap.above_zero:
        return t("{best} earns most: {amount} more contribution a year than {base}", **told)
    if not gap.bounded:
        return t(
            "{best} earned {amount} more contribution a year than {base}, in the one world tried",
            **told,
        )
    return t("No strategy is shown to earn more than {base}", base=base)


def _amount(facts: Facts, gap: Estimate) -> str:
    """``9.6 m DKK``, of the company."""
    total, unit = of_company(gap, facts.people)
    return f"{plain(total.mean, decimals([total], YEAR))}{NBSP}{unit}"


def _company(facts: Facts) -> str:
    """Whose money the answer speaks of."""
    size = facts.comparison.settings.company.size
    said = [
        t(
            "Sums a year are those of a company with {customers} active customers in a market of "
            "{people} people (company.size); one simulated person stands for {several}.",
            customers=number(size.active_customers),
            people=number(size.people),
            several=significant(facts.stands_for, 4),
        ),
        _active(facts),
    ]
    stated = facts.comparison.settings.company.key_figures.turnover_mdkk
    turnovers = [
        t(
            "{money} under {strategy}",
            money=sums.said(facts, net, interval=False),
            strategy=facts.within(name),
        )
        for name in [facts.baseline, *facts.others][:TURNOVERS]
        if (net := facts.level(name, "net_revenue")).known
    ]
    if stated is not None and turnovers:
        books = f"{significant(stated)} {t('m DKK').replace(' ', NBSP)}"
        said.append(
            t(
                "Its books say {stated} of turnover; simulated are {turnovers}. omnijourney "
                "describe sets all its key figures beside it.",
                stated=books,
                turnovers=listing(turnovers),
            )
        )
    return " ".join(filter(None, said))


def _active(facts: Facts) -> str:
    """That the simulated company has fewer or more active customers than stated, where it has."""
    company, share = facts.comparison.settings.company, facts.level(facts.baseline, ACTIVE)
    stated, found = company.size.active_customers, share.mean * facts.people
    if not share.known or abs(found - stated) <= company.key_figures.tolerance * stated:
        return ""
    told = {"people": number(found), "strategy": facts.within(facts.baseline)}
    if found < stated:
        return t(
            "In the simulation {people} are active under {strategy}: sums are those of a company "
            "so much smaller (company.size.active_share).",
            **told,
        )
    return t(
        "In the simulation {people} are active under {strategy}: sums are those of a company so "
        "much larger (company.size.active_share).",
        **told,
    )


def how_sure(facts: Facts) -> str:
    """The headline's interval, and the same per person-year; "" where nothing is set apart."""
    gap = facts.difference(facts.best, "contribution")
    if facts.best == facts.baseline or not gap.known:
        return ""
    total, unit = of_company(gap, facts.people)
    digits = decimals([total], YEAR)
    bounds = t("one seed")
    if total.bounded:
        bounds = t("95 % interval {interval}", interval=span(total, YEAR, digits))
    told = {"bounds": bounds, "gap": change(gap, YEAR)}
    if gap.above_zero or not gap.bounded:
        return t(" ({bounds}), {gap} per person-year", **told)
    amount = f"{plain(total.mean, digits, signed=True)}{NBSP}{unit}"
    return t(
        " ({strategy}: {amount} a year, {bounds}; {gap} per person-year)",
        strategy=facts.within(facts.best),
        amount=amount,
        **told,
    )


def beside(facts: Facts) -> list[tuple[str, str]]:
    """What the answer needs beside it wherever it stands: whose money, when, and what is amiss."""
    said = [
        (t("For whom?"), _company(facts)),
        (t("Why less?"), plans.why_less(facts)),
        (t("At the end?"), plans.at_the_end(facts)),
        (t("Once settled?"), _once_settled(facts)),
        (t("Pays back?"), plans.pay_back(facts)),
        (t("Worth today?"), plans.worth(facts)),
        (t("All media spent?"), plans.unspent_media(facts)),
    ]
    return [(question, answer) for question, answer in said if answer]


def _once_settled(facts: Facts) -> str:
    """The answer again, of the steady states, where they were measured."""
    comparison, scale = facts.comparison, facts.comparison.settings.scale
    if comparison.steady_levels.empty:
        return ""
    settled, seeds = Facts(steady_as_levels(comparison)), min(scale.steady_seeds, scale.seeds)
    return tn(
        "{answer}: over {days} days after {before} under each strategy, with {n} seed, and no "
        "change of level is paid any more.",
        "{answer}: over {days} days after {before} under each strategy, with {n} seeds, and no "
        "change of level is paid any more.",
        seeds,
        answer=headline(settled) + how_sure(settled),
        days=number(scale.steady_days),
        before=number(scale.steady_from),
    )


def setting(facts: Facts) -> str:
    """What was done, in one sentence."""
    settings = facts.comparison.settings
    told = {
        "people": number(settings.scale.customers),
        "span": _lasting(settings.scale.horizon_days),
        "seeds": tn("one random seed", "{n} random seeds", settings.seeds),
    }
    if len(facts.names) == 1:
        return t(
            "The same {people} people, with the same needs and the same luck, lived {span} under "
            "one strategy, with {seeds}.",
            **told,
        )
    return t(
        "The same {people} people, with the same needs and the same luck, lived {span} once under "
        "each of {strategies} strategies, with {seeds}.",
        strategies=len(facts.names),
        **told,
    )


def _lasting(days: int) -> str:
    """So many years where they are whole, else days."""
    if days % 365 == 0 and days > 365:
        return t("{n} years", n=number(days // 365))
    return t("{n} days", n=number(days))


def summary(facts: Facts) -> list[tuple[str, str]]:
    """The answer as questions a reader has, each with a sentence or two."""
    said = []
    if facts.leader:
        said += [
            (t("How sure is it?"), _difference(facts, facts.leader)),
            (t("And the next best?"), _runner_up(facts)),
            (t("Where from?"), _gain(facts, facts.leader)),
            (t("Who notices?"), _touched(facts, facts.leader)),
            (t("The others?"), _others(facts)),
        ]
    said += [
        (t("Return in store?"), offers.return_in_store(facts)),
        (
            t("Pick-up in store?"),
            offers.worth(facts, ARMS[2], ARMS[1], t("on top of returns in store")),
        ),
        (t("Per active customer?"), _per_active(facts)),
        *beside(facts),
    ]
    return [(question, answer) for question, answer in said if answer]


def _difference(facts: Facts, name: str) -> str:
    gap, level = facts.difference(name, "contribution"), facts.level(name, "contribution")
    start = facts.level(facts.baseline, "contribution")
    if not gap.known:
        return ""
    told = {
        "strategy": facts.title(name),
        "level": show(level.mean, YEAR),
        "base": facts.within(facts.baseline),
        "start": show(start.mean, YEAR),
        "gap": show(gap.mean, YEAR, decimals([gap], YEAR), change=True),
        "sum": sums.said(facts, gap, change=True),
    }
    if not gap.bounded:
        return t(
            "{strategy} contributes {level} per person-year, {base} {start}: {gap}, {sum}. With "
            "one seed there is no interval, so how sure this is stays unknown.",
            **told,
        )
    head = t(
        "{strategy} contributes {level} per person-year, {base} {start}: {gap}, 95 % interval "
        "{interval}; {sum}.",
        interval=span(gap, YEAR),
        **told,
    )
    return f"{head} {_ahead(facts, name, gap)}"


def _ahead(facts: Facts, name: str, gap: Estimate) -> str:
    """Whether the difference is sure, and in how many worlds it showed."""
    if not gap.clear:
        return t("The interval includes zero, so the two cannot be told apart.")
    ahead, seeds = facts.seeds_ahead(name, "contribution")
    if gap.mean > 0:
        text = marked("That leaves zero out; it earned more in {times} of {seeds} seeds.")
        return t(text, times=ahead, seeds=seeds)
    text = marked("That leaves zero out; it earned less in {times} of {seeds} seeds.")
    return t(text, times=seeds - ahead, seeds=seeds)


def _runner_up(facts: Facts) -> str:
    """Is the best also shown to beat the second best, where that is not the baseline?"""
    if len(facts.names) < 3 or facts.best == facts.baseline:
        return ""
    gaps = {n: facts.versus(facts.best, n, "contribution") for n in facts.ranked()[1:]}
    near = [n for n, g in gaps.items() if g.bounded and not g.clear and n != facts.baseline]
    if near:
        names = _shortened([facts.within(n) for n in near])
        return t(
            "In contribution, {best} cannot be told apart from {others}.",
            best=facts.within(facts.best),
            others=names,
        )
    second = next(iter(gaps))
    if second == facts.baseline or not gaps[second].clear:
        return ""
    gap = gaps[second]
    return t(
        "{strategy} follows {gap} behind ({interval}), {sum}, clear of zero too.",
        strategy=facts.title(second),
        gap=show(gap.mean, YEAR, decimals([gap], YEAR)),
        interval=span(gap, YEAR),
        sum=sums.said(facts, gap, interval=False),
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
    unsure = [t(ORIGINS[p[0]].words) for p in parts if p not in sure]
    said = _bought(facts, total, digits)
    if sure:
        said += ": " + listing(
            [f"{plain(p[1].mean, digits, signed=True)} {t(ORIGINS[p[0]].words)}" for p in sure]
        )
    if unsure:
        said += ". " + t("Not shown to matter: {origins}", origins=listing(unsure))
    return said + "."


def _bought(facts: Facts, total: Estimate, digits: int) -> str:
    """How much more or less customers buy, without a full stop."""
    amount, whole = show(abs(total.mean), YEAR, digits), sums.size(facts, total)
    text = marked("Customers buy for {amount} less per person-year, gross, {sum}")
    if total.mean >= 0:
        text = marked("Customers buy for {amount} more per person-year, gross, {sum}")
    said = t(text, amount=amount, sum=whole)
    if not total.clear and total.bounded:
        interval = span(total, YEAR, digits)
        said += " " + t("({interval}, which includes zero)", interval=interval)
    return said


def gain_title(facts: Facts, name: str) -> str:
    """The finding of the section on where the gain comes from."""
    total = facts.difference(name, "gross_revenue")
    parts = [(facts.gain(name, origin), origin) for origin in ORIGINS]
    clear = [p for p in parts if p[0].above_zero] if total.above_zero else []
    if not clear:
        return t("Where the differences in gross revenue come from")
    largest, origin = max(clear)
    share = largest.mean / total.mean
    told = t(ORIGINS[origin].words)
    if share > 1:
        return t(
            "{strategy}: the gain is {origin}, and more than all of it",
            strategy=facts.title(name),
            origin=told,
        )
    return t(
        "{share} of what {strategy} gains is {origin}",
        share=show(share, "share", 0),
        strategy=facts.within(name),
        origin=told,
    )


def _touched(facts: Facts, name: str) -> str:
    frame = facts.comparison.changed
    row = frame[frame["strategy"] == name]
    if row.empty or not row["share_any"].notna().all():
        return ""
    anything, bought = (float(row[c].iloc[0]) for c in ("share_any", "share_bought"))
    told = {"share": show(anything, "share", 0)}
    if not isfinite(bought):
        return t("Something at all changed for {share} of the customers.", **told)
    return t(
        "Something at all changed for {share} of the customers, their purchases for {bought}.",
        bought=show(bought, "share", 0),
        **told,
    )


def _per_active(facts: Facts) -> str:
    """The size of things per customer who buys, where the other figures count everybody."""
    name = facts.leader or facts.baseline
    share = facts.level(name, "active_customers")
    if not share.known:
        return ""
    figures = [
        f"{show(level.mean, unit, digits)} {what}"
        for metric, unit, digits, what in (
            ("gross_revenue_active", YEAR, 0, t("gross")),
            ("net_revenue_active", YEAR, 0, t("net revenue")),
            ("contribution_active", YEAR, 0, t("contribution")),
            ("orders_active", "orders", 2, t("orders")),
        )
        if (level := facts.level(name, metric)).known
    ]
    if not figures:
        return ""
    return t(
        "At any time {share} of the people in {strategy}'s market are active customers, who bought "
        "in the last 365 days. A year of one of them brings {figures}.",
        share=show(share.mean, "share", 0),
        strategy=facts.within(name),
        figures=listing(figures),
    )


def _others(facts: Facts) -> str:
    rest = [n for n in facts.ranked() if n not in (facts.leader, facts.baseline)]
    gaps = {n: facts.difference(n, "contribution") for n in rest}
    sure = [n for n in rest if gaps[n].clear]
    unsure = [n for n in rest if gaps[n].bounded and not gaps[n].clear]
    base, said = facts.within(facts.baseline), []
    if sure:
        parts = [_more_or_less(facts, n, gaps[n]) for n in sure]
        said.append(t("Against {base}: {parts}.", base=base, parts=_shortened(parts)))
    if unsure:
        names = [facts.title(unsure[0]), *(facts.within(n) for n in unsure[1:])]
        text = marked("{strategies} cannot be told apart from {base}.")
        said.append(t(text, strategies=_shortened(names), base=base))
    return " ".join(said)


def _more_or_less(facts: Facts, name: str, gap: Estimate) -> str:
    """``a leader contributes 26 DKK less (25 to 28), 5.2 m DKK a year``."""
    size = gap if gap.mean >= 0 else Estimate(-gap.mean, -gap.high, -gap.low)
    digits = decimals([size], YEAR)
    text = marked("{strategy} contributes {amount} less ({interval}), {sum}")
    if gap.mean >= 0:
        text = marked("{strategy} contributes {amount} more ({interval}), {sum}")
    return t(
        text,
        strategy=facts.within(name),
        amount=show(size.mean, YEAR, digits),
        interval=span(size, YEAR, digits),
        sum=sums.said(facts, size, interval=False),
    )


def _shortened(parts: list[str], most: int = 3) -> str:
    """The first few, and how many more; semicolons, since titles may hold commas."""
    rest = len(parts) - most
    shown = parts if rest <= 0 else [*parts[:most], t("{n} more", n=rest)]
    if len(shown) == 1:
        return shown[0]
    return t("{several}; and {last}", several="; ".join(shown[:-1]), last=shown[-1])


def segments_title(facts: Facts) -> str:
    """Who gains more from the leading strategy, shoppers or buyers?"""
    name = facts.leader
    fallback = t("Shoppers and buyers, side by side")
    if not name:
        return fallback
    gaps = {s: facts.difference(name, "net_revenue", s) for s in ("shoppers", "buyers")}
    if not all(g.clear for g in gaps.values()):
        return fallback
    more, less = sorted(gaps, key=lambda s: -gaps[s].mean)
    if gaps[more].low <= gaps[less].high:
        return fallback
    told = {s: show(gap.mean, YEAR, change=True) for s, gap in gaps.items()}
    if more == "shoppers":
        return t(
            "{strategy}'s net revenue per person-year: {shoppers} from shoppers, {buyers} from "
            "buyers",
            strategy=facts.title(name),
            **told,
        )
    return t(
        "{strategy}'s net revenue per person-year: {buyers} from buyers, {shoppers} from shoppers",
        strategy=facts.title(name),
        **told,
    )


def ledger_title(verdicts: list[str]) -> str:
    measured = [v for v in verdicts if v != "unknown"]
    hits = sum(v == "hit" for v in measured)
    if not measured:
        return t("Building blocks beside their bands")
    told = {"hits": hits, "measured": len(measured)}
    if hits == len(measured):
        return t("{hits} of {measured} building blocks lie in their band; none misses", **told)
    return tn(
        "{hits} of {measured} building blocks lie in their band; one misses",
        "{hits} of {measured} building blocks lie in their band; {n} miss",
        len(measured) - hits,
        **told,
    )
