"""Claims about intervals over seeds."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.measures.statistics import differences, interval, levels, paired, variance_ratio


def test_an_interval_is_the_textbook_one():
    found = interval([1, 2, 3, 4])
    low, high = stats.t.interval(0.95, 3, loc=2.5, scale=stats.sem([1, 2, 3, 4]))
    assert found == pytest.approx((2.5, low, high))
    assert found.high - found.mean == pytest.approx(3.182 * 1.291 / 2, abs=1e-3)


def test_a_higher_level_is_wider():
    assert interval([1, 2, 4], 0.99).high > interval([1, 2, 4], 0.95).high


def test_one_seed_has_a_mean_and_no_bounds_and_none_has_neither():
    mean, low, high = interval([7])
    assert mean == 7 and math.isnan(low) and math.isnan(high)
    assert all(math.isnan(x) for x in interval([]))


def test_equal_values_give_an_interval_of_no_width():
    assert interval([0.1] * 7) == (0.1, 0.1, 0.1)
    assert paired([3, 4, 5], [1, 2, 3]) == (2, 2, 2)


def test_an_undefined_seed_is_not_dropped():
    assert all(math.isnan(x) for x in interval([1, math.nan, 3]))


def test_pairs_must_be_pairs():
    with pytest.raises(ValueError, match="pairs"):
        paired([1, 2, 3], [1, 2])


def test_what_both_worlds_share_leaves_the_paired_difference():
    world = np.random.default_rng(1).normal(0, 50, 8)
    found = paired(world + 2, world)
    assert found == pytest.approx((2, 2, 2))


def test_paired_intervals_miss_a_true_difference_about_one_time_in_twenty():
    """Worlds vary by 10, luck that differs between the two strategies by 1; 2,000 comparisons."""
    draw = np.random.default_rng(20_26)
    world = draw.normal(100, 10, (2000, 8))
    base = world + draw.normal(0, 1, world.shape)
    ours = world + 0.5 + draw.normal(0, 1, world.shape)
    missed = 0
    for a, b in zip(ours, base, strict=True):
        _, low, high = paired(a, b)
        missed += not low <= 0.5 <= high
    assert 0.035 <= missed / 2000 <= 0.065


def test_variance_ratio_says_what_pairing_saves():
    draw = np.random.default_rng(3)
    world = draw.normal(0, 3, 20_000)
    a, b = world + draw.normal(0, 1, 20_000), world + draw.normal(0, 1, 20_000)
    assert variance_ratio(a, b) == pytest.approx((10 + 10) / 2, rel=0.05)
    assert variance_ratio(a, draw.permutation(b)) == pytest.approx(1, rel=0.05)


def test_variance_ratio_at_the_edges():
    assert variance_ratio([1, 2], [0, 1]) == math.inf
    assert math.isnan(variance_ratio([1, 1], [2, 2]))
    assert math.isnan(variance_ratio([1], [2]))


def test_variance_ratio_knows_no_scale():
    a, b = np.array([1.0, 2.0, 4.0, 3.0]), np.array([1.0, 3.0, 4.0, 2.0])
    assert variance_ratio(a / 1e3, b / 1e3) == pytest.approx(variance_ratio(9 * a, 9 * b))
    assert variance_ratio([0.001, 0.002], [0.0, 0.001]) == math.inf


def tidy(values):
    rows = [
        (seed, strategy, "all", "contribution", value, "DKK per person-year")
        for strategy, column in values.items()
        for seed, value in enumerate(column)
    ]
    return pd.DataFrame(rows, columns=["seed", "strategy", "segment", "metric", "value", "unit"])


def test_levels_and_differences_of_tidy_metrics():
    metrics = tidy({"base": [10, 20, 30], "ours": [11, 22, 33]})
    level = levels(metrics).set_index("strategy")
    assert level.loc["base", "mean"] == 20
    assert level.loc["ours", "unit"] == "DKK per person-year"
    (row,) = differences(metrics.sample(frac=1, random_state=1), "base").itertuples()
    assert (row.strategy, row.mean) == ("ours", 2)
    assert (row.mean, row.low, row.high) == paired([11, 22, 33], [10, 20, 30])
    assert row.relative == pytest.approx(0.1)


def test_levels_keep_the_order_of_the_strategies_and_one_seed_is_enough():
    metrics = tidy({"ours": [11], "base": [10]})
    assert levels(metrics)[["strategy", "mean", "unit"]].to_numpy().tolist() == [
        ["ours", 11, "DKK per person-year"],
        ["base", 10, "DKK per person-year"],
    ]


def test_the_same_strategy_under_another_name_differs_by_exactly_nothing():
    values = [0.1, 0.7, 1e9 / 3]
    found = differences(tidy({"base": values, "twin": values}), "base")
    assert found[["mean", "low", "high", "relative"]].eq(0).all(axis=None)
