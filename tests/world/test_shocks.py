"""A shock changes what customers meet, on its days and no others, the same in both drivers."""

from __future__ import annotations

import golden
import numpy as np
import pytest
from worlds import LIVELY, in_plain_python, lively_strategy, world

from sim.core import events as ev
from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.settings.shocks import met_by_customers
from sim.world.model import OmnichannelModel

FORK, FIRST, LAST = 30, 60, 100  # days of the world: the fork, the shock's first and its end
DATED = f"from_day: {FIRST - FORK}, until_day: {LAST - FORK}"


def shocked(what: str) -> tuple[str, ...]:
    shock = "{name: test, " + DATED + ", " + what + "}"
    return (*LIVELY, f"scale.warmup_days={FORK}", f"scenario.shocks=[{shock}]")


def lived(*overrides: str) -> np.ndarray:
    return OmnichannelModel(world(*overrides), lively_strategy(), keep_log=True).run(118).events()


@pytest.fixture(scope="module")
def calm() -> np.ndarray:
    return lived(*LIVELY, f"scale.warmup_days={FORK}")


def within(events: np.ndarray, kind: int, first: int, end: int) -> np.ndarray:
    return events[(events["kind"] == kind) & (events["day"] >= first) & (events["day"] < end)]


def test_before_its_first_day_nothing_differs(calm):
    war = lived(*shocked("market: {competitor_price: 0.5}"))
    assert (war[war["day"] < FIRST] == calm[calm["day"] < FIRST]).all()
    assert len(war) != len(calm) or (war != calm).any()


def test_stores_that_are_closed_are_not_visited(calm):
    closed = lived(*shocked("stores_open: false"))
    assert len(within(closed, ev.STORE_VISIT, FIRST, LAST)) == 0
    assert len(within(calm, ev.STORE_VISIT, FIRST, LAST)) > 20
    assert len(within(closed, ev.STORE_VISIT, LAST, 118)) > 20, "and opened again"


def test_slow_parcels_are_those_ordered_while_the_shock_lasts(calm):
    slow = lived(*shocked("market: {returning.carrier_days: 12}"))
    late, usual = (
        within(log, ev.PARCEL_DELIVERED, FIRST + 8, 118)["value"].mean() for log in (slow, calm)
    )
    assert late > usual + 2


def test_a_price_war_sells_more_at_the_competitors_on_its_days(calm):
    war = lived(*shocked("market: {competitor_price: 0.5}"))
    counts = [len(within(log, ev.COMPETITOR_SALE, FIRST, LAST)) for log in (war, calm)]
    assert counts[0] > 1.2 * counts[1]


SCRIPT = """
import sys
sys.path[:0] = ["tests", "tests/world"]
import golden
from test_shocks import CLOSED, lived
print(golden.fingerprint(lived(*CLOSED))["hash"])
"""
CLOSED = shocked("stores_open: false, market: {returning.carrier_days: 9}")


def test_both_drivers_meet_the_same_shock():
    ours = golden.fingerprint(lived(*CLOSED))["hash"]
    assert in_plain_python("-c", SCRIPT).strip() == ours


@pytest.mark.parametrize(
    ("shock", "said"),
    [
        ("{name: x, market: {buying.outside_web: 5}}", "cannot change market.buying.outside_web"),
        ("{name: x, market: {competitor_price: 9}}", "must be 0.2..5"),
        ("{name: x, from_day: 9, until_day: 9}", "until_day must come after from_day"),
        ("{name: x, market: {nothing: 1}}", "cannot change market.nothing"),
    ],
)
def test_what_a_shock_may_not_change_is_named(shock, said):
    with pytest.raises(BadInput, match=said):
        load([f"scenario.shocks=[{shock}]"])


def test_no_number_that_weighs_in_a_choice_can_be_shocked():
    for key, facts in met_by_customers().items():
        assert "logit" not in facts["unit"], key
    assert {"competitor_price", "returning.carrier_days"} <= set(met_by_customers())
