"""The company's own books of a day: receipts and bills, without persons.

Sales per cell, advertisements shown and clicked. Every company has these whatever its maturity.
"""

from __future__ import annotations

import numpy as np

from sim.core.compiled import rule
from sim.core.events import (
    AD_CLICKED,
    AD_SHOWN,
    PLACE_OF_MEDIUM,
    SEARCH_CLICKED,
    STORE_SALE,
    WEB_ORDER,
)
from sim.core.records import CELLS, PAID, STYLES

BOOKS = np.dtype(
    [
        ("sold", "i8", (CELLS,)),  # items per cell
        ("item_sold", "i8", (CELLS * 8,)),  # items per row of the catalogue
        ("shown", "i8", (PAID,)),  # impressions, by paid channel
        ("clicked", "i8", (PAID,)),  # clicks
    ],
    align=True,
)


@rule
def keep_books(log, n, books):
    """Add the first ``n`` events of a day to the BOOKS record."""
    kinds, orders, values = log["kind"], log["order"], log["value"]
    channels = log["channel"]
    categories, styles, items = log["category"], log["style"], log["item"]
    sold, item_sold = books["sold"], books["item_sold"]
    shown, clicked = books["shown"], books["clicked"]
    for i in range(n):
        kind = kinds[i]
        if kind == WEB_ORDER or kind == STORE_SALE:
            sold[categories[i] * STYLES + styles[i]] += 1
            item_sold[items[i]] += 1
        elif kind == AD_SHOWN:
            shown[2 * PLACE_OF_MEDIUM[channels[i]] + orders[i]] += 1
        elif kind == AD_CLICKED:
            clicked[2 * PLACE_OF_MEDIUM[channels[i]] + orders[i]] += 1
        elif kind == SEARCH_CLICKED and values[i] > 0.5:
            clicked[2 * PLACE_OF_MEDIUM[channels[i]]] += 1
