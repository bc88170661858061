"""The way out of a store: the queue at the till, and scanning with the app instead [B41]."""

from __future__ import annotations

from sim.settings.base import Group, param


class Tills(Group):
    """How long the tills take, how long people stand it, and what scanning is to them."""

    queue_minutes: float = param(
        2.5,
        unit="minutes, mean of an exponential",
        lo=0,
        hi=60,
        source="assumption",
        doc="in the queue at a till",
        met=True,
    )
    queue_patience_minutes: float = param(
        60.0,
        unit="minutes, mean of an exponential",
        lo=0.1,
        hi=1000,
        source="assumption: one in twenty-five leaves a mean queue",
        doc="that somebody stands in it before he leaves the thing behind",
    )
    scan_minutes: float = param(
        1.0, unit="minutes", lo=0, hi=30, source="assumption", doc="to scan and pay on the phone"
    )
    scan_utility: float = param(
        -1.4,
        unit="logit, where it saves and costs nothing",
        lo=-10,
        hi=10,
        source="assumption: one in five; A3: 10 % of members' baskets, with the app or without",
        doc="readiness to use the phone instead of the till",
    )
    scan_scale_dkk: float = param(
        5.0, unit="DKK of time per logit", lo=0.1, hi=1000, source="assumption"
    )
