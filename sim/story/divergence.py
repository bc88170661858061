"""Where two worlds part for one customer, and what each company had on file at that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.company.analysis import believe, mode_of
from sim.company.automation import HAS_FLOWS
from sim.company.contacts import PERSONAL
from sim.company.knowledge import RECORDS, able, last_sync, reaches
from sim.company.media import (
    BRAND,
    GENERIC,
    LEAFLET,
    PROSPECTING,
    RETARGETING,
    is_left_out,
    paid_channel,
    retarget_item,
)
from sim.company.service import caller_is_known
from sim.company.shopfront import HANDS_OVER, fill_front
from sim.company.silence import PAUSES
from sim.core import events as ev
from sim.core.bundles import File
from sim.core.records import BY_CLUB, BY_MAIL, CELLS, OWN_ADDRESS, SHOWN, SILOS, TILES, UNKNOWN
from sim.language import marked, t, tn
from sim.language import number as figure
from sim.settings.flows import message_titles

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel

NUMBERS = (
    marked("no"),
    marked("one"),
    marked("two"),
    marked("three"),
    marked("four"),
    marked("five"),
    marked("six"),
    marked("seven"),
    marked("eight"),
    marked("nine"),
    marked("ten"),
    marked("eleven"),
    marked("twelve"),
)
HIM = {"he": "{he}", "his": "{his}", "him": "{him}"}
"""Places that are filled in later."""


def first_divergence(events_a: np.ndarray, events_b: np.ndarray) -> int | None:
    """Index of the first event in which two logs of one customer differ; None if in none.

    ``events_a``, ``events_b``: EVENT arrays in log order. The index may be the length of the
    shorter log: there one world went on while nothing more happened in the other.
    """
    both = min(len(events_a), len(events_b))
    differ = np.flatnonzero(events_a[:both] != events_b[:both])
    if len(differ):
        return int(differ[0])
    return both if len(events_a) != len(events_b) else None


def parting(events_a: np.ndarray, events_b: np.ndarray) -> tuple[np.void | None, np.void | None]:
    """The events in which two logs part, one of each; None where there was nothing of the kind.

    Both are None if the logs are the same.
    """
    at = first_divergence(events_a, events_b)
    if at is None:
        return None, None
    a, b = (log[at] if at < len(log) else None for log in (events_a, events_b))
    if a is None or b is None or (a["day"] == b["day"] and a["kind"] == b["kind"]):
        return a, b
    if a["day"] != b["day"]:
        return (a, None) if a["day"] < b["day"] else (None, b)
    later = events_b[at:]
    there = np.any((later["day"] == a["day"]) & (later["kind"] == a["kind"]))
    return (None, b) if there else (a, None)


class OnFile:
    """What one company has on file about one customer, and may do with it, on one day.

    It answers by the company's own rules, on copies. Taken in the morning; :meth:`close` adds the
    company's plan of that day.
    """

    def __init__(self, world: OmnichannelModel, who: int) -> None:
        customers, profiles, _ = world.driver.tables()
        row = int(world.population.place_of[who])
        mind = int(world.driver.minds[row])
        self.day, self.seed = world.day, int(world.world_seed)
        self.profile, self.mind = profiles[row : row + 1].copy(), profiles[mind : mind + 1].copy()
        self.device = int(customers["device"][row])
        media = world.settings.market.channels.media()
        self.by_post = [m.code for m in media if not m.by_device]
        self.messages = message_titles(world.settings.company.flows)
        self.close(world)

    def close(self, world: OmnichannelModel) -> None:
        """The company's record, with the plan of the day that was just lived."""
        self.firm = world.company.record.copy()

    def does(self, decision: int, capability: str) -> bool:
        """Whether this customer is among those handled with a capability of the ladder."""
        return able(self.seed, self.profile[0], decision, float(self.firm[capability][0]))

    @property
    def mode(self) -> int:
        """How he is analysed: 0 not, 1 by the last receipt, 2 by category, 3 by style."""
        return int(mode_of(self.firm[0], self.profile[0], self.seed))

    def best_guess(self, home: int) -> int | None:
        """The cell that channel ``home`` believes in most; None if it knows nothing of him."""
        belief = np.zeros(CELLS)
        known = believe(self.firm[0], self.file, home, self.day, self.seed, belief)
        return int(np.argmax(belief)) if known else None

    @property
    def file(self) -> File:
        """What the company's rules are handed of him."""
        return File(self.profile[0], self.mind[0])

    def facts(self, home: int) -> list[np.void]:
        """The facts of all silos that channel ``home`` may read, as it sees them today."""
        synced = last_sync(self.firm[0], self.day)
        found = []
        for s in range(SILOS):
            if reaches(self.firm[0], self.profile[0], home, s, self.seed):
                silo = self.mind["silos"][0, s]
                fresh = s == home or silo["written"] < synced
                found.append(silo["live"] if fresh else silo["shared"])
        return found

    def purchases(self, home: int) -> int:
        """Purchases that channel ``home`` can see."""
        return sum(int(f["orders"]) for f in self.facts(home))

    def stored(self) -> tuple[int, int]:
        """Purchases on file under the e-mail address, and under the club card."""
        orders = self.mind["silos"]["live"]["orders"][0]
        return int(orders[BY_MAIL]), int(orders[BY_CLUB])

    def sightings(self, home: int) -> np.ndarray:
        """Signs of interest per cell that channel ``home`` can see, shape (cells,)."""
        return sum((f["counts"].astype(int) for f in self.facts(home)), np.zeros(CELLS, int))

    def front(self, seen_as: int) -> list[int]:
        """The catalogue's rows on the web shop's front for a visitor seen as NOBODY, ..."""
        shown, belief = np.zeros(1, SHOWN), np.zeros(CELLS)
        home = (UNKNOWN, self.device, BY_MAIL, self.device)[seen_as]
        fill_front(shown[0], self.firm[0], self.file, home, self.day, self.seed, belief)
        return [int(item) for item in shown["items"][0, :TILES]]

    def held_out(self, code: int, kind: int) -> bool:
        """Whether this paid line of the channel shows him nothing, so that it can be measured."""
        line = paid_channel(int(ev.PLACE_OF_MEDIUM[code]), kind)
        return bool(is_left_out(self.firm[0], self.profile[0], line, self.device, self.seed))

    def follows_device(self) -> bool:
        """Whether an item would follow the device in his hand."""
        item = retarget_item(self.firm[0], self.file, self.device, self.day, self.seed)
        return int(item) >= 0

    def ad_rate(self, channel: int, kind: int) -> float:
        """Share of the slots of a media channel, by its code, that an ad of this kind wins."""
        paid = paid_channel(int(ev.PLACE_OF_MEDIUM[channel]), kind)
        return float(self.firm["ad_rate"][0, paid])

    def knows_caller(self) -> bool:
        """Whether an agent who takes his call sees who it is."""
        return bool(caller_is_known(self.firm[0], self.profile[0], self.seed))

    @property
    def personal(self) -> bool:
        """Whether mails to him are personal."""
        return self.does(PERSONAL, "personal_mail")

    @property
    def has_flows(self) -> bool:
        """Whether automation flows run for him."""
        return self.does(HAS_FLOWS, "flows")

    @property
    def pauses(self) -> bool:
        """Whether contacts with him are coordinated."""
        return self.does(PAUSES, "pauses")

    @property
    def records_visits(self) -> bool:
        """Whether his visits to the web shop are recorded."""
        return self.does(RECORDS, "record_web")

    @property
    def hands_over(self) -> bool:
        """Whether his progress carries over between channels."""
        return self.does(HANDS_OVER, "hand_over")


def because(
    mine: np.void | None, other: np.void | None, file: OnFile, say, seen_as: int = 0
) -> str:
    """Why this company did what it did in the event in which two worlds part, in words.

    ``mine``: the event in this world, None if there was none like it; ``other``: in the other
    world. ``say`` puts a cell into words. ``seen_as``: how the visitor of that day was seen.
    The words hold {he}, {his} and {him}, to be filled in.
    """
    event = other if mine is None else mine
    kind, channel = int(event["kind"]), int(event["channel"])
    if kind == ev.MAIL_SENT and mine is None:
        return _no_mail(file, int(event["order"]))
    if kind == ev.MAIL_SENT and event["order"] != ev.NEWSLETTER:
        title = t(file.messages[int(event["order"])]).replace("{", "{{").replace("}", "}}")
        return t("has the flow '{title}' and {basis}", title=title, basis=_basis(file, say))
    if kind in (ev.SUBSCRIBED, ev.CLUB_JOINED):
        asked = percentage(float(file.firm["ask_permission"][0]))
        return t("asks {share} of those it could ask", share=asked)
    if kind == ev.SEARCH_CLICKED:
        kind = max(int(event["order"]), GENERIC)
        won = percentage(file.ad_rate(channel, kind))
        return t("buys the place above {share} of such searches", share=won)
    if kind == ev.REPEATED and channel != ev.CENTRE:
        if file.hands_over:
            return t("hands {his} progress over between channels and devices", **HIM)
        return t("hands no progress over between channels and devices")
    if kind in (ev.DESK_WAITED, ev.REFUNDED):
        return t("did the same towards {him}; its queues are not as long as the other's", **HIM)
    if kind == ev.CONTRADICTED or (channel == ev.EMAIL and kind != ev.WEB_VISIT):
        return _basis(file, say)
    if kind == ev.POST_SEEN:
        campaign = say(int(file.firm["campaign_cell"][0]))
        return t("posts its campaign of the week, {campaign}", campaign=campaign)
    if kind in (ev.AD_SHOWN, ev.AD_CLICKED):
        return _ad(event, mine, file)
    if channel == ev.CENTRE:
        return _service(mine, kind, file)
    if channel == ev.STORE:
        if kind == ev.STORE_VISIT and mine is not None and mine["seen_as"] == ev.A_PERSON:
            return t("has staff who look {him} up", **HIM)
        return t("has staff who do not know who {he} is", **HIM)
    if kind == ev.WEB_VISIT and mine is not None:
        seen_as = int(mine["seen_as"])
    return _visit(seen_as, file, say)


def _basis(file: OnFile, say) -> str:
    """What a newsletter to him rests on."""
    seen, best = file.sightings(BY_MAIL), file.best_guess(BY_MAIL)
    stored, campaign = sum(file.stored()), say(int(file.firm["campaign_cell"][0]))
    kept = purchases(stored) if stored else t("no purchase")
    told = HIM | {"campaign": campaign, "purchases": kept}
    if not file.personal:
        if stored:
            return t(
                "sends everybody its campaign, {campaign}; {his} {purchases} on file count for "
                "nothing",
                **told,
            )
        return t(
            "sends everybody its campaign, {campaign}; it has no purchase on file of {his}", **told
        )
    if best is None:
        if file.mode:
            return t(
                "writes personally, but can use none of it in a mail ({purchases} on file): "
                "everybody's campaign, {campaign}",
                **told,
            )
        return t(
            "writes personally, but infers nothing from it ({purchases} on file): everybody's "
            "campaign, {campaign}",
            **told,
        )
    top = int(np.argmax(seen))
    signs = {"n": int(seen[top]), "all": int(seen.sum()), "top": say(top), "best": say(best)}
    told = HIM | signs | {"purchases": purchases(file.purchases(BY_MAIL))}
    if file.mode == 3:
        return t(
            "knows {him} by {his} e-mail address: {purchases}, {n} of {all} signs of interest are "
            "{top}. It weighs styles as well as categories: {best}",
            **told,
        )
    if not file.mode:
        return t(
            "knows {him} by {his} e-mail address: {purchases}, {n} of {all} signs of interest are "
            "{top}. It infers nothing from purchases: {best} was looked at lately",
            **told,
        )
    if file.mode == 1:
        return t(
            "knows {him} by {his} e-mail address: {purchases}, {n} of {all} signs of interest are "
            "{top}. But it goes by the category of {his} last receipt, and sends what sells most "
            "to everybody there: {best}",
            **told,
        )
    return t(
        "knows {him} by {his} e-mail address: {purchases}, {n} of {all} signs of interest are "
        "{top}. But it weighs categories, and sends what sells most to everybody there: {best}",
        **told,
    )


def _no_mail(file: OnFile, kind: int) -> str:
    profile = file.profile[0]
    address = profile["addresses"][OWN_ADDRESS]
    if address["permission"] == 0:
        return t("has no permission to write to {him}", **HIM)
    busy = file.pauses and profile["open_case"] > file.day
    if busy:
        return t("keeps quiet while {his} case is open", **HIM)
    if kind == ev.NEWSLETTER:
        ago = file.day - int(address["last_mail_day"])
        if ago < int(file.firm["mail_gap_days"][0]):
            return t("keeps quiet: it wrote to {him} {days} ago", **HIM, days=days(ago))
        unopened = int(address["unopened"])
        return t("keeps quiet: {he} left {n} mails unopened", **HIM, n=unopened)
    if not file.has_flows:
        return t("has no automation flows")
    return t("has nothing on file that would set the flow off")


def _ad(event: np.void, mine: np.void | None, file: OnFile) -> str:
    channel = int(event["channel"])
    if event["order"] == BRAND:
        share = percentage(file.ad_rate(channel, BRAND))
        return t("shows who it is in {share} of such places", share=share)
    if channel in file.by_post:
        share = percentage(file.ad_rate(channel, LEAFLET))
        return t("has its leaflet in {share} of letter boxes", share=share)
    kind = RETARGETING if file.follows_device() else PROSPECTING
    if file.held_out(int(event["channel"]), kind):
        return t("holds {him} out of advertising, to measure it", **HIM)
    share = percentage(file.ad_rate(int(event["channel"]), kind))
    if mine is not None and mine["order"] == 1:
        return t(
            "follows this device with what it looked at; wins {share} of such places with its "
            "present budget",
            share=share,
        )
    if kind == RETARGETING:
        return t(
            "saw what this device looked at; wins {share} of such places with its present budget",
            share=share,
        )
    return t(
        "has no look of this device on file to follow up; wins {share} of such places with its "
        "present budget",
        share=share,
    )


def _service(mine: np.void | None, kind: int, file: OnFile) -> str:
    if kind == ev.SCORED:
        share = percentage(float(file.firm["asks_score"][0]))
        return t("asks {share} of those it has answered how it was", share=share)
    knows, calling = file.knows_caller(), True
    if mine is not None and kind == ev.SERVICE_ASKED and mine["minute"] != ev.CALLS:
        knows, calling = mine["seen_as"] == ev.A_PERSON, False
    agents = {
        (True, True): t("has an agent who sees who is calling"),
        (True, False): t("has an agent who sees who it is"),
        (False, True): t("has an agent who does not see who is calling"),
        (False, False): t("has an agent who does not see who it is"),
    }
    answer = agents[bool(knows), calling]
    if kind in (ev.SERVICE_ANSWERED, ev.SERVICE_GAVE_UP) and mine is not None:
        waited = figure(float(mine["value"]))
        return t("{agent}; {he} waited {n} minutes in its queue", **HIM, agent=answer, n=waited)
    return answer


def _visit(seen_as: int, file: OnFile, say) -> str:
    ways = (
        marked("as a stranger"),
        marked("by {his} device"),
        marked("by name"),
        marked("as somebody else"),
    )
    front = list(dict.fromkeys(say(item, item=True) for item in file.front(seen_as)[:3]))
    told = HIM | {"how": t(ways[seen_as], **HIM), "front": ", ".join(front)}
    if file.records_visits:
        return t("sees {him} {how} and puts {front} on the front page", **told)
    return t(
        "sees {him} {how}, records none of {his} visits, and puts {front} on the front page", **told
    )


def number(n: int) -> str:
    """A small number in words."""
    return t(NUMBERS[n]) if n < len(NUMBERS) else str(n)


def percentage(share: float) -> str:
    """A share in whole per cent."""
    return t("{n}%", n=figure(100 * share))


def purchases(n: int) -> str:
    """So many purchases."""
    return tn("one purchase", "{many} purchases", n, many=number(n))


def days(n: int) -> str:
    """So many days."""
    return tn("one day", "{many} days", n, many=number(n))


def minutes(n: int) -> str:
    """So many minutes."""
    return tn("one minute", "{many} minutes", n, many=number(n))
