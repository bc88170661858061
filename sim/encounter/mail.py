"""What the company sends somebody on a day: flows first, then the newsletter [B16-B20]."""

from __future__ import annotations

from sim.company.automation import NOTHING, compose_flow, way_of_flow
from sim.company.contacts import (
    compose_newsletter,
    give_up_silent,
    newsletter_goes_out,
    note_opened,
    note_refusal,
    note_sent,
    note_texted,
)
from sim.company.recommending import count_shown
from sim.company.reminding import compose_reminder, reminder_goes_out
from sim.company.silence import coordinates, heard_of_case, reaches_cap, stops_it
from sim.company.trials import SUBJECT, WORDING, count_success, count_tried
from sim.company.ways import strike_way
from sim.core import events as ev
from sim.core.compiled import passage, rule
from sim.core.log import note, note_message
from sim.core.records import (
    ADDRESSES,
    ASKED_FOR,
    AT_PHONE,
    BY_EMAIL,
    BY_TEXT,
    OWN_ADDRESS,
    STOP_MAIL,
)
from sim.encounter.occasions import (
    BY_FLOW,
    BY_FLOW_ELSEWHERE,
    BY_NEWSLETTER,
    BY_REMINDER,
    BY_SECOND_NEWSLETTER,
    is_newsletter,
)
from sim.encounter.reading import follow_link, take_in
from sim.journey.messages import (
    opens_message,
    reads_on_phone,
    refuses_way,
    tire,
    unsubscribes,
    weariness,
    worth_of_message,
)


@passage
def get_mail(me, file, world, office):
    """What the company sends him today to each address: at most one flow, a reminder where it was
    chosen, and as many newsletters as it planned."""
    for a in range(ADDRESSES):
        give_up_silent(office.firm, file.profile, a, world.today.day)
        get_flow(me, file, a, world, office)
        if a == OWN_ADDRESS:
            get_reminder(me, file, world, office)
        get_newsletters(me, file, a, world, office)


@passage
def get_flow(me, file, a, world, office):
    """The automation flow that is due at address ``a``."""
    today, firm = world.today, office.firm
    if file.profile.addresses[a].next_flow_day > today.day:
        return
    flow = compose_flow(world.shown, firm, file, a, today.day, today.seed, office.belief)
    if flow == NOTHING:
        return
    way = way_of_flow(firm, file.profile, a, flow)
    first = BY_FLOW if a == OWN_ADDRESS else BY_FLOW_ELSEWHERE
    if way == BY_EMAIL:
        read_mail(me, file, a, first + firm.flow_code[flow], world, office)
    else:
        read_on_phone(me, file, way, first + firm.flow_code[flow], world, office)


@passage
def get_reminder(me, file, world, office):
    """The month's reminder, where the analysis chose him for it."""
    today, firm = world.today, office.firm
    if not reminder_goes_out(firm, file.profile, today.day, today.seed):
        return
    if compose_reminder(world.shown, firm, file, today.day, today.seed, office.belief):
        read_mail(me, file, OWN_ADDRESS, BY_REMINDER, world, office)


@passage
def get_newsletters(me, file, a, world, office):
    """Today's issues, where address ``a`` is on the list."""
    today, firm = world.today, office.firm
    for issue in range(firm.newsletters):
        note_stop(me, file, a, world, office)
        if newsletter_goes_out(firm, file.profile, a, today.day, today.seed):
            occasion = BY_NEWSLETTER if issue == 0 else BY_SECOND_NEWSLETTER
            if not compose_newsletter(
                world.shown, firm, file, a, today.day, today.seed, office.belief
            ):
                continue
            read_mail(me, file, a, occasion + ADDRESSES * a, world, office)


@rule
def note_stop(me, file, a, world, office):
    """Whether a newsletter that other departments want stopped is stopped [B17, B46]."""
    today, firm, profile = world.today, office.firm, file.profile
    if profile.addresses[a].permission == 0 or not coordinates(firm, profile, today.seed):
        return
    if not (heard_of_case(firm, profile, a, today.day) or reaches_cap(firm, profile, a, today.day)):
        return
    stops = stops_it(firm, profile, today.day, today.seed)
    kind = ev.ACT_DONE if stops else ev.ACT_DECLINED
    note(world.tape, today, me, kind, ev.EMAIL, 0.0).category = STOP_MAIL


@rule
def read_mail(me, file, a, occasion, world, office):
    """A mail arrives: opened or not, clicked or not; a click is a visit to the web shop."""
    today, market, tape = world.today, world.market, world.tape
    shown, catalogue = world.shown, world.catalogue
    note_sent(office.firm, file.profile, a, today.day)
    count_shown(office.ledger, file.profile, shown)
    note_message(tape, today, me, shown, catalogue, ev.MAIL_SENT, ev.EMAIL, -1, shown.discount)
    if is_newsletter(occasion):
        count_tried(office.ledger, office.firm, file.profile, SUBJECT, today.seed)
    if me.present == 2:
        return
    opened = opens_message(me, market, shown, catalogue, occasion, today)
    worth = worth_of_message(me, market, shown, catalogue, today)
    tire(me, market, today.day, weariness(shown, 1.0))
    if not opened:
        return
    note_opened(file.profile, a, today.day)
    note_message(tape, today, me, shown, catalogue, ev.MAIL_OPENED, ev.EMAIL, -1, worth)
    if is_newsletter(occasion):
        count_success(office.ledger, office.firm, file.profile, SUBJECT, today.seed)
        count_tried(office.ledger, office.firm, file.profile, WORDING, today.seed)
    if take_in(me, file, occasion, ev.EMAIL, worth, world, office):
        if is_newsletter(occasion):
            count_success(office.ledger, office.firm, file.profile, WORDING, today.seed)
        follow_link(me, file, a, occasion, ev.EMAIL, world, office)
    if shown.purpose != ASKED_FOR and unsubscribes(me, market, worth, occasion, today):
        note_refusal(file.profile, a)
        me.permission &= ~(1 << a)
        if file.profile.alias == 1:
            me.permission = 0
        me.refused = 1
        note(tape, today, me, ev.UNSUBSCRIBED, ev.EMAIL, 0.0)


@rule
def read_on_phone(me, file, way, occasion, world, office):
    """A text or app message arrives: read or not, followed or not; it can be stopped by itself."""
    today, market, tape = world.today, world.market, world.tape
    shown, catalogue = world.shown, world.catalogue
    channel, sent = ev.APP, ev.PUSHED
    if way == BY_TEXT:
        channel, sent = ev.TEXT, ev.TEXT_SENT
    note_texted(file.profile, today.day)
    count_shown(office.ledger, file.profile, shown)
    note_message(tape, today, me, shown, catalogue, sent, channel, -1, shown.discount)
    if me.present == 2:
        return
    read = reads_on_phone(me, market, way, occasion, today)
    worth = worth_of_message(me, market, shown, catalogue, today)
    usual = market.fatigue_text if way == BY_TEXT else 1.0
    tire(me, market, today.day, weariness(shown, usual))
    if not read:
        return
    note_message(tape, today, me, shown, catalogue, ev.SEEN_ON_PHONE, channel, -1, worth)
    if take_in(me, file, occasion, channel, worth, world, office):
        me.device = AT_PHONE
        follow_link(me, file, OWN_ADDRESS, occasion, channel, world, office)
    if shown.purpose != ASKED_FOR and refuses_way(me, market, worth, occasion, today):
        strike_way(file.profile, way)
        note(tape, today, me, ev.UNSUBSCRIBED, channel, 0.0)
