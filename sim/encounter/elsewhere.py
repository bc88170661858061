"""At the competitor's, who sells in stores and on the web as we do [B56].

Nothing of it is seen by the company.
"""

from __future__ import annotations

import math

from sim.core import events as ev
from sim.core.compiled import passage, rule
from sim.core.draws import decision, normal
from sim.core.log import note_need
from sim.core.records import LATENT
from sim.encounter.occasions import ROUND_THEIR_STORE, THEIR_SHOP, THEIR_STORE, moment
from sim.journey.feeling import form_habit
from sim.journey.needs import MORE, after_purchase, close_need, comes_up, put_off, wake
from sim.journey.touchpoints import competitor_sells, get_used_to

COMPETITOR_ITEM = decision("price paid at the competitor")


@passage
def go_elsewhere(me, j, in_store, world):
    """Goes to the competitor for need ``j``; in its store other wishes come up, as in ours."""
    when = moment(world.today.day, THEIR_STORE if in_store else THEIR_SHOP)
    find_elsewhere(me, me.needs[j], when, in_store, world)
    if in_store:
        walk_round_elsewhere(me, j, when, world)


@passage
def look_round_elsewhere(me, world):
    """Looks round in the competitor's store without a need."""
    walk_round_elsewhere(me, -1, moment(world.today.day, ROUND_THEIR_STORE), world)


@rule
def walk_round_elsewhere(me, j, when, world):
    """What wakes, comes to mind and is bought on a visit to the competitor's store, beside what he
    came for (need ``j``): by the rule for a visit to ours; once a day."""
    today, market = world.today, world.market
    if me.elsewhere_day == today.day:
        return
    me.elsewhere_day = today.day
    p = market.wake_store if me.shopper == 1 else market.wake_store_buyer
    for k in range(me.needs_open):
        need = me.needs[k]
        if k == j:
            continue
        if need.state == LATENT:
            wake(me, market, need, p, when, today, ev.COMPETITOR, world.tape)
        if comes_up(need, market.in_mind_days, today):
            find_elsewhere(me, need, when, True, world)
            put_off(need, market.store_retry * market.attention_gap_days, today)


@rule
def find_elsewhere(me, need, when, in_store, world):
    """The competitor has what the need asks for, or has not."""
    if competitor_sells(me, world.market, need, in_store, when, world.today):
        buy_elsewhere(me, need, in_store, world)


@rule
def buy_elsewhere(me, need, in_store, world):
    """The competitor meets the need and what goes with it, in a store or on the web, at his prices:
    lognormal around the category's, mean kept."""
    today, market = world.today, world.market
    spread, paid = market.price_spread, 0.0
    for k in range(need.further + 1):
        z = normal(today.seed, me.id, COMPETITOR_ITEM, need.number + k * MORE, 0)
        price = market.price_dkk[need.category] * today.competitor_price
        paid += price * math.exp(spread * z - 0.5 * spread * spread)
    place = 1.0 if in_store else 0.0
    sale = note_need(world.tape, today, me, need, ev.COMPETITOR_SALE, ev.COMPETITOR, -1, place)
    sale.amount_oere = int(paid * 100.0 + 0.5)
    form_habit(me, market, False)
    get_used_to(me, market, in_store)
    after_purchase(me, market, world.season, need, today)
    close_need(me, need)
