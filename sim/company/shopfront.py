"""What the web shop and the store's staff show: tiles, history, a kept basket.

Content only. Nothing here says how relevant it is: that is the customer's own comparison.
"""

from __future__ import annotations

from sim.company.analysis import believe, looked_at_lately, take_best_cell
from sim.company.content import show_content
from sim.company.knowledge import able, facts_for, reaches
from sim.company.recommending import pick_items
from sim.company.reviews import show_reviews
from sim.company.silence import close_gaps, leave_out_what_he_owns, put_personal_tile, put_tile
from sim.company.trials import CHECKOUT, appeal_of
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.records import BY_CLUB, BY_MAIL, SILOS, STYLES, TILES

OWN_CHANNEL = decision("the web shop personalises for this profile", lasting=True)
STOCK_ONLINE = decision("the web shop shows this profile the stores' stock", lasting=True)
RESERVES = decision("the web shop lets this profile reserve in a store", lasting=True)
ORDERS_HOME = decision("staff can order to the home of this profile", lasting=True)
HANDS_OVER = decision("the company hands progress over for this profile", lasting=True)


@rule
def show_nothing(shown):
    """Wipe what stood before the customer's eyes."""
    shown.n = 0
    shown.discount = 0.0
    shown.history_cell = -1
    shown.history_item = -1
    shown.basket_item = -1
    shown.known = 0
    shown.stock_online = 0
    shown.reserve = 0
    shown.reviews = 0
    shown.order_home = 0
    shown.content = 0
    shown.minutes_saved = 0.0


@rule
def show_stock(shown, firm, profile, seed):
    """What the shop offers of the stores: their stock on the page, a reservation there."""
    shown.stock_online = 1 if able(seed, profile, STOCK_ONLINE, firm.stock_online) else 0
    shown.reserve = 1 if able(seed, profile, RESERVES, firm.reserve) else 0


@rule
def show_forms(shown, firm):
    """What it takes a customer here to become a member, and to say that he is one: minutes."""
    shown.form_minutes = firm.join_minutes
    shown.name_minutes = firm.till_minutes


@rule
def fill_tiles(shown, firm, wanted, belief):
    """Put the best sellers of the strongest beliefs into the first ``wanted`` tiles."""
    filled = 0
    for _ in range(TILES + 3):
        if filled == wanted:
            break
        cell = take_best_cell(belief)
        if firm.popular_item[cell] >= 0:
            put_personal_tile(shown, firm, filled, cell)
            filled += 1


@rule
def fill_front(shown, firm, file, home, day, seed, belief):
    """The front of the web shop for a visitor known by record ``home``, -1: not at all."""
    show_nothing(shown)
    shown.n = TILES
    shown.known = 1 if home >= BY_MAIL else 0
    shown.minutes_saved = appeal_of(firm, file.profile, CHECKOUT, seed)
    show_stock(shown, firm, file.profile, seed)
    show_content(shown, firm, file, home, seed)
    show_reviews(shown, firm, file.profile, seed)
    for t in range(TILES):
        put_tile(shown, firm, t, firm.front_cell[t])
    if home < 0:
        return
    if able(seed, file.profile, OWN_CHANNEL, firm.own_channel) and believe(
        firm, file, home, day, seed, belief
    ):
        fill_tiles(shown, firm, firm.personal_tiles, belief)
        pick_items(shown, firm, file, home, day, seed)
    leave_out_what_he_owns(shown, firm, file, home, day, seed)
    close_gaps(shown)
    show_history(shown, firm, file, home, day, seed)
    show_basket(shown, firm, file, home, day, seed)


@rule
def is_handed_over(firm, profile, home, s, seed):
    """What lies under record ``s`` is on show to who is known by ``home``."""
    if s == home:
        return True
    return reaches(firm, profile, home, s, seed) and able(seed, profile, HANDS_OVER, firm.hand_over)


@rule
def show_basket(shown, firm, file, home, day, seed):
    """The basket left behind last: under the same record, or where what was done is handed over."""
    newest = -1
    for s in range(SILOS):
        silo = file.mind.silos[s]
        if silo.basket_item < 0 or day - silo.basket_day > firm.interest_days:
            continue
        if silo.basket_day > newest and is_handed_over(firm, file.profile, home, s, seed):
            newest = silo.basket_day
            shown.basket_item = silo.basket_item


@rule
def show_history(shown, firm, file, home, day, seed):
    """Recently viewed items: this silo's own, and the others' where progress is handed over."""
    newest = -1
    for s in range(SILOS):
        if not is_handed_over(firm, file.profile, home, s, seed):
            continue
        facts = facts_for(firm, file.mind, home, s, day)
        if looked_at_lately(firm, facts, day) and facts.view_day > newest:
            newest = facts.view_day
            shown.history_cell = facts.view_cell
            shown.history_item = facts.view_item


@rule
def can_order_home(firm, profile, seed):
    """Staff have the means to have sent home what the store does not carry."""
    return able(seed, profile, ORDERS_HOME, firm.order_to_home)


@rule
def fill_advice(shown, firm, file, day, seed, belief):
    """What a salesperson who has looked the customer up puts in front of him [B11, B12]."""
    show_nothing(shown)
    shown.known = 1
    if believe(firm, file, BY_CLUB, day, seed, belief):
        shown.n = STYLES
        fill_tiles(shown, firm, STYLES, belief)
        pick_items(shown, firm, file, BY_CLUB, day, seed)
    show_history(shown, firm, file, BY_CLUB, day, seed)
