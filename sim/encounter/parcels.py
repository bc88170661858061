"""What becomes of a purchase: delivered, tried out, kept or sent back, refunded, settled."""

from __future__ import annotations

from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.log import ask_queue, note_order
from sim.core.records import (
    AT_DEPOT,
    BRINGING,
    COMING,
    GOING_BACK,
    IN_HAND,
    IN_STORE,
    NEVER,
    NO_FAULT,
    REFUND_DUE,
    SETTLING,
)
from sim.encounter.calls import DEPOT, plan_call
from sim.encounter.orders import (
    close_order,
    look_again,
    note_return,
    reopen_need,
    rides_along,
    settle,
)
from sim.encounter.portal import judge_purchase
from sim.encounter.reviews import note_fault, review
from sim.journey.buying import mail_return_hassle_dkk, store_return_hassle_dkk
from sim.journey.feeling import feel_product, feel_return
from sim.journey.memory import remember_cost
from sim.journey.returning import (
    BACK,
    KEEP,
    MAIL_BACK,
    carrier_days,
    days_until_sent,
    decide_to_return,
    gives_back,
    refund_days,
)

ASKS_LATE = decision("asks where a late order is")
ASKS_USE = decision("asks how it is used")
ASKS_DEFECT = decision("asks about a defect")


@rule
def handle_post(me, file, slot, world, office):
    """Everything about an order that needs no visit."""
    today, tape, order = world.today, world.tape, me.orders[slot]
    if order.state == COMING:
        handle_delivery(me, order, slot, world)
    if order.state == IN_HAND and order.due <= today.day:
        try_out(me, order, slot, world)
        review(me, file, order, world, office)
    elif order.state == GOING_BACK:
        send_back(me, order, world)
        note_return(file, order, today, office)
    elif order.state == AT_DEPOT:
        ask_queue(tape, DEPOT, me.id, slot, 0, 0.0, 0.0)
        order.due = NEVER
    elif order.state == REFUND_DUE:
        note_order(tape, today, me, order, ev.REFUNDED, ev.NONE, order.paid_oere, 0.0)
        hassle = mail_return_hassle_dkk(me, world.market, world.terms)
        feel_return(me, world.market, hassle)
        remember_cost(me, world.market, hassle)
        close_order(me, order)
    elif order.state == SETTLING:
        settle(me, order, world)


@rule
def handle_delivery(me, order, slot, world):
    """A parcel that is expected: it comes, or he asks where it is [P7]."""
    today = world.today
    if today.day < order.received:
        late = today.day > order.promised
        share = world.market.asks_when_late if late else 1.0
        if order.asked == 0 and uniform(today.seed, me.id, ASKS_LATE, order.number, 0) < share:
            plan_call(me, ev.ABOUT_ORDER, slot, order.number, today.day)
            order.asked = 1
        order.due = order.received
        if order.received > order.promised and today.day <= order.promised:
            order.due = order.promised + 1
        return
    order.late_days = order.received - order.promised
    if not rides_along(order):
        late_days = float(order.late_days)
        note_order(world.tape, today, me, order, ev.PARCEL_DELIVERED, ev.NONE, 0, late_days)
    order.state = IN_HAND


@rule
def try_out(me, order, slot, world):
    """With the product in hand: keep it, send it back or bring it back.

    Only the carrier's delay is the company's: who comes late for his pick-up knows why. Who does
    not get round to the return within the window keeps what does not do.
    """
    today, market = world.today, world.market
    usual = me.satisfaction
    quality = feel_product(me, market, order)
    judge_purchase(me, quality, usual, order, world)
    asks = uniform(today.seed, me.id, ASKS_USE, order.number, 0) < market.asks_after_purchase
    if order.defect == 1 and not asks:
        asks = uniform(today.seed, me.id, ASKS_DEFECT, order.number, 0) < market.asks_at_defect
    if asks:
        plan_call(me, ev.ABOUT_DEFECT, slot, order.number, today.day)
    posted, brought = parcel_to_post(me, order), trip_ahead(me, today)
    way = decide_to_return(me, market, order, world.terms, posted >= 0, brought >= 0, today)
    wait = days_until_sent(me, market, order.number, today)
    other = posted if way == MAIL_BACK else brought
    if other >= 0:
        wait = me.orders[other].due - today.day
    if way == KEEP or wait > world.terms.return_window_days:
        note_order(world.tape, today, me, order, ev.KEPT, ev.NONE, 0, order.match)
        order.state = SETTLING
        order.due = today.day + world.terms.return_window_days
        return
    order.state = GOING_BACK if way == MAIL_BACK else BRINGING
    order.due = today.day + wait
    order.goes_along = 1 if way == MAIL_BACK and posted >= 0 else 0
    reopen_need(me, order, world)


@rule
def parcel_to_post(me, order):
    """Place of a thing out of the same order that is packed to be posted back; -1 none."""
    for k in range(me.orders_open):
        other = me.orders[k]
        if other.state == GOING_BACK and other.basket == order.basket:
            return k
    return -1


@rule
def trip_ahead(me, today):
    """Place of a thing for which he will go to the store anyway, to bring it back; -1 none."""
    for k in range(me.orders_open):
        if me.orders[k].state == BRINGING and me.orders[k].due > today.day:
            return k
    return -1


@rule
def send_back(me, order, world):
    """The return is posted; the money comes after the depot has opened the parcel. A parcel costs
    one fee, whatever is in it."""
    today, terms = world.today, world.terms
    note_fault(me, order, ev.NONE, world)
    note_order(world.tape, today, me, order, ev.RETURN_BY_MAIL, ev.NONE, order.paid_oere, 0.0)
    if terms.mail_return_fee_dkk > 0.0 and order.goes_along == 0:
        fee = int(terms.mail_return_fee_dkk * 100.0 + 0.5)
        note_order(world.tape, today, me, order, ev.FEE_PAID, ev.NONE, fee, 0.0)
    gives_back(me, order)
    order.state = AT_DEPOT
    order.due = today.day + carrier_days(me, world.market, order.number, BACK, today)
    order.due += refund_days(me, world.market, order.number, today)


@rule
def can_still_return(order, terms, today):
    """He has it, has decided to keep it or not yet tried it, and may still give it back."""
    if order.state != IN_HAND and order.state != SETTLING:
        return False
    return today.day - order.received <= terms.return_window_days


@rule
def send_back_for_price(me, order, world):
    """It goes back the cheapest way, and the need is open again, to be met at the lower price."""
    today, market, terms = world.today, world.market, world.terms
    by_mail = terms.return_by_mail == 1 and order.place != IN_STORE
    if by_mail and terms.return_in_store == 1:
        store = store_return_hassle_dkk(me, market, terms, today)
        by_mail = mail_return_hassle_dkk(me, market, terms) <= store
    order.fault = NO_FAULT  # nothing is wrong with it
    order.state = GOING_BACK if by_mail else BRINGING
    order.due = today.day + days_until_sent(me, market, order.number, today)
    look_again(me, order, world)
