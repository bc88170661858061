"""What is heard of each article: sold, given back, spoken of; counted from the day's events."""

from __future__ import annotations

import numpy as np

from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.records import FAULTS

# Of an item, since its present model came. `then`: when it was last looked into
HEARD = np.dtype(
    [
        ("sold", "i8"),
        ("back", "i8"),
        ("sold_then", "i8"),
        ("back_then", "i8"),
        ("reviews_then", "f8"),
        ("stars_then", "f8"),
        ("said", "i8", (FAULTS,)),  # in reviews, by what is wrong
        ("answered", "i8", (FAULTS,)),  # by who was asked
        ("known", "i8", (FAULTS,)),  # in the heads of who gave it back and can still be asked
        ("tried", "i8"),  # bits of the faults that were dealt with
    ],
    align=True,
)


@rule
def count_heard(log, n, heard):
    """Add the first ``n`` events of a day to the HEARD rows. Who was known when he bought can be
    asked."""
    kinds, items, values, seen_as = log["kind"], log["item"], log["value"], log["seen_as"]
    for i in range(n):
        kind = kinds[i]
        if kind == ev.WEB_ORDER or kind == ev.STORE_SALE:
            heard[items[i]]["sold"] += 1
        elif kind == ev.RETURN_BY_MAIL or kind == ev.RETURN_IN_STORE:
            heard[items[i]]["back"] += 1
        elif kind == ev.DISAPPOINTED and seen_as[i] == ev.A_PERSON:
            heard[items[i]]["known"][int(values[i])] += 1
        elif kind == ev.SAID_WHY:
            heard[items[i]]["said"][int(values[i])] += 1
