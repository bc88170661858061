"""At a store's till: the queue or the phone, and one receipt for all that is bought on a visit
[C4, B41]."""

from __future__ import annotations

from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import note_need, note_order
from sim.core.records import COMING, IN_HAND, IN_STORE
from sim.encounter.membership import join_club, known_at_till
from sim.encounter.orders import place_for_order, remember_purchase, settle_purchase, start_order
from sim.encounter.visiting import scans_there
from sim.journey.feeling import feel_wait
from sim.journey.needs import want_the_rest
from sim.journey.prices import price_off
from sim.journey.returning import CARRIER, carrier_days
from sim.journey.tills import leaves_queue, scans, till_wait


@rule
def gets_to_pay(me, file, j, when, world, office):
    """Scans with the app, or waits at the till; who has waited too long leaves it. Whether he pays.

    What goes on a receipt that is begun waits no more; what staff have to order cannot be scanned.
    Without staff there is no till: who has let himself in scans.
    """
    today, market, choice = world.today, world.market, world.choice
    if choice.receipt >= 0:
        return True
    if choice.staffed == 0:
        choice.scans = 1
        note_need(world.tape, today, me, me.needs[j], ev.SCANNED, ev.STORE, -1, 0.0)
        return True
    minutes = till_wait(me, market, choice.store, when, today)
    choice.till_minutes = minutes
    choice.scans = 0
    in_hand = world.catalogue[choice.best_item].in_store == 1
    offered = in_hand and scans_there(me, file, world, office)
    if offered and scans(me, market, minutes, when, today):
        choice.till_minutes = 0.0
        choice.scans = 1
        note_need(world.tape, today, me, me.needs[j], ev.SCANNED, ev.STORE, -1, minutes)
        return True
    if leaves_queue(me, market, minutes, when, today):
        note_need(world.tape, today, me, me.needs[j], ev.TILL_LEFT, ev.STORE, -1, minutes)
        return False
    feel_wait(me, market, minutes)
    return True


@rule
def buy_in_store(me, file, j, context, web_order, world, office):
    """Pays for the best item found; False where no slot is free."""
    today = world.today
    need, slot = me.needs[j], place_for_order(me, world)
    if slot < 0:
        world.tape.buffers.lost_orders += 1
        return False
    order, first = me.orders[slot], world.choice.receipt
    need.cart_oere = shelf_oere(world.choice.best_item, world)
    start_order(me, need, order, world.choice.best_item, IN_STORE, world)
    if first >= 0:
        order.seen_as = me.orders[first].seen_as
    elif world.choice.scans == 1 or known_at_till(
        me, file, order.number, order.paid_oere * 0.01, world, office.firm
    ):
        order.seen_as = ev.A_PERSON
    order.state = IN_HAND
    order.due = today.day + 1
    if world.catalogue[order.item].in_store == 0:
        send_home(me, order, world)
    sale = note_order(
        world.tape, today, me, order, ev.STORE_SALE, ev.STORE, order.paid_oere, float(context)
    )
    sale.seen_as = order.seen_as
    if context > ev.PLAIN:
        sale.order = web_order
    order.earns_bonus = 1 if order.seen_as == ev.A_PERSON else 0
    want_the_rest(me, world.market, need, today, world.tape)
    if first < 0:
        begin_receipt(me, file, slot, world, office)
    settle_purchase(me, file, need, order, world, office)
    return True


@rule
def shelf_oere(row, world):
    """What an item costs at the shelf today, øre."""
    item = world.catalogue[row]
    return int(item.price_oere * (1.0 - price_off(world.today, item.category, 0.0)) + 0.5)


@rule
def begin_receipt(me, file, slot, world, office):
    """The first thing paid for on a visit to a store; what follows stands on the same receipt."""
    order = me.orders[slot]
    world.choice.receipt = slot
    by_staff = 1.0 - world.choice.scans
    paid = note_order(world.tape, world.today, me, order, ev.BASKET_PAID, ev.STORE, 0, by_staff)
    paid.seen_as = order.seen_as
    paid.minute = int(world.choice.till_minutes)
    remember_purchase(me, order, world)
    join_club(me, file, order, world, office)


@rule
def send_home(me, order, world):
    """The store does not carry it: it comes to his home, without a fee."""
    today, market = world.today, world.market
    order.state = COMING
    order.promised = today.day + int(market.promised_days)
    order.received = today.day + carrier_days(me, market, order.number, CARRIER, today)
    order.due = order.received
