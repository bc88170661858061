"""Visits to the web shop and the store: what is shown, found, carried over, bought, learned."""

from __future__ import annotations

from sim.company.contacts import plan_reminder, plan_welcome
from sim.company.knowledge import (
    LINKS_DEVICE,
    LOOKS_UP,
    RECORDS,
    STAFF_KNOWS,
    able,
    carried_out,
    forget_device,
    record_interest,
)
from sim.company.shopfront import fill_advice, fill_front
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.log import ask_queue, note, note_need, note_order
from sim.core.records import (
    ACTIVE,
    BRINGING,
    BY_CLUB,
    BY_MAIL,
    IN_HAND,
    LATENT,
    NEEDS,
    ORDERS,
    STYLES,
)
from sim.encounter import occasions
from sim.encounter.calls import DESK
from sim.encounter.orders import (
    AT_PICK_UP,
    AT_RETURN,
    EXCHANGE,
    IN_STORE,
    PLAIN,
    buy_in_store,
    close_order,
    order_online,
    reopen_need,
)
from sim.journey.buying import (
    INSPECTS,
    buys_in_store,
    checks_out,
    delivery_cost_dkk,
    fills_basket,
    finds_it,
    return_hassle_dkk,
    store_return_hassle_dkk,
    uncertainty,
    weigh,
)
from sim.journey.feeling import feel_return
from sim.journey.messages import gives_permission, matching_need
from sim.journey.needs import remember, wake
from sim.journey.returning import KEEP, decide_to_return
from sim.journey.touchpoints import device_for

ASKS_VISITOR = decision("the shop asks the visitor to sign up")
RENEWS = decision("cookie is gone")
LOGS_IN = decision("logs in")
ADVICE = decision("is advised in store")
COMES_AT = decision("minute at the desk")
DESK_TIME = decision("minutes of the desk")
HAS_PATIENCE = 1e6  # minutes: nobody leaves the desk with the parcel

FOR_NEED, FOR_PICK_UP, FOR_RETURN, TO_LOOK = 0, 1, 2, 3  # reasons of a store visit


@rule
def recognise_online(me, file, source, device, world, office):
    """How the web shop knows its visitor: 0 not, 1 as a device, 2 as a person.

    A cookie is a device; a login, or a linked device or mail link, is a person. Links are made
    where the company makes them, and break when the cookie is deleted.
    """
    today, profile = world.today, file.profile
    bit = 1 << device
    if uniform(today.seed, me.id, RENEWS, source, today.day) < world.market.cookie_renewed:
        forget_device(profile, device)
    links = me.cookies == 1 and able(today.seed, profile, LINKS_DEVICE, office.firm.link_device)
    person = me.cookies == 1 and profile.device_linked & bit != 0
    if (
        me.account == 1
        and uniform(today.seed, me.id, LOGS_IN, source, today.day) < world.market.logs_in
    ):
        note(world.tape, today, me, ev.LOGGED_IN, ev.WEB, 0.0)
        person = True
    if source == ev.EMAIL and links:
        person = True
    if person and links:
        profile.device_linked |= bit
    if not able(today.seed, profile, RECORDS, office.firm.record_web):
        return 2 if person else 0
    if me.cookies == 1:
        profile.device_seen |= bit
    if person:
        return 2
    return 1 if me.cookies == 1 else 0


@rule
def record_view(me, file, seen_as, device, cell, item, world, office):
    """The web shop's record of a look at an item, where it records and knows the visitor."""
    today, firm, profile = world.today, office.firm, file.profile
    if seen_as == 0 or not able(today.seed, profile, RECORDS, firm.record_web):
        return
    if me.cookies == 1:
        record_interest(firm, profile, device, cell, item, 1, today.day)
    if seen_as == 2:
        record_interest(firm, profile, BY_MAIL, cell, item, 1, today.day)


@rule
def carry_over(me, need, place, world):
    """Progress at a change of place: kept in part, or restored from the history on show.

    What is restored is what the company recorded, never more [B8, B49].
    """
    market, shown = world.market, world.shown
    if need.place >= 0 and need.place != place and need.progress > 0.0:
        kept = market.progress_kept * need.progress
        restored = 0.0
        if shown.history_cell >= 0 and shown.history_cell // STYLES == need.category:
            restored = min(need.progress, shown.history * market.progress_step)
        if restored < need.progress and kept < need.progress - market.progress_missed:
            need.repeats += 1
            note_need(
                world.tape,
                world.today,
                me,
                need,
                ev.REPEATED,
                ev.WEB if place < 2 else ev.STORE,
                -1,
                max(kept, restored),
            )
        need.progress = max(kept, restored)
    need.place = place


@rule
def recover_basket(me, need, device, world):
    """The basket left behind: there in the same browser or if the shop shows it, else lost."""
    if need.basket_item < 0:
        return
    own = need.basket_place == device and me.cookies == 1
    if not own and world.shown.basket_item != need.basket_item:
        need.basket_item = -1
        need.lost += 1
        note_need(world.tape, world.today, me, need, ev.REPEATED, ev.WEB, -1, 0.0)


@rule
def sees_it(need, landing_cell, world):
    """What the need asks for is among what is shown."""
    shown = world.shown
    cell = need.category * STYLES + need.style
    if landing_cell == cell:
        return True
    for t in range(shown.n):
        if shown.items[t] >= 0 and shown.cells[t] == cell:
            return True
    return False


@rule
def look_at_items(me, need, in_store, discount, world):
    """Weighs all items of the need's kind, and what is shown of its category."""
    today, market, shown = world.today, world.market, world.shown
    world.choice.best_item = -1
    world.choice.best_value = -1e9
    tau = uncertainty(me, market, need, in_store)
    hassle = return_hassle_dkk(me, market, world.terms, today)
    if in_store:
        hassle = store_return_hassle_dkk(me, market, world.terms, today)
    first = (need.category * STYLES + need.style) * market.items_per_style
    for row in range(first, first + market.items_per_style):
        weigh(
            me, market, need, row, world.catalogue[row], tau, hassle, discount, today, world.choice
        )
    for t in range(shown.n):
        row = shown.items[t]
        if (
            row >= 0
            and shown.cells[t] // STYLES == need.category
            and not (first <= row < first + market.items_per_style)
        ):
            weigh(
                me,
                market,
                need,
                row,
                world.catalogue[row],
                tau,
                hassle,
                discount,
                today,
                world.choice,
            )


@rule
def label_tiles(world):
    """Category and style of what is shown, as anybody can see them."""
    shown = world.shown
    for t in range(shown.n):
        row = shown.items[t]
        shown.cells[t] = -1
        if row >= 0:
            shown.cells[t] = world.catalogue[row].category * STYLES + world.catalogue[row].style


@rule
def wake_by_tiles(me, probability, occasion, channel, world):
    """Each tile may wake a latent need of its category; less where the style is another."""
    today, shown = world.today, world.shown
    for t in range(shown.n):
        if shown.items[t] < 0:
            continue
        j = matching_need(me, shown.cells[t] // STYLES, LATENT)
        if j >= 0:
            need = me.needs[j]
            same = shown.cells[t] % STYLES == need.style
            p = probability if same else probability * world.market.wrong_style_relevance
            about = occasion + today.day * 8 + t
            if wake(me, world.market, need, p, about, today, channel, world.tape):
                need.next_day = today.day + 1


@rule
def ask_visitor(me, file, source, world, office):
    """A box in the shop asks visitors to sign up for the newsletter [B2, B7]."""
    today = world.today
    if me.permission == 1 or me.refused == 1:
        return
    about = occasions.FRONT + source
    if (
        uniform(today.seed, file.profile.number, ASKS_VISITOR, about, today.day)
        >= office.firm.ask_visitors
    ):
        return
    if gives_permission(
        me, world.market, world.market.visitor_permission_intercept, about + today.day * 8, today
    ):
        me.permission = 1
        plan_welcome(file.profile, today.day)
        note(world.tape, today, me, ev.SUBSCRIBED, ev.WEB, 0.0)


@rule
def visit_web(me, file, j, source, landing_cell, discount, world, office):
    """A visit to the web shop, for need ``j`` or (-1) without one.

    ``source``: the channel that brought him; ``landing_cell``: what the link led to, else -1.
    """
    today, market = world.today, world.market
    device = device_for(me, market, source, today)
    seen_as = recognise_online(me, file, source, device, world, office)
    number = me.needs[j].number if j >= 0 else -1
    visit = note(world.tape, today, me, ev.WEB_VISIT, source, float(seen_as))
    visit.need = number
    me.aware = 1
    remember(me, market, today.day, market.salience_visit)
    fill_front(
        world.shown, office.firm, file, seen_as, device, today.day, today.seed, office.belief
    )
    label_tiles(world)
    ask_visitor(me, file, source, world, office)
    p = market.wake_shopper if me.shopper == 1 else market.wake_buyer
    glance = market.wake_glance if j >= 0 else 1.0
    wake_by_tiles(me, p * glance, occasions.FRONT, ev.WEB, world)
    if j < 0:
        if landing_cell >= 0:
            record_view(
                me,
                file,
                seen_as,
                device,
                landing_cell,
                office.firm.popular_item[landing_cell],
                world,
                office,
            )
        return
    need = me.needs[j]
    carry_over(me, need, device, world)
    recover_basket(me, need, device, world)
    found = sees_it(need, landing_cell, world)
    if not found and not finds_it(me, market, need, False, today):
        return
    look_at_items(me, need, False, discount, world)
    need.progress = min(need.progress + market.progress_step, 1.0)
    c = need.category
    me.expertise[c] = min(me.expertise[c] + market.expertise_gain, 1.0)
    note_need(
        world.tape,
        today,
        me,
        need,
        ev.ITEM_VIEWED,
        ev.WEB,
        world.choice.best_item,
        1.0 if found else 0.0,
    )
    record_view(
        me, file, seen_as, device, c * STYLES + need.style, world.choice.best_item, world, office
    )
    decide_online(me, file, j, source, discount, seen_as, world, office)


@rule
def decide_online(me, file, j, source, discount, seen_as, world, office):
    """Basket, then checkout [P1]; a basket left behind stays where it was filled."""
    today, market = world.today, world.market
    need = me.needs[j]
    price = world.catalogue[world.choice.best_item].price_oere * 0.01 * (1.0 - discount)
    delivery = delivery_cost_dkk(me, market, world.terms, price)
    if need.basket_item < 0:
        if not fills_basket(me, market, need, delivery, price, today, world.choice):
            return
        note_need(
            world.tape,
            today,
            me,
            need,
            ev.BASKET_FILLED,
            ev.WEB,
            world.choice.best_item,
            float(me.device),
        )
    need.basket_item = world.choice.best_item
    if checks_out(me, market, need, world.shown.known, delivery, today) and order_online(
        me, file, j, source, discount, seen_as, world, office
    ):
        credit_last_click(source, world.shown.kind, int(price * 100.0 + 0.5), office.ledger)
        return
    need.basket_place = me.device
    note_need(
        world.tape, today, me, need, ev.BASKET_LOST, ev.WEB, need.basket_item, float(me.device)
    )
    if seen_as > 0 and able(today.seed, file.profile, RECORDS, office.firm.record_web):
        plan_reminder(
            office.firm, file.profile, need.basket_item, 1 if seen_as == 2 else 0, today.day
        )


@rule
def credit_last_click(source, kind, paid_oere, ledger):
    """The shop's web statistics: the sale goes to the paid channel that was clicked last [B44]."""
    if source == ev.INSTAGRAM and kind <= 1:
        ledger.attributed_oere[kind] += paid_oere
    elif source == ev.SEARCH and kind == 1:
        ledger.attributed_oere[2] += paid_oere


@rule
def visit_store(me, file, j, reason, slot, world, office):
    """A visit to the store. Whatever brought him, open needs are met by the same rules [B38].

    ``reason``: FOR_NEED (need ``j``), FOR_PICK_UP or FOR_RETURN (order in ``slot``), TO_LOOK.
    """
    today, market, shown, firm, profile = (
        world.today,
        world.market,
        world.shown,
        office.firm,
        file.profile,
    )
    known = me.club == 1 and able(today.seed, profile, STAFF_KNOWS, firm.identify_by_staff)
    known = known and able(today.seed, profile, LOOKS_UP, firm.staff_lookup)
    known = known and carried_out(firm, today.seed, profile, 64, today.day)
    number = me.needs[j].number if j >= 0 else -1
    order_number = me.orders[slot].number if slot >= 0 else -1
    if slot >= 0:
        number = me.orders[slot].need
    visit = note(world.tape, today, me, ev.STORE_VISIT, ev.STORE, 1.0 if known else 0.0)
    visit.need = number
    visit.order = reason
    me.aware = 1
    remember(me, market, today.day, market.salience_visit)
    shown.n = 0
    shown.history_cell = -1
    shown.history = 0
    if known:
        fill_advice(shown, firm, file, today.day, today.seed, office.belief)
        label_tiles(world)
    context, web_order = PLAIN, -1
    if slot >= 0 and me.orders[slot].place < IN_STORE:
        context = AT_PICK_UP if reason == FOR_PICK_UP else AT_RETURN
        web_order = order_number
    returned_need = number if reason == FOR_RETURN else -1
    go_to_desk(me, reason, slot, world)
    p = market.wake_store if me.shopper == 1 else market.wake_store_buyer
    for k in range(NEEDS):
        need = me.needs[k]
        if need.state == LATENT:
            wake(me, market, need, p, occasions.SHELF + today.day, today, ev.STORE, world.tape)
        if need.state == ACTIVE and (need.next_day <= today.day + market.in_mind_days or k == j):
            if returned_need >= 0 and need.number == returned_need and context == AT_RETURN:
                shop_for(me, file, k, known, EXCHANGE, web_order, world, office)
            else:
                shop_for(me, file, k, known, context, web_order, world, office)


@rule
def shop_for(me, file, k, known, context, web_order, world, office):
    """Looks for what need ``k`` asks for in the store, and buys it or not."""
    today, market = world.today, world.market
    need = me.needs[k]
    carry_over(me, need, IN_STORE, world)
    if uniform(today.seed, me.id, ADVICE, need.number, need.attempts) < market.advised_in_store:
        need.advised = 1
    if sees_it(need, -1, world) or finds_it(me, market, need, True, today):
        look_at_items(me, need, True, 0.0, world)
        need.progress = min(need.progress + market.progress_step_store, 1.0)
        c = need.category
        me.expertise[c] = min(me.expertise[c] + market.expertise_gain, 1.0)
        note_need(
            world.tape, today, me, need, ev.ITEM_VIEWED, ev.STORE, world.choice.best_item, 0.0
        )
        if known:
            record_interest(
                office.firm,
                file.profile,
                BY_CLUB,
                c * STYLES + need.style,
                world.choice.best_item,
                1,
                today.day,
            )
        if buys_in_store(me, market, need, today, world.choice):
            buy_in_store(me, file, k, context, web_order, world, office)
    need.attempts += 1
    if need.state == ACTIVE and need.next_day <= today.day:
        need.next_day = today.day + 1 + int(market.store_retry * market.attention_gap_days)


@rule
def go_to_desk(me, reason, slot, world):
    """Picks up what is ready; brings back what waits at home to be brought back."""
    today, market = world.today, world.market
    if reason == FOR_PICK_UP:
        order = me.orders[slot]
        note_order(world.tape, today, me, order, ev.PICKED_UP, ev.STORE, 0, 0.0)
        queue_at_desk(me, slot, market.desk_pickup, world)
        order.state = IN_HAND
        order.received = today.day
        order.due = today.day + 1
        if uniform(today.seed, me.id, INSPECTS, order.number, 0) < market.inspects_at_pickup:
            if decide_to_return(me, market, order, world.terms, today) != KEEP and (
                world.terms.return_in_store == 1
            ):
                reopen_need(me, order, world)
                bring_back(me, order, world)
    returned = False
    for s in range(ORDERS):
        order = me.orders[s]
        if order.state == BRINGING and (
            s == slot or reason != FOR_PICK_UP or order.due <= today.day
        ):
            bring_back(me, order, world)
            returned = True
    if returned:
        queue_at_desk(me, slot, 1.0, world)


@rule
def bring_back(me, order, world):
    """The return is taken at the desk and refunded at once."""
    today, tape, terms = world.today, world.tape, world.terms
    note_order(tape, today, me, order, ev.RETURN_IN_STORE, ev.STORE, order.paid_oere, 0.0)
    note_order(tape, today, me, order, ev.REFUNDED, ev.STORE, order.paid_oere, 1.0)
    if terms.store_return_fee_dkk > 0.0:
        fee = int(terms.store_return_fee_dkk * 100.0 + 0.5)
        note_order(tape, today, me, order, ev.FEE_PAID, ev.STORE, fee, 0.0)
    feel_return(me, world.market, store_return_hassle_dkk(me, world.market, terms, today))
    close_order(me, order)


@rule
def queue_at_desk(me, slot, share, world):
    """Joins the queue at the service desk; what he waited he feels by next morning."""
    today, market = world.today, world.market
    u = uniform(today.seed, me.id, COMES_AT, me.id, today.day)
    minute = int(
        market.stores_from_minute + (market.stores_until_minute - market.stores_from_minute) * u
    )
    v = uniform(today.seed, me.id, DESK_TIME, me.id, today.day)
    handling = (
        share * market.desk_minutes * (1.0 - market.desk_spread + 2.0 * market.desk_spread * v)
    )
    ask_queue(world.tape, DESK, me.id, max(slot, 0), minute, handling, HAS_PATIENCE)
