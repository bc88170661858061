"""Verdicts on what is expected, and the choice of the best: with honest rates of error.

*Looks.* Worlds are added until all is decided. Each look is a chance to be wrong, and so is each
expectation; the error rate is shared out evenly among all of them (Bonferroni), so that the
probability of one wrong verdict or more stays below it.

*Choice.* The procedure KN of Kim and Nelson (2001, ACM TOMACS 11): arms are screened world by
world, pairs compared on the same worlds; an arm that is shown to be worse leaves. The best is
kept with the stated probability wherever it is better by ``indifferent`` or more. Differences
between worlds are taken to be normal in both.
"""

from __future__ import annotations

from itertools import combinations
from typing import Literal, NamedTuple

import numpy as np

from sim.measures.statistics import Interval, interval
from sim.studies.question import Choice, Replications

Word = Literal["supported", "refuted", "undecided"]
SUPPORTED, REFUTED, UNDECIDED = "supported", "refuted", "undecided"


def looks(replications: Replications) -> list[int]:
    """Numbers of worlds at which is looked: the first, doubled until the most."""
    found = [replications.first]
    while found[-1] < replications.most:
        found.append(min(2 * found[-1], replications.most))
    return found


def level_of_a_look(replications: Replications, expectations: int) -> float:
    """Confidence level of each interval, so that all looks at all expectations are wrong together
    with at most the stated probability."""
    return 1 - replications.error / (len(looks(replications)) * max(1, expectations))


class Verdict(NamedTuple):
    """What the worlds say of one expectation."""

    word: Word
    margin: Interval  # by how much it is met; of the comparison met worst
    worlds: int


def verdict(margins: list[np.ndarray], level: float) -> Verdict:
    """Supported where every comparison is met, refuted where one is not, else undecided.

    ``margins``: of each comparison, by how much each world meets it, (worlds,). ``level``: of the
    intervals; two comparisons share it.
    """
    each = 1 - (1 - level) / len(margins)
    found = [interval(margin, each) for margin in margins]
    worst = min(found, key=lambda i: i.low if np.isfinite(i.low) else -np.inf)
    word: Word = UNDECIDED
    if any(i.high < 0 for i in found):
        word = REFUTED
        worst = min(found, key=lambda i: i.high)
    elif all(i.low > 0 for i in found):
        word = SUPPORTED
    return Verdict(word, worst, len(margins[0]))


class Chosen(NamedTuple):
    """Which arms may still be best."""

    left: tuple[str, ...]  # one, if it is decided
    worlds: int  # at which the last other left


def chosen(figures: dict[str, np.ndarray], choice: Choice, first: int) -> Chosen:
    """The arms not shown to be worse after all worlds there are.

    ``figures``: of each arm the measure by world, (worlds,), the same worlds in the same order.
    ``first``: worlds of the first stage, from which the spread is estimated.
    """
    names, sign = list(figures), 1.0 if choice.highest else -1.0
    x = sign * np.array([figures[name] for name in names], float)
    worlds = x.shape[1]
    if len(names) == 1 or worlds < first:
        return Chosen(tuple(names), worlds)
    error, n = 1 - choice.probability, first
    eta = 0.5 * ((2 * error / (len(names) - 1)) ** (-2 / (n - 1)) - 1)
    h2 = 2 * eta * (n - 1)
    spread = {
        (i, j): float(np.var(x[i, :n] - x[j, :n], ddof=1))
        for i, j in combinations(range(len(names)), 2)
    }
    left, decided = set(range(len(names))), worlds
    for r in range(first, worlds + 1):
        sums, before = x[:, :r].sum(axis=1), set(left)
        for (i, j), s2 in spread.items():
            if {i, j} <= before:
                room = max(0.0, choice.indifferent / 2 * (h2 * s2 / choice.indifferent**2 - r))
                worse, gap = (i, sums[j] - sums[i]) if sums[j] > sums[i] else (j, sums[i] - sums[j])
                if gap > room:
                    left.discard(worse)
        if len(left) == 1:
            decided = r
            break
    return Chosen(tuple(names[i] for i in sorted(left)), decided)
