"""What is wrong with given settings, in one line: the key, the value, what is allowed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_origin

import yaml
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from sim.settings.base import Group, about
from sim.settings.document import bounds, declarations, group_in

NOTHING = object()
TYPES = {
    "int": "a whole number",
    "float": "a number",
    "finite": "a finite number",
    "bool": "true or false",
    "string": "text",
    "list": "a list, as in [a,b]",
    "tuple": "a list, as in [a,b]",
    "dict": "a mapping",
    "model": "a mapping of settings",
}
LIMITS = {"greater_than_equal": ("at least", "ge"), "less_than_equal": ("at most", "le")}


class BadInput(Exception):
    """Settings that cannot be used. ``str()`` is one line: the key, the value, what is allowed."""

    def __init__(self, key: str, value: Any, allowed: str) -> None:
        self.key, self.value, self.allowed = key, value, allowed
        shown = "" if value is NOTHING else f" = {_short(value)}"
        super().__init__(" ".join(f"{key}{shown}: {allowed}".split()))


class Stopped(Exception):
    """What ended a run, though its settings were good. ``str()`` is one line."""


def explained(error: ValidationError, model: type[Group], prefix: str) -> BadInput:
    """The schema's objection to ``model``; an unknown key comes before all others."""
    found = error.errors(include_url=False)
    first = next((e for e in found if e["type"] == "extra_forbidden"), found[0])
    loc, kind, value = first["loc"], first["type"], first["input"]
    key = joined(prefix, ".".join(map(str, loc)))
    group, field = _at(model, loc)
    facts = about(field) if field else {}
    unit = f" ({facts['unit']})" if facts else ""
    if kind == "extra_forbidden":
        return BadInput(key, value, unknown(model, list(map(str, loc)), prefix))
    if kind == "missing":
        return BadInput(key, NOTHING, f"must be given{unit}")
    if kind == "value_error":
        return _contradiction(key, value, group or model, str(first["ctx"]["error"]))
    if kind in LIMITS:
        word, bound = LIMITS[kind]
        return BadInput(key, value, f"must be {word} {first['ctx'][bound]:.12g}{unit}")
    wanted = TYPES.get(kind.partition("_")[0])
    if wanted and kind.endswith(("_type", "_parsing", "_number", "_from_float")):
        span = f", {bounds(field)}" if field and facts and field.annotation is not bool else ""
        return BadInput(key, value, f"must be {wanted}{span}{unit}")
    if kind == "string_pattern_mismatch":
        return BadInput(key, value, "must consist of letters, digits, - and _")
    if kind == "string_too_long":
        return BadInput(key, value, f"must have at most {first['ctx']['max_length']} letters")
    if kind in ("too_short", "string_too_short"):
        return BadInput(key, value, "must not be empty")
    return BadInput(key, value, first["msg"].replace("Input should", "must"))


def _contradiction(key: str, value: Any, group: type[Group], message: str) -> BadInput:
    """A message of a group's own check: the settings that it mentions give key and value."""
    for word in re.findall(r"\w+", message):
        field = group.model_fields.get(word)
        if field is not None and isinstance(value, dict):
            default = None if field.is_required() or field.default_factory else field.default
            key, value, inner = joined(key, word), value.get(word, default), field.annotation
            group = group_in(inner) or group
            if get_origin(inner) is dict:  # its keys are names, not settings
                break
        elif field is not None and isinstance(value, list) and isinstance(value[0], dict):
            key, value = f"{key}.*.{word}", [v.get(word, field.default) for v in value]
            break
    return BadInput(key or "settings", NOTHING if isinstance(value, dict) else value, message)


def _at(model: type[Group], loc: tuple) -> tuple[type[Group] | None, FieldInfo | None]:
    """The group that ``loc`` lies in or names, and the declaration it ends in, if any."""
    group: type[Group] | None = model
    field = None
    for part in loc:
        if group is None or part not in group.model_fields:
            continue
        field = group.model_fields[part]
        group = group_in(field.annotation)
    return group, field


def unknown(model: type[Group], path: list[str], prefix: str = "") -> str:
    """That a key is not known, and which one was probably meant."""
    group: type[Group] | None = model
    depth = 0
    while depth < len(path) - 1 and group is not None:
        field = group.model_fields.get(path[depth])
        if field is None and not path[depth].isdigit():
            break
        group = group_in(field.annotation) if field else group
        depth += 1
    known = list(group.model_fields) if group else []
    leaves = [key for key, _ in declarations(model)]
    last = {key.rpartition(".")[2]: key for key in reversed(leaves)}
    if path[depth] in known:
        return f"{'.'.join(path[:depth])} does not exist"
    if path[-1] in last:
        return f"unknown key; did you mean {joined(prefix, last[path[-1]])}?"
    near = _nearest(path[depth], known)
    if near:
        meant = joined(prefix, ".".join([*path[:depth], near]))
        return f"unknown key; did you mean {meant}?"
    near = _nearest(path[-1], last, 0.75)
    if near:
        return f"unknown key; did you mean {joined(prefix, last[near])}?"
    if group is None:
        return f"unknown key; {'.'.join(path[:depth])} is a single value"
    more = ", ..." if len(known) > 8 else ""
    return f"unknown key; known here: {', '.join(known[:8])}{more}"


def no_such_file(file: str, places: Iterable[Path]) -> BadInput:
    """That a group (``scale/tine``) has no such file in any of ``places``."""
    group, _, name = file.partition("/") if "/" in file else ("", "", file)
    source = group if group != "experiment" else "experiments"
    files = {p.stem: p for place in places for p in (place / source).glob("[!.]*.yaml")}
    key = "experiment" if group == "experiments" else group or "configuration"
    return BadInput(key, name, "no such file; " + there_are(name, files))


def malformed(error: yaml.YAMLError, path: Path | None = None) -> BadInput:
    """That a file is no YAML, with the line at which it stops being so."""
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    if mark is None:
        return BadInput(str(path or "configuration"), NOTHING, f"no YAML: {first_line(error)}")
    where = Path(path or mark.name)
    try:
        lines = where.read_text(encoding="utf-8").splitlines()
        line = lines[min(mark.line, len(lines) - 1)].strip()
    except (OSError, UnicodeError, IndexError):
        line = NOTHING
    return BadInput(f"{where} line {mark.line + 1}", line, f"not valid YAML: {problem}")


def there_are(name: str, known: Iterable[str]) -> str:
    """The names there are, the one probably meant first."""
    names = sorted(known)
    near = _nearest(name, names)
    hint = f"did you mean {near}? " if near else ""
    return f"{hint}there are: {', '.join(names)}"


def _nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    longer = [name for name in known if len(word) > 3 and name.startswith(word)]
    return next(iter(get_close_matches(word, list(known), 1, likeness) or longer), None)


def joined(prefix: str, key: str) -> str:
    """A dotted key."""
    return f"{prefix}.{key}" if prefix and key else prefix or key


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = (text.strip('"') or '""').replace("NaN", "nan").replace("Infinity", "inf")
    return text if len(text) <= 80 else f"{text[:77]}..."


def first_line(error: Exception) -> str:
    """What somebody else's error says first."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), "unreadable")
