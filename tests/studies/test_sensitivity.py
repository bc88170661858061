"""Indices are those of a response that is known, and the answer says what moves it most."""

from __future__ import annotations

import pytest

from sim.settings.load import check
from sim.studies import labour
from sim.studies.plan import planned
from sim.studies.question import Study
from sim.studies.sensitivity import table
from sim.studies.studied import Way, carried_out
from sim.studies.told import verdict_text, write

STEEP, FLAT = "leader.maturity.analysis", "leader.maturity.measurement"
RESPONSE = "contribution.leader - contribution.danish_average"


def linear(batch):
    """Runs that bring three for a level of analysis, and one for a level of measurement."""
    rows = []
    for key, strategy in batch.runs:
        levels, leads = strategy.maturity, strategy.name == "leader"
        brings = leads * (3 * levels.analysis + levels.measurement) + batch.seed
        rows.append({"run": key, **dict.fromkeys(batch.measures, 0.0), "contribution": brings})
    return rows


def found_by(way: str, tmp_path, monkeypatch, points: int = 64, **more):
    monkeypatch.setattr(labour, "carry_out", linear)
    asked = {
        "name": "try",
        "question": "What moves it?",
        "strategies": ["danish_average", "leader"],
        "axes": {STEEP: {"low": 0, "high": 3}, FLAT: {"low": 0, "high": 3}},
        "draw": {"by": way, "points": points},
        "replications": {"first": 2, "most": 2},
        **more,
    }
    overrides = ("scale.customers=60", "scale.workers=1", f"output.folder={tmp_path}")
    return carried_out(planned(check(Study, asked, "study"), overrides), Way(quiet=True))


def test_sobol_indices_are_the_shares_of_the_variance(tmp_path, monkeypatch):
    found = table(found_by("sobol", tmp_path, monkeypatch, 256)).set_index(["what", "axis"])
    for axis, share in ((STEEP, 0.9), (FLAT, 0.1)):
        row = found.loc[RESPONSE, axis]
        assert row["first_order"] == pytest.approx(share, abs=0.03)
        assert row["total"] == pytest.approx(share, abs=0.03)


def test_morris_effects_are_the_slopes_over_the_whole_range(tmp_path, monkeypatch):
    found = table(found_by("morris", tmp_path, monkeypatch, 10)).set_index(["what", "axis"])
    for axis, effect in ((STEEP, 9.0), (FLAT, 3.0)):
        row = found.loc[RESPONSE, axis]
        assert row["effect"] == pytest.approx(effect) and row["effect_abs"] == pytest.approx(effect)
        assert row["effect_spread"] == pytest.approx(0, abs=1e-9), "a straight line"


def test_what_is_expected_is_what_is_analysed_and_the_text_names_what_moves_it(
    tmp_path, monkeypatch
):
    more = {"expect": ["contribution.leader > 4 + contribution.danish_average"]}
    found = found_by("sobol", tmp_path, monkeypatch, **more)
    assert set(table(found)["what"]) == set(more["expect"])
    text = verdict_text(found)
    assert f"Moves most: {more['expect'][0]}: {STEEP} (0." in " ".join(text.split())
    assert (write(found) / "sensitivity.csv").is_file()


def test_verdicts_say_at_how_many_points_it_holds(tmp_path, monkeypatch):
    axes = {STEEP: {"values": [0, 1, 2, 3]}, FLAT: {"values": [1]}}
    more = {"axes": axes, "draw": {"by": "grid"}, "expect": [f"{RESPONSE} > 5"]}
    found = found_by("grid", tmp_path, monkeypatch, **more)
    (answer,) = found.answers
    assert [point.word for point in answer.points] == ["refuted"] * 2 + ["supported"] * 2
    assert answer.holds == 0.5 and answer.overall.word == "supported", "5.5 on average"
    said = " ".join(verdict_text(found).split())
    assert "It holds at 2 of 4 points, surely at 2, and surely not at 2." in said
    assert table(found).empty, "a grid is no such design"
