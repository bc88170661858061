"""Claims about what a message does to who reads it, and about texts and app messages."""

from __future__ import annotations

import pytest
from people import (
    events,
    file,
    firm,
    flow,
    market,
    office,
    own,
    person,
    profile,
    shown,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.records import APP_MESSAGES, AT_PHONE, BY_APP, BY_MAIL, BY_TEXT, CARE, LATENT, TEXTS
from sim.encounter.consent import ask_for_texts, take_way
from sim.encounter.mail import get_mail, read_on_phone
from sim.encounter.reading import learn_to_care, take_in

near = pytest.approx
READ = {"text_read": 1.0, "app_message_read": 1.0, "unsubscribe_intercept": -90.0}
IDLE = {"click_intercept": -90.0, "reminds": 0.0, "wake_shopper": 0.0, "wake_buyer": 0.0}
SENT = {BY_TEXT: (ev.TEXT_SENT, ev.TEXT), BY_APP: (ev.PUSHED, ev.APP)}


def on_phone(way=BY_TEXT, numbers=None, one=None, purpose=0, **about):
    """A message about item 17 comes to his phone; he, what is on file, what was told, the world."""
    me = person(**about)
    one = one or profile(takes=TEXTS | APP_MESSAGES)
    around = world(market=market(**(READ | IDLE | (numbers or {}))), shown=shown((17,)))
    around.shown.purpose = purpose
    read_on_phone(me, file(one), way, 300, around, office(firm()))
    return me, one, written(around.tape), around


@pytest.mark.parametrize("way", [BY_TEXT, BY_APP])
def test_a_message_to_the_phone_is_sent_read_or_not_and_told_by_its_way(way):
    kind, channel = SENT[way]
    _, one, told, around = on_phone(way)
    assert told == [kind, ev.SEEN_ON_PHONE]
    assert [value(e, "channel") for e in (around.tape.log[0], around.tape.log[1])] == [channel] * 2
    assert own(one).contacts == 1
    unread = {"text_read": 0.0, "app_message_read": 0.0}
    assert on_phone(way, unread)[2] == [kind]
    other = {"app_message_read": 0.0} if way == BY_TEXT else {"text_read": 0.0}
    assert ev.SEEN_ON_PHONE in on_phone(way, other)[2]


def test_who_has_left_reads_no_text_and_it_costs_all_the_same():
    assert on_phone(present=2)[2] == [ev.TEXT_SENT]


def test_a_text_wearies_as_much_as_its_number_and_an_app_message_as_a_mail():
    for way, wearies in ((BY_TEXT, 2.5), (BY_APP, 1.0)):
        me = on_phone(way, {"fatigue_text": 2.5})[0]
        assert me.fatigue == near(wearies) and (me.met_today, me.met_day) == (1, 100)


def test_texts_are_stopped_by_themselves():
    me, one, told, around = on_phone(BY_TEXT, {"unsubscribe_intercept": 90.0}, permission=1)
    assert told[-1] == ev.UNSUBSCRIBED and value(around.tape.log[2], "channel") == ev.TEXT
    assert one.takes == APP_MESSAGES and (me.permission, me.refused) == (1, 0)
    assert on_phone(BY_APP, {"unsubscribe_intercept": 90.0})[1].takes == TEXTS
    assert ev.UNSUBSCRIBED not in on_phone(numbers={"text_leaves": -5.0})[2]


def test_its_link_leads_to_the_web_shop_on_the_phone():
    follows = {"click_intercept": 90.0, "outside_web": 90.0}
    me, _, told, around = on_phone(numbers=follows, device=0)
    assert [k for k in told if k in (ev.TAPPED, ev.WEB_VISIT)] == [ev.TAPPED, ev.WEB_VISIT]
    assert value(me, "device") == AT_PHONE
    assert value(events(around.tape, ev.WEB_VISIT)[0], "channel") == ev.TEXT


def due(name="birthday", **about):
    """The flow of a name is due today; what was told."""
    one = profile({name: 100}, **about)
    around = world(market=market(**(READ | IDLE)))
    mails = office(firm(flows=1.0, newsletters=0, pauses=0.0))
    get_mail(person(), file(one), around, mails)
    return written(around.tape)


def test_a_flow_goes_by_text_where_that_is_taken_else_by_mail():
    assert flow("birthday") >= 0
    assert due(takes=TEXTS, permission=1)[0] == ev.TEXT_SENT
    assert due(takes=APP_MESSAGES, permission=1)[0] == ev.MAIL_SENT
    assert due(permission=1)[0] == ev.MAIL_SENT
    assert due(takes=TEXTS)[0] == ev.TEXT_SENT
    assert due() == []


# ---- care ----------------------------------------------------------------------------------------


def cared(bought=90, **numbers):
    """Advice on what he bought (item 17, category 1) is read; he, the world."""
    me = person(last_from_us=[-1, bought] + [-1] * 6, satisfaction=0.5, trust=0.5)
    around = world(market=market(**numbers), shown=shown((17,)))
    learn_to_care(me, around)
    return me, around


def test_cared_for_it_lasts_longer_and_he_knows_more_and_is_content():
    numbers = {"care_days": 30.0, "care_felt": 0.08, "learning_rate": 0.25, "trust_rate": 0.5}
    me, around = cared(**numbers, expertise_gain=0.05)
    plain = person()
    later = me.need_at[1] - plain.need_at[1]
    assert later == near(float(around.season[1][130] - around.season[1][100]))
    assert me.need_at[0] == plain.need_at[0]
    assert me.expertise[1] - plain.expertise[1] == near(0.05)
    assert (me.satisfaction, me.trust) == (near(0.5 + 0.25 * 0.08), near(0.5 + 0.5 * 0.08))
    assert written(around.tape) == [ev.CARED]


def test_advice_on_what_he_does_not_own_does_nothing():
    me, around = cared(bought=-1)
    assert written(around.tape) == [] and me.satisfaction == 0.5


def test_advice_offers_nothing_and_so_contradicts_wakes_and_leads_nowhere():
    sleeping = {"state": LATENT, "number": 11, "category": 1, "style": 1, "dies": 10_000}
    for purpose, told in ((CARE, [ev.CARED]), (0, [ev.CONTRADICTED, ev.NEED_WOKEN])):
        me = person((sleeping,), last_from_us=[-1, 95] + [-1] * 6)
        around = world(market=market(wake_buyer=1.0, wake_glance=1.0, click_intercept=-90.0))
        screen = shown((17,))
        screen.purpose = purpose
        around = around._replace(shown=screen)
        follows = take_in(me, file(profile()), 300, ev.EMAIL, 0.5, around, office(firm()))
        assert not follows and written(around.tape) == told


# ---- permission by way ---------------------------------------------------------------------------

AGREES = {"texts_intercept": 90.0}


def asked(share=1.0, numbers=AGREES, a=0, me=None, **about):
    me, one = me or person(), profile(**({"has_phone": 1 << BY_MAIL} | about))
    around = world(market=market(**numbers))
    ask_for_texts(me, file(one), a, ev.WEB, 44, around, office(firm(ask_texts=share)))
    return me, one, around


def test_who_has_given_his_number_is_asked_for_texts_and_may_agree():
    _, one, around = asked()
    assert one.takes == TEXTS and written(around.tape) == [ev.TEXTS_TAKEN]
    assert value(around.tape.log[0], "value") == BY_TEXT
    assert asked(numbers={"texts_intercept": -90.0})[1].takes == 0
    assert asked(share=0.0)[1].takes == 0, "the form has no box for it"
    assert asked(has_phone=0)[1].takes == 0, "no number is on file"
    assert asked(a=1)[1].takes == 0, "the address beside his own"
    assert written(asked(takes=TEXTS)[2].tape) == [], "not again"
    assert written(asked(me=person(refused=1))[2].tape) == [], "he wants nothing from us"


def test_what_is_taken_is_on_file():
    me, one, around = person(), profile(), world()
    take_way(me, one, BY_APP, ev.STORE, around)
    assert one.takes == APP_MESSAGES
    assert (value(around.tape.log[0], "channel"), value(around.tape.log[0], "value")) == (
        ev.STORE,
        BY_APP,
    )
