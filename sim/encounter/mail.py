"""E-mails of a day: automation flows first, then the newsletter [B16-B20]."""

from __future__ import annotations

from sim.company.automation import NOTHING, compose_flow
from sim.company.contacts import (
    compose_newsletter,
    give_up_silent,
    newsletter_goes_out,
    note_opened,
    note_sent,
)
from sim.core import events as ev
from sim.core.compiled import passage, rule
from sim.core.log import note, note_message
from sim.core.records import ACTIVE
from sim.encounter.impressions import eagerness, label_tiles, see_contradiction, wake_by_tiles
from sim.encounter.occasions import BY_FLOW, BY_NEWSLETTER, BY_SECOND_NEWSLETTER, lead, moment, tile
from sim.encounter.web import visit_web
from sim.journey.messages import (
    clicks_message,
    learn_worth,
    matching_need,
    message_relevance,
    opens_message,
    tire,
    unsubscribes,
)
from sim.journey.needs import remember


@passage
def get_mail(me, file, world, office):
    """What the company sends him today: at most one flow, and as many newsletters as it planned."""
    today, firm = world.today, office.firm
    give_up_silent(firm, file.profile, today.day)
    if file.profile.next_flow_day <= today.day:
        flow = compose_flow(world.shown, firm, file, today.day, today.seed, office.belief)
        if flow != NOTHING:
            read_mail(me, file, BY_FLOW + firm.flow_code[flow], world, office)
    for issue in range(firm.newsletters):
        if newsletter_goes_out(firm, file.profile, today.day, today.seed):
            compose_newsletter(world.shown, firm, file, today.day, today.seed, office.belief)
            occasion = BY_NEWSLETTER if issue == 0 else BY_SECOND_NEWSLETTER
            read_mail(me, file, occasion, world, office)


@rule
def read_mail(me, file, occasion, world, office):
    """A mail arrives: opened or not, clicked or not; a click is a visit to the web shop."""
    today, market, tape = world.today, world.market, world.tape
    shown, catalogue = world.shown, world.catalogue
    note_sent(office.firm, file.profile, today.day)
    note_message(tape, today, me, shown, catalogue, ev.MAIL_SENT, ev.EMAIL, -1, shown.discount)
    if me.present == 2:
        return
    opened = opens_message(me, market, shown, catalogue, occasion, today)
    worth = message_relevance(me, market, shown, catalogue, today.day)
    tire(me, market, today.day, 1.0)
    if not opened:
        return
    note_opened(file.profile, today.day)
    note_message(tape, today, me, shown, catalogue, ev.MAIL_OPENED, ev.EMAIL, -1, worth)
    remember(me, market, today.day, market.salience_mail)
    see_contradiction(me, world)
    learn_worth(me, market, worth)
    clicked = clicks_message(me, market, worth, occasion, today)
    label_tiles(world)
    glance = 1.0 if clicked else market.wake_glance
    when = moment(today.day, occasion)
    wake_by_tiles(me, eagerness(me, market) * glance, tile(when, 0), 0, ev.EMAIL, world)
    if clicked:
        follow_link(me, file, when, world, office)
    if unsubscribes(me, market, worth, occasion, today):
        me.permission = 0
        me.refused = 1
        file.profile.permission = 0
        note(tape, today, me, ev.UNSUBSCRIBED, ev.EMAIL, 0.0)


@rule
def follow_link(me, file, when, world, office):
    """A click: to the web shop, for the need that the mail's subject fits, if there is one."""
    shown = world.shown
    item = shown.items[0]
    j = matching_need(me, world.catalogue[item].category, ACTIVE)
    number = me.needs[j].number if j >= 0 else -1
    note_message(
        world.tape, world.today, me, shown, world.catalogue, ev.MAIL_CLICKED, ev.EMAIL, number, 0.0
    )
    visit_web(me, file, j, lead(ev.EMAIL, item, -1, shown.discount, 0, when), world, office)
