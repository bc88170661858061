"""Rates of single acts, measured on a run and set beside the bands of docs/evidence.md.

These are what the market is calibrated on (rows P1, P3, P4, P5, P7, P8, P9, with C1, C3 and C4):
never what the model is to show. A value outside its band is a miss and is reported as one.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.core import events as ev
from sim.core.rows import picked
from sim.measures.accounts import YEAR, between, purchases, sales, since_fork, sold_to_known, taken
from sim.measures.returns import goods, of_kind, order_key
from sim.measures.statistics import interval
from sim.world.tally import RunLog

NINE_MONTHS = 273  # days: the 39 weeks of CDNOW's calibration period


class Block(NamedTuple):
    """One building block: what is measured, the band it should lie in, and where that is from."""

    row: str
    what: str
    unit: str
    low: float
    high: float
    source: str


BLOCKS = {
    "conversion, e-mail": Block(
        "P1", "orders per web visit from e-mail", "share", 0.03, 0.05, "C1"
    ),
    "conversion, search": Block(
        "P1", "orders per web visit from search", "share", 0.018, 0.028, "C1"
    ),
    "conversion, social": Block(
        "P1", "orders per web visit from social media", "share", 0.005, 0.015, "C1"
    ),
    "conversion": Block("P1", "orders per web visit", "share", 0.011, 0.025, "C1"),
    "visits by search": Block(
        "C1",
        "web visits that a search brought, for our name or for a thing",
        "share",
        0.2,
        0.45,
        "C1 Monetate 32.6 %",
    ),
    "order values": Block(
        "C4", "standard deviation of order values over their mean", "ratio", 0.8, 1.3, "C4 CDNOW"
    ),
    "basket abandonment": Block(
        "P1", "baskets filled that did not become an order", "share", 0.65, 0.75, "C1 Baymard"
    ),
    "one purchase in 39 weeks": Block(
        "P3", "new customers who buy once in their first 39 weeks", "share", 0.50, 0.70, "C4 CDNOW"
    ),
    "second purchase": Block(
        "P3", "second purchase within a year of the first", "share", 0.35, 0.55, "C4 CDNOW"
    ),
    "third purchase": Block(
        "P3", "third within a year of the second", "share", 0.60, 0.78, "C4 CDNOW"
    ),
    "fourth purchase": Block(
        "P3", "fourth within a year of the third", "share", 0.74, 0.88, "C4 CDNOW"
    ),
    "top fifth": Block(
        "P3", "share of spending by the top 20 % of customers", "share", 0.55, 0.75, "C4 CDNOW"
    ),
    "returned online": Block(
        "P4", "value of web orders sent or brought back", "share", 0.15, 0.25, "C3 NRF, L2"
    ),
    "returned in store": Block(
        "P4", "value of store sales brought back", "share", 0.06, 0.11, "C3 NRF"
    ),
    "extra at pick-up": Block(
        "C3",
        "people who picked up in the last year and bought something on such a visit",
        "share",
        0.35,
        0.55,
        "C3 UPS/comScore 45-46 %",
    ),
    "extra at return": Block(
        "C3",
        "people who returned in store in the last year and bought something on such a visit",
        "share",
        0.55,
        0.80,
        "C3 UPS/comScore 70 %",
    ),
    "newsletter opened": Block("P5", "opened per newsletter delivered", "share", 0.17, 0.26, "C2"),
    "newsletter clicked": Block(
        "P5", "clicked per newsletter delivered", "share", 0.01, 0.035, "C2"
    ),
    "unsubscribed": Block("P5", "unsubscribed per e-mail delivered", "share", 0.001, 0.004, "C2"),
    "first-contact resolution": Block(
        "P7", "contacts solved at once, of those answered", "share", 0.62, 0.76, "C7 SQM"
    ),
    "order-status contacts": Block(
        "P7", "questions about an order, of those after a purchase", "share", 0.25, 0.50, "C7 WISMO"
    ),
    "sales to a known person": Block(
        "P8",
        "value of sales with a card shown, a log-in or a linked device",
        "share",
        0.25,
        0.50,
        "C9; assumption for a company of average maturity",
    ),
    "net promoter score": Block(
        "P9", "net promoter score of who bought in the last year", "points -100..100", 10, 45, "C9"
    ),
}


def share(part: float, whole: float) -> float:
    """part / whole; NaN of nothing."""
    return float(part / whole) if whole > 0 else float("nan")


def measure_blocks(run: RunLog) -> dict[str, float]:
    """Every building block of the log of one run, since its fork; NaN where there was nothing.

    The net promoter score is a metric, and stands with them.
    """
    tally = run.tally

    def count(kind: int, field: int | None = None) -> float:
        return float(tally.counted(kind, field).sum())

    def conversion(*channels: int) -> float:
        orders, visits = (
            sum(count(kind, channel) for channel in channels)
            for kind in (ev.BASKET_PAID, ev.WEB_VISIT)
        )
        return share(orders, visits)

    social = [medium.code for medium in run.media if medium.social]
    search = [medium.code for medium in run.media if medium.searched]

    mailed = count(ev.MAIL_SENT, ev.NEWSLETTER)
    answered = count(ev.SERVICE_ANSWERED)
    after = count(ev.SERVICE_ASKED, ev.ABOUT_ORDER) + count(ev.SERVICE_ASKED, ev.ABOUT_DEFECT)
    found = {
        "conversion, e-mail": conversion(ev.EMAIL),
        "conversion, search": conversion(*search),
        "conversion, social": conversion(*social),
        "conversion": share(
            count(ev.BASKET_PAID) - count(ev.BASKET_PAID, ev.STORE), count(ev.WEB_VISIT)
        ),
        "basket abandonment": 1 - share(count(ev.WEB_ORDER), count(ev.BASKET_FILLED)),
        "visits by search": visits_by_search(run),
        "order values": spread(order_values(run)[1]),
        "newsletter opened": share(count(ev.MAIL_OPENED, ev.NEWSLETTER), mailed),
        "newsletter clicked": share(count(ev.MAIL_CLICKED, ev.NEWSLETTER), mailed),
        "unsubscribed": share(count(ev.UNSUBSCRIBED, ev.EMAIL), count(ev.MAIL_SENT)),
        "first-contact resolution": share(count(ev.SERVICE_ANSWERED, 1), answered),
        "order-status contacts": share(count(ev.SERVICE_ASKED, ev.ABOUT_ORDER), after),
        "sales to a known person": share(*(part.sum() for part in sold_to_known(tally))),
    }
    return found | _repeat_buying(run) | _returned(run) | _extra_purchases(run)


def _extra_purchases(run: RunLog) -> dict[str, float]:
    """Who of those with a pick-up, or a return of a web order in store, bought on such a visit."""
    rows = between(run.journal, max(run.end_day - YEAR, run.fork_day), run.end_day)
    kinds, who = rows["kind"], rows["customer"]
    web = order_key(rows[kinds == ev.WEB_ORDER])
    brought = picked(rows, kinds == ev.RETURN_IN_STORE)
    brought = np.unique(brought["customer"][np.isin(order_key(brought), web)])
    collected = np.unique(who[kinds == ev.PICKED_UP])
    sale, reason = kinds == ev.STORE_SALE, rows["value"]
    at_return = np.unique(who[sale & ((reason == 1) | (reason == 2))])
    at_pickup = np.unique(who[sale & (reason == 3)])
    return {
        "extra at pick-up": share(np.isin(collected, at_pickup).sum(), len(collected)),
        "extra at return": share(np.isin(brought, at_return).sum(), len(brought)),
    }


def _repeat_buying(run: RunLog) -> dict[str, float]:
    """Repeat buying of newcomers, seen from their first day on (an old customer's past is cut)."""
    rows = taken(run, purchases)
    days = np.unique(rows["customer"].astype(np.int64) << 32 | rows["day"])
    who, day = days >> 32, days & 0xFFFFFFFF
    newcomer = run.people["entry_day"][who] > 0
    who, day = who[newcomer], day[newcomer]
    starts = np.flatnonzero(np.r_[True, who[1:] != who[:-1]]) if len(who) else np.zeros(0, int)
    position = np.arange(len(who)) - np.repeat(starts, np.diff(np.r_[starts, len(who)]))
    follows = np.r_[who[1:] == who[:-1], False] if len(who) else np.zeros(0, bool)
    gap = np.where(follows, np.r_[day[1:], 0] - day, 1 << 30) if len(who) else day
    seen = day + YEAR <= run.end_day
    found = {}
    for number, name in enumerate(("second purchase", "third purchase", "fourth purchase")):
        at = (position == number) & seen
        found[name] = share(float((gap[at] <= YEAR).sum()), float(at.sum()))
    first = (position == 0) & (day + NINE_MONTHS <= run.end_day)
    found["one purchase in 39 weeks"] = share(
        float((gap[first] > NINE_MONTHS).sum()), float(first.sum())
    )
    bought = sales(since_fork(run))
    spent = np.bincount(bought["customer"], bought["amount_oere"], minlength=len(run.people))
    spent = np.sort(spent[spent > 0])[::-1]
    found["top fifth"] = share(spent[: max(len(spent) // 5, 1)].sum(), spent.sum())
    return found


def _returned(run: RunLog) -> dict[str, float]:
    """Returned over sold value, by where it was bought; sales old enough to have come back."""
    rows = since_fork(run)
    old = rows["day"] < run.end_day - 30
    back = (rows["kind"] == ev.RETURN_BY_MAIL) | (rows["kind"] == ev.RETURN_IN_STORE)
    web = (rows["kind"] == ev.WEB_ORDER) & old
    store = (rows["kind"] == ev.STORE_SALE) & old
    returned, key = picked(rows, back), order_key(rows)
    of_web = np.isin(order_key(returned), key[web])
    online = np.isin(
        order_key(returned), order_key(taken(run, partial(of_kind, kind=ev.WEB_ORDER)))
    )
    on_visit = rows["value"] > 0  # at a pick-up or return: told under the number of the web order
    of_store = np.isin(order_key(returned), key[store & ~on_visit])
    of_store |= goods(returned).isin(goods(picked(rows, store & on_visit)))
    amount = returned["amount_oere"]
    return {
        "returned online": share(amount[of_web].sum(), rows["amount_oere"][web].sum()),
        "returned in store": share(
            amount[of_store & ~online].sum(), rows["amount_oere"][store].sum()
        ),
    }


def beside_bands(measured: list[dict[str, float]]) -> pd.DataFrame:
    """One row per block over the seeds' values, with its band; see :class:`Comparison`."""
    rows = []
    for name, block in BLOCKS.items():
        mean, low, high = interval([one[name] for one in measured])
        rows.append(
            (
                block.row,
                block.what,
                mean,
                low,
                high,
                block.low,
                block.high,
                block.unit,
                block.source,
            )
        )
    return pd.DataFrame(
        rows,
        columns=["row", "what", "value", "low", "high", "band_low", "band_high", "unit", "source"],
    )


def visits_by_search(run: RunLog) -> float:
    """Share of web visits that a search brought, for our name or for a thing."""
    tally = run.tally
    codes = [medium.code for medium in run.media if medium.searched]
    found = sum(float(tally.counted(ev.WEB_VISIT, code).sum()) for code in codes)
    return share(found, float(tally.counted(ev.WEB_VISIT).sum()))


def order_values(run: RunLog) -> tuple[np.ndarray, np.ndarray]:
    """Who paid for each basket since the fork, and how much, DKK: his things of one day at one
    kind of place; exchanges left out."""
    rows = purchases(since_fork(run))
    place = (rows["kind"] == ev.STORE_SALE).astype(np.int64)
    key = rows["customer"].astype(np.int64) << 32 | rows["day"].astype(np.int64) << 1 | place
    found, at = np.unique(key, return_inverse=True)
    return found >> 32, np.bincount(at, rows["amount_oere"] / 100, minlength=len(found))


def spread(values: np.ndarray) -> float:
    """Standard deviation over mean; NaN of fewer than two."""
    known = len(values) > 1 and values.mean() > 0
    return float(values.std() / values.mean()) if known else float("nan")
