"""Claims about results a person: they belong to the firm, not to the size of the sample."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import named, world

from sim.core import events as ev
from sim.measures.metrics import measure
from sim.world.model import OmnichannelModel

DAYS = ("scale.warmup_days=120", "scale.horizon_days=365", "scale.seeds=1")
NAMES = ("gross_revenue", "refunds", "cost_service", "cost_delivery", "contribution")


def figures(people: int, seeds: range) -> dict[str, np.ndarray]:
    """A year under the average firm, its learning frozen: per person-year, one value a seed."""
    faults = ("flawed_share", "bad_pictures_share", "odd_sizes_share")
    no_luck = [f"market.reviews.{name}=0" for name in faults]  # which articles is luck at any size
    settings = world(*DAYS, *no_luck, f"scale.customers={people}")
    found: dict[str, list[float]] = {}
    for seed in seeds:
        past = OmnichannelModel(settings, named("danish_average"), seed).run(120)
        year = past.fork(named("danish_average"))
        year.learning = False
        run = year.run().run_log()
        frame = measure(run, settings.company.economics, year.catalogue["cost_oere"])
        frame = frame[frame["segment"] == "all"].set_index("metric")["value"]
        for name in (*NAMES, "cost_upkeep"):
            found.setdefault(name, []).append(frame[name])
        ended = run.tally.daily_count[:, [ev.SERVICE_ANSWERED, ev.SERVICE_GAVE_UP]].sum(axis=0)
        found.setdefault("hung up", []).append(ended[1] / ended.sum())
        waited = run.tally.daily_value[:, [ev.SERVICE_ANSWERED, ev.SERVICE_GAVE_UP]].sum()
        found.setdefault("minutes waited", []).append(waited / ended.sum())
    return {name: np.array(values) for name, values in found.items()}


def test_results_a_person_do_not_depend_on_how_many_are_simulated():
    few, many = figures(3_000, range(1, 13)), figures(30_000, range(13, 16))
    for name, seen in {
        **dict.fromkeys(NAMES, 0.03),
        "refunds": 0.06,
        "cost_delivery": 0.04,
        "contribution": 0.04,
        "hung up": 0.1,
        "minutes waited": 0.1,
    }.items():
        error = np.sqrt(few[name].var(ddof=1) * (1 / len(few[name]) + 1 / 10 / len(many[name])))
        assert abs(few[name].mean() - many[name].mean()) < 3 * error, name
        assert error < seen * abs(many[name].mean()), f"{name}: a difference would be seen"
    assert few["cost_upkeep"].mean() == pytest.approx(many["cost_upkeep"].mean(), rel=0.02)
    assert many["cost_upkeep"].mean() > 1
