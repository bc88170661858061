"""E-mails of a day: automation flows first, then the newsletter [B16-B20]."""

from __future__ import annotations

from sim.company.automation import NOTHING, compose_flow
from sim.company.contacts import (
    compose_newsletter,
    give_up_silent,
    newsletter_goes_out,
    note_opened,
    note_refusal,
    note_sent,
)
from sim.core import events as ev
from sim.core.compiled import passage, rule
from sim.core.log import note, note_message, note_order
from sim.core.records import ACTIVE, ADDRESSES, IN_STORE, OWN_ADDRESS
from sim.encounter.impressions import (
    eagerness,
    label_tiles,
    remind_by_tiles,
    see_contradiction,
    wake_by_tiles,
)
from sim.encounter.occasions import (
    BY_FLOW,
    BY_FLOW_ELSEWHERE,
    BY_NEWSLETTER,
    BY_SECOND_NEWSLETTER,
    lead_by_mail,
    moment,
    tile,
)
from sim.encounter.orders import may_look_again
from sim.encounter.parcels import can_still_return, send_back_for_price
from sim.encounter.web import visit_web
from sim.journey.buying import return_hassle_dkk, store_return_hassle_dkk
from sim.journey.memory import FORGETS_MAIL, keep_in_mind, remember
from sim.journey.messages import (
    clicks_message,
    learn_worth,
    matching_need,
    message_relevance,
    opens_message,
    tire,
    unsubscribes,
)


@passage
def get_mail(me, file, world, office):
    """What the company sends him today to each address: at most one flow, and as many newsletters
    as it planned."""
    for a in range(ADDRESSES):
        give_up_silent(office.firm, file.profile, a, world.today.day)
        get_flow(me, file, a, world, office)
        get_newsletters(me, file, a, world, office)


@passage
def get_flow(me, file, a, world, office):
    """The automation flow that is due at address ``a``."""
    today, firm = world.today, office.firm
    if file.profile.addresses[a].next_flow_day > today.day:
        return
    flow = compose_flow(world.shown, firm, file, a, today.day, today.seed, office.belief)
    if flow != NOTHING:
        first = BY_FLOW if a == OWN_ADDRESS else BY_FLOW_ELSEWHERE
        read_mail(me, file, a, first + firm.flow_code[flow], world, office)


@passage
def get_newsletters(me, file, a, world, office):
    """Today's issues, where address ``a`` is on the list."""
    today, firm = world.today, office.firm
    for issue in range(firm.newsletters):
        if newsletter_goes_out(firm, file.profile, a, today.day, today.seed):
            occasion = BY_NEWSLETTER if issue == 0 else BY_SECOND_NEWSLETTER
            if not compose_newsletter(
                world.shown, firm, file, a, today.day, today.seed, office.belief
            ):
                continue
            read_mail(me, file, a, occasion + ADDRESSES * a, world, office)


@rule
def read_mail(me, file, a, occasion, world, office):
    """A mail arrives: opened or not, clicked or not; a click is a visit to the web shop."""
    today, market, tape = world.today, world.market, world.tape
    shown, catalogue = world.shown, world.catalogue
    note_sent(office.firm, file.profile, a, today.day)
    note_message(tape, today, me, shown, catalogue, ev.MAIL_SENT, ev.EMAIL, -1, shown.discount)
    if me.present == 2:
        return
    opened = opens_message(me, market, shown, catalogue, occasion, today)
    worth = message_relevance(me, market, shown, catalogue, today.day)
    tire(me, market, today.day, 1.0)
    if not opened:
        return
    note_opened(file.profile, a, today.day)
    note_message(tape, today, me, shown, catalogue, ev.MAIL_OPENED, ev.EMAIL, -1, worth)
    remember(me, market, today.day, market.salience_mail)
    when = moment(today.day, occasion)
    keep_in_mind(me, market.mail_kept_days, FORGETS_MAIL, 0, when, today)
    see_contradiction(me, file, occasion, world, office)
    learn_worth(me, market, worth)
    clicked = returns_for_price(me, world)
    clicked = clicks_message(me, market, worth, occasion, today) or clicked
    label_tiles(world)
    glance = 1.0 if clicked else market.wake_glance
    wake_by_tiles(me, eagerness(me, market) * glance, tile(when, 0), 0, ev.EMAIL, world)
    if clicked:
        follow_link(me, file, a, when, world, office)
    else:
        remind_by_tiles(me, tile(when, 0), world)
    if unsubscribes(me, market, worth, occasion, today):
        note_refusal(file.profile, a)
        me.permission &= ~(1 << a)
        if file.profile.alias == 1:
            me.permission = 0
        me.refused = 1
        note(tape, today, me, ev.UNSUBSCRIBED, ev.EMAIL, 0.0)


@rule
def returns_for_price(me, world):
    """Offered for less what he has just bought, he sends it back to buy it anew, where that pays
    [B4]. Whether he does."""
    today, market, shown = world.today, world.market, world.shown
    if shown.discount <= 0.0 or shown.items[0] < 0:
        return False
    item = world.catalogue[shown.items[0]]
    for j in range(me.orders_open):
        order = me.orders[j]
        if order.category != item.category or not can_still_return(order, world.terms, today):
            continue
        saved = order.paid_oere - int(order.price_oere * (1.0 - shown.discount) + 0.5)
        hassle = return_hassle_dkk(me, market, world.terms, today)
        if order.place == IN_STORE:
            hassle = store_return_hassle_dkk(me, market, world.terms, today)
        if saved * 0.01 <= hassle or not may_look_again(me, order, market):
            continue
        note_order(world.tape, today, me, order, ev.RETURNS_FOR_PRICE, ev.EMAIL, saved, 0.0)
        send_back_for_price(me, order, world)
        return True
    return False


@rule
def follow_link(me, file, a, when, world, office):
    """A click: to the web shop, for the need that the mail's subject fits, if there is one."""
    shown = world.shown
    item = shown.items[0]
    j = matching_need(me, world.catalogue[item].category, ACTIVE)
    number = me.needs[j].number if j >= 0 else -1
    note_message(
        world.tape, world.today, me, shown, world.catalogue, ev.MAIL_CLICKED, ev.EMAIL, number, 0.0
    )
    visit_web(me, file, j, lead_by_mail(item, shown.discount, when, a), world, office)
