"""Claims about who gets which variant of what is tested, and what is counted of it."""

import numpy as np
import pytest
from people import SEED, firm, market, office, person, profile, shown, today, world
from people import settings as default

from sim.company.trials import (
    CHECKOUT,
    SUBJECT,
    WORDING,
    appeal_of,
    arm_of,
    count_success,
    count_tried,
    segment_of,
)
from sim.core.records import BY_CLUB, BY_MAIL, SEGMENTS
from sim.journey.buying import checks_out
from sim.journey.messages import clicks_message, opens_message

NEED = {"category": 1, "style": 1, "progress": 1.0}


def trying(**told):
    plain = {"test_on": [1, 1, 1], "test_number": [4, 5, 6], "appeal": [0.1, 0.2, 0.3]}
    return firm(**(plain | {"variant": [1.0, 2.0, 3.0]} | told))


def test_half_of_the_records_get_the_variant_each_thing_and_each_test_by_its_own_luck():
    people = [profile(number=k) for k in range(600)]

    def arms(tried, number=4):
        ours = trying(test_number=[number] * 3)
        return np.array([arm_of(ours, one, tried, SEED) for one in people])

    assert arms(SUBJECT).mean() == pytest.approx(0.5, abs=0.07)
    assert (arms(SUBJECT) == arms(SUBJECT)).all()
    for other in (arms(WORDING), arms(SUBJECT, 5)):
        assert 0.4 < (arms(SUBJECT) != other).mean() < 0.6
    assert not any(arm_of(trying(test_on=[0, 0, 0]), one, SUBJECT, SEED) for one in people)


def test_the_variant_is_what_stands_and_the_idea_on_top():
    got = {round(appeal_of(trying(), profile(number=k), WORDING, SEED), 6) for k in range(50)}
    assert got == {0.2, 2.2}
    off = trying(test_on=[0, 0, 0])
    assert {appeal_of(off, profile(number=k), WORDING, SEED) for k in range(50)} == {0.2}


def test_counts_are_kept_by_thing_arm_and_segment_and_only_while_a_test_is_on():
    one = profile(linked=1 << BY_CLUB)
    one.silos[BY_MAIL].live.orders = 2
    books = office(trying())
    count_tried(books.ledger, books.firm, one, CHECKOUT, SEED)
    count_success(books.ledger, books.firm, one, CHECKOUT, SEED)
    arm = arm_of(books.firm, one, CHECKOUT, SEED)
    at = (2 * CHECKOUT + arm) * SEGMENTS + 3
    assert [k for k, n in enumerate(books.ledger.tried) if n] == [at]
    assert [k for k, n in enumerate(books.ledger.succeeded) if n] == [at]
    off = office(trying(test_on=[1, 1, 0]))
    count_tried(off.ledger, off.firm, one, CHECKOUT, SEED)
    assert not any(off.ledger.tried)
    assert segment_of(profile()) == 0


def test_a_better_subject_is_opened_and_a_better_wording_clicked_by_the_same_luck():
    me, mk, goods = person(), market(), world().catalogue
    opened = [
        opens_message(me, mk, shown(items=[16, -1, -1], n=1, subject_appeal=a), goods, 8, today())
        for a in (-9.0, 9.0)
    ]
    assert opened == [False, True]
    assert [clicks_message(me, mk, 0.5, a, 8, today()) for a in (-20.0, 20.0)] == [False, True]


def test_minutes_saved_at_the_checkout_are_worth_what_his_time_is_and_no_more_than_there_are():
    usual = default().market.buying.checkout_minutes

    def pays(saved, time_value=2.0):
        me = person((NEED,), time_value=time_value)
        seen = shown(minutes_saved=saved, known=0)
        luck = [
            checks_out(me, market(), me.needs[0], seen, 0.0, 500.0, when, today())
            for when in range(400)
        ]
        return float(np.mean(luck))

    assert pays(3.0) > pays(0.0) > pays(-3.0)
    assert pays(usual) == pays(usual + 5), "no page takes less than no time"
    assert pays(3.0, time_value=0.0) == pays(0.0, time_value=0.0)
