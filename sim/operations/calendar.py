"""The calendar: which days a place is open. Day 0 is a Monday and 1 January; a year has 365 days.

Plain integer arithmetic on days; the customers' rules read :func:`open_days` as an array.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

MINUTES_A_DAY = 1440


def is_open(day: int, days_a_week: int, holidays: Collection[int] = ()) -> bool:
    """Whether a place that works ``days_a_week`` days from Monday on is open on ``day``."""
    return day % 7 < days_a_week and day % 365 not in holidays


def open_days(n_days: int, days_a_week: int, holidays: Collection[int] = ()) -> np.ndarray:
    """:func:`is_open` for days 0 to ``n_days`` - 1, shape (n_days,), bool."""
    day = np.arange(n_days)
    return (day % 7 < days_a_week) & ~np.isin(day % 365, list(holidays))
