"""How the company's systems behave where they exist, and its calendar of campaigns."""

from __future__ import annotations

from sim.core.records import MAIL_TILES, TILES
from sim.settings.base import Group, param


class Systems(Group):
    """How the company's systems behave where they exist."""

    prior_weight: float = param(2.0, unit="sightings", lo=0.01, hi=100, source="TRIALS B")
    purchase_weight: int = param(3, unit="sightings", lo=1, hi=100, source="TRIALS B")
    interest_days: int = param(
        21, unit="days a view counts as an open need", lo=1, hi=365, source="assumption"
    )
    wanted_now: float = param(
        0.5,
        unit="share of those who looked at something lately and bought nothing of its kind since",
        lo=0,
        hi=0.95,
        source="assumption (B30: looked at and not bought is the sign of an open need)",
        doc="who are taken to want it now, whatever else they like",
    )
    looks_a_purchase: int = param(
        4,
        unit="looks on file for each purchase, from which somebody is taken for a shopper",
        lo=0,
        hi=1000,
        source="assumption (B24)",
    )
    cooling_half_life_days: float = param(
        42.0, unit="days", lo=1, hi=3650, source="assumption: the company's rule of thumb"
    )
    suppress_days: int = param(30, unit="days", lo=1, hi=365, source="H4")
    personal_tiles: int = param(4, unit="of 6 tiles", lo=0, hi=6, source="assumption")
    personal_mail_tiles: int = param(
        2,
        unit=f"of {MAIL_TILES} tiles of a personal newsletter",
        lo=0,
        hi=MAIL_TILES,
        source="assumption",
        doc="the others are the best sellers of all",
    )
    retarget_days: int = param(14, unit="days", lo=1, hi=90, source="assumption")
    list_match: float = param(
        0.6,
        unit="share of addresses",
        lo=0,
        hi=1,
        source="assumption (B26): platforms find half to two thirds of an uploaded list",
        doc="on our list that a platform finds among its own people",
    )
    mail_gap_days: int = param(
        3, unit="days", lo=0, hi=60, source="B17: least gap where contacts are coordinated"
    )
    contacts_week_cap: int = param(
        3,
        unit="mails, app messages and ads a week to one person, where contacts are coordinated",
        lo=1,
        hi=255,
        source="assumption (B17: channels should not all send at full strength at once)",
    )
    store_carries: float = param(
        0.75,
        unit="share of the items of a style that the stores carry",
        lo=0,
        hi=1,
        source="assumption (B28, B49): a store is smaller; bounded by P4: at half the "
        "items, as many again come back",
    )
    greeting_gap_days: int = param(
        14,
        unit="days, at least, between two messages to the app in a store",
        lo=1,
        hi=365,
        source="assumption (B12: a nuisance if it comes too often)",
    )
    holdout_share: float = param(
        0.05,
        unit="share of profiles where all is steered by hold-out",
        lo=0,
        hi=0.5,
        source="assumption; TRIALS B trap 4; it costs what the ads would have earned",
    )
    handling_minutes: tuple[float, ...] = param(
        (6.0, 4.5, 7.5),
        unit="minutes: product, order, defect",
        lo=0.1,
        hi=120,
        source="C7, C8: a call $5.25; assumption",
    )
    handling_spread: float = param(0.5, unit="sd of ln", lo=0, hi=2, source="assumption")
    lookup_minutes: float = param(
        2.0,
        unit="minutes asking for what is not on the screen",
        lo=0,
        hi=60,
        source="B8, B31; assumption",
    )
    way_minutes: tuple[float, ...] = param(
        (1.0, 0.73, 0.84),
        unit="share of a call's minutes: phone, chat, e-mail",
        lo=0.01,
        hi=10,
        source="C8: a call $5.25, a chat $3.82, an e-mail $4.42; several chats at once",
    )
    solves: float = param(
        0.82,
        unit="share of contacts whose matter the agent knows",
        lo=0,
        hi=1,
        source="P7: FCR 70 % on average; assumption",
    )
    case_open_days: int = param(
        7, unit="days that an unsolved case stays open", lo=0, hi=90, source="assumption (B17)"
    )
    unopened_before_rest: int = param(
        6,
        unit="newsletters unopened in a row, after which only every second is sent",
        lo=1,
        hi=1000,
        source="assumption (B17)",
    )
    unopened_before_dropped: int = param(
        40,
        unit="mails unopened in a row, after which the address is given up",
        lo=1,
        hi=10_000,
        source="assumption: the usual list hygiene, most of a year of weekly mails",
    )
    silent_before_dropped_days: int = param(
        365,
        unit="days without a mail opened, log-in or order, after which an address is given up",
        lo=1,
        hi=3_650,
        source="assumption: list hygiene once a year, where few mails are sent",
    )
    sales_prior: float = param(
        50.0,
        unit="items",
        lo=0.01,
        hi=1e6,
        source="assumption",
        doc="sales, spread evenly, that the first guess of what sells is worth",
    )
    sequence_days: int = param(
        60,
        unit="days within which a purchase is taken to follow another",
        lo=1,
        hi=730,
        source="assumption; TRIALS B: complements after 5 + Exp(20) days",
    )
    sequence_least: int = param(
        20,
        unit="recorded pairs before a complement is believed",
        lo=1,
        hi=100_000,
        source="assumption",
    )
    sequence_sure: float = param(
        3.5,
        unit="standard deviations",
        lo=0,
        hi=100,
        source="assumption: chance alone passes it at about one company in twenty",
        doc="above chance, from which on a pair of kinds is taken to go together",
    )
    faults_days: int = param(
        28,
        unit="days",
        lo=1,
        hi=365,
        source="assumption: once a month",
        doc="between two times that the reviews of all items are gone through",
    )
    faults_least: int = param(
        5,
        unit="reviews of an item before its mean is believed",
        lo=1,
        hi=100_000,
        source="assumption",
    )
    faults_below: float = param(
        3.3,
        unit="stars",
        lo=1,
        hi=5,
        source="assumption: between what sound and what flawed articles get by market.reviews",
        doc="mean below which an item is mended or replaced (B35)",
    )
    mending_days: int = param(
        42, unit="days until the better version is on sale", lo=1, hi=730, source="assumption"
    )
    ratings_days: int = param(
        91,
        unit="days",
        lo=1,
        hi=3650,
        source="assumption: once a quarter",
        doc="between two times that the ratings of the stores are gone through (B36)",
    )
    trains_below: float = param(
        0.1,
        unit="stars below the mean of all stores",
        lo=0,
        hi=4,
        source="assumption",
        doc="from which the staff of a store are trained",
    )
    training_share: float = param(
        0.5,
        unit="share of what it lacks to the best rated store's",
        lo=0,
        hi=1,
        source="assumption",
        doc="by which training raises the skill of a store's staff",
    )
    training_half_life_days: float = param(
        600.0,
        unit="days",
        lo=1,
        hi=36_500,
        source="assumption: a third of a store's staff leave within a year",
        doc="after which half of what training has taught has left with them",
    )


class Campaigns(Group):
    """When newsletters go out, and what the company takes to sell well."""

    send_weekday: int = param(
        3,
        unit="day of the week, 0 Monday",
        lo=0,
        hi=6,
        source="assumption: one a week goes out on Thursdays, further ones spread over the week",
    )
    turn: tuple[int, ...] = param(
        (0, 1, 0, 2, 1, 3),
        unit="place among the best sellers, week by week",
        lo=0,
        hi=TILES - 1,
        source="assumption: the strongest more often",
        doc="what the week's campaign is about; after the last week the first follows",
    )
    best_sellers_days: int = param(
        28,
        unit="days",
        lo=1,
        hi=365,
        source="assumption",
        doc="between two counts of what sells best and of what is bought after what",
    )
    best_sellers_half_life_days: float = param(
        91.0,
        unit="days",
        lo=1,
        hi=3650,
        source="assumption: a quarter",
        doc="after which a sale counts half in what sells best",
    )
