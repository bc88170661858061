"""What the company's analysis is worth: are its predictions right, whom does it write to, and what
do its tiles show [B29, B30, A24].

Predictions are held against what was recorded afterwards, which the company can do too, and against
what was true. The Gini index says how far a few items have all of what is shown or sold.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.core import events as ev
from sim.language import marked
from sim.measures.accounts import person_years, sales, since_fork
from sim.measures.building_blocks import share
from sim.measures.figures import Figure, as_frame
from sim.world.tally import RunLog

PREDICTS, REMINDS, PICKS = (
    marked("Who will buy, as the model says"),
    marked("The month's reminder, and coupons"),
    marked("Items picked for somebody"),
)
PAIRS = marked(
    "pairs of one who bought before the next analysis and one who did not, mean of all analyses"
)
PICKED = marked("recorded purchases of who had been shown items picked for him")
YEARS = marked("years that people spent in the market in the horizon")

ANALYSED: dict[str, Figure] = {
    "profiles": Figure(
        "Profiles with a calculated probability",
        "mean over the analyses",
        "people in the market at the end",
        PREDICTS,
    ),
    "auc recorded": Figure(
        "Right, as recorded (AUC)",
        "who bought, as recorded, had the higher probability; half is chance",
        PAIRS,
        PREDICTS,
    ),
    "auc true": Figure(
        "Right, in truth (AUC)", "the same of all purchases, recorded or not", PAIRS, PREDICTS
    ),
    "reminders": Figure("Reminders sent", "by e-mail", YEARS, REMINDS, "per person-year"),
    "reminder opened": Figure("Opened", "reminders", "reminders sent", REMINDS),
    "reminder clicked": Figure("Clicked", "reminders", "reminders sent", REMINDS),
    "coupons": Figure(
        "Discount promised in messages",
        "sum of the shares off, newsletters and flows",
        "1,000 years that people spent in the market in the horizon",
        REMINDS,
        "per 1,000 person-years",
    ),
    "hit kind": Figure("The kind was among them", "category and style", PICKED, PICKS),
    "hit kind by best": Figure(
        "Would have been among best sellers", "as many kinds as were picked", PICKED, PICKS
    ),
    "hit item": Figure("The very item was among them", "of the kind too", PICKED, PICKS),
    "hit item by best": Figure(
        "Would have been among best sellers' items", "as many as were picked", PICKED, PICKS
    ),
    "gini picked": Figure(
        "Gini index of items picked",
        "0 all as often, 1 one alone",
        "none: of the catalogue's items by how often they stood in personal tiles",
        PICKS,
        "Gini index",
    ),
    "gini shown": Figure(
        "Gini index of items shown",
        "all tiles of shop, mails and messages",
        "none: of the catalogue's items by how often they were shown",
        PICKS,
        "Gini index",
    ),
    "gini sold": Figure(
        "Gini index of items sold",
        "all sales, in the last 365 days",
        "none: of the catalogue's items by how many were sold",
        PICKS,
        "Gini index",
    ),
}


def gini(amounts: np.ndarray) -> float:
    """Gini index of what each has: half the mean difference of two over the mean; NaN of none."""
    x = np.sort(np.asarray(amounts, float))
    n, total = len(x), float(x.sum())
    if n == 0 or total <= 0:
        return float("nan")
    return float((2 * np.arange(1, n + 1) - n - 1) @ x / (n * total))


def measure_analysis(run: RunLog, found: list[Any], ledger: np.void, items: int) -> pd.DataFrame:
    """Every figure of :data:`ANALYSED`: seed, strategy, what, value.

    ``found``: the analyst's :class:`~sim.world.analyst.Found` since the fork; ``ledger``: the
    drivers' LEDGER; ``items``: in the catalogue.
    """
    years, counts = float(person_years(run).sum()), run.tally.counts.sum(axis=0)
    day = run.end_day - 1
    here = (run.people["entry_day"] <= day) & (day < run.people["exit_day"])
    sold = sales(since_fork(run))
    sold = sold[sold["day"] >= run.end_day - 365]["item"]

    def told(kind: int) -> int:
        return int(counts[kind, ev.REMINDER + 1])

    def right(name: str) -> float:
        values = [getattr(month, name) for month in found]
        values = [value for value in values if value == value]
        return float(np.mean(values)) if values else float("nan")

    picked_for = int(ledger["picked_for"])
    numbers = {
        "profiles": share(right("profiles") if found else 0.0, float(here.sum())),
        "auc recorded": right("auc_recorded"),
        "auc true": right("auc_true"),
        "reminders": share(told(ev.MAIL_SENT), years),
        "reminder opened": share(told(ev.MAIL_OPENED), told(ev.MAIL_SENT)),
        "reminder clicked": share(told(ev.MAIL_CLICKED), told(ev.MAIL_SENT)),
        "coupons": share(1000 * float(run.tally.value[:, list(ev.SENT)].sum()), years),
        "hit kind": share(int(ledger["hit_kind"]), picked_for),
        "hit kind by best": share(int(ledger["hit_kind_by_best"]), picked_for),
        "hit item": share(int(ledger["hit_item"]), picked_for),
        "hit item by best": share(int(ledger["hit_item_by_best"]), picked_for),
        "gini picked": gini(ledger["items_picked"][:items]),
        "gini shown": gini(ledger["items_shown"][:items]),
        "gini sold": gini(np.bincount(sold, minlength=items)),
    }
    return as_frame(run, ANALYSED, numbers)
