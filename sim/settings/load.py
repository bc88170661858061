"""From YAML and the command line to checked settings, or to one line that says what is wrong.

Hydra composes the groups (``configs/market``, ``company``, ``scenario``, ``scale``, and
``experiments/``); the user's ``--config-dir`` comes first. Single values are set here, one by
one, so that a bad one is named. The schema then checks everything, all strategies included.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from hydra._internal.config_loader_impl import ConfigLoaderImpl  # hydra.compose() cannot put
from hydra._internal.config_search_path_impl import ConfigSearchPathImpl  # the user's folder first
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.core.plugins import Plugins
from hydra.errors import HydraException, MissingConfigException
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from sim.settings.base import Group, about
from sim.settings.company import Company
from sim.settings.complaints import (
    NOTHING,
    BadInput,
    explained,
    first_line,
    joined,
    malformed,
    no_such_file,
    there_are,
    unknown,
)
from sim.settings.document import bounds, document, settings_of
from sim.settings.market import Market
from sim.settings.places import CONFIGS, ROOT
from sim.settings.run import Settings
from sim.settings.strategy import Strategy

GROUPS = ("market", "company", "scenario", "scale", "experiment")
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
    settings = check(Settings, _compose(list(overrides), folder))
    library = Library(folder, settings.variants)
    for variant in settings.variants:
        library.strategy(variant)
    return settings, [library.strategy(name) for name in settings.strategies]


def catalogue(config_dir: Path | str | None = None) -> list[tuple[Strategy, Path]]:
    """Every strategy there is a file for, checked, the user's first."""
    library = Library(existing(config_dir), {})
    return [(library.strategy(name), path) for name, path in library.files().items()]


def defaults() -> dict[Path, str]:
    """The YAML of market and company as the schema has it, by file.

    Only what has no default in the schema (names, lists of categories and the like) is kept from
    the present files.
    """
    texts = {}
    for group, model in (("market", Market), ("company", Company)):
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
        self._variants = variants
        self._seen: dict[str, dict[str, Any]] = {}

    def files(self) -> dict[str, Path]:
        """Strategy files by name; an earlier folder hides a later one's."""
        found: dict[str, Path] = {}
        for folder in self._folders:
            for path in sorted(folder.glob("*.yaml")):
                if path.stem != "config":
                    found.setdefault(path.stem, path)
        return found

    def strategy(self, name: str) -> Strategy:
        """The checked strategy called ``name``."""
        return check(Strategy, self._content(name, ()), self._label(name))

    def _content(self, name: str, asked_by: tuple[str, ...]) -> dict[str, Any]:
        where = self._label(name)
        if name in asked_by:
            raise BadInput(f"{where}.from", asked_by[-1], "must not lead back to itself")
        content = dict(self._raw(name, self._label(asked_by[-1]) if asked_by else ""))
        parent = content.pop("from", None)
        if parent is not None:
            if not isinstance(parent, str):
                raise BadInput(f"{where}.from", parent, "must be the name of a strategy")
            inherited = self._content(parent, (*asked_by, name))
            check(Strategy, inherited, self._label(parent))
            inherited = {k: v for k, v in inherited.items() if k not in ("title", "story")}
            content = _merged(inherited, content)
        if content.get("name", name) not in (name, parent):
            raise BadInput(f"{where}.name", content["name"], f"must be left out, or {name}")
        content["name"] = name
        content.setdefault("title", name.replace("_", " ").capitalize())
        return _steps_filled(content)

    def _raw(self, name: str, asker: str) -> dict[str, Any]:
        if name in self._variants:
            return self._variants[name]
        files = self.files()
        if name not in files:
            key = f"{asker}.from" if asker else "strategies"
            raise BadInput(
                key, name, "no such strategy; " + there_are(name, {**self._variants, **files})
            )
        if name not in self._seen:
            self._seen[name] = read(files[name])
        return self._seen[name]

    def _label(self, name: str) -> str:
        return f"variants.{name}" if name in self._variants else f"strategy.{name}"


def check(model: type[Checked], content: dict[str, Any], prefix: str = "") -> Checked:
    """Hold ``content`` against the schema: types strictly, bounds, unknown keys, contradictions."""
    try:
        group = model.model_validate_json(json.dumps(_whole(content), default=str), strict=True)
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


# Composing


def _compose(overrides: list[str], folder: Path | None) -> dict[str, Any]:
    choices, values = _parsed(overrides)
    Plugins.instance()
    path = ConfigSearchPathImpl()
    path.append("hydra", "pkg://hydra.conf")
    places = [*([folder] if folder else []), CONFIGS, ROOT]
    for place in places:
        path.append("omnijourney", f"file://{place}")
    path.append("schema", "structured://")
    try:
        config = ConfigLoaderImpl(path).load_configuration("config", choices, RunMode.RUN)
    except MissingConfigException as error:
        raise no_such_file(str(error.missing_cfg_file), places) from None
    except yaml.YAMLError as error:
        raise malformed(error) from None
    except (HydraException, OmegaConfBaseException, OSError, ValueError) as error:
        raise BadInput("configuration", NOTHING, first_line(error)) from None
    return _resolved(_with_values(config, values))


def _parsed(overrides: list[str]) -> tuple[list[str], list[Override]]:
    """Hydra's choices of files, and the single values."""
    choices, values = [], []
    for text in overrides:
        try:
            override = OverridesParser.create().parse_override(text)
            if not override.key_or_group:
                raise HydraException("no key")
        except HydraException:
            form = "must be key=value, as in scale.customers=2000 or 'strategies=[leader,us]'"
            raise BadInput(text, NOTHING, form) from None
        key, value = override.key_or_group, None if override.is_delete() else override.value()
        if override.is_delete() or override.package:
            raise BadInput(text, NOTHING, "must be key=value: give a value instead")
        if override.is_sweep_override():
            raise BadInput(key, override.get_value_string(), "must be one value; a list is [a,b]")
        if key in GROUPS and isinstance(value, str):
            choices.append(f"{'experiments' if key == 'experiment' else key}={value}")
        elif key in GROUPS and not isinstance(value, dict):
            raise BadInput(key, value, "must be the name of a file")
        else:
            values.append(override)
    return choices, values


def _with_values(config: DictConfig, values: list[Override]) -> DictConfig:
    OmegaConf.set_struct(config, False)
    del config["hydra"]
    for override in values:
        key = override.key_or_group
        try:
            OmegaConf.update(config, key, override.value(), merge=True, force_add=True)
        except (
            OmegaConfBaseException,
            ValueError,
            TypeError,
            AttributeError,
            KeyError,
            IndexError,
            AssertionError,
        ):
            raise BadInput(key, override.value(), unknown(Settings, key.split("."))) from None
    return config


def _resolved(config: DictConfig) -> dict[str, Any]:
    try:
        content = OmegaConf.to_container(config, resolve=True, throw_on_missing=True)
    except OmegaConfBaseException as error:
        key = getattr(error, "full_key", None) or "configuration"
        raise BadInput(str(key), NOTHING, first_line(error)) from None
    if not isinstance(content, dict):
        raise BadInput("configuration", NOTHING, "must be a mapping of settings")
    if content.get("baseline", "") is None:
        del content["baseline"]
    return {str(key): value for key, value in content.items()}


def existing(config_dir: Path | str | None) -> Path | None:
    """The user's folder, if one is given."""
    if config_dir is None:
        return None
    folder = Path(config_dir).resolve()
    if not folder.is_dir():
        raise BadInput("--config-dir", str(config_dir), "must be a folder that exists")
    return folder


def read(path: Path) -> dict[str, Any]:
    """The mapping that a YAML file holds."""
    try:
        content = OmegaConf.to_container(OmegaConf.load(path), resolve=True)
    except yaml.YAMLError as error:
        raise malformed(error, path) from None
    except (OmegaConfBaseException, OSError, ValueError) as error:
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


def _whole(content: Any) -> Any:
    """1e4 is a whole number, too."""
    if isinstance(content, dict):
        return {key: _whole(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_whole(value) for value in content]
    if isinstance(content, float) and content.is_integer() and abs(content) < 2**53:
        return int(content)
    return content
