"""Draws: a statistical battery along every part of the key, and the properties of pairing.

All keys are fixed, so a run gives the same p-values every time. The threshold is 1 % shared among
at most 100 p-values (Bonferroni).
"""

import math

import numpy as np
import pytest
from scipy import stats

from sim.core.compiled import COMPILED
from sim.core.draws import chance, exponential, gumbel, normal, uniform, uniforms

ALPHA = 0.01 / 100
SEED, OPENS, CLICKS = 20_240_607, 1_691_936_115, 77
LENGTH, WIDTH = (1000, 400) if COMPILED else (200, 50)
CUSTOMERS = np.arange(WIDTH)
PEOPLE = range(40_000 if COMPILED else 4_000)

ALONG = {
    "seeds": lambda i: uniforms(SEED + i, CUSTOMERS, OPENS, 3, 100),
    "high halves of seeds": lambda i: uniforms(SEED + (i << 32), CUSTOMERS, OPENS, 3, 100),
    "customers": lambda i: uniforms(SEED, CUSTOMERS * LENGTH + i, OPENS, 3, 100),
    "decisions": lambda i: uniforms(SEED, CUSTOMERS, OPENS + i, 3, 100),
    "occurrences": lambda i: uniforms(SEED, CUSTOMERS, OPENS, i - 1, 100),
    "days": lambda i: uniforms(SEED, CUSTOMERS, OPENS, 3, i - 365),
}


@pytest.fixture(scope="module", params=ALONG)
def series(request):
    """Uniforms (LENGTH, WIDTH): one part of the key counts up along the rows."""
    return np.array([ALONG[request.param](i) for i in range(LENGTH)])


def bits(u):
    """The 53 bits of each uniform, shape (u.size, 53)."""
    whole = (u.ravel() * 2.0**53).astype(np.uint64)
    return (whole[:, None] >> np.arange(53, dtype=np.uint64)) & np.uint64(1)


def p_of_balance(bit_table):
    """p-value of each bit being 1 half of the time, all bits together."""
    number = len(bit_table)
    z = (bit_table.sum(axis=0) - number / 2) / math.sqrt(number / 4)
    return stats.chi2.sf((z**2).sum(), df=len(z))


def p_of_correlation(a, b):
    """Two-sided p-value of no correlation between two large samples."""
    return 2 * stats.norm.sf(abs(np.corrcoef(a.ravel(), b.ravel())[0, 1]) * math.sqrt(a.size))


def test_draws_are_uniform(series):
    assert stats.kstest(series.ravel(), "uniform").pvalue > ALPHA
    counts = np.histogram(series, bins=512, range=(0, 1))[0]
    assert stats.chisquare(counts).pvalue > ALPHA


def test_neighbouring_keys_are_uncorrelated(series):
    assert p_of_correlation(series[1:], series[:-1]) > ALPHA
    assert p_of_correlation(abs(series[1:] - 0.5), abs(series[:-1] - 0.5)) > ALPHA
    assert p_of_correlation(series[7:], series[:-7]) > ALPHA


def test_pairs_of_neighbours_fill_the_square_evenly(series):
    counts = np.histogram2d(
        series[1::2].ravel(), series[::2].ravel(), bins=20, range=((0, 1), (0, 1))
    )[0]
    assert stats.chisquare(counts.ravel()).pvalue > ALPHA


def test_every_bit_is_balanced_and_flips_half_of_the_time(series):
    sample = series[:, :50]
    table = bits(sample).reshape(*sample.shape, 53)
    assert p_of_balance(table.reshape(-1, 53)) > ALPHA
    assert p_of_balance((table[1::2] ^ table[::2]).reshape(-1, 53)) > ALPHA


def test_sums_over_a_persons_life_vary_as_independent_draws_do(series):
    """Chi-square of the variance of column means: hidden long-run dependence would show."""
    z = (series.mean(axis=0) - 0.5) * math.sqrt(12 * len(series))
    total = (z**2).sum()
    assert 2 * min(stats.chi2.sf(total, WIDTH), stats.chi2.cdf(total, WIDTH)) > ALPHA


def test_leading_32_bits_collide_as_often_as_birthdays_do():
    u = np.concatenate(
        [ALONG["days"](i) for i in range(LENGTH)] + [ALONG["occurrences"](i) for i in range(LENGTH)]
    )
    u = np.unique(u)
    repeats = len(u) - len(np.unique((u * 2.0**32).astype(np.uint64)))
    expected = len(u) ** 2 / 2 / 2**32
    p = 2 * min(stats.poisson.cdf(repeats, expected), stats.poisson.sf(repeats - 1, expected))
    assert p > ALPHA


def test_different_keys_give_different_draws(series):
    assert len(np.unique(series)) == series.size


def test_parts_of_the_key_do_not_stand_in_for_each_other():
    """Customer 5 about 8 is not customer 8 about 5, and so for each pair of parts."""
    keys = [(a, b) for a in range(150) for b in range(a)]
    for i in range(4):
        for j in range(i):
            key = [3, 3, 3, 3]
            first, second = [], []
            for a, b in keys:
                key[i], key[j] = a, b
                first.append(uniform(SEED, *key))
                key[i], key[j] = b, a
                second.append(uniform(SEED, *key))
            assert p_of_correlation(np.array(first), np.array(second)) > ALPHA


def test_normal_exponential_and_gumbel_have_their_distribution():
    for sampler, law in ((normal, "norm"), (exponential, "expon"), (gumbel, "gumbel_r")):
        sample = [sampler(SEED, i, OPENS, 0, 5) for i in PEOPLE]
        assert stats.kstest(sample, law).pvalue > ALPHA


def test_normal_draws_have_the_moments_of_a_normal():
    z = np.array([normal(SEED, i, CLICKS, 2, 9) for i in PEOPLE])
    n = len(z)
    errors = (
        z.mean() * math.sqrt(n),
        ((z**2).mean() - 1) * math.sqrt(n / 2),
        (z**3).mean() * math.sqrt(n / 15),
        ((z**4).mean() - 3) * math.sqrt(n / 96),
    )
    assert all(2 * stats.norm.sf(abs(error)) > ALPHA for error in errors)


def choices(utilities):
    """The alternative each person takes: largest utility + Gumbel, keyed by the alternative."""
    return np.array(
        [
            max(range(len(utilities)), key=lambda j: utilities[j] + gumbel(SEED, i, OPENS, j, 30))
            for i in PEOPLE
        ]
    )


def test_the_largest_utility_plus_gumbel_reproduces_the_logit():
    utilities = np.array([1.0, 0.2, -0.5])
    shares = np.exp(utilities) / np.exp(utilities).sum()
    counts = np.bincount(choices(utilities), minlength=3)
    assert stats.chisquare(counts, shares * len(PEOPLE)).pvalue > ALPHA


def test_a_new_alternative_changes_only_the_choices_it_wins():
    before, after = choices([1.0, 0.2, -0.5]), choices([1.0, 0.2, -0.5, 0.0])
    moved = before != after
    assert 0 < moved.mean() < 0.3
    assert (after[moved] == 3).all()


def test_a_better_alternative_only_gains():
    before, after = choices([1.0, 0.2, -0.5]), choices([1.0, 0.25, -0.5])
    moved = before != after
    assert 0 < moved.mean() < 0.02
    assert (after[moved] == 1).all()


def test_a_small_change_of_a_chance_changes_few_and_all_one_way():
    low, high = (np.array([chance(SEED, i, CLICKS, 1, 8, p) for i in PEOPLE]) for p in (0.30, 0.31))
    assert not (low & ~high).any()
    assert stats.binomtest(int((high & ~low).sum()), len(PEOPLE), 0.01).pvalue > ALPHA


@pytest.mark.parametrize(
    ("law", "small_change"),
    [
        (stats.poisson(3.0), stats.poisson(3.03)),
        (stats.gamma(0.8), stats.gamma(0.808)),
        (stats.beta(2.0, 5.0), stats.beta(2.02, 5.0)),
    ],
)
def test_inverting_the_distribution_keeps_two_worlds_paired(law, small_change):
    u = uniforms(SEED, np.arange(5000), CLICKS, 4, 12)
    assert np.corrcoef(law.ppf(u), small_change.ppf(u))[0, 1] > 0.98


def test_banning_customers_changes_nobody_elses_draws():
    everyone = uniforms(SEED, np.arange(1000), OPENS, 3, 100)
    some = np.delete(np.arange(1000), [0, 17, 500])
    assert np.array_equal(uniforms(SEED, some, OPENS, 3, 100), everyone[some])
