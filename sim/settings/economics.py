"""What things cost the company. Fixed from sources, or declared before effects were measured.

One exception: the upkeep was rescaled once, from a figure per customer to one per person in the
market, after the first effects had been seen.
"""

from __future__ import annotations

from sim.settings.base import Group, param


class Economics(Group):
    """Unit costs in DKK; published dollar and pound figures at 6.9 and 8.8 DKK."""

    mail_dkk: float = param(
        0.01, unit="DKK/e-mail", lo=0, hi=1, source="C8: $0.0010-0.0015 an e-mail"
    )
    text_dkk: float = param(
        0.35, unit="DKK/text message", lo=0, hi=10, source="assumption: Danish gateway tariffs"
    )
    service_minute_dkk: float = param(
        6.5,
        unit="DKK/minute",
        lo=0,
        hi=60,
        source="C8: a call $5.25 over about 6 minutes; Nordic wages: assumption",
    )
    desk_minute_dkk: float = param(
        5.0, unit="DKK/minute", lo=0, hi=60, source="assumption: store wage 300 DKK/h loaded"
    )
    store_sale_dkk: float = param(
        25.0, unit="DKK/sale", lo=0, hi=500, source="assumption: five minutes of staff a sale"
    )
    advice_dkk: float = param(
        20.0,
        unit="DKK/advice in store",
        lo=0,
        hi=500,
        source="assumption: four minutes of staff, bought or not",
    )
    expert_dkk: float = param(
        25.0,
        unit="DKK/question answered in the forum by an expert of the company's",
        lo=0,
        hi=500,
        source="assumption: five minutes of an expert (A33)",
    )
    parcel_dkk: float = param(
        42.0, unit="DKK/parcel", lo=0, hi=500, source="assumption: Danish parcel contract rate"
    )
    pickup_dkk: float = param(
        14.0, unit="DKK/order", lo=0, hi=500, source="assumption: internal transport and shelf"
    )
    mail_return_dkk: float = param(
        85.0, unit="DKK/return", lo=0, hi=1000, source="C8: $10-20 an item by mail, with freight"
    )
    store_return_dkk: float = param(
        15.0,
        unit="DKK/return",
        lo=0,
        hi=1000,
        source="assumption: restocking; the desk's minutes are counted apart",
    )
    return_markdown: float = param(
        0.12, unit="share of price", lo=0, hi=1, source="C8: depreciation part of 66 % of an item"
    )
    return_window_days: int = param(
        30, unit="days", lo=14, hi=365, source="assumption; the law's least is 14"
    )
    discount_rate_year: float = param(0.08, unit="share/year", lo=0, hi=0.5, source="assumption")
    reference_people: float = param(
        300_000.0,
        unit="real people in the market",
        lo=1_000,
        hi=1e8,
        source="assumption: size of market for which upkeep_dkk and reach_dkk hold",
    )
    upkeep_dkk: tuple[float, ...] = param(
        (2.7, 3.9, 2.3, 2.3, 1.2, 1.7),
        unit="DKK/person-year at level 3",
        lo=0,
        hi=500,
        source="TRIALS B 14, 20, 12, 12, 6, 9 a customer; about 19 % of the market's people buy "
        "from us in a year; assumption. Order: recognition, collection, analysis, communication, "
        "measurement, organisation",
    )
    use_share: tuple[float, ...] = param(
        (0.1, 0.1, 0.6, 0.7, 0.6, 0.8),
        unit="share of upkeep",
        lo=0,
        hi=1,
        source="assumption (B50: to have data is the cheap part). Same order",
        doc="that is people at work with what there is; the rest is having it: systems, licences",
    )
    upkeep_convexity: float = param(
        1.5,
        unit="exponent",
        lo=0.5,
        hi=4,
        source="assumption: cost = level-3 cost x (level/3)^this",
    )
    upkeep_mdkk: tuple[float, ...] = param(
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        unit="million DKK/year at upkeep_level",
        lo=0,
        hi=10_000,
        source="the strategist's books; used as typed, 0: by the rule of upkeep_dkk. Same order",
    )
    upkeep_level: tuple[float, ...] = param(
        (3.0, 3.0, 3.0, 3.0, 3.0, 3.0),
        unit="level",
        lo=0.1,
        hi=3,
        source="the strategist's own levels, which upkeep_mdkk is the cost of. Same order",
    )
    reach_dkk: tuple[float, ...] = param(
        (1.35, 2.35, 1.35, 1.0, 0.65, 0.35),
        unit="DKK/person per level gained",
        lo=0,
        hi=500,
        source="assumption: systems and who brings them in, once; that people learn to use them is "
        "company.learning",
        doc="with a schedule paid as levels rise, with projects while they run",
    )
    mending_dkk: float = param(
        25_000.0,
        unit="DKK/item",
        lo=0,
        hi=1e8,
        source="assumption: some weeks of a buyer's and a supplier's work; the real firm's",
        doc="an article that reviews show to fall short is mended or replaced",
    )
    training_dkk: float = param(
        15_000.0,
        unit="DKK/store",
        lo=0,
        hi=1e8,
        source="assumption: some ten people for half a day, and who trains them; the real firm's",
        doc="the staff of a store that is rated below the others are trained",
    )
    reach_days: int = param(
        365,
        unit="days over which a jump at the fork is paid",
        lo=1,
        hi=3650,
        source="assumption: a year of projects; the levels themselves jump",
    )
