"""Claims about why things come back, as far as a company finds out, and what it does about it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.company.outside import demand, more_there
from sim.company.reasons import (
    CURABLE,
    asked,
    believed_fault,
    comes_back_often,
    takes_it_up,
    usually_named,
)
from sim.core.records import (
    CELLS,
    DEFECTIVE,
    FALLS_SHORT,
    FAULTS,
    NO_FAULT,
    NOT_AS_SHOWN,
    WRONG_SIZE,
)

near = pytest.approx
SEED = 3


def words(**said):
    """Counts by fault: falls_short=3."""
    codes = {"falls_short": FALLS_SHORT, "not_as_shown": NOT_AS_SHOWN, "wrong_size": WRONG_SIZE}
    counts = np.zeros(FAULTS, int)
    for name, number in said.items():
        counts[codes[name]] = number
    return counts


def test_an_article_that_comes_back_as_often_as_its_kind_is_left_alone():
    often = {back for back in range(101) if comes_back_often(back, 100, 0.2, least=5, sure=3.0)}
    assert often == set(range(33, 101)), "20 and three times 4"


def test_a_few_returns_say_nothing():
    assert not comes_back_often(9, 9, 0.2, least=10, sure=3.0)
    assert comes_back_often(10, 10, 0.2, least=10, sure=3.0)


@pytest.mark.parametrize("usual", [0.0, 1.0])
def test_where_nothing_or_all_comes_back_nothing_stands_out(usual):
    assert not comes_back_often(50, 100, usual, least=1, sure=0.0)


def test_who_is_measured_on_sales_acts_only_where_he_is_told_of_the_targets_of_all():
    assert takes_it_up(0.8, 0.25, "sales") == near(0.2)
    assert takes_it_up(0.8, 0.25, "reviews") == 0.8 == takes_it_up(0.8, 1.0, "sales")


USUAL = np.array([0.1, 0.2, 0.3, 0.3, 0.1])


def believed(said, tried=0, sure=1.0):
    return believed_fault(said, USUAL, tried, sure)


def test_something_is_done_about_what_is_named_more_often_than_usual():
    told = words(falls_short=3, wrong_size=3)
    assert believed(told) == FALLS_SHORT, "sizes disappoint oftener with any article"
    assert believed(words(falls_short=1, not_as_shown=5)) == NOT_AS_SHOWN


def test_where_nothing_stands_out_nothing_is_done():
    alike = words(falls_short=2, not_as_shown=3, wrong_size=3)
    assert believed(alike) == 0 and believed(alike, sure=0.0) != 0
    spread = np.sqrt(10 * 0.2 * 0.8)
    said = words(falls_short=4, not_as_shown=3, wrong_size=3)
    assert believed(said, sure=2 / spread - 1e-9) == FALLS_SHORT
    assert believed(said, sure=2 / spread + 1e-9) == 0


def test_where_nobody_says_why_a_rule_of_thumb_decides():
    assert believed(words()) == FALLS_SHORT


def test_what_was_tried_is_not_tried_again_and_at_last_nothing_is_left():
    tried, order = 0, []
    for _ in CURABLE:
        order.append(believed(words(), tried))
        tried |= 1 << order[-1]
    assert order == list(CURABLE) and believed(words(), tried) == 0
    said = words(falls_short=9, wrong_size=9)
    assert believed(said, 1 << FALLS_SHORT) == WRONG_SIZE


def test_a_defect_or_no_reason_is_nothing_that_can_be_cured():
    said = np.zeros(FAULTS, int)
    said[[NO_FAULT, DEFECTIVE]] = 9
    assert believed(said) == 0


def test_what_is_usual_is_a_share_of_all_that_is_named():
    assert usually_named(np.array([0, 3, 3, 3, 0])) == near(
        [1 / 14, 4 / 14, 4 / 14, 4 / 14, 1 / 14]
    )
    assert usually_named(np.zeros(FAULTS)) == near(np.full(FAULTS, 1 / FAULTS))


def test_everybody_is_asked_once_and_says_what_is_so():
    heads = np.array([1, 4, 0, 2, 0])
    assert (asked(heads, 100, 7, 28, SEED) == heads).all()
    few = asked(heads, 3, 7, 28, SEED)
    assert few.sum() == 3 and (few <= heads).all()
    assert asked(heads, 0, 7, 28, SEED).sum() == 0 == asked(0 * heads, 9, 7, 28, SEED).sum()


def test_who_is_asked_is_luck_and_on_average_they_answer_as_all_would():
    heads = np.array([10, 60, 0, 30, 0])
    answers = sum(asked(heads, 10, key, 28, SEED) for key in range(400))
    assert answers / answers.sum() == near([0.1, 0.6, 0, 0.3, 0], abs=0.02)
    assert len({tuple(asked(heads, 10, 7, day, SEED)) for day in range(30)}) > 5


def test_without_answers_demand_is_what_is_sold():
    sold = np.arange(1.0, CELLS + 1)
    assert demand(sold, np.zeros(CELLS), 30.0) == near(sold / sold.sum())


def test_answers_move_the_styles_of_a_category_and_leave_categories_as_they_sell():
    sold, answers = np.ones(CELLS), np.zeros(CELLS)
    answers[1] = 30.0
    share = demand(sold, answers, 30.0)
    assert share[:3] * CELLS == near([0.5, 2.0, 0.5]) and share[3:] * CELLS == near(1.0)
    assert share.sum() == near(1.0)


def test_what_never_sold_and_nobody_asks_for_gets_nothing():
    sold = np.ones(CELLS)
    sold[:3] = 0.0
    assert (demand(sold, np.zeros(CELLS), 30.0)[:3] == 0).all()


def test_as_many_times_more_are_there_as_say_so_shrunk_to_what_the_plan_was_made_on():
    planned = np.array([[20.0, 10.0, 0.0], [100.0, 100.0, 100.0]])
    now = np.array([[40.0, 5.0, 9.0], [100.0, 100.0, 100.0]])
    assert more_there(planned, now, 1e-9) == near([2.0, 0.5, 1.0]), "1 where nobody was"
    assert more_there(planned, now, 100.0) == near([1.5, 0.75, 1.0])
    assert more_there(planned, np.zeros((2, 3)), 100.0) == near(1.0), "nobody was asked"
    assert more_there(np.zeros((2, 3)), now, 100.0) == near(1.0)
