"""What people make of it that something is sold out, and whose wish we meet in the end [B18]."""

from __future__ import annotations

import numpy as np

from sim.core import events as ev
from sim.core.rows import picked
from sim.language import marked
from sim.measures.accounts import since_fork
from sim.measures.building_blocks import share
from sim.measures.figures import Figure
from sim.measures.gains import need_key
from sim.world.tally import RunLog

GONE = marked("What is sold out")
REFUSED = marked("looks at which nothing but a sold-out thing would do")

SOLD_OUT: dict[str, Figure] = {
    "sold out": Figure(
        "Found it sold out", "what was liked best", "visits to the web shop", GONE, "per 100"
    ),
    "nothing else": Figure(
        "Nothing else would do", "took none of what was there", "looks that found it sold out", GONE
    ),
    "asked to be told": Figure("Asked to be told", "that it is back", REFUSED, GONE),
    "met after all": Figure(
        "Met by us after all",
        "bought from us later, on the web or in a store",
        "needs for which nothing but a sold-out thing would do",
        GONE,
    ),
}


def sold_out_figures(run: RunLog) -> dict[str, float]:
    """Every figure of :data:`SOLD_OUT`."""

    def count(kind: int, field: int | None = None) -> float:
        return float(run.tally.counted(kind, field).sum())

    refused = count(ev.SOLD_OUT, ev.NOTHING_ELSE)
    looks = count(ev.SOLD_OUT, ev.NOT_SO_GOOD) + refused
    return {
        "sold out": 100 * share(looks, count(ev.WEB_VISIT)),
        "nothing else": share(refused, looks),
        "asked to be told": share(count(ev.ASKED_TO_BE_TOLD), refused),
        "met after all": met_after_all(run),
    }


def met_after_all(run: RunLog) -> float:
    """Of needs for which at some time nothing but a sold-out thing would do, those that we met."""
    rows = since_fork(run)
    missed = picked(rows, (rows["kind"] == ev.SOLD_OUT) & (rows["value"] == ev.NOTHING_ELSE))
    bought = picked(rows, np.isin(rows["kind"], ev.SALES))
    needs, sold = (np.unique(need_key(part, part["need"] >= 0)) for part in (missed, bought))
    return share(float(np.isin(needs, sold).sum()), float(len(needs)))
