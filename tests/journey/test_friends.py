"""Claims about friends: whom a word reaches, who tells, and what a word does."""

from __future__ import annotations

from collections import Counter

import pytest
from people import ID, SEED, logit, market, order, person, tips, today

from sim.core.draws import uniform
from sim.journey import friends
from sim.journey.friends import (
    NO_ONE,
    PRAISE,
    WARNING,
    friend_of,
    hear,
    is_fresh,
    takes_word,
    tells_friends,
)

near = pytest.approx


def reached(who, people=1000, ties=6, **numbers):
    mk = market(**numbers)
    return [friend_of(mk, who, k, people, SEED) for k in range(ties)]


def test_without_far_ties_a_word_reaches_the_nearest_on_both_sides():
    assert reached(500, far_ties=0.0) == [501, 499, 502, 498, 503, 497]
    assert reached(1, far_ties=0.0) == [2, 0, 3, NO_ONE, 4, NO_ONE], "the ring has a first person"


def test_neighbours_tell_each_other_and_a_far_tie_leads_elsewhere_one_way():
    mk = market(far_ties=0.3)
    far = 0
    for who in range(300, 500):
        for k in (0, 2, 4):
            away = k // 2 + 1
            friend = friend_of(mk, who, k, 1000, SEED)
            back = friend_of(mk, who + away, k + 1, 1000, SEED)
            assert back == (who if friend == who + away else NO_ONE)
            far += friend != who + away
    assert far / 600 == near(0.3, abs=0.06)


def test_a_far_tie_leads_as_far_as_there_are_people_and_to_nobody_himself():
    leads = reached(5000, people=2000, ties=2000, far_ties=1.0)[::2]
    leads = [friend for friend in leads if friend != NO_ONE]
    assert min(leads) < 4100 and max(leads) > 5900
    assert all(abs(friend - 5000) <= 1000 for friend in leads) and 5000 not in leads
    beginners = reached(3, people=2000, ties=200, far_ties=1.0)[::2]
    assert min(beginners) >= NO_ONE and 3 not in beginners, "the ring has a first person"
    assert max(Counter(leads).values()) < 8, "ties are not all to one place"


def tells_at(number=44, match=0.2, expected=0.2, category=1, **numbers):
    """Readiness at which he just tells."""

    def decide(ready):
        mk = market(tell_base=ready, tell_surprise=2.0, tell_identity=1.5, **numbers)
        bought = order(number=number, match=match, expected=expected, category=category)
        return tells_friends(person(), mk, bought, today())

    return tips(decide)


def test_a_surprise_is_told_good_or_bad_and_goods_that_say_who_one_is():
    says = [0.4, 0.8] + [0.0] * 6
    at = logit(uniform(SEED, ID, friends.TELLS, 44, 0))
    assert tells_at(identity=[0.0] * 8) == near(at, abs=1e-6)
    assert tells_at(identity=says) == near(at - 1.5 * 0.8, abs=1e-6)
    assert tells_at(identity=says, category=0) == near(at - 1.5 * 0.4, abs=1e-6)
    for match in (0.5, -0.1):
        assert tells_at(identity=[0.0] * 8, match=match) == near(at - 2.0 * 0.3, abs=1e-6)
    assert tells_at(number=45, identity=[0.0] * 8) != near(at, abs=1e-3)


def test_what_a_friend_has_told_waits_for_some_days():
    me = person()
    assert not is_fresh(me, market(find_fresh_days=14), today(100))
    hear(me, 17, PRAISE, 0.634, 90)
    assert (me.heard, me.heard_item, me.heard_day, me.heard_trust) == (PRAISE, 17, 90, 63)
    assert is_fresh(me, market(find_fresh_days=10), today(100))
    assert not is_fresh(me, market(find_fresh_days=9), today(100))
    hear(me, 18, WARNING, 0.2, 95)
    assert (me.heard, me.heard_item) == (WARNING, 18), "the last word stays"


def test_a_word_moves_trust_towards_that_of_who_speaks():
    for trust in (0.9, 0.1):
        me = person(trust=0.5)
        takes_word(me, market(word_trust=0.25), trust)
        assert me.trust == near(0.5 + 0.25 * (trust - 0.5))
