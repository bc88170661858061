"""Buying under uncertainty of fit, with the option of returning.

The expected match is a signal; the true match shows with the product in hand. What can be sent
back is worth at least minus the hassle of doing so, so an easier return sells more and returns
more (Anderson, Hansen and Simester 2009). Units: DKK; matches are shares of the price.
"""

from __future__ import annotations

import math

from sim.core.compiled import rule
from sim.core.draws import decision, gumbel, normal, uniform
from sim.core.records import FALLS_SHORT, IN_STORE, NO_FAULT, NOT_AS_SHOWN, STYLES, WRONG_SIZE
from sim.journey.club import delivery_fee_dkk, towards_next_dkk
from sim.journey.logit import logistic
from sim.journey.needs import main_number, shopper_in
from sim.journey.prices import cheaper_elsewhere, money_scale_dkk, worth_waiting
from sim.journey.risk import doubt_dkk, risk_ahead, risk_of_fit
from sim.journey.rival import sooner_elsewhere
from sim.journey.touchpoints import trip_cost_dkk

LIKES = decision("liking of an item", lasting=True)
FILLS = decision("in the mood to fill the basket", lasting=True)
CHECKS_OUT = decision("checks out")
BUYS_IN_STORE = decision("in the mood to buy in store", lasting=True)
HOME = decision("has it sent home")
PICKS_UP = decision("picks it up")
FINDS = decision("finds it by searching")
ITEM_MATCH = decision("true match of an article", lasting=True)
SIZE_MATCH = decision("true match of a size")
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
    """Packing, posting, the fee and waiting for the money, the longer the more."""
    effort = market.packing_minutes * me.time_value + market.refund_wait_dkk
    effort += market.refund_days * market.wait_dkk_day
    return terms.mail_return_fee_dkk + effort * me.hassle


@rule
def desk_hassle_dkk(me, market, terms, today):
    """Handing something back for who stands in the store anyway: the desk and the fee."""
    desk = (market.desk_minutes + today.desk_minutes) * me.time_value
    return terms.store_return_fee_dkk + desk * me.hassle


@rule
def store_return_hassle_dkk(me, market, terms, today):
    """The trip and the desk; a visit that he makes anyway costs no trip."""
    return trip_cost_dkk(me, market) + desk_hassle_dkk(me, market, terms, today)


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
def money_share(me, market, category, price, discount):
    """What money adds to an item's worth, share of its list price (DKK).

    A discount, and being cheaper or dearer than what is usual in the category, count as much as
    the person minds money; at the list price nothing is added for the average person.
    """
    minds = me.price_sensitivity
    usual = market.price_dkk[category]
    return minds * discount - (minds - 1.0) * (1.0 - usual / price)


@rule
def left_of_trying(me, market, need, row):
    """How unsure a look on the web leaves him of what he has tried on in a store: less than of a
    picture, as far as he remembers. Standard deviation, share of price [B44]."""
    unseen = uncertainty(me, market, need, False)
    if need.handled & tried_bit(row, need.category, market) == 0:
        return unseen
    in_hand = uncertainty(me, market, need, True)
    return unseen - market.trying_kept * (unseen - in_hand)


@rule
def tried_bit(row, category, market):
    """The bit that stands for an item among those of its category that were had in hand."""
    return 1 << (row - category * STYLES * market.items_per_style)


@rule
def item_luck(me, number, item, today):
    """How far this very article misses what one expects of it, for this need: standard normal."""
    return normal(today.seed, me.id, ITEM_MATCH, number, item.key)


@rule
def weigh(me, market, need, row, item, discount, today, choice):
    """Hold one item against the best so far: keeps the better one in ``choice.best_*``.

    ``choice.tau`` is how unsure a look leaves one here, ``choice.shortfall`` by how much the item
    is taken to fall short of its promise, ``choice.hassle_dkk`` the cheapest way back. Part of what
    is not known lies in the article, the rest is its size. What was had in hand and brought back
    hides nothing but a better size: buying it again is an exchange of size.
    """
    price = item.price_oere * 0.01
    expected = item.quality + market.match_sd * normal(
        today.seed, me.id, LIKES, item.key, need.number
    )
    if item.style != need.style:
        expected -= market.style_mismatch
    of_size = market.size_share[need.category]
    item_sd = choice.tau * math.sqrt(1.0 - of_size)
    size_sd = choice.tau * math.sqrt(of_size)
    short, short_sd = choice.shortfall, choice.shortfall_sd
    if need.tried & tried_bit(row, need.category, market) != 0:
        at_home = market.tau_web * market.uncertainty[need.category]
        misled = item.pictures * item_luck(me, need.number, item, today)
        expected += at_home * math.sqrt(1.0 - of_size) * misled
        item_sd = 0.0
        size_sd *= market.size_left
        short, short_sd = item.shortfall, 0.0
    expected -= short
    tau = math.sqrt(item_sd * item_sd + size_sd * size_sd + short_sd * short_sd)
    share = market.surplus + expected + money_share(me, market, item.category, price, discount)
    worth = option_value(price, share, tau, choice.hassle_dkk)
    worth /= money_scale_dkk(market, price * (1.0 - discount))
    if worth > choice.best_value:
        choice.best_value = worth
        choice.best_item = row
        choice.best_expected = expected
        choice.best_item_sd = item_sd
        choice.best_size_sd = size_sd
        choice.best_shortfall = short


@rule
def readiness(me, market, need):
    """A need that is not yet clear holds the decision back; more so for shoppers, the less they
    know of the category [B24]."""
    more = market.readiness_shopper - market.readiness_buyer
    weight = market.readiness_buyer + more * shopper_in(me, need.category)
    return -weight * (1.0 - need.progress)


@rule
def home_cost_dkk(me, market, terms, price):
    """Delivery home: the fee below the free limit, and waiting."""
    fee = delivery_fee_dkk(me, terms, price)
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
def fills_basket(me, market, terms, need, delivery_dkk, price, when, today, choice):
    """Puts the best item found into the web basket; he is in the mood to buy or not, for one thing
    as for what goes with it.

    ``delivery_dkk``: by how much it makes delivery dearer; below 0 where it makes it free.
    """
    cost = delivery_dkk + doubt_dkk(me, market.doubt_web, risk_of_fit(market), price)
    cost -= towards_next_dkk(me, market, terms, price)
    utility = (
        choice.best_value
        - cost / money_scale_dkk(market, price)
        - market.outside_web
        - cheaper_elsewhere(me, market, need.category, today)
        - sooner_elsewhere(market, need.category)
        - worth_waiting(me, market, need.category, today)
        + readiness(me, market, need)
    )
    u = uniform(today.seed, me.id, FILLS, main_number(need), when)
    return u < logistic(utility)


@rule
def checks_out(me, market, need, shown, delivery_dkk, price, when, today):
    """Completes the order: typing, the small screen, the delivery cost and paying ahead hold back
    [P1]; the page may save minutes over what is usual."""
    minutes = market.checkout_minutes_known if shown.known == 1 else market.checkout_minutes
    minutes = max(minutes - shown.minutes_saved, 0.0)
    cost = minutes * me.time_value + delivery_dkk
    cost += doubt_dkk(me, market.doubt_ahead, risk_ahead(market), price)
    utility = market.checkout_base - cost / market.checkout_scale_dkk
    utility += market.checkout_readiness * readiness(me, market, need)
    if me.device == 1:
        utility -= market.checkout_mobile
    u = uniform(today.seed, me.id, CHECKS_OUT, need.number, when)
    return u < logistic(utility)


@rule
def buys_in_store(me, market, terms, need, price, when, today, choice):
    """Buys the best item found, at this price, here and now."""
    cost = doubt_dkk(me, market.doubt_store, 1.0, price)
    cost -= towards_next_dkk(me, market, terms, price)
    utility = choice.best_value - market.outside_store - cost / money_scale_dkk(market, price)
    utility += readiness(me, market, need) - cheaper_elsewhere(me, market, need.category, today)
    utility -= worth_waiting(me, market, need.category, today)
    u = uniform(today.seed, me.id, BUYS_IN_STORE, main_number(need), when)
    return u < logistic(utility)


@rule
def finds_it(me, market, need, in_store, when, today):
    """Searching the shop or the shelves leads to what the need asks for [B28]."""
    p = market.finds_in_store if in_store else market.finds_by_search
    p += (1.0 - p) * market.finds_expert * me.expertise[need.category]
    return uniform(today.seed, me.id, FINDS, need.number, when) < p


@rule
def try_in_hand(me, order, item, choice, today):
    """What shows with the product in hand: ``order.match``, the expected match, by how much more or
    less than he reckoned with it falls short, the article's own error of it, and how this copy's
    size fits; shares of the price. ``order.fault``: which of them disappoints him most.

    Who has seen pictures alone is misled more by an article that is pictured badly.
    """
    misled = item.pictures if order.place < IN_STORE else 1.0
    size = choice.best_size_sd * item.sizes
    size *= normal(today.seed, me.id, SIZE_MATCH, order.number, 0)
    looks = choice.best_item_sd * misled * item_luck(me, order.need, item, today)
    short = choice.best_shortfall - item.shortfall
    order.match = choice.best_expected + short + looks + size
    order.fault = NO_FAULT
    if min(short, min(looks, size)) < 0.0:
        order.fault = WRONG_SIZE
        if looks <= size:
            order.fault = NOT_AS_SHOWN
        if short <= min(looks, size):
            order.fault = FALLS_SHORT
