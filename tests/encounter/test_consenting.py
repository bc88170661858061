"""Claims about consent: to mail and to being profiled; asked for, given, taken back."""

from __future__ import annotations

from people import (
    SEED,
    file,
    firm,
    flow,
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

from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import ADDRESSES, NEVER, OTHER_ADDRESS, OWN_ADDRESS
from sim.encounter import consent
from sim.encounter.consent import ask_permission, is_not_asked, subscribe

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
