"""The firms of a survey: the declared means, spread and correlation, whoever else is drawn."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from sim.settings.load import load
from sim.settings.strategy import DISCIPLINES, Maturity
from sim.settings.survey import Survey
from sim.world.firms import believed, levels_of, maturity_of, scores

ALIKE = ndtri((np.arange(20_000) + 0.5) / 20_000)[:, None] * np.ones(len(DISCIPLINES))
MEANS = tuple(load([])[0].survey.means.model_dump().values())


def declared(mean: float, sd: float) -> Survey:
    six = len(DISCIPLINES)
    return Survey(means=Maturity(**dict.fromkeys(DISCIPLINES, mean)), sd=(sd,) * six)


@given(mean=st.floats(0.3, 2.7), part=st.floats(0.08, 0.9))
def test_means_and_spread_are_as_declared_whatever_they_are(mean: float, part: float):
    sd = max(part * sqrt(mean * (3 - mean)), 0.06)
    levels = levels_of(declared(mean, sd), ALIKE)
    assert levels.mean() == pytest.approx(mean, abs=2e-3)
    assert levels.std() == pytest.approx(sd, abs=5e-3)
    assert levels.min() >= 0 and levels.max() <= 3
    assert (np.diff(levels, axis=0) >= 0).all(), "who stands higher has the higher level"


@pytest.mark.parametrize("sd", [0.1, 0.4, 0.7, 1.0, 1.3])
def test_the_surveys_own_means_are_met_at_every_spread(sd: float):
    levels = levels_of(Survey(sd=(sd,) * 6), ALIKE)
    assert levels.mean(axis=0) == pytest.approx(MEANS, abs=2e-3)


def test_two_disciplines_correlate_by_the_product_of_their_loadings():
    survey = Survey(firms=2000, loading=(0.9, 0.8, 0.7, 0.5, 0.3, 0.0))
    standing = scores(survey, 7, range(10)).reshape(-1, 6)
    wanted = np.outer(survey.loading, survey.loading)
    np.fill_diagonal(wanted, 1)
    assert np.corrcoef(standing.T) == pytest.approx(wanted, abs=0.025)
    assert standing.std(axis=0) == pytest.approx(np.ones(6), abs=0.02)


@pytest.mark.parametrize("reliability", [0.0, 0.36, 0.7])
def test_beliefs_are_spread_like_levels_and_follow_them_as_far_as_they_are_reliable(
    reliability: float,
):
    survey = Survey(firms=2000, reliability=reliability)
    standing = scores(survey, 3, range(10))
    said = believed(survey, 3, range(10), standing)
    together = np.corrcoef(standing.ravel(), said.ravel())[0, 1]
    assert together == pytest.approx(sqrt(reliability), abs=0.02)
    assert levels_of(survey, said).mean((0, 1)) == pytest.approx(MEANS, abs=0.02)


def test_a_respondent_who_does_not_err_says_what_is():
    survey = Survey(reliability=1.0)
    standing = scores(survey, 3, [0])
    assert (believed(survey, 3, [0], standing) == standing).all()


def drawn(survey: Survey, surveys: range | list[int] = range(3), seed: int = 5) -> np.ndarray:
    standing = scores(survey, seed, surveys)
    return levels_of(survey, believed(survey, seed, surveys, standing))


def test_a_firm_more_changes_no_other_firm():
    assert (drawn(Survey(firms=40))[:, :39] == drawn(Survey(firms=39))).all()


def test_a_survey_more_changes_no_other_survey():
    assert (drawn(Survey(), range(3))[2] == drawn(Survey(), [2])[0]).all()


def test_another_spread_of_one_discipline_moves_nobody_in_another():
    wide = Survey(sd=(0.7, 0.7, 1.1, 0.7, 0.7, 0.7), loading=(0.7, 0.7, 0.2, 0.7, 0.7, 0.7))
    same = drawn(wide) == drawn(Survey())
    analysis = DISCIPLINES.index("analysis")
    assert np.delete(same, analysis, axis=2).all() and not same[:, :, analysis].any()


def test_another_seed_draws_other_firms_and_the_same_seed_the_same():
    assert (drawn(Survey()) == drawn(Survey())).all()
    assert not (drawn(Survey()) == drawn(Survey(), seed=6)).any()


def test_a_firm_lives_at_the_levels_it_was_drawn_with():
    levels = drawn(Survey())[0, 0]
    assert tuple(maturity_of(levels).model_dump().values()) == tuple(levels)
