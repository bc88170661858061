"""Eight journeys: what each rests on mends it when fully on, and breaks it when it is off.

Played by 400 people in a world that the leader has had for three years. With 400 people the
standard error of a share is at most 0.025; of the complaint, of whom a fifth is counted, 0.06.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from howto import steps
from stages import on_trial, script, small, stage

from sim.settings.script import load_script, script_files
from sim.story.plays import play

HOLDS, BREAKS = 0.8, 0.1  # shares
NAMES = sorted(script_files())
OFFERED = sorted(name for name in NAMES if not script(name).rests_on.rungs)
parts = [(name, part) for name in NAMES for part in script(name).rests_on.switched(True)]


@pytest.mark.parametrize("name", NAMES)
def test_with_what_it_rests_on_fully_on_it_hangs_together(name):
    played = on_trial(name, True)
    assert played.n >= 50
    assert played.share > HOLDS


@pytest.mark.parametrize("name", NAMES)
def test_with_what_it_rests_on_off_it_breaks(name):
    played = on_trial(name, False)
    assert played.n >= 50
    assert played.share < BREAKS


@pytest.mark.parametrize(("name", "part"), parts)
def test_it_takes_every_part_of_what_it_rests_on(name, part):
    assert on_trial(name, True, but=part).share < on_trial(name, True).share - 0.25


@pytest.mark.parametrize("name", sorted({*NAMES} - {*OFFERED}))
def test_the_leader_as_he_is_lies_between(name):
    """People as they come: not all are known, and not all of those say who they are."""
    share = play(script(name), stage()).share
    assert on_trial(name, False).share < share < on_trial(name, True).share


def test_where_nobody_is_known_on_two_devices_no_basket_goes_from_one_to_the_other():
    nobody = [
        f"company.ladder.recognition.{rung}=[0,0,0,0]"
        for rung in ("accounts", "link_device", "offer_app")
    ]
    assert play(script("phone_to_computer"), stage("leader", *nobody)).share < BREAKS


def test_the_journey_of_the_how_to_rests_on_what_it_says(tmp_path):
    page = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "journey.md"
    (made,) = (step for step in steps(page) if step.does == "make")
    (tmp_path / "journey").mkdir()
    (tmp_path / "journey" / "asked_first.yaml").write_text(made.content, encoding="utf-8")
    asked = load_script("asked_first", small(), tmp_path)
    on, off = (play(asked, stage(), trial=asked.rests_on.switched(way)) for way in (True, False))
    assert on.share > 0.65 and off.share < BREAKS
    assert on.broke()["has to tell the agent what she looked at"] == 0
