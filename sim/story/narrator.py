"""One customer's events turned into sentences, those that belong together into one."""

from __future__ import annotations

import numpy as np

from sim.core import events as ev
from sim.core.records import STYLES, TAKE_BACK
from sim.story.divergence import count
from sim.story.phrases import (
    ABOUT,
    AGAIN,
    ASKS,
    ISSUES,
    MAIL,
    PLAIN,
    PRONOUNS,
    SEEN_AS,
    STORE,
    WAYS,
    joined,
    kroner,
)
from sim.story.years import TwoYears

# What is not worth a word where it stands alone
UNTOLD = {
    ev.NEED_LATENT,
    ev.JOURNEY_DONE,
    ev.LOGGED_IN,
    ev.KEPT,
    ev.ENTERED,
    ev.CONTACT_ENDED,
    ev.ANSWER_PUBLISHED,
    ev.ACT_DONE,
}


def is_silent(event: np.void) -> bool:
    """Not worth a word where it stands alone: what staff leave undone unless he asked for it."""
    kind = int(event["kind"])
    return kind in UNTOLD or (kind == ev.ACT_DECLINED and event["category"] != TAKE_BACK)


# What may go on telling what an event began; all else begins a sentence of its own
VISITING = {
    ev.NEED_WOKEN,
    ev.REPEATED,
    ev.ITEM_VIEWED,
    ev.BASKET_FILLED,
    ev.ANSWER_FOUND,
    ev.BASKET_LOST,
    ev.LEFT_AT_ONCE,
    ev.WEB_ORDER,
    ev.NEED_ACTIVE,
    ev.FEE_PAID,
    ev.SUBSCRIBED,
    ev.UNSUBSCRIBED,
}
GOES_ON = {
    ev.MAIL_SENT: {ev.MAIL_OPENED},
    ev.MAIL_OPENED: {ev.CONTRADICTED, ev.NEED_WOKEN, ev.MAIL_CLICKED, ev.UNSUBSCRIBED, ev.CARED},
    ev.MAIL_CLICKED: {ev.WEB_VISIT, ev.LOGGED_IN},
    ev.TEXT_SENT: {ev.SEEN_ON_PHONE},
    ev.PUSHED: {ev.SEEN_ON_PHONE},
    ev.SEEN_ON_PHONE: {ev.CONTRADICTED, ev.NEED_WOKEN, ev.TAPPED, ev.UNSUBSCRIBED, ev.CARED},
    ev.TAPPED: {ev.WEB_VISIT, ev.LOGGED_IN},
    ev.AD_SHOWN: {ev.AD_NOTICED, ev.CONTRADICTED, ev.NEED_WOKEN, ev.AD_CLICKED},
    ev.AD_CLICKED: {ev.WEB_VISIT, ev.LOGGED_IN},
    ev.POST_SEEN: {ev.NEED_WOKEN},
    ev.NAME_SEARCHED: {ev.SEARCH_CLICKED, ev.WEB_VISIT, ev.LOGGED_IN},
    ev.SEARCH_CLICKED: {ev.WEB_VISIT, ev.LOGGED_IN},
    ev.LOGGED_IN: {ev.WEB_VISIT},
    ev.WEB_VISIT: VISITING,
    ev.STORE_VISIT: {
        ev.APP_MESSAGE,
        ev.ADVISED,
        ev.NEED_WOKEN,
        ev.REPEATED,
        ev.ITEM_VIEWED,
        ev.STORE_SALE,
        ev.CLUB_JOINED,
        ev.SUBSCRIBED,
        ev.PICKED_UP,
        ev.RETURN_IN_STORE,
        ev.REFUNDED,
        ev.FEE_PAID,
        ev.NEED_ACTIVE,
    },
    ev.PARCEL_DELIVERED: {ev.KEPT},
    ev.RETURN_BY_MAIL: {ev.FEE_PAID},
    ev.REPEATED: {ev.SERVICE_ASKED},
    ev.SERVICE_ANSWERED: {ev.SCORED},
}


class Narrator:
    """Turns one customer's events into sentences."""

    def __init__(self, lived: TwoYears) -> None:
        world = lived.worlds[0]
        self.market, self.catalogue = world.settings.market, world.catalogue
        self.flows = list(world.settings.company.flows.values())
        stores = world.settings.company.stores.values()
        self.stores = [s.title for s in stores] if len(stores) > 1 else ["the store"]
        self.came_by = {ev.EMAIL: " from a mail"} | {
            medium.code: f" by {medium.title}" if medium.searched else f" from {medium.title}"
            for medium in self.market.channels.media()
        }
        social = [medium for medium in self.market.channels.media() if medium.social]
        self.by_post = [m.code for m in self.market.channels.media() if not m.by_device]
        self.where = {m.code: f" on {m.title}" for m in social} if len(social) > 1 else {}
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
        if all(is_silent(e) for e in group):
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
        if kinds in ([ev.AD_SHOWN], [ev.AD_SHOWN, ev.AD_NOTICED]):
            return ("brand ad", "") if first["item"] < 0 else ("ad", self.thing(first))
        if kinds == [ev.POST_SEEN]:
            return "post", self.thing(first)
        if kinds == [ev.NEED_DIED]:
            return "let go", self.thing(first)
        if kinds[-1] == ev.WEB_VISIT and set(kinds) <= {ev.WEB_VISIT, ev.LOGGED_IN}:
            return "visit", SEEN_AS[int(group[-1]["seen_as"])].format(**self.forms)
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
        forms, where = self.forms, self.where.get(int(e["channel"]), "")
        money, minutes = kroner(e["amount_oere"]), count(round(value), "minute")
        if kind == ev.ACT_DECLINED:
            refused = "may not return it there, and has to post it"
            return False, "" if is_silent(e) else refused
        if kind in ev.SENT:
            off = f" at {value:.0%} off" if value else ""
            return True, f"{self.message(kind, int(e['order']))} {thing}{off}"
        if kind == ev.AD_SHOWN:
            if e["item"] < 0:
                return True, f"An ad of ours{where} shows {{him}} who we are".format(**forms)
            if int(e["channel"]) in self.by_post:
                return True, f"{{He}} leafs through our leaflet: {thing}".format(
                    He=self.he.capitalize()
                )
            how = f"An ad of ours{where} {'follows {him} with' if e['order'] else 'shows {him}'}"
            just = ", the kind of thing {he} bought a short while ago" if value else ""
            return True, f"{how} {thing}{just}".format(**forms)
        if kind == ev.PARCEL_DELIVERED:
            late = f", {count(round(value), 'day')} late" if value > 0 else ""
            return True, f"The parcel with {thing} comes{late}"
        if kind == ev.SERVICE_ANSWERED:
            outcome = "has the answer" if e["order"] else "has no answer that helps"
            waited = f"After {minutes} in the queue" if value >= 0.5 else "Without a wait"
            if e["minute"] == ev.WRITES:
                waited = "By e-mail"
            return True, f"{waited} the customer centre {outcome}"
        if kind == ev.ITEM_VIEWED:
            return False, f"looks at {thing} for {kroner(self.catalogue['price_oere'][e['item']])}"
        if kind == ev.WEB_VISIT:
            by = self.came_by.get(int(e["channel"]), "")
            if any(g["kind"] in (ev.MAIL_CLICKED, ev.TAPPED, ev.AD_CLICKED) for g in group):
                by = ""
            return False, f"comes to the web shop{by}, {SEEN_AS[int(e['seen_as'])].format(**forms)}"
        if kind == ev.STORE_VISIT:
            known = ", where staff look {him} up" if e["seen_as"] == ev.A_PERSON else ""
            if e["style"] == 1:
                known = " after closing time; {his} phone opens the door"
            told = f"{STORE[int(e['order'])]}{known}".format(**forms)
            return False, told.replace("the store", self.stores[int(value)])
        if kind == ev.STORE_SALE:
            why = ("", " in exchange", ", while there", ", while there")[int(value)]
            return False, f"buys {self.what(e, group)}{why}"
        if kind == ev.WEB_ORDER:
            off = f" ({value:.0%} off)" if value else ""
            return False, f"orders {self.what(e, group)}{off}"
        if kind == ev.NEED_ACTIVE:
            if value == ev.EARLY:
                return False, f"will soon need {thing}, and wants it while it is cheaper"
            return False, f"{'still ' if value else ''}needs {thing}"
        if kind == ev.APP_MESSAGE:
            return False, f"is shown {thing} by the app"
        if kind == ev.REPEATED:
            return False, AGAIN[int(value)].format(**forms)
        if kind == ev.CLUB_JOINED and e["channel"] == ev.WEB:
            return False, "opens an account"
        if kind == ev.SERVICE_ASKED:
            asks = f"{ASKS[int(e['minute'])]} the customer centre"
            return False, f"{asks} about {ABOUT[int(e['category'])]}"
        if kind == ev.SCORED:
            return False, f"gives that {round(value)} of 5 points" if value else ""
        if kind == ev.DISAPPOINTED:
            wrong = ev.WHAT_IS_WRONG[int(value)]
            return False, f"does not want to keep {thing}, because {wrong}" if value else ""
        if kind == ev.SAID_WHY:
            return False, f"writes of it that {ev.WHAT_IS_WRONG[int(value)]}"
        template = PLAIN.get(kind, "")
        return False, template.format(
            thing=thing, money=money, minutes=minutes, where=where, **forms
        )

    def message(self, sent: int, kind: int) -> str:
        """Which message does what with the thing it is about."""
        if kind == ev.NEWSLETTER:
            return "The newsletter shows"
        if kind == ev.REMINDER:
            return "A reminder shows"
        flow = self.flows[kind - 1]
        return f"The {WAYS[sent]} '{flow.title}' {MAIL[flow.content]}"

    def what(self, e: np.void, group: list[np.void]) -> str:
        """What was bought: "it" where the same item was just looked at, at the same price."""
        money = kroner(e["amount_oere"])
        for seen in group:
            if seen["kind"] == ev.ITEM_VIEWED and seen["item"] == e["item"]:
                same = self.catalogue["price_oere"][e["item"]] == e["amount_oere"]
                return "it" if same else f"it for {money}"
        return f"{self.thing(e)} for {money}"


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
        if starts or (kind in GOES_ON and kind != ev.REPEATED):
            allowed = GOES_ON.get(kind, set())
    return groups
