"""The company: what each level of the Customer Bullseye enables, and how its systems behave.

The ladder has one list of four values per capability, for the levels 0, 1, 2 and 3. Between
levels a value is interpolated: the share of customers or actions handled at the higher level. No
capability is a factor on conversion, revenue or loyalty: each is something the company can
recognise, record, infer, send, show, staff or carry out. The rungs are ours (docs/evidence.md,
"The Customer Bullseye"); the book's full grid is not public.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from pydantic import Field, model_validator

from sim.core.records import FLOWS, MAIL_TILES, STORES, TIERS, TILES
from sim.settings.analysing import Analysing
from sim.settings.base import Group, numbers, param
from sim.settings.departments import BonusScheme, Departments, refuse_schemes
from sim.settings.economics import Economics
from sim.settings.flows import Flow, refuse_clashes
from sim.settings.groups import CapabilityGroup, refuse_unknown
from sim.settings.key_figures import KeyFigures, refuse_impossible
from sim.settings.listening import Listening
from sim.settings.operations import Operations
from sim.settings.projects import Learning, Way
from sim.settings.size import Size
from sim.settings.steering import Steering
from sim.settings.stores import Store, refuse_stores
from sim.settings.tiers import Tier, refuse_disorder
from sim.settings.trials import Trials

OURS = "assumption: our ladder; TRIALS B"


def rungs(values: tuple[float, ...], source: str = OURS, unit: str = "share", hi: float = 1) -> Any:
    """One capability at the levels 0, 1, 2, 3."""
    return param(values, unit=f"{unit} at levels 0, 1, 2, 3", lo=0, hi=hi, source=source)


class Recognition(Group):
    """Recognition and permission: who can be known again, and who may be written to."""

    ask_permission: tuple[float, ...] = rungs((0.10, 0.45, 0.55, 0.65))
    ask_texts: tuple[float, ...] = rungs(
        (0.0, 0.1, 0.5, 0.9), OURS + "; B2: permission by way, text messages among them"
    )
    ask_visitors: tuple[float, ...] = rungs(
        (0.10, 0.60, 0.60, 0.60), OURS + "; B2: volume focus is level 1"
    )
    link_device: tuple[float, ...] = rungs((0.0, 0.05, 0.35, 0.85), OURS + "; B3")
    link_club: tuple[float, ...] = rungs((0.0, 0.15, 0.75, 0.97))
    accounts: tuple[float, ...] = rungs(
        (0.0, 0.60, 0.95, 1.0), OURS + "; B2: web shop with log-in, not guest checkout alone"
    )
    ask_to_join: tuple[float, ...] = rungs((0.10, 0.50, 0.70, 0.90), OURS + "; B13, C9")
    join_minutes: tuple[float, ...] = rungs((6.0, 4.0, 2.0, 1.0), OURS, "minutes of the form", 60)
    ask_for_card: tuple[float, ...] = rungs((0.10, 0.60, 0.80, 0.95), OURS + "; B13, C9")
    till_minutes: tuple[float, ...] = rungs((0.5, 0.4, 0.2, 0.1), OURS, "minutes at the till", 10)
    by_number: tuple[float, ...] = rungs(
        (0.0, 0.10, 0.70, 1.0), OURS + "; B13: a number or an app does, no plastic card"
    )
    find_duplicates: tuple[float, ...] = rungs(
        (0.0, 0.05, 0.50, 0.95), OURS + "; B2: volume at level 1, linked and cleaned at 2 and 3"
    )
    staff_ask: tuple[float, ...] = rungs((0.0, 0.05, 0.30, 0.70), OURS + "; B12")
    offer_app: tuple[float, ...] = rungs((0.0, 0.10, 0.50, 1.0), OURS + "; B12")
    beacons: tuple[float, ...] = rungs(
        (0.0, 0.0, 0.10, 0.60), OURS + "; B12: share of members whose store has them"
    )
    consent_by_purpose: tuple[float, ...] = rungs(
        (0.0, 0.05, 0.50, 1.0), OURS + "; B7: at level 3 consent is asked by purpose"
    )
    identify_by_phone: tuple[float, ...] = rungs((0.05, 0.20, 0.55, 0.90), OURS + "; B32")


class Collection(Group):
    """Data collection: what is recorded, and where and when it becomes available."""

    record_web: tuple[float, ...] = rungs((0.0, 0.60, 0.85, 0.97))
    record_purchase: tuple[float, ...] = rungs((0.10, 0.70, 0.92, 0.99), OURS + "; B14")
    share_data: tuple[float, ...] = rungs((0.0, 0.10, 0.75, 0.97), OURS + "; A22, B9, B10")
    share_delay_days: tuple[float, ...] = rungs((365.0, 30.0, 1.0, 0.0), OURS, "days", 3650)
    record_service: tuple[float, ...] = rungs((0.0, 0.15, 0.55, 0.95), OURS + "; B31")
    stock_online: tuple[float, ...] = rungs(
        (0.0, 0.5, 0.8, 1.0), OURS + "; C9: 53 % of Swedes look it up, always or often"
    )
    traced_pages: tuple[float, ...] = rungs((0.0, 0.0, 0.30, 1.0), OURS + "; B32")


class Analysis(Group):
    """Data analysis: what is inferred from what was recorded."""

    last_receipt: tuple[float, ...] = rungs((0.0, 1.0, 1.0, 1.0))
    by_category: tuple[float, ...] = rungs((0.0, 0.0, 1.0, 1.0), OURS + "; A24")
    by_style: tuple[float, ...] = rungs((0.0, 0.0, 0.0, 1.0), OURS + "; A28")
    tells_shoppers: tuple[float, ...] = rungs((0.0, 0.0, 0.3, 1.0), OURS + "; B24")
    open_needs: tuple[float, ...] = rungs((0.0, 0.0, 0.2, 1.0), OURS + "; B30")
    expects_next: tuple[float, ...] = rungs(
        (0.0, 0.0, 0.5, 1.0), OURS + "; B18: what follows a purchase more often than chance"
    )
    values_customers: tuple[float, ...] = rungs(
        (0.0, 0.1, 1.0, 1.0), OURS + "; S2: RFM, a sum of what is on file, no model"
    )
    scores_purchases: tuple[float, ...] = rungs(
        (0.0, 0.0, 0.3, 1.0), OURS + "; A24, B30: share of profiles with a calculated probability"
    )
    recommends: tuple[float, ...] = rungs((0.0, 0.0, 0.3, 1.0), OURS + "; B29")
    acts_on_reviews: tuple[float, ...] = rungs(
        (0.0, 0.1, 0.5, 1.0),
        OURS + "; B35: share of articles found wanting that are brought before who may act",
    )
    reads_words: tuple[float, ...] = rungs(
        (0.0, 0.1, 0.5, 1.0),
        OURS + "; B52: share of these whose reviews are read, not only counted",
    )


class Communication(Group):
    """Communication and service: what is done with it, towards the customer."""

    own_channel: tuple[float, ...] = rungs((0.0, 1.0, 1.0, 1.0), OURS + "; B9")
    personal_mail: tuple[float, ...] = rungs((0.0, 0.05, 1.0, 1.0))
    flows: tuple[float, ...] = rungs((0.0, 0.0, 1.0, 1.0), OURS + "; B18")
    suppress_bought: tuple[float, ...] = rungs((0.0, 0.0, 1.0, 1.0), OURS + "; B3, B4")
    pauses: tuple[float, ...] = rungs((0.0, 0.0, 0.2, 1.0), OURS + "; B17")
    staff_lookup: tuple[float, ...] = rungs((0.0, 0.05, 0.35, 1.0), OURS + "; A23, B11")
    greets_in_app: tuple[float, ...] = rungs((0.0, 0.0, 0.3, 1.0), OURS + "; B12")
    order_to_home: tuple[float, ...] = rungs(
        (0.0, 0.4, 0.7, 1.0), OURS + "; C9: 42 % of 189 retailers can"
    )
    show_content: tuple[float, ...] = rungs((0.0, 0.1, 0.5, 1.0), OURS + "; B43, A33")
    community: tuple[float, ...] = rungs(
        (0.0, 0.0, 0.3, 1.0), OURS + "; B43, A33: share of people to whom the forum is open"
    )
    self_scan: tuple[float, ...] = rungs(
        (0.0, 0.0, 0.1, 0.5), OURS + "; B41, A3: share of members whose store has it"
    )
    reserve: tuple[float, ...] = rungs((0.0, 0.1, 0.6, 1.0), OURS + "; B49")
    hand_over: tuple[float, ...] = rungs((0.0, 0.10, 0.60, 1.0), OURS + "; B8, B49")
    chat: tuple[float, ...] = rungs(
        (0.0, 0.15, 0.60, 1.0), OURS + "; B42: share of people who are offered it"
    )
    service_mail: tuple[float, ...] = rungs(
        (0.50, 0.90, 1.0, 1.0), OURS + "; B42: share of people who are offered it"
    )
    show_reviews: tuple[float, ...] = rungs((0.0, 0.3, 0.9, 1.0), OURS + "; B35")
    invite_reviews: tuple[float, ...] = rungs((0.0, 0.2, 0.8, 1.0), OURS + "; B33")
    publish_answers: tuple[float, ...] = rungs((0.0, 0.1, 0.6, 1.0), OURS + "; B37")


class Measurement(Group):
    """Measurement: by what figure money is moved and newsletters are written."""

    steer_by_last_click: tuple[float, ...] = rungs((0.0, 1.0, 0.2, 0.0), OURS + "; B45")
    steer_by_holdout: tuple[float, ...] = rungs((0.0, 0.0, 0.8, 1.0), OURS + "; B5, B22")
    counts_value: tuple[float, ...] = rungs(
        (0.0, 0.0, 0.1, 1.0),
        OURS + "; B45: share to which a hold-out counts what a new customer and a permission are "
        "still worth",
    )
    tests_quarter: tuple[float, ...] = rungs(
        (0.0, 1.0, 3.0, 6.0), OURS + "; B21", "A/B tests a quarter", 50
    )
    asks_score: tuple[float, ...] = rungs(
        (0.0, 0.20, 0.60, 1.0), OURS + "; A11, B33: share of contacts answered"
    )
    invite_to_portal: tuple[float, ...] = rungs(
        (0.0, 0.10, 0.50, 1.0), OURS + "; B33: share of marks given, whose givers are asked"
    )
    reads_store_ratings: tuple[float, ...] = rungs(
        (0.0, 0.1, 0.5, 1.0), OURS + "; B36: share of times that what they show is acted on"
    )


class Organisation(Group):
    """Organisation: who is told of common targets and measured by them, who is trained, how fast
    one department hears of another. What is done then follows from what they are credited with.
    """

    shared_targets: tuple[float, ...] = rungs(
        (0.0, 0.15, 0.60, 1.0),
        OURS + "; A27, B46: share of staff who are told of the common targets and measured by them",
    )
    act_slowness: tuple[float, ...] = rungs(
        (2.0, 1.7, 1.3, 1.0), OURS + "; B53", "times the minutes of who is trained", 10
    )
    pass_on_days: tuple[float, ...] = rungs(
        (14.0, 7.0, 2.0, 0.0), OURS + "; B60", "days until another department has heard", 365
    )


class Ladder(Group):
    """Six disciplines, each a set of capabilities at levels 0 to 3."""

    recognition: Recognition = Recognition()
    collection: Collection = Collection()
    analysis: Analysis = Analysis()
    communication: Communication = Communication()
    measurement: Measurement = Measurement()
    organisation: Organisation = Organisation()


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


class Company(Group):
    """Size, books, ladder, systems, flows, costs and operations, common to all strategies."""

    size: Size = Size()
    key_figures: KeyFigures = KeyFigures()
    ladder: Ladder = Ladder()
    systems: Systems = Systems()
    analysing: Analysing = Analysing()
    listening: Listening = Listening()
    campaigns: Campaigns = Campaigns()
    steering: Steering = Steering()
    trials: Trials = Trials()
    flows: dict[str, Flow] = Field(
        default={},
        description=f"Flows by name, at most {FLOWS}; an entry adds one, null takes it out",
    )
    stores: dict[str, Store] = Field(
        default={"store": Store()},
        description=f"Stores by name, at most {STORES}; an entry adds one, null takes it out",
    )
    tiers: dict[str, Tier] = Field(
        default={}, description=f"The club's tiers by name, at most {TIERS}, the lowest first"
    )
    departments: Departments = Departments()
    bonus_schemes: dict[str, BonusScheme] = Field(
        default={"channel": BonusScheme(title="each for its own channel", returns_on_taker=1.0)},
        description="What departments are credited with, by name; an entry adds one, null takes it "
        "out. Whoever was not told of another goes by the first",
    )
    ways: dict[str, Way] = Field(
        default={"bought": Way(title="bought ready")},
        description="Ways to come by the systems of a level, by name; an entry adds one, null "
        "takes it out. A change without projects goes by the first",
    )
    learning: Learning = Learning()
    economics: Economics = Economics()
    operations: Operations = Operations()
    groups: dict[str, CapabilityGroup] = Field(
        default={},
        description="What a difference between strategies is taken apart by; each capability of "
        "the ladder belongs to one group",
    )

    @model_validator(mode="after")
    def _key_figures(self) -> Company:
        refuse_impossible(self.size, self.key_figures)
        return self

    @model_validator(mode="after")
    def _flows(self) -> Company:
        refuse_clashes(self.flows)
        return self

    @model_validator(mode="after")
    def _stores(self) -> Company:
        refuse_stores(self.stores)
        return self

    @model_validator(mode="after")
    def _ways(self) -> Company:
        if not self.ways:
            raise ValueError("of ways, there must be at least one")
        return self

    @model_validator(mode="after")
    def _schemes(self) -> Company:
        refuse_schemes(self.bonus_schemes)
        return self

    @model_validator(mode="after")
    def _tiers(self) -> Company:
        refuse_disorder(self.tiers)
        return self

    @model_validator(mode="after")
    def _groups(self) -> Company:
        refuse_unknown(self.groups, rung_names(self.ladder))
        return self

    def capabilities_in(self, groups: Iterable[str]) -> list[str]:
        """The capabilities of these groups."""
        return [name for group in groups for name in self.groups[group].capabilities]


DISCIPLINES = tuple(Ladder.model_fields)


def rung_names(ladder: Ladder) -> list[str]:
    """The names of all capabilities."""
    return [key.split(".")[1] for key, _, _ in numbers(ladder)]


def capability(values: tuple[float, ...], level: float) -> float:
    """Value at a level 0-3, interpolated between whole levels."""
    return float(np.interp(level, [0, 1, 2, 3], values))


def capabilities(ladder: Ladder, maturity: dict[str, float]) -> dict[str, float]:
    """Every capability of the ladder at the given levels, by name."""
    return {
        key.split(".")[1]: capability(values, maturity[key.split(".")[0]])
        for key, _, values in numbers(ladder)
    }
