"""One customer's year, told in plain sentences under two strategies, side by side.

A protagonist joins a warmed-up world; the world is forked and both copies are lived day by day.
Everything told comes from his events, from his record and from what the two companies have on
file. See :mod:`sim.divergence` for the moment at which the two worlds part.
"""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from sim import events as ev
from sim.company.contacts import plan_after_purchase
from sim.company.knowledge import (
    IN_STORE_KNOWN,
    LINKS_CLUB,
    RECORDS_SALE,
    able,
    record_purchase,
)
from sim.customers import SMALLEST, TRAIT, make_customers, make_profiles
from sim.divergence import OnFile, because, count, first_divergence, number, parting
from sim.draws import uniforms
from sim.journey.feeling import form_habit
from sim.model import OmnichannelModel
from sim.records import BY_CLUB, BY_MAIL, CATEGORIES, NEVER, STYLES
from sim.settings.market import market_record
from sim.settings.protagonist import Protagonist, Purchase
from sim.settings.run import Settings
from sim.settings.strategy import Strategy

NARROWEST, WIDEST = 100, 140  # characters
LITTLE = 0.02  # share of interest below which an offer is wide of the mark
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
FIRST_OF_MONTH = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30])
NOTE = (
    "One customer's two years are an illustration, no measurement: they share the same luck, event "
    "by event, and how luck is shared between two worlds is a choice. What a strategy is worth is "
    "the mean over all customers and several seeds: omnijourney compare."
)


# Putting him into the world


def settle(model: OmnichannelModel, someone: Protagonist) -> int:
    """Put ``someone`` into ``model`` as one more customer, from today on. Returns his row.

    He takes the row after the last, so nobody else's draws change. Compiled driver only.
    """
    customers, profiles, due = model.driver.tables()
    row, settings = len(customers), model.settings
    people = make_customers(
        settings.market, row + 1, model.end_day, model.season, model.world_seed
    )
    him, profile = people[row:], make_profiles(row + 1)[row:]
    describe(him, someone, model)
    remember_past(him, profile, someone, model)
    model.credited = model.credited - model.credit()  # a new driver counts from 0
    model.driver = type(model.driver)(
        np.concatenate([customers, him]), np.concatenate([profiles, profile]),
        np.arange(row + 1), np.append(due, np.int32(model.day)), market_record(settings.market),
        model.catalogue, model.season, settings.scale.threads,
    )  # fmt: skip
    model.shopper = np.append(model.shopper, np.int8(someone.shopper))
    model.fingerprint = np.append(model.fingerprint, np.uint64(0))
    model.follow(model.strategy)
    return row


def describe(him: np.ndarray, someone: Protagonist, model: OmnichannelModel) -> None:
    """Overwrite a CUSTOMER row, shape (1,), with what the protagonist's file says."""
    market, day, seed = model.settings.market, model.day, model.world_seed
    him["entry_day"], him["exit_day"], him["present"], him["aware"] = day, NEVER - 1, 1, 1
    for name in ("shopper", "preference", "satisfaction", "trust", "distance_km", "cookies",
                 "permission", "account", "club", "web_affinity", "store_affinity",
                 "social_affinity", "attention"):  # fmt: skip
        him[name] = getattr(someone, name)
    him["device"] = someone.device == "phone"
    taste = tastes(someone, model)
    him["taste"] = taste
    share = taste.reshape(CATEGORIES, STYLES).sum(axis=1)
    him["need_gap"] = 365 / someone.needs_per_year / np.maximum(share, SMALLEST)

    def first(trait: str, about: int = 0) -> float:
        return -float(np.log1p(-uniforms(seed, him["id"], TRAIT[trait], about, 0)[0]))

    for k, category in enumerate(market.categories):
        him["need_at"][0, k] = model.season[k, day] + first("first need", k) * him["need_gap"][0, k]
        if category.name in someone.expertise:
            him["expertise"][0, k] = someone.expertise[category.name]
    him["next_need_day"] = day
    per_day = {"scroll": someone.looks_at_instagram / 7, "browse": someone.looks_round / 30.4}
    for what, rate in per_day.items():
        gap = 1 / max(rate, 1e-8)
        him[f"{what}_gap"] = gap
        him[f"{what}_day"] = min(day + int(first(f"first {what}") * gap), NEVER)


def tastes(someone: Protagonist, model: OmnichannelModel) -> np.ndarray:
    """His shares of interest per cell, shape (18,)."""
    taste = np.zeros(CATEGORIES * STYLES)
    for category, weights in someone.tastes.items():
        for style, weight in weights.items():
            taste[cell_of(model, category, style)] = weight
    return taste / taste.sum()


def cell_of(model: OmnichannelModel, category: str, style: str) -> int:
    """The cell of a category and style by name."""
    names = [c.name for c in model.settings.market.categories]
    k = names.index(category)
    return k * STYLES + model.settings.market.categories[k].styles.index(style)


def remember_past(him: np.ndarray, profile: np.ndarray, someone: Protagonist,
                  model: OmnichannelModel) -> None:  # fmt: skip
    """What he bought before: in his own record, and as far as the company recorded it, in its.

    The company's own rules decide, with its present capabilities. A purchase from before the first
    simulated day is filed under that day.
    """
    firm, seed, known = model.company.record[0], model.world_seed, profile[0]
    mk = market_record(model.settings.market)[0]
    profile["permission"] = someone.permission
    profile["club_known"] = someone.club
    profile["club_linked"] = someone.club and able(seed, known, LINKS_CLUB, firm["link_club"])
    usable = able(seed, known, RECORDS_SALE, firm["record_purchase"])
    at_till = someone.club and able(seed, known, IN_STORE_KNOWN, firm["identify_in_store"])
    for bought in sorted(someone.history, key=lambda b: -b.days_ago):
        cell = cell_of(model, bought.category, bought.style)
        item, when = closest_item(model, cell, bought), model.day - bought.days_ago
        for _ in range(bought.items):
            form_habit(him[0], mk, True)
            if not usable or (bought.place == "store" and not at_till):
                continue
            silo = BY_MAIL if bought.place == "web" else BY_CLUB
            record_purchase(firm, known, silo, cell, item, max(when, 0))
            if silo == BY_MAIL or known["club_linked"]:
                plan_after_purchase(firm, known, cell, when)
        him["orders_ever"] += bought.items
        him["spent_dkk"] += bought.amount_dkk
        for field_ in ("last_bought", "last_from_us"):
            him[field_][0, cell // STYLES] = max(when, -1)
    if known["cross_day"] <= model.day:
        profile["cross_day"] = NEVER
    while known["winback_day"] <= model.day:
        profile["winback_day"] += int(firm["winback_days"])


def closest_item(model: OmnichannelModel, cell: int, bought: Purchase) -> int:
    """The catalogue's item of a cell whose price comes nearest to what was paid an item."""
    per = model.settings.market.items_per_style
    prices = model.catalogue["price_oere"][cell * per : (cell + 1) * per] / 100
    return cell * per + int(np.argmin(np.abs(prices - bought.amount_dkk / bought.items)))


# Living the year twice


@dataclass
class TwoYears:
    """What was lived under two strategies, and what the companies had on file."""

    someone: Protagonist
    strategies: list[Strategy]
    row: int
    start: OnFile  # on the day of the fork, common to both
    worlds: list[OmnichannelModel] = field(default_factory=list)  # at the end
    events: list[np.ndarray] = field(default_factory=list)  # EVENT, his only
    files: list[OnFile] = field(default_factory=list)  # on the day they part


def live(settings: Settings, strategies: list[Strategy], someone: Protagonist) -> TwoYears:
    """Warm up under the first strategy, settle ``someone``, and live on under both.

    Both days are lived side by side, so that what is on file is at hand when the worlds part.
    """
    past = OmnichannelModel(settings, strategies[0], keep_journal=False)
    past.run(settings.scale.warmup_days)
    row = settle(past, someone)
    lived = TwoYears(someone, strategies, row, OnFile(past, row))
    lived.worlds = [past.fork(strategy) for strategy in strategies]
    logs: list[list[np.ndarray]] = [[], []]
    while lived.worlds[0].day < lived.worlds[0].end_day:
        mornings = [OnFile(world, row) for world in lived.worlds]
        for world, log, morning in zip(lived.worlds, logs, mornings, strict=True):
            world.step()
            morning.close(world)
            log.append(own_events(world, row))
        if not lived.files and first_divergence(logs[0][-1], logs[1][-1]) is not None:
            lived.files = mornings
    lived.events = [np.concatenate(log) for log in logs]
    return lived


def own_events(world: OmnichannelModel, row: int) -> np.ndarray:
    """The events of one customer on the day just lived."""
    return np.concatenate([log[:n][log["customer"][:n] == row] for log, n in world.driver.events()])


# Words


class Narrator:
    """Turns one customer's events into sentences."""

    def __init__(self, lived: TwoYears) -> None:
        world = lived.worlds[0]
        self.market, self.catalogue = world.settings.market, world.catalogue
        self.words, self.he = lived.someone.words, lived.someone.pronoun
        self.forms = dict(zip(("he", "his", "him"), PRONOUNS[self.he], strict=True))
        self.start = lived.start.day

    def say(self, number: int, item: bool = False) -> str:
        """A cell, or the cell of an item, in words."""
        if item:
            category, style = self.catalogue["category"][number], self.catalogue["style"][number]
        else:
            category, style = divmod(number, STYLES)
        entry = self.market.categories[category]
        return self.words.get(entry.name, f"{{style}} {entry.name}").replace(
            "{style}", entry.styles[style]
        )

    def thing(self, event: np.void) -> str:
        """What an event is about, in words."""
        if event["category"] < 0:
            return "something"
        return self.say(int(event["category"]) * STYLES + int(event["style"]))

    def day(self, events: np.ndarray) -> tuple[list[str], list[tuple[str, str]]]:
        """Sentences for what matters on a day, and notes (kind, thing) of what does not."""
        told, notes = [], []
        for group in grouped(events):
            note = self.note(group)
            if note is None:
                told.append(self.sentence(group))
            elif note[0]:
                notes.append(note)
        return told, notes

    def told(self, groups: list[list[np.void]]) -> str:
        """All that can be told of some groups, everyday things included."""
        return " ".join(text for text in map(self.sentence, groups) if text)

    def at_issue(self, events: tuple[np.void | None, np.void | None]) -> str:
        """The kind of event in which two worlds part."""
        event = events[0] if events[0] is not None else events[1]
        return f"At issue: {ISSUES.get(int(event['kind']), f'what {self.he} is shown')}."

    def note(self, group: list[np.void]) -> tuple[str, str] | None:
        """Kind and thing of an everyday group of events; ("", "") if not worth a word."""
        kinds, first = [int(e["kind"]) for e in group], group[0]
        if set(kinds) <= {ev.NEED_LATENT, ev.JOURNEY_DONE, ev.LOGGED_IN, ev.KEPT, ev.ENTERED}:
            return "", ""
        if kinds == [ev.DESK_WAITED] and first["value"] < 1:
            return "", ""
        if kinds == [ev.MAIL_SENT]:
            return "mail", self.thing(first)
        if kinds == [ev.MAIL_SENT, ev.MAIL_OPENED]:
            return "mail opened", self.thing(first)
        visits = [ev.MAIL_SENT, ev.MAIL_OPENED, ev.MAIL_CLICKED, ev.WEB_VISIT]
        if [k for k in kinds if k != ev.LOGGED_IN] == visits:
            return "mail clicked", self.thing(first)
        if kinds == [ev.AD_SHOWN]:
            return "ad", self.thing(first)
        if kinds == [ev.POST_SEEN]:
            return "post", self.thing(first)
        if kinds == [ev.NEED_DIED]:
            return "let go", self.thing(first)
        if kinds[-1] == ev.WEB_VISIT and set(kinds) <= {ev.WEB_VISIT, ev.LOGGED_IN}:
            return "visit", SEEN_AS[int(group[-1]["value"])].format(**self.forms)
        if kinds == [ev.STORE_VISIT]:
            return "store", ""
        return None

    def sentence(self, group: list[np.void]) -> str:
        """One group of events as one sentence."""
        opening, clauses = "", []
        for event in group:
            subject, text = self.clause(event, group)
            if subject:
                opening = text
            elif text and text not in clauses[-1:]:
                clauses.append(text)
        if opening:
            return f"{opening}{f': {self.he} {joined(clauses)}' if clauses else ''}."
        if not clauses:
            return ""
        return f"{self.he.capitalize()} {joined(clauses)}."

    def clause(self, e: np.void, group: list[np.void]) -> tuple[bool, str]:
        """Whether the event has a subject of its own, and its words."""
        kind, thing, value = int(e["kind"]), self.thing(e), float(e["value"])
        forms = self.forms
        money, minutes = kroner(e["amount_oere"]), count(round(value), "minute")
        if kind == ev.MAIL_SENT:
            off = f" at {value:.0%} off" if value else ""
            return True, MAIL[int(e["order"])].format(thing=thing, **forms) + off
        if kind == ev.AD_SHOWN:
            how = "An ad of ours follows {him} with" if e["order"] else "An ad of ours shows {him}"
            just = ", the kind of thing {he} bought a short while ago" if value else ""
            return True, f"{how} {thing}{just}".format(**forms)
        if kind == ev.PARCEL_DELIVERED:
            late = f", {count(round(value), 'day')} late" if value > 0 else ""
            return True, f"The parcel with {thing} comes{late}"
        if kind == ev.SERVICE_ANSWERED:
            outcome = "has the answer" if e["order"] else "has no answer that helps"
            waited = f"After {minutes} in the queue" if value >= 0.5 else "Without a wait"
            return True, f"{waited} the customer centre {outcome}"
        if kind == ev.ITEM_VIEWED:
            return False, f"looks at {thing} for {kroner(self.catalogue['price_oere'][e['item']])}"
        if kind == ev.WEB_VISIT:
            by = CAME_BY.get(int(e["channel"]), "")
            if any(g["kind"] == ev.MAIL_CLICKED or g["kind"] == ev.AD_CLICKED for g in group):
                by = ""
            return False, f"comes to the web shop{by}, {SEEN_AS[int(value)].format(**forms)}"
        if kind == ev.STORE_VISIT:
            known = ", where staff look {him} up" if value else ""
            return False, f"{STORE[int(e['order'])]}{known}".format(**forms)
        if kind == ev.STORE_SALE:
            why = ("", " in exchange", ", while there", ", while there")[int(value)]
            return False, f"buys {self.what(e, group)}{why}"
        if kind == ev.WEB_ORDER:
            off = f" ({value:.0%} off)" if value else ""
            return False, f"orders {self.what(e, group)}{off}"
        if kind == ev.NEED_ACTIVE:
            return False, f"{'still ' if value else ''}needs {thing}"
        if kind == ev.REPEATED:
            told = "has to tell {his} case again" if e["channel"] == ev.CENTRE else (
                "has to find again what {he} had found before")  # fmt: skip
            return False, told.format(**forms)
        if kind == ev.SERVICE_ASKED:
            return False, f"calls the customer centre about {ABOUT[int(e['category'])]}"
        template = PLAIN.get(kind, "")
        return False, template.format(thing=thing, money=money, minutes=minutes, **forms)

    def what(self, e: np.void, group: list[np.void]) -> str:
        """What was bought: "it" where the same item was just looked at, at the same price."""
        money = kroner(e["amount_oere"])
        for seen in group:
            if seen["kind"] == ev.ITEM_VIEWED and seen["item"] == e["item"]:
                same = self.catalogue["price_oere"][e["item"]] == e["amount_oere"]
                return "it" if same else f"it for {money}"
        return f"{self.thing(e)} for {money}"


ISSUES = {
    ev.MAIL_SENT: "a mail",
    ev.MAIL_OPENED: "what stands in a mail below its first item",
    ev.AD_SHOWN: "an advertisement",
    ev.POST_SEEN: "a post",
    ev.WEB_VISIT: "whether the web shop knows its visitor",
    ev.STORE_VISIT: "whether staff know their visitor",
    ev.REPEATED: "whether progress is carried over",
    ev.SERVICE_ASKED: "what an agent sees",
    ev.SERVICE_ANSWERED: "an answer of the customer centre",
    ev.SERVICE_GAVE_UP: "a queue",
    ev.DESK_WAITED: "a queue",
    ev.REFUNDED: "a queue",
    ev.SUBSCRIBED: "being asked for permission",
    ev.CLUB_JOINED: "being asked to join the club",
    ev.SEARCH_CLICKED: "a place above the search results",
    ev.NEED_WOKEN: "what the front page shows",
}
PRONOUNS = {"he": ("he", "his", "him"), "she": ("she", "her", "her")}
SEEN_AS = ("which takes {him} for a stranger", "which knows the device",
           "which knows {him} by name")  # fmt: skip
CAME_BY = {ev.SEARCH: " by a search", ev.EMAIL: " from a mail", ev.INSTAGRAM: " from Instagram"}
STORE = ("goes to the store", "goes to the store for {his} order",
         "goes to the store to return something", "looks round in the store")  # fmt: skip
ABOUT = ("a product", "an order", "something bought")
MAIL = {
    ev.NEWSLETTER: "The newsletter shows {thing}",
    ev.WELCOME: "A welcome mail shows {thing}",
    ev.BASKET_REMINDER: "A mail reminds of the basket, {thing}",
    ev.CROSS_SELL: "A mail after {his} purchase suggests {thing}",
    ev.WIN_BACK: "A 'we miss you' mail offers {thing}",
}
PLAIN = {
    ev.LAPSED: "leaves the market",
    ev.NEED_WOKEN: "feels like {thing}",
    ev.NEED_DIED: "gives up on {thing}",
    ev.COMPETITOR_SALE: "buys {thing} from the competitor for {money}",
    ev.MAIL_OPENED: "opens it",
    ev.MAIL_CLICKED: "clicks",
    ev.AD_CLICKED: "clicks",
    ev.UNSUBSCRIBED: "unsubscribes",
    ev.SUBSCRIBED: "agrees to get our mails",
    ev.CLUB_JOINED: "joins the club",
    ev.POST_SEEN: "sees a post of ours about {thing}",
    ev.BASKET_FILLED: "puts it in the basket",
    ev.BASKET_LOST: "leaves the basket behind",
    ev.CONTRADICTED: "is offered what {he} bought a short while ago",
    ev.FEE_PAID: "pays a fee of {money}",
    ev.PICKED_UP: "takes {thing} home",
    ev.KEPT: "keeps it",
    ev.RETURN_BY_MAIL: "sends {thing} back",
    ev.RETURN_IN_STORE: "hands {thing} back",
    ev.REFUNDED: "gets {money} back",
    ev.SERVICE_GAVE_UP: "hangs up after {minutes} in the queue",
    ev.DESK_WAITED: "had waited {minutes} at the service desk",
}
# What may go on telling what an event began; all else begins a sentence of its own
VISITING = {ev.NEED_WOKEN, ev.REPEATED, ev.ITEM_VIEWED, ev.BASKET_FILLED, ev.BASKET_LOST,
            ev.WEB_ORDER, ev.FEE_PAID, ev.SUBSCRIBED, ev.UNSUBSCRIBED}  # fmt: skip
GOES_ON = {
    ev.MAIL_SENT: {ev.MAIL_OPENED},
    ev.MAIL_OPENED: {ev.CONTRADICTED, ev.NEED_WOKEN, ev.MAIL_CLICKED, ev.UNSUBSCRIBED},
    ev.MAIL_CLICKED: {ev.WEB_VISIT, ev.LOGGED_IN},
    ev.AD_SHOWN: {ev.CONTRADICTED, ev.NEED_WOKEN, ev.AD_CLICKED},
    ev.AD_CLICKED: {ev.WEB_VISIT, ev.LOGGED_IN},
    ev.POST_SEEN: {ev.NEED_WOKEN},
    ev.SEARCH_CLICKED: {ev.WEB_VISIT, ev.LOGGED_IN},
    ev.LOGGED_IN: {ev.WEB_VISIT},
    ev.WEB_VISIT: VISITING,
    ev.STORE_VISIT: {ev.NEED_WOKEN, ev.REPEATED, ev.ITEM_VIEWED, ev.STORE_SALE, ev.CLUB_JOINED,
                     ev.SUBSCRIBED, ev.PICKED_UP, ev.RETURN_IN_STORE, ev.REFUNDED, ev.FEE_PAID,
                     ev.NEED_ACTIVE},
    ev.PARCEL_DELIVERED: {ev.KEPT},
    ev.RETURN_BY_MAIL: {ev.FEE_PAID},
    ev.REPEATED: {ev.SERVICE_ASKED},
}  # fmt: skip


def grouped(events: np.ndarray) -> list[list[np.void]]:
    """A day's events in groups of what belongs together."""
    groups: list[list[np.void]] = []
    allowed: set[int] = set()
    for event in events:
        kind = int(event["kind"])
        starts = not groups or kind not in allowed
        if starts:
            groups.append([])
        groups[-1].append(event)
        if starts or kind in GOES_ON and kind != ev.REPEATED:
            allowed = GOES_ON.get(kind, set())
    return groups


def besides(notes: list[tuple[str, str]], he: str) -> str:
    """Everyday events of some weeks in one or two sentences."""
    about: dict[str, Counter] = {}
    for kind, thing in notes:
        about.setdefault(kind, Counter())[thing] += 1
    parts = []
    unread, opened, clicked = (about.get(f"mail{what}", Counter())
                               for what in ("", " opened", " clicked"))  # fmt: skip
    mails, read = unread + opened + clicked, (opened + clicked).total()
    if mails:
        clicks = f" and clicks {number(clicked.total())}" if clicked else ""
        parts.append(f"gets {count(mails.total(), 'mail')}{listed(mails)}"
                     f", opens {number(read) if read else 'none'}{clicks}")  # fmt: skip
    for kind in ("ad", "post"):
        if kind in about:
            parts.append(f"sees {count(about[kind].total(), kind)} of ours{listed(about[kind])}")
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


# The page


def tell(settings: Settings, strategies: list[Strategy], someone: Protagonist,
         width: int | None = None) -> str:  # fmt: skip
    """The year of ``someone`` under two strategies, side by side, as plain text.

    ``width``: characters a line; the terminal's, within 100 to 140, unless given.
    """
    lived = live(settings, strategies, someone)
    width = width or min(max(shutil.get_terminal_size((120, 40)).columns, NARROWEST), WIDEST)
    page = Page(width, [title(s) for s in strategies])
    page.opening(lived)
    page.year(lived)
    page.tally(tally(lived))
    page.wide("", NOTE)
    return "\n".join(page.lines)


def title(strategy: Strategy) -> str:
    """What a strategy is called."""
    return strategy.title or strategy.name


class Page:
    """Two columns beside a column of dates; what is the same in both runs over the whole width."""

    DATE = 13

    def __init__(self, width: int, titles: list[str]) -> None:
        self.width, self.titles, self.lines = width, titles, []
        self.column = (width - self.DATE - 3) // 2

    def rule(self, stroke: str) -> None:
        """A line across the page."""
        self.lines.append(stroke * self.width)

    def wide(self, label: str, text: str) -> None:
        """Text over the whole width."""
        for k, line in enumerate(textwrap.wrap(text, self.width - self.DATE)):
            self.lines.append(f"{'' if k else label:{self.DATE}}{line}")

    def row(self, label: str, left: str, right: str) -> None:
        """A row of both columns, or over the whole width if they are the same."""
        if left == right:
            self.wide(label, left)
            return
        columns = [textwrap.wrap(text or "-", self.column) for text in (left, right)]
        for k in range(max(map(len, columns))):
            a, b = (column[k] if k < len(column) else "" for column in columns)
            line = f"{'' if k else label:{self.DATE}}{a:{self.column}} | {b}"
            self.lines.append(line.rstrip())

    def opening(self, lived: TwoYears) -> None:
        """Who he is, what he bought before, and what is on file of it."""
        who, file = lived.someone, lived.start
        own = f"{who.name}'" if who.name.endswith("s") else f"{who.name}'s"
        self.lines.append(f"{own} year under two strategies")
        self.rule("=")
        self.wide("Who", f"{who.name} {who.sentence}" if who.sentence else who.name)
        bought = sum(b.items for b in who.history)
        if bought:
            he, his = who.pronoun.capitalize(), PRONOUNS[who.pronoun][1]
            things = joined([b.what for b in who.history if b.what])
            self.wide("Before", f"{he} has spent DKK {who.spent_before_dkk:,.0f} with us in "
                      f"{max(b.days_ago for b in who.history)} days, in {count(bought, 'purchase')}"
                      f"{': ' if things else ''}{things}.")  # fmt: skip
            kept = zip(file.stored(), ("e-mail address", "club card"), strict=True)
            where = [f"{number(n)} of them under {his} {place}" for n, place in kept if n]
            self.wide("On file", f"The company, run until now as '{self.titles[0]}', has "
                      f"{joined(where) or 'none of them'} on file.")  # fmt: skip
        self.lines.append("")
        self.row("", *(t.upper() for t in self.titles))
        self.rule("-")

    def year(self, lived: TwoYears) -> None:
        """The year day by day; everyday things are gathered at the end of a month."""
        narrator, parted = Narrator(lived), lived.files[0].day if lived.files else None
        notes: list[list] = [[], []]

        def gather(day: int) -> None:
            texts = [besides(n, narrator.he) for n in notes]
            if any(texts):
                self.row(f"in {MONTHS[month_of(day)]}", *texts)
            notes[:] = [[], []]

        first, last = lived.start.day, lived.worlds[0].day
        for day in range(first, last):
            todays = [log[log["day"] == day] for log in lived.events]
            if day == parted:
                gather(day)
                self.parting(lived, narrator, todays)
            else:
                told = [narrator.day(events) for events in todays]
                for own, (_, everyday) in zip(notes, told, strict=True):
                    own += everyday
                if any(sentences for sentences, _ in told):
                    self.row(date(day), *(" ".join(sentences) for sentences, _ in told))
            if day + 1 == last or month_of(day + 1) != month_of(day):
                gather(day)
        if parted is None:
            self.wide("", f"The two worlds never part: whatever the two companies did differently, "
                      f"nothing of it reached {lived.someone.name}.")  # fmt: skip

    def parting(self, lived: TwoYears, narrator: Narrator, todays: list[np.ndarray]) -> None:
        """The day on which the two worlds part: what is still the same, then why, then the rest."""
        groups = [grouped(events) for events in todays]
        same = 0
        while same < min(map(len, groups)) and groups[0][same] == groups[1][same]:
            same += 1
        label, when = date(lived.files[0].day), "that day"
        shared = narrator.told(groups[0][:same])
        if shared:
            self.wide(label, shared)
        events = parting(*lived.events)
        seen_as = [seen_on_visit(own) for own in todays]
        why = [
            because(events[k], events[1 - k], lived.files[k], narrator.say, seen_as[k]).format(
                **narrator.forms
            )
            for k in (0, 1)
        ]
        self.rule("=")
        self.wide(label, f"HERE THE TWO WORLDS PART. {narrator.at_issue(events)}")
        self.row("why", *(f"{t} {w}." for t, w in zip(self.titles, why, strict=True)))
        self.rule("=")
        self.row(when if shared else label, *(narrator.told(g[same:]) for g in groups))

    def tally(self, rows: list[tuple[str, str, str]]) -> None:
        """The year in numbers."""
        self.rule("-")
        wide = self.width - 2 * 26
        heads = [textwrap.shorten(t, 24, placeholder="..") for t in self.titles]
        self.lines.append(f"{'The year in numbers':{wide}}{heads[0]:>26}{heads[1]:>26}")
        self.lines += [f"{what:{wide}}{a:>26}{b:>26}" for what, a, b in rows]
        self.rule("-")


def month_of(day: int) -> int:
    """Month of a day, 0 January."""
    return int(np.searchsorted(FIRST_OF_MONTH, day % 365, side="right")) - 1


def seen_on_visit(events: np.ndarray) -> int:
    """How the web shop saw its visitor that day: 0 unknown (or no visit), 1 device, 2 person."""
    visits = events["value"][events["kind"] == ev.WEB_VISIT]
    return int(visits[0]) if len(visits) else 0


def tally(lived: TwoYears) -> list[tuple[str, str, str]]:
    """What, and its value under either strategy, as text."""
    columns = [numbers_of(lived, k) for k in (0, 1)]
    return [(what, columns[0][what], columns[1][what]) for what in columns[0]]


def numbers_of(lived: TwoYears, k: int) -> dict[str, str]:
    """The year of world ``k`` in numbers."""
    events, world = lived.events[k], lived.worlds[k]
    kind, narrator = events["kind"], Narrator(lived)

    def money(*kinds: int) -> str:
        return kroner(events["amount_oere"][np.isin(kind, kinds)].sum())

    def times(*kinds: int) -> str:
        return str(int(np.isin(kind, kinds).sum()))

    offers = events[np.isin(kind, (ev.MAIL_SENT, ev.AD_SHOWN)) & (events["category"] >= 0)]
    cells = offers["category"].astype(int) * STYLES + offers["style"]
    taste = tastes(lived.someone, world)
    favourite = int(np.argmax(taste.reshape(-1, STYLES).sum(axis=1))) * STYLES
    waited = np.isin(kind, (ev.SERVICE_ANSWERED, ev.SERVICE_GAVE_UP, ev.DESK_WAITED))
    him = world.driver.tables()[0][lived.row]
    table = {
        "spent with us": money(ev.WEB_ORDER, ev.STORE_SALE),
        "  purchases": times(ev.WEB_ORDER, ev.STORE_SALE),
        "refunded after returns": money(ev.REFUNDED),
        "spent at the competitor": money(ev.COMPETITOR_SALE),
        "mails received / opened / clicked": " / ".join(
            times(kind) for kind in (ev.MAIL_SENT, ev.MAIL_OPENED, ev.MAIL_CLICKED)
        ),
        "ads shown": times(ev.AD_SHOWN),
        "  of a category bought from us in the 30 days before": str(
            int((events["value"][kind == ev.AD_SHOWN] > 0).sum())
        ),
        "offers (mails and ads) in all": str(len(cells)),
        f"  of kinds that make up less than {LITTLE:.0%} of the interest": str(
            int((taste[cells] < LITTLE).sum())
        ),
    }
    for cell in range(favourite, favourite + STYLES):
        table[f"  of {narrator.say(cell)}"] = str(int((cells == cell).sum()))
    table |= {
        "minutes waited": f"{events['value'][waited].sum():.0f}",
        "times something had to be said or done again": times(ev.REPEATED),
        "times offered what had just been bought": times(ev.CONTRADICTED),
        "baskets left behind": times(ev.BASKET_LOST),
        "satisfaction at the end, 0-100": f"{100 * him['satisfaction']:.0f}",
        "trust at the end, 0-100": f"{100 * him['trust']:.0f}",
    }
    return table
