"""What goes with what: complements, learned from the receipts on file [B18, B29].

The books count which kind of goods was bought after which by the same known buyer. Somebody who
buys a kind again is no news about what goes with it, and frequent kinds follow everything. So the
table is compared with quasi-independence: each kind is followed, and follows, as often as it does,
the diagonal left out (Goodman 1968, JASA 63, "The analysis of cross-classified data: independence,
quasi-independence, and interactions in contingency tables with or without missing entries").
"""

from __future__ import annotations

import numpy as np

ROUNDS = 20  # of proportional fitting (Deming and Stephan 1940); more change no digit that counts
TINY = 1e-9  # instead of dividing by nothing
MOST = 0.5  # share of belief; assumption: what follows weighs at most as much as all else


Pairs = tuple[np.ndarray, np.ndarray]  # as expected, and their standard deviation


def expected_pairs(seen: np.ndarray) -> Pairs:
    """Pairs that chance explains and their standard deviation, each shape (kinds, kinds), in pairs.

    ``seen[a, b]`` is how often ``b`` was bought after ``a``. Each pair of kinds is expected from
    all other pairs, itself left out: a true complement does not explain itself away. The deviation
    is that of a Poisson count, together with that of an expectation which itself was counted (delta
    method, on the sums of row and column). Both are 0 on the diagonal.
    """
    kinds = len(seen)
    first, second = np.nonzero(~np.eye(kinds, dtype=bool))
    pair = np.arange(len(first))
    counted = np.broadcast_to(1.0 - np.eye(kinds), (len(first), kinds, kinds)).copy()
    counted[pair, first, second] = 0.0
    begun = (counted * seen).sum(axis=2, keepdims=True)
    ended = (counted * seen).sum(axis=1, keepdims=True)
    ends = np.ones((len(first), 1, kinds))
    for _ in range(ROUNDS):
        begins = begun / np.maximum((counted * ends).sum(axis=2, keepdims=True), TINY)
        ends = ended / np.maximum((counted * begins).sum(axis=1, keepdims=True), TINY)
    most = begins[pair, first, 0] * ends[pair, 0, second]
    of_count = 1 / np.maximum(begun[pair, first, 0], TINY) + 1 / np.maximum(
        ended[pair, 0, second], TINY
    )
    expected, deviation = np.zeros((kinds, kinds)), np.zeros((kinds, kinds))
    expected[first, second] = most
    deviation[first, second] = np.sqrt(most + most**2 * of_count)
    return expected, deviation


def how_much_more(
    seen: np.ndarray, following: np.ndarray, by_chance: Pairs | None = None
) -> np.ndarray:
    """By how much what follows each kind does so above chance, as a share of all that followed the
    kind, others than itself; 0 where nothing is believed to. Shape (kinds,), at most MOST.
    ``by_chance``: :func:`expected_pairs` of what was seen, where that is known already.
    """
    expected, _ = by_chance or expected_pairs(seen)
    kinds, begun = np.arange(len(seen)), seen.sum(axis=1) - seen.diagonal()
    more = (seen - expected)[kinds, np.maximum(following, 0)] / np.maximum(begun, 1)
    return np.where(following >= 0, np.clip(more, 0.0, MOST), 0.0)


def what_goes_with(
    seen: np.ndarray, least: int, sure: float, by_chance: Pairs | None = None
) -> np.ndarray:
    """Of each kind the one that goes with it, -1 where none is believed; shape (kinds,).

    Believed is what lies at least ``sure`` standard deviations above :func:`expected_pairs`, the
    farthest first, once ``least`` pairs that begin with the kind are on file. ``by_chance`` as for
    :func:`how_much_more`.
    """
    expected, deviation = by_chance or expected_pairs(seen)
    above = np.where(deviation > 0, seen - expected, 0) / np.maximum(deviation, TINY)
    begun = seen.sum(axis=1) - seen.diagonal()
    believed = (above.max(axis=1) >= max(sure, TINY)) & (begun >= least)
    return np.where(believed, above.argmax(axis=1), -1)
