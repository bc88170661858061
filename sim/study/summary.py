"""What a comparison found, for the command line: the answer first, then tables of 100 columns.

Up to :data:`sim.study.sweep.MANY` strategies stand beside each other, metric by metric. More of
them, a sweep, get a row each; :mod:`sim.study.sweep` gives the same for the run folder.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from math import floor, log10
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.measures.carries import CARRIED, GAINED, LOST, SUM_GAINED, SUM_LOST, TOTAL, WHOLE
from sim.measures.comparison import ARMS, ORIGINS, Comparison
from sim.measures.journeys import DIFFERENCE
from sim.measures.metrics import metric_of, shown
from sim.study import carries, offers, shocked, sums, words
from sim.study.carries import Carriers
from sim.study.facts import Facts
from sim.study.numbers import UNKNOWN, Estimate, decimals, factor, listing, plain, span
from sim.study.settled import STEADY, drift_lines, steady_as_levels, steady_title
from sim.study.sweep import MANY

COLUMNS = 100
BESIDE = 4  # strategies beside the baseline in a table
TOUCHED = {"share_any": "Customers with any change, %", "share_bought": " with other purchases, %"}
ALIKE = "≈"  # before a difference whose interval contains zero
IN_ASCII = str.maketrans({"−": "-", "±": "+-", "≈": "~", "–": "-", "─": "-", "\u00a0": " "})


def print_comparison(
    comparison: Comparison, folder: Path | str | None = None, console: Console | None = None
) -> None:
    """Print what was found, and where ``folder`` lies; with colours only in a terminal."""
    print_parts(_parts(Facts(comparison), folder), console)


def print_parts(parts: Iterable[Table | Text | str], console: Console | None = None) -> None:
    """Print tables and text as one piece; with colours only in a terminal."""
    console = console or _console()
    with console.capture() as said:
        for part in parts:
            console.print(part, highlight=False, markup=False, soft_wrap=isinstance(part, str))
    text = "\n".join(line.rstrip() for line in said.get().split("\n"))
    code = console.encoding
    if not code.lower().startswith("utf"):
        text = text.translate(IN_ASCII).encode(code, "replace").decode(code)
    console.file.write(text)
    console.file.flush()


def _console() -> Console:
    """The terminal, at most 100 columns of it; exactly 100 where there is none."""
    console = Console()
    console.width = min(console.width, COLUMNS) if console.is_terminal else COLUMNS
    return console


def _parts(facts: Facts, folder: Path | str | None) -> Iterator[Table | Text | str]:
    yield Text("\n" + " ".join(answer(facts)) + "\n", "bold")
    yield Text(" ".join([words.setting(facts), *_how_to_read(facts)]) + "\n", "dim")
    for question, said in words.beside(facts):
        yield Text(f"{question.rstrip('?')}: {said}")
    yield ""
    for table in _tables(facts):
        yield table
        yield ""
    if facts.arms:
        yield Text(
            "gross: as the documents count, with what is bought on the visit of a return or "
            "pick-up.\ncausal: change of net revenue over all channels against mail only, same "
            "customers and luck, so\nthat purchases merely pulled forward or moved are left out.\n"
            "step: contribution of the offer against the one above it, per person-year and of the "
            "company.\n",
            "dim",
        )
    if len(facts.comparison.by_shock):
        yield _shocked(facts)
        yield Text("\n" + " ".join(shocked.sentences(facts)) + "\n", "dim")
    if len(facts.comparison.carries):
        told = Carriers(facts)
        yield _carries(told)
        yield Text("\n" + " ".join(carries.sentences(told)) + "\n", "dim")
    for said in drift_lines(facts.comparison):
        yield Text(f"{said}\n", "yellow")
    if lost := {what: n for what, n in facts.comparison.lost.items() if n}:
        said = listing([f"{n:,} {what}" for what, n in lost.items()])
        yield Text(f"Did not fit into people's places and were left out: {said}.\n", "yellow")
    if folder is not None:
        yield f"Report:  {folder}/report.html"
        yield f"Numbers: {folder}/metrics.csv"


def _tables(facts: Facts) -> Iterator[Table]:
    if len(facts.names) > MANY:
        yield _sweep(facts)
    else:
        blocks = _blocks(facts)
        yield from (_main(facts, names) for names in blocks)
        if len(facts.comparison.steady_levels):
            settled = Facts(steady_as_levels(facts.comparison))
            yield from (_steady(settled, names) for names in blocks)
        for segment in ("shoppers", "buyers"):
            yield from (_segment(facts, names, segment) for names in blocks)
    if facts.arms:
        yield _returns(facts)


def answer(facts: Facts) -> tuple[str, str]:
    """The finding in two sentences: who earns most and how sure that is; what returns are worth."""
    first = words.headline(facts) + words.how_sure(facts)
    if facts.arms:
        return f"{first}.", f"{offers.returns_title(facts)}."
    if not facts.leader:
        return f"{first}.", "With one strategy there is nothing to compare it with."
    name, gap = facts.leader, facts.difference(facts.leader, "net_revenue")
    second = f"{facts.title(name)} against {facts.within(facts.baseline)} in net revenue: "
    second += f"{gap_text(gap, words.YEAR)} {words.YEAR}"
    tail = ", not distinguishable from zero" if gap.bounded and not gap.clear else ""
    return f"{first}.", f"{second}{tail}."


def _how_to_read(facts: Facts) -> list[str]:
    if not facts.others:
        return []
    said = (
        f"Signed: difference to {facts.within(facts.baseline)}, paired; of percentages in points."
    )
    if facts.comparison.settings.seeds == 1:
        return [said, "One seed gives no intervals: how sure this is stays unknown."]
    said += f" ±: 95 % interval over seeds. {ALIKE}: not distinguishable from zero."
    if len(facts.names) > MANY:
        said += " Of 20 such intervals one misses by chance."
    return [said]


# Numbers


def level_text(value: Estimate, unit: str, digits: int) -> str:
    """A level without its unit: ``1,832``; shares as %."""
    return plain(value.mean * factor(unit), digits)


def gap_text(gap: Estimate, unit: str, digits: int | None = None, *, tight: bool = False) -> str:
    """A difference and half its interval: ``+61 ±5``; ``≈+2 ±5`` if that contains zero."""
    digits = decimals([gap], unit) if digits is None else digits
    text = plain(gap.mean * factor(unit), digits, signed=True)
    if gap.bounded and gap.low < gap.high:
        text = f"{'' if gap.clear else ALIKE}{text} ±{half_text(gap, digits, factor(unit))}"
    return re.sub(r"(?<!\d)0\.", ".", text.replace(" ", "")) if tight else text


def half_text(value: Estimate, digits: int, times: float = 1.0) -> str:
    """Half of an interval; ``<1`` where it would be rounded to nothing."""
    half, least = (value.high - value.low) / 2 * times, 10.0**-digits
    return plain(half, digits) if half >= least / 2 else f"<{plain(least, digits)}"


def _level_digits(levels: list[Estimate], unit: str) -> int:
    """Decimals for a row, at least two digits of the largest however wide the intervals are."""
    largest = max((abs(level.mean) * factor(unit) for level in levels if level.known), default=0.0)
    least = min(max(1 - floor(log10(largest)), 0), 2) if largest > 0 else 0
    return max(decimals(levels, unit), least)


def _gap_digits(gaps: Iterable[Estimate], unit: str, most: int) -> int:
    """Decimals for a row: no more than the levels have, unless a clear difference would be 0."""
    known = list(gaps)
    digits = min(decimals(known, unit), most)
    while digits < 3 and any(
        g.clear and abs(g.mean) * factor(unit) < 0.5 * 10.0**-digits for g in known
    ):
        digits += 1
    return digits


def _cell(text: str) -> Text:
    return Text(text, "dim" if text.startswith(ALIKE) else "")


# Strategies beside each other


def _blocks(facts: Facts) -> list[list[str]]:
    """The strategies beside the baseline, shared out evenly over as few tables as hold them."""
    others = facts.others
    tables = max(-(-len(others) // BESIDE), 1)
    size = -(-len(others) // tables)
    return [others[i * size : (i + 1) * size] for i in range(tables)]


def plain_table(title: str, headings: Iterable[str], label: int | None = None) -> Table:
    """A table whose first column, of ``label`` characters, names the rows."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
    )
    table.add_column("", width=label, vertical="bottom")
    for heading in headings:
        table.add_column(Text(heading), justify="right", overflow="fold", vertical="bottom")
    return table


def _compared(facts: Facts, names: list[str], title: str, label: int) -> Table:
    """A column a strategy; titles are broken so that numbers decide how wide it gets."""
    titles = [_broken(facts.title(facts.baseline), 8)]
    titles += [_broken(facts.title(name), 12) for name in names]
    return plain_table(title, titles, label)


def _broken(title: str, width: int) -> str:
    """A title in lines so wide, or as its longest word if that is not much wider."""
    longest = max(map(len, title.split()), default=0)
    return "\n".join(textwrap.wrap(title, max(width, longest) if longest <= 12 else width))


def _known(facts: Facts, place: str) -> list[tuple[str, str]]:
    """Metrics of the comparison that are shown there, and their units."""
    return [(metric, facts.units[metric]) for metric in shown(place) if metric in facts.units]


def _measured(
    facts: Facts, names: list[str], metric: str, segment: str, *, tight: bool = False
) -> tuple[list[str], list[str]]:
    """Levels of the baseline and ``names``, and the differences of ``names``."""
    unit = facts.units[metric]
    levels = [facts.level(name, metric, segment) for name in (facts.baseline, *names)]
    gaps = [facts.difference(name, metric, segment) for name in names]
    digits = _level_digits(levels, unit)
    fine = _gap_digits(gaps, unit, digits)
    return (
        [level_text(level, unit, digits) for level in levels],
        [gap_text(gap, unit, fine, tight=tight) for gap in gaps],
    )


def _gains(
    facts: Facts, names: list[str], segment: str, *, tight: bool = False
) -> dict[str, list[str]]:
    """Parts of the difference in gross revenue: origin to a text for each strategy."""
    parts = {origin: [facts.gain(name, origin, segment) for name in names] for origin in ORIGINS}
    digits = _gap_digits([gap for gaps in parts.values() for gap in gaps], words.YEAR, 0)
    return {
        origin: [gap_text(gap, words.YEAR, digits, tight=tight) for gap in gaps]
        for origin, gaps in parts.items()
    }


def _main(facts: Facts, names: list[str]) -> Table:
    """Each metric on two lines: levels; then its unit and the differences to the baseline."""
    table = _compared(facts, names, "All customers", 28)
    for metric, unit in _known(facts, "printed"):
        levels, gaps = _measured(facts, names, metric, "all")
        table.add_row(words.metric_title(metric), *levels)
        table.add_row(Text(f" {words.unit_words(metric, unit)}", "dim"), "", *map(_cell, gaps))
        if metric in sums.TOLD:
            table.add_row(*_sums(facts, names, metric))
    if names:
        table.add_row()
        for column, label in TOUCHED.items():
            table.add_row(label, "", *(_touched(facts, name, column) for name in names))
        if len(facts.comparison.journeys):
            gaps = [gap_text(facts.journey(name, DIFFERENCE), "share") for name in names]
            table.add_row("Coherent, the same needs", "", *map(_cell, gaps))
            table.add_row(Text(" points, crossing under both", "dim"))
        table.add_row()
        table.add_row("Where gross revenue changes")
        for origin, gaps in _gains(facts, names, "all").items():
            table.add_row(f" {origin}", "", *map(_cell, gaps))
    return table


def _steady(facts: Facts, names: list[str]) -> Table:
    """Levels and differences of the steady states, one line a metric and two for money."""
    table = _compared(facts, names, steady_title(facts.comparison), 28)
    for metric in STEADY:
        levels, gaps = _measured(facts, names, metric, "all")
        table.add_row(words.metric_title(metric), *levels)
        unit = words.unit_words(metric, facts.units[metric])
        table.add_row(Text(f" {unit}", "dim"), "", *map(_cell, gaps))
        if metric in sums.TOLD:
            table.add_row(*_sums(facts, names, metric))
    return table


def _sums(facts: Facts, names: list[str], metric: str) -> list[Text]:
    """The same of the whole company: the baseline's level, and the differences of ``names``."""
    level = sums.total(facts, facts.level(facts.baseline, metric))
    gaps = [sums.total(facts, facts.difference(name, metric)) for name in names]
    digits = _level_digits([level], words.YEAR)
    fine = decimals(gaps, words.YEAR) if gaps else 0
    return [
        Text(f" {sums.unit(facts)}", "dim"),
        Text(level_text(level, words.YEAR, digits)),
        *(_cell(gap_text(gap, words.YEAR, fine)) for gap in gaps),
    ]


def _touched(facts: Facts, name: str, column: str) -> str:
    frame = facts.comparison.changed
    share = frame.loc[frame["strategy"] == name, column]
    return plain(100 * float(share.iloc[0])) if len(share) else UNKNOWN


def _segment(facts: Facts, names: list[str], segment: str) -> Table:
    """Each metric on one line: level, and difference to the baseline."""
    rows: list[tuple[str, list[tuple[str, str]]]] = []
    for metric, _ in _known(facts, "narrow"):
        levels, gaps = _measured(facts, names, metric, segment, tight=True)
        row = metric_of(metric)
        rows.append((row.short or row.title, list(zip(levels, ["", *gaps], strict=True))))
        if metric in sums.TOLD:
            level, *whole = _whole_segment(facts, names, metric, segment)
            rows.append((f" {sums.unit(facts)}", [(level, ""), *(("", gap) for gap in whole)]))
    if names:
        rows.append(("Where it changes", [("", "")] * (1 + len(names))))
        for origin, gaps in _gains(facts, names, segment, tight=True).items():
            rows.append((f" {ORIGINS[origin].short}", [("", gap) for gap in ["", *gaps]]))
    table = _compared(facts, names, f"{segment.capitalize()}, in the same units", 19)
    labels, cells = zip(*rows, strict=True)
    columns = [_aligned(list(column)) for column in zip(*cells, strict=True)]
    for label, *row_of_cells in zip(labels, *columns, strict=True):
        table.add_row(Text(label, "dim" if label == f" {sums.unit(facts)}" else ""), *row_of_cells)
    return table


def _whole_segment(facts: Facts, names: list[str], metric: str, segment: str) -> list[str]:
    """A segment's money as the company's: the baseline's level, the differences of ``names``."""
    level = sums.total(facts, facts.level(facts.baseline, metric, segment), segment)
    gaps = [sums.total(facts, facts.difference(name, metric, segment), segment) for name in names]
    digits = decimals(gaps, words.YEAR) if gaps else 0
    return [
        level_text(level, words.YEAR, _level_digits([level], words.YEAR)),
        *(gap_text(gap, words.YEAR, digits, tight=True) for gap in gaps),
    ]


def _aligned(column: list[tuple[str, str]]) -> list[Text]:
    """Level and difference, each under those above it."""
    wide = [max(len(cell[part]) for cell in column) for part in (0, 1)]
    between = " " if wide[1] else ""
    return [
        Text(f"{level:>{wide[0]}}{between}").append_text(_cell(f"{gap:<{wide[1]}}"))
        for level, gap in column
    ]


def _returns(facts: Facts) -> Table:
    """The return offers beside what the documents say of them."""
    short = "m DKK" if sums.unit(facts) == sums.MILLION else "1,000 DKK"
    steps = ("causal,\npoints", "step,\nDKK", f"step,\n{short}")
    headings = ("gross", "documents", "their band", "", *steps)
    title = "Return offers: net revenue in % of the gross value of all online orders"
    table = plain_table(title, headings, 20)
    for arm, less in zip(facts.arms, (None, *facts.arms), strict=False):
        value, causal = facts.returned(arm, "gross"), facts.returned(arm, "causal")
        target = facts.documents(arm)
        kind, _ = offers.band_verdict(value, target.low, target.high, "share")
        verdict = {"hit": "inside band", "miss": "outside band"}.get(kind, "not measured")
        gross = level_text(value, "share", 1)
        gross += f" ±{half_text(value, 1, factor('share'))}" if value.bounded else ""
        table.add_row(
            arm,
            gross,
            level_text(target, "share", 0),
            span(target, "share", 0),
            Text(verdict, "green" if kind == "hit" else "yellow"),
            "reference" if arm == ARMS[0] else _cell(gap_text(causal, "share", 1)),
            *(_steps(facts, arm, less) if less else ("", "")),
        )
    return table


def _steps(facts: Facts, arm: str, less: str) -> tuple[Text, Text]:
    """What an offer contributes on top of the one before it, a person-year and in all."""
    gap = facts.versus(facts.arms[arm], facts.arms[less], "contribution")
    return _cell(gap_text(gap, words.YEAR)), _cell(gap_text(sums.total(facts, gap), words.YEAR))


# Before a shock, while it lasts, after


def _shocked(facts: Facts) -> Table:
    """A row a strategy and figure: what it has over the baseline; then where each of them sells."""
    table = plain_table(shocked.title(facts), shocked.HEADINGS.values(), 44)
    metric = ""
    for line in shocked.lines(facts):
        if line.metric != metric:
            metric, row = line.metric, shocked.SHOCKED[line.metric]
            less = f" over {facts.within(facts.baseline)}" if line.differs else ""
            table.add_row(f"{row.title}{less}")
        digits = _gap_digits(line.cells.values(), line.unit, 1)
        table.add_row(
            f" {facts.title(line.strategy)}",
            *(_period(line, period, digits) for period in shocked.COLUMNS),
        )
    return table


def _period(line: shocked.Line, period: str, digits: int) -> Text:
    """A cell of it: levels as levels, differences and steps with their signs."""
    found = line.cells[period]
    if not found.known:
        return Text(UNKNOWN)
    if line.differs or period == shocked.STEP:
        return _cell(gap_text(found, line.unit, digits))
    return Text(level_text(found, line.unit, digits))


# What carries it

BOTH_WAYS = ("gross_revenue", "contribution_before_upkeep")  # figures told put back and alone
PUT_BACK = ("nps", "coherent_share")  # told without it alone: the table is narrow


def _carries(told: Carriers) -> Table:
    """A row a group: what is lost without it, what it brings alone; the totals below."""
    asked = [(m, effect) for m in BOTH_WAYS for effect in (LOST, GAINED)]
    asked += [(m, LOST) for m in PUT_BACK]
    short = {"gross_revenue": "Gross", "contribution_before_upkeep": "Contrib."}
    headings = [f"{short.get(m, CARRIED[m].title)}\n{effect}" for m, effect in asked]
    table = plain_table(f"What carries it: {told.second} less {told.first}", headings, 28)
    names = {group.name: group.title for group in told.groups}
    columns = [_effects(told, measure, effect, list(names)) for measure, effect in asked]
    for label, *cells in zip(names.values(), *columns, strict=True):
        table.add_row(label, *cells)
    table.add_row()
    summed = {LOST: SUM_LOST, GAINED: SUM_GAINED}
    for label, effect_of in (("sum of these", summed.get), ("in all", lambda _: TOTAL)):
        cells = [_effects(told, m, effect_of(effect), [WHOLE]) for m, effect in asked]
        table.add_row(label, *(cell for (cell,) in cells))
    table.add_row(Text(f" {sums.unit(told.facts)}", "dim"), *(_whole(told, m) for m, _ in asked))
    return table


def _whole(told: Carriers, measure: str) -> Text:
    """The total of a figure in money as the company's; nothing of other figures."""
    if CARRIED[measure].unit != words.YEAR:
        return Text("")
    total = sums.total(told.facts, told.effect(WHOLE, TOTAL, measure))
    return _cell(gap_text(total, words.YEAR))


def _effects(told: Carriers, measure: str, effect: str, groups: list[str]) -> list[Text]:
    """One column: an effect of each group, all with the same decimals."""
    unit, gaps = CARRIED[measure].unit, [told.effect(group, effect, measure) for group in groups]
    digits = _gap_digits(gaps, unit, 0 if unit == words.YEAR else 1)
    return [_cell(gap_text(gap, unit, digits)) for gap in gaps]


# Sweeps


def _sweep(facts: Facts) -> Table:
    """One row a strategy: the baseline's levels, then the differences to it."""
    metrics = [(metric, facts.units[metric]) for metric in shown("swept") if metric in facts.units]
    headings = [f"{words.metric_title(m)}\n{words.unit_words(m, u)}" for m, u in metrics]
    headings.append(f"Contribution\n{sums.unit(facts)}")
    table = plain_table("Differences to the first row", headings)
    levels = [(facts.level(facts.baseline, metric), unit) for metric, unit in metrics]
    table.add_row(
        Text(facts.title(facts.baseline)),
        *(level_text(level, unit, _level_digits([level], unit)) for level, unit in levels),
        _sums(facts, [], "contribution")[1],
    )
    columns = []
    for (metric, unit), (level, _) in zip(metrics, levels, strict=True):
        gaps = [facts.difference(name, metric) for name in facts.others]
        digits = _gap_digits(gaps, unit, max(_level_digits([level], unit), 1))
        columns.append([_cell(gap_text(gap, unit, digits)) for gap in gaps])
    columns.append(_sums(facts, facts.others, "contribution")[2:])
    for name, *cells in zip(facts.others, *columns, strict=True):
        table.add_row(Text(facts.title(name)), *cells)
    return table
