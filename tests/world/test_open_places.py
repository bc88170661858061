"""The counts of taken places, by which a day skips needs and orders, agree with the places."""

import numpy as np

from sim.core.records import FREE
from sim.settings.load import load
from sim.world.model import OmnichannelModel


def test_counts_of_open_needs_and_orders_agree_with_the_places():
    settings, (strategy,) = load(
        [
            "strategies=[leader]",
            "scale.customers=500",
            "scale.warmup_days=0",
            "scale.horizon_days=200",
        ]
    )
    world = OmnichannelModel(settings, strategy)
    while world.day < world.end_day:
        world.step()
        people = world.driver.tables()[0]
        for places, count in (("needs", "needs_open"), ("orders", "orders_open")):
            taken = (people[places]["state"] != FREE).sum(axis=1)
            np.testing.assert_array_equal(people[count], taken)
    assert people["needs_open"].max() > 1 and people["orders_open"].max() > 1
