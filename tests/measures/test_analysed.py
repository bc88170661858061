"""Claims about the figures of the analysis: concentration, segments, and whom a reminder moves."""

from __future__ import annotations

import numpy as np
import pytest
from test_metrics import FORK, event, tiny_run

from sim.core import events as ev
from sim.core.records import LEDGER
from sim.measures.analysed import ANALYSED, gini, measure_analysis
from sim.measures.segments import SEGMENTS, segment_of, together
from sim.study.propensity import bought_in, by_fifth, most_moved
from sim.world.analyst import Found

near = pytest.approx


def test_the_gini_index_is_zero_of_equal_parts_and_near_one_of_a_monopoly():
    assert gini(np.ones(10)) == near(0.0)
    assert gini(np.array([0, 0, 0, 5])) == near(0.75)
    assert gini(np.array([1, 3])) == near(0.25) and gini(np.array([3, 1])) == near(0.25)
    assert gini(np.arange(5)) == gini(7 * np.arange(5))
    assert np.isnan(gini(np.zeros(3))) and np.isnan(gini(np.zeros(0)))


def test_everybody_on_file_has_one_segment_and_the_best_are_champions():
    codes = np.array([(r, f, m) for r in range(1, 6) for f in range(1, 6) for m in range(1, 6)])
    found = segment_of(codes)
    assert set(found) == set(range(len(SEGMENTS)))
    told = {name: segment_of(np.array([code]))[0] for name, code in EXAMPLES.items()}
    assert told == {name: k for k, name in enumerate(SEGMENTS)}
    assert segment_of(np.zeros((1, 3), int))[0] == -1


EXAMPLES = {
    "champions": (5, 5, 5),
    "loyal": (3, 4, 4),
    "new": (5, 1, 2),
    "occasional": (3, 1, 1),
    "slipping": (1, 4, 4),
    "lost": (1, 1, 1),
}


def test_what_does_not_vary_goes_together_with_nothing():
    assert together(np.array([1, 2, 3]), np.array([2, 4, 6])) == near(1.0)
    assert np.isnan(together(np.ones(5), np.arange(5))) and np.isnan(together([1, 2], [1, 2]))


def figures(log, found=(), **counted):
    ledger = np.zeros(1, LEDGER)
    for name, value in counted.items():
        ledger[name] = value
    frame = measure_analysis(tiny_run(log), list(found), ledger[0], 8)
    return dict(zip(frame["what"], frame["value"], strict=True))


def test_reminders_are_told_from_newsletters_and_flows():
    mail = [event(ev.MAIL_SENT, FORK, order=k) for k in (0, 1, ev.REMINDER, ev.REMINDER)]
    opened = [event(ev.MAIL_OPENED, FORK, order=ev.REMINDER)]
    told = figures([*mail, *opened])
    assert told["reminder opened"] == near(0.5) and told["reminder clicked"] == 0.0
    assert set(told) == set(ANALYSED)


def test_a_month_without_a_known_auc_is_left_out_of_the_mean():
    months = [Found(0, 10, 5, 1, float("nan"), 0.6), Found(28, 10, 5, 1, 0.8, 0.7)]
    told = figures([event(ev.ENTERED, FORK)], months)
    assert told["auc recorded"] == near(0.8) and told["auc true"] == near(0.65)
    assert np.isnan(figures([event(ev.ENTERED, FORK)])["auc true"])


def test_hits_are_shares_of_the_purchases_of_who_had_picks():
    told = figures([event(ev.ENTERED, FORK)], picked_for=8, hit_kind=4, hit_item=2)
    assert told["hit kind"] == near(0.5) and told["hit item"] == near(0.25)


# ---- whom a reminder moves ---------------------------------------------------------------------


def test_a_purchase_counts_from_the_day_of_the_reminder_to_the_end_of_its_month():
    days = {1: 399, 2: 400, 3: 427, 4: 428}
    log = [event(ev.WEB_ORDER, day, who, item=0) for who, day in days.items()]
    log.append(event(ev.STORE_SALE, 401, 5, item=0, value=ev.EXCHANGE))
    run = tiny_run(log, ((1, 0.8, 0.8),) * 6)
    assert bought_in(run, 400, 28).tolist() == [2, 3]


def test_a_fifth_is_compared_with_itself_and_the_most_moved_is_named():
    people, score = np.arange(10), np.linspace(0.05, 0.5, 10)
    without, with_it = np.isin(people, [8, 9]), np.isin(people, [4, 8, 9])
    table = by_fifth([(people, score, without, with_it)])
    assert table["difference"].tolist() == [0, 0, 0.5, 0, 0]
    assert table["without"].tolist() == [0, 0, 0, 0, 1.0] and most_moved(table) == 3


def test_fifths_are_of_each_month_by_itself():
    people, none = np.arange(5), np.zeros(5, bool)
    months = [(people, np.linspace(a, a + 0.1, 5), none, none) for a in (0.0, 0.8)]
    table = by_fifth(months)
    assert table["people"].tolist() == [2] * 5
    assert table["predicted"].tolist() == near([0.4, 0.425, 0.45, 0.475, 0.5])
