"""Claims about asking the customer centre by phone, chat or e-mail, and being known there."""

from __future__ import annotations

import pytest
from people import (
    ID,
    SEED,
    events,
    file,
    firm,
    market,
    office,
    person,
    profile,
    terms,
    value,
    world,
    written,
)

from sim.company import service
from sim.company.knowledge import record_interest
from sim.core import events as ev
from sim.core.draws import exponential, normal, uniform
from sim.core.log import ENDLESS
from sim.core.records import (
    ACTIVE,
    AT_COMPUTER,
    AT_PHONE,
    BY_ANOTHER,
    BY_CLUB,
    BY_COMPUTER,
    BY_MAIL,
    BY_OTHER_MAIL,
    BY_PHONE,
    COMING,
    FREE,
)
from sim.encounter import calls
from sim.encounter.calls import (
    ANSWERED,
    GAVE_UP,
    IN_QUEUE,
    TO_ASK,
    call_centre,
    case_key,
    hear_from_centre,
)
from sim.encounter.ways import address_of_sender, as_whom_by, known_by, page_open, way_to_ask
from sim.journey import contacting
from sim.journey import service as callers

near = pytest.approx

CASE = {"case_topic": ev.ABOUT_ORDER, "case_about": 44, "case_order": 0, "case_day": 98}
ORDER = {"number": 44, "need": 11, "state": COMING}
HOURS = {"lines_open_minute": 600, "lines_close_minute": 700}
ALL_WAYS = {"chat": 1.0, "service_mail": 1.0, "identify_by_phone": 1.0, "record_service": 1.0}
ONLY_PHONE = ALL_WAYS | {"chat": 0.0, "service_mail": 0.0}


def likes(way, **about):
    """Somebody with a question about an order who likes this way best."""
    return person((), (ORDER,), **(CASE | {"prefers": way, "case_way": way} | about))


def asks(me, one=None, day=100, **company):
    """What is on the tape after he has asked."""
    around = world(day, market=market(patience_minutes=9.0), terms=terms(**HOURS))
    call_centre(me, file(one), around, office(firm(**(ALL_WAYS | company))))
    return around.tape


def hears(me, one=None, day=99, numbers=None, **company):
    """What is on the tape after he has heard of it."""
    told = {"asks_again": 1.0, "has_details": 0.0} | (numbers or {})
    around = world(day, market=market(**told), terms=terms(**HOURS))
    hear_from_centre(me, file(one), around, office(firm(**(ALL_WAYS | company))))
    return around.tape


def asked(tape, name):
    return value(events(tape, ev.SERVICE_ASKED)[0], name)


@pytest.mark.parametrize("way", [ev.CALLS, ev.CHATS, ev.WRITES])
def test_he_asks_in_his_own_way_where_it_is_offered_and_the_event_tells_it(way):
    me = likes(way)
    tape = asks(me)
    assert me.case_way == asked(tape, "minute") == way
    assert me.case_state == IN_QUEUE and tape.buffers.requests == 1


@pytest.mark.parametrize("way", [ev.CHATS, ev.WRITES])
def test_where_only_the_phone_is_offered_everybody_calls(way):
    me = likes(way)
    assert asked(asks(me, chat=0.0, service_mail=0.0), "minute") == ev.CALLS
    assert (me.case_way, me.prefers) == (ev.CALLS, way), "and still likes the other best"


def test_the_same_people_are_offered_a_way_every_time():
    u = uniform(SEED, 3, service.CHAT, 0, 0)
    for offered, way in ((u + 1e-9, ev.CHATS), (u - 1e-9, ev.CALLS)):
        me, rules = likes(ev.CHATS), office(firm(chat=offered, service_mail=0.0))
        assert way_to_ask(me, file(), world(), rules) == way


def test_a_caller_in_a_company_of_all_ways_has_the_luck_that_he_has_where_there_is_only_the_phone():
    requests = []
    for rules in (ALL_WAYS, ONLY_PHONE):
        tape = asks(likes(ev.CALLS), **rules)
        requests.append([value(tape.requests[0], n) for n in ("minute", "handling_min")])
        requests[-1].append(value(tape.requests[0], "patience_min"))
    assert requests[0] == requests[1]


def test_who_chats_waits_in_the_line_as_callers_do_and_takes_less_of_an_agents_time():
    me = likes(ev.CHATS)
    request, key = asks(me).requests[0], case_key(me)
    patience = 9 * exponential(SEED, ID, calls.PATIENCE, key, 100)
    assert value(request, "patience_min") == near(patience)
    z, rules = normal(SEED, ID, calls.HANDLING, key, 100), firm()
    minutes = service.handling_minutes(rules, ev.CALLS, ev.ABOUT_ORDER, 0, z)
    assert value(request, "handling_min") == near(rules.way_minutes[ev.CHATS] * minutes)


def test_nobody_hangs_up_on_a_mail():
    assert value(asks(likes(ev.WRITES)).requests[0], "patience_min") == ENDLESS


def test_a_mail_that_nobody_got_round_to_lies_over_to_the_next_day():
    me = likes(ev.WRITES, case_state=GAVE_UP)
    tape = hears(me)
    assert written(tape) == [] and tape.buffers.requests == 1
    assert (me.case_state, me.case_day, me.case_topic) == (IN_QUEUE, 98, ev.ABOUT_ORDER)
    assert value(tape.requests[0], "patience_min") == ENDLESS
    called = likes(ev.CALLS, case_state=GAVE_UP)
    assert written(hears(called)) == [ev.SERVICE_GAVE_UP, ev.CONTACT_ENDED]
    assert called.case_state == TO_ASK


def test_a_mail_waits_in_no_line_but_each_day_is_felt():
    felt = {}
    for way, day in ((ev.CALLS, 99), (ev.WRITES, 99), (ev.WRITES, 101)):
        me = likes(way, case_state=ANSWERED, case_seen=1, case_wait=12.0, satisfaction=0.5)
        numbers = {"mail_day_felt": 0.04, "wait_free_minutes": 2.0, "wait_minute": 0.01}
        numbers |= {"learning_rate": 1.0, "solved_satisfaction": 0.9}
        tape = hears(me, day=day, numbers=numbers, solves=1.0)
        felt[way, day] = me.satisfaction
        waited = value(events(tape, ev.SERVICE_ANSWERED)[0], "value")
        assert waited == (12.0 if way == ev.CALLS else 0.0)
    assert [*felt.values()] == near([0.8, 0.86, 0.78])


def test_who_had_to_take_another_way_feels_it():
    felt = []
    for way in (ev.CALLS, ev.CHATS):
        me = likes(way, case_way=ev.CALLS, case_state=ANSWERED, case_seen=1, satisfaction=0.5)
        numbers = {"other_way_felt": 0.1, "learning_rate": 1.0, "solved_satisfaction": 0.9}
        hears(me, numbers=numbers, solves=1.0)
        felt.append(me.satisfaction)
    assert felt == near([0.9, 0.8])


# Who it is


def records(me, one, way, **company):
    return known_by(me, file(one), way, world(), office(firm(**(ALL_WAYS | company))))


def test_a_mail_from_an_address_on_file_is_known_where_a_call_is_not():
    subscriber = profile(permission=1, filed={BY_MAIL: 44})
    for way, known in ((ev.WRITES, ev.A_PERSON), (ev.CALLS, ev.NOBODY)):
        me = likes(way)
        tape = asks(me, subscriber)
        assert asked(tape, "seen_as") == known
        assert me.case_seen == (1 if known == ev.A_PERSON else 0)
    member = profile(has_phone=1 << BY_CLUB)
    for way, known in ((ev.WRITES, ev.NOBODY), (ev.CALLS, ev.A_PERSON)):
        assert asked(asks(likes(way), member), "seen_as") == known


def test_about_an_order_he_answers_the_mail_that_confirmed_it():
    def written_from(topic=ev.ABOUT_ORDER, **order):
        me = person(({"number": 44},), (ORDER | {"address": 1} | order,), **CASE)
        me.case_topic = topic
        return address_of_sender(me)

    assert written_from() == 1 and written_from(ev.ABOUT_DEFECT) == 1
    assert written_from(ev.ABOUT_PRODUCT) == 0
    assert written_from(number=45) == 0 and written_from(state=FREE) == 0, "long forgotten"
    me = person((), (ORDER | {"address": 1},), **CASE)
    one = profile(has_phone=1 << BY_OTHER_MAIL)
    assert records(me, one, ev.WRITES) == 1 << BY_OTHER_MAIL


def test_who_chats_is_known_by_a_log_in_that_lasts_a_linked_cookie_or_the_app():
    def chatting(device=AT_PHONE, one=None, **about):
        return records(likes(ev.CHATS, device=device, **about), one or profile(), ev.CHATS)

    assert chatting() == 0
    for device in (AT_COMPUTER, AT_PHONE):
        assert chatting(device, logged_in=1 << device) == 1 << BY_MAIL
        assert chatting(device, logged_in=1 << 1 - device) == 0, "on the other device"
        cookie = profile(linked=1 << device, device_seen=1 << device)
        assert chatting(device, cookie, cookies=1) == 1 << BY_MAIL
        assert chatting(device, cookie, cookies=0) == 0
        seen = profile(device_seen=1 << device)
        assert chatting(device, seen, cookies=1) == 1 << device, "a device, nobody's name"
        assert chatting(1 - device, seen, cookies=1) == 0
    assert chatting(AT_PHONE, app=1) == 1 << BY_MAIL and chatting(AT_COMPUTER, app=1) == 0
    assert chatting(one=profile(has_phone=1 << BY_MAIL)) == 0, "he says no number"


def test_at_a_shared_computer_he_may_be_taken_for_the_other_and_is_not_helped_by_that():
    me = likes(ev.CHATS, device=AT_COMPUTER, partner=5)
    one = profile(other_here=1, filed={BY_MAIL: 44})
    assert records(me, one, ev.CHATS) == 1 << BY_ANOTHER
    tape = asks(me, one)
    assert asked(tape, "seen_as") == ev.ANOTHER and me.case_seen == 0


def test_records_tell_as_whom_he_is_known():
    assert as_whom_by(0) == ev.NOBODY and as_whom_by(1 << BY_PHONE) == ev.A_DEVICE
    for s in (BY_MAIL, BY_CLUB, BY_OTHER_MAIL):
        assert as_whom_by(1 << s | 1 << BY_COMPUTER) == ev.A_PERSON
    assert as_whom_by(1 << BY_ANOTHER) == ev.ANOTHER


# What he sits before


WISH = {"number": 11, "state": ACTIVE, "category": 1, "place": AT_PHONE}
ABOUT_WISH = {"case_topic": ev.ABOUT_PRODUCT, "case_about": 11, "case_day": 98}


def test_a_chat_is_begun_on_the_page_he_looked_at_last_or_on_the_device_in_his_hand():
    def page(way, need=None, **about):
        me = person((WISH | (need or {}),), **(ABOUT_WISH | about))
        return page_open(me, way)

    for way in (ev.CALLS, ev.CHATS):
        assert page(way) == AT_PHONE and page(way, {"place": AT_COMPUTER}) == AT_COMPUTER
    for need in ({"place": 2}, {"place": -1}, {"number": 12}):
        assert page(ev.CALLS, need) == -1, "he has no page open"
        assert [page(ev.CHATS, need, device=d) for d in (0, 1)] == [0, 1]
    assert page(ev.CHATS, case_topic=ev.ABOUT_ORDER, device=AT_COMPUTER) == AT_COMPUTER


@pytest.mark.parametrize("way", [ev.CALLS, ev.CHATS, ev.WRITES])
def test_an_agent_who_chats_sees_the_page_without_a_number_on_it(way):
    looked, rules = profile(), firm()
    record_interest(rules, looked, BY_PHONE, 4, 16, 1, 99)
    for one, there in ((looked, way == ev.CHATS), (profile(), False)):
        me = person((WISH,), **ABOUT_WISH, prefers=way)
        asks(me, one, traced_pages=0.0)
        assert me.case_seen == (1 if there else 0)


# Again


NOTE = {"noted_in": 1 << BY_MAIL, "filed": {BY_MAIL: 44}}


def again(way, before, one, **company):
    """The further contact of a case that is on file under his address."""
    me = likes(way, case_way=before, case_tries=1)
    tape = asks(me, profile(noted_case=case_key(me), **NOTE, **one), **company)
    return me.case_repeats, me.case_seen, ev.REPEATED in written(tape)


def test_a_case_begun_by_phone_is_known_in_a_chat_where_he_is():
    known = {"linked": 1 << AT_COMPUTER}
    at_home = {"has_phone": 1 << BY_MAIL}
    assert again(ev.CALLS, ev.CALLS, at_home) == (0, 1, False)
    assert again(ev.WRITES, ev.CALLS, {"permission": 1}) == (0, 1, False)
    for linked, repeats in ((1, 0), (0, 1)):
        me = likes(ev.CHATS, case_way=ev.CALLS, case_tries=1, cookies=1)
        one = profile(noted_case=case_key(me), **NOTE, **at_home, **(known if linked else {}))
        asks(me, one)
        assert me.case_repeats == repeats
    assert again(ev.WRITES, ev.CALLS, {}) == (1, 0, True), "no address on file"
    assert again(ev.CALLS, ev.WRITES, {"permission": 1}) == (1, 0, True), "no number on file"


def test_who_writes_back_does_not_start_over_and_has_looked_up_what_was_missing():
    nothing = {}
    assert again(ev.WRITES, ev.WRITES, nothing, record_service=0.0) == (0, 1, False)
    assert again(ev.CALLS, ev.CALLS, nothing, record_service=0.0) == (1, 0, True)
    first = likes(ev.WRITES)
    asks(first, record_service=0.0)
    assert first.case_seen == 0, "a first mail is no answer"


def test_a_mail_that_leaves_out_what_is_missing_brings_a_question_back():
    me = likes(ev.WRITES, case_state=ANSWERED)
    tape = hears(me, solves=1.0)
    assert value(events(tape, ev.SERVICE_ANSWERED)[0], "order") == 0
    assert (me.case_topic, me.case_tries, me.case_state) == (ev.ABOUT_ORDER, 1, TO_ASK)
    tape = asks(me, record_service=0.0)
    assert me.case_seen == 1 and ev.REPEATED not in written(tape)
    told = likes(ev.WRITES, case_state=ANSWERED)
    u = uniform(SEED, ID, callers.HAS_DETAILS, case_key(told), 98)
    hears(told, numbers={"has_details": u + 1e-9}, solves=1.0)
    assert told.case_topic == -1, "he had written it"


def test_a_note_is_made_in_every_way_in_which_he_is_known():
    for way, one, records_in in (
        (ev.CALLS, profile(has_phone=1 << BY_CLUB), 1 << BY_CLUB),
        (ev.WRITES, profile(permission=1), 1 << BY_MAIL),
        (ev.CHATS, profile(device_seen=1, linked=1), 1 << BY_MAIL),
        (ev.CHATS, profile(device_seen=1), 0),
    ):
        me = likes(way, case_state=ANSWERED, cookies=1)
        key = case_key(me)
        hears(me, one, solves=0.0)
        assert (one.noted_case, one.noted_in) == ((key, records_in) if records_in else (-1, 0))


# How was it?


def test_after_an_answer_some_are_asked_and_some_of_these_give_a_mark():
    for asked_for, answers, marks in ((1.0, 15.0, [4.0]), (1.0, -15.0, [0.0]), (0.0, 15.0, [])):
        me = likes(ev.CHATS, case_state=ANSWERED, case_seen=1)
        numbers = {"mark_intercept": answers, "mark_shift": 0.0, "solved_satisfaction": 0.8}
        tape = hears(me, numbers=numbers, solves=1.0, asks_score=asked_for)
        scored = events(tape, ev.SCORED)
        assert [value(event, "value") for event in scored] == marks
        for event in scored:
            told = [value(event, name) for name in ("category", "order", "need", "minute")]
            assert told == [ev.ABOUT_ORDER, 44, -1, ev.CHATS]


def test_he_answers_by_how_much_it_differed_from_what_he_was_used_to_before_it():
    me = likes(ev.CALLS, case_state=ANSWERED, case_seen=1, satisfaction=0.4)
    u = uniform(SEED, ID, contacting.GIVES_MARK, case_key(me), 98)
    utility = 5.0 * (0.8 - 0.4)
    odds = contacting.logistic(utility)
    numbers = {"mark_better": 5.0, "solved_satisfaction": 0.8, "wait_minute": 0.0}
    for intercept, gives in ((0.0, u < odds), (40.0, True), (-40.0, False)):
        one = likes(ev.CALLS, case_state=ANSWERED, case_seen=1, satisfaction=0.4)
        tape = hears(one, numbers=numbers | {"mark_intercept": intercept}, solves=1.0)
        assert (value(events(tape, ev.SCORED)[0], "value") > 0) == gives


def test_how_a_contact_was_is_told_to_nobody_and_of_every_contact():
    for way, state in ((ev.CALLS, GAVE_UP), (ev.CALLS, ANSWERED), (ev.CHATS, ANSWERED)):
        me = likes(ev.CHATS, case_way=way, case_state=state, case_seen=1)
        numbers = {"solved_satisfaction": 0.8, "gave_up_satisfaction": 0.0, "mark_shift": 0.0}
        tape = hears(me, numbers=numbers | {"other_way_felt": 0.0}, solves=1.0, asks_score=0.0)
        ended = events(tape, ev.CONTACT_ENDED)
        assert [value(event, "value") for event in ended] == [4.0 if state == ANSWERED else 1.0]
        assert (value(ended[0], "minute"), value(ended[0], "order")) == (way, ev.CHATS)
