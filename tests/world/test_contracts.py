"""What Mesa promises of a model holds of ours: it ends, and batch_run can run it."""

from __future__ import annotations

import mesa
import pytest

from sim.settings.load import load
from sim.world.model import OmnichannelModel

SMALL = ["scale.customers=60", "scale.warmup_days=3", "scale.horizon_days=4"]


@pytest.fixture(scope="module")
def small():
    return load([*SMALL, "strategies=[immature,leader]"])


def test_a_model_runs_to_its_last_day_and_no_further(small):
    settings, (immature, leader) = small
    model = OmnichannelModel(settings, immature, seed=1)
    assert model.running
    model.run_model()
    assert (model.day, model.running) == (7, False)
    fork = OmnichannelModel(settings, immature, seed=1).run(3).fork(leader)
    assert fork.running
    fork.run_model()
    assert (fork.day, fork.running) == (7, False)


def test_mesa_runs_it_in_batch(small):
    settings, strategies = small
    rows = mesa.batch_run(
        OmnichannelModel,
        {"settings": [settings], "strategy": strategies, "seed": [1, 2]},
        number_processes=1,
        display_progress=False,
        data_collection_period=-1,
    )
    assert len(rows) == 4
    assert {row["day"] for row in rows} == {6}
    assert {row["strategy"].name for row in rows} == {"immature", "leader"}
