"""The company's own books of a day: receipts and bills, without persons.

Sales per cell, advertisements shown and clicked. Every company has these whatever its maturity.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import rule
from sim.events import AD_CLICKED, AD_SHOWN, SEARCH_CLICKED, STORE_SALE, WEB_ORDER
from sim.records import CELLS, STYLES

BOOKS = np.dtype(
    [
        ("sold", "i8", (CELLS,)),  # items per cell
        ("item_sold", "i8", (CELLS * 8,)),  # items per row of the catalogue
        ("shown", "i8", (2,)),  # prospecting, retargeting: impressions
        ("clicked", "i8", (3,)),  # prospecting, retargeting, paid search: clicks
    ],
    align=True,
)


@rule
def keep_books(log, n, books):
    """Add the first ``n`` events of a day to the BOOKS record."""
    for i in range(n):
        e = log[i]
        if e.kind == WEB_ORDER or e.kind == STORE_SALE:
            books.sold[e.category * STYLES + e.style] += 1
            books.item_sold[e.item] += 1
        elif e.kind == AD_SHOWN:
            books.shown[e.order] += 1
        elif e.kind == AD_CLICKED:
            books.clicked[e.order] += 1
        elif e.kind == SEARCH_CLICKED and e.value > 0.5:
            books.clicked[2] += 1
