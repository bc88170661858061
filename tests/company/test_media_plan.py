"""Claims about how media money is split and spent."""

import numpy as np
import pytest

from sim.company.media_plan import MediaPlan
from sim.company.steering import Yardsticks
from sim.settings.channels import Pacing
from sim.settings.steering import Steering

PACING, STEERING = Pacing(), Steering()
MOST_OFTEN = PACING.slots_most


def planned(budget=100.0, pacing=PACING, **rule):
    goods = np.zeros(3, bool)
    medians, even = np.array([[0.1, 4.0]] * 3), np.ones(3)
    rule = STEERING.model_copy(update=rule)
    return MediaPlan(budget, even, goods, medians, np.zeros(3), 0.2, pacing, rule)


def test_money_that_a_full_channel_cannot_take_goes_to_the_others():
    plan = planned(90.0)
    plan.rate = np.array([0.1, MOST_OFTEN, 0.1])
    plan.book(np.array([210.0, 10.0, 210.0]))
    plan.pace(7)
    assert plan.rate == pytest.approx([0.1 * 310 / 210, MOST_OFTEN, 0.1 * 310 / 210])


# ---- pacing ------------------------------------------------------------------------------------


def paced(spent, rate=(0.2, 0.2, 0.2), days=7, pacing=PACING, **about):
    plan = planned(90.0, pacing)
    for name, value in about.items():
        setattr(plan, name, np.array(value, float))
    plan.rate = np.array(rate)
    plan.book(np.array(spent, float))
    plan.pace(days)
    return plan


def test_platforms_show_more_often_what_underspent_and_less_often_what_overspent():
    assert paced([420, 210, 280]).rate == pytest.approx([0.1, 0.2, 0.15])


def test_a_change_of_pace_is_at_most_half_or_twice():
    assert paced([9000, 1, 0]).rate == pytest.approx([0.1, 0.4, 0.4])


def test_an_ad_can_win_most_slots_but_not_all_and_is_never_quite_gone():
    assert paced([100, 210, 210], rate=(0.8, 0.2, 0.2)).rate[0] == MOST_OFTEN
    assert paced([9000, 210, 210], rate=(0.003, 0.2, 0.2)).rate[0] == 0.002


def test_every_week_is_paced_by_its_own_spending():
    plan = paced([420, 210, 210])
    assert plan.spent.tolist() == [0, 0, 0]
    plan.book(np.array([105.0, 210, 210]))
    plan.pace(7)
    assert plan.rate == pytest.approx([0.2, 0.2, 0.2])


def test_what_a_proof_cuts_is_not_spent_elsewhere():
    assert paced([210, 210, 210], level=[0.5, 1, 1]).rate == pytest.approx([0.1, 0.2, 0.2])


def test_where_all_channels_are_full_the_rest_stays_unspent():
    full = (MOST_OFTEN,) * 3
    assert paced([100, 100, 100], rate=full).rate == pytest.approx(full)


def test_a_channel_at_its_limit_that_spends_its_share_passes_nothing_on():
    plan = paced([210, 210, 210], rate=(0.2, MOST_OFTEN, 0.2))
    assert plan.rate == pytest.approx([0.2, MOST_OFTEN, 0.2])


def test_what_is_passed_on_goes_by_the_split_of_the_others():
    plan = paced([315, 10, 105], rate=(0.2, MOST_OFTEN, 0.2), split=[0.5, 1 / 3, 1 / 6])
    assert plan.rate == pytest.approx([0.2 * (315 + 150) / 315, MOST_OFTEN, 0.2 * 155 / 105])


def test_how_fast_and_how_far_platforms_move_is_a_setting():
    other = Pacing(
        slots_first=0.4, slots_least=0.01, slots_most=0.6, pace_slower=0.8, pace_faster=3
    )
    assert planned(pacing=other).rate.tolist() == [0.4] * 3
    plan = paced([9000, 1, 0], rate=(0.1, 0.1, 0.15), pacing=other)
    assert plan.rate == pytest.approx([0.08, 0.3, 0.45])
    plan = paced([9000, 1, 9000], rate=(0.011, 0.5, 0.2), pacing=other)
    assert plan.rate == pytest.approx([0.01, 0.6, 0.16])


def test_the_least_share_of_slots_is_no_more_than_the_most():
    with pytest.raises(ValueError, match="slots_least"):
        Pacing(slots_least=0.5, slots_most=0.4)


def test_the_money_of_what_is_not_bought_is_saved():
    plan = planned(90.0)
    plan.bought = np.array([True, False, True])
    plan.rate = np.array([0.2, MOST_OFTEN, 0.2])
    plan.book(np.array([210.0, 0.0, 210.0]))
    plan.pace(7)
    assert plan.rate == pytest.approx([0.2, MOST_OFTEN, 0.2]), "nobody else gets it"


# ---- brand and prices --------------------------------------------------------------------------


def with_brand(share, weights=(2.0, 1.0, 3.0, 1.0), spreads=(0.5, 0.5, 0.5, 0.0)):
    brand = np.array([False, False, True, True])
    medians = np.array([[0.06, 4.0], [0.0, 8.0], [0.06, 4.0], [0.5, 0.0]])
    told = np.array(weights), brand, medians, np.array(spreads)
    return MediaPlan(100.0, *told, share, PACING, STEERING)


def test_a_share_is_kept_for_the_brand_and_no_measure_moves_it():
    plan = with_brand(0.25)
    assert plan.planned == pytest.approx([0.5, 0.25, 0.25 * 0.75, 0.25 * 0.25])
    earned = {"last_click": np.array([9.0, 1.0, 0.01, 0.01])}
    for _ in range(9):
        plan.steer(Yardsticks(last_click=1.0), earned)
    assert plan.split[2:] == pytest.approx(plan.planned[2:]) and plan.split.sum() == pytest.approx(
        1
    )
    assert plan.split[0] > 0.6


def test_where_there_is_no_line_for_the_brand_or_none_for_goods_the_others_have_it_all():
    assert with_brand(0.25, weights=(1.0, 1.0, 0.0, 0.0)).planned.tolist() == [0.5, 0.5, 0, 0]
    assert with_brand(0.25, weights=(0.0, 0.0, 1.0, 0.0)).planned.tolist() == [0, 0, 1, 0]
    plan = with_brand(1.0)
    plan.steer(Yardsticks(last_click=1.0), {"last_click": np.ones(4)})
    assert plan.split == pytest.approx(plan.planned)


def test_a_line_without_money_wins_no_slot():
    assert with_brand(0.0).shares.tolist() == [0.2, 0.2, 0.0, 0.0]
    plan = with_brand(0.25)
    plan.budget_day = 0.0
    assert not plan.shares.any()


def test_a_place_more_is_dearer_than_those_before():
    plan = with_brand(0.25)
    plan.rate = np.array([0.5, 0.8, 0.2, 0.9])
    odds = np.array([1.0, 4.0, 0.25, 9.0])
    spread = np.array([0.5, 0.5, 0.5, 0.0])
    assert plan.prices == pytest.approx(plan.medians * (odds**spread)[:, None])
    assert plan.prices[0] == pytest.approx([0.06, 4.0]), "the median at half of the places"
    assert plan.prices[3] == pytest.approx([0.5, 0.0]), "a leaflet has one price"


def test_prices_follow_the_places_won():
    plan = with_brand(0.25)
    before = plan.prices
    plan.book(700 * plan.split / 1.5)  # a third of the money is left
    plan.pace(7)
    odds = plan.rate / (1.0 - plan.rate)
    assert plan.prices == pytest.approx(plan.medians * (odds**plan.spreads)[:, None])
    bought = (plan.split > 0) & (plan.spreads > 0)
    assert bought.any() and (plan.prices[bought].sum(axis=1) > before[bought].sum(axis=1)).all()


def test_pacing_reckons_with_dearer_places():
    plan = with_brand(0.0, spreads=(0.5, 0.5, 0.5, 0.5))
    plan.rate = np.array([0.5, 0.5, 0.5, 0.5])
    plan.book(700 * plan.split / 1.5)  # a third of the money is left
    plan.pace(7)
    assert plan.rate[:2] == pytest.approx([0.5 * 1.5 ** (1 / 2)] * 2)


# ---- steering ----------------------------------------------------------------------------------


def test_half_of_the_old_split_is_kept_unless_told_otherwise():
    earned = {"last_click": np.array([3.0, 1.0, 2.0])}
    for kept in (0.5, 0.8):
        plan = planned(split_kept=kept, least_share=0.0)
        plan.steer(Yardsticks(last_click=1.0), earned)
        assert plan.split == pytest.approx(kept / 3 + (1 - kept) * np.array([3, 1, 2]) / 6)


def test_a_plan_without_a_measure_stays_as_it_is_and_without_proof_nothing_is_raised():
    plan = planned()
    plan.level = np.array([0.5, 0.5, 1.0])
    plan.steer(Yardsticks(satisfaction=1.0), {"total": np.ones(3)})
    assert plan.split == pytest.approx([1 / 3] * 3) and plan.level.tolist() == [1, 1, 1]
