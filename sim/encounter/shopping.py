"""Looking for what a need asks for, in the web shop as in the store: what is carried over, found
and weighed."""

from __future__ import annotations

from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.records import AT_PHONE, FREE, STYLES
from sim.encounter.friction import repeat
from sim.encounter.impressions import see_cut
from sim.journey.buying import (
    left_of_trying,
    return_hassle_dkk,
    store_return_hassle_dkk,
    tried_bit,
    uncertainty,
    weigh,
)
from sim.journey.prices import get_used_to_cuts, price_off
from sim.journey.reviews import read_reviews, reads_reviews, reckon_with, see_in_hand


@rule
def come_to(me, need, place, lead_bit):
    """The need is pursued here now; ``lead_bit``: of the mail or ad that led here, 0 none."""
    need.place = place
    need.touched |= lead_bit
    if place == AT_PHONE and me.app == 1:
        need.touched |= ev.IN_APP
    else:
        need.touched |= ev.BY_PLACE[place]


@rule
def was_handed_over(need, world):
    """What he looked at or said elsewhere stands before him, or before who serves him [B8, B11]."""
    cell = world.shown.history_cell
    return cell >= 0 and cell // STYLES == need.category


@rule
def recover_basket(me, need, device, world):
    """The basket left behind: there in the same browser or if the shop shows it, else lost."""
    if need.basket_item < 0:
        return
    own = need.basket_place == device and me.cookies == 1
    if not own and world.shown.kept == 0:
        need.basket_item = -1
        repeat(me, need, ev.FILLED, ev.WEB, world)


@rule
def shows_his_basket(me, world):
    """The shop has kept his basket, all that lay in it: it goes by one of the things."""
    item = world.shown.basket_item
    for k in range(me.needs_open):
        need = me.needs[k]
        if item >= 0 and need.state != FREE and need.basket_item == item:
            return True
    return False


@rule
def sees_it(need, landing, world):
    """What the need asks for is among what is shown, or what the link led to."""
    shown, catalogue = world.shown, world.catalogue
    cell = need.category * STYLES + need.style
    if landing >= 0 and catalogue[landing].category * STYLES + catalogue[landing].style == cell:
        return True
    for t in range(shown.n):
        if shown.items[t] >= 0 and shown.cells[t] == cell:
            return True
    return False


@rule
def begin_to_weigh(me, in_store, world):
    """Nothing has been found yet; the cheapest way back is what it is."""
    today, market, choice = world.today, world.market, world.choice
    choice.best_item = -1
    choice.best_value = -1e9
    choice.hassle_dkk = return_hassle_dkk(me, market, world.terms, today)
    if in_store:
        choice.hassle_dkk = store_return_hassle_dkk(me, market, world.terms, today)


@rule
def look_at_items(me, need, in_store, discount, world):
    """Weighs all items of the need's kind, and what is shown of its category; in the web shop what
    is sold out too."""
    world.choice.only_there = 0
    see_cut(me, need.category, world)
    get_used_to_cuts(me, world.market, need.category, world.today)
    go_through(me, need, in_store, discount, world)


@rule
def look_at_what_is_there(me, need, discount, world):
    """The same in the web shop without what is sold out."""
    world.choice.only_there = 1
    go_through(me, need, False, discount, world)


@rule
def go_through(me, need, in_store, discount, world):
    """Holds one item after the other against the best so far."""
    market, shown = world.market, world.shown
    begin_to_weigh(me, in_store, world)
    discount = price_off(world.today, need.category, discount)
    first = (need.category * STYLES + need.style) * market.items_per_style
    for row in range(first, first + market.items_per_style):
        hold(me, need, row, in_store, discount, world)
    for t in range(shown.n):
        row = shown.items[t]
        if row < 0 or shown.cells[t] // STYLES != need.category:
            continue
        if row < first or row >= first + market.items_per_style:
            hold(me, need, row, in_store, discount, world)


@rule
def weigh_again(me, need, world):
    """What lies in the basket for this need, as it looks now: fills ``world.choice``."""
    item = world.catalogue[need.basket_item]
    discount = 1.0 - need.cart_oere / item.price_oere
    begin_to_weigh(me, False, world)
    hold(me, need, need.basket_item, False, discount, world)


@rule
def hold(me, need, row, in_store, discount, world):
    """Weighs one item as it can be had here: in hand, as a picture, or, in a store that does not
    carry it, as a picture that staff can have sent, if they can."""
    market, choice, item = world.market, world.choice, world.catalogue[row]
    reckon_with(market, choice)
    if in_store and item.in_store == 1:
        choice.tau = uncertainty(me, market, need, True)
        see_in_hand(item, market.flaw_in_hand, choice)
    elif is_out_of_reach(item, in_store, world):
        return
    else:
        choice.tau = left_of_trying(me, market, need, row)
        read_page(me, need, row, world)
    weigh(me, market, need, row, item, discount, world.today, choice)


@rule
def is_out_of_reach(item, in_store, world):
    """In a store, what it does not carry and staff cannot have sent; in the web shop, what is sold
    out, once he looks at what is there."""
    if in_store:
        return world.shown.order_home == 0 or item.sold_out == 1
    return world.choice.only_there == 1 and item.sold_out == 1


@rule
def read_page(me, need, row, world):
    """What others wrote of an item, where its page says so and he reads it [B35]; and what he
    remembers of it from a store."""
    market, choice, item, board = world.market, world.choice, world.catalogue[row], world.board
    if world.shown.reviews == 1 and reads_reviews(me, market, item, need.number, world.today):
        read_reviews(market, board.ratings[row], board.kinds[item.category], choice)
    if need.handled & tried_bit(row, need.category, market) != 0:
        see_in_hand(item, market.trying_kept * market.flaw_in_hand, choice)


@rule
def learn_by_looking(me, need, step, world):
    """A look brings the search forward and teaches a little about the category [S4]."""
    c = need.category
    need.progress = min(need.progress + step, 1.0)
    me.expertise[c] = min(me.expertise[c] + world.market.expertise_gain, 1.0)
