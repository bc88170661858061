"""Claims about the forum as customers see it: who takes part, comes by, writes, asks."""

from __future__ import annotations

import pytest
from people import ID, SEED, logit, market, need, person, tips, today

from sim.core.draws import uniform
from sim.core.records import CELLS
from sim.journey import community
from sim.journey.community import (
    asks_there,
    forum_he_turns_to,
    interest,
    is_part_of,
    life,
    takes_part,
    writes_there,
)

near = pytest.approx
LIKES = [0.1, 0.1, 0.1, 0.2, 0.2, 0.2] + [0.0] * (CELLS - 6)


def test_a_forum_lives_by_what_is_written_there():
    mk = market(forum_half=60.0)
    assert [life(mk, posts) for posts in (0.0, 60.0, 180.0)] == [0.0, 0.5, 0.75]


def joins_at(posts=0.0, when=640, category=1, identity=0.5):
    """Readiness at which he just takes part."""

    def decide(ready):
        mk = market(
            join_base=ready,
            join_involved=4.0,
            join_lively=3.0,
            forum_half=60.0,
            identity=[0.0, identity] + [0.0] * 6,
        )
        return takes_part(person(taste=LIKES), mk, category, posts, 11, when, today())

    return tips(decide)


def test_the_involved_take_part_and_more_where_there_is_life():
    at = logit(uniform(SEED, ID, community.TAKES_PART, 11, 640))
    assert joins_at() == near(at - 4.0 * 0.5 * 0.6, abs=1e-6)
    assert joins_at(identity=0.0) == near(at, abs=1e-6)
    assert joins_at(category=0) == near(at, abs=1e-6), "such goods say nothing of him"
    assert joins_at(posts=60.0, identity=0.0) == near(at - 3.0 * 0.5, abs=1e-6)
    assert joins_at(when=641) != near(joins_at(), abs=1e-3)
    assert interest(person(taste=LIKES), 1) == near(0.6)


def test_he_looks_into_the_forum_that_he_cares_for_most():
    u = uniform(SEED, ID, community.COMES_BY, 0, 100)
    me = person(taste=LIKES, takes_part=0b1011)
    assert [is_part_of(me, c) for c in range(4)] == [True, True, False, True]
    assert forum_he_turns_to(me, market(forum_turns=u + 1e-9), today(100)) == 1
    assert forum_he_turns_to(me, market(forum_turns=u - 1e-9), today(100)) == -1
    only = person(taste=LIKES, takes_part=0b1000)
    assert forum_he_turns_to(only, market(forum_turns=1.0), today()) == 3
    assert forum_he_turns_to(person(takes_part=0), market(forum_turns=1.0), today()) == -1


def test_who_knows_more_writes_more_readily():
    def at(knows):
        return tips(
            lambda ready: writes_there(
                person(expertise=[0.0, knows] + [0.0] * 6),
                market(posts_base=ready, posts_expert=2.0),
                1,
                today(),
            )
        )

    luck = logit(uniform(SEED, ID, community.WRITES_THERE, 1, 100))
    assert at(0.0) == near(luck, abs=1e-6) and at(0.75) == near(luck - 1.5, abs=1e-6)


def test_novices_ask_what_nobody_has_told_them():
    u = uniform(SEED, ID, community.ASKS_THERE, 11, 100)

    def asks(share, knows=0.0, **about):
        me = person(expertise=[0.0, knows] + [0.0] * 6)
        return asks_there(me, market(asks_there=share), need(category=1, **about), today(100))

    assert asks(u + 1e-9) and not asks(u - 1e-9) and not asks(1.0, advised=1)
    assert asks((u + 1e-9) / 0.5, knows=0.5) and not asks((u - 1e-9) / 0.5, knows=0.5)
