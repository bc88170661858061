"""A model that is done gives its memory back."""

from __future__ import annotations

import gc
import weakref

from worlds import lively_strategy, world

from sim.study import replay as replaying
from sim.world.model import OmnichannelModel

TINY = ("scale.customers=50", "scale.warmup_days=2", "scale.horizon_days=2")


def test_thirty_runs_leave_no_model_behind():
    settings = world(*TINY)
    done = []
    for seed in range(15):
        model = OmnichannelModel(settings, lively_strategy(), seed).run(2)
        done += [weakref.ref(model), weakref.ref(model.fork(lively_strategy()).run())]
        del model
    gc.collect()
    assert len(done) == 30
    assert [run for run in done if run() is not None] == []


def test_two_models_count_their_agents_apart():
    settings = world(*TINY)
    one, other = (OmnichannelModel(settings, lively_strategy()) for _ in range(2))
    assert [a.unique_id for a in one.agents] == [a.unique_id for a in other.agents]
    assert min(a.unique_id for a in one.agents) == 1


def test_a_comparison_holds_one_running_world_at_a_time(monkeypatch):
    settings = world(*TINY)
    strategies = [
        lively_strategy().model_copy(update={"name": name})
        for name in (settings.baseline, "b", "c", "d")
    ]
    alive: set[weakref.ref] = set()
    most = []

    class Watched(OmnichannelModel):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            alive.add(weakref.ref(self))
            most.append(sum(model() is not None for model in alive))

    monkeypatch.setattr(replaying, "OmnichannelModel", Watched)
    replaying.replay(settings, strategies, 1)
    assert most == [1, 1, 1, 1, 1]
