"""What an agent has on the screen when a customer calls, and what follows from it [B8, B31, B32].

Information is there or it is not: who calls must be recognised, and what he calls about must be
on file. What is missing has to be asked for, which takes minutes, and the caller may not know.
"""

from __future__ import annotations

import math

from sim.company.knowledge import able, facts_for, is_fresh, reaches
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.events import ABOUT_PRODUCT
from sim.core.records import BY_MAIL, SILOS, STYLES

BY_PHONE = decision("caller is recognised", lasting=True)
TRACED = decision("pages of this profile carry a number of their own", lasting=True)
SERVICE_DATA = decision("service data of this profile are on the screen", lasting=True)


@rule
def caller_is_known(firm, profile, seed):
    """The number he calls from is in the file, and the telephone system looks it up."""
    return profile.has_phone != 0 and able(seed, profile, BY_PHONE, firm.identify_by_phone)


@rule
def found_by_number(firm, profile, s, seed):
    """Record ``s`` is found from the number he calls from: it stands there, or in one that is
    linked to it."""
    for home in range(BY_MAIL, SILOS):
        if profile.has_phone & (1 << home) != 0 and reaches(firm, profile, home, s, seed):
            return True
    return False


@rule
def on_screen(firm, file, topic, about, category, page, day, seed):
    """The agent sees what this question is about: the order, or that goods of the ``category`` he
    asks about were looked at lately.

    ``page``: the device on which he has the page open that he calls from, else -1. A number shown
    on one visitor's page alone brings that visit to the screen, whoever calls [B32].
    """
    profile = file.profile
    if topic == ABOUT_PRODUCT and page >= 0 and page_is_traced(firm, profile, seed):
        if looked_at_kind(firm, file.mind.silos[page].live, category, day):
            return True
    if not caller_is_known(firm, profile, seed):
        return False
    if not able(seed, profile, SERVICE_DATA, firm.record_service):
        return False
    for s in range(SILOS):
        if found_by_number(firm, profile, s, seed):
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
def handling_minutes(firm, topic, sees, z):
    """Minutes an agent needs: by topic, lognormal (``z`` standard normal); longer where he must
    ask for what is not on the screen."""
    minutes = firm.handling_minutes[topic] * math.exp(firm.handling_spread * z)
    return minutes if sees == 1 else minutes + firm.lookup_minutes


@rule
def solves(firm, u):
    """An informed agent settles the matter; ``u`` uniform."""
    return u < firm.solves


@rule
def note_contact(firm, profile, case, seed):
    """The agent's note of the case, where he knows whose it is and the system keeps it."""
    if caller_is_known(firm, profile, seed) and able(
        seed, profile, SERVICE_DATA, firm.record_service
    ):
        profile.noted_case = case


@rule
def keep_case_open(firm, profile, solved, day, seed):
    """An unsolved case on file stays open for some days; a solved one is closed."""
    if caller_is_known(firm, profile, seed) and able(
        seed, profile, SERVICE_DATA, firm.record_service
    ):
        profile.open_case = day if solved else day + firm.case_open_days
