"""Claims about where people live among our stores."""

from __future__ import annotations

import math

import numpy as np
import pytest
from worlds import world

from sim.core.records import CUSTOMER
from sim.settings.stores import Store, town_table
from sim.world.towns import other_km, settle_people

near = pytest.approx


def settled(stores: dict[str, Store], n: int = 4000, km: float = 9.0) -> np.ndarray:
    people = np.zeros(n, CUSTOMER)
    people["id"], people["distance_km"] = np.arange(n), km
    settle_people(people, town_table(stores), 3)
    return people


def two(**more: Store) -> dict[str, Store]:
    return {"a": Store(share=3, apart_km=20), "b": Store(share=1, apart_km=40)} | more


def test_people_live_near_the_stores_by_their_shares():
    near_it = np.bincount(settled(two())["nearest"], minlength=2) / 4000
    assert near_it == near([0.75, 0.25], abs=0.02)
    assert not settled({"only": Store()})["nearest"].any()


def test_nobody_lives_near_a_store_without_a_share():
    assert set(settled(two(c=Store(share=0)), 500)["nearest"]) == {0, 1}


def test_the_others_lie_in_all_directions_from_the_nearest_town_and_are_never_nearer():
    people = settled(two())
    far = people["store_dam"][np.arange(4000), 1 - people["nearest"]] / 100
    apart = (20 + 40) / 2
    assert far.min() == near(apart - 9, abs=0.1) and far.max() == near(apart + 9, abs=0.1)
    assert np.mean(far**2) == near(apart**2 + 81, rel=0.02), "no direction is more likely"
    own = settled(two(), km=35.0)
    assert (own["store_dam"][:, :2] > 3500).all(), "rounded up"
    assert (own["distance_km"] == 35.0).all(), "what was drawn stays"


def test_the_way_is_plane_geometry():
    assert other_km(3.0, 4.0, 0.0, -2.0) == near(5.0)
    assert other_km(3.0, 10.0, 1.0, 0.0) == near(7.0)
    assert other_km(3.0, 10.0, -0.5, 0.0) == near(13.0)
    assert other_km(3.0, 4.0, 1.0, 0.0) == 3.0, "never nearer than the nearest"
    assert other_km(3.0, 10.0, 2.0, 2.0) == near(math.sqrt(109 - 60 / math.sqrt(2)))


def test_another_store_changes_nobody_s_way_to_the_others():
    fewer, more = settled(two(), 300), settled(two(c=Store(share=0, apart_km=9)), 300)
    assert (fewer["nearest"] == more["nearest"]).all()
    assert (fewer["store_dam"][:, :2] == more["store_dam"][:, :2]).all()


def test_the_default_stores_are_as_skilled_together_as_one_was():
    stores = world().company.stores.values()
    met = sum(s.share * s.skill for s in stores) / sum(s.share for s in stores)
    assert met == near(Store().skill)
    assert met * world().market.buying.advised_in_store == near(0.5), "half of all looks (B44)"
