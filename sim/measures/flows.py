"""Journeys as sequences of touchpoints: how they branch, loop and end."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.core import events as ev
from sim.language import marked
from sim.measures.accounts import in_pieces, since_fork
from sim.measures.gains import need_key, places_in
from sim.world.tally import KINDS, RunLog

TOUCHPOINTS = (  # after the media channels, which a run names
    marked("message"),
    marked("web shop"),
    marked("store"),
    marked("customer centre"),
    marked("basket"),
    marked("order"),
    marked("return"),
    marked("competitor"),
    marked("nothing"),
)
STEPS = 6

_TOUCH = {
    "message": (ev.MAIL_CLICKED, ev.TAPPED),
    "web shop": (ev.WEB_VISIT,),
    "store": (ev.STORE_VISIT,),
    "customer centre": (ev.SERVICE_ASKED,),
    "basket": (ev.BASKET_FILLED,),
    "order": (ev.WEB_ORDER, ev.STORE_SALE),
    "return": (ev.RETURN_BY_MAIL, ev.RETURN_IN_STORE),
    "competitor": (ev.COMPETITOR_SALE,),
    "nothing": (ev.NEED_DIED,),
}
TOUCH_OF = np.full(KINDS, -1, np.int8)
for _number, _name in enumerate(TOUCHPOINTS):
    TOUCH_OF[list(_TOUCH[_name])] = _number
ON_MEDIA = (ev.POST_SEEN, ev.AD_CLICKED, ev.SEARCH_CLICKED)


def touches(rows: np.ndarray, media: int) -> np.ndarray:
    """Touchpoint of each row: the place of one of the ``media`` channels, or ``media`` and more
    for TOUCHPOINTS; -1 of none."""
    others = TOUCH_OF[rows["kind"]]
    touch = np.where(others >= 0, others + np.int8(media), np.int8(-1))
    here = np.isin(rows["kind"], ON_MEDIA)
    touch[here] = ev.PLACE_OF_MEDIUM[rows["channel"][here]]
    return touch


def flows(run: RunLog) -> pd.DataFrame:
    """From which touchpoint to which journeys went at each step, over all customers.

    A journey is all that one customer did about one need, in log order, and counts if it began
    after the fork. The same touchpoint twice in a row on one day is one touch; on different days
    it is a loop. Step k leads from the k-th touch to the next; a need that died ends at
    'nothing'. Columns: strategy, step (1..6), source, target, count; only what occurred.
    """
    keys, days, touch = _touched(run)
    repeated = ~_begins(keys)
    repeated[1:] &= (days[1:] == days[:-1]) & (touch[1:] == touch[:-1])
    keys, touch = keys[~repeated], touch[~repeated]
    first = np.flatnonzero(_begins(keys))
    position = np.arange(len(keys)) - np.repeat(first, np.diff(np.append(first, len(keys))))
    onward = np.flatnonzero((position[1:] > 0) & (position[1:] <= STEPS)) + 1
    names = np.array([*(medium.title for medium in run.media), *TOUCHPOINTS])
    n = len(names)
    code = (position[onward] * n + touch[onward - 1]) * n + touch[onward]
    codes, counts = np.unique(code, return_counts=True)
    return pd.DataFrame(
        {
            "strategy": run.strategy,
            "step": codes // (n * n),
            "source": names[codes // n % n],
            "target": names[codes % n],
            "count": counts,
        }
    )


def _touched(run: RunLog) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Need, day and touchpoint of every touch of journeys that began after the fork, by need."""
    found = []
    for rows in in_pieces(since_fork(run)):
        touch = touches(rows, len(run.media))
        mine = (touch >= 0) & (rows["need"] >= 0)
        found.append((need_key(rows, mine), rows["day"][mine], touch[mine]))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int8)
    keys, days, touch = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(keys, kind="stable")
    keys, days, touch = keys[order], days[order], touch[order]
    begun = np.zeros(len(keys), bool)
    for rows in in_pieces(run.before):
        at = places_in(keys, need_key(rows, rows["need"] >= 0))
        begun[at[at >= 0]] = True
    fresh = ~begun[np.searchsorted(keys, keys)]
    return keys[fresh], days[fresh], touch[fresh]


def _begins(keys: np.ndarray) -> np.ndarray:
    """Where a new key begins in sorted keys."""
    fresh = np.ones(len(keys), bool)
    fresh[1:] = keys[1:] != keys[:-1]
    return fresh
