"""What stands behind the competitor's pull: how well he shows what is wanted, and how soon it
comes [B56]. His prices are in :mod:`sim.journey.prices`.

Nobody is told how mature he is. Who finds there what he wants buys it, and comes to us less as a
matter of course next time.
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.journey.prices import money_scale_dkk


@rule
def sooner_elsewhere(market, category):
    """What the competitor's delivery adds to the pull of his web shop, logit: 0 where it takes as
    long as usual. The days saved, as dear as waiting for a parcel of ours, on the scale on which
    money decides."""
    saved = (market.their_days_usual - market.their_days) * market.wait_dkk_day
    return saved / money_scale_dkk(market, market.price_dkk[category])


@rule
def stands_before_it(market, shows):
    """Share of visits to a web shop on which he gets to see what he wants: it is shown, or found by
    searching."""
    return shows + (1.0 - shows) * market.finds_by_search


@rule
def better_shown_elsewhere(market):
    """How much oftener than usual he gets to see what he wants in the competitor's web shop,
    multiple."""
    usual = stands_before_it(market, market.their_shows_usual)
    return stands_before_it(market, market.their_shows) / usual if usual > 0.0 else 1.0
