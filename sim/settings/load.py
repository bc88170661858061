"""From YAML and the command line to checked settings, or to one line that says what is wrong.

Hydra composes the groups (``configs/market``, ``company``, ``scenario``, ``scale``, and
``experiments/``); the user's ``--config-dir`` comes first. Single values are set here, one by
one, so that a bad one is named. The schema then checks everything, all strategies included.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches
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
from sim.settings.document import bounds, declarations, document, group_in, settings_of
from sim.settings.market import Market
from sim.settings.run import Settings
from sim.settings.strategy import Strategy

ROOT = Path(__file__).resolve().parents[2]
CONFIGS = ROOT / "configs"
GROUPS = ("market", "company", "scenario", "scale", "experiment")
HEADER = "# Written from the schema by `omnijourney settings --write`: unit, bounds, source.\n"
NOTHING = object()
Checked = TypeVar("Checked", bound=Group)


class BadInput(Exception):
    """Settings that cannot be used. ``str()`` is one line: the key, the value, what is allowed."""

    def __init__(self, key: str, value: Any, allowed: str) -> None:
        self.key, self.value, self.allowed = key, value, allowed
        shown = "" if value is NOTHING else f" = {_short(value)}"
        super().__init__(" ".join(f"{key}{shown}: {allowed}".split()))


def load(
    overrides: Iterable[str] = (), config_dir: Path | str | None = None
) -> tuple[Settings, list[Strategy]]:
    """Compose and check a run. Raises :class:`BadInput` before anything is simulated or written.

    ``overrides`` are Hydra's: ``scale.customers=2000``, ``market=ours``, ``experiment=NAME``.
    ``config_dir`` may hold strategies (``NAME.yaml`` or ``strategy/NAME.yaml``) and any group.
    """
    folder = _existing(config_dir)
    settings = check(Settings, _compose(list(overrides), folder))
    library = Library(folder, settings.variants)
    for variant in settings.variants:
        library.strategy(variant)
    return settings, [library.strategy(name) for name in settings.strategies]


def catalogue(config_dir: Path | str | None = None) -> list[tuple[Strategy, Path]]:
    """Every strategy there is a file for, checked, the user's first."""
    library = Library(_existing(config_dir), {})
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
            for name, value in _read(path).items()
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
            raise BadInput(key, name, "no such strategy; " + _there_are(name, {
                **self._variants, **files}))  # fmt: skip
        if name not in self._seen:
            self._seen[name] = _read(files[name])
        return self._seen[name]

    def _label(self, name: str) -> str:
        return f"variants.{name}" if name in self._variants else f"strategy.{name}"


def check(model: type[Checked], content: dict[str, Any], prefix: str = "") -> Checked:
    """Hold ``content`` against the schema: types strictly, bounds, unknown keys, contradictions."""
    try:
        group = model.model_validate_json(json.dumps(_whole(content), default=str), strict=True)
    except ValidationError as error:
        raise _explained(error, model, prefix) from None
    for key, field, value in settings_of(group):
        if isinstance(value, tuple) and "unit" in about(field):
            _check_list(_joined(prefix, key), field, value)
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
    for place in (*([folder] if folder else []), CONFIGS, ROOT):
        path.append("omnijourney", f"file://{place}")
    path.append("schema", "structured://")
    try:
        config = ConfigLoaderImpl(path).load_configuration("config", choices, RunMode.RUN)
    except MissingConfigException as error:
        raise _no_such_file(error, folder) from None
    except yaml.YAMLError as error:
        raise _malformed(error) from None
    except (HydraException, OmegaConfBaseException, OSError, ValueError) as error:
        raise BadInput("configuration", NOTHING, _first_line(error)) from None
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
        except (OmegaConfBaseException, ValueError, TypeError, AttributeError, KeyError,
                IndexError, AssertionError):  # fmt: skip
            raise BadInput(key, override.value(), _unknown(Settings, key.split("."))) from None
    return config


def _resolved(config: DictConfig) -> dict[str, Any]:
    try:
        content = OmegaConf.to_container(config, resolve=True, throw_on_missing=True)
    except OmegaConfBaseException as error:
        key = getattr(error, "full_key", None) or "configuration"
        raise BadInput(str(key), NOTHING, _first_line(error)) from None
    if content.get("baseline", "") is None:
        del content["baseline"]
    return content


def _existing(config_dir: Path | str | None) -> Path | None:
    if config_dir is None:
        return None
    folder = Path(config_dir).resolve()
    if not folder.is_dir():
        raise BadInput("--config-dir", str(config_dir), "must be a folder that exists")
    return folder


def _read(path: Path) -> dict[str, Any]:
    try:
        content = OmegaConf.to_container(OmegaConf.load(path), resolve=True)
    except yaml.YAMLError as error:
        raise _malformed(error, path) from None
    except (OmegaConfBaseException, OSError, ValueError) as error:
        raise BadInput(str(path), NOTHING, f"cannot be read: {_first_line(error)}") from None
    if not isinstance(content, dict) or not content:
        raise BadInput(str(path), content, "must be a mapping of settings, and not empty")
    return content


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


# Saying what is wrong, in one line

TYPES = {
    "int": "a whole number", "float": "a number", "finite": "a finite number",
    "bool": "true or false", "string": "text", "list": "a list, as in [a,b]",
    "tuple": "a list, as in [a,b]", "dict": "a mapping", "model": "a mapping of settings",
}  # fmt: skip
LIMITS = {"greater_than_equal": ("at least", "ge"), "less_than_equal": ("at most", "le")}


def _explained(error: ValidationError, model: type[Group], prefix: str) -> BadInput:
    found = error.errors(include_url=False)
    first = next((e for e in found if e["type"] == "extra_forbidden"), found[0])
    loc, kind, value = first["loc"], first["type"], first["input"]
    key = _joined(prefix, ".".join(map(str, loc)))
    group, field = _at(model, loc)
    facts = about(field) if field else {}
    unit = f" ({facts['unit']})" if facts else ""
    if kind == "extra_forbidden":
        return BadInput(key, value, _unknown(model, list(map(str, loc)), prefix))
    if kind == "missing":
        return BadInput(key, NOTHING, f"must be given{unit}")
    if kind == "value_error":
        return _contradiction(key, value, group or model, str(first["ctx"]["error"]))
    if kind in LIMITS:
        word, bound = LIMITS[kind]
        return BadInput(key, value, f"must be {word} {first['ctx'][bound]:.12g}{unit}")
    wanted = TYPES.get(kind.partition("_")[0])
    if wanted and kind.endswith(("_type", "_parsing", "_number", "_from_float")):
        span = f", {bounds(field)}" if facts and field.annotation is not bool else ""
        return BadInput(key, value, f"must be {wanted}{span}{unit}")
    if kind == "string_pattern_mismatch":
        return BadInput(key, value, "must consist of letters, digits, - and _")
    if kind in ("too_short", "string_too_short"):
        return BadInput(key, value, "must not be empty")
    return BadInput(key, value, first["msg"].replace("Input should", "must"))


def _contradiction(key: str, value: Any, group: type[Group], message: str) -> BadInput:
    """A message of a group's own check: the settings that it mentions give key and value."""
    for word in re.findall(r"\w+", message):
        field = group.model_fields.get(word)
        if field is not None and isinstance(value, dict):
            default = None if field.is_required() or field.default_factory else field.default
            key, value, inner = _joined(key, word), value.get(word, default), field.annotation
            group = group_in(inner) or group
        elif field is not None and isinstance(value, list):
            key, value = f"{key}.*.{word}", [v.get(word, field.default) for v in value]
            break
    return BadInput(key or "settings", NOTHING if isinstance(value, dict) else value, message)


def _at(model: type[Group], loc: tuple) -> tuple[type[Group] | None, FieldInfo | None]:
    """The group that ``loc`` lies in or names, and the declaration it ends in, if any."""
    group, field = model, None
    for part in loc:
        if group is None or part not in group.model_fields:
            continue
        field = group.model_fields[part]
        group = group_in(field.annotation)
    return group, field


def _unknown(model: type[Group], path: list[str], prefix: str = "") -> str:
    group, depth = model, 0
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
        return f"unknown key; did you mean {_joined(prefix, last[path[-1]])}?"
    near = _nearest(path[depth], known)
    if near:
        meant = _joined(prefix, ".".join([*path[:depth], near]))
        return f"unknown key; did you mean {meant}?"
    near = _nearest(path[-1], last, 0.75)
    if near:
        return f"unknown key; did you mean {_joined(prefix, last[near])}?"
    if group is None:
        return f"unknown key; {'.'.join(path[:depth])} is a single value"
    more = ", ..." if len(known) > 8 else ""
    return f"unknown key; known here: {', '.join(known[:8])}{more}"


def _no_such_file(error: MissingConfigException, folder: Path | None) -> BadInput:
    group, _, name = str(error.missing_cfg_file).rpartition("/")
    source = group if group != "experiment" else "experiments"
    places = [*([folder] if folder else []), CONFIGS, ROOT]
    files = {p.stem: p for place in places for p in (place / source).glob("*.yaml")}
    key = "experiment" if group == "experiments" else group or "configuration"
    return BadInput(key, name, "no such file; " + _there_are(name, files))


def _malformed(error: yaml.YAMLError, path: Path | None = None) -> BadInput:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    if mark is None:
        return BadInput(str(path or "configuration"), NOTHING, f"no YAML: {_first_line(error)}")
    where = Path(path or mark.name)
    try:
        lines = where.read_text(encoding="utf-8").splitlines()
        line = lines[min(mark.line, len(lines) - 1)].strip()
    except (OSError, UnicodeError, IndexError):
        line = NOTHING
    return BadInput(f"{where} line {mark.line + 1}", line, f"not valid YAML: {problem}")


def _there_are(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = _nearest(name, names)
    hint = f"did you mean {near}? " if near else ""
    return f"{hint}there are: {', '.join(names)}"


def _nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    longer = [name for name in known if len(word) > 3 and name.startswith(word)]
    return next(iter(get_close_matches(word, list(known), 1, likeness) or longer), None)


def _joined(prefix: str, key: str) -> str:
    return f"{prefix}.{key}" if prefix and key else prefix or key


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = (text.strip('"') or '""').replace("NaN", "nan").replace("Infinity", "inf")
    return text if len(text) <= 80 else f"{text[:77]}..."


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), "unreadable")
