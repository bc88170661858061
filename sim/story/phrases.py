"""The words of the story: what events are called, and how counts, dates and sums are put."""

from __future__ import annotations

from collections import Counter

import numpy as np

from sim.core import events as ev
from sim.language import day_and_month, marked, t, tn
from sim.language import number as figure
from sim.story.divergence import number

FIRST_OF_MONTH = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30])
ISSUES = {
    ev.MAIL_SENT: marked("a mail"),
    ev.MAIL_OPENED: marked("what stands in a mail below its first item"),
    ev.TEXT_SENT: marked("a text message"),
    ev.PUSHED: marked("a message in the app"),
    ev.AD_SHOWN: marked("an advertisement"),
    ev.POST_SEEN: marked("a post"),
    ev.WEB_VISIT: marked("whether the web shop knows its visitor"),
    ev.STORE_VISIT: marked("whether staff know their visitor"),
    ev.REPEATED: marked("whether progress is carried over"),
    ev.SERVICE_ASKED: marked("what an agent sees"),
    ev.SERVICE_ANSWERED: marked("an answer of the customer centre"),
    ev.SERVICE_GAVE_UP: marked("a queue"),
    ev.SCORED: marked("being asked how a contact was"),
    ev.DESK_WAITED: marked("a queue"),
    ev.REFUNDED: marked("a queue"),
    ev.SUBSCRIBED: marked("being asked for permission"),
    ev.CLUB_JOINED: marked("being asked to join the club"),
    ev.SEARCH_CLICKED: marked("a place above the search results"),
    ev.NEED_WOKEN: marked("what the front page shows"),
}
PRONOUNS = {"he": marked("he his him"), "she": marked("she her her")}
SEEN_AS = (
    marked("which takes {him} for a stranger"),
    marked("which knows the device"),
    marked("which knows {him} by name"),
    marked("which takes {him} for who shares the computer with {him}"),
)
ASKS = (  # by the way, and by what it is about
    (
        marked("calls the customer centre about a product"),
        marked("calls the customer centre about an order"),
        marked("calls the customer centre about something bought"),
    ),
    (
        marked("chats with the customer centre about a product"),
        marked("chats with the customer centre about an order"),
        marked("chats with the customer centre about something bought"),
    ),
    (
        marked("writes to the customer centre about a product"),
        marked("writes to the customer centre about an order"),
        marked("writes to the customer centre about something bought"),
    ),
)
STORE = (
    marked("goes to {store}"),
    marked("goes to {store} for {his} order"),
    marked("goes to {store} to return something"),
    marked("looks round in {store}"),
)
STORE_KNOWN = (  # the same, where staff know who it is
    marked("goes to {store}, where staff look {him} up"),
    marked("goes to {store} for {his} order, where staff look {him} up"),
    marked("goes to {store} to return something, where staff look {him} up"),
    marked("looks round in {store}, where staff look {him} up"),
)
STORE_CLOSED = (  # the same, when nobody is there
    marked("goes to {store} after closing time; {his} phone opens the door"),
    marked("goes to {store} for {his} order after closing time; {his} phone opens the door"),
    marked("goes to {store} to return something after closing time; {his} phone opens the door"),
    marked("looks round in {store} after closing time; {his} phone opens the door"),
)
AGAIN = {
    ev.SEARCHED: marked("has to find again what {he} had found before"),
    ev.FILLED: marked("finds the basket empty and has to fill it again"),
    ev.SAID: marked("has to say again what {he} had told us"),
    ev.CASE: marked("has to tell {his} case from the start"),
    ev.RECEIPT: marked("has no receipt along, so that the purchase has to be found"),
    ev.TYPED: marked("types name and street again"),
}
MAIL = {  # by its content
    "basket": marked("The {way} '{title}' reminds of {thing}"),
    "complement": marked("The {way} '{title}' suggests {thing}"),
    "best": marked("The {way} '{title}' shows {thing}"),
    "care": marked("The {way} '{title}' tells how to care for {thing}"),
    "better": marked("The {way} '{title}' shows, as a better one, {thing}"),
    "back": marked("The {way} '{title}' says that it is back: {thing}"),
    "review": marked("The {way} '{title}' asks for a review of {thing}"),
}
MAIL_OFF = {  # the same with a price cut
    "basket": marked("The {way} '{title}' reminds of {thing} at {share} off"),
    "complement": marked("The {way} '{title}' suggests {thing} at {share} off"),
    "best": marked("The {way} '{title}' shows {thing} at {share} off"),
    "care": marked("The {way} '{title}' tells how to care for {thing} at {share} off"),
    "better": marked("The {way} '{title}' shows, as a better one, {thing} at {share} off"),
    "back": marked("The {way} '{title}' says that it is back: {thing} at {share} off"),
    "review": marked("The {way} '{title}' asks for a review of {thing} at {share} off"),
}
WAYS = {
    ev.MAIL_SENT: marked("mail"),
    ev.TEXT_SENT: marked("text message"),
    ev.PUSHED: marked("app message"),
}
PLAIN = {code: kind.told for code, kind in ev.TABLE.items() if kind.told}


def pronouns(of: str) -> dict[str, str]:
    """The words for {he}, {his} and {him}, of him or of her."""
    return dict(zip(("he", "his", "him"), t(PRONOUNS[of]).split(), strict=True))


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
        told = {
            "mails": tn("one mail", "{many} mails", mails.total(), many=number(mails.total())),
            "things": listed(mails),
            "read": number(read) if read else t("none"),
            "clicks": number(clicked.total()),
        }
        if clicked:
            parts.append(t("gets {mails} ({things}), opens {read} and clicks {clicks}", **told))
        else:
            parts.append(t("gets {mails} ({things}), opens {read}", **told))
    if "ad" in about:
        parts.append(
            t("sees {ads} of ours ({things})", ads=ads(about["ad"]), things=listed(about["ad"]))
        )
    if "post" in about:
        n = about["post"].total()
        posts = tn("one post", "{many} posts", n, many=number(n))
        parts.append(
            t("sees {posts} of ours ({things})", posts=posts, things=listed(about["post"]))
        )
    if "brand ad" in about:
        parts.append(t("sees {ads} saying who we are", ads=ads(about["brand ad"])))
    for seen_as, times in about.get("visit", Counter()).items():
        told = {"often": often(times), "seen_as": seen_as}
        parts.append(t("looks round the web shop {often}, {seen_as}", **told))
    if "store" in about:
        parts.append(t("looks round the store {often}", often=often(about["store"].total())))
    if "let go" in about:
        parts.append(t("gives up on {things}", things=joined(list(about["let go"]))))
    return f"{he.capitalize()} {'; '.join(parts)}." if parts else ""


def ads(things: Counter) -> str:
    """So many ads."""
    return tn("one ad", "{many} ads", things.total(), many=number(things.total()))


def listed(things: Counter) -> str:
    """What was shown, the most frequent first."""
    shown = [f"{what} {often(n)}" if n > 1 else what for what, n in things.most_common(3)]
    return ", ".join([*shown, "..."] if len(things) > 3 else shown)


def joined(parts: list[str]) -> str:
    """a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return t("{several} and {last}", several=", ".join(parts[:-1]), last=parts[-1])


def often(n: int) -> str:
    """So many times."""
    if n in (1, 2):
        return t("once") if n == 1 else t("twice")
    return t("{many} times", many=number(n))


def kroner(oere: int) -> str:
    """An amount in whole kroner."""
    return t("DKK {n}", n=figure(round(int(oere) / 100)))


def date(day: int) -> str:
    """12 March."""
    return day_and_month(day)


def month_of(day: int) -> int:
    """Month of a day, 0 January."""
    return int(np.searchsorted(FIRST_OF_MONTH, day % 365, side="right")) - 1
