"""A visit to the store, whatever brought him: the desk, then what is in his mind [B38]."""

from __future__ import annotations

from sim.company.contacts import compose_greeting
from sim.company.departments import DONE, carries_out
from sim.company.knowledge import RECORDS_SALE, able, record_interest
from sim.company.recommending import count_shown
from sim.company.shopfront import can_order_home, fill_advice, show_nothing
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.log import ENDLESS, ask_queue, note, note_message, note_need, note_order
from sim.core.records import (
    ACTIVE,
    BRINGING,
    BY_CLUB,
    IN_HAND,
    IN_STORE,
    LATENT,
    ORDER_HOME,
    PASS_LEAD,
    STYLES,
    TO_PICK_UP,
)
from sim.encounter.acts import does_for_others, is_taken_back
from sim.encounter.calls import DESK
from sim.encounter.friction import do_again, repeat_about_order
from sim.encounter.impressions import eagerness, label_tiles, see_contradiction, wake_by_tiles
from sim.encounter.membership import seen_by_beacon, staff_know
from sim.encounter.occasions import AT_STORE, moment, tile
from sim.encounter.orders import close_order, note_return, reopen_need, rides_along
from sim.encounter.reviews import note_fault, review
from sim.encounter.shopping import (
    come_to,
    learn_by_looking,
    look_at_items,
    sees_it,
    was_handed_over,
)
from sim.encounter.till import buy_in_store, gets_to_pay, shelf_oere
from sim.encounter.visiting import FOR_PICK_UP, FOR_RETURN, enter_store, leave_store
from sim.journey.buying import (
    INSPECTS,
    buys_in_store,
    desk_hassle_dkk,
    finds_it,
    store_return_hassle_dkk,
    tried_bit,
)
from sim.journey.feeling import feel_return
from sim.journey.friction import tell, told_elsewhere
from sim.journey.memory import FORGETS_VISIT, keep_in_mind, remember, remember_cost
from sim.journey.messages import tire
from sim.journey.needs import MORE, comes_up, put_all_off, put_off, wake, wants_something
from sim.journey.returning import gives_back, loss_in_hand_dkk

ADVICE = decision("is advised in store")
DESK_TIME = decision("minutes of the desk")
KEEPS_RECEIPT = decision("finds the paper receipt")


@rule
def visit_store(me, file, j, reason, slot, world, office):
    """A visit to the store. Whatever brought him, open needs are met by the same rules [B38].

    ``reason``: FOR_NEED (need ``j``), FOR_PICK_UP or FOR_RETURN (order in ``slot``), TO_LOOK. Who
    lets himself in after closing time finds nobody to serve him, but the app knows him [B40].
    """
    today, market, choice = world.today, world.market, world.choice
    when = moment(today.day, AT_STORE + reason)
    enter_store(me, file, reason, world, office)
    staffed = choice.staffed == 1
    known = staffed and staff_know(me, file, when, world, office)
    visit = note(world.tape, today, me, ev.STORE_VISIT, ev.STORE, float(choice.store))
    visit.seen_as = ev.A_PERSON if known or not staffed else ev.NOBODY
    visit.minute = choice.minute
    visit.style = 1 - choice.staffed
    visit.order = reason
    visit.need = me.needs[j].number if j >= 0 else -1
    context, web_order = ev.PLAIN, -1
    if slot >= 0:
        visit.need = me.orders[slot].need
        if me.orders[slot].place < IN_STORE:
            context = ev.AT_PICK_UP if reason == FOR_PICK_UP else ev.NEW_AT_RETURN
            web_order = me.orders[slot].number
    keep_in_mind(me, market.visit_kept_days, FORGETS_VISIT, -1, when, today)
    remember(me, market, today.day, market.salience_visit)
    greet_in_app(me, file, AT_STORE + reason, world, office)
    show_nothing(world.shown)
    if known:
        fill_advice(world.shown, office.firm, file, today.day, today.seed, office.belief)
        count_shown(office.ledger, file.profile, world.shown)
        label_tiles(world)
    if staffed:
        offer_to_order_home(me, file, when, world, office)
    returned_need = -1
    if staffed:
        returned_need = go_to_desk(me, file, reason, slot, world, office)
    meet_needs(me, file, j, known, context, web_order, returned_need, when, world, office)
    leave_store(me, when, world)


@rule
def offer_to_order_home(me, file, when, world, office):
    """What the store does not carry, staff have sent to his home, where they can and care to: the
    sale may be another department's [B46, B49]."""
    firm, profile, today = office.firm, file.profile, world.today
    if not can_order_home(firm, profile, today.seed):
        return
    kind = ev.ACT_DECLINED
    if carries_out(firm, profile, ORDER_HOME, 0.0, when, today.seed) == DONE:
        world.shown.order_home = 1
        kind = ev.ACT_DONE
    if wants_something(me):
        note(world.tape, today, me, kind, ev.STORE, 0.0).category = ORDER_HOME


@rule
def meet_needs(me, file, j, known, context, web_order, returned_need, when, world, office):
    """What is in his mind, what the shelves wake, and what goes with what he has bought."""
    today, market = world.today, world.market
    p = market.wake_store if me.shopper == 1 else market.wake_store_buyer
    for k in range(me.needs_open):
        need = me.needs[k]
        if need.state == LATENT:
            wake(me, market, need, p, when, today, ev.STORE, world.tape)
        if need.number == returned_need:
            tell(need, IN_STORE)  # it lies on the counter
        if comes_up(need, market.in_mind_days, today) or (k == j and need.state == ACTIVE):
            exchanged = context != ev.PLAIN and need.number == returned_need
            why = ev.EXCHANGE if exchanged else context
            if not shop_for(me, file, k, known, why, web_order, when, world, office):
                put_all_off(me, market.store_retry * market.attention_gap_days, today)
                return
    shop_for_the_rest(me, file, known, context, web_order, when, world, office)


@rule
def shop_for_the_rest(me, file, known, context, web_order, when, world, office):
    """The further things that go with what he has bought."""
    today, market = world.today, world.market
    for k in range(me.needs_open):
        need = me.needs[k]
        if need.number >= MORE and need.state == ACTIVE and need.next_day <= today.day:
            if not shop_for(me, file, k, known, context, web_order, when, world, office):
                put_all_off(me, market.store_retry * market.attention_gap_days, today)
                return


@rule
def greet_in_app(me, file, occasion, world, office):
    """At the door his phone says what the company believes he likes [B12]: a contact like any."""
    today, market, shown = world.today, world.market, world.shown
    if not seen_by_beacon(me, file, office, today):
        return
    if not compose_greeting(shown, office.firm, file, today.day, today.seed, office.belief):
        return
    count_shown(office.ledger, file.profile, shown)
    note_message(world.tape, today, me, shown, world.catalogue, ev.APP_MESSAGE, ev.STORE, -1, 0.0)
    tire(me, market, today.day, 1.0)
    see_contradiction(me, file, occasion, world, office)
    label_tiles(world)
    first = tile(moment(today.day, occasion), 0)
    wake_by_tiles(me, eagerness(me, market) * market.wake_glance, first, 0, ev.STORE, world)


@rule
def shop_for(me, file, k, known, context, web_order, when, world, office):
    """Looks for what need ``k`` asks for in the store, and buys it or not. Whether he stays."""
    today, market, choice, need = world.today, world.market, world.choice, me.needs[k]
    come_to(me, need, IN_STORE, 0)
    choice.looks += 1
    served, stays = is_served(me, need, when, world)
    if served:
        look_at_items(me, need, True, 0.0, world)
        learn_by_looking(me, need, market.progress_step_store, world)
        note_need(world.tape, today, me, need, ev.ITEM_VIEWED, ev.STORE, choice.best_item, 0.0)
        try_on(need, world)
        if known:
            pass_lead(me, file, when, world, office)
        price = shelf_oere(choice.best_item, world) * 0.01
        if buys_in_store(me, market, world.terms, need, price, when, today, choice):
            if gets_to_pay(me, file, k, when, world, office):
                buy_in_store(me, file, k, context, web_order, world, office)
            else:
                stays = False
    if not (served and stays):
        choice.went_without = 1
    need.reserved = 0
    put_off(need, market.store_retry * market.attention_gap_days, today)
    return stays


@rule
def pass_lead(me, file, when, world, office):
    """Staff note what a visitor they know looked at, for mail and web shop to go on from: if they
    have the minute for others [B46, B49]."""
    choice = world.choice
    item = world.catalogue[choice.best_item]
    if does_for_others(me, file, PASS_LEAD, item.price_oere * 0.01, when, world, office):
        cell = item.category * STYLES + item.style
        record_interest(
            office.firm, file.profile, BY_CLUB, cell, choice.best_item, 1, world.today.day
        )


@rule
def try_on(need, world):
    """He tries on what he likes best, where the store carries it, and remembers how it fits."""
    row = world.choice.best_item
    if world.catalogue[row].in_store == 1:
        need.handled |= tried_bit(row, need.category, world.market)


@rule
def is_served(me, need, when, world):
    """He is led to what he wants, or finds it: whether he stands before it, and whether he stays.

    Staff who do not know what he has told us elsewhere have to be told; without staff he searches
    the shelves for it. Whether those who are asked can answer hangs on the store's skill.
    """
    today, market, choice = world.today, world.market, world.choice
    answered = market.advised_in_store * today.shops[choice.store].skill
    advised = uniform(today.seed, me.id, ADVICE, need.number, when) < answered
    advised = advised and choice.staffed == 1
    before_him = sees_it(need, -1, world) or was_handed_over(need, world) or need.reserved == 1
    if told_elsewhere(need, IN_STORE) and not before_him:
        what, minutes = ev.SEARCHED, market.look_again_minutes
        if advised:
            what, minutes = ev.SAID, market.say_again_minutes
        patience = market.patience_store_minutes
        if not do_again(me, need, what, ev.STORE, minutes, patience, when, world):
            return False, False
        before_him = True
    if advised:
        need.advised = 1
        choice.advised = 1
        note_need(world.tape, today, me, need, ev.ADVISED, ev.STORE, -1, 0.0)
    if not before_him and need.told == 0 and not finds_it(me, market, need, True, when, today):
        return False, True
    tell(need, IN_STORE)
    return True, True


@rule
def go_to_desk(me, file, reason, slot, world, office):
    """Picks up what is ready; brings back what waits at home, or fails on inspection.

    Returns the number of the need whose web order was handed back, else -1.
    """
    today, market = world.today, world.market
    share, returned_need = 0.0, -1
    if reason == FOR_RETURN and me.orders[slot].place < IN_STORE:
        returned_need = me.orders[slot].need
    for s in range(me.orders_open):
        order = me.orders[s]
        if order.state == TO_PICK_UP and reason == FOR_PICK_UP and order.due <= today.day:
            if not rides_along(order):
                share += market.desk_pickup
            if pick_up(me, file, order, world, office):
                share += 1.0
                if s == slot:
                    returned_need = order.need
        elif order.state == BRINGING and (reason != FOR_PICK_UP or order.due <= today.day):
            share += desk_share(order, office.firm)
            if order.place != IN_STORE and not is_taken_back(me, file, order, world, office):
                if s == slot:
                    returned_need = -1
                continue
            if not has_receipt(me, file, order, world, office):
                repeat_about_order(me, order, ev.RECEIPT, ev.STORE, world)
                share += market.receipt_minutes / market.desk_minutes
            note_return(file, order, today, office)
            bring_back(me, order, 1 if s == slot else 0, world)
    if share > 0.0:
        queue_at_desk(me, slot, reason, share, world)
    return returned_need


@rule
def desk_share(order, firm):
    """Of the desk's usual minutes: more for a web order, where staff are not trained for it."""
    return 1.0 if order.place == IN_STORE else firm.act_slowness


@rule
def has_receipt(me, file, order, world, office):
    """The purchase is on file where staff can find it, or he has the paper along; what was ordered
    on the web has its mail."""
    today, terms = world.today, world.terms
    if order.place != IN_STORE:
        return True
    if order.seen_as == ev.A_PERSON and terms.digital_receipt == 1:
        if able(today.seed, file.profile, RECORDS_SALE, office.firm.record_purchase):
            return True
    u = uniform(today.seed, me.id, KEEPS_RECEIPT, order.number, 0)
    return u < world.market.keeps_receipt


@rule
def pick_up(me, file, order, world, office):
    """Takes the parcel; some inspect it there and hand back what does not do. Returns whether."""
    today, market, terms = world.today, world.market, world.terms
    parcels = 0.0 if rides_along(order) else 1.0
    note_order(world.tape, today, me, order, ev.PICKED_UP, ev.STORE, 0, parcels)
    order.touched |= ev.BY_PLACE[IN_STORE]
    order.state = IN_HAND
    order.received = today.day
    order.due = today.day + 1
    if terms.return_in_store == 0:
        return False
    if uniform(today.seed, me.id, INSPECTS, order.number, 0) >= market.inspects_at_pickup:
        return False
    if loss_in_hand_dkk(me, market, order) <= desk_hassle_dkk(me, market, terms, today):
        return False
    reopen_need(me, order, world)
    review(me, file, order, world, office)
    if not is_taken_back(me, file, order, world, office):
        return False
    note_return(file, order, today, office)
    bring_back(me, order, 0, world)
    return True


@rule
def bring_back(me, order, made_trip, world):
    """The return is taken at the desk and refunded at once; ``made_trip`` if he came for it."""
    today, tape, terms, market = world.today, world.tape, world.terms, world.market
    of_web = 0.0 if order.place == IN_STORE else 1.0
    note_fault(me, order, ev.STORE, world)
    note_order(tape, today, me, order, ev.RETURN_IN_STORE, ev.STORE, order.paid_oere, of_web)
    note_order(tape, today, me, order, ev.REFUNDED, ev.STORE, order.paid_oere, 1.0)
    if terms.store_return_fee_dkk > 0.0:
        fee = int(terms.store_return_fee_dkk * 100.0 + 0.5)
        note_order(tape, today, me, order, ev.FEE_PAID, ev.STORE, fee, 0.0)
    hassle = desk_hassle_dkk(me, market, terms, today)
    if made_trip == 1:
        hassle = store_return_hassle_dkk(me, market, terms, today)
    feel_return(me, market, hassle)
    remember_cost(me, market, hassle)
    gives_back(me, order)
    close_order(me, order)


@rule
def queue_at_desk(me, slot, reason, share, world):
    """Joins the queue at the service desk when he comes; what he waited he feels by next morning.

    The desks of all stores are one pool, and keep the hours of the desk: who comes to a store that
    is open longer is served first or last of all.
    """
    today, market, terms = world.today, world.market, world.terms
    v = uniform(today.seed, me.id, DESK_TIME, reason, today.day)
    minute = max(world.choice.minute, terms.stores_open_minute)
    minute = min(minute, terms.stores_close_minute - 1)
    handling = share * market.desk_minutes * (1.0 + market.desk_spread * (2.0 * v - 1.0))
    ask_queue(world.tape, DESK, me.id, max(slot, 0), minute, handling, ENDLESS)
