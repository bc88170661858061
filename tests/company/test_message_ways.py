"""Claims about the ways in which a message may go: e-mail, text, app; and about newer flows."""

from __future__ import annotations

import pytest
from people import SEED, belief, file, firm, flow, own, profile, settings, shown

from sim.company.automation import NOTHING, compose_flow, note_look, note_purchase
from sim.company.contacts import note_texted
from sim.company.knowledge import record_interest, record_purchase
from sim.company.ways import NO_WAY, permit_way, strike_all_ways, strike_way, way_to
from sim.core.records import (
    APP_MESSAGES,
    BY_APP,
    BY_EMAIL,
    BY_MAIL,
    BY_TEXT,
    CARE,
    NEVER,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    TEXTS,
)

PHONE = {BY_TEXT: TEXTS, BY_APP: APP_MESSAGES}


@pytest.mark.parametrize("way", [BY_TEXT, BY_APP])
def test_a_message_goes_the_way_that_is_taken_else_as_a_mail_else_not_at_all(way):
    taken = profile(takes=PHONE[way], permission=1)
    assert way_to(taken, OWN_ADDRESS, way) == way
    assert way_to(taken, OWN_ADDRESS, BY_EMAIL) == BY_EMAIL, "a mail stays a mail"
    assert way_to(profile(takes=PHONE[way]), OWN_ADDRESS, way) == way, "without mails, too"
    assert way_to(profile(takes=PHONE[way]), OWN_ADDRESS, BY_EMAIL) == NO_WAY
    assert way_to(profile(permission=1), OWN_ADDRESS, way) == BY_EMAIL
    assert way_to(profile(), OWN_ADDRESS, way) == NO_WAY


def test_one_way_is_not_the_other_and_an_address_beside_his_own_has_only_mail():
    texts = profile(takes=TEXTS, permission=1, other={"permission": 1})
    assert way_to(texts, OWN_ADDRESS, BY_APP) == BY_EMAIL
    assert way_to(texts, OTHER_ADDRESS, BY_TEXT) == BY_EMAIL


def test_each_way_is_permitted_and_stopped_by_itself():
    one = profile(permission=1)
    permit_way(one, BY_TEXT)
    permit_way(one, BY_APP)
    assert one.takes == TEXTS | APP_MESSAGES
    strike_way(one, BY_TEXT)
    assert one.takes == APP_MESSAGES and own(one).permission == 1
    strike_way(one, BY_TEXT)
    assert one.takes == APP_MESSAGES
    permit_way(one, BY_TEXT)
    strike_all_ways(one)
    assert one.takes == 0 and own(one).permission == 1


def test_a_text_counts_as_a_contact_of_the_week_like_any():
    one = profile(contacts=2, contact_week=100 // 7)
    note_texted(one, 100)
    assert (own(one).contacts, own(one).last_mail_day) == (3, 100)
    assert own(one).unopened == 0, "nobody sees whether a text was read"


# ---- flows: care, and a better one ---------------------------------------------------------------


def company(**given):
    return firm(**({"flows": 1.0, "pauses": 0.0, "suppress_bought": 1.0} | given))


def sent(name, mind, **given):
    """What becomes of a flow that is due today, by what is on file in ``mind``; the message."""
    one, message = profile({name: 100}, permission=1), shown()
    found = compose_flow(message, company(**given), file(one, mind), 0, 100, SEED, belief())
    return found, message


def bought(day=79, cell=4, item=17):
    one = profile()
    record_purchase(company(), one, BY_MAIL, cell, item, day)
    return one


def test_care_is_about_the_thing_on_file_that_was_bought_last_and_offers_nothing():
    found, message = sent("care", bought())
    assert found == flow("care") and message.purpose == CARE
    assert list(message.items)[:2] == [17, -1] and message.n == 1
    assert message.discount == 0.0
    assert sent("care", profile())[0] == NOTHING, "nothing is on file"


def test_care_is_told_though_what_was_just_bought_is_offered_nowhere():
    assert sent("care", bought(day=99))[0] == flow("care")


def looked(cell=4, item=17):
    one = profile()
    record_interest(company(), one, BY_MAIL, cell, item, 1, 98)
    return one


def test_a_better_one_is_the_dearest_of_the_kind_above_what_was_looked_at():
    dearest = [0] * 24
    dearest[4] = 18
    found, message = sent("better", looked(), dearest_item=dearest)
    assert found == flow("better")
    assert list(message.items)[:3] == [18, 17, -1] and message.n == 2
    assert list(message.cells)[:2] == [4, 4]
    assert sent("better", looked(item=18), dearest_item=dearest)[0] == NOTHING, "it is the dearest"
    assert sent("better", profile(), dearest_item=dearest)[0] == NOTHING, "nothing was looked at"


def test_a_look_sets_the_flow_off_until_a_basket_or_a_purchase():
    one, rules = profile(permission=1), company()
    note_look(rules, one, BY_MAIL, 100)
    due = 100 + settings().company.flows["better"].delay_days
    assert own(one).flow_day[flow("better")] == own(one).next_flow_day == due
    note_look(rules, one, 0, 103)
    assert own(one).flow_day[flow("better")] == due, "a device has no address"
    note_purchase(rules, one, 0, 4, 101)
    assert own(one).flow_day[flow("better")] == NEVER
