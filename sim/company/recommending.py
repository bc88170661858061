"""Which item of a kind stands in a personal tile: what followed what he bought last [B29].

Item-to-item counts from the purchases on file (Linden, Smith and York 2003, "Amazon.com
recommendations: item-to-item collaborative filtering", *IEEE Internet Computing* 7(1)), shrunk to
what sells in the kind: of what few have bought after it the best seller is shown. So the
recommender leans to the popular, and what it shows sells more and is counted again.
"""

from __future__ import annotations

import numpy as np

from sim.company.knowledge import able, facts_for, reaches
from sim.company.stock import is_sold_out
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import CELLS, ITEMS, MAIL_TILES, SILOS

RECOMMENDS = decision("items are picked for this profile by what it bought", lasting=True)
SHOWS_OTHER = decision("a personal tile shows another item than the first", lasting=True)

NO_ITEM = -1


@rule
def item_bought_last(firm, file, home, day, seed):
    """Row of the item that channel ``home`` sees to have been bought last; NO_ITEM if none."""
    newest, item = -1, NO_ITEM
    for s in range(SILOS):
        if reaches(firm, file.profile, home, s, seed):
            facts = facts_for(firm, file.mind, home, s, day)
            if facts.buy_cell >= 0 and facts.buy_day > newest:
                newest, item = facts.buy_day, facts.buy_item
    return item


@rule
def pick(firm, profile, last, cell, day, seed):
    """The item of ``cell`` for who bought ``last``: the first by count; now and then another, so
    that more than the first is ever learned of; what is sold out gives way to the best seller."""
    first = firm.popular_item[cell]
    if last >= 0:
        counted = firm.pick_after[last * CELLS + cell]
        if counted >= 0 and not is_sold_out(firm, counted):
            first = counted
    u = uniform(seed, profile.number, SHOWS_OTHER, cell, day)
    if u < firm.picks_other and firm.items_each > 1 and first >= 0:
        step = 1 + int(u / firm.picks_other * (firm.items_each - 1))
        base = cell * firm.items_each
        other = base + (first - base + step) % firm.items_each
        if not is_sold_out(firm, other):
            return other
    return first


@rule
def pick_items(shown, firm, file, home, day, seed):
    """The personal tiles of a page or a message get their items, where the level has it."""
    if not able(seed, file.profile, RECOMMENDS, firm.recommends):
        return
    last = item_bought_last(firm, file, home, day, seed)
    for t in range(shown.n):
        if shown.personal[t] == 1 and shown.items[t] >= 0:
            shown.items[t] = pick(firm, file.profile, last, shown.cells[t], day, seed)


@rule
def count_shown(ledger, profile, shown):
    """The books count what was shown, and what of it was chosen for this person."""
    kept = 0
    for t in range(shown.n):
        if shown.items[t] >= 0:
            ledger.items_shown[shown.items[t]] += 1
            if shown.personal[t] == 1:
                ledger.items_picked[shown.items[t]] += 1
                if kept == 0:
                    forget_picks(profile)
                if kept < MAIL_TILES:
                    profile.picked[kept] = shown.items[t]
                    kept += 1


@rule
def forget_picks(profile):
    """Nothing is kept of what was picked for him."""
    for k in range(MAIL_TILES):
        profile.picked[k] = NO_ITEM


@rule
def judge_picks(ledger, firm, profile, item, cell):
    """A recorded purchase shows whether what was picked for him was right, and whether as many best
    sellers would have been; once a pick."""
    kind, same, kind_best, same_best, kept = 0, 0, 0, 0, 0
    for k in range(MAIL_TILES):
        picked = profile.picked[k]
        if picked < 0:
            continue
        best = firm.front_cell[kept]
        kept += 1
        if firm.item_cell[picked] == cell:
            kind = 1
        if picked == item:
            same = 1
        if best == cell:
            kind_best = 1
            if firm.popular_item[best] == item:
                same_best = 1
    if kept == 0:
        return
    ledger.picked_for += 1
    ledger.hit_kind += kind
    ledger.hit_item += same
    ledger.hit_kind_by_best += kind_best
    ledger.hit_item_by_best += same_best
    forget_picks(profile)


def picks_after(followed: np.ndarray, sold: np.ndarray, each: int, least: float) -> np.ndarray:
    """Of each kind the first item for who bought each item last; -1 for kinds without goods.

    ``followed[a, b]``: how often ``b`` was recorded after ``a``, shape (ITEMS, ITEMS); ``sold``: by
    item, fading; ``each``: items of a kind; ``least``: sequences that the best sellers of the kind
    are worth. Shape (ITEMS * CELLS,).
    """
    kinds = len(sold) // each
    share = sold.reshape(kinds, each) + 1e-9
    share = share / share.sum(axis=1, keepdims=True)
    counts = followed[:, : kinds * each].reshape(ITEMS, kinds, each)
    first = (counts + least * share).argmax(axis=2) + np.arange(kinds) * each
    picks = np.full((ITEMS, CELLS), NO_ITEM)
    picks[:, :kinds] = first
    return picks.ravel()
