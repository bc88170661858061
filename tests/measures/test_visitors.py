"""Claims about who comes, what lies in a basket and where people buy, on journals by hand."""

from __future__ import annotations

import numpy as np
import pytest
from test_metrics import FORK, event, tiny_run

from sim.core import events as ev
from sim.core.records import CUSTOMER
from sim.measures.building_blocks import order_values, spread, visits_by_search
from sim.measures.visitors import VISITORS, measure_visitors

SEARCH = ev.MEDIA[1]
YEAR = 365
END = FORK + 2 * YEAR
near = pytest.approx


def people(**fields) -> np.ndarray:
    """Two people who are there all the time."""
    table = np.zeros(2, CUSTOMER)
    table["id"], table["exit_day"] = (0, 1), 1 << 30
    for name, values in fields.items():
        table[name] = values
    return table


def found(log, **fields) -> dict[str, float]:
    """Every figure of a run of these events."""
    frame = measure_visitors(tiny_run(log), people(**fields))
    return dict(zip(frame["what"], frame["value"], strict=True))


def test_every_figure_is_measured_and_those_of_nothing_are_undefined():
    figures = found([])
    assert set(figures) == set(VISITORS)
    known = {"visits", "know us", "took in content", "finds", "in the forum", "take part"}
    known |= {"in a tier", "contacts"}
    undefined = {name for name, value in figures.items() if np.isnan(value)}
    assert undefined == set(VISITORS) - known
    assert not any(figures[name] for name in known)


def test_who_takes_part_in_the_forum_is_compared_with_all_who_have_an_account():
    bought = [event(ev.BASKET_PAID, day, who) for day, who in ((400, 0), (401, 0), (402, 1))]
    bought += [event(ev.FIND_SEEN, 400, 1), event(ev.FORUM_VISITED, 400, 0)]
    figures = found(bought, takes_part=(2, 0), account=1, tier=(0, 2))
    assert figures["take part"] == figures["in a tier"] == 1 / 2
    assert figures["participants' purchases"] == 2 / 1.5
    assert figures["finds"] == figures["in the forum"] == 1 / 4


def test_content_is_counted_by_who_takes_it_in_and_whom_it_drives_away():
    log = [event(ev.WEB_VISIT, 400, 0, channel=ev.DIRECT) for _ in range(4)]
    log += [event(ev.CONTENT_READ, 400, 0), event(ev.CONTENT_READ, 401, 1)]
    log += [event(ev.CONTENT_LEFT, 402, 1)]
    figures = found(log)
    assert figures["took in content"] == 2 / 4 and figures["left for content"] == 1000 / 4


def test_receipts_are_scanned_waited_for_or_left_and_who_scans_is_compared_with_all_members():
    def receipt(day, who, minute, scanned, oere, seen_as=ev.A_PERSON):
        paid = {"channel": ev.STORE, "seen_as": seen_as, "value": 0.0 if scanned else 1.0}
        yield event(ev.BASKET_PAID, day, who, minute=minute, **paid)
        yield event(ev.STORE_SALE, day, who, oere, channel=ev.STORE, seen_as=seen_as, item=0)

    log = [
        *receipt(400, 0, 0, True, 30_000),
        *receipt(401, 1, 6, False, 10_000),
        *receipt(402, 1, 2, False, 10_000),
        *receipt(403, 1, 4, False, 10_000, ev.NOBODY),
        event(ev.TILL_LEFT, 404, 1, channel=ev.STORE),
    ]
    figures = found(log)
    assert figures["scanned"] == 1 / 3, "of members' receipts"
    assert figures["till"] == (6 + 2 + 4) / 4 and figures["left the queue"] == 1 / 5
    assert figures["scanners' spending"] == 30_000 / 30_000
    more = found([*log, *receipt(405, 0, 0, True, 10_000)])
    assert more["scanners' spending"] == 40_000 / 35_000


def test_visits_are_told_by_what_brought_them_and_how_soon_they_were_over():
    came = (ev.DIRECT, SEARCH, SEARCH, ev.LINK)
    log = [event(ev.WEB_VISIT, 400, 0, channel=c, value=float(c != ev.DIRECT)) for c in came]
    log += [event(ev.NAME_SEARCHED, 400, 0, channel=SEARCH)]
    log += [event(ev.LEFT_AT_ONCE, 400, 0, channel=SEARCH)]
    figures = found(log)
    assert figures["visits"] == 4 / 4, "two people, two years"
    assert figures["on their own"] == 1 / 4 and figures["by search"] == 2 / 4
    assert figures["by name"] == 1 / 4 and figures["left at once"] == 1 / 4
    assert figures["by a link"] == 1 / 4 and figures["strangers"] == 3 / 4
    assert visits_by_search(tiny_run(log)) == 2 / 4


def test_who_knows_us_at_the_end_is_there_and_has_not_forgotten():
    assert found([], knows_until=(END, END - 1))["know us"] == 1 / 2
    assert found([], knows_until=(END, END), exit_day=(1 << 30, END - 1))["know us"] == 1


def test_what_is_paid_for_at_one_place_on_one_day_is_one_basket():
    log = [
        event(ev.WEB_ORDER, 400, 0, 100, order=4),
        event(ev.WEB_ORDER, 400, 0, 50, order=8),
        event(ev.STORE_SALE, 400, 0, 70, order=12),
        event(ev.STORE_SALE, 401, 0, 80, order=16),
        event(ev.STORE_SALE, 401, 1, 30, order=4),
        event(ev.STORE_SALE, 402, 1, 900, order=8, value=1.0),  # an exchange is no purchase
    ]
    who, value = order_values(tiny_run(log))
    assert sorted(zip(who.tolist(), value.tolist(), strict=True)) == [
        (0, 70.0),
        (0, 80.0),
        (0, 150.0),
        (1, 30.0),
    ]
    assert found(log)["order value"] == 330 / 4
    assert found(log)["order value, spread"] == near(np.std([150, 70, 80, 30]) / (330 / 4))
    assert np.isnan(spread(np.ones(1))) and spread(np.ones(5)) == 0


def test_things_are_lines_over_baskets_paid_for():
    log = [event(ev.WEB_ORDER, 400, 0, 100, order=4 * k) for k in range(3)]
    log += [event(ev.BASKET_PAID, 400, 0, channel=ev.EMAIL) for _ in range(2)]
    assert found(log)["things"] == 3 / 2


def test_regulars_are_told_apart_by_where_they_bought_in_the_last_year():
    def bought(kinds, day, customer):
        return [event(kind, day + k, customer, 10, order=k) for k, kind in enumerate(kinds)]

    web, store = ev.WEB_ORDER, ev.STORE_SALE
    log = bought((web, web, store), END - 200, 0) + bought((store, store, store), END - 300, 1)
    figures = found(sorted(log, key=lambda one: one["day"]))
    assert (figures["both"], figures["only stores"], figures["only web"]) == (1 / 2, 1 / 2, 0)
    assert figures["store sales"] == 4 / 6
    twice = bought((web, web), END - 200, 0) + bought((web, web, web), END - YEAR - 100, 1)
    assert np.isnan(found(sorted(twice, key=lambda one: one["day"]))["both"]), "nobody is regular"


def test_a_trip_is_researched_if_the_shop_was_looked_at_that_day_for_the_same_need():
    trip = event(ev.STORE_VISIT, 400, 0, need=7, order=0)
    for visit, looked in (
        (event(ev.WEB_VISIT, 400, 0, need=7, channel=ev.DIRECT), 1.0),
        (event(ev.WEB_VISIT, 399, 0, need=7, channel=ev.DIRECT), 0.0),
        (event(ev.WEB_VISIT, 400, 0, need=8, channel=ev.DIRECT), 0.0),
        (event(ev.WEB_VISIT, 400, 1, need=7, channel=ev.DIRECT), 0.0),
    ):
        log = sorted([visit, trip], key=lambda one: (one["day"], one["customer"]))
        assert found(log)["looked first"] == looked
    fetched = event(ev.STORE_VISIT, 400, 0, need=7, order=1)
    assert np.isnan(found([fetched])["looked first"]), "a pick-up is no trip for something"


def test_the_competitors_sales_are_told_by_place_and_reminders_by_mails_opened():
    log = [
        event(ev.COMPETITOR_SALE, 400, 0, 300, value=1.0),
        event(ev.COMPETITOR_SALE, 401, 0, 100, value=0.0),
        *[event(ev.MAIL_OPENED, 402, 0, order=0) for _ in range(4)],
        event(ev.REMINDED, 402, 0, need=7, channel=ev.EMAIL),
    ]
    assert found(log)["competitor's stores"] == 3 / 4 and found(log)["reminded"] == 1 / 4


def test_costs_are_those_remembered_by_who_bought_lately():
    log = [event(ev.WEB_ORDER, END - 10, 1, 100, order=4)]
    assert found(log, costs_met_dkk=(99.0, 12.0))["costs met"] == 12.0


def test_reviews_are_over_things_sold_and_questions_over_baskets_paid_for():
    log = [event(ev.WEB_ORDER, 400, 0, 100, order=4 * k) for k in range(3)]
    log += [event(ev.STORE_SALE, 400, 0, 100, order=16)]
    log += [event(ev.BASKET_PAID, 400, 0, channel=ev.EMAIL), event(ev.BASKET_PAID, 400, 0)]
    log += [event(ev.REVIEWED, 401, 0, value=float(stars)) for stars in (5, 2)]
    topics = (ev.ABOUT_PRODUCT, ev.ABOUT_PRODUCT, ev.ABOUT_PRODUCT, ev.ABOUT_ORDER)
    log += [event(ev.SERVICE_ASKED, 402, 0, category=topic) for topic in topics]
    log += [event(ev.ANSWER_FOUND, 403, 0)]
    figures = found(log)
    assert figures["reviews"] == 100 * 2 / 4 and figures["stars"] == 7 / 2
    assert figures["product questions"] == 100 * 3 / 2 and figures["answers found"] == 100 / 2


def test_ratings_of_us_are_counted_by_orders_and_by_whether_they_were_invited():
    log = [event(ev.BASKET_PAID, 400 + k, 0) for k in range(4)]
    log += [event(ev.RATED_US, 401, 0, channel=ev.NONE, value=1.0)]
    log += [event(ev.RATED_US, 402, 1, channel=ev.EMAIL, value=4.0)]
    log += [event(ev.RATED_US, 403, 1, channel=ev.EMAIL, value=5.0)]
    figures = found(log)
    assert figures["portal ratings"] == 1000 * 3 / 4
    assert figures["portal invited"] == near(2 / 3) and figures["portal stars"] == near(10 / 3)


def test_evening_visits_are_counted_by_device():
    def visit(minute, device):
        return event(ev.WEB_VISIT, 400, 0, minute=minute, order=device, need=3)

    log = [visit(1019, 1), visit(1020, 1), visit(1300, 1), visit(900, 0), visit(1200, 0)]
    figures = found(log)
    assert figures["phone in the evening"] == near(2 / 3)
    assert figures["computer in the evening"] == near(1 / 2)
