"""Where a difference in gross revenue comes from, and whom it touched.

Two worlds with the same seed hold the same people with the same needs. Each sale is looked up in
the other world by its customer and need; what became of that need there names the origin of the
gain (or, mirrored and negative, of the loss).
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.core import events as ev
from sim.core.rows import picked
from sim.measures.accounts import per_segment, person_years, sales, since_fork, taken
from sim.measures.comparison import ORIGINS
from sim.world.tally import KINDS, RunLog

COMPETITOR, NEW, PULLED, MOVED, SAME = range(len(ORIGINS))


def decompose(run: RunLog, base: RunLog) -> pd.DataFrame:
    """Difference in gross revenue since the fork between two worlds, by segment and origin.

    Columns: segment, origin, oere (int64; sums over the origins to the difference exactly), dkk
    (DKK per person-year, each world divided by its own person-years).

    Per need, by what became of it in the world that did not sell:

    - from competitor: the competitor sold;
    - pulled forward: it was awake, its owner still in the market and undecided at the end;
    - new demand: it never arose or woke, it died, or its owner left; and sales without a need.

    Where both sold: moved between own channels if they used different ones of web shop and
    store, else same need, other basket. Raises ValueError if the worlds do not match.
    """
    if (run.seed, run.fork_day, run.end_day) != (base.seed, base.fork_day, base.end_day):
        raise ValueError("worlds can be compared need by need only with one seed, fork and end")
    keys = np.unique(np.concatenate([_sold_needs(world) for world in (run, base)]))
    here, there = (_needs(world, keys) for world in (run, base))
    cell = _origins(here, there) * 2 + run.people["shopper"][keys >> 32]
    own = [_totals(side.oere, cell) for side in (here, there)]
    for total, world in zip(own, (run, base), strict=True):
        total[NEW] += _without_need(world)
    years = [per_segment(person_years(world)) for world in (run, base)]
    rows = []
    for number, name in enumerate(ORIGINS):
        won, lost = per_segment(own[0][number]), per_segment(own[1][number])
        for s in won:
            yearly = [
                oere[s] / 100 / y[s] if y[s] > 0 else np.nan
                for oere, y in zip((won, lost), years, strict=True)
            ]
            rows.append((s, name, int(won[s] - lost[s]), yearly[0] - yearly[1]))
    return pd.DataFrame(rows, columns=["segment", "origin", "oere", "dkk"])


def _totals(oere: np.ndarray, cell: np.ndarray) -> np.ndarray:
    total = np.zeros(2 * len(ORIGINS), np.int64)
    np.add.at(total, cell, oere)
    return total.reshape(len(ORIGINS), 2)


def _without_need(run: RunLog) -> np.ndarray:
    """Gross revenue since the fork of sales that serve no need, in øre by segment."""
    rows = sales(since_fork(run))
    rows = rows[rows["need"] < 0]
    segment = run.people["shopper"][rows["customer"]]
    return np.array([rows["amount_oere"][segment == s].sum() for s in (0, 1)], np.int64)


EVERY = slice(None)
TELLS = np.zeros(KINDS, bool)
TELLS[[*ev.SALES, ev.COMPETITOR_SALE, ev.NEED_DIED, ev.NEED_ACTIVE, ev.NEED_WOKEN]] = True


def _sold_needs(run: RunLog) -> np.ndarray:
    """Keys of the needs that we sold something for since the fork."""
    rows = sales(since_fork(run))
    return need_key(rows, rows["need"] >= 0)


def _told_of(rows: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """The rows that tell what became of one of these needs (sorted keys)."""
    told = np.flatnonzero(TELLS[rows["kind"]] & (rows["need"] >= 0))
    return picked(rows, told[places_in(keys, need_key(rows, told)) >= 0])


class _Needs(NamedTuple):
    """What became of each need in one world, all of shape (needs,)."""

    oere: np.ndarray  # sold by us since the fork, int64
    online: np.ndarray  # the rest from day 0, bool: sold by us on the web
    instore: np.ndarray
    competitor: np.ndarray  # sold by the competitor
    died: np.ndarray
    open: np.ndarray  # awake at some time, and its owner in the market to the end

    @property
    def ours(self) -> np.ndarray:
        return self.online | self.instore


def _needs(run: RunLog, keys: np.ndarray) -> _Needs:
    """What became of the needs with these keys, sorted."""
    told = taken(run, partial(_told_of, keys=keys))
    kinds, place = told["kind"], np.searchsorted(keys, need_key(told))

    def happened(*wanted: int) -> np.ndarray:
        flag = np.zeros(len(keys), bool)
        for kind in wanted:
            flag[place[kinds == kind]] = True
        return flag

    sold = ((kinds == ev.WEB_ORDER) | (kinds == ev.STORE_SALE)) & (told["day"] >= run.fork_day)
    oere = np.zeros(len(keys), np.int64)
    np.add.at(oere, place[sold], told["amount_oere"][sold])
    return _Needs(
        oere=oere,
        online=happened(ev.WEB_ORDER),
        instore=happened(ev.STORE_SALE),
        competitor=happened(ev.COMPETITOR_SALE),
        died=happened(ev.NEED_DIED),
        open=happened(ev.NEED_ACTIVE, ev.NEED_WOKEN)
        & (run.people["exit_day"][keys >> 32] >= run.end_day),
    )


def need_key(rows: np.ndarray, which: np.ndarray | slice = EVERY) -> np.ndarray:
    """One int64 for customer and need (need >= 0) of each of these rows: numbers or a mask."""
    return rows["customer"][which].astype(np.int64) << 32 | rows["need"][which]


def places_in(keys: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Where each of ``of`` first stands in ``keys``, which are sorted; -1 if it does not."""
    if not len(keys):
        return np.full(len(of), -1)
    at = np.minimum(np.searchsorted(keys, of), len(keys) - 1)
    return np.where(keys[at] == of, at, -1)


def _origins(here: _Needs, there: _Needs) -> np.ndarray:
    """Origin of each need's difference; a need that sold nowhere gets any, its difference is 0."""
    moved = (here.online != there.online) | (here.instore != there.instore)
    unsold = [np.where(here.ours, b, a) for a, b in zip(here, there, strict=True)]
    *_, competitor, died, still_open = unsold
    fate = np.select([competitor, died, still_open], [COMPETITOR, NEW, PULLED], NEW)
    return np.where(here.ours & there.ours, np.where(moved, MOVED, SAME), fate)


def customer_differences(run: RunLog, base: RunLog) -> pd.DataFrame:
    """What each person's time since the fork was worth in two worlds of one seed.

    One row a person: customer (row of the population), shopper (0/1), changed (whether any event
    differs at all), and for this world and the base: orders, gross_oere, refunds_oere, with
    gross_difference_oere. One person's difference is an illustration: it depends on how luck is
    coupled. Raises ValueError if the worlds do not match.
    """
    if (run.seed, run.fork_day, run.end_day) != (base.seed, base.fork_day, base.end_day):
        raise ValueError("people can be compared only with one seed, fork and end")
    n = len(run.people)
    found = pd.DataFrame(
        {
            "customer": np.arange(n),
            "shopper": run.people["shopper"],
            "changed": run.fingerprint != base.fingerprint,
        }
    )
    for name, world in (("here", run), ("base", base)):
        rows = since_fork(world)
        bought, paid_back = sales(rows), rows[rows["kind"] == ev.REFUNDED]
        found[f"orders_{name}"] = np.bincount(bought["customer"], minlength=n)
        found[f"gross_oere_{name}"] = _per_person(bought, n)
        found[f"refunds_oere_{name}"] = _per_person(paid_back, n)
    found["gross_difference_oere"] = found["gross_oere_here"] - found["gross_oere_base"]
    return found


def _per_person(rows: np.ndarray, people: int) -> np.ndarray:
    """Money of these rows by person, int64 øre."""
    total = np.zeros(people, np.int64)
    np.add.at(total, rows["customer"], rows["amount_oere"])
    return total


def changed(run: RunLog, base: RunLog) -> tuple[float, float]:
    """Shares of the people in the market during the horizon for whom anything at all differs
    between two worlds since the fork, and whose purchases (day, place, item, price) differ."""
    people = run.people
    present = (people["entry_day"] < run.end_day) & (people["exit_day"] > run.fork_day)
    if not present.any():
        return float("nan"), float("nan")
    any_event = run.fingerprint != base.fingerprint
    bought = _purchase_hash(run) != _purchase_hash(base)
    return float(any_event[present].mean()), float(bought[present].mean())


def _purchase_hash(run: RunLog) -> np.ndarray:
    """A number per customer that hardly ever coincides for different purchases, uint64."""
    rows = sales(since_fork(run))
    state = np.zeros(len(rows), np.uint64)
    for name in ("day", "kind", "item", "amount_oere"):
        state ^= rows[name].astype(np.int64).view(np.uint64)
        state *= np.uint64(0xFF51AFD7ED558CCD)
        state ^= state >> np.uint64(33)
    total = np.zeros(len(run.people), np.uint64)
    np.add.at(total, rows["customer"], state)
    return total
