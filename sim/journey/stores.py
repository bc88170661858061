"""Which of our stores somebody goes to, when he is there, and what he says of it [B36, B40].

A store is worth what the way there costs, and how well he expects to be served: by what others say
of it, and by what he has met there. Where we have one store there is nothing to expect of it that
another would not give him.
"""

from __future__ import annotations

import math

from sim.core.compiled import rule
from sim.core.draws import decision, normal, uniform
from sim.journey.logit import logistic

FREE_ALL_DAY = decision("trait: can go to stores all day")
FREE_FROM = decision("trait: can go to stores from this minute on")
COMES_AT = decision("minute of a visit to a store")
RATES = decision("rates a store after a visit")

NOWHERE = -1  # none of our stores is open to him
OF_A_STAR = 50.0  # what he has met in stores is kept in parts of a star
FRIDAY = 4  # day of the week


@rule
def free_from(market, who, seed):
    """Minute of a weekday from which he can go to stores, 0 all day: a trait."""
    if uniform(seed, who, FREE_ALL_DAY, 0, 0) < market.free_all_day:
        return 0
    z = normal(seed, who, FREE_FROM, 0, 0)
    return int(min(max(market.free_from_minute + market.free_from_spread * z, 0.0), 1439.0))


@rule
def travel_dkk(me, market, distance_km):
    """Cost of a trip over this distance, there and back, less the share of trips made anyway."""
    minutes = 2.0 * distance_km * market.trip_minutes_km
    return minutes * me.time_value * (1.0 - market.trip_chained)


@rule
def way_km(me, s):
    """To store ``s``."""
    return me.distance_km if s == me.nearest else me.store_dam[s] * 0.01


@rule
def there_at(me, market, distance_km, today):
    """The earliest minute at which he is at a store so far away: at weekends any."""
    if me.free_minute == 0 or today.day % 7 > FRIDAY:
        return 0
    return int(me.free_minute + distance_km * market.trip_minutes_km)


@rule
def is_open_to(me, market, s, until, today):
    """He can be at store ``s`` today before it closes, or before ``until`` where he can let himself
    in after that; 0 where he cannot."""
    shop = today.shops[s]
    ends = max(shop.closes, until)
    return today.stores_open == 1 and there_at(me, market, way_km(me, s), today) < ends


@rule
def theirs_is_open_to(me, market, today):
    """He can be at the competitor's store before it closes."""
    there = there_at(me, market, me.competitor_km, today)
    return today.stores_open == 1 and there < market.competitor_closing_minute


@rule
def promised_stars(me, market, s, today):
    """By how many stars he expects to be served better in store ``s`` than in stores of ours at
    large: hearsay, and what he has met there."""
    if today.n_shops < 2:
        return 0.0
    stars = today.shops[s].praise
    if me.store_met[s] > 0:
        met = me.store_met[s] / OF_A_STAR - today.stars
        stars += market.own_visits_weight * (met - stars)
    return stars


@rule
def store_worth(me, market, s, today):
    """What store ``s`` is worth to him against one at his door that is as good as the others,
    logit."""
    way = travel_dkk(me, market, way_km(me, s)) / market.trip_scale_dkk
    return market.store_star_worth * promised_stars(me, market, s, today) - way


@rule
def best_store(me, market, until, today):
    """The store that is worth most to him of those that he can be at today, NOWHERE if there is
    none; ``until``: see :func:`is_open_to`."""
    best, top = NOWHERE, 0.0
    for s in range(today.n_shops):
        if is_open_to(me, market, s, until, today):
            worth = store_worth(me, market, s, today)
            if best == NOWHERE or worth > top:
                best, top = s, worth
    return best


@rule
def comes_at(me, s, first, until, reason, today):
    """The minute at which he comes: any between the ``first`` at which he can and closing time."""
    shop = today.shops[s]
    begins = max(shop.opens, first)
    ends = max(shop.closes, until)
    u = uniform(today.seed, me.id, COMES_AT, reason, today.day)
    return int(begins + (ends - begins) * u)


@rule
def service_met(market, choice):
    """How a visit was, in stars and parts of them: advice, what was not found or was left, and the
    wait at the till."""
    stars = market.rating_usual - market.rating_minute * choice.till_minutes
    if choice.advised == 1:
        stars += market.rating_advice
    if choice.went_without == 1:
        stars -= market.rating_without
    return min(max(stars, 1.0), 5.0)


@rule
def remember_store(me, market, s, met):
    """What he expects of the store moves towards what he has just met there."""
    kept = me.store_met[s] / OF_A_STAR
    if kept > 0.0:
        met = kept + market.learning_rate * (met - kept)
    me.store_met[s] = int(met * OF_A_STAR + 0.5)


@rule
def rates_store(me, market, met, when, today):
    """Gives the store stars: the more readily the further the visit was from the usual [B33]."""
    surprise = abs(met - market.rating_usual)
    utility = market.rates_base + market.rates_surprise * surprise
    return uniform(today.seed, me.id, RATES, 0, when) < logistic(utility)


@rule
def stars_for(met):
    """One to five whole stars."""
    return min(max(math.floor(met + 0.5), 1.0), 5.0)
