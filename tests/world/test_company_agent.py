"""Claims about the company as it acts from day to day: what changing costs, what it steers by."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import named, world

from sim.core.compiled import COMPILED
from sim.settings.strategy import Strategy
from sim.world.model import OmnichannelModel

DRIVER = "compiled" if COMPILED else "readable"
SMALL = ("scale.customers=50", "scale.warmup_days=2", "scale.horizon_days=20")


def scheduled(levels: str) -> Strategy:
    """A strategy at the levels of another, written as a schedule that begins with them."""
    content = named(levels).model_dump()
    content["name"] = "scheduled"
    content["schedule"] = ({"day": 0, "maturity": content["maturity"]},)
    return Strategy.model_validate(content)


def kept_up(before: str) -> float:
    """What 20 days at the leader's levels cost a firm that was at other levels before, DKK."""
    trunk = OmnichannelModel(world(*SMALL), named(before), driver=DRIVER).run(2)
    return trunk.fork(scheduled("leader")).run().company.upkeep_dkk


def test_a_step_at_the_fork_costs_more_than_having_been_there():
    there, climbed = kept_up("leader"), kept_up("immature")
    assert climbed > there > 0


def test_platforms_pace_every_few_days(monkeypatch):
    settings = world("scale.customers=50", "market.channels.pacing.pacing_days=5")
    model, told = OmnichannelModel(settings, named("leader"), driver=DRIVER), []
    monkeypatch.setattr(model.company.media, "pace", lambda days: told.append((model.day, days)))
    model.run(12)
    assert told == [(4, 5), (9, 5)]


def test_media_are_steered_by_what_sold_since_the_last_steering(monkeypatch):
    """Sales of 10 DKK a day and channel: every period of a week has sold for 70, not more."""
    settings = world("scale.customers=50", "company.steering.steering_days=7")
    model, told = OmnichannelModel(settings, named("leader"), driver=DRIVER), []
    company = model.company
    sold = lambda: np.full(len(company.media.split) + 2, 1_000.0 * (model.day + 1))  # noqa: E731
    monkeypatch.setattr(company, "credit", sold)
    monkeypatch.setattr(company.media, "steer", lambda *given: told.append(given))
    company.credited = np.zeros(len(company.media.split) + 2)
    model.run(21)
    assert len(told) == 3
    for credit, _, _, _, treated, held, _ in told:
        assert credit == pytest.approx([70] * len(credit)), "a period begins from nothing"
        assert treated == held == pytest.approx(70)
