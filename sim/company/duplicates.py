"""One person twice in the books: another e-mail address, a second card; found and merged [B2].

Who orders under another address, or takes a new card because the old one is at home, is a new
customer to the company, until somebody compares name, telephone number and street. What is merged
is one record from then on. Where it is not, his purchases are split, the newsletter reaches him
twice, and he is counted twice.
"""

from __future__ import annotations

from sim.company.contacts import permit, strike_off
from sim.company.knowledge import able, count_sightings, empty_facts, link, linked, part
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.records import (
    BY_CLUB,
    BY_MAIL,
    BY_OLD_CARD,
    BY_OTHER_MAIL,
    CATEGORIES,
    CELLS,
    FLOWS,
    NEVER,
    OTHER_ADDRESS,
    OWN_ADDRESS,
)

FINDS_DUPLICATES = decision("the company finds that two records are one person's", lasting=True)


@rule
def finds_duplicates(firm, profile, seed):
    """Names, numbers and streets of this profile's records are compared."""
    return able(seed, profile, FINDS_DUPLICATES, firm.find_duplicates)


@rule
def is_same_person(firm, profile, s, other, seed):
    """Records ``s`` and ``other`` both hold his telephone number, and they are compared."""
    both = 1 << s | 1 << other
    return profile.has_phone & both == both and finds_duplicates(firm, profile, seed)


@rule
def absorb(target, source):
    """Add the facts of one record to another's: sightings together, of each the newest.

    ``source`` is empty afterwards.
    """
    for k in range(CELLS):
        if source.counts[k] > 0:
            count_sightings(target, k, min(source.counts[k], 100))
    if source.view_cell >= 0 and (target.view_cell < 0 or source.view_day > target.view_day):
        target.view_cell, target.view_item = source.view_cell, source.view_item
        target.view_day = source.view_day
    if source.buy_cell >= 0 and (target.buy_cell < 0 or source.buy_day > target.buy_day):
        target.buy_cell, target.buy_item = source.buy_cell, source.buy_item
        target.buy_day = source.buy_day
    for c in range(CATEGORIES):
        target.bought[c] = max(target.bought[c], source.bought[c])
    target.orders = min(target.orders + source.orders, 30000)
    empty_facts(source)


@rule
def merge(profile, s, other):
    """Record ``other`` becomes part of record ``s``."""
    into, gone = profile.silos[s], profile.silos[other]
    absorb(into.live, gone.live)
    absorb(into.shared, gone.shared)
    if gone.written > into.written:
        into.written, into.filed_order = gone.written, gone.filed_order
    if gone.basket_item >= 0 and (into.basket_item < 0 or gone.basket_day > into.basket_day):
        into.basket_item, into.basket_day = gone.basket_item, gone.basket_day
    gone.written, gone.filed_order, gone.basket_item = 0, -1, -1


@rule
def compare_addresses(firm, profile, seed):
    """Where both addresses are seen to be one person's, they become one record and one list."""
    if profile.alias == 0 and is_same_person(firm, profile, BY_MAIL, BY_OTHER_MAIL, seed):
        merge_addresses(profile)


@rule
def compare_visitor(firm, profile, address, seed):
    """A mail to the other address has led a visitor here who is known under his own."""
    if address == OTHER_ADDRESS and profile.alias == 0 and finds_duplicates(firm, profile, seed):
        merge_addresses(profile)


@rule
def merge_addresses(profile):
    """The other address is an alias of his own from now on; the list has one of them."""
    profile.alias = 1
    merge(profile, BY_MAIL, BY_OTHER_MAIL)
    own, other = profile.addresses[OWN_ADDRESS], profile.addresses[OTHER_ADDRESS]
    wanted = other.permission == 1 and own.refused == 0
    merge_programme(own, other)
    strike_off(profile, OTHER_ADDRESS)
    if wanted:
        permit(profile, OWN_ADDRESS)


@rule
def merge_programme(own, other):
    """What was planned for the other address and known of it goes on under his own."""
    if other.permission == 1:
        own.heard_day = max(own.heard_day, other.heard_day)
        own.last_mail_day = max(own.last_mail_day, other.last_mail_day)
        own.unopened = min(own.unopened, other.unopened)
    if own.complement_cell < 0:
        own.complement_cell = other.complement_cell
    if own.wanted_item < 0:
        own.wanted_item = other.wanted_item
    if own.received_order < 0:
        own.received_order = other.received_order
    other.wanted_item = other.received_order = -1
    for k in range(FLOWS):
        own.flow_day[k] = min(own.flow_day[k], other.flow_day[k])
        other.flow_day[k] = NEVER
    own.next_flow_day = min(own.next_flow_day, other.next_flow_day)
    other.next_flow_day = NEVER


@rule
def compare_cards(firm, profile, seed):
    """Where both cards are seen to be one person's, they become one record."""
    if not is_same_person(firm, profile, BY_CLUB, BY_OLD_CARD, seed):
        return
    merge(profile, BY_CLUB, BY_OLD_CARD)
    if linked(profile, BY_OLD_CARD):
        link(profile, BY_CLUB)
        part(profile, BY_OLD_CARD)
    profile.has_phone &= ~(1 << BY_OLD_CARD)


@rule
def issue_new_card(firm, profile, seed):
    """A member takes another card: the old record stays behind, under a number nobody shows.

    Where names and numbers are compared he is found, and the new card is the old record's. Of a
    card that he had before that one the facts go to the one left behind.
    """
    if is_same_person(firm, profile, BY_CLUB, BY_CLUB, seed):
        return
    merge(profile, BY_OLD_CARD, BY_CLUB)
    if profile.has_phone & 1 << BY_CLUB != 0:
        profile.has_phone |= 1 << BY_OLD_CARD
    if linked(profile, BY_CLUB):
        link(profile, BY_OLD_CARD)
        part(profile, BY_CLUB)


@rule
def address_on_file(profile, address):
    """The address under which an order with this one is filed: one of them is an alias or not."""
    return OWN_ADDRESS if profile.alias == 1 else address
