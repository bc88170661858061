"""Every number of the settings with unit, bounds and source, for the report's last table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from pydantic.fields import FieldInfo

from sim.language import t
from sim.settings.base import Group, about, numbers

FREE = "assumption"


@dataclass(frozen=True)
class Number:
    """One setting as shown. ``assumed``: no source stands behind it, wholly or in part."""

    key: str
    value: str
    unit: str
    bounds: str
    source: str
    doc: str

    @property
    def assumed(self) -> bool:
        return FREE in self.source.lower()


def every_number(group: Group, prefix: str = "") -> Iterator[Number]:
    """Every declared number below ``group``, those in lists of groups (categories) included."""
    for key, field, value in numbers(group, prefix):
        yield _number(key, field, value)
    yield from _in_lists(group, prefix)


def _in_lists(group: Group, prefix: str) -> Iterator[Number]:
    for name in type(group).model_fields:
        value = getattr(group, name)
        if isinstance(value, Group):
            yield from _in_lists(value, f"{prefix}{name}.")
        for i, item in _items(value):
            if isinstance(item, Group):
                yield from every_number(item, f"{prefix}{name}.{getattr(item, 'name', i)}.")


def _items(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, (list, tuple)) else []


def by_room(found: list[Number]) -> dict[str, list[Number]]:
    """The numbers under the first two parts of their key, in their order."""
    rooms: dict[str, list[Number]] = {}
    for number in found:
        parts = number.key.split(".")
        rooms.setdefault(".".join(parts[: min(2, len(parts) - 1)]) or "run", []).append(number)
    return rooms


def _number(key: str, field: FieldInfo, value: Any) -> Number:
    said = about(field)
    bounds = t("{low} to {high}", low=_plain(said["lo"]), high=_plain(said["hi"]))
    switch = isinstance(value, bool)
    return Number(
        key,
        _plain(value),
        said["unit"],
        t("on or off") if switch else bounds,
        said["source"],
        field.description or "",
    )


def _plain(value: Any) -> str:
    if value is None:
        return t("not stated")
    if isinstance(value, bool):
        return t("on") if value else t("off")
    if isinstance(value, (list, tuple)):
        return "; ".join(_plain(v) for v in value)
    if isinstance(value, (int, float)):
        if not isfinite(value):
            return "–"
        text = f"{value:,}" if isinstance(value, int) or value >= 1000 else f"{value:.6g}"
        return text.removesuffix(".0").replace("-", "−", 1)
    return str(value)
