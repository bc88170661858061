"""Claims about the Customer Bullseye: levels to capabilities, switches, what levels cost."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.company.bullseye import firm_record, terms_record
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
    on = firm_record(COMPANY, Policies(), ALL[3])
    off = firm_record(COMPANY, Policies(flows=False, handover=False), ALL[3])
    assert on["flows"][0] == on["hand_over"][0] == 1
    assert off["flows"][0] == off["hand_over"][0] == 0
    same = [n for n in on.dtype.names if n not in ("flows", "hand_over")]
    assert all(np.array_equal(on[n], off[n]) for n in same)


def test_what_customers_can_read_does_not_depend_on_maturity():
    assert terms_record(COMPANY, Policies()) == terms_record(COMPANY, Policies())
    assert not set(terms_record(COMPANY, Policies()).dtype.names) & set(DISCIPLINES)
