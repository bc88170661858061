"""What travels together through a day: bundles of records and writers, never of equations.

A rule that decides names each record it reads. What merely passes through (an encounter hands a
dozen things on to the rules it brings together) travels as one of these tuples. The wall between
truth and knowledge runs between the bundles: a :class:`World` holds nothing of the company's
record, a :class:`File` and an :class:`Office` nothing of the customer's.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Tape(NamedTuple):
    """What is written down of a day, one a thread."""

    log: Any  # EVENT rows
    requests: Any  # REQUEST rows
    traces: Any  # TRACE rows
    buffers: Any  # BUFFERS: how far they are filled, and what did not fit


class World(NamedTuple):
    """What everybody may see on a day, and the tape that it is written on."""

    market: Any  # every number of the market's settings, by name
    terms: Any  # TERMS: what the company offers everybody
    catalogue: Any  # ITEM rows
    board: Any  # BOARD: what others wrote of them, and answers to questions
    season: Any  # cumulated season, shape (categories, days + 1), mean days
    today: Any  # TODAY
    shown: Any  # SHOWN: what stands before the customer's eyes now; scratch
    choice: Any  # CHOICE: the best item he has found so far; scratch
    tape: Tape


class File(NamedTuple):
    """What the company has on one customer."""

    profile: Any  # PROFILE: identity, links, consent, what is planned
    mind: Any  # PROFILE whose recorded facts are used: the same but for shuffled knowledge


class Office(NamedTuple):
    """The company's side of an encounter, one a thread."""

    firm: Any  # capabilities, systems, today's plan
    belief: Any  # float64 (cells,): weight of each cell in what is inferred now; scratch
    ledger: Any  # LEDGER: recorded sales by what is credited with them
