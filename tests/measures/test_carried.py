"""What groups carry, from made-up worlds in which one can count it in the head."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.measures import carries as by
from sim.measures.carries import CARRIED, COLUMNS, EFFECTS, effects

SEEDS = (1, 2, 3)
MAIL, DESK = "personal_newsletter", "service"
# arm and group -> level over the seed's own; mail needs data: alone it brings half
LEVELS = {
    (by.FIRST, by.WHOLE): 100.0,
    (by.SECOND, by.WHOLE): 160.0,
    (by.WITHOUT, MAIL): 110.0,
    (by.ONLY, MAIL): 125.0,
    (by.WITHOUT, DESK): 150.0,
    (by.ONLY, DESK): 110.0,
}


def made_up(levels=LEVELS, seeds=SEEDS, noise=0.0) -> pd.DataFrame:
    """Effects of levels that are the same in every seed but for the seed's own, and noise."""
    random = np.random.default_rng(4)
    found = [
        (seed, *arm, measure, 1000 * seed + level + noise * random.normal())
        for seed in seeds
        for measure in CARRIED
        for arm, level in levels.items()
    ]
    return effects(found)


def of(frame: pd.DataFrame, group: str, effect: str) -> pd.Series:
    chosen = (frame["group"] == group) & (frame["effect"] == effect)
    return frame[chosen & (frame["measure"] == "gross_revenue")].iloc[0]


def test_without_it_only_it_and_their_interaction():
    found = made_up()
    assert of(found, MAIL, by.LOST)["mean"] == pytest.approx(50)
    assert of(found, MAIL, by.GAINED)["mean"] == pytest.approx(25)
    assert of(found, MAIL, by.TOGETHER)["mean"] == pytest.approx(25)
    assert of(found, DESK, by.TOGETHER)["mean"] == pytest.approx(0)


def test_totals_sums_and_the_rest():
    found = made_up()
    total, rest = of(found, by.WHOLE, by.TOTAL), of(found, by.WHOLE, by.REST)
    assert (total["mean"], total["share"]) == (pytest.approx(60), pytest.approx(1))
    assert of(found, by.WHOLE, by.SUM_LOST)["mean"] == pytest.approx(60)
    assert of(found, by.WHOLE, by.SUM_GAINED)["mean"] == pytest.approx(35)
    assert (rest["mean"], rest["share"]) == (pytest.approx(25), pytest.approx(25 / 60))


def test_differences_are_within_seeds_so_that_what_seeds_share_is_no_error():
    lost = of(made_up(), MAIL, by.LOST)
    assert lost["high"] - lost["low"] == pytest.approx(0, abs=1e-9)
    blurred = of(made_up(noise=1.0), MAIL, by.LOST)
    assert 0 < blurred["high"] - blurred["low"] < 20


def test_shares_of_what_may_be_nothing_are_not_told():
    same = LEVELS | {(by.SECOND, by.WHOLE): 100.0}
    assert made_up(same, noise=1.0)["share"].isna().all()
    assert made_up(seeds=(1,))["share"].isna().all(), "one seed gives no interval"


def test_every_group_has_every_effect_on_every_figure():
    found = made_up()
    assert list(found) == COLUMNS
    assert set(found["effect"]) == set(EFFECTS) - {by.AT_BOUND}
    assert len(found) == len(CARRIED) * (3 * 2 + 4)
    assert not found.duplicated(["group", "effect", "measure"]).any()


def test_at_a_bound_of_what_is_assumed_the_total_is_its_own():
    assumed = LEVELS | {(by.FIRST, "trouble 0"): 90.0, (by.SECOND, "trouble 0"): 120.0}
    found = made_up(assumed)
    at = of(found, "trouble 0", by.AT_BOUND)
    assert (at["mean"], at["share"]) == (pytest.approx(30), pytest.approx(1 / 2))
    usual = made_up()
    pd.testing.assert_frame_equal(
        found[found["effect"] != by.AT_BOUND].reset_index(drop=True), usual
    )
