"""Axes become points within bounds; settings are moved one by one, and checked."""

from __future__ import annotations

import numpy as np
import pytest

from sim.settings.complaints import BadInput
from sim.settings.load import check, load
from sim.settings.places import ROOT
from sim.studies.change import changed
from sim.studies.plan import planned
from sim.studies.points import points_of
from sim.studies.question import Study, asked_with, load_study, study_files
from sim.studies.studied import without
from sim.studies.sweeping import sweep_of

SMALL = ("scale.customers=60", "scale.warmup_days=7", "scale.horizon_days=14")
RATE = "market.people.need_rate_year"


def asked(**more) -> Study:
    whole = {"name": "try", "question": "?", "strategies": ["danish_average", "leader"], **more}
    return check(Study, whole, "study")


def ranged(by: str, points: int = 8, **axes) -> Study:
    axes = axes or {RATE: {"low": 5, "high": 12}, "leader.maturity.analysis": {"low": 0, "high": 3}}
    return asked(axes=axes, draw={"by": by, "points": points})


def test_without_axes_there_is_one_point_that_changes_nothing():
    assert points_of(asked()) == [{}]


def test_a_grid_holds_every_combination_and_a_list_goes_through_all_at_once():
    axes = {RATE: {"values": [5, 8]}, "leader.maturity.analysis": {"values": [1, 2]}}
    assert len(points_of(asked(axes=axes))) == 4
    listed = points_of(asked(axes=axes, draw={"by": "list"}))
    assert [list(point.values()) for point in listed] == [[5, 1], [8, 2]]


@pytest.mark.parametrize(("by", "rows"), [("random", 8), ("sobol", 8 * 4), ("morris", 8 * 3)])
def test_drawn_points_lie_between_the_bounds_and_come_again(by, rows):
    study = ranged(by)
    points = points_of(study)
    assert len(points) == rows and points == points_of(study)
    rates = [point[RATE] for point in points]
    assert 5 <= min(rates) < max(rates) <= 12
    assert points != points_of(
        study.model_copy(update={"draw": study.draw.model_copy(update={"seed": 2})})
    )


def test_whole_numbers_stay_whole():
    points = points_of(ranged("random", **{"market.items_per_style": {"low": 2, "high": 8}}))
    assert all(type(point["market.items_per_style"]) is int for point in points)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"axes": {"leader.maturity.analysis": {"values": [0, 4]}}}, "must be 0..3"),
        ({"axes": {"leader.maturity.analyses": {"values": [0]}}}, "did you mean"),
        ({"axes": {"market.peple.need_rate_year": {"values": [5]}}}, "did you mean"),
        ({"axes": {RATE: {"values": [5]}}, "draw": {"by": "sobol"}}, "must have low and high"),
        ({"axes": {RATE: {"low": 9, "high": 5}}, "draw": {"by": "random"}}, "below high"),
        ({"axes": {RATE: {"low": 5}}}, "low and high"),
        ({"draw": {"by": "morris"}}, "axes must be given"),
        (
            {"axes": {RATE: {"values": [5, 6]}, "seed": {"values": [1]}}, "draw": {"by": "list"}},
            "as many",
        ),
        ({"measures": {"m": "journeys: coherant"}}, "no such figure"),
        ({"measures": {"m": "journys: coherent"}}, "did you mean journeys"),
        ({"measures": {"m": "net_revenue/buers"}}, "did you mean buyers"),
        ({"choose": {"measure": "proft"}}, "no such measure"),
        ({"strategies": ["danish_average", "nobody"]}, "no such strategy"),
        ({"expect": ["contribution.nobody > 0"]}, "no such arm"),
        ({"replications": {"first": 8, "most": 4}}, "first or more"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line_before_anything_runs(more, said):
    with pytest.raises(BadInput, match=said) as refused:
        planned(asked(**more), SMALL)
    assert "\n" not in str(refused.value)


def test_one_setting_is_moved_and_nothing_else():
    settings, _ = load(list(SMALL))
    moved = changed(settings, RATE, 9.5)
    assert moved.market.people.need_rate_year == 9.5
    back = changed(moved, RATE, settings.market.people.need_rate_year)
    assert back == settings
    with pytest.raises(BadInput, match="need_rate_year"):
        changed(settings, RATE, -1.0)


def test_a_run_that_two_points_share_is_planned_once():
    plan = planned(asked(axes={"leader.maturity.analysis": {"values": [0, 1, 2]}}), SMALL)
    keys = [key for batch in plan.batches(range(1, 3), 2) for key, _ in batch.runs]
    assert len(keys) == len(set(keys)) == 2 * (1 + 3), "two worlds: the past's arm, and three"
    assert len(plan.arms) == 6


def test_what_is_done_is_not_planned_again_and_worlds_do_not_mix():
    plan = planned(asked(axes={RATE: {"values": [5, 8]}}), SMALL)
    batches = list(plan.batches(range(1, 3), 1))
    assert len(batches) == 4 and all(len(batch.runs) == 2 for batch in batches)
    done = {batches[0].runs[0][0]}
    assert [key for key, _ in without(batches[0], done).runs] == [batches[0].runs[1][0]]
    assert without(batches[1], done) == batches[1]


def test_how_many_worlds_are_tried_or_cores_used_does_not_make_it_another_study():
    one = planned(asked(), SMALL).key
    assert (
        planned(asked(replications={"first": 3, "most": 9}), (*SMALL, "scale.workers=7")).key == one
    )
    assert planned(asked(), (*SMALL, "seed=5")).key != one
    assert planned(asked(), (*SMALL, f"{RATE}=5")).key != one


def test_scenarios_are_an_axis_too():
    plan = planned(asked(axes={"scenario": {"values": ["base", "covid"]}}), SMALL)
    assert [world.settings.scenario.name for world in plan.worlds] == ["base"] * 2 + ["covid"] * 2


def test_levels_of_an_arm_with_a_schedule_cannot_be_an_axis():
    variants = {"us": {"from": "leader", "schedule": [{"day": 9, "maturity": {"analysis": 3}}]}}
    axes = {"us.maturity.analysis": {"values": [1]}}
    with pytest.raises(BadInput, match="without a schedule"):
        planned(asked(strategies=["danish_average", "us"], variants=variants, axes=axes), SMALL)


def test_a_sweep_is_read_as_hydra_reads_it():
    study, rest = sweep_of(
        [
            "strategies=[danish_average,leader]",
            f"{RATE}=5,8",
            "leader.maturity.analysis=range(0,3,1)",
            *SMALL,
        ]
    )
    assert study.axes[RATE].values == (5, 8)
    assert np.allclose(study.axes["leader.maturity.analysis"].values, [0, 1, 2])
    assert rest == list(SMALL)
    drawn, _ = sweep_of(["strategies=[leader]", f"{RATE}=interval(5,8)", *SMALL])
    assert (drawn.axes[RATE].low, drawn.axes[RATE].high, drawn.draw.by) == (5, 8, "random")
    with pytest.raises(BadInput, match="must be key=value"):
        sweep_of(list(SMALL))


@pytest.mark.parametrize(
    "text", [f"{RATE}=range(0,1,0)", "scenario=glob(*)", f"{RATE}=range(0,1e12)"]
)
def test_what_cannot_be_gone_through_is_refused_in_one_line(text):
    with pytest.raises(BadInput) as refused:
        points_of(sweep_of([text, *SMALL])[0])
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["replications.most=[", "draw.points=x", "draw.pints=3", "draw.by=a"]
)
def test_what_is_said_of_a_study_is_checked_too(text):
    with pytest.raises(BadInput) as refused:
        asked_with(asked(), [text])
    assert "\n" not in str(refused.value) and text.partition(".")[0] in str(refused.value)


def test_the_study_that_the_manual_shows_can_be_planned(tmp_path):
    page = (ROOT / "docs" / "studies.md").read_text(encoding="utf-8")
    (tmp_path / "first.yaml").write_text(page.split("```text\n")[1].split("```")[0])
    plan = planned(load_study(str(tmp_path / "first.yaml")))
    assert len(plan.points) == 6 and plan.settings.scale.customers == 5000
    assert plan.study.name == "first" and len(plan.expected) == 1 and plan.study.choose


@pytest.mark.parametrize("name", study_files())
def test_every_ready_study_can_be_planned(name):
    plan = planned(load_study(name))
    assert plan.expected or plan.study.choose
    assert study_files()[name].with_name("README.md").is_file()
