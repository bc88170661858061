"""Each how-to page does what it says: its blocks are applied to a copy, its commands are run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from howto import edited, follow, steps

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(p for p in (ROOT / "docs" / "how-to").glob("*.md") if p.name != "README.md")
IN_PYTHON = {"rule", "metric"}
"""Pages that change Python."""
IN_CONFIGS = {"category"}
"""Pages that change our own YAML. The others are followed with the package as it is."""


def copied(folder: Path) -> Path:
    """A copy of what the pages edit and run."""
    skipped = shutil.ignore_patterns("__pycache__")
    for part in ("sim", "configs", "experiments", "tests", "docs"):
        shutil.copytree(ROOT / part, folder / part, ignore=skipped)
    for part in ("pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile"):
        shutil.copy(ROOT / part, folder)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_following_the_page_works(page, tmp_path):
    package = copied(tmp_path) if page.stem in IN_PYTHON | IN_CONFIGS else ROOT
    assert follow(page, tmp_path, package), "the page runs nothing"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_touches_python_only_if_it_says_so(page):
    touched = [step.what for step in steps(page) if step.does in ("make", "edit")]
    assert touched
    assert any(path.endswith(".py") for path in touched) == (page.stem in IN_PYTHON)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_is_on_the_index(page):
    assert f"]({page.name})" in (page.parent / "README.md").read_text(encoding="utf-8")


def test_a_change_whose_place_is_gone_or_unclear_is_refused():
    with pytest.raises(ValueError, match="0 times"):
        edited("a = 1\n", " b = 1\n+c = 1\n")
    with pytest.raises(ValueError, match="2 times"):
        edited("a = 1\na = 1\n", " a = 1\n+c = 1\n")
    assert edited("a = 1\n\nb = 1\n", " a = 1\n \n-b = 1\n+b = 2\n") == "a = 1\n\nb = 2\n"
