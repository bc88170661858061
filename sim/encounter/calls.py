"""Contacts with the customer centre: filed today, served by the queue, heard of next morning."""

from __future__ import annotations

from sim.company.service import (
    caller_is_known,
    handling_minutes,
    keep_case_open,
    note_contact,
    on_screen,
    solves,
)
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, exponential, normal, uniform
from sim.core.log import ask_queue, note
from sim.core.records import ACTIVE, AT_CENTRE, FREE, IN_STORE, UNKNOWN
from sim.encounter.friction import repeat, repeat_about_order
from sim.journey.feeling import feel_service
from sim.journey.friction import tell, told_elsewhere
from sim.journey.service import has_details

CALLS_AT = decision("minute of the call")
PATIENCE = decision("patience in the queue")
ASKS_AGAIN = decision("asks again")
HANDLING = decision("handling time")
SOLVES = decision("agent solves it")

CENTRE, DESK, DEPOT = 0, 1, 2  # queues
TO_ASK, IN_QUEUE, ANSWERED, GAVE_UP = 0, 1, 2, 3  # states of a case
TOPICS = 4  # more than there are: a case is named by what it is about and its topic


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
def case_key(me):
    """Names the case in keys of draws, and on the note that an agent makes of it."""
    return me.case_about * TOPICS + me.case_topic


@rule
def agent_is_informed(me, file, world, office):
    """What the agent needs is on the screen. What he says he calls about decides what that is.

    Whoever looked at it in the web shop last calls the number that stands on the page.
    """
    today, firm, page, category = world.today, office.firm, UNKNOWN, -1
    if me.case_topic == ev.ABOUT_PRODUCT:
        need = me.needs[me.case_order]
        if need.number == me.case_about:
            category = need.category
            if need.place != IN_STORE:
                page = need.place
    return on_screen(
        firm, file, me.case_topic, me.case_about, category, page, today.day, today.seed
    )


@rule
def call_centre(me, file, world, office):
    """Contacts the centre: the request goes to the queue with its handling time and patience."""
    today, market, tape = world.today, world.market, world.tape
    seed, key = today.seed, case_key(me)
    me.case_day = today.day
    me.case_seen = 1 if agent_is_informed(me, file, world, office) else 0
    z = normal(seed, me.id, HANDLING, key, today.day)
    handling = handling_minutes(office.firm, me.case_topic, me.case_seen, z)
    u = uniform(seed, me.id, CALLS_AT, key, today.day)
    opens, closes = world.terms.lines_open_minute, world.terms.lines_close_minute
    minute = int(opens + (closes - opens) * u)
    patience = market.patience_minutes * exponential(seed, me.id, PATIENCE, key, today.day)
    me.case_repeats = 1 if me.case_tries > 0 and file.mind.noted_case != key else 0
    if me.case_repeats == 1:
        note(tape, today, me, ev.REPEATED, ev.CENTRE, float(ev.CASE))
    else:
        say_what_it_is_about(me, world)
    asked = note(tape, today, me, ev.SERVICE_ASKED, ev.CENTRE, handling)
    asked.category = me.case_topic
    asked.need = about_need(me)
    asked.order = about_order(me)
    known = caller_is_known(office.firm, file.profile, seed)
    asked.seen_as = ev.A_PERSON if known else ev.NOBODY
    ask_queue(tape, CENTRE, me.id, me.case_order, minute, handling, patience)
    me.case_state = IN_QUEUE


@rule
def say_what_it_is_about(me, world):
    """Touches the centre; what we had been told before and the agent does not see is said again."""
    if me.case_topic == ev.ABOUT_PRODUCT:
        need = me.needs[me.case_order]
        if need.number == me.case_about and need.state == ACTIVE:
            need.touched |= ev.BY_PLACE[AT_CENTRE]
            if me.case_seen == 0 and told_elsewhere(need, AT_CENTRE):
                repeat(me, need, ev.SAID, ev.CENTRE, world)
            tell(need, AT_CENTRE)
        return
    order = me.orders[me.case_order]
    if order.number == me.case_about and order.state != FREE:
        order.touched |= ev.BY_PLACE[AT_CENTRE]
        if me.case_seen == 0:
            repeat_about_order(me, order, ev.SAID, ev.CENTRE, world)


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
    today, market = world.today, world.market
    key, answered = case_key(me), me.case_state == ANSWERED
    solved = answered and is_solved(me, market, key, today, office)
    kind = ev.SERVICE_ANSWERED if answered else ev.SERVICE_GAVE_UP
    heard = note(world.tape, today, me, kind, ev.CENTRE, me.case_wait)
    heard.category = me.case_topic
    heard.need = about_need(me)
    heard.order = 1 if solved else 0
    feel_service(me, market, answered, solved, me.case_wait, float(me.case_repeats))
    carry_answer(me, solved)
    if answered:
        note_contact(office.firm, file.profile, key, today.seed)
        keep_case_open(office.firm, file.profile, solved, today.day, today.seed)
    again = uniform(today.seed, me.id, ASKS_AGAIN, key, me.case_day) < market.asks_again
    if solved or not again or me.case_tries + 1 >= market.most_tries:
        me.case_topic = -1
    else:
        me.case_tries += 1
        me.case_day = today.day
    me.case_state = TO_ASK


@rule
def is_solved(me, market, key, today, office):
    """The agent can settle it if he knows what it is about: from the screen, or from the caller."""
    informed = me.case_seen == 1 or has_details(me, market, key, me.case_day, today)
    u = uniform(today.seed, me.id, SOLVES, key, me.case_day)
    return informed and solves(office.firm, u)


@rule
def carry_answer(me, solved):
    """An answer teaches, a case unsolved or told twice is a crack in the journey."""
    if me.case_topic == ev.ABOUT_PRODUCT:
        need = me.needs[me.case_order]
        if need.number == me.case_about:
            need.advised = max(need.advised, 1 if solved else 0)
            need.repeats += me.case_repeats
            need.lost += 0 if solved else 1
    else:
        order = me.orders[me.case_order]
        if order.number == me.case_about:
            order.incoherent += me.case_repeats + (0 if solved else 1)
