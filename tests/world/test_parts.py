"""The parts of the world: what they have is copied by a fork, or named as beginning anew."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from worlds import LIVELY, like, lively_strategy, world

from sim.world.model import OmnichannelModel

FIXED = {"model", "unique_id", "pos", "name", "place", "channels", "lines"}  # the same in any fork


@pytest.fixture(scope="module")
def lived() -> OmnichannelModel:
    return OmnichannelModel(world(*LIVELY), lively_strategy()).run(40)


def test_nothing_that_a_part_has_can_be_forgotten_by_a_fork(lived):
    assert len(lived.parts) >= 5
    for part in lived.parts:
        known = {*part.STATE, *part.ANEW, *FIXED}
        assert set(vars(part)) <= known, f"{type(part).__name__}: name it in STATE or ANEW"


def test_a_fork_to_the_same_strategy_lives_on_as_its_past_would():
    whole = OmnichannelModel(world(*LIVELY), lively_strategy(), keep_log=True).run(60)
    past = OmnichannelModel(world(*LIVELY), lively_strategy(), keep_log=True).run(40)
    twin = past.fork(lively_strategy()).run(60)
    ours = whole.events()
    assert (ours[ours["day"] >= 40] == twin.events()).all()


def test_a_fork_pays_for_the_staff_of_its_own_days_only():
    past = OmnichannelModel(world(*LIVELY), lively_strategy()).run(40)
    before = past.staffed()
    twin = past.fork(lively_strategy()).run(60)
    past.run(60)
    run = twin.run_log()
    own = (run.staffed_minutes_centre, run.staffed_minutes_desk)
    assert own == pytest.approx(
        [now - then for now, then in zip(past.staffed(), before, strict=True)]
    )
    assert all(minutes > 0 for minutes in own)


def test_what_a_fork_does_leaves_its_past_as_it_was(lived):
    before = copy.deepcopy([part.state() for part in lived.parts])
    lived.fork(like(lively_strategy(), newsletters_per_week=7)).run(60)
    after = [part.state() for part in lived.parts]
    for one, other in zip(before, after, strict=True):
        np.testing.assert_equal(_plain(one), _plain(other))


def _plain(state):
    """Dictionaries and arrays only, so that they can be compared."""
    if isinstance(state, dict):
        return {name: _plain(value) for name, value in state.items()}
    if hasattr(state, "__dict__"):
        return {name: _plain(value) for name, value in vars(state).items()}
    return state
