"""Contacts with the customer centre: filed today, served by the queue, heard of next morning."""

from __future__ import annotations

from sim.company.service import agent_sees, handling_minutes, solves
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, exponential, uniform
from sim.core.log import ask_queue, write
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
def call_centre(me, profile, row, mk, firm, today, log, requests, cur):
    """Contacts the centre: the request goes to the queue with its handling time and patience."""
    seed, about, tries = today.seed, me.case_about, me.case_tries
    sees = agent_sees(firm, profile, seed)
    handling = handling_minutes(firm, profile, me.case_topic, about, tries, sees, seed)
    u = uniform(seed, me.id, CALLS_AT, about, tries)
    minute = int(mk.calls_from_minute + (mk.calls_until_minute - mk.calls_from_minute) * u)
    patience = mk.patience_minutes * exponential(seed, me.id, PATIENCE, about, tries)
    if tries > 0 and not sees:
        write(log, cur, today, me.id, ev.REPEATED, ev.CENTRE, -1, -1, -1, -1, -1, 0, 1.0)
    write(
        log,
        cur,
        today,
        me.id,
        ev.SERVICE_ASKED,
        ev.CENTRE,
        me.case_topic,
        -1,
        -1,
        about_need(me),
        about_order(me),
        0,
        handling,
    )
    ask_queue(requests, cur, CENTRE, row, me.case_order, minute, handling, patience)
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
def hear_from_centre(me, profile, mk, firm, today, log, cur):
    """The queue's answer of yesterday: solved, not solved, or he gave up; perhaps he asks again."""
    seed, about, tries = today.seed, me.case_about, me.case_tries
    sees = agent_sees(firm, profile, seed)
    answered = me.case_state == ANSWERED
    solved = answered and solves(firm, profile, about, tries, sees, seed)
    kind = ev.SERVICE_ANSWERED if answered else ev.SERVICE_GAVE_UP
    write(
        log,
        cur,
        today,
        me.id,
        kind,
        ev.CENTRE,
        me.case_topic,
        -1,
        -1,
        about_need(me),
        1 if solved else 0,
        0,
        me.case_wait,
    )
    repeats = 1.0 if tries > 0 and not sees else 0.0
    feel_service(me, mk, answered, solved, me.case_wait, repeats)
    if me.case_topic == ev.ABOUT_PRODUCT:
        need = me.needs[me.case_order]
        if need.number == about:
            need.advised = max(need.advised, 1 if solved else 0)
            need.repeats += int(repeats)
    else:
        order = me.orders[me.case_order]
        if order.number == about:
            order.incoherent += int(repeats) + (0 if solved else 1)
    again = uniform(seed, me.id, ASKS_AGAIN, about, tries) < mk.asks_again
    if solved or not again or tries + 1 >= MOST_TRIES:
        me.case_topic = -1
        me.case_state = TO_ASK
    else:
        me.case_tries = tries + 1
        me.case_day = today.day
        me.case_state = TO_ASK
    if sees:
        profile.open_case = today.day if solved else today.day + 7
