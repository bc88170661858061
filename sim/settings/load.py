"""From YAML and the command line to checked settings, or to one line that says what is wrong.

:mod:`sim.settings.compose` puts the files and the command line together; the user's
``--config-dir`` comes first. The schema then checks everything, all strategies included.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar, get_args

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from sim.settings import files, numerals
from sim.settings.base import Group, about
from sim.settings.carries import refuse_bounds, refuse_pair
from sim.settings.channels import lines
from sim.settings.company import Company
from sim.settings.complaints import NOTHING, BadInput, explained, first_line, joined, there_are
from sim.settings.compose import composed
from sim.settings.described import description, one_company
from sim.settings.document import bounds, document, group_in, settings_of
from sim.settings.key_figures import with_turnover_moved
from sim.settings.ladder import rung_names
from sim.settings.market import Market
from sim.settings.places import CONFIGS, ROOT
from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.settings.survey import Survey, refuse_questions

NO_TEXT = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"  # of a terminal, or of no encoding at all
HEADER = "# Written from the schema by `omnijourney settings --write`: unit, bounds, source.\n"
Checked = TypeVar("Checked", bound=Group)


def load(
    overrides: Iterable[str] = (), config_dir: Path | str | None = None
) -> tuple[Settings, list[Strategy]]:
    """Compose and check a run. Raises :class:`BadInput` before anything is simulated or written.

    ``overrides`` are Hydra's: ``scale.customers=2000``, ``market=ours``, ``experiment=NAME``.
    ``config_dir`` may hold strategies (``NAME.yaml`` or ``strategy/NAME.yaml``) and any group.
    """
    folder = existing(config_dir)
    places = [*([folder] if folder else []), CONFIGS, ROOT]
    content = with_turnover_moved(composed(list(overrides), places))
    settings = check(Settings, _without_key_figures(content))
    library = Library(folder, settings.variants)
    for variant in settings.variants:
        library.strategy(variant)
    strategies = {name: library.strategy(name) for name in settings.strategies}
    company = one_company({library.label(n): library.company(n) for n in settings.strategies})
    if company:
        content = with_turnover_moved(composed(list(overrides), places, company))
    settings = check(Settings, content)
    for name, strategy in strategies.items():
        refuse_strangers(strategy, settings, library.label(name))
    refuse_bounds(settings.carries, settings.market)
    refuse_questions(settings.survey, settings.company.ladder)
    refuse_pair(settings.carries, settings.company, strategies)
    phased = [_phased(s, settings.company, library.label(n)) for n, s in strategies.items()]
    return settings, phased


def _phased(strategy: Strategy, company: Company, label: str) -> Strategy:
    """The strategy with its projects as a schedule."""
    for project in strategy.projects:
        if project.way and project.way not in company.ways:
            there = there_are(project.way, company.ways)
            raise BadInput(f"{label}.projects.way", project.way, f"no such way; {there}")
    try:
        return strategy.phased(company)
    except ValueError as problem:
        raise BadInput(f"{label}.projects", NOTHING, first_line(problem)) from None


def _without_key_figures(content: dict[str, Any]) -> dict[str, Any]:
    """The settings without figures that may belong to a company of which more is to be read."""
    company = content.get("company")
    if not isinstance(company, dict):
        return content
    rest = {key: value for key, value in company.items() if key != "key_figures"}
    return {**content, "company": rest}


def refuse_strangers(strategy: Strategy, settings: Settings, label: str) -> None:
    """Raise :class:`BadInput` if a strategy names what its company or market does not have."""
    _refuse_unknown_groups(strategy, settings.company, label)
    _refuse_unknown_scheme(strategy, settings.company, label)
    _refuse_unknown_lines(strategy, settings.market, label)


def _refuse_unknown_groups(strategy: Strategy, company: Company, label: str) -> None:
    for name in strategy.apart.groups:
        if name not in company.groups:
            there = there_are(name, company.groups)
            raise BadInput(f"{label}.apart.groups", name, f"no such group; {there}")
    rungs = rung_names(company.ladder)
    for name in strategy.apart.capabilities:
        if name not in rungs:
            there = there_are(name, rungs)
            raise BadInput(f"{label}.apart.capabilities", name, f"no such capability; {there}")


def _refuse_unknown_lines(strategy: Strategy, market: Market, label: str) -> None:
    names = [line.name for line in lines(market.channels.media())]
    for name in strategy.policies.without_ads:
        if name not in names:
            there = there_are(name, names)
            raise BadInput(f"{label}.policies.without_ads", name, f"no such paid line; {there}")


def _refuse_unknown_scheme(strategy: Strategy, company: Company, label: str) -> None:
    scheme = strategy.policies.bonus_scheme
    if scheme not in company.bonus_schemes:
        there = there_are(scheme, company.bonus_schemes)
        raise BadInput(f"{label}.policies.bonus_scheme", scheme, f"no such scheme; {there}")


def catalogue(
    config_dir: Path | str | None = None,
) -> tuple[list[tuple[Strategy, Path]], list[BadInput]]:
    """Every strategy there is a good file for, the user's first; and what is wrong with others."""
    library = Library(existing(config_dir), {})
    found, refused = [], []
    for name, path in library.files().items():
        try:
            found.append((library.strategy(name), path))
        except BadInput as problem:
            refused.append(problem)
    return found, refused


def defaults() -> dict[Path, str]:
    """The YAML of market, company and survey as the schema has it, by file.

    Only what has no default in the schema (names, lists of categories and the like) is kept from
    the present files.
    """
    texts = {}
    for group, model in (("market", Market), ("company", Company), ("survey", Survey)):
        path = CONFIGS / group / "default.yaml"
        kept = {
            name: value
            for name, value in read(path).items()
            if name in model.model_fields and not _has_default(model.model_fields[name])
        }
        texts[path] = HEADER + document(check(model, kept, group))
    return texts


def _has_default(field: FieldInfo) -> bool:
    return isinstance(field.default, Group) or "unit" in about(field)


class Library:
    """Strategies by name: made in the run (``variants``), in the user's folder, or ours."""

    def __init__(self, folder: Path | None, variants: dict[str, dict[str, Any]]) -> None:
        users = [folder / "strategy", folder] if folder else []
        self._folders = [*users, CONFIGS / "strategy"]
        self.variants = variants
        self._seen: dict[str, dict[str, Any]] = {}

    def files(self) -> dict[str, Path]:
        """Strategy files by name; an earlier folder hides a later one's."""
        found: dict[str, Path] = {}
        for folder in self._folders:
            for name, path in yaml_files(folder).items():
                if name != "config":
                    found.setdefault(name, path)
        return found

    def label(self, name: str) -> str:
        """How a complaint names the strategy called ``name``."""
        return _label((name, name in self.variants))

    def strategy(self, name: str) -> Strategy:
        """The checked strategy called ``name``."""
        return self._checked(self._content((name, name in self.variants), ()))

    def company(self, name: str) -> dict[str, Any]:
        """What the strategy called ``name``, or one that it comes from, says of its company."""
        content = self._content((name, name in self.variants), ())
        return description(self.label(name), content["company"]) if "company" in content else {}

    def _content(self, source: Source, asked_by: tuple[Source, ...]) -> dict[str, Any]:
        """What is written for a strategy, upon what is written for those it comes from.

        Only what is written: defaults are filled in at the end, so that none of an ancestor's
        overrides what a descendant says.
        """
        name, where = source[0], _label(source)
        if source in asked_by:
            raise BadInput(f"{where}.from", asked_by[-1][0], "must not lead back to itself")
        content = dict(self._raw(source, f"{_label(asked_by[-1])}.from" if asked_by else ""))
        parent = self._parent(source, content.pop("from", None))
        if parent is not None:
            inherited = self._content(parent, (*asked_by, source))
            self._checked(inherited)
            inherited = {k: v for k, v in inherited.items() if k not in ("title", "story")}
            content = _merged(inherited, content)
        if content.get("name", name) not in (name, parent and parent[0]):
            raise BadInput(f"{where}.name", content["name"], f"must be left out, or {name}")
        return {**content, "name": name}

    def _parent(self, source: Source, given: Any) -> Source | None:
        """Where a strategy comes from: what ``from`` says; a variant of a file's name, the file."""
        name, is_variant = source
        if given is None:
            return (name, False) if is_variant and name in self.files() else None
        if not isinstance(given, str):
            raise BadInput(f"{_label(source)}.from", given, "must be the name of a strategy")
        if given == name and is_variant and name in self.files():
            return name, False
        return given, given in self.variants

    def _raw(self, source: Source, asker: str) -> dict[str, Any]:
        name, is_variant = source
        if is_variant:
            return self.variants[name]
        files = self.files()
        if name not in files:
            there = there_are(name, {**self.variants, **files})
            raise BadInput(asker or "strategies", name, f"no such strategy; {there}")
        if name not in self._seen:
            self._seen[name] = read(files[name])
        return self._seen[name]

    def _checked(self, content: dict[str, Any]) -> Strategy:
        name = content["name"]
        label = self.label(name)
        if "company" in content:
            description(label, content["company"])
        content = {key: value for key, value in content.items() if key != "company"}
        title = name.replace("_", " ").capitalize()
        whole = _apart_filled(_steps_filled({"title": title, **content}))
        return check(Strategy, whole, label)


Source = tuple[str, bool]  # a strategy's name, and whether it is made in the run


def _label(source: Source) -> str:
    return f"{'variants' if source[1] else 'strategy'}.{source[0]}"


def check(model: type[Checked], content: dict[str, Any], prefix: str = "") -> Checked:
    """Hold ``content`` against the schema: types strictly, bounds, unknown keys, contradictions."""
    try:
        content = _understood(content, model, prefix)
        group = model.model_validate_json(json.dumps(content, default=str), strict=True)
    except ValidationError as error:
        raise explained(error, model, prefix) from None
    for key, field, value in settings_of(group):
        if isinstance(value, tuple) and "unit" in about(field):
            _check_list(joined(prefix, key), field, value)
    return group


def _check_list(key: str, field: FieldInfo, value: tuple) -> None:
    facts = about(field)
    if len(value) != len(field.default):
        raise BadInput(key, value, f"must be {len(field.default)} numbers ({facts['unit']})")
    for number in value:
        if not facts["lo"] <= number <= facts["hi"]:
            raise BadInput(key, value, f"each must be {bounds(field)} ({facts['unit']})")


# Reading


def existing(config_dir: Path | str | None) -> Path | None:
    """The user's folder, if one is given."""
    if config_dir is None:
        return None
    try:
        folder = Path(config_dir).resolve(strict=True)
        if folder.is_dir():
            return folder
    except (OSError, RuntimeError, ValueError):  # too long, a loop of links, a NUL
        pass
    raise BadInput("--config-dir", str(config_dir), "must be a folder that exists")


def yaml_files(folder: Path) -> dict[str, Path]:
    """The YAML files in ``folder`` by name; hidden ones, which editors and systems leave, not."""
    try:
        found = sorted(folder.glob("*.yaml"))
    except OSError:
        return {}
    return {path.stem: path for path in found if not path.name.startswith(".")}


def read(path: Path) -> dict[str, Any]:
    """The mapping that a YAML file holds; a file without one is refused."""
    try:
        content = OmegaConf.to_container(OmegaConf.create(files.mapping(path)), resolve=True)
    except RecursionError:
        raise BadInput(str(path), NOTHING, "a value refers to itself by ${...}") from None
    except (OmegaConfBaseException, ValueError) as error:
        raise BadInput(str(path), NOTHING, f"cannot be read: {first_line(error)}") from None
    if not isinstance(content, dict) or not content:
        raise BadInput(str(path), content, "must be a mapping of settings, and not empty")
    return {str(key): value for key, value in content.items()}


def _merged(base: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    both = dict(base)
    for key, value in change.items():
        deeper = isinstance(value, dict) and isinstance(both.get(key), dict)
        both[key] = _merged(both[key], value) if deeper else value
    return both


def _steps_filled(content: dict[str, Any]) -> dict[str, Any]:
    """Disciplines that a step of the schedule leaves out stay where the step before left them."""
    level, schedule = content.get("maturity", {}), content.get("schedule")
    if not isinstance(schedule, list) or not isinstance(level, dict):
        return content
    steps = []
    for step in schedule:
        if isinstance(step, dict) and isinstance(step.get("maturity", {}), dict):
            level = {**level, **step.get("maturity", {})}
            step = {**step, "maturity": level}
        steps.append(step)
    return {**content, "schedule": steps}


def _apart_filled(content: dict[str, Any]) -> dict[str, Any]:
    """Disciplines that groups which stand apart leave out stand where the strategy's own do."""
    apart, own = content.get("apart"), content.get("maturity", {})
    if not isinstance(apart, dict) or not isinstance(own, dict):
        return content
    levels = apart.get("maturity", {})
    if isinstance(levels, dict):
        apart = _steps_filled({**apart, "maturity": {**own, **levels}})
    return {**content, "apart": apart}


def _understood(content: Any, wanted: Any, key: str, field: FieldInfo | None = None) -> Any:
    """``content`` with its numerals as the schema wants them: 1e4 is whole, 1.000 may be refused.

    ``wanted`` is the annotation that the schema has for it, ``field`` the declaration around it.
    Of groups by name (flows), null takes one out.
    """
    if isinstance(content, dict):
        group = group_in(wanted)
        declared = group.model_fields if group and group is wanted else {}
        if group and not declared:
            content = {name: value for name, value in content.items() if value is not None}
        return {
            name: _understood(value, declared[name].annotation, joined(key, name), declared[name])
            if name in declared
            else _understood(value, _item(wanted), joined(key, name), field)
            for name, value in content.items()
        }
    if isinstance(content, list):
        item = _item(wanted)
        return [_understood(v, item, f"{key}.{k}", field) for k, v in enumerate(content)]
    if isinstance(content, float) and content.is_integer() and abs(content) < 2**53:
        return int(content)
    number = {int, float} & {wanted, *get_args(wanted)}  # of int | None, too
    if isinstance(content, str) and number and numerals.is_odd(content):
        return _numeral(content, key, about(field) if field else {})
    if isinstance(content, str) and re.search(NO_TEXT, content):
        raise BadInput(key, content, "must be text, without control characters")
    return content


def _item(wanted: Any) -> Any:
    """What the items of an annotation are: of ``dict[str, float]`` and ``tuple[float, ...]``."""
    inner = [kind for kind in get_args(wanted) if kind is not Ellipsis]
    return inner[-1] if inner else None


def _numeral(text: str, key: str, facts: dict[str, Any]) -> float:
    try:
        return numerals.number(text, facts.get("lo", -math.inf), facts.get("hi", math.inf))
    except ValueError as problem:
        unit = f" ({facts['unit']})" if "unit" in facts else ""
        raise BadInput(key, text, f"{problem}{unit}") from None
