"""The company's own books of a day: receipts and bills, without persons.

Sales per cell, advertisements shown and clicked, what departments go by. Every company has these
whatever its maturity.
"""

from __future__ import annotations

import numpy as np

from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.records import AT_PLACE, CELLS, PAID, STYLES, TAKE_BACK

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
        ("sold_oere", "i8"),  # all
        ("written", "i8", (3,)),  # newsletters; flows by any way; what brought a coupon
        ("followed", "i8", (3,)),  # links in them
        ("left", "i8"),  # permissions for e-mail withdrawn
        ("marked", "i8"),  # marks given for contacts
        ("marks", "i8"),  # their sum
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
    written, followed = books["written"], books["followed"]
    shown, clicked = books["shown"], books["clicked"]
    for i in range(n):
        kind = kinds[i]
        if kind == ev.WEB_ORDER or kind == ev.STORE_SALE:
            sold[categories[i] * STYLES + styles[i]] += 1
            item_sold[items[i]] += 1
            books["sold_oere"] += amounts[i]
            if kind == ev.STORE_SALE:
                books["sold_in_store_oere"] += amounts[i]
                if values[i] == ev.EXCHANGE or values[i] == ev.NEW_AT_RETURN:
                    books["sold_at_return_oere"] += amounts[i]
            elif channels[i] == ev.EMAIL:
                books["sold_by_mail_oere"] += amounts[i]
        elif kind == ev.AD_SHOWN:
            shown[AT_PLACE * ev.PLACE_OF_MEDIUM[channels[i]] + orders[i]] += 1
        elif kind == ev.AD_CLICKED or (kind == ev.SEARCH_CLICKED and values[i] > 0.5):
            clicked[AT_PLACE * ev.PLACE_OF_MEDIUM[channels[i]] + orders[i]] += 1
        elif kind == ev.STORE_VISIT:
            books["visits"] += 1
        elif kind == ev.BASKET_PAID and channels[i] == ev.STORE:
            books["receipts"] += 1
        elif kind == ev.MAIL_SENT or kind == ev.TEXT_SENT or kind == ev.PUSHED:
            books["mails"] += kind == ev.MAIL_SENT
            if orders[i] != ev.REMINDER:  # tested by chance of its own, see sim.world.analyst
                written[0 if orders[i] == ev.NEWSLETTER else 1] += 1
            written[2] += values[i] > 0.0
        elif (kind == ev.MAIL_CLICKED or kind == ev.TAPPED) and orders[i] != ev.REMINDER:
            followed[0 if orders[i] == ev.NEWSLETTER else 1] += 1
        elif kind == ev.UNSUBSCRIBED and channels[i] == ev.EMAIL:
            books["left"] += 1
        elif kind == ev.SCORED and values[i] > 0.0:
            books["marked"] += 1
            books["marks"] += int(values[i])
        elif (kind == ev.ACT_DONE or kind == ev.ACT_SLOWED) and categories[i] == TAKE_BACK:
            books["brought_back"] += 1
