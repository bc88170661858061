"""Before, during and after a shock: rates over the people of each period, and shares online."""

from __future__ import annotations

import numpy as np
import pytest
from test_metrics import FORK, ITEM_COST, SIMPLE, event, tiny_run

from sim.core import events as ev
from sim.measures.shocked import (
    AFTER,
    BEFORE,
    CONTACTS,
    SALES,
    WHILE,
    YEAR_BEFORE,
    by_shock,
    shock_periods,
)
from sim.settings.shocks import Shock
from sim.world.tally import Tally


def shock(first: int, end: int, **more) -> Shock:
    return Shock(name="x", from_day=first, until_day=end, **more)


@pytest.mark.parametrize(
    ("shocks", "found"),
    [
        ((), {}),
        ((shock(800, 900),), {}),
        ((shock(400, 500),), {BEFORE: (35, 400), WHILE: (400, 500), AFTER: (500, 730)}),
        ((shock(0, 100), shock(50, 120, fade_days=10)), {WHILE: (0, 130), AFTER: (130, 495)}),
        ((shock(100, 3650),), {BEFORE: (0, 100), WHILE: (100, 730)}),
        ((shock(100, 110, every_days=50),), {BEFORE: (0, 100), WHILE: (100, 730)}),
    ],
)
def test_periods_are_before_the_first_while_any_lasts_and_after_the_last(shocks, found):
    assert shock_periods(shocks, 730) == found


def told(log, shocks, past=None, **given):
    run = tiny_run(log, end=FORK + 730, **given)
    past = past or Tally.empty(0, FORK)
    frame = by_shock(run, SIMPLE, ITEM_COST, shocks, past)
    return frame.set_index(["metric", "period"])["value"]


def test_each_period_has_its_own_rate_per_person_year():
    log = [
        event(ev.STORE_SALE, FORK + 10, 0, 60),
        event(ev.WEB_ORDER, FORK + 150, 1, 30),
        event(ev.STORE_SALE, FORK + 150, 1, 10),
    ]
    gross = told(log, (shock(73, 219),))["gross_revenue"]
    years = 2 * 73 / 365
    assert gross[BEFORE] == pytest.approx(60 / years)
    assert gross[WHILE] == pytest.approx(40 / (2 * years)) and gross[AFTER] == 0


def test_upkeep_is_left_out_of_contribution_before_upkeep():
    run = tiny_run([], end=FORK + 730)
    run.tally.running[100:, 2] = 50.0
    frame = by_shock(run, SIMPLE, ITEM_COST, (shock(73, 219),), Tally.empty(0, FORK))
    found = frame.set_index(["metric", "period"])["value"]
    assert found["contribution", WHILE] == pytest.approx(-50 / (2 * 146 / 365))
    assert found["contribution_before_upkeep", WHILE] == 0


def test_shares_online_reach_back_into_the_warm_up():
    past = Tally.empty(0, FORK)
    past.daily_amount[FORK - 1, [ev.WEB_ORDER, ev.STORE_SALE]] = 100, 300
    past.daily_count[FORK - 1, [ev.WEB_VISIT, ev.STORE_VISIT]] = 9, 1
    log = [event(ev.WEB_ORDER, FORK + 150, 1, 30), event(ev.STORE_SALE, FORK + 150, 1, 10)]
    found = told(log, (shock(100, 219),), past)
    assert found[SALES, BEFORE] == 0.25 and found[CONTACTS, BEFORE] == 0.9
    assert found[SALES, WHILE] == 0.75
    assert np.isnan(found[SALES, AFTER]), "nothing was sold"
    assert np.isnan(found[SALES, YEAR_BEFORE]), "there was no such year"
