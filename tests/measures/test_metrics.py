"""Claims about counting, booking and measuring, on logs small enough to check in the head."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core import events as ev
from sim.core.draws import normal
from sim.measures.accounts import (
    COSTS,
    active_years,
    between,
    daily_money,
    money,
    person_years,
    reconcile,
)
from sim.measures.daily import daily_series
from sim.measures.flows import flows
from sim.measures.measured import Measured, per_active, per_person
from sim.measures.metrics import METRICS, measure
from sim.settings.channels import Channels, Search, Social, lines
from sim.settings.economics import Economics
from sim.settings.reactions import Feeling
from sim.world.customers import LENIENCE, lenience
from sim.world.tally import JOURNAL_KINDS, LOOKED_BACK_ON, PEOPLE, Journal, RunLog, Tally

A_FLOW = 2  # any flow
WEB_AND_STORE = ev.BY_PLACE[0] | ev.BY_PLACE[2]

FORK, END = 365, 1095
ITEM_COST = np.array([6_000, 20_000])  # øre
AS_FELT = Feeling(recommend_shift=0, recommend_lenience=0)  # marks are ten times what is felt
SIMPLE = Economics(
    mail_dkk=0.5,
    service_minute_dkk=6,
    desk_minute_dkk=5,
    store_sale_dkk=25,
    advice_dkk=20,
    parcel_dkk=40,
    pickup_dkk=15,
    mail_return_dkk=85,
    store_return_dkk=20,
    return_markdown=0.1,
    discount_rate_year=0.0,
)
CHANNELS = Channels(
    social={"instagram": Social(title="Instagram", impression_dkk=0.1, click_dkk=4)},
    search={"search": Search(title="search", click_dkk=8)},
    display={},
    print={},
)
MEDIA = CHANNELS.media()
BLANK = {
    "amount_oere": 0,
    "value": 0.0,
    "day": FORK,
    "customer": 0,
    "item": -1,
    "need": -1,
    "order": -1,
    "minute": 0,
    "seen_as": -1,
    "kind": 0,
    "channel": -1,
    "category": -1,
    "style": -1,
}


def event(kind, day=FORK, customer=0, dkk=0, **fields):
    """One event as a dict; ``dkk`` is its amount."""
    fields = {
        "kind": kind,
        "day": day,
        "customer": customer,
        "amount_oere": round(dkk * 100),
    } | fields
    if kind in (ev.WEB_ORDER, ev.STORE_SALE, ev.RETURN_BY_MAIL, ev.RETURN_IN_STORE):
        fields = {"item": 0} | fields
    return BLANK | fields


def receipt(day=FORK, customer=0):
    """Something is paid for at a till."""
    return event(ev.BASKET_PAID, day, customer, channel=ev.STORE, value=1.0)


def table(log):
    """An EVENT array in log order: by day, then customer, then as listed."""
    log = sorted(log, key=lambda e: (e["day"], e["customer"]))
    return np.array([tuple(e[name] for name in ev.EVENT.names) for e in log], ev.EVENT)


def tiny_run(log, people=((1, 0.8, 0.8), (0, 0.8, 0.8)), fork=FORK, end=END, spans=None, **given):
    """The RunLog of a list of events; ``people`` holds (shopper, satisfaction, trust) each."""
    who = np.zeros(len(people), PEOPLE)
    who["exit_day"] = 1 << 30
    for row, (shopper, satisfaction, trust) in enumerate(people):
        who["shopper"][row], who["satisfaction"][row], who["trust"][row] = (
            shopper,
            satisfaction,
            trust,
        )
    for row, (entry, leave) in (spans or {}).items():
        who["entry_day"][row], who["exit_day"][row] = entry, leave
    events = table(log)
    journal, tally = Journal(chunk_rows=4), Tally.empty(fork, end)
    tally.prices[:, [line.number for line in lines(MEDIA)]] = [
        price for medium in MEDIA for price in medium.medians_dkk()
    ]
    fingerprint = np.zeros(len(who), np.uint64)
    for day in np.unique(events["day"]):
        today = events[events["day"] == day]
        journal.add(today, len(today))
        if fork <= day < end:
            tally.add(today, len(today), who["shopper"], fingerprint)
    given = {
        "strategy": "ours",
        "seed": 1,
        "staffed_minutes_centre": 0.0,
        "staffed_minutes_desk": 0.0,
        "upkeep_dkk": 0.0,
        "media": MEDIA,
    } | given
    return RunLog(
        fork_day=fork,
        end_day=end,
        before=between(journal.array(), 0, fork),
        journal=between(journal.array(), fork, 1 << 30),
        tally=tally,
        fingerprint=fingerprint,
        people=who,
        **given,
    )


def metric(run, name, segment="all", feeling=AS_FELT):
    frame = measure(run, SIMPLE, ITEM_COST, feeling).set_index(["metric", "segment"])["value"]
    return frame[(name, segment)]


# A shopper (0) orders on the web, sends it back by mail, is paid back and buys a dearer item in
# store; a buyer (1) picks up a web order. Two people for two years are four person-years.
LOG = [
    event(ev.WEB_ORDER, 370, 0, 100, need=1, order=4, channel=ev.EMAIL),
    event(ev.BASKET_PAID, 370, 0, order=4, channel=ev.EMAIL),
    event(ev.FEE_PAID, 370, 0, 39, order=4),
    event(ev.PARCEL_DELIVERED, 373, 0, order=4, channel=ev.WEB),
    event(ev.RETURN_BY_MAIL, 375, 0, 100, need=1, order=4),
    event(ev.REFUNDED, 380, 0, 100, need=1, order=4),
    event(ev.BASKET_PAID, 400, 0, order=5, channel=ev.STORE, value=1.0),
    event(ev.STORE_SALE, 400, 0, 300, need=1, order=5, item=1),
    event(ev.JOURNEY_DONE, 440, 0, need=1, order=5, value=2.0, minute=WEB_AND_STORE),
    event(ev.WEB_ORDER, 370, 1, 100, need=1, order=4),
    event(ev.PICKED_UP, 372, 1, order=4, channel=ev.STORE, value=1.0),
    event(ev.JOURNEY_DONE, 402, 1, need=1, order=4, value=0.0, minute=WEB_AND_STORE),
    event(ev.COMPETITOR_SALE, 500, 1, 400, need=2),
    event(ev.MAIL_SENT, 366, 0, order=ev.NEWSLETTER),
    event(ev.MAIL_SENT, 366, 1, order=A_FLOW),
    event(ev.AD_SHOWN, 366, 0, channel=0, order=1, value=1.0),
    event(ev.AD_CLICKED, 366, 0, channel=0, order=1),
    event(ev.SEARCH_CLICKED, 366, 1, channel=1, order=0, value=1.0),
    event(ev.SEARCH_CLICKED, 367, 1, channel=1, value=0.0),
    event(ev.SERVICE_ASKED, 371, 1, category=ev.ABOUT_ORDER, value=6.0),
    event(ev.SERVICE_ANSWERED, 371, 1, value=3.0, order=1),
    event(ev.SERVICE_GAVE_UP, 371, 0, value=9.0),
]
PRICED = (
    ev.MAIL_SENT,
    ev.BASKET_PAID,
    ev.PARCEL_DELIVERED,
    ev.PICKED_UP,
    ev.RETURN_BY_MAIL,
    ev.RETURN_IN_STORE,
)
STAFF = {"staffed_minutes_centre": 10.0, "staffed_minutes_desk": 4.0, "upkeep_dkk": 100.0}


def test_every_line_of_the_books_is_what_one_computes_by_hand():
    lines = money(tiny_run(LOG, **STAFF), SIMPLE, ITEM_COST)
    buyers_shoppers_dkk = {
        "gross_revenue": (100, 400),
        "refunds": (0, 100),
        "fees": (0, 39),
        "net_revenue": (100, 339),
        "cost_goods": (60, 60 - 60 + 200),
        "cost_media": (8, 0.1 + 4),
        "cost_messages": (0.5, 0.5),
        "cost_service": (10 * 6 + 4 * 5, 25),  # only the buyer asked, only he used the desk
        "cost_delivery": (15, 40),
        "cost_returns": (0, 85 + 10),
        "cost_upkeep": (50, 50),
    }
    for name, dkk in buyers_shoppers_dkk.items():
        assert lines[name].tolist() == [round(100 * x) for x in dkk], name
    assert lines["contribution"].tolist() == [10_000 - 21_350, 33_900 - 41_460]


def test_advice_in_store_is_paid_for_whether_it_sells_or_not():
    advised = [event(ev.ADVISED, FORK + 3, 1, need=9)]
    more = money(tiny_run(LOG + advised, **STAFF), SIMPLE, ITEM_COST)
    without = money(tiny_run(LOG, **STAFF), SIMPLE, ITEM_COST)
    assert (more["cost_service"] - without["cost_service"]).tolist() == [2_000, 0]
    by_day = daily_money(tiny_run(LOG + advised), SIMPLE, ITEM_COST)["cost_service"]
    assert by_day[3] == 20 and by_day[4] == 0


def test_the_desk_is_shared_by_all_that_is_handed_over_there():
    log = [event(ev.RETURN_IN_STORE, 400, 0, 100), event(ev.PICKED_UP, 400, 1, value=1.0)]
    log += [event(ev.PICKED_UP, 400, 1)]  # it lay in the same parcel
    lines = money(tiny_run(log, staffed_minutes_desk=4.0), SIMPLE, ITEM_COST)
    assert lines["cost_service"].tolist() == [10_00, 10_00]


def test_metrics_are_the_books_per_customer_year():
    run = tiny_run(LOG, **STAFF)
    assert person_years(run).tolist() == [2, 2]
    assert metric(run, "gross_revenue") == 500 / 4
    assert metric(run, "net_revenue", "shoppers") == 339 / 2
    assert metric(run, "contribution") == pytest.approx((-113.5 - 75.6) / 4)
    assert metric(run, "orders_per_customer") == 2 / 4
    assert metric(run, "things_per_order") == 3 / 2, "the buyer's order stood on the same receipt"
    assert metric(run, "share_of_wallet") == 500 / 900
    assert metric(run, "share_of_wallet", "shoppers") == 1
    spent = 8 + 4.1 + 1 + 80 + 25 + 55 + 95 + 100
    assert metric(run, "coherent_journeys") == pytest.approx(1000 / spent)
    assert metric(run, "coherent_journeys", "shoppers") == 0
    assert metric(run, "cross_channel") == 100
    assert metric(run, "coherent_share") == 0.5


def test_the_dictionary_defines_every_metric_measured():
    frame = measure(tiny_run(LOG), SIMPLE, ITEM_COST)
    assert set(frame["metric"]) == set(METRICS)
    assert len(frame) == 3 * len(METRICS)
    assert (frame["unit"] == frame["metric"].map(lambda name: METRICS[name].unit)).all()


def test_every_piece_is_charged_at_its_price():
    log = [event(kind, 400, 0, channel=ev.WEB, value=1.0) for kind in PRICED for _ in range(40)]
    lines = money(tiny_run(log), SIMPLE, ITEM_COST)
    assert lines["cost_messages"].tolist() == [0, 40 * 50]
    assert lines["cost_service"].tolist() == [0, 40 * 25_00]
    assert lines["cost_delivery"].tolist() == [0, 40 * (40_00 + 15_00)]
    assert lines["cost_returns"].tolist() == [0, 40 * (85_00 + 20_00)]


def test_two_things_on_one_receipt_cost_one_sale_and_in_one_parcel_one_pick_up():
    sold = [event(ev.STORE_SALE, 400, 0, 100), event(ev.STORE_SALE, 400, 0, 100)]
    taken = [event(ev.PICKED_UP, 400, 0, order=4 * k, value=float(k == 1)) for k in (1, 2)]
    paid = [event(ev.BASKET_PAID, 399, 0, channel=ev.DIRECT), receipt(400)]
    run = tiny_run([*sold, *taken, *paid])
    lines = money(run, SIMPLE, ITEM_COST)
    assert lines["cost_service"].tolist() == [0, 25_00]
    assert lines["cost_delivery"].tolist() == [0, 15_00]
    assert metric(run, "clv_24m") == 200 - 2 * 60 - 25 - 15
    daily = daily_money(run, SIMPLE, ITEM_COST)
    assert daily["cost_service"].sum() == 25 and daily["cost_delivery"].sum() == 15


def test_orders_of_a_day_are_baskets():
    sold = [event(ev.WEB_ORDER, 400, 0, 100, order=4 * k) for k in range(3)]
    paid = [event(ev.BASKET_PAID, 400, 0, channel=ev.DIRECT), receipt(401)]
    frame = daily_series(tiny_run([*sold, *paid]), SIMPLE, ITEM_COST)
    orders = frame[frame["series"] == "orders"].set_index("day")["value"]
    assert orders[orders > 0].to_dict() == {400 - FORK: 1, 401 - FORK: 1}


def test_a_figure_per_person_and_one_per_active_customer_are_kroner_over_their_years():
    measured = Measured(tiny_run(LOG, **STAFF), SIMPLE, ITEM_COST, Feeling())
    assert per_person("refunds")(measured) == {"all": 100 / 4, "shoppers": 100 / 2, "buyers": 0}
    active = active_years(measured.run)
    assert per_active("gross_revenue")(measured) == {
        "all": 500 / active.sum(),
        "shoppers": 400 / active[1],
        "buyers": 100 / active[0],
    }


def test_people_count_only_while_they_are_in_the_market():
    spans = {0: (FORK + 365, 1 << 30), 1: (0, FORK + 73)}
    assert person_years(tiny_run([], spans=spans)).tolist() == [0.2, 1.0]


def test_repeat_rate_counts_days_not_orders_and_no_exchanges():
    people = [(1, 0.5, 0.5)] * 4
    log = [
        event(ev.WEB_ORDER, 400, 0, 10),
        event(ev.STORE_SALE, 401, 0, 10),  # repeats
        event(ev.WEB_ORDER, 400, 1, 10),
        event(ev.WEB_ORDER, 400, 1, 10),  # one day
        event(ev.WEB_ORDER, 400, 2, 10),
        event(ev.STORE_SALE, 410, 2, 10, value=1.0),  # exchange
        event(ev.STORE_SALE, 100, 3, 10),
        event(ev.STORE_SALE, 410, 3, 10),  # one before the fork
    ]
    assert metric(tiny_run(log, people), "repeat_rate") == 1 / 4


def test_retention_is_of_those_who_bought_in_the_first_year_and_stayed():
    people = [(1, 0.5, 0.5)] * 4
    log = [
        *(event(ev.STORE_SALE, FORK + 100, who, 10) for who in range(3)),
        event(ev.STORE_SALE, FORK + 400, 0, 10),
        event(ev.STORE_SALE, FORK + 400, 3, 10),  # not a customer of the first year
    ]
    spans = {2: (0, FORK + 700)}  # left the market
    assert metric(tiny_run(log, people, spans=spans), "retention_12m") == 1 / 2


def test_retention_over_one_year_looks_back_and_over_less_is_undefined():
    log = [event(ev.STORE_SALE, 100, 0, 10), event(ev.STORE_SALE, 400, 0, 10)]
    assert metric(tiny_run(log, end=FORK + 365), "retention_12m") == 1
    assert np.isnan(metric(tiny_run(log, end=FORK + 364), "retention_12m"))


def test_retention_needs_two_years_and_is_of_purchases_in_them():
    log = [event(ev.STORE_SALE, 100, 0, 10), event(ev.STORE_SALE, 400, 0, 10)]
    assert np.isnan(metric(tiny_run(log, fork=100, end=729), "retention_12m"))
    assert metric(tiny_run(log, fork=100, end=730), "retention_12m") == 1
    assert np.isnan(metric(tiny_run(log, fork=500, end=800), "retention_12m")), "no year since"
    early = [event(ev.STORE_SALE, day, 0, 10) for day in (430, 900)]
    assert np.isnan(metric(tiny_run(early, fork=800, end=1165), "retention_12m"))


def test_who_leaves_as_the_two_years_end_has_stayed():
    log = [event(ev.STORE_SALE, FORK + day, 0, 10) for day in (100, 400)]
    for leaves, retained in ((END, True), (END - 1, False)):
        found = metric(tiny_run(log, spans={0: (0, leaves)}), "retention_12m")
        assert found == 1 if retained else np.isnan(found)


def test_lifetime_value_is_of_customers_from_day_0_on_and_of_two_years():
    log = [event(ev.STORE_SALE, 0, 0, 100), event(ev.STORE_SALE, FORK + 729, 0, 200)]
    log += [receipt(0), receipt(FORK + 729)]
    later = [event(ev.STORE_SALE, FORK + 730, 0, 900), event(ev.STORE_SALE, FORK + 800, 1, 900)]
    later += [receipt(FORK + 730), receipt(FORK + 800, 1)]
    assert metric(tiny_run([*log, *later], end=FORK + 900), "clv_24m") == 200 - 60 - 25
    assert metric(tiny_run(log[:1]), "clv_24m") == 0
    assert metric(tiny_run([*log[:1], later[0]], end=FORK + 900), "clv_24m") == 0


def test_a_score_is_rounded_to_whole_points():
    bought = [event(ev.STORE_SALE, END - 10, 0, 10)]
    scores = [
        metric(tiny_run(bought, [(1, level, level)]), "nps")
        for level in (0.86, 0.84, 0.66, 0.64, 0.835, 0.642)
    ]
    assert scores == [100, 0, 0, -100, 0, -100]


def asked(run, **feeling):
    """The promoter score, where people give marks otherwise than felt."""
    return metric(run, "nps", feeling=AS_FELT.model_copy(update=feeling))


def test_marks_are_shifted_by_points_of_ten_before_they_are_rounded():
    run = tiny_run([event(ev.STORE_SALE, END - 10, 0, 10)], [(1, 0.73, 0.73)])
    scores = [asked(run, recommend_shift=shift) for shift in (1.2, 1.19, -0.79, -0.81)]
    assert scores == [100, 0, 0, -100]


def test_people_use_the_scale_differently_each_in_his_own_way_in_every_world():
    marks = lenience(3, 20_000)
    assert np.array_equal(lenience(3, 500), marks[:500]) and (lenience(4, 500) != marks[:500]).all()
    assert marks.mean() == pytest.approx(0, abs=0.03) and marks.std() == pytest.approx(1, abs=0.02)
    assert marks[7] == normal(3, 7, LENIENCE, 0, 0)
    own, seed = float(lenience(1, 1)[0]), 1
    run = tiny_run([event(ev.STORE_SALE, END - 10, 0, 10)], [(1, 0.75, 0.75)], seed=seed)
    for points, score in ((1.0, 100), (-1.0, -100)):
        spread = (abs(points) + 0.01) / abs(own)
        assert asked(run, recommend_lenience=spread) == (score if own * points > 0 else -score)
        assert asked(run, recommend_lenience=0.9 / abs(own) * 0.5) == 0


def test_leniency_moves_marks_up_and_down_alike_and_shift_all_of_them():
    log = [event(ev.STORE_SALE, END - 10, who, 10) for who in range(4_000)]
    run = tiny_run(log, [(1, 0.75, 0.75)] * 4_000)
    assert asked(run) == 0
    spread = asked(run, recommend_lenience=2.0)
    assert abs(spread) < 6, "as many are kinder as harsher: 7.5 is in the middle of 6.5 and 8.5"
    assert asked(run, recommend_lenience=2.0, recommend_shift=1.0) > spread + 20


def test_lifetime_value_is_the_discounted_margin_of_customers():
    economics = SIMPLE.model_copy(update={"discount_rate_year": 0.25})
    log = [
        receipt(FORK),
        event(ev.STORE_SALE, FORK, 0, 200),  # 200 - 60 goods - 25 staff
        event(ev.WEB_ORDER, FORK + 365, 0, 100),  # (100 - 60) / 1.25
        event(ev.STORE_SALE, 10, 1, 100),  # a customer who does nothing after the fork
        event(ev.STORE_SALE, 10, 2, 100),  # left before the fork
    ]
    run = tiny_run(log, [(1, 1, 1)] * 4, spans={2: (0, 100)})
    frame = measure(run, economics, ITEM_COST)
    value = frame.query("metric == 'clv_24m' and segment == 'all'")["value"].item()
    assert value == pytest.approx((115 + 40 / 1.25) / 2)


def test_who_left_on_the_day_of_the_fork_has_no_lifetime_value():
    log = [event(ev.STORE_SALE, 10, who, 100) for who in (0, 1)]
    log += [event(ev.STORE_SALE, FORK, 1, 200), receipt(FORK, 1)]
    run = tiny_run(log, spans={0: (0, FORK), 1: (0, FORK + 1)})
    assert np.isnan(metric(run, "clv_24m", "shoppers"))
    assert metric(run, "clv_24m") == metric(run, "clv_24m", "buyers") == 200 - 60 - 25


def test_lifetime_value_counts_what_a_purchase_costs_on_its_way_out_and_back():
    log = [
        event(ev.WEB_ORDER, 400, 0, 100),
        event(ev.FEE_PAID, 400, 0, 39),
        event(ev.PARCEL_DELIVERED, 402, 0, channel=ev.WEB),
        event(ev.RETURN_BY_MAIL, 405, 0, 100),
        event(ev.REFUNDED, 410, 0, 100),
        event(ev.WEB_ORDER, 400, 1, 100),
        event(ev.PICKED_UP, 402, 1, value=1.0),
        event(ev.RETURN_IN_STORE, 405, 1, 100),
        event(ev.REFUNDED, 405, 1, 100),
    ]
    run = tiny_run(log)
    assert metric(run, "clv_24m", "shoppers") == pytest.approx(39 - 40 - 85 - 10)
    assert metric(run, "clv_24m", "buyers") == pytest.approx(-15 - 20 - 10)
    assert metric(run, "contribution", "shoppers") == pytest.approx((39 - 40 - 85 - 10) / 2)


def test_a_run_in_which_all_costs_belong_to_customers_earns_their_lifetime_value():
    run = tiny_run(
        [
            e
            for e in LOG
            if e["kind"] not in (ev.MAIL_SENT, ev.AD_SHOWN, ev.AD_CLICKED, ev.SEARCH_CLICKED)
        ]
    )
    assert metric(run, "clv_24m") * 2 == pytest.approx(metric(run, "contribution") * 4)


def test_satisfaction_and_nps_ask_recent_customers_who_are_still_there():
    people = [(1, 0.9, 0.9), (1, 0.9, 0.6), (0, 0.4, 0.4), (0, 0.1, 0.1), (0, 0.0, 0.0)]
    log = [event(ev.STORE_SALE, END - 10, who, 10) for who in range(4)]
    log += [event(ev.STORE_SALE, END - 400, 4, 10)]  # too long ago
    run = tiny_run(log, people, spans={3: (0, END)})  # and the fourth has left
    assert metric(run, "satisfaction") == pytest.approx((0.9 + 0.9 + 0.4) / 3)
    assert metric(run, "nps") == pytest.approx(0)  # scores 9, 8, 4
    assert metric(run, "nps", "shoppers") == 50
    assert metric(run, "nps", "buyers") == -100


def test_in_a_run_shorter_than_a_year_who_bought_on_its_first_day_bought_lately():
    log = [event(ev.STORE_SALE, 0, 0, 10)]
    assert metric(tiny_run(log, fork=100, end=300), "satisfaction") == pytest.approx(0.8)


def test_nothing_sold_gives_zero_money_and_undefined_shares():
    run = tiny_run([])
    assert metric(run, "gross_revenue") == 0
    assert np.isnan(metric(run, "repeat_rate")) and np.isnan(metric(run, "share_of_wallet"))


def test_a_journal_that_misses_a_sale_is_refused():
    run = tiny_run(LOG)
    reconcile(run)
    run.journal = run.journal[run.journal["kind"] != ev.WEB_ORDER]
    with pytest.raises(ValueError, match="web_order"):
        measure(run, SIMPLE, ITEM_COST)


def test_a_sale_without_an_item_is_refused():
    with pytest.raises(ValueError, match="no item"):
        measure(tiny_run([event(ev.STORE_SALE, 400, 0, 10, item=-1)]), SIMPLE, ITEM_COST)


def test_the_journal_keeps_visits_only_for_a_need_and_mail_only_of_a_flow():
    log = [event(ev.WEB_VISIT, need=3), event(ev.WEB_VISIT), event(ev.MAIL_SENT, need=3, order=0)]
    log += [event(ev.MAIL_SENT, order=2), event(ev.MAIL_OPENED, order=2)]
    kept = tiny_run(log).journal
    assert kept["kind"].tolist() == [ev.WEB_VISIT, ev.MAIL_SENT]
    assert kept["order"].tolist()[1] == 2 and ev.MAIL_OPENED not in JOURNAL_KINDS


def test_forked_journals_share_their_past_and_nothing_after():
    trunk = Journal(chunk_rows=2)
    day = table([event(ev.STORE_SALE, day, 0, day) for day in range(5)])
    trunk.add(day, 3)
    left, right = trunk.fork(), trunk.fork()
    left.add(day[3:], 1)
    right.add(day[4:], 1)
    assert left.before["day"].tolist() == [0, 1, 2]
    assert np.shares_memory(left.before, right.before)
    assert left.array()["day"].tolist() == [3] and right.array()["day"].tolist() == [4]
    assert left.fork().before["day"].tolist() == [0, 1, 2, 3]


def test_a_journal_begun_anew_keeps_what_measures_look_back_on():
    kept = Journal()
    kinds = (ev.STORE_SALE, ev.WEB_VISIT, ev.REFUNDED)
    rows = [event(kind, 1, 0, 1, need=3) for kind in kinds]
    kept.add(table(rows), 3)
    kept.begin_anew()
    kept.add(table([event(ev.WEB_VISIT, 2, need=3)]), 1)
    assert kept.before["kind"].tolist() == [ev.STORE_SALE, ev.REFUNDED]
    assert kept.array()["kind"].tolist() == [ev.WEB_VISIT]


PAST = [
    event(ev.NEED_ACTIVE, FORK - 9, 0, need=5),
    event(ev.WEB_ORDER, FORK - 8, 0, 500, need=5, order=20),
    event(ev.NEED_ACTIVE, FORK - 3, 1, need=7),
    event(ev.NEED_ACTIVE, FORK + 1, 0, need=6),
    event(ev.REFUNDED, FORK + 4, 0, 500, need=5, order=20),
    event(ev.STORE_SALE, FORK + 5, 1, 300, need=7, order=28),
    event(ev.WEB_ORDER, FORK + 400, 0, 250, need=6, order=24),
]


def test_a_steady_state_is_measured_the_same_from_what_is_kept_of_its_past():
    whole, thin = tiny_run(PAST), tiny_run(PAST)
    thin.before = thin.before[np.isin(thin.before["kind"], LOOKED_BACK_ON)]
    assert 0 < len(thin.before) < len(whole.before)
    assert measure(whole, SIMPLE, ITEM_COST).equals(measure(thin, SIMPLE, ITEM_COST))
    none = tiny_run(PAST[3:])
    assert not measure(whole, SIMPLE, ITEM_COST).equals(measure(none, SIMPLE, ITEM_COST))


@pytest.mark.parametrize("field", ev.EVENT.names)
def test_fingerprints_notice_every_field_and_leave_others_alone(field):
    base = [event(ev.WEB_VISIT, 400, 0), event(ev.WEB_VISIT, 400, 1)]
    other = {"kind": ev.BASKET_LOST, "day": 401, "value": -0.0, "customer": 1}.get(field, 1)
    touched = [base[0] | {field: other}, base[1]]
    one, two = tiny_run(base).fingerprint, tiny_run(touched).fingerprint
    assert one[0] != two[0]
    assert (one[1] == two[1]) == (field != "customer")


def test_fingerprints_notice_the_order_of_events():
    one = [event(ev.WEB_VISIT, 400, 0), event(ev.LOGGED_IN, 400, 0)]
    assert tiny_run(one).fingerprint[0] != tiny_run(one[::-1]).fingerprint[0]


def test_an_event_has_no_padding_that_a_fingerprint_would_read():
    assert ev.EVENT.itemsize == sum(ev.EVENT[name].itemsize for name in ev.EVENT.names)


def test_the_tally_counts_apart_what_must_be_told_apart():
    tally = tiny_run(LOG).tally
    assert tally.counted(ev.MAIL_SENT, A_FLOW).tolist() == [1, 0]
    assert tally.counted(ev.WEB_ORDER, ev.EMAIL).tolist() == [0, 1]
    assert tally.counted(ev.WEB_ORDER, ev.NONE).tolist() == [1, 0]
    assert tally.counted(ev.JOURNEY_DONE, 2).tolist() == [0, 1]
    assert tally.value[1, ev.AD_SHOWN] == 1


def test_daily_series_add_up_to_the_totals():
    run = tiny_run(LOG)
    daily = daily_series(run, SIMPLE, ITEM_COST).pivot(
        index="day", columns="series", values="value"
    )
    assert len(daily) == END - FORK
    assert daily["gross_revenue_dkk"].sum() == 500
    assert daily["orders"][5] == 1 and daily["messages"][1] == 2 and daily["ads"][1] == 1
    assert daily["wait_minutes"][6] == 6 and np.isnan(daily["wait_minutes"][7])


PROBE = """
import pickle, sys, test_metrics as t
run = t.tiny_run(t.LOG, **t.STAFF)
pickle.dump((run, t.measure(run, t.SIMPLE, t.ITEM_COST)), sys.stdout.buffer)
"""


def test_plain_python_counts_bit_for_bit_as_the_compiled_rules():
    import pickle

    here = Path(__file__).parent
    env = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": f"{here}{os.pathsep}{here.parent}"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROBE], env=env, check=True, capture_output=True
    )
    plain, plain_metrics = pickle.loads(done.stdout)
    run = tiny_run(LOG, **STAFF)
    assert (plain.fingerprint == run.fingerprint).all() and run.fingerprint.all()
    assert (plain.journal == run.journal).all()
    for name, array in run.tally._asdict().items():
        assert np.array_equal(getattr(plain.tally, name), array), name
    assert plain_metrics.equals(measure(run, SIMPLE, ITEM_COST))


MONEY_KINDS = [*sorted(JOURNAL_KINDS), ev.MAIL_SENT, ev.AD_SHOWN, ev.JOURNEY_DONE]
SOME_EVENT = st.builds(
    event,
    st.sampled_from(MONEY_KINDS),
    st.integers(0, END - 1),
    st.integers(0, 3),
    st.integers(0, 10**7).map(lambda oere: oere / 100),
    item=st.integers(0, 1),
    need=st.integers(-1, 3),
    order=st.integers(-1, 9),
    value=st.sampled_from([0.0, 1.0, 3.0]),
    channel=st.integers(-1, 7),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SOME_EVENT, max_size=40), st.floats(0, 1e6), st.floats(0, 1e6))
def test_money_adds_up_to_the_oere_whatever_happens(log, minutes, upkeep):
    run = tiny_run(
        log,
        [(0, 0.5, 0.5), (1, 0.5, 0.5)] * 2,
        staffed_minutes_centre=minutes,
        staffed_minutes_desk=minutes / 3,
        upkeep_dkk=upkeep,
    )
    lines = money(run, SIMPLE, ITEM_COST)
    after = run.journal[run.journal["day"] >= FORK]

    def total(*kinds):
        return int(after["amount_oere"][np.isin(after["kind"], kinds)].sum())

    sums = {name: int(line.sum()) for name, line in lines.items()}
    assert sums["gross_revenue"] == total(ev.WEB_ORDER, ev.STORE_SALE)
    assert sums["refunds"] == total(ev.REFUNDED) and sums["fees"] == total(ev.FEE_PAID)
    assert sums["cost_upkeep"] == round(upkeep * 100)
    assert sums["net_revenue"] == sums["gross_revenue"] - sums["refunds"] + sums["fees"]
    assert sums["contribution"] == sums["net_revenue"] - sum(sums[name] for name in COSTS)
    frame = measure(run, SIMPLE, ITEM_COST).pivot(index="metric", columns="segment", values="value")
    years = person_years(run)
    for name, oere in sums.items():
        assert frame.loc[name, "all"] * 100 * years.sum() == pytest.approx(oere, abs=0.01)
    for name in ("repeat_rate", "share_of_wallet"):
        assert frame.loc[name].dropna().between(0, 1).all()


def test_a_journey_has_any_number_may_begin_with_a_mail_and_on_the_forks_own_day():
    log = [
        event(ev.NEED_ACTIVE, FORK, 0, need=0),
        event(ev.MAIL_CLICKED, 400, 0, need=0),
        event(ev.WEB_VISIT, 401, 0, need=0),
        event(ev.STORE_VISIT, 405, 0, need=0),
        *[event(ev.STORE_VISIT, 405, 0, need=0)] * 2,
    ]
    run = tiny_run(log)
    run.journal = table(log)  # mails are not kept
    assert set(flows(run).itertuples(index=False, name=None)) == {
        ("ours", 1, "message", "web shop", 1),
        ("ours", 2, "web shop", "store", 1),
    }


def test_a_journey_of_the_first_day_began_before_the_fork():
    log = [event(ev.NEED_ACTIVE, 0, 0, need=1), event(ev.WEB_VISIT, 400, 0, need=1)]
    assert flows(tiny_run([*log, event(ev.WEB_ORDER, 401, 0, 10, need=1)])).empty


def test_flows_follow_a_journey_with_its_loops_to_its_end():
    log = [
        event(ev.NEED_ACTIVE, 400, 0, need=7),
        event(ev.AD_CLICKED, 401, 0, channel=0, need=7),
        event(ev.WEB_VISIT, 401, 0, need=7),
        event(ev.WEB_VISIT, 401, 0, need=7),  # the same day: one touch
        event(ev.WEB_VISIT, 405, 0, need=7),  # another day: a loop
        event(ev.BASKET_FILLED, 405, 0, need=7),
        event(ev.SERVICE_ASKED, 406, 0, need=8),  # another need, begun and died
        event(ev.NEED_DIED, 420, 0, need=8),
        event(ev.WEB_ORDER, 406, 0, 10, need=7),
        event(ev.RETURN_IN_STORE, 420, 0, 10, need=7),
        event(ev.STORE_SALE, 420, 0, 10, need=7, value=1.0),  # beyond six steps
        event(ev.RETURN_IN_STORE, 440, 0, 10, need=7),
        event(ev.NEED_ACTIVE, 300, 1, need=1),  # begun before the fork
        event(ev.STORE_VISIT, 400, 1, need=1),
        event(ev.STORE_SALE, 400, 1, 10, need=1),
    ]
    found = flows(tiny_run(log))
    assert set(found.itertuples(index=False, name=None)) == {
        ("ours", 1, "Instagram", "web shop", 1),
        ("ours", 1, "customer centre", "nothing", 1),
        ("ours", 2, "web shop", "web shop", 1),
        ("ours", 3, "web shop", "basket", 1),
        ("ours", 4, "basket", "order", 1),
        ("ours", 5, "order", "return", 1),
        ("ours", 6, "return", "order", 1),
    }
    assert flows(tiny_run([])).empty
