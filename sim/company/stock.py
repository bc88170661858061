"""What the web shop has: every company knows its own stock, and offers nothing that is sold out."""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.records import ASKED_FOR


@rule
def is_sold_out(firm, item):
    """The web shop has none of it today."""
    return item >= 0 and firm.sold_out[item] == 1


@rule
def show_what_is_back(shown, firm, item):
    """The thing that he asked for, -1 none, if it still is there [B18]. Whether it is."""
    if item < 0 or is_sold_out(firm, item):
        return False
    shown.items[0] = item
    shown.cells[0] = firm.item_cell[item]
    shown.n = 1
    shown.purpose = ASKED_FOR
    return True
