"""Acts for another department: who gains by one carries it out [B46, B48, B49; A27].

Who has to act weighs what the act brings the own department's figures against the minutes it takes.
What it brings hangs on the bonus scheme. Who was not told of a common target goes by the channel's
own figures, whatever the scheme; whom a target that was agreed on asks for it does it.
"""

from __future__ import annotations

import math

from sim.core.compiled import rule
from sim.core.draws import decision, normal, uniform

TOLD = decision("who is to act was told of the common targets", lasting=True)
BUSY = decision("minutes of an act for another department", lasting=True)

DONE, SLOWED, DECLINED = 0, 1, 2


@rule
def was_told(firm, profile, act, when, seed):
    """Who has to act knows the common targets and is measured by them."""
    return uniform(seed, profile.number, TOLD, act, when) < firm.shared_targets


@rule
def act_minutes(firm, profile, act, when, seed):
    """What the act takes just then: longer for who is not trained, and where it is busy."""
    z = normal(seed, profile.number, BUSY, act, when)
    return firm.act_minutes[act] * firm.act_slowness * math.exp(firm.act_spread * z)


@rule
def brings_dkk(firm, act, stake_dkk, told):
    """What the act brings to the figures of who has to do it."""
    if told:
        return firm.common_dkk[act] + firm.common_share[act] * stake_dkk
    return firm.own_dkk[act] + firm.own_share[act] * stake_dkk


@rule
def carries_out(firm, profile, act, stake_dkk, when, seed):
    """DONE, DECLINED, or SLOWED where it would cost the department less than a refusal does.

    ``stake_dkk``: the price of what it is about.
    """
    told = was_told(firm, profile, act, when, seed)
    if told and firm.agreed[act] == 1:
        return DONE
    minutes = act_minutes(firm, profile, act, when, seed)
    gain = brings_dkk(firm, act, stake_dkk, told) - minutes * firm.minute_dkk
    if gain > 0.0:
        return DONE
    return SLOWED if gain > -firm.refuses_from_dkk else DECLINED
