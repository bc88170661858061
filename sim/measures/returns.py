"""What the return offers are worth: net revenue over the gross value of all online orders.

The three arms mail only / + return in store / + pick-up in store are set beside the documents'
77 / 95 / 107 % (rows A1, A2, H1). The cohort of an arm is its web orders of the first 300 days
after the fork (fewer where less than 60 days would remain to follow them up), re-orders
included. A purchase counts as recouped if it was made on the very store visit at which an order
of the cohort was handed back or picked up: STORE_SALE rows of value 1-3 carry that web order's
number. Beside this gross figure stand the symmetric and the causal one.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.core import events as ev
from sim.core.rows import picked
from sim.language import marked
from sim.measures.accounts import YEAR, since_fork, taken
from sim.measures.comparison import ARMS
from sim.measures.gains import need_key
from sim.measures.statistics import interval
from sim.world.tally import RunLog

COHORT_DAYS, FOLLOW_UP_DAYS = 300, 60
DOCUMENTS = dict(zip(ARMS, (0.77, 0.95, 1.07), strict=True))
BANDS = dict(zip(ARMS, ((0.74, 0.82), (0.88, 1.00), (0.98, 1.12)), strict=True))

VALUE = marked("gross value of the web orders followed, those of the first 300 days after the fork")
ONLINE = marked("mail only's online orders of that time")


class Measure(NamedTuple):
    """How a measure of a return arm is to be read; all are shares."""

    title: str
    definition: str
    denominator: str


MEASURES: dict[str, Measure] = {
    "gross": Measure(
        "Net revenue, as the documents count",
        "value - its refunds + recouped at return + recouped at pick-up",
        VALUE,
    ),
    "causal": Measure(
        "Causal change against mail only",
        "net revenue over all channels from fork to end, less that of mail only with the same seed",
        ONLINE,
    ),
    "causal 12 months": Measure(
        "Causal change, first 12 months", "the same over the first 365 days after the fork", ONLINE
    ),
    "symmetric": Measure(
        "The same, web re-orders counted too",
        "as gross, but a web order for a need whose earlier web order was refunded is treated like "
        "an exchange in store: taken out of the cohort, and counted as recouped if it is the first "
        "after an order of the cohort",
        "value of these orders without re-orders",
    ),
    "pick-up share": Measure("Picked up in store", "value picked up in store", VALUE),
    "store-return share": Measure(
        "Returned in store", "value handed back in store", "value handed back"
    ),
    "recouped at return": Measure(
        "Recouped at returns in store",
        "bought on the visit of a store return, exchanges included",
        VALUE,
    ),
    "recouped at pick-up": Measure(
        "Recouped at pick-ups", "bought on the visit of a pick-up", VALUE
    ),
    "returned": Measure("Returned", "refunds of these orders", VALUE),
    "exchanged at return": Measure(
        "Exchanged at returns", "the part of recouped at return that replaces what came back", VALUE
    ),
    "new at return": Measure(
        "New at returns", "the part of recouped at return that does not", VALUE
    ),
    "re-ordered on the web": Measure(
        "Re-ordered on the web",
        "first web re-orders after a refund",
        "value of these orders without re-orders",
    ),
    "recouped goods returned": Measure(
        "Recouped goods returned", "later refunds of what was recouped in store", VALUE
    ),
}


def order_key(rows: np.ndarray) -> np.ndarray:
    """One int64 for each row's customer and order."""
    return rows["customer"].astype(np.int64) << 32 | (rows["order"].astype(np.int64) & 0xFFFFFFFF)


def goods(rows: np.ndarray) -> pd.MultiIndex:
    """Whose each row's goods are and what for: customer, need, item."""
    return pd.MultiIndex.from_arrays([rows[f] for f in ("customer", "need", "item")])


def cohort_days(run: RunLog) -> int:
    """Days after the fork whose orders are followed; 0 if the horizon is too short."""
    return max(min(COHORT_DAYS, run.end_day - run.fork_day - FOLLOW_UP_DAYS), 0)


def measure_arm(run: RunLog, mail_only: RunLog) -> pd.DataFrame:
    """All :data:`MEASURES` of one arm in one world: seed, strategy, measure, value (share 0-1).

    ``mail_only`` is the run of the mail-only arm with the same seed (for that arm itself, the
    same run). Shares of nothing are NaN. Raises ValueError if the worlds do not match.
    """
    if (run.seed, run.fork_day, run.end_day) != (
        mail_only.seed,
        mail_only.fork_day,
        mail_only.end_day,
    ):
        raise ValueError("arms can be compared only with one seed, fork and end")
    found = cohort_measures(run)
    horizon = run.end_day - run.fork_day
    found["causal"] = _causal(run, mail_only, horizon)
    found["causal 12 months"] = _causal(run, mail_only, YEAR) if horizon >= YEAR else np.nan
    rows = [(run.seed, run.strategy, name, float(found[name])) for name in MEASURES]
    return pd.DataFrame(rows, columns=["seed", "strategy", "measure", "value"])


def cohort_measures(run: RunLog) -> dict[str, float]:
    """Those of :data:`MEASURES` that are told by one arm's run alone."""
    rows = since_fork(run)
    web = of_kind(rows, ev.WEB_ORDER)
    cohort = web[web["day"] < run.fork_day + cohort_days(run)]
    refunds = _first_refunds(rows)
    keys = order_key(cohort)
    value = int(cohort["amount_oere"].sum())
    refunded = refunds.reindex(keys, fill_value=0).to_numpy()
    visit = of_kind(rows, ev.STORE_SALE)
    visit = visit[np.isin(order_key(visit), keys) & (visit["value"] > 0)]
    exchanged, fresh, at_pickup = (
        int(visit["amount_oere"][visit["value"] == kind].sum())
        for kind in (ev.EXCHANGE, ev.NEW_AT_RETURN, ev.AT_PICK_UP)
    )
    recouped = exchanged + fresh + at_pickup
    by_mail, in_store = (
        _amount_of(of_kind(rows, kind), keys) for kind in (ev.RETURN_BY_MAIL, ev.RETURN_IN_STORE)
    )
    collected = np.isin(keys, order_key(of_kind(rows, ev.PICKED_UP)))
    found = {
        "gross": _share(value - int(refunded.sum()) + recouped, value),
        "pick-up share": _share(int(cohort["amount_oere"][collected].sum()), value),
        "store-return share": _share(in_store, in_store + by_mail),
        "recouped at return": _share(exchanged + fresh, value),
        "recouped at pick-up": _share(at_pickup, value),
        "returned": _share(int(refunded.sum()), value),
        "exchanged at return": _share(exchanged, value),
        "new at return": _share(fresh, value),
        "recouped goods returned": _share(_returned_again(rows, visit, web), value),
    }
    return found | _symmetric(run, visit)


def of_kind(rows: np.ndarray, kind: int) -> np.ndarray:
    return rows[rows["kind"] == kind]


def _share(part: int, whole: int) -> float:
    return part / whole if whole > 0 else np.nan


def _amount_of(rows: np.ndarray, keys: np.ndarray) -> int:
    return int(rows["amount_oere"][np.isin(order_key(rows), keys)].sum())


def _first_refunds(rows: np.ndarray) -> pd.Series:
    """Øre refunded per order; an order is refunded once, what follows is for other goods."""
    refunds = of_kind(rows, ev.REFUNDED)
    keys, first = np.unique(order_key(refunds), return_index=True)
    return pd.Series(refunds["amount_oere"][first], index=keys)


def _returned_again(rows: np.ndarray, visit: np.ndarray, web: np.ndarray) -> int:
    """Øre refunded for goods that were bought when an order was handed back or picked up."""
    refunds = of_kind(rows, ev.REFUNDED)
    refunds = refunds[~np.isin(order_key(refunds), order_key(web))]
    return int(refunds["amount_oere"][goods(refunds).isin(goods(visit))].sum())


def _symmetric(run: RunLog, visit: np.ndarray) -> dict[str, float]:
    orders = taken(run, partial(of_kind, kind=ev.WEB_ORDER))
    orders = picked(orders, np.argsort(need_key(orders), kind="stable"))
    needs, days, oere = need_key(orders), orders["day"], orders["amount_oere"]
    keys = order_key(orders)
    refund = (
        _first_refunds(taken(run, partial(of_kind, kind=ev.REFUNDED)))
        .reindex(keys, fill_value=0)
        .to_numpy()
    )
    reorder, first_reorder = np.zeros((2, len(orders)), bool)
    reorder[1:] = (needs[1:] == needs[:-1]) & (orders["need"][1:] >= 0) & (refund[:-1] > 0)
    timely = (days >= run.fork_day) & (days < run.fork_day + cohort_days(run))
    first_reorder[1:] = reorder[1:] & ~reorder[:-1] & timely[:-1]
    cohort = timely & ~reorder
    value, again = int(oere[cohort].sum()), int(oere[first_reorder].sum())
    recouped = _amount_of(visit, keys[cohort])
    return {
        "symmetric": _share(value - int(refund[cohort].sum()) + recouped + again, value),
        "re-ordered on the web": _share(again, value),
    }


def _causal(run: RunLog, mail_only: RunLog, days: int) -> float:
    def total(world: RunLog, *kinds: int) -> int:
        return int(world.tally.daily_amount[:days, kinds].sum())

    def net(world: RunLog) -> int:
        return total(world, ev.WEB_ORDER, ev.STORE_SALE, ev.FEE_PAID) - total(world, ev.REFUNDED)

    return _share(net(run) - net(mail_only), total(mail_only, ev.WEB_ORDER))


def compare_arms(measured: pd.DataFrame, arms: dict[str, str]) -> pd.DataFrame:
    """Intervals over seeds of the stacked :func:`measure_arm` frames, beside the documents.

    ``arms`` maps each strategy to one of ARMS. Columns: arm, strategy, measure, mean, low, high,
    documents, band_low, band_high (the last three NaN but for 'gross').
    """
    rows = []
    for strategy, arm in arms.items():
        own = measured[measured["strategy"] == strategy]
        for name in MEASURES:
            values = own["value"][own["measure"] == name]
            beside = (DOCUMENTS[arm], *BANDS[arm]) if name == "gross" else (np.nan,) * 3
            rows.append((arm, strategy, name, *interval(values), *beside))
    return pd.DataFrame(
        rows,
        columns=[
            "arm",
            "strategy",
            "measure",
            "mean",
            "low",
            "high",
            "documents",
            "band_low",
            "band_high",
        ],
    )
