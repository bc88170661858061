"""Draws: the published Philox, the same bits compiled and as plain Python, and no stale rules."""

import math
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim.core import compiled, draws

ROOT = Path(draws.__file__).resolve().parents[2]
SAMPLERS = (draws.uniform, draws.normal, draws.exponential, draws.gumbel)
ENDS = (0, 1, -1, 2**31 - 1, -(2**31), 2**32 - 1, 2**32, 2**63 - 1, -(2**63))


def many_keys(number=4000):
    """Keys of all sizes and signs: (seed, customer, decision, about, when)."""
    rng = random.Random(20)
    mixed = [tuple(rng.choice(ENDS) for _ in range(5)) for _ in range(number // 2)]
    usual = [
        (
            rng.randint(-(2**63), 2**63 - 1),
            rng.randrange(10**6),
            rng.randrange(2**31),
            rng.randrange(-5, 10**5),
            rng.randrange(-400, 1500),
        )
        for _ in range(number // 2)
    ]
    return mixed + usual


def many_draws():
    """Every sampler at every key, as the 64-bit patterns of the floats."""
    rows = [[sampler(*key) for sampler in SAMPLERS] for key in many_keys()]
    rows += [[draws.normal_quantile(p)] * 4 for p in np.geomspace(1e-300, 0.999, 2000).tolist()]
    rows += [
        [draws.uniform(np.int64(7), np.int32(i), 5, np.int64(-i), np.int16(3))] * 4
        for i in range(100)
    ]
    vector = draws.uniforms(11, np.arange(-500, 500), 5, -1, 9)
    return np.concatenate([np.array(rows).ravel(), vector]).view(np.uint64)


def python(*arguments, **environment):
    """Standard output of a new Python process started in the project's folder."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        check=False,
        timeout=120,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        (
            "00000000 00000000 00000000 00000000",
            "00000000 00000000",
            "6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        ),
        (
            "ffffffff ffffffff ffffffff ffffffff",
            "ffffffff ffffffff",
            "408f276d 41c83b0e a20bc7c6 6d5451fd",
        ),
        (
            "243f6a88 85a308d3 13198a2e 03707344",
            "a4093822 299f31d0",
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)
def test_philox_gives_the_published_known_answers(counter, key, words):
    """Random123's kat_vectors, philox4x32 with 10 rounds."""
    arguments = [int(word, 16) for word in f"{counter} {key}".split()]
    assert " ".join(f"{int(word):08x}" for word in draws.philox4x32(*arguments)) == words


def test_a_uniform_is_the_first_53_bits_of_philox_keyed_by_the_seed():
    for seed, customer, decision, about, when in many_keys(200):
        high, low, _, _ = draws.philox4x32(
            customer % 2**32,
            decision % 2**32,
            about % 2**32,
            when % 2**32,
            seed % 2**32,
            (seed >> 32) % 2**32,
        )
        expected = ((int(high) >> 5) * 2**26 + (int(low) >> 6)) / 2**53
        assert draws.uniform(seed, customer, decision, about, when) == expected


def test_keys_and_their_draws_do_not_change_from_version_to_version(monkeypatch):
    monkeypatch.setattr(draws, "_NAMES", {})
    assert draws.decision("opens a message") == 1691936115
    assert draws.uniform(7, 123456, 1234567890, 17, 300) == 0.4275301230630224


def test_compiled_and_plain_python_give_the_same_bits(tmp_path):
    other = tmp_path / "other.npy"
    python(__file__, str(other), NUMBA_DISABLE_JIT="1" if compiled.COMPILED else "0")
    assert np.array_equal(many_draws(), np.load(other))


def test_the_vector_equals_the_scalar_draws():
    customers = np.array([0, 5, -3, 2**31, 10**9])
    expected = [draws.uniform(3, int(customer), 8, 1, -2) for customer in customers]
    assert draws.uniforms(3, customers, 8, 1, -2).tolist() == expected
    assert len(draws.uniforms(3, customers[:0], 8, 1, -2)) == 0


def key_of_output(words, seed):
    """Philox run backwards: the counter at which a seed's four random words are `words`."""
    m0, m1, low = 0xD2511F53, 0xCD9E8D57, 2**32 - 1
    c0, c1, c2, c3 = words
    for i in reversed(range(10)):
        k0 = ((seed & low) + i * 0x9E3779B9) & low
        k1 = ((seed >> 32 & low) + i * 0xBB67AE85) & low
        before0, before2 = c3 * pow(m0, -1, 2**32) & low, c1 * pow(m1, -1, 2**32) & low
        c1, c3 = (m1 * before2 >> 32) ^ c0 ^ k0, (m0 * before0 >> 32) ^ c2 ^ k1
        c0, c2 = before0, before2
    return c0, c1, c2, c3


@pytest.mark.parametrize(("word", "expected"), [(0, 2.0**-53), (2**32 - 1, 1 - 2.0**-53)])
def test_even_the_most_extreme_draw_lies_inside_0_and_1(word, expected):
    key = (12, *key_of_output((word,) * 4, seed=12))
    assert [int(out) for out in draws.philox4x32(*key[1:], 12, 0)] == [word] * 4
    assert draws.uniform(*key) == expected
    assert all(math.isfinite(sampler(*key)) for sampler in SAMPLERS)
    assert draws.exponential(*key) > 0.0


def test_chance_never_happens_at_0_and_always_at_1():
    for word in (0, 2**32 - 1):
        key = (12, *key_of_output((word,) * 4, seed=12))
        assert not draws.chance(*key, 0.0)
        assert draws.chance(*key, 1.0)


def test_the_normal_quantile_agrees_with_scipy():
    tails = np.geomspace(1e-300, 0.01, 3000)
    middle = np.linspace(0.001, 0.999, 3000)
    upper = 1.0 - np.geomspace(2.0**-53, 0.01, 3000)
    for p in (tails, middle, upper):
        ours = [draws.normal_quantile(x) for x in p.tolist()]
        np.testing.assert_allclose(ours, stats.norm.ppf(p), rtol=2e-14, atol=1e-15)


def test_the_normal_quantile_is_symmetric_and_says_infinite_at_the_ends():
    assert draws.normal_quantile(0.5) == 0.0
    assert draws.normal_quantile(0.25) == -draws.normal_quantile(0.75)
    assert draws.normal_quantile(0.0) == draws.normal_quantile(-1.0) == -math.inf
    assert draws.normal_quantile(1.0) == draws.normal_quantile(2.0) == math.inf
    assert math.isnan(draws.normal_quantile(math.nan))


def test_a_decision_is_declared_once_and_has_an_id_of_its_own(monkeypatch):
    monkeypatch.setattr(draws, "_NAMES", {})
    opens, clicks = draws.decision("opens"), draws.decision("clicks")
    assert 0 <= opens < 2**31 and opens != clicks
    assert draws.decisions() == {"opens": opens, "clicks": clicks}
    with pytest.raises(ValueError, match="'opens' is declared twice"):
        draws.decision("opens")


def test_two_names_with_the_same_id_are_refused(monkeypatch):
    monkeypatch.setattr(draws, "_NAMES", {})
    opens = draws.decision("opens")
    monkeypatch.setattr(draws, "_NAMES", {opens: "returns"})
    with pytest.raises(ValueError, match="'opens' and 'returns' share the id"):
        draws.decision("opens")


if __name__ == "__main__":
    np.save(sys.argv[1], many_draws())
