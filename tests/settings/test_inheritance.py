"""What a strategy says itself is never overridden by what another did not say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.settings.strategy import DISCIPLINES, Maturity

LEVELS = st.dictionaries(st.sampled_from(DISCIPLINES), st.sampled_from([0.5, 1.0, 2.0, 3.0]))


def yaml_of(levels: dict[str, float]) -> str:
    return "{" + ", ".join(f"{k}: {v}" for k, v in levels.items()) + "}"


def test_a_schedule_moves_only_what_it_names(tmp_path: Path):
    (tmp_path / "plan.yaml").write_text("schedule: [{day: 180, maturity: {recognition: 3}}]\n")
    (tmp_path / "us.yaml").write_text("from: plan\nmaturity: {collection: 3}\n")
    _, (us,) = load(["strategies=[us]"], tmp_path)
    for day in (0, 90, 180, 900):
        assert us.maturity_on(day).collection == 3
    assert us.maturity_on(180).recognition == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(mine=LEVELS, grand=LEVELS, steps=st.lists(LEVELS, max_size=2))
def test_a_level_comes_from_the_nearest_who_names_it(tmp_path: Path, mine, grand, steps):
    """Through a file in between that says nothing; a named step wins from its day on."""
    planned = ", ".join(
        f"{{day: {100 * (k + 1)}, maturity: {yaml_of(step)}}}" for k, step in enumerate(steps)
    )
    (tmp_path / "a.yaml").write_text(f"maturity: {yaml_of(grand)}\nschedule: [{planned}]\n")
    (tmp_path / "b.yaml").write_text("from: a\n")
    (tmp_path / "us.yaml").write_text(f"from: b\nmaturity: {yaml_of(mine)}\n")
    _, (us,) = load(["strategies=[us]"], tmp_path)
    first = {**grand, **mine}
    assert us.maturity == Maturity(**first)
    for day, upto in ((100, steps[:1]), (200, steps[:2])):
        expected = dict(first)
        for step in upto:
            expected |= step
        assert us.maturity_on(day) == Maturity(**expected)


@pytest.mark.parametrize(
    "override",
    [
        "variants.leader.maturity.analysis=2",
        "variants.leader={maturity: {analysis: 2}}",
        "variants.leader={from: leader, maturity: {analysis: 2}}",
    ],
)
def test_a_variant_of_a_name_there_is_changes_that_strategy(override: str):
    _, (leader,) = load([override, "strategies=[leader]"])
    assert leader.maturity == Maturity(**{**dict.fromkeys(DISCIPLINES, 3.0), "analysis": 2.0})


def test_other_variants_come_from_the_changed_one():
    _, (us,) = load(
        ["variants.leader.maturity.analysis=2", "variants.us={from: leader}", "strategies=[us]"]
    )
    assert (us.maturity.analysis, us.maturity.collection) == (2, 3)


def test_a_variant_of_a_new_name_stands_on_the_survey():
    _, (us,) = load(["variants.us.maturity.analysis=2", "strategies=[us]"])
    assert us.maturity == Maturity(analysis=2.0)


def test_a_circle_is_named():
    with pytest.raises(BadInput, match="must not lead back to itself"):
        load(["variants={a: {from: b}, b: {from: a}}", "strategies=[a]"])
