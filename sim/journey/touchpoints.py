"""Choice of touchpoint: where a person goes when a need has his attention [B27, B56].

A multinomial logit by Gumbel-max: one keyed draw per alternative, so adding an alternative does
not reshuffle the others (Oberst and Sontag 2019). A media channel's draw is keyed by its name.
"""

from __future__ import annotations

import math

from sim.core.compiled import rule
from sim.core.draws import decision, gumbel, uniform
from sim.core.events import BY_PLACE, IN_APP
from sim.core.records import AT_COMPUTER, AT_PHONE, IS_NOT, IS_THERE, KEYS
from sim.journey.logit import logistic
from sim.journey.memory import pull
from sim.journey.prices import cheaper_elsewhere, cheaper_here
from sim.journey.rival import better_shown_elsewhere, sooner_elsewhere
from sim.journey.stores import store_worth, theirs_is_open_to, travel_dkk

# What can be chosen
WAIT, TO_COMPETITOR, TO_SHOP, TO_STORE, TO_CENTRE, TO_COMPETITORS_STORE, TO_MEDIA = range(
    7
)  # + place

CHOOSES_WAIT, CHOOSES_COMPETITOR, CHOOSES_SHOP, CHOOSES_STORE, CHOOSES_CENTRE = (
    decision(f"touchpoint {name}") for name in ("wait", "competitor", "web shop", "store", "centre")
)
CHOOSES_COMPETITORS_STORE = decision("touchpoint competitor's store")
CHOOSES_MEDIUM = decision("touchpoint a media channel")
LOOKS_FIRST = decision("looks on the web before going to the store")
ON_WEB = BY_PLACE[AT_COMPUTER] | BY_PLACE[AT_PHONE] | IN_APP  # bits of touchpoints
COMPETITOR_BUYS = decision("competitor makes the sale")
SWITCHES = decision("takes the other device")
RESERVES = decision("has the store keep one")


@rule
def trip_cost_dkk(me, market):
    """Cost of a trip to the nearest of our stores."""
    return travel_dkk(me, market, me.distance_km)


@rule
def store_habit(me, market):
    """How much rather he shops in stores than on the web, logit: what he is used to, whoever sells
    there (channel inertia, Verhoef, Neslin and Vroomen 2007)."""
    return market.channel_habit * (me.store_habit - 0.5)


@rule
def get_used_to(me, market, in_store):
    """A purchase, with us or elsewhere, makes the next one at the same kind of place more of a
    matter of course."""
    place = 1.0 if in_store else 0.0
    me.store_habit += market.channel_habit_rate * (place - me.store_habit)


@rule
def choose_touchpoint(me, market, need, terms, s, today):
    """Where this need takes him now: WAIT .. TO_COMPETITORS_STORE, or TO_MEDIA + place of the
    channel. The competitor sells in stores and on the web, as we do.

    ``s``: the store of ours that he would go to, NOWHERE if none is open to him.
    """
    if need.reserved == 1 and s >= 0:
        return TO_STORE
    seed, who = today.seed, me.id
    about, when = need.number, today.day
    ours = pull(me, market, need.progress, today.day)
    ours += cheaper_here(me, market, need.category, today)
    habit = store_habit(me, market)
    theirs = cheaper_elsewhere(me, market, need.category, today)
    best = WAIT
    top = market.wait_utility + gumbel(seed, who, CHOOSES_WAIT, about, when)

    other = market.competitor_utility + theirs + me.web_affinity - habit
    other += sooner_elsewhere(market, need.category)
    other += gumbel(seed, who, CHOOSES_COMPETITOR, about, when)
    if other > top:
        best, top = TO_COMPETITOR, other

    if theirs_is_open_to(me, market, today):
        other = market.competitor_store_utility + theirs + me.store_affinity + habit
        other -= travel_dkk(me, market, me.competitor_km) / market.trip_scale_dkk
        other += gumbel(seed, who, CHOOSES_COMPETITORS_STORE, about, when)
        if other > top:
            best, top = TO_COMPETITORS_STORE, other

    for c in range(market.n_channels):
        channel = market.channels[c]
        if channel.social == 0 and channel.searched == 0:
            continue
        there = channel.utility_shopper if me.shopper == 1 else channel.utility_buyer
        there += me.social_affinity[c] - channel.early * need.progress
        there += math.log(channel.time_here)  # as in Luce's choice: so many more moments there
        there += gumbel(seed, who, CHOOSES_MEDIUM, about, when * KEYS + channel.key)
        if there > top:
            best, top = TO_MEDIA + c, there

    shop = market.direct_utility + ours + me.web_affinity - habit
    if need.place == 0 or need.place == 1:
        shop += market.inertia
    shop += gumbel(seed, who, CHOOSES_SHOP, about, when)
    if shop > top:
        best, top = TO_SHOP, shop

    if s >= 0:
        store = market.store_utility + ours + me.store_affinity + habit
        store += store_worth(me, market, s, today)
        if need.stock == IS_THERE:
            store += market.stock_worth * (1.0 - terms.store_carries)
        elif need.stock == IS_NOT:
            store -= market.stock_worth * terms.store_carries
        if need.place == 2:
            store += market.inertia
        store += gumbel(seed, who, CHOOSES_STORE, about, when)
        if store > top:
            best, top = TO_STORE, store

    if me.case_topic < 0 and need.advised == 0:
        novice = market.centre_novice
        centre = market.centre_utility + ours + novice - novice * me.expertise[need.category]
        if me.case_way != me.prefers:
            centre -= market.centre_other_way
        centre += gumbel(seed, who, CHOOSES_CENTRE, about, when)
        if centre > top:
            best = TO_CENTRE
    return best


@rule
def looks_first(me, market, need, today):
    """Before he goes to the store for something he looks at it on the web: what there is, what it
    costs, whether the store has it [C9]. Once a need, found or not."""
    if need.touched & ON_WEB != 0:
        return False
    return uniform(today.seed, me.id, LOOKS_FIRST, need.number, today.day) < market.looks_first


@rule
def competitor_sells(me, market, need, in_store, when, today):
    """The competitor meets the need on this visit (``when``): the oftener the better his page shows
    what is wanted, the cheaper he is and the sooner it comes."""
    p = market.competitor_buys_shopper if me.shopper == 1 else market.competitor_buys_buyer
    pulls = cheaper_elsewhere(me, market, need.category, today)
    if not in_store:
        p = min(p * better_shown_elsewhere(market), 1.0)
        pulls += sooner_elsewhere(market, need.category)
    odds = p * math.exp(pulls)
    u = uniform(today.seed, me.id, COMPETITOR_BUYS, need.number, when)
    return u * (1.0 - p + odds) < odds


@rule
def reserves(me, market, need, when, today):
    """Has the store keep one, to see it before he buys: who likes stores and has one near [B49]."""
    utility = market.reserve_utility + me.store_affinity - me.web_affinity
    utility -= trip_cost_dkk(me, market) / market.trip_scale_dkk
    return uniform(today.seed, me.id, RESERVES, need.number, when) < logistic(utility)


@rule
def device_for(me, market, about, when, today):
    """The device in hand: the last one, sometimes the other (inertia)."""
    if uniform(today.seed, me.id, SWITCHES, about, when) < market.device_switch:
        me.device = 1 - me.device
    return me.device
