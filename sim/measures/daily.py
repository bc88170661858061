"""Curves after the fork: day by day, and year by year."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.core import events as ev
from sim.measures.accounts import YEAR, daily_money, person_years
from sim.measures.metrics import YEARLY
from sim.settings.economics import Economics
from sim.world.tally import RunLog

LAST, BEFORE_LAST = "last 365 days", "365 days before those"
BY_YEAR = ("gross_revenue", "net_revenue", "contribution")


class Series(NamedTuple):
    """How a daily series is to be read."""

    unit: str
    definition: str
    denominator: str
    title: str = ""  # of its chart in the report; without one it is not charted
    words: str = ""  # the unit there


SERIES: dict[str, Series] = {
    "gross_revenue_dkk": Series(
        "DKK per day",
        "price paid in web orders and store sales",
        "days",
        "Gross revenue",
        "DKK a day",
    ),
    "contribution_dkk": Series(
        "DKK per day",
        "gross revenue - refunds + fees - all costs, each booked on its day",
        "days",
        "Contribution",
        "DKK a day",
    ),
    "orders": Series(
        "orders per day", "baskets paid for on the web and in stores", "days", "Orders", "a day"
    ),
    "messages": Series("e-mails per day", "e-mails sent", "days", "Messages sent", "a day"),
    "ads": Series("impressions per day", "paid impressions", "days"),
    "wait_minutes": Series(
        "minutes",
        "minutes waited at the customer centre",
        "calls that ended that day, answered or not",
        "Waiting at the customer centre",
        "minutes, mean of the day",
    ),
    "utilisation": Series(
        "share", "minutes on calls at the customer centre", "minutes staffed that day"
    ),
}


def daily_series(run: RunLog, economics: Economics, item_cost_oere: np.ndarray) -> pd.DataFrame:
    """The :data:`SERIES` that a run's books hold, each day of the horizon: day, series, value.

    Day 0 is the fork; a mean over nothing is NaN.
    """
    count, value = run.tally.daily_count, run.tally.daily_value
    lines = daily_money(run, economics, item_cost_oere)
    ended = [ev.SERVICE_ANSWERED, ev.SERVICE_GAVE_UP]
    calls = count[:, ended].sum(axis=1)
    waited = value[:, ended].sum(axis=1)
    series = {
        "gross_revenue_dkk": lines["gross_revenue"],
        "contribution_dkk": lines["contribution"],
        "orders": count[:, ev.BASKET_PAID].astype(float),
        "messages": count[:, list(ev.SENT)].sum(axis=1).astype(float),
        "ads": count[:, ev.AD_SHOWN].astype(float),
        "wait_minutes": np.divide(waited, calls, out=np.full(len(calls), np.nan), where=calls > 0),
    }
    wide = pd.DataFrame(series).rename_axis("day").reset_index()
    return wide.melt("day", var_name="series", value_name="value")


def periods(days: int) -> dict[str, tuple[int, int]]:
    """Whole years of a horizon, its last 365 days and those before, as days after the fork."""
    found = {f"year {k + 1}": (k * YEAR, (k + 1) * YEAR) for k in range(days // YEAR)}
    for back, name in ((1, LAST), (2, BEFORE_LAST)):
        if days >= back * YEAR:
            found[name] = (days - back * YEAR, days - (back - 1) * YEAR)
    return found


def by_year(run: RunLog, economics: Economics, item_cost_oere: np.ndarray) -> pd.DataFrame:
    """Lines of the books for each period: seed, strategy, period, metric, value, unit.

    All people together, over the person-years of the period.
    """
    lines = daily_money(run, economics, item_cost_oere)
    rows = []
    for period, (first, end) in periods(run.end_day - run.fork_day).items():
        years = person_years(run, run.fork_day + first, run.fork_day + end).sum()
        for name in BY_YEAR:
            value = lines[name][first:end].sum() / years if years > 0 else np.nan
            rows.append((run.seed, run.strategy, period, name, float(value), YEARLY))
    columns = ["seed", "strategy", "period", "metric", "value", "unit"]
    return pd.DataFrame(rows, columns=columns)
