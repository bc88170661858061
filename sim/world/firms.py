"""The firms of a survey: their levels in the six disciplines, and the levels they believe to have.

Each draw is keyed by survey, firm and discipline: a firm more changes no other firm, another
spread moves every firm where it stands. Levels come from normal scores by the inverse of their
distribution function (Gaussian copula), beliefs in the same way from scores with an error.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from sim.core.draws import decision, uniforms
from sim.settings.strategy import DISCIPLINES, Maturity
from sim.settings.survey import TOP, Survey

COMMON = decision("firm: what its disciplines have in common")
OWN = decision("firm: what is its own in a discipline")
ERROR = decision("firm: error of its respondent about a discipline")


def scores(survey: Survey, seed: int, surveys: Sequence[int]) -> np.ndarray:
    """Where each firm stands in each discipline: standard normal, shape (surveys, firms, 6)."""
    loading = np.array(survey.loading)
    common = _normals(survey, seed, surveys, COMMON, 1)
    own = _normals(survey, seed, surveys, OWN, len(DISCIPLINES))
    return loading * common + np.sqrt(1 - loading**2) * own


def believed(survey: Survey, seed: int, surveys: Sequence[int], scores: np.ndarray) -> np.ndarray:
    """The scores that the firms' respondents give them, spread like ``scores``, same shape."""
    error = _normals(survey, seed, surveys, ERROR, len(DISCIPLINES))
    return np.sqrt(survey.reliability) * scores + np.sqrt(1 - survey.reliability) * error


def levels_of(survey: Survey, scores: np.ndarray) -> np.ndarray:
    """Levels 0 to 3 at these scores, same shape: of the declared means and sd, exactly."""
    mean = np.array([getattr(survey.means, d) for d in DISCIPLINES]) / TOP
    sd = np.array(survey.sd) / TOP
    weight = mean * (1 - mean) / sd**2 - 1  # a + b of the beta distribution
    return TOP * betaincinv(mean * weight, (1 - mean) * weight, ndtr(scores))


def maturity_of(levels: np.ndarray) -> Maturity:
    """A firm's six levels, in the order of the disciplines, as a strategy has them."""
    return Maturity(**dict(zip(DISCIPLINES, map(float, levels), strict=True)))


def _normals(
    survey: Survey, seed: int, surveys: Sequence[int], about: int, disciplines: int
) -> np.ndarray:
    """A normal draw for each survey, firm and discipline."""
    firms = np.arange(survey.firms)
    drawn = [
        [uniforms(seed, firms, about, discipline, one) for discipline in range(disciplines)]
        for one in surveys
    ]
    return ndtri(np.array(drawn)).transpose(0, 2, 1)
