"""Claims about what an agent has on the screen, how long a contact takes, and whether it helps."""

from __future__ import annotations

import math

import pytest
from people import SEED, file, firm, profile

from sim.company import service
from sim.company.knowledge import record_interest
from sim.company.service import (
    asks_for_mark,
    caller_is_known,
    found_from,
    handling_minutes,
    keep_case_open,
    knows_case,
    note_contact,
    offers_chat,
    offers_mail,
    on_screen,
    page_is_traced,
    records_of_caller,
    records_of_sender,
    solves,
)
from sim.core.draws import uniform
from sim.core.events import ABOUT_DEFECT, ABOUT_ORDER, ABOUT_PRODUCT, CALLS, CHATS, WRITES
from sim.core.records import (
    BY_CLUB,
    BY_COMPUTER,
    BY_MAIL,
    BY_OLD_CARD,
    BY_OTHER_MAIL,
    BY_PHONE,
    OTHER_ADDRESS,
    OWN_ADDRESS,
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
    """Whether who is called sees what it is about; asked about goods of category ``kind``."""
    one = one or profile(has_phone=1 << BY_MAIL, filed={BY_MAIL: 44})
    rules = company(**changes)
    records = records_of_caller(rules, one, SEED)
    return on_screen(rules, file(one, mind), CALLS, records, topic, about, kind, page, day, SEED)


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
    def found(one, rules):
        records = records_of_caller(rules, one, SEED)
        return [s for s in range(SILOS) if found_from(rules, one, records, s, SEED)]

    assert found(profile(has_phone=1 << home), company()) == [home]
    whole = profile(has_phone=1 << home, linked=ALL_LINKED)
    assert found(whole, company()) == [*range(SILOS)]
    assert found(whole, company(share_data=0.0)) == [home]
    assert found(profile(linked=ALL_LINKED), company()) == []


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


def minutes(sees, topic=1, z=0.0, way=CALLS):
    rules = firm(handling_spread=0.5, lookup_minutes=1.5, handling_minutes=[4.0, 6.0, 9.0])
    return handling_minutes(rules, way, topic, sees, z)


def test_a_call_takes_its_topics_minutes_by_a_lognormal():
    assert [minutes(1, topic) for topic in range(3)] == near([4, 6, 9])
    assert minutes(1, z=2.0) == near(6 * math.exp(1.0))


def test_a_call_is_shorter_where_the_data_are_on_the_screen():
    assert minutes(0) - minutes(1) == near(1.5)


def test_a_chat_and_a_mail_take_their_share_of_a_calls_minutes_asking_included():
    for sees in (0, 1):
        assert minutes(sees, way=CHATS) == near(0.73 * minutes(sees))
        assert minutes(sees, way=WRITES) == near(0.84 * minutes(sees))


def test_an_informed_agent_settles_a_share_of_matters():
    rules = firm(solves=0.7)
    assert [solves(rules, u) for u in (0.0, 0.69, 0.71)] == [True, True, False]


RECORDS = 1 << BY_MAIL


@pytest.mark.parametrize("missing", [{}, {"record_service": 0.0}])
def test_a_contact_is_noted_and_an_unsolved_case_kept_open_only_on_file(missing):
    one, rules = profile(open_case=3), company(**missing)
    note_contact(rules, one, RECORDS, 9, SEED)
    assert (one.noted_case, one.noted_in) == ((-1, 0) if missing else (9, RECORDS))
    keep_case_open(rules, one, RECORDS, False, 100, SEED)
    assert one.open_case == (3 if missing else 107)
    keep_case_open(rules, one, RECORDS, True, 100, SEED)
    assert one.open_case == (3 if missing else 100), "a solved case is closed"


@pytest.mark.parametrize("records", [0, 1 << BY_PHONE, 1 << SILOS])
def test_a_strangers_contact_leaves_no_note_nor_that_of_a_device_or_of_who_is_mistaken(records):
    one = profile(open_case=3)
    note_contact(company(), one, records, 9, SEED)
    keep_case_open(company(), one, records, False, 100, SEED)
    assert (one.noted_case, one.noted_in, one.open_case) == (-1, 0, 3)


def test_who_calls_is_known_by_his_number_and_who_writes_by_his_address():
    subscriber = profile(permission=1)
    assert records_of_sender(subscriber, OWN_ADDRESS) == 1 << BY_MAIL
    assert records_of_caller(company(), subscriber, SEED) == 0, "his number is not on file"
    member = profile(has_phone=1 << BY_CLUB)
    assert records_of_caller(company(), member, SEED) == 1 << BY_CLUB
    assert records_of_sender(member, OWN_ADDRESS) == 0, "the card's form asks for no address"


def test_an_address_is_on_file_from_an_order_or_the_list_whether_it_may_be_written_to_or_not():
    for about in ({"has_phone": 1 << BY_MAIL}, {"permission": 1}, {"refused": 1}):
        assert records_of_sender(profile(**about), OWN_ADDRESS) == 1 << BY_MAIL
        assert records_of_sender(profile(**about), OTHER_ADDRESS) == 0
    for about in ({"has_phone": 1 << BY_OTHER_MAIL}, {"other": {"permission": 1}}):
        assert records_of_sender(profile(**about), OTHER_ADDRESS) == 1 << BY_OTHER_MAIL
        assert records_of_sender(profile(**about), OWN_ADDRESS) == 0
    assert records_of_sender(profile(), OWN_ADDRESS) == 0


def test_an_address_is_looked_up_without_a_telephone_system():
    one = profile(permission=1, filed={BY_MAIL: 44})
    rules = company(identify_by_phone=0.0)
    told = (rules, file(one), WRITES, records_of_sender(one, OWN_ADDRESS), ABOUT_ORDER, 44, 0)
    assert on_screen(*told, UNKNOWN, 100, SEED)


def test_who_chats_sits_before_the_page_that_the_agent_sees_whoever_he_is():
    for way, seen_too in ((CHATS, True), (CALLS, False), (WRITES, False)):
        rules = company(traced_pages=0.0, record_service=0.0)
        told = (rules, file(looker()), way, 0, ABOUT_PRODUCT, 11, 0, BY_PHONE)
        assert on_screen(*told, 100, SEED) == seen_too
        assert not on_screen(*told, 101, SEED), "too long ago"
    assert not on_screen(company(), file(profile()), CHATS, 0, ABOUT_PRODUCT, 11, 0, 0, 100, SEED)
    traced = company(traced_pages=1.0)
    told = (file(looker()), WRITES, 0, ABOUT_PRODUCT, 11, 0, BY_PHONE, 100, SEED)
    assert not on_screen(traced, *told), "no number stands in a mail"


def noted(records=1 << BY_MAIL, mind=None, rules=None, case=9, **about):
    """Whether an agent sees the note of case 9 when it is asked about again."""
    one = profile(**({"noted_case": 9, "noted_in": 1 << BY_MAIL} | about))
    return knows_case(rules or company(), file(one, mind), records, case, SEED)


def test_a_note_is_seen_in_whatever_way_the_person_is_known_by_the_record_it_stands_in():
    assert noted() and not noted(case=10) and not noted(rules=company(record_service=0.0))
    assert not noted(records=0), "a stranger has no note"
    assert not noted(1 << BY_CLUB), "nobody knows that the card is his"
    assert noted(1 << BY_CLUB, linked=1 << BY_CLUB)
    apart = company(share_data=0.0)
    assert not noted(1 << BY_CLUB, rules=apart, linked=1 << BY_CLUB)
    assert noted(1 << BY_CLUB | 1 << BY_MAIL, rules=apart), "one of his numbers leads there"
    assert not noted(1 << BY_PHONE, linked=1 << BY_PHONE), "a cookie is nobody's name"
    assert not noted(mind=profile()), "it may be another man's"


def test_ways_are_offered_to_a_share_of_people_and_always_to_the_same_ones():
    for offers, name, luck in (
        (offers_chat, "chat", service.CHAT),
        (offers_mail, "service_mail", service.SERVICE_MAIL),
    ):
        u = uniform(SEED, 3, luck, 0, 0)
        for share, offered in ((u + 1e-9, True), (u - 1e-9, False)):
            assert offers(company(**{name: share}), profile(), SEED) == offered


def test_a_share_of_contacts_is_followed_by_a_question_for_a_mark():
    u = uniform(SEED, 3, service.ASKS_SCORE, 9, 100)
    for share, asks in ((u + 1e-9, True), (u - 1e-9, False)):
        assert asks_for_mark(company(asks_score=share), profile(), 9, 100, SEED) == asks
