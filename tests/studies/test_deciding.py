"""Verdicts are wrong as rarely as they say, and the best is chosen as surely as it says."""

from __future__ import annotations

import numpy as np
import pytest

from sim.studies.deciding import (
    REFUTED,
    SUPPORTED,
    UNDECIDED,
    chosen,
    level_of_a_look,
    looks,
    verdict,
)
from sim.studies.question import Choice, Replications


def test_worlds_are_doubled_until_the_most():
    assert looks(Replications(first=4, most=24)) == [4, 8, 16, 24]
    assert looks(Replications(first=8, most=8)) == [8]


def test_the_error_is_shared_out_among_looks_and_expectations():
    asked = Replications(first=4, most=16, error=0.06)
    assert level_of_a_look(asked, 1) == pytest.approx(1 - 0.02)
    assert level_of_a_look(asked, 2) == pytest.approx(1 - 0.01)


def test_the_words():
    sure, worlds = np.array([1.0, 1.1, 0.9, 1.0]), np.array([-3.0, 3.0, 1.0, -1.0])
    assert verdict([sure], 0.95).word == SUPPORTED
    assert verdict([-sure], 0.95).word == REFUTED
    assert verdict([worlds], 0.95).word == UNDECIDED
    assert verdict([sure, worlds], 0.95).word == UNDECIDED, "one of two is open"
    assert verdict([sure, -sure], 0.95).word == REFUTED, "one of two is not met"
    assert verdict([np.array([np.nan, 1.0])], 0.95).word == UNDECIDED
    assert verdict([sure], 0.95).margin.mean == pytest.approx(1.0)


def test_where_nothing_is_true_few_studies_decide_however_often_they_look():
    """2,000 studies of no difference, up to four looks each: five in a hundred may be wrong."""
    asked = Replications(first=4, most=32)
    level, luck = level_of_a_look(asked, 1), np.random.default_rng(1)
    studies = luck.normal(size=(2000, 32))
    wrong = [
        any(verdict([worlds[:n]], level).word != UNDECIDED for n in looks(asked))
        for worlds in studies
    ]
    assert np.mean(wrong) < 0.05
    often = [any(verdict([w[:n]], 0.95).word != UNDECIDED for n in looks(asked)) for w in studies]
    assert np.mean(often) > 0.08, "looking four times at 95 % would be wrong more often"


def right(gap: float, choice: Choice, worlds: int, studies: int = 300) -> tuple[float, float]:
    """Share of studies that choose the best of four and none other; and that keep it."""
    luck = np.random.default_rng(2)
    only = kept = 0
    for _ in range(studies):
        common = luck.normal(size=worlds) * 5  # all arms live in the same worlds
        x = {f"arm{k}": common + luck.normal(size=worlds) for k in range(4)}
        x["arm2"] = x["arm2"] + (gap if choice.highest else -gap)
        left = chosen(x, choice, 8).left
        only += left == ("arm2",)
        kept += "arm2" in left
    return only / studies, kept / studies


@pytest.mark.parametrize("highest", [True, False])
def test_the_best_is_kept_as_surely_as_stated_where_it_leads_by_what_matters(highest):
    choice = Choice(measure="contribution", indifferent=1.0, probability=0.9, highest=highest)
    only, kept = right(1.0, choice, 200)
    assert kept >= 0.9 and only >= 0.9


def test_a_few_worlds_leave_the_choice_open():
    choice = Choice(measure="contribution", indifferent=0.1, probability=0.95)
    only, kept = right(0.1, choice, 12)
    assert only < 0.1 and kept > 0.95


def test_screening_needs_its_first_stage():
    x = {"a": np.zeros(4), "b": np.ones(4)}
    assert chosen(x, Choice(measure="contribution"), 8).left == ("a", "b")
    assert chosen({"a": np.zeros(9)}, Choice(measure="contribution"), 8).left == ("a",)
