"""What is expected, in a small language that is checked before anything runs.

``contribution.leader - contribution.immature > 0``: figures of arms (``measure.arm``), numbers,
``+ - * /``, brackets, and one comparison, or two as in ``0.9 < kept.pickup < 1.2``. It is evaluated
world by world, so that arms are compared on the same customers with the same luck.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sim.settings.complaints import BadInput, there_are

Figure = tuple[str, str]  # a measure, an arm
Values = Mapping[Figure, np.ndarray]
ALIASES = {"profit": "contribution", "revenue": "gross_revenue", "loyalty": "retention_12m"}
"""Words that people use for metrics."""
SUMS: dict[type[ast.operator], Callable] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
}
FORM = "must be as in contribution.leader - contribution.immature > 0"
MOST_LETTERS = 1000


def called(name: str) -> str:
    """The measure that a word stands for: profit is contribution."""
    return ALIASES.get(name, name)


@dataclass(frozen=True)
class Expectation:
    """One checked expectation. ``margins`` are expressions that must all be above 0."""

    text: str
    margins: tuple[ast.expr, ...]
    figures: tuple[Figure, ...]

    def evaluated(self, values: Values) -> list[np.ndarray]:
        """By how much each comparison is met in each world: (worlds,) each; NaN where undefined."""
        worlds = np.shape(values[self.figures[0]])
        with np.errstate(divide="ignore", invalid="ignore"):
            found = [np.broadcast_to(_value(margin, values), worlds) for margin in self.margins]
        return [np.where(np.isfinite(margin), margin, np.nan) for margin in found]


def parse(text: str, measures: Mapping[str, str], arms: tuple[str, ...], key: str) -> Expectation:
    """The expectation in ``text``. Raises :class:`BadInput` where it cannot be understood."""
    if len(text) > MOST_LETTERS:
        raise BadInput(key, text, f"must have at most {MOST_LETTERS} letters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadInput(key, text, FORM) from None
    if not isinstance(tree, ast.Compare):
        raise BadInput(key, text, f"must compare with < or >, {FORM.removeprefix('must be ')}")
    sides = [tree.left, *tree.comparators]
    margins = []
    for place, sign in enumerate(tree.ops):
        less, more = sides[place], sides[place + 1]
        if isinstance(sign, ast.Gt | ast.GtE):
            less, more = more, less
        elif not isinstance(sign, ast.Lt | ast.LtE):
            raise BadInput(key, text, "must compare with < or >: two figures are never equal")
        margins.append(ast.BinOp(more, ast.Sub(), less))
    figures = dict.fromkeys(f for side in sides for f in _figures(side, text, key))
    if not figures:
        raise BadInput(key, text, f"must name a figure of an arm, {FORM.removeprefix('must be ')}")
    for measure, arm in figures:
        if measure not in measures:
            raise BadInput(key, text, f"no such measure: {measure}; {there_are(measure, measures)}")
        if arm not in arms:
            raise BadInput(key, text, f"no such arm: {arm}; {there_are(arm, arms)}")
    return Expectation(text, tuple(margins), tuple(figures))


def _figures(node: ast.expr, text: str, key: str) -> Iterator[Figure]:
    """The figures that an expression names; whatever else it may not hold is refused."""
    if isinstance(node, ast.BinOp) and type(node.op) in SUMS:
        yield from _figures(node.left, text, key)
        yield from _figures(node.right, text, key)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        yield from _figures(node.operand, text, key)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        yield _figure(node)
    elif not (isinstance(node, ast.Constant) and type(node.value) in (int, float)):
        raise BadInput(key, text, f"cannot be understood at {ast.unparse(node)!r}; it {FORM}")


def _figure(node: ast.Attribute) -> Figure:
    assert isinstance(node.value, ast.Name)
    return called(node.value.id), node.attr


def _value(node: ast.expr, values: Values) -> np.ndarray:
    if isinstance(node, ast.BinOp):
        return SUMS[type(node.op)](_value(node.left, values), _value(node.right, values))
    if isinstance(node, ast.UnaryOp):
        found = _value(node.operand, values)
        return -found if isinstance(node.op, ast.USub) else found
    if isinstance(node, ast.Attribute):
        return values[_figure(node)]
    assert isinstance(node, ast.Constant)
    return np.float64(node.value)
