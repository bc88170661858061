"""The language spoken now, and texts in it.

A catalogue is one file of gettext, ``da.po``; English needs none.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).resolve().parent
ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "da": "Dansk", "nb": "Norsk bokmål", "sv": "Svenska"}
"""By code, each in its own words."""

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def checked(language: str) -> str:
    """The code, if it is one of LANGUAGES. Raises ValueError."""
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}")
    return language


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """All texts within are in this language. Raises ValueError for one that is none of ours."""
    before = _spoken.set(checked(language))
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """Code of the language spoken now."""
    return _spoken.get()


def t(text: str, /, **values: Any) -> str:
    """The text in the language spoken now, with its values in their places, if it has any."""
    said = _catalogue(spoken()).gettext(text)
    return said.format(**values) if values else said


def tn(one: str, many: str, n: int, /, **values: Any) -> str:
    """The text for one or for many, ``n`` being how many."""
    return _catalogue(spoken()).ngettext(one, many, n).format(n=n, **values)


def marked(text: str) -> str:
    """The same text: it is collected here, and put into a language where it is read."""
    return text


def catalogue_of(language: str) -> Catalog:
    """The file of a language."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def translations(language: str) -> dict[str, str]:
    """All texts of a language by their English ones, for the page. Raises ValueError."""
    if checked(language) == ENGLISH:
        return {}
    texts = (message for message in catalogue_of(language) if isinstance(message.id, str))
    return {message.id: message.string for message in texts if message.id and message.string}


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == ENGLISH:
        return NullTranslations()
    packed = BytesIO()
    write_mo(packed, catalogue_of(language))
    packed.seek(0)
    return Translations(packed)
