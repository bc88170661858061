"""Content: what experts have written, filmed or recorded about a kind of goods [B24, B43, A33]."""

from __future__ import annotations

from sim.settings.base import Group, param


class Content(Group):
    """Who takes it in, what it does to him, and what it costs who does not want it."""

    read_utility: float = param(
        -2.0,
        unit="logit, a buyer who knows all of the category",
        lo=-20,
        hi=20,
        source="assumption: one in eight",
        doc="readiness to take in what stands beside the goods",
    )
    read_shopper: float = param(
        1.5, unit="logit", lo=0, hi=20, source="assumption (B24: shoppers want inspiration)"
    )
    read_novice: float = param(
        1.0,
        unit="logit per unit of expertise lacking",
        lo=0,
        hi=20,
        source="assumption (A33: novices need to be explained)",
    )
    content_teaches: float = param(
        0.08,
        unit="share of the expertise that is lacking",
        lo=0,
        hi=1,
        source="assumption (B43)",
        doc="which a piece teaches in its category",
    )
    content_clears: float = param(
        0.1,
        unit="0-1, progress of the search",
        lo=0,
        hi=1,
        source="assumption (B24, B28), a third of what a look at the goods brings",
    )
    skip_minutes: float = param(
        0.3,
        unit="minutes",
        lo=0,
        hi=30,
        source="assumption (B24: content costs who is in a hurry his time)",
        doc="to get past content that is not wanted",
    )
