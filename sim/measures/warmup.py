"""Whether a world has settled when measuring begins: MSER-5 and a test of drift.

MSER (White 1997, *Simulation* 69(6)) discards so many first observations that the standard error
of the mean of the rest is least; MSER-5 (White, Cobb and Spratt 2000, *Proc. Winter Simulation
Conference*) does so on means of five. It is applied to the weekly revenue a person of the baseline,
from the first day to the horizon's end. The drift test asks of each series whether the first
measured year differs from the year before it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.core.events import SALES
from sim.measures.statistics import interval

BATCH = 5
WEEK, YEAR = 7, 365  # days
MATERIAL = 0.03  # relative change in a year below which a drift is not worth a word
REVENUE, PERMISSION, CLUB = "gross revenue", "e-mail permission", "club members"
COLUMNS = ["series", "before", "after", "change", "low", "high", "drifts"]


class Truncation(NamedTuple):
    """How many first observations to discard, and whether the rest is long enough to say so."""

    discard: int
    settled: bool  # no more than half is discarded


def mser5(series: np.ndarray) -> Truncation:
    """MSER-5 of a series of shape (n,), n at least 10; the last n mod 5 are left out."""
    batches = len(series) // BATCH
    if batches < 2:
        raise ValueError(f"MSER-5 needs 10 observations, not {len(series)}")
    means = np.asarray(series[: batches * BATCH], float).reshape(batches, BATCH).mean(axis=1)
    left = [means[d:] for d in range(batches - 1)]
    squared_error = [rest.var() / len(rest) for rest in left[: max(batches - BATCH, 1)]]
    best = int(np.argmin(squared_error))
    return Truncation(best * BATCH, 2 * best <= batches)


def weekly_revenue(daily_oere: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Gross revenue, DKK a person-week, of whole weeks from day 0.

    ``daily_oere``: (days, kinds), a tally's amounts from day 0; ``people``: PEOPLE.
    """
    days = len(daily_oere)
    arrived = np.bincount(np.clip(people["entry_day"], 0, days), minlength=days + 1)
    gone = np.bincount(np.clip(people["exit_day"], 0, days), minlength=days + 1)
    present = np.cumsum(arrived - gone)[:days]
    weeks = days // WEEK
    taken = daily_oere[: weeks * WEEK, list(SALES)].sum(axis=1).reshape(weeks, WEEK).sum(axis=1)
    there = present[: weeks * WEEK].reshape(weeks, WEEK).mean(axis=1)
    return taken / 100 / np.maximum(there, 1)


def holders(customers: np.ndarray, profiles: np.ndarray, day: int) -> dict[str, float]:
    """Shares of the people in the market who may be written to, and who carry the club card."""
    there = (customers["entry_day"] <= day) & (day < customers["exit_day"])
    return {
        PERMISSION: float(profiles["written_to"][there].mean()) if there.any() else np.nan,
        CLUB: float(customers["club"][there].mean()) if there.any() else np.nan,
    }


def course(weekly: np.ndarray, holdings: list[tuple[int, dict[str, float]]]) -> pd.DataFrame:
    """One seed's baseline from day 0: day (the end of what is told), series, value."""
    rows = [((k + 1) * WEEK, REVENUE, value) for k, value in enumerate(weekly)]
    rows += [(day, name, value) for day, held in holdings for name, value in held.items()]
    return pd.DataFrame(rows, columns=["day", "series", "value"])


def drift(courses: list[pd.DataFrame], fork_day: int) -> pd.DataFrame:
    """The year after the fork against the year before it, under the baseline, over seeds.

    ``before`` and ``after`` are means, ``change`` is relative, with its 95 % interval; ``drifts``
    where that leaves zero out and the change is :data:`MATERIAL`. Empty without both years.
    """
    rows = []
    for name in (REVENUE, PERMISSION, CLUB):
        years = [_years(frame[frame["series"] == name], fork_day) for frame in courses]
        if not years or any(year is None for year in years):
            continue
        before, after = np.array(years).T
        if not before.all():
            continue
        change = interval(after / before - 1)
        clear = change.low > 0 or change.high < 0
        drifts = bool(clear and abs(change.mean) > MATERIAL)
        rows.append((name, before.mean(), after.mean(), *change, drifts))
    return pd.DataFrame(rows, columns=COLUMNS)


def _years(frame: pd.DataFrame, fork_day: int) -> tuple[float, float] | None:
    day, value = frame["day"].to_numpy(), frame["value"].to_numpy()
    if fork_day < YEAR or not len(day) or day.max() < fork_day + YEAR - WEEK:
        return None
    before = value[(day > fork_day - YEAR) & (day <= fork_day)]
    return float(before.mean()), float(value[(day > fork_day) & (day <= fork_day + YEAR)].mean())


def needed_days(courses: list[pd.DataFrame]) -> float:
    """Warm-up that MSER-5 asks for, days, from the mean over seeds; NaN if nothing settles."""
    weekly = [frame["value"][frame["series"] == REVENUE].to_numpy() for frame in courses]
    if not weekly or len(weekly[0]) < 2 * BATCH:
        return float("nan")
    found = mser5(np.mean(weekly, axis=0))
    return float(found.discard * WEEK) if found.settled else float("nan")
