"""Numerals that say one thing to their writer and another to YAML: 1.000, 0100, 1:30, 1_000, 0,5.

They are kept as text where they are read (:mod:`sim.settings.files`, :mod:`sim.settings.compose`),
so that a title may hold them. Where a number is wanted, :func:`number` takes what can mean one
thing only and refuses the rest, saying how it was understood.
"""

from __future__ import annotations

import re

PLAIN_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,18})")
PLAIN_FLOAT = re.compile(
    r"""[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)""",
    re.VERBOSE,
)
GROUPS_OF_THREE = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
SEPARATED = re.compile(r"[-+]?[0-9]+(?:[_' \u00a0\u202f][0-9]+)+(?:\.[0-9]*)?")
IN_SIXTIES = re.compile(r"[-+]?[0-9]+(?::[0-9]+)+(?:\.[0-9]*)?")
LEADING_ZERO = re.compile(r"[-+]?0[0-9]+(?:\.[0-9]*)?")
DECIMAL_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
BEYOND = re.compile(r"[-+]?[0-9]{19,}(?:\.[0-9]*)?")
OTHER_BASE = re.compile(r"[-+]?0[xXbBoO][0-9A-Fa-f]+")
ODD = (GROUPS_OF_THREE, SEPARATED, IN_SIXTIES, LEADING_ZERO, DECIMAL_COMMA, BEYOND, OTHER_BASE)


def is_odd(text: str) -> bool:
    """Whether ``text`` is a numeral that can be read in more than one way."""
    return any(form.fullmatch(text) for form in ODD)


def is_whole(text: str) -> bool:
    """Whether ``text`` is a whole number, written as everybody reads it."""
    return bool(PLAIN_INT.fullmatch(text)) and not is_odd(text)


def is_decimal(text: str) -> bool:
    """Whether ``text`` is a number, written as everybody reads it."""
    return bool(PLAIN_FLOAT.fullmatch(text)) and not is_odd(text)


def number(text: str, lo: float, hi: float) -> float:
    """The number that ``text`` can only mean between ``lo`` and ``hi``.

    1.125 is taken where 1125 is out of bounds. Raises ``ValueError``, saying how to write it.
    """
    if GROUPS_OF_THREE.fullmatch(text):
        decimal, grouped = _point(text), float(text.replace(".", ""))
        if decimal is not None and lo <= decimal <= hi and not lo <= grouped <= hi:
            return decimal
        if decimal is None:
            raise ValueError(f"write {grouped:.0f}, without points")
        raise ValueError(f"may be read as {_shown(decimal)} or as {grouped:.0f}: write one of them")
    raise ValueError(_how_to_write(text))


def _point(text: str) -> float | None:
    """The text with its point as a decimal point; None where it has several."""
    return float(text) if text.count(".") == 1 else None


def _shown(value: float) -> str:
    """A number of three decimals or fewer, written so that it cannot be taken for thousands."""
    return f"{value:g}" if not is_odd(f"{value:g}") else f"{value:.4f}"


def _how_to_write(text: str) -> str:
    if SEPARATED.fullmatch(text):
        return f"write {re.sub('[^-+.0-9]', '', text)}, in digits alone"
    if IN_SIXTIES.fullmatch(text):
        seconds = 0.0
        for part in text.lstrip("+-").split(":"):
            seconds = seconds * 60 + float(part)
        return f"YAML counts it in sixties, as {seconds:g}: write the number meant, in digits"
    if LEADING_ZERO.fullmatch(text):
        octal = re.fullmatch(r"[-+]?0[0-7]+", text)
        read = f"YAML reads {int(text, 8)}: " if octal else ""
        return f"{read}write {text.lstrip('+-0') or '0'}, without the zero in front"
    if DECIMAL_COMMA.fullmatch(text):
        return f"write {text.replace(',', '.')}, with a point"
    if OTHER_BASE.fullmatch(text):
        return "write it in decimal digits"
    return "is longer than any number meant here"
