"""Media money: how much goes where, and how platforms spend it [B5, B25, B45, H4].

Places for ads are sold in a first-price auction: others' highest bids for a place are log-logistic,
so that a share of places has its bid, and a place more is dearer than those before. A part of the
money is kept for the brand. Every few weeks the rest moves between lines by what
:mod:`sim.company.steering` reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.company.steering import Yardsticks, split_and_level
from sim.settings.channels import Pacing
from sim.settings.steering import Steering


@dataclass
class MediaPlan:
    """The budget's split over the paid lines and the platforms' pacing; all money in DKK."""

    budget_day: float
    weights: np.ndarray  # of each line in the plan
    is_brand: np.ndarray  # bool
    medians: np.ndarray  # (line, 2): an impression and a click where half of the places are won
    spreads: np.ndarray  # of others' bids, ln
    brand_share: float
    pacing: Pacing
    steering: Steering
    split: np.ndarray = field(init=False)
    level: np.ndarray = field(init=False)  # multiple of it that is spent
    rate: np.ndarray = field(init=False)  # share of slots that an ad of ours wins
    spent: np.ndarray = field(init=False)  # since the last pacing
    bought: np.ndarray = field(init=False)  # whether the line is bought at all
    # a rate, and the prices at it: shares move every few weeks, prices are asked for every day
    _priced: tuple[np.ndarray, np.ndarray] | None = field(init=False, default=None, repr=False)

    def __post_init__(self) -> None:
        n = len(self.weights)
        self.split, self.rate = self.planned, np.full(n, self.pacing.slots_first)
        self.spent, self.level, self.bought = np.zeros(n), np.ones(n), np.ones(n, bool)

    @property
    def planned(self) -> np.ndarray:
        """The plan's split: brand lines share ``brand_share``, the others the rest, by weights."""
        split = np.zeros(len(self.weights))
        goods = ~self.is_brand
        brand = self.brand_share if self.weights[self.is_brand].sum() > 0 else 0.0
        if self.weights[goods].sum() <= 0:
            brand = 1.0
        for which, share in ((self.is_brand, brand), (goods, 1.0 - brand)):
            if share > 0:
                split[which] = share * self.weights[which] / self.weights[which].sum()
        return split

    @property
    def shares(self) -> np.ndarray:
        """Share of slots that each line wins today: none without money for it."""
        return self.rate * (self.bought & (self.split > 0) & (self.budget_day > 0))

    @property
    def prices(self) -> np.ndarray:
        """What an impression and a click cost on each line at today's shares: (line, 2), DKK."""
        if self._priced is None or self._priced[0] is not self.rate:
            self._priced = self.rate, self._prices_at_rate()
        return self._priced[1]

    def _prices_at_rate(self) -> np.ndarray:
        odds = self.rate / (1.0 - self.rate)
        return self.medians * (odds**self.spreads)[:, None]

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
        ratio = np.full(len(self.split), pacing.pace_faster)  # where nothing was spent
        np.divide(wanted, self.spent, out=ratio, where=self.spent > 0)
        dearer = 1.0 + self.spreads / (1.0 - self.rate)  # by % that a % more places cost more
        ratio = np.clip(ratio ** (1.0 / dearer), pacing.pace_slower, pacing.pace_faster)
        self.rate = np.clip(self.rate * ratio, pacing.slots_least, pacing.slots_most)
        self.spent = np.zeros(len(self.split))

    def steer(self, by: Yardsticks, told: dict[str, np.ndarray]) -> None:
        """Every few weeks: move split and spending of what shows goods towards what the company's
        measures say; what is kept for the brand stays.

        ``told``: by measure, what each paid line is taken to earn.
        """
        goods = ~self.is_brand
        planned, split = self.planned[goods], self.split[goods]
        whole = planned.sum()
        if whole <= 0.0:
            return
        says = {name: values[goods] for name, values in told.items()}
        before = split / split.sum() if split.sum() > 0.0 else planned / whole
        target, level = split_and_level(planned / whole, before, by, says, self.steering)
        kept = self.steering.split_kept
        self.level, self.split = np.ones(len(self.split)), self.planned
        self.level[goods] = level
        self.split[goods] = whole * (kept * before + (1.0 - kept) * target)
