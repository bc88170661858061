"""Claims about the company's forum: to whom it is open, and what a look into it brings."""

from __future__ import annotations

import pytest
from people import (
    ACTIVE,
    ID,
    SEED,
    board,
    column,
    events,
    file,
    firm,
    market,
    need,
    office,
    person,
    profile,
    value,
    world,
    written,
)

from sim.company import community as forum
from sim.company.community import expert_answers
from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import BY_MAIL, LATENT
from sim.encounter.community import meet_forum, post, visit_forum
from sim.journey.memory import salience

near = pytest.approx
NO_FIND = [-1] * 8
QUIET = {"posts_base": -90.0, "asks_there": 0.0, "content_teaches": 0.0}


def met(open_to=1.0, account=1, takes=0, **numbers):
    me = person(account=account, takes_part=takes)
    around = world(market=market(**({"join_base": 90.0} | numbers)))
    company = office(firm(community=open_to))
    meet_forum(me, file(), need(category=2), 640, around, company)
    return me, around.tape


def test_who_has_an_account_may_take_part_where_there_is_a_forum():
    me, on = met()
    assert me.takes_part == 1 << 2 and column(on, ev.FORUM_JOINED, "category") == [2]
    for nothing in ({"open_to": 0.0}, {"account": 0}, {"join_base": -90.0}):
        me, on = met(**nothing)
        assert me.takes_part == 0 and written(on) == []
    me, on = met(takes=1 << 2)
    assert me.takes_part == 1 << 2 and written(on) == [], "he does already"
    assert met(takes=1 << 1)[0].takes_part == 1 << 1 | 1 << 2


def test_the_forum_is_open_to_a_lasting_share():
    u = uniform(SEED, 3, forum.HAS_FORUM, 0, 0)
    assert met(open_to=u + 1e-9)[0].takes_part and not met(open_to=u - 1e-9)[0].takes_part


def visit(me=None, told=None, needs=(), open_to=1.0, records=1.0, about=None, **numbers):
    me = me or person(needs, takes_part=1 << 1, trust=0.4, salience=0.0, **(about or {}))
    there = {"find": NO_FIND, "posts": [0.0] * 8, "word": [0.9] * 8}
    around = world(
        market=market(**(QUIET | {"word_trust": 0.5} | numbers)),
        board=board(**(there | (told or {}))),
    )
    one = profile()
    company = office(firm(community=open_to, record_web=records))
    visit_forum(me, file(one), 1, around, company)
    return me, one, around


LIVELY = {"posts": [0.0, 60.0] + [0.0] * 6}
TALK = LIVELY | {"find": [-1, 14] + [-1] * 6}


def test_a_visit_keeps_us_in_mind_and_where_others_write_teaches_and_tells_what_they_think_of_us():
    me, _, around = visit(about={"expertise": [0.0, 0.5] + [0.0] * 6}, salience_visit=1.5)
    assert column(around.tape, ev.FORUM_VISITED, "category") == [1]
    assert salience(me, around.market, 100) == near(1.5)
    assert me.trust == near(0.4) and me.expertise[1] == near(0.5), "nobody has written"
    about = {"expertise": [0.0, 0.5] + [0.0] * 6}
    me, _, around = visit(told=LIVELY, about=about, content_teaches=0.2)
    assert me.trust == near(0.4 + 0.5 * 0.5) and me.expertise[1] == near(0.5 + 0.2 * 0.5)


def test_it_is_closed_to_whom_it_is_not_open():
    me, _, around = visit(told=TALK, open_to=0.0)
    assert written(around.tape) == [] and me.trust == near(0.4)


def test_what_is_talked_of_wakes_the_wish_that_it_fits_and_is_on_file_where_looks_are_recorded():
    sleeping = {"state": LATENT, "number": 11, "category": 1, "style": 0}
    _, one, around = visit(told=TALK, needs=(sleeping,), wake_buyer=1.0)
    assert column(around.tape, ev.NEED_WOKEN, "channel") == [ev.WEB]
    seen = one.silos[BY_MAIL].live
    assert (seen.view_item, seen.view_cell) == (14, 3)
    _, one, around = visit(told=TALK, records=0.0)
    assert one.silos[BY_MAIL].live.view_item == -1
    assert visit()[1].silos[BY_MAIL].live.view_item == -1, "nothing is talked of"


def test_the_shops_front_stands_beside_it_for_a_glance_once_a_day():
    front = {"number": 11, "state": LATENT, "category": 0, "style": 0}

    def woken(glance, **about):
        tape = visit(needs=(front,), wake_buyer=1.0, wake_glance=glance, about=about)[2].tape
        return column(tape, ev.NEED_WOKEN, "channel")

    assert woken(1.0) == [ev.WEB]
    assert woken(0.0) == []
    assert woken(1.0, visited_day=100) == [], "he has seen it today"


def test_a_question_is_answered_by_others_where_there_are_some_and_else_by_an_expert():
    wish = {"state": ACTIVE, "number": 11, "category": 1, "advised": 0}
    about = {"expertise": [0.0] * 8}
    for posts, by in ((1e12, [0.0]), (0.0, [1.0])):
        me, _, around = visit(
            told={"posts": [0.0, posts] + [0.0] * 6}, needs=(wish,), about=about, asks_there=1.0
        )
        assert column(around.tape, ev.FORUM_ASKED, "value") == by and me.needs[0].advised == 1
    me, _, around = visit(needs=(wish | {"category": 2},), about=about, asks_there=1.0)
    assert events(around.tape, ev.FORUM_ASKED) == [] and me.needs[0].advised == 0
    u = uniform(SEED, 3, forum.EXPERT, 11, 100)
    assert expert_answers(profile(), u - 1e-9, 11, 100, SEED)
    assert not expert_answers(profile(), u + 1e-9, 11, 100, SEED)


def test_he_writes_of_what_he_has_of_such_goods_and_of_nothing_else():
    owned = (
        {"state": 8, "category": 2, "item": 30},
        {"state": 8, "category": 1, "item": 15, "style": 1},
        {"state": 0, "category": 1, "item": 16},
    )
    around = world()
    post(person(orders=owned, orders_open=3, trust=0.7), 1, around)
    (wrote,) = events(around.tape, ev.FORUM_POSTED)
    names = ("category", "item", "style", "value", "customer")
    assert [value(wrote, name) for name in names] == [1, 15, 1, 0.7, ID]
    post(person(trust=0.7), 1, around)
    assert column(around.tape, ev.FORUM_POSTED, "item") == [15, -1]
    _, _, around = visit(posts_base=90.0)
    assert written(around.tape) == [ev.FORUM_VISITED, ev.FORUM_POSTED]
