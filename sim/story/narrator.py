"""One customer's events turned into sentences, those that belong together into one."""

from __future__ import annotations

import numpy as np

from sim.core import events as ev
from sim.core.records import STYLES, TAKE_BACK
from sim.language import marked, t
from sim.story.divergence import days, minutes, percentage
from sim.story.phrases import (
    AGAIN,
    ASKS,
    ISSUES,
    MAIL,
    MAIL_OFF,
    PLAIN,
    SEEN_AS,
    STORE,
    STORE_CLOSED,
    STORE_KNOWN,
    WAYS,
    joined,
    kroner,
    pronouns,
)
from sim.story.years import TwoYears

LEAST_WAIT = 0.5  # minutes: below that nobody waited

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
        self.stores = [t(s.title) for s in stores] if len(stores) > 1 else [t("the store")]
        self.came_by = {ev.EMAIL: t("a mail")}
        self.came_by |= {medium.code: t(medium.title) for medium in self.market.channels.media()}
        self.searched = [m.code for m in self.market.channels.media() if m.searched]
        social = [medium for medium in self.market.channels.media() if medium.social]
        self.by_post = [m.code for m in self.market.channels.media() if not m.by_device]
        named = {m.code: f" {t('on {medium}', medium=t(m.title))}" for m in social}
        self.where = named if len(social) > 1 else {}
        self.words, self.forms = lived.someone.words, pronouns(lived.someone.pronoun)
        self.he = self.forms["he"]
        self.start = lived.start.day

    def say(self, number: int, item: bool = False) -> str:
        """A cell, or the cell of an item, in words."""
        if item:
            category, style = self.catalogue["category"][number], self.catalogue["style"][number]
        else:
            category, style = divmod(number, STYLES)
        entry = self.market.categories[category]
        words = self.words.get(entry.name, f"{{style}} {entry.name}")
        return t(words.replace("{style}", entry.styles[style]))

    def thing(self, event: np.void) -> str:
        """What an event is about, in words."""
        if event["category"] < 0:
            return t("something")
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
        issue = ISSUES.get(int(event["kind"]), marked("what {he} is shown"))
        return t("At issue: {what}.", what=t(issue, **self.forms))

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
            return "visit", t(SEEN_AS[int(group[-1]["seen_as"])], **self.forms)
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
        kind, value = int(e["kind"]), float(e["value"])
        values = self.forms | {"thing": self.thing(e), "money": kroner(e["amount_oere"])}
        values |= {"where": self.where.get(int(e["channel"]), ""), "share": percentage(value)}
        if kind == ev.ACT_DECLINED:
            refused = t("may not return it there, and has to post it")
            return False, "" if is_silent(e) else refused
        if kind in ev.SENT:
            return True, self.message(kind, int(e["order"]), bool(value), values)
        if kind == ev.AD_SHOWN:
            return True, self.ad(e, values)
        if kind == ev.PARCEL_DELIVERED:
            if value > 0:
                late = days(round(value))
                return True, t("The parcel with {thing} comes, {days} late", **values, days=late)
            return True, t("The parcel with {thing} comes", **values)
        if kind == ev.SERVICE_ANSWERED:
            return True, answered(e)
        if kind == ev.ITEM_VIEWED:
            values["money"] = kroner(self.catalogue["price_oere"][e["item"]])
            return False, t("looks at {thing} for {money}", **values)
        if kind == ev.WEB_VISIT:
            return False, self.visit(e, group)
        if kind == ev.STORE_VISIT:
            ways = STORE_KNOWN if e["seen_as"] == ev.A_PERSON else STORE
            ways = STORE_CLOSED if e["style"] == 1 else ways
            return False, t(ways[int(e["order"])], **self.forms, store=self.stores[int(value)])
        if kind == ev.STORE_SALE:
            what = self.what(e, group)
            if not int(value):
                return False, t("buys {what}", what=what)
            if int(value) == 1:
                return False, t("buys {what} in exchange", what=what)
            return False, t("buys {what}, while there", what=what)
        if kind == ev.WEB_ORDER:
            values["what"] = self.what(e, group)
            if value:
                return False, t("orders {what} ({share} off)", **values)
            return False, t("orders {what}", **values)
        if kind == ev.NEED_ACTIVE:
            if value == ev.EARLY:
                return False, t(
                    "will soon need {thing}, and wants it while it is cheaper", **values
                )
            if value:
                return False, t("still needs {thing}", **values)
            return False, t("needs {thing}", **values)
        if kind == ev.APP_MESSAGE:
            return False, t("is shown {thing} by the app", **values)
        if kind == ev.REPEATED:
            return False, t(AGAIN[int(value)], **self.forms)
        if kind == ev.CLUB_JOINED and e["channel"] == ev.WEB:
            return False, t("opens an account")
        if kind == ev.SERVICE_ASKED:
            return False, t(ASKS[int(e["minute"])][int(e["category"])])
        if kind == ev.SCORED:
            return False, t("gives that {n} of 5 points", n=round(value)) if value else ""
        if kind == ev.DISAPPOINTED:
            values["wrong"] = t(ev.WHAT_IS_WRONG[int(value)])
            told = t("does not want to keep {thing}, because {wrong}", **values)
            return False, told if value else ""
        if kind == ev.SAID_WHY:
            return False, t("writes of it that {wrong}", wrong=t(ev.WHAT_IS_WRONG[int(value)]))
        if kind not in PLAIN:
            return False, ""
        return False, t(PLAIN[kind], **values, minutes=minutes(round(value)))

    def ad(self, e: np.void, values: dict[str, str]) -> str:
        """What an ad shows."""
        if e["item"] < 0:
            return t("An ad of ours{where} shows {him} who we are", **values)
        if int(e["channel"]) in self.by_post:
            he = self.he.capitalize()
            return t("{He} leafs through our leaflet: {thing}", **values, He=he)
        if e["order"] and e["value"]:
            return t(
                "An ad of ours{where} follows {him} with {thing}, the kind of thing {he} bought a "
                "short while ago",
                **values,
            )
        if e["order"]:
            return t("An ad of ours{where} follows {him} with {thing}", **values)
        if e["value"]:
            return t(
                "An ad of ours{where} shows {him} {thing}, the kind of thing {he} bought a short "
                "while ago",
                **values,
            )
        return t("An ad of ours{where} shows {him} {thing}", **values)

    def visit(self, e: np.void, group: list[np.void]) -> str:
        """A visit to the web shop, from where it came and as whom it was seen."""
        seen_as = t(SEEN_AS[int(e["seen_as"])], **self.forms)
        channel = int(e["channel"])
        told_before = (ev.MAIL_CLICKED, ev.TAPPED, ev.AD_CLICKED)
        if channel not in self.came_by or any(g["kind"] in told_before for g in group):
            return t("comes to the web shop, {seen_as}", seen_as=seen_as)
        by = self.came_by[channel]
        if channel in self.searched:
            return t("comes to the web shop by {medium}, {seen_as}", medium=by, seen_as=seen_as)
        return t("comes to the web shop from {medium}, {seen_as}", medium=by, seen_as=seen_as)

    def message(self, sent: int, kind: int, cheaper: bool, values: dict[str, str]) -> str:
        """Which message does what with the thing it is about."""
        if kind == ev.NEWSLETTER:
            if cheaper:
                return t("The newsletter shows {thing} at {share} off", **values)
            return t("The newsletter shows {thing}", **values)
        if kind == ev.REMINDER:
            if cheaper:
                return t("A reminder shows {thing} at {share} off", **values)
            return t("A reminder shows {thing}", **values)
        flow = self.flows[kind - 1]
        does = (MAIL_OFF if cheaper else MAIL)[flow.content]
        return t(does, **values, way=t(WAYS[sent]), title=t(flow.title))

    def what(self, e: np.void, group: list[np.void]) -> str:
        """What was bought: "it" where the same item was just looked at, at the same price."""
        money = kroner(e["amount_oere"])
        for seen in group:
            if seen["kind"] == ev.ITEM_VIEWED and seen["item"] == e["item"]:
                same = self.catalogue["price_oere"][e["item"]] == e["amount_oere"]
                return t("it") if same else t("it for {money}", money=money)
        return t("{thing} for {money}", thing=self.thing(e), money=money)


def answered(e: np.void) -> str:
    """An answer of the customer centre, and how long it took."""
    value, waited = float(e["value"]), minutes(round(float(e["value"])))
    if e["minute"] == ev.WRITES:
        if e["order"]:
            return t("By e-mail the customer centre has the answer")
        return t("By e-mail the customer centre has no answer that helps")
    if value >= LEAST_WAIT:
        if e["order"]:
            return t(
                "After {minutes} in the queue the customer centre has the answer", minutes=waited
            )
        return t(
            "After {minutes} in the queue the customer centre has no answer that helps",
            minutes=waited,
        )
    if e["order"]:
        return t("Without a wait the customer centre has the answer")
    return t("Without a wait the customer centre has no answer that helps")


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
