"""Shocks: dated changes of what customers meet.

A shock changes the world that people walk through (a competitor's prices, how long parcels take,
whether stores are open, what is in fashion, where they spend their time), between two days after
the fork. It may come and go by degrees, and come again. It never touches how they decide: only
numbers declared with ``met=True`` may be named, and none of those weighs in a choice by itself.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from pydantic import Field, model_validator

from sim.core.records import STYLES
from sim.settings.base import Group, about, numbers, param
from sim.settings.market import Market

LEAST_TIME, MOST_TIME = 0.01, 100.0  # at a media channel, multiples of usual


class Fashion(Group):
    """A style of a category that weighs more than usual in what everybody wants of it."""

    category: str = Field(min_length=1, description="of the market's categories")
    style: str = Field(min_length=1, description="of its styles")
    times: float = param(
        2.0, unit="multiple", lo=0, hi=20, source="the scenario's", doc="its weight against usual"
    )


class Shock(Group):
    """What is different from one day to another."""

    name: str = Field(min_length=1, description="what it is called")
    from_day: int = param(
        0, unit="days after the fork", lo=0, hi=3650, source="the scenario's", doc="first day"
    )
    until_day: int = param(
        3650, unit="days after the fork", lo=1, hi=3650, source="the scenario's", doc="exclusive"
    )
    rise_days: int = param(
        0, unit="days", lo=0, hi=3650, source="the scenario's", doc="until it has its full strength"
    )
    fade_days: int = param(
        0, unit="days", lo=0, hi=3650, source="the scenario's", doc="after its end until it is gone"
    )
    every_days: int = param(
        0, unit="days", lo=0, hi=3650, source="the scenario's", doc="until it comes again; 0: never"
    )
    stores_open: bool = Field(
        default=True, description="false: all stores are closed, theirs too, up to its end"
    )
    market: dict[str, float] = Field(
        default={}, description="key below market -> value, as in {returning.carrier_days: 9}"
    )
    fashion: Fashion | None = Field(
        default=None, description="{category: running, style: trail, times: 3}"
    )
    habits: dict[str, float] = Field(
        default={},
        description="media channel -> time that people spend there, multiple of usual, as in "
        "{instagram: 0.4}",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Shock:
        if self.until_day <= self.from_day:
            raise ValueError(f"until_day must come after from_day, {self.from_day}")
        length = self.until_day - self.from_day + self.fade_days
        if 0 < self.every_days < length:
            raise ValueError(f"every_days must be 0 or at least {length}, how long it lasts")
        return self

    def age_on(self, day: int) -> int:
        """For how many days it has lasted ``day`` days after the fork; below 0 not yet begun."""
        age = day - self.from_day
        return age % self.every_days if self.every_days and age >= 0 else age

    def lasts_on(self, day: int) -> bool:
        """Whether it lasts ``day`` days after the fork; what only fades lasts no more."""
        return 0 <= self.age_on(day) < self.until_day - self.from_day

    def strength_on(self, day: int) -> float:
        """How much of it is felt ``day`` days after the fork, 0-1: it rises and fades in a straight
        line."""
        age, length = self.age_on(day), self.until_day - self.from_day
        if age < 0 or age >= length + self.fade_days:
            return 0.0
        risen = min((min(age, length - 1) + 1) / (self.rise_days + 1), 1.0)
        left = 1.0 - max(age - length + 1, 0) / (self.fade_days + 1)
        return risen * left

    def gone_by(self, horizon: int) -> int:
        """First day after the fork on which nothing is felt of it any more, at most ``horizon``."""
        if self.every_days:
            return horizon
        return min(self.until_day + self.fade_days, horizon)


def met_by_customers() -> dict[str, dict[str, Any]]:
    """Keys below market that a shock may change, with unit and bounds."""
    plain = Market.model_construct()
    return {key: about(field) for key, field, _ in numbers(plain) if about(field).get("met")}


def refusal(shocks: tuple[Shock, ...], market: Market) -> str:
    """What is wrong with what shocks change, in one line; empty if nothing is."""
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
        if shock.fashion and (wrong := no_such_style(shock.fashion, market)):
            return f"shocks: {shock.name} {wrong}"
        for name, times in shock.habits.items():
            if name not in places_of(market):
                there = ", ".join(places_of(market))
                return f"shocks: {shock.name} has habits.{name}; media channels are {there}"
            if not LEAST_TIME <= times <= MOST_TIME:
                allowed = f"must be {LEAST_TIME:g}..{MOST_TIME:g} (multiple of usual)"
                return f"shocks: {shock.name} sets habits.{name} to {times:g}, which {allowed}"
    return ""


def no_such_style(fashion: Fashion, market: Market) -> str:
    """That the market has no such category or style, and which it has; empty if it has."""
    styles = {category.name: category.styles for category in market.categories}
    if fashion.category not in styles:
        there = ", ".join(styles)
        return f"has fashion.category {fashion.category!r}; there are {there}"
    if fashion.style not in styles[fashion.category]:
        there = ", ".join(styles[fashion.category])
        return f"has fashion.style {fashion.style!r}; {fashion.category} has {there}"
    return ""


def places_of(market: Market) -> dict[str, int]:
    """Name of each media channel -> its place."""
    return {medium.name: place for place, medium in enumerate(market.channels.media())}


def strengths(shocks: tuple[Shock, ...], day: int) -> tuple[float, ...]:
    """How much is felt of each, ``day`` days after the fork."""
    return tuple(shock.strength_on(day) for shock in shocks)


def shocked(
    facts: np.ndarray, market: Market, shocks: tuple[Shock, ...], felt: tuple[float, ...]
) -> np.ndarray:
    """The market's record as it is while so much is felt of these shocks.

    A number lies that far between what it would be and what the shock makes of it, so it stays
    within its bounds; of two that change one number the later goes on from what the first has made.
    """
    now = facts.copy()
    for shock, share in zip(shocks, felt, strict=True):
        if share == 0.0:
            continue
        for key, value in shock.market.items():
            name = key.rsplit(".", 1)[-1]
            field = now[name]
            between = value if share == 1.0 else field[0] + share * (value - field[0])
            field[0] = round(between) if field.dtype.kind == "i" else between
        if shock.fashion:
            category, style = place_of(shock.fashion, market)
            now["in_fashion"][0, category * STYLES + style] *= 1 + share * (shock.fashion.times - 1)
        for name, times in shock.habits.items():
            now["channels"]["time_here"][0, places_of(market)[name]] *= 1 + share * (times - 1)
    return now


def place_of(fashion: Fashion, market: Market) -> tuple[int, int]:
    """Place of a fashion's category, and of the style in it."""
    names = [category.name for category in market.categories]
    category = names.index(fashion.category)
    return category, market.categories[category].styles.index(fashion.style)


def cells_in_fashion(shocks: tuple[Shock, ...], market: Market) -> tuple[tuple[Shock, int], ...]:
    """The shocks with a fashion, each with the cell (category * STYLES + style) that it is in."""
    found = []
    for shock in shocks:
        if shock.fashion:
            category, style = place_of(shock.fashion, market)
            found.append((shock, category * STYLES + style))
    return tuple(found)


def in_fashion(
    season: np.ndarray, market: Market, shocks: tuple[Shock, ...], fork_day: int
) -> np.ndarray:
    """The season with what is in fashion: needs of its category arise the more often.

    They grow by what the style's usual share in the market gains, for everybody alike; which style
    a need asks for then goes by each one's taste, so that who cares for one style alone wants more
    of that. A need's clock runs on the season, so nobody's luck is drawn anew.
    """
    rates = np.diff(season, axis=1)
    for shock in shocks:
        if not shock.fashion:
            continue
        category, style = place_of(shock.fashion, market)
        more = market.categories[category].style_shares[style] * (shock.fashion.times - 1)
        felt = [shock.strength_on(day - fork_day) for day in range(rates.shape[1])]
        rates[category] *= 1 + more * np.array(felt)
    if not any(shock.fashion for shock in shocks):
        return season
    return np.concatenate([season[:, :1], season[:, :1] + rates.cumsum(axis=1)], axis=1)
