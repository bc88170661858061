"""Claims about how A/B tests of the company are held against the truth."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sim.measures.trials import measure_trials
from sim.settings.trials import TITLES
from sim.world.trials import Trial

near = pytest.approx
CHECKOUT = len(TITLES) - 1


def ended(tried=0, control=(1000, 200), variant=(1000, 260), adopted=1, idea=0.1):
    return Trial(100, tried, 28, *control, *variant, 2.5, 1, adopted, idea)


def measured(*trials, days=730):
    run = SimpleNamespace(trials=trials, fork_day=50, end_day=50 + days, appeal=(0.1, 0.2, -0.3))
    return measure_trials(run)


def test_an_adopted_idea_that_is_worse_is_a_false_positive_and_a_dropped_better_one_a_negative():
    found = measured(
        ended(), ended(idea=-0.2), ended(idea=0.3, adopted=0), ended(idea=-0.3, adopted=0)
    )
    assert (found["adopted"], found["run"]) == (0.5, 2.0)
    assert (found["false positives"], found["false negatives"]) == (0.5, 0.5)


def test_what_was_read_of_adopted_newsletters_stands_beside_what_they_bring():
    found = measured(ended(), ended(idea=-0.1), ended(idea=0.5, adopted=0))
    assert found["read"] == near(0.12 / 2), "six points twice, in two years"
    assert found["brought"] == near(0.0), "a rate of .2 gains .016 by one and loses it by the other"
    one = measured(ended())
    assert one["brought"] == near(0.1 * 0.2 * 0.8 / 2)


def test_the_checkout_has_no_rate_of_newsletters_to_move():
    found = measured(ended(tried=CHECKOUT))
    assert (found["read"], found["brought"], found["adopted"]) == (0.0, 0.0, 1.0)


def test_the_companys_own_interval_is_of_two_independent_samples():
    # of 20 % and 26 % the difference has a standard error of 1.88 points: 2.3 to 9.7
    inside, outside = 0.05 / 0.16, 0.02 / 0.16
    assert measured(ended(idea=inside))["covered"] == 1.0
    assert measured(ended(idea=outside))["covered"] == 0.0
