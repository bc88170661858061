"""The words of the story: what events are called, and how counts, dates and sums are put."""

from __future__ import annotations

from collections import Counter

import numpy as np

from sim.core import events as ev
from sim.story.divergence import count, number

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
FIRST_OF_MONTH = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30])
ISSUES = {
    ev.MAIL_SENT: "a mail",
    ev.MAIL_OPENED: "what stands in a mail below its first item",
    ev.TEXT_SENT: "a text message",
    ev.PUSHED: "a message in the app",
    ev.AD_SHOWN: "an advertisement",
    ev.POST_SEEN: "a post",
    ev.WEB_VISIT: "whether the web shop knows its visitor",
    ev.STORE_VISIT: "whether staff know their visitor",
    ev.REPEATED: "whether progress is carried over",
    ev.SERVICE_ASKED: "what an agent sees",
    ev.SERVICE_ANSWERED: "an answer of the customer centre",
    ev.SERVICE_GAVE_UP: "a queue",
    ev.SCORED: "being asked how a contact was",
    ev.DESK_WAITED: "a queue",
    ev.REFUNDED: "a queue",
    ev.SUBSCRIBED: "being asked for permission",
    ev.CLUB_JOINED: "being asked to join the club",
    ev.SEARCH_CLICKED: "a place above the search results",
    ev.NEED_WOKEN: "what the front page shows",
}
PRONOUNS = {"he": ("he", "his", "him"), "she": ("she", "her", "her")}
SEEN_AS = (
    "which takes {him} for a stranger",
    "which knows the device",
    "which knows {him} by name",
    "which takes {him} for who shares the computer with {him}",
)
STORE = (
    "goes to the store",
    "goes to the store for {his} order",
    "goes to the store to return something",
    "looks round in the store",
)
ABOUT = ("a product", "an order", "something bought")
ASKS = ("calls", "chats with", "writes to")
AGAIN = {
    ev.SEARCHED: "has to find again what {he} had found before",
    ev.FILLED: "finds the basket empty and has to fill it again",
    ev.SAID: "has to say again what {he} had told us",
    ev.CASE: "has to tell {his} case from the start",
    ev.RECEIPT: "has no receipt along, so that the purchase has to be found",
    ev.TYPED: "types name and street again",
}
MAIL = {  # by its content
    "basket": "reminds of",
    "complement": "suggests",
    "best": "shows",
    "care": "tells how to care for",
    "better": "shows, as a better one,",
    "back": "says that it is back:",
    "review": "asks for a review of",
}
WAYS = {ev.MAIL_SENT: "mail", ev.TEXT_SENT: "text message", ev.PUSHED: "app message"}
PLAIN = {code: kind.told for code, kind in ev.TABLE.items() if kind.told}


def besides(notes: list[tuple[str, str]], he: str) -> str:
    """Everyday events of some weeks in one or two sentences."""
    about: dict[str, Counter] = {}
    for kind, thing in notes:
        about.setdefault(kind, Counter())[thing] += 1
    parts = []
    unread, opened, clicked = (
        about.get(f"mail{what}", Counter()) for what in ("", " opened", " clicked")
    )
    mails, read = unread + opened + clicked, (opened + clicked).total()
    if mails:
        clicks = f" and clicks {number(clicked.total())}" if clicked else ""
        parts.append(
            f"gets {count(mails.total(), 'mail')}{listed(mails)}"
            f", opens {number(read) if read else 'none'}{clicks}"
        )
    for kind in ("ad", "post"):
        if kind in about:
            parts.append(f"sees {count(about[kind].total(), kind)} of ours{listed(about[kind])}")
    if "brand ad" in about:
        parts.append(f"sees {count(about['brand ad'].total(), 'ad')} that say who we are")
    for seen_as, times in about.get("visit", Counter()).items():
        parts.append(f"looks round the web shop {often(times)}, {seen_as}")
    if "store" in about:
        parts.append(f"looks round the store {often(about['store'].total())}")
    if "let go" in about:
        parts.append(f"gives up on {joined(list(about['let go']))}")
    return f"{he.capitalize()} {'; '.join(parts)}." if parts else ""


def listed(things: Counter) -> str:
    """What was shown, the most frequent first, in brackets."""
    shown = [f"{t} {often(n)}" if n > 1 else t for t, n in things.most_common(3)]
    more = ", ..." if len(things) > 3 else ""
    return f" ({', '.join(shown)}{more})"


def joined(parts: list[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def often(n: int) -> str:
    """So many times."""
    return {1: "once", 2: "twice"}.get(n, f"{number(n)} times")


def kroner(oere: int) -> str:
    """An amount in whole kroner."""
    return f"DKK {round(int(oere) / 100):,}"


def date(day: int) -> str:
    """12 March."""
    return f"{day % 365 - FIRST_OF_MONTH[month_of(day)] + 1} {MONTHS[month_of(day)]}"


def month_of(day: int) -> int:
    """Month of a day, 0 January."""
    return int(np.searchsorted(FIRST_OF_MONTH, day % 365, side="right")) - 1
