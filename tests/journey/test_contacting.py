"""Claims about the way in which people ask the customer centre, and the mark they give it."""

from __future__ import annotations

import numpy as np
import pytest
from people import ID, SEED, logit, market, person, share, tips, today

from sim.core.draws import uniform
from sim.core.events import CALLS, CHATS, WRITES
from sim.journey import contacting
from sim.journey.contacting import felt_of_way, gives_mark, likes_best, mark_for, takes_way
from sim.settings.contacting import Contacting

near = pytest.approx
SHARES = {"prefers_chat": 0.3, "prefers_mail": 0.2}


def test_as_many_like_each_way_best_as_the_shares_say():
    liked = [likes_best(person(id=n), market(**SHARES), True, True, SEED) for n in range(4000)]
    assert np.bincount(liked) / 4000 == near([0.5, 0.3, 0.2], abs=0.025)


def test_the_way_he_likes_best_is_his_for_good_and_nothing_else_of_his_decides_it():
    one, mk = person(), market(**SHARES)
    assert likes_best(one, mk, True, True, SEED) == likes_best(
        person(trust=0.9, privacy_dkk=90.0), mk, True, True, SEED
    )


def test_what_nobody_likes_best_is_taken_by_nobody_where_there_is_a_choice():
    mk = market(prefers_chat=0.0, prefers_mail=0.0)
    assert share(lambda n: likes_best(person(id=n), mk, True, True, SEED) == CALLS, 500) == 1
    mk = market(prefers_chat=1.0, prefers_mail=0.0)
    assert share(lambda n: likes_best(person(id=n), mk, True, True, SEED) == CHATS, 500) == 1


def test_he_takes_his_own_way_where_it_is_offered():
    for prefers in (CALLS, CHATS, WRITES):
        me = person(prefers=prefers)
        assert takes_way(me, market(), True, True, SEED) == prefers
    assert takes_way(person(prefers=CHATS), market(), True, False, SEED) == CHATS
    assert takes_way(person(prefers=WRITES), market(), False, True, SEED) == WRITES
    assert takes_way(person(prefers=CALLS), market(), False, False, SEED) == CALLS


def test_where_his_own_is_not_offered_he_takes_what_he_likes_next_best():
    for prefers in (CHATS, WRITES):
        me = person(prefers=prefers)
        assert takes_way(me, market(), False, False, SEED) == CALLS, "the phone is always there"
    for prefers, other, offers in ((WRITES, CHATS, (True, False)), (CHATS, WRITES, (False, True))):
        taken = [
            takes_way(person(id=n, prefers=prefers), market(**SHARES), *offers, SEED)
            for n in range(2000)
        ]
        liked = {CHATS: 0.3, WRITES: 0.2}[other]
        assert np.mean(np.array(taken) == other) == near(liked / (0.5 + liked), abs=0.03)
        assert set(taken) == {CALLS, other}


def test_another_way_than_his_own_is_felt_and_so_is_each_day_until_a_mail_is_answered():
    mk = market(other_way_felt=0.07, mail_day_felt=0.02)
    for way in (CALLS, CHATS):
        assert felt_of_way(person(prefers=way, case_way=way), mk, 3) == 0
        assert felt_of_way(person(prefers=WRITES, case_way=way), mk, 3) == near(0.07)
    assert felt_of_way(person(prefers=WRITES, case_way=WRITES), mk, 1) == near(0.02)
    assert felt_of_way(person(prefers=CALLS, case_way=WRITES), mk, 3) == near(0.07 + 0.06)


def test_a_mark_goes_from_one_to_five_by_how_good_it_was():
    plain = market(mark_shift=0.0)
    assert [mark_for(plain, q) for q in (-0.3, 0.0, 0.2, 0.5, 0.8, 1.0, 1.4)] == [
        *(1, 1, 2, 3, 4, 5, 5)
    ]
    assert (mark_for(plain, 0.3749), mark_for(plain, 0.3751)) == (2, 3), "rounded at the half"
    assert (mark_for(market(mark_shift=4.0), 0.0), mark_for(market(mark_shift=-4.0), 1.0)) == (5, 1)


def given(quality, usual=0.5, about=9, when=100, **numbers):
    mk = market(**({"mark_intercept": 0.0, "mark_better": 4.0, "mark_worse": 1.0} | numbers))
    return gives_mark(person(), mk, quality, usual, about, when, today())


def test_he_answers_the_sooner_the_more_it_was_better_or_worse_than_usual():
    luck = logit(uniform(SEED, ID, contacting.GIVES_MARK, 9, 100))

    def needed(quality, **numbers):
        return tips(lambda x: given(quality, mark_intercept=x, **numbers))

    assert needed(0.5) == near(luck, abs=1e-6)
    assert needed(0.8) == near(luck - 4 * 0.3, abs=1e-6)
    assert needed(0.2) == near(luck - 1 * 0.3, abs=1e-6)
    assert needed(0.2, mark_worse=6.0) == near(luck - 6 * 0.3, abs=1e-6)
    assert needed(3.0) == near(luck - 4 * 0.5, abs=1e-6), "nothing is better than 1"


def test_those_who_answer_give_better_marks_than_all_would():
    """Half of the contacts were as much better than usual as the others were worse."""
    mk = market()
    quality = [0.44 if n % 2 else 0.86 for n in range(4000)]
    answers = [
        gives_mark(person(id=n), mk, q, 0.65, 9, 100, today()) for n, q in enumerate(quality)
    ]
    marks = np.array([mark_for(mk, q) for q in quality])
    assert 0.1 < np.mean(answers) < 0.5
    assert marks[answers].mean() > marks.mean() + 0.2


def test_more_than_everybody_cannot_like_chat_and_mail_best():
    with pytest.raises(ValueError, match="at most 1"):
        Contacting(prefers_chat=0.6, prefers_mail=0.5)
