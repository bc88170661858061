"""Shocks: dated changes of what customers meet.

A shock changes the world that people walk through (a competitor's prices, how long parcels take,
whether stores are open), between two days after the fork. It never touches how they decide: only
numbers declared with ``met=True`` may be named, and none of those weighs in a choice by itself.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from sim.settings.base import Group, about, numbers, param
from sim.settings.market import Market, with_numbers


class Shock(Group):
    """What is different from one day to another."""

    name: str = Field(min_length=1, description="what it is called")
    from_day: int = param(
        0, unit="days after the fork", lo=0, hi=3650, source="the scenario's", doc="first day"
    )
    until_day: int = param(
        3650, unit="days after the fork", lo=1, hi=3650, source="the scenario's", doc="exclusive"
    )
    stores_open: bool = Field(default=True, description="false: all stores are closed")
    market: dict[str, float] = Field(
        default={}, description="key below market -> value, as in {returning.carrier_days: 9}"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Shock:
        if self.until_day <= self.from_day:
            raise ValueError(f"until_day must come after from_day, {self.from_day}")
        return self

    def lasts_on(self, day: int) -> bool:
        """Whether it lasts ``day`` days after the fork."""
        return self.from_day <= day < self.until_day


def met_by_customers() -> dict[str, dict[str, Any]]:
    """Keys below market that a shock may change, with unit and bounds."""
    plain = Market.model_construct()
    return {key: about(field) for key, field, _ in numbers(plain) if about(field).get("met")}


def refusal(shocks: tuple[Shock, ...]) -> str:
    """What is wrong with the numbers that shocks change, in one line; empty if nothing is."""
    known = met_by_customers()
    for shock in shocks:
        for key, value in shock.market.items():
            if key not in known:
                return (
                    f"shocks: {shock.name} cannot change market.{key}; what customers meet is "
                    f"{', '.join(known)}"
                )
            lo, hi, unit = (known[key][name] for name in ("lo", "hi", "unit"))
            if not lo <= value <= hi:
                allowed = f"must be {lo:g}..{hi:g} ({unit})"
                return f"shocks: {shock.name} sets {key} to {value:g}, which {allowed}"
    return ""


def shocked(market: Market, shocks: tuple[Shock, ...]) -> Market:
    """The market as it is while these shocks last; of two that change one number the later wins."""
    return with_numbers(market, {key: value for s in shocks for key, value in s.market.items()})
