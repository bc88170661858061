"""Claims about the tests of whether a world has settled."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.core.events import SALES
from sim.measures.warmup import (
    CLUB,
    PERMISSION,
    REVENUE,
    course,
    drift,
    holders,
    mser5,
    needed_days,
    weekly_revenue,
)
from sim.world.tally import KINDS, PEOPLE


def noise(n, seed=1, sd=1.0):
    return np.random.default_rng(seed).normal(0.0, sd, n)


def test_what_has_settled_from_the_start_is_kept_nearly_whole():
    discarded = [mser5(noise(400, seed)).discard for seed in range(30)]
    assert np.median(discarded) < 40


def test_a_step_is_cut_off_where_it_ends():
    series = noise(400) + np.where(np.arange(400) < 100, -20.0, 0.0)
    found = mser5(series)
    assert 100 <= found.discard <= 110 and found.settled


def test_a_slow_approach_is_cut_until_it_drowns_in_noise():
    gone = np.exp(-np.arange(600) / 40)
    weak, strong = (mser5(noise(600) - size * gone).discard for size in (3.0, 30.0))
    assert 0 < weak < strong < 300
    assert 30.0 * np.exp(-strong / 40) < 2.0


def test_a_series_that_never_settles_says_so():
    assert not mser5(np.arange(300) ** 2.0).settled


def test_mser5_is_whites_statistic_on_means_of_five():
    series = noise(53) + np.where(np.arange(53) < 12, 3.0, 0.0)
    means = [series[k * 5 : k * 5 + 5].mean() for k in range(10)]
    by_hand = [
        sum((m - np.mean(means[d:])) ** 2 for m in means[d:]) / (10 - d) ** 2 for d in range(5)
    ]
    assert mser5(series).discard == 5 * int(np.argmin(by_hand))


def test_what_settles_half_way_has_settled_and_later_has_not():
    for loud, settled in ((50, True), (55, False)):
        series = np.r_[noise(loud, sd=9.0), np.zeros(100 - loud)]
        assert mser5(series) == (loud, settled)


def test_too_short_a_series_is_refused_and_ten_observations_are_enough():
    with pytest.raises(ValueError, match="10 observations"):
        mser5(np.zeros(9))
    assert mser5(np.zeros(10)) == (0, True)


def test_the_last_five_means_are_never_left_alone_however_quiet_they_are():
    series = np.r_[noise(40), np.zeros(20)]
    assert mser5(series).discard <= 60 - 25


def test_weekly_revenue_is_a_person_in_the_market():
    people = np.zeros(3, PEOPLE)
    people["entry_day"], people["exit_day"] = (0, 0, 7), (100, 7, 100)
    daily = np.zeros((16, KINDS))
    daily[:, SALES[0]] = 200
    assert weekly_revenue(daily, people).tolist() == [7.0, 7.0]


def test_a_market_that_everybody_leaves_or_has_yet_to_enter_takes_nothing():
    people = np.zeros(2, PEOPLE)
    people["entry_day"], people["exit_day"] = (0, 3), (7, 5)
    daily = np.zeros((14, KINDS))
    daily[:7, SALES[0]] = 100
    assert weekly_revenue(daily, people) == pytest.approx([7 / (1 + 2 / 7), 0.0])
    people["entry_day"], people["exit_day"] = 100, 200
    assert weekly_revenue(np.zeros((14, KINDS)), people).tolist() == [0.0, 0.0]


def a_course(before: float, after: float, seed: int) -> pd.DataFrame:
    weekly = np.where(np.arange(156) < 104, before, after) + noise(156, seed, 0.05)
    return course(weekly, [])


def test_growth_across_the_fork_is_found_and_its_absence_too():
    grows = drift([a_course(10.0, 11.0, seed) for seed in range(4)], 728)
    assert grows["drifts"].tolist() == [True]
    assert grows["change"].item() == pytest.approx(0.1, abs=0.01)
    level = drift([a_course(10.0, 10.0, seed) for seed in range(4)], 728)
    assert level["drifts"].tolist() == [False]


def test_a_change_too_small_to_matter_is_no_drift_however_sure_it_is():
    found = drift([a_course(10.0, 10.1, seed) for seed in range(4)], 728)
    assert found["low"].item() > 0 and not found["drifts"].item()


def test_without_a_year_on_both_sides_nothing_is_said():
    assert drift([a_course(10.0, 10.0, 1)], 100).empty
    assert drift([a_course(10.0, 10.0, 1)], 1000).empty
    assert drift([], 728).empty and np.isnan(needed_days([]))


def test_one_year_before_the_fork_and_one_after_are_enough():
    weekly = np.r_[np.full(52, 10.0), np.full(53, 12.0)]
    found = drift([course(weekly, [])] * 2, 365)
    assert found[["before", "after"]].to_numpy().tolist() == [[10.0, 12.0]]
    assert found["change"].item() == pytest.approx(0.2) and found["drifts"].item()
    assert drift([course(weekly, [])] * 2, 364).empty


def test_the_year_before_ends_on_the_forks_day_and_the_year_after_begins_on_the_next():
    days = [0, 1, 365, 366, 730, 731]
    frame = pd.DataFrame({"day": days, "series": REVENUE, "value": [90.0, 1, 3, 10, 20, 90]})
    found = drift([frame] * 2, 365)
    assert found[["before", "after"]].to_numpy().tolist() == [[(1 + 3) / 2, (10 + 20) / 2]]


def test_a_shrinking_and_a_short_year_are_told_from_none():
    weekly = np.r_[np.full(104, 10.0), np.full(52, 8.0)]
    shrinks = drift([course(weekly, [])] * 2, 728)
    assert shrinks["change"].item() == pytest.approx(-0.2) and shrinks["drifts"].item()
    days = [300, 365, 366, 365 + 365 - 7]
    frame = pd.DataFrame({"day": days, "series": REVENUE, "value": 1.0})
    assert len(drift([frame] * 2, 365)) == 1
    assert drift([frame[:-1]] * 2, 365).empty


def test_holders_are_counted_among_the_people_who_are_there_that_day():
    people = np.zeros(4, [("entry_day", int), ("exit_day", int), ("club", int)])
    people["entry_day"], people["exit_day"] = (0, 100, 101, 0), (999, 999, 999, 100)
    people["club"] = (1, 0, 1, 1)
    known = np.zeros(4, [("written_to", int)])
    known["written_to"] = (1, 1, 0, 0)
    assert holders(people, known, 100) == {PERMISSION: 1.0, CLUB: 0.5}
    assert all(np.isnan(share) for share in holders(people, known, -1).values())


def test_a_course_tells_revenue_at_each_weeks_end_and_what_was_held_on_its_days():
    told = course(np.array([5.0, 6.0]), [(3, {PERMISSION: 0.2, CLUB: 0.1})])
    assert told.to_numpy().tolist() == [
        [7, REVENUE, 5.0],
        [14, REVENUE, 6.0],
        [3, PERMISSION, 0.2],
        [3, CLUB, 0.1],
    ]


def test_ten_weeks_are_enough_to_say_how_long_warming_up_takes():
    assert needed_days([course(np.ones(10), [])]) == 0
    assert np.isnan(needed_days([course(np.ones(9), [])]))


def test_the_warm_up_needed_is_where_growth_ends():
    courses = [
        course(10.0 - 5.0 * np.exp(-np.arange(300) / 20) + noise(300, seed, 0.2), [])
        for seed in range(5)
    ]
    assert 7 * 40 < needed_days(courses) < 7 * 120
    assert set(courses[0]["series"]) == {REVENUE}
