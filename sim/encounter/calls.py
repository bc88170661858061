"""Contacts with the customer centre, by phone, chat or e-mail: filed today, served by the queue,
heard of next morning.

Agents take them in the order in which they come. Who calls or chats waits and may leave; a mail
waits for nobody to leave, and lies over to the next day where nobody got round to it.
"""

from __future__ import annotations

from sim.company.service import (
    asks_for_mark,
    handling_minutes,
    keep_case_open,
    knows_case,
    note_contact,
    on_screen,
    solves,
)
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, exponential, normal, uniform
from sim.core.log import ENDLESS, ask_queue, note
from sim.core.records import ACTIVE, AT_CENTRE, FREE
from sim.encounter.friction import repeat, repeat_about_order
from sim.encounter.portal import invite_to_portal, judge_contact
from sim.encounter.reviews import publish_answer
from sim.encounter.ways import as_whom_by, known_by, page_open, way_to_ask
from sim.journey.contacting import felt_of_way, gives_mark, mark_for
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
def agent_is_informed(me, file, way, records, world, office):
    """What the agent needs is on the screen. What he says he asks about decides what that is.

    ``records``: those that he is known by.
    """
    today, firm, category = world.today, office.firm, -1
    if me.case_topic == ev.ABOUT_PRODUCT:
        need = me.needs[me.case_order]
        if need.number == me.case_about:
            category = need.category
    page, day, seed = page_open(me, way), today.day, today.seed
    return on_screen(
        firm, file, way, records, me.case_topic, me.case_about, category, page, day, seed
    )


@rule
def answers_our_mail(me, way):
    """He wrote before and writes back: it stands below, and what was asked for is answered."""
    return way == ev.WRITES and me.case_way == ev.WRITES and me.case_tries > 0


@rule
def call_centre(me, file, world, office):
    """Contacts the centre in one of its ways; the request goes to the queue."""
    today, key = world.today, case_key(me)
    way = way_to_ask(me, file, world, office)
    records = known_by(me, file, way, world, office)
    in_thread = answers_our_mail(me, way)
    informed = in_thread or agent_is_informed(me, file, way, records, world, office)
    on_file = in_thread or knows_case(office.firm, file, records, key, today.seed)
    me.case_day = today.day
    me.case_way = way
    me.case_seen = 1 if informed else 0
    me.case_repeats = 1 if me.case_tries > 0 and not on_file else 0
    if me.case_repeats == 1:
        note(world.tape, today, me, ev.REPEATED, ev.CENTRE, float(ev.CASE))
    else:
        say_what_it_is_about(me, world)
    handling = file_request(me, key, world, office)
    asked = note_about_case(me, ev.SERVICE_ASKED, handling, world)
    asked.need = about_need(me)
    asked.order = about_order(me)
    asked.seen_as = as_whom_by(records)


@rule
def file_request(me, key, world, office):
    """The request goes to today's queue with its patience; returns how long handling it takes."""
    today, market, terms = world.today, world.market, world.terms
    seed, when = today.seed, today.day
    z = normal(seed, me.id, HANDLING, key, when)
    handling = handling_minutes(office.firm, me.case_way, me.case_topic, me.case_seen, z)
    u = uniform(seed, me.id, CALLS_AT, key, when)
    opens, closes = terms.lines_open_minute, terms.lines_close_minute
    minute = int(opens + (closes - opens) * u)
    patience = ENDLESS
    if me.case_way != ev.WRITES:
        patience = market.patience_minutes * exponential(seed, me.id, PATIENCE, key, when)
    ask_queue(world.tape, CENTRE, me.id, me.case_order, minute, handling, patience)
    me.case_state = IN_QUEUE
    return handling


@rule
def note_about_case(me, kind, value, world):
    """A new event of this contact: what the case is about, and the way it took."""
    event = note(world.tape, world.today, me, kind, ev.CENTRE, value)
    event.category = me.case_topic
    event.minute = me.case_way
    return event


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
    """The queue's answer of yesterday: solved, not solved, or he gave up; perhaps he asks again.

    An e-mail that nobody got round to lies on the pile again today.
    """
    today, market, firm = world.today, world.market, office.firm
    key, answered = case_key(me), me.case_state == ANSWERED
    if me.case_way == ev.WRITES and not answered:
        file_request(me, key, world, office)
        return
    solved = answered and is_solved(me, market, key, today, office)
    waited = 0.0 if me.case_way == ev.WRITES else me.case_wait
    kind = ev.SERVICE_ANSWERED if answered else ev.SERVICE_GAVE_UP
    heard = note_about_case(me, kind, waited, world)
    heard.need = about_need(me)
    heard.order = 1 if solved else 0
    usual, by_way = me.satisfaction, felt_of_way(me, market, today.day - me.case_day)
    quality = feel_service(me, market, answered, solved, waited, float(me.case_repeats), by_way)
    carry_answer(me, solved)
    if solved:
        publish_answer(me, file, key, world, office)
    if answered:
        records = known_by(me, file, me.case_way, world, office)
        note_contact(firm, file.profile, records, key, today.seed)
        keep_case_open(firm, file.profile, records, solved, today.day, today.seed)
        ask_for_mark(me, file, key, quality, usual, world, office)
    judge_contact(me, quality, usual, key, world)
    ended = note_about_case(me, ev.CONTACT_ENDED, float(mark_for(market, quality)), world)
    ended.order = me.prefers
    again = uniform(today.seed, me.id, ASKS_AGAIN, key, me.case_day) < market.asks_again
    if solved or not again or me.case_tries + 1 >= market.most_tries:
        me.case_topic = -1
    else:
        me.case_tries += 1
        me.case_day = today.day
    me.case_state = TO_ASK


@rule
def ask_for_mark(me, file, key, quality, usual, world, office):
    """The survey after a contact that was answered: asked by the company, answered by who cares."""
    today, market, when = world.today, world.market, me.case_day
    if not asks_for_mark(office.firm, file.profile, key, when, today.seed):
        return
    given = gives_mark(me, market, quality, usual, key, when, today)
    mark = float(mark_for(market, quality)) if given else 0.0
    scored = note_about_case(me, ev.SCORED, mark, world)
    scored.need = about_need(me)
    scored.order = about_order(me)
    if given:
        invite_to_portal(me, file, quality, usual, key, world, office)


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
