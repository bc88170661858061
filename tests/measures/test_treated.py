"""Claims about raw and causal: users against others, and against themselves without it."""

from __future__ import annotations

import numpy as np
import pytest
from test_metrics import event, tiny_run
from test_visitors import people

from sim.core import events as ev
from sim.measures.treated import TREATED
from sim.study.mechanisms import bought_by, raw_and_causal

near = pytest.approx


def sale(who, oere, scanned=False):
    """A member's receipt, and what is on it."""
    paid = {"channel": ev.STORE, "seen_as": ev.A_PERSON, "value": 0.0 if scanned else 1.0}
    return [
        event(ev.STORE_SALE, 400, who, amount_oere=oere),
        event(ev.BASKET_PAID, 400, who, **paid),
    ]


def test_who_scans_once_is_a_user_and_all_that_he_spends_counts():
    run = tiny_run(sale(0, 100, scanned=True) + sale(0, 300) + sale(1, 500))
    scan = TREATED["self-scan"]
    users = scan.users(run, people())
    assert list(users[:2]) == [True, False]
    assert bought_by(users, scan, run) == 400


def test_users_are_those_of_the_world_that_has_it_and_are_followed_into_the_one_without():
    scan = TREATED["self-scan"]
    users = scan.users(tiny_run(sale(0, 300, scanned=True)), people())
    assert bought_by(users, scan, tiny_run(sale(0, 200) + sale(1, 900))) == 200


def test_who_takes_part_at_the_end_is_a_user_and_times_he_bought_count():
    forum = TREATED["community"]
    run = tiny_run(sale(0, 100) + sale(0, 100) + sale(1, 100))
    users = forum.users(run, people(takes_part=(4, 0)))
    assert list(users[:2]) == [True, False] and bought_by(users, forum, run) == 2
    assert not forum.users(run, people(takes_part=4, exit_day=1)).any(), "he has left the market"


def test_the_causal_ratio_is_of_the_same_people_and_the_raw_one_is_as_measured():
    found = [
        {f"{kind} {name}": value for name in TREATED for kind, value in told.items()}
        for told in (
            {"raw": 1.4, "users with": 110.0, "users without": 100.0},
            {"raw": 1.6, "users with": 120.0, "users without": 100.0},
        )
    ]
    row = raw_and_causal(found).iloc[0]
    assert row["raw"] == near(1.5) and row["causal"] == near(1.15)
    assert row["causal low"] < 1.15 < row["causal high"]
    nobody = [dict.fromkeys(seed, 0.0) for seed in found]
    assert np.isnan(raw_and_causal(nobody).iloc[0]["causal"])
