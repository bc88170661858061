"""Journeys that hang together: in which nothing is said twice, lost or contradicted.

A journey is told by the event that settles its purchase (JOURNEY_DONE): the touchpoints of ours
that the need met since it arose, and the cracks on the way. It is *cross-channel* if it met at
least two of :data:`sim.core.events.TOUCHPOINTS`, and *coherent* if it has no crack: nothing had to
be said, searched or filled in again that we had been told, no basket or case was lost, no offer of
what had just been bought reached him, and his questions were solved. Coherent journeys over what
they cost are the documents' own measure of omnichannel [B58].
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.core import events as ev
from sim.language import marked
from sim.measures.accounts import besides_goods, in_pieces, money, person_years, since_fork
from sim.measures.building_blocks import share
from sim.measures.figures import LESS, Figure, as_frame
from sim.measures.gains import EVERY, need_key
from sim.settings.economics import Economics
from sim.world.tally import RunLog

ACROSS, BOTH = marked("Across touchpoints"), marked("The same needs under both")
AGAIN, REACHED, WHERE = marked("Done again"), marked("What reached them"), marked("Where they went")
PURCHASES = marked("purchases settled since the fork")
CROSSING = marked("cross-channel journeys settled since the fork")
NEEDS_OF_BOTH = marked("needs across touchpoints under both")
PER_100, PER_1000 = marked("per 100 purchases"), marked("per 1,000 purchases")
DIFFERENCE = "coherent, both, difference"

WEB = ev.BY_PLACE[0] | ev.BY_PLACE[1] | ev.IN_APP
PHONE = ev.BY_PLACE[1] | ev.IN_APP
STORE, CENTRE = ev.BY_PLACE[2], ev.BY_PLACE[3]
LINKS = ev.BY_MAIL_LINK | ev.BY_AD_LINK
PLACES = WEB | STORE | CENTRE  # where one is served; a link leads to one of them
MEETINGS = {name: (bit,) for bit, name in ev.TOUCHPOINTS.items()} | {
    marked("computer and phone"): (ev.BY_PLACE[0], PHONE),
    marked("web shop and store"): (WEB, STORE),
    marked("web shop and customer centre"): (WEB, CENTRE),
    marked("store and customer centre"): (STORE, CENTRE),
    marked("a link and the store"): (LINKS, STORE),
}
"""What a journey may have met: of each of these groups of touchpoints, one at least."""
DOES_AGAIN = {kind: name for kind, name in ev.AGAIN.items() if kind != ev.TYPED}
DONE_AGAIN = {
    ev.SEARCHED: marked("Searched"),
    ev.FILLED: marked("Basket filled"),
    ev.SAID: marked("Said"),
    ev.CASE: marked("Case told from the start"),
    ev.RECEIPT: marked("Receipt looked for"),
}

JOURNEYS: dict[str, Figure] = {
    "cross-channel": Figure(
        "Cross-channel journeys",
        "its need met two or more of our touchpoints: web shop at the computer or on the phone, "
        "app, a mail's link, an ad's link, store, customer centre",
        PURCHASES,
        ACROSS,
        PER_100,
    ),
    "coherent": Figure(
        "Coherent, cross-channel",
        "nothing was said, searched or filled in again that we had been told, no basket or case "
        "was lost, nothing just bought was offered, questions were solved",
        CROSSING,
        ACROSS,
    ),
    "coherent per cost": Figure(
        "Coherent cross-channel journeys for their cost",
        "cross-channel journeys settled since the fork that are coherent",
        "all costs but goods",
        ACROSS,
        "per 1,000 DKK",
    ),
    "cross-channel, places": Figure(
        "Across places",
        "its need met two or more of web shop at the computer or on the phone, app, store and "
        "customer centre: a link that leads into the shop is no place",
        PURCHASES,
        ACROSS,
        PER_100,
    ),
    "coherent, places": Figure(
        "Coherent, across places",
        "coherent as above",
        "journeys across places settled since the fork",
        ACROSS,
    ),
    "coherent, one touchpoint": Figure(
        "Coherent, one touchpoint",
        "coherent as above",
        "journeys settled since the fork whose need met one touchpoint",
        ACROSS,
    ),
    "both": Figure(
        "Needs across touchpoints under both",
        "the same person's same need led to a cross-channel journey that was settled, under this "
        "strategy and under the baseline",
        "none: a number, mean of the seeds",
        BOTH,
        "needs",
    ),
    "coherent, both": Figure("Coherent", "coherent under this strategy", NEEDS_OF_BOTH, BOTH),
    "coherent, both, baseline": Figure(
        "Coherent under the baseline", "coherent under the baseline", NEEDS_OF_BOTH, BOTH
    ),
    DIFFERENCE: Figure(
        "Difference",
        "coherent under this strategy less under the baseline, in points",
        NEEDS_OF_BOTH,
        BOTH,
        LESS,
    ),
}
for _kind, _name in DOES_AGAIN.items():
    JOURNEYS[f"again: {_name}"] = Figure(
        DONE_AGAIN[_kind],
        "times that it was done again, whatever became of the need",
        PURCHASES,
        AGAIN,
        PER_100,
    )
JOURNEYS |= {
    "went away": Figure(
        "Visits left for it",
        "visits that ended because something was to be done again; no crack in itself",
        PURCHASES,
        AGAIN,
        PER_100,
    ),
    "typed": Figure(
        "Name and street typed",
        "times that they were typed although an order before had them; of another journey, and no "
        "crack in this one",
        PURCHASES,
        AGAIN,
        PER_100,
    ),
    "contradictions": Figure(
        "Contradictions",
        "offers of a category that he had just bought, of us",
        "mails opened, app messages and ads noticed",
        REACHED,
        "per 1,000 messages and ads",
    ),
    "returned for price": Figure(
        "Returned for a lower price",
        "offered what he had just bought for less, he sends it back to buy it again",
        "web orders and store sales, exchanges left out",
        REACHED,
        PER_1000,
    ),
    "consents": Figure(
        "Consents taken back",
        "after an offer of what he had just bought, to mails and cookies or to being profiled",
        "years that people spent in the market in the horizon",
        REACHED,
        "per 1,000 person-years",
    ),
}
for _name in MEETINGS:
    JOURNEYS[f"met {_name}"] = Figure(
        _name[0].upper() + _name[1:], "met at least once", CROSSING, WHERE
    )
    JOURNEYS[f"coherent, met {_name}"] = Figure(
        f"{_name[0].upper()}{_name[1:]}: coherent of them",
        "coherent as above",
        f"{CROSSING} that met: {_name}",
        WHERE,
    )


class Settled(NamedTuple):
    """The journeys settled since the fork, in log order; arrays of shape (journeys,)."""

    need: np.ndarray  # int64, see need_key
    segment: np.ndarray  # 0 buyers, 1 shoppers
    touched: np.ndarray  # bits of TOUCHPOINTS
    coherent: np.ndarray  # bool

    @property
    def crossed(self) -> np.ndarray:
        """Which are cross-channel."""
        return np.bitwise_count(self.touched) >= 2

    def by_segment(self, which: np.ndarray | slice = EVERY) -> np.ndarray:
        """How many of these (a mask), by segment."""
        return np.bincount(self.segment[which], minlength=2)


def settled(run: RunLog) -> Settled:
    """What the journal tells of the journeys that were settled since the fork."""
    parts = []
    for rows in in_pieces(since_fork(run)):
        done = np.flatnonzero(rows["kind"] == ev.JOURNEY_DONE)
        segment = run.people["shopper"][rows["customer"][done]]
        coherent = rows["value"][done] == 0
        parts.append((need_key(rows, done), segment, rows["minute"][done], coherent))
    if not parts:
        none = np.zeros(0, np.int64)
        return Settled(none, none, none, none == 0)
    return Settled(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def measure_journeys(
    run: RunLog, economics: Economics, item_cost_oere: np.ndarray, base: RunLog | None = None
) -> pd.DataFrame:
    """Every figure of :data:`JOURNEYS`: seed, strategy, what, value; NaN over nothing.

    ``base``: the baseline's run in the same world, with which needs are paired; None for its own.
    Raises ValueError if the worlds do not match.
    """
    done = settled(run)
    spent = besides_goods(money(run, economics, item_cost_oere)).sum() / 1000
    found = _across(done, spent) | _pairs(run, done, base) | _counted(run, len(done.need))
    return as_frame(run, JOURNEYS, found)


def _across(done: Settled, spent: float) -> dict[str, float]:
    """How many cross, how many of them hang together, and what they met on the way.

    ``spent``: cost other than goods, 1,000 DKK.
    """
    crossed, coherent, touched = done.crossed, done.coherent, done.touched
    places = np.bitwise_count(touched & PLACES) >= 2

    def hang_together(which: np.ndarray) -> float:
        return share((which & coherent).sum(), which.sum())

    found = {
        "cross-channel": 100 * share(crossed.sum(), len(crossed)),
        "coherent": hang_together(crossed),
        "coherent per cost": share((crossed & coherent).sum(), spent),
        "cross-channel, places": 100 * share(places.sum(), len(places)),
        "coherent, places": hang_together(places),
        "coherent, one touchpoint": hang_together(~crossed),
    }
    for name, groups in MEETINGS.items():
        met = crossed.copy()
        for group in groups:
            met &= touched & group != 0
        found[f"met {name}"] = share(met.sum(), crossed.sum())
        found[f"coherent, met {name}"] = hang_together(met)
    return found


def _pairs(run: RunLog, done: Settled, base: RunLog | None) -> dict[str, float]:
    """Of the needs that crossed touchpoints in both worlds, how many hang together in each."""
    if base is None:
        return {name: np.nan for name, figure in JOURNEYS.items() if figure.section == BOTH}
    if (run.seed, run.fork_day, run.end_day) != (base.seed, base.fork_day, base.end_day):
        raise ValueError("needs can be paired only with one seed, fork and end")
    there = settled(base)
    mine, theirs = np.flatnonzero(done.crossed), np.flatnonzero(there.crossed)
    both, at, at_there = np.intersect1d(done.need[mine], there.need[theirs], return_indices=True)
    here = share(done.coherent[mine[at]].sum(), len(both))
    before = share(there.coherent[theirs[at_there]].sum(), len(both))
    return {
        "both": float(len(both)),
        "coherent, both": here,
        "coherent, both, baseline": before,
        DIFFERENCE: here - before,
    }


def _counted(run: RunLog, journeys: int) -> dict[str, float]:
    """What the tally counts: things done again by kind, contradictions and what follows them."""
    tally = run.tally

    def count(kind: int, field: int | None = None) -> int:
        return int(tally.counted(kind, field).sum())

    def again(times: int) -> float:
        return 100 * share(times, journeys)

    reached = sum(count(kind) for kind in (*ev.READ, ev.APP_MESSAGE, ev.AD_NOTICED))
    sold = count(ev.WEB_ORDER) + count(ev.STORE_SALE) - count(ev.STORE_SALE, ev.EXCHANGE)
    years = float(person_years(run).sum())
    return {f"again: {name}": again(count(ev.REPEATED, k)) for k, name in DOES_AGAIN.items()} | {
        "went away": again(count(ev.WENT_AWAY)),
        "typed": again(count(ev.REPEATED, ev.TYPED)),
        "contradictions": 1000 * share(count(ev.CONTRADICTED), reached),
        "returned for price": 1000 * share(count(ev.RETURNS_FOR_PRICE), sold),
        "consents": 1000 * share(count(ev.CONSENT_WITHDRAWN), years),
    }
