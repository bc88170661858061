"""Claims about consent: to mail and to being profiled; asked for, given, taken back."""

from __future__ import annotations

import pytest
from people import (
    ID,
    SEED,
    file,
    firm,
    flow,
    logit,
    market,
    office,
    order,
    own,
    person,
    profile,
    value,
    world,
    written,
)

from sim.company import consent as purposes
from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import ADDRESSES, NEVER, OTHER_ADDRESS, OWN_ADDRESS
from sim.encounter import consent
from sim.encounter.consent import (
    ask_permission,
    is_not_asked,
    is_on_list,
    react_to_misuse,
    subscribe,
)
from sim.journey import consent as chooses

# ---- permission --------------------------------------------------------------------------------


def asked(rule=ask_permission, asks=1.0, willing=90.0, listed=0, **about):
    me, one = person(**about), profile(permission=listed)
    around = world(market=market(permission_intercept=willing))
    rule(me, file(one), order(), around, office(firm(ask_permission=asks, link_club=1.0)))
    return me, one, written(around.tape)


def test_permission_is_given_by_who_is_asked_and_willing_and_has_not_refused():
    me, one, told = asked()
    assert (me.permission, own(one).permission, told) == (1, 1, [ev.SUBSCRIBED])
    assert own(one).flow_day[flow("welcome")] == own(one).next_flow_day == 101
    for told in ({"asks": 0.0}, {"willing": -90.0}, {"refused": 1}):
        assert own(asked(**told)[1]).permission == 0
    assert asked(permission=1, listed=1)[2] == []


def test_permission_is_given_for_the_address_on_the_order():
    me, one = person(permission=1), profile(permission=1)
    around, asks = world(market=market(permission_intercept=90.0)), office(firm(ask_permission=1.0))
    ask_permission(me, file(one), order(address=OTHER_ADDRESS), around, asks)
    assert (me.permission, [a.permission for a in one.addresses]) == (3, [1, 1])
    assert one.addresses[OTHER_ADDRESS].flow_day[flow("welcome")] == 101
    assert own(one).next_flow_day == NEVER and written(around.tape) == [ev.SUBSCRIBED]
    ask_permission(me, file(one), order(address=OTHER_ADDRESS), around, asks)
    assert written(around.tape) == [ev.SUBSCRIBED], "he gets mails there"


def test_nobody_is_asked_for_an_address_that_gets_mails_or_once_he_has_refused():
    for a in range(ADDRESSES):
        only_there = {"permission": 1 - a, "other": {"permission": a}}
        assert is_not_asked(person(permission=1 << a), profile(**only_there), a)
        assert not is_not_asked(person(permission=1 << a), profile(**only_there), 1 - a)
        assert not is_not_asked(person(permission=3), profile(**only_there), 1 - a), "struck off"
        assert not is_not_asked(person(permission=0), profile(**only_there), a)
        assert is_not_asked(person(refused=1), profile(), a)


def test_a_subscription_is_told_by_its_channel_and_adds_to_those_he_has():
    for channel in (ev.WEB, ev.STORE):
        me, one, around = person(permission=2), profile(), world()
        subscribe(me, file(one), OWN_ADDRESS, channel, 44, 0, around, office())
        told = around.tape.log[0]
        assert (value(told, "channel"), value(told, "value")) == (channel, 0)
        assert (me.permission, [a.permission for a in one.addresses]) == (3, [1, 0])


def test_who_was_struck_off_the_list_may_be_asked_again():
    me, one, told = asked(permission=1, listed=0)
    assert (me.permission, own(one).permission, told) == (1, 1, [ev.SUBSCRIBED])
    assert asked(permission=1, refused=1)[2] == []


def test_permission_is_told_by_where_it_was_given():
    for place, channel in ((0, ev.WEB), (1, ev.WEB), (2, ev.STORE)):
        around = world(market=market(permission_intercept=90.0))
        ask_permission(person(), file(), order(place=place), around, office(firm(ask_permission=1)))
        told = around.tape.log[0]
        assert (value(told, "channel"), value(told, "value")) == (channel, 0)


def test_whether_he_is_asked_is_drawn_for_each_purchase():
    u = uniform(SEED, 3, consent.ASKED, order().number, 0)
    assert asked(asks=u + 1e-9)[0].permission == 1 and asked(asks=u - 1e-9)[0].permission == 0


# ---- on the form: what the mails may go by -------------------------------------------------------

MINDS, MINDS_NOT = {"personal_dkk": -1e6}, {"personal_dkk": 1e6}


def signs(a=OWN_ADDRESS, by_purpose=1.0, one=None, numbers=None, about=44, when=7, **him):
    """Somebody signs a form; he, what is on file, what is told."""
    me, one = person(**him), one or profile()
    around = world(market=market(**({"refuses_all_or_nothing": 0.0} | (numbers or {}))))
    books = office(firm(consent_by_purpose=by_purpose))
    subscribe(me, file(one), a, ev.WEB, about, when, around, books)
    return me, one, written(around.tape)


def test_asked_by_purpose_who_minds_takes_the_mails_and_refuses_to_be_profiled():
    me, one, told = signs(numbers=MINDS | {"refuses_all_or_nothing": 1.0})
    assert (me.permission, own(one).permission, one.objects) == (1, 1, 1)
    assert told == [ev.SUBSCRIBED]
    me, one, told = signs(numbers=MINDS_NOT)
    assert (me.permission, own(one).permission, one.objects) == (1, 1, 0)


def test_where_it_is_all_or_nothing_a_share_of_those_who_mind_takes_nothing():
    for about, when in ((44, 7), (45, 7), (44, 8)):
        u = uniform(SEED, ID, chooses.ALL_OR_NOTHING, about, when)
        form = {"by_purpose": 0.0, "about": about, "when": when}
        for share, taken in ((u - 1e-9, 1), (u + 1e-9, 0)):
            me, one, told = signs(numbers=MINDS | {"refuses_all_or_nothing": share}, **form)
            assert (me.permission, own(one).permission, one.objects) == (taken, taken, 0)
            assert told == [ev.SUBSCRIBED] * taken
            assert own(one).flow_day[flow("welcome")] == (101 if taken else NEVER)
        me, one, _ = signs(numbers=MINDS_NOT | {"refuses_all_or_nothing": 1.0}, **form)
        assert (me.permission, own(one).permission, one.objects) == (1, 1, 0)


def test_who_takes_nothing_keeps_what_he_had():
    one = profile(other={"permission": 1})
    all_or_nothing = MINDS | {"refuses_all_or_nothing": 1.0}
    me, one, told = signs(one=one, by_purpose=0.0, numbers=all_or_nothing, permission=2)
    assert (me.permission, [a.permission for a in one.addresses], told) == (2, [0, 1], [])


def test_whether_he_minds_is_drawn_for_each_form():
    for about, when in ((44, 7), (45, 7), (44, 8)):
        u = uniform(SEED, ID, chooses.PROFILED, about, when)
        left = 4.0 * logit(u)
        for more, objects in ((1e-6, 0), (-1e-6, 1)):
            numbers = {"personal_dkk": 3.0 + left + more, "identity_scale_dkk": 4.0}
            found = signs(numbers=numbers, about=about, when=when, privacy_dkk=3.0)[1]
            assert found.objects == objects


def test_consent_is_asked_by_purpose_of_a_lasting_share_of_people():
    u = uniform(SEED, 3, purposes.BY_PURPOSE, 0, 0)
    for about in (44, 45):
        assert signs(by_purpose=u + 1e-9, numbers=MINDS, about=about)[1].objects == 1
        assert signs(by_purpose=u - 1e-9, numbers=MINDS, about=about)[1].objects == 0


def test_the_form_that_comes_with_an_order_is_named_by_its_number():
    u = uniform(SEED, ID, chooses.ALL_OR_NOTHING, 44, 0)
    for share, taken in ((u - 1e-9, 1), (u + 1e-9, 0)):
        numbers = MINDS | {"permission_intercept": 90.0, "refuses_all_or_nothing": share}
        me, around = person(), world(market=market(**numbers))
        books = office(firm(ask_permission=1.0, consent_by_purpose=0.0))
        ask_permission(me, file(), order(), around, books)
        assert me.permission == taken


def test_he_is_on_the_list_where_mails_come_to_an_address_of_his():
    def on_list(takes, *listed):
        at = {"permission": listed[0], "other": {"permission": listed[1]}}
        return is_on_list(person(permission=takes), profile(**at))

    assert on_list(1, 1, 0) and on_list(2, 0, 1) and on_list(3, 0, 1) and on_list(3, 1, 0)
    assert not on_list(1, 0, 1) and not on_list(2, 1, 0), "struck off where he takes them"
    assert not on_list(3, 0, 0) and not on_list(0, 1, 1)
    assert on_list(1, 1, 1) and on_list(2, 1, 1)


# ---- taken back ----------------------------------------------------------------------------------

FED_UP, PATIENT = {"takes_back": 90.0}, {"takes_back": -90.0}
LISTED = {"permission": 1, "other": {"permission": 1}}


def misused(by_purpose=0.0, one=None, numbers=None, about=8, **him):
    """Somebody is offered what he has just bought; he, what is on file, what is told."""
    me, one = person(**({"permission": 3, "cookies": 1} | him)), one or profile(**LISTED)
    around = world(market=market(**(FED_UP | (numbers or {}))))
    react_to_misuse(me, file(one), about, around, office(firm(consent_by_purpose=by_purpose)))
    kept = me.cookies, me.refused, me.permission, [a.permission for a in one.addresses]
    told = [tuple(value(e, k) for k in ("kind", "channel", "value")) for e in around.tape.log]
    return kept, one, told[: around.tape.buffers.events]


EVERYTHING = (1, 0, 3, [1, 1])  # cookies, no refusal, mails at both addresses


def test_by_purpose_he_wants_no_more_profiles_and_keeps_mails_and_cookies():
    kept, one, told = misused(1.0)
    assert (kept, one.objects, one.written_to) == (EVERYTHING, 1, 1)
    assert told == [(ev.CONSENT_WITHDRAWN, ev.NONE, 0)]


def test_who_is_not_profiled_any_more_has_no_more_to_take_back_by_purpose():
    kept, one, told = misused(1.0, profile(objects=1, **LISTED))
    assert (kept, one.objects, told) == (EVERYTHING, 1, [])


def test_where_there_is_no_less_he_takes_all_of_it_back():
    kept, one, told = misused()
    assert (kept, one.objects, one.written_to) == ((0, 1, 0, [0, 0]), 0, 0)
    everything = (ev.CONSENT_WITHDRAWN, ev.NONE, 1)
    assert told == [everything] + [(ev.UNSUBSCRIBED, ev.EMAIL, 0)] * 2


def test_he_leaves_the_list_at_each_address_where_he_takes_mails():
    for a in range(ADDRESSES):
        listed = {"permission": 1 - a, "other": {"permission": a}}
        kept, _, told = misused(one=profile(**listed), permission=1 << a)
        assert kept == (0, 1, 0, [0, 0])
        assert [kind for kind, _, _ in told] == [ev.CONSENT_WITHDRAWN, ev.UNSUBSCRIBED]
    kept, _, _ = misused(permission=2)
    assert kept == (0, 1, 0, [1, 0]), "the other address is not struck off in his name"


def test_who_has_given_nothing_has_nothing_to_take_back():
    kept, _, told = misused(one=profile(), permission=0, cookies=0)
    assert (kept, told) == ((0, 0, 0, [0, 0]), [])
    kept, _, told = misused(one=profile(), permission=0)
    assert (kept, told) == ((0, 1, 0, [0, 0]), [(ev.CONSENT_WITHDRAWN, ev.NONE, 1)])
    kept, _, told = misused(cookies=0)
    assert kept == (0, 1, 0, [0, 0]) and len(told) == 3


@pytest.mark.parametrize("by_purpose", [0.0, 1.0])
def test_who_puts_up_with_it_changes_nothing(by_purpose):
    kept, one, told = misused(by_purpose, numbers=PATIENT)
    assert (kept, one.objects, told) == (EVERYTHING, 0, [])


@pytest.mark.parametrize("about", [8, 9])
def test_whether_he_takes_it_back_is_drawn_for_what_offended_him_and_its_day(about):
    at = logit(uniform(SEED, ID, chooses.TAKES_BACK, about, 100))
    for more, told in ((1e-6, 3), (-1e-6, 0)):
        assert len(misused(numbers={"takes_back": at + more}, about=about)[2]) == told


def test_the_switch_in_the_account_is_there_for_a_lasting_share_of_people():
    u = uniform(SEED, 3, purposes.BY_PURPOSE, 0, 0)
    assert misused(u + 1e-9)[1].objects == 1 and misused(u - 1e-9)[1].objects == 0
