"""What a person makes of it that what he likes best is sold out [B18]."""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision
from sim.journey.identity import agrees, net_of_being_known

WANTS_TO_HEAR = decision("asks to be told when it is back")


@rule
def refuses_another(market, missed, best):
    """What he misses is worth so much more to him than the best of what is there (logit) that he
    takes nothing."""
    return missed - best > market.sold_out_gap


@rule
def wants_to_be_told(me, market, known, about, when, today):
    """Asks to be told when it is back; who is not ``known`` there has to type who he is, as for a
    log-in, and is known by it then."""
    worth = market.told_dkk
    if not known:
        worth = net_of_being_known(me, worth, market.login_minutes)
    return agrees(me, market, worth, WANTS_TO_HEAR, about, when, today)
