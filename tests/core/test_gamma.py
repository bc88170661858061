"""The tabled Gamma quantile is SciPy's, to the accuracy it states, for every shape allowed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import gammainccinv, gammaincinv

from sim.core.gamma import LN_SMALLEST, gamma_quantile, gamma_table

SHAPES = {0.001: 1e-8, 0.01: 1e-9, 0.045: 1e-9, 0.3: 1e-9, 0.9: 1e-9, 5.0: 1e-9, 50.0: 1e-9}


def probabilities() -> np.ndarray:
    """Even ones, and both tails as far as a draw reaches: 2**-53 and 1 - 2**-53."""
    even, tail = (np.arange(1500) + 0.5) / 1500, 2.0 ** -np.linspace(2, 53, 400)
    return np.unique(np.concatenate([tail, even, 1 - tail]))


@pytest.mark.parametrize(("shape", "accuracy"), SHAPES.items())
def test_the_quantile_is_scipys(shape, accuracy):
    p = probabilities()
    p = p[(p > 0) & (p < 1)]
    exact = np.where(p < 0.5, gammaincinv(shape, p), gammainccinv(shape, 1 - p))
    exact = np.maximum(exact, np.exp(LN_SMALLEST))
    table = gamma_table(shape)
    found = np.array([gamma_quantile(table, float(x)) for x in p])
    assert np.abs(found / exact - 1).max() < accuracy


@pytest.mark.parametrize("shape", SHAPES)
def test_a_higher_probability_never_has_a_lower_quantile(shape):
    table = gamma_table(shape)
    found = [gamma_quantile(table, float(p)) for p in probabilities() if 0 < p < 1]
    assert (np.diff(found) >= 0).all()
    assert found[-1] > found[0]
