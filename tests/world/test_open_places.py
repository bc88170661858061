"""Places for needs and orders: counted rightly, and none is lost where they run out."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import LIVELY, lively_strategy, world

from sim.core import events as ev
from sim.core.records import FREE, NEEDS, ORDERS
from sim.journey.needs import EXTRA
from sim.world.model import OmnichannelModel

BUYING = (  # people who buy a lot and may bring it back for months
    *LIVELY,
    "market.people.need_rate_shape=5",
    "market.people.stay_days=2000",
    "scale.warmup_days=0",
    "scale.horizon_days=260",
    "company.economics.return_window_days=300",
)
DREAMING = (  # people whose wishes stay wishes
    *BUYING,
    "market.needs.latent_share_shopper=1",
    "market.needs.latent_share_buyer=1",
    "market.needs.latent_life_days=3650",
    *(f"market.needs.wake_{by}=0" for by in ("shopper", "buyer", "store", "store_buyer")),
    "market.messages.cut_wakes=0",
)


def crowded(*overrides: str) -> tuple[OmnichannelModel, int, int]:
    """A world lived to its end, and how many needs and orders one person had at most."""
    model, most = OmnichannelModel(world(*overrides), lively_strategy(), keep_log=True), [0, 0]
    while model.day < model.end_day:
        model.step()
        people = model.driver.tables()[0]
        for k, (places, upto) in enumerate((("needs", "needs_open"), ("orders", "orders_open"))):
            taken = people[places]["state"] != FREE
            last = np.where(taken, np.arange(taken.shape[1]) + 1, 0).max(axis=1)
            np.testing.assert_array_equal(people[upto], last)
            most[k] = max(most[k], int(taken.sum(axis=1).max()))
    return model, *most


@pytest.fixture(scope="module")
def buying():
    return crowded(*BUYING)


@pytest.fixture(scope="module")
def dreaming():
    return crowded(*DREAMING)


def test_the_last_place_taken_is_known_every_day(buying, dreaming):
    for _, needs, orders in (buying, dreaming):
        assert needs + orders > 2


def test_a_need_without_a_place_waits_and_is_not_lost(dreaming):
    model, needs, _ = dreaming
    assert needs == NEEDS, "places have run out"
    assert model.lost["needs"] == 0
    events, people = model.events(), model.driver.tables()[0]
    new = np.isin(events["kind"], (ev.NEED_LATENT, ev.NEED_ACTIVE)) & (events["value"] == 0)
    new &= events["need"] < EXTRA
    there = model.population.who >= 0
    counted = np.zeros(len(model.population), int)
    counted[model.population.who[there]] = people["need_count"][there].sum(axis=1)
    arisen = np.bincount(events["customer"][new], minlength=len(counted))
    here = model.population.place_of >= 0
    assert np.array_equal(arisen[here], counted[here]), "every need that was counted has arisen"


def test_an_order_without_a_place_takes_that_of_the_purchase_kept_longest(buying):
    model, _, orders = buying
    assert orders == ORDERS, "places have run out"
    assert model.lost["orders"] == 0
    events = model.events()
    done = events[events["kind"] == ev.JOURNEY_DONE]
    kept = {(e["customer"], e["order"]): e["day"] for e in events[events["kind"] == ev.KEPT]}
    waited = np.array([e["day"] - kept[e["customer"], e["order"]] for e in done])
    assert len(waited) and (waited < 300).all(), "settled before the return window of 300 days"
