"""What time and money do to a strategy, in sentences: plans that rise, pay-back, costs, media."""

from __future__ import annotations

import numpy as np

from sim.language import marked, number, t
from sim.measures.accounts import COSTS, YEAR
from sim.measures.daily import BEFORE_LAST, LAST
from sim.measures.metrics import METRICS, YEARLY
from sim.measures.statistics import interval, paired
from sim.settings.strategy import DISCIPLINES
from sim.study import sums
from sim.study.facts import Facts
from sim.study.numbers import MISSING, Estimate, change, decimals, plain, show, significant, span

TOLD = 3  # strategies in one answer
TRIFLE_DKK = 0.05  # per person-year, not worth a word
AT_ONCE = 30  # days: who is ahead so soon has not had the costs of the change behind him
SPENT = 0.95  # a media budget of which at least this share is used is spent


def _followed(facts: Facts) -> list[str]:
    """The best contender besides the baseline, and all that change by a schedule."""
    others = [name for name in facts.ranked() if name != facts.baseline]
    chosen = [n for n in others if n == facts.leader or facts.strategies[n].schedule]
    return chosen[:TOLD]


def at_the_end(facts: Facts) -> str:
    """The rate of the last 365 days beside the whole horizon's, and whether it still rises."""
    said = []
    for name in _followed(facts) if facts.days > YEAR else ():
        last, before = facts.in_period(name, LAST), facts.in_period(name, BEFORE_LAST)
        if not len(last):
            continue
        rate, over = Estimate(*interval(last)), facts.difference(name, "contribution")
        text = t(
            "{strategy} ends at {rate} contribution per person-year against {base}, {sum}, the "
            "rate of its last 365 days; over all {days} days it is {whole}.",
            strategy=facts.title(name),
            rate=change(rate, YEARLY),
            base=facts.within(facts.baseline),
            sum=sums.said(facts, rate, change=True),
            days=number(facts.days),
            whole=show(over.mean, YEARLY, decimals([over], YEARLY), change=True),
        )
        rise = Estimate(*paired(last, before)) if len(before) == len(last) else MISSING
        if rise.above_zero:
            still = marked("It still rises: {rise} on the 365 days before those.")
            text += " " + t(still, rise=change(rise, YEARLY))
        said.append(text)
    return " ".join(said)


def pay_back(facts: Facts) -> str:
    """The day from which each is ahead for good in cumulated contribution."""
    said = [_paid_back(facts, name) for name in _followed(facts) if len(facts.cumulative(name))]
    if not said:
        return ""
    said.append(t("(Cumulated contribution, mean over the seeds, not discounted.)"))
    return " ".join(said)


def _paid_back(facts: Facts, name: str) -> str:
    """When one strategy is ahead for good."""
    ahead, title = facts.cumulative(name), facts.title(name)
    behind = np.flatnonzero(ahead <= 0)
    if ahead[-1] <= 0:
        text = marked("{strategy} does not pay back within the horizon of {days} days.")
        return t(text, strategy=title, days=number(len(ahead)))
    whole = facts.difference(name, "contribution")
    tail = "."
    if whole.bounded and not whole.clear:
        tail = ", " + t("on average: its difference over the horizon includes zero.")
    if len(behind) and behind[-1] >= AT_ONCE:
        text = marked("{strategy} has earned back what it costs by day {day} after the fork")
        return t(text, strategy=title, day=number(behind[-1] + 1)) + tail
    meanwhile = _paid_meanwhile(facts, name)
    if len(behind):
        text = marked("{strategy} is ahead from day {day} on: {meanwhile}")
        return t(text, strategy=title, day=number(behind[-1] + 1), meanwhile=meanwhile) + tail
    text = marked("{strategy} is ahead from its first day on: {meanwhile}")
    return t(text, strategy=title, meanwhile=meanwhile) + tail


def worth(facts: Facts) -> str:
    """Net present value over the whole years of the horizon, and the lowest point on the way."""
    years, said = facts.days // YEAR, []
    rate = facts.comparison.settings.company.economics.discount_rate_year
    for name in _followed(facts) if years > 1 else ():
        gaps = [facts.in_period(name, f"year {k + 1}") for k in range(years)]
        if not all(len(gap) for gap in gaps):
            continue
        value = net_present_value(gaps, rate)
        text = t(
            "{strategy} against {base}: {worth} today, over {years} years discounted at {rate} %",
            strategy=facts.title(name),
            base=facts.within(facts.baseline),
            worth=sums.once(facts, value),
            years=years,
            rate=significant(100 * rate),
        )
        said.append(text + _trough(facts, name) + ".")
    return " ".join(said)


def net_present_value(gaps: list[np.ndarray], rate: float) -> Estimate:
    """Of yearly differences, one array over seeds a year; each counts as in its middle."""
    discounted = [gap / (1 + rate) ** (year + 0.5) for year, gap in enumerate(gaps)]
    return Estimate(*interval(np.sum(discounted, axis=0)))


def _trough(facts: Facts, name: str) -> str:
    """How far behind it is at its lowest, and when."""
    ahead = facts.cumulative(name)
    if not len(ahead) or ahead.min() >= 0:
        return ""
    real = facts.people / facts.comparison.settings.scale.customers
    lowest = ahead.min() * real / 1e6
    return "; " + t(
        "at its lowest, on day {day}, it is {amount} m DKK behind",
        day=number(ahead.argmin() + 1),
        amount=plain(-lowest, 1),
    )


def _paid_meanwhile(facts: Facts, name: str) -> str:
    """That what a change costs is not all paid before it acts."""
    if facts.strategies[name].schedule:
        return t("the change is paid as levels rise, and they act at once")
    days = facts.comparison.settings.company.economics.reach_days
    text = marked("levels act at once, the change is paid over {days} days (economics.reach_days)")
    return t(text, days=days)


def why_less(facts: Facts) -> str:
    """Where more maturity earns less: the margin gained beside the largest further cost, and
    the others together, so that it adds up."""
    said = []
    for name in [n for n in facts.ranked() if n != facts.baseline and _more_mature(facts, n)]:
        gap = facts.difference(name, "contribution")
        net, goods = (facts.difference(name, m) for m in ("net_revenue", "cost_goods"))
        costs = {m: facts.difference(name, m) for m in COSTS if m != "cost_goods"}
        costs = {m: cost for m, cost in costs.items() if cost.known}
        loses = gap.below_zero or (gap.known and not gap.bounded and gap.mean < 0)
        if not (loses and costs and net.known and goods.known):
            continue
        largest = max(costs, key=lambda m: costs[m].mean)
        margin = net.mean - goods.mean
        rest = margin - costs[largest].mean - gap.mean
        text = marked(
            "{strategy} loses {margin} margin per person-year (net revenue less goods), but {what} "
            "costs {more} more ({interval}){others}: in all it contributes {less} less, {sum}."
        )
        if margin >= 0:
            text = marked(
                "{strategy} gains {margin} margin per person-year (net revenue less goods), but "
                "{what} costs {more} more ({interval}){others}: in all it contributes {less} less, "
                "{sum}."
            )
        said.append(
            t(
                text,
                strategy=facts.title(name),
                margin=show(abs(margin), YEARLY),
                what=t(METRICS[largest].title).lower(),
                more=show(costs[largest].mean, YEARLY),
                interval=span(costs[largest], YEARLY),
                others=_other_costs(rest),
                less=show(abs(gap.mean), YEARLY),
                sum=sums.size(facts, gap),
            )
        )
    return " ".join(said[:TOLD])


def _other_costs(rest: float) -> str:
    """What all costs but the largest do, where it is worth a word."""
    if abs(rest) < TRIFLE_DKK:
        return ""
    text = marked("the other costs rise by {amount}") if rest > 0 else ""
    text = text or marked("the other costs fall by {amount}")
    return "; " + t(text, amount=show(abs(rest), YEARLY))


def _more_mature(facts: Facts, name: str) -> bool:
    """No discipline below the baseline's, and one above it."""
    goals = []
    for strategy in (facts.strategies[facts.baseline], facts.strategies[name]):
        goal = strategy.schedule[-1].maturity if strategy.schedule else strategy.maturity
        goals.append([getattr(goal, d) for d in DISCIPLINES])
    return goals[0] != goals[1] and all(a <= b for a, b in zip(*goals, strict=True))


def unspent_media(facts: Facts) -> str:
    """Contenders that leave more than 5 % of their media budget."""
    parts = []
    for name in facts.ranked():
        policies = facts.strategies[name].policies
        budget = policies.media_dkk_per_1000_people_day * 365 / 1000
        spent = facts.level(name, "cost_media")
        if budget > 0 and spent.known and spent.mean < SPENT * budget:
            parts.append((facts.within(name), spent.mean, budget))
    if not parts:
        return ""
    said = [
        t(
            "{strategy} spends {spent} of {budget} and leaves {rest}",
            strategy=name,
            spent=show(spent, YEARLY),
            budget=show(budget, YEARLY),
            rest=sums.said(facts, Estimate(*[budget - spent] * 3), interval=False),
        )
        for name, spent, budget in parts[:TOLD]
    ]
    if len(parts) > TOLD:
        said.append(t("{n} more leave some, too", n=len(parts) - TOLD))
    return t(
        "No: per person-year, {parts}. What is not spent is not charged either.",
        parts="; ".join(said),
    )
