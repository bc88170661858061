"""Worker processes: in order, beside any kind of script, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from sim.settings.complaints import Stopped
from sim.study.workers import for_all, shown_progress

ROOT = Path(__file__).resolve().parents[2]
SEEDS = [3, 1, 2]

TINY = """
from sim import compare, load
settings, strategies = load([
    "scale.customers=50", "scale.warmup_days=2", "scale.horizon_days=3", "scale.seeds=2",
    "scale.workers=2", "strategies=[immature,leader]",
])
print(len(compare(settings, strategies, quiet=True).metrics["seed"].unique()), "seeds")
"""


def squared(seed: int, progress) -> int:
    progress(10)
    return seed * seed


def killed_once(folder: Path, seed: int, progress) -> int:
    progress(10)
    flag = folder / f"{seed}"
    if seed == 1 and not flag.exists():
        flag.touch()
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGKILL)
    return seed * seed


def killed_always(seed: int, progress) -> int:
    os.kill(os.getpid(), signal.SIGKILL)


def failing(seed: int, progress) -> int:
    raise ZeroDivisionError(f"at seed {seed}")


def sleeping(folder: Path, seed: int, progress) -> int:
    (folder / str(os.getpid())).touch()
    time.sleep(300)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_the_order_of_the_seeds(workers: int):
    reports: list[int] = []
    assert list(for_all(squared, SEEDS, workers, reports.append)) == [9, 1, 4]
    assert sum(reports) <= 30


def test_what_a_killed_worker_did_is_done_again(tmp_path: Path, capfd):
    reports: list[int] = []
    work = partial(killed_once, tmp_path)
    assert list(for_all(work, SEEDS, 2, reports.append)) == [9, 1, 4]
    assert sum(reports) <= 30, "days done twice are counted once"
    assert len(capfd.readouterr().err.splitlines()) == 1


def test_workers_killed_again_and_again_end_the_run_in_one_line(capfd):
    with pytest.raises(Stopped, match="killed twice") as caught:
        list(for_all(killed_always, SEEDS, 2, lambda days: None))
    assert len(str(caught.value).splitlines()) == 1
    assert "Traceback" not in capfd.readouterr().err


def test_an_error_in_the_rules_is_raised_as_it_is():
    with pytest.raises(ZeroDivisionError, match="at seed"):
        list(for_all(failing, SEEDS, 2, lambda days: None))


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_parent_leaves_nobody_behind(tmp_path: Path, how: signal.Signals):
    script = (
        "import sys; from functools import partial; from pathlib import Path\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_workers import sleeping; from sim.study.workers import for_all\n"
        f"list(for_all(partial(sleeping, Path({str(tmp_path)!r})), [1, 2], 2, print))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], env=environment())
    workers: list[int] = []
    until = time.monotonic() + 60
    while len(workers) < 2 and time.monotonic() < until:
        time.sleep(0.1)
        workers = [int(path.name) for path in tmp_path.iterdir()]
    assert len(workers) == 2
    parent.send_signal(how)
    parent.wait(30)
    until = time.monotonic() + 20
    while any(map(alive, workers)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(alive, workers))


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


@pytest.mark.parametrize("kind", ["standard input", "no main guard", "-c"])
def test_compare_works_from_any_kind_of_script(tmp_path: Path, kind: str):
    path = tmp_path / "script.py"
    path.write_text(TINY)
    arguments = {"standard input": ["-"], "no main guard": [str(path)], "-c": ["-c", TINY]}[kind]
    done = subprocess.run(
        [sys.executable, *arguments],
        input=TINY if kind == "standard input" else None,
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "2 seeds\n"), done.stderr


@pytest.mark.parametrize("columns", ["0", "1", "40", "many"])
def test_progress_needs_no_width(columns: str, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with shown_progress(100, quiet=False) as tell:
        for _ in range(10):
            tell(10)
    assert "simulating" in capsys.readouterr().err
