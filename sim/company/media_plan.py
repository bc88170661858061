"""Media money: how much goes where, and how platforms spend it [B5, B45, H4].

Paid lines are prospecting and retargeting on each social channel, the place above the results of
each search engine. Every few weeks money moves between them by what :mod:`sim.company.steering`
reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.company.steering import Yardsticks, split_and_level
from sim.settings.channels import Pacing
from sim.settings.steering import Steering

PROSPECTING, RETARGETING, SEARCH = 0, 1, 2


@dataclass
class MediaPlan:
    """The budget's split over the paid channels and the platforms' pacing; all money in DKK."""

    budget_day: float
    kinds: np.ndarray  # PROSPECTING, RETARGETING or SEARCH, one for each paid channel
    pacing: Pacing
    steering: Steering
    split: np.ndarray = field(init=False)
    level: np.ndarray = field(init=False)  # multiple of it that is spent
    rate: np.ndarray = field(init=False)  # share of slots that an ad of ours wins
    spent: np.ndarray = field(init=False)  # since the last pacing
    bought: np.ndarray = field(init=False)  # whether the line is bought at all

    def __post_init__(self) -> None:
        self.split, self.rate = self.even, np.array(self.pacing.slots_first)[self.kinds]
        self.spent = np.zeros(len(self.kinds))
        self.level = np.ones(len(self.kinds))
        self.bought = np.ones(len(self.kinds), bool)

    @property
    def even(self) -> np.ndarray:
        """The same share for every paid channel."""
        return np.full(len(self.kinds), 1 / len(self.kinds))

    def book(self, spent: np.ndarray) -> None:
        """A day's spending, per channel."""
        self.spent += spent

    def pace(self, days: int) -> None:
        """Every few ``days``: platforms move how often our ads are shown so that the budget is
        spent.

        What a channel cannot take any more goes to those that can; what is not bought is saved.
        """
        pacing = self.pacing
        wanted = self.budget_day * days * self.split
        full = (self.rate >= pacing.slots_most) & (self.spent < wanted) & self.bought
        left = float((wanted - self.spent)[full].sum())
        if full.any() and not full.all():
            wanted = np.where(
                full, self.spent, wanted + left * self.split / self.split[~full].sum()
            )
        wanted = wanted * self.level
        ratio = np.full(len(self.kinds), pacing.pace_faster)  # where nothing was spent
        np.divide(wanted, self.spent, out=ratio, where=self.spent > 0)
        ratio = np.clip(ratio, pacing.pace_slower, pacing.pace_faster)
        self.rate = np.clip(self.rate * ratio, pacing.slots_least, pacing.slots_most)
        self.spent = np.zeros(len(self.kinds))

    def steer(self, by: Yardsticks, told: dict[str, np.ndarray]) -> None:
        """Every few weeks: move split and spending towards what the company's measures say.

        ``told``: by measure, what each paid line is taken to earn.
        """
        target, self.level = split_and_level(self.even, self.split, by, told, self.steering)
        kept = self.steering.split_kept
        self.split = kept * self.split + (1.0 - kept) * target
