"""Texts of what the program prints for people, in one place to be translated."""

from __future__ import annotations


def t(text: str, **values: object) -> str:
    """``text``, English, with ``values`` put in where it names them in braces."""
    return text.format(**values)
