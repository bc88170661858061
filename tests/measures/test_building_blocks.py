"""Claims about the rates of single acts, on logs that can be counted on two hands."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import INSTAGRAM, SEARCH
from test_metrics import END, FORK, event, tiny_run

from sim.core import events as ev
from sim.measures.building_blocks import BLOCKS, beside_bands, measure_blocks, share

WELCOME = 1  # any flow

near = pytest.approx
TEN = [(1, 0.5, 0.5), (0, 0.5, 0.5)] * 5


def blocks(log, people=TEN, **given):
    return measure_blocks(tiny_run(log, people, **given))


def times(n, kind, **fields):
    return [event(kind, 400 + day, **fields) for day in range(n)]


def test_a_share_of_nothing_is_undefined():
    assert share(1, 4) == 0.25 and share(0, 4) == 0
    assert math.isnan(share(1, 0))


def test_a_run_without_events_has_every_block_and_none_is_defined():
    found = blocks([])
    metrics = {"net promoter score"}
    assert set(found) == set(BLOCKS) - metrics and all(
        math.isnan(value) for value in found.values()
    )


def test_conversion_is_orders_over_visits_by_what_brought_them():
    log = []
    for channel, visits, orders in ((ev.EMAIL, 4, 1), (SEARCH, 5, 2), (INSTAGRAM, 8, 1)):
        log += times(visits, ev.WEB_VISIT, channel=channel)
        log += times(orders, ev.BASKET_PAID, channel=channel)
        log += times(2 * orders, ev.WEB_ORDER, channel=channel)  # two things in each
    log += times(7, ev.BASKET_PAID, channel=ev.STORE)
    found = blocks([*log, *times(3, ev.WEB_VISIT, channel=ev.DIRECT)])
    assert found["conversion, e-mail"] == 1 / 4
    assert found["conversion, search"] == 2 / 5
    assert found["conversion, social"] == 1 / 8
    assert found["conversion"] == 4 / 20


def test_a_basket_without_an_order_is_abandoned():
    found = blocks([*times(5, ev.BASKET_FILLED), *times(2, ev.WEB_ORDER)])
    assert found["basket abandonment"] == near(1 - 2 / 5)


def test_newsletters_are_counted_apart_from_other_mails_but_for_those_who_leave():
    log = []
    for kind, sent, opened, clicked in ((ev.NEWSLETTER, 8, 4, 1), (WELCOME, 2, 2, 2)):
        log += times(sent, ev.MAIL_SENT, order=kind) + times(opened, ev.MAIL_OPENED, order=kind)
        log += times(clicked, ev.MAIL_CLICKED, order=kind)
    found = blocks([*log, *times(1, ev.UNSUBSCRIBED, channel=ev.EMAIL)])
    assert found["newsletter opened"] == 4 / 8
    assert found["newsletter clicked"] == 1 / 8
    assert found["unsubscribed"] == 1 / 10


def test_contacts_are_solved_of_those_answered_and_about_orders_of_those_after_a_purchase():
    log = times(3, ev.SERVICE_ANSWERED, order=1) + times(1, ev.SERVICE_ANSWERED, order=0)
    log += times(2, ev.SERVICE_ASKED, category=ev.ABOUT_ORDER)
    log += times(3, ev.SERVICE_ASKED, category=ev.ABOUT_DEFECT)
    log += times(7, ev.SERVICE_ASKED, category=ev.ABOUT_PRODUCT)
    found = blocks(log)
    assert found["first-contact resolution"] == 3 / 4
    assert found["order-status contacts"] == 2 / 5


# ---- extra purchases ---------------------------------------------------------------------------

LAST = END - 365  # first day of the last year


def web_and_back(who, day=LAST + 10, order=4):
    return [
        event(ev.WEB_ORDER, day - 5, who, 100, order=order),
        event(ev.RETURN_IN_STORE, day, who, 100, order=order),
    ]


def test_extra_at_pick_up_is_of_people_who_picked_up():
    log = [event(ev.PICKED_UP, LAST + 5, who, order=4) for who in (0, 1, 2)]
    log += [event(ev.PICKED_UP, LAST + 9, 0, order=8)]  # twice: one person
    log += [event(ev.STORE_SALE, LAST + 5, 0, 50, order=4, value=3.0)]
    log += [event(ev.STORE_SALE, LAST + 5, 1, 50, order=4, value=2.0)]  # at a return
    log += [event(ev.STORE_SALE, LAST + 5, 7, 50, order=4, value=3.0)]  # never picked up
    assert blocks(log)["extra at pick-up"] == near(1 / 3)


def test_extra_at_return_is_of_people_who_brought_a_web_order_back():
    log = [*web_and_back(0), *web_and_back(1), *web_and_back(2), *web_and_back(3)]
    log += [event(ev.RETURN_IN_STORE, LAST + 10, 4, 100, order=99)]  # was bought in a store
    log += [event(ev.STORE_SALE, LAST + 10, 0, 50, order=4, value=1.0)]
    log += [event(ev.STORE_SALE, LAST + 10, 1, 50, order=4, value=2.0)]
    log += [event(ev.STORE_SALE, LAST + 10, 2, 50, order=4, value=3.0)]
    log += [event(ev.STORE_SALE, LAST + 10, 3, 50, value=0.0)]
    assert blocks(log)["extra at return"] == near(2 / 4)


@pytest.mark.parametrize(("value", "counts"), [(0.0, 0), (1.0, 1), (2.0, 1), (3.0, 0)])
def test_extra_at_return_is_an_exchange_or_a_new_purchase(value, counts):
    log = [*web_and_back(0), event(ev.STORE_SALE, LAST + 10, 0, 50, order=4, value=value)]
    assert blocks(log)["extra at return"] == counts


def test_who_kept_his_web_order_is_not_asked_what_he_bought_at_its_return():
    kept = [event(ev.WEB_ORDER, LAST + 5, who, 100, order=4) for who in (1, 2, 3)]
    sale = event(ev.STORE_SALE, LAST + 10, 0, 50, order=4, value=2.0)
    assert blocks([*web_and_back(0), *kept, sale])["extra at return"] == 1


def test_extra_purchases_look_at_the_last_year_since_the_fork():
    early = [event(ev.PICKED_UP, LAST - 1, 5, order=4)]
    first = [event(ev.PICKED_UP, LAST, 6, order=4)]
    sale = [event(ev.STORE_SALE, LAST, 6, 50, order=4, value=3.0)]
    assert blocks([*early, *first, *sale])["extra at pick-up"] == 1
    before = [event(ev.PICKED_UP, FORK - 1, 5, order=4)]
    after = [event(ev.PICKED_UP, FORK, 6, order=4)]
    short = blocks([*before, *after], end=FORK + 100)
    assert short["extra at pick-up"] == 0


# ---- repeat buying -----------------------------------------------------------------------------


def repeats(*people, end=END):
    """Of newcomers who buy on these days."""
    log = [event(ev.STORE_SALE, day, who, 10) for who, days in enumerate(people) for day in days]
    spans = dict.fromkeys(range(len(people)), (1, 1 << 30))
    return measure_blocks(tiny_run(log, [(1, 0.5, 0.5)] * len(people), spans=spans, end=end))


def test_the_second_purchase_comes_within_a_year_of_the_first_or_not():
    found = repeats((100, 465), (100, 466), (100,), (100, 101, 102, 103))
    assert found["second purchase"] == near(2 / 4)
    assert found["third purchase"] == near(1 / 3)
    assert found["fourth purchase"] == near(1 / 1)


def test_two_orders_on_one_day_are_one_purchase():
    assert repeats((100, 100))["second purchase"] == 0


def test_who_cannot_be_seen_for_a_year_is_not_asked():
    assert repeats((END - 365, END - 300), (END - 364,))["second purchase"] == 1
    assert math.isnan(repeats((END - 364, END - 300))["second purchase"])


def test_one_persons_purchases_follow_his_own_and_nobody_elses():
    found = repeats((100,), (110, 120), (130,))
    assert found["second purchase"] == near(1 / 3)
    assert found["third purchase"] == 0


def test_an_exchange_is_no_second_purchase():
    log = [event(ev.STORE_SALE, 100, 0, 10), event(ev.STORE_SALE, 120, 0, 10, value=1.0)]
    run = tiny_run(log, [(1, 0.5, 0.5)], spans={0: (1, 1 << 30)})
    assert measure_blocks(run)["second purchase"] == 0


def test_who_was_there_on_the_first_day_has_a_past_that_is_cut_and_is_not_asked():
    log = [event(ev.STORE_SALE, 100, 0, 10), event(ev.STORE_SALE, 120, 0, 10)]
    run = tiny_run(log, [(1, 0.5, 0.5)] * 2, spans={0: (0, 1 << 30)})
    assert math.isnan(measure_blocks(run)["second purchase"])


def test_one_purchase_in_39_weeks_means_none_in_the_273_days_after():
    found = repeats((100,), (100, 373), (100, 374), (100, 374))
    assert found["one purchase in 39 weeks"] == near(3 / 4)
    late = repeats((END - 273,), (END - 272,), (END - 272, END - 270))
    assert late["one purchase in 39 weeks"] == 1


def test_the_top_fifth_of_customers_holds_its_share_of_spending():
    log = [event(ev.STORE_SALE, FORK + 9, who, 10 * (who + 1)) for who in range(10)]
    log += [event(ev.STORE_SALE, FORK - 9, 9, 9_000)]  # before the fork
    assert blocks(log)["top fifth"] == near((100 + 90) / 550)
    few = [event(ev.STORE_SALE, FORK + 9, who, 10) for who in range(4)]
    assert blocks(few)["top fifth"] == near(1 / 4)


# ---- returned goods ----------------------------------------------------------------------------


def test_returns_are_told_by_where_the_goods_were_bought():
    log = [event(ev.WEB_ORDER, 400 + n, 0, 100, order=4 * n) for n in range(1, 5)]
    log += [event(ev.STORE_SALE, 400 + n, 0, 200, order=100 + n) for n in range(1, 5)]
    log += [event(ev.RETURN_BY_MAIL, 430, 0, 100, order=4)]
    log += [event(ev.RETURN_IN_STORE, 430, 0, 100, order=8)]  # a web order brought back
    log += [event(ev.RETURN_IN_STORE, 430, 0, 200, order=101)]
    found = blocks(log)
    assert found["returned online"] == near(200 / 400)
    assert found["returned in store"] == near(200 / 800)


def test_sales_too_young_to_have_come_back_are_left_out():
    log = [event(ev.WEB_ORDER, END - 31, 0, 100, order=4)]
    log += [event(ev.WEB_ORDER, END - 30, 0, 300, order=8)]
    log += [event(ev.RETURN_BY_MAIL, END - 2, 0, 100, order=4)]
    assert blocks(log)["returned online"] == 1
    log += [event(ev.RETURN_BY_MAIL, END - 1, 0, 300, order=8)]
    assert blocks(log)["returned online"] == 1, "nor does a quick return of theirs count"


def test_a_sale_at_the_return_of_a_web_order_is_a_store_sale_that_may_come_back_itself():
    log = [event(ev.WEB_ORDER, 400, 0, 100, order=4, need=1)]
    log += [event(ev.RETURN_IN_STORE, 410, 0, 100, order=4, need=1)]
    log += [event(ev.STORE_SALE, 410, 0, 300, order=4, need=2, value=2.0, item=1)]
    assert blocks(log)["returned in store"] == 0, "the web order is no store sale"
    log += [event(ev.RETURN_IN_STORE, 420, 0, 300, order=8, need=2, item=1)]
    assert blocks(log)["returned in store"] == 1


@pytest.mark.parametrize("sold", [ev.WEB_ORDER, ev.STORE_SALE])
def test_what_comes_back_of_sales_that_are_not_looked_at_does_not_count(sold: int):
    kept = [event(ev.STORE_SALE, 400, 0, 500, order=100)]
    for day in (FORK - 3, END - 10):  # sold before the fork; too young
        back = [event(ev.RETURN_IN_STORE, max(day + 5, FORK), 0, 100, order=4)]
        found = blocks([*kept, event(sold, day, 0, 100, order=4), *back])
        assert found["returned in store"] == 0


def test_another_customers_order_of_the_same_number_is_another_order():
    log = [event(ev.WEB_ORDER, 400, 0, 100, order=4), event(ev.STORE_SALE, 400, 1, 100, order=4)]
    log += [event(ev.RETURN_IN_STORE, 410, 1, 100, order=4)]
    found = blocks(log)
    assert found["returned online"] == 0 and found["returned in store"] == 1


def test_blocks_stand_beside_their_bands_with_an_interval_over_seeds():
    measured = [dict.fromkeys(BLOCKS, value) for value in (0.2, 0.4)]
    frame = beside_bands(measured)
    assert len(frame) == len(BLOCKS) and np.allclose(frame["value"], 0.3)
    assert (frame["low"] < 0.2).all() and (frame["high"] > 0.4).all()
    first, block = frame.iloc[0], BLOCKS["conversion, e-mail"]
    assert first[["what", "band_low", "band_high", "source"]].tolist() == [
        block.what,
        block.low,
        block.high,
        block.source,
    ]
