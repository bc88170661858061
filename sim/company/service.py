"""What an agent has on the screen when a customer calls, and what follows from it [B8, B31, B32].

Information is there or it is not: who calls must be recognised, and what he calls about must be
on file. What is missing has to be asked for, which takes minutes, and the caller may not know.
"""

from __future__ import annotations

import math

from sim.company.knowledge import able
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.events import ABOUT_PRODUCT
from sim.core.records import SILOS

BY_PHONE = decision("caller is recognised", lasting=True)
SERVICE_DATA = decision("service data of this profile are on the screen", lasting=True)


@rule
def caller_is_known(firm, profile, seed):
    """The number he calls from is in the file, and the telephone system looks it up."""
    return profile.phone_known == 1 and able(seed, profile, BY_PHONE, firm.identify_by_phone)


@rule
def on_screen(firm, file, topic, about, day, seed):
    """The agent sees what this question is about: the order, or what was looked at lately."""
    if not caller_is_known(firm, file.profile, seed):
        return False
    if not able(seed, file.profile, SERVICE_DATA, firm.record_service):
        return False
    if topic != ABOUT_PRODUCT:
        return file.mind.filed_order == about
    for s in range(SILOS):
        facts = file.mind.silos[s].live
        if facts.view_cell >= 0 and day - facts.view_day <= firm.interest_days:
            return True
    return False


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
