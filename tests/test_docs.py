"""What the pages say holds: links resolve, cited rows exist, commands and examples are taken."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

import sim.settings
from sim import cli
from sim.settings.base import Group, about
from sim.settings.load import CONFIGS, catalogue, load

ROOT = Path(__file__).resolve().parents[1]
EVIDENCE = ROOT / "docs" / "evidence.md"
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
HOW_TO = sorted((ROOT / "docs" / "how-to").glob("*.md"))  # whose blocks test_howto.py follows
WORKSHOP = sorted((ROOT / "docs" / "workshop").glob("*.md"))
PAGES = [*GUIDES, *HOW_TO, *WORKSHOP, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
ROW = re.compile(r"\b[ABCHP]\d+\b")
COMMAND = re.compile(r"omnijourney compare [^`\n]+")
ANY_COMMAND = re.compile(r"(?:`|^    )omnijourney ([a-z][^`\n]+)", re.MULTILINE)
EXAMPLE = re.compile(r"^```yaml\n(.+?)^```", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(
    r"^```python\n(?P<script>.+?)^```\n(\nprints\n\n(?P<printed>(    [^\n]*\n|\n)+))?",
    re.MULTILINE | re.DOTALL,
)
TARGET = re.compile(r"(?:`|^    )make ([a-z]+)", re.MULTILINE)
STATUSES = ("imposed", "calibrated", "emergent", "held out", "not in the model yet")


def table_rows() -> dict[str, list[str]]:
    """Cells of each row of evidence whose first cell is an id (A1, C2.5), by id."""
    rows: dict[str, list[str]] = {}
    for line in EVIDENCE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if line.startswith("|") and re.fullmatch(r"[ABCHP]\d+(\.\d+)?", cells[0]):
            assert cells[0] not in rows, f"{cells[0]} is there twice"
            rows[cells[0]] = cells
    return rows


def row_ids() -> set[str]:
    """Ids one can cite: each row's, and the group C2 of a row C2.5."""
    return {part for row in table_rows() for part in (row, row.partition(".")[0])}


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as they are made where the page is shown."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def sources() -> Iterator[tuple[str, str]]:
    """Every declared setting of the package and its source."""
    for module in pkgutil.walk_packages(sim.settings.__path__, "sim.settings."):
        importlib.import_module(module.name)
    groups = list(Group.__subclasses__())
    while groups:
        group = groups.pop()
        groups += group.__subclasses__()
        if group.__module__.startswith("sim."):
            for name, field in group.model_fields.items():
                if "source" in about(field):
                    yield f"{group.__name__}.{name}", about(field)["source"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_to_a_file_and_a_heading(page):
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} links to {path}, which is not there"
        if anchor:
            assert anchor in anchors(target), f"{page.name} links to {link}: no such heading"


def test_the_ledger_is_whole():
    rows = row_ids()
    expected = {f"A{i}" for i in range(1, 34)} | {f"B{i}" for i in range(1, 63)}
    expected |= {f"C{i}" for i in range(1, 9)} | {f"P{i}" for i in (1, 3, 4, 5, 7)}
    expected |= {f"H{i}" for i in (1, 2, 3, 4, 7, 9)}
    assert expected <= rows, f"missing: {sorted(expected - rows)}"


def test_every_row_of_evidence_says_its_status_in_the_model():
    for row, cells in table_rows().items():
        assert cells[-1].startswith(STATUSES), f"{row} has the status {cells[-1]!r}"


def test_every_setting_names_a_source():
    silent = [key for key, source in sources() if not source.strip()]
    assert not silent, f"no source: {silent}"


def test_every_row_that_a_setting_cites_exists():
    known = row_ids()
    lost = {key: row for key, text in sources() for row in ROW.findall(text) if row not in known}
    assert not lost, f"rows cited that docs/evidence.md does not have: {lost}"


def test_every_row_that_a_page_cites_exists():
    known = row_ids()
    for page in PAGES:
        if page == EVIDENCE:  # it speaks of P90 and of the C20 index, too
            continue
        cited = set(ROW.findall(re.sub(r"https?://\S+", "", page.read_text(encoding="utf-8"))))
        assert cited <= known, f"{page.name} cites {sorted(cited - known)}"


@pytest.fixture
def mine(tmp_path):
    """The folder that the pages tell their readers to make."""
    average = (CONFIGS / "strategy" / "danish_average.yaml").read_text(encoding="utf-8")
    for name in ("us", "group1"):
        (tmp_path / f"{name}.yaml").write_text(average, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_every_command_that_a_page_gives_is_taken(page, mine):
    for command in COMMAND.findall(page.read_text(encoding="utf-8")):
        words = shlex.split(command)[2:]
        folder = mine if "--config-dir" in words else None
        given = [word for word in words if word not in ("--config-dir", "mine")]
        _, strategies = load(given, folder)
        assert strategies, command


def test_every_other_command_line_that_a_page_gives_is_understood(monkeypatch):
    taken = []
    every = (
        "handouts",
        "describe",
        "story",
        "journeys",
        "mechanisms",
        "measures",
        "propensity",
        "survey",
        "page",
        "settings",
        "strategies",
        "study",
        "studies",
        "sweep",
    )
    for command in every:
        monkeypatch.setattr(cli, command, named(command, taken.append))
    for page in PAGES:
        for line in ANY_COMMAND.findall(page.read_text(encoding="utf-8")):
            words = shlex.split(line)
            if words[0] != "compare":
                assert cli.main(words) == 0, f"{page.name}: omnijourney {line}"
    assert len(taken) >= 5


def named(name: str, function):
    """``function`` under another name: the command line names commands by their functions."""
    wrapped = partial(function)
    wrapped.__name__, wrapped.__doc__ = name, name
    return wrapped


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_every_yaml_example_is_taken(page, tmp_path):
    for example in EXAMPLE.findall(page.read_text(encoding="utf-8")):
        if "@package" in example:
            (tmp_path / "experiments").mkdir(exist_ok=True)
            (tmp_path / "experiments" / "example.yaml").write_text(example, encoding="utf-8")
            load(["experiment=example"], tmp_path)
        else:
            (tmp_path / "example.yaml").write_text(example, encoding="utf-8")
            assert "example" in [strategy.name for strategy, _ in catalogue(tmp_path)[0]]
            load(["strategies=[example]"], tmp_path)


def examples() -> Iterator:
    """Every Python block of the guides, and what it is said to print."""
    for page in GUIDES:
        blocks = PYTHON.finditer(page.read_text(encoding="utf-8"))
        for k, block in enumerate(blocks, 1):
            yield pytest.param(block["script"], block["printed"], id=f"{page.name}-{k}")


def without_numbers(text: str) -> list[list[str]]:
    """The words of each line that has any, each number as #: sizes may move with the model."""
    lines = (re.sub(r"-?\d+(\.\d+)?", "#", line).split() for line in text.splitlines())
    return [line for line in lines if line]


@pytest.mark.parametrize(("script", "printed"), [*examples()])
@pytest.mark.parametrize("way", ["script", "stdin"])
def test_every_python_example_runs_as_a_script_and_from_stdin(script, printed, way, tmp_path):
    (tmp_path / "example.py").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "example.py" if way == "script" else "-"],
        input=None if way == "script" else script,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if printed:
        assert without_numbers(done.stdout) == without_numbers(printed)


def test_every_make_target_that_a_page_names_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in PAGES:
        named = set(TARGET.findall(page.read_text(encoding="utf-8")))
        assert named <= targets, f"{page.name} names make {sorted(named - targets)}"
