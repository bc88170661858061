"""Claims about contacts with the customer centre."""

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

from sim.company.knowledge import record_interest
from sim.core import events as ev
from sim.core.draws import exponential, normal, uniform
from sim.core.records import ACTIVE, BY_COMPUTER, BY_MAIL, BY_PHONE, COMING, FREE, LATENT, SILOS
from sim.encounter import calls
from sim.encounter.calls import (
    ANSWERED,
    GAVE_UP,
    IN_QUEUE,
    TO_ASK,
    about_need,
    about_order,
    call_centre,
    carry_answer,
    case_key,
    hear_from_centre,
    is_solved,
    plan_call,
    say_what_it_is_about,
)
from sim.journey import service

near = pytest.approx

CASE = {"case_topic": ev.ABOUT_ORDER, "case_about": 44, "case_order": 1, "case_day": 98}


def test_one_thing_is_asked_at_a_time():
    me = person(case_tries=3, case_state=GAVE_UP)
    plan_call(me, ev.ABOUT_ORDER, 1, 44, 100)
    plan_call(me, ev.ABOUT_DEFECT, 2, 45, 101)
    assert (me.case_topic, me.case_order, me.case_about) == (ev.ABOUT_ORDER, 1, 44)
    assert (me.case_day, me.case_tries, me.case_state) == (100, 0, TO_ASK)
    asking = person(case_topic=ev.ABOUT_PRODUCT, case_about=11)
    plan_call(asking, ev.ABOUT_ORDER, 1, 44, 100)
    assert (asking.case_topic, asking.case_about) == (ev.ABOUT_PRODUCT, 11)


def test_a_case_is_about_a_need_or_an_order_and_named_by_both_that_and_its_topic():
    product, defect = (person(case_topic=t, case_about=44) for t in (0, ev.ABOUT_DEFECT))
    assert (about_need(product), about_order(product)) == (44, -1)
    assert (about_need(defect), about_order(defect)) == (-1, 44)
    cases = [person(case_topic=t, case_about=n) for t in range(3) for n in (44, 45)]
    assert len({case_key(case) for case in cases}) == 6


def called(one=None, company=None, **about):
    me, around = (
        person(**(CASE | about)),
        world(market=market(patience_minutes=9.0), terms=terms(**HOURS)),
    )
    call_centre(me, file(one), around, office(company or firm()))
    return me, around


HOURS = {"lines_open_minute": 600, "lines_close_minute": 700}
KNOWN = {"has_phone": 1 << BY_MAIL, "filed": {BY_MAIL: 44}}


def test_a_call_comes_within_hours_with_its_own_patience_and_handling_time():
    company = firm(handling_spread=0.5)
    me, around = called(company=company)
    key = case_key(me)
    asked, request = around.tape.log[0], around.tape.requests[0]
    assert written(around.tape) == [ev.SERVICE_ASKED] and me.case_state == IN_QUEUE
    assert value(request, "minute") == int(600 + 100 * uniform(SEED, ID, calls.CALLS_AT, key, 100))
    patience = 9 * exponential(SEED, ID, calls.PATIENCE, key, 100)
    assert value(request, "patience_min") == near(patience)
    z = normal(SEED, ID, calls.HANDLING, key, 100)
    minutes = company.handling_minutes[1] * 2.718281828459045 ** (0.5 * z) + company.lookup_minutes
    assert value(request, "handling_min") == value(asked, "value") == near(minutes)
    assert (value(asked, "category"), value(asked, "order"), value(asked, "need")) == (1, 44, -1)
    assert me.case_day == 100


def test_a_known_callers_order_is_on_the_screen():
    seen, _ = called(profile(**KNOWN), firm(identify_by_phone=1.0, record_service=1.0))
    stranger, _ = called(
        profile(filed={BY_MAIL: 44}), firm(identify_by_phone=1.0, record_service=1.0)
    )
    assert (seen.case_seen, stranger.case_seen) == (1, 0)


def asked_about_product(silo=BY_PHONE, traced=1.0, need=None, **case):
    """Whether the agent sees what this caller looked at, who calls the number on his page."""
    told = {"case_topic": ev.ABOUT_PRODUCT, "case_about": 11, "case_order": 1, "case_day": 98}
    me = person(
        ({}, {"number": 11, "state": ACTIVE, "place": 1, "category": 1} | (need or {})),
        **(told | case),
    )
    one, company = profile(), firm(traced_pages=traced, identify_by_phone=0.0)
    record_interest(company, one, silo, 4, 16, 1, 99)
    call_centre(me, file(one), world(market=market(), terms=terms(**HOURS)), office(company))
    return me.case_seen == 1


def test_the_number_that_stands_on_the_page_is_that_of_the_device_he_looked_on_last():
    assert asked_about_product() and not asked_about_product(traced=0.0)
    assert not asked_about_product(need={"place": 0}) and not asked_about_product(BY_COMPUTER)
    assert asked_about_product(BY_COMPUTER, need={"place": 0})
    assert not asked_about_product(need={"number": 12}), "he looks for something else by now"
    assert not asked_about_product(case_topic=ev.ABOUT_ORDER)
    assert not asked_about_product(need={"category": 0}), "he looked at another kind"


def test_who_looked_in_the_store_or_nowhere_calls_from_no_page():
    assert not any(asked_about_product(s, need={"place": 2}) for s in range(SILOS))
    assert not any(asked_about_product(s, need={"place": -1}) for s in range(SILOS))


def test_who_calls_again_says_it_again_unless_his_case_was_noted():
    assert called()[0].case_repeats == 0
    me, around = called(case_tries=1)
    assert me.case_repeats == 1 and written(around.tape) == [ev.REPEATED, ev.SERVICE_ASKED]
    assert value(around.tape.log[0], "value") == ev.CASE
    note = {"noted_case": case_key(me), "noted_in": 1 << BY_MAIL}
    sees = firm(identify_by_phone=1.0, record_service=1.0)
    assert called(profile(**KNOWN | note), sees, case_tries=1)[0].case_repeats == 0
    assert called(profile(**note), sees, case_tries=1)[0].case_repeats == 1, "who is it?"


FEELS = {"learning_rate": 0.5, "trust_rate": 0.0, "repeat_cost": 0.1}


def said(topic, seen=0, needs=(), orders=(), slot=0, about=11):
    """He says what he calls about; he, what was told."""
    case = {"case_topic": topic, "case_seen": seen, "case_order": slot, "case_about": about}
    me = person(needs, orders, satisfaction=0.5, **case)
    around = world(market=market(**FEELS))
    say_what_it_is_about(me, around)
    names = ("kind", "channel", "value", "need", "order")
    told = [tuple(value(event, name) for name in names) for event in around.tape.log]
    return me, told[: around.tape.buffers.events]


ASKED = {"number": 11, "state": ACTIVE, "touched": 1}


@pytest.mark.parametrize("told", [0, 1, 2, 4, 8, 12])
def test_what_he_had_told_elsewhere_and_the_agent_does_not_see_is_said_again(told):
    me, spoken = said(ev.ABOUT_PRODUCT, needs=({}, ASKED | {"told": told}), slot=1)
    wish, again = me.needs[1], told in (1, 2, 4)
    assert spoken == [(ev.REPEATED, ev.CENTRE, ev.SAID, 11, -1)] * again
    assert (wish.repeats, wish.told, wish.touched) == (again, told | 8, 1 | 64)
    assert me.satisfaction == near(0.45 if again else 0.5)
    me, spoken = said(ev.ABOUT_PRODUCT, 1, ({}, ASKED | {"told": told}), slot=1)
    assert spoken == [] and (me.needs[1].told, me.needs[1].touched) == (told | 8, 1 | 64)


def test_a_need_that_is_gone_or_another_is_not_touched_by_the_call():
    for gone in ({"number": 12}, {"state": FREE}, {"state": LATENT}):
        me, spoken = said(ev.ABOUT_PRODUCT, needs=(ASKED | {"told": 1} | gone,))
        assert spoken == [] and (me.needs[0].told, me.needs[0].touched) == (1, 1)


@pytest.mark.parametrize("topic", [ev.ABOUT_ORDER, ev.ABOUT_DEFECT])
def test_an_order_that_the_agent_does_not_see_has_to_be_explained(topic):
    bought = {"number": 44, "need": 11, "state": COMING, "touched": 1, "incoherent": 2}
    for seen in (0, 1):
        me, spoken = said(topic, seen, orders=({}, bought), slot=1, about=44)
        assert spoken == [(ev.REPEATED, ev.CENTRE, ev.SAID, 11, 44)] * (1 - seen)
        assert (me.orders[1].touched, me.orders[1].incoherent) == (65, 3 - seen)
        assert me.satisfaction == near(0.5 if seen else 0.45)
    for gone in ({"number": 45}, {"state": FREE}):
        me, spoken = said(topic, orders=(bought | gone,), about=44)
        assert spoken == [] and (me.orders[0].touched, me.orders[0].incoherent) == (1, 2)


def test_who_starts_over_says_that_and_not_besides_what_it_is_about():
    bought = {"number": 44, "state": COMING}
    for tries, what in ((0, ev.SAID), (1, ev.CASE)):
        me = person((), ({}, bought), **CASE | {"case_tries": tries})
        around = world(market=market(**FEELS), terms=terms(**HOURS))
        call_centre(me, file(), around, office(firm(identify_by_phone=0.0)))
        again = events(around.tape, ev.REPEATED)
        assert [value(event, "value") for event in again] == [what]
        assert (me.orders[1].touched, me.orders[1].incoherent) == ((0, 0) if tries else (64, 1))


def heard(state=ANSWERED, one=None, company=None, needs=(), orders=(), most_tries=4, **about):
    told = {"case_state": state, "case_seen": 1, "case_wait": 3.0, "satisfaction": 0.5}
    me = person(needs, orders, **(CASE | told | about))
    asks = about.pop("asks", 1.0)
    around = world(market=market(asks_again=asks, has_details=0.0, most_tries=most_tries))
    hear_from_centre(me, file(one), around, office(company or firm(solves=1.0)))
    return me, around


def test_a_solved_case_is_closed_and_told():
    me, around = heard()
    told = events(around.tape, ev.SERVICE_ANSWERED)[0]
    assert (value(told, "order"), value(told, "value"), value(told, "category")) == (1, 3, 1)
    assert (me.case_topic, me.case_state) == (-1, TO_ASK) and me.satisfaction > 0.5


def test_an_unsolved_case_is_asked_again_at_most_three_times():
    for tries, open_still in ((0, True), (2, True), (3, False)):
        me, around = heard(company=firm(solves=0.0), case_tries=tries)
        assert (me.case_topic == 1) == open_still and me.case_state == TO_ASK
        assert value(around.tape.log[0], "order") == 0
        if open_still:
            assert (me.case_tries, me.case_day) == (tries + 1, 100)


def test_how_often_one_matter_is_asked_about_is_a_setting():
    open_still = [heard(company=firm(solves=0.0), case_tries=n, most_tries=2)[0] for n in (0, 1)]
    assert [me.case_topic for me in open_still] == [1, -1]


def test_an_answer_is_a_crack_in_the_journey_of_the_order_it_did_not_settle():
    rows = ({}, {"number": 44})
    assert heard(company=firm(solves=0.0), orders=rows)[0].orders[1].incoherent == 1
    assert heard(orders=rows)[0].orders[1].incoherent == 0


def test_some_give_a_case_up():
    me = person(**(CASE | {"case_state": ANSWERED}))
    u = uniform(SEED, ID, calls.ASKS_AGAIN, case_key(me), 98)
    for share, again in ((u + 1e-9, True), (u - 1e-9, False)):
        one = person(**(CASE | {"case_state": ANSWERED}))
        around = world(market=market(asks_again=share))
        hear_from_centre(one, file(), around, office(firm(solves=0.0)))
        assert (one.case_topic == 1) == again


def test_who_hung_up_was_not_answered_and_nothing_was_noted():
    known, company = profile(**KNOWN), firm(solves=1.0, identify_by_phone=1.0, record_service=1.0)
    me, around = heard(GAVE_UP, known, company)
    assert written(around.tape) == [ev.SERVICE_GAVE_UP, ev.CONTACT_ENDED]
    assert known.noted_case == -1, "nor was he asked how it was"
    assert me.satisfaction < 0.5
    heard(ANSWERED, known, company)
    assert known.noted_case == 44 * 4 + 1 and known.open_case == 100


def test_a_case_is_solved_by_an_informed_agent_or_by_a_caller_who_knows_his_details():
    def solved(seen, details, solves=1.0):
        me = person(**(CASE | {"case_seen": seen}))
        around = world(market=market(has_details=details))
        return is_solved(me, around.market, 5, around.today, office(firm(solves=solves)))

    assert solved(1, 0.0) and solved(0, 1.0) and not solved(0, 0.0)
    assert not solved(1, 1.0, solves=0.0)
    u = uniform(SEED, ID, service.HAS_DETAILS, 5, 98)
    assert solved(0, u + 1e-9) and not solved(0, u - 1e-9)
    v = uniform(SEED, ID, calls.SOLVES, 5, 98)
    assert solved(1, 0.0, v + 1e-9) and not solved(1, 0.0, v - 1e-9)


def test_an_answer_teaches_about_the_need_it_was_about():
    need = {"number": 44, "repeats": 1, "state": 2}

    def after(solved, number=44, advised=0, repeats=1):
        me = person(
            (need, need | {"number": number, "advised": advised}),
            **(CASE | {"case_topic": ev.ABOUT_PRODUCT, "case_repeats": repeats}),
        )
        carry_answer(me, solved)
        assert me.needs[1].lost == (0 if solved or number != 44 else 1), "a question left unsolved"
        return me.needs[1].advised, me.needs[1].repeats

    assert after(True) == (1, 2) and after(False) == (0, 2)
    assert after(False, advised=1) == (1, 2), "what was learned stays"
    assert after(True, number=45) == (0, 1), "that need is gone"
    assert after(True, repeats=0) == (1, 1)


def test_what_was_not_solved_or_told_twice_is_a_crack_in_the_orders_journey():
    def cracks(solved, repeats, number=44):
        me = person((), ({}, {"number": number}), **(CASE | {"case_repeats": repeats}))
        carry_answer(me, solved)
        return me.orders[1].incoherent

    assert [cracks(s, r) for s in (True, False) for r in (0, 1)] == [0, 1, 1, 2]
    assert cracks(False, 1, number=45) == 0
