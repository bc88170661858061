"""What becomes of a purchase: delivery, pick-up, keeping, returning, refund, settled."""

from __future__ import annotations

import math

from sim.company.contacts import plan_after_purchase, plan_welcome
from sim.company.knowledge import IN_STORE_KNOWN, LINKS_CLUB, RECORDS_SALE, able, record_purchase
from sim.company.media import held_out
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, exponential, normal, uniform
from sim.core.log import ask_queue, note, note_need, note_order
from sim.core.records import (
    ACTIVE,
    AT_DEPOT,
    BRINGING,
    BY_CLUB,
    BY_MAIL,
    COMING,
    FREE,
    GOING_BACK,
    IN_HAND,
    NEEDS,
    NEVER,
    ORDERS,
    REFUND_DUE,
    SETTLING,
    STYLES,
    TO_PICK_UP,
)
from sim.encounter.calls import DEPOT, plan_call
from sim.journey.buying import chooses_pickup, mail_return_hassle_dkk, true_match
from sim.journey.feeling import feel_product, feel_return, form_habit
from sim.journey.messages import gives_permission
from sim.journey.needs import after_purchase, close_need, remember
from sim.journey.returning import (
    BACK,
    CARRIER,
    KEEP,
    MAIL_BACK,
    carrier_days,
    days_until_sent,
    decide_to_return,
    is_defective,
    need_survives,
)
from sim.journey.touchpoints import COMPETITOR_ITEM

ASKS_LATE = decision("asks where a late order is")
ASKS_EARLY = decision("asks about an order before it is due")
ASKS_USE = decision("asks how it is used")
ASKS_DEFECT = decision("asks about a defect")
COMES_FOR_IT = decision("days until he comes for it")
ASKED = decision("the company asks for permission")
OPENS_ACCOUNT = decision("opens an account")

MOST_PURCHASES = 4  # of one need, re-orders after returns included
PLAIN, EXCHANGE, AT_RETURN, AT_PICK_UP = 0, 1, 2, 3  # why a store sale came about
AT_COMPUTER, AT_PHONE, IN_STORE = 0, 1, 2  # places


@rule
def free_order(me):
    """A free slot for an order, else -1."""
    for j in range(ORDERS):
        if me.orders[j].state == FREE:
            return j
    return -1


@rule
def close_order(me, order):
    """The order's slot is free again."""
    order.state = FREE
    me.orders_open -= 1


@rule
def next_order_day(me):
    """First day on which something is due for any order."""
    first = NEVER
    if me.orders_open == 0:
        return first
    for j in range(ORDERS):
        if me.orders[j].state != FREE:
            first = min(first, me.orders[j].due)
    return first


@rule
def start_order(me, need, order, item, place, seen_as, discount, world):
    """Fill an order's slot with the best item found; the need has been served."""
    today, catalogue = world.today, world.catalogue
    me.orders_open += 1
    order.paid_oere = int(catalogue[item].price_oere * (1.0 - discount) + 0.5)
    order.number = need.number * MOST_PURCHASES + need.purchases
    order.need = need.number
    order.item = item
    order.category = catalogue[item].category
    order.style = catalogue[item].style
    order.promised = today.day
    order.received = today.day
    order.place = place
    order.seen_as = seen_as
    order.asked = 0
    order.incoherent = need.repeats + need.lost
    order.expected = world.choice.best_expected
    order.match = true_match(
        me, world.market, order.number, world.choice.best_expected, world.choice.best_tau, today
    )
    order.defect = 1 if is_defective(me, world.market, order.number, today) else 0
    if order.defect == 1:
        order.match -= 1.0


@rule
def settle_purchase(me, file, need, order, world, office):
    """What any purchase with us does to the person, and what the company records of it."""
    today, market, firm, profile = world.today, world.market, office.firm, file.profile
    me.orders_ever += 1
    me.spent_dkk += order.paid_oere * 0.01
    me.last_from_us[order.category] = today.day
    form_habit(me, market, True)
    remember(me, market, today.day, market.salience_purchase)
    after_purchase(me, market, world.season, need, today)
    me.expertise[order.category] = min(me.expertise[order.category] + market.expertise_gain, 1.0)
    close_need(me, need)
    cell = order.category * STYLES + order.style
    usable = able(today.seed, profile, RECORDS_SALE, firm.record_purchase)
    if order.place != IN_STORE:
        ask_permission(me, file, order, world, office)
        if usable:
            record_purchase(firm, profile, BY_MAIL, cell, order.item, today.day)
            plan_after_purchase(firm, profile, cell, today.day)
            if firm.purchase_pixel == 1 and order.seen_as > 0:
                record_purchase(firm, profile, order.place, cell, order.item, today.day)
            credit_holdout(file, order, world, office)
    elif me.club == 1 and order.seen_as == 2 and usable:
        record_purchase(firm, profile, BY_CLUB, cell, order.item, today.day)
        if profile.club_linked == 1:
            plan_after_purchase(firm, profile, cell, today.day)
            credit_holdout(file, order, world, office)


@rule
def credit_holdout(file, order, world, office):
    """A recorded sale counts for the profiles that are shown ads or for those held out [B22]."""
    if held_out(office.firm, file.profile, world.today.seed):
        office.ledger.held_oere += order.paid_oere
    else:
        office.ledger.treated_oere += order.paid_oere


@rule
def ask_permission(me, file, order, world, office):
    """The company asks for permission to write; he agrees or not [B7]."""
    today = world.today
    if me.permission == 1 or me.refused == 1:
        return
    u = uniform(today.seed, file.profile.number, ASKED, order.number, 0)
    if u < office.firm.ask_permission and gives_permission(
        me, world.market, world.market.permission_intercept, order.number, today
    ):
        me.permission = 1
        plan_welcome(file.profile, today.day)
        note(world.tape, today, me, ev.SUBSCRIBED, ev.WEB if order.place < 2 else ev.STORE, 0.0)


@rule
def join_club(me, file, order, world, office):
    """At the till he is asked to join the club; the card makes store purchases his [B13]."""
    today, profile = world.today, file.profile
    if me.club == 0:
        u = uniform(today.seed, profile.number, ASKED, order.number, 1)
        if u < office.firm.ask_permission and gives_permission(
            me, world.market, world.market.permission_intercept, order.number, today
        ):
            me.club = 1
            profile.club_known = 1
            note(world.tape, today, me, ev.CLUB_JOINED, ev.STORE, 0.0)
    if me.club == 1 and able(today.seed, profile, LINKS_CLUB, office.firm.link_club):
        profile.club_linked = 1
    ask_permission(me, file, order, world, office)


@rule
def order_online(me, file, j, source, discount, seen_as, world, office):
    """Completes the order in the web shop: pays, chooses delivery; False where no slot is free."""
    today, market, tape, terms = world.today, world.market, world.tape, world.terms
    need = me.needs[j]
    slot = free_order(me)
    if slot < 0:
        tape.buffers.lost_orders += 1
        return False
    order = me.orders[slot]
    start_order(me, need, order, need.basket_item, me.device, seen_as, discount, world)
    note_order(tape, today, me, order, ev.WEB_ORDER, source, order.paid_oere, discount)
    price = order.paid_oere * 0.01
    number = order.number
    if chooses_pickup(me, market, terms, price, number, today):
        order.state = TO_PICK_UP
        ready = today.day + max(1, int(market.shelf_days + 0.5))
        drawn = exponential(today.seed, me.id, COMES_FOR_IT, number, 0)
        order.promised = ready
        order.due = ready + int(market.comes_days * drawn)
    else:
        order.state = COMING
        order.promised = today.day + int(market.promised_days)
        order.received = today.day + carrier_days(me, market, number, CARRIER, today)
        order.due = order.received
        if price < terms.free_delivery_from_dkk and terms.delivery_fee_dkk > 0.0:
            fee = int(terms.delivery_fee_dkk * 100.0 + 0.5)
            note_order(tape, today, me, order, ev.FEE_PAID, ev.WEB, fee, 0.0)
        if uniform(today.seed, me.id, ASKS_EARLY, number, 0) < market.asks_before_due:
            order.due = min(order.due, today.day + 2)
        elif order.received > order.promised:
            order.due = order.promised + 1
    if me.account == 0:
        me.account = uniform(today.seed, me.id, OPENS_ACCOUNT, number, 0) < market.opens_account
    settle_purchase(me, file, need, order, world, office)
    if seen_as == 2:
        file.profile.open_case = order.promised
    return True


@rule
def buy_in_store(me, file, j, context, web_order, world, office):
    """Pays at the till for the best item found; False where no slot is free."""
    today = world.today
    need = me.needs[j]
    slot = free_order(me)
    if slot < 0:
        world.tape.buffers.lost_orders += 1
        return False
    order = me.orders[slot]
    known = me.club == 1 and able(
        today.seed, file.profile, IN_STORE_KNOWN, office.firm.identify_in_store
    )
    start_order(me, need, order, world.choice.best_item, IN_STORE, 2 if known else 0, 0.0, world)
    order.state = IN_HAND
    order.due = today.day + 1
    sale = note_order(
        world.tape, today, me, order, ev.STORE_SALE, ev.STORE, order.paid_oere, float(context)
    )
    if context > PLAIN:
        sale.order = web_order
    join_club(me, file, order, world, office)
    settle_purchase(me, file, need, order, world, office)
    return True


@rule
def buy_elsewhere(me, need, world):
    """The competitor meets the need."""
    today, market = world.today, world.market
    z = normal(today.seed, me.id, COMPETITOR_ITEM, need.number, 0)
    price = (
        market.price_dkk[need.category]
        * market.competitor_price
        * math.exp(market.price_spread * z)
    )
    sale = note_need(world.tape, today, me, need, ev.COMPETITOR_SALE, ev.COMPETITOR, -1, 0.0)
    sale.amount_oere = int(price * 100.0 + 0.5)
    form_habit(me, market, False)
    after_purchase(me, market, world.season, need, today)
    close_need(me, need)


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
    late_days = order.received - order.promised
    note_order(world.tape, today, me, order, ev.PARCEL_DELIVERED, ev.NONE, 0, float(late_days))
    order.state = IN_HAND


@rule
def try_out(me, order, slot, world):
    """With the product in hand: keep it, send it back or bring it back."""
    today, market = world.today, world.market
    late_days = order.received - order.promised if order.place < IN_STORE else 0
    feel_product(me, market, order, late_days)
    if uniform(today.seed, me.id, ASKS_USE, order.number, 0) < market.asks_after_purchase or (
        order.defect == 1
        and (uniform(today.seed, me.id, ASKS_DEFECT, order.number, 0) < market.asks_at_defect)
    ):
        plan_call(me, ev.ABOUT_DEFECT, slot, order.number, today.day)
    way = decide_to_return(me, market, order, world.terms, today)
    if way == KEEP:
        note_order(world.tape, today, me, order, ev.KEPT, ev.NONE, 0, order.match)
        order.state = SETTLING
        order.due = today.day + world.terms.return_window_days
        return
    order.state = GOING_BACK if way == MAIL_BACK else BRINGING
    order.due = today.day + days_until_sent(me, market, order.number, today)
    reopen_need(me, order, world)


@rule
def reopen_need(me, order, world):
    """What was bought does not do: the need may still be there, to be met anywhere.

    Having had the product in hand he knows what he is looking for, as after advice. Who brings
    it back looks again when he is there; who posts it, in two days.
    """
    today = world.today
    purchases = order.number % MOST_PURCHASES + 1
    if purchases >= MOST_PURCHASES or not need_survives(me, world.market, order.number, today):
        return
    for j in range(NEEDS):
        need = me.needs[j]
        if need.state != FREE:
            continue
        me.needs_open += 1
        need.state = ACTIVE
        need.number = order.need
        need.category = order.category
        need.style = order.style
        need.dies = today.day + int(world.market.active_life_days)
        need.next_day = order.due if order.state == BRINGING else today.day + 2
        need.attempts = 64 * purchases
        need.progress = 1.0
        need.place = order.place
        need.advised = 1
        need.basket_item = -1
        need.basket_place = -1
        need.repeats = 0
        need.lost = 0
        need.purchases = purchases
        note_need(world.tape, today, me, need, ev.NEED_ACTIVE, ev.NONE, order.item, 1.0)
        return
    world.tape.buffers.lost_needs += 1


@rule
def send_back(me, order, world):
    """The return is posted; the money comes after the depot has opened the parcel."""
    today = world.today
    note_order(world.tape, today, me, order, ev.RETURN_BY_MAIL, ev.NONE, order.paid_oere, 0.0)
    if world.terms.mail_return_fee_dkk > 0.0:
        fee = int(world.terms.mail_return_fee_dkk * 100.0 + 0.5)
        note_order(world.tape, today, me, order, ev.FEE_PAID, ev.NONE, fee, 0.0)
    order.state = AT_DEPOT
    order.due = today.day + carrier_days(me, world.market, order.number, BACK, today)


@rule
def handle_post(me, slot, world, office):
    """Everything about an order that needs no visit."""
    today, tape = world.today, world.tape
    order = me.orders[slot]
    if order.state == COMING:
        handle_delivery(me, order, slot, world)
    if order.state == IN_HAND and order.due <= today.day:
        try_out(me, order, slot, world)
    elif order.state == GOING_BACK:
        send_back(me, order, world)
    elif order.state == AT_DEPOT:
        ask_queue(tape, DEPOT, me.id, slot, 0, 0.0, 0.0)
        order.due = NEVER
    elif order.state == REFUND_DUE:
        note_order(tape, today, me, order, ev.REFUNDED, ev.NONE, order.paid_oere, 0.0)
        feel_return(me, world.market, mail_return_hassle_dkk(me, world.market, world.terms))
        close_order(me, order)
    elif order.state == SETTLING:
        note_order(tape, today, me, order, ev.JOURNEY_DONE, ev.NONE, 0, float(order.incoherent))
        close_order(me, order)
