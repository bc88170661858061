"""What the page's browser side is told once: what there is to choose, and how things are called."""

from __future__ import annotations

from typing import Any

import yaml

from sim.page.choices import DIALS, RETURNS, SCENARIOS, STEP, Choices
from sim.page.figures import FIGURES
from sim.page.order import GROUP_SEEDS
from sim.page.ready import LEADER, READY
from sim.settings.places import PACKAGE
from sim.settings.protagonist import customer_files, load_protagonist
from sim.settings.run import Settings
from sim.settings.strategy import DISCIPLINES, Strategy
from sim.story import SOMEBODY

QUESTIONS = PACKAGE / "page" / "questions.yaml"


def offer(settings: Settings, average: Strategy, config_dir: str | None = None) -> dict[str, Any]:
    """All of it, ready for JSON."""
    size = settings.company.size
    return {
        "disciplines": list(DISCIPLINES),
        "average": average.maturity.model_dump(),
        "step": STEP,
        "dials": {name: list(dial.values) for name, dial in DIALS.items()},
        "returns": list(RETURNS),
        "bonuses": list(settings.company.bonus_schemes),
        "scenarios": list(SCENARIOS),
        "usual": Choices().model_dump(),
        "figures": {name: figure.unit for name, figure in FIGURES.items()},
        "groups": {name: group.title for name, group in settings.company.groups.items()},
        "does": {name: group.does for name, group in settings.company.groups.items()},
        "stories": stories(settings, config_dir),
        "somebody": {kind: list(turns) for kind, turns in SOMEBODY.items()},
        "people": size.people,
        "customers": size.active_customers,
        "simulated": settings.scale.customers,
        "worlds": settings.scale.seeds,
        "group_worlds": min(GROUP_SEEDS, settings.scale.seeds),
        "leader": LEADER,
        "ready": list(READY),
        "questions": yaml.safe_load(QUESTIONS.read_text(encoding="utf-8")),
    }


def stories(settings: Settings, config_dir: str | None) -> dict[str, dict[str, str]]:
    """Whose year can be told: by file, name and who it is. Raises BadInput."""
    people = {
        name: load_protagonist(name, settings.market, config_dir)
        for name in customer_files(config_dir)
    }
    return {name: {"name": who.name, "who": who.sentence} for name, who in people.items()}
