"""A company as it is today: simulated under its own strategy, and set beside its key figures."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.measures.comparison import Comparison
from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.study.facts import Facts
from sim.study.key_figures import KEY_FIGURES, Beside, beside
from sim.study.numbers import NBSP, UNKNOWN, Estimate, factor, listing, plain
from sim.study.replay import compare
from sim.study.settled import drift_lines
from sim.study.summary import half_text, plain_table, print_parts

TURNOVER = "key_figures.turnover_mdkk"
LIKE_YOURS = (
    "That a figure is reproduced says that the company starts as yours does, not that your "
    "customers would answer a change as these do."
)


def as_it_is(strategy: Strategy) -> Strategy:
    """The strategy without its plans."""
    apart = strategy.apart.model_copy(update={"schedule": ()})
    return strategy.model_copy(update={"schedule": (), "projects": (), "apart": apart})


def describe(settings: Settings, strategy: Strategy, quiet: bool = False) -> Comparison:
    """The company under its own strategy of today, which is its past too, so that it is settled."""
    return compare(settings, [as_it_is(strategy)], quiet=quiet)


def print_description(comparison: Comparison, console: Console | None = None) -> None:
    """Print the key figures beside the simulated ones, and what follows."""
    print_parts(_parts(Facts(comparison)), console)


def _parts(facts: Facts) -> Iterator[Table | Text | str]:
    found = beside(facts)
    yield ""
    yield _table(facts, found)
    yield ""
    for sentence in sentences(facts, found):
        yield Text(sentence)
    for said in drift_lines(facts.comparison):
        yield Text(said, "yellow")


def _table(facts: Facts, found: list[Beside]) -> Table:
    scale = facts.comparison.settings.scale
    seeds = f"{scale.seeds} seed{'s' * (scale.seeds > 1)}"
    title = (
        f"{facts.title(facts.baseline)}, a year: {scale.horizon_days:,} days after "
        f"{scale.warmup_days:,} under its own strategy, {seeds}"
    )
    table = plain_table(title, ("stated", "simulated", "reproduced"))
    for figure in found:
        table.add_row(
            _label(figure),
            _number(figure, figure.stated),
            _simulated(figure),
            Text(_verdict(figure), _colour(figure)),
        )
    stores = facts.comparison.settings.company.size.stores
    table.add_row("Stores", f"{stores:,}", "as stated", "used")
    return table


def _label(figure: Beside) -> str:
    row = figure.row
    unit = {"share": "%", "people": "", "orders": ""}.get(row.unit, row.unit)
    return f"{row.title}, {unit}" if unit else row.title


def _shown(figure: Beside) -> float:
    """What a value is multiplied with to be shown in its unit."""
    return factor(figure.row.unit) / figure.row.times


def _digits(figure: Beside) -> int:
    values = (figure.stated, figure.simulated.mean)
    largest = max((abs(v) * _shown(figure) for v in values if v == v), default=0.0)
    return 1 if largest < 100 and figure.row.unit not in ("people", "orders") else 0


def _number(figure: Beside, value: float) -> str:
    return plain(value * _shown(figure), _digits(figure)) if value == value else UNKNOWN


def _simulated(figure: Beside) -> str:
    digits = _digits(figure)
    scaled = Estimate(*(value * _shown(figure) for value in figure.simulated))
    half = f" ±{half_text(scaled, digits)}" if scaled.bounded else ""
    return plain(scaled.mean, digits) + half


def _verdict(figure: Beside) -> str:
    if not figure.compared:
        return "not stated" if figure.simulated.known else "not measured"
    if figure.reproduced:
        return "yes"
    return f"{'may be' if figure.may_be else 'no'}, {figure.how_far}"


def _colour(figure: Beside) -> str:
    return "" if not figure.compared else "green" if figure.reproduced else "yellow"


def sentences(facts: Facts, found: list[Beside]) -> list[str]:
    """What the company is, how many figures agree, and what it means where they do not."""
    said = [_company(facts), _count(facts, found), _turnover(found), *_misses(facts, found)]
    return [*(sentence for sentence in said if sentence), LIKE_YOURS]


def _company(facts: Facts) -> str:
    return (
        f"Simulated: {facts.comparison.settings.scale.customers:,} people for {facts.people:,.0f} "
        f"in the market, so one stands for {facts.stands_for:,.4g}. Used of what is stated: active "
        "customers and stores; all else is only compared with. Kroner are without VAT: none is "
        "taken off, so prices, fees and turnover are entered without it."
    )


def _count(facts: Facts, found: list[Beside]) -> str:
    stated = [figure for figure in found if figure.compared]
    if all(figure.row.used for figure in stated):
        return (
            "No key figure is stated, so that how like your company this is cannot be said: write "
            "them under company.key_figures."
        )
    agree = [figure for figure in stated if figure.reproduced]
    unsure = [figure.row.title.lower() for figure in stated if figure.may_be]
    figures = facts.comparison.settings.company.key_figures
    said = (
        f"Of {len(stated)} figures stated {len(agree)} are reproduced: within "
        f"{plain(100 * figures.tolerance)}{NBSP}%, shares and scores within "
        f"{figures.tolerance_points:g} points (company.key_figures.tolerance, tolerance_points)."
    )
    if unsure:
        said += (
            f" {len(unsure)} may be, since chance alone moves the simulated one that far: "
            f"{listing(unsure)}; more scale.seeds or scale.customers tell."
        )
    return said


def _turnover(found: list[Beside]) -> str:
    """What agreement is worth most: that of the money."""
    agrees = any(f.row is KEY_FIGURES[TURNOVER] and f.reproduced for f in found)
    return "Turnover agrees, so sums in DKK a year are of your company's size." if agrees else ""


def _misses(facts: Facts, found: list[Beside]) -> Iterator[str]:
    for figure in found:
        if figure.compared and not figure.reproduced and not figure.may_be:
            row = figure.row
            yield (
                f"{row.title}: simulated {figure.how_far}, so {row.means}. It moves with "
                f"{listing(list(row.moved_by))}{_exactly(facts, figure)}."
            )


def _exactly(facts: Facts, figure: Beside) -> str:
    """The share of the market at which simulated and stated active customers agree."""
    if not figure.row.used or not facts.people:
        return ""
    share = figure.simulated.mean / facts.people
    return f": {share:.3f} makes the two agree. Set it first, sums and numbers follow it"
