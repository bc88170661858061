"""Numbers and dates in the form of the country whose language is spoken.

Digits are rounded as Python does, so that a figure is the same in every language; Babel knows the
signs between them.
"""

from __future__ import annotations

import datetime

from babel import Locale
from babel.dates import format_skeleton, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from sim.language.speech import ENGLISH, spoken

YEAR = 365  # days
FIRST_YEAR = 2023  # has 365 days, as those of the simulation
BRITISH = "en_GB"


def number(value: float, digits: int = 0, signed: bool = False) -> str:
    """1,234.5; ``signed``: +1,234.5. A minus is a minus sign."""
    told = f"{value:{'+' if signed else ''},.{digits}f}".replace("-", "−")
    if spoken() == ENGLISH:
        return told
    signs = {",": get_group_symbol(spoken()), ".": get_decimal_symbol(spoken())}
    return told.translate(str.maketrans(signs))


def decimal(value: float, digits: int = 0, signed: bool = False) -> str:
    """1234.5 as it is typed: nothing between thousands, and in English a minus is a hyphen."""
    told = f"{value:{'+' if signed else ''}.{digits}f}"
    if spoken() == ENGLISH:
        return told
    return told.replace("-", "−").replace(".", get_decimal_symbol(spoken()))


def percent(value: float, digits: int = 0, signed: bool = False) -> str:
    """12 % for a share of 0.12."""
    return f"{number(100 * value, digits, signed)} %"


def day_and_month(day: int) -> str:
    """12 March, of a day of the simulation."""
    when = datetime.date(FIRST_YEAR, 1, 1) + datetime.timedelta(days=day % YEAR)
    return format_skeleton("dMMMM", when, locale=_locale())


def date(day: datetime.date) -> str:
    """12 March 2023."""
    return format_skeleton("yMMMMd", day, locale=_locale())


def month(which: int) -> str:
    """The name of a month, 0 January."""
    return get_month_names("wide", "stand-alone", _locale())[which + 1]


def _locale() -> Locale:
    return Locale.parse(BRITISH if spoken() == ENGLISH else spoken())
