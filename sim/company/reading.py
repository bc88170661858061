"""What the newsletter's department can read of a profile: last purchase, favourite, open needs.

The company acts on beliefs; here they are put into words, so that they can be held against the
truth (:mod:`sim.measures.knowledge`).
"""

from __future__ import annotations

import numpy as np

from sim.company.analysis import believe, looked_at_lately
from sim.company.knowledge import facts_for, linked, reaches
from sim.core.bundles import File
from sim.core.compiled import COMPILED, rule
from sim.core.records import (
    BY_CLUB,
    BY_MAIL,
    BY_OLD_CARD,
    CATEGORIES,
    CELLS,
    SILOS,
    STYLES,
    UNKNOWN,
    to_row,
    to_rows,
)

YEAR = 365  # days
ONLINE, IN_STORE, BOTH, NEITHER = 1, 2, 3, 0  # where somebody buys, as bits

READ = np.dtype(
    [
        ("last_category", "i2"),  # of the newest purchase in sight, -1 none
        ("favourite", "i2"),  # category of the strongest belief from sightings, -1 none
        ("looked_at", "i4"),  # bits of categories looked at lately and not bought since
        ("buys", "i1"),  # ONLINE, IN_STORE as bits, as the records say
        ("on_file", "i1"),  # records with a purchase of the last 365 days, linked ones as one
    ],
    align=True,
)


@rule
def read_files(profiles, minds, firm, day, seed, belief, found):
    """What the newsletter's department can read of each profile: fills ``found``, READ."""
    for i in range(len(profiles)):
        file = File(profiles[i], profiles[minds[i]])
        read_purchases(firm, file, day, seed, found[i])
        read_looks(firm, file, day, seed, found[i])
        found[i].favourite = favourite(firm, file, day, seed, belief)


@rule
def read_purchases(firm, file, day, seed, found):
    """The newest purchase in sight of the newsletter, and where he buys as the records say.

    Records that are not linked are two people: then the one with the newest purchase counts.
    """
    newest, found.last_category = -1, -1
    for s in range(SILOS):
        if not reaches(firm, file.profile, BY_MAIL, s, seed):
            continue
        facts = facts_for(firm, file.mind, BY_MAIL, s, day)
        if facts.buy_cell >= 0 and facts.buy_day > newest:
            newest = facts.buy_day
            found.last_category = facts.buy_cell // STYLES
    found.on_file = customers_on_file(file, day - YEAR)
    found.buys = buys_on_file(file, day - YEAR)


@rule
def bought_since(facts, since):
    """A purchase later than day ``since`` is on file."""
    return facts.buy_cell >= 0 and facts.buy_day > since


@rule
def customers_on_file(file, since):
    """As how many customers this person is counted: records with a purchase, linked ones as one.

    A cookie is nobody.
    """
    count, one = 0, 0
    for s in range(BY_MAIL, SILOS):
        if bought_since(file.mind.silos[s].live, since):
            if linked(file.profile, s):
                one = 1
            else:
                count += 1
    return count + one


@rule
def buys_on_file(file, since):
    """Where he buys, as the record with his newest purchase and those linked to it say."""
    home, newest = UNKNOWN, since
    for s in range(BY_MAIL, SILOS):
        facts = file.mind.silos[s].live
        if facts.buy_cell >= 0 and facts.buy_day > newest:
            home, newest = s, facts.buy_day
    where = NEITHER
    if home == UNKNOWN:
        return where
    for s in range(BY_MAIL, SILOS):
        together = s == home or (linked(file.profile, s) and linked(file.profile, home))
        if together and bought_since(file.mind.silos[s].live, since):
            where |= IN_STORE if s == BY_CLUB or s == BY_OLD_CARD else ONLINE
    return where


@rule
def read_looks(firm, file, day, seed, found):
    """Categories in which the newsletter takes a need to be open: looked at, not bought since."""
    found.looked_at = 0
    for s in range(SILOS):
        if not reaches(firm, file.profile, BY_MAIL, s, seed):
            continue
        facts = facts_for(firm, file.mind, BY_MAIL, s, day)
        if looked_at_lately(firm, facts, day):
            found.looked_at |= 1 << (facts.view_cell // STYLES)


@rule
def favourite(firm, file, day, seed, belief):
    """Category of which the newsletter believes more than best sellers say; -1: nothing known."""
    if not believe(firm, file, BY_MAIL, day, seed, belief):
        return -1
    best, most = -1, 0.0
    for c in range(CATEGORIES):
        weight = 0.0
        for k in range(c * STYLES, c * STYLES + STYLES):
            weight += belief[k] - firm.prior_weight * firm.popularity[k]
        if weight > most:
            best, most = c, weight
    return best


def as_read(
    profiles: np.ndarray, minds: np.ndarray, firm: np.ndarray, day: int, seed: int
) -> np.ndarray:
    """READ of each profile; ``profiles`` PROFILE ``(n,)``, ``firm`` the company's record.

    ``minds``, int64 ``(n,)``: whose recorded facts are used; in the placebo another's.
    """
    found = np.zeros(len(profiles), READ)
    belief = np.zeros(CELLS)
    if COMPILED:
        read_files(profiles, minds, firm[0], day, seed, belief, found)
        return found
    rows = to_rows(found)
    files = to_rows(profiles), minds.tolist()
    read_files(*files, to_row(firm[0]), day, seed, [0.0] * CELLS, rows)
    return np.array([tuple(getattr(row, name) for name in READ.names) for row in rows], READ)
