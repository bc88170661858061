"""Settings as commented YAML, and as one table: the comments come from the schema.

``configs/market/default.yaml`` and ``configs/company/default.yaml`` are written by
:func:`document`, so unit, bounds and source stand beside each number and cannot go stale.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any, get_args

import yaml
from pydantic.fields import FieldInfo

from sim.settings import numerals
from sim.settings.base import Group, about

WIDTH = 100
TAG = "tag:yaml.org,2002:"


def group_in(annotation: Any) -> type[Group] | None:
    """The group a field holds, itself or as items of a list or mapping; None if there is none."""
    if isinstance(annotation, type) and issubclass(annotation, Group):
        return annotation
    return next((g for g in map(group_in, get_args(annotation)) if g), None)


def declarations(model: type[Group], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every setting that ``model`` knows: dotted key and declaration. Items of lists are ``*``."""
    for name, field in model.model_fields.items():
        inner = group_in(field.annotation)
        if inner is None:
            yield f"{prefix}{name}", field
        else:
            item = "" if inner is field.annotation else "*."
            yield from declarations(inner, f"{prefix}{name}.{item}")


def settings_of(group: Group, prefix: str = "") -> Iterator[tuple[str, FieldInfo, Any]]:
    """Every setting below ``group``, lists and mappings included: key, declaration, value."""
    for name, field in type(group).model_fields.items():
        value = getattr(group, name)
        if isinstance(value, Group):
            yield from settings_of(value, f"{prefix}{name}.")
        elif _holds_groups(value):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            for key, item in items:
                yield from settings_of(item, f"{prefix}{name}.{key}.")
        else:
            yield f"{prefix}{name}", field, value


def table(run: Group, strategy: Group) -> str:
    """Every number of a run and of a strategy as text: key, value, unit, bounds, source."""
    rows = [("setting", "value", "unit", "allowed", "source")]
    for key, field, value in (*settings_of(run), *settings_of(strategy, "strategy.")):
        facts = about(field)
        if "unit" in facts:
            rows.append((key, scalar(value), facts["unit"], bounds(field), facts["source"]))
    *widths, _ = (max(map(len, column)) for column in zip(*rows, strict=True))
    lines = (zip(row, (*widths, 0), strict=True) for row in rows)
    return "".join("  ".join(f"{cell:{w}}" for cell, w in line) + "\n" for line in lines)


def document(group: Group) -> str:
    """``group`` as YAML, each line commented with unit, bounds and source."""
    return "\n".join(_lines(group, "")) + "\n"


def bounds(field: FieldInfo) -> str:
    """What a declared number may be: ``0..3``, or ``true, false`` for a switch."""
    if field.annotation is bool:
        return "true, false"
    return f"{about(field)['lo']:.12g}..{about(field)['hi']:.12g}"


def scalar(value: Any) -> str:
    """A value as YAML on one line."""
    plain = list(value) if isinstance(value, tuple) else value
    text = yaml.dump(
        plain,
        Dumper=_Dumper,
        default_flow_style=True,
        width=float("inf"),
        allow_unicode=True,
        sort_keys=False,
    )
    return text.removesuffix("\n").removesuffix("\n...")


class _Dumper(yaml.SafeDumper):
    """Writes what :mod:`sim.settings.files` reads as the same: 1.1250, and '1e3' where text."""

    def represent_float(self, data: float) -> yaml.ScalarNode:
        node = super().represent_float(data)
        node.value += "0" if numerals.is_odd(node.value) else ""
        return node

    def represent_str(self, data: str) -> yaml.ScalarNode:
        number = numerals.is_decimal(data) or numerals.is_whole(data)
        return self.represent_scalar(f"{TAG}str", data, style="'" if number else None)


_Dumper.add_representer(float, _Dumper.represent_float)
_Dumper.add_representer(str, _Dumper.represent_str)


def _lines(group: Group, indent: str) -> Iterator[str]:
    for name, field in type(group).model_fields.items():
        value = getattr(group, name)
        if isinstance(value, Group):
            yield from _section(name, value, indent)
            yield from _lines(value, f"{indent}  ")
        elif _holds_groups(value):
            yield from _wrapped(field.description or "", indent)
            yield f"{indent}{name}:"
            yield from _items(value, indent)
        else:
            yield from _setting(name, field, value, indent)


def _section(name: str, value: Group, indent: str) -> Iterator[str]:
    doc = type(value).__dict__.get("__doc__") or ""
    yield from _wrapped(doc.strip().partition("\n\n")[0], indent)
    yield f"{indent}{name}:"


def _items(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"{indent}  {scalar(key)}:"
            yield from _lines(item, f"{indent}    ")
        return
    for item in value:
        dash = "- "
        for line in _lines(item, f"{indent}    "):
            comment = line.lstrip().startswith("#")
            yield line if comment or not dash else f"{indent}  - {line.lstrip()}"
            dash = dash if comment else ""


def _setting(name: str, field: FieldInfo, value: Any, indent: str) -> Iterator[str]:
    facts, line = about(field), f"{indent}{name}: {scalar(value)}"
    comment = field.description or ""
    if "unit" in facts:
        parts = (f"{facts['unit']}, {bounds(field)}", facts["source"], comment)
        comment = "; ".join(part for part in parts if part)
    if len(line) + len(comment) + 4 <= WIDTH:
        yield f"{line}  # {comment}" if comment else line
    else:
        yield from _wrapped(comment, indent)
        yield line


def _wrapped(comment: str, indent: str) -> Iterator[str]:
    start = f"{indent}# "
    text = " ".join(comment.split())
    yield from textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=start)


def _holds_groups(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return isinstance(items, (tuple, list, type({}.values()))) and any(
        isinstance(item, Group) for item in items
    )
