"""The page: two columns where the years differ, one where they are the same."""

from __future__ import annotations

import shutil
import textwrap
from typing import NamedTuple

import numpy as np

from sim.core import events as ev
from sim.language import ENGLISH, marked, month, spoken, t, tn
from sim.language import number as figure
from sim.settings.protagonist import Protagonist
from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.story.anybody import Simulated
from sim.story.divergence import because, number, parting, purchases
from sim.story.known import Known
from sim.story.narrator import Narrator, grouped
from sim.story.numbers import tally
from sim.story.phrases import FIRST_OF_MONTH, besides, date, joined, month_of, pronouns
from sim.story.years import TwoYears, live
from sim.world.decisions import Decision
from sim.world.model import OmnichannelModel

NARROWEST, WIDEST = 100, 140  # characters
DATE, LONGER_DATE = 13, 15  # the same, of the column of dates
MOST_DECISIONS = 2  # of a company's in a month that are told
NOTE = marked(
    "One customer's two years are an illustration, no measurement: they share the same luck, event "
    "by event, and how luck is shared between two worlds is a choice. What a strategy is worth is "
    "the mean over all customers and several seeds: omnijourney compare."
)


def tell(
    settings: Settings,
    strategies: list[Strategy],
    someone: Protagonist | int,
    width: int | None = None,
) -> str:
    """The year of ``someone`` under two strategies, side by side, as plain text.

    ``someone``: a protagonist, or the id of a simulated customer.
    ``width``: characters a line; the terminal's, within 100 to 140, unless given.
    """
    width = width or min(max(shutil.get_terminal_size((120, 40)).columns, NARROWEST), WIDEST)
    return "\n".join(told(live(settings, strategies, someone), width).lines)


def told(lived: TwoYears, width: int = WIDEST) -> Page:
    """The page of two years that have been lived."""
    page = Page(width, [title(s) for s in lived.strategies])
    page.opening(lived)
    page.year(lived)
    page.tally(tally(lived))
    page.wide("", t(NOTE))
    return page


def title(strategy: Strategy) -> str:
    """What a strategy is called."""
    return t(strategy.title) if strategy.title else strategy.name


class Row(NamedTuple):
    """A row of a page, before it is laid out."""

    label: str  # a date, mostly
    left: str
    right: str  # the same as left where both columns say the same
    parts: bool = False  # it tells where the two worlds part
    day: int | None = None  # that it tells of, up to the evening


class Page:
    """Two columns beside a column of dates; what is the same in both runs over the whole width.

    :attr:`rows` is what is told, :attr:`lines` how a terminal shows it.
    """

    def __init__(self, width: int, titles: list[str]) -> None:
        self.width, self.titles, self.lines = width, titles, []
        self.dates = DATE if spoken() == ENGLISH else LONGER_DATE
        self.column = (width - self.dates - 3) // 2
        self.rows: list[Row] = []
        self.parts_here = False

    def rule(self, stroke: str) -> None:
        """A line across the page."""
        self.lines.append(stroke * self.width)

    def wide(self, label: str, text: str) -> None:
        """Text over the whole width."""
        self.row(label, text, text)

    def row(self, label: str, left: str, right: str, day: int | None = None) -> None:
        """A row of both columns, or over the whole width if they are the same."""
        self.rows.append(Row(label, left, right, self.parts_here, day))
        self.lay_out(label, left, right)

    def lay_out(self, label: str, left: str, right: str) -> None:
        """The lines of a row."""
        if left == right:
            for k, line in enumerate(textwrap.wrap(left, self.width - self.dates)):
                self.lines.append(f"{'' if k else label:{self.dates}}{line}")
            return
        columns = [textwrap.wrap(text or "-", self.column) for text in (left, right)]
        for k in range(max(map(len, columns))):
            a, b = (column[k] if k < len(column) else "" for column in columns)
            line = f"{'' if k else label:{self.dates}}{a:{self.column}} | {b}"
            self.lines.append(line.rstrip())

    def opening(self, lived: TwoYears) -> None:
        """Who he is, what he bought before, and what is on file of it."""
        who, file = lived.someone, lived.start
        if who.name.endswith("s"):
            self.lines.append(t("{name}' year under two strategies", name=who.name))
        else:
            self.lines.append(t("{name}'s year under two strategies", name=who.name))
        self.rule("=")
        self.wide(t("Who"), f"{who.name} {t(who.sentence)}" if who.sentence else who.name)
        before = spent_before(who)
        if before:
            self.wide(t("Before"), before)
            places = (
                marked("{many} of them under {his} e-mail address"),
                marked("{many} of them under {his} club card"),
            )
            his = pronouns(who.pronoun)
            kept = zip(file.stored(), places, strict=True)
            where = [t(place, many=number(n), **his) for n, place in kept if n]
            filed = t(
                "The company, run until now as '{title}', has {where} on file.",
                title=self.titles[0],
                where=joined(where) or t("none of them"),
            )
            self.wide(t("On file"), filed)
        self.lines.append("")
        self.row("", *(each.upper() for each in self.titles))
        self.rule("-")

    def year(self, lived: TwoYears) -> None:
        """The year day by day; everyday things are gathered at the end of a month."""
        narrator, parted = Narrator(lived), lived.files[0].day if lived.files else None
        notes: list[list] = [[], []]

        def gather(day: int) -> None:
            texts = [besides(n, narrator.he) for n in notes]
            if any(texts):
                self.row(t("in {month}", month=month(month_of(day))), *texts, day=day)
            notes[:] = [[], []]

        def look_inside(day: int) -> None:
            begun = day - day % 365 + FIRST_OF_MONTH[month_of(day)]
            texts = [inside(world, begun, day) for world in lived.worlds]
            if any(texts):
                self.row(t("inside"), *texts)

        first, last = lived.start.day, lived.worlds[0].day
        for day in range(first, last):
            todays = [log[log["day"] == day] for log in lived.events]
            if day == parted:
                gather(day)
                self.parting(lived, narrator, todays)
                self.known(*(evenings[day - first] for evenings in lived.known))
            else:
                told = [narrator.day(events) for events in todays]
                for own, (_, everyday) in zip(notes, told, strict=True):
                    own += everyday
                if any(sentences for sentences, _ in told):
                    texts = (" ".join(sentences) for sentences, _ in told)
                    self.row(date(day), *texts, day=day)
            if day + 1 == last or month_of(day + 1) != month_of(day):
                gather(day)
                look_inside(day)
        if parted is None:
            never = t(
                "The two worlds never part: whatever the two companies did differently, nothing of "
                "it reached {name}.",
                name=lived.someone.name,
            )
            self.wide("", never)

    def parting(
        self,
        lived: TwoYears,
        narrator: Narrator,
        todays: list[np.ndarray],
        here: str = marked("HERE THE TWO WORLDS PART."),
    ) -> None:
        """The day on which the two worlds part: what is still the same, then why, then the rest."""
        groups = [grouped(events) for events in todays]
        same = 0
        while same < min(map(len, groups)) and groups[0][same] == groups[1][same]:
            same += 1
        label, when = date(lived.files[0].day), t("that day")
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
        self.parts_here = True
        self.wide(label, f"{t(here)} {narrator.at_issue(events)}")
        self.row(t("why"), *(f"{who} {w}." for who, w in zip(self.titles, why, strict=True)))
        self.parts_here = False
        self.rule("=")
        told = (narrator.told(g[same:]) for g in groups)
        self.row(when if shared else label, *told, day=lived.files[0].day)

    def known(self, left: list[Known], right: list[Known]) -> None:
        """What each company has on file that evening, where it is not as it is or not alike."""
        self.lines.append("")
        when = t("that evening, where it is otherwise in truth or not alike")
        self.lay_out(t("ON FILE"), when, when)
        for one, other in zip(left, right, strict=True):
            if one != other or one.right is False:
                self.lay_out(one.what, on_file(one), on_file(other))
        self.rule("=")

    def tally(self, rows: list[tuple[str, str, str]]) -> None:
        """The year in numbers."""
        self.rule("-")
        wide = self.width - 2 * 26
        heads = [textwrap.shorten(each, 24, placeholder="..") for each in self.titles]
        self.lines.append(f"{t('The year in numbers'):{wide}}{heads[0]:>26}{heads[1]:>26}")
        self.lines += [f"{what:{wide}}{a:>26}{b:>26}" for what, a, b in rows]
        self.rule("-")


def spent_before(who: Protagonist | Simulated) -> str:
    """What he bought from us before the story begins, in a sentence; "" if nothing."""
    told = {"He": pronouns(who.pronoun)["he"].capitalize()}
    told["spent"] = t("DKK {n}", n=figure(who.spent_before_dkk))
    if isinstance(who, Simulated):
        told["purchases"] = purchases(who.purchases)
        if not who.purchases:
            return ""
        return t("{He} has spent {spent} with us, in {purchases}.", **told)
    bought = sum(b.items for b in who.history)
    if not bought:
        return ""
    told |= {"n": str(max(b.days_ago for b in who.history)), "purchases": purchases(bought)}
    things = joined([t(b.what) for b in who.history if b.what])
    if not things:
        return t("{He} has spent {spent} with us in {n} days, in {purchases}.", **told)
    return t(
        "{He} has spent {spent} with us in {n} days, in {purchases}: {things}.",
        **told,
        things=things,
    )


def on_file(known: Known) -> str:
    """What is on file, and what is true where that is something else."""
    if known.right:
        return known.on_file
    return t("{on_file} (in truth: {true})", on_file=known.on_file, true=known.true)


def inside(world: OmnichannelModel, first: int, last: int) -> str:
    """What departments of a company decided from day ``first`` to ``last``, on what it rested, and
    what was true, which nobody there sees; of many the first ones."""
    made = [d for d in world.decisions if first <= d.day <= last]
    told = []
    for d in map(Decision.told, made[:MOST_DECISIONS]):
        made_by = {"date": date(d.day), "department": d.department, "decision": d.decision}
        if d.rested_on:
            made_by["reason"] = d.rested_on
            told.append(t("{date}, {department}: {decision}, because {reason}.", **made_by))
        else:
            told.append(t("{date}, {department}: {decision}.", **made_by))
        if d.truth:
            told.append(t("(The truth: {truth}.)", truth=d.truth))
    more = len(made) - MOST_DECISIONS
    if more > 0:
        left = tn("one decision", "{many} decisions", more, many=number(more))
        told.append(t("And {decisions} more.", decisions=left))
    return " ".join(told)


def seen_on_visit(events: np.ndarray) -> int:
    """How the web shop saw its visitor that day: 0 unknown (or no visit), 1 device, 2 person."""
    visits = events["seen_as"][events["kind"] == ev.WEB_VISIT]
    return int(visits[0]) if len(visits) else 0
