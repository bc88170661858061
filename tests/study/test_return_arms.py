"""Claims about which world a return arm is compared with."""

from __future__ import annotations

from functools import partial

import pytest

from sim.core.compiled import COMPILED
from sim.settings.load import load
from sim.study import replay
from sim.world.model import OmnichannelModel

SMALL = (
    "scale.customers=50",
    "scale.warmup_days=20",
    "scale.horizon_days=70",
    "scale.seeds=1",
    "scale.workers=1",
    "market.people.need_rate_year=60",
)


@pytest.mark.parametrize("first", ["danish_average", "danish_average_mail_only"])
def test_every_arm_is_compared_with_mail_only_whatever_the_baseline(first, monkeypatch):
    if not COMPILED:  # plain Python has the readable driver only
        readable = partial(OmnichannelModel, driver="readable")
        monkeypatch.setattr(replay, "OmnichannelModel", readable)
    arms = [f"danish_average{arm}" for arm in ("", "_mail_only", "_return_in_store")]
    names = [first, *(name for name in arms if name != first)]
    settings, strategies = load([*SMALL, f"strategies=[{','.join(names)}]"])
    found = replay.compare(settings, strategies, quiet=True).returns
    causal = found[found["measure"] == "causal"].set_index("strategy")["mean"]
    assert causal["danish_average_mail_only"] == 0, "it differs from itself by nothing"
    assert causal["danish_average"] != 0
