"""One run's settings from files and the command line, before the schema sees them.

Hydra composes the groups (``market``, ``company``, ``scenario``, ``scale``, ``experiments``) from
several folders, the first of which wins. Single values are set here, one by one, so that a bad
one is named. Files are read by :mod:`sim.settings.files`, through a source that Hydra is told of.
"""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from hydra import compose, initialize
from hydra.core.config_search_path import ConfigSearchPath
from hydra.core.global_hydra import GlobalHydra
from hydra.core.object_type import ObjectType
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.core.plugins import Plugins
from hydra.errors import HydraException, MissingConfigException
from hydra.plugins.config_source import ConfigLoadError, ConfigResult, ConfigSource
from hydra.plugins.search_path_plugin import SearchPathPlugin
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from sim.settings import files, numerals
from sim.settings.complaints import NOTHING, BadInput, first_line, no_such_file, unknown
from sim.settings.document import declarations
from sim.settings.run import Settings

GROUPS = ("market", "company", "scenario", "scale", "survey", "experiment")
MOST_DEPTH = 20
SPOKEN = r"(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"  # what stands in quotes
PACKAGE = re.compile(r"^\s*#\s*@package\s+(\S+)", re.MULTILINE)
FAILED = (
    OmegaConfBaseException,
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    AssertionError,
)


class Files(ConfigSource):
    """Hydra's way to our files: a folder of YAML, read by :mod:`sim.settings.files`."""

    def __init__(self, provider: str, path: str) -> None:
        super().__init__(provider, path)
        self.folder = Path(unquote(self.path))

    @staticmethod
    def scheme() -> str:
        return "omnijourney"

    @classmethod
    def address(cls, folder: Path) -> str:
        """How Hydra is told of ``folder``."""
        return f"{cls.scheme()}://{quote(str(folder))}"

    def load_config(self, config_path: str) -> ConfigResult:
        path = self._file(config_path)
        if not self.is_config(config_path):
            raise ConfigLoadError(f"not found: {path}")
        text = files.text_of(path)
        content = files.mapping(path)
        package = PACKAGE.search(text)
        header = package[1] if package else _package(config_path, content)
        return ConfigResult(
            provider=self.provider,
            path=self.full_path(),
            config=copy.deepcopy(_as_config(text, path)),
            header={"package": header},
        )

    def available(self) -> bool:
        return self.folder.is_dir()

    def is_group(self, config_path: str) -> bool:
        return os.path.isdir(self.folder / config_path)

    def is_config(self, config_path: str) -> bool:
        return os.path.isfile(self._file(config_path))

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        found: list[str] = []
        for name in sorted(os.listdir(self.folder / config_path)):
            path = f"{config_path}/{name}".lstrip("/")
            self._list_add_result(found, path, name, results_filter)
        return found

    def _file(self, config_path: str) -> Path:
        return self.folder / f"{config_path.removesuffix('.yaml')}.yaml"


@lru_cache(maxsize=files.REMEMBERED)
def _as_config(text: str, path: Path) -> DictConfig:
    """What a file of this text holds, as Hydra wants it."""
    content = files.parsed(text, path)
    return OmegaConf.create(content if isinstance(content, dict) else {})


class Places(SearchPathPlugin):
    """Tells Hydra of the folders of one composition; of none outside it."""

    searched: ClassVar[tuple[Path, ...]] = ()

    def manipulate_search_path(self, search_path: ConfigSearchPath) -> None:
        for folder in self.searched:
            search_path.append("omnijourney", Files.address(folder))


def _package(config_path: str, content: dict[str, Any]) -> str | None:
    """Where a file without a header belongs: an experiment, and a scenario of several groups, on
    top; anything else into its group."""
    group = config_path.partition("/")[0]
    wide = set(content) & (set(Settings.model_fields) - {"name", "purpose"})
    if group == "experiments" or (group == "scenario" and wide):
        return "_global_"
    return None


def composed(
    overrides: list[str], places: list[Path], company: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The settings that ``overrides`` make of the files in ``places``; the first place wins.

    ``company``: what is said of it beside these files. It comes before them, and single values of
    ``overrides`` before it.
    """
    choices, values = _parsed(overrides)
    for group, name in choices:
        _there(group, name, places)
    chosen = [f"{group}={name}" for group, name in choices]
    try:
        with _own_hydra(places):
            config = compose("config", chosen)
    except MissingConfigException as error:
        raise no_such_file(str(error.missing_cfg_file), places) from None
    except RecursionError:
        raise BadInput("configuration", NOTHING, "is nested too deep") from None
    except (HydraException, OmegaConfBaseException, OSError, ValueError) as error:
        raise BadInput("configuration", NOTHING, first_line(error)) from None
    OmegaConf.set_struct(config, False)
    if company:
        config.merge_with({"company": company})
    return _resolved(_with_values(config, values))


@contextmanager
def _own_hydra(places: list[Path]) -> Iterator[None]:
    """Hydra for us alone, on our folders: it is one per process, and a caller may be using it."""
    shared = GlobalHydra.instance()
    theirs, shared.hydra = shared.hydra, None
    try:
        for plugin in (Files, Places):
            Plugins.instance().register(plugin)
        Places.searched = tuple(places)
        with initialize(config_path=None, job_name="omnijourney", version_base="1.3"):
            yield
    finally:
        Places.searched = ()
        GlobalHydra.instance().hydra = theirs


def _there(group: str, name: str, places: list[Path]) -> None:
    """Raise :class:`BadInput` unless ``group=name`` can be chosen."""
    missing = no_such_file(f"{group}/{name}", places)
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)*", name, re.ASCII) or len(name) > 200:
        raise missing
    if not any((place / group / f"{name}.yaml").is_file() for place in places):
        raise missing
    top = next((p for p in places if (p / "config.yaml").is_file()), None)
    if top and not (files.mapping(top / "config.yaml")).get("defaults"):
        raise BadInput(
            missing.key,
            name,
            f"cannot be chosen: {top / 'config.yaml'} sets everything itself; change single "
            "values, as in scale.customers=300, or leave out --config-dir",
        )


# The command line


def _parsed(overrides: list[str]) -> tuple[list[tuple[str, str]], list[Override]]:
    """Hydra's choices of files, and the single values."""
    choices, values = [], []
    for text in overrides:
        override = _override(text)
        key, value = override.key_or_group, None if override.is_delete() else override.value()
        if override.is_delete() or override.package:
            raise BadInput(text, NOTHING, "must be key=value: give a value instead")
        if override.is_sweep_override():
            shown = text.partition("=")[2]
            raise BadInput(key, shown, "must be one value; a list is [a,b], a decimal 0.5")
        if key in GROUPS and isinstance(value, str):
            choices.append(("experiments" if key == "experiment" else key, value))
        elif key in GROUPS and not isinstance(value, dict):
            raise BadInput(key, value, "must be the name of a file")
        else:
            values.append(override)
    return choices, values


def _override(text: str) -> Override:
    """``key=value`` as Hydra reads it, but with words and odd numerals taken as written."""
    key, equals, value = text.partition("=")
    form = "must be key=value, as in scale.customers=2000 or 'strategies=[leader,us]'"
    if not (equals or text.startswith("~")) or not re.fullmatch(r"[~+]*[\w.@/-]+", key):
        raise BadInput(text, NOTHING, form)
    unspoken = re.sub(SPOKEN, "", value)
    if _depth(unspoken) > MOST_DEPTH:
        raise BadInput(key, value, f"is nested more than {MOST_DEPTH} deep")
    if equals:
        text = f"{key}={quoted(value) if _is_text(key, value) else _as_written(value)}"
    try:
        return _hydras(text)
    except (HydraException, ValueError, RecursionError):
        if not equals:
            raise BadInput(text, NOTHING, form) from None
        if not re.search(r"[\[\]{}()\"$]|^'", value):
            return _hydras(f"{key}={quoted(value)}")
        allowed = "cannot be read as a value; a list is [a,b], text with signs in it goes in quotes"
        raise BadInput(key, value, allowed) from None


def _is_text(key: str, value: str) -> bool:
    """Whether ``value`` is words for a setting that holds words, so that commas are commas."""
    declared = dict(declarations(Settings)).get(key.lstrip("+"))
    return (
        declared is not None
        and declared.annotation is str
        and " " in value
        and not re.search(SPOKEN + r"|\$", value)
    )


def _hydras(text: str) -> Override:
    override = OverridesParser.create().parse_override(text)
    if not override.key_or_group:
        raise HydraException("no key")
    return override


def _as_written(value: str) -> str:
    """``value`` with its odd numerals and its words beyond ASCII in quotes."""
    between = re.split(f"({SPOKEN})", value)
    for place in range(0, len(between), 2):
        words = re.split(r"([,\[\]{}()=]|:(?![0-9]))", between[place])
        words[::2] = [_word(word) for word in words[::2]]
        between[place] = "".join(words)
    return "".join(between)


def _word(word: str) -> str:
    bare = word.strip()
    if bare and "$" not in bare and (numerals.is_odd(bare) or not bare.isascii()):
        return word.replace(bare, quoted(bare))
    return word


def quoted(text: str) -> str:
    """Text in quotes, as Hydra reads it."""
    backslashes = re.sub(r"(\\+)('|$)", r"\1\1\2", text)
    return "'" + backslashes.replace("'", "\\'") + "'"


def _depth(text: str) -> int:
    deepest = depth = 0
    for sign in text:
        depth += (sign in "[{(") - (sign in "]})")
        deepest = max(deepest, depth)
    return deepest


def _with_values(config: DictConfig, values: list[Override]) -> DictConfig:
    for override in values:
        key, value = override.key_or_group, override.value()
        try:
            try:
                OmegaConf.update(config, key, value, merge=True, force_add=True)
            except FAILED:  # a mapping where a list stands, or the other way: the schema says so
                OmegaConf.update(config, key, value, merge=False, force_add=True)
        except FAILED:
            raise BadInput(key, value, unknown(Settings, key.split("."))) from None
    return config


def _resolved(config: DictConfig) -> dict[str, Any]:
    try:
        content = OmegaConf.to_container(config, resolve=True, throw_on_missing=True)
    except RecursionError:
        raise BadInput("configuration", NOTHING, "a value refers to itself by ${...}") from None
    except OmegaConfBaseException as error:
        key = getattr(error, "full_key", None) or "configuration"
        raise BadInput(str(key), NOTHING, first_line(error)) from None
    if not isinstance(content, dict):
        raise BadInput("configuration", NOTHING, "must be a mapping of settings")
    if content.get("baseline", "") is None:
        del content["baseline"]
    return {str(key): value for key, value in content.items()}
