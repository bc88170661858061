"""A study as it is asked: question, hypothesis, arms, axes, measures, and what is expected.

One YAML file, ``experiments/NAME/study.yaml``, with a README beside it. What runs and worlds are
made of it is in :mod:`sim.studies.plan`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from sim.settings import files
from sim.settings.base import Group, param
from sim.settings.complaints import BadInput, there_are
from sim.settings.load import check, existing, read
from sim.settings.places import ROOT

FILE = "study.yaml"
FOLDER = "experiments"
Value = bool | int | float | str
Way = Literal["grid", "list", "random", "sobol", "morris"]
RANGED = ("random", "sobol", "morris")


class Axis(Group):
    """What one setting is set to: values, or all between two of them."""

    values: tuple[Value, ...] = Field(default=(), description="in this order")
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _values_or_range(self) -> Axis:
        ranged = self.low is not None and self.high is not None
        if bool(self.values) == ranged or (self.low is None) != (self.high is None):
            raise ValueError("values must be given, or low and high, and not both")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError("low must be below high")
        return self


class Draw(Group):
    """How points are chosen on the axes."""

    by: Way = Field(
        default="grid",
        description="grid: every combination; list: the first values of all axes, then the second; "
        "random, sobol (for Sobol indices), morris (for screening): between low and high",
    )
    points: int = param(
        64,
        unit="points; with sobol and morris the size of the design that is repeated for each axis",
        lo=1,
        hi=100_000,
        source="choice",
    )
    seed: int = param(1, unit="seed of the points", lo=0, hi=10**9, source="arbitrary")
    levels: int = param(4, unit="levels of an axis, morris", lo=2, hi=20, source="Morris 1991")


class Replications(Group):
    """How many worlds are simulated, and when that is enough."""

    first: int = param(
        8, unit="worlds before the first look", lo=2, hi=1000, source="choice: an interval of t"
    )
    most: int = param(
        8,
        unit="worlds at most; their number is doubled until all is decided",
        lo=2,
        hi=10_000,
        source="choice: the budget",
    )
    error: float = param(
        0.05,
        unit="probability of one wrong verdict or more, all looks and expectations together",
        lo=1e-6,
        hi=0.5,
        source="choice",
    )

    @model_validator(mode="after")
    def _most_is_most(self) -> Replications:
        if self.most < self.first:
            raise ValueError("most must be first or more")
        return self


class Choice(Group):
    """Which strategy is best by one measure: ranking and selection."""

    measure: str = Field(min_length=1, description="one of the study's measures")
    highest: bool = Field(default=True, description="whether more is better")
    indifferent: float = param(
        1.0,
        unit="of the measure: less apart, it does not matter which of two is chosen",
        lo=1e-12,
        hi=1e12,
        source="the strategist's",
    )
    probability: float = param(
        0.95, unit="probability of choosing right", lo=0.5, hi=0.9999, source="choice"
    )


class Study(Group):
    """One study, complete."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=100)
    question: str = Field(min_length=1, description="what somebody wants to know")
    hypothesis: str = Field(default="", description="what is believed, and why")
    settings: tuple[str, ...] = Field(
        default=(), description="as on the command line: scenario=covid, scale.customers=5000"
    )
    strategies: tuple[str, ...] = Field(min_length=1, description="the arms")
    variants: dict[str, dict[str, Any]] = Field(
        default={}, description="arms made here: name -> {from: another, what differs}"
    )
    baseline: str = Field(
        default_factory=lambda done: done["strategies"][0],
        description="the common past of all arms; the first, unless said",
    )
    axes: dict[str, Axis] = Field(
        default={}, description="setting -> values; STRATEGY.maturity.analysis moves one arm's"
    )
    draw: Draw = Draw()
    measures: dict[str, str] = Field(
        default={},
        description="name here -> metric, metric/shoppers or 'table: figure'; metrics have theirs",
    )
    replications: Replications = Replications()
    expect: tuple[str, ...] = Field(
        default=(), description="as in contribution.leader - contribution.immature > 0"
    )
    choose: Choice | None = None

    @model_validator(mode="after")
    def _axes_fit_the_draw(self) -> Study:
        for name, axis in self.axes.items():
            if self.draw.by in RANGED and axis.values:
                raise ValueError(
                    f"axes.{name} must have low and high to be drawn by {self.draw.by}"
                )
            if self.draw.by not in RANGED and not axis.values:
                raise ValueError(f"axes.{name} must have values for a {self.draw.by}")
        lengths = {len(axis.values) for axis in self.axes.values()}
        if self.draw.by == "list" and len(lengths) > 1:
            raise ValueError("axes must have as many values each to be gone through as a list")
        if self.draw.by in RANGED and not self.axes:
            raise ValueError(f"axes must be given to be drawn by {self.draw.by}")
        return self


def study_files(config_dir: Path | str | None = None) -> dict[str, Path]:
    """Files of studies by name; one in the user's folder hides ours."""
    folder = existing(config_dir)
    places = [*([folder / FOLDER, folder] if folder else []), ROOT / FOLDER]
    found: dict[str, Path] = {}
    for place in places:
        for path in sorted(place.glob(f"*/{FILE}")):
            found.setdefault(path.parent.name, path)
    return found


def load_study(name: str, config_dir: Path | str | None = None) -> Study:
    """The checked study of this name, or in the file of this name. Raises BadInput."""
    if name.endswith(".yaml"):
        path = Path(name)
        if not path.is_file():
            raise BadInput("study", name, "no such file")
        called = path.parent.name if path.name == FILE else path.stem
    else:
        known = study_files(config_dir)
        if name not in known:
            raise BadInput("study", name, f"no such study; {there_are(name, known)}")
        path, called = known[name], name
    content = {"name": called, **read(path)}
    return check(Study, _spelled_out(content), "study")


def asked_with(study: Study, overrides: list[str]) -> Study:
    """The same study with single values of its draw or its replications changed: ``draw.points=8``.

    Raises :class:`BadInput`.
    """
    content = study.model_dump(mode="json")
    for override in overrides:
        key, _, text = override.partition("=")
        group, _, name = key.partition(".")
        if name not in content[group]:
            known = [f"{group}.{one}" for one in content[group]]
            raise BadInput(key, text, f"no such setting of a study; {there_are(key, known)}")
        content[group][name] = files.parsed(text, Path(key))
    return check(Study, content, "study")


def _spelled_out(content: dict[str, Any]) -> dict[str, Any]:
    """The short forms in full: a list of values, a list of measures, one expectation alone."""
    whole = dict(content)
    if isinstance(axes := whole.get("axes"), dict):
        whole["axes"] = {
            key: {"values": axis} if isinstance(axis, list) else axis for key, axis in axes.items()
        }
    if isinstance(named := whole.get("measures"), list):
        whole["measures"] = {str(name): str(name) for name in named}
    for key in ("expect", "settings"):
        if isinstance(whole.get(key), str):
            whole[key] = [whole[key]]
    return whole
