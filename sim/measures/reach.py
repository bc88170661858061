"""How slowly a flow reaches people [A12].

A newsletter has its whole list within a week. What follows a purchase waits for the purchases, and
some days more: few are reached at first, and it adds up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sim.core import events as ev
from sim.core.records import NEVER
from sim.core.rows import picked
from sim.measures.accounts import since_fork
from sim.settings.flows import Flow
from sim.world.tally import RunLog

WEEKS = (1, 4, 13, 26, 52)  # since the fork
COLUMNS = ["strategy", "flow", "category", "weeks", "share"]


def reach(run: RunLog, flows: Mapping[str, Flow], categories: Sequence[str]) -> pd.DataFrame:
    """Of who bought of a category since the fork, the share whom each flow that follows a purchase
    had reached some weeks after the fork.

    Columns: strategy, flow (its title), category, weeks, share. Everybody who bought of it by the
    run's end is in the denominator, also where the purchase or the person is not known.
    """
    rows, found = since_fork(run), []
    for k, flow in enumerate(flows.values()):
        if flow.trigger != "purchase":
            continue
        mails = picked(rows, np.isin(rows["kind"], ev.SENT) & (rows["order"] == k + 1))
        for c, category in enumerate(categories):
            buyers, day = first_bought(rows, c)
            weeks = (reached_on(mails, buyers, day + flow.delay_days) - run.fork_day) / 7
            for told in WEEKS:
                if 7 * told <= run.end_day - run.fork_day:
                    by_then = float((weeks < told).mean()) if len(buyers) else float("nan")
                    found.append((run.strategy, flow.title, category, told, by_then))
    return pd.DataFrame(found, columns=COLUMNS)


def first_bought(rows: np.ndarray, category: int) -> tuple[np.ndarray, np.ndarray]:
    """Who bought of a category, in order of ids, and the day of each one's first purchase."""
    bought = picked(rows, np.isin(rows["kind"], ev.SALES) & (rows["category"] == category))
    who, first = np.unique(bought["customer"], return_index=True)
    return who, bought["day"][first].astype(np.int64)


def reached_on(mails: np.ndarray, who: np.ndarray, since: np.ndarray) -> np.ndarray:
    """Day on which each of these people was first sent one of the messages on or after his day
    ``since``; NEVER where none was."""
    sent = np.sort(mails["customer"].astype(np.int64) << 32 | mails["day"])
    at = np.searchsorted(sent, who.astype(np.int64) << 32 | since)
    sent = np.append(sent, -1)  # nobody's, after the last
    return np.where(sent[at] >> 32 == who, sent[at] & (2**32 - 1), NEVER)
