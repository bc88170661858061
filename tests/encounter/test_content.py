"""Claims about content before the goods: who is shown it, who takes it in, whom it drives away."""

from __future__ import annotations

import math

import pytest
from people import (
    ID,
    SEED,
    file,
    firm,
    logit,
    market,
    need,
    office,
    person,
    profile,
    share,
    shown,
    tips,
    today,
    value,
    world,
    written,
)

from sim.company.content import seems_a_shopper, show_content
from sim.company.knowledge import record_interest, record_purchase
from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import BY_MAIL
from sim.encounter.content import meet_content
from sim.journey import content
from sim.journey.buying import readiness
from sim.journey.content import learn_from_content, leaves_content, reads_content
from sim.journey.needs import shopper_in

near = pytest.approx
KNOWS = [0.0, 0.4] + [0.0] * 6


# ---- who takes it in -----------------------------------------------------------------------------


def test_who_knows_a_category_is_a_buyer_in_it():
    me = person(shopper=1, expertise=[1.0, 0.25] + [0.0] * 6)
    assert [shopper_in(me, c) for c in range(3)] == [0.0, 0.75, 1.0]
    assert shopper_in(person(shopper=0, expertise=KNOWS), 2) == 0.0


def test_an_unclear_need_holds_a_shopper_back_the_less_he_knows():
    mk, wish = market(readiness_shopper=3.0, readiness_buyer=2.0), need(category=1, progress=0.5)
    for expertise, weight in ((0.0, 3.0), (0.4, 2.6), (1.0, 2.0)):
        me = person(shopper=1, expertise=[0.0, expertise] + [0.0] * 6)
        assert readiness(me, mk, wish) == near(-weight * 0.5)
    assert readiness(person(expertise=KNOWS), mk, wish) == near(-2.0 * 0.5)


def reads_at(when=640, **about):
    """Readiness at which he just takes it in."""

    def decide(ready):
        mk = market(read_utility=ready, read_shopper=2.0, read_novice=1.5)
        return reads_content(person(**about), mk, 1, 11, when, today())

    return tips(decide)


def test_shoppers_and_novices_take_content_in():
    at = logit(uniform(SEED, ID, content.READS, 11, 640))
    assert reads_at(expertise=[1.0] * 8) == near(at, abs=1e-6)
    assert reads_at(expertise=KNOWS) == near(at - 1.5 * 0.6, abs=1e-6)
    assert reads_at(expertise=KNOWS, shopper=1) == near(at - 1.5 * 0.6 - 2.0 * 0.6, abs=1e-6)
    assert reads_at(when=641) != near(reads_at(), abs=1e-3)


def test_it_teaches_a_share_of_what_is_not_known_and_clears_the_need():
    me, wish = person(expertise=KNOWS), need(category=1, progress=0.3)
    learn_from_content(me, market(content_teaches=0.25, content_clears=0.2), wish)
    assert me.expertise[1] == near(0.4 + 0.25 * 0.6) and me.expertise[0] == 0.0
    assert wish.progress == near(0.5)
    learn_from_content(me, market(content_clears=0.9), wish)
    assert wish.progress == 1.0


def test_who_does_not_want_it_may_have_enough_before_he_is_past_it():
    u = uniform(SEED, ID, content.LEAVES, 11, 640)
    minutes = -math.log(1.0 - u) * 10.0
    for longer, leaves in ((1e-6, True), (-1e-6, False)):
        mk = market(skip_minutes=minutes + longer, patience_web_minutes=10.0)
        assert leaves_content(person(), mk, 11, 640, today()) == leaves


def test_with_more_time_at_hand_more_content_is_taken_in_and_less_is_in_the_way():
    usual = market(read_utility=0.0, read_shopper=0.0, read_novice=0.0)
    ample = market(read_utility=0.0, read_shopper=0.0, read_novice=0.0, time_at_hand=2.0)
    me, now = person(), today()
    reads = [share(lambda n, mk=mk: reads_content(me, mk, 1, n, 640, now)) for mk in (usual, ample)]
    assert reads == near([1 / 2, 2 / 3], abs=0.03), "as the odds of twice as many hours"
    hasty = {"skip_minutes": 5.0, "patience_web_minutes": 10.0}
    shares = [
        share(lambda n, mk=mk: leaves_content(me, mk, n, 640, now))
        for mk in (market(**hasty), market(**hasty, time_at_hand=2.0))
    ]
    assert shares == near([1 - math.exp(-0.5), 1 - math.exp(-0.25)], abs=0.03)


def met(on_show=1, **numbers):
    wish, me, screen = need(category=1, progress=0.3), person(), shown()
    screen.content = on_show
    around = world(market=market(**numbers), shown=screen)
    return meet_content(me, file(), wish, 640, around, office()), wish, around


def test_content_is_read_or_got_past_or_left_and_nothing_where_there_is_none():
    stays, wish, around = met(read_utility=90.0, content_clears=0.2)
    assert stays and written(around.tape) == [ev.CONTENT_READ] and wish.progress == near(0.5)
    assert value(around.tape.log[0], "category") == 1
    stays, wish, around = met(read_utility=-90.0, skip_minutes=0.0)
    assert stays and written(around.tape) == [] and wish.progress == near(0.3)
    stays, wish, around = met(read_utility=-90.0, skip_minutes=1e9)
    assert not stays and written(around.tape) == [ev.CONTENT_LEFT]
    assert (wish.repeats, wish.lost) == (0, 0), "nothing was done again"
    for ready in (90.0, -90.0):
        stays, wish, around = met(0, read_utility=ready, skip_minutes=1e9)
        assert stays and written(around.tape) == []


# ---- before whom it stands -----------------------------------------------------------------------


def looked(times, bought=0):
    one = profile()
    for k in range(times):
        record_interest(firm(), one, BY_MAIL, 4, 17, 1, 50 + k)
    for k in range(bought):
        record_purchase(firm(), one, BY_MAIL, 4, 17, 80 + k)
    return one


@pytest.mark.parametrize(
    ("times", "bought", "seems"), [(4, 0, True), (3, 0, False), (8, 1, True), (7, 1, False)]
)
def test_who_looks_often_for_each_purchase_is_taken_for_a_shopper(times, bought, seems):
    facts = looked(times, bought).silos[BY_MAIL].live
    assert seems_a_shopper(firm(looks_a_purchase=4), facts) == seems


def stands(one, home=BY_MAIL, **able):
    screen = shown()
    rules = firm(**({"show_content": 1.0, "tells_shoppers": 1.0, "looks_a_purchase": 4} | able))
    show_content(screen, rules, file(one), home, SEED)
    return screen.content


def test_content_stands_before_all_or_before_who_seems_a_shopper():
    assert stands(looked(9)) == 1 and stands(looked(0)) == 0
    assert stands(looked(0), tells_shoppers=0.0) == 1
    assert stands(looked(0), home=-1) == 1, "of a stranger nothing is known"
    assert stands(looked(9), show_content=0.0) == stands(looked(9), home=-1, show_content=0.0) == 0


def test_who_does_not_want_to_be_profiled_is_treated_as_a_stranger():
    one = looked(0)
    one.objects = 1
    assert stands(one) == 1
