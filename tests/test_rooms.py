"""The house: a file imports only what lies on its own floor's room or below, and in no circle."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = (
    {"language"},
    {"core"},
    {"settings"},
    {"journey", "company", "operations"},
    {"encounter"},
    {"world"},
    {"measures"},
    {"study"},
    {"story", "report", "studies"},
    {"page"},
    {"cli"},
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted((ROOT / "sim").rglob("*.py"))


def name_of(path: Path) -> str:
    """Dotted name of a file's module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"


def imports(path: Path) -> set[str]:
    """Modules of ours that a file imports, at its top or inside a function."""
    found, inner = set(), [ast.parse(path.read_text(encoding="utf-8"))]
    while inner:
        node = inner.pop()
        if type_checking(node):
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {n if n in MODULES else node.module for n in inside}
        inner += ast.iter_child_nodes(node)
    return {name for name in found if name.split(".")[0] == "sim"}


MODULES = {name_of(path) for path in FILES}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_imports_only_its_own_room_and_floors_below(path):
    mine = room(name_of(path))
    if not mine:
        return  # the face of the package names all rooms, and imports them when asked
    up = {
        name
        for name in imports(path)
        if room(name) != mine and (not room(name) or FLOOR[room(name)] >= FLOOR[mine])
    }
    assert not up, f"{name_of(path)} imports {sorted(up)}"


def test_no_circle_of_imports():
    graph = {name_of(path): imports(path) - {name_of(path)} for path in FILES}
    circle = []
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        circle = found.args[1]
    assert not circle, " -> ".join(circle)


def test_only_the_command_and_the_face_lie_loose_in_sim():
    loose = {path.name for path in (ROOT / "sim").glob("*.py")}
    assert loose == {"__init__.py", "cli.py"}
