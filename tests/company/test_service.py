"""Claims about what an agent has on the screen, how long a call takes, and whether it helps."""

from __future__ import annotations

import math

import pytest
from people import SEED, file, firm, profile

from sim.company.knowledge import record_interest
from sim.company.service import (
    caller_is_known,
    handling_minutes,
    keep_case_open,
    note_contact,
    on_screen,
    solves,
)
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


def company(**changes):
    return firm(**(PLAIN | changes))


def test_a_caller_is_known_whose_number_is_on_file_where_the_telephone_looks_it_up():
    assert caller_is_known(company(), profile(has_phone=4), SEED)
    assert not caller_is_known(company(), profile(), SEED), "a stranger never is"
    assert not caller_is_known(company(identify_by_phone=0.0), profile(has_phone=4), SEED)


def seen(topic=ABOUT_ORDER, about=44, one=None, mind=None, day=100, page=UNKNOWN, **changes):
    one = one or profile(has_phone=1 << BY_MAIL, filed={BY_MAIL: 44})
    return on_screen(company(**changes), file(one, mind), topic, about, page, day, SEED)


def test_an_order_is_on_the_screen_where_it_is_on_file_and_the_caller_known():
    assert seen() and seen(ABOUT_DEFECT)
    assert not seen(about=45) and not seen(one=profile(has_phone=4))
    assert not seen(one=profile(filed={BY_MAIL: 44}))
    assert not seen(record_service=0.0) and not seen(identify_by_phone=0.0)


def test_a_question_about_a_product_is_seen_by_what_was_looked_at_lately():
    for silo in range(SILOS):
        one = profile(has_phone=4)
        record_interest(company(), one, silo, 0, 0, 1, 86)
        assert seen(ABOUT_PRODUCT, one=one)
        assert not seen(ABOUT_PRODUCT, one=one, day=101)
    assert not seen(ABOUT_PRODUCT, day=5), "an order on file says nothing of it"


def test_facts_on_the_screen_may_be_another_mans():
    other = profile(filed={BY_MAIL: 44})
    assert seen(one=profile(has_phone=4), mind=other)
    looked = profile()
    record_interest(company(), looked, BY_CLUB, 4, 16, 1, 99)
    assert seen(ABOUT_PRODUCT, one=profile(has_phone=4), mind=looked)


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
