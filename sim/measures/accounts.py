"""The books of a run: its events in whole øre, by segment and day by day.

:func:`money` books the events of a :class:`~sim.world.tally.RunLog` since the fork and
:func:`daily_money` the same day by day. Segments are coded 0 buyers, 1 shoppers; arrays "by
segment" have that order and shape (2,).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

import numpy as np

from sim.core import events as ev
from sim.core.rows import joined, picked
from sim.settings.economics import Economics
from sim.world.tally import KEEP, KINDS, NO_EVENTS, RunLog, Tally

YEAR = 365  # days
PIECE = 1 << 20  # rows
COSTS = (
    "cost_goods",
    "cost_media",
    "cost_messages",
    "cost_service",
    "cost_delivery",
    "cost_returns",
    "cost_club",
    "cost_upkeep",
    "cost_use",
    "cost_change",
)
OF_MATURITY = ("cost_upkeep", "cost_use", "cost_change")


LEAVES = np.zeros(KINDS, np.int64)  # by kind of event: 1 goods leave, -1 they come back
LEAVES[[ev.WEB_ORDER, ev.STORE_SALE]] = 1
LEAVES[[ev.RETURN_BY_MAIL, ev.RETURN_IN_STORE]] = -1


def per_segment(pair: np.ndarray) -> dict[str, float]:
    """Of an additive quantity by segment: all, shoppers, buyers."""
    return {"all": pair[0] + pair[1], "shoppers": pair[1], "buyers": pair[0]}


def between(journal: np.ndarray, first: int, end: int) -> np.ndarray:
    """The part of a log (a view) with first <= day < end."""
    days = journal["day"]  # not np.searchsorted: it would copy them all, to look at twenty
    start = bisect_left(days, first)
    return journal[start : bisect_left(days, end, start)]


def in_pieces(rows: np.ndarray) -> list[np.ndarray]:
    """The rows in views of a million: what is worked out row by row needs room for one of them."""
    return [rows[k : k + PIECE] for k in range(0, len(rows), PIECE)]


def taken(
    run: RunLog, take: Callable[[np.ndarray], np.ndarray], first: int = 0, end: int | None = None
) -> np.ndarray:
    """The rows that ``take`` keeps of the journal of these days, its part before the fork too."""
    last = run.end_day if end is None else end
    parts = [between(part, first, last) for part in (run.before, run.journal)]
    kept = [take(piece) for part in parts for piece in in_pieces(part)]
    return joined(kept) if kept else NO_EVENTS


def since_fork(run: RunLog) -> np.ndarray:
    """The journal from the fork on, a view."""
    return between(run.journal, run.fork_day, run.end_day)


def sales(journal: np.ndarray) -> np.ndarray:
    """Rows that are a sale of ours."""
    kinds = journal["kind"]
    return picked(journal, (kinds == ev.WEB_ORDER) | (kinds == ev.STORE_SALE))


def purchases(journal: np.ndarray) -> np.ndarray:
    """Rows that are a sale of ours and not an exchange."""
    kinds, values = journal["kind"], journal["value"]
    bought = (kinds == ev.STORE_SALE) & (values != ev.EXCHANGE)
    return picked(journal, (kinds == ev.WEB_ORDER) | bought)


def sold_to_known(tally: Tally) -> tuple[np.ndarray, np.ndarray]:
    """Sales to known people, and all sales, since the fork: øre by segment [P8]."""
    sold = list(ev.SALES)
    return tally.seen_amount[:, sold, ev.A_PERSON].sum(axis=1), tally.amount[:, sold].sum(axis=1)


def person_years(run: RunLog, first: int | None = None, end: int | None = None) -> np.ndarray:
    """Years spent in the market by segment, between fork and end unless other days are given."""
    people = run.people
    first = run.fork_day if first is None else first
    end = run.end_day if end is None else end
    entry = np.maximum(people["entry_day"], first).astype(np.int64)
    days = np.maximum(np.minimum(people["exit_day"], end) - entry, 0)
    return np.array([days[people["shopper"] == s].sum() for s in (0, 1)]) / YEAR


def active_years(run: RunLog) -> np.ndarray:
    """Active-years since the fork, by segment.

    A day counts if the person is in the market and bought from us on it or on one of the 364
    days before; what was bought before day 0 is not known. Every sale falls on such a day.
    """
    rows = taken(run, sales)
    days = np.unique(rows["customer"].astype(np.int64) << 32 | rows["day"])
    who, day = days >> 32, days & 0xFFFFFFFF
    next_day = np.full(len(day), np.iinfo(np.int64).max)
    same = who[1:] == who[:-1]
    next_day[:-1][same] = day[1:][same]
    first = np.maximum(day, run.fork_day)
    last = np.minimum(np.minimum(next_day, day + YEAR), run.end_day)
    last = np.minimum(last, run.people["exit_day"][who])
    active = np.maximum(last - first, 0)
    segment = run.people["shopper"][who]
    return np.array([active[segment == s].sum() for s in (0, 1)]) / YEAR


def reconcile(run: RunLog) -> None:
    """Check that journal and tally agree on every kind kept; ValueError names one that does not."""
    rows = since_fork(run)
    cell = run.people["shopper"][rows["customer"]].astype(np.int64) * KINDS + rows["kind"]
    rows_found = np.bincount(cell, minlength=2 * KINDS).reshape(2, KINDS)
    oere = np.zeros(2 * KINDS, np.int64)
    np.add.at(oere, cell, rows["amount_oere"])
    oere_found = oere.reshape(2, KINDS)
    counted, amount = run.tally.counts.sum(axis=2), run.tally.amount
    wrong = ((rows_found != counted) | (oere_found != amount)) & (KEEP == 1)
    for s, kind in np.argwhere(wrong):
        found = int(rows_found[s, kind]), int(oere_found[s, kind])
        told = int(counted[s, kind]), int(amount[s, kind])
        raise ValueError(f"{ev.KINDS[kind]}: journal has (rows, øre) {found}, tally has {told}")


def money(run: RunLog, economics: Economics, item_cost_oere: np.ndarray) -> dict[str, np.ndarray]:
    """Every line of the books since the fork: int64 øre by segment, adding up exactly.

    ``item_cost_oere`` (int64) is the purchase price of each row of the catalogue. Costs are
    rounded to whole øre line by line.
    """
    tally, years = run.tally, person_years(run)
    asked = tally.counted(ev.SERVICE_ASKED)
    handed = tally.counted(ev.RETURN_IN_STORE) + tally.value[:, ev.PICKED_UP]
    centre = run.staffed_minutes_centre * economics.service_minute_dkk
    desk = run.staffed_minutes_desk * economics.desk_minute_dkk
    staff = _shared(centre, asked if asked.any() else years)
    staff = staff + _shared(desk, handed if handed.any() else years)
    goods = _goods(run, np.asarray(item_cost_oere))
    lines = _booked(
        economics,
        tally.counts.sum(axis=2).T,
        tally.amount.T,
        tally.value.T,
        media_dkk(run).sum(axis=(0, 2)),
        goods,
        staff,
        *(
            _shared(dkk, years)
            for dkk in (run.upkeep_dkk - run.use_dkk - run.change_dkk, run.use_dkk, run.change_dkk)
        ),
    )
    return _added_up({name: np.rint(oere).astype(np.int64) for name, oere in lines.items()})


def besides_goods(lines: dict[str, np.ndarray]) -> np.ndarray:
    """All costs of the books but goods, DKK by segment."""
    return np.sum([lines[name] for name in COSTS if name != "cost_goods"], axis=0) / 100


def daily_money(run: RunLog, economics: Economics, item_cost_oere: np.ndarray) -> dict:
    """The same lines day by day since the fork, both segments together: float64 DKK, not rounded.

    Staff and upkeep are what each day added to the tally's running totals.
    """
    tally, rows = run.tally, since_fork(run)
    days = len(tally.daily_count)
    cost = goods_rows(rows, np.asarray(item_cost_oere))
    centre, desk, upkeep, use, change = np.diff(tally.running, axis=0, prepend=0.0).T
    lines = _booked(
        economics,
        tally.daily_count.T,
        tally.daily_amount.T,
        tally.daily_value.T,
        media_dkk(run).sum(axis=(1, 2)),
        np.bincount(rows["day"] - run.fork_day, cost, days)[:days],
        100 * (centre * economics.service_minute_dkk + desk * economics.desk_minute_dkk),
        100 * (upkeep - use - change),
        100 * use,
        100 * change,
    )
    return _added_up({name: oere / 100 for name, oere in lines.items()})


def _booked(
    e: Economics,
    count: np.ndarray,
    amount: np.ndarray,
    value: np.ndarray,
    media_dkk: np.ndarray,
    goods: np.ndarray,
    staff: np.ndarray,
    upkeep: np.ndarray,
    use: np.ndarray,
    change: np.ndarray,
) -> dict[str, np.ndarray]:
    """Revenue and costs in øre, not rounded; sums have a row for each kind.

    What is done once for several things costs once: a receipt at the till, a parcel picked up.
    """
    back = [ev.RETURN_BY_MAIL, ev.RETURN_IN_STORE]
    return {
        "gross_revenue": amount[ev.WEB_ORDER] + amount[ev.STORE_SALE],
        "refunds": amount[ev.REFUNDED],
        "fees": amount[ev.FEE_PAID],
        "cost_goods": goods,
        "cost_media": 100 * media_dkk,
        "cost_messages": 100
        * (count[ev.MAIL_SENT] * e.mail_dkk + count[ev.TEXT_SENT] * e.text_dkk),
        "cost_service": staff
        + 100 * (value[ev.BASKET_PAID] * e.store_sale_dkk + count[ev.ADVISED] * e.advice_dkk)
        + 100 * value[ev.FORUM_ASKED] * e.expert_dkk
        + 100 * value[ev.ACT_DONE] * e.desk_minute_dkk,
        "cost_delivery": 100
        * (count[ev.PARCEL_DELIVERED] * e.parcel_dkk + value[ev.PICKED_UP] * e.pickup_dkk),
        "cost_returns": 100
        * (
            count[ev.RETURN_BY_MAIL] * e.mail_return_dkk
            + count[ev.RETURN_IN_STORE] * e.store_return_dkk
        )
        + amount[back].sum(axis=0) * e.return_markdown,
        "cost_club": amount[ev.BONUS_EARNED],
        "cost_upkeep": upkeep,
        "cost_use": use,
        "cost_change": change,
    }


def media_dkk(run: RunLog) -> np.ndarray:
    """What impressions and paid clicks cost, DKK; shape (day, segment, paid line)."""
    counts = run.tally.media[..., :2] + run.tally.media[..., 2:]
    return np.einsum("dslw,dlw->dsl", counts, run.tally.prices)


def _added_up(lines: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    lines["net_revenue"] = lines["gross_revenue"] - lines["refunds"] + lines["fees"]
    lines["contribution"] = lines["net_revenue"] - np.sum([lines[n] for n in COSTS], axis=0)
    return lines


def _shared(dkk: float, parts: np.ndarray) -> np.ndarray:
    """Split a sum between the segments in proportion to ``parts``, in øre; halves if all are 0."""
    whole = round(dkk * 100)
    total = float(parts.sum())
    shoppers = round(whole * (float(parts[1]) / total if total > 0 else 0.5))
    return np.array([whole - shoppers, shoppers])


def goods_rows(rows: np.ndarray, item_cost_oere: np.ndarray) -> np.ndarray:
    """Purchase price of the goods that leave (+) or come back (-) with each row, in øre."""
    way, items = LEAVES[rows["kind"]], rows["item"]
    if ((items < 0) & (way != 0)).any():
        raise ValueError("a sale or a return in the journal names no item")
    return item_cost_oere[items] * way


def _goods(run: RunLog, item_cost_oere: np.ndarray) -> np.ndarray:
    rows = since_fork(run)
    cost = goods_rows(rows, item_cost_oere)
    segment = run.people["shopper"][rows["customer"]]
    return np.array([cost[segment == s].sum() for s in (0, 1)], np.int64)


def bought_between(run: RunLog, first: int, end: int) -> np.ndarray:
    """For each person, on how many days of [first, end) he bought; an exchange is no purchase."""
    rows = taken(run, purchases, first, end)
    days = np.unique(rows["customer"].astype(np.int64) << 32 | rows["day"])
    return np.bincount(days >> 32, minlength=len(run.people))
