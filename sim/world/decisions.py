"""The company's decisions: who decided what, on what it rested, and what was true.

The truth is the world's to tell, not the company's: nobody inside sees it. What is decided is kept
as texts and their values, and told in the language of who reads it; tables are in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from sim.language import ENGLISH, decimal, speaking, t


class Number(NamedTuple):
    """A number in a text: so many decimals, and a plus before it where it is ``signed``."""

    value: float
    digits: int = 0
    signed: bool = False


class Said(NamedTuple):
    """A text and what stands in its places."""

    text: str
    values: Mapping[str, Words]


Words = str | Number | Said | list["Words"]
"""What can be told; reasons in a list are set one after another. "" says nothing."""


def told(words: Words) -> str:
    """In the language spoken now."""
    if isinstance(words, Said):
        return t(words.text, **{name: told(value) for name, value in words.values.items()})
    if isinstance(words, Number):
        return decimal(*words)
    if isinstance(words, list):
        return "; ".join(told(each) for each in words)
    return t(words) if words else ""


class Decision(NamedTuple):
    """One decision of a department's, in words."""

    day: int  # since the start of the warm-up
    department: str
    decision: Words
    rested_on: Words  # what it knew or believed
    truth: Words  # what was the case; "" where nobody can say

    def told(self) -> Decision:
        """The same as plain texts, in the language spoken now."""
        return Decision(self.day, *map(told, self[1:]))


COLUMNS = {
    "day": ("days", "since the fork"),
    "department": ("name", "who decided"),
    "decision": ("text", "what was decided"),
    "rested_on": ("text", "what the department knew or believed"),
    "truth": ("text", "what was the case, which nobody inside sees; empty where none can say"),
}


def as_frame(decisions: list[Decision], fork_day: int) -> pd.DataFrame:
    """The decisions in English, days counted from the fork."""
    with speaking(ENGLISH):
        rows = [(d.day - fork_day, *d.told()[1:]) for d in decisions]
    return pd.DataFrame(rows, columns=list(COLUMNS))
