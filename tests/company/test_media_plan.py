"""Claims about how media money is steered."""

import numpy as np
import pytest

from sim.company.media_plan import MOST_OFTEN, MediaPlan, shrunk


def steered(by_click, by_holdout, treated=900.0, held=100.0, credit=(10, 10, 10), periods=6):
    plan = MediaPlan(100.0)
    for _ in range(periods):
        plan.book(np.array([100.0, 100.0, 100.0]))
        plan.steer(np.array(credit, float), 0.5, by_click, by_holdout, treated, held, 0.1)
    return plan


def test_without_a_measure_the_split_stays_even():
    assert steered(0, 0, credit=(500, 0, 0)).split == pytest.approx([1 / 3] * 3)


def test_last_click_moves_money_to_whoever_was_clicked_last():
    split = steered(1, 0, credit=(20, 500, 20)).split
    assert split[1] > 0.8 and split.sum() == pytest.approx(1)


def test_a_holdout_sees_through_clicks_that_changed_nothing():
    plan = steered(0, 1, credit=(20, 500, 20), treated=900, held=100)
    assert plan.split[1] == pytest.approx(plan.split[0]), "clicks alone prove nothing"
    assert plan.level[0] < 0.5, "ads that sell nothing are cut"


def test_a_proof_may_raise_what_is_spent():
    plan = steered(0, 1, treated=3000, held=100)
    assert plan.level[0] > 1.5 and plan.level[2] == 1


def test_noisy_readings_are_shrunk_towards_a_krone_for_a_krone():
    quiet, noisy = [2.9, 3.1, 3.0, 3.0], [-7.0, 13.0, -6.0, 12.0]
    assert shrunk(quiet) == pytest.approx(3.0, abs=0.1)
    assert abs(shrunk(noisy) - 1) < 0.5
    assert shrunk([9.0]) == 1.0, "one reading proves nothing"


def test_money_that_a_full_channel_cannot_take_goes_to_the_others():
    plan = MediaPlan(90.0)
    plan.rate = np.array([0.1, MOST_OFTEN, 0.1])
    plan.book(np.array([210.0, 10.0, 210.0]))
    plan.pace(7)
    assert plan.rate == pytest.approx([0.1 * 310 / 210, MOST_OFTEN, 0.1 * 310 / 210])
