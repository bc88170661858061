"""The default world lives as such a world should."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import named, world

from sim.core import events as ev
from sim.world.model import OmnichannelModel

SETTLED = 60  # days until rosters rest on a month's load


@pytest.fixture(scope="module")
def default() -> OmnichannelModel:
    """The default market at its default size under the average company, for 300 days."""
    run = world("scale.warmup_days=0", "scale.horizon_days=300")
    assert run.scale.customers == 10_000
    return OmnichannelModel(run, named("danish_average"), keep_journal=False).run()


def test_the_customer_centre_is_busy_and_some_callers_give_up(default):
    frame = default.datacollector.get_model_vars_dataframe()
    busy = frame["utilisation"][SETTLED:]
    assert 0.70 <= busy.mean() <= 0.95
    assert 0.70 <= default.departments.centre.utilisation_ever <= 0.95
    daily = default.tally.daily_count[SETTLED:]
    answered, gave_up = daily[:, ev.SERVICE_ANSWERED].sum(), daily[:, ev.SERVICE_GAVE_UP].sum()
    assert answered > 500
    assert 0.03 <= gave_up / (answered + gave_up) <= 0.09, "as many as a director expects"


def test_callers_wait_minutes_not_hours(default):
    ended = [ev.SERVICE_ANSWERED, ev.SERVICE_GAVE_UP]
    waited = default.tally.daily_value[SETTLED:, ended].sum()
    calls = default.tally.daily_count[SETTLED:, ended].sum()
    assert 0.1 < waited / calls < 3


def test_nothing_is_dropped_that_happens_to_more_than_a_few(default):
    needs = default.tally.daily_count[:, [ev.NEED_LATENT, ev.NEED_ACTIVE]].sum()
    orders = default.tally.daily_count[:, [ev.WEB_ORDER, ev.STORE_SALE]].sum()
    assert default.lost["needs"] < 0.01 * needs
    assert default.lost["orders"] < 0.01 * orders
    assert np.all(default.driver.buffered()["lost_events"] == 0)
