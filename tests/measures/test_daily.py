"""Claims about the books day by day and year by year, and about who is an active customer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_metrics import END, FORK, ITEM_COST, LOG, SIMPLE, SOME_EVENT, event, metric, tiny_run

from sim.core import events as ev
from sim.measures.accounts import active_years, daily_money, money, person_years
from sim.measures.daily import BEFORE_LAST, LAST, SERIES, by_year, daily_series, periods


@settings(max_examples=40, deadline=None)
@given(st.lists(SOME_EVENT, max_size=40), st.integers(0, END - FORK - 1), st.floats(0, 1e5))
def test_the_days_add_up_to_the_books(log, day, minutes):
    totals = {
        "staffed_minutes_centre": minutes,
        "staffed_minutes_desk": minutes / 3,
        "upkeep_dkk": 2 * minutes,
        "use_dkk": minutes,
        "change_dkk": minutes / 4,
    }
    # a search click is paid for or not, nothing else
    log = [e | {"value": 1.0} if e["kind"] == ev.SEARCH_CLICKED else e for e in log]
    run = tiny_run(log, [(0, 0.5, 0.5), (1, 0.5, 0.5)] * 2, **totals)
    run.tally.running[day:] = list(totals.values())
    books, daily = money(run, SIMPLE, ITEM_COST), daily_money(run, SIMPLE, ITEM_COST)
    assert set(books) == set(daily)
    for line, oere in books.items():
        assert len(daily[line]) == END - FORK
        assert daily[line].sum() * 100 == pytest.approx(oere.sum(), abs=10), line


def test_staff_and_upkeep_are_booked_on_the_day_that_adds_them():
    run = tiny_run([])
    run.tally.running[3:] = 10.0, 4.0, 100.0, 40.0, 0.0
    run.tally.running[5:] = 10.0, 4.0, 150.0, 50.0, 10.0
    daily = daily_money(run, SIMPLE, ITEM_COST)
    assert daily["cost_service"][3] == 10 * 6 + 4 * 5
    assert np.flatnonzero(daily["cost_upkeep"]).tolist() == [3, 5]
    told = [daily[f"cost_{what}"][5] for what in ("upkeep", "use", "change")]
    assert told == [30, 10, 10] and daily["contribution"][5] == -50


def test_every_daily_series_of_the_books_has_its_row():
    found = set(daily_series(tiny_run(LOG), SIMPLE, ITEM_COST)["series"])
    assert found == set(SERIES) - {"utilisation"}


def test_a_year_in_which_nobody_is_there_has_no_figures():
    frame = by_year(tiny_run([], spans=dict.fromkeys((0, 1), (0, FORK + 365))), SIMPLE, ITEM_COST)
    unknown = frame.groupby("period")["value"].agg(lambda values: values.isna().all())
    assert unknown.to_dict() == {"year 1": False, "year 2": True, LAST: True, BEFORE_LAST: False}


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (364, {}),
        (365, {"year 1": (0, 365), LAST: (0, 365)}),
        (800, {"year 1": (0, 365), "year 2": (365, 730), LAST: (435, 800), BEFORE_LAST: (70, 435)}),
    ],
)
def test_periods_are_whole_years_and_the_last_365_days(days, found):
    assert periods(days) == found


def test_a_year_counts_what_was_booked_in_it_over_the_people_there_then():
    log = [event(ev.STORE_SALE, FORK + 10, 0, 100), event(ev.STORE_SALE, FORK + 400, 1, 60)]
    run = tiny_run(log, spans={0: (0, FORK + 365)})  # gone before the second year
    frame = by_year(run, SIMPLE, ITEM_COST)
    gross = frame[frame["metric"] == "gross_revenue"].set_index("period")["value"]
    assert gross.to_dict() == {"year 1": 100 / 2, "year 2": 60.0, LAST: 60.0, BEFORE_LAST: 50.0}
    years = np.array([2, 1])
    assert gross[["year 1", "year 2"]] @ years == pytest.approx(
        metric(run, "gross_revenue") * person_years(run).sum()
    )


def test_an_active_customer_is_in_the_market_and_bought_in_the_last_365_days():
    people = [(1, 0.5, 0.5)] * 5
    log = [
        event(ev.STORE_SALE, FORK + 100, 0, 10),  # 365 days from then on
        event(ev.STORE_SALE, FORK - 73, 1, 10),  # 292 days are left of it
        event(ev.STORE_SALE, FORK + 100, 2, 10),
        event(ev.STORE_SALE, FORK + 173, 2, 10),  # 73 + 365 days, none of them twice
        event(ev.STORE_SALE, FORK + 100, 3, 10),  # leaves after 73 days
        event(ev.NEED_ACTIVE, FORK + 100, 4, need=1),  # buys nothing
    ]
    run = tiny_run(log, people, spans={3: (0, FORK + 173)})
    assert active_years(run) * 365 == pytest.approx([0, 365 + 292 + 73 + 365 + 73])


def test_who_bought_on_day_0_is_active_for_a_year_and_who_bought_before_that_is_not():
    log = [event(ev.STORE_SALE, 0, 0, 10), event(ev.STORE_SALE, 100, 1, 10)]
    assert active_years(tiny_run(log, fork=292, end=700)) * 365 == pytest.approx([173, 73])
    assert active_years(tiny_run(log, fork=500, end=700)).tolist() == [0, 0]


def test_figures_per_active_customer_hold_the_same_money_as_those_per_person():
    run = tiny_run(LOG)
    share = metric(run, "active_customers")
    assert 0 < share < 1
    for name in ("gross_revenue", "net_revenue", "contribution"):
        assert metric(run, f"{name}_active") * share == pytest.approx(metric(run, name))
    assert metric(run, "orders_active") * share == pytest.approx(metric(run, "orders_per_customer"))


@settings(max_examples=40, deadline=None)
@given(st.lists(SOME_EVENT, max_size=40))
def test_nobody_is_active_for_longer_than_he_is_there(log):
    run = tiny_run(log, [(0, 0.5, 0.5), (1, 0.5, 0.5)] * 2)
    active = active_years(run)
    assert (active >= 0).all() and (active <= person_years(run)).all()
