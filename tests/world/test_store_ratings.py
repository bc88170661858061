"""Claims about what people say of stores, and what the company makes of it."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import named, world

from sim.company.stores import acts_on_rating, is_rated_below
from sim.core import events as ev
from sim.core.compiled import COMPILED
from sim.world.model import OmnichannelModel

near = pytest.approx
DRIVER = "compiled" if COMPILED else "readable"
FEW = ("scale.customers=50", "scale.warmup_days=0", "scale.horizon_days=400")
# 50 simulated people to four stores, 2,500 real ones to twenty: a rating counts ten times
SIZE = ("company.size.active_customers=1250", "company.size.active_share=0.5")
READS = "company.ladder.measurement.reads_store_ratings=[0,0,0,1]"


def model(*overrides: str, strategy: str = "leader") -> OmnichannelModel:
    """A small world on its first morning."""
    return OmnichannelModel(world(*FEW, *SIZE, *overrides), named(strategy), driver=DRIVER)


def say(ours: OmnichannelModel, store: int, *stars: int) -> None:
    """Today so many stars are given to a store."""
    log = np.zeros(len(stars) + 1, ev.EVENT)
    log["kind"], log["order"], log["value"] = ev.STORE_RATED, store, [*stars, 1]
    log["kind"][-1] = ev.REVIEWED  # of an item: nothing to the store
    ours.store_ratings.count(log, len(log))


def morning(ours: OmnichannelModel, day: int) -> OmnichannelModel:
    ours.day = day
    ours.store_ratings.open_day()
    return ours


def seen(ours: OmnichannelModel, name: str) -> list[float]:
    return ours.today["shops"][name][0].tolist()


def test_what_is_said_today_is_heard_tomorrow_shrunk_towards_the_mean_of_all():
    ours = model("market.visiting.rating_half_life_days=36500")
    say(ours, 0, 5, 5, 4)
    say(ours, 2, 2)
    assert morning(ours, 1).today["stars"] == 3.5 and not any(seen(ours, "praise"))
    ours.store_ratings.close_day()
    morning(ours, 2)
    assert ours.today["stars"][0] == near(4.0)
    prior = ours.settings.market.visiting.rating_prior
    expected = [(14 / 3 - 4) * 30 / (30 + prior), 0, (2 - 4) * 10 / (10 + prior), 0, 0, 0]
    assert seen(ours, "praise") == near(expected)


def test_ratings_fade_by_halves():
    ours = model("market.visiting.rating_half_life_days=5")
    say(ours, 1, 5, 3)
    ours.store_ratings.close_day()
    assert ours.store_ratings.ratings[1] == near(2 * 10)
    for _ in range(5):
        ours.store_ratings.close_day()
    assert ours.store_ratings.ratings[1] == near(10)
    assert ours.store_ratings.stars[1] / ours.store_ratings.ratings[1] == near(4)


def test_hours_and_skill_are_those_of_the_day():
    ours = morning(model("company.stores.centre.weekend_closing_minute=1000"), 4)
    stores = list(ours.settings.company.stores.values())
    assert ours.today["n_shops"] == len(stores) == 4
    assert seen(ours, "closes")[:4] == [s.closing_minute for s in stores]
    assert seen(ours, "skill")[:4] == [s.skill for s in stores]
    assert seen(morning(ours, 5), "closes")[1] == 1000 == seen(morning(ours, 6), "closes")[1]
    assert seen(morning(ours, 7), "closes")[1] == stores[1].closing_minute


def rated(*overrides: str, strategy: str = "leader", worst: int = 3) -> OmnichannelModel:
    """The city is praised, one other store is not."""
    ours = model(READS, *overrides, strategy=strategy)
    say(ours, 0, *[5] * 9)
    say(ours, worst, *[2] * 9)
    ours.store_ratings.close_day()
    return ours


def test_staff_of_a_store_rated_below_the_others_learn_from_the_best_and_that_costs():
    ours = rated()
    before, paid = ours.store_ratings.skill.copy(), ours.company.upkeep_dkk
    assert (morning(ours, 90).store_ratings.skill == before).all(), "once a quarter"
    morning(ours, 91)
    share = ours.settings.company.systems.training_share
    gain = share * (before[0] - before[3])
    assert ours.store_ratings.skill - before == near(np.array([0, 0, 0, gain]))
    assert seen(ours, "skill")[3] == near(before[3] + gain), "from this morning on"
    real = 20 / 4 * ours.settings.company.economics.training_dkk
    assert ours.company.upkeep_dkk - paid == near(real * 50 / 2500), "our people's share"
    assert ours.store_ratings.skill.std() < before.std()


def test_training_by_staff_who_know_no_more_costs_and_teaches_nothing():
    ours = rated("company.stores.outlet.skill=0.9")
    before, paid = ours.store_ratings.skill.copy(), ours.company.upkeep_dkk
    morning(ours, 91)
    assert (ours.store_ratings.skill == before).all() and ours.company.upkeep_dkk > paid


def test_what_was_taught_leaves_with_the_staff_by_halves():
    ours = rated("company.systems.training_half_life_days=10")
    before = ours.store_ratings.skill.copy()
    taught = (morning(ours, 91).store_ratings.skill - before)[3]
    for _ in range(10):
        ours.store_ratings.close_day()
    assert ours.store_ratings.skill - before == near(np.array([0, 0, 0, taught / 2]))


def test_only_a_company_that_reads_its_ratings_trains():
    for strategy, trains in (("leader", True), ("immature", False)):
        ours = rated(strategy=strategy)
        before = ours.store_ratings.skill.copy()
        assert (morning(ours, 91).store_ratings.skill != before).any() == trains
    assert np.mean([acts_on_rating(0.3, 5, day, 1) for day in range(2000)]) == near(0.3, abs=0.03)


def test_a_store_is_below_the_others_from_a_threshold_on():
    assert is_rated_below(-0.1, 0.1) and not is_rated_below(-0.09, 0.1)
    assert not is_rated_below(0.3, 0.1)


def test_a_fork_forgets_no_rating_and_goes_on_alone():
    ours = rated()
    twin = ours.fork(named("leader"))
    morning(twin, 91)
    assert twin.store_ratings.skill[3] > ours.store_ratings.skill[3]
    assert (twin.store_ratings.ratings == ours.store_ratings.ratings).all()


def test_without_interaction_ratings_and_skill_stay_as_they_were_at_the_fork():
    twin = rated("interaction=false").fork(named("leader"))
    before = twin.store_ratings.skill.copy(), twin.store_ratings.ratings.copy()
    say(twin, 1, 1, 1, 1)
    twin.store_ratings.close_day()
    morning(twin, 91)
    assert (twin.store_ratings.skill == before[0]).all()
    assert (twin.store_ratings.ratings == before[1]).all()
