"""Claims about what measures say beside the truth, on events and readings by hand."""

import numpy as np
import pytest

from sim.company.holdouts import COUPONS, NEWSLETTERS
from sim.company.steering import no_readings
from sim.core import events as ev
from sim.core.records import GROUPS, PAID
from sim.measures.yardsticks import Books, click_rate, from_store_by_mail, marks, reading, truth
from sim.world.tally import RunLog, Tally


def run(readings=None, rows=(), scored=(), ended=()):
    journal = np.zeros(len(rows), ev.EVENT)
    for k, row in enumerate(rows):
        for name, value in row.items():
            journal[name][k] = value
    tally = Tally.empty(0, 10)
    for mark in scored:
        tally.counts[0, ev.SCORED, mark + 1] += 1
    tally.counts[0, ev.CONTACT_ENDED, 0] = len(ended)
    tally.value[0, ev.CONTACT_ENDED] = sum(ended)
    read = no_readings() if readings is None else readings
    none = np.zeros(0)
    return RunLog("us", 1, 0, 10, journal, tally, none, none, 0, 0, 0, (), readings=read)


def readings(thing, **fields):
    told = no_readings()
    for name, value in fields.items():
        by_group = told[name].ndim == 2
        told[name][thing] = value / GROUPS if by_group else value
    return told


def test_a_line_is_read_per_krone_and_a_mail_per_mail():
    told = run(readings(1, spent=200, credited=500, shown=10, treated=1_300, held=100))
    line = reading(told, 1, 0.5, 0.1, 100.0)
    assert (line.spent, line.last_click) == (2.0, pytest.approx(1.25))
    assert line.holdout == pytest.approx(0.5 * 400 / 200)
    told = run(readings(NEWSLETTERS, shown=9_500, credited=950, treated=95_400, held=10_000))
    mail = reading(told, NEWSLETTERS, 0.5, 0.1, 100.0)
    assert mail.spent == 95 and mail.last_click == pytest.approx(0.05)
    assert mail.holdout == pytest.approx(0.5 * 5_400 / 4_500), "of one more than every second"


def test_who_holds_nobody_out_has_no_such_reading():
    told = run(readings(1, spent=200, treated=1_300))
    assert np.isnan(reading(told, 1, 0.5, 0.0, 100.0).holdout)
    assert np.isnan(reading(told, 1, 0.5, 0.1, 100.0).holdout), "nobody held out has bought"
    assert np.isnan(reading(run(), 1, 0.5, 0.1, 100.0).last_click), "nothing was spent"


def test_a_click_rate_is_that_of_an_ad_to_anybody_at_the_same_place():
    told = readings(0, shown=1_000, clicked=10)
    told["shown"][1], told["clicked"][1] = 100, 5
    assert click_rate(told, 1) == pytest.approx(5.0) and click_rate(told, 0) == 1.0
    assert np.isnan(click_rate(told, NEWSLETTERS)) and np.isnan(click_rate(told, 2))


def test_the_truth_is_the_margin_with_it_less_without_it_by_what_it_cost():
    spent = np.zeros(PAID)
    spent[1] = 20.0
    on = Books(1_000.0, 5.0, spent, np.array([50, 9, 4]))
    off = Books(970.0, 3.0, np.zeros(PAID), np.array([30, 9, 4]))
    assert truth(1, on, off) == pytest.approx((30 + 20) / 20), "before its own cost"
    assert truth(NEWSLETTERS, on, off) == pytest.approx((30 + 2) / 20)
    assert truth(COUPONS, on, off) == pytest.approx(32 / 4), "the mails go out without it as well"
    assert np.isnan(truth(2, on, off)) and np.isnan(truth(NEWSLETTERS, on, on))
    assert len(on.messages) == len(no_readings()) - PAID


def test_a_mail_gets_the_credit_for_what_a_store_has_done():
    visit = {"kind": ev.STORE_VISIT, "customer": 1, "need": 5, "day": 3}
    order = {"kind": ev.WEB_ORDER, "customer": 1, "need": 5, "day": 6, "channel": ev.EMAIL}
    other = order | {"need": 6}
    someone = order | {"customer": 2}
    later = visit | {"need": 6, "day": 9}
    assert from_store_by_mail(run(rows=(visit, order, other, someone, later))) == pytest.approx(
        1 / 3
    )
    assert from_store_by_mail(run(rows=(visit, order | {"channel": ev.DIRECT}, order))) == 1.0
    assert np.isnan(from_store_by_mail(run(rows=(visit,))))


def test_marks_are_those_given_beside_those_of_all_contacts():
    known, true = marks(run(scored=(5, 5, 4, 0, 0), ended=(5, 5, 4, 2, 1)))
    assert known == pytest.approx(14 / 3) and true == pytest.approx(17 / 5)
    assert all(np.isnan(m) for m in marks(run()))
