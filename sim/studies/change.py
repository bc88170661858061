"""One setting set to another value, of a run or of one of its strategies, and checked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from sim.settings.base import Group
from sim.settings.complaints import BadInput, explained, unknown
from sim.settings.compose import GROUPS
from sim.settings.document import declarations
from sim.settings.run import Settings
from sim.settings.strategy import Strategy

Some = TypeVar("Some", bound=Group)
CHOSEN = tuple(group for group in GROUPS if group in ("scenario", "market", "company"))
"""What is chosen as a file."""


def declared(key: str, arms: Iterable[str]) -> FieldInfo | None:
    """The declaration of what ``key`` names; None for a file that is chosen.

    Raises :class:`BadInput` if it names no setting: of a run, or behind an arm's name of a
    strategy.
    """
    if key in CHOSEN:
        return None
    first, _, rest = key.partition(".")
    model: type[Group] = Strategy if first in arms else Settings
    path = rest if first in arms else key
    for name, field in declarations(model):
        if name == path and "*" not in name:
            return field
    said = unknown(model, path.split(".") if path else [""])
    raise BadInput(f"study.axes.{key}", "an axis", f"must be one setting: {said}")


def of_arm(key: str, arms: Iterable[str]) -> bool:
    """Whether a key names a setting of one arm."""
    return key.partition(".")[0] in arms


def changed(group: Some, key: str, value: Any) -> Some:
    """``group`` with the setting ``key`` at ``value``. Raises :class:`BadInput`."""
    return _set(group, key.split("."), value, key)


def _set(group: Some, path: list[str], value: Any, key: str) -> Some:
    name, *rest = path
    held = {field: getattr(group, field) for field in type(group).model_fields}
    if name not in held:
        raise BadInput(key, value, unknown(type(group), path))
    held[name] = _set(held[name], rest, value, key) if rest else value
    try:
        return type(group).model_validate(held)
    except ValidationError as error:
        raise explained(error, type(group), key.rpartition(".")[0] if not rest else "") from None
