"""Consent as a choice: to be addressed by what is known of him, and to stop it [B7, C6]."""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.journey.identity import agrees
from sim.journey.logit import logistic

PROFILED = decision("lets himself be profiled")
ALL_OR_NOTHING = decision("takes nothing where it is all or nothing")
TAKES_BACK = decision("takes his consent back")


@rule
def minds_being_profiled(me, market, about, when, today):
    """What personal offers are worth to him is less than his privacy (a privacy calculus, see
    :mod:`sim.journey.identity`)."""
    worth = market.personal_dkk - me.privacy_dkk
    return not agrees(me, market, worth, PROFILED, about, when, today)


@rule
def refuses_all_or_nothing(me, market, about, when, today):
    """Who minds being profiled and can only take all takes nothing."""
    u = uniform(today.seed, me.id, ALL_OR_NOTHING, about, when)
    return u < market.refuses_all_or_nothing


@rule
def takes_consent_back(me, market, about, when, today):
    """His data were used badly: the less he trusts us, the sooner he stops it."""
    utility = market.takes_back - market.takes_back_trust * (me.trust - 0.5)
    return uniform(today.seed, me.id, TAKES_BACK, about, when) < logistic(utility)
