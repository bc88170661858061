"""The mechanisms by which maturity reaches a customer, and the deletion test of each.

What each is, where it lives, how to switch it off, and what must change when it is off.

One row a mechanism. :mod:`sim.study.mechanisms` runs a leader with it and without it on the same
customers and sets the difference beside what is claimed: the mechanism's deletion test.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from sim.measures.statistics import interval

UP, DOWN = 1, -1
AS_CLAIMED, OPPOSITE, UNCLEAR = "as claimed", "the opposite", "not beyond its error"


class Mechanism(NamedTuple):
    """One mechanism, and what it is seen by."""

    title: str
    rows: str  # of docs/evidence.md
    lives: str  # module and rule
    gate: str  # disciplines that give it
    off: tuple[str, ...]  # capabilities put to level 0
    policies: dict[str, Any]  # and policies changed
    table: str  # in which what it is seen by stands: metrics, knowledge, journeys
    seen_by: str
    claimed: int  # UP or DOWN: with it against without it
    reads: str  # the figure in words


MECHANISMS: dict[str, Mechanism] = {
    "exchange": Mechanism(
        "Recognition is an exchange: bonus, receipt, app for a name",
        "B1 B7 B13 C9",
        "encounter/membership.py known_at_till; journey/identity.py says_who_he_is",
        "recognition",
        (),
        {"club_bonus_share": 0.0, "digital_receipt": False, "app": False},
        "knowledge",
        "sales",
        UP,
        "sales to a known person",
    ),
    "app": Mechanism(
        "The app: logged in on the phone, card at hand, heard at the door",
        "B12",
        "encounter/membership.py show_app, seen_by_beacon",
        "recognition",
        (),
        {"app": False},
        "knowledge",
        "store visits",
        UP,
        "store visits of a known person",
    ),
    "device links": Mechanism(
        "Cookie and address are linked",
        "B2 B3",
        "encounter/identity.py link_device",
        "recognition",
        ("link_device",),
        {},
        "knowledge",
        "web visits, person",
        UP,
        "web visits of a known person",
    ),
    "card links": Mechanism(
        "Card and address are linked: who buys where is known",
        "B13 B15",
        "encounter/membership.py join_club",
        "recognition",
        ("link_club",),
        {"app": False},
        "knowledge",
        "both, taken for both",
        UP,
        "of who buys in both, taken for both",
    ),
    "duplicates": Mechanism(
        "Two records of one person are found and merged",
        "B2",
        "company/duplicates.py",
        "recognition",
        ("find_duplicates",),
        {},
        "knowledge",
        "twice",
        DOWN,
        "customers counted more than once",
    ),
    "purposes": Mechanism(
        "Consent is asked by purpose",
        "B7 C6",
        "encounter/consent.py subscribe; company/consent.py",
        "recognition",
        ("consent_by_purpose",),
        {},
        "knowledge",
        "permission",
        UP,
        "customers who may be written to",
    ),
    "hand-over": Mechanism(
        "What was looked at and put in the basket is there on the other side",
        "B8 B49",
        "company/shopfront.py show_history, show_basket; encounter/friction.py",
        "collection, communication",
        ("hand_over",),
        {},
        "journeys",
        "coherent",
        UP,
        "cross-channel journeys that are coherent",
    ),
    "staff": Mechanism(
        "Staff look the customer up",
        "A23 B11 B12",
        "encounter/membership.py staff_know; company/shopfront.py fill_advice",
        "recognition, communication, organisation",
        ("staff_lookup",),
        {},
        "journeys",
        "coherent, met store",
        UP,
        "coherent, of journeys that met the store",
    ),
    "traced pages": Mechanism(
        "The call begins where the page ended",
        "B32",
        "company/service.py page_is_traced",
        "collection",
        ("traced_pages",),
        {},
        "journeys",
        "again: said",
        DOWN,
        "things said again",
    ),
    "service history": Mechanism(
        "The agent sees who calls, what he bought and what was noted",
        "B31 B42",
        "company/service.py on_screen, note_contact",
        "recognition, collection",
        ("identify_by_phone", "record_service"),
        {},
        "journeys",
        "again: case told from the start",
        DOWN,
        "cases told from the start",
    ),
    "order to home": Mechanism(
        "Staff order to the home what the store does not carry",
        "B49 C9",
        "encounter/orders.py send_home",
        "communication",
        ("order_to_home",),
        {},
        "metrics",
        "gross_revenue",
        UP,
        "gross revenue",
    ),
    "stock online": Mechanism(
        "The web shop says what the store has",
        "C9",
        "encounter/web.py see_stock; journey/touchpoints.py choose_touchpoint",
        "collection",
        ("stock_online",),
        {},
        "metrics",
        "net_revenue",
        UP,
        "net revenue",
    ),
    "reservation": Mechanism(
        "The store keeps one for who wants to see it first",
        "B49",
        "encounter/web.py reserves_it",
        "communication",
        ("reserve",),
        {},
        "journeys",
        "met web shop and store",
        UP,
        "journeys that met web shop and store",
    ),
    "suppression": Mechanism(
        "What he is known to have bought is not offered, in any channel",
        "B3 B4",
        "company/silence.py leave_out_what_he_owns; company/media.py retarget_item",
        "recognition, collection, communication",
        ("suppress_bought",),
        {},
        "journeys",
        "contradictions",
        DOWN,
        "contradictions per 1,000 messages and ads",
    ),
    "pauses": Mechanism(
        "Quiet while a case is open, and one cap over all channels",
        "B17",
        "company/silence.py keeps_quiet",
        "communication",
        ("pauses",),
        {},
        "metrics",
        "cost_messages",
        DOWN,
        "cost of messages",
    ),
    "personal newsletter": Mechanism(
        "The newsletter goes by what is known",
        "B16 C2",
        "company/contacts.py compose_newsletter; company/analysis.py believe",
        "analysis, communication",
        ("personal_mail",),
        {},
        "metrics",
        "gross_revenue",
        UP,
        "gross revenue",
    ),
    "flows": Mechanism(
        "Mails are set off by what somebody did",
        "B18 B20",
        "company/automation.py",
        "communication",
        ("flows",),
        {},
        "metrics",
        "gross_revenue",
        UP,
        "gross revenue",
    ),
    "personal shop": Mechanism(
        "The web shop's front goes by what is known",
        "B9 B28",
        "company/shopfront.py fill_front",
        "analysis, communication",
        ("own_channel",),
        {},
        "metrics",
        "gross_revenue",
        UP,
        "gross revenue",
    ),
}


def verdict(mechanism: Mechanism, differences: list[float]) -> tuple[str, float, float, float]:
    """What is found of a mechanism: AS_CLAIMED, OPPOSITE or UNCLEAR; mean, low and high of the
    differences, with it less without it, one a seed."""
    mean, low, high = interval(differences)
    if low <= 0.0 <= high or math.isnan(low):
        return UNCLEAR, mean, low, high
    return (AS_CLAIMED if mean * mechanism.claimed > 0 else OPPOSITE), mean, low, high
