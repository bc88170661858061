"""Intervals are as honest as they say: what is zero is called zero about 95 times in 100."""

from __future__ import annotations

import numpy as np
from worlds import named, world

from sim.core.events import SALES
from sim.measures.statistics import paired
from sim.world.model import OmnichannelModel

WORLDS, GROUPS, PAIRS = 8, 25, 5  # comparisons are groups of people in so many worlds
PEOPLE = 60  # in a group


def spent_by_group(past: OmnichannelModel, strategy, seed: int) -> np.ndarray:
    """What the people of each group spend after a fork with this luck, øre: (GROUPS,)."""
    here = past.fork(strategy)
    here.today["seed"] = seed
    journal = here.run().run_log().journal
    sold = journal[np.isin(journal["kind"], SALES)]
    return np.bincount(sold["customer"] % GROUPS, sold["amount_oere"], GROUPS)


def test_the_interval_misses_a_known_zero_in_two_to_nine_of_a_hundred_comparisons():
    """The same strategy twice from one past, with new luck after the fork: truly no difference.

    Each comparison has five pairs of small markets, as a comparison of strategies has seeds. A
    market is a group of people in a larger world, in which people do not meet: else the groups of
    a world would share their luck.
    """
    settings = world(
        f"scale.customers={PEOPLE * GROUPS}",
        "scale.warmup_days=30",
        "scale.horizon_days=60",
        "interaction=false",
        "market.people.need_rate_year=40",
        "market.people.preference_mean=1",
    )
    strategy = named("danish_average")
    spent = np.zeros((WORLDS, GROUPS, PAIRS, 2))
    for number in range(WORLDS):
        for pair in range(PAIRS):
            past = OmnichannelModel(settings, strategy, 1000 * pair + number).run(30)
            for side in (0, 1):
                seed = 10**6 + 2 * (number * PAIRS + pair) + side
                spent[number, :, pair, side] = spent_by_group(past, strategy, seed)
    found = [paired(one[:, 0], one[:, 1]) for one in spent.reshape(-1, PAIRS, 2)]
    misses = np.mean([not one.low <= 0 <= one.high for one in found])
    assert (spent.std(axis=(2, 3)) > 0).all()
    assert 0.02 <= misses <= 0.09, misses
