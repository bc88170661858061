"""What a company believes its money and its newsletters bring, by the measure it has [B45, B51].

*Revenue in total*: the budget is a share of sales, and who sells less than a year ago writes more.
*Last click*: what was clicked last before a recorded sale is credited with it. *Click rate*: an ad
is good if it is clicked more often than one to anybody [B5]. *Hold-out*: recorded sales to who met
a thing against those to who was held out of it, shrunk by their noise towards what was believed
before. *Value*: the same, with what a new customer will still buy, and what a lost permission would
have brought. *Satisfaction*: the marks after a contact. *Noise*: a placebo. A company between
levels goes in part by each.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.records import GROUPS, PAID, TESTED
from sim.settings.steering import Steering

READING = np.dtype(
    [
        ("spent", "f8"),  # DKK, what it cost
        ("shown", "f8"),  # impressions, mails
        ("clicked", "f8"),
        ("credited", "f8"),  # DKK of recorded sales, by last click
        ("treated", "f8", (GROUPS,)),  # DKK of recorded sales to who met it, by group of records
        ("held", "f8", (GROUPS,)),  # and to who was held out
        ("treated_first", "f8", (GROUPS,)),  # first sales under a record
        ("held_first", "f8", (GROUPS,)),
    ]
)


class Yardsticks(NamedTuple):
    """How much a company goes by which measure; the shares add up to 1, ``counts_value`` apart."""

    total: float = 0.0
    last_click: float = 0.0
    click_rate: float = 0.0
    holdout: float = 0.0
    satisfaction: float = 0.0
    noise: float = 0.0
    counts_value: float = 0.0  # share to which a hold-out counts what customers are still worth


def yardsticks(steers_by: str, able: dict[str, float]) -> Yardsticks:
    """What a company steers by: the measure it has chosen, or what its level says."""
    if steers_by == "level":
        click, hold = able["steer_by_last_click"], able["steer_by_holdout"]
        left = max(1.0 - click - hold, 0.0)
        return Yardsticks(left, click, holdout=hold, counts_value=able["counts_value"])
    if steers_by == "value":
        return Yardsticks(holdout=1.0, counts_value=1.0)
    return Yardsticks(**{steers_by: 1.0})


def no_readings() -> np.ndarray:
    """READING of each thing that may be tested, all zero."""
    return np.zeros(TESTED, READING)


def by_click(read: np.ndarray, margin: float, least: float) -> np.ndarray:
    """DKK of margin per krone, by last click; at least ``least``. A line without a krone earns no
    infinity."""
    return np.maximum(read["credited"] * margin / np.maximum(read["spent"], 1.0), least)


def by_rate(read: np.ndarray, random: np.ndarray, least: float) -> np.ndarray:
    """Clicks per impression as a multiple of those of line ``random[k]``, which goes to anybody;
    1 where a line has no impressions, as in a search."""
    shown = np.maximum(read["shown"], 1.0)
    rate = (read["clicked"] + 1.0) / (shown + 1.0)  # nobody's first click proves anything
    return np.where(read["shown"] > 0, np.maximum(rate / rate[random], least), 1.0)


def worth_of_new(read: np.ndarray, margin: float) -> float:
    """DKK of margin that who buys for the first time brings in all: recorded sales for each first
    sale, as where nothing grows. The first sale itself, one of three or four, is in it."""
    paid = read[:PAID]
    sales = float(paid["treated"].sum() + paid["held"].sum())
    firsts = float(paid["treated_first"].sum() + paid["held_first"].sum())
    return margin * sales / firsts if firsts > 0 else 0.0


def lift(read: np.ndarray, holdout: float, margin: float, new: float) -> tuple[np.ndarray, ...]:
    """DKK of margin that each thing brought, and the standard error of that.

    Sales to who met it less what those held out stand for. The error is told by how far the groups
    of records are apart (Student): what one customer buys again and again stands in one of them.
    ``new``: what each first sale counts beside, DKK.
    """
    scale = (1.0 - holdout) / holdout
    each = margin * (read["treated"] - scale * read["held"])
    each = each + new * (read["treated_first"] - scale * read["held_first"])
    return each.sum(axis=-1), each.std(axis=-1, ddof=1) * np.sqrt(GROUPS)


def by_holdout(
    read: np.ndarray, holdout: float, margin: float, new: float, prior_sd: float
) -> np.ndarray:
    """DKK of margin per krone that each line is believed to earn: the reading, shrunk by its noise
    towards a krone for a krone (a normal belief of ``prior_sd``)."""
    if holdout <= 0.0:
        return np.ones(len(read))
    mean, error = lift(read, holdout, margin, new)
    spent = np.maximum(read["spent"], 1.0)
    weight = prior_sd**2 / (prior_sd**2 + (error / spent) ** 2)
    tested = (read["held"].sum(axis=-1) > 0) & (read["spent"] > 1.0)
    return np.where(tested, 1.0 + weight * (mean / spent - 1.0), 1.0)


def split_and_level(
    planned: np.ndarray,
    split: np.ndarray,
    by: Yardsticks,
    told: dict[str, np.ndarray],
    rule: Steering,
) -> tuple[np.ndarray, np.ndarray]:
    """Where money should go, a share of each paid line, and what multiple of it is to be spent.

    ``planned``: the split of the plan; ``split``: today's; ``told``: what each measure says of each
    line. By last click, click rate and noise money follows what earned more; by hold-out it follows
    the plan, raised or cut by the proof, and less is spent where nothing is proved.
    """
    target = (by.total + by.satisfaction) * planned
    for name in ("last_click", "click_rate", "noise"):
        share = getattr(by, name)
        if share > 0.0:
            moved = split * told[name]
            moved = np.maximum(moved / moved.sum(), rule.least_share * (planned > 0))
            target = target + share * moved / moved.sum()
    level = np.ones(len(planned))
    if by.holdout > 0.0:
        earned = np.clip(told["holdout"], rule.proof_cuts, rule.proof_raises)
        target = target + by.holdout * planned * earned / (planned * earned).sum()
        level = level + by.holdout * (earned - 1.0)
    if by.total > 0.0:
        sold = np.clip(told["total"], rule.proof_cuts, rule.proof_raises)
        level = level + by.total * (sold - 1.0)
    return target / target.sum(), level


def vote_on_newsletters(by: Yardsticks, told: dict[str, float], rule: Steering) -> float:
    """How much more (1) or less (-1) often newsletters should go out, by all measures in use.

    ``told``: ``holdout`` and ``error``, DKK of margin that one more mail brings and the standard
    error of that; ``lost``, DKK that its unsubscribers would still have brought; ``click``, DKK by
    last click per mail; ``cost``, DKK of a mail; ``click_rate``, clicks per mail over clicks per
    ad; ``sales`` of this quarter over those a year ago; the mean ``mark``; ``noise``, -1 or 1. NaN
    where nothing is known: then that measure says nothing.
    """
    more = told["holdout"] - told["cost"] - by.counts_value * told["lost"]
    proved = abs(more) > rule.contacts_sure * told["error"]
    votes = {
        "total": max(-np.sign(told["sales"] - 1.0), 0.0),
        "last_click": np.sign(told["click"] - told["cost"]),
        "click_rate": np.sign(told["click_rate"] - 1.0),
        "holdout": np.sign(more) if proved else 0.0,
        "satisfaction": np.sign(told["mark"] - rule.content_mark),
        "noise": told["noise"],
    }
    return float(sum(getattr(by, name) * np.nan_to_num(vote) for name, vote in votes.items()))
