"""What a mechanism is, and what is found of one: the form of the rows and the verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from sim.measures.statistics import interval

UP, DOWN = 1, -1
NOTHING: Mapping[str, float] = MappingProxyType({})
AS_CLAIMED, OPPOSITE, UNCLEAR = "as claimed", "the opposite", "not beyond its error"


class Mechanism(NamedTuple):
    """One mechanism, and what it is seen by."""

    title: str
    rows: str  # of docs/evidence.md
    lives: str  # module and rule
    gate: str  # disciplines that give it
    off: tuple[str, ...]  # capabilities put to level 0
    policies: dict[str, Any]  # and policies changed
    table: str  # in which what it is seen by stands: metrics, knowledge, journeys, visitors, blocks
    seen_by: str
    claimed: int  # UP or DOWN: with it against without it
    reads: str  # the figure in words
    market: Mapping[str, float] = NOTHING  # numbers of the market changed, and
    people: Mapping[str, float] = NOTHING  # traits of everybody


CUSTOMERS, OFFER = "customers' own", "policy"  # gates of what no discipline gives


def verdict(mechanism: Mechanism, differences: list[float]) -> tuple[str, float, float, float]:
    """What is found of a mechanism: AS_CLAIMED, OPPOSITE or UNCLEAR; mean, low and high of the
    differences, with it less without it, one a seed."""
    mean, low, high = interval(differences)
    if low <= 0.0 <= high or math.isnan(low):
        return UNCLEAR, mean, low, high
    return (AS_CLAIMED if mean * mechanism.claimed > 0 else OPPOSITE), mean, low, high
