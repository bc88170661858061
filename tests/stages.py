"""Stages for scripted journeys, each lived once a process."""

from __future__ import annotations

from functools import cache

from worlds import named, world

from sim.settings.run import Settings
from sim.settings.script import Script, load_script
from sim.story.plays import Played, play
from sim.story.stage import Stage, set_stage

PEOPLE = 400
LIVED = ("scale.customers=1300", "scale.warmup_days=1092", "scale.horizon_days=150")
SMALL = ("scale.customers=240", "scale.warmup_days=200", "scale.horizon_days=150")


@cache
def stage(strategy: str = "leader", *overrides: str) -> Stage:
    """A world of 1,300 after three years under a strategy, in which 400 play."""
    return set_stage(world(*LIVED, *overrides), named(strategy), PEOPLE)


@cache
def small_stage(strategy: str = "leader") -> Stage:
    """A world of 240 after half a year: for what does not depend on how settled it is."""
    return set_stage(small(), named(strategy), 100)


def small() -> Settings:
    """Settings of the small stage."""
    return world(*SMALL)


@cache
def script(name: str) -> Script:
    """One of the project's scripts."""
    return load_script(name, small())


@cache
def on_trial(name: str, on: bool, but: str = "") -> Played:
    """A script played under the leader, all it rests on switched on or off, ``but`` one thing."""
    switched = script(name).rests_on.switched(on)
    if but:
        switched[but] = not on
    return play(script(name), stage(), trial=switched)
