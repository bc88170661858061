"""The command line's ways out: the answer is printed, the files are whole, the code is right.

Whatever standard output and error are, however full the disk is, whatever a title says.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from report_sample import sample

from sim import cli
from sim.settings.complaints import Stopped

ROOT = Path(__file__).resolve().parents[1]
TITLES = [
    "$$ first",
    "$\\frac{$",
    "<b>bold</b>",
    "[red]x[/red]",
    "{{ 7 * 7 }}",
    "a & b",
    "🚴 自転車",
    "%s {0}",
    "`'\"",
]


def shell(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A shell command in which OJ is the command line."""
    called = command.replace("OJ", f"'{sys.executable}' -m sim.cli")
    return subprocess.run(
        ["bash", "-c", called],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def made_up(monkeypatch):
    """``compare`` without the simulation: made-up numbers under the settings given."""

    def replayed(settings, strategies, quiet=False):
        print("simulating: 100 %", file=sys.stderr)
        numbers = sample([s.name for s in strategies], baseline=settings.baseline)
        return replace(numbers, settings=settings, strategies=strategies)

    monkeypatch.setattr("sim.study.replay.compare", replayed)
    monkeypatch.setattr("sim.study.replay.compile_rules", lambda: None)
    monkeypatch.setattr(cli, "_announce_compiling", lambda: None)


# A standard stream may be anything


class Broken:
    """A stream whose other end is gone, or full."""

    encoding = "utf-8"

    def __init__(self, problem: Exception) -> None:
        self.raised = problem

    def write(self, text: str) -> int:
        raise self.raised

    def flush(self) -> None:
        raise self.raised

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        raise OSError("no file")


WAYS = {
    "stdout closed": ("stdout", None, 0),
    "stdout broken": ("stdout", Broken(BrokenPipeError(32, "Broken pipe")), 0),
    "stdout full": ("stdout", Broken(OSError(28, "No space left on device")), 1),
    "stdout shut": ("stdout", Broken(ValueError("I/O operation on closed file")), 1),
    "stderr closed": ("stderr", None, 0),
    "stderr broken": ("stderr", Broken(BrokenPipeError(32, "Broken pipe")), 0),
    "stderr full": ("stderr", Broken(OSError(28, "No space left on device")), 0),
}


@pytest.mark.parametrize("way", WAYS)
def test_whatever_a_stream_is_the_files_are_whole(way, made_up, tmp_path, monkeypatch, capsys):
    name, stream, code = WAYS[way]
    monkeypatch.setattr(sys, name, stream)
    assert cli.main(["compare", f"output.folder={tmp_path}"]) == code
    (folder,) = tmp_path.iterdir()
    assert (folder / "report.html").stat().st_size > 10_000
    said = capsys.readouterr()
    if name == "stderr":
        assert f"Report:  {folder}" in said.out
    elif code:
        assert "standard output: " in said.err


@pytest.mark.parametrize("columns", ["0", "1", "40", "-3", "x"])
def test_the_width_of_the_terminal_decides_nothing(columns, made_up, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", columns)
    for colour in ("", "1"):
        monkeypatch.setenv("FORCE_COLOR", colour)
        assert cli.main(["compare", f"output.folder={tmp_path}"]) == 0
    assert "Report:" in capsys.readouterr().out
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("OJ settings > /dev/null", 0),
        ("OJ settings >&-", 0),
        ("OJ settings 2>&-", 0),
        ("OJ settings > /dev/full", 1),
        ("OJ settings | head -1 > /dev/null; exit ${PIPESTATUS[0]}", 0),
        ("OJ settings scale=tine >&-", 2),
        ("OJ settings scale=tine 2>&-", 2),
        ("OJ settings scale=tine 2> /dev/full", 2),
        ("OJ strategies > /dev/full", 1),
        ("OJ strategies --config-dir .", 0),
    ],
)
def test_the_exit_code_is_right_in_any_shell(command: str, code: int, tmp_path: Path):
    (tmp_path / "us.yaml").write_text("from: leader\ntitle: Købmand − ≈ 1\n", encoding="utf-8")
    done = shell(command, tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
    if "config-dir" in command:
        assert "K?bmand - ~ 1" in done.stdout, "a minus stays a minus"


# A title is plain text everywhere


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_shown_as_it_is_written(title: str, made_up, tmp_path: Path, capsys):
    quoted = title.replace("'", "''")
    (tmp_path / "us.yaml").write_text(f"from: leader\ntitle: '{quoted}'\nstory: '{quoted}'\n")
    given = [f"output.folder={tmp_path / 'results'}", "strategies=[immature,us]"]
    assert cli.main(["compare", "--config-dir", str(tmp_path), *given]) == 0
    assert title.split()[0] in capsys.readouterr().out
    (folder,) = (tmp_path / "results").iterdir()
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "<b>bold</b>" not in page and ">49<" not in page
    assert (folder / "figures" / "comparison.png").stat().st_size > 10_000
    assert cli.main(["settings", "--config-dir", str(folder)]) == 0


@pytest.mark.parametrize(
    "text", ["\x1bred", "a\0b", "\x07", "\udcff"], ids=["colour", "nul", "bell", "no utf-8"]
)
def test_signs_that_are_no_text_are_refused_before_the_simulation(text, tmp_path, capsys):
    for override in (f"purpose=x{text}", f"variants.us={{from: leader, title: 'x{text}'}}"):
        assert cli.main(["compare", override, f"output.folder={tmp_path / 'results'}"]) == 2
        said = capsys.readouterr().err
        assert "without control characters" in said and len(said.splitlines()) == 1
    assert not (tmp_path / "results").exists()


# Writing may fail


@pytest.mark.parametrize(
    ("problem", "code"), [(OSError(28, "No space left on device"), 1), (Stopped("no folder"), 1)]
)
def test_the_answer_is_printed_even_where_writing_fails(
    problem, code, made_up, tmp_path, monkeypatch, capsys
):
    def fails(comparison):
        raise problem

    monkeypatch.setattr("sim.report.write", fails)
    assert cli.main(["compare", f"output.folder={tmp_path}"]) == code
    said = capsys.readouterr()
    assert "Net revenue" in said.out and "Report:" not in said.out
    assert len(said.err.splitlines()) == 2, "the progress, and what went wrong"


def test_the_answer_is_printed_even_where_the_report_has_a_fault(
    made_up, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("sim.report.page.build", lambda _: 1 / 0)
    monkeypatch.setattr("sim.report.build", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        cli.main(["compare", f"output.folder={tmp_path}"])
    assert "Net revenue" in capsys.readouterr().out


@pytest.mark.parametrize(
    "place", ["file", "file/below", "round", "x" * 300, "/proc/nothing", "/dev/full"]
)
def test_a_place_that_takes_no_results_is_refused_before_the_simulation(
    place, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("sim.study.replay.compare", lambda *_: 1 / 0)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    (tmp_path / "round").symlink_to(tmp_path / "round")
    assert cli.main(["compare", f"output.folder={place}"]) == 2
    assert capsys.readouterr().err.startswith("output.folder = ")


def test_a_disk_without_room_is_noticed_before_the_simulation(tmp_path: Path):
    limited = "ulimit -f 100; OJ compare scale=tiny output.folder=here"
    done = shell(limited, tmp_path)
    assert done.returncode == 2 and "must be a folder that can be written to" in done.stderr
    assert list((tmp_path / "here").iterdir()) == []


def test_a_name_too_long_for_its_folder_is_noticed_before_the_simulation(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("sim.study.replay.compare", lambda *_: 1 / 0)
    assert cli.main(["compare", "name=" + "x" * 250, f"output.folder={tmp_path}"]) == 2
    assert capsys.readouterr().err.startswith("name = xxx")


def test_defaults_that_cannot_be_written_are_said_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr("sim.settings.load.defaults", lambda: {Path("/proc/default.yaml"): "x"})
    assert cli.main(["settings", "--write"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_want_of_memory_is_one_line(made_up, monkeypatch, capsys, tmp_path):
    def too_large(*_, **__):
        raise MemoryError

    monkeypatch.setattr("sim.study.replay.compare", too_large)
    assert cli.main(["compare", f"output.folder={tmp_path}"]) == 1
    assert capsys.readouterr().err.startswith("not enough memory")


def test_the_command_line_works_without_a_compiler(tmp_path: Path):
    small = "scale=tiny scale.customers=50 scale.warmup_days=2 scale.horizon_days=3"
    done = shell(f"OJ compare {small} --quiet", tmp_path, NUMBA_DISABLE_JIT="1")
    assert done.returncode == 0, done.stderr
    assert "Report:" in done.stdout
