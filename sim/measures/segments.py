"""Customers by recency, frequency and money as recorded, held against what is true [A6, B15].

The fifths are worked out from the records as the mailing department sees them at the end, whatever
the company does with them: so strategies are compared by one yardstick.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.company.on_file import read
from sim.company.reading import BOTH, NEITHER
from sim.company.targeting import rfm
from sim.language import marked
from sim.measures.building_blocks import share
from sim.measures.figures import Figure, as_frame
from sim.measures.knowledge import bought_where
from sim.world.tally import RunLog

SEGMENTS = {
    "champions": marked("Champions"),
    "loyal": marked("Loyal"),
    "new": marked("New"),
    "occasional": marked("Occasional"),
    "slipping": marked("Slipping"),
    "lost": marked("Lost"),
}
MEANING = {
    "champions": marked("recent (4-5), and frequency and money 4 or more on average"),
    "loyal": marked("not long ago (3-5), and 3 or more"),
    "new": marked("recent (4-5), one or few purchases (frequency 1-2)"),
    "occasional": marked("not long ago (3-5), less than 3, none of the others"),
    "slipping": marked("long ago (1-2), and 3 or more"),
    "lost": marked("long ago (1-2), and less than 3"),
}
THESE = {
    "champions": marked("champions in the market at the end"),
    "loyal": marked("loyal in the market at the end"),
    "new": marked("new in the market at the end"),
    "occasional": marked("occasional in the market at the end"),
    "slipping": marked("slipping in the market at the end"),
    "lost": marked("lost in the market at the end"),
}
ACTIVE = {
    "champions": marked("champions in the market at the end who bought in the last 365 days"),
    "loyal": marked("loyal in the market at the end who bought in the last 365 days"),
    "new": marked("new in the market at the end who bought in the last 365 days"),
    "occasional": marked("occasional in the market at the end who bought in the last 365 days"),
    "slipping": marked("slipping in the market at the end who bought in the last 365 days"),
    "lost": marked("lost in the market at the end who bought in the last 365 days"),
}
ON_FILE = marked(
    "people in the market at the end with a purchase on file, in sight of the mailing list"
)
TOGETHER = marked("All of them")


def _figures() -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for name, title in SEGMENTS.items():
        these = THESE[name]
        found |= {
            f"{name}: share": Figure("Share", MEANING[name], ON_FILE, title),
            f"{name}: recorded": Figure("Spent, as recorded", "ever", these, title, "DKK"),
            f"{name}: true": Figure("Spent in truth", "ever", these, title, "DKK"),
            f"{name}: satisfaction": Figure(
                "Satisfaction", "in their heads", these, title, "0 to 1"
            ),
            f"{name}: two channels": Figure(
                "Buy in both", "web shop and stores, in truth", ACTIVE[name], title
            ),
        }
    return found


RFM: dict[str, Figure] = {
    **_figures(),
    "recorded and true": Figure(
        "Spending recorded and true go together",
        "correlation of DKK recorded and DKK in truth",
        ON_FILE,
        TOGETHER,
        "correlation",
    ),
    "channels and satisfaction": Figure(
        "Two channels and satisfaction among champions",
        "correlation, raw, of the number of channels bought in and satisfaction (A6)",
        "champions who bought in the last 365 days",
        TOGETHER,
        "correlation",
    ),
}


def segment_of(codes: np.ndarray) -> np.ndarray:
    """Place in SEGMENTS for fifths of recency, frequency, money, shape (n, 3); -1 for 0 0 0."""
    recent, often = codes[:, 0], codes[:, 1]
    worth = (codes[:, 1] + codes[:, 2]) / 2
    cases = [
        codes[:, 0] == 0,
        (recent >= 4) & (worth >= 4),
        (recent >= 3) & (worth >= 3),
        (recent >= 4) & (often <= 2),
        recent >= 3,
        worth >= 3,
    ]
    return np.select(cases, [-1, 0, 1, 2, 3, 4], 5)


def measure_segments(
    run: RunLog, customers: np.ndarray, profiles: np.ndarray, minds: np.ndarray, firm: np.ndarray
) -> pd.DataFrame:
    """Every figure of :data:`RFM`: seed, strategy, what, value. Tables as for
    :func:`sim.measures.knowledge.measure_knowledge`."""
    day = run.end_day - 1
    here = (customers["entry_day"] <= day) & (day < customers["exit_day"])
    places = np.flatnonzero(here)
    on_file = read(profiles, places, minds, firm, day, run.seed)
    segment = segment_of(rfm(on_file, day))
    true, satisfied = customers["spent_dkk"][places], customers["satisfaction"][places]
    where = bought_where(run, customers["id"])[0][places]
    known, active = segment >= 0, where != NEITHER
    found = {
        "recorded and true": together(on_file.spent_dkk[known], true[known]),
        "channels and satisfaction": together(
            (where == BOTH)[active & (segment == 0)], satisfied[active & (segment == 0)]
        ),
    }
    for k, name in enumerate(SEGMENTS):
        own = segment == k
        found |= {
            f"{name}: share": share(float(own.sum()), float(known.sum())),
            f"{name}: recorded": share(float(on_file.spent_dkk[own].sum()), float(own.sum())),
            f"{name}: true": share(float(true[own].sum()), float(own.sum())),
            f"{name}: satisfaction": share(float(satisfied[own].sum()), float(own.sum())),
            f"{name}: two channels": share(
                float((where[own] == BOTH).sum()), float(active[own].sum())
            ),
        }
    return as_frame(run, RFM, found)


def together(one: np.ndarray, other: np.ndarray) -> float:
    """Pearson's correlation; NaN where one of them does not vary."""
    one, other = np.asarray(one, float), np.asarray(other, float)
    if len(one) < 3 or one.std() == 0 or other.std() == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])
