"""Media: what each paid line cost, whom it reached, and what last click gives it [B5, B26, B44]."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.language import marked
from sim.measures.accounts import person_years
from sim.measures.figures import Figure
from sim.settings.channels import lines
from sim.world.tally import RunLog

ALL = marked("all media")
WHAT = marked("What is bought")
PERSON = marked("years that people spent in the market in the horizon")
MEDIA: dict[str, Figure] = {
    "spent": Figure("Spent", "DKK a person-year", PERSON, WHAT, "DKK/person-year"),
    "places": Figure("Places", "impressions, leaflets read", PERSON, WHAT, "a person-year"),
    "clicks": Figure("Clicks", "that were paid for", PERSON, WHAT, "a person-year"),
    "price": Figure(
        "Price", "of a place, or of a click where places are free", "places or clicks", WHAT, "DKK"
    ),
    "on customers": Figure(
        "On customers", "spent on who had bought from us within a year", "money spent", WHAT
    ),
    "last click": Figure(
        "By last click",
        "recorded sales with that click last, returns not taken off",
        "money spent",
        WHAT,
        "DKK per krone",
    ),
}


def measure_media(run: RunLog) -> pd.DataFrame:
    """Columns ``strategy, line, what, value``; a row for each paid line and for all together."""
    tally, years = run.tally, float(person_years(run).sum())
    counts = tally.media.sum(axis=1).reshape(*tally.media.shape[0:1], tally.media.shape[2], 2, 2)
    cost = np.einsum("dlcw,dlw->lc", counts, tally.prices)  # by line; of others, of customers
    placed, clicked = counts.sum(axis=(0, 2)).T
    credited = run.readings["credited"][: len(cost)]
    bought = lines(run.media)
    rows = []
    for name, numbers in [
        *((n.name, [n.number]) for n in bought),
        (ALL, [n.number for n in bought]),
    ]:
        spent = float(cost[numbers].sum())
        shown, clicks = float(placed[numbers].sum()), float(clicked[numbers].sum())
        units = shown if shown > 0 else clicks
        rows += [
            (run.strategy, name, what, value)
            for what, value in (
                ("spent", spent / years),
                ("places", shown / years),
                ("clicks", clicks / years),
                ("price", _over(spent, units) if name != ALL else np.nan),
                ("on customers", _over(float(cost[numbers, 1].sum()), spent)),
                ("last click", _over(float(credited[numbers].sum()), spent)),
            )
        ]
    return pd.DataFrame(rows, columns=["strategy", "line", "what", "value"])


def _over(above: float, below: float) -> float:
    return above / below if below > 0 else np.nan
