"""The company's decisions: who decided what, on what it rested, and what was true.

The truth is the world's to tell, not the company's: nobody inside sees it.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class Decision(NamedTuple):
    """One decision of a department's, in words."""

    day: int  # since the start of the warm-up
    department: str
    decision: str
    rested_on: str  # what it knew or believed
    truth: str  # what was the case; empty where nobody can say


COLUMNS = {
    "day": ("days", "since the fork"),
    "department": ("name", "who decided"),
    "decision": ("text", "what was decided"),
    "rested_on": ("text", "what the department knew or believed"),
    "truth": ("text", "what was the case, which nobody inside sees; empty where none can say"),
}


def as_frame(decisions: list[Decision], fork_day: int) -> pd.DataFrame:
    """The decisions, days counted from the fork."""
    rows = [(d.day - fork_day, *d[1:]) for d in decisions]
    return pd.DataFrame(rows, columns=list(COLUMNS))
