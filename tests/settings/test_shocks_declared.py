"""Shocks come and go by degrees, come again, overlap, and stay within bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.records import CELLS, STYLES
from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.settings.market import Market, market_record, season_table
from sim.settings.shocks import Fashion, Shock, in_fashion, met_by_customers, shocked

near = pytest.approx
CARRIER = "returning.carrier_days"


@pytest.fixture(scope="module")
def market() -> Market:
    return load([])[0].market


def slow(days: float = 9.0, **dated) -> Shock:
    return Shock(name="slow", market={CARRIER: days}, **dated)


def carrier_days(market: Market, *shocks: Shock, day: int) -> float:
    felt = tuple(shock.strength_on(day) for shock in shocks)
    return float(shocked(market_record(market), market, shocks, felt)["carrier_days"][0])


def test_a_plain_shock_is_felt_whole_on_its_days_and_on_no_other():
    shock = slow(from_day=10, until_day=13)
    assert [shock.strength_on(day) for day in range(9, 14)] == [0, 1, 1, 1, 0]


def test_a_shock_rises_and_fades_in_a_straight_line():
    shock = slow(from_day=10, until_day=15, rise_days=3, fade_days=1)
    felt = [shock.strength_on(day) for day in range(9, 18)]
    assert felt == near([0, 0.25, 0.5, 0.75, 1, 1, 0.5, 0, 0])


def test_what_ends_before_it_has_risen_fades_from_where_it_is():
    shock = slow(from_day=0, until_day=2, rise_days=3, fade_days=1)
    assert [shock.strength_on(day) for day in range(4)] == near([0.25, 0.5, 0.25, 0])


def test_a_shock_comes_again_with_its_fading():
    shock = slow(from_day=5, until_day=7, fade_days=1, every_days=10)
    felt = {day: shock.strength_on(day) for day in range(40)}
    assert [day for day in felt if felt[day] == 1] == [5, 6, 15, 16, 25, 26, 35, 36]
    assert [day for day in felt if felt[day] == 0.5] == [7, 17, 27, 37]
    assert shock.gone_by(40) == 40 and slow(until_day=7, fade_days=1).gone_by(40) == 8


def test_a_number_moves_as_far_as_the_shock_is_felt(market):
    usual = market.returning.carrier_days
    shock = slow(9.0, from_day=10, until_day=20, rise_days=1)
    found = [carrier_days(market, shock, day=day) for day in (9, 10, 11, 20)]
    assert found == [usual, near((usual + 9) / 2), 9.0, usual]


def test_of_two_that_overlap_the_later_goes_on_from_what_the_first_has_made(market):
    first, second = slow(9.0), slow(5.0, from_day=10, until_day=20, fade_days=1)
    found = [carrier_days(market, first, second, day=day) for day in (9, 10, 20, 21)]
    assert found == [9.0, 5.0, near(7.0), 9.0]


MARKET = load([])[0].market


@given(
    st.lists(st.tuples(st.floats(0.5, 30), st.integers(0, 20), st.integers(0, 9)), max_size=4),
    st.integers(0, 60),
)
def test_a_number_never_leaves_its_bounds(shocks, day):
    made = [slow(v, from_day=f, until_day=f + 9, rise_days=r, fade_days=r) for v, f, r in shocks]
    assert 0.5 <= carrier_days(MARKET, *made, day=day) <= 30


def test_whole_numbers_stay_whole(market):
    shock = Shock(name="x", rise_days=3, market={"visiting.awake_from_minute": 421})
    facts = shocked(market_record(market), market, (shock,), (0.4,))
    assert facts["awake_from_minute"].tolist() == [420]


def test_in_fashion_a_style_is_asked_for_so_many_times_as_often(market):
    trails = Shock(name="x", fashion=Fashion(category="running", style="trail", times=4))
    facts = shocked(market_record(market), market, (trails,), (0.5,))["in_fashion"][0]
    place = 1 * STYLES + 1
    assert facts[place] == near(2.5) and (np.delete(facts, place) == 1).all()
    assert len(facts) == CELLS


def test_people_move_between_media_channels_by_degrees_and_others_stay_as_they_were(market):
    shock = Shock(name="x", habits={"instagram": 0.4, "leaflet": 3.0})
    for felt, instagram, leaflet in ((0.0, 1.0, 1.0), (0.5, 0.7, 2.0), (1.0, 0.4, 3.0)):
        channels = shocked(market_record(market), market, (shock,), (felt,))["channels"][0]
        here = dict(zip(("instagram", "search", "display", "leaflet"), channels, strict=False))
        assert here["instagram"]["time_here"] == near(instagram)
        assert here["leaflet"]["time_here"] == near(leaflet)
        assert here["search"]["time_here"] == here["display"]["time_here"] == 1.0


def test_needs_of_the_category_grow_by_the_style_alone_while_it_lasts(market):
    plain = season_table(market, 60)
    shock = Shock(
        name="x",
        from_day=10,
        until_day=20,
        fashion=Fashion(category="running", style="trail", times=4),
    )
    table = in_fashion(plain, market, (shock,), 30)
    more = np.diff(table, axis=1) / np.where(np.diff(plain, axis=1) > 0, np.diff(plain, axis=1), 1)
    share = market.categories[1].style_shares[1]
    assert more[1, 40:50] == near(1 + 3 * share) and more[1, 39] == near(1) == more[1, 50]
    assert (np.delete(table, 1, 0) == np.delete(plain, 1, 0)).all(), "others as they were"
    assert in_fashion(plain, market, (slow(),), 30) is plain


@pytest.mark.parametrize(
    ("shock", "said"),
    [
        ("{name: x, until_day: 9, fade_days: 3, every_days: 11}", "every_days must be 0 or at le"),
        ("{name: x, rise_days: -1}", "rise_days"),
        ("{name: x, fashion: {category: ski, style: road}}", "fashion.category 'ski'; there are"),
        ("{name: x, fashion: {category: running, style: ski}}", "running has road, trail, tread"),
        ("{name: x, fashion: {category: running, style: road, times: 99}}", "times"),
        ("{name: x, habits: {myspace: 2}}", "has habits.myspace; media channels are instagram, se"),
        ("{name: x, habits: {instagram: 0}}", "habits.instagram to 0, which must be 0.01..100"),
    ],
)
def test_what_cannot_be_is_named_in_one_line(shock, said):
    with pytest.raises(BadInput, match=said) as refused:
        load([f"scenario.shocks=[{shock}]"])
    assert "\n" not in str(refused.value)


def test_what_the_scenarios_change_is_met_and_no_weight_of_a_choice():
    met = met_by_customers()
    assert {"people.time_at_hand", "elsewhere.their_shows", "buying.tau_web"} <= set(met)
    assert not {"touchpoints.competitor_utility", "buying.doubt_web"} & set(met)
