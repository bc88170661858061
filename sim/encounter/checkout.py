"""A basket in the web shop: filled, paid for or left; how what is ordered comes [P1, C3]."""

from __future__ import annotations

from sim.company.automation import empty_basket, note_basket
from sim.company.duplicates import compare_addresses
from sim.company.holdouts import COUPONS, FLOWS_SENT, NEWSLETTERS
from sim.company.knowledge import RECORDS, able
from sim.company.trials import CHECKOUT, count_success, count_tried
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, exponential, uniform
from sim.core.log import note_need, note_order
from sim.core.records import (
    BY_ANOTHER,
    BY_MAIL,
    COMING,
    OWN_ADDRESS,
    RECORD_OF,
    TO_PICK_UP,
    UNKNOWN,
)
from sim.encounter.consent import ask_permission
from sim.encounter.friction import type_again
from sim.encounter.identity import address_typed, as_whom, identify_at_checkout, open_account
from sim.encounter.membership import show_app
from sim.encounter.occasions import SPAN, is_newsletter
from sim.encounter.orders import place_for_order, remember_purchase, settle_purchase, start_order
from sim.encounter.shopping import weigh_again
from sim.journey.buying import checks_out, chooses_pickup, delivery_cost_dkk, fills_basket
from sim.journey.club import delivery_fee_dkk, fee_for_all_dkk
from sim.journey.feeling import feel_fee
from sim.journey.memory import remember_cost
from sim.journey.needs import want_the_rest
from sim.journey.prices import price_off
from sim.journey.returning import CARRIER, carrier_days
from sim.journey.touchpoints import reserves

ASKS_EARLY = decision("asks about an order before it is due")
COMES_FOR_IT = decision("days until he comes for it")


@rule
def fill_basket(me, need, lead, world):
    """Puts the best item found into the basket, where it is worth it, or leaves there what he had
    put in before; then the further things that go with it are on his mind."""
    today, market, choice = world.today, world.market, world.choice
    off = price_off(today, need.category, lead.discount)
    price = world.catalogue[choice.best_item].price_oere * 0.01 * (1.0 - off)
    in_it, terms = in_basket_oere(me) * 0.01, world.terms
    delivery = delivery_cost_dkk(me, market, terms, in_it + price)
    if in_it > 0.0:
        delivery -= delivery_cost_dkk(me, market, terms, in_it)
    if need.basket_item < 0:
        if not fills_basket(me, market, terms, need, delivery, price, lead.when, today, choice):
            return
        device = float(me.device)
        note_need(world.tape, today, me, need, ev.BASKET_FILLED, ev.WEB, choice.best_item, device)
    need.basket_item = choice.best_item
    need.cart_oere = int(price * 100.0 + 0.5)
    want_the_rest(me, market, need, today, world.tape)


@rule
def in_basket_oere(me):
    """What lies in the basket on this visit, øre."""
    oere = 0
    for k in range(me.needs_open):
        oere += me.needs[k].cart_oere
    return oere


@rule
def first_in_basket(me, j):
    """The need whose thing is the first line of the order: ``j`` if it is among them; -1 none."""
    if j >= 0 and me.needs[j].cart_oere > 0:
        return j
    for k in range(me.needs_open):
        if me.needs[k].cart_oere > 0:
            return k
    return -1


@rule
def pay_for_basket(me, file, j, lead, home, world, office):
    """The checkout: all that lies in the basket, or nothing [P1]. His record then."""
    today, market = world.today, world.market
    first = first_in_basket(me, j)
    if first < 0:
        return home
    need, price = me.needs[first], in_basket_oere(me) * 0.01
    home = identify_at_checkout(me, file, need, price, home, lead, world, office)
    delivery = delivery_cost_dkk(me, market, world.terms, price)
    seen = home != UNKNOWN and able(today.seed, file.profile, RECORDS, office.firm.record_web)
    if seen:
        count_tried(office.ledger, office.firm, file.profile, CHECKOUT, today.seed)
    if checks_out(me, market, need, world.shown, delivery, price, lead.when, today):
        if seen:
            count_success(office.ledger, office.firm, file.profile, CHECKOUT, today.seed)
        order_online(me, file, first, lead, home, world, office)
        return home
    for k in range(me.needs_open):
        if me.needs[k].cart_oere > 0:
            reserves_it(me, me.needs[k], lead, world)
    return home


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
    known = order.seen_as == ev.A_PERSON
    fee = delivery_fee_dkk(me, terms, price) if known else fee_for_all_dkk(terms, price)
    if fee > 0.0:
        oere = int(fee * 100.0 + 0.5)
        note_order(world.tape, today, me, order, ev.FEE_PAID, ev.WEB, oere, 0.0)
        feel_fee(me, market, fee)
    remember_cost(me, market, fee)
    if uniform(today.seed, me.id, ASKS_EARLY, number, 0) < market.asks_before_due:
        order.due = min(order.due, today.day + market.asks_early_days)
    elif order.received > order.promised:
        order.due = order.promised + 1


@rule
def clicked_last(lead):
    """What he clicked to come here, among what is tested: a paid line, a coupon, a newsletter or a
    flow; -1 none."""
    if lead.address < 0:
        return lead.paid
    if lead.discount > 0.0:
        return COUPONS
    return NEWSLETTERS if is_newsletter(lead.when % SPAN) else FLOWS_SENT


@rule
def credit_last_click(file, lead, order, today, office):
    """The shop's web statistics: the sale goes to what was clicked last [B44].

    Only where the visit was recorded, which takes the visitor's consent.
    """
    clicked = clicked_last(lead)
    if clicked < 0 or order.seen_as == ev.NOBODY:
        return
    if able(today.seed, file.profile, RECORDS, office.firm.record_web):
        office.ledger.attributed_oere[clicked] += order.paid_oere


@rule
def reserves_it(me, need, lead, world):
    """Rather than order what lies in his basket, he has the store keep one for him [B49]; then it
    lies there no more."""
    today, terms = world.today, world.terms
    if world.shown.reserve == 0 or terms.stores == 0:
        return
    if world.catalogue[need.basket_item].in_store == 0:
        return
    if not reserves(me, world.market, need, lead.when, today):
        return
    note_need(world.tape, today, me, need, ev.RESERVED, ev.WEB, need.basket_item, 0.0)
    need.reserved = 1
    need.basket_item = -1
    need.cart_oere = 0
    need.next_day = today.day + 1


@rule
def leave_basket(me, file, home, world, office):
    """What was not paid for stays in the basket where it was filled; who sees him there knows of
    it."""
    today, device, seen = world.today, float(me.device), False
    if home != UNKNOWN:
        seen = able(today.seed, file.profile, RECORDS, office.firm.record_web)
    for k in range(me.needs_open):
        need = me.needs[k]
        if need.cart_oere == 0:
            continue
        need.cart_oere = 0
        need.basket_place = me.device
        note_need(world.tape, today, me, need, ev.BASKET_LOST, ev.WEB, need.basket_item, device)
        if seen:
            s = me.device if home == BY_ANOTHER else home
            note_basket(office.firm, file.profile, need.basket_item, s, today.day)
