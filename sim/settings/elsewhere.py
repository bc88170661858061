"""What people meet in the competitor's web shop, beside his prices [B56]."""

from __future__ import annotations

from sim.settings.base import Group, param


class Elsewhere(Group):
    """How well the competitor's page shows what is wanted, and how soon it comes from him."""

    their_shows: float = param(
        0.4,
        unit="share of visits",
        lo=0,
        hi=1,
        source="assumption (B56)",
        doc="to the competitor's web shop on which the page shows at once what is wanted; else he "
        "searches, as with us (finds_by_search)",
        met=True,
    )
    their_shows_usual: float = param(
        0.4,
        unit="share of visits",
        lo=0,
        hi=1,
        source="assumption",
        doc="at which touchpoints.competitor_buys_... are told",
    )
    their_days: float = param(
        4.0,
        unit="days",
        lo=0,
        hi=60,
        source="assumption: as returning.promised_days",
        doc="that the competitor promises for a parcel",
        met=True,
    )
    their_days_usual: float = param(
        4.0,
        unit="days",
        lo=0,
        hi=60,
        source="assumption",
        doc="at which touchpoints.competitor_utility is told",
    )
