"""Scripted journeys as people read them: a table of shares, and one person's told side by side."""

from __future__ import annotations

import shutil
from collections.abc import Iterable

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

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
NOTE = (
    "Both companies have long been what they are: their worlds differ before the journey begins. "
    "What the customer does is the same by the script; what is recognised, kept, handed over, sent "
    "and shown follows from what either company has on file by its ordinary rules."
)


def per_100(share: float) -> str:
    """A share as so many of 100; no number where nobody is counted."""
    if np.isnan(share):
        return "nobody"
    if 0 < share < LITTLE:
        return "fewer than 1 of 100"
    return f"{'over 99' if 1 - LITTLE < share < 1 else f'{100 * share:.0f}'} of 100"


# The table


def table(played: list[list[Played]]) -> Table:
    """A row a script with its shares under each strategy, and below it what broke it.

    ``played``: for each script its plays, one under each strategy.
    """
    shown = Table(box=box.HORIZONTALS, header_style="", pad_edge=False)
    shown.add_column(f"Of 100 people who do the same\n(of {len(played[0][0].who):,} who play)")
    for one in played[0]:
        shown.add_column(title(one.strategy), justify="right", max_width=14)
    for plays in played:
        shown.add_row(plays[0].script.title, *(per_100(one.share) for one in plays))
        if any(one.n < len(one.who) for one in plays):
            shown.add_row("  counted", *(f"{one.n:,}" for one in plays), style="dim")
        for said in plays[0].broken_by:
            row = [one.broke()[said] / one.n if one.n else np.nan for one in plays]
            if any(share >= LITTLE for share in row):
                cells = ["" if np.isnan(share) else f"{100 * share:.0f}" for share in row]
                shown.add_row(f"  {said}", *cells, style="dim")
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
    page.row("In the end", *(outcome(one, who) for one in played))
    page.row("All in all", *(shares(one) for one in played))
    page.rule("-")
    page.wide("", NOTE)
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
    page.lines.append(f"{script.title}: {script.name}'s journey under two strategies")
    page.rule("=")
    page.wide("The script", f"{script.name} {script.sentence}")
    alike = f"So do {len(played[0].who):,} people in each world."
    signs = [f"for whom it is true: {sign.said}" for sign in script.counted]
    if any(step.but_for for step in script.steps):
        signs.append("for whom it would have broken but for the purchase")
    counted = " and ".join(signs)
    page.wide("", f"{alike} Counted are those {counted}." if counted else alike)
    page.lines.append("")
    page.row("", *(name.upper() for name in page.titles))
    page.rule("-")


def days(page: Page, both: TwoYears) -> None:
    """Day by day all that happened; where the two part for the first time, why."""
    narrator, parted = Narrator(both), both.files[0].day if both.files else None
    for day in sorted({int(day) for log in both.events for day in log["day"]}):
        todays = [log[log["day"] == day] for log in both.events]
        if day == parted:
            page.parting(both, narrator, todays, "JOURNEYS")
        else:
            told = [narrator.told(grouped(events)) for events in todays]
            if any(told):
                page.row(date(day), *told)


def outcome(one: Played, who: int) -> str:
    """How it went for one person, and for how many it went so."""
    place = int(np.flatnonzero(one.who == who)[0])
    name, held = one.script.name, bool(one.held[place])
    if held:
        return f"{name}'s journey hangs together. So it went for {per_100(one.share)}."
    broken = " and ".join(said for said, broken in one.broken_by.items() if broken[place])
    return f"{name} {broken}. So or otherwise it broke for {per_100(1 - one.share)}."


def shares(one: Played) -> str:
    """For how many it held, of how many, and what broke it."""
    causes = [
        f"{said}: {per_100(times / one.n)}"
        for said, times in one.broke().most_common()
        if times / one.n >= LITTLE
    ]
    broke = f"; {', '.join(causes)}" if causes else ""
    return f"It hangs together for {per_100(one.share)} ({one.n:,} counted){broke}."
