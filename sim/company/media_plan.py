"""Media money: how much goes where, by the measure the company has [B5, B21, B45, H4].

Every few weeks money moves between the paid channels: prospecting and retargeting on each social
channel, the place above the results of each search engine. By last click each
channel is credited with the sales that followed its clicks; by hold-out, advertising is worth the
difference between profiles that were shown ads and those that were not, and what is spent rises or
falls with the proof. A company between levels steers in part by each.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.settings.channels import Pacing
from sim.settings.company import Steering

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
    period_spent: np.ndarray = field(init=False)
    lift: list[float] = field(default_factory=list)  # margin per ad krone, per period

    def __post_init__(self) -> None:
        self.split, self.rate = self.even, np.array(self.pacing.slots_first)[self.kinds]
        self.spent, self.period_spent = np.zeros(len(self.kinds)), np.zeros(len(self.kinds))
        self.forget_proof()

    @property
    def even(self) -> np.ndarray:
        """The same share for every paid channel."""
        return np.full(len(self.kinds), 1 / len(self.kinds))

    def forget_proof(self) -> None:
        """Readings by another yardstick count no more."""
        self.lift, self.level = [], np.ones(len(self.kinds))

    def book(self, spent: np.ndarray) -> None:
        """A day's spending, per channel."""
        self.spent += spent
        self.period_spent += spent

    def pace(self, days: int) -> None:
        """Every few ``days``: platforms move how often our ads are shown so that the budget is
        spent.

        What a channel cannot take any more goes to those that can.
        """
        pacing = self.pacing
        wanted = self.budget_day * days * self.split
        full = (self.rate >= pacing.slots_most) & (self.spent < wanted)
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

    def steer(
        self,
        credit: np.ndarray,
        margin: float,
        by_click: float,
        by_holdout: float,
        treated: float,
        held: float,
        holdout: float,
    ) -> None:
        """Every few weeks: move the split towards what the company's measures say.

        ``credit``: last-click sales per channel; ``treated`` and ``held``: recorded sales to
        profiles with and without ads; ``holdout``: the share held out. DKK. The part that is
        steered by neither keeps the even split.
        """
        rule = self.steering
        spent = np.maximum(self.period_spent, 1.0)  # a channel without a krone earns no infinity
        clicked = self.split * np.maximum(credit * margin / spent, rule.least_return)
        clicked = np.maximum(clicked / clicked.sum(), rule.least_share)
        target = (1.0 - by_click - by_holdout) * self.even + by_click * clicked / clicked.sum()
        self.level = np.ones(len(self.kinds))
        if by_holdout > 0 and holdout > 0:
            social = self.kinds != SEARCH
            on_social = float(self.period_spent[social].sum())
            expected = held / holdout * (1 - holdout)
            self.lift.append((treated - expected) * margin / max(on_social, 1.0))
            earned = float(np.clip(shrunk(self.lift, rule), rule.proof_cuts, rule.proof_raises))
            tested = np.where(social, earned, 1.0)
            target = target + by_holdout * tested / tested.sum()
            self.level[social] = 1 + by_holdout * (earned - 1)
        else:
            target = target + by_holdout * self.even
        kept = rule.split_kept
        self.split = kept * self.split + (1.0 - kept) * target / target.sum()
        self.period_spent = np.zeros(len(self.kinds))


def shrunk(lifts: list[float], rule: Steering) -> float:
    """Mean of noisy readings, shrunk towards 1 (an ad krone earns a krone) by their noise."""
    n = len(lifts)
    if n < rule.least_readings:
        return 1.0
    noise = float(np.var(lifts, ddof=1)) / n
    weight = rule.prior_sd**2 / (rule.prior_sd**2 + noise)
    return 1.0 + weight * (float(np.mean(lifts)) - 1.0)
