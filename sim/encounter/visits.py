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
from sim.core.log import ask_queue, note, note_need, note_order, write
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
def recognise_online(me, profile, mk, firm, source, device, today, log, cur):
    """How the web shop knows its visitor: 0 not, 1 as a device, 2 as a person.

    A cookie is a device; a login, or a linked device or mail link, is a person. Links are made
    where the company makes them, and break when the cookie is deleted.
    """
    bit = 1 << device
    if uniform(today.seed, me.id, RENEWS, source, today.day) < mk.cookie_renewed:
        forget_device(profile, device)
    links = me.cookies == 1 and able(today.seed, profile, LINKS_DEVICE, firm.link_device)
    person = me.cookies == 1 and profile.device_linked & bit != 0
    if me.account == 1 and uniform(today.seed, me.id, LOGS_IN, source, today.day) < mk.logs_in:
        note(log, cur, today, me, ev.LOGGED_IN, ev.WEB, 0.0)
        person = True
    if source == ev.EMAIL and links:
        person = True
    if person and links:
        profile.device_linked |= bit
    if not able(today.seed, profile, RECORDS, firm.record_web):
        return 2 if person else 0
    if me.cookies == 1:
        profile.device_seen |= bit
    if person:
        return 2
    return 1 if me.cookies == 1 else 0


@rule
def record_view(me, profile, firm, seen_as, device, cell, item, today):
    """The web shop's record of a look at an item, where it records and knows the visitor."""
    if seen_as == 0 or not able(today.seed, profile, RECORDS, firm.record_web):
        return
    if me.cookies == 1:
        record_interest(firm, profile, device, cell, item, 1, today.day)
    if seen_as == 2:
        record_interest(firm, profile, BY_MAIL, cell, item, 1, today.day)


@rule
def carry_over(me, mk, need, place, shown, today, log, cur):
    """Progress at a change of place: kept in part, or restored from the history on show.

    What is restored is what the company recorded, never more [B8, B49].
    """
    if need.place >= 0 and need.place != place and need.progress > 0.0:
        kept = mk.progress_kept * need.progress
        restored = 0.0
        if shown.history_cell >= 0 and shown.history_cell // STYLES == need.category:
            restored = min(need.progress, shown.history * mk.progress_step)
        if restored < need.progress and kept < need.progress - mk.progress_missed:
            need.repeats += 1
            note_need(
                log,
                cur,
                today,
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
def recover_basket(me, need, device, shown, today, log, cur):
    """The basket left behind: there in the same browser or if the shop shows it, else lost."""
    if need.basket_item < 0:
        return
    own = need.basket_place == device and me.cookies == 1
    if not own and shown.basket_item != need.basket_item:
        need.basket_item = -1
        need.lost += 1
        note_need(log, cur, today, me, need, ev.REPEATED, ev.WEB, -1, 0.0)


@rule
def sees_it(need, shown, landing_cell):
    """What the need asks for is among what is shown."""
    cell = need.category * STYLES + need.style
    if landing_cell == cell:
        return True
    for t in range(shown.n):
        if shown.items[t] >= 0 and shown.cells[t] == cell:
            return True
    return False


@rule
def look_at_items(me, mk, need, in_store, terms, shown, discount, catalogue, today, cur):
    """Weighs all items of the need's kind, and what is shown of its category."""
    cur.best_item = -1
    cur.best_value = -1e9
    tau = uncertainty(me, mk, need, in_store)
    hassle = return_hassle_dkk(me, mk, terms, today)
    if in_store:
        hassle = store_return_hassle_dkk(me, mk, terms, today)
    first = (need.category * STYLES + need.style) * mk.items_per_style
    for row in range(first, first + mk.items_per_style):
        weigh(me, mk, need, row, catalogue[row], tau, hassle, discount, today, cur)
    for t in range(shown.n):
        row = shown.items[t]
        if (
            row >= 0
            and shown.cells[t] // STYLES == need.category
            and not (first <= row < first + mk.items_per_style)
        ):
            weigh(me, mk, need, row, catalogue[row], tau, hassle, discount, today, cur)


@rule
def label_tiles(shown, catalogue):
    """Category and style of what is shown, as anybody can see them."""
    for t in range(shown.n):
        row = shown.items[t]
        shown.cells[t] = -1
        if row >= 0:
            shown.cells[t] = catalogue[row].category * STYLES + catalogue[row].style


@rule
def wake_by_tiles(me, mk, shown, probability, occasion, today, channel, log, cur):
    """Each tile may wake a latent need of its category; less where the style is another."""
    for t in range(shown.n):
        if shown.items[t] < 0:
            continue
        j = matching_need(me, shown.cells[t] // STYLES, LATENT)
        if j >= 0:
            need = me.needs[j]
            same = shown.cells[t] % STYLES == need.style
            p = probability if same else probability * mk.wrong_style_relevance
            about = occasion + today.day * 8 + t
            if wake(me, mk, need, p, about, today, channel, log, cur):
                need.next_day = today.day + 1


@rule
def ask_visitor(me, profile, mk, firm, source, today, log, cur):
    """A box in the shop asks visitors to sign up for the newsletter [B2, B7]."""
    if me.permission == 1 or me.refused == 1:
        return
    about = occasions.FRONT + source
    if uniform(today.seed, profile.number, ASKS_VISITOR, about, today.day) >= firm.ask_visitors:
        return
    if gives_permission(me, mk, mk.visitor_permission_intercept, about + today.day * 8, today):
        me.permission = 1
        plan_welcome(profile, today.day)
        note(log, cur, today, me, ev.SUBSCRIBED, ev.WEB, 0.0)


@rule
def visit_web(
    me,
    profile,
    mind,
    row,
    j,
    source,
    landing_cell,
    discount,
    mk,
    terms,
    firm,
    catalogue,
    season,
    today,
    shown,
    log,
    requests,
    cur,
):
    """A visit to the web shop, for need ``j`` or (-1) without one.

    ``source``: the channel that brought him; ``landing_cell``: what the link led to, else -1.
    """
    device = device_for(me, mk, source, today)
    seen_as = recognise_online(me, profile, mk, firm, source, device, today, log, cur)
    number = me.needs[j].number if j >= 0 else -1
    write(log, cur, today, me.id, ev.WEB_VISIT, source, -1, -1, -1, number, -1, 0, float(seen_as))
    me.aware = 1
    remember(me, mk, today.day, mk.salience_visit)
    fill_front(shown, firm, profile, mind, seen_as, device, today.day, today.seed, cur)
    label_tiles(shown, catalogue)
    ask_visitor(me, profile, mk, firm, source, today, log, cur)
    p = mk.wake_shopper if me.shopper == 1 else mk.wake_buyer
    glance = mk.wake_glance if j >= 0 else 1.0
    wake_by_tiles(me, mk, shown, p * glance, occasions.FRONT, today, ev.WEB, log, cur)
    if j < 0:
        if landing_cell >= 0:
            record_view(
                me,
                profile,
                firm,
                seen_as,
                device,
                landing_cell,
                firm.popular_item[landing_cell],
                today,
            )
        return
    need = me.needs[j]
    carry_over(me, mk, need, device, shown, today, log, cur)
    recover_basket(me, need, device, shown, today, log, cur)
    found = sees_it(need, shown, landing_cell)
    if not found and not finds_it(me, mk, need, False, today):
        return
    look_at_items(me, mk, need, False, terms, shown, discount, catalogue, today, cur)
    need.progress = min(need.progress + mk.progress_step, 1.0)
    c = need.category
    me.expertise[c] = min(me.expertise[c] + mk.expertise_gain, 1.0)
    note_need(
        log, cur, today, me, need, ev.ITEM_VIEWED, ev.WEB, cur.best_item, 1.0 if found else 0.0
    )
    record_view(me, profile, firm, seen_as, device, c * STYLES + need.style, cur.best_item, today)
    decide_online(
        me,
        profile,
        j,
        source,
        discount,
        seen_as,
        mk,
        terms,
        firm,
        catalogue,
        season,
        today,
        shown,
        log,
        cur,
    )


@rule
def decide_online(
    me,
    profile,
    j,
    source,
    discount,
    seen_as,
    mk,
    terms,
    firm,
    catalogue,
    season,
    today,
    shown,
    log,
    cur,
):
    """Basket, then checkout [P1]; a basket left behind stays where it was filled."""
    need = me.needs[j]
    price = catalogue[cur.best_item].price_oere * 0.01 * (1.0 - discount)
    delivery = delivery_cost_dkk(me, mk, terms, price)
    if need.basket_item < 0:
        if not fills_basket(me, mk, need, delivery, price, today, cur):
            return
        note_need(
            log, cur, today, me, need, ev.BASKET_FILLED, ev.WEB, cur.best_item, float(me.device)
        )
    need.basket_item = cur.best_item
    if checks_out(me, mk, need, shown.known, delivery, today) and order_online(
        me,
        profile,
        j,
        source,
        discount,
        seen_as,
        mk,
        terms,
        firm,
        catalogue,
        season,
        today,
        log,
        cur,
    ):
        credit_last_click(source, shown.kind, int(price * 100.0 + 0.5), cur)
        return
    need.basket_place = me.device
    note_need(log, cur, today, me, need, ev.BASKET_LOST, ev.WEB, need.basket_item, float(me.device))
    if seen_as > 0 and able(today.seed, profile, RECORDS, firm.record_web):
        plan_reminder(firm, profile, need.basket_item, 1 if seen_as == 2 else 0, today.day)


@rule
def credit_last_click(source, kind, paid_oere, cur):
    """The shop's web statistics: the sale goes to the paid channel that was clicked last [B44]."""
    if source == ev.INSTAGRAM and kind <= 1:
        cur.attributed_oere[kind] += paid_oere
    elif source == ev.SEARCH and kind == 1:
        cur.attributed_oere[2] += paid_oere


@rule
def visit_store(
    me,
    profile,
    mind,
    row,
    j,
    reason,
    slot,
    mk,
    terms,
    firm,
    catalogue,
    season,
    today,
    shown,
    log,
    requests,
    cur,
):
    """A visit to the store. Whatever brought him, open needs are met by the same rules [B38].

    ``reason``: FOR_NEED (need ``j``), FOR_PICK_UP or FOR_RETURN (order in ``slot``), TO_LOOK.
    """
    known = me.club == 1 and able(today.seed, profile, STAFF_KNOWS, firm.identify_by_staff)
    known = known and able(today.seed, profile, LOOKS_UP, firm.staff_lookup)
    known = known and carried_out(firm, today.seed, profile, 64, today.day)
    number = me.needs[j].number if j >= 0 else -1
    order_number = me.orders[slot].number if slot >= 0 else -1
    if slot >= 0:
        number = me.orders[slot].need
    write(
        log,
        cur,
        today,
        me.id,
        ev.STORE_VISIT,
        ev.STORE,
        -1,
        -1,
        -1,
        number,
        reason,
        0,
        1.0 if known else 0.0,
    )
    me.aware = 1
    remember(me, mk, today.day, mk.salience_visit)
    shown.n = 0
    shown.history_cell = -1
    shown.history = 0
    if known:
        fill_advice(shown, firm, profile, mind, today.day, today.seed, cur)
        label_tiles(shown, catalogue)
    context, web_order = PLAIN, -1
    if slot >= 0 and me.orders[slot].place < IN_STORE:
        context = AT_PICK_UP if reason == FOR_PICK_UP else AT_RETURN
        web_order = order_number
    returned_need = number if reason == FOR_RETURN else -1
    go_to_desk(me, row, reason, slot, mk, terms, today, log, requests, cur)
    p = mk.wake_store if me.shopper == 1 else mk.wake_store_buyer
    for k in range(NEEDS):
        need = me.needs[k]
        if need.state == LATENT:
            wake(me, mk, need, p, occasions.SHELF + today.day, today, ev.STORE, log, cur)
        if need.state == ACTIVE and (need.next_day <= today.day + mk.in_mind_days or k == j):
            if returned_need >= 0 and need.number == returned_need and context == AT_RETURN:
                shop_for(
                    me,
                    profile,
                    k,
                    known,
                    EXCHANGE,
                    web_order,
                    mk,
                    terms,
                    firm,
                    catalogue,
                    season,
                    today,
                    shown,
                    log,
                    cur,
                )
            else:
                shop_for(
                    me,
                    profile,
                    k,
                    known,
                    context,
                    web_order,
                    mk,
                    terms,
                    firm,
                    catalogue,
                    season,
                    today,
                    shown,
                    log,
                    cur,
                )


@rule
def shop_for(
    me,
    profile,
    k,
    known,
    context,
    web_order,
    mk,
    terms,
    firm,
    catalogue,
    season,
    today,
    shown,
    log,
    cur,
):
    """Looks for what need ``k`` asks for in the store, and buys it or not."""
    need = me.needs[k]
    carry_over(me, mk, need, IN_STORE, shown, today, log, cur)
    if uniform(today.seed, me.id, ADVICE, need.number, need.attempts) < mk.advised_in_store:
        need.advised = 1
    if sees_it(need, shown, -1) or finds_it(me, mk, need, True, today):
        look_at_items(me, mk, need, True, terms, shown, 0.0, catalogue, today, cur)
        need.progress = min(need.progress + mk.progress_step_store, 1.0)
        c = need.category
        me.expertise[c] = min(me.expertise[c] + mk.expertise_gain, 1.0)
        note_need(log, cur, today, me, need, ev.ITEM_VIEWED, ev.STORE, cur.best_item, 0.0)
        if known:
            record_interest(
                firm, profile, BY_CLUB, c * STYLES + need.style, cur.best_item, 1, today.day
            )
        if buys_in_store(me, mk, need, today, cur):
            buy_in_store(
                me, profile, k, context, web_order, mk, firm, catalogue, season, today, log, cur
            )
    need.attempts += 1
    if need.state == ACTIVE and need.next_day <= today.day:
        need.next_day = today.day + 1 + int(mk.store_retry * mk.attention_gap_days)


@rule
def go_to_desk(me, row, reason, slot, mk, terms, today, log, requests, cur):
    """Picks up what is ready; brings back what waits at home to be brought back."""
    if reason == FOR_PICK_UP:
        order = me.orders[slot]
        note_order(log, cur, today, me, order, ev.PICKED_UP, ev.STORE, 0, 0.0)
        queue_at_desk(me, row, slot, mk.desk_pickup, mk, today, requests, cur)
        order.state = IN_HAND
        order.received = today.day
        order.due = today.day + 1
        if uniform(today.seed, me.id, INSPECTS, order.number, 0) < mk.inspects_at_pickup:
            if decide_to_return(me, mk, order, terms, today) != KEEP and (
                terms.return_in_store == 1
            ):
                reopen_need(me, mk, order, today, log, cur)
                bring_back(me, mk, terms, order, today, log, cur)
    returned = False
    for s in range(ORDERS):
        order = me.orders[s]
        if order.state == BRINGING and (
            s == slot or reason != FOR_PICK_UP or order.due <= today.day
        ):
            bring_back(me, mk, terms, order, today, log, cur)
            returned = True
    if returned:
        queue_at_desk(me, row, slot, 1.0, mk, today, requests, cur)


@rule
def bring_back(me, mk, terms, order, today, log, cur):
    """The return is taken at the desk and refunded at once."""
    note_order(log, cur, today, me, order, ev.RETURN_IN_STORE, ev.STORE, order.paid_oere, 0.0)
    note_order(log, cur, today, me, order, ev.REFUNDED, ev.STORE, order.paid_oere, 1.0)
    if terms.store_return_fee_dkk > 0.0:
        fee = int(terms.store_return_fee_dkk * 100.0 + 0.5)
        note_order(log, cur, today, me, order, ev.FEE_PAID, ev.STORE, fee, 0.0)
    feel_return(me, mk, store_return_hassle_dkk(me, mk, terms, today))
    close_order(me, order)


@rule
def queue_at_desk(me, row, slot, share, mk, today, requests, cur):
    """Joins the queue at the service desk; what he waited he feels by next morning."""
    u = uniform(today.seed, me.id, COMES_AT, row, today.day)
    minute = int(mk.stores_from_minute + (mk.stores_until_minute - mk.stores_from_minute) * u)
    v = uniform(today.seed, me.id, DESK_TIME, row, today.day)
    handling = share * mk.desk_minutes * (1.0 - mk.desk_spread + 2.0 * mk.desk_spread * v)
    ask_queue(requests, cur, DESK, row, max(slot, 0), minute, handling, HAS_PATIENCE)
