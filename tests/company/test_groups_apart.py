"""Groups that stand apart: their capabilities are those of other levels, and nothing else is."""

import numpy as np
import pytest

from sim.company.bullseye import firm_record, set_capabilities
from sim.settings.load import load
from sim.settings.strategy import Apart

SETTINGS, (AVERAGE, LEADER) = load(["strategies=[danish_average,leader]"])
COMPANY, POLICIES = SETTINGS.company, AVERAGE.policies
MEDIA = SETTINGS.market.channels.media()


def record(levels, *groups: str, policies=POLICIES):
    """The company at these levels, with the leader's groups where ``levels`` are the average's."""
    other = LEADER if levels is AVERAGE else AVERAGE
    apart = Apart(groups=groups, maturity=other.maturity)
    return firm_record(COMPANY, policies, levels.maturity, MEDIA, apart)


def differences(one, other) -> set[str]:
    return {n for n in one.dtype.names if not np.array_equal(one[n], other[n])}


@pytest.mark.parametrize("group", COMPANY.groups)
@pytest.mark.parametrize("levels", [AVERAGE, LEADER], ids=["average", "leader"])
def test_a_group_apart_moves_its_own_capabilities_and_nothing_else(levels, group):
    own, other = record(AVERAGE), record(LEADER)
    moved = differences(record(levels), record(levels, group))
    ours = set(COMPANY.groups[group].capabilities)
    follows = {"holdout"} if group == "advertising" else set()
    assert moved == differences(own, other) & (ours | follows)


def test_all_groups_apart_make_the_company_that_they_are_taken_from():
    assert not differences(record(LEADER, *COMPANY.groups), record(AVERAGE))
    assert not differences(record(AVERAGE, *COMPANY.groups), record(LEADER))


def test_an_action_that_is_switched_off_stays_off_apart():
    off = POLICIES.model_copy(update={"handover": False})
    assert record(AVERAGE, "hand_over", policies=off)["hand_over"][0] == 0


def test_a_company_on_its_way_keeps_its_groups_apart():
    apart = Apart(groups=("store",), maturity=AVERAGE.maturity)
    moved = record(AVERAGE)
    set_capabilities(moved, COMPANY, POLICIES, LEADER.maturity, apart)
    assert not differences(moved, record(LEADER, "store"))
