"""How the company learns from its records, and whom it writes to because of it [B29, B30, A24]."""

from __future__ import annotations

from typing import Literal, get_args

from sim.settings.base import Group, param

TargetsBy = Literal["nobody", "all", "propensity", "middle", "uplift"]
TARGETS_BY: tuple[str, ...] = get_args(TargetsBy)


class Analysing(Group):
    """The monthly analysis of what is on file, and the recommender."""

    analysis_days: int = param(
        28,
        unit="days",
        lo=7,
        hi=365,
        source="assumption: once a month",
        doc="between two analyses of the records; a purchase within as many days after one is what "
        "is predicted",
    )
    ridge: float = param(
        1.0,
        unit="profiles",
        lo=0.001,
        hi=10_000,
        source="assumption: weak, a rare feature gets no wild weight (Hoerl and Kennard 1970)",
        doc="ridge penalty on each standardised weight of the models",
    )
    explore_share: float = param(
        0.2,
        unit="share of the profiles that could be written to",
        lo=0,
        hi=1,
        source="assumption: an effect is learned from chance alone (B22, B30)",
        doc="to whom chance decides, month by month and by halves, whether the reminder goes",
    )
    explored_months: int = param(
        26,
        unit="analyses",
        lo=1,
        hi=520,
        source="assumption: two years",
        doc="for which what chance decided is kept to learn from",
    )
    uplift_least: int = param(
        300,
        unit="profiles with the reminder, and as many without",
        lo=10,
        hi=1_000_000,
        source="assumption",
        doc="before an uplift is believed; until then chance chooses",
    )
    coupon_from_fifth: int = param(
        3,
        unit="fifth by what they spent, 5 the most",
        lo=1,
        hi=5,
        source="assumption (S2: RFM): a discount costs, and is kept for who is worth winning back",
        doc="from which the coupon of a flow is given; others get the same message without it",
    )
    picks_least: float = param(
        10.0,
        unit="recorded sequences",
        lo=0.01,
        hi=100_000,
        source="assumption: shrinkage to what sells in the kind",
        doc="what the best sellers of a kind are worth beside what followed an item",
    )
    picks_other: float = param(
        0.1,
        unit="share of personal tiles",
        lo=0,
        hi=1,
        source="assumption (B29: a recommender that shows only what it knows never learns more)",
        doc="that show another item of the kind than the first by count",
    )
