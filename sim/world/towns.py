"""Where people live among our stores: near one of them, and how far that is from the others."""

from __future__ import annotations

import math

import numpy as np

from sim.core.compiled import COMPILED, rule
from sim.core.draws import decision, normal, uniform
from sim.core.records import to_rows

NEAREST = decision("trait: nearest store", lasting=True)
EAST, NORTH = (
    decision(f"trait: how far {way} the way to another store's town leads", lasting=True)
    for way in ("east", "north")
)
FARTHEST = 65_535  # decametres that a record holds


@rule
def nearest_town(who, towns, seed):
    """The town that he lives near: by its share, the same whatever else is true of him."""
    u = uniform(seed, who, NEAREST, 0, 0)
    for s in range(len(towns) - 1):
        if u < towns[s].until:
            return s
    return len(towns) - 1


@rule
def other_km(own_km, apart_km, east, north):
    """How far it is to a town ``apart_km`` from the nearest one, which lies ``own_km`` away: plane
    geometry, in a direction that two standard normals give. Never less than to the nearest."""
    length = max(math.sqrt(east * east + north * north), 1e-12)
    square = own_km * own_km + apart_km * apart_km - 2.0 * own_km * apart_km * east / length
    return max(math.sqrt(max(square, 0.0)), own_km)


@rule
def live_near(me, towns, seed):
    """Which store of ours is the nearest, and how far the others are."""
    home = nearest_town(me.id, towns, seed)
    me.nearest = home
    for s in range(len(towns)):
        km = me.distance_km
        if s != home:
            apart = 0.5 * (towns[home].apart_km + towns[s].apart_km)
            east = normal(seed, me.id, EAST, towns[s].key, 0)
            north = normal(seed, me.id, NORTH, towns[s].key, 0)
            km = other_km(km, apart, east, north)
        me.store_dam[s] = min(int(km * 100.0) + 1, FARTHEST)


@rule
def settle_rows(people, towns, seed):
    """:func:`live_near` for all rows."""
    for i in range(len(people)):
        live_near(people[i], towns, seed)


def settle_people(people: np.ndarray, towns: np.ndarray, seed: int) -> None:
    """Tell people in CUSTOMER rows, who know how far the nearest store is, where the stores are."""
    if COMPILED:
        settle_rows(people, towns, seed)
        return
    known = to_rows(towns)
    for row in people.view(np.recarray):
        live_near(row, known, seed)
