"""Claims about what a company believes its money brings, by each measure it may have."""

import numpy as np
import pytest

from sim.company.holdouts import NEWSLETTERS
from sim.company.steering import (
    Yardsticks,
    by_click,
    by_holdout,
    by_rate,
    lift,
    no_readings,
    split_and_level,
    vote_on_newsletters,
    worth_of_new,
    yardsticks,
)
from sim.core.records import GROUPS
from sim.settings.steering import Steering

RULE = Steering()
EVEN = np.full(3, 1 / 3)
ONES = {name: np.ones(3) for name in ("last_click", "click_rate", "holdout", "noise", "total")}


def read(**fields):
    """Three things; what is counted by groups of records is spread evenly over them."""
    told = no_readings()[:3]
    for name, values in fields.items():
        by_group = told[name].ndim == 2
        told[name] = values / GROUPS if by_group else values
    return told


def test_a_company_steers_by_what_its_level_says_or_by_the_measure_it_has_chosen():
    able = {"steer_by_last_click": 0.5, "steer_by_holdout": 0.3, "counts_value": 0.1}
    assert yardsticks("level", able) == Yardsticks(0.2, 0.5, holdout=0.3, counts_value=0.1)
    for chosen in ("total", "last_click", "click_rate", "holdout", "satisfaction", "noise"):
        assert yardsticks(chosen, able) == Yardsticks(**{chosen: 1.0})
    assert yardsticks("value", able) == Yardsticks(holdout=1.0, counts_value=1.0)


def test_last_click_takes_the_margin_of_what_was_clicked_for_what_a_line_earned():
    told = read(credited=(300, 100, 0), spent=(100, 200, 100))
    assert by_click(told, 0.5, 0.01) == pytest.approx([1.5, 0.25, 0.01])
    assert by_click(read(credited=10), 0.5, 0.01) == pytest.approx([5.0] * 3), "less than a krone"


def test_a_click_rate_is_held_against_that_of_an_ad_to_anybody():
    told = read(shown=(9_999, 9_999, 0), clicked=(49, 199, 80))
    rates = by_rate(told, np.array([0, 0, 0]), 0.01)
    assert rates == pytest.approx([1.0, 4.0, 1.0]), "a search has no impressions"


def test_the_held_out_stand_for_the_others_and_not_for_everybody():
    """90 % saw ads and bought for 900, 10 % did not and bought for 100: ads sold nothing."""
    mean, _ = lift(read(treated=900, held=100), 0.1, 0.5, 0.0)
    assert mean == pytest.approx([0] * 3)
    mean, _ = lift(read(treated=1300, held=100), 0.1, 0.5, 0.0)
    assert mean == pytest.approx([200] * 3)
    mean, _ = lift(read(treated=800, held=200), 0.2, 0.5, 0.0)
    assert mean == pytest.approx([0] * 3)


def test_a_hold_outs_error_is_that_of_what_it_says_though_one_customer_buys_again_and_again():
    rng = np.random.default_rng(1)
    means, errors = [], []
    for _ in range(600):
        told = read()[:1]
        for name, usual in (("treated", 900), ("held", 100)):
            people = rng.poisson(usual)  # a keyed hash deals them out
            buys = rng.gamma(0.5, 2.0, people) * rng.gamma(1.0, 300.0, people)  # a few buy most
            group = rng.integers(0, GROUPS, people)
            told[name][0] = np.bincount(group, buys, minlength=GROUPS)
        mean, error = lift(told, 0.1, 0.4, 0.0)
        means.append(mean[0])
        errors.append(error[0])
    assert np.sqrt(np.mean(np.square(errors))) == pytest.approx(np.std(means), rel=0.08)


def test_what_a_new_customer_is_still_worth_counts_where_value_is_counted():
    told = read(treated=900, held=100, treated_first=12, held_first=1)
    mean, _ = lift(told, 0.1, 0.5, 50.0)
    assert mean == pytest.approx([50.0 * 3] * 3)
    whole = no_readings()
    whole["treated"][0, 3], whole["treated_first"][0, 3] = 9_000, 20
    whole["held"][1, 5], whole["held_first"][1, 5] = 1_000, 5
    assert worth_of_new(whole, 0.5) == pytest.approx(0.5 * 10_000 / 25)
    assert worth_of_new(no_readings(), 0.5) == 0.0


def test_a_reading_is_shrunk_by_its_noise_towards_a_krone_for_a_krone():
    told = read(treated=1300, held=100, spent=50)
    sure = by_holdout(told, 0.1, 0.5, 0.0, 1.0)
    assert sure == pytest.approx([200 / 50] * 3), "no noise: as it was read"
    apart = np.where(np.arange(GROUPS) % 2, 1.0, -1.0) * np.sqrt((GROUPS - 1) / GROUPS)
    told["treated"] += apart * 2.0 * 50.0 / (0.5 * np.sqrt(GROUPS))  # an error of 2 DKK a krone
    assert by_holdout(told, 0.1, 0.5, 0.0, 1.0) == pytest.approx([1 + 3 / 5] * 3)
    assert by_holdout(told, 0.1, 0.5, 0.0, 0.01) == pytest.approx([1] * 3, abs=1e-3)
    assert by_holdout(told, 0.0, 0.5, 0.0, 1.0) == pytest.approx([1] * 3), "nobody is held out"
    nothing = read(treated=1300, held=0, spent=50)
    assert by_holdout(nothing, 0.1, 0.5, 0.0, 1.0) == pytest.approx([1] * 3), "nor has bought"


def test_by_last_click_money_goes_where_a_krone_earned_more():
    told = ONES | {"last_click": np.array([3.0, 1.0, 2.0])}
    split, level = split_and_level(EVEN, EVEN, Yardsticks(last_click=1.0), told, RULE)
    assert split == pytest.approx(np.array([3, 1, 2]) / 6) and level.tolist() == [1, 1, 1]
    again, _ = split_and_level(EVEN, split, Yardsticks(last_click=1.0), told, RULE)
    assert again[0] > split[0], "and on and on"


def test_a_line_without_clicks_keeps_enough_to_be_measured():
    told = ONES | {"last_click": np.array([1.0, 1e-9, 1.0])}
    split, _ = split_and_level(EVEN, EVEN, Yardsticks(last_click=1.0), told, RULE)
    assert split[1] == pytest.approx(RULE.least_share / (1 + RULE.least_share), rel=1e-6)
    planned = np.array([0.5, 0.0, 0.5])
    split, _ = split_and_level(planned, planned, Yardsticks(last_click=1.0), told, RULE)
    assert split[1] == 0.0, "but not what is not planned at all"


def test_by_hold_out_the_plan_is_raised_or_cut_by_the_proof_and_clicks_prove_nothing():
    told = ONES | {"holdout": np.array([9.0, 0.0, 1.0]), "last_click": np.array([1.0, 99.0, 1.0])}
    split, level = split_and_level(EVEN, EVEN, Yardsticks(holdout=1.0), told, RULE)
    most, least = RULE.proof_raises, RULE.proof_cuts
    assert level == pytest.approx([most, least, 1.0])
    assert split == pytest.approx(np.array([most, least, 1]) / (most + least + 1))
    _, half = split_and_level(EVEN, EVEN, Yardsticks(0.5, holdout=0.5), told, RULE)
    assert half - 1 == pytest.approx(0.5 * (level - 1))


def test_who_sees_revenue_in_total_spends_a_share_of_it_wherever_it_came_from():
    told = ONES | {"total": np.full(3, 1.2), "last_click": np.array([9.0, 1.0, 1.0])}
    split, level = split_and_level(EVEN, EVEN, Yardsticks(total=1.0), told, RULE)
    assert split == pytest.approx(EVEN) and level == pytest.approx([1.2] * 3)
    told["total"] = np.full(3, 99.0)
    assert (
        split_and_level(EVEN, EVEN, Yardsticks(total=1.0), told, RULE)[1].max() == RULE.proof_raises
    )


def test_who_steers_by_noise_moves_money_by_noise():
    told = ONES | {"noise": np.array([4.0, 1.0, 1.0])}
    split, _ = split_and_level(EVEN, EVEN, Yardsticks(noise=1.0), told, RULE)
    assert split[0] == pytest.approx(4 / 6)


# ---- newsletters -------------------------------------------------------------------------------

KNOWN = {
    "cost": 0.1,
    "click": 0.5,
    "holdout": 0.0,
    "error": 0.01,
    "lost": 0.0,
    "click_rate": 3.0,
    "sales": 1.0,
    "mark": 4.0,
    "noise": 1.0,
}


def votes(by, **told):
    return vote_on_newsletters(by, KNOWN | told, RULE)


def test_each_measure_has_its_own_reason_to_write_more():
    by_last_click, by_rate_of_clicks = Yardsticks(last_click=1.0), Yardsticks(click_rate=1.0)
    assert votes(by_last_click) == 1 and votes(by_last_click, click=0) == -1
    assert votes(by_rate_of_clicks) == 1 and votes(by_rate_of_clicks, click_rate=0.5) == -1
    assert votes(Yardsticks(total=1.0), sales=0.9) == 1, "who sells less writes more"
    assert votes(Yardsticks(total=1.0), sales=1.1) == 0
    assert votes(Yardsticks(satisfaction=1.0), mark=4.4) == 1
    assert votes(Yardsticks(satisfaction=1.0), mark=3.6) == -1
    assert votes(Yardsticks(noise=1.0), noise=-1.0) == -1


def test_a_hold_out_moves_newsletters_only_where_it_proves_something():
    by = Yardsticks(holdout=1.0)
    assert votes(by, holdout=0.3, error=0.1) == 1 and votes(by, holdout=-0.1, error=0.1) == -1
    assert votes(by, holdout=0.3, error=0.3) == 0, "within its error"
    assert votes(by, error=np.inf) == 0, "nobody is held out"


def test_who_counts_value_counts_the_permissions_that_a_mail_costs():
    told = {"holdout": 0.3, "error": 0.01, "lost": 0.25}
    assert votes(Yardsticks(holdout=1.0), **told) == 1
    assert votes(Yardsticks(holdout=1.0, counts_value=1.0), **told) == -1


def test_what_is_not_known_says_nothing_and_measures_vote_by_their_shares():
    assert votes(Yardsticks(total=1.0), sales=np.nan) == 0
    assert votes(Yardsticks(satisfaction=1.0), mark=np.nan) == 0
    half = Yardsticks(last_click=0.5, holdout=0.5)
    assert votes(half, holdout=-1.0) == 0
    assert len(no_readings()) - 3 == NEWSLETTERS
