"""Raw and causal: how much more those buy who use a thing, and how much of that it makes [A4, B43].

Who uses it chose it himself. The raw ratio compares them with everybody who could; the causal one
compares them with themselves, in the same world without it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.core import events as ev
from sim.core.rows import picked
from sim.measures.accounts import since_fork
from sim.world.tally import RunLog


class Treated(NamedTuple):
    """Those who use what a mechanism offers, and what they buy."""

    title: str
    rows: str  # of docs/evidence.md
    raw: str  # the figure of VISITORS that compares them with others
    users: Callable[[RunLog, np.ndarray], np.ndarray]  # of a run and its customers: bool by person
    bought: Callable[[RunLog], np.ndarray]  # by person


def receipts_of_members(run: RunLog) -> np.ndarray:
    """Receipts since the fork of members who said so; value 0 where they were scanned."""
    rows = since_fork(run)
    receipts = picked(rows, (rows["kind"] == ev.BASKET_PAID) & (rows["channel"] == ev.STORE))
    return picked(receipts, receipts["seen_as"] == ev.A_PERSON)


def scanners(run: RunLog, customers: np.ndarray) -> np.ndarray:
    """Members who have scanned at least once since the fork: bool by person."""
    receipts = receipts_of_members(run)
    return by_person(run, receipts["customer"][receipts["value"] == 0]) > 0


def participants(run: RunLog, customers: np.ndarray) -> np.ndarray:
    """People in the market at the horizon's end who take part in a forum: bool by person."""
    here = (customers["exit_day"] >= run.end_day) & (customers["takes_part"] > 0)
    return by_person(run, customers["id"][here]) > 0


def spent_in_stores(run: RunLog) -> np.ndarray:
    """Price paid in our stores since the fork, øre by person."""
    rows = since_fork(run)
    sold = rows["kind"] == ev.STORE_SALE
    return by_person(run, rows["customer"][sold], rows["amount_oere"][sold])


def times_bought(run: RunLog) -> np.ndarray:
    """Baskets paid for with us since the fork, by person."""
    rows = since_fork(run)
    return by_person(run, rows["customer"][rows["kind"] == ev.BASKET_PAID])


def by_person(run: RunLog, who: np.ndarray, what: np.ndarray | None = None) -> np.ndarray:
    """Rows, or sums of ``what``, by person."""
    return np.bincount(who, what, minlength=len(run.people))


TREATED: dict[str, Treated] = {  # by the mechanism that offers it
    "self-scan": Treated(
        "Spending in stores of members who scan",
        "A4 B41",
        "scanners' spending",
        scanners,
        spent_in_stores,
    ),
    "community": Treated(
        "Purchases of who takes part in our forum",
        "B43",
        "participants' purchases",
        participants,
        times_bought,
    ),
}
