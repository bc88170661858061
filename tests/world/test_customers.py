"""The people of a market: the same whoever makes them, and spread as the settings say."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import world

from sim.core.records import CUSTOMER, PROFILE, STYLES
from sim.settings.market import season_table
from sim.world.customers import Makers, fill_customers, fill_profiles


def people(n: int, threads: int = 1, *overrides: str) -> np.ndarray:
    market, made = world(*overrides).market, np.zeros(n, CUSTOMER)
    stays = np.tile([0, 30, 1], (n, 1))
    makers = Makers.of(market, season_table(market, 31))
    fill_customers(made, np.arange(n), stays, makers, 1, threads)
    return made


def profiles(n: int, threads: int) -> np.ndarray:
    made = np.zeros(n, PROFILE)
    fill_profiles(made, np.arange(n), threads)
    return made


@pytest.fixture(scope="module")
def many():
    return people(20_000)


def test_people_are_the_same_on_any_number_of_threads(many):
    for threads in (2, 3):
        assert people(20_000, threads).tobytes() == many.tobytes()
    assert profiles(20_000, 2).tobytes() == profiles(20_000, 1).tobytes()


def test_a_person_is_the_same_among_others_and_alone(many):
    assert people(7).tobytes() == many[:7].tobytes()


def test_need_rates_are_gamma_and_tastes_dirichlet(many):
    market = world().market
    rate = 1 / many["need_gap"][:, : len(market.categories)]
    yearly = 365 * rate.sum(axis=1)
    mean, shape = market.people.need_rate_year, market.people.need_rate_shape
    assert yearly.mean() == pytest.approx(mean, rel=0.03)
    assert yearly.var() == pytest.approx(mean**2 / shape, rel=0.06)
    share = np.array([c.need_share * s for c in market.categories for s in c.style_shares])
    taste = many["taste"][:, : len(share)]
    np.testing.assert_allclose(taste.sum(axis=1), 1)
    np.testing.assert_allclose(taste.mean(axis=0), share, atol=0.006)
    spread = share * (1 - share) / (market.people.taste_concentration + 1)
    np.testing.assert_allclose(taste.var(axis=0), spread, rtol=0.1)
    assert (many["taste"][:, len(market.categories) * STYLES :] == 0).all()


def test_a_share_of_people_begins_with_the_phone_in_hand():
    for share in (0.5, 0.8):
        found = people(2_000, 1, f"market.people.phone_at_first={share}")["device"]
        assert found.mean() == pytest.approx(share, abs=0.04) and set(found) == {0, 1}
