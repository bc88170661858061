"""Why things come back, as far as anybody says, and what is done about it [B34, B35, B52].

Figures show that an article is returned more than others, or badly spoken of. Why, they do not
show: its words in reviews and people who are asked do. Without them a rule of thumb decides.
"""

from __future__ import annotations

import math

import numpy as np

from sim.core.draws import decision, uniform
from sim.core.records import FALLS_SHORT, FAULTS, NOT_AS_SHOWN, WRONG_SIZE

ANSWERS = decision("what somebody answers who is asked why he sent it back")

CURABLE = (FALLS_SHORT, NOT_AS_SHOWN, WRONG_SIZE)
RULE_OF_THUMB = CURABLE  # in this order, where nobody says why


def comes_back_often(returned: float, sold: float, usual: float, least: float, sure: float) -> bool:
    """Whether so many of an item's sales came back that chance hardly explains it: ``sure``
    standard deviations of a binomial above the ``usual`` share."""
    if returned < least or sold <= 0 or not 0.0 < usual < 1.0:
        return False
    return returned - sold * usual > sure * math.sqrt(sold * usual * (1.0 - usual))


def takes_it_up(acts: float, told: float, managers_by: str) -> float:
    """Share of the articles found wanting that somebody takes up [B34].

    ``acts``: that analysis brings before a product manager. Who is measured on sales has nothing
    from it and does it only where he is told of the targets of all (``told``, share); who is
    measured on what customers say does it.
    """
    return acts if managers_by == "reviews" else acts * told


def asked(sent_back: np.ndarray, people: int, key: int, day: int, seed: int) -> np.ndarray:
    """What so many answer of the article of that key: counts by fault, shape (FAULTS,).

    ``sent_back``: who can be asked, by what is wrong in their heads: who sent it back and is on
    file. As many as there are, at most ``people``, each once.
    """
    answers, left = np.zeros(FAULTS, np.int64), sent_back.astype(np.int64)
    for k in range(min(people, int(left.sum()))):
        place = uniform(seed, key, ANSWERS, k, day) * left.sum()
        fault = int(np.searchsorted(np.cumsum(left), place, side="right"))
        answers[fault] += 1
        left[fault] -= 1
    return answers


def believed_fault(words: np.ndarray, usual: np.ndarray, tried: int, sure: float) -> int:
    """What is done something about, 0: nothing. Of the faults that can be cured and have not been
    dealt with (bits of ``tried``) the one whose naming stands out.

    ``words``: how often each fault is named, ``usual``: its share of what is named of all articles,
    both (FAULTS,). One stands out that is named ``sure`` standard deviations of a binomial more
    often than that: pictures and sizes disappoint now and then with every article. Where nobody
    says anything the rule of thumb decides.
    """
    left = [fault for fault in RULE_OF_THUMB if not tried >> fault & 1]
    named = words.sum()
    if not left or named == 0:
        return left[0] if left else 0
    spread = np.sqrt(named * usual * (1.0 - usual))
    excess = (words - named * usual) / np.maximum(spread, 1e-9)
    best = max(left, key=lambda fault: excess[fault])
    return best if excess[best] >= sure else 0


def usually_named(words: np.ndarray) -> np.ndarray:
    """Share of each fault in all that is named, shape (FAULTS,), one added to each count."""
    return (words + 1.0) / (words.sum() + FAULTS)
