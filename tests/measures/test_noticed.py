"""Claims that each notice one plausible mistake in booking, comparing or telling an origin."""

from __future__ import annotations

import math

import numpy as np
import pytest
from test_gains import DIED, ELSEWHERE, OPENED, STORE, WEB, origins
from test_metrics import END, FORK, ITEM_COST, SIMPLE, event, metric, tiny_run
from test_returns import BACK, EXCHANGE, ORDERS, measures

from sim.core import events as ev
from sim.measures.accounts import money, sales, since_fork
from sim.measures.daily import daily_series
from sim.measures.gains import changed, decompose
from sim.measures.returns import cohort_days
from sim.measures.statistics import interval, paired, variance_ratio

near = pytest.approx


# ---- books -------------------------------------------------------------------------------------


def returns_cost(kind):
    run = tiny_run([event(kind, 400, 0, 200)])
    return money(run, SIMPLE, ITEM_COST)["cost_returns"].sum() / 100


def test_what_comes_back_to_a_store_loses_value_as_what_comes_back_by_mail():
    assert returns_cost(ev.RETURN_BY_MAIL) == SIMPLE.mail_return_dkk + 0.1 * 200
    assert returns_cost(ev.RETURN_IN_STORE) == SIMPLE.store_return_dkk + 0.1 * 200


def test_a_sale_on_the_day_of_the_fork_counts_and_one_the_day_before_does_not():
    log = [event(ev.WEB_ORDER, FORK - 1, 0, 70), event(ev.WEB_ORDER, FORK, 0, 100)]
    run = tiny_run(log)
    assert sales(since_fork(run))["amount_oere"].tolist() == [10_000]
    assert metric(run, "gross_revenue") == 100 / 4


def test_a_sale_on_the_last_day_counts():
    assert metric(tiny_run([event(ev.WEB_ORDER, END - 1, 0, 100)]), "gross_revenue") == 100 / 4


def test_upkeep_of_a_firm_without_people_is_split_in_halves():
    run = tiny_run([], spans={0: (0, 1), 1: (0, 1)}, upkeep_dkk=100.0)
    assert money(run, SIMPLE, ITEM_COST)["cost_upkeep"].tolist() == [5_000, 5_000]


def test_a_score_of_six_detracts_and_seven_and_eight_do_neither():
    for level, points in ((0.6, -100), (0.7, 0), (0.8, 0), (0.9, 100)):
        run = tiny_run([event(ev.STORE_SALE, END - 9, 0, 10)], [(1, level, level)])
        assert metric(run, "nps") == points


def test_a_single_call_has_its_waiting_time():
    run = tiny_run([event(ev.SERVICE_ANSWERED, FORK + 3, 0, value=4.0)])
    daily = daily_series(run, SIMPLE, ITEM_COST).pivot(
        index="day", columns="series", values="value"
    )
    assert daily["wait_minutes"][3] == 4 and math.isnan(daily["wait_minutes"][2])


def test_a_customer_whose_years_end_before_the_horizon_is_measured_to_the_end_of_two():
    log = [event(ev.STORE_SALE, FORK + day, 0, 10) for day in (100, 500)]
    assert metric(tiny_run(log, end=FORK + 1000), "retention_12m") == 1
    late = [event(ev.STORE_SALE, FORK + day, 0, 10) for day in (100, 800)]
    assert metric(tiny_run(late, end=FORK + 1000), "retention_12m") == 0


def test_satisfaction_is_of_the_last_365_days():
    for day, asked in ((END - 365, True), (END - 366, False)):
        value = metric(tiny_run([event(ev.STORE_SALE, day, 0, 10)]), "satisfaction")
        assert math.isnan(value) != asked


def test_share_of_wallet_counts_both_purses():
    log = [event(ev.STORE_SALE, 400, 0, 100), event(ev.COMPETITOR_SALE, 401, 0, 300)]
    assert metric(tiny_run(log), "share_of_wallet") == 0.25


# ---- origins -----------------------------------------------------------------------------------


def test_a_sale_on_the_day_of_the_fork_is_a_gain():
    today = WEB | {"day": FORK}
    assert origins([OPENED | {"day": FORK}, today], []) == {"new demand": 10_000}


def test_what_the_competitor_sold_came_from_him_even_if_the_need_is_told_dead():
    dead_first = DIED | {"day": 415}
    for there in ([OPENED, ELSEWHERE, DIED], [OPENED, dead_first, ELSEWHERE]):
        assert origins([OPENED, WEB], there) == {"from competitor": 10_000}


def test_a_need_that_died_was_not_pulled_forward():
    assert origins([OPENED, WEB], [OPENED, DIED]) == {"new demand": 10_000}


def test_an_owner_who_leaves_on_the_last_day_was_there_to_the_end():
    assert origins([OPENED, WEB], [OPENED], spans={0: (0, END)}) == {"pulled forward": 10_000}
    assert origins([OPENED, WEB], [OPENED], spans={0: (0, END - 1)}) == {"new demand": 10_000}


def test_both_channels_against_the_same_both_is_the_same_need():
    more = STORE | {"amount_oere": 14_000}
    assert origins([OPENED, WEB, more], [OPENED, WEB, STORE]) == {"same need, other basket": 1_000}


def test_a_segment_without_people_has_no_yearly_gain():
    frame = decompose(tiny_run([OPENED, WEB], [(1, 0.5, 0.5)]), tiny_run([], [(1, 0.5, 0.5)]))
    frame = frame.set_index(["segment", "origin"])["dkk"]
    assert math.isnan(frame["buyers", "new demand"])
    assert frame["shoppers", "new demand"] == near(100 / 2)


def test_purchases_differ_by_day_place_item_or_price_and_by_nothing_else():
    base = event(ev.WEB_ORDER, 400, 0, 100, item=1)
    for other in ({"day": 401}, {"kind": ev.STORE_SALE}, {"item": 0}, {"amount_oere": 10_001}):
        assert changed(tiny_run([base | other]), tiny_run([base]))[1] == 0.5
    assert changed(tiny_run([base | {"order": 9}]), tiny_run([base])) == (0.5, 0)


def test_nobody_there_is_no_share_of_anybody():
    spans = {0: (END, END + 1), 1: (0, FORK)}
    assert all(math.isnan(x) for x in changed(tiny_run([], spans=spans), tiny_run([], spans=spans)))
    first_day = {0: (END - 1, 1 << 30), 1: (0, FORK + 1)}
    run = tiny_run([event(ev.WEB_VISIT, END - 1, 0)], spans=first_day)
    assert changed(run, tiny_run([], spans=first_day)) == (0.5, 0)


# ---- return arms -------------------------------------------------------------------------------


def test_the_causal_figure_is_a_share_of_mail_onlys_orders_not_of_the_arms_own():
    arm = [*ORDERS, *(event(ev.WEB_ORDER, 600 + n, 1, 100, need=n, order=n) for n in range(10))]
    assert measures(arm, base=ORDERS)["causal"] == near(1000 / 1000)
    assert measures(ORDERS, base=arm)["causal"] == near(-1000 / 2000)


def test_a_plain_sale_that_happens_to_bear_a_web_orders_number_recoups_nothing():
    plain = event(ev.STORE_SALE, 420, 0, 500, need=30, order=8, value=0.0, item=0)
    back = event(ev.REFUNDED, 430, 0, 500, need=30, order=121, item=0)
    found, without = measures([*ORDERS, *BACK, plain, back]), measures([*ORDERS, *BACK])
    for name in ("gross", "symmetric", "recouped at return", "recouped goods returned"):
        assert found[name] == without[name], name


def test_an_order_on_the_first_day_after_the_cohort_is_not_of_it():
    run = tiny_run([])
    last, after = FORK + cohort_days(run) - 1, FORK + cohort_days(run)
    for day, part in ((last, 1000 / 1100), (after, 1000 / 1000)):
        late = [
            event(ev.WEB_ORDER, day, 0, 100, need=50, order=200),
            event(ev.REFUNDED, day + 9, 0, 100, need=50, order=200),
        ]
        found = measures([*ORDERS, *late])
        assert found["gross"] == near(part) and found["symmetric"] == near(part)


def test_a_reorder_before_the_fork_is_the_cohorts_of_nobody():
    past = [
        event(ev.WEB_ORDER, FORK - 40, 0, 100, need=60, order=240),
        event(ev.REFUNDED, FORK - 20, 0, 100, need=60, order=240),
        event(ev.WEB_ORDER, FORK - 10, 0, 100, need=60, order=241),
    ]
    assert measures([*past, *ORDERS, *BACK])["re-ordered on the web"] == 0
    today = past[2] | {"day": FORK}
    assert measures([*past[:2], today, *ORDERS, *BACK])["re-ordered on the web"] == 0


def test_two_orders_for_one_need_without_a_refund_are_no_reorder():
    second = event(ev.WEB_ORDER, 440, 0, 100, need=5, order=21)
    assert measures([*ORDERS, second])["re-ordered on the web"] == 0
    unnamed = [event(ev.WEB_ORDER, 440 + n, 0, 100, need=-1, order=300 + n) for n in (0, 1)]
    refund = event(ev.REFUNDED, 441, 0, 100, need=-1, order=300)
    assert measures([*ORDERS, *unnamed, refund])["re-ordered on the web"] == 0


def test_what_was_recouped_by_another_customer_is_his_own():
    strange = EXCHANGE | {"customer": 1}
    assert measures([*ORDERS, *BACK, strange])["recouped at return"] == 0


# ---- intervals ---------------------------------------------------------------------------------


def test_pairs_are_by_seed_and_not_by_rank():
    """Two strategies with the same values in other seeds: nothing on average, much in each."""
    found = paired([1.0, 2.0, 3.0], [3.0, 1.0, 2.0])
    assert found == near(interval([-2.0, 1.0, 1.0])) and found.low < -1 < 1 < found.high


def test_pairing_may_save_much_where_little_varies():
    a = np.array([0.001, 0.002, 0.004])
    assert variance_ratio(a, a - [1e-5, 2e-5, 0]) > 100


def test_intervals_need_one_value_a_seed():
    with pytest.raises(ValueError, match="one value per seed"):
        interval([[1.0, 2.0]])
