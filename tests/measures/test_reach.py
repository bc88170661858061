"""Claims about how slowly a flow reaches people, on a log by hand [A12]."""

from __future__ import annotations

import numpy as np
import pytest
from people import settings
from test_metrics import FORK, event, table, tiny_run

from sim.core import events as ev
from sim.core.records import NEVER
from sim.measures.reach import COLUMNS, WEEKS, reach, reached_on
from sim.settings.flows import message_titles

near = pytest.approx
PEOPLE = 52
FLOWS = settings().company.flows
CARE = list(FLOWS).index("care") + 1
EVERYBODY = ((0, 0.8, 0.8),) * PEOPLE


def bought(day, who, category=1):
    return event(ev.STORE_SALE, FORK + day, who, 10_000, channel=ev.STORE, category=category)


def sent(day, who, kind=CARE, way=ev.MAIL_SENT):
    return event(way, FORK + day, who, order=kind)


def one_a_week(letters: bool = True) -> list:
    """Each week another person buys, and is written to three weeks later; the newsletter goes to
    everybody on Thursdays."""
    log = [bought(7 * who, who) for who in range(PEOPLE)]
    log += [sent(7 * who + 21, who) for who in range(PEOPLE)]
    if letters:
        log += [sent(7 * w + 3, who, ev.NEWSLETTER) for w in range(PEOPLE) for who in range(PEOPLE)]
    return log


def measured(log, title="care advice", category="second"):
    frame = reach(tiny_run(log, EVERYBODY), FLOWS, ["first", "second"])
    assert list(frame.columns) == COLUMNS
    told = frame[(frame["flow"] == title) & (frame["category"] == category)]
    return dict(zip(told["weeks"], told["share"], strict=True))


def test_a_newsletter_reaches_its_list_in_the_first_week_and_a_flow_builds_up_slowly():
    log = one_a_week()
    run, everybody = tiny_run(log, EVERYBODY), np.arange(PEOPLE)
    letters = run.tally  # counted, and not kept one by one
    assert letters.counted(ev.MAIL_SENT, ev.NEWSLETTER).sum() == PEOPLE * PEOPLE
    mails = table([row for row in log if row["order"] == ev.NEWSLETTER])
    first = reached_on(mails, everybody, np.full(PEOPLE, FORK)) - FORK
    assert (first < 7).mean() == 1.0
    by_flow = measured(log)
    assert by_flow == {
        1: 0.0,
        4: near(1 / PEOPLE),
        13: near(10 / PEOPLE),
        26: near(23 / PEOPLE),
        52: near(49 / PEOPLE),
    }
    assert measured(one_a_week(letters=False)) == by_flow


def test_only_a_message_after_the_purchase_and_its_delay_is_taken_to_follow_it():
    assert measured([bought(10, 0), sent(30, 0), sent(60, 0)])[13] == 1.0
    assert measured([bought(10, 0), sent(30, 0)])[52] == 0.0, "it cannot be about this purchase"
    assert measured([bought(10, 0), sent(31, 0)])[13] == 1.0
    assert measured([bought(10, 0), bought(100, 0), sent(31, 0)])[13] == 1.0, "the first counts"
    assert measured([bought(10, 0), sent(31, 1)])[52] == 0.0, "that went to another"


def test_all_buyers_since_the_fork_are_counted_by_category_and_whatever_way_it_goes():
    log = [bought(0, 0), bought(300, 1), sent(21, 0, way=ev.PUSHED), bought(0, 2, category=0)]
    assert measured(log)[4] == near(0.5), "who will buy later counts from the first"
    assert measured(log, category="first")[52] == 0.0
    assert measured(log, "after purchase")[52] == 0.0, "another flow"
    assert np.isnan(measured([])[1])


def test_flows_that_follow_a_purchase_are_in_the_table_for_weeks_that_were_lived():
    frame = reach(tiny_run([], EVERYBODY, end=FORK + 100), FLOWS, ["only"])
    assert set(frame["flow"]) == {"after purchase", "care advice"}
    assert set(frame["weeks"]) == {1, 4, 13} < set(WEEKS)
    assert set(frame["flow"]) < set(message_titles(FLOWS).values())


def test_nobody_is_reached_by_nothing():
    none = table([])
    assert reached_on(none, np.array([0, 1]), np.array([0, 0])).tolist() == [NEVER, NEVER]
