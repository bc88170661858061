"""Claims about who is asked why he stays away, and about what is made of the answers."""

from __future__ import annotations

import numpy as np
import pytest
from people import SEED

from sim.company.leaving import (
    ANSWERS,
    NOTHING,
    most_named,
    named_share,
    puts_one_more,
    stay_away,
    whom_to_ask,
)
from sim.company.on_file import FEATURES, OnFile
from sim.core.records import FEES, WAITING

near = pytest.approx


def on_file(*days):
    """Profiles with their newest purchase in sight on these days, -1 for none."""
    n = len(days)
    return OnFile(np.array(days), np.ones(n, int), np.ones(n), np.zeros((n, len(FEATURES))))


def said(**named):
    found = np.zeros(ANSWERS)
    for name, times in named.items():
        found[{"waiting": WAITING, "fees": FEES, "nothing": NOTHING}[name]] = times
    return found


def test_who_stays_away_has_bought_in_sight_and_not_for_so_long():
    assert stay_away(on_file(-1, 100, 101, 465), 465, 365).tolist() == [False, True, False, False]


def test_so_many_are_asked_and_each_of_them_as_likely():
    asked = [k for day in range(400) for k in whom_to_ask(5, 10, day, SEED)]
    assert len(asked) == 4000 and set(asked) == set(range(5))
    assert np.bincount(asked) == near(np.full(5, 800), abs=90)
    assert (whom_to_ask(5, 4, 9, SEED) == whom_to_ask(5, 10, 9, SEED)[:4]).all()
    assert len(whom_to_ask(0, 10, 9, SEED)) == 0, "nobody is there to be asked"


def test_shares_are_of_what_is_named_by_who_names_anything():
    told = said(waiting=3, fees=1, nothing=50)
    assert (named_share(told, WAITING), most_named(told)) == (0.75, WAITING)
    assert named_share(said(nothing=9), WAITING) == 0.0 and most_named(said(nothing=9)) == NOTHING


def test_a_store_has_one_more_as_often_as_it_is_told_of_the_targets_of_all():
    times = np.mean([puts_one_more(0.3, key, SEED) for key in range(5000)])
    assert times == near(0.3, abs=0.02)
    for key in range(200):
        assert puts_one_more(1.0, key, SEED) and not puts_one_more(0.0, key, SEED)
        assert puts_one_more(0.6, key, SEED) >= puts_one_more(0.3, key, SEED)
