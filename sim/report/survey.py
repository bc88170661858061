"""What people read of a survey: tables on the command line, and one figure for the run folder."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from rich.table import Table
from rich.text import Text

from sim.measures.investments import ALL, DISCIPLINE
from sim.report.look import ACCENTS, BAND, BASELINE, HAIR, INK, MUTED
from sim.report.picture import DPI, STYLE, WIDTH
from sim.study.numbers import plain
from sim.study.summary import plain_table, print_parts
from sim.study.survey import Surveyed

STATED_LOSS = 0.74  # A31: of data projects, no source for it


def print_survey(found: Surveyed) -> None:
    """Print means, answers and order."""
    print_parts(_drawn(found))


def print_investments(found: Surveyed) -> None:
    """Print how many investments lose money, and what they are worth."""
    print_parts(_invested(found))


def print_spread(found: Surveyed) -> None:
    """Print how far apart the firms stand with and without the shock."""
    print_parts(_spread(found))


def percent(*values: float) -> str:
    """Shares in %, joined: ``24``, ``17 to 33``."""
    return " to ".join(plain(100 * value) for value in values)


def headline(found: Surveyed) -> str:
    """How many of the documents' shares the ladder gives."""
    hits, n = int(found.shares["hit"].sum()), len(found.shares)
    missed = ", ".join(found.shares["row"][~found.shares["hit"]])
    said = f"The ladder gives {hits} of the {n} shares that the documents state"
    return f"{said}; it misses {missed}." if missed else f"{said}."


def _drawn(found: Surveyed) -> Iterator[Table | Text | str]:
    asked = found.settings.survey
    yield Text(f"\n{headline(found)}\n", "bold")
    yield Text(
        f"{asked.draws:,} surveys of {asked.firms} firms each, seed {found.settings.seed}. Means "
        "are put in; spread, correlation and thresholds were declared before any share was "
        "computed. 95 % of surveys lie in a band. Hit: the share lies in the 95 % interval "
        "(Wilson) of the document's.\n",
        "dim",
    )
    yield _means(found.means)
    yield Text(f"\nTwo disciplines correlate by {found.correlation:.2f} as firms see themselves.\n")
    yield _shares(found.shares)
    yield ""
    table = plain_table("How often a survey has the order of A21", ["% of surveys"], 56)
    for row in found.order.itertuples():
        table.add_row(row.order, percent(row.share))
    yield table
    yield ""


def _means(means: pd.DataFrame) -> Table:
    headings = ["row", "document", "drawn", "band", "sd", "mean place"]
    table = plain_table("Mean levels, 0 to 3", headings, 16)
    for m in means.itertuples():
        band = f"{m.low:.2f} to {m.high:.2f}"
        cells = (f"{m.stated:.2f}", f"{m.mean:.2f}", band, f"{m.sd:.2f}", f"{m.place:.1f}")
        table.add_row(m.discipline, m.row, *cells)
    return table


def _shares(shares: pd.DataFrame) -> Table:
    headings = ["row", "asked", "document", "interval", "ladder", "band", ""]
    table = plain_table("Shares of the firms asked, %", headings, 40)
    for s in shares.itertuples():
        table.add_row(
            s.text,
            s.row,
            plain(s.firms_asked),
            plain(100 * s.stated, 1 if round(100 * s.stated, 6) % 1 else 0),
            percent(s.stated_low, s.stated_high),
            percent(s.share),
            percent(s.low, s.high),
            Text("hit") if s.hit else Text("miss", "yellow"),
        )
    return table


def _invested(found: Surveyed) -> Iterator[Table | Text | str]:
    settings, losses = found.settings, found.losses
    whole = losses[losses[DISCIPLINE] == ALL].iloc[0]
    scale, firms = settings.scale, settings.survey.simulated
    yield Text(
        f"\nOf {int(whole.investments)} investments in one discipline {percent(whole.lost)} % lose "
        f"money ({percent(whole.lost_low, whole.lost_high)}); A31 says {percent(STATED_LOSS)} %, "
        "without a source.\n",
        "bold",
    )
    yield Text(
        f"{firms} firms, +{settings.survey.invested:g} level in one discipline, "
        f"{scale.horizon_days:,} days after {scale.warmup_days:,} at their present levels; "
        f"{scale.customers:,} people and {scale.seeds} world"
        f"{'s' if scale.seeds > 1 else ''} a firm, the same with and without the investment. "
        f"Discounted at {100 * settings.company.economics.discount_rate_year:g} % a year; "
        "upkeep and the cost of the change are in it. Intervals are over firms.\n",
        "dim",
    )
    headings = ["investments", "NPV < 0, %", "interval", "mean NPV, m DKK", "interval"]
    table = plain_table("What one level more is worth", headings, 16)
    for row in losses.itertuples():
        if row.discipline == ALL:
            table.add_row()
        worth = (f"{plain(x / 1e6, 1, signed=True)}" for x in (row.npv_low, row.npv_high))
        table.add_row(
            row.discipline,
            str(row.investments),
            percent(row.lost),
            percent(row.lost_low, row.lost_high),
            plain(row.npv / 1e6, 1, signed=True),
            " to ".join(worth),
        )
    yield table
    luck = plain(found.luck_dkk / 1e6, 1)
    yield Text(
        f"\nBetween two worlds of one firm an NPV differs by luck: sd {luck} m DKK.\n"
        if scale.seeds > 1
        else "\nHow much of an NPV is luck of its world is told by scale.seeds=2.\n"
    )


def _spread(found: Surveyed) -> Iterator[Table | Text | str]:
    settings = found.settings
    yield Text(f"\nThe same {settings.survey.simulated} firms, and {found.scenario}\n", "bold")
    yield Text(
        f"Contribution in the {settings.survey.shock_days} days after the fork, DKK a person-year; "
        "all firms serve the same people. Intervals: bootstrap over firms. A32 says that the "
        "spread grows; only the direction.\n",
        "dim",
    )
    table = plain_table("How far apart the firms stand", ["", "value", "interval"], 26)
    for row in found.spread.itertuples():
        world = {"shock": found.scenario, "both": ""}.get(row.world, "without")
        interval = f"{row.low:.2f} to {row.high:.2f}"
        table.add_row(row.what, world, f"{row.value:.2f}", interval)
    yield table
    yield ""


# The figure


def survey_plot(found: Surveyed, path: Path | str) -> None:
    """Write a PNG, 1600 pixels wide: shares beside the documents', and what investments bring."""
    panels = 2 if len(found.losses) else 1
    rows = max(len(found.shares), len(found.losses))
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # fonts may be missing
    with rc_context(STYLE):
        figure = Figure(
            (WIDTH / DPI, 1.6 + 0.42 * rows), DPI, facecolor="#fff", layout="constrained"
        )
        FigureCanvasAgg(figure)
        axes = figure.subplots(1, panels, squeeze=False)[0]
        _draw_shares(axes[0], found.shares)
        if panels > 1:
            _draw_worth(axes[1], found.losses)
        said = "Green, dotted: the documents. Left: the middle 95 % of surveys; hollow, a miss."
        if panels > 1:
            said += " Right: means and 95 % intervals over firms; hollow, zero in."
        figure.supxlabel(said, x=0.01, ha="left", fontsize=7.5, color=MUTED)
        figure.suptitle(headline(found), x=0.01, ha="left", fontsize=11, fontweight="bold")
        figure.savefig(path, dpi=DPI, metadata={"Software": "omnijourney"})


def _draw_shares(axis: Axes, shares: pd.DataFrame) -> None:
    """The document's interval in green with its figure dashed, the ladder's share with its band."""
    for y, s in enumerate(shares.itertuples()):
        width = 100 * (s.stated_high - s.stated_low)
        axis.barh(y, width, 0.6, 100 * s.stated_low, color=BAND, zorder=1)
        axis.plot([100 * s.stated] * 2, [y - 0.3, y + 0.3], color=INK, linestyle=":", zorder=2)
        axis.plot([100 * s.low, 100 * s.high], [y, y], color=ACCENTS[0], linewidth=1.6, zorder=3)
        face = ACCENTS[0] if s.hit else "#fff"
        axis.plot(100 * s.share, y, "o", markeredgecolor=ACCENTS[0], markerfacecolor=face, zorder=4)
    axis.set_yticks(range(len(shares)), [f"{s.text}  {s.row}" for s in shares.itertuples()])
    axis.set_title("% of the firms asked")
    axis.set_xlim(0, 100)
    _plain_axis(axis)


def _draw_worth(axis: Axes, losses: pd.DataFrame) -> None:
    """Mean NPV of a level more, by discipline."""
    axis.axvline(0, color=BASELINE, linewidth=0.9)
    for y, row in enumerate(losses.itertuples()):
        clear = row.npv_low > 0 or row.npv_high < 0
        ends = [row.npv_low / 1e6, row.npv_high / 1e6]
        axis.plot(ends, [y, y], color=ACCENTS[1], linewidth=1.6)
        face = ACCENTS[1] if clear else "#fff"
        axis.plot(row.npv / 1e6, y, "o", markeredgecolor=ACCENTS[1], markerfacecolor=face)
    labels = [f"{row.discipline}, {percent(row.lost)} % lose" for row in losses.itertuples()]
    axis.set_yticks(range(len(losses)), labels)
    axis.set_title("NPV of one level more, m DKK")
    _plain_axis(axis)


def _plain_axis(axis: Axes) -> None:
    axis.invert_yaxis()
    axis.spines[["right", "top"]].set_visible(False)
    axis.tick_params(length=0, labelsize=7.5, colors=MUTED)
    axis.grid(axis="x", color=HAIR, linewidth=0.6)
    axis.set_axisbelow(True)


def publish(found: Surveyed, folder: Path) -> None:
    """Write the figure into a run folder."""
    figures = folder / "figures"
    figures.mkdir()
    survey_plot(found, figures / "survey.png")
