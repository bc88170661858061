"""What is on file of everybody, laid out as numbers for who works with the records [B29, B30].

The mailing department reads: its own record as it is; one that is linked to it, where data are
shared, as of the last synchronisation. Nothing here sees more than the records.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.company.knowledge import facts_for, reaches
from sim.core.bundles import File
from sim.core.compiled import COMPILED, rule
from sim.core.records import BY_CLUB, BY_MAIL, CELLS, OWN_ADDRESS, SILOS, STYLES, to_row

FEATURES = (
    "days since the last purchase, ln",
    "purchases on file, ln",
    "DKK on file, ln",
    "looked lately",
    "sightings, ln",
    "a basket left lately",
    "a sign of life by mail lately",
    "mails unopened in a row, ln",
    "a card on file",
    "looked and has not bought of it since",
)
RECENCY, FREQUENCY, MONEY, LOOKED, SIGHTINGS, BASKET, LIFE, UNOPENED, CARD, OPEN_LOOK = range(10)
MONTH, NEVER_BOUGHT = 28.0, 3650.0  # days; how features are laid out, an analyst's choice


class OnFile(NamedTuple):
    """What the mailing department can read, one row a profile."""

    bought_day: np.ndarray  # of the newest purchase in sight, -1 none
    orders: np.ndarray
    spent_dkk: np.ndarray
    features: np.ndarray  # (n, len(FEATURES))

    def of(self, some: np.ndarray) -> OnFile:
        """The same of some of them: a mask."""
        return OnFile(*(column[some] for column in self))

    @property
    def known(self) -> np.ndarray:
        """Anything at all is on file."""
        return (self.features[:, SIGHTINGS] > 0) | (self.orders > 0)


def read(
    profiles: np.ndarray,
    places: np.ndarray,
    minds: np.ndarray,
    firm: np.ndarray,
    day: int,
    seed: int,
) -> OnFile:
    """What is on file today of the profiles in ``places`` of PROFILE; ``minds``: by place the one
    whose facts are used. ``firm``: the company's record, FIRM of shape (1,)."""
    n = len(places)
    bought, orders, oere = (np.empty(n, np.int64) for _ in range(3))
    features = np.zeros((n, len(FEATURES)))
    if COMPILED:
        table, rules = profiles, firm[0]
    else:  # as plain Python: rows of these alone
        rules = to_row(firm[0])
        table = {p: to_row(profiles[p]) for p in {*places.tolist(), *minds[places].tolist()}}
    lay_out(places, minds, table, rules, day, seed, bought, orders, oere, features)
    return OnFile(bought, orders, oere / 100, features)


@rule
def lay_out(places, minds, profiles, firm, day, seed, bought, orders, oere, features):
    """What is on file of the profiles in ``places``, into the last four: see `OnFile`, øre."""
    for k in range(len(places)):
        file = File(profiles[places[k]], profiles[minds[places[k]]])
        bought[k], orders[k], oere[k] = purchases_in_sight(firm, file, day, seed)
        row = features[k]
        since = day - bought[k] if bought[k] >= 0 else NEVER_BOUGHT
        row[RECENCY] = math.log(1.0 + since)
        row[FREQUENCY] = math.log(1.0 + orders[k])
        row[MONEY] = math.log(1.0 + max(oere[k], 0) / 100.0)
        lay_out_looks(row, firm, file, day, seed)
        lay_out_signs(row, file.profile.addresses[OWN_ADDRESS], day)


@rule
def purchases_in_sight(firm, file, day, seed):
    """Day of the newest purchase in sight, -1 if there is none; how many there are, and øre."""
    newest, orders, oere = -1, 0, 0
    for s in range(SILOS):
        if reaches(firm, file.profile, BY_MAIL, s, seed):
            facts = facts_for(firm, file.mind, BY_MAIL, s, day)
            if facts.buy_cell >= 0:
                newest = max(newest, int(facts.buy_day))
            orders += facts.orders
            oere += facts.spent_oere
    return newest, orders, oere


@rule
def lay_out_looks(row, firm, file, day, seed):
    """What was looked at, and what lies in a basket, in all records in sight; whether one is filed
    under a card."""
    sightings = 0
    for s in range(SILOS):
        if not reaches(firm, file.profile, BY_MAIL, s, seed):
            continue
        silo, facts = file.mind.silos[s], facts_for(firm, file.mind, BY_MAIL, s, day)
        if facts.view_cell >= 0:
            age = day - facts.view_day
            row[LOOKED] = max(row[LOOKED], 0.5 ** (age / MONTH))
            if age <= MONTH and facts.bought[facts.view_cell // STYLES] < facts.view_day:
                row[OPEN_LOOK] = 1.0
        for cell in range(CELLS):
            sightings += facts.counts[cell]
        if silo.basket_item >= 0 and day - silo.basket_day <= MONTH:
            row[BASKET] = 1.0
        if s == BY_CLUB and silo.filed_order >= 0:
            row[CARD] = 1.0
    row[SIGHTINGS] = math.log(1.0 + sightings)


@rule
def lay_out_signs(row, address, day):
    """When he was last heard of at his address, and what he has left unopened there."""
    if address.heard_day > 0:
        row[LIFE] = 0.5 ** ((day - address.heard_day) / MONTH)
    row[UNOPENED] = math.log(1.0 + max(address.unopened, 0))
