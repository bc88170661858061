"""Who comes and goes does not depend on how long is simulated; places are used again."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import LIVELY, differences, lively_strategy, named, world

from sim.core import events as ev
from sim.core.records import EMPTY, PROFILE
from sim.settings.people import People
from sim.world.customers import fill_profiles
from sim.world.model import OmnichannelModel
from sim.world.population import Population

BRISK = (*LIVELY, "market.people.stay_days=90", "scale.warmup_days=0")


def lived(days: int, until: int | None = None) -> OmnichannelModel:
    settings = world(*BRISK, f"scale.horizon_days={days}")
    return OmnichannelModel(settings, lively_strategy(), keep_log=True).run(until)


@pytest.fixture(scope="module")
def long_run():
    """A year in a market whose people stay a quarter: several times as many as are there."""
    return lived(365)


def test_entry_and_exit_do_not_depend_on_the_length_of_the_run():
    short, long = (Population(People(), 5_000, days, seed=1) for days in (100, 300))
    there = slice(0, len(short))
    for name in ("entry_day", "exit_day", "shopper"):
        assert np.array_equal(getattr(short, name), getattr(long, name)[there]), name
    assert short.entry_day.max() < 100 <= long.entry_day[len(short) :].min()


def test_the_first_days_are_the_same_however_long_the_run(long_run):
    short = lived(100)
    events = long_run.events()
    assert differences(short.events(), events[events["day"] < 100]) == []
    assert (short.events()["kind"] == ev.LAPSED).sum() > 50


def test_as_many_come_as_leave():
    people = Population(People(stay_days=300), 20_000, 1_000, seed=3)
    there = [
        ((people.entry_day <= day) & (day < people.exit_day)).sum() for day in range(0, 1000, 90)
    ]
    np.testing.assert_allclose(there, 20_000, rtol=0.03)


def test_places_are_used_again_and_nobody_shares_one(long_run):
    population = long_run.population
    assert len(population) > 1.5 * population.places
    taken = population.who[population.who >= 0]
    assert len(np.unique(taken)) == len(taken)
    assert np.array_equal(population.place_of[taken], np.flatnonzero(population.who >= 0))
    customers, profiles, due = long_run.driver.tables()
    there = population.who >= 0
    assert np.array_equal(customers["id"][there], taken)
    empty = np.zeros(len(taken), PROFILE)
    fill_profiles(empty, taken.astype(np.int64), long_run.world_seed)
    assert np.array_equal(profiles["number"][there], empty["number"])
    assert (due[~there] == EMPTY).all()


def test_a_newcomer_begins_with_nothing_of_who_had_his_place_before(long_run):
    events = long_run.events()
    late = np.flatnonzero(long_run.population.entry_day > 200)
    for who in late[:60]:
        own = events[events["customer"] == who]
        assert own["kind"][0] == ev.ENTERED
        letters = (own["kind"] == ev.MAIL_SENT) & (own["order"] == ev.NEWSLETTER)
        mailed = own["day"][letters]
        allowed = own["day"][np.isin(own["kind"], (ev.SUBSCRIBED,))]
        assert len(mailed) == 0 or (len(allowed) and mailed[0] >= allowed[0])


def test_what_somebody_has_ordered_is_settled_before_his_place_is_free(long_run):
    events = long_run.events()
    gone = long_run.population.place_of < 0
    gone &= long_run.population.entry_day < long_run.day
    sold = np.isin(events["kind"], ev.SALES) & gone[events["customer"]]
    closed = np.isin(events["kind"], (ev.JOURNEY_DONE, ev.REFUNDED)) & gone[events["customer"]]
    bought, ended = (
        np.bincount(events["customer"][rows], minlength=len(gone)) for rows in (sold, closed)
    )
    assert bought.sum() > 100
    assert np.array_equal(bought, ended), "each purchase was kept past its window or refunded"
    after = events["day"] >= long_run.population.exit_day[events["customer"]]
    assert (after & np.isin(events["kind"], (ev.REFUNDED, ev.PARCEL_DELIVERED))).any()


def test_tables_follow_the_people_present_and_not_the_length_of_the_run():
    settings = [world("scale.customers=3000", f"scale.horizon_days={d}") for d in (100, 3000)]
    short, long = (OmnichannelModel(s, named("leader")) for s in settings)
    assert len(short.driver.tables()[0]) == len(long.driver.tables()[0]) < 1.2 * 3000


def test_places_are_added_where_more_people_are_there_than_there_is_room():
    model = lived(40, until=10)
    before = model.population.places
    free = model.driver.empty_places()
    model.population.take(np.full(len(free), 0), free)  # nobody is to have them
    model.driver.due[free] = model.end_day
    model.population.who[free] = -2
    model.run()
    assert model.population.places > before
    assert len(model.driver.tables()[0]) == model.population.places


# Two who share a computer


def sharing(customers: int = 20_000, days: int = 300, share: float = 0.3, seed: int = 1):
    return Population(People(), customers, days, seed, sharing=share)


def test_a_share_of_people_share_a_computer_and_always_both_of_a_pair():
    for share in (0.0, 0.3, 1.0):
        people = sharing(share=share)
        whole = people.sharing[: len(people) // 2 * 2].reshape(-1, 2)
        assert whole.mean() == pytest.approx(share, abs=0.015)
        assert np.array_equal(whole[:, 0], whole[:, 1])
    odd = sharing(customers=7, days=0, share=1.0)
    assert list(odd.sharing) == [True] * 6 + [False], "the last of an odd number is alone"


def test_who_shares_does_not_depend_on_how_many_come_nor_on_what_share_do():
    few, many = sharing(days=100), sharing(days=300)
    known = len(few) // 2 * 2
    assert np.array_equal(few.sharing[:known], many.sharing[:known])
    more = sharing(share=0.5)
    assert more.sharing[sharing(share=0.3).sharing].all()
    assert (sharing(seed=2).sharing[:20_000] != sharing().sharing[:20_000]).any()


def test_partners_are_the_places_of_those_who_are_there():
    people = sharing(customers=10, days=0, share=1.0)
    people.take(np.array([0, 1, 4]), np.array([6, 2, 3]))
    found = people.partners(np.array([0, 1, 4, 5, 8, 9]))
    assert list(found) == [2, 6, -1, 3, -1, -1]
    people.sharing[:2] = False
    assert list(people.partners(np.array([0, 1]))) == [-1, -1]


def test_a_pair_parts_when_one_has_left_and_pairs_when_both_have_come(long_run):
    customers, profiles, _ = long_run.driver.tables()
    population = long_run.population
    there = np.flatnonzero(population.who >= 0)
    partner = customers["partner"][there]
    alone, paired = there[partner < 0], there[partner >= 0]
    assert np.array_equal(population.partners(population.who[there]), partner)
    gone = population.sharing[population.who[alone]]
    assert gone.any() and paired.size > 20
    assert (population.place_of[population.who[alone[gone]] ^ 1] == -1).all()
    assert not profiles["other_here"][alone].any(), "nobody else is logged in there"


def test_the_ban_of_one_leaves_the_other_a_computer_of_his_own():
    people = Population(People(), 10, 0, 1, banned=(4,), sharing=1.0)
    came = people.newcomers(0)
    people.take(came, np.arange(len(came)))
    assert 4 not in came and people.partners(np.array([5]))[0] == -1
