"""The market: what is sold, who lives in it, and what the rules read of both.

Every number here belongs to the customers or to the world, none to the company. The rules in
``sim/journey`` read them as fields of one record.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from pydantic import Field, model_validator

from sim.core.records import CATEGORIES, CELLS, STYLES
from sim.settings.base import Group, luck_code, param, record
from sim.settings.channels import Channels, channel_records
from sim.settings.community import Community
from sim.settings.contacting import Contacting
from sim.settings.content import Content
from sim.settings.elsewhere import Elsewhere
from sim.settings.identity import Identity
from sim.settings.people import Asking, Needs, People, Touchpoints
from sim.settings.portal import Portal
from sim.settings.reactions import Buying, Feeling, Messages, Returning
from sim.settings.reviews import Reviews
from sim.settings.stock import Stock
from sim.settings.talk import Talk
from sim.settings.tills import Tills
from sim.settings.visiting import Visiting


class Category(Group):
    """A product category with its three styles. Adding one is a YAML entry (at most eight)."""

    name: str
    styles: tuple[str, str, str]
    style_shares: tuple[float, ...] = param(
        (0.4, 0.35, 0.25), unit="share of needs", lo=0, hi=1, source="assumption", doc="sum to 1"
    )
    price_dkk: float = param(
        600.0, unit="DKK", lo=1, hi=100_000, source="assumption: Danish sports retail price level"
    )
    margin: float = param(
        0.45, unit="share of price", lo=0, hi=0.95, source="assumption (C: no Nordic margin found)"
    )
    need_share: float = param(
        0.17, unit="share of needs", lo=0, hi=1, source="assumption; the categories sum to 1"
    )
    cooling_off_days: int = param(
        40, unit="days", lo=0, hi=3650, source="assumption; TRIALS B half-life 42 d"
    )
    season_amplitude: float = param(
        0.2, unit="share of mean rate", lo=0, hi=0.95, source="assumption"
    )
    season_peak_day: int = param(150, unit="day of year", lo=0, hi=364, source="assumption")
    uncertainty: float = param(
        1.0, unit="multiple of tau", lo=0, hi=3, source="assumption: apparel fits less surely"
    )
    size_share: float = param(
        0.2,
        unit="share of the variance of the match",
        lo=0,
        hi=1,
        source="assumption: shoes and clothes fail by their size about as often as by themselves",
        doc="what another size of the same article would mend",
    )
    identity: float = param(
        0.3,
        unit="0-1",
        lo=0,
        hi=1,
        source="assumption (B43: a community is strongest for goods of high interest)",
        doc="how much goods of this kind say of who owns them",
    )
    complement: str = ""
    complement_share: float = param(
        0.15, unit="share of purchases", lo=0, hi=1, source="assumption; TRIALS B .25"
    )

    @model_validator(mode="after")
    def _shares(self) -> Category:
        if len(self.style_shares) != STYLES or abs(sum(self.style_shares) - 1) > 1e-6:
            raise ValueError(f"style_shares must be {STYLES} shares that sum to 1")
        if any(not 0 <= share <= 1 for share in self.style_shares):
            raise ValueError("style_shares must each lie in 0..1")
        return self


class Market(Group):
    """Everything that is not the company."""

    name: str = "Nordic sports and leisure"
    competitor_price: float = param(
        1.0, unit="multiple of our list price", lo=0.2, hi=5, source="assumption", met=True
    )
    items_per_style: int = param(4, unit="items", lo=1, hi=8, source="assumption")
    price_spread: float = param(0.55, unit="sd of ln", lo=0, hi=2, source="P3: order value CV ~1")
    quality_sd: float = param(0.10, unit="share of price", lo=0, hi=1, source="assumption")
    people: People = People()
    needs: Needs = Needs()
    touchpoints: Touchpoints = Touchpoints()
    elsewhere: Elsewhere = Elsewhere()
    buying: Buying = Buying()
    returning: Returning = Returning()
    tills: Tills = Tills()
    visiting: Visiting = Visiting()
    messages: Messages = Messages()
    identity: Identity = Identity()
    feeling: Feeling = Feeling()
    asking: Asking = Asking()
    content: Content = Content()
    contacting: Contacting = Contacting()
    reviews: Reviews = Reviews()
    stock: Stock = Stock()
    talk: Talk = Talk()
    community: Community = Community()
    portal: Portal = Portal()
    channels: Channels = Channels()
    categories: tuple[Category, ...] = Field(default=())

    @model_validator(mode="after")
    def _categories(self) -> Market:
        if not 1 <= len(self.categories) <= CATEGORIES:
            raise ValueError(f"categories: between 1 and {CATEGORIES} are needed")
        if abs(sum(c.need_share for c in self.categories) - 1) > 1e-6:
            raise ValueError("categories: need_share must sum to 1")
        names = [c.name for c in self.categories]
        if len(set(names)) != len(names):
            raise ValueError("categories: two have the same name")
        codes: dict[int, str] = {}
        for name in names:
            other = codes.setdefault(luck_code(name), name)
            if other != name:
                raise ValueError(f"categories: {other!r} and {name!r} would share luck: rename one")
        for c in self.categories:
            if c.complement and c.complement not in names:
                raise ValueError(f"categories: complement {c.complement!r} is not a category")
        return self


def with_numbers(market: Market, numbers: dict[str, float]) -> Market:
    """The market with other numbers, named by their keys below it: ``feeling.repeat_cost``."""
    content = market.model_dump()
    for key, value in numbers.items():
        *groups, name = key.split(".")
        place = content
        for group in groups:
            place = place[group]
        place[name] = value
    return Market.model_validate(content)


def market_record(market: Market) -> np.ndarray:
    """The market as the rules read it: every number by name, categories as arrays of one length,
    media channels as records; and what people are used to, whatever a shock makes of it."""

    def padded(values: list[Any], fill: float) -> np.ndarray:
        array = np.asarray(values)
        return np.concatenate([array, np.full(CATEGORIES - len(array), fill, array.dtype)])

    cats = market.categories
    names = [c.name for c in cats]
    return record(
        market,
        n_categories=len(cats),
        n_channels=len(market.channels.media()),
        channels=channel_records(market.channels),
        price_dkk=padded([c.price_dkk for c in cats], 1.0),
        cooling_off_days=padded([c.cooling_off_days for c in cats], 0),
        uncertainty=padded([c.uncertainty for c in cats], 1.0),
        size_share=padded([c.size_share for c in cats], 0.0),
        identity=padded([c.identity for c in cats], 0.0),
        category_code=padded([luck_code(c.name) for c in cats], 0),
        complement=padded([names.index(c.complement) if c.complement else -1 for c in cats], -1),
        complement_share=padded([c.complement_share for c in cats], 0.0),
        in_fashion=np.ones(CELLS),
        usual_tau_web=market.buying.tau_web,
        usual_carrier_days=market.returning.carrier_days,
        usual_carrier_spread=market.returning.carrier_spread,
        usual_refund_days=market.returning.refund_days,
    )


def season_table(market: Market, days: int) -> np.ndarray:
    """Cumulated season, shape (CATEGORIES, days + 1), unit: mean days. A need's clock runs on it.

    Rate on day d is 1 + amplitude x cos(2 pi (d - peak) / 365), so that a year adds up to 365.
    """
    table = np.zeros((CATEGORIES, days + 1))
    for k, c in enumerate(market.categories):
        for day in range(days):
            wave = math.cos(2 * math.pi * (day - c.season_peak_day) / 365)
            table[k, day + 1] = table[k, day] + 1 + c.season_amplitude * wave
    return table
