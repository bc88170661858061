"""The company's own books of a day: receipts and bills, without persons.

Sales per cell, advertisements shown and clicked, what departments go by. Every company has these
whatever its maturity.
"""

from __future__ import annotations

import numpy as np

from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.records import CELLS, PAID, STYLES, TAKE_BACK

BOOKS = np.dtype(
    [
        ("sold", "i8", (CELLS,)),  # items per cell
        ("item_sold", "i8", (CELLS * 8,)),  # items per row of the catalogue
        ("shown", "i8", (PAID,)),  # impressions, by paid channel
        ("clicked", "i8", (PAID,)),  # clicks
        ("brought_back", "i8"),  # web orders that stores took back
        ("sold_at_return_oere", "i8"),  # to who brought one
        ("visits", "i8"),  # to stores
        ("receipts", "i8"),  # of stores
        ("sold_in_store_oere", "i8"),
        ("mails", "i8"),  # sent
        ("sold_by_mail_oere", "i8"),  # on the web, by their links
    ],
    align=True,
)

TRADE = (
    "brought_back",
    "sold_at_return_oere",
    "visits",
    "receipts",
    "sold_in_store_oere",
    "mails",
    "sold_by_mail_oere",
)
"""Of these, what departments go by."""


@rule
def keep_books(log, n, books):
    """Add the first ``n`` events of a day to the BOOKS record."""
    kinds, orders, values = log["kind"], log["order"], log["value"]
    channels, amounts = log["channel"], log["amount_oere"]
    categories, styles, items = log["category"], log["style"], log["item"]
    sold, item_sold = books["sold"], books["item_sold"]
    shown, clicked = books["shown"], books["clicked"]
    for i in range(n):
        kind = kinds[i]
        if kind == ev.WEB_ORDER or kind == ev.STORE_SALE:
            sold[categories[i] * STYLES + styles[i]] += 1
            item_sold[items[i]] += 1
            if kind == ev.STORE_SALE:
                books["sold_in_store_oere"] += amounts[i]
                if values[i] == ev.EXCHANGE or values[i] == ev.NEW_AT_RETURN:
                    books["sold_at_return_oere"] += amounts[i]
            elif channels[i] == ev.EMAIL:
                books["sold_by_mail_oere"] += amounts[i]
        elif kind == ev.AD_SHOWN:
            shown[2 * ev.PLACE_OF_MEDIUM[channels[i]] + orders[i]] += 1
        elif kind == ev.AD_CLICKED:
            clicked[2 * ev.PLACE_OF_MEDIUM[channels[i]] + orders[i]] += 1
        elif kind == ev.SEARCH_CLICKED and values[i] > 0.5:
            clicked[2 * ev.PLACE_OF_MEDIUM[channels[i]]] += 1
        elif kind == ev.STORE_VISIT:
            books["visits"] += 1
        elif kind == ev.BASKET_PAID and channels[i] == ev.STORE:
            books["receipts"] += 1
        elif kind == ev.MAIL_SENT:
            books["mails"] += 1
        elif (kind == ev.ACT_DONE or kind == ev.ACT_SLOWED) and categories[i] == TAKE_BACK:
            books["brought_back"] += 1
