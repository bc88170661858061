"""Claims about what an agent has on the screen, how long a call takes, and whether it helps."""

from __future__ import annotations

import math

import pytest
from people import SEED, file, firm, profile

from sim.company import service
from sim.company.knowledge import record_interest
from sim.company.service import (
    caller_is_known,
    found_by_number,
    handling_minutes,
    keep_case_open,
    note_contact,
    on_screen,
    page_is_traced,
    solves,
)
from sim.core.draws import uniform
from sim.core.events import ABOUT_DEFECT, ABOUT_ORDER, ABOUT_PRODUCT
from sim.core.records import (
    BY_CLUB,
    BY_COMPUTER,
    BY_MAIL,
    BY_OLD_CARD,
    BY_OTHER_MAIL,
    BY_PHONE,
    SILOS,
    UNKNOWN,
)

near = pytest.approx

PLAIN = {"identify_by_phone": 1.0, "record_service": 1.0, "interest_days": 14, "case_open_days": 7}
PLAIN |= {"share_data": 1.0, "share_delay_days": 0.0, "traced_pages": 0.0}
NAMED = (BY_MAIL, BY_CLUB, BY_OTHER_MAIL, BY_OLD_CARD)
ALL_LINKED = sum(1 << s for s in range(SILOS))


def company(**changes):
    return firm(**(PLAIN | changes))


def test_a_caller_is_known_whose_number_is_on_file_where_the_telephone_looks_it_up():
    assert caller_is_known(company(), profile(has_phone=4), SEED)
    for s in NAMED:
        assert caller_is_known(company(), profile(has_phone=1 << s), SEED)
    assert not caller_is_known(company(), profile(), SEED), "a stranger never is"
    assert not caller_is_known(company(identify_by_phone=0.0), profile(has_phone=4), SEED)


def seen(
    topic=ABOUT_ORDER, about=44, one=None, mind=None, day=100, page=UNKNOWN, kind=0, **changes
):
    """Whether the agent sees what a question is about; asked about goods of category ``kind``."""
    one = one or profile(has_phone=1 << BY_MAIL, filed={BY_MAIL: 44})
    return on_screen(company(**changes), file(one, mind), topic, about, kind, page, day, SEED)


def test_an_order_is_on_the_screen_where_it_is_on_file_and_the_caller_known():
    assert seen() and seen(ABOUT_DEFECT)
    assert not seen(about=45) and not seen(one=profile(has_phone=4))
    assert not seen(one=profile(filed={BY_MAIL: 44}))
    assert not seen(record_service=0.0) and not seen(identify_by_phone=0.0)


def test_a_question_about_a_product_is_seen_by_what_was_looked_at_lately():
    for silo in range(SILOS):
        one = profile(has_phone=1 << BY_MAIL, linked=ALL_LINKED)
        record_interest(company(), one, silo, 0, 0, 1, 86)
        assert seen(ABOUT_PRODUCT, one=one)
        assert not seen(ABOUT_PRODUCT, one=one, day=101)
        assert not seen(ABOUT_PRODUCT, one=one, kind=1), "he asks about something else"
        assert not seen(ABOUT_ORDER, about=0, one=one), "a look is no order"
    assert not seen(ABOUT_PRODUCT, day=5), "an order on file says nothing of it"
    assert not seen(ABOUT_PRODUCT, about=44), "nor does its number"


@pytest.mark.parametrize("home", NAMED)
def test_the_number_finds_the_record_that_it_stands_in_and_those_linked_to_it(home):
    alone = profile(has_phone=1 << home)
    found = [s for s in range(SILOS) if found_by_number(company(), alone, s, SEED)]
    assert found == [home]
    whole = profile(has_phone=1 << home, linked=ALL_LINKED)
    assert all(found_by_number(company(), whole, s, SEED) for s in range(SILOS))
    apart = company(share_data=0.0)
    assert [s for s in range(SILOS) if found_by_number(apart, whole, s, SEED)] == [home]
    assert not any(found_by_number(company(), profile(linked=ALL_LINKED), s, SEED) for s in NAMED)


def test_an_order_is_found_in_the_record_of_the_number_or_in_one_linked_to_it():
    for s in NAMED:
        assert seen(one=profile(has_phone=1 << s, filed={s: 44}))
        assert seen(one=profile(has_phone=1 << s, filed={s: 44}), topic=ABOUT_DEFECT)
    card = {"filed": {BY_CLUB: 44}, "has_phone": 1 << BY_MAIL}
    assert not seen(one=profile(**card)), "nobody knows that the card is his"
    assert seen(one=profile(**card, linked=1 << BY_CLUB))
    assert not seen(one=profile(**card, linked=1 << BY_OLD_CARD))
    assert not seen(one=profile(**card, linked=1 << BY_CLUB), share_data=0.0)
    both = profile(
        has_phone=1 << BY_MAIL | 1 << BY_OTHER_MAIL, filed={BY_MAIL: 1, BY_OTHER_MAIL: 2}
    )
    assert [seen(one=both, about=number) for number in (1, 2, 3)] == [True, True, False]


def test_the_screen_shows_the_looks_of_other_records_as_of_the_last_synchronisation():
    late = {"share_delay_days": 7.0}
    for s, at_once in ((BY_MAIL, True), (BY_CLUB, False), (BY_COMPUTER, False)):
        one = profile(has_phone=1 << BY_MAIL, linked=ALL_LINKED)
        record_interest(company(**late), one, s, 0, 0, 1, 99)
        assert seen(ABOUT_PRODUCT, one=one, day=100, **late) == at_once
        assert seen(ABOUT_PRODUCT, one=one, day=105, **late), "told on day 105"


def looker(device=BY_PHONE, day=86, **about):
    """Somebody who looked at something on one device, of whom no number is on file."""
    one = profile(**about)
    record_interest(company(), one, device, 0, 0, 1, day)
    return one


def test_the_number_on_a_visitors_page_brings_his_visit_to_the_screen_whoever_calls():
    for device in (BY_COMPUTER, BY_PHONE):
        for nothing_else in ({}, {"identify_by_phone": 0.0, "record_service": 0.0}):
            told = {"one": looker(device), "page": device, "traced_pages": 1.0} | nothing_else
            assert seen(ABOUT_PRODUCT, **told)
            assert not seen(ABOUT_PRODUCT, **told, day=101), "too long ago"
            assert not seen(ABOUT_PRODUCT, **(told | {"page": UNKNOWN})), "he has no page open"
            assert not seen(ABOUT_PRODUCT, **(told | {"page": 1 - device})), "not on that device"
            assert not seen(ABOUT_PRODUCT, **(told | {"traced_pages": 0.0}))


@pytest.mark.parametrize("topic", [ABOUT_ORDER, ABOUT_DEFECT])
def test_the_number_on_a_page_says_nothing_of_an_order(topic):
    one = looker(filed={BY_PHONE: 44, BY_MAIL: 44})
    assert not seen(topic, one=one, page=BY_PHONE, traced_pages=1.0)


def test_who_calls_another_number_is_seen_by_what_is_on_file():
    one = looker(BY_PHONE, has_phone=1 << BY_MAIL, linked=1 << BY_PHONE)
    assert seen(ABOUT_PRODUCT, one=one, page=BY_COMPUTER, traced_pages=1.0)


def test_the_page_may_show_another_mans_visit():
    assert seen(ABOUT_PRODUCT, one=profile(), mind=looker(), page=BY_PHONE, traced_pages=1.0)
    assert not seen(ABOUT_PRODUCT, one=looker(), mind=profile(), page=BY_PHONE, traced_pages=1.0)


def test_a_share_of_visitors_see_a_number_of_their_own_and_always_the_same_ones():
    u = uniform(SEED, 3, service.TRACED, 0, 0)
    for share, traced in ((u + 1e-9, True), (u - 1e-9, False)):
        assert page_is_traced(company(traced_pages=share), profile(), SEED) == traced


def test_facts_on_the_screen_may_be_another_mans():
    other = profile(filed={BY_MAIL: 44})
    assert seen(one=profile(has_phone=4), mind=other)
    looked = profile()
    record_interest(company(), looked, BY_CLUB, 4, 16, 1, 99)
    assert seen(ABOUT_PRODUCT, one=profile(has_phone=1 << BY_CLUB), mind=looked, kind=1)
    assert not seen(ABOUT_PRODUCT, one=profile(has_phone=1 << BY_MAIL), mind=looked, kind=1)


def minutes(sees, topic=1, z=0.0):
    rules = firm(handling_spread=0.5, lookup_minutes=1.5, handling_minutes=[4.0, 6.0, 9.0])
    return handling_minutes(rules, topic, sees, z)


def test_a_call_takes_its_topics_minutes_by_a_lognormal():
    assert [minutes(1, topic) for topic in range(3)] == near([4, 6, 9])
    assert minutes(1, z=2.0) == near(6 * math.exp(1.0))


def test_a_call_is_shorter_where_the_data_are_on_the_screen():
    assert minutes(0) - minutes(1) == near(1.5)


def test_an_informed_agent_settles_a_share_of_matters():
    rules = firm(solves=0.7)
    assert [solves(rules, u) for u in (0.0, 0.69, 0.71)] == [True, True, False]


@pytest.mark.parametrize("missing", [{}, {"identify_by_phone": 0.0}, {"record_service": 0.0}])
def test_a_contact_is_noted_and_an_unsolved_case_kept_open_only_on_file(missing):
    one, rules = profile(has_phone=4, open_case=3), company(**missing)
    note_contact(rules, one, 9, SEED)
    assert one.noted_case == (-1 if missing else 9)
    keep_case_open(rules, one, False, 100, SEED)
    assert one.open_case == (3 if missing else 107)
    keep_case_open(rules, one, True, 100, SEED)
    assert one.open_case == (3 if missing else 100), "a solved case is closed"


def test_a_strangers_contact_leaves_no_note():
    one = profile(open_case=3)
    note_contact(company(), one, 9, SEED)
    keep_case_open(company(), one, False, 100, SEED)
    assert (one.noted_case, one.open_case) == (-1, 3)
