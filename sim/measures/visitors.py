"""Customers as shops' own statistics see them: who comes to the web shop and how, what lies in a
basket, where people buy, and how they ask the customer centre.

None of these figures is calibrated on, but the share of visits by search and the spread of order
values, which stand among the building blocks too.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.core import events as ev
from sim.core.records import AT_PHONE
from sim.core.rows import picked
from sim.language import marked
from sim.measures.accounts import YEAR, between, person_years, purchases, since_fork
from sim.measures.building_blocks import order_values, share, spread, visits_by_search
from sim.measures.contacts import CONTACTS, contact_figures, mean
from sim.measures.figures import Figure, as_frame
from sim.measures.stock import SOLD_OUT, sold_out_figures
from sim.measures.store_visits import STORE_VISITS, store_figures
from sim.measures.treated import (
    participants,
    receipts_of_members,
    scanners,
    spent_in_stores,
    times_bought,
)
from sim.world.tally import RunLog

COMES, BASKET, WHERE, BEFORE, TILL, AFTER = (
    marked("Who comes to the web shop"),
    marked("What is in a basket"),
    marked("Where people buy"),
    marked("What goes before"),
    marked("How people pay in stores"),
    marked("What they write and ask"),
)
VISITS, ORDERS = marked("visits to the web shop"), marked("baskets paid for")
REGULARS = marked("people with at least three purchase days with us in the last 365 days")
EVENING = 17 * 60  # minute of the day
OFTEN = 3  # purchase days in a year, from which somebody's places tell of a habit

VISITORS: dict[str, Figure] = {
    "visits": Figure(
        "Visits to the web shop", "whatever brought them", "people", COMES, "per person-year"
    ),
    "on their own": Figure("Typed the address", "or opened the app", VISITS, COMES),
    "phone in the evening": Figure(
        "After 17:00, of those on the phone", "A5", "visits for something, on the phone", COMES
    ),
    "computer in the evening": Figure(
        "After 17:00, of those at the computer", "A5", "visits for something, there", COMES
    ),
    "by name": Figure("Searched for our name", "free result or the ad above it", VISITS, COMES),
    "by search": Figure("Came by a search", "for our name, or for something", VISITS, COMES),
    "by a link": Figure("Came by a link elsewhere", "by chance", VISITS, COMES),
    "strangers": Figure("Have never bought from us", "on the web or in a store", VISITS, COMES),
    "left at once": Figure("Left at once", "saw at a glance that it was nothing", VISITS, COMES),
    "took in content": Figure(
        "Took in content",
        "what the shop has written or filmed, before the goods",
        "years that people spent in the market in the horizon",
        COMES,
        "per person-year",
    ),
    "finds": Figure(
        "Saw what a friend told of",
        "a thing bought from us, praised or warned of",
        "years that people spent in the market in the horizon",
        COMES,
        "per person-year",
    ),
    "in the forum": Figure(
        "Looked into our forum",
        "with nothing else in mind",
        "years that people spent in the market in the horizon",
        COMES,
        "per person-year",
    ),
    "left for content": Figure(
        "Left for content", "that was in the way", VISITS, COMES, "per 1,000"
    ),
    "know us": Figure(
        "Know us", "could name us", "people in the market at the horizon's end", COMES
    ),
    "things": Figure(
        "Things in a basket", "lines of web orders and receipts", ORDERS, BASKET, "things"
    ),
    "order value": Figure("Order value", "price paid for all of it", ORDERS, BASKET, "DKK"),
    "order value, spread": Figure(
        "Spread of order values", "standard deviation over mean", ORDERS, BASKET, "ratio"
    ),
    "often and much": Figure(
        "Who buys often buys much",
        "correlation between purchase days and mean value of one, of those who bought on two days",
        "people who bought since the fork",
        BASKET,
        "correlation",
    ),
    "only stores": Figure("Only in stores", "all they bought", REGULARS, WHERE),
    "only web": Figure("Only on the web", "all they bought", REGULARS, WHERE),
    "both": Figure("In both", "some of it here, some there", REGULARS, WHERE),
    "store sales": Figure("Sold in stores", "price paid", "gross revenue", WHERE),
    "competitor's stores": Figure(
        "Bought in the competitor's stores", "price paid", "sales of the competitor", WHERE
    ),
    "scanned": Figure(
        "Scanned with the app", "and paid for there, past the till", "members' receipts", TILL
    ),
    "scanners' spending": Figure(
        "Spending in stores of members who scan, raw",
        "against that of all members: who takes to it chose it himself [A4]",
        "members with a receipt since the fork",
        TILL,
        "ratio",
    ),
    "till": Figure(
        "Waited at the till", "scanned receipts too, with no minutes", "receipts", TILL, "minutes"
    ),
    "left the queue": Figure(
        "Left the queue at the till",
        "and what had been chosen behind",
        "receipts, and queues left",
        TILL,
    ),
    "looked first": Figure(
        "Looked at the web shop first",
        "on the day of the trip and for the same thing",
        "visits to a store for something",
        BEFORE,
    ),
    "reminded": Figure(
        "Reminded by a mail",
        "without a click: an open wish is back on their mind",
        "mails opened",
        BEFORE,
    ),
    "take part": Figure(
        "Take part in our forum", "in any", "people in the market at the horizon's end", BEFORE
    ),
    "participants' purchases": Figure(
        "Purchases of who takes part in our forum, raw",
        "against those of all who have an account: who takes part chose it himself [B43]",
        "people who have an account at the horizon's end",
        BEFORE,
        "ratio",
    ),
    "in a tier": Figure(
        "In a tier of the club",
        "by what they were told last",
        "people in the market at the horizon's end",
        BEFORE,
    ),
    "costs met": Figure(
        "Costs remembered",
        "what orders and returns have cost beside the price, lately",
        "people who bought from us in the last 365 days",
        BEFORE,
        "DKK",
    ),
    **SOLD_OUT,
    **STORE_VISITS,
    **CONTACTS,
    "reviews": Figure(
        "Reviews", "written of what was bought", "things sold", AFTER, "per 100 things"
    ),
    "stars": Figure("Stars", "of five", "reviews", AFTER, "stars"),
    "portal ratings": Figure(
        "Rated us on the review portal",
        "unasked, or invited after a contact",
        ORDERS,
        AFTER,
        "per 1,000 orders",
    ),
    "portal invited": Figure(
        "Of these invited", "after a contact of which they gave a mark", "ratings there", AFTER
    ),
    "portal stars": Figure("Stars there", "of five", "ratings there", AFTER, "stars"),
    "product questions": Figure(
        "Questions about a product", "calls to the centre", ORDERS, AFTER, "per 100 orders"
    ),
    "answers found": Figure(
        "Questions answered there", "found in the web shop", ORDERS, AFTER, "per 100 orders"
    ),
}


def measure_visitors(run: RunLog, customers: np.ndarray) -> pd.DataFrame:
    """Every figure of :data:`VISITORS`: seed, strategy, what, value (NaN of nothing).

    ``customers``: the driver's table at the end, CUSTOMER.
    """
    found = (
        _coming(run, customers) | _baskets(run) | _places(run, customers) | _tills(run, customers)
    )
    found |= _belonging(run, customers)
    found |= _words(run) | contact_figures(run) | sold_out_figures(run)
    found |= store_figures(run, customers)
    return as_frame(run, VISITORS, found)


def _coming(run: RunLog, customers: np.ndarray) -> dict[str, float]:
    """Visits of the web shop by what brought them, and who knows us at the end."""

    def count(kind: int, field: int | None = None) -> float:
        return float(run.tally.counted(kind, field).sum())

    day, visits = run.end_day - 1, count(ev.WEB_VISIT)
    here = (customers["entry_day"] <= day) & (day < customers["exit_day"])
    trips = _trips(since_fork(run))
    web = picked(trips, trips["kind"] == ev.WEB_VISIT)
    store = picked(trips, trips["kind"] == ev.STORE_VISIT)
    evening, phone = web["minute"] >= EVENING, web["order"] == AT_PHONE
    return {
        "phone in the evening": share(float((evening & phone).sum()), float(phone.sum())),
        "computer in the evening": share(float((evening & ~phone).sum()), float((~phone).sum())),
        "visits": share(visits, float(person_years(run).sum())),
        "on their own": share(count(ev.WEB_VISIT, ev.DIRECT), visits),
        "by name": share(count(ev.NAME_SEARCHED), visits),
        "by search": visits_by_search(run),
        "by a link": share(count(ev.WEB_VISIT, ev.LINK), visits),
        "strangers": share(float(run.tally.value[:, ev.WEB_VISIT].sum()), visits),
        "left at once": share(count(ev.LEFT_AT_ONCE), visits),
        "took in content": share(count(ev.CONTENT_READ), float(person_years(run).sum())),
        "finds": share(count(ev.FIND_SEEN), float(person_years(run).sum())),
        "in the forum": share(count(ev.FORUM_VISITED), float(person_years(run).sum())),
        "left for content": 1000 * share(count(ev.CONTENT_LEFT), visits),
        "know us": share(float((customers["knows_until"][here] > day).sum()), float(here.sum())),
        "looked first": share(float(np.isin(_trip(store), _trip(web)).sum()), float(len(store))),
        "reminded": share(count(ev.REMINDED), sum(count(kind) for kind in ev.READ)),
    }


def _tills(run: RunLog, customers: np.ndarray) -> dict[str, float]:
    """How receipts in stores are paid for: at the till, past it, or not at all."""
    rows = since_fork(run)
    receipts = picked(rows, (rows["kind"] == ev.BASKET_PAID) & (rows["channel"] == ev.STORE))
    members, spent = receipts_of_members(run), spent_in_stores(run)
    left = float(run.tally.counted(ev.TILL_LEFT).sum())
    return {
        "scanned": share(float((members["value"] == 0).sum()), float(len(members))),
        "scanners' spending": share(
            mean(spent[scanners(run, customers)]), mean(spent[np.unique(members["customer"])])
        ),
        "till": share(float(receipts["minute"].sum()), float(len(receipts))),
        "left the queue": share(left, left + len(receipts)),
    }


def _belonging(run: RunLog, customers: np.ndarray) -> dict[str, float]:
    """Who takes part in a forum of ours or is in a tier of the club, and how often they buy."""
    here = customers["exit_day"] >= run.end_day
    times, part = times_bought(run), participants(run, customers)
    with_account = customers["id"][here & (customers["account"] == 1)]
    return {
        "take part": share(float(part.sum()), float(here.sum())),
        "participants' purchases": share(mean(times[part]), mean(times[with_account])),
        "in a tier": share(float((here & (customers["tier"] > 0)).sum()), float(here.sum())),
    }


def _trips(rows: np.ndarray) -> np.ndarray:
    """Visits for something: to the web shop, and to a store (not for a pick-up or a return)."""
    kinds, wanted = rows["kind"], rows["need"] >= 0
    plain = (kinds == ev.STORE_VISIT) & (rows["order"] == 0)
    return picked(rows, wanted & ((kinds == ev.WEB_VISIT) | plain))


def _trip(rows: np.ndarray) -> np.ndarray:
    """Who went for which need on which day, as one number."""
    key = rows["customer"].astype(np.int64) << 44 | rows["need"].astype(np.int64) << 16
    return key | rows["day"]


def _baskets(run: RunLog) -> dict[str, float]:
    """How much lies in a basket, and in whose."""
    sold = sum(float(run.tally.counted(kind).sum()) for kind in ev.SALES)
    who, value = order_values(run)
    people, at, times = np.unique(who, return_inverse=True, return_counts=True)
    mean = np.bincount(at, value, minlength=len(people)) / np.maximum(times, 1)
    again = times > 1
    alike = float("nan")
    if again.sum() > 2 and np.ptp(times[again]) > 0 and np.ptp(mean[again]) > 0:
        alike = float(np.corrcoef(times[again], mean[again])[0, 1])
    return {
        "things": share(sold, float(run.tally.counted(ev.BASKET_PAID).sum())),
        "order value": float(value.mean()) if len(value) else float("nan"),
        "order value, spread": spread(value),
        "often and much": alike,
    }


def _words(run: RunLog) -> dict[str, float]:
    """Reviews of what was bought and of us, and questions about what might be."""

    def count(kind: int, field: int | None = None) -> float:
        return float(run.tally.counted(kind, field).sum())

    orders = count(ev.BASKET_PAID)
    rows = since_fork(run)
    rated = picked(rows, rows["kind"] == ev.RATED_US)
    invited = float((rated["channel"] == ev.EMAIL).sum())
    return {
        "portal ratings": 1000 * share(float(len(rated)), orders),
        "portal invited": share(invited, float(len(rated))),
        "portal stars": mean(rated["value"]),
        "reviews": 100 * share(count(ev.REVIEWED), sum(map(count, ev.SALES))),
        "stars": share(float(run.tally.value[:, ev.REVIEWED].sum()), count(ev.REVIEWED)),
        "product questions": 100 * share(count(ev.SERVICE_ASKED, ev.ABOUT_PRODUCT), orders),
        "answers found": 100 * share(count(ev.ANSWER_FOUND), orders),
    }


def _places(run: RunLog, customers: np.ndarray) -> dict[str, float]:
    """Where those buy who buy often, and how much is sold where."""
    rows = between(run.journal, max(run.end_day - YEAR, run.fork_day), run.end_day)
    rows = purchases(rows)
    n = len(run.people)
    days = np.unique(rows["customer"].astype(np.int64) << 32 | rows["day"])
    often = np.bincount(days >> 32, minlength=n) >= OFTEN
    web = np.bincount(rows["customer"][rows["kind"] == ev.WEB_ORDER], minlength=n)[often] > 0
    store = np.bincount(rows["customer"][rows["kind"] == ev.STORE_SALE], minlength=n)[often] > 0
    sold = {kind: float(run.tally.amount[:, kind].sum()) for kind in ev.SALES}
    elsewhere = _elsewhere(since_fork(run))
    theirs = elsewhere["amount_oere"]
    bought = np.isin(customers["id"], rows["customer"])
    return {
        "only stores": share(float((store & ~web).sum()), float(often.sum())),
        "only web": share(float((web & ~store).sum()), float(often.sum())),
        "both": share(float((web & store).sum()), float(often.sum())),
        "store sales": share(sold[ev.STORE_SALE], sum(sold.values())),
        "competitor's stores": share(
            float(theirs[elsewhere["value"] == 1].sum()), float(theirs.sum())
        ),
        "costs met": share(float(customers["costs_met_dkk"][bought].sum()), float(bought.sum())),
    }


def _elsewhere(rows: np.ndarray) -> np.ndarray:
    """Sales of the competitor."""
    return picked(rows, rows["kind"] == ev.COMPETITOR_SALE)
