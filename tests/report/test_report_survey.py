"""The survey on the command line: what is printed, what is left behind, what is refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim import cli

FEW = ("survey.draws=20", "survey.firms=30", "survey.simulated=2")


def asked(folder: Path, capsys, *arguments: str) -> tuple[str, Path]:
    assert cli.main(["survey", *FEW, f"output.folder={folder}", *arguments]) == 0
    (run,) = folder.iterdir()
    return capsys.readouterr().out, run


def test_every_row_is_printed_beside_its_document_and_misses_are_named(tmp_path: Path, capsys):
    said, run = asked(tmp_path / "out", capsys)
    shares = pd.read_csv(run / "shares.csv")
    for row in shares.itertuples():
        (line,) = [one for one in said.splitlines() if one.startswith(row.text)]
        assert line.endswith("hit" if row.hit else "miss") and f" {row.row} " in line
    missed = ", ".join(shares["row"][~shares["hit"]])
    assert missed in " ".join(said.split())
    assert max(map(len, said.splitlines()[:-3])) <= 100


def test_a_folder_holds_all_tables_and_every_column_is_told(tmp_path: Path, capsys):
    _, run = asked(tmp_path / "out", capsys)
    told = set(pd.read_csv(run / "dictionary.csv")["table"])
    for table in ("means", "shares", "order", "firms"):
        assert len(pd.read_csv(run / f"{table}.csv")) and table in told
    assert (run / "figures" / "survey.png").stat().st_size > 10_000


def test_a_run_folder_repeats_its_survey(tmp_path: Path, capsys):
    _, run = asked(tmp_path / "out", capsys, "seed=9")
    again = tmp_path / "again"
    command = ["survey", "--config-dir", str(run), f"output.folder={again}"]
    assert cli.main(command) == 0
    (second,) = again.iterdir()
    for name in ("means", "shares", "firms"):
        assert (second / f"{name}.csv").read_bytes() == (run / f"{name}.csv").read_bytes()
    assert second.name[-8:] == run.name[-8:], "and has the same hash"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["survey.sd=[2,1,1,1,1,1]"], "survey.sd = [2, 1, 1, 1, 1, 1]: sd of recognition must"),
        (["survey.reliability=1.2"], "survey.reliability = 1.2: must be at most 1"),
        (["survey.questions.look_up.among=x"], "survey.questions.look_up.among = x: no such qu"),
        (["survey.questions.look_up.asks=[flow]"], "survey.questions.look_up.asks = flow: no su"),
        (["survey.questions.look_up.among=probabilities"], "must not lead back to the question"),
        (["survey.questions.look_up.cuts=[0.5,0.2,0.7]"], "cuts must not fall"),
        (["--simulate", "survey.firms=5"], "survey.simulated = 12: must be at most survey.firms"),
        (["--scenario", "flood"], "scenario = flood: no such file; there are:"),
    ],
)
def test_bad_input_is_one_line_before_anything_is_written(
    tmp_path: Path, arguments: list[str], said: str, capsys
):
    folder = tmp_path / "out"
    code = cli.main(["survey", "survey.draws=5", f"output.folder={folder}", *arguments])
    spoken = capsys.readouterr()
    assert code == 2 and said in spoken.err and len(spoken.err.splitlines()) == 1
    assert spoken.out == "" and not (folder.exists() and list(folder.iterdir()))


def test_what_was_simulated_is_printed_and_written(tmp_path: Path, capsys):
    small = ("scale.customers=150", "scale.warmup_days=10", "scale.horizon_days=20")
    shock = ("--simulate", "--scenario", "stores_closed", "--quiet", "survey.shock_days=120")
    said, run = asked(tmp_path / "out", capsys, *small, *shock, "scale.workers=1")
    npv = pd.read_csv(run / "investments.csv")
    assert len(npv) == 2 * 6
    lost = (npv.groupby(["firm", "discipline"])["npv"].mean() < 0).mean()
    assert f"Of 12 investments in one discipline {100 * lost:.0f} % lose" in said
    assert "stores_closed" in said and len(pd.read_csv(run / "contributions.csv")) == 2
    told = pd.read_csv(run / "dictionary.csv")["table"]
    assert {"investments", "losses", "contributions", "spread"} <= set(told)
