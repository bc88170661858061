"""Which sheets there are, and the document of those that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from sim.language import t
from sim.page.handouts import boardroom, workshop
from sim.page.handouts.paper import Sheet, whole
from sim.page.offer import QUESTIONS
from sim.settings.complaints import BadInput, there_are

FILE = "handouts.html"


class Ground(NamedTuple):
    """What sheets are drawn from: the Danish average's levels, the self-assessment."""

    average: Mapping[str, float]
    questions: Mapping[str, Any]


SHEETS: dict[str, Callable[[Ground], list[Sheet]]] = {
    "bullseye": lambda ground: workshop.bullseye(ground.average),
    "assessment": lambda ground: workshop.assessment(ground.questions),
    "prediction": lambda ground: workshop.prediction(),
    "rounds": lambda ground: boardroom.rounds(),
    "teams": lambda ground: workshop.teams(),
    "plan": lambda ground: workshop.plan(),
    "roles": lambda ground: boardroom.roles(),
    "card": lambda ground: boardroom.card(),
    "fallback": lambda ground: workshop.fallback(),
}
"""Each kind of sheet by the name that ``omnijourney handouts --sheets`` takes."""


def chosen(names: Iterable[str]) -> list[str]:
    """The kinds of sheets asked for, each once; all where none is named. Raises BadInput."""
    asked = list(dict.fromkeys(names)) or list(SHEETS)
    for name in asked:
        if name not in SHEETS:
            raise BadInput("--sheets", name, f"no such sheet; {there_are(name, SHEETS)}")
    return asked


def sheets(names: Iterable[str], average: Mapping[str, float]) -> dict[str, list[Sheet]]:
    """The sheets of these kinds. ``average``: the Danish average's levels."""
    ground = Ground(average, yaml.safe_load(QUESTIONS.read_text(encoding="utf-8")))
    return {name: SHEETS[name](ground) for name in names}


def document(names: Iterable[str], average: Mapping[str, float], alone: bool = True) -> str:
    """The HTML of these sheets. ``alone``: with its CSS inside, as a file of its own."""
    style = resources.files("sim.page") / "static" / "handouts.css"
    drawn = [sheet for found in sheets(names, average).values() for sheet in found]
    css = style.read_text(encoding="utf-8") if alone else None
    return whole(t("Handouts of the workshop"), drawn, css)


def written(
    names: Iterable[str], average: Mapping[str, float], folder: Path
) -> tuple[Path, dict[str, int]]:
    """Write the document into ``folder``; where it is, and how many sheets of each kind it has."""
    names = list(names)
    path = folder / FILE
    path.write_text(document(names, average), encoding="utf-8")
    return path, {name: len(found) for name, found in sheets(names, average).items()}
