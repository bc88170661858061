"""What investments are worth: the arithmetic, against cases worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.measures.investments import losses, luck_of_a_world, present_value, spread
from sim.measures.statistics import over_firms

COLUMNS = ["firm", "seed", "discipline", "npv"]
WORKED = pd.DataFrame(
    [
        (0, 1, "analysis", -4.0),
        (0, 2, "analysis", -2.0),
        (0, 1, "collection", 3.0),
        (0, 2, "collection", 1.0),
        (1, 3, "analysis", -6.0),
        (1, 4, "analysis", 2.0),
        (1, 3, "collection", -1.0),
        (1, 4, "collection", -1.0),
    ],
    columns=COLUMNS,
)


def test_a_krone_a_year_later_is_worth_less_by_the_rate():
    dkk = np.zeros(731)
    dkk[[0, 365, 730]] = -100.0, 55.0, 60.5
    assert present_value(dkk, 0.10) == pytest.approx(-100 + 55 / 1.1 + 60.5 / 1.21)
    assert present_value(dkk, 0.0) == pytest.approx(15.5)


def test_an_investment_that_pays_late_is_lost_at_a_high_rate():
    dkk = np.zeros(1095)
    dkk[0], dkk[1094] = -100.0, 120.0
    assert present_value(dkk, 0.02) > 0 > present_value(dkk, 0.08)


def test_losses_are_counted_by_firm_after_its_worlds_are_averaged():
    found = losses(WORKED).set_index("discipline")
    assert found["lost"].tolist() == [1.0, 0.5, 0.75]
    assert found["investments"].tolist() == [2, 2, 4]
    assert found["npv"].tolist() == pytest.approx([-2.5, 0.5, -1.0])
    assert found.loc["all", "lost_low"] >= 0.5 and found.loc["all", "lost_high"] == 1.0


def test_luck_is_what_parts_two_worlds_of_one_firm():
    # sd of the pairs: 2, 2, 32 and 0 are their variances
    assert luck_of_a_world(WORKED) == pytest.approx(np.sqrt((2 + 2 + 32 + 0) / 4))
    assert np.isnan(luck_of_a_world(WORKED.drop_duplicates(["firm", "discipline"])))


def test_firms_twice_as_far_apart_have_four_times_the_variance():
    base = [100.0 + x for x in range(-20, 21, 2)]
    shock = [2 * x - 100 for x in base]
    found = spread(base, shock).set_index(["what", "world"])
    assert found.loc[("variance, shock / base", "both"), ["value", "low", "high"]].tolist() == (
        pytest.approx([4, 4, 4])
    )
    p90_p10 = found.loc["9th decile / 1st", "value"]
    assert p90_p10["base"] == pytest.approx(116 / 84) and p90_p10["shock"] > p90_p10["base"]


def test_a_ratio_to_a_loss_is_undefined():
    found = spread([-50.0, 10.0, 100.0], [1.0, 2.0, 3.0]).set_index(["what", "world"])["value"]
    assert np.isnan(found["9th decile / 1st", "base"]) and found["9th decile / 1st", "shock"] > 1


def test_a_bootstrap_over_firms_that_are_alike_has_no_width():
    assert over_firms(np.full(8, 3.0), np.mean) == (3.0, 3.0, 3.0)


def test_a_bootstrap_over_firms_is_about_as_wide_as_theory_says():
    values = np.random.default_rng(4).normal(10, 2, 200)
    found = over_firms(values, np.mean)
    assert found.high - found.low == pytest.approx(2 * 1.96 * values.std() / np.sqrt(200), rel=0.1)
    assert found.low < found.mean < found.high
