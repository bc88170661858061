"""What carries a difference, in sentences and for tables: what is said of groups of capabilities.

A group carries something where its interval leaves zero out, put back or raised alone.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from sim.language import marked, number, t, tn
from sim.measures.carries import AT_BOUND, CARRIED, GAINED, LOST, REST, SUM_GAINED, TOTAL, WHOLE
from sim.measures.metrics import YEARLY
from sim.settings.base import about, numbers
from sim.settings.carries import at_bound
from sim.study import sums
from sim.study.apart import sampled
from sim.study.facts import Facts
from sim.study.numbers import MISSING, Estimate, change, show, significant

MOST = 2 / 3  # of the total, above which one group alone is called out
TOLD = "gross_revenue"  # the figure that the sentences are about


class Group(NamedTuple):
    """A group as it is told: its name in the tables, its title, what sources say of it."""

    name: str
    title: str
    source: str


class Carriers:
    """The difference of a pair of strategies, taken apart, as the sentences and tables ask."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.frame = facts, facts.comparison.carries

    @cached_property
    def _found(self) -> dict[tuple, tuple[Estimate, float]]:
        columns = ["group", "effect", "measure", "mean", "low", "high", "share"]
        rows = self.frame[columns].itertuples(index=False, name=None)
        return {row[:3]: (Estimate(*row[3:6]), row[6]) for row in rows}

    def effect(self, group: str, effect: str, measure: str = TOLD) -> Estimate:
        return self._found.get((group, effect, measure), (MISSING, float("nan")))[0]

    def share(self, group: str, effect: str, measure: str = TOLD) -> float:
        """An effect's mean over the total's; NaN where the total may be zero."""
        return self._found.get((group, effect, measure), (MISSING, float("nan")))[1]

    @cached_property
    def first(self) -> str:
        return self.facts.within(self.facts.comparison.settings.carries.pair[0])

    @cached_property
    def second(self) -> str:
        return self.facts.within(self.facts.comparison.settings.carries.pair[1])

    @cached_property
    def _all(self) -> list[Group]:
        there = self.facts.comparison.settings.company.groups
        return [Group(name, t(group.title), group.source) for name, group in there.items()]

    @cached_property
    def groups(self) -> list[Group]:
        """The groups in which the two differ, first that without which most of it is lost."""
        differ, falls = set(self.frame["group"]), self.effect(WHOLE, TOTAL).mean < 0
        found = [group for group in self._all if group.name in differ]
        return sorted(found, key=lambda g: self.effect(g.name, LOST).mean, reverse=not falls)

    @cached_property
    def alike(self) -> list[Group]:
        """The groups in which the two do not differ."""
        return [group for group in self._all if group not in self.groups]

    def carries(self, group: str, measure: str = TOLD) -> bool:
        """Whether the group does anything to a figure that chance alone would not."""
        return any(self.effect(group, effect, measure).clear for effect in (LOST, GAINED))

    @property
    def unclear(self) -> bool:
        """Whether the total may be zero, so that there is nothing to be shares of."""
        return not self.effect(WHOLE, TOTAL).clear


def title(told: Carriers) -> str:
    """The finding in one line."""
    if told.unclear:
        return t(
            "What {strategy} does otherwise is not shown to change gross revenue",
            strategy=told.second,
        )
    largest = told.groups[0]
    if not told.effect(largest.name, LOST).clear:
        return t("No group of capabilities is shown to carry the difference by itself")
    lost = show(told.share(largest.name, LOST), "share", 0)
    return t(
        "Most hangs on {group}: without it {lost} of the gross difference is gone",
        group=largest.title,
        lost=lost,
    )


def sentences(told: Carriers) -> list[str]:
    """What is found, what carries too much or nothing, and on what it was measured."""
    said = [
        _total(told),
        _bounds(told),
        _most(told),
        _nothing(told),
        _together(told),
        _alike(told),
        _how(told),
    ]
    return [sentence for sentence in said if sentence]


def _total(told: Carriers) -> str:
    total = told.effect(WHOLE, TOTAL)
    if not total.known:
        return ""
    said = t(
        "Gross revenue of {second} less that of {first}: {gap} per person-year, {sum}",
        second=told.second,
        first=told.first,
        gap=change(total, YEARLY),
        sum=sums.said(told.facts, total, change=True, interval=False),
    )
    if not total.bounded:
        return f"{said}. " + t("One seed gives no intervals: what carries it stays unknown.")
    return said + "." if total.clear else f"{said}: " + t("not distinguishable from zero.")


def _bounds(told: Carriers) -> str:
    """The total where what is assumed is otherwise."""
    settings, said = told.facts.comparison.settings, []
    assumed = {key: (about(field), value) for key, field, value in numbers(settings.market)}
    for key, values in settings.carries.bounds.items():
        totals = [told.effect(at_bound(key, value), AT_BOUND) for value in values]
        if not all(total.known for total in totals):
            continue
        facts, value = assumed[key]
        low, high = (change(total, YEARLY) for total in totals)
        said.append(
            t(
                "Where {setting} (assumed: {value}, {unit}) is {first} from the fork on, it is "
                "{low}; where it is {second}, {high}.",
                setting=key,
                value=significant(value),
                unit=facts["unit"],
                first=significant(values[0]),
                second=significant(values[1]),
                low=low,
                high=high,
            )
        )
    return " ".join(said)


def _most(told: Carriers) -> str:
    """Groups that carry more than two thirds, and what sources say of them."""
    if told.unclear:
        return ""
    most = [
        group
        for group in told.groups
        if max(told.share(group.name, effect) for effect in (LOST, GAINED)) > MOST
    ]
    if not most:
        return t("No group carries more than two thirds of it, put back or alone.")
    return " ".join(
        t(
            "More than two thirds hang on {group}: without it {lost} is lost, alone it brings "
            "{gained}. Sources on it: {source}.",
            group=group.title,
            lost=show(told.share(group.name, LOST), "share", 0),
            gained=show(told.share(group.name, GAINED), "share", 0),
            source=group.source,
        )
        for group in most
    )


def _nothing(told: Carriers) -> str:
    """Groups that carry nothing beyond their error: of gross revenue, and of anything."""
    if not told.effect(WHOLE, TOTAL).bounded:
        return ""
    idle = [group for group in told.groups if not told.carries(group.name)]
    if not idle:
        return t("Every group moves gross revenue beyond its error.")
    said = t("Gross revenue is not moved beyond its error by: {groups}.", groups=_titles(idle))
    lost = [g for g in idle if not any(told.carries(g.name, measure) for measure in CARRIED)]
    if not lost:
        return f"{said} " + t("Each of them moves another figure.")
    sources = "; ".join(f"{group.title} ({group.source})" for group in lost)
    missing = marked("Nor is any other figure, so that a mechanism may be missing: {groups}.")
    return f"{said} " + t(missing, groups=sources)


def _titles(groups: list[Group]) -> str:
    """Titles one after the other; semicolons, since they hold "and"."""
    return "; ".join(group.title for group in groups)


def _together(told: Carriers) -> str:
    """What groups do only together."""
    if told.unclear:
        return ""
    rest, alone = told.effect(WHOLE, REST), told.share(WHOLE, SUM_GAINED)
    figures = {"share": show(alone, "share", 0), "rest": change(rest, YEARLY)}
    if rest.clear and rest.mean > 0:
        return t(
            "Raised one at a time they bring {share} of it in sum; the rest, {rest}, comes only "
            "where several act together.",
            **figures,
        )
    return t(
        "Raised one at a time they bring {share} of it in sum; that the rest, {rest}, is more than "
        "chance is not shown.",
        **figures,
    )


def _alike(told: Carriers) -> str:
    if not told.alike:
        return ""
    return t("The two do not differ in: {groups}.", groups=_titles(told.alike))


def _how(told: Carriers) -> str:
    scale = sampled(told.facts.comparison.settings).scale
    return t(
        "Measured on {people} people, {seeds}, {days} days after {before} under {strategy} "
        "(settings carries). Every arm pays for its own levels whatever its groups do, so "
        "contribution is told before upkeep.",
        people=number(scale.customers),
        seeds=tn("{n} seed", "{n} seeds", scale.seeds),
        days=number(scale.horizon_days),
        before=number(scale.warmup_days),
        strategy=told.first,
    )
