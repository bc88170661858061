"""What a company has on file of one customer on an evening, beside what is true of him.

The company's side is read from its own records, by the rules by which its departments read them;
the true side from the customer's own record. A story tells both; a company sees the first alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.company.content import TELLS_APART, seems_a_shopper
from sim.company.knowledge import able
from sim.company.on_file import read
from sim.company.reading import as_read
from sim.core.records import (
    ACTIVE,
    APP_MESSAGES,
    AT_COMPUTER,
    AT_PHONE,
    BY_CLUB,
    BY_MAIL,
    BY_OLD_CARD,
    BY_OTHER_MAIL,
    CATEGORIES,
    COMING,
    FREQUENCY,
    MONEY,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    RECENCY,
    STYLES,
    TEXTS,
    TO_PICK_UP,
    to_row,
)
from sim.language import marked, t
from sim.story.phrases import date, joined, kroner
from sim.world.drivers import COMPILED

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel

DEVICES = {AT_COMPUTER: marked("computer"), AT_PHONE: marked("phone")}
NAMED = {
    BY_MAIL: marked("e-mail address"),
    BY_CLUB: marked("club card"),
    BY_OTHER_MAIL: marked("another e-mail address"),
    BY_OLD_CARD: marked("an old club card"),
}
"""Records under a name; the others are cookies."""
ADDRESS_OF = {BY_MAIL: OWN_ADDRESS, BY_OTHER_MAIL: OTHER_ADDRESS}


class Known(NamedTuple):
    """One thing that a company may know of a customer."""

    what: str
    on_file: str
    true: str
    right: bool | None  # it is as it is on file; None where one does not answer the other


class Evening:
    """One customer when a day is over: his profile, how it is read, and he himself."""

    def __init__(self, world: OmnichannelModel, who: int, name: str) -> None:
        customers, profiles, _ = world.driver.tables()
        place = int(world.population.place_of[who])
        mind = int(world.driver.minds[place])
        files, minds = profiles[[place, mind]], np.array([1, 1])
        self.name, self.seed = name, int(world.world_seed)
        self.day = max(world.day - 1, 0)
        self.firm = world.company.record
        self.profile, self.mind = files[0], files[1]
        self.read = as_read(files, minds, self.firm, self.day, self.seed)[0]
        self.mailing = read(files, np.array([0]), minds, self.firm, self.day, self.seed)
        self.him = customers[place]
        self.categories = [t(category.name) for category in world.settings.market.categories]
        self.item_category = world.catalogue["category"]

    def has(self, s: int) -> bool:
        """Whether there is anything in record ``s``, by which somebody can be found."""
        silo, phone = self.mind["silos"][s], int(self.profile["has_phone"])
        facts = silo["live"]
        filled = facts["orders"] > 0 or facts["counts"].any() or silo["filed_order"] >= 0
        filled = filled or phone & 1 << s != 0
        if s in ADDRESS_OF:
            address = self.profile["addresses"][ADDRESS_OF[s]]
            filled = filled or address["permission"] == 1 or address["refused"] == 1
        if s == BY_CLUB:  # the form asks for the birthday
            filled = filled or self.linked(s) or self.profile["birthday"] >= 0
        if s == BY_OTHER_MAIL and self.profile["alias"] == 1:
            return False
        return bool(filled)

    def linked(self, s: int) -> bool:
        """Whether record ``s`` is known to be of the same person as his own e-mail address."""
        return s == BY_MAIL or int(self.profile["linked"]) & 1 << s != 0

    def seen(self, device: int) -> bool:
        """Whether a device is known by its cookie."""
        return int(self.profile["device_seen"]) & 1 << device != 0

    def those(self, categories: Iterable[int]) -> str:
        """Categories in words."""
        return joined([self.categories[c] for c in sorted(set(categories))]) or t("nothing")


def known(world: OmnichannelModel, who: int, name: str) -> list[Known]:
    """What the company has on file of customer ``who``, called ``name``, at the end of the day
    just lived, and what is true. Nothing where he is not in the market.

    It reads only: whatever comes afterwards is the same without it.
    """
    if world.population.place_of[who] < 0:
        return []
    evening = Evening(world, who, name)
    return [row(evening) for row in ROWS]


def _name(it: Evening) -> Known:
    records = [s for s in NAMED if it.has(s)]
    people = sum(not it.linked(s) for s in records) + any(it.linked(s) for s in records)
    under = joined([t(NAMED[s]) for s in records])
    on_file = t("{n} different people, by {under}", n=people, under=under)
    if people == 1:
        on_file = t("{name}, by {under}", name=it.name, under=under)
    if not people:
        on_file = t("nobody")
        if any(map(it.seen, DEVICES)):
            on_file = t("nobody; a device without a name")
    things = {"account": t("an account"), "club": t("a club card"), "app": t("our app")}
    owns = joined([what for field, what in things.items() if it.him[field] == 1])
    true = t("{name}, without account, card and app", name=it.name)
    if owns:
        true = t("{name}, with {owns}", name=it.name, owns=owns)
    return Known(t("Name"), on_file, true, people == 1)


def _consent(it: Evening) -> Known:
    profile, takes = it.profile, int(it.profile["takes"])
    ways = [
        way
        for way, may in (
            (t("e-mails"), profile["written_to"] == 1),
            (t("text messages"), takes & TEXTS),
            (t("app messages"), takes & APP_MESSAGES),
        )
        if may
    ]
    on_file = joined(ways) or t("nothing")
    if profile["objects"] == 1:
        on_file = t("{ways}; must not be profiled", ways=on_file)
    takes_mails = it.him["permission"] != 0
    true = t("takes our e-mails") if takes_mails else t("does not take our e-mails")
    if it.him["refused"] == 1:
        true = t("has unsubscribed")
    return Known(
        t("May be sent"), on_file, true, bool(profile["written_to"] == 1) == bool(takes_mails)
    )


def _devices(it: Evening) -> Known:
    found = []
    for device, title in DEVICES.items():
        if it.linked(device):
            found.append(t("the {device} by name", device=t(title)))
        elif it.seen(device):
            found.append(t("a {device} without a name", device=t(title)))
    if it.profile["other_here"] == 1:
        found.append(t("the computer as another person's"))
    mine, shared = int(it.him["device"]), it.him["partner"] >= 0
    device = t(DEVICES[mine])
    true = t("mostly uses the {device}", device=device)
    if mine == AT_COMPUTER and shared:
        true = t("mostly uses the {device}, which is shared with somebody", device=device)
    if it.him["cookies"] == 0:
        true = t("mostly uses the {device}, and takes no cookies", device=device)
    return Known(t("Devices"), "; ".join(found) or t("none"), true, it.linked(mine))


def _purchases(it: Evening) -> Known:
    filed, sight = int(it.mind["silos"]["live"]["orders"].sum()), int(it.mailing.orders[0])
    on_file = str(filed)
    if sight != filed:
        on_file = t("{n}, of which the newsletter's department sees {sight}", n=filed, sight=sight)
    true = int(it.him["orders_ever"])
    return Known(t("Purchases"), on_file, str(true), filed == true)


def _value(it: Evening) -> Known:
    fifths = it.profile["value"]
    on_file = t("not worked out")
    if fifths.any():
        on_file = t(
            "of 5: recency {recency}, frequency {frequency}, money {money}",
            recency=fifths[RECENCY],
            frequency=fifths[FREQUENCY],
            money=fifths[MONEY],
        )
    paid = kroner(round(100 * float(it.him["spent_dkk"])))
    return Known(t("Value"), on_file, t("has paid us {money}", money=paid), None)


def _last_bought(it: Evening) -> Known:
    last = int(it.read["last_category"])
    on_file = it.those([last] if last >= 0 else [])
    days = it.him["last_from_us"][: len(it.categories)]
    if days.max() < 0:
        long_ago = it.him["orders_ever"] > 0
        true = t("something, before the first day simulated") if long_ago else t("nothing")
        return Known(t("Last bought"), on_file, true, None if long_ago else last < 0)
    true = it.those([int(days.argmax())])
    return Known(t("Last bought"), on_file, true, on_file == true)


def _favourite(it: Evening) -> Known:
    favourite = int(it.read["favourite"])
    on_file = it.those([favourite]) if favourite >= 0 else t("not known")
    true = it.those([int(it.him["taste"].reshape(CATEGORIES, STYLES).sum(axis=1).argmax())])
    return Known(t("Likes best"), on_file, true, on_file == true)


def _looks_for(it: Evening) -> Known:
    bits = int(it.read["looked_at"])
    on_file = it.those(c for c in range(CATEGORIES) if bits & 1 << c)
    needs = it.him["needs"]
    true = it.those(needs["category"][needs["state"] == ACTIVE].tolist())
    return Known(t("Looks for"), on_file, true, on_file == true)


def _basket(it: Evening) -> Known:
    kept, needs = it.mind["silos"]["basket_item"], it.him["needs"]
    left = needs["basket_item"][(needs["state"] == ACTIVE) & (needs["basket_item"] >= 0)]
    on_file, true = (
        it.those(it.item_category[items].tolist()) for items in (kept[kept >= 0], left)
    )
    return Known(t("Basket"), on_file, true, on_file == true)


def _seems(it: Evening) -> Known:
    seen = [s for s in (BY_MAIL, AT_COMPUTER, AT_PHONE) if it.has(s)]
    true = t("a shopper") if it.him["shopper"] else t("a buyer")
    share = float(it.firm["tells_shoppers"][0])
    if not seen or not able(it.seed, _plain(it.profile), TELLS_APART, share):
        return Known(t("Seems"), t("not told apart"), true, False)
    facts = _plain(it.mind["silos"][seen[0]]["live"])
    seems = seems_a_shopper(_plain(it.firm[0]), facts)
    on_file = t("a shopper") if seems else t("a buyer")
    return Known(t("Seems"), on_file, true, on_file == true)


def _case(it: Evening) -> Known:
    until = int(it.profile["open_case"])
    on_file = t("until {date}", date=date(until)) if until > it.day else t("none")
    true = []
    if np.isin(it.him["orders"]["state"], (COMING, TO_PICK_UP)).any():
        true.append(t("an order is on its way"))
    if it.him["case_topic"] >= 0:
        true.append(t("a question waits for an answer"))
    return Known(t("Open case"), on_file, joined(true) or t("none"), (until > it.day) == bool(true))


def _mails(it: Evening) -> Known:
    addresses = it.profile["addresses"]
    last = addresses[int(addresses["last_mail_day"].argmax())]
    on_file, n = t("none was sent"), int(last["unopened"])
    if last["last_mail_day"] >= 0:
        when = date(int(last["last_mail_day"]))
        on_file = t("last one on {date}, {n} in a row unopened", date=when, n=n)
        if n == 0:
            on_file = t("last one on {date}, the last one opened", date=when)
    worth = round(100 * float(it.him["mail_value"]))
    return Known(t("Mails"), on_file, t("finds them worth {n} of 100", n=worth), None)


def _plain(record: np.void):
    """A record as rules take it."""
    return record if COMPILED else to_row(record)


ROWS = (
    _name,
    _consent,
    _devices,
    _purchases,
    _last_bought,
    _favourite,
    _looks_for,
    _basket,
    _seems,
    _value,
    _case,
    _mails,
)


def changes(evenings: list[list[Known]], first: int) -> list[list]:
    """What is new each evening, so that little has to be sent: day, and what is known from then on.
    ``first``: day of the first evening."""
    found: list[list] = []
    before: dict[str, Known] = {}
    for day, evening in enumerate(evenings, first):
        for now in evening:
            if before.get(now.what) != now:
                found.append([day, *now])
                before[now.what] = now
    return found
