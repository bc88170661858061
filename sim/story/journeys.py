"""Scripted journeys as people read them: a table of shares, and one person's told side by side."""

from __future__ import annotations

import shutil
from collections.abc import Iterable

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from sim.language import marked, number, t
from sim.settings.complaints import Stopped
from sim.settings.script import Script
from sim.story.divergence import first_divergence
from sim.story.narrator import Narrator, grouped
from sim.story.page import NARROWEST, WIDEST, Page, title
from sim.story.phrases import date
from sim.story.plays import Played, play
from sim.story.stage import Stage
from sim.story.years import TwoYears

LITTLE = 0.005  # share of those counted below which a cause is not in the table
NOTE = marked(
    "Both companies have long been what they are: their worlds differ before the journey begins. "
    "What the customer does is the same by the script; what is recognised, kept, handed over, sent "
    "and shown follows from what either company has on file by its ordinary rules."
)


def per_100(share: float) -> str:
    """A share as so many of 100; no number where nobody is counted."""
    if np.isnan(share):
        return t("nobody")
    if 0 < share < LITTLE:
        return t("fewer than 1 of 100")
    if 1 - LITTLE < share < 1:
        return t("over 99 of 100")
    return t("{n} of 100", n=number(100 * share))


# The table


def table(played: list[list[Played]]) -> Table:
    """A row a script with its shares under each strategy, and below it what broke it.

    ``played``: for each script its plays, one under each strategy.
    """
    shown = Table(box=box.HORIZONTALS, header_style="", pad_edge=False)
    shown.add_column(
        t("Of 100 people who do the same\n(of {n} who play)", n=number(len(played[0][0].who)))
    )
    for one in played[0]:
        shown.add_column(title(one.strategy), justify="right", max_width=14)
    for plays in played:
        shown.add_row(t(plays[0].script.title), *(per_100(one.share) for one in plays))
        if any(one.n < len(one.who) for one in plays):
            shown.add_row(f"  {t('counted')}", *(number(one.n) for one in plays), style="dim")
        for said in plays[0].broken_by:
            row = [one.broke()[said] / one.n if one.n else np.nan for one in plays]
            if any(share >= LITTLE for share in row):
                cells = ["" if np.isnan(share) else f"{100 * share:.0f}" for share in row]
                shown.add_row(f"  {t(said)}", *cells, style="dim")
        shown.add_section()
    return shown


def print_table(scripts: Iterable[Script], stages: list[Stage]) -> None:
    """Play all scripts on all stages, and print for how many of 100 each hangs together."""
    played = [[play(script, stage) for stage in stages] for script in scripts]
    Console(highlight=False).print(table(played))


# The story


def tell_journey(script: Script, stages: list[Stage], width: int | None = None) -> str:
    """The journey of the script's person under two strategies, side by side, as plain text."""
    played = [play(script, stage) for stage in stages]
    who = told_of(played)
    watched = [play(script, stage, watch=who) for stage in stages]
    width = width or min(max(shutil.get_terminal_size((120, 40)).columns, NARROWEST), WIDEST)
    page = Page(width, [title(one.strategy) for one in played])
    opening(page, script, played)
    days(page, lived(script, stages, watched, who))
    page.rule("-")
    page.row(t("In the end"), *(outcome(one, who) for one in played))
    page.row(t("All in all"), *(shares(one) for one in played))
    page.rule("-")
    page.wide("", t(NOTE))
    return "\n".join(page.lines)


def told_of(played: list[Played]) -> int:
    """Id of the one of whom it is told: who is counted in both worlds, and for whom it hangs
    together in that one alone in which it does so more often. Where there is none, the first who is
    counted. Raises Stopped where nobody is.
    """
    a, b = played
    better, other = (a, b) if a.share > b.share else (b, a)
    counted = a.counted & b.counted
    for fits in (counted & better.held & ~other.held, counted, a.counted | b.counted):
        if fits.any():
            return int(a.who[np.argmax(fits)])
    raise Stopped(f"nobody is counted of whom {a.script.title!r} could be told")


def lived(script: Script, stages: list[Stage], watched: list[Played], who: int) -> TwoYears:
    """One person's two journeys, as the narrator reads them."""
    events = [one.events_of(who) for one in watched]
    strategies = [one.strategy for one in watched]
    both = TwoYears(script, strategies, who, watched[0].mornings[0])
    both.worlds, both.events = [stage.world for stage in stages], events
    at = first_divergence(*events)
    if at is not None:
        day = min(int(log["day"][at]) for log in events if at < len(log))
        both.files = [one.mornings[day - one.first_day] for one in watched]
    return both


def opening(page: Page, script: Script, played: list[Played]) -> None:
    """Who it is, what he does, and how many do the same."""
    named = {"title": t(script.title), "name": script.name}
    page.lines.append(t("{title}: {name}'s journey under two strategies", **named))
    page.rule("=")
    page.wide(t("The script"), f"{script.name} {t(script.sentence)}")
    alike = t("So do {n} people in each world.", n=number(len(played[0].who)))
    signs = [t("for whom it is true: {sign}", sign=t(sign.said)) for sign in script.counted]
    if any(step.but_for for step in script.steps):
        signs.append(t("for whom it would have broken but for the purchase"))
    counted = t("Counted are those {signs}.", signs=all_of(signs))
    page.wide("", f"{alike} {counted}" if signs else alike)
    page.lines.append("")
    page.row("", *(name.upper() for name in page.titles))
    page.rule("-")


def days(page: Page, both: TwoYears) -> None:
    """Day by day all that happened; where the two part for the first time, why."""
    narrator, parted = Narrator(both), both.files[0].day if both.files else None
    for day in sorted({int(day) for log in both.events for day in log["day"]}):
        todays = [log[log["day"] == day] for log in both.events]
        if day == parted:
            page.parting(both, narrator, todays, marked("HERE THE TWO JOURNEYS PART."))
        else:
            told = [narrator.told(grouped(events)) for events in todays]
            if any(told):
                page.row(date(day), *told)


def outcome(one: Played, who: int) -> str:
    """How it went for one person, and for how many it went so."""
    place = int(np.flatnonzero(one.who == who)[0])
    name, held = one.script.name, bool(one.held[place])
    if held:
        told = {"name": name, "many": per_100(one.share)}
        return t("{name}'s journey hangs together. So it went for {many}.", **told)
    broken = all_of([t(said) for said, broken in one.broken_by.items() if broken[place]])
    told = {"name": name, "broken": broken, "many": per_100(1 - one.share)}
    return t("{name} {broken}. So or otherwise it broke for {many}.", **told)


def all_of(parts: list[str]) -> str:
    """a and b and c."""
    told = parts[0] if parts else ""
    for part in parts[1:]:
        told = t("{several} and {last}", several=told, last=part)
    return told


def shares(one: Played) -> str:
    """For how many it held, of how many, and what broke it."""
    causes = [
        f"{t(said)}: {per_100(times / one.n)}"
        for said, times in one.broke().most_common()
        if times / one.n >= LITTLE
    ]
    told = {"many": per_100(one.share), "n": number(one.n), "causes": ", ".join(causes)}
    if causes:
        return t("It hangs together for {many} ({n} counted); {causes}.", **told)
    return t("It hangs together for {many} ({n} counted).", **told)
