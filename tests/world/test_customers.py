"""The people of a market: the same whoever makes them, and spread as the settings say."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from worlds import named, world

from sim.core.records import ADDRESSES, CUSTOMER, NEVER, PROFILE, SILOS, STYLES
from sim.settings.market import season_table
from sim.world.customers import Makers, fill_customers, fill_profiles, make_catalogue
from sim.world.model import OmnichannelModel


def people(n: int, threads: int = 1, *overrides: str, entry: int = 0) -> np.ndarray:
    market, made = world(*overrides).market, np.zeros(n, CUSTOMER)
    stays = np.tile([entry, 30, 1], (n, 1))
    makers = Makers.of(market, season_table(market, 31))
    fill_customers(made, np.arange(n), stays, makers, 1, threads)
    return made


def profiles(n: int, threads: int = 1, seed: int = 1, first: int = 0) -> np.ndarray:
    made = np.zeros(n, PROFILE)
    fill_profiles(made, np.arange(first, first + n), seed, threads)
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


def test_a_record_s_number_tells_nothing_of_the_person_and_is_his_in_every_market():
    numbers = profiles(20_000)["number"]
    assert (profiles(100, first=50)["number"] == numbers[50:150]).all()
    assert len(np.unique(numbers)) > 19_990 and numbers.min() >= 0
    assert numbers.mean() == pytest.approx(2**30, rel=0.02)
    assert abs(np.corrcoef(numbers, np.arange(20_000))[0, 1]) < 0.03
    assert (profiles(20_000, seed=2)["number"] != numbers).mean() > 0.999


def test_of_a_new_person_nothing_is_on_file():
    made = profiles(3)
    addresses, silos = made["addresses"], made["silos"]
    assert made["addresses"].shape == (3, ADDRESSES) and silos.shape == (3, SILOS)
    for name in ("written_to", "linked", "device_seen", "has_phone", "alias", "objects"):
        assert (made[name] == 0).all()
    assert (addresses["flow_day"] == NEVER).all() and (addresses["next_flow_day"] == NEVER).all()
    assert (addresses["permission"] == 0).all() and (addresses["contacts"] == 0).all()
    assert (addresses["complement_cell"] == -1).all()
    assert (addresses["last_mail_day"] < -365).all(), "no mail delays the first one"
    assert (made["greeted_day"] < -365).all(), "nor a message the first one in a store"
    assert (made["other_here"] == 0).all() and (silos["filed_order"] == -1).all()
    for facts in (silos["live"], silos["shared"]):
        for name in ("view_cell", "view_item", "buy_cell", "buy_item"):
            assert (facts[name] == -1).all()
        assert not facts["counts"].any() and not facts["orders"].any()


def test_need_rates_are_gamma_and_tastes_dirichlet(many):
    market = world().market
    rate = 1 / many["need_gap"][:, : len(market.categories)]
    yearly = 365 * rate.sum(axis=1)
    mean, shape = market.people.need_rate_year, market.people.need_rate_shape
    assert yearly.mean() == pytest.approx(mean, rel=0.03)
    assert yearly.var() == pytest.approx(mean**2 / shape, rel=0.06)
    share = np.array([c.need_share * s for c in market.categories for s in c.style_shares])
    taste = many["taste"][:, : len(share)]
    np.testing.assert_allclose(taste.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_allclose(taste.mean(axis=0), share, atol=0.006)
    spread = share * (1 - share) / (market.people.taste_concentration + 1)
    np.testing.assert_allclose(taste.var(axis=0), spread, rtol=0.1)
    assert (many["taste"][:, len(market.categories) * STYLES :] == 0).all()


def test_a_share_of_households_takes_no_leaflets():
    leaflet = [m.name for m in world().market.channels.media()].index("leaflet")
    for share in (0.2, 0.7):
        key = "market.channels.print.leaflet.no_thanks"
        gaps = people(2_000, 1, f"{key}={share}")["session_gap"][:, leaflet]
        assert (gaps > 1e6).mean() == pytest.approx(share, abs=0.04), "never one to leaf through"


def test_a_share_of_people_begins_with_the_phone_in_hand():
    for share in (0.5, 0.8):
        found = people(2_000, 1, f"market.people.phone_at_first={share}")["device"]
        assert found.mean() == pytest.approx(share, abs=0.04) and set(found) == {0, 1}


def test_a_share_of_people_knows_us_on_entry_and_forgets_us_exponentially():
    for share, kept in ((0.3, 200.0), (0.8, 50.0)):
        told = (f"market.people.aware_at_start={share}", f"market.people.visit_kept_days={kept}")
        made = people(8_000, 1, *told, entry=7)
        days = made["knows_until"] - made["entry_day"]
        assert (days >= 0).all() and (days > 0).mean() == pytest.approx(share, abs=0.015)
        left = days[days > 0] - 1  # whole days after the first
        assert left.mean() == pytest.approx(1 / math.expm1(1 / kept), rel=0.06)
        assert left.std() == pytest.approx(kept, rel=0.06)
        assert (left >= 2 * kept).mean() == pytest.approx(math.exp(-2), abs=0.02)


def test_where_nobody_knows_us_all_are_strangers_and_where_all_do_nobody_is():
    for share in (0, 1):
        made = people(2_000, 1, f"market.people.aware_at_start={share}", entry=7)
        assert ((made["knows_until"] > 7) == share).all()
        assert (made["knows_until"] >= 7).all()


def test_who_knows_us_is_the_luck_of_none_of_his_other_traits(many):
    knows = many["knows_until"] > 0
    for name in ("preference", "web_affinity", "further_things", "distance_km", "attention"):
        assert abs(np.corrcoef(knows, many[name])[0, 1]) < 0.03, name


def test_how_many_further_things_people_want_is_exponential_between_them(many):
    mean = world().market.people.further_things
    wants = many["further_things"]
    assert mean > 0 and wants.min() >= 0
    assert wants.mean() == pytest.approx(mean, rel=0.03)
    assert wants.std() == pytest.approx(mean, rel=0.04)
    assert (wants > 2 * mean).mean() == pytest.approx(math.exp(-2), abs=0.01)
    twice = people(2_000, 1, f"market.people.further_things={2 * mean}")["further_things"]
    np.testing.assert_allclose(twice, 2 * wants[:2_000])
    assert not people(2_000, 1, "market.people.further_things=0")["further_things"].any()


def test_the_competitors_store_is_as_far_as_ours_but_elsewhere(many):
    told = world().market.people
    for name in ("distance_km", "competitor_km"):
        far = np.log(many[name])
        assert np.median(far) == pytest.approx(math.log(told.distance_km), abs=0.03)
        assert far.std() == pytest.approx(told.distance_spread, rel=0.03)
    away = np.corrcoef(np.log(many["distance_km"]), np.log(many["competitor_km"]))[0, 1]
    assert abs(away) < 0.03
    same = people(2_000, 1, "market.people.distance_spread=0")
    assert (same["competitor_km"] == told.distance_km).all()


def test_what_kind_of_place_people_are_used_to_follows_what_they_like(many):
    prefers = many["store_affinity"] - many["web_affinity"]
    np.testing.assert_allclose(many["store_habit"], 1 / (1 + np.exp(-prefers)))
    assert many["store_habit"].mean() == pytest.approx(0.5, abs=0.01)
    rather = np.log(many["store_habit"] / (1 - many["store_habit"]))
    assert rather.std() == pytest.approx(math.sqrt(2) * world().market.people.affinity_sd, rel=0.03)
    assert 0 < many["store_habit"].min() < 0.25 and 0.75 < many["store_habit"].max() < 1


def test_nothing_has_cost_anybody_anything_to_begin_with(many):
    assert not many["costs_met_dkk"].any()


def test_nobody_has_the_app_a_partner_or_anything_typed_to_begin_with(many):
    for name in ("app", "typed", "logged_in", "club", "account"):
        assert not many[name].any(), name
    assert (many["partner"] == -1).all(), "pairs are made by where people sit"


# What the stores carry


def carried(share: float, *overrides: str) -> np.ndarray:
    """Which items stores carry, ``(styles of all categories, items)``."""
    market = world(*overrides).market
    return make_catalogue(market, share)["in_store"].reshape(-1, market.items_per_style)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_stores_carry_a_share_of_each_style_and_at_least_one_item(share):
    here = carried(share, "market.items_per_style=8")
    assert (here.sum(axis=1) == max(8 * share, 1)).all()
    assert set(np.unique(here)) <= {0, 1}


def test_a_larger_store_carries_what_a_smaller_one_does_and_more():
    shares = (0.1, 0.25, 0.5, 0.75, 1.0)
    stores = [carried(share, "market.items_per_style=8") for share in shares]
    assert all((more >= less).all() for less, more in pairwise(stores))


def test_what_a_store_carries_does_not_go_by_price():
    place = np.arange(8)
    mean = np.average(place, weights=carried(0.5, "market.items_per_style=8").sum(axis=0))
    assert mean == pytest.approx(3.5, abs=0.6)
    assert len(np.unique(carried(0.5, "market.items_per_style=8"), axis=0)) > 5


def test_the_worlds_catalogue_carries_what_the_company_says_and_the_terms_tell_it():
    for share in (0.5, 0.75):
        settings = world(f"company.systems.store_carries={share}", "scale.customers=50")
        model = OmnichannelModel(settings, named("leader"))
        n = settings.market.items_per_style
        assert model.catalogue["in_store"].mean() == max(round(share * n), 1) / n
        assert model.terms["store_carries"][0] == share
        rest = [
            name for name in model.catalogue.dtype.names if name not in ("in_store", "sold_out")
        ]
        plain = make_catalogue(settings.market, seed=model.world_seed)
        assert all(np.array_equal(model.catalogue[name], plain[name]) for name in rest)
