"""Tables of figures that are no metrics: what each means, and the values of one run.

A table (:data:`sim.measures.knowledge.KNOWN`, :data:`sim.measures.journeys.JOURNEYS`,
:data:`sim.measures.visitors.VISITORS`) has one row a figure; run folder, dictionary and report
read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from sim.language import marked
from sim.world.tally import RunLog

LESS = marked("share, difference")  # the unit of a share less another


class Figure(NamedTuple):
    """One figure, of all people together."""

    title: str
    definition: str
    denominator: str
    section: str  # what the report puts together
    unit: str = "share"  # as in the tables: shares are 0-1


def as_frame(
    run: RunLog, figures: Mapping[str, Figure], found: Mapping[str, float]
) -> pd.DataFrame:
    """One row a figure, in the table's order: seed, strategy, what, value."""
    rows = [(run.seed, run.strategy, name, float(found[name])) for name in figures]
    return pd.DataFrame(rows, columns=["seed", "strategy", "what", "value"])
