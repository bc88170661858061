"""In which way somebody asks the customer centre, and what leads the agent to who he is [B31, B42].

By phone it is his number, by e-mail the address that he writes from, by chat the page that he sits
before. Ways are the customer's choice among what he is offered; what they give away is recognised
by the company or not.
"""

from __future__ import annotations

from sim.company.service import (
    PERSONS,
    offers_chat,
    offers_mail,
    records_of_caller,
    records_of_sender,
)
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.records import BY_ANOTHER, FREE, IN_STORE, OWN_ADDRESS, UNKNOWN
from sim.encounter.identity import record_of_visitor
from sim.encounter.occasions import lead_on_purpose
from sim.journey.contacting import takes_way


@rule
def way_to_ask(me, file, world, office):
    """The way he takes of those that are offered to him."""
    seed, firm, profile = world.today.seed, office.firm, file.profile
    chat, mail = offers_chat(firm, profile, seed), offers_mail(firm, profile, seed)
    return takes_way(me, world.market, chat, mail, seed)


@rule
def page_open(me, way):
    """The device on which he has the page open that he asks from, else UNKNOWN.

    Whoever looked at it in the web shop last calls the number that stands on that page, or chats
    from it; a chat about anything else is begun on the device in his hand.
    """
    if me.case_topic == ev.ABOUT_PRODUCT:
        need = me.needs[me.case_order]
        if need.number == me.case_about and need.place >= 0 and need.place != IN_STORE:
            return int(need.place)
    return int(me.device) if way == ev.CHATS else UNKNOWN


@rule
def known_by(me, file, way, world, office):
    """The records that lead to him in this way, as bits; the bit of BY_ANOTHER where he is taken
    for who shares the computer with him."""
    if way == ev.CALLS:
        return records_of_caller(office.firm, file.profile, world.today.seed)
    if way == ev.WRITES:
        address = address_of_sender(me)
        return records_of_sender(file.profile, address)
    home = record_of_chat(me, file, page_open(me, way), world, office)
    return 0 if home == UNKNOWN else 1 << home


@rule
def address_of_sender(me):
    """About an order he answers the mail that confirmed it; else he writes from his own address."""
    if me.case_topic != ev.ABOUT_PRODUCT:
        order = me.orders[me.case_order]
        if order.number == me.case_about and order.state != FREE:
            return int(order.address)
    return OWN_ADDRESS


@rule
def record_of_chat(me, file, device, world, office):
    """The record of who has the page open on this device: a log-in that lasts, a link or the app
    tells the person, else a cookie the device."""
    nowhere_from = lead_on_purpose(ev.CENTRE, -1, 0, 0)
    home = record_of_visitor(me, file, nowhere_from, device, False, False, world, office)
    if home == UNKNOWN and me.cookies == 1 and file.profile.device_seen & 1 << device != 0:
        return device
    return home


@rule
def as_whom_by(records):
    """As whom somebody is known by these records: NOBODY, A_DEVICE, A_PERSON or ANOTHER."""
    if records & PERSONS != 0:
        return ev.A_PERSON
    if records & 1 << BY_ANOTHER != 0:
        return ev.ANOTHER
    return ev.A_DEVICE if records != 0 else ev.NOBODY
