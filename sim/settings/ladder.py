"""The ladder: what each level of the Customer Bullseye enables.

It has one list of four values per capability, for the levels 0, 1, 2 and 3. Between levels a value
is interpolated: the share of customers or actions handled at the higher level. No capability is a
factor on conversion, revenue or loyalty: each is something the company can recognise, record,
infer, send, show, staff or carry out. The rungs are ours (docs/evidence.md, "The Customer
Bullseye"); the book's full grid is not public.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.settings.base import Group, numbers, param

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
