"""Which faults are made: one change of one expression or statement inside a function.

=============  ==================================================================
sign           ``+`` for ``-``, ``*`` for ``/``, and back; a minus sign dropped
comparison     ``<`` for ``<=``, ``==`` for ``!=``, ``>`` for ``>=``, and back
constant       whole n to n + 1, 1 to 0; x to 1.5 x and to 0; True for False
limit          ``min`` for ``max`` and back
dropped term   one side of a sum or a difference
dropped line   an augmented assignment, or a call for its effect
logic          ``and`` for ``or`` and back; ``not`` dropped
=============  ==================================================================

A drawn number practically never equals what it is compared with, so ``u < p`` is turned round
instead of moved to ``u <= p``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SWAPS: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
TURNED = {ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt}
DRAWN = {"u", "v", "uniform"}


@dataclass(frozen=True)
class Place:
    """Where a node hangs in its tree: ``getattr(parent, field)``, or its element ``at``."""

    parent: ast.AST
    field: str
    at: int | None

    def put(self, node: Any) -> None:
        """Hang ``node`` here."""
        if self.at is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.at] = node


@dataclass
class Mutant:
    """One fault, not yet made."""

    path: Path
    function: str
    line: int
    before: str
    after: str
    tree: ast.Module
    place: Place
    node: ast.AST
    again: int = 0  # the same change earlier in this function, so many times

    @property
    def name(self) -> str:
        """Names the fault whatever its line: it stays when code around it moves."""
        again = f" ({self.again + 1})" if self.again else ""
        return f"{self.path.name}:{self.function}: {self.before} -> {self.after}{again}"

    def source(self) -> ast.Module:
        """The file's tree with the fault in it; for one use, in a process of its own."""
        self.place.put(ast.copy_location(self.node, self.place.parent))
        return ast.fix_missing_locations(self.tree)


def mutants(path: Path) -> list[Mutant]:
    """Every fault that can be made in the functions of a file, in order."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: list[Mutant] = []
    seen: dict[str, int] = {}
    for name, function in functions(tree):
        for place, node in inside(function):
            for other in changes(node):
                one = Mutant(path, name, node.lineno, text(node), text(other), tree, place, other)
                before = seen.get(one.name, 0)
                seen[one.name] = before + 1
                one.again = before
                found.append(one)
    return found


def text(node: ast.AST) -> str:
    """A node on one line."""
    return " ".join(ast.unparse(node).split())


def functions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of a module and methods of its classes, by qualified name."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield f"{within}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{within}{node.name}.")


def inside(function: ast.FunctionDef) -> Iterator[tuple[Place, ast.AST]]:
    """Every node of a function's body with its place; neither docstrings, types nor errors."""
    waiting = [(Place(function, "body", at), node) for at, node in enumerate(function.body)]
    while waiting:
        place, node = waiting.pop(0)
        if isinstance(node, (ast.Raise, ast.JoinedStr)) or _is_text(node) or _is_strict(node):
            continue
        yield place, node
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "args") and not isinstance(node, ast.Call):
                continue
            if isinstance(value, ast.AST):
                waiting.append((Place(node, name, None), value))
            elif isinstance(value, list):
                waiting += [
                    (Place(node, name, at), child)
                    for at, child in enumerate(value)
                    if isinstance(child, ast.AST)
                ]


def _is_strict(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg == "strict"


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """What a node can be changed into."""
    match node:
        case ast.BinOp(left, op, right):
            if type(op) in SWAPS:
                yield ast.BinOp(left, SWAPS[type(op)](), right)
            if isinstance(op, ast.Add):
                yield left
                yield right
            elif isinstance(op, ast.Sub):
                yield left
        case ast.AugAssign(target, op, value):
            if type(op) in SWAPS:
                yield ast.AugAssign(target, SWAPS[type(op)](), value)
            yield ast.Pass()
        case ast.Expr(ast.Call()):
            yield ast.Pass()
        case ast.UnaryOp(ast.USub() | ast.Not(), operand):
            yield operand
        case ast.BoolOp(op, values):
            yield ast.BoolOp(SWAPS[type(op)](), values)
        case ast.Compare(left, [op], right) if type(op) in SWAPS:
            names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            swap = TURNED if names & DRAWN and type(op) in TURNED else SWAPS
            yield ast.Compare(left, [swap[type(op)]()], right)
        case ast.Call(ast.Name("min" | "max" as name), args, keywords):
            other = ast.Name("max" if name == "min" else "min", ast.Load())
            yield ast.Call(other, args, keywords)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value):
            yield ast.Constant(0 if value == 1 else value + 1)
        case ast.Constant(float() as value):
            yield ast.Constant(1.5 * value if value else 1.0)
            if value:
                yield ast.Constant(0.0)
