"""Claims about when people come to stores and what they say, on journals by hand."""

from __future__ import annotations

import numpy as np
import pytest
from test_metrics import event, tiny_run

from sim.core import events as ev
from sim.core.records import CUSTOMER
from sim.measures.store_visits import HOURS, STORE_VISITS, apart, store_figures

NOBODY = np.zeros(0, CUSTOMER)


def visit(minute: int, alone: bool = False, **about) -> np.ndarray:
    return event(ev.STORE_VISIT, 400, 0, need=7, minute=minute, style=int(alone), **about)


def test_visits_are_told_by_the_hour_and_by_whether_staff_were_there():
    log = [visit(590), visit(659), visit(660), visit(1230, True), visit(1400, True)]
    found = store_figures(tiny_run(log), NOBODY)
    assert set(found) == set(STORE_VISITS)
    assert [found[f"store at {h}"] for h in (10, 11, 20, 21)] == [2 / 5, 1 / 5, 1 / 5, 1 / 5]
    assert sum(found[f"store at {h}"] for h in HOURS) == pytest.approx(1)
    assert found["without staff"] == 2 / 5
    assert np.isnan(store_figures(tiny_run([]), NOBODY)["store at 10"])


def test_stars_and_advice_are_counted_by_visit():
    log = [visit(700), visit(700), event(ev.ADVISED, 400, 0)]
    log += [
        event(ev.STORE_RATED, 400, 0, order=s, value=v) for s, v in ((0, 5.0), (0, 3.0), (2, 2))
    ]
    found = store_figures(tiny_run(log), NOBODY)
    assert found["advised"] == 50 and found["store ratings"] == 150
    assert found["store stars"] == pytest.approx(10 / 3)


def test_how_far_stores_are_apart_is_by_what_people_have_met_and_takes_two():
    nobody = np.zeros((4, 6))
    assert np.isnan(apart(nobody))
    nobody[:2, 1] = 3.0, 5.0
    assert np.isnan(apart(nobody))
    nobody[3, 4] = 2.0
    assert apart(nobody) == 1.0, "four and two"
