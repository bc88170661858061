"""Claims about which store somebody goes to, when he is there, and what he says of it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import ID, SEED, choice, market, person, share, tips, today

from sim.core.draws import normal, uniform
from sim.core.records import SHOP
from sim.journey import stores
from sim.journey.stores import (
    NOWHERE,
    best_store,
    comes_at,
    free_from,
    is_open_to,
    promised_stars,
    rates_store,
    remember_store,
    service_met,
    stars_for,
    store_worth,
    theirs_is_open_to,
    there_at,
    travel_dkk,
    way_km,
)

near = pytest.approx
MONDAY, FRIDAY, SATURDAY = 98, 102, 103


def town(*shops: dict, day: int = MONDAY, **about):
    """A day on which these stores are open, from ten to seven unless told otherwise."""
    table = np.zeros(len(shops), SHOP)
    for s, shop in enumerate(shops):
        for name, value in (
            {"opens": 600, "closes": 1140, "skill": 1.0, "queue": 1.0} | shop
        ).items():
            table[name][s] = value
    return today(day, n_shops=len(shops), shops=table, stars=3.5, **about)


def living(*km: float, **him):
    """Somebody whose nearest store, the first, is so far away, and the others are so far."""
    return person(**({"distance_km": km[0], "store_dam": [round(k * 100) for k in km]} | him))


# ---- when he can go ----------------------------------------------------------------------------


def test_a_share_of_people_can_go_all_day_and_the_others_from_their_own_minute_on():
    mk = market(free_all_day=0.4, free_from_minute=990.0, free_from_spread=75.0)
    assert share(lambda who: free_from(mk, who, SEED) == 0) == near(0.4, abs=0.02)
    late = [m for m in (free_from(mk, who, SEED) for who in range(3000)) if m > 0]
    assert np.mean(late) == near(990, abs=6) and np.std(late) == near(75, abs=5)
    who = next(n for n in range(99) if uniform(SEED, n, stores.FREE_ALL_DAY, 0, 0) >= 0.4)
    assert free_from(mk, who, SEED) == int(990 + 75 * normal(SEED, who, stores.FREE_FROM, 0, 0))
    wild = market(free_all_day=0.0, free_from_spread=1e6)
    assert {free_from(wild, who, SEED) for who in range(40)} == {0, 1439}


def test_he_is_there_after_work_and_the_way_but_at_weekends_at_any_time():
    mk = market(trip_minutes_km=2.0)
    me = living(10.0, free_minute=960)
    assert there_at(me, mk, 10.0, town(day=FRIDAY)) == 980
    assert there_at(me, mk, 10.0, town(day=SATURDAY)) == there_at(me, mk, 10.0, town(day=104)) == 0
    assert there_at(living(10.0), mk, 10.0, town(day=FRIDAY)) == 0, "free all day"


def test_a_store_is_open_to_who_is_there_before_it_closes():
    mk, me = market(trip_minutes_km=2.0), living(10.0, free_minute=960)
    assert is_open_to(me, mk, 0, 0, town({"closes": 981}))
    assert not is_open_to(me, mk, 0, 0, town({"closes": 980}))
    assert is_open_to(me, mk, 0, 981, town({"closes": 980})), "he can let himself in"
    assert not is_open_to(me, mk, 0, 1200, town({}, stores_open=0)), "nor on a holiday"


def test_the_competitor_s_store_closes_too():
    mk = market(trip_minutes_km=2.0, competitor_closing_minute=981)
    me = person(competitor_km=10.0, free_minute=960)
    assert theirs_is_open_to(me, mk, town({}))
    me.free_minute = 961
    assert not theirs_is_open_to(me, mk, town({}))
    assert theirs_is_open_to(me, mk, town({}, day=SATURDAY))
    assert not theirs_is_open_to(me, mk, town({}, day=SATURDAY, stores_open=0))


def test_he_comes_at_any_minute_between_the_first_he_can_and_closing_time():
    u, now = uniform(SEED, ID, stores.COMES_AT, 1, MONDAY), town({"opens": 600, "closes": 1100})
    assert comes_at(living(10.0), 0, 0, 0, 1, now) == int(600 + 500 * u)
    assert comes_at(living(10.0), 0, 980, 0, 1, now) == int(980 + 120 * u)
    assert comes_at(living(10.0), 0, 980, 1260, 1, now) == int(980 + 280 * u)


# ---- which store -------------------------------------------------------------------------------


def test_the_way_to_the_nearest_is_his_distance_and_the_others_have_their_own():
    me = living(4.0, 30.25, 9.0, nearest=0)
    assert [way_km(me, s) for s in range(3)] == near([4.0, 30.25, 9.0])
    me.nearest, me.distance_km = 2, 8.99
    assert way_km(me, 2) == 8.99 and way_km(me, 0) == near(4.0)


def test_a_store_is_worth_its_praise_less_the_way():
    mk = market(store_star_worth=0.5, trip_scale_dkk=60.0)
    me = living(4.0, 10.0)
    now = town({"praise": 0.4}, {"praise": -0.2})
    for s, (stars, km) in enumerate(((0.4, 4.0), (-0.2, 10.0))):
        way = travel_dkk(me, mk, km) / 60
        assert store_worth(me, mk, s, now) == near(0.5 * stars - way)


def test_he_goes_to_the_nearest_of_stores_that_are_alike_and_further_for_better_service():
    mk, me = market(store_star_worth=1.0), living(4.0, 10.0)
    assert best_store(me, mk, 0, town({}, {})) == 0
    dearer = (travel_dkk(me, mk, 10.0) - travel_dkk(me, mk, 4.0)) / mk.trip_scale_dkk
    tip = tips(lambda praise: best_store(me, mk, 0, town({}, {"praise": praise})) == 1)
    assert tip == near(dearer, abs=1e-6)


def test_what_is_closed_to_him_he_does_not_go_to():
    mk, me = market(), living(4.0, 10.0, free_minute=1100)
    early, late = {"closes": 1080}, {"closes": 1200}
    assert best_store(me, mk, 0, town(early, late)) == 1
    assert best_store(me, mk, 0, town(early, early)) == NOWHERE
    assert best_store(me, mk, 1260, town(early, late)) == 0, "the app opens the door"
    assert best_store(me, mk, 0, town(early, late, stores_open=0)) == NOWHERE


def test_what_he_has_met_himself_counts_beside_what_is_said():
    mk = market(own_visits_weight=0.25)
    now = town({"praise": 0.4}, {})
    met = [int(4.7 * 50), 0]
    assert promised_stars(living(4.0, 10.0), mk, 0, now) == near(0.4)
    assert promised_stars(living(4.0, 10.0, store_met=met), mk, 0, now) == near(
        0.75 * 0.4 + 0.25 * (4.7 - 3.5)
    )
    assert promised_stars(living(4.0, 10.0, store_met=met), mk, 1, now) == 0


def test_where_there_is_one_store_only_the_way_counts():
    mk, me = market(store_star_worth=5.0), living(4.0, store_met=[250])
    alone = town({"praise": 0.9})
    assert store_worth(me, mk, 0, alone) == -travel_dkk(me, mk, 4.0) / mk.trip_scale_dkk


# ---- what he says of it ------------------------------------------------------------------------

TOLD = {"rating_usual": 3.5, "rating_advice": 1.0, "rating_without": 1.5, "rating_minute": 0.1}


def test_advice_is_liked_a_wait_and_what_was_not_found_are_not():
    mk = market(**TOLD)
    assert service_met(mk, choice()) == 3.5
    assert service_met(mk, choice(advised=1)) == 4.5
    assert service_met(mk, choice(went_without=1)) == 2.0
    assert service_met(mk, choice(till_minutes=6.0)) == near(2.9)
    assert service_met(mk, choice(till_minutes=60.0, went_without=1)) == 1.0
    assert service_met(market(**(TOLD | {"rating_advice": 4.0})), choice(advised=1)) == 5.0


def test_stars_are_whole_and_between_one_and_five():
    given = [stars_for(met) for met in (1.0, 1.49, 2.5, 3.5, 4.49, 5.0)]
    assert given == [1, 1, 3, 4, 4, 5]


def test_a_first_visit_makes_the_picture_and_later_ones_move_it():
    mk, me = market(learning_rate=0.25), living(4.0, 9.0)
    remember_store(me, mk, 1, 4.5)
    assert [int(kept) for kept in me.store_met[:2]] == [0, 225]
    remember_store(me, mk, 1, 2.5)
    assert int(me.store_met[1]) == 200, "a quarter of the way from 4.5 to 2.5"


def test_who_was_surprised_says_so_more_often():
    def often(met, **numbers):
        mk = market(**({"rates_base": -1.0, "rates_surprise": 0.8} | numbers))
        return share(lambda when: rates_store(person(), mk, met, when, today()))

    for stars in (0.0, 1.0, -1.5):
        p = 1 / (1 + math.exp(1.0 - 0.8 * abs(stars)))
        assert often(3.5 + stars) == near(p, abs=0.025)
    assert often(5.0, rates_base=-90.0) == 0
    u = uniform(SEED, ID, stores.RATES, 0, 7)
    for more, said in ((1e-9, True), (-1e-9, False)):
        mk = market(rates_base=math.log(u / (1 - u)) + more, rates_surprise=5.0)
        assert rates_store(person(), mk, 3.5, 7, today()) == said
