"""Claims about the Customer Bullseye: levels to capabilities, switches, what levels cost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.company.bullseye import firm_record, reach_dkk, terms_record, upkeep_dkk_year
from sim.settings.company import DISCIPLINES, capabilities
from sim.settings.load import load
from sim.settings.strategy import Maturity, Policies

SETTINGS, _ = load([])
COMPANY, MARKET = SETTINGS.company, SETTINGS.market
ALL = {level: Maturity(**dict.fromkeys(DISCIPLINES, level)) for level in (0, 1, 2, 3)}
BETTER_WHEN_LESS = {"share_delay_days", "steer_by_last_click"}


def test_whole_levels_are_the_rungs_of_the_ladder():
    for level, maturity in ALL.items():
        found = capabilities(COMPANY.ladder, maturity.model_dump())
        assert found["link_device"] == COMPANY.ladder.recognition.link_device[level]
        assert found["executes"] == COMPANY.ladder.organisation.executes[level]


@given(st.floats(0, 3), st.floats(0, 3))
def test_a_higher_level_never_enables_less(one, other):
    low, high = sorted((one, other))
    below, above = (
        capabilities(COMPANY.ladder, dict.fromkeys(DISCIPLINES, level)) for level in (low, high)
    )
    for name in below.keys() - BETTER_WHEN_LESS:
        assert below[name] <= above[name] + 1e-12, name
    assert below["share_delay_days"] >= above["share_delay_days"]


def test_a_switched_off_action_has_no_capability_and_the_rest_keeps_its_own():
    on = firm_record(COMPANY, MARKET, Policies(), ALL[3])
    off = firm_record(COMPANY, MARKET, Policies(flows=False, handover=False), ALL[3])
    assert on["flows"][0] == on["hand_over"][0] == 1
    assert off["flows"][0] == off["hand_over"][0] == 0
    same = [n for n in on.dtype.names if n not in ("flows", "hand_over")]
    assert all(np.array_equal(on[n], off[n]) for n in same)


def test_what_customers_can_read_does_not_depend_on_maturity():
    assert terms_record(COMPANY, Policies()) == terms_record(COMPANY, Policies())
    assert not set(terms_record(COMPANY, Policies()).dtype.names) & set(DISCIPLINES)


def test_keeping_a_level_costs_more_the_higher_it_is_and_less_a_person_in_a_larger_firm():
    costs = [upkeep_dkk_year(COMPANY, ALL[level], 10_000) for level in ALL]
    assert costs[0] == 0 and costs == sorted(costs)
    larger = upkeep_dkk_year(COMPANY, ALL[2], 100_000)
    assert costs[2] < larger < 10 * costs[2]


def test_climbing_costs_once_and_falling_is_free():
    up = reach_dkk(COMPANY, ALL[1], ALL[2], 10_000)
    assert up > 0 and reach_dkk(COMPANY, ALL[2], ALL[1], 10_000) == 0
    both = reach_dkk(COMPANY, ALL[0], ALL[1], 10_000) + up
    assert both == pytest.approx(reach_dkk(COMPANY, ALL[0], ALL[2], 10_000))
