"""Claims about the return arms, on a cohort worth 1,000 DKK."""

import math

import numpy as np
import pandas as pd
import pytest
from test_metrics import END, FORK, event, tiny_run

from sim.core import events as ev
from sim.measures.comparison import ARMS
from sim.measures.returns import MEASURES, cohort_days, compare_arms, measure_arm

# Ten orders of 100 DKK on the web; two go back, one by mail and one in store.
ORDERS = [event(ev.WEB_ORDER, 400 + n, 0, 100, need=n, order=4 * n) for n in range(10)]
BACK = [
    event(ev.RETURN_BY_MAIL, 420, 0, 100, need=0, order=0),
    event(ev.REFUNDED, 430, 0, 100, need=0, order=0),
    event(ev.RETURN_IN_STORE, 420, 0, 100, need=1, order=4),
    event(ev.REFUNDED, 420, 0, 100, need=1, order=4, item=0),
]
EXCHANGE = event(ev.STORE_SALE, 420, 0, 80, need=1, order=4, value=1.0, item=1)
NEW = event(ev.STORE_SALE, 420, 0, 50, need=20, order=4, value=2.0)
PICKED_UP = event(ev.PICKED_UP, 405, 0, need=2, order=8)
ON_PICKUP = event(ev.STORE_SALE, 405, 0, 120, need=21, order=8, value=3.0, item=1)
LATER = event(ev.STORE_SALE, 500, 0, 999, need=22, order=88)


def measures(log, base=None, **given):
    frame = measure_arm(tiny_run(log, **given), tiny_run(log if base is None else base, **given))
    return frame.set_index("measure")["value"]


def test_net_over_gross_is_what_one_computes_by_hand():
    found = measures([*ORDERS, *BACK, EXCHANGE, NEW, PICKED_UP, ON_PICKUP, LATER])
    assert found["returned"] == 0.2
    assert found["recouped at return"] == 0.13
    assert found["exchanged at return"] == 0.08
    assert found["new at return"] == 0.05
    assert found["recouped at pick-up"] == 0.12
    assert found["gross"] == pytest.approx(1 - 0.2 + 0.13 + 0.12)
    assert found["pick-up share"] == 0.1
    assert found["store-return share"] == 0.5


def test_mail_only_without_purchases_is_one_less_the_returns():
    assert measures([*ORDERS, *BACK])["gross"] == 0.8


def test_orders_too_late_to_be_followed_up_are_left_out():
    late = event(ev.WEB_ORDER, FORK + 300, 0, 700, need=30, order=120)
    recouped = event(ev.STORE_SALE, FORK + 320, 0, 700, order=120, value=2.0)
    assert measures([*ORDERS, *BACK, late, recouped])["gross"] == 0.8


def test_short_horizons_shorten_the_cohort():
    assert cohort_days(tiny_run([])) == 300
    assert cohort_days(tiny_run([], end=FORK + 200)) == 140
    assert cohort_days(tiny_run([], end=FORK + 30)) == 0
    assert math.isnan(measures(ORDERS, end=FORK + 30)["gross"])


def test_orders_from_before_the_fork_are_nobodys_cohort():
    old = [
        event(ev.WEB_ORDER, 300, 0, 100, need=40, order=160),
        event(ev.REFUNDED, 390, 0, 100, need=40, order=160),
        event(ev.STORE_SALE, 390, 0, 100, need=40, order=160, value=1.0),
    ]
    assert measures([*old, *ORDERS, *BACK])["gross"] == 0.8


def test_a_web_reorder_counts_symmetrically_like_an_exchange_in_store():
    reorder = event(ev.WEB_ORDER, 440, 0, 80, need=0, order=1)
    on_web = measures([*ORDERS, *BACK, reorder])
    in_store = measures([*ORDERS, *BACK, EXCHANGE])
    assert on_web["gross"] == pytest.approx((1080 - 200) / 1080)
    assert on_web["symmetric"] == in_store["symmetric"] == in_store["gross"] == 0.88
    assert on_web["re-ordered on the web"] == 0.08


def test_only_the_first_reorder_replaces_what_was_refunded():
    again = [
        event(ev.WEB_ORDER, 440, 0, 80, need=0, order=1),
        event(ev.REFUNDED, 450, 0, 80, need=0, order=1),
        event(ev.WEB_ORDER, 460, 0, 80, need=0, order=2),
    ]
    assert measures([*ORDERS, *BACK, *again])["symmetric"] == 0.88


def test_a_reorder_after_an_order_beyond_the_cohort_is_not_the_cohorts():
    late = [
        event(ev.WEB_ORDER, FORK + 310, 0, 100, need=30, order=120),
        event(ev.REFUNDED, FORK + 330, 0, 100, need=30, order=120),
        event(ev.WEB_ORDER, FORK + 340, 0, 100, need=30, order=121),
    ]
    assert measures([*ORDERS, *BACK, *late])["symmetric"] == 0.8


def test_the_own_returns_of_what_was_recouped_are_a_line_of_their_own():
    own_number = event(ev.REFUNDED, 450, 0, 80, need=1, order=5, item=0)
    found = measures([*ORDERS, *BACK, EXCHANGE | {"item": 0}, own_number])
    assert found["recouped goods returned"] == 0.08
    assert found["gross"] == 0.88


def test_the_causal_figure_is_the_paired_change_over_all_channels():
    arm = [*ORDERS, *BACK, LATER, event(ev.FEE_PAID, 800, 0, 1)]
    found = measures(arm, base=[*ORDERS, *BACK])
    assert found["causal"] == pytest.approx(1.0)
    assert found["causal 12 months"] == pytest.approx(0.999)
    assert measures(ORDERS)["causal"] == 0
    assert math.isnan(measures(ORDERS, end=FORK + 364)["causal 12 months"])


def test_the_causal_figure_is_net_of_what_was_paid_back():
    assert measures([*ORDERS, *BACK], base=ORDERS)["causal"] == pytest.approx(-0.2)


def test_the_causal_figure_of_a_year_needs_just_a_year():
    assert measures(ORDERS, end=FORK + 365)["causal 12 months"] == 0


def test_an_order_on_the_day_of_the_fork_is_of_the_cohort_both_ways():
    first = [event(ev.WEB_ORDER, FORK, 0, 1000, need=40, order=160)]
    paid_back = event(ev.REFUNDED, FORK + 9, 0, 1000, need=40, order=160)
    found = measures([*ORDERS, *first, paid_back])
    assert found["gross"] == found["symmetric"] == 0.5


def test_a_reorder_of_what_was_first_ordered_on_day_0_is_no_order_of_the_cohort():
    old = [
        event(ev.WEB_ORDER, 0, 0, 100, need=40, order=160),
        event(ev.REFUNDED, 300, 0, 100, need=40, order=160),
        event(ev.WEB_ORDER, 400, 0, 100, need=40, order=161),
        event(ev.REFUNDED, 410, 0, 100, need=40, order=161),
    ]
    found = measures([*old, *ORDERS, *BACK])
    assert found["symmetric"] == 0.8
    assert found["gross"] == pytest.approx(1 - 300 / 1100)


def test_other_worlds_are_refused():
    with pytest.raises(ValueError, match="seed"):
        measure_arm(tiny_run([]), tiny_run([], seed=2))


def test_intervals_stand_beside_the_documents_and_their_bands():
    frames = [
        measure_arm(tiny_run([*ORDERS, *BACK[:n]], seed=n), tiny_run(ORDERS, seed=n))
        for n in (2, 4)
    ]
    found = compare_arms(pd.concat(frames), {"ours": ARMS[2]})
    assert found["measure"].tolist() == list(MEASURES)
    gross = found.iloc[0]
    assert gross[["arm", "mean", "documents", "band_low", "band_high"]].tolist() == [
        "+ pick-up in store",
        pytest.approx(0.85),
        1.07,
        0.98,
        1.12,
    ]
    assert gross["low"] < 0.8 and gross["high"] > 0.9
    assert found["documents"][1:].isna().all()


def test_an_arm_without_online_orders_is_undefined_and_does_not_fail():
    found = measures([], end=END)
    assert np.isnan(found.drop("causal")).all() and math.isnan(found["causal"])
