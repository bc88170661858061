"""The mechanisms by which maturity reaches a customer, those of the customers' own, and the
deletion test of each.

What each is, where it lives, how to switch it off, and what must change when it is off.

One row a mechanism. :mod:`sim.study.mechanisms` runs a leader with it and without it on the same
customers and sets the difference beside what is claimed: the mechanism's deletion test.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from sim.measures.statistics import interval

UP, DOWN = 1, -1
NOTHING: Mapping[str, float] = MappingProxyType({})
AS_CLAIMED, OPPOSITE, UNCLEAR = "as claimed", "the opposite", "not beyond its error"


class Mechanism(NamedTuple):
    """One mechanism, and what it is seen by."""

    title: str
    rows: str  # of docs/evidence.md
    lives: str  # module and rule
    gate: str  # disciplines that give it
    off: tuple[str, ...]  # capabilities put to level 0
    policies: dict[str, Any]  # and policies changed
    table: str  # in which what it is seen by stands: metrics, knowledge, journeys, visitors, blocks
    seen_by: str
    claimed: int  # UP or DOWN: with it against without it
    reads: str  # the figure in words
    market: Mapping[str, float] = NOTHING  # numbers of the market changed, and
    people: Mapping[str, float] = NOTHING  # traits of everybody


CUSTOMERS = "customers' own"  # gate of what no discipline gives


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
        "encounter/till.py send_home",
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
        "encounter/checkout.py reserves_it",
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
    "bouncing": Mechanism(
        "Whom chance brings mostly leaves at once",
        "C1",
        "encounter/web.py is_gone_at_once; journey/searching.py leaves_at_once",
        CUSTOMERS,
        (),
        {},
        "blocks",
        "conversion, search",
        DOWN,
        "orders per visit from search",
        {"bounce": -30.0},
    ),
    "links": Mechanism(
        "Who looks round from page to page comes upon us",
        "C1",
        "encounter/searching.py wander; journey/searching.py link_leads_here",
        CUSTOMERS,
        (),
        {},
        "visitors",
        "strangers",
        UP,
        "visits by people who never bought from us",
        {"link_leads_here": 0.0},
    ),
    "our name": Mechanism(
        "Who means to come searches for our name",
        "C1",
        "encounter/searching.py come_on_purpose",
        CUSTOMERS,
        (),
        {},
        "visitors",
        "by search",
        UP,
        "visits that a search brought",
        {"searches_by_name": 0.0},
    ),
    "forgetting": Mechanism(
        "Who hears nothing of us forgets us",
        "C5",
        "journey/memory.py keep_in_mind",
        CUSTOMERS,
        (),
        {},
        "visitors",
        "know us",
        DOWN,
        "people who know us",
        dict.fromkeys(("visit_kept_days", "ad_kept_days", "mail_kept_days"), 36500.0),
    ),
    "baskets": Mechanism(
        "A need may ask for several things",
        "C4",
        "journey/needs.py want_the_rest; encounter/checkout.py pay_for_basket",
        CUSTOMERS,
        (),
        {},
        "blocks",
        "order values",
        UP,
        "spread of order values",
        people={"further_things": 0.0},
    ),
    "channel habit": Mechanism(
        "People keep to the kind of place where they bought before",
        "B15",
        "journey/touchpoints.py store_habit",
        CUSTOMERS,
        (),
        {},
        "visitors",
        "both",
        DOWN,
        "regulars who buy in both",
        {"channel_habit": 0.0},
    ),
    "competitor's stores": Mechanism(
        "The competitor sells in stores as well",
        "B56",
        "encounter/elsewhere.py",
        CUSTOMERS,
        (),
        {},
        "metrics",
        "share_of_wallet",
        DOWN,
        "our share of spending",
        {"competitor_store_utility": -30.0},
    ),
    "research": Mechanism(
        "Looks at the web shop before going to the store",
        "C9",
        "encounter/day.py go_to_store; journey/touchpoints.py looks_first",
        CUSTOMERS,
        (),
        {},
        "journeys",
        "met web shop and store",
        UP,
        "journeys that met web shop and store",
        {"looks_first": 0.0},
    ),
    "trying on": Mechanism(
        "What was tried on in a store is known on the web",
        "B44 C3",
        "encounter/store.py try_on; journey/buying.py left_of_trying",
        CUSTOMERS,
        (),
        {},
        "blocks",
        "returned online",
        DOWN,
        "returned of what is sold online",
        {"trying_kept": 0.0},
    ),
    "reminding": Mechanism(
        "A mail works without a click",
        "C2",
        "encounter/impressions.py remind_by_tiles; journey/needs.py remind",
        CUSTOMERS,
        (),
        {},
        "metrics",
        "gross_revenue",
        UP,
        "gross revenue",
        {"reminds": 0.0},
    ),
    "costs remembered": Mechanism(
        "Fees and trouble are felt, and remembered at the next decision",
        "B39",
        "journey/memory.py remember_cost, pull; journey/feeling.py feel_fee",
        CUSTOMERS,
        (),
        {},
        "metrics",
        "orders_per_customer",
        DOWN,
        "orders",
        {"consider_cost": 0.0, "fee_felt": 0.0},
    ),
}


def verdict(mechanism: Mechanism, differences: list[float]) -> tuple[str, float, float, float]:
    """What is found of a mechanism: AS_CLAIMED, OPPOSITE or UNCLEAR; mean, low and high of the
    differences, with it less without it, one a seed."""
    mean, low, high = interval(differences)
    if low <= 0.0 <= high or math.isnan(low):
        return UNCLEAR, mean, low, high
    return (AS_CLAIMED if mean * mechanism.claimed > 0 else OPPOSITE), mean, low, high
