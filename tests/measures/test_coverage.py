"""Intervals are as honest as they say: what is zero is called zero about 95 times in 100."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import named, world

from sim.core.events import SALES
from sim.measures.statistics import paired
from sim.world.model import OmnichannelModel

COMPARISONS, PAIRS = 200, 5


@pytest.mark.heavy
def test_the_interval_misses_a_known_zero_in_two_to_nine_of_a_hundred_comparisons():
    """The same strategy twice from one past, with new luck after the fork: truly no difference.

    Each comparison has five pairs of small worlds, as a comparison of strategies has seeds.
    """
    settings = world(
        "scale.customers=60",
        "scale.warmup_days=30",
        "scale.horizon_days=60",
        "market.people.need_rate_year=40",
        "market.people.preference_mean=1",
    )
    strategy = named("danish_average")
    spent = np.zeros((COMPARISONS, PAIRS, 2))
    for pair in range(PAIRS):
        for comparison in range(COMPARISONS):
            if comparison % 20 == 0:
                past = OmnichannelModel(settings, strategy, 1000 * pair + comparison).run(30)
            for side in (0, 1):
                here = past.fork(strategy)
                here.today["seed"] = 10**6 + 2 * (comparison * PAIRS + pair) + side
                sold = here.run().tally.daily_amount
                spent[comparison, pair, side] = sold[:, list(SALES)].sum()
    misses = 0
    for one in spent:
        found = paired(one[:, 0], one[:, 1])
        misses += not found.low <= 0 <= found.high
    assert spent.std() > 0
    assert 0.02 <= misses / COMPARISONS <= 0.09, misses / COMPARISONS
