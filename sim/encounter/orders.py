"""A purchase, with us or elsewhere, and what the company records of it."""

from __future__ import annotations

from sim.company.automation import empty_basket, note_purchase
from sim.company.duplicates import compare_addresses
from sim.company.knowledge import (
    RECORDS,
    RECORDS_SALE,
    able,
    file_order,
    linked,
    note_sequence,
    record_purchase,
    record_return,
)
from sim.company.media import device_of_buyer, held_out
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, exponential, uniform
from sim.core.log import leave_trace, note_need, note_order
from sim.core.records import (
    ACTIVE,
    BRINGING,
    BY_CLUB,
    BY_MAIL,
    COMING,
    FREE,
    IN_HAND,
    IN_STORE,
    NEVER,
    ORDERS,
    OWN_ADDRESS,
    PURCHASES,
    RECORD_OF,
    SETTLING,
    STYLES,
    TO_PICK_UP,
)
from sim.encounter.consent import ask_permission
from sim.encounter.friction import type_again
from sim.encounter.household import BOUGHT, is_shared
from sim.encounter.identity import address_typed, as_whom, open_account
from sim.encounter.membership import give_bonus, join_club, known_at_till, show_app
from sim.encounter.shopping import weigh_again
from sim.journey.buying import chooses_pickup, tried_bit, true_match
from sim.journey.feeling import feel_fee, form_habit
from sim.journey.memory import FORGETS_PURCHASE, keep_in_mind, remember, remember_cost
from sim.journey.needs import after_purchase, close_need, free_need, want_the_rest
from sim.journey.returning import CARRIER, carrier_days, is_defective, need_survives
from sim.journey.touchpoints import get_used_to

ASKS_EARLY = decision("asks about an order before it is due")
COMES_FOR_IT = decision("days until he comes for it")

PLAIN, EXCHANGE, AT_RETURN, AT_PICK_UP = 0, 1, 2, 3  # why a store sale came about


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
    order.asked = 0
    order.basket = order.number
    order.goes_along = 0
    order.incoherent = need.repeats + need.lost
    order.touched = need.touched
    order.told = need.told
    order.tried = need.tried
    order.expected = choice.best_expected
    order.match = true_match(me, need.number, article, order.number, choice, today)
    order.defect = 1 if is_defective(me, market, order.number, today) else 0
    if order.defect == 1:
        order.match -= market.defect_loss


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
    record_purchase(firm, profile, s, cell, order.item, today.day)
    file_order(profile, s, order.number)
    if s != BY_CLUB or linked(profile, BY_CLUB):
        note_purchase(firm, profile, order.address, cell, today.day)
    if order.place != IN_STORE and firm.purchase_pixel == 1 and order.seen_as > 0:
        if is_shared(me, order.place):
            leave_trace(tape, me, BOUGHT, cell, order.item)
        else:
            record_purchase(firm, profile, order.place, cell, order.item, today.day)
    credit_holdout(file, order, today, office)


@rule
def note_return(file, order, today, office):
    """The company's record of a return, of what it had on file under a name."""
    firm, profile = office.firm, file.profile
    if not able(today.seed, profile, RECORDS_SALE, firm.record_purchase):
        return
    cell = order.category * STYLES + order.style
    if order.place != IN_STORE:
        record_return(firm, profile, RECORD_OF[order.address], cell, today.day)
    elif order.seen_as == ev.A_PERSON:
        record_return(firm, profile, BY_CLUB, cell, today.day)


@rule
def credit_holdout(file, order, today, office):
    """A recorded sale counts for the devices that are shown ads or for those held out [B22].

    Only where it can be tied to a device whose cookie the company knows.
    """
    device = device_of_buyer(file.profile, order.place)
    if device < 0:
        return
    if held_out(office.firm, file.profile, device, today.seed):
        office.ledger.held_oere += order.paid_oere
    else:
        office.ledger.treated_oere += order.paid_oere


@rule
def order_online(me, file, first, lead, home, world, office):
    """Completes the order in the web shop: pays for all that lies in the basket, the thing of need
    ``first`` being its first line, and chooses how it comes. Without a free place nothing is."""
    today, profile = world.today, file.profile
    slot, oere = place_for_order(me, world), in_basket_oere(me)
    if slot < 0:
        world.tape.buffers.lost_orders += 1
        return
    order, need = me.orders[slot], me.needs[first]
    weigh_again(me, need, world)
    start_order(me, need, order, need.basket_item, me.device, world)
    home = open_account(me, file, order, oere * 0.01, home, world, office)
    order.seen_as = as_whom(home)
    order.address = address_typed(me, file, home, order.number, world)
    paid = note_order(world.tape, today, me, order, ev.BASKET_PAID, lead.source, 0, 0.0)
    paid.seen_as = order.seen_as
    remember_purchase(me, order, world)
    if me.typed == 1 and world.shown.known == 0:
        type_again(me, world)
    me.typed = 1
    choose_delivery(me, order, oere, world)
    order.earns_bonus = 1 if me.account == 1 and home == BY_MAIL else 0
    profile.has_phone |= 1 << RECORD_OF[order.address]
    sell_line(me, file, need, order, lead, world, office)
    for k in range(me.needs_open):
        if me.needs[k].cart_oere > 0:
            add_line(me, file, me.needs[k], order, lead, world, office)
    show_app(me, file, order, world, office)
    ask_permission(me, file, order, world, office)
    empty_basket(profile, me.device)
    compare_addresses(office.firm, profile, today.seed)
    if order.seen_as == ev.A_PERSON and order.address == OWN_ADDRESS:
        profile.open_case = order.promised


@rule
def in_basket_oere(me):
    """What lies in the basket on this visit, øre."""
    oere = 0
    for k in range(me.needs_open):
        oere += me.needs[k].cart_oere
    return oere


@rule
def add_line(me, file, need, first, lead, world, office):
    """One thing more on the order whose first line is ``first``: it comes along with it."""
    slot = place_for_order(me, world)
    if slot < 0:
        world.tape.buffers.lost_orders += 1
        return
    line = me.orders[slot]
    weigh_again(me, need, world)
    start_order(me, need, line, need.basket_item, me.device, world)
    line.seen_as = first.seen_as
    line.address = first.address
    line.earns_bonus = first.earns_bonus
    line.state = first.state
    line.promised = first.promised
    line.received = first.received
    line.due = first.received if first.state == COMING else first.due
    line.asked = 1  # who asks where it is asks once
    line.basket = first.number
    sell_line(me, file, need, line, lead, world, office)


@rule
def rides_along(order):
    """It comes in the parcel of another thing that was ordered with it."""
    return order.basket != order.number


@rule
def sell_line(me, file, need, order, lead, world, office):
    """One line of a web order is sold."""
    today = world.today
    off = 1.0 - order.paid_oere / order.price_oere
    sale = note_order(world.tape, today, me, order, ev.WEB_ORDER, lead.source, order.paid_oere, off)
    sale.seen_as = order.seen_as
    settle_purchase(me, file, need, order, world, office)
    credit_last_click(file, lead, order, today, office)


@rule
def choose_delivery(me, order, oere, world):
    """Home or pick-up of an order worth so many øre [C3]; sets what happens next and when."""
    today, market, terms = world.today, world.market, world.terms
    price, number = oere * 0.01, order.number
    if chooses_pickup(me, market, terms, price, number, today):
        order.state = TO_PICK_UP
        order.promised = today.day + max(1, int(market.shelf_days + 0.5))
        drawn = exponential(today.seed, me.id, COMES_FOR_IT, number, 0)
        order.due = order.promised + int(market.comes_days * drawn)
        remember_cost(me, market, 0.0)
        return
    order.state = COMING
    order.promised = today.day + int(market.promised_days)
    order.received = today.day + carrier_days(me, market, number, CARRIER, today)
    order.due = order.received
    fee = 0.0
    if price < terms.free_delivery_from_dkk and terms.delivery_fee_dkk > 0.0:
        fee = terms.delivery_fee_dkk
        oere = int(fee * 100.0 + 0.5)
        note_order(world.tape, today, me, order, ev.FEE_PAID, ev.WEB, oere, 0.0)
        feel_fee(me, market, fee)
    remember_cost(me, market, fee)
    if uniform(today.seed, me.id, ASKS_EARLY, number, 0) < market.asks_before_due:
        order.due = min(order.due, today.day + market.asks_early_days)
    elif order.received > order.promised:
        order.due = order.promised + 1


@rule
def send_home(me, order, world):
    """The store does not carry it: it comes to his home, without a fee."""
    today, market = world.today, world.market
    order.state = COMING
    order.promised = today.day + int(market.promised_days)
    order.received = today.day + carrier_days(me, market, order.number, CARRIER, today)
    order.due = order.received


@rule
def credit_last_click(file, lead, order, today, office):
    """The shop's web statistics: the sale goes to the paid channel that was clicked last [B44].

    Only where the visit was recorded, which takes the visitor's consent.
    """
    if lead.paid < 0 or order.seen_as == ev.NOBODY:
        return
    if able(today.seed, file.profile, RECORDS, office.firm.record_web):
        office.ledger.attributed_oere[lead.paid] += order.paid_oere


@rule
def buy_in_store(me, file, j, context, web_order, world, office):
    """Pays at the till for the best item found; False where no slot is free."""
    today = world.today
    need, slot = me.needs[j], place_for_order(me, world)
    if slot < 0:
        world.tape.buffers.lost_orders += 1
        return False
    order, first = me.orders[slot], world.choice.receipt
    need.cart_oere = world.catalogue[world.choice.best_item].price_oere
    start_order(me, need, order, world.choice.best_item, IN_STORE, world)
    if first >= 0:
        order.seen_as = me.orders[first].seen_as
        order.basket = me.orders[first].number
    elif known_at_till(me, file, order.number, order.paid_oere * 0.01, world, office.firm):
        order.seen_as = ev.A_PERSON
    order.state = IN_HAND
    order.due = today.day + 1
    if world.catalogue[order.item].in_store == 0:
        send_home(me, order, world)
    sale = note_order(
        world.tape, today, me, order, ev.STORE_SALE, ev.STORE, order.paid_oere, float(context)
    )
    sale.seen_as = order.seen_as
    if context > PLAIN:
        sale.order = web_order
    order.earns_bonus = 1 if order.seen_as == ev.A_PERSON else 0
    want_the_rest(me, world.market, need, today, world.tape)
    if first < 0:
        begin_receipt(me, file, slot, world, office)
    settle_purchase(me, file, need, order, world, office)
    return True


@rule
def begin_receipt(me, file, slot, world, office):
    """The first thing paid for on a visit to a store; what follows stands on the same receipt."""
    order = me.orders[slot]
    world.choice.receipt = slot
    paid = note_order(world.tape, world.today, me, order, ev.BASKET_PAID, ev.STORE, 0, 1.0)
    paid.seen_as = order.seen_as
    remember_purchase(me, order, world)
    join_club(me, file, order, world, office)


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
