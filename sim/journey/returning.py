"""With the product in hand: keep it, send it back, or bring it back [B38, B39, P4].

A return happens when the loss from keeping exceeds the hassle of the cheapest return on offer
(structural returns: Anderson, Hansen and Simester 2009).
"""

from __future__ import annotations

import math

from sim.core.compiled import rule
from sim.core.draws import decision, exponential, normal, uniform
from sim.journey.buying import (
    desk_hassle_dkk,
    mail_return_hassle_dkk,
    money_share,
    store_return_hassle_dkk,
)

CARRIER = decision("days with the carrier")
BACK = decision("days back with the carrier")
REFUND = decision("days that a refund takes longer")
DROPS_OFF = decision("days until the return is on its way", lasting=True)
DEFECT = decision("item is defective")
SURVIVES = decision("need survives the return")

KEEP, MAIL_BACK, BRING_BACK = 0, 1, 2


@rule
def loss_in_hand_dkk(me, market, order):
    """What keeping it costs him against having his money back; below 0 it is worth keeping."""
    price = order.price_oere * 0.01
    discount = 1.0 - order.paid_oere / order.price_oere
    money = money_share(me, market, order.category, price, discount)
    return -price * (market.surplus + order.match + money)


@rule
def decide_to_return(me, market, order, terms, posts_anyway, goes_anyway, today):
    """KEEP, MAIL_BACK or BRING_BACK, from the loss in hand against the hassle of each way.

    What goes into a parcel that is posted anyway costs nothing more; what is brought along on a
    trip that is made anyway costs the minutes at the desk.
    """
    by_mail = 1e9
    if terms.return_by_mail == 1 and order.place < 2:
        by_mail = 0.0 if posts_anyway else mail_return_hassle_dkk(me, market, terms)
    in_store = 1e9
    if terms.stores == 1 and (terms.return_in_store == 1 or order.place == 2):
        in_store = desk_hassle_dkk(me, market, terms, today)
        if not goes_anyway:
            in_store = store_return_hassle_dkk(me, market, terms, today)
    if loss_in_hand_dkk(me, market, order) <= min(by_mail, in_store):
        return KEEP
    return MAIL_BACK if by_mail < in_store else BRING_BACK


@rule
def gives_back(me, order):
    """He owns it no more: an offer of another is no contradiction."""
    me.last_from_us[order.category] = -1


@rule
def carrier_days(me, market, number, decision_id, today):
    """Days a parcel is on its way: lognormal, whole days, at least 1."""
    z = normal(today.seed, me.id, decision_id, number, 0)
    return max(1, int(market.carrier_days * math.exp(market.carrier_spread * z) + 0.5))


@rule
def refund_days(me, market, number, today):
    """Days that the money takes beyond the parcel's way back, exponential; none in usual times."""
    return int(market.refund_days * exponential(today.seed, me.id, REFUND, number, 0))


@rule
def days_until_sent(me, market, number, today):
    """Days until he gets round to the return."""
    return 1 + int(market.drop_off_days * exponential(today.seed, me.id, DROPS_OFF, number, 0))


@rule
def is_defective(me, market, number, today):
    """The item does not work."""
    return uniform(today.seed, me.id, DEFECT, number, 0) < market.defect_share


@rule
def need_survives(me, market, number, today):
    """The need is still there after the return and may be met anywhere."""
    return uniform(today.seed, me.id, SURVIVES, number, 0) < market.survives_return
