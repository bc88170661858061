"""What people read of a company's measures beside the truth: tables on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from sim.study.numbers import plain
from sim.study.summary import plain_table, print_parts
from sim.study.yardsticks import RUN_IN_DAYS, Yardsticked

HEADINGS = ("spent", "last\nclick", "click\nrate", "hold-out", "it would\nfind", "the truth")
NOTHING = "–"


def print_yardsticks(found: Yardsticked) -> None:
    """Print, by strategy, what its measures say of each thing and what is true of it."""
    print_parts(_parts(found))


def _parts(found: Yardsticked) -> Iterator[Table | Text | str]:
    scale = found.settings.scale
    yield Text(
        f"\nBeside each measure the truth: {scale.customers:,} people, {scale.seeds} seeds, "
        f"{scale.horizon_days - RUN_IN_DAYS} days after {RUN_IN_DAYS} under the strategy's own "
        "steering. DKK of margin per krone of a paid line, per mail of what is sent.\n",
        "dim",
    )
    for strategy in found.strategies:
        yield _table(found, strategy.name, strategy.title)
        yield Text(_said(found, strategy.name) + "\n")
    yield Text(
        "Spent: DKK per person-year, of messages how many. Last click: recorded sales with that "
        "click last. Click rate: of an impression, as a multiple of an ad's to anybody there. "
        "Hold-out: its reading and 1.96 standard errors, as the company reckons them; of the "
        "newsletter, what one more brings. It would find: what its test finds four times in "
        "five. The truth: the same customers with it and without it, and the 95 % interval over "
        "seeds.\n",
        "dim",
    )


def _table(found: Yardsticked, name: str, title: str) -> Table:
    table = plain_table(f"{title}: what a krone or a mail brings", HEADINGS, 22)
    for row in found.things[found.things["strategy"] == name].to_dict("records"):
        table.add_row(
            row["thing"],
            _number(row["spent"]),
            _number(row["last_click"]),
            _number(row["click_rate"]),
            _within(row["holdout"], 1.96 * row["holdout_error"]),
            _number(row["detectable"]),
            _interval(row["truth"], row["low"], row["high"]),
        )
    return table


def _said(found: Yardsticked, name: str) -> str:
    beside = found.beside[found.beside["strategy"] == name].set_index("what")["value"]
    shares = found.moved[found.moved["strategy"] == name]
    split = ", ".join(
        f"{100 * share:.0f} % {line}"
        for line, share in zip(shares["line"], shares["share"], strict=True)
    )
    said = f"The plan of media: {split}. Newsletters: {beside['newsletters a week']:.2f} a week."
    mark, true = beside["mean mark given"], beside["mean mark of all contacts"]
    if mark == mark:
        said += f" Mean mark given {mark:.2f}, of all contacts {true:.2f}."
    share = beside["web orders by a mail after a visit to a store"]
    if share == share:
        said += (
            f" Of web orders with a mail clicked last {100 * share:.0f} % had met a store before."
        )
    return said


def _number(value: float) -> str:
    return NOTHING if value != value else plain(value, 2)


def _within(value: float, half: float) -> str:
    return NOTHING if value != value else f"{plain(value, 2)} ± {plain(half, 2)}"


def _interval(value: float, low: float, high: float) -> str:
    if value != value:
        return NOTHING
    if low != low:
        return plain(value, 2)
    return f"{plain(value, 2)} ({plain(low, 2)} to {plain(high, 2)})"
