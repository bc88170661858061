"""When people come to stores, who serves them there, and what they say of it [B36, B40]."""

from __future__ import annotations

import numpy as np

from sim.core import events as ev
from sim.core.rows import picked
from sim.journey.stores import OF_A_STAR
from sim.language import marked
from sim.measures.accounts import since_fork
from sim.measures.building_blocks import share
from sim.measures.figures import Figure
from sim.world.tally import RunLog

WHEN, SERVED = marked("When people come to stores"), marked("How they are served there")
TRIPS = marked("visits to a store for something, pick-ups and returns among them")
HOURS = {
    10: marked("From 10 to 11"),
    11: marked("From 11 to 12"),
    12: marked("From 12 to 13"),
    13: marked("From 13 to 14"),
    14: marked("From 14 to 15"),
    15: marked("From 15 to 16"),
    16: marked("From 16 to 17"),
    17: marked("From 17 to 18"),
    18: marked("From 18 to 19"),
    19: marked("From 19 to 20"),
    20: marked("From 20 to 21"),
    21: marked("From 21 to 22"),
}
"""Of the day; the first and the last hold what is before and after."""
FIRST, LAST = min(HOURS), max(HOURS)

STORE_VISITS: dict[str, Figure] = {
    f"store at {hour}": Figure(title, "when they came", TRIPS, WHEN)
    for hour, title in HOURS.items()
} | {
    "without staff": Figure(
        "Let themselves in", "after closing time, to scan and pay with the app", TRIPS, WHEN
    ),
    "advised": Figure(
        "Advice", "given about a thing", "visits to a store", SERVED, "per 100 visits"
    ),
    "store ratings": Figure(
        "Stars given", "for the store, after a visit", "visits to a store", SERVED, "per 100 visits"
    ),
    "store stars": Figure("Stars", "of five", "ratings of a store", SERVED, "stars"),
    "stores apart": Figure(
        "How far stores are apart",
        "standard deviation over stores of what people have met there lately, said or not",
        "stores that people have been to",
        SERVED,
        "stars",
    ),
}


def store_figures(run: RunLog, customers: np.ndarray) -> dict[str, float]:
    """Every figure of :data:`STORE_VISITS`; ``customers``: CUSTOMER at the end."""
    rows = since_fork(run)
    trips = picked(rows, rows["kind"] == ev.STORE_VISIT)
    rated = picked(rows, rows["kind"] == ev.STORE_RATED)
    hour = np.clip(trips["minute"] // 60, FIRST, LAST)
    n = float(len(trips))
    visits, advised, given = (
        float(run.tally.counted(kind).sum())
        for kind in (ev.STORE_VISIT, ev.ADVISED, ev.STORE_RATED)
    )
    return {f"store at {h}": share(float((hour == h).sum()), n) for h in HOURS} | {
        "without staff": share(float((trips["style"] == 1).sum()), n),
        "advised": 100 * share(advised, visits),
        "store ratings": 100 * share(given, visits),
        "store stars": share(float(rated["value"].sum()), float(len(rated))),
        "stores apart": apart(customers["store_met"] / OF_A_STAR),
    }


def apart(met: np.ndarray) -> float:
    """Standard deviation of the means by store of what each person has met there, stars; 0 stands
    for nothing yet. NaN of fewer than two stores."""
    been = (met > 0).sum(axis=0)
    means = met.sum(axis=0)[been > 0] / been[been > 0]
    return float(means.std()) if len(means) > 1 else float("nan")
