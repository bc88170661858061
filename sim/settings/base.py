"""How a setting is declared, and how settings reach the compiled rules.

A number is declared once, with :func:`param`: default, unit, bounds and source. A
:class:`Group` is a set of such numbers. :func:`record` lays the numbers of some groups into one
NumPy record, which is what the compiled rules read (``mk.open_intercept``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo


class Group(BaseModel):
    """Settings that belong together. Unknown keys, NaN and later changes are refused."""

    model_config = ConfigDict(
        extra="forbid", allow_inf_nan=False, frozen=True, validate_default=True
    )


def param(
    default: Any, *, unit: str, lo: float, hi: float, source: str, doc: str = "", met: bool = False
) -> Any:
    """Declare one number (or a list of numbers) with everything a reader must know of it.

    ``source`` cites a row of docs/evidence.md or says ``assumption``. ``met``: customers meet it
    outside their heads, so that a shock may change it (:mod:`sim.settings.shocks`).
    """
    extra: dict[str, Any] = {"unit": unit, "source": source, "lo": lo, "hi": hi, "met": met}
    if isinstance(default, (list, tuple)):
        return Field(default=tuple(default), description=doc, json_schema_extra=extra)
    return Field(default=default, ge=lo, le=hi, description=doc, json_schema_extra=extra)


def about(field: FieldInfo) -> dict[str, Any]:
    """Unit, source and bounds of a field declared with :func:`param`; empty for others."""
    return dict(field.json_schema_extra) if isinstance(field.json_schema_extra, dict) else {}


def numbers(group: Group, prefix: str = "") -> Iterator[tuple[str, FieldInfo, Any]]:
    """Every declared number below ``group``: dotted key, declaration and value."""
    for name, field in type(group).model_fields.items():
        value = getattr(group, name)
        if isinstance(value, Group):
            yield from numbers(value, f"{prefix}{name}.")
        elif "unit" in about(field):
            yield f"{prefix}{name}", field, value


def luck_code(name: str) -> int:
    """8-bit number of a name: it names a thing in keys of draws, so that adding or re-ordering
    things re-rolls nobody's luck."""
    return hashlib.blake2b(name.encode(), digest_size=1).digest()[0]


def record(*groups: Group, **extra: Any) -> np.ndarray:
    """Lay all numbers of ``groups``, and ``extra`` by name, into one NumPy record, shape ``(1,)``.

    Field names are the last part of each key; whole numbers and switches become ``int64``, the
    rest ``float64``; lists become sub-arrays, records stay what they are. Raises ``ValueError`` if
    two numbers share a name.
    """
    named = [(key.rsplit(".", 1)[-1], value) for g in groups for key, _, value in numbers(g)]
    fields: list[tuple] = []
    values: list[Any] = []
    for name, value in [*named, *extra.items()]:
        if any(name == f[0] for f in fields):
            raise ValueError(f"two settings are called {name!r}")
        array = np.asarray(value)
        whole = np.float64 if array.dtype.kind == "f" else np.int64
        kind = array.dtype if array.dtype.names else whole
        fields.append((name, kind, array.shape) if array.shape else (name, kind))
        values.append(array.astype(kind))
    out = np.zeros(1, np.dtype(fields, align=True))
    for (name, *_), value in zip(fields, values, strict=True):
        out[name][0] = value
    return out
