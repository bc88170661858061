"""The club's tiers: what a year's purchases bring a member [S3: club; B23]."""

from __future__ import annotations

from itertools import pairwise

from pydantic import Field

from sim.core.records import TIERS
from sim.settings.base import Group, param


class Tier(Group):
    """From a year's purchases on, for that year and the next."""

    title: str = Field(min_length=1, max_length=40, description="what reports call it")
    from_dkk: float = param(
        2000.0,
        unit="DKK of purchases on record under his name in a calendar year",
        lo=1,
        hi=30_000,
        source="assumption",
    )
    bonus_share: float = param(
        0.03, unit="share of price", lo=0, hi=0.5, source="assumption: Nordic clubs give 1 to 5 %"
    )
    free_delivery: bool = Field(default=True, description="home deliveries cost no fee")


def refuse_disorder(tiers: dict[str, Tier]) -> None:
    """Raise ValueError if there are more tiers than places, or a later one is no step up."""
    if len(tiers) > TIERS:
        raise ValueError(f"at most {TIERS} tiers are possible, and there are {len(tiers)}")
    for lower, higher in pairwise(tiers):
        if tiers[higher].from_dkk <= tiers[lower].from_dkk:
            raise ValueError(f"of tiers, {higher!r} must begin at more DKK than {lower!r}")
