"""What an agent sees when a customer calls, and what follows from it [B8, B31, B32]."""

from __future__ import annotations

import math

from sim.company.knowledge import able
from sim.core.compiled import rule
from sim.core.draws import decision, normal, uniform

BY_PHONE = decision("caller is recognised")
SERVICE_DATA = decision("service data of this profile are on the screen")
HANDLING = decision("handling time")
SOLVES = decision("agent solves it")


@rule
def agent_sees(firm, profile, seed):
    """The agent has the customer's order and earlier contacts on the screen."""
    return able(seed, profile, BY_PHONE, firm.identify_by_phone) and able(
        seed, profile, SERVICE_DATA, firm.record_service
    )


@rule
def handling_minutes(firm, profile, topic, about, tries, sees, seed):
    """Minutes an agent needs: by topic, lognormal; longer where he must ask for what is known."""
    z = normal(seed, profile.number, HANDLING, about, tries)
    minutes = firm.handling_minutes[topic] * math.exp(firm.handling_spread * z)
    return minutes if sees else minutes + firm.lookup_minutes


@rule
def solves(firm, profile, about, tries, sees, seed):
    """The contact settles the matter."""
    p = firm.solves_seeing if sees else firm.solves_blind
    return uniform(seed, profile.number, SOLVES, about, tries) < p
