"""What people read, in the language they read: English, Danish, Norwegian or Swedish.

The English text is the key. Every text is a whole sentence, or a whole label, with named places for
its values, so that a translator is free in the order of words (docs/languages.md). Numbers and
dates are in the form of each country.
"""

from sim.language.forms import date, day_and_month, decimal, month, number, percent
from sim.language.speech import (
    ENGLISH,
    LANGUAGES,
    checked,
    marked,
    speaking,
    spoken,
    t,
    tn,
    translations,
)

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "checked",
    "date",
    "day_and_month",
    "decimal",
    "marked",
    "month",
    "number",
    "percent",
    "speaking",
    "spoken",
    "t",
    "tn",
    "translations",
]
