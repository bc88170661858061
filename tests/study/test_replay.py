"""Claims about a whole comparison: pairing, workers, arms, people, schedules."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.measures.accounts import OF_MATURITY
from sim.settings.load import load
from sim.study.replay import compare
from sim.study.results import settling, tables
from sim.study.settled import drift_lines
from sim.study.together import return_arms

SMALL = (
    "scale.customers=400",
    "scale.warmup_days=60",
    "scale.horizon_days=120",
    "scale.seeds=2",
    "scale.workers=1",
    "market.people.need_rate_year=25",
)


def compared(*overrides: str):
    settings, strategies = load([*SMALL, *overrides])
    return compare(settings, strategies, quiet=True)


@pytest.fixture(scope="module")
def three():
    return compared("strategies=[immature,leader,danish_average_mail_only]")


def test_the_number_of_workers_changes_nothing(three):
    other = compared("strategies=[immature,leader,danish_average_mail_only]", "scale.workers=2")
    for name in ("metrics", "gains", "changed", "returns", "daily", "flows", "people"):
        pd.testing.assert_frame_equal(getattr(three, name), getattr(other, name))


def test_a_strategy_under_another_name_differs_by_exactly_zero():
    found = compared("variants={twin:{from: leader}}", "strategies=[leader,twin]")
    assert (found.differences[["mean", "low", "high"]].fillna(0) == 0).all(axis=None)
    assert (found.changed[["share_any", "share_bought"]] == 0).all(axis=None)
    assert (found.gains["mean"] == 0).all()


def test_origins_sum_to_the_difference_in_gross_revenue(three):
    total = three.gains.groupby(["strategy", "segment"])["mean"].sum()
    gross = three.differences[three.differences["metric"] == "gross_revenue"]
    gross = gross.set_index(["strategy", "segment"])["mean"]
    assert np.allclose(total.sort_index(), gross.sort_index())
    assert gross.abs().max() > 1, "there is something to decompose"


def test_the_people_of_the_first_seed_sum_to_its_difference(three):
    leader = three.people[three.people["strategy"] == "leader"]
    metrics = three.metrics[
        (three.metrics["seed"] == three.settings.seed)
        & (three.metrics["metric"] == "gross_revenue")
        & (three.metrics["segment"] == "all")
    ]
    yearly = metrics.set_index("strategy")["value"]
    ratio = leader["gross_oere_here"].sum() / leader["gross_oere_base"].sum()
    assert ratio == pytest.approx(yearly["leader"] / yearly["immature"])
    assert not leader["gross_difference_oere"][~leader["changed"]].any()


def test_return_arms_are_strategies_that_differ_in_nothing_else():
    _, strategies = load(["experiment=default"])
    assert set(return_arms(strategies)) == {
        "danish_average",
        "danish_average_mail_only",
        "danish_average_return_in_store",
    }
    _, others = load(
        ["strategies=[leader,danish_average_mail_only,danish_average_return_in_store]"]
    )
    assert return_arms(others) == {}, "the leader differs in maturity too"


def upkeep(found, name):
    rows = found.differences[found.differences["strategy"] == name]
    paid = rows["metric"].isin(OF_MATURITY) & (rows["segment"] == "all")
    return rows[paid]["mean"].sum()


def test_a_jump_costs_what_the_same_levels_by_schedule_cost_and_is_paid_over_its_time():
    levels = "{collection: 3, communication: 3}"
    day_1 = f"{{from: immature, schedule: [{{day: 1, maturity: {levels}}}]}}"
    both = f"variants={{jump: {{from: immature, maturity: {levels}}}, day_1: {day_1}}}"
    named = "strategies=[immature,jump,day_1]"
    by_end = compared(both, named, "company.economics.reach_days=100")
    assert upkeep(by_end, "jump") == pytest.approx(upkeep(by_end, "day_1"), rel=0.02)
    half_paid = compared(both, named, "company.economics.reach_days=240")
    free = ("company.economics.reach_dkk=[0,0,0,0,0,0]", "company.learning.hour_dkk=0")
    unpaid = compared(both, named, *free)
    reach = upkeep(by_end, "jump") - upkeep(unpaid, "jump")
    assert upkeep(half_paid, "jump") - upkeep(unpaid, "jump") == pytest.approx(reach / 2, rel=0.02)
    assert reach > 0


def test_the_steady_state_comes_after_the_transition_and_pays_for_no_change():
    asked = ("strategies=[immature,leader]", "company.economics.reach_days=365")
    asked += ("company.economics.mending_dkk=0", "company.economics.training_dkk=0")
    steady = ("scale.steady_days=100", "scale.settle_days=200", "scale.steady_seeds=1")
    plain, found = compared(*asked), compared(*asked, *steady)
    assert plain.steady_levels.empty and plain.steady_differences.empty
    rows = found.steady_differences.set_index(["strategy", "segment", "metric"])["mean"]
    settled = sum(rows[("leader", "all", name)] for name in ("cost_upkeep", "cost_use"))
    assert 0 < settled < upkeep(found, "leader"), "reaching the level is not paid any more"
    free = ("company.economics.reach_dkk=[0,0,0,0,0,0]", "company.learning.hour_dkk=0")
    assert settled == pytest.approx(upkeep(compared(*asked, *free), "leader"), rel=0.05)
    assert found.steady_levels["low"].isna().all(), "one seed gives no interval"
    assert len(found.metrics) == len(plain.metrics)


def test_a_run_says_whether_its_world_had_settled():
    years = ("scale.warmup_days=365", "scale.horizon_days=365", "scale.seeds=5")
    young = compared("strategies=[immature]", *years)
    assert young.drift.set_index("series")["drifts"]["e-mail permission"]
    assert ["longer scale.warmup_days" in said for said in drift_lines(young)] == [True]
    still = compared("strategies=[immature]")
    assert still.drift.empty and not list(drift_lines(still)), "no year on both sides"


def test_a_run_says_of_each_strategy_whether_its_steady_state_is_steady():
    first_year = ("scale.warmup_days=0", "scale.horizon_days=365", "scale.seeds=4")
    steady = ("scale.settle_days=365", "scale.steady_days=365")
    found = compared("strategies=[immature,leader]", *first_year, *steady)
    young = found.steady_drift.set_index(["strategy", "series"])
    grows = young.loc[("leader", "e-mail permission")]
    assert grows["drifts"] and 0 < grows["before"] < grows["after"]
    assert set(young.index.get_level_values("strategy")) == {"immature", "leader"}
    assert found.drift.empty, "no year before the fork"
    said = list(drift_lines(found))
    of_leader = said[-1][said[-1].index("leader ") :]
    assert "e-mail permission +" in of_leader and "scale.settle_days" in of_leader
    assert "e-mail permission" in settling(found)["steady"]["leader"]["drifts"]
    assert {"steady_levels", "steady_differences"} <= set(tables(found))


def test_a_schedule_ramps_capabilities_up_and_costs_what_changing_costs():
    ramp = "{from: immature, schedule: [{day: 100, maturity: {collection: 3, communication: 3}}]}"
    found = compared(f"variants={{ramp: {ramp}}}", "strategies=[immature,ramp]")
    upkeep = found.differences[
        (found.differences["metric"] == "cost_upkeep") & (found.differences["segment"] == "all")
    ]["mean"].item()
    assert upkeep > 0
    assert found.changed["share_any"].item() > 0.1

    from sim.world.model import OmnichannelModel

    settings, (immature, ramped) = load(
        [*SMALL, f"variants={{ramp: {ramp}}}", "strategies=[immature,ramp]"]
    )
    world = OmnichannelModel(settings, immature).run(60).fork(ramped)
    handed_over = [float(world.company.record["hand_over"][0])]
    for day in (110, 150, 170):
        handed_over.append(float(world.run(day).company.record["hand_over"][0]))
    assert handed_over[0] < handed_over[1] < handed_over[2] < handed_over[3] == 1
