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
def mail_return_hassle_dkk(me, market, terms):
    """Packing, posting, the fee and waiting for the money."""
    effort = market.packing_minutes * me.time_value + market.refund_wait_dkk
    return terms.mail_return_fee_dkk + effort * me.hassle


@rule
def store_return_hassle_dkk(me, market, terms, today):
    """The trip and the desk; a visit that he makes anyway costs no trip."""
    desk = (market.desk_minutes + today.desk_minutes) * me.time_value
    return terms.store_return_fee_dkk + trip_cost_dkk(me, market) + desk * me.hassle


@rule
def return_hassle_dkk(me, market, terms, today):
    """The cheapest way back on offer."""
    hassle = 1e6
    if terms.return_by_mail == 1:
        hassle = mail_return_hassle_dkk(me, market, terms)
    if terms.return_in_store == 1:
        hassle = min(hassle, store_return_hassle_dkk(me, market, terms, today))
    return hassle


@rule
def uncertainty(me, market, need, in_store):
    """Standard deviation of the true match around the expected one, share of price.

    Smaller with the product in hand, with expertise and after advice [S4, A33].
    """
    c = need.category
    tau = (market.tau_store if in_store else market.tau_web) * market.uncertainty[c]
    tau *= 1.0 - market.expertise_sharpens * me.expertise[c]
    return tau * (1.0 - market.advice_sharpens) if need.advised == 1 else tau


@rule
def weigh(me, market, need, row, item, tau, hassle, discount, today, choice):
    """Hold one item against the best so far: keeps the better one in ``cur.best_*``."""
    price = item.price_oere * 0.01 * (1.0 - discount)
    expected = item.quality + market.match_sd * normal(today.seed, me.id, LIKES, row, need.number)
    if item.style != need.style:
        expected -= market.style_mismatch
    worth = option_value(price, market.surplus + expected + discount, tau, hassle)
    scale = market.scale_fixed_dkk + market.scale_price * price
    if worth / scale > choice.best_value:
        choice.best_value = worth / scale
        choice.best_item = row
        choice.best_expected = expected
        choice.best_tau = tau


@rule
def readiness(me, market, need):
    """A need that is not yet clear holds the decision back; more so for shoppers [B24]."""
    weight = market.readiness_shopper if me.shopper == 1 else market.readiness_buyer
    return -weight * (1.0 - need.progress)


@rule
def home_cost_dkk(me, market, terms, price):
    """Delivery home: the fee below the free limit, and waiting."""
    fee = terms.delivery_fee_dkk if price < terms.free_delivery_from_dkk else 0.0
    return fee * me.price_sensitivity + market.promised_days * market.wait_dkk_day


@rule
def pickup_cost_dkk(me, market):
    """Pick-up in store: the trip, waiting, and his own taste for it."""
    return trip_cost_dkk(me, market) + market.shelf_days * market.wait_dkk_day - me.pickup_taste_dkk


@rule
def delivery_cost_dkk(me, market, terms, price):
    """Expected cost of the best way of delivery (logsum over those on offer)."""
    home = home_cost_dkk(me, market, terms, price)
    if terms.pickup_in_store == 0:
        return home
    gap = (home - pickup_cost_dkk(me, market)) / market.delivery_scale_dkk
    return home - market.delivery_scale_dkk * math.log(1.0 + math.exp(min(max(gap, -30.0), 30.0)))


@rule
def chooses_pickup(me, market, terms, price, number, today):
    """Home or pick-up: logit by Gumbel-max on the same costs."""
    if terms.pickup_in_store == 0:
        return False
    scale = market.delivery_scale_dkk
    home = -home_cost_dkk(me, market, terms, price) / scale
    home += gumbel(today.seed, me.id, HOME, number, 0)
    pick = -pickup_cost_dkk(me, market) / scale + gumbel(today.seed, me.id, PICKS_UP, number, 0)
    return pick > home


@rule
def fills_basket(me, market, need, delivery_dkk, price, today, choice):
    """Puts the best item found into the web basket."""
    scale = market.scale_fixed_dkk + market.scale_price * price
    utility = (
        choice.best_value
        - delivery_dkk / scale
        - market.outside_web
        + market.trust_buying * (me.trust - 0.5)
        + readiness(me, market, need)
    )
    u = uniform(today.seed, me.id, FILLS, need.number, need.attempts)
    return u < logistic(utility)


@rule
def checks_out(me, market, need, known, delivery_dkk, today):
    """Completes the order: typing, the small screen and the delivery cost hold back [P1]."""
    minutes = market.checkout_minutes_known if known == 1 else market.checkout_minutes
    cost = minutes * me.time_value + delivery_dkk
    utility = market.checkout_base - cost / market.checkout_scale_dkk
    utility += market.trust_buying * (me.trust - 0.5) + market.checkout_readiness * readiness(
        me, market, need
    )
    if me.device == 1:
        utility -= market.checkout_mobile
    u = uniform(today.seed, me.id, CHECKS_OUT, need.number, need.attempts)
    return u < logistic(utility)


@rule
def buys_in_store(me, market, need, today, choice):
    """Buys the best item found, here and now."""
    utility = choice.best_value - market.outside_store + market.trust_buying * (me.trust - 0.5)
    utility += readiness(me, market, need)
    u = uniform(today.seed, me.id, BUYS_IN_STORE, need.number, need.attempts)
    return u < logistic(utility)


@rule
def finds_it(me, market, need, in_store, today):
    """Searching the shop or the shelves leads to what the need asks for [B28]."""
    p = market.finds_in_store if in_store else market.finds_by_search
    p += (1.0 - p) * market.finds_expert * me.expertise[need.category]
    return uniform(today.seed, me.id, FINDS, need.number, need.attempts) < p


@rule
def true_match(me, market, order_number, expected, tau, today):
    """What shows with the product in hand: the expected match plus the error of the signal."""
    return expected + tau * normal(today.seed, me.id, TRUE_MATCH, order_number, 0)
