"""What an agent has on the screen when a customer calls, chats or writes, and what follows from it
[B8, B31, B32, B42].

Information is there or it is not: who asks must be recognised, and what he asks about must be
on file. What is missing has to be asked for, which takes minutes, and the caller may not know.
A caller is known by his number, who writes by his address, who chats by the log-in or cookie of the
page that he chats from. All that leads to him is a set of records, one bit each: ``known_by``.
"""

from __future__ import annotations

import math

from sim.company.knowledge import able, facts_for, is_fresh, reaches
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.events import ABOUT_PRODUCT, CALLS, CHATS
from sim.core.records import BY_MAIL, RECORD_OF, SILOS, STYLES

BY_PHONE = decision("caller is recognised", lasting=True)
TRACED = decision("pages of this profile carry a number of their own", lasting=True)
SERVICE_DATA = decision("service data of this profile are on the screen", lasting=True)
CHAT = decision("the web shop offers this profile a chat", lasting=True)
SERVICE_MAIL = decision("this profile is given an address to write to", lasting=True)
ASKS_SCORE = decision("the company asks for a mark of this contact")

PERSONS = (1 << SILOS) - (1 << BY_MAIL)  # bits of records under a name; the others are cookies


@rule
def offers_chat(firm, profile, seed):
    """The page before him lets him chat with an agent."""
    return able(seed, profile, CHAT, firm.chat)


@rule
def offers_mail(firm, profile, seed):
    """The page before him has an e-mail address for questions."""
    return able(seed, profile, SERVICE_MAIL, firm.service_mail)


@rule
def caller_is_known(firm, profile, seed):
    """The number he calls from is in the file, and the telephone system looks it up."""
    return profile.has_phone != 0 and able(seed, profile, BY_PHONE, firm.identify_by_phone)


@rule
def records_of_caller(firm, profile, seed):
    """The records in which the number stands that he calls from, as bits."""
    return int(profile.has_phone) if caller_is_known(firm, profile, seed) else 0


@rule
def records_of_sender(profile, address):
    """The record, as a bit, of the address from which he writes, where it is on file: from an
    order, the app or the list of subscribers. Permission to write to it is not asked for."""
    at, home = profile.addresses[address], RECORD_OF[address]
    if at.permission == 1 or at.refused == 1 or profile.has_phone & 1 << home != 0:
        return 1 << home
    return 0


@rule
def found_from(firm, profile, known_by, s, seed):
    """Record ``s`` is found from those that he is known by: it is one of them, or linked to one."""
    for home in range(SILOS):
        if known_by & 1 << home != 0 and reaches(firm, profile, home, s, seed):
            return True
    return False


@rule
def on_screen(firm, file, way, known_by, topic, about, category, page, day, seed):
    """The agent sees what this question is about: the order, or that goods of the ``category`` he
    asks about were looked at lately.

    ``page``: the device on which he has the page open that he asks from, else -1. Who chats does it
    on that page; a number shown on one visitor's page alone brings that visit to the screen,
    whoever calls [B32].
    """
    profile = file.profile
    if topic == ABOUT_PRODUCT and page >= 0 and page_is_shown(firm, profile, way, seed):
        if looked_at_kind(firm, file.mind.silos[page].live, category, day):
            return True
    if known_by == 0 or not keeps_service_data(firm, profile, seed):
        return False
    for s in range(SILOS):
        if found_from(firm, profile, known_by, s, seed):
            if topic != ABOUT_PRODUCT and file.mind.silos[s].filed_order == about:
                return True
            facts = facts_for(firm, file.mind, BY_MAIL, s, day)
            if topic == ABOUT_PRODUCT and looked_at_kind(firm, facts, category, day):
                return True
    return False


@rule
def looked_at_kind(firm, facts, category, day):
    """The last look on record is recent and at goods of this category."""
    return is_fresh(firm, facts, day) and facts.view_cell // STYLES == category


@rule
def page_is_traced(firm, profile, seed):
    """The web shop shows this visitor a telephone number of his own."""
    return able(seed, profile, TRACED, firm.traced_pages)


@rule
def page_is_shown(firm, profile, way, seed):
    """The agent sees the page that he asks from."""
    return way == CHATS or (way == CALLS and page_is_traced(firm, profile, seed))


@rule
def keeps_service_data(firm, profile, seed):
    """What is on file of this profile, and notes of earlier contacts, stand on agents' screens."""
    return able(seed, profile, SERVICE_DATA, firm.record_service)


@rule
def handling_minutes(firm, way, topic, sees, z):
    """Minutes an agent needs: by topic, lognormal (``z`` standard normal); longer where he must
    ask for what is not on the screen; less in a chat, as he has several at once [C8]."""
    minutes = firm.handling_minutes[topic] * math.exp(firm.handling_spread * z)
    minutes = minutes if sees == 1 else minutes + firm.lookup_minutes
    return minutes * firm.way_minutes[way]


@rule
def solves(firm, u):
    """An informed agent settles the matter; ``u`` uniform."""
    return u < firm.solves


@rule
def note_contact(firm, profile, known_by, case, seed):
    """The agent's note of the case, where he knows whose it is and the system keeps it."""
    if known_by & PERSONS != 0 and keeps_service_data(firm, profile, seed):
        profile.noted_case = case
        profile.noted_in = known_by & PERSONS


@rule
def knows_case(firm, file, known_by, case, seed):
    """The note that a colleague made of this case is on the screen, in whatever way he asks now:
    the record that it stands in is found from those that he is known by [B31]."""
    if file.mind.noted_case != case or not keeps_service_data(firm, file.profile, seed):
        return False
    for s in range(BY_MAIL, SILOS):
        if file.mind.noted_in & 1 << s != 0:
            if found_from(firm, file.profile, known_by & PERSONS, s, seed):
                return True
    return False


@rule
def keep_case_open(firm, profile, known_by, solved, day, seed):
    """An unsolved case on file stays open for some days; a solved one is closed."""
    if known_by & PERSONS != 0 and keeps_service_data(firm, profile, seed):
        profile.open_case = day if solved else day + firm.case_open_days


@rule
def asks_for_mark(firm, profile, case, day, seed):
    """Who was answered is sent a question: how was it, 1 to 5? [A11, B33]"""
    return uniform(seed, profile.number, ASKS_SCORE, case, day) < firm.asks_score
