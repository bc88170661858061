"""Needs: how they arise, sleep, wake, wait for attention and die.

Needs of a category arise as a Poisson process whose rate differs between people (Gamma), so that
counts are negative binomial (NBD, Ehrenberg 1959), with a season and a pause after a purchase.
The clock runs on cumulated season, so a customer is not touched between two needs.
"""

from __future__ import annotations

import math

from sim.core.compiled import as_double, passage, rule
from sim.core.draws import decision, exponential, uniform
from sim.core.events import EARLY, NEED_ACTIVE, NEED_DIED, NEED_LATENT, NEED_WOKEN, NONE
from sim.core.log import note_need
from sim.core.records import ACTIVE, FREE, LATENT, NEEDS, NEVER, STYLES

ARISES = decision("a need arises after")
SLEEPS = decision("a need starts latent", lasting=True)
STYLE = decision("style of a need")
LIFE = decision("life of a need")
ATTENTION = decision("days to the next attention")
WAKES = decision("something wakes a need")
COMPLEMENT = decision("a purchase sets off another need")
COMPLEMENT_DELAY = decision("days until the other need")
FURTHER = decision("how many further things are wanted with it")
REMINDS = decision("a mail reminds of a need")

CODES = 256  # a category's code is below this; it names the category in keys, wherever it stands
EXTRA = 1 << 22  # added to a need's number to name the need that its purchase set off
MORE = 1 << 24  # and, times 1, 2, ..., to name the further things that are wanted with it
MOST_FURTHER = 3


@rule
def number_of(market, category, count):
    """Names a need by its category's code and how many of that category came before."""
    return count * CODES + market.category_code[category]


@rule
def season_day(season, category, at, start):
    """First day from ``start`` on whose cumulated season reaches ``at``; NEVER past the table."""
    row = season[category]
    last = len(row) - 2
    if row[last + 1] < at:
        return NEVER
    low, high = start, last
    while low < high:
        middle = (low + high) // 2
        if row[middle + 1] >= at:
            high = middle
        else:
            low = middle + 1
    return low


@rule
def plan_next_need(me, market, season, today):
    """Set ``next_need_day`` from the clocks of all categories."""
    first = me.extra_need_day
    for c in range(market.n_categories):
        first = min(first, season_day(season, c, me.need_at[c], today.day))
    me.next_need_day = first


@rule
def style_of(me, market, category, u):
    """The style a need of ``category`` asks for: drawn from the person's taste and the fashion."""
    base = category * STYLES
    first = as_double(me.taste[base]) * market.in_fashion[base]
    second = as_double(me.taste[base + 1]) * market.in_fashion[base + 1]
    total = first + second + as_double(me.taste[base + 2]) * market.in_fashion[base + 2]
    if u * total < first:
        return 0
    return 1 if u * total < first + second else 2


@rule
def shopper_in(me, category):
    """How much of a shopper he is in this category, 0-1: who knows all of it is none [B24, S4]."""
    return me.shopper * (1.0 - me.expertise[category])


@rule
def saturation(me, market, category, day):
    """How far the wish for a category is used up by the last purchase: 1 to 0, halving."""
    if me.last_bought[category] < 0:
        return 0.0
    age = day - me.last_bought[category]
    return 0.5 ** (age / market.saturation_half_life_days)


@rule
def free_need(me):
    """The first free place for a need, else -1."""
    for j in range(me.needs_open):
        if me.needs[j].state == FREE:
            return j
    return me.needs_open if me.needs_open < NEEDS else -1


@rule
def open_need(me, market, category, number, latent, why, today, tape):
    """Give a new need the first free place; count it as lost where there is none."""
    j = free_need(me)
    if j < 0:
        tape.buffers.lost_needs += 1
        return
    me.needs_open = max(me.needs_open, j + 1)
    need = me.needs[j]
    need.number = number
    need.category = category
    need.style = style_of(me, market, category, uniform(today.seed, me.id, STYLE, number, 0))
    life = market.latent_life_days if latent else market.active_life_days
    drawn = exponential(today.seed, me.id, LIFE, number, 0)
    need.dies = today.day + 1 + int(life * drawn)
    need.progress = 0.0
    need.place = -1
    need.advised = 0
    need.basket_item = -1
    need.basket_place = -1
    need.repeats = 0
    need.lost = 0
    need.touched = 0
    need.told = 0
    need.stock = 0
    need.reserved = 0
    need.purchases = 0
    need.tried = 0
    need.handled = 0
    need.cart_oere = 0
    need.further = further_things(me, number, today)
    if latent:
        need.state = LATENT
        need.next_day = NEVER
        note_need(tape, today, me, need, NEED_LATENT, NONE, -1, 0.0)
    else:
        need.state = ACTIVE
        need.next_day = today.day
        note_need(tape, today, me, need, NEED_ACTIVE, NONE, -1, why)


@rule
def main_number(need):
    """Number of the need that this one goes with, or its own."""
    return need.number % MORE


@rule
def further_things(me, number, today):
    """How many things beside the first a need asks for: Poisson around the person's mean.

    Some people buy for one, others for a family: so big customers are big (C4: Gamma-Gamma).
    """
    if number >= MORE:
        return 0
    u = uniform(today.seed, me.id, FURTHER, number, 0)
    p = math.exp(-me.further_things)
    below, k = p, 0
    while u >= below and k < MOST_FURTHER:
        k += 1
        p *= me.further_things / k
        below += p
    return k


@rule
def want_the_rest(me, market, need, today, tape):
    """The first thing has been found: the others that go with it are wanted now, each a need of its
    own from here on. What was said, seen and learned is known of them too, and the journey has
    been as coherent for them."""
    for k in range(1, need.further + 1):
        if free_need(me) < 0:
            tape.buffers.lost_needs += need.further + 1 - k
            break
        other = me.needs[free_need(me)]
        open_need(me, market, need.category, need.number + k * MORE, False, 0.0, today, tape)
        other.progress = need.progress
        other.place = need.place
        other.told = need.told
        other.touched = need.touched
        other.repeats = need.repeats
        other.lost = need.lost
        other.advised = need.advised
    need.further = 0


@rule
def close_need(me, need):
    """The need's place is free again."""
    need.state = FREE
    while me.needs_open > 0 and me.needs[me.needs_open - 1].state == FREE:
        me.needs_open -= 1


@rule
def latent_share(me, market):
    """Of his needs that sleep until something wakes them."""
    return market.latent_share_shopper if me.shopper == 1 else market.latent_share_buyer


@rule
def wind_up(me, category, number, today):
    """Need ``number`` has come: the category's clock is set for the next."""
    me.need_count[category] += 1
    drawn = exponential(today.seed, me.id, ARISES, number, 1)
    me.need_at[category] += drawn * me.need_gap[category]


@rule
def bring_forward(me, market, category, days, season, today, tape):
    """What he would need of a category within so many days he wants now. It is the next need, not
    one more: the clock goes on from when it would have come."""
    row = season[category]
    last = min(today.day + 1 + int(days), len(row) - 1)
    if not row[today.day + 1] < me.need_at[category] <= row[last] or free_need(me) < 0:
        return
    number = number_of(market, category, me.need_count[category])
    if uniform(today.seed, me.id, SLEEPS, number, 0) < latent_share(me, market):
        return  # nobody misses yet what he will only find out about
    wind_up(me, category, number, today)
    open_need(me, market, category, number, False, float(EARLY), today, tape)
    plan_next_need(me, market, season, today)


@passage
def let_needs_arise(me, market, season, today, tape):
    """All needs whose clock has run out by today [B24]; then look ahead to the next.

    Who has as many open wishes as he has places comes upon the next when a place is free.
    """
    share = latent_share(me, market)
    for c in range(market.n_categories):
        while me.need_at[c] <= season[c][today.day + 1] and free_need(me) >= 0:
            number = number_of(market, c, me.need_count[c])
            latent = uniform(today.seed, me.id, SLEEPS, number, 0) < share
            wind_up(me, c, number, today)
            open_need(me, market, c, number, latent, 0.0, today, tape)
    if me.extra_need_day <= today.day and free_need(me) >= 0:
        open_need(me, market, me.extra_need_category, me.extra_need_number, False, 0.0, today, tape)
        me.extra_need_day = NEVER
    plan_next_need(me, market, season, today)


@rule
def after_purchase(me, market, season, need, today):
    """A purchase pauses its category's clock, several on one day no longer than one; the need's
    first may set off another need [B18]."""
    c = need.category
    if me.last_bought[c] != today.day:
        put_back(me, season, c, market.cooling_off_days[c], today)
    me.last_bought[c] = today.day
    other = market.complement[c]
    first = need.purchases == 0 and need.number < EXTRA
    if other >= 0 and first and me.extra_need_day == NEVER:
        if uniform(today.seed, me.id, COMPLEMENT, need.number, 0) < market.complement_share[c]:
            drawn = exponential(today.seed, me.id, COMPLEMENT_DELAY, need.number, 0)
            me.extra_need_day = (
                today.day
                + int(market.complement_least_days)
                + int(market.complement_delay_days * drawn)
            )
            me.extra_need_category = other
            me.extra_need_number = need.number + EXTRA
    plan_next_need(me, market, season, today)


@rule
def lasts_longer(me, market, season, category, today):
    """What he has of this category lasts some days longer, and the next need of it waits [B19]."""
    put_back(me, season, category, int(market.care_days), today)
    plan_next_need(me, market, season, today)


@rule
def comes_up(need, days, today):
    """On a visit, whatever brought him, an active need comes to mind that is due within so many
    days."""
    return need.state == ACTIVE and need.next_day <= today.day + days


@rule
def wants_something(me):
    """He is aware of a need."""
    for j in range(me.needs_open):
        if me.needs[j].state == ACTIVE:
            return True
    return False


@rule
def put_off(need, gap_days, today):
    """What came up and was not settled is looked into again after a while."""
    if need.state == ACTIVE and need.next_day <= today.day:
        need.next_day = today.day + 1 + int(gap_days)


@rule
def put_all_off(me, gap_days, today):
    """He has had enough and left: whatever he had in mind waits."""
    for k in range(me.needs_open):
        put_off(me.needs[k], gap_days, today)


@rule
def remind(me, need, share, when, today):
    """What a mail shows brings a wish back to mind that it fits; he goes by himself, wherever he
    would [C2: most of what a mail sells, it sells without a click]. Whether it does."""
    if need.next_day <= today.day + 1:
        return False
    if uniform(today.seed, me.id, REMINDS, need.number, when) >= share:
        return False
    need.next_day = today.day + 1
    return True


@rule
def wait_for_attention(me, market, need, today):
    """The need is on his mind again after an exponential number of days."""
    drawn = exponential(today.seed, me.id, ATTENTION, need.number, today.day)
    need.next_day = today.day + 1 + int(market.attention_gap_days * drawn)


@rule
def wake(me, market, need, probability, when, today, channel, tape):
    """What was seen (at ``when``) may turn a latent need into a real one [B23, B27]."""
    if uniform(today.seed, me.id, WAKES, need.number, when) >= probability:
        return False
    need.state = ACTIVE
    left = exponential(today.seed, me.id, LIFE, need.number, 1)
    need.dies = today.day + 1 + int(market.active_life_days * left)
    need.next_day = today.day
    note_need(tape, today, me, need, NEED_WOKEN, channel, -1, 0.0)
    return True


@rule
def put_back(me, season, category, days, today):
    """A category's clock stands still for so many days."""
    until = min(today.day + days, len(season[category]) - 1)
    me.need_at[category] += season[category][until] - season[category][today.day]


@passage
def bury_needs(me, today, tape):
    """Needs that nobody met in time are given up."""
    for j in range(me.needs_open):
        need = me.needs[j]
        if need.state != FREE and need.dies <= today.day:
            note_need(tape, today, me, need, NEED_DIED, NONE, -1, need.progress)
            close_need(me, need)
