"""When people visit stores and web shop, which store they prefer, and what they say of it."""

from __future__ import annotations

from sim.settings.base import Group, param


class Visiting(Group):
    """When people can go to stores and to the web shop, and how stores are rated and chosen [A5,
    B36, B40]."""

    free_all_day: float = param(
        0.4,
        unit="share of people",
        lo=0,
        hi=1,
        source="assumption: not at work, or not by day",
        doc="who can go to stores at any time of a weekday; at weekends everybody can",
    )
    free_from_minute: float = param(
        990.0,
        unit="minute of a weekday, mean of a normal",
        lo=0,
        hi=1439,
        source="assumption: 16:30",
        doc="from which the others can",
    )
    free_from_spread: float = param(
        75.0, unit="minutes, standard deviation", lo=0, hi=600, source="assumption"
    )
    work_from_minute: int = param(
        480, unit="minute of a weekday", lo=0, hi=1439, source="assumption: 8:00", met=True
    )
    awake_from_minute: int = param(
        420, unit="minute of the day", lo=0, hi=720, source="assumption: 7:00", met=True
    )
    awake_until_minute: int = param(
        1380, unit="minute of the day", lo=721, hi=1439, source="assumption: 23:00", met=True
    )
    at_work_computer: float = param(
        0.6,
        unit="share of the readiness in spare time",
        lo=0,
        hi=10,
        source="assumption (A5): many sit at one",
        doc="to look at the web shop with a computer while at work",
        met=True,
    )
    at_work_phone: float = param(
        0.25,
        unit="share of the readiness in spare time",
        lo=0,
        hi=10,
        source="assumption (A5): in breaks and on the way",
        doc="to look at the web shop with the phone while at work",
        met=True,
    )
    competitor_closing_minute: int = param(
        1140, unit="minute of the day", lo=0, hi=1439, source="assumption: as our desk", met=True
    )
    store_star_worth: float = param(
        0.3,
        unit="logit per star",
        lo=0,
        hi=10,
        source="assumption (B36)",
        doc="between stores, of which one is said to serve better",
    )
    own_visits_weight: float = param(
        0.5,
        unit="share",
        lo=0,
        hi=1,
        source="assumption",
        doc="that what he has met in a store himself has in what he expects, the rest is hearsay",
    )
    rating_usual: float = param(
        3.5,
        unit="stars",
        lo=1,
        hi=5,
        source="assumption: rounded up this is four",
        doc="for a visit on which he found what he looked for, without advice or wait",
    )
    rating_advice: float = param(
        1.0, unit="stars", lo=0, hi=4, source="assumption", doc="more, after advice"
    )
    rating_without: float = param(
        1.5,
        unit="stars",
        lo=0,
        hi=4,
        source="assumption",
        doc="less, where he did not find what he came for or left it",
    )
    rating_minute: float = param(
        0.1, unit="stars per minute at the till", lo=0, hi=4, source="assumption", doc="less"
    )
    rates_base: float = param(
        -4.0, unit="logit", lo=-90, hi=10, source="assumption: 2 to 5 % of visits are rated"
    )
    rates_surprise: float = param(
        0.8,
        unit="logit per star above or below what is usual",
        lo=0,
        hi=20,
        source="assumption (B33: who writes is self-selected)",
    )
    rating_half_life_days: float = param(
        365.0,
        unit="days",
        lo=1,
        hi=36_500,
        source="assumption: staff and memory change within a year",
        doc="after which a rating of a store counts half",
    )
    rating_prior: float = param(
        10.0,
        unit="ratings of a store",
        lo=0.01,
        hi=1e6,
        source="assumption",
        doc="that the mean of all stores is worth, where few have rated one",
    )
