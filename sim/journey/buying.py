"""Buying under uncertainty of fit, with the option of returning.

The expected match is a signal; the true match shows with the product in hand. What can be sent
back is worth at least minus the hassle of doing so, so an easier return sells more and returns
more (Anderson, Hansen and Simester 2009). Units: DKK; matches are shares of the price.
"""

from __future__ import annotations

import math

from sim.core.compiled import rule
from sim.core.draws import decision, gumbel, normal, uniform
from sim.journey.touchpoints import logistic, trip_cost_dkk

LIKES = decision("liking of an item")
FILLS = decision("fills the basket")
CHECKS_OUT = decision("checks out")
BUYS_IN_STORE = decision("buys in store")
HOME = decision("has it sent home")
PICKS_UP = decision("picks it up")
FINDS = decision("finds it by searching")
TRUE_MATCH = decision("true match")
INSPECTS = decision("inspects at pick-up")


@rule
def option_value(price, expected, tau, hassle):
    """E max(price (surplus + match), -hassle): what a purchase with a way back is worth, DKK.

    ``expected``: mean of the value, share of price; ``tau``: its standard deviation.
    """
    spread = price * tau
    if spread < 1e-9:
        return max(price * expected, -hassle)
    mean = price * expected
    z = (mean + hassle) / spread
    above = 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))
    density = math.exp(-0.5 * min(z * z, 1400.0)) / math.sqrt(2.0 * math.pi)
    return -hassle + (mean + hassle) * above + spread * density


@rule
def mail_return_hassle_dkk(me, mk, terms):
    """Packing, posting, the fee and waiting for the money."""
    effort = mk.packing_minutes * me.time_value + mk.refund_wait_dkk
    return terms.mail_return_fee_dkk + effort * me.hassle


@rule
def store_return_hassle_dkk(me, mk, terms, today):
    """The trip and the desk; a visit that he makes anyway costs no trip."""
    desk = (mk.desk_minutes + today.desk_minutes) * me.time_value
    return terms.store_return_fee_dkk + trip_cost_dkk(me, mk) + desk * me.hassle


@rule
def return_hassle_dkk(me, mk, terms, today):
    """The cheapest way back on offer."""
    hassle = 1e6
    if terms.return_by_mail == 1:
        hassle = mail_return_hassle_dkk(me, mk, terms)
    if terms.return_in_store == 1:
        hassle = min(hassle, store_return_hassle_dkk(me, mk, terms, today))
    return hassle


@rule
def uncertainty(me, mk, need, in_store):
    """Standard deviation of the true match around the expected one, share of price.

    Smaller with the product in hand, with expertise and after advice [S4, A33].
    """
    c = need.category
    tau = (mk.tau_store if in_store else mk.tau_web) * mk.uncertainty[c]
    tau *= 1.0 - mk.expertise_sharpens * me.expertise[c]
    return tau * (1.0 - mk.advice_sharpens) if need.advised == 1 else tau


@rule
def weigh(me, mk, need, row, item, tau, hassle, discount, today, cur):
    """Hold one item against the best so far: keeps the better one in ``cur.best_*``."""
    price = item.price_oere * 0.01 * (1.0 - discount)
    expected = item.quality + mk.match_sd * normal(today.seed, me.id, LIKES, row, need.number)
    if item.style != need.style:
        expected -= mk.style_mismatch
    worth = option_value(price, mk.surplus + expected + discount, tau, hassle)
    scale = mk.scale_fixed_dkk + mk.scale_price * price
    if worth / scale > cur.best_value:
        cur.best_value = worth / scale
        cur.best_item = row
        cur.best_expected = expected
        cur.best_tau = tau


@rule
def readiness(me, mk, need):
    """A need that is not yet clear holds the decision back; more so for shoppers [B24]."""
    weight = mk.readiness_shopper if me.shopper == 1 else mk.readiness_buyer
    return -weight * (1.0 - need.progress)


@rule
def home_cost_dkk(me, mk, terms, price):
    """Delivery home: the fee below the free limit, and waiting."""
    fee = terms.delivery_fee_dkk if price < terms.free_delivery_from_dkk else 0.0
    return fee * me.price_sensitivity + mk.promised_days * mk.wait_dkk_day


@rule
def pickup_cost_dkk(me, mk):
    """Pick-up in store: the trip, waiting, and his own taste for it."""
    return trip_cost_dkk(me, mk) + mk.shelf_days * mk.wait_dkk_day - me.pickup_taste_dkk


@rule
def delivery_cost_dkk(me, mk, terms, price):
    """Expected cost of the best way of delivery (logsum over those on offer)."""
    home = home_cost_dkk(me, mk, terms, price)
    if terms.pickup_in_store == 0:
        return home
    gap = (home - pickup_cost_dkk(me, mk)) / mk.delivery_scale_dkk
    return home - mk.delivery_scale_dkk * math.log(1.0 + math.exp(min(max(gap, -30.0), 30.0)))


@rule
def chooses_pickup(me, mk, terms, price, number, today):
    """Home or pick-up: logit by Gumbel-max on the same costs."""
    if terms.pickup_in_store == 0:
        return False
    scale = mk.delivery_scale_dkk
    home = -home_cost_dkk(me, mk, terms, price) / scale
    home += gumbel(today.seed, me.id, HOME, number, 0)
    pick = -pickup_cost_dkk(me, mk) / scale + gumbel(today.seed, me.id, PICKS_UP, number, 0)
    return pick > home


@rule
def fills_basket(me, mk, need, delivery_dkk, price, today, cur):
    """Puts the best item found into the web basket."""
    scale = mk.scale_fixed_dkk + mk.scale_price * price
    utility = (
        cur.best_value
        - delivery_dkk / scale
        - mk.outside_web
        + mk.trust_buying * (me.trust - 0.5)
        + readiness(me, mk, need)
    )
    u = uniform(today.seed, me.id, FILLS, need.number, need.attempts)
    return u < logistic(utility)


@rule
def checks_out(me, mk, need, known, delivery_dkk, today):
    """Completes the order: typing, the small screen and the delivery cost hold back [P1]."""
    minutes = mk.checkout_minutes_known if known == 1 else mk.checkout_minutes
    cost = minutes * me.time_value + delivery_dkk
    utility = mk.checkout_base - cost / mk.checkout_scale_dkk
    utility += mk.trust_buying * (me.trust - 0.5) + mk.checkout_readiness * readiness(me, mk, need)
    if me.device == 1:
        utility -= mk.checkout_mobile
    u = uniform(today.seed, me.id, CHECKS_OUT, need.number, need.attempts)
    return u < logistic(utility)


@rule
def buys_in_store(me, mk, need, today, cur):
    """Buys the best item found, here and now."""
    utility = cur.best_value - mk.outside_store + mk.trust_buying * (me.trust - 0.5)
    utility += readiness(me, mk, need)
    u = uniform(today.seed, me.id, BUYS_IN_STORE, need.number, need.attempts)
    return u < logistic(utility)


@rule
def finds_it(me, mk, need, in_store, today):
    """Searching the shop or the shelves leads to what the need asks for [B28]."""
    p = mk.finds_in_store if in_store else mk.finds_by_search
    p += (1.0 - p) * mk.finds_expert * me.expertise[need.category]
    return uniform(today.seed, me.id, FINDS, need.number, need.attempts) < p


@rule
def true_match(me, mk, order_number, expected, tau, today):
    """What shows with the product in hand: the expected match plus the error of the signal."""
    return expected + tau * normal(today.seed, me.id, TRUE_MATCH, order_number, 0)
