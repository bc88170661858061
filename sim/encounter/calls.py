"""Contacts with the customer centre: filed today, served by the queue, heard of next morning."""

from __future__ import annotations

from sim.company.service import agent_sees, handling_minutes, solves
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, exponential, uniform
from sim.core.log import ask_queue, note
from sim.journey.feeling import feel_service

CALLS_AT = decision("minute of the call")
PATIENCE = decision("patience in the queue")
ASKS_AGAIN = decision("asks again")

CENTRE, DESK, DEPOT = 0, 1, 2  # queues
TO_ASK, IN_QUEUE, ANSWERED, GAVE_UP = 0, 1, 2, 3  # states of a case
MOST_TRIES = 4


@rule
def plan_call(me, topic, slot, about, day):
    """He wants to ask something; one case at a time."""
    if me.case_topic < 0:
        me.case_topic = topic
        me.case_order = slot
        me.case_about = about
        me.case_day = day
        me.case_tries = 0
        me.case_state = TO_ASK


@rule
def call_centre(me, file, world, office):
    """Contacts the centre: the request goes to the queue with its handling time and patience."""
    today, market, tape = world.today, world.market, world.tape
    seed, about, tries = today.seed, me.case_about, me.case_tries
    sees = agent_sees(office.firm, file.profile, seed)
    handling = handling_minutes(office.firm, file.profile, me.case_topic, about, tries, sees, seed)
    u = uniform(seed, me.id, CALLS_AT, about, tries)
    minute = int(
        market.calls_from_minute + (market.calls_until_minute - market.calls_from_minute) * u
    )
    patience = market.patience_minutes * exponential(seed, me.id, PATIENCE, about, tries)
    if tries > 0 and not sees:
        note(tape, today, me, ev.REPEATED, ev.CENTRE, 1.0)
    asked = note(tape, today, me, ev.SERVICE_ASKED, ev.CENTRE, handling)
    asked.category = me.case_topic
    asked.need = about_need(me)
    asked.order = about_order(me)
    ask_queue(tape, CENTRE, me.id, me.case_order, minute, handling, patience)
    me.case_state = IN_QUEUE


@rule
def about_need(me):
    """Number of the need that the case is about, else -1."""
    return me.case_about if me.case_topic == ev.ABOUT_PRODUCT else -1


@rule
def about_order(me):
    """Number of the order that the case is about, else -1."""
    return -1 if me.case_topic == ev.ABOUT_PRODUCT else me.case_about


@rule
def hear_from_centre(me, file, world, office):
    """The queue's answer of yesterday: solved, not solved, or he gave up; perhaps he asks again."""
    today, profile = world.today, file.profile
    seed, about, tries = today.seed, me.case_about, me.case_tries
    sees = agent_sees(office.firm, profile, seed)
    answered = me.case_state == ANSWERED
    solved = answered and solves(office.firm, profile, about, tries, sees, seed)
    kind = ev.SERVICE_ANSWERED if answered else ev.SERVICE_GAVE_UP
    heard = note(world.tape, today, me, kind, ev.CENTRE, me.case_wait)
    heard.category = me.case_topic
    heard.need = about_need(me)
    heard.order = 1 if solved else 0
    repeats = 1.0 if tries > 0 and not sees else 0.0
    feel_service(me, world.market, answered, solved, me.case_wait, repeats)
    if me.case_topic == ev.ABOUT_PRODUCT:
        need = me.needs[me.case_order]
        if need.number == about:
            need.advised = max(need.advised, 1 if solved else 0)
            need.repeats += int(repeats)
    else:
        order = me.orders[me.case_order]
        if order.number == about:
            order.incoherent += int(repeats) + (0 if solved else 1)
    again = uniform(seed, me.id, ASKS_AGAIN, about, tries) < world.market.asks_again
    if solved or not again or tries + 1 >= MOST_TRIES:
        me.case_topic = -1
        me.case_state = TO_ASK
    else:
        me.case_tries = tries + 1
        me.case_day = today.day
        me.case_state = TO_ASK
    if sees:
        profile.open_case = today.day if solved else today.day + 7
