"""Which two strategies are taken apart by groups of capabilities, and on how large a sample."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, model_validator

from sim.settings.base import Group, about, numbers, param
from sim.settings.company import Company
from sim.settings.complaints import BadInput, there_are
from sim.settings.groups import UNGROUPED, left_over
from sim.settings.ladder import capabilities, rung_names
from sim.settings.market import Market
from sim.settings.strategy import Strategy

LIVED_BY = (  # numbers of the market, by the beginning of their keys
    "needs.",
    "touchpoints.",
    "elsewhere.",
    "buying.",
    "returning.",
    "messages.",
    "identity.",
    "feeling.",
    "asking.",
    "competitor_price",
)
MADE_WITH = {  # of those, what people are made with, long before the fork
    "buying.pickup_taste_dkk",
    "buying.pickup_taste_sd_dkk",
    "feeling.habit_start",
    "feeling.satisfaction_start",
    "feeling.trust_start",
    "identity.privacy_dkk",
    "identity.privacy_spread",
    "messages.mail_value_start",
    "returning.hassle_spread",
}
LOOKED_AT_DAYS = 28  # between two days on which the levels of a schedule are looked at


class Carries(Group):
    """What carries a difference: two strategies taken apart by groups of capabilities.

    The sample is never larger than the run: ``scale`` sets what it is at most.
    """

    pair: tuple[str, ...] = Field(
        default=(),
        description="two of the strategies compared, the first to start from; none: not measured",
    )
    customers: int = param(
        1_500, unit="people", lo=50, hi=5_000_000, source="choice: a minute for the default"
    )
    seeds: int = param(4, unit="replications", lo=1, hi=1000, source="choice: as for customers")
    warmup_days: int = param(
        1_460, unit="days", lo=0, hi=3650, source="choice: half of what the run itself takes"
    )
    horizon_days: int = param(
        365, unit="days", lo=1, hi=3650, source="choice: the least for which retention is defined"
    )

    bounds: dict[str, tuple[float, float]] = Field(
        default={"feeling.repeat_cost": (0.0, 0.14)},
        description="numbers below market that are assumptions, and the bounds of what is "
        "believable, at which the difference is told too",
    )

    @model_validator(mode="after")
    def _two(self) -> Carries:
        if self.pair and (len(self.pair) != 2 or self.pair[0] == self.pair[1]):
            raise ValueError("pair must name two different strategies, or none: []")
        return self


def at_bound(key: str, value: float) -> str:
    """How the tables name a number that is assumed, where it stands at a bound."""
    return f"{key} {value:g}"


def differing(company: Company, one: Strategy, other: Strategy, days: int) -> list[str]:
    """Groups in which two strategies differ at some time in a horizon of so many days."""
    names = set()
    for here, there in zip(_levels(company, one, days), _levels(company, other, days), strict=True):
        names |= {name for name in here if here[name] != there[name]}
    ours, theirs = one.policies.model_dump(), other.policies.model_dump()
    names_of_policies = {name for name in ours if ours[name] != theirs[name]}
    return [
        name
        for name, group in company.groups.items()
        if names & set(group.capabilities) or names_of_policies & set(group.policies)
    ]


def _levels(company: Company, strategy: Strategy, days: int) -> Iterator[dict[str, float]]:
    """The ladder's capabilities at the strategy's levels, every four weeks."""
    for day in range(0, days + LOOKED_AT_DAYS, LOOKED_AT_DAYS):
        yield capabilities(company.ladder, strategy.maturity_on(day).model_dump())


def refuse_bounds(carries: Carries, market: Market) -> None:
    """Raise :class:`BadInput` for bounds of what is no number of the market, is not allowed, or
    would change nothing, since people, goods or channels were made with it before the fork."""
    known = {key: about(field) for key, field, _ in numbers(market)}
    for key, values in carries.bounds.items():
        if key not in known:
            raise BadInput(
                f"carries.bounds.{key}", values, f"no such number; {there_are(key, known)}"
            )
        if not key.startswith(LIVED_BY) or key in MADE_WITH:
            allowed = "must be a number that people live by: bounds hold from the fork on"
            raise BadInput(f"carries.bounds.{key}", values, allowed)
        lo, hi, unit = (known[key][name] for name in ("lo", "hi", "unit"))
        if not lo <= values[0] < values[1] <= hi:
            raise BadInput(
                f"carries.bounds.{key}",
                list(values),
                f"must be two rising of {lo:g}..{hi:g} ({unit})",
            )


def refuse_pair(carries: Carries, company: Company, strategies: dict[str, Strategy]) -> None:
    """Raise :class:`BadInput` where the pair's difference cannot be taken apart.

    ``strategies``: what is compared, by name.
    """
    for name in carries.pair:
        if name not in strategies:
            there = f"must be one of the strategies compared; {there_are(name, strategies)}"
            raise BadInput("carries.pair", name, there)
    if not carries.pair:
        return
    missing = left_over(company.groups, rung_names(company.ladder))
    if missing:
        once = "is in no group; each capability and policy must be in one"
        raise BadInput("company.groups", missing[0], once)
    one, other = (strategies[name] for name in carries.pair)
    for strategy in (one, other):
        if strategy.apart.groups:
            raise BadInput("carries.pair", strategy.name, "must have no groups apart itself")
    for name in sorted(UNGROUPED):
        if getattr(one.policies, name) != getattr(other.policies, name):
            raise BadInput("carries.pair", carries.pair, f"must have the same policies.{name}")
    if not differing(company, one, other, carries.horizon_days):
        raise BadInput("carries.pair", carries.pair, "must differ in a group of company.groups")
