"""Copying rows of tables, tables that grow, and tables that wait in little memory.

NumPy copies a structured array field by field; as bytes it is ten times as fast. Memory that was
never written to costs nothing, so a table that may grow has room behind it and grows into that.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def as_bytes(table: np.ndarray) -> np.ndarray:
    """The same rows, not a copy, each seen as one run of bytes."""
    return table.view(f"V{table.itemsize}")


def blank(table: np.ndarray) -> None:
    """Every row becomes zeros."""
    table.view(np.uint8)[:] = 0


def blanks(rows: int, dtype: np.dtype) -> np.ndarray:
    """So many rows of zeros: as np.zeros, which takes its time over each field."""
    return np.zeros(rows * dtype.itemsize, np.uint8).view(dtype)


def roomy(rows: int, dtype: np.dtype) -> np.ndarray:
    """So many rows of zeros, with room for half as many more behind them."""
    return np.zeros(rows + rows // 2, dtype)[:rows]


def copied(table: np.ndarray | Packed, rows: int = 0) -> np.ndarray:
    """A roomy copy of a structured array, with so many ``rows`` of zeros more at its end."""
    if isinstance(table, Packed):
        return table.unpacked(rows)
    twin = roomy(len(table) + rows, table.dtype)
    as_bytes(twin)[: len(table)] = as_bytes(table)
    return twin


def lengthened(table: np.ndarray, rows: int) -> np.ndarray:
    """A :func:`roomy` table with so many rows of zeros more; copied only where its room is used up.

    The table given goes on to be the first part of it, or is left alone.
    """
    whole = table.base
    if whole is None or len(whole) < len(table) + rows:
        return copied(table, rows)
    return whole[: len(table) + rows]


class Packed:
    """A table that waits: its words that are not zero, and where they stand.

    A person has places for more needs and orders than he mostly has, so most words are zero.
    """

    WORDS = 1 << 22  # looked at together

    def __init__(self, table: np.ndarray) -> None:
        self.rows, self.dtype = len(table), table.dtype
        words = table.view(np.uint32)
        self._blocks = []
        for first in range(0, len(words), self.WORDS):
            block = words[first : first + self.WORDS]
            written = block != 0
            self._blocks.append((np.packbits(written), block[written]))

    @property
    def nbytes(self) -> int:
        """What it takes while it waits, bytes."""
        return sum(where.nbytes + words.nbytes for where, words in self._blocks)

    def unpacked(self, rows: int = 0) -> np.ndarray:
        """As :func:`copied`, every byte as it was."""
        twin = roomy(self.rows + rows, self.dtype)
        words = twin.view(np.uint32)[: self.rows * (self.dtype.itemsize // 4)]
        for k, (where, written) in enumerate(self._blocks):
            block = words[k * self.WORDS : (k + 1) * self.WORDS]
            block[np.unpackbits(where, count=len(block)).view(bool)] = written
        return twin


def joined(tables: Sequence[np.ndarray]) -> np.ndarray:
    """One after the other: structured arrays of one dtype, at least one."""
    return np.concatenate([as_bytes(table) for table in tables]).view(tables[0].dtype)


def drained(tables: list[np.ndarray]) -> np.ndarray:
    """As :func:`joined`; each is let go once it is copied, so little is there twice."""
    whole = np.empty(sum(map(len, tables)), tables[0].dtype)
    at, rows = 0, as_bytes(whole)
    while tables:
        part = tables.pop(0)
        rows[at : at + len(part)] = as_bytes(part)
        at += len(part)
    return whole


def picked(table: np.ndarray, which: np.ndarray) -> np.ndarray:
    """``table[which]``, ``which`` being row numbers or a mask."""
    return as_bytes(table)[which].view(table.dtype)
