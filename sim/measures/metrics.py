"""From events to metrics: what is measured on what a run leaves behind.

:func:`money` books the events of a :class:`~sim.world.tally.RunLog` in whole øre and
:func:`measure` turns them into the metrics defined in :data:`METRICS`. Segments are coded 0 buyers,
1 shoppers; arrays "by segment" have that order and shape (2,).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from sim.core import events as ev
from sim.settings.economics import Economics
from sim.world.tally import KEEP, KINDS, RunLog

YEAR = 365  # days
EXCHANGE, NEW_AT_RETURN, AT_PICKUP = 1, 2, 3  # values of a STORE_SALE


class Metric(NamedTuple):
    """How a metric is to be read."""

    unit: str
    definition: str
    denominator: str


PER_YEAR = ("DKK per customer-year", "years that people spent in the market in the horizon")
_FLOW = "booked on the day it happens, from the fork to the horizon's end"


def _per_year(definition: str) -> Metric:
    return Metric(PER_YEAR[0], definition, PER_YEAR[1])


METRICS: dict[str, Metric] = {
    "gross_revenue": _per_year(f"price paid in web orders and store sales; {_FLOW}"),
    "refunds": _per_year(f"money paid back; {_FLOW}, whenever the goods were bought"),
    "fees": _per_year(f"delivery and return fees paid by customers; {_FLOW}"),
    "net_revenue": _per_year("gross revenue - refunds + fees"),
    "profit": _per_year("net revenue - all costs below"),
    "cost_goods": _per_year("purchase price of goods sold less that of goods sent back"),
    "cost_media": _per_year("paid impressions, ad clicks and paid search clicks"),
    "cost_messages": _per_year("e-mails sent"),
    "cost_service": _per_year(
        "staffed minutes of the customer centre (split between segments by questions asked) and "
        "of the service desk (by returns and pick-ups in store), and staff per store sale"
    ),
    "cost_delivery": _per_year("parcels to the door and orders handed out in store"),
    "cost_returns": _per_year("handling of returns, and what the goods lost in value"),
    "cost_upkeep": _per_year("what the maturity costs; split between segments by customer-years"),
    "orders_per_customer": Metric(
        "orders per customer-year", "web orders and store sales, exchanges included", PER_YEAR[1]
    ),
    "repeat_rate": Metric(
        "share",
        "bought on two or more days of the horizon; an exchange is no purchase",
        "people who bought in the horizon",
    ),
    "retention_12m": Metric(
        "share",
        "bought again in the 365 days after; the second of the two years ends 730 days after the "
        "fork or at the horizon's end if that is sooner (the first then reaches back before the "
        "fork); undefined for horizons below 365 days; an exchange is no purchase",
        "people who bought in the first of these years and are in the market to the end",
    ),
    "clv_24m": Metric(
        "DKK per customer",
        "customer lifetime value over 24 months from the fork (or to the horizon's end): sales + "
        "fees - refunds - goods - delivery - return handling and loss of value - staff per store "
        "sale, discounted to the fork; before media, messages, service and upkeep",
        "people in the market at or after the fork who bought at least once before these months "
        "ended",
    ),
    "share_of_wallet": Metric(
        "share", "gross revenue with us", "gross revenue with us and with the competitor"
    ),
    "satisfaction": Metric(
        "0-1",
        "mean satisfaction at the horizon's end",
        "people in the market then who bought from us in the last 365 days",
    ),
    "nps": Metric(
        "points -100..100",
        "promoters (score 9-10) - detractors (0-6); score = 10 x (0.6 satisfaction + 0.4 trust) "
        "rounded half up, an assumption: nobody is asked",
        "people in the market then who bought from us in the last 365 days",
    ),
    "coherent_journeys": Metric(
        "per 1,000 DKK",
        "purchases settled without a repetition, a contradiction or a lost basket on the way",
        "all costs but goods",
    ),
}
COSTS = tuple(name for name in METRICS if name.startswith("cost_"))


def per_segment(pair: np.ndarray) -> dict[str, float]:
    """Of an additive quantity by segment: all, shoppers, buyers."""
    return {"all": pair[0] + pair[1], "shoppers": pair[1], "buyers": pair[0]}


def between(journal: np.ndarray, first: int, end: int) -> np.ndarray:
    """The part of a log (a view) with first <= day < end."""
    bounds = np.searchsorted(journal["day"], [first, end])
    return journal[bounds[0] : max(bounds)]


def since_fork(run: RunLog) -> np.ndarray:
    """The journal from the fork on, a view."""
    return between(run.journal, run.fork_day, run.end_day)


def sales(journal: np.ndarray) -> np.ndarray:
    """Rows that are a sale of ours."""
    kinds = journal["kind"]
    return journal[(kinds == ev.WEB_ORDER) | (kinds == ev.STORE_SALE)]


def purchases(journal: np.ndarray) -> np.ndarray:
    """Rows that are a sale of ours and not an exchange."""
    kinds, values = journal["kind"], journal["value"]
    return journal[(kinds == ev.WEB_ORDER) | ((kinds == ev.STORE_SALE) & (values != EXCHANGE))]


def person_years(run: RunLog) -> np.ndarray:
    """Years spent in the market between fork and end, by segment."""
    people = run.people
    first = np.maximum(people["entry_day"], run.fork_day).astype(np.int64)
    days = np.maximum(np.minimum(people["exit_day"], run.end_day) - first, 0)
    return np.array([days[people["shopper"] == s].sum() for s in (0, 1)]) / YEAR


def reconcile(run: RunLog) -> None:
    """Check that journal and tally agree on every kind kept; ValueError names one that does not."""
    rows = since_fork(run)
    cell = run.people["shopper"][rows["customer"]].astype(np.int64) * KINDS + rows["kind"]
    rows_found = np.bincount(cell, minlength=2 * KINDS).reshape(2, KINDS)
    oere = np.zeros(2 * KINDS, np.int64)
    np.add.at(oere, cell, rows["amount_oere"])
    oere_found = oere.reshape(2, KINDS)
    counted, amount = run.tally.count.sum(axis=2), run.tally.amount
    wrong = ((rows_found != counted) | (oere_found != amount)) & (KEEP == 1)
    for s, kind in np.argwhere(wrong):
        found = int(rows_found[s, kind]), int(oere_found[s, kind])
        told = int(counted[s, kind]), int(amount[s, kind])
        raise ValueError(f"{ev.KINDS[kind]}: journal has (rows, øre) {found}, tally has {told}")


def money(run: RunLog, economics: Economics, item_cost_oere: np.ndarray) -> dict[str, np.ndarray]:
    """Every line of the books since the fork: int64 øre by segment, adding up exactly.

    ``item_cost_oere`` (int64) is the purchase price of each row of the catalogue. Costs are
    rounded to whole øre line by line.
    """
    tally, e = run.tally, economics
    gross = tally.amount[:, ev.WEB_ORDER] + tally.amount[:, ev.STORE_SALE]
    refunds, fees = tally.amount[:, ev.REFUNDED], tally.amount[:, ev.FEE_PAID]
    back = tally.amount[:, ev.RETURN_BY_MAIL] + tally.amount[:, ev.RETURN_IN_STORE]
    lines = {
        "gross_revenue": gross,
        "refunds": refunds,
        "fees": fees,
        "net_revenue": gross - refunds + fees,
        "cost_goods": _goods(run, np.asarray(item_cost_oere)),
        "cost_media": _oere(
            tally.counted(ev.AD_SHOWN) * e.ad_impression_dkk
            + tally.counted(ev.AD_CLICKED) * e.ad_click_dkk
            + tally.counted(ev.SEARCH_CLICKED, 1) * e.search_click_dkk
        ),
        "cost_messages": _oere(tally.counted(ev.MAIL_SENT) * e.mail_dkk),
        "cost_service": _service(run, e),
        "cost_delivery": _oere(
            tally.counted(ev.PARCEL_DELIVERED) * e.parcel_dkk
            + tally.counted(ev.PICKED_UP) * e.pickup_dkk
        ),
        "cost_returns": _oere(
            tally.counted(ev.RETURN_BY_MAIL) * e.mail_return_dkk
            + tally.counted(ev.RETURN_IN_STORE) * e.store_return_dkk
            + back / 100 * e.return_markdown
        ),
        "cost_upkeep": _shared(run.upkeep_dkk, person_years(run)),
    }
    lines["profit"] = lines["net_revenue"] - sum(lines[name] for name in COSTS)
    return lines


def _oere(dkk: ArrayLike) -> np.ndarray:
    return np.rint(np.asarray(dkk) * 100).astype(np.int64)


def _shared(dkk: float, parts: np.ndarray) -> np.ndarray:
    """Split a sum between the segments in proportion to ``parts``; halves if there are none."""
    whole = int(_oere(dkk))
    total = float(parts.sum())
    shoppers = round(whole * (float(parts[1]) / total if total > 0 else 0.5))
    return np.array([whole - shoppers, shoppers])


def _service(run: RunLog, e: Economics) -> np.ndarray:
    tally, years = run.tally, person_years(run)
    asked = tally.counted(ev.SERVICE_ASKED)
    handed = tally.counted(ev.RETURN_IN_STORE) + tally.counted(ev.PICKED_UP)
    centre = run.staffed_minutes_centre * e.service_minute_dkk
    desk = run.staffed_minutes_desk * e.desk_minute_dkk
    return (
        _shared(centre, asked if asked.any() else years)
        + _shared(desk, handed if handed.any() else years)
        + _oere(tally.counted(ev.STORE_SALE) * e.store_sale_dkk)
    )


def _goods_rows(rows: np.ndarray, item_cost_oere: np.ndarray) -> np.ndarray:
    """Purchase price of the goods that leave (+) or come back (-) with each row, in øre."""
    kinds = rows["kind"]
    sold = (kinds == ev.WEB_ORDER) | (kinds == ev.STORE_SALE)
    back = (kinds == ev.RETURN_BY_MAIL) | (kinds == ev.RETURN_IN_STORE)
    if (rows["item"][sold | back] < 0).any():
        raise ValueError("a sale or a return in the journal names no item")
    return np.where(sold | back, item_cost_oere[rows["item"]], 0) * np.where(back, -1, 1)


def _goods(run: RunLog, item_cost_oere: np.ndarray) -> np.ndarray:
    rows = since_fork(run)
    cost = _goods_rows(rows, item_cost_oere)
    segment = run.people["shopper"][rows["customer"]]
    return np.array([cost[segment == s].sum() for s in (0, 1)], np.int64)


def measure(run: RunLog, economics: Economics, item_cost_oere: np.ndarray) -> pd.DataFrame:
    """All of :data:`METRICS` for each segment: seed, strategy, segment, metric, value, unit.

    What cannot be measured (a share of nobody) is NaN. Raises ValueError where journal and tally
    disagree.
    """
    reconcile(run)
    lines, years = money(run, economics, item_cost_oere), person_years(run)
    found: dict[str, dict[str, float]] = {
        name: _ratio(oere / 100, years) for name, oere in lines.items()
    }
    orders = run.tally.counted(ev.WEB_ORDER) + run.tally.counted(ev.STORE_SALE)
    found["orders_per_customer"] = _ratio(orders, years)
    spent = np.sum([lines[name] for name in COSTS if name != "cost_goods"], axis=0) / 100_000
    found["coherent_journeys"] = _ratio(run.tally.counted(ev.JOURNEY_DONE, 0), spent)
    elsewhere = run.tally.amount[:, ev.COMPETITOR_SALE]
    found["share_of_wallet"] = _ratio(lines["gross_revenue"], lines["gross_revenue"] + elsewhere)
    found |= _loyalty(run) | {"clv_24m": _lifetime_value(run, economics, item_cost_oere)}
    rows = [
        (run.seed, run.strategy, segment, name, float(value), METRICS[name].unit)
        for name in METRICS
        for segment, value in found[name].items()
    ]
    return pd.DataFrame(rows, columns=["seed", "strategy", "segment", "metric", "value", "unit"])


def _ratio(above: np.ndarray, below: np.ndarray) -> dict[str, float]:
    over, under = per_segment(above), per_segment(below)
    return {s: over[s] / under[s] if under[s] > 0 else np.nan for s in over}


def _mean(values: np.ndarray, among: np.ndarray, shopper: np.ndarray) -> dict[str, float]:
    """Mean of a quantity per person among some people, for each segment."""
    chosen = {"all": among, "shoppers": among & (shopper == 1), "buyers": among & (shopper == 0)}
    return {s: values[who].mean() if who.any() else np.nan for s, who in chosen.items()}


def bought_between(run: RunLog, first: int, end: int) -> np.ndarray:
    """For each person, on how many days of [first, end) he bought; an exchange is no purchase."""
    rows = purchases(between(run.journal, first, end))
    days = np.unique(rows["customer"].astype(np.int64) << 32 | rows["day"])
    return np.bincount(days >> 32, minlength=len(run.people))


def _loyalty(run: RunLog) -> dict[str, dict[str, float]]:
    people, fork, end = run.people, run.fork_day, run.end_day
    shopper = people["shopper"]
    days = bought_between(run, fork, end)
    close = min(end, fork + 2 * YEAR)
    defined = end - fork >= YEAR and close >= 2 * YEAR
    cohort = bought_between(run, close - 2 * YEAR, close - YEAR) > 0
    again = bought_between(run, close - YEAR, close) > 0
    recent = bought_between(run, max(end - YEAR, 0), end) > 0
    recent &= (people["entry_day"] <= end) & (end < people["exit_day"])
    score = np.floor(10 * (0.6 * people["satisfaction"] + 0.4 * people["trust"]) + 0.5)
    points = 100.0 * ((score >= 9).astype(float) - (score <= 6))
    return {
        "repeat_rate": _mean(days >= 2, days > 0, shopper),
        "retention_12m": _mean(again, cohort & (people["exit_day"] >= close) & defined, shopper),
        "satisfaction": _mean(people["satisfaction"], recent, shopper),
        "nps": _mean(points, recent, shopper),
    }


def _lifetime_value(run: RunLog, e: Economics, item_cost_oere: np.ndarray) -> dict[str, float]:
    people, close = run.people, min(run.end_day, run.fork_day + 2 * YEAR)
    customer = np.zeros(len(people), bool)
    customer[sales(between(run.journal, 0, close))["customer"]] = True
    customer &= people["exit_day"] > run.fork_day
    rows = between(run.journal, run.fork_day, close)
    sign, share, fixed = np.zeros((3, KINDS))
    sign[[ev.WEB_ORDER, ev.STORE_SALE, ev.FEE_PAID]], sign[ev.REFUNDED] = 1, -1
    share[[ev.RETURN_BY_MAIL, ev.RETURN_IN_STORE]] = e.return_markdown
    fixed[ev.STORE_SALE], fixed[ev.PICKED_UP] = e.store_sale_dkk, e.pickup_dkk
    fixed[ev.PARCEL_DELIVERED] = e.parcel_dkk
    fixed[ev.RETURN_BY_MAIL], fixed[ev.RETURN_IN_STORE] = e.mail_return_dkk, e.store_return_dkk
    kinds = rows["kind"]
    margin = (sign - share)[kinds] * rows["amount_oere"] - _goods_rows(rows, item_cost_oere)
    margin = margin / 100 - fixed[kinds]
    discount = (1 + e.discount_rate_year) ** (-(rows["day"] - run.fork_day) / YEAR)
    worth = np.bincount(rows["customer"], margin * discount, minlength=len(people))
    return _mean(worth, customer, people["shopper"])


def daily_series(run: RunLog) -> pd.DataFrame:
    """What happened each day of the horizon: day (0 is the fork), series, value.

    'gross_revenue_dkk', 'orders', 'messages' (e-mails sent), 'ads' (impressions), 'wait_minutes'
    (mean over those whose call ended that day, answered or not; NaN if there was none).
    """
    count, amount, value = run.tally.daily_count, run.tally.daily_amount, run.tally.daily_value
    ended = [ev.SERVICE_ANSWERED, ev.SERVICE_GAVE_UP]
    calls = count[:, ended].sum(axis=1)
    waited = value[:, ended].sum(axis=1)
    series = {
        "gross_revenue_dkk": amount[:, ev.SALES].sum(axis=1) / 100,
        "orders": count[:, ev.SALES].sum(axis=1).astype(float),
        "messages": count[:, ev.MAIL_SENT].astype(float),
        "ads": count[:, ev.AD_SHOWN].astype(float),
        "wait_minutes": np.divide(waited, calls, out=np.full(len(calls), np.nan), where=calls > 0),
    }
    wide = pd.DataFrame(series).rename_axis("day").reset_index()
    return wide.melt("day", var_name="series", value_name="value")
