"""What a caller brings to the customer centre [B31, P7]."""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision, uniform

HAS_DETAILS = decision("caller has the details at hand")


@rule
def has_details(me, market, about, when, today):
    """He has the order number, the receipt or the article's name at hand when asked."""
    return uniform(today.seed, me.id, HAS_DETAILS, about, when) < market.has_details
