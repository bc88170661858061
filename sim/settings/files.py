"""YAML files as their writer reads them: UTF-8, plain numerals, no key twice, nothing endless.

YAML 1.1 turns 1:30 into 90, 0100 into 64 and a date into an object. Here such words stay text;
:mod:`sim.settings.numerals` says what may be made of them.
"""

from __future__ import annotations

import codecs
import copy
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from sim.settings import numerals
from sim.settings.complaints import NOTHING, BadInput, first_line, malformed
from sim.settings.document import TAG

MOST_BYTES = 10_000_000
MOST_DEPTH = 50
MOST_NODES = 200_000
REMEMBERED = 64  # texts of files
AS_IN_YAML = frozenset({"bool", "null", "merge"})
KINDS = AS_IN_YAML | {"str", "int", "float", "map", "seq"}
BOMS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, without a byte order mark. Raises :class:`BadInput`."""
    try:
        if path.exists() and not path.is_file():
            raise BadInput(str(path), NOTHING, "cannot be read: it is no file")
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(str(path), NOTHING, "cannot be read: it is no settings file, too large")
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(
            str(path), NOTHING, f"cannot be read: {error.strerror or first_line(error)}"
        ) from None
    for mark, name in BOMS.items():
        if content.startswith(mark):
            raise BadInput(str(path), NOTHING, f"cannot be read: save it as UTF-8, not {name}")
    if b"\0" in content:
        raise BadInput(str(path), NOTHING, "cannot be read: it is no text")
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = content.splitlines()[line - 1].decode("latin-1").strip()
        raise BadInput(f"{path} line {line}", said, "save the file as UTF-8") from None


def parsed(text: str, path: Path) -> Any:
    """What YAML ``text`` holds: mappings with text as keys, lists, text, numbers, switches."""
    try:
        return copy.deepcopy(_held(text))
    except _TooMuch as problem:
        raise BadInput(str(path), NOTHING, f"cannot be read: {problem}") from None
    except RecursionError:
        raise BadInput(str(path), NOTHING, "cannot be read: it is nested too deep") from None
    except yaml.YAMLError as error:
        raise malformed(error, path) from None
    except (ValueError, TypeError) as error:
        raise BadInput(str(path), NOTHING, f"cannot be read: {first_line(error)}") from None


@lru_cache(maxsize=REMEMBERED)
def _held(text: str) -> Any:
    """What a text holds, remembered: a study reads the same files again and again."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _inspect(node, 0, [0])
        return loader.construct_document(node)
    finally:
        loader.dispose()


class _TooMuch(Exception):
    pass


def _inspect(node: yaml.Node, depth: int, seen: list[int]) -> None:
    """Refuse what no settings file needs: depth, size, strange tags, a key twice."""
    seen[0] += 1
    if depth > MOST_DEPTH:
        raise _TooMuch(f"it is nested more than {MOST_DEPTH} deep, or in itself by an alias")
    if seen[0] > MOST_NODES:
        raise _TooMuch("its aliases repeat too much")
    if node.tag.removeprefix(TAG) not in KINDS:
        raise _marked(f"{node.tag.removeprefix(TAG)} is no kind of setting", node)
    if isinstance(node, yaml.MappingNode):
        keys = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _marked("a key must be text", key)
            if key.value in keys:
                raise _marked(f"{key.value} is there twice", key)
            keys.add(key.value)
            _inspect(value, depth + 1, seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _inspect(item, depth + 1, seen)


def _marked(problem: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


class _Loader(yaml.SafeLoader):
    """YAML's safe loader, which takes for a number only what everybody reads as that number."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        letter: [(tag, form) for tag, form in forms if tag.removeprefix(TAG) in AS_IN_YAML]
        for letter, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        self.flatten_mapping(node)
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


class _Form:
    """Stands where YAML expects a pattern."""

    def __init__(self, match: Callable[[str], bool]) -> None:
        self.match = match


for _kind, _fits in (("int", numerals.is_whole), ("float", numerals.is_decimal)):
    _Loader.add_implicit_resolver(f"{TAG}{_kind}", _Form(_fits), list("-+0123456789."))


def mapping(path: Path) -> dict[str, Any]:
    """The mapping that a YAML file holds; empty for an empty file."""
    content = parsed(text_of(path), path)
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise BadInput(str(path), content, "must be a mapping of settings")
    return content
