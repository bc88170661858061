"""Keyed random numbers: every draw is a pure function of who, what, about what, and when.

No generator has a state. `uniform(seed, customer, decision, about, when)` is Philox4x32-10
(Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3") with the seed
as key and the other four as counter, so a draw can be shifted by no other draw, on any number of
threads, and a customer has the same luck under every strategy. Key a draw by the identity of what
it is about (this need, this message, this day), never by how many draws came before.

All samplers invert the distribution function, so that a small change of a parameter changes a
draw a little: rejection samplers lose the pairing of two worlds. Every function runs compiled and
as plain Python with the same bits.
"""

import functools
import hashlib
import math

import numpy as np

from sim.core.compiled import COMPILED, rule

_NAMES: dict[int, str] = {}
LASTING: set[int] = set()
"""Decisions whose luck is meant to be the same whenever it is asked for (a trait, say)."""


def decision(name: str, lasting: bool = False) -> int:
    """31-bit id of the decision of that name: one random source per decision, declared once.

    A key of it is drawn for one thing only, unless its luck is ``lasting``: then the same key may
    be drawn again for the same thing. Raises ValueError if the name was declared before, or if
    two names share an id.
    """
    code = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "big") >> 1
    if code in _NAMES:
        raise ValueError(
            f"decision {name!r} is declared twice: import its id instead"
            if _NAMES[code] == name
            else f"decisions {name!r} and {_NAMES[code]!r} share the id {code}: rename one"
        )
    _NAMES[code] = name
    if lasting:
        LASTING.add(code)
    return code


def decisions() -> dict[str, int]:
    """Name -> id of all decisions declared so far."""
    return {name: code for code, name in _NAMES.items()}


if COMPILED:
    _MASK = np.uint64(0xFFFFFFFF)
    _HALF = np.uint64(32)
    _M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
    _W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
    _SHIFT_HIGH, _SHIFT_LOW, _LOW_BITS = np.uint64(5), np.uint64(6), np.uint64(26)

    @rule
    def philox4x32(c0, c1, c2, c3, k0, k1):
        """Philox4x32-10: four 32-bit words of counter and two of key to four random words."""
        c0, c1 = np.uint64(c0) & _MASK, np.uint64(c1) & _MASK
        c2, c3 = np.uint64(c2) & _MASK, np.uint64(c3) & _MASK
        k0, k1 = np.uint64(k0) & _MASK, np.uint64(k1) & _MASK
        for _ in range(10):
            p0, p1 = _M0 * c0, _M1 * c2
            c0, c1, c2, c3 = (
                (p1 >> _HALF) ^ c1 ^ k0,
                p1 & _MASK,
                (p0 >> _HALF) ^ c3 ^ k1,
                p0 & _MASK,
            )
            k0, k1 = (k0 + _W0) & _MASK, (k1 + _W1) & _MASK
        return c0, c1, c2, c3

    @rule
    def _bits53(seed, customer, decision, about, when):
        """53 random bits; all arguments int64, so that it is compiled only once."""
        key = np.uint64(seed)
        high, low, _, _ = philox4x32(
            np.uint64(customer),
            np.uint64(decision),
            np.uint64(about),
            np.uint64(when),
            key,
            key >> _HALF,
        )
        return np.int64(((high >> _SHIFT_HIGH) << _LOW_BITS) | (low >> _SHIFT_LOW))

    @rule
    def uniform(seed, customer, decision, about, when):
        """Uniform strictly inside (0, 1): a multiple of 2**-53, never 0 and never 1.

        seed is an int64; customer, decision, about and when are whole numbers modulo 2**32.
        """
        bits = _bits53(
            np.int64(seed), np.int64(customer), np.int64(decision), np.int64(about), np.int64(when)
        )
        return max(bits, 1) * 2.0**-53

else:

    @functools.lru_cache(maxsize=1024)
    def _round_keys(k0: int, k1: int) -> tuple[tuple[int, int], ...]:
        """The ten pairs of round keys of Philox4x32-10."""
        return tuple(
            ((k0 + i * 0x9E3779B9) & 0xFFFFFFFF, (k1 + i * 0xBB67AE85) & 0xFFFFFFFF)
            for i in range(10)
        )

    @functools.lru_cache(maxsize=1024)
    def _seed_keys(seed: int) -> tuple[tuple[int, int], ...]:
        """Round keys of a 64-bit seed."""
        seed = int(seed)
        return _round_keys(seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF)

    def philox4x32(c0, c1, c2, c3, k0, k1):
        """Philox4x32-10: four 32-bit words of counter and two of key to four random words."""
        c0, c1, c2, c3, k0, k1 = (int(word) & 0xFFFFFFFF for word in (c0, c1, c2, c3, k0, k1))
        for key0, key1 in _round_keys(k0, k1):
            p0 = 0xD2511F53 * c0
            p1 = 0xCD9E8D57 * c2
            c0, c1 = (p1 >> 32) ^ c1 ^ key0, p1 & 0xFFFFFFFF
            c2, c3 = (p0 >> 32) ^ c3 ^ key1, p0 & 0xFFFFFFFF
        return c0, c1, c2, c3

    def uniform(seed, customer, decision, about, when):
        """Uniform strictly inside (0, 1): a multiple of 2**-53, never 0 and never 1.

        seed is an int64; customer, decision, about and when are whole numbers modulo 2**32.
        """
        c0 = int(customer) & 0xFFFFFFFF
        c1 = int(decision) & 0xFFFFFFFF
        c2 = int(about) & 0xFFFFFFFF
        c3 = int(when) & 0xFFFFFFFF
        for key0, key1 in _seed_keys(seed):
            p0 = 0xD2511F53 * c0
            p1 = 0xCD9E8D57 * c2
            c0 = (p1 >> 32) ^ c1 ^ key0
            c1 = p1 & 0xFFFFFFFF
            c2 = (p0 >> 32) ^ c3 ^ key1
            c3 = p0 & 0xFFFFFFFF
        return ((c0 >> 5 << 26 | c1 >> 6) or 1) * 2.0**-53


@rule
def normal_quantile(p):
    """Quantile of the standard normal, relative error about 1e-16; -inf at p <= 0, inf at p >= 1.

    Wichura (1988), Algorithm AS 241, PPND16.
    """
    if p <= 0.0:
        return -math.inf
    if p >= 1.0:
        return math.inf
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return (
            q
            * (
                (
                    (
                        (
                            (
                                (
                                    (2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r
                                    + 6.7265770927008700853e4
                                )
                                * r
                                + 4.5921953931549871457e4
                            )
                            * r
                            + 1.3731693765509461125e4
                        )
                        * r
                        + 1.9715909503065514427e3
                    )
                    * r
                    + 1.3314166789178437745e2
                )
                * r
                + 3.3871328727963666080e0
            )
            / (
                (
                    (
                        (
                            (
                                (
                                    (5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r
                                    + 3.9307895800092710610e4
                                )
                                * r
                                + 2.1213794301586595867e4
                            )
                            * r
                            + 5.3941960214247511077e3
                        )
                        * r
                        + 6.8718700749205790830e2
                    )
                    * r
                    + 4.2313330701600911252e1
                )
                * r
                + 1.0
            )
        )
    r = math.sqrt(-math.log(p if q < 0.0 else 1.0 - p))
    if r <= 5.0:
        r = r - 1.6
        x = (
            (
                (
                    (
                        (
                            (
                                (7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r
                                + 2.41780725177450611770e-1
                            )
                            * r
                            + 1.27045825245236838258e0
                        )
                        * r
                        + 3.64784832476320460504e0
                    )
                    * r
                    + 5.76949722146069140550e0
                )
                * r
                + 4.63033784615654529590e0
            )
            * r
            + 1.42343711074968357734e0
        ) / (
            (
                (
                    (
                        (
                            (
                                (1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r
                                + 1.51986665636164571966e-2
                            )
                            * r
                            + 1.48103976427480074590e-1
                        )
                        * r
                        + 6.89767334985100004550e-1
                    )
                    * r
                    + 1.67638483018380384940e0
                )
                * r
                + 2.05319162663775882187e0
            )
            * r
            + 1.0
        )
    else:
        r = r - 5.0
        x = (
            (
                (
                    (
                        (
                            (
                                (2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
                                + 1.24266094738807843860e-3
                            )
                            * r
                            + 2.65321895265761230930e-2
                        )
                        * r
                        + 2.96560571828504891230e-1
                    )
                    * r
                    + 1.78482653991729133580e0
                )
                * r
                + 5.46378491116411436990e0
            )
            * r
            + 6.65790464350110377720e0
        ) / (
            (
                (
                    (
                        (
                            (
                                (2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r
                                + 1.84631831751005468180e-5
                            )
                            * r
                            + 7.86869131145613259100e-4
                        )
                        * r
                        + 1.48753612908506148525e-2
                    )
                    * r
                    + 1.36929880922735805310e-1
                )
                * r
                + 5.99832206555887937690e-1
            )
            * r
            + 1.0
        )
    return -x if q < 0.0 else x


@rule
def normal(seed, customer, decision, about, when):
    """Standard normal draw."""
    return normal_quantile(uniform(seed, customer, decision, about, when))


@rule
def exponential(seed, customer, decision, about, when):
    """Exponential draw of mean 1, always above 0."""
    return -math.log(1.0 - uniform(seed, customer, decision, about, when))


@rule
def gumbel(seed, customer, decision, about, when):
    """Standard Gumbel draw: the largest of utility + Gumbel is a logit choice.

    One draw per alternative, keyed by the alternative: adding one leaves every other choice as it
    was unless the new one wins (Oberst and Sontag 2019).
    """
    return -math.log(-math.log(uniform(seed, customer, decision, about, when)))


@rule
def chance(seed, customer, decision, about, when, p):
    """True with probability p (never at p <= 0, always at p >= 1)."""
    return uniform(seed, customer, decision, about, when) < p


@rule
def fill_uniforms(draws, seed, customers, decision, about, when):
    """`uniform` of each customer in an int64 array, into ``draws``: float64, same length."""
    for i in range(len(customers)):
        draws[i] = uniform(seed, customers[i], decision, about, when)


def uniforms(seed, customers, decision, about, when):
    """`uniform` of each customer in an int64 array: float64, same length."""
    draws = np.empty(len(customers))
    fill_uniforms(draws, seed, customers, decision, about, when)
    return draws
