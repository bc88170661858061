"""Copying rows of tables. NumPy copies a structured array field by field; as bytes it is ten times
as fast.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def as_bytes(table: np.ndarray) -> np.ndarray:
    """The same rows, not a copy, each seen as one run of bytes."""
    return table.view(f"V{table.itemsize}")


def copied(table: np.ndarray) -> np.ndarray:
    """A copy of a structured array."""
    return as_bytes(table).copy().view(table.dtype)


def joined(tables: Sequence[np.ndarray]) -> np.ndarray:
    """One after the other: structured arrays of one dtype, at least one."""
    return np.concatenate([as_bytes(table) for table in tables]).view(tables[0].dtype)


def picked(table: np.ndarray, which: np.ndarray) -> np.ndarray:
    """``table[which]``, ``which`` being row numbers or a mask."""
    return as_bytes(table)[which].view(table.dtype)
