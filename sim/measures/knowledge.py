"""What the company knows, held against the truth: the gap between the two tables as a result.

Two kinds of figure. Of what happened since the fork: in how many visits, calls and kroner of sales
it knew whom it had before it (field ``seen_as`` of the events; P8). Of the state at the end: what
its records say of its customers, read as its own departments read them, beside what is true.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.company.reading import BOTH, IN_STORE, NEITHER, ONLINE, as_read
from sim.core import events as ev
from sim.core.records import ACTIVE, CATEGORIES, STYLES
from sim.language import marked
from sim.measures.accounts import YEAR, purchases, taken
from sim.measures.building_blocks import share
from sim.measures.figures import Figure, as_frame
from sim.world.tally import RunLog

BUYS = {ONLINE: marked("online only"), IN_STORE: marked("in stores only"), BOTH: marked("both")}
TAKEN_FOR = {NEITHER: marked("nobody"), **BUYS}

PRESENT = marked("people in the market at the horizon's end")
BUYERS = marked("people in the market at the end who bought from us in the last 365 days")
KNOWN: dict[str, Figure] = {
    "sales": Figure(
        "Sales to a known person",
        "value of sales with a card shown, a log-in, a linked device or mail (P8)",
        "value of all sales since the fork",
        "Who is before us",
    ),
    "sales online": Figure(
        "of which online",
        "value of web orders of visitors known by name, or who opened an account with it",
        "value of all web orders since the fork",
        "Who is before us",
    ),
    "sales in store": Figure(
        "of which in stores",
        "value of sales to people whom the till knew",
        "value of all store sales since the fork",
        "Who is before us",
    ),
    "web visits, person": Figure(
        "Web visits of a known person",
        "visitor logged in, come by a mail of ours, or on a linked device",
        "web visits since the fork",
        "Who is before us",
    ),
    "web visits, device": Figure(
        "Web visits of a known device",
        "only the cookie is known",
        "web visits since the fork",
        "Who is before us",
    ),
    "web visits, another": Figure(
        "Web visits taken for another's",
        "the browser is logged in or linked as who shares the computer",
        "web visits since the fork",
        "Who is before us",
    ),
    "store visits": Figure(
        "Store visits of a known person",
        "staff know who has come in",
        "store visits since the fork",
        "Who is before us",
    ),
    "calls": Figure(
        "Contacts of a known person",
        "the number he calls from, the address he writes from or the log-in he chats with leads to "
        "his file",
        "questions to the customer centre since the fork",
        "Who is before us",
    ),
    "customers": Figure(
        "Customers with a purchase on file",
        "at least one of the purchases of the last 365 days is on file under a name",
        BUYERS,
        "What is on file",
    ),
    "counted": Figure(
        "Customers counted",
        "records with a purchase of the last 365 days, linked ones as one: who stands in several "
        "that nobody has linked is counted several times, who stands in none not at all",
        BUYERS,
        "What is on file",
    ),
    "twice": Figure(
        "Counted more than once",
        "stand in several records with a purchase, by two addresses, two cards, or a card that is "
        "not linked to the address",
        BUYERS,
        "What is on file",
    ),
    "mailed twice": Figure(
        "On the list twice",
        "of those who may be written to: two addresses of theirs are on the list",
        "people who bought from us in the last 365 days and may be written to",
        "What is on file",
    ),
    "members": Figure("Members of the club", "carry the card", BUYERS, "What is on file"),
    "app": Figure("Have the app", "our app is on their phone", BUYERS, "What is on file"),
    "objects": Figure(
        "Must not be profiled",
        "refused, or took back, the consent to be addressed by what is known of them",
        BUYERS,
        "What is on file",
    ),
    "permission": Figure("May be written to", "permission for e-mail", BUYERS, "What is on file"),
    "reachable": Figure(
        "Reachable by e-mail",
        "permission, and one of the last mails was opened (company.systems.unopened_before_rest)",
        BUYERS,
        "What is on file",
    ),
    "all members": Figure(
        "Members of the club, of everybody",
        "carry the card, customers or not",
        PRESENT,
        "What is on file",
    ),
    "mailing list": Figure(
        "On the mailing list, of everybody",
        "may be sent the newsletter, customers or not",
        PRESENT,
        "What is on file",
    ),
    "last purchase": Figure(
        "Last purchase known",
        "the newest purchase that the newsletter can see is of the category bought last",
        BUYERS,
        "Is it right?",
    ),
    "taste": Figure(
        "Favourite category known",
        "the category that the newsletter believes he likes best, best sellers aside, is his",
        BUYERS,
        "Is it right?",
    ),
    "open need": Figure(
        "Open need noticed",
        "the newsletter can see that he looked at that category lately and has not bought since",
        "open needs of which people in the market are aware at the end",
        "Is it right?",
    ),
    "false alarm": Figure(
        "Open need imagined",
        "he has no such need, or no longer",
        "categories looked at lately and not bought since, as far as the newsletter can see",
        "Is it right?",
    ),
}
for _buys in BUYS.values():
    for _taken in TAKEN_FOR.values():
        KNOWN[f"{_buys}, taken for {_taken}"] = Figure(
            f"Buys {_buys}, taken for {_taken}",
            "by the purchases of the last 365 days on the records that are linked",
            f"{BUYERS}, {_buys}",
            "Where they buy",
        )


def measure_knowledge(
    run: RunLog,
    customers: np.ndarray,
    profiles: np.ndarray,
    minds: np.ndarray,
    firm: np.ndarray,
    rest_after: int,
) -> pd.DataFrame:
    """Every figure of :data:`KNOWN`: seed, strategy, what, value (share; NaN of nothing).

    ``customers`` and ``profiles`` are the drivers' tables at the end, row by row, ``minds`` the
    rows whose facts are used; ``firm`` is the company's record; ``rest_after``: mails unopened in a
    row after which nobody is reached.
    """
    read = as_read(profiles, minds, firm, run.end_day - 1, run.seed)
    found = _met(run) | _on_file(run, customers, profiles, read, rest_after)
    return as_frame(run, KNOWN, found)


def _met(run: RunLog) -> dict[str, float]:
    """Of all that happened since the fork, with whom the company knew it had to do."""
    seen, oere = run.tally.seen.sum(axis=0), run.tally.seen_amount.sum(axis=0)
    sold = oere[list(ev.SALES)]
    visits, stores, calls = seen[[ev.WEB_VISIT, ev.STORE_VISIT, ev.SERVICE_ASKED]]
    return {
        "sales": share(sold[:, ev.A_PERSON].sum(), sold.sum()),
        "sales online": share(sold[0, ev.A_PERSON], sold[0].sum()),
        "sales in store": share(sold[1, ev.A_PERSON], sold[1].sum()),
        "web visits, person": share(visits[ev.A_PERSON], visits.sum()),
        "web visits, device": share(visits[ev.A_DEVICE], visits.sum()),
        "web visits, another": share(visits[ev.ANOTHER], visits.sum()),
        "store visits": share(stores[ev.A_PERSON], stores.sum()),
        "calls": share(calls[ev.A_PERSON], calls.sum()),
    }


def _on_file(
    run: RunLog, customers: np.ndarray, profiles: np.ndarray, read: np.ndarray, rest_after: int
) -> dict[str, float]:
    """What the records say of the customers, beside what is true of them."""
    day = run.end_day - 1
    here = (customers["entry_day"] <= day) & (day < customers["exit_day"])
    buys, last = bought_where(run, customers["id"])
    buys[~here] = NEITHER
    active = buys > 0
    taste = customers["taste"].reshape(len(here), CATEGORIES, STYLES).sum(axis=2)
    addresses = profiles["addresses"]
    reached = ((addresses["permission"] == 1) & (addresses["unopened"] < rest_after)).any(axis=1)
    wanted = np.zeros((len(here), CATEGORIES), bool)
    who, place = np.nonzero(customers["needs"]["state"] == ACTIVE)
    wanted[who, customers["needs"]["category"][who, place]] = True
    thought = (read["looked_at"][:, None] >> np.arange(CATEGORIES)) & 1 == 1
    wanted, thought = wanted[here], thought[here]

    def of_buyers(right: np.ndarray) -> float:
        return share(float((right & active).sum()), float(active.sum()))

    found = {
        "customers": of_buyers(read["on_file"] > 0),
        "counted": share(float(read["on_file"][active].sum()), float(active.sum())),
        "twice": of_buyers(read["on_file"] > 1),
        "mailed twice": share(
            float((addresses["permission"].all(axis=1) & active).sum()),
            float((profiles["written_to"][active] == 1).sum()),
        ),
        "members": of_buyers(customers["club"] == 1),
        "app": of_buyers(customers["app"] == 1),
        "objects": of_buyers(profiles["objects"] == 1),
        "permission": of_buyers(profiles["written_to"] == 1),
        "reachable": of_buyers(reached),
        "all members": share(float((here & (customers["club"] == 1)).sum()), float(here.sum())),
        "mailing list": share(
            float((here & (profiles["written_to"] == 1)).sum()), float(here.sum())
        ),
        "last purchase": of_buyers(read["last_category"] == last),
        "taste": of_buyers(read["favourite"] == taste.argmax(axis=1)),
        "open need": share(float((wanted & thought).sum()), float(wanted.sum())),
        "false alarm": share(float((thought & ~wanted).sum()), float(thought.sum())),
    }
    for true, how in BUYS.items():
        of_these = buys == true
        for taken_for, name in TAKEN_FOR.items():
            right = float((of_these & (read["buys"] == taken_for)).sum())
            found[f"{how}, taken for {name}"] = share(right, float(of_these.sum()))
    return found


def bought_where(run: RunLog, people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For these ids: where they bought in the last 365 days (bits), and the category bought last.

    Exchanges left out; -1 where nothing was bought.
    """
    rows = taken(run, purchases, max(run.end_day - YEAR, 0), run.end_day)
    place = np.where(rows["kind"] == ev.WEB_ORDER, ONLINE, IN_STORE)
    where = np.zeros(len(run.people), np.int64)
    np.bitwise_or.at(where, rows["customer"], place)
    last = np.full(len(run.people), -1)
    last[rows["customer"]] = rows["category"]  # in log order: the last one stays
    return where[people], last[people]
