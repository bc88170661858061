"""The stores: one entry a store, how far it lies from the others, who serves there, and its hours.

A store is added in YAML, in ``company.stores`` under its name. The stores here are the kinds that
the real firm's ``size.stores`` are of, as many of each.
"""

from __future__ import annotations

import re

import numpy as np
from pydantic import Field, model_validator

from sim.core.records import STORES
from sim.settings.base import Group, luck_code, param


class Store(Group):
    """A store of ours. Left out, its hours are those of the service desk."""

    title: str = Field(
        default="The store", min_length=1, max_length=40, description="what reports call it"
    )
    share: float = param(
        1.0,
        unit="weight",
        lo=0,
        hi=1e6,
        source="assumption",
        doc="of the people for whom it is the nearest",
    )
    apart_km: float = param(
        30.0,
        unit="km",
        lo=0,
        hi=400,
        source="assumption: Danish towns of a size that has such a store",
        doc="to the towns of the others; between two stores the mean of both",
    )
    skill: float = param(
        0.625,
        unit="share of questions",
        lo=0.05,
        hi=1,
        source="assumption (B44): five in eight",
        doc="that its staff can answer by themselves, at first",
    )
    opening_minute: int = param(
        600, unit="minute of a weekday", lo=0, hi=1380, source="assumption: as the desk"
    )
    closing_minute: int = param(
        1140, unit="minute of a weekday", lo=0, hi=1439, source="assumption: as the desk"
    )
    weekend_opening_minute: int = param(
        600, unit="minute of a Saturday or Sunday", lo=0, hi=1380, source="assumption: as the desk"
    )
    weekend_closing_minute: int = param(
        1140, unit="minute of a Saturday or Sunday", lo=0, hi=1439, source="assumption: as the desk"
    )

    @model_validator(mode="after")
    def _hours_are_in_order(self) -> Store:
        for opens, closes, days in (
            (self.opening_minute, self.closing_minute, "weekdays"),
            (self.weekend_opening_minute, self.weekend_closing_minute, "weekends"),
        ):
            if opens >= closes:
                raise ValueError(
                    f"a store must close after it opens, but on {days} the minutes are "
                    f"{opens} and {closes}"
                )
        return self


def refuse_stores(stores: dict[str, Store]) -> None:
    """Raise ValueError if there are none or too many, or people could live near none of them."""
    for name in stores:
        if not re.fullmatch(r"[\w-]+", name, re.ASCII):
            raise ValueError(f"of stores, {name!r} must consist of letters, digits, - and _")
    if not 1 <= len(stores) <= STORES:
        raise ValueError(f"between 1 and {STORES} stores are possible, and there are {len(stores)}")
    if sum(store.share for store in stores.values()) <= 0:
        raise ValueError("of stores, at least one must have a share above 0")
    codes: dict[int, str] = {}
    for name in stores:
        other = codes.setdefault(luck_code(name), name)
        if other != name:
            raise ValueError(f"the stores {other!r} and {name!r} would share luck: rename one")


TOWN = np.dtype(
    [
        ("until", "f8"),  # share of the people who live near it or one before it
        ("apart_km", "f8"),
        ("key", "i8"),  # names it in keys of draws, wherever it stands
    ],
    align=True,
)


def town_table(stores: dict[str, Store]) -> np.ndarray:
    """The towns that the stores lie in, in their order: TOWN."""
    shares = np.array([store.share for store in stores.values()])
    table = np.zeros(len(stores), TOWN)
    table["until"] = np.cumsum(shares) / shares.sum()
    table["apart_km"] = [store.apart_km for store in stores.values()]
    table["key"] = [luck_code(name) for name in stores]
    return table
