"""Numbers as the reader sees them: kroner, shares as %, points; signs, intervals, decimals.

Nothing here ever prints NaN: a number that is not known is shown as an en dash.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, isfinite, log10
from typing import NamedTuple

from sim.language import number, t

UNKNOWN = "–"
NBSP = "\u00a0"  # between a number and its unit, so that they are never torn apart


class Estimate(NamedTuple):
    """A mean over seeds and its 95 % interval; bounds are NaN where there is only one seed."""

    mean: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        return isfinite(self.mean)

    @property
    def bounded(self) -> bool:
        return isfinite(self.low) and isfinite(self.high)

    @property
    def above_zero(self) -> bool:
        return self.bounded and self.low > 0

    @property
    def below_zero(self) -> bool:
        return self.bounded and self.high < 0

    @property
    def clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.above_zero or self.below_zero


MISSING = Estimate(float("nan"), float("nan"), float("nan"))


def of_company(per_person: Estimate, people: float) -> tuple[Estimate, str]:
    """An amount in DKK per person-year as that of a company with so many people, and its unit."""
    total = abs(per_person.mean) * people
    times, unit = (1e6, t("m DKK")) if total >= 1e5 else (1e3, t("thousand DKK"))
    return Estimate(*(value * people / times for value in per_person)), unit


def is_share(unit: str) -> bool:
    return unit.startswith("share")


def factor(unit: str) -> float:
    """What a value is multiplied with before it is shown: shares are shown per 100."""
    return 100.0 if is_share(unit) else 1.0


def suffix(unit: str, *, change: bool = False) -> str:
    """The short unit behind a number; changes of shares are percentage points."""
    if is_share(unit):
        return NBSP + (t("points") if change else "%")
    if unit.startswith("DKK"):
        return f"{NBSP}DKK"
    return NBSP + t("points") if unit.startswith("points") else ""


def decimals(estimates: Iterable[Estimate], unit: str) -> int:
    """Decimals that show an interval's first digit, and never round one that leaves zero out to 0.

    At most three significant digits, so that a tiny interval brings no false precision.
    """
    known = [e for e in estimates if e.known]
    largest = max((abs(e.mean) * factor(unit) for e in known), default=0.0)
    most = min(max(2 - floor(log10(largest)), 0), 3) if largest > 0 else 2
    halves = sorted((e.high - e.low) / 2 * factor(unit) for e in known if e.high > e.low)
    digits = most
    if halves:
        digits = min(max(-floor(log10(halves[len(halves) // 2])), 0), most)
    bounds = [min(abs(e.low), abs(e.high)) * factor(unit) for e in known if e.clear]
    while bounds and digits < 3 and min(bounds) < 0.5 * 10.0**-digits:
        digits += 1
    return digits


def plain(value: float, digits: int = 0, *, signed: bool = False) -> str:
    """``-1234.5`` as ``−1,234`` (a real minus sign); with ``signed`` also a plus."""
    if value is None or not isfinite(value):
        return UNKNOWN
    text = number(abs(value), digits)
    if round(abs(value), digits) == 0:
        return text
    return ("−" if value < 0 else "+" if signed else "") + text


def significant(value: float, figures: int = 6) -> str:
    """``1,234.5``: so many significant figures, and no zeros behind them."""
    text = f"{value:,.{figures}g}"
    return text if "e" in text else number(value, len(text.partition(".")[2]))


def show(value: float, unit: str, digits: int | None = None, *, change: bool = False) -> str:
    """One number with its short unit, for instance ``1,234 DKK``, ``43.1 %``, ``+5.1 points``."""
    if value is None or not isfinite(value):
        return UNKNOWN
    if digits is None:
        digits = decimals([Estimate(value, value, value)], unit)
    return plain(value * factor(unit), digits, signed=change) + suffix(unit, change=change)


def span(estimate: Estimate, unit: str, digits: int | None = None) -> str:
    """The interval without its unit, for instance ``48 to 74``."""
    if not estimate.bounded:
        return UNKNOWN
    digits = decimals([estimate], unit) if digits is None else digits
    low, high = (plain(bound * factor(unit), digits) for bound in estimate[1:])
    return t("{low} to {high}", low=low, high=high)


def change(estimate: Estimate, unit: str, digits: int | None = None) -> str:
    """A difference with its interval: ``+61 DKK (48 to 74)``."""
    digits = decimals([estimate], unit) if digits is None else digits
    text = show(estimate.mean, unit, digits, change=True)
    return f"{text} ({span(estimate, unit, digits)})" if estimate.bounded else text


def bare_change(estimate: Estimate, unit: str, digits: int | None = None) -> str:
    """As :func:`change` without the unit, for charts and tables that state it once."""
    return change(estimate, unit, digits).replace(suffix(unit, change=True), "")


def listing(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) == 1:
        return parts[0]
    return t("{several} and {last}", several=", ".join(parts[:-1]), last=parts[-1])
