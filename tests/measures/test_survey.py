"""What a survey finds: answers follow from the ladder, shares from their own base."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures.statistics import wilson
from sim.measures.survey import (
    LAST,
    LEADING_ORDER,
    WHOLE_ORDER,
    answers,
    correlations,
    counted,
    means_table,
    order_table,
    shares_table,
)
from sim.settings.base import about, numbers
from sim.settings.load import load
from sim.settings.strategy import DISCIPLINES

RUN = load([])[0]
SURVEY, LADDER = RUN.survey, RUN.company.ladder
MEANS = np.array(list(SURVEY.means.model_dump().values()))
LEVELS = st.lists(st.floats(0, 3), min_size=6, max_size=6).map(np.array)


def levels(**known: float) -> np.ndarray:
    """One firm, at 1.5 where nothing else is said."""
    return np.array([[known.get(discipline, 1.5) for discipline in DISCIPLINES]])


def share(found: dict, name: str) -> float:
    asked, yes = found[name]
    return yes.sum() / asked.sum()


# The documents


@pytest.mark.parametrize(
    ("row", "low", "high"),
    [("A22", 17, 33), ("A23", 15, 31), ("A24", 6, 35), ("A25", 40, 58), ("A26", 21, 38)],
)
def test_a_documents_interval_is_that_of_the_ledger(row: str, low: int, high: int):
    (question,) = [q for q in SURVEY.questions.values() if q.row == row]
    found = wilson(question.stated, question.firms)
    assert [100 * found.low, 100 * found.high] == pytest.approx([low, high], abs=0.75)


def test_a_question_asks_about_the_rung_that_cites_its_row():
    citing = {key.split(".")[1]: about(field)["source"] for key, field, _ in numbers(LADDER)}
    for question in SURVEY.questions.values():
        if question.row in ("A22", "A23", "A24"):
            (capability,) = question.asks
            assert question.row in citing[capability]


# Answers


def test_a_firm_answers_by_its_level_on_the_ladder():
    question = SURVEY.questions["integration"]  # share_data: 0, 0.1, 0.75, 0.97
    for level, answer in ((0, 0), (1, 0), (1.3, 1), (1.7, 2), (2, 3), (3, 3)):
        assert answers(question, LADDER, levels(collection=level)) == [answer]


def test_of_several_capabilities_the_least_decides():
    question = SURVEY.questions["not_across"]
    assert question.asks == ("share_data", "personal_mail")
    for low in ("collection", "communication"):
        assert answers(question, LADDER, levels(collection=3, communication=3)) == [3]
        assert answers(
            question, LADDER, levels(**{"collection": 3, "communication": 3, low: 0})
        ) == [0]


@given(here=LEVELS, more=st.integers(0, 5), by=st.floats(0, 3))
def test_a_level_more_never_makes_an_answer_lower(here: np.ndarray, more: int, by: float):
    there = here.copy()
    there[more] = min(there[more] + by, 3)
    for question in SURVEY.questions.values():
        low, high = (answers(question, LADDER, one[None]) for one in (here, there))
        assert (high >= low).all()


@given(
    cuts=st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted),
    place=st.integers(0, 2),
    by=st.floats(0, 1),
)
def test_a_higher_threshold_never_makes_more_firms_say_yes(cuts: list, place: int, by: float):
    raised = sorted([*cuts[:place], min(cuts[place] + by, 1.0), *cuts[place + 1 :]])
    firms = np.column_stack([np.linspace(0, 3, 31)] * 6)
    for question in SURVEY.questions.values():
        low, high = (
            answers(question.model_copy(update={"cuts": tuple(c)}), LADDER, firms)
            for c in (cuts, raised)
        )
        assert (high <= low).all()


# Shares


def test_probabilities_are_asked_only_of_firms_that_can_look_up():
    able, unable = levels(communication=3, analysis=3), levels(communication=1, analysis=3)
    found = counted(SURVEY.questions, LADDER, np.vstack([able, unable, unable])[None])
    asked, yes = found["probabilities"]
    assert asked.tolist() == found["look_up"][1].tolist() == [[True, False, False]]
    assert yes.sum() == 1 and share(found, "probabilities") == 1


def test_where_nobody_is_asked_there_is_no_share_and_no_hit():
    nobody = np.zeros((2, 5, 6))
    row = shares_table(SURVEY, LADDER, nobody).set_index("question").loc["probabilities"]
    assert np.isnan(row["share"]) and row["firms_asked"] == 0 and not row["hit"]


def test_not_at_all_and_lesser_together_are_the_two():
    firms = np.random.default_rng(1).uniform(0, 3, (20, 113, 6))
    table = shares_table(SURVEY, LADDER, firms).set_index("question")["share"]
    assert table["not_across"] + table["hardly_across"] == pytest.approx(table["together"])


def test_a_hit_lies_in_the_documents_interval_and_a_miss_does_not():
    firms = np.tile(levels(), (3, 113, 1))
    firms[:, :27] = levels(collection=3)  # 27 of 113 are integrated: 24 %
    found = shares_table(SURVEY, LADDER, firms).set_index("question").loc["integration"]
    assert found["share"] == found["low"] == found["high"] == pytest.approx(27 / 113)
    assert found["hit"]
    firms[:, :50] = levels(collection=3)
    assert not shares_table(SURVEY, LADDER, firms).set_index("question").loc["integration", "hit"]


# Means and ranks


def test_a_survey_of_firms_at_the_means_has_the_surveys_order():
    table = means_table(SURVEY, np.tile(MEANS, (4, 9, 1)))
    assert table["mean"].tolist() == pytest.approx(MEANS.tolist())
    by_place = table.sort_values("place")["discipline"].tolist()
    assert by_place == sorted(DISCIPLINES, key=lambda d: -getattr(SURVEY.means, d))
    assert table["sd"].tolist() == pytest.approx([0] * 6)


def test_the_order_is_counted_survey_by_survey():
    swapped = MEANS.copy()
    swapped[[1, 2]] = MEANS[[2, 1]]  # collection and analysis, which A21 cannot part
    beaten = MEANS[::-1].copy()
    firms = np.stack([np.tile(one, (9, 1)) for one in (MEANS, MEANS, swapped, beaten)])
    found = order_table(SURVEY, firms).set_index("order")["share"]
    assert found[WHOLE_ORDER] == 0.5 and found[LEADING_ORDER] == 0.75 and found[LAST] == 0.75


def test_correlations_are_those_of_the_disciplines():
    rng = np.random.default_rng(2)
    common = rng.normal(size=(4, 500, 1))
    firms = 0.6 * common + 0.8 * rng.normal(size=(4, 500, 6))
    assert correlations(firms)[0, 1:] == pytest.approx([0.36] * 5, abs=0.06)


def test_wilson_narrows_with_more_firms_and_stays_within_0_and_1():
    assert wilson(0.0, 30).low == pytest.approx(0) and wilson(1.0, 30).high == pytest.approx(1)
    widths = [wilson(0.3, n).high - wilson(0.3, n).low for n in (10, 100, 1000)]
    assert all(one > two for one, two in pairwise(widths))
    assert np.isnan(wilson(0.5, 0).low)
