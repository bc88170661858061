"""What people want and where they are, by what is sold and by asking outside [B62].

Sales show what the company could sell of what it shows. What people look for, customers or not,
they say only if they are asked: the split of each category among its styles follows their answers
sooner than it follows the sales. Clicks show who came by an ad where the company advertises; where
people spend their time, customers or not, they say as well, and the media plan follows that.
"""

from __future__ import annotations

import numpy as np

from sim.core.records import STYLES


def demand(sold: np.ndarray, answers: np.ndarray, worth: float) -> np.ndarray:
    """Share of all demand by cell, shape (CELLS,), sums to 1.

    Categories weigh by ``sold`` (recent sales by cell); styles within one by the ``answers`` of who
    looks for something in it, shrunk to the sales' split as by ``worth`` answers (the mean of a
    Dirichlet posterior).
    """
    by_kind = sold.reshape(-1, STYLES)
    total = by_kind.sum(axis=1, keepdims=True)
    split = by_kind / np.where(total > 0, total, 1.0)
    said = answers.reshape(-1, STYLES)
    split = (said + worth * split) / (said.sum(axis=1, keepdims=True) + worth)
    share = (total * split).ravel()
    return share / share.sum()


def more_there(planned: np.ndarray, now: np.ndarray, worth: float) -> np.ndarray:
    """How many times as many people are at each media channel as when the plan was made.

    ``planned``, ``now``: (2, channels), how many said that they had been there the day before, and
    how many were asked; ``now`` is shrunk to the former as by ``worth`` answers. 1 where nobody was
    there then, or nobody was asked.
    """
    before = planned[0] / np.maximum(planned[1], 1.0)
    share = (now[0] + worth * before) / (now[1] + worth)
    return np.where(before > 0, share / np.where(before > 0, before, 1.0), 1.0)
