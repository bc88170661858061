"""What is installed is whole: unpacked far from the repository, the wheel runs by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("pyproject.toml", "README.md", "LICENSE", "sim", "configs", "experiments")
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The wheel, built from a copy of the sources without any network, and unpacked."""
    base = tmp_path_factory.mktemp("wheel")
    (base / "sources").mkdir()
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, base / "sources" / part)
    build = [sys.executable, "-c", BUILD, str(base)]
    done = subprocess.run(build, cwd=base / "sources", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [wheel] = base.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(base / "site")
    return base / "site"


def run(installed: Path, elsewhere: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`omnijourney` in the folder `elsewhere`, found in nothing but the unpacked wheel."""
    return subprocess.run(
        [sys.executable, "-m", "sim.cli", *arguments],
        cwd=elsewhere,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def files(folder: Path, *endings: str) -> set[str]:
    found = (path for path in folder.rglob("*") if path.suffix in endings)
    return {path.relative_to(folder).as_posix() for path in found}


def test_every_source_template_and_yaml_travels(installed):
    code = (".py", ".j2", ".css", ".js", ".yaml", ".po")
    mine = {name for name in files(installed / "sim", *code) if not name.startswith("files/")}
    assert mine == files(ROOT / "sim", *code)
    for folder in ("configs", "experiments"):
        assert files(installed / "sim" / "files" / folder, ".yaml") == files(ROOT / folder, ".yaml")


def test_a_folder_elsewhere_is_all_that_the_installed_program_needs(installed, tmp_path):
    compared = run(installed, tmp_path, "compare", "--quiet", "experiment=default", "scale=tiny")
    assert compared.returncode == 0, compared.stderr
    [report] = (tmp_path / "results").glob("*/report.html")
    assert "A leader" in report.read_text(encoding="utf-8")
    told = run(installed, tmp_path, "story", "--customer", "anders", "scale=tiny", "--days", "30")
    assert told.returncode == 0, told.stderr
    assert "Anders" in told.stdout


def test_the_users_folder_comes_before_what_is_installed(installed, tmp_path):
    (tmp_path / "leader.yaml").write_text("{from: immature, title: Ours}", encoding="utf-8")
    listed = run(installed, tmp_path, "strategies", "--config-dir", ".").stdout
    assert f"Ours ({tmp_path})" in listed
    assert str(installed / "sim" / "files" / "configs") in listed


def test_the_schema_is_written_into_a_checkout_only(installed, tmp_path):
    refused = run(installed, tmp_path, "settings", "--write")
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "checkout" in refused.stderr
