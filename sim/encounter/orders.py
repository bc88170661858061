"""A purchase, with us or elsewhere, and what the company records of it."""

from __future__ import annotations

from sim.company.automation import note_purchase
from sim.company.club import count_for_tier
from sim.company.duplicates import address_on_file
from sim.company.holdouts import count_for_ads, count_for_messages
from sim.company.inviting import note_sent_back
from sim.company.knowledge import (
    RECORDS_SALE,
    able,
    file_order,
    linked,
    note_items,
    note_sequence,
    record_purchase,
    record_return,
    record_spending,
)
from sim.company.media import device_of_buyer
from sim.company.recommending import judge_picks
from sim.company.waiting import drop_wish
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import leave_trace, note_need, note_order
from sim.core.records import (
    ACTIVE,
    BRINGING,
    BY_CLUB,
    DEFECTIVE,
    FREE,
    IN_STORE,
    NEVER,
    ORDERS,
    OWN_ADDRESS,
    PURCHASES,
    RECORD_OF,
    SETTLING,
    STYLES,
)
from sim.encounter.household import BOUGHT, is_shared
from sim.encounter.membership import count_purchase, counted_under, give_bonus
from sim.journey.buying import tried_bit, try_in_hand
from sim.journey.feeling import form_habit
from sim.journey.memory import FORGETS_PURCHASE, keep_in_mind, remember
from sim.journey.needs import after_purchase, close_need, free_need
from sim.journey.returning import is_defective, need_survives
from sim.journey.touchpoints import get_used_to


@rule
def place_for_order(me, world):
    """A place for a new order; where none is free, that of the purchase kept longest; else -1."""
    chosen = -1
    for j in range(ORDERS):
        if me.orders[j].state == FREE:
            me.orders_open = max(me.orders_open, j + 1)
            return j
        if me.orders[j].state == SETTLING and (
            chosen < 0 or me.orders[j].due < me.orders[chosen].due
        ):
            chosen = j
    if chosen >= 0:
        settle(me, me.orders[chosen], world)
        me.orders_open = max(me.orders_open, chosen + 1)
    return chosen


@rule
def close_order(me, order):
    """The order's place is free again."""
    order.state = FREE
    while me.orders_open > 0 and me.orders[me.orders_open - 1].state == FREE:
        me.orders_open -= 1


@rule
def settle(me, order, world):
    """What was bought has been kept: the journey is over."""
    incoherent = float(order.incoherent)
    done = note_order(world.tape, world.today, me, order, ev.JOURNEY_DONE, ev.NONE, 0, incoherent)
    done.minute = order.touched
    give_bonus(me, order, world)
    close_order(me, order)


@rule
def next_order_day(me):
    """First day on which something is due for any order."""
    first = NEVER
    for j in range(me.orders_open):
        if me.orders[j].state != FREE:
            first = min(first, me.orders[j].due)
    return first


@rule
def start_order(me, need, order, item, place, world):
    """Fill an order's slot with the item found, at the price in the basket; the need has been
    served."""
    today, market, choice = world.today, world.market, world.choice
    article = world.catalogue[item]
    order.price_oere = article.price_oere
    order.paid_oere = need.cart_oere
    order.number = need.number * PURCHASES + need.purchases
    order.need = need.number
    order.item = item
    order.category = article.category
    order.style = article.style
    order.promised = today.day
    order.received = today.day
    order.late_days = 0
    order.place = place
    order.seen_as = ev.NOBODY
    order.address = OWN_ADDRESS
    order.earns_bonus = 0
    order.reviewed = 0
    order.asked = 0
    order.basket = order.number
    order.goes_along = 0
    order.incoherent = need.repeats + need.lost
    order.touched = need.touched
    order.told = need.told
    order.tried = need.tried
    order.expected = choice.best_expected
    try_in_hand(me, order, article, choice, today)
    order.defect = 1 if is_defective(me, market, order.number, today) else 0
    if order.defect == 1:
        order.match -= market.defect_loss
        order.fault = DEFECTIVE


@rule
def settle_purchase(me, file, need, order, world, office):
    """What each thing bought with us does to the person, and what the company records of it."""
    today, market = world.today, world.market
    c = order.category
    me.orders_ever += 1
    me.spent_dkk += order.paid_oere * 0.01
    me.last_from_us[c] = today.day
    after_purchase(me, market, world.season, need, today)
    me.expertise[c] = min(me.expertise[c] + market.expertise_gain, 1.0)
    need.cart_oere = 0
    close_need(me, need)
    record_sale(me, file, order, world.tape, today, office)
    count_purchase(me, file, order, world, office)


@rule
def remember_purchase(me, order, world):
    """What a basket paid for with us leaves behind, however much was in it: a habit, of us and of
    the kind of place, and our name."""
    today, market = world.today, world.market
    form_habit(me, market, True)
    get_used_to(me, market, order.place == IN_STORE)
    keep_in_mind(me, market.purchase_kept_days, FORGETS_PURCHASE, order.number, 0, today)
    remember(me, market, today.day, market.salience_purchase)


@rule
def record_sale(me, file, order, tape, today, office):
    """The company's record of a sale, where its line is usable and names somebody [B13, B14]."""
    firm, profile = office.firm, file.profile
    cell = order.category * STYLES + order.style
    if not able(today.seed, profile, RECORDS_SALE, firm.record_purchase):
        return
    if order.place == IN_STORE and order.seen_as != ev.A_PERSON:
        return
    s = BY_CLUB if order.place == IN_STORE else RECORD_OF[order.address]
    note_sequence(office.ledger, firm, profile, s, order.category, today.day)
    first = 1 if profile.silos[s].live.orders == 0 else 0
    note_items(office.ledger, profile, s, order.item)
    judge_picks(office.ledger, firm, profile, order.item, cell)
    record_purchase(firm, profile, s, cell, order.item, today.day)
    record_spending(firm, profile, s, order.paid_oere, today.day)
    file_order(profile, s, order.number)
    if s != BY_CLUB or linked(profile, BY_CLUB):
        note_purchase(firm, profile, order.address, cell, today.day)
        drop_wish(firm, profile, order.address, order.category, today.seed)
    if order.place != IN_STORE and firm.purchase_pixel == 1 and order.seen_as > 0:
        if is_shared(me, order.place):
            leave_trace(tape, me, BOUGHT, cell, order.item)
        else:
            record_purchase(firm, profile, order.place, cell, order.item, today.day)
    count_in_tests(file, s, order, first, today, office)


@rule
def note_return(file, order, today, office):
    """The company's record of a return, of what it had on file under a name."""
    firm, profile = office.firm, file.profile
    if not able(today.seed, profile, RECORDS_SALE, firm.record_purchase):
        return
    if order.earns_bonus == 1:
        back_dkk = -order.paid_oere * 0.01
        count_for_tier(firm, profile, counted_under(order), back_dkk, today.day)
    cell = order.category * STYLES + order.style
    a = address_on_file(profile, order.address)
    note_sent_back(firm, profile, a, order.number, today.day)
    if order.place != IN_STORE:
        record_return(firm, profile, RECORD_OF[order.address], cell, today.day)
        record_spending(firm, profile, RECORD_OF[order.address], -order.paid_oere, today.day)
    elif order.seen_as == ev.A_PERSON:
        record_return(firm, profile, BY_CLUB, cell, today.day)
        record_spending(firm, profile, BY_CLUB, -order.paid_oere, today.day)


@rule
def count_in_tests(file, s, order, first, today, office):
    """A sale recorded under ``s`` counts for who met what is tested, or who was held out [B22].

    In the tests of ads only where it can be tied to a device whose cookie the company knows; of
    messages, where it can be tied to an address.
    """
    firm, ledger, profile = office.firm, office.ledger, file.profile
    if firm.holdout <= 0.0:
        return
    device = device_of_buyer(profile, order.place)
    if device >= 0:
        count_for_ads(ledger, firm, profile, device, first, order.paid_oere, today.seed)
    if s != BY_CLUB:
        count_for_messages(ledger, firm, profile, order.address, first, order.paid_oere, today.seed)
    elif linked(profile, BY_CLUB):
        count_for_messages(ledger, firm, profile, OWN_ADDRESS, first, order.paid_oere, today.seed)


@rule
def rides_along(order):
    """It comes in the parcel of another thing that was ordered with it."""
    return order.basket != order.number


@rule
def reopen_need(me, order, world):
    """What was bought does not do: the need may still be there, to be met anywhere.

    Having had the product in hand he knows what he is looking for, as after advice, and what that
    article is like. Who brings it back looks again when he is there; who posts it, some days later.
    """
    today, market = world.today, world.market
    if may_look_again(me, order, market) and need_survives(me, market, order.number, today):
        look_again(me, order, world)


@rule
def may_look_again(me, order, market):
    """He is still in the market, and has not bought and returned too often for this need."""
    return order.number % PURCHASES + 1 < market.most_purchases and me.present != 2


@rule
def look_again(me, order, world):
    """The need that a purchase was for is open again; see :func:`reopen_need`."""
    today, market = world.today, world.market
    j = free_need(me)
    if j < 0:
        world.tape.buffers.lost_needs += 1
        return
    me.needs_open = max(me.needs_open, j + 1)
    need = me.needs[j]
    need.state = ACTIVE
    need.number = order.need
    need.category = order.category
    need.style = order.style
    need.dies = today.day + int(market.active_life_days)
    again = today.day + market.looks_again_days
    need.next_day = order.due if order.state == BRINGING else again
    need.progress = 1.0
    need.place = order.place
    need.advised = 1
    need.basket_item = -1
    need.basket_place = -1
    need.repeats = order.incoherent
    need.lost = 0
    need.touched = order.touched
    need.told = order.told
    need.stock = 0
    need.reserved = 0
    need.purchases = order.number % PURCHASES + 1
    need.handled = 0
    need.cart_oere = 0
    need.further = 0
    need.tried = order.tried | tried_bit(order.item, order.category, market)
    note_need(world.tape, today, me, need, ev.NEED_ACTIVE, ev.NONE, order.item, 1.0)
