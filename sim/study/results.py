"""What a run leaves behind: one folder, written under a temporary name and renamed when whole.

A folder that exists is complete. ``config.yaml`` in it repeats the run:
``omnijourney compare --config-dir results/RUN``. Beside the report and the figures lie the tables
of the :class:`Comparison`, and ``dictionary.csv`` says what each name in them means.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, requires, version
from itertools import count
from pathlib import Path
from typing import Any

import llvmlite.binding
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.core import events as ev
from sim.measures.analysed import ANALYSED
from sim.measures.carries import CARRIED, EFFECTS
from sim.measures.comparison import ORIGINS, Comparison
from sim.measures.daily import BY_YEAR, SERIES
from sim.measures.departments import DEPARTMENTS, LEDGERS
from sim.measures.figures import Figure
from sim.measures.journeys import JOURNEYS
from sim.measures.knowledge import KNOWN
from sim.measures.media import MEDIA
from sim.measures.metrics import METRICS, PERSON_YEARS, YEARLY
from sim.measures.returns import MEASURES
from sim.measures.segments import RFM
from sim.measures.shocked import SHOCKED
from sim.measures.trials import COLUMNS as TRIALS
from sim.measures.trials import TESTS
from sim.measures.visitors import VISITORS
from sim.measures.why import WHY
from sim.settings.carries import at_bound
from sim.settings.complaints import BadInput
from sim.settings.document import document
from sim.settings.flows import Flow, message_titles
from sim.settings.groups import CapabilityGroup
from sim.settings.places import ROOT
from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.study import sums
from sim.study.sweep import sweep_table
from sim.world.decisions import COLUMNS as DECISIONS

Publish = Callable[[Comparison, Path], None]
ROOM_BYTES = 2_000_000  # what a run folder without an event log may take
BY_CLOCK = "whole comparison"  # the phase of the timings that is not processor time
AS_PARQUET_TOO = ("metrics", "daily")
NOT_HASHED = {
    "name": True,
    "purpose": True,
    "output": True,
    "variants": True,
    "scale": {"workers", "threads"},
}
PRESENT = "people in the market in the horizon"
WHAT = ["name", "unit", "definition", "denominator", "table"]
OTHERS = [
    (
        "share",
        "share",
        "had been sent a message of the flow so many weeks after the fork, after their purchase",
        "people who bought of the category between the fork and the end",
        "reach",
    ),
    ("share_any", "share", "anything at all differs from the baseline", PRESENT, "changed"),
    (
        "share_bought",
        "share",
        "purchases (day, place, item, price) differ from the baseline's",
        PRESENT,
        "changed",
    ),
    *(
        (
            name,
            YEARLY,
            f"{title}: own figures, as a bonus scheme keeps them",
            PERSON_YEARS,
            "inside",
        )
        for name, title in LEDGERS.items()
    ),
    (
        "gross_difference_oere",
        "oere",
        "a person's gross revenue less that under the baseline, first seed",
        "none: an illustration, it depends on how luck is coupled",
        "customers",
    ),
]


def write(
    comparison: Comparison, folder: Path | str | None = None, publish: Publish | None = None
) -> Path:
    """Write everything into a new run folder below ``folder`` and return its path.

    ``folder`` is ``settings.output.folder`` unless given. ``publish`` adds what people read
    (:func:`sim.report.publish`). What fails half-way leaves nothing.
    Raises :class:`BadInput` where no folder can be made.
    """
    made = datetime.now().astimezone()

    def fill(draft: Path) -> None:
        _fill(draft, comparison, made)
        if publish:
            publish(comparison, draft)

    settings = comparison.settings
    place = prepared(folder or settings.output.folder, settings.name)
    return new_folder(place, settings.name, config_hash(comparison), made, fill)


def new_folder(
    place: Path, name: str, code: str, made: datetime, fill: Callable[[Path], None]
) -> Path:
    """A run folder in ``place``, named by time, name and hash; whole, or not there."""
    named = f"{made:%Y%m%d-%H%M%S}-{name}-{code[:8]}"
    draft = place / f".{named}.{os.getpid()}.partial"
    draft.mkdir()
    try:
        fill(draft)
        return _renamed(draft, place / named)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def prepared(folder: Path | str, name: str = "") -> Path:
    """``folder``, made where it was missing, in which the folder of a run called ``name`` has room.

    Raises :class:`BadInput` where it cannot be written to.
    """
    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as problem:
        allowed = f"must be a folder that can be made ({_reason(problem)})"
        raise BadInput("output.folder", str(path), allowed) from None
    trial = path / f".{datetime.now():%Y%m%d-%H%M%S}-{name}-00000000.{os.getpid()}.partial"
    try:
        trial.mkdir()
        (trial / "room").write_bytes(bytes(ROOM_BYTES))
    except OSError as problem:
        if problem.errno == errno.ENAMETOOLONG:
            raise BadInput("name", name, f"is too long for a folder in {path}") from None
        allowed = f"must be a folder that can be written to ({_reason(problem)})"
        raise BadInput("output.folder", str(path), allowed) from None
    finally:
        shutil.rmtree(trial, ignore_errors=True)
    return path


def _reason(problem: OSError | ValueError) -> str:
    return getattr(problem, "strerror", None) or str(problem)


def _fill(draft: Path, comparison: Comparison, made: datetime) -> None:
    _text(draft / "config.yaml", config(comparison))
    _text(draft / "manifest.json", json.dumps(manifest(comparison, made), indent=2) + "\n")
    for name, frame in tables(comparison).items():
        frame.to_csv(draft / f"{name}.csv", index=False)
        if name in AS_PARQUET_TOO:
            frame.to_parquet(draft / f"{name}.parquet", index=False)
    if len(comparison.people):
        comparison.people.to_parquet(draft / "customers.parquet", index=False)
    if comparison.settings.output.events != "none":
        titles = comparison.settings.market.channels.titles()
        _write_events(draft / "events", comparison.events, titles)


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _renamed(draft: Path, whole: Path) -> Path:
    """Rename, taking the next free name where two runs of one config end in the same second."""
    for number in count(1):
        target = whole if number == 1 else whole.with_name(f"{whole.name}-{number}")
        try:
            return draft.rename(target)
        except OSError:
            if not target.exists():
                raise
    raise AssertionError("count() never ends")


# What was run


def config(comparison: Comparison) -> str:
    """The resolved settings and strategies as commented YAML that repeats the run."""
    strategies = {strategy.name: strategy for strategy in comparison.strategies}
    whole = comparison.settings.model_copy(update={"variants": strategies})
    header = "# All that determines this run: omnijourney compare --config-dir THIS_FOLDER\n"
    return header + document(whole)


def config_hash(comparison: Comparison) -> str:
    """SHA-256 of everything that determines the results, in hexadecimal.

    Names, output and cores are left out: two runs with one hash have the same numbers.
    """
    return hash_of(comparison.settings, comparison.strategies, {**NOT_HASHED, "survey": True})


def hash_of(settings: Settings, strategies: list[Strategy], left_out: dict[str, Any]) -> str:
    """SHA-256 of settings and strategies without what is left out, in hexadecimal."""
    content = {
        "settings": settings.model_dump(mode="json", exclude=left_out),
        "strategies": [strategy.model_dump(mode="json") for strategy in strategies],
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def manifest(comparison: Comparison, made: datetime) -> dict[str, Any]:
    """Where the numbers come from: seeds, versions, commit, config hash, time, machine."""
    settings, timings = comparison.settings, comparison.timings
    seconds = dict(zip(timings["phase"], timings["seconds"].round(3).tolist(), strict=True))
    return {
        "name": settings.name,
        "purpose": settings.purpose,
        "made": made.isoformat(timespec="seconds"),
        "config_hash": config_hash(comparison),
        "seed": settings.seed,
        "seeds": [int(seed) for seed in comparison.metrics["seed"].unique()],
        "baseline": comparison.baseline,
        "strategies": [strategy.name for strategy in comparison.strategies],
        "wall_seconds": seconds.pop(BY_CLOCK, None),
        "processor_seconds": seconds,
        "lost": comparison.lost,
        "warmup": settling(comparison),
        **source_of(),
    }


def source_of() -> dict[str, Any]:
    """What a run was made with: machine, versions, commit."""
    return {
        "machine": {
            "cores": os.cpu_count(),
            "system": platform.platform(),
            "processor": llvmlite.binding.get_host_cpu_name(),
            "features": llvmlite.binding.get_host_cpu_features().flatten(),
        },
        "versions": {"python": platform.python_version(), **_versions()},
        "git": _git(),
    }


def settling(comparison: Comparison) -> dict[str, Any]:
    """Whether measuring began in a settled world; what is not known is null."""
    needed, scale, steady = (
        comparison.warmup_needed_days,
        comparison.settings.scale,
        comparison.steady_drift,
    )
    strategies = steady["strategy"].unique() if len(steady) else ()
    return {
        "days": scale.warmup_days,
        "needed_days_by_mser5": None if needed != needed else int(needed),
        **drifted(comparison.drift),
        "steady": {name: drifted(steady[steady["strategy"] == name]) for name in strategies},
    }


def drifted(drift: pd.DataFrame) -> dict[str, Any]:
    """What changed in the first year that was measured, and which of it is a drift."""
    if drift.empty:
        return {"change_in_first_year": {}, "drifts": []}
    changes = zip(drift["series"], drift["change"], strict=True)
    return {
        "change_in_first_year": {name: round(float(change), 4) for name, change in changes},
        "drifts": drift["series"][drift["drifts"]].tolist(),
    }


def _versions() -> dict[str, str]:
    """This package, what it declares to need, and the compiler below Numba."""
    try:
        declared = [line for line in requires("omnijourney") or () if "extra ==" not in line]
    except PackageNotFoundError:
        return {}
    names = [re.match(r"[\w.-]+", line)[0] for line in declared]
    return {name: version(name) for name in ("omnijourney", *names, "llvmlite")}


def _git() -> dict[str, Any] | None:
    """Commit of the sources, and whether they were changed since; None outside a repository."""
    if not (ROOT / ".git").exists():
        return None
    try:
        commit, changed = (
            subprocess.run(
                ["git", "-C", ROOT, *command],
                capture_output=True,
                text=True,
                check=True,
                timeout=10,
            ).stdout.strip()
            for command in (["rev-parse", "HEAD"], ["status", "--porcelain", "-uno"])
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return {"commit": commit, "changed": bool(changed)}


# What was found


def tables(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """The tables of a run folder, by name; those on request only where they were asked for."""
    found = {
        "metrics": comparison.metrics,
        "levels": comparison.levels,
        "differences": comparison.differences,
        "company": sums.table(comparison),
        "by_year": comparison.by_year,
        "gains": comparison.gains,
        "changed": comparison.changed,
        "returns": comparison.returns,
        "flows": comparison.flows,
        "reach": comparison.reach,
        "daily": comparison.daily,
        "knowledge": comparison.knowledge,
        "journeys": comparison.journeys,
        "visitors": comparison.visitors,
        "departments": comparison.departments,
        "media": comparison.media,
        "tests": comparison.tests,
        "trials": comparison.trials,
        "analysis": comparison.analysis,
        "rfm": comparison.rfm,
        "why": comparison.why,
        "inside": comparison.inside,
        "decisions": comparison.decisions,
        "building_blocks": comparison.ledger,
        "dictionary": dictionary(comparison.settings),
    }
    on_request = {
        "steady_levels": comparison.steady_levels,
        "steady_differences": comparison.steady_differences,
        "by_shock": comparison.by_shock,
        "sweep": sweep_table(comparison),
        "carries": comparison.carries,
    }
    return found | {name: frame for name, frame in on_request.items() if not frame.empty}


def dictionary(settings: Settings) -> pd.DataFrame:
    """What each name in the tables means: name, unit, definition, denominator, table."""
    metrics = [
        (name, m.unit, m.definition, m.denominator, "metrics") for name, m in METRICS.items()
    ]
    part = "part of the difference in gross revenue to the baseline"
    gains = [(origin, YEARLY, part, PERSON_YEARS, "gains") for origin in ORIGINS]
    returns = [
        (name, "share", m.definition, m.denominator, "returns") for name, m in MEASURES.items()
    ]
    daily = [(name, s.unit, s.definition, s.denominator, "daily") for name, s in SERIES.items()]
    tables = {"knowledge": KNOWN, "journeys": JOURNEYS, "visitors": VISITORS, "by_shock": SHOCKED}
    tables |= {"departments": DEPARTMENTS, "media": MEDIA, "tests": TESTS}
    tables |= {"analysis": ANALYSED, "rfm": RFM, "why": WHY}
    figures = [row for table, named in tables.items() for row in _figures(named, table)]
    yearly = [(name, *METRICS[name][2:5], "by_year") for name in BY_YEAR]
    whole = "none: the company, with all people in its market (company.size)"
    yearly += [
        (name, sums.UNIT, metric.definition, whole, "company")
        for name, metric in METRICS.items()
        if metric.unit == YEARLY
    ]
    carried = [(n, c.unit, c.definition, c.denominator, "carries") for n, c in CARRIED.items()]
    carried += [
        (name, "unit of the measure", what, "none", "carries") for name, what in EFFECTS.items()
    ]
    carried += [
        (name, "group", f"{group.title}: {_listed(group)}", "none", "carries")
        for name, group in settings.company.groups.items()
    ]
    carried += [
        (at_bound(key, value), "group", f"the market's {key} is {value:g}", "none", "carries")
        for key, bounds in settings.carries.bounds.items()
        for value in bounds
    ]
    media = [
        (m.title, "channel", m.what, "none", "events") for m in settings.market.channels.media()
    ]
    decided = [(name, *said, "none", "decisions") for name, said in DECISIONS.items()]
    decided += [(name, *said, "none", "trials") for name, said in TRIALS.items()]
    return pd.DataFrame(
        [
            *decided,
            *(*metrics, *gains, *returns, *daily, *yearly, *figures, *OTHERS, *carried),
            *(*codebook(settings.company.flows), *media),
        ],
        columns=WHAT,
    )


def _listed(group: CapabilityGroup) -> str:
    """What a group holds."""
    return ", ".join((*group.capabilities, *(f"policies.{name}" for name in group.policies)))


def _figures(rows: dict[str, Figure], table: str) -> list[tuple[str, str, str, str, str]]:
    """The dictionary's rows of a table of figures."""
    return [(name, f.unit, f.definition, f.denominator, table) for name, f in rows.items()]


def codebook(automation: dict[str, Flow]) -> list[tuple[str, str, str, str, str]]:
    """Rows of the dictionary for the event log: fields, kinds, and fields that a kind overloads.

    ``automation``: the company's flows by name; a mail's kind is told by their titles.
    """
    mails = "code", ", ".join(f"{k} {title}" for k, title in message_titles(automation).items())
    fields = [(name, *said, "none", "events") for name, said in ev.FIELDS.items()]
    kinds = [(kind.name, "event", kind.what, "none", "events") for kind in ev.TABLE.values()]
    own = [
        (f"{kind.name}.{field}", *(mails if said == ev.MESSAGE else said), "none", "events")
        for kind in ev.TABLE.values()
        for field, said in kind.fields.items()
    ]
    return [*fields, *kinds, *own]


def _write_events(
    folder: Path, logs: dict[int, dict[str, np.ndarray]], channels: dict[int, str]
) -> None:
    """One Parquet file a strategy, seed after seed, with kinds and channels by name."""
    folder.mkdir()
    for strategy in dict.fromkeys(name for by_name in logs.values() for name in by_name):
        tables = (_log(seed, by_name[strategy], channels) for seed, by_name in logs.items())
        first = next(tables)
        with pq.ParquetWriter(folder / f"{strategy}.parquet", first.schema) as file:
            file.write_table(first)
            for table in tables:
                file.write_table(table)


def _log(seed: int, events: np.ndarray, channels: dict[int, str]) -> pa.Table:
    columns = {"seed": pa.array(np.full(len(events), seed))}
    columns |= {name: pa.array(events[name]) for name in ev.EVENT.names}
    columns["kind"] = _by_name(events["kind"], ev.KINDS)
    columns["channel"] = _by_name(events["channel"], channels)
    return pa.table(columns)


def _by_name(codes: np.ndarray, names: dict[int, str]) -> pa.DictionaryArray:
    """Names for codes; a code below zero, of nothing, is null."""
    place = np.full(int(max(names)) + 1, -1, np.int8)
    place[list(names)] = np.arange(len(names))
    found = np.where(codes >= 0, place[np.maximum(codes, 0)], -1)
    return pa.DictionaryArray.from_arrays(pa.array(found, mask=found < 0), list(names.values()))
