"""Claims about satisfaction, trust and habit: experiences move them, nothing else."""

from __future__ import annotations

import pytest
from people import market, order, person

from sim.core.records import CONTRADICTED, FEES, PRODUCT, REFUSED, RETURNING, WAITING
from sim.core.records import SERVICE as AT_CENTRE
from sim.journey.feeling import (
    MOST_SORE,
    annoy,
    clamp,
    distrust,
    experience,
    feel_contradiction,
    feel_fee,
    feel_product,
    feel_refusal,
    feel_return,
    feel_service,
    feel_wait,
    form_habit,
)

near = pytest.approx

ALL = {"learning_rate": 1.0, "trust_rate": 1.0}  # a memory of one experience: it shows the quality


def felt(rule, *given, me=None, **numbers):
    """Satisfaction after one experience of somebody who remembers only the last."""
    me = me or person(satisfaction=0.5)
    rule(me, market(**(ALL | numbers)), *given)
    return me.satisfaction


def test_what_is_felt_lies_between_nothing_and_everything():
    assert [clamp(x) for x in (-0.2, 0.0, 0.3, 1.0, 1.7)] == [0, 0, 0.3, 1, 1]


def test_an_experience_moves_satisfaction_and_trust_part_of_the_way():
    me = person(satisfaction=0.4, trust=0.6)
    experience(me, market(learning_rate=0.25, trust_rate=0.1), 0.8, AT_CENTRE)
    assert me.satisfaction == near(0.4 + 0.25 * 0.4) and me.trust == near(0.6 + 0.1 * 0.2)


def test_an_experience_beyond_the_scale_counts_as_its_end():
    best, worst = person(satisfaction=0.5), person(satisfaction=0.5)
    experience(best, market(learning_rate=0.5, trust_rate=0.5), 9.0, AT_CENTRE)
    experience(worst, market(learning_rate=0.5, trust_rate=0.5), -9.0, AT_CENTRE)
    assert (best.satisfaction, worst.satisfaction) == (0.75, 0.25)
    assert (best.trust, worst.trust) == (0.75, 0.25)


def test_better_than_expected_pleases_and_worse_disappoints():
    numbers = {"kept_satisfaction": 0.5, "disconfirmation": 0.4, "late_day": 0.0}
    worse, same, better = (
        felt(feel_product, order(match=match, expected=0.2), **numbers)
        for match in (-0.3, 0.2, 0.7)
    )
    assert same == near(0.5) and better == near(0.5 + 0.4 * 0.5) and worse == near(0.5 - 0.4 * 0.5)


def test_each_day_late_costs_satisfaction_and_early_earns_none():
    numbers = {"kept_satisfaction": 0.8, "late_day": 0.05}
    days = [felt(feel_product, order(late_days=late), **numbers) for late in (-3, 0, 1, 4)]
    assert days == near([0.8, 0.8, 0.75, 0.6])


def test_what_was_incoherent_on_the_way_was_felt_then_and_not_with_the_product():
    numbers = {"kept_satisfaction": 0.8, "repeat_cost": 0.1, "repeat_cost_call": 0.1}
    assert felt(feel_product, order(incoherent=3), **numbers) == near(0.8)


def test_what_goes_wrong_beside_the_point_makes_the_last_experience_worse_by_its_loss():
    loses, mk = person(satisfaction=0.6, trust=0.7), market(learning_rate=0.25, trust_rate=0.1)
    annoy(loses, mk, 0.4, FEES)
    assert loses.satisfaction == near(0.6 - 0.25 * 0.4) and loses.trust == near(0.7 - 0.1 * 0.4)
    felt_with, felt_apart = person(satisfaction=0.6, trust=0.7), person(satisfaction=0.6, trust=0.7)
    experience(felt_with, mk, 0.9 - 0.4, AT_CENTRE)
    experience(felt_apart, mk, 0.9, AT_CENTRE)
    annoy(felt_apart, mk, 0.4, FEES)
    assert felt_with.satisfaction == near(felt_apart.satisfaction)
    assert felt_with.trust == near(felt_apart.trust)


def test_annoyance_never_leaves_less_than_nothing():
    me = person(satisfaction=0.1, trust=0.1)
    annoy(me, market(**ALL), 0.4, FEES)
    assert (me.satisfaction, me.trust) == (0, 0)


def test_what_hurts_is_kept_by_what_it_was_and_what_pleases_is_not():
    me, mk = person(satisfaction=0.6, trust=0.7), market(learning_rate=0.25, trust_rate=0.1)
    annoy(me, mk, 0.4, FEES)
    assert me.sores[FEES] == 140 and sum(me.sores) == 140, "thousandths: .25 and .1 of .4"
    experience(me, mk, 0.9, AT_CENTRE)
    assert sum(me.sores) == 140
    before = me.satisfaction + me.trust
    experience(me, mk, 0.2, AT_CENTRE)
    assert me.sores[AT_CENTRE] == near(1000 * (before - me.satisfaction - me.trust), abs=0.5)
    lost = me.trust * 0.3
    distrust(me, 0.3, CONTRADICTED)
    assert me.sores[CONTRADICTED] == near(1000 * lost, abs=0.5)


def test_an_experience_above_middling_is_no_sore_point_even_if_less_than_usual():
    me, mk = person(satisfaction=0.9, trust=0.9), market(**ALL, hurts_below=0.4)
    experience(me, mk, 0.4, PRODUCT)
    assert me.satisfaction == 0.4 and sum(me.sores) == 0
    experience(me, mk, 0.39, PRODUCT)
    assert me.sores[PRODUCT] > 0


def test_a_sore_point_never_overflows():
    me = person()
    for _ in range(400):
        me.satisfaction = me.trust = 1.0
        annoy(me, market(**ALL), 1.0, FEES)
    assert me.sores[FEES] == MOST_SORE


@pytest.mark.parametrize(
    ("feel", "given", "sore"),
    [
        (feel_fee, (40.0,), FEES),
        (feel_wait, (60.0,), WAITING),
        (feel_return, (1e6,), RETURNING),
        (feel_contradiction, (), CONTRADICTED),
        (feel_refusal, (), REFUSED),
        (feel_product, (order(match=-3.0, expected=0.2),), PRODUCT),
        (feel_service, (False, False, 30.0, 2.0, 0.0), AT_CENTRE),
    ],
)
def test_each_thing_that_goes_wrong_is_kept_as_what_it_is(feel, given, sore):
    me = person(satisfaction=0.7, trust=0.7, price_sensitivity=1.0)
    feel(me, market(refusal_trust=0.2, contradiction_trust=0.2), *given)
    assert me.sores[sore] > 0 and sum(me.sores) == me.sores[sore]


def test_a_mail_return_is_felt_by_its_hassle():
    numbers = {"return_satisfaction": 0.7, "return_hassle": 0.002}
    easy, hard = (felt(feel_return, hassle, **numbers) for hassle in (0.0, 100.0))
    assert easy == near(0.7) and hard == near(0.5)


def test_a_delivery_fee_is_felt_as_he_minds_money():
    numbers = {"fee_felt": 0.002}
    assert felt(feel_fee, 0.0, **numbers) == 0.5
    assert felt(feel_fee, 40.0, **numbers) == near(0.5 - 0.002 * 40)
    minds = person(satisfaction=0.5, price_sensitivity=1.5)
    assert felt(feel_fee, 40.0, me=minds, **numbers) == near(0.5 - 0.002 * 40 * 1.5)


def test_a_fee_annoys_beside_the_point_and_never_leaves_less_than_nothing():
    me, mk = person(satisfaction=0.6, trust=0.7), market(learning_rate=0.25, trust_rate=0.1)
    feel_fee(me, mk, 40.0)
    loss = mk.fee_felt * 40
    assert loss > 0 and me.satisfaction == near(0.6 - 0.25 * loss)
    assert me.trust == near(0.7 - 0.1 * loss)
    assert felt(feel_fee, 1e6) == 0


def test_waiting_within_what_is_taken_for_granted_is_not_felt():
    numbers = {"wait_free_minutes": 5.0, "wait_minute": 0.02}
    assert felt(feel_wait, 5.0, **numbers) == 0.5
    assert felt(feel_wait, 0.0, **numbers) == 0.5


def test_each_minute_beyond_costs_satisfaction():
    numbers = {"wait_free_minutes": 5.0, "wait_minute": 0.02}
    assert felt(feel_wait, 15.0, **numbers) == near(0.5 - 0.02 * 10)
    assert felt(feel_wait, 5.5, **numbers) == near(0.5 - 0.02 * 0.5)


SERVICE = {
    "solved_satisfaction": 0.9,
    "unsolved_satisfaction": 0.4,
    "gave_up_satisfaction": 0.2,
    "wait_free_minutes": 2.0,
    "wait_minute": 0.01,
    "repeat_cost": 9.0,
    "repeat_cost_call": 0.05,
}


def test_a_contact_is_felt_as_solved_unsolved_or_given_up():
    assert felt(feel_service, True, True, 0.0, 0.0, 0.0, **SERVICE) == near(0.9)
    assert felt(feel_service, True, False, 0.0, 0.0, 0.0, **SERVICE) == near(0.4)
    assert felt(feel_service, False, False, 0.0, 0.0, 0.0, **SERVICE) == near(0.2)


def test_a_contact_is_felt_by_its_minutes_and_by_what_was_said_twice():
    assert felt(feel_service, True, True, 2.0, 0.0, 0.0, **SERVICE) == near(0.9)
    assert felt(feel_service, True, True, 12.0, 0.0, 0.0, **SERVICE) == near(0.8)
    assert felt(feel_service, True, True, 0.0, 2.0, 0.0, **SERVICE) == near(0.8)


def test_a_contact_loses_by_its_way_and_is_told_for_as_good_as_it_was():
    assert felt(feel_service, True, True, 0.0, 0.0, 0.1, **SERVICE) == near(0.8)
    me, mk = person(satisfaction=0.5), market(learning_rate=0.1, trust_rate=0.1, **SERVICE)
    assert feel_service(me, mk, True, False, 12.0, 1.0, 0.1) == near(0.4 - 0.1 - 0.05 - 0.1)
    assert me.satisfaction == near(0.5 + 0.1 * (0.15 - 0.5))


def test_a_contradiction_costs_a_share_of_the_trust_there_is():
    me = person(trust=0.8, satisfaction=0.5)
    feel_contradiction(me, market(contradiction_trust=0.1))
    assert me.trust == near(0.72) and me.satisfaction == 0.5


def test_buying_with_us_makes_a_habit_and_buying_elsewhere_unmakes_it():
    mk = market(habit_rate=0.2)
    ours, theirs = person(habit=0.5), person(habit=0.5)
    form_habit(ours, mk, True)
    form_habit(theirs, mk, False)
    assert (ours.habit, theirs.habit) == (near(0.6), near(0.4))
    for _ in range(200):
        form_habit(ours, mk, True)
    assert ours.habit == near(1.0)
