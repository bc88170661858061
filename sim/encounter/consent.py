"""Consent, asked for and given, and taken back: to mail, and to being addressed by what is known
[B7, C6].
"""

from __future__ import annotations

from sim.company.automation import note_permission
from sim.company.consent import asks_by_purpose, note_objection
from sim.company.contacts import note_refusal
from sim.company.ways import TEXTS_ASKED, permit_way, strike_all_ways
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.log import note
from sim.core.records import ADDRESSES, BY_TEXT, IN_STORE, OWN_ADDRESS, TEXTS
from sim.journey.consent import minds_being_profiled, refuses_all_or_nothing, takes_consent_back
from sim.journey.messages import AGREES, TAKES_TEXTS, gives_permission

ASKED = decision("the company asks for permission")


@rule
def is_not_asked(me, profile, a):
    """Who gets our mails at this address, or has refused them, is not asked for his permission.

    Whose address was given up is not on the list any more and may be asked again.
    """
    return me.refused == 1 or (me.permission & 1 << a != 0 and profile.addresses[a].permission == 1)


@rule
def is_on_list(me, profile):
    """Our mails come to an address of his, or through an alias to his own."""
    if profile.alias == 1 and me.permission != 0 and profile.written_to == 1:
        return True
    for a in range(ADDRESSES):
        if me.permission & 1 << a != 0 and profile.addresses[a].permission == 1:
            return True
    return False


@rule
def ask_permission(me, file, order, world, office):
    """The company asks for permission to write to the address given; he agrees or not [B7]."""
    today, market, a = world.today, world.market, order.address
    channel = ev.STORE if order.place == IN_STORE else ev.WEB
    ask_for_texts(me, file, a, channel, order.number, world, office)
    merged = file.profile.alias == 1 and is_on_list(me, file.profile)
    if merged or is_not_asked(me, file.profile, a):
        return
    u = uniform(today.seed, file.profile.number, ASKED, order.number, 0)
    if u >= office.firm.ask_permission:
        return
    if gives_permission(me, market, market.permission_intercept, AGREES, order.number, 0, today):
        subscribe(me, file, a, channel, order.number, 0, world, office)


@rule
def subscribe(me, file, a, channel, about, when, world, office):
    """He takes our mails at address ``a``; on the form is also what they may go by [C6].

    Asked by purpose, he may take the mails and refuse to be profiled; where it is all or nothing,
    some of those who mind take nothing. ``about`` and ``when`` name the form in keys.
    """
    today, market, firm, profile = world.today, world.market, office.firm, file.profile
    if minds_being_profiled(me, market, about, when, today):
        if asks_by_purpose(firm, profile, today.seed):
            note_objection(profile)
        elif refuses_all_or_nothing(me, market, about, when, today):
            return
    me.permission |= 1 << a
    note_permission(firm, profile, a, today.day)
    note(world.tape, today, me, ev.SUBSCRIBED, channel, 0.0)


@rule
def ask_for_texts(me, file, a, channel, number, world, office):
    """Where his number is on file, the form of an order has a box for text messages too."""
    today, market, profile = world.today, world.market, file.profile
    if a != OWN_ADDRESS or profile.has_phone == 0:
        return
    if profile.takes & TEXTS != 0 or me.refused == 1:
        return
    u = uniform(today.seed, profile.number, TEXTS_ASKED, number, 0)
    if u >= office.firm.ask_texts:
        return
    if gives_permission(me, market, market.texts_intercept, TAKES_TEXTS, number, 0, today):
        take_way(me, profile, BY_TEXT, channel, world)


@rule
def take_way(me, profile, way, channel, world):
    """From now on he takes messages in this way, and that is on file."""
    permit_way(profile, way)
    note(world.tape, world.today, me, ev.TEXTS_TAKEN, channel, float(way))


@rule
def react_to_misuse(me, file, about, world, office):
    """Offered what he has just bought, he may take his consent back: by purpose where he can, else
    all of it [B7]. ``about`` names what offended him in keys."""
    today, market, profile = world.today, world.market, file.profile
    if not takes_consent_back(me, market, about, today.day, today):
        return
    if asks_by_purpose(office.firm, profile, today.seed):
        if profile.objects == 0:
            note_objection(profile)
            note(world.tape, today, me, ev.CONSENT_WITHDRAWN, ev.NONE, 0.0)
        return
    if me.permission == 0 and me.cookies == 0:
        return
    note(world.tape, today, me, ev.CONSENT_WITHDRAWN, ev.NONE, 1.0)
    me.cookies = 0
    me.refused = 1
    strike_all_ways(profile)
    for a in range(ADDRESSES):
        if me.permission & 1 << a != 0:
            me.permission &= ~(1 << a)
            note_refusal(profile, a)
            note(world.tape, today, me, ev.UNSUBSCRIBED, ev.EMAIL, 0.0)
