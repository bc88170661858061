"""The command line: bad input ends with exit code 2, one line on stderr, and nothing written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sim import cli

COMMAND = Path(sys.executable).with_name("omnijourney")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *arguments], cwd=folder, check=False, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["+market.needs.luck=1"], "market.needs.luck = 1: unknown key"),
        (["scale.customers=nan"], "scale.customers = nan: must be a whole number"),
        (["--config-dir", ".", "strategies=[danish_average,us]"], "strategy.us.policies"),
        (["--config-dir", ".", "strategies=[danish_average,broken]"], "broken.yaml line"),
    ],
)
def test_the_command_refuses_bad_input_before_anything_is_written(
    tmp_path: Path, arguments: list[str], said: str
):
    (tmp_path / "us.yaml").write_text("from: danish_average\npolicies: {stores: false}\n")
    (tmp_path / "broken.yaml").write_text("maturity: [\n")
    before = sorted(tmp_path.rglob("*"))
    done = run(tmp_path, "compare", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and said in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["compare", "--fast"],
        ["strategies", "x=1"],
        ["compare", "--config-dir"],
        ["story", "--strategies", "leader"],
        ["settings", "--list", "--write"],
    ],
)
def test_a_wrong_command_line_is_told_in_one_line(arguments: list[str], capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1 and "--help" in said


@pytest.mark.parametrize("command", ["compare", "story", "journeys", "survey", "settings"])
def test_every_command_that_loads_refuses_the_same_way(command: str, capsys):
    assert cli.main([command, "scale.customers=3"]) == 2
    assert capsys.readouterr().err == "scale.customers = 3: must be at least 50 (people)\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mine/them.yaml"], "describe = mine/them.yaml: no such file\n"),
        (["them"], "strategies = them: no such strategy; there are: "),
        (["scale=tiny"], "describe = scale=tiny: must be a strategy's name or file"),
        (["mine/us.yaml", "--config-dir", "mine"], "--config-dir = mine: must be left out"),
        (["mine/us.yaml", "scale.customers=3"], "scale.customers = 3: must be at least 50"),
        (["mine/us.yaml"], "company.key_figures.online_share = 1.4: must be at most 1"),
        (["us", "--config-dir", "mine"], "company.key_figures.online_share = 1.4: must be at"),
    ],
)
def test_describe_refuses_bad_input_before_anything_is_simulated(
    tmp_path: Path, arguments: list[str], said: str, capsys, monkeypatch
):
    text = "from: danish_average\ncompany: {key_figures: {online_share: 1.4}}\n"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "us.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    assert cli.main(["describe", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == 1 and err.startswith(said)


@pytest.mark.parametrize(
    "arguments",
    [["mine/us.yaml"], ["us", "--config-dir", "mine"], ["mine/strategy/us.yaml", "scale=tiny"]],
)
def test_a_company_is_described_by_its_file_or_by_its_name(
    tmp_path: Path, arguments: list[str], monkeypatch
):
    """Alone, whatever else would be compared, in its own folder."""
    place = tmp_path / ("mine/strategy" if "strategy" in arguments[0] else "mine")
    place.mkdir(parents=True)
    (place / "us.yaml").write_text("from: leader\ncompany: {size: {stores: 7}}\n")
    monkeypatch.chdir(tmp_path)
    met = []
    monkeypatch.setattr("sim.study.warming.compile_rules", lambda: None)
    monkeypatch.setattr("sim.study.describing.print_description", lambda comparison: None)
    monkeypatch.setattr("sim.study.describing.describe", lambda *given: met.append(given))
    assert cli.main(["describe", *arguments]) == 0
    settings, strategy, _ = met[0]
    assert (settings.strategies, settings.baseline, strategy.name) == (["us"], "us", "us")
    assert settings.company.size.stores == 7 and not settings.carries.pair
    assert settings.scale.seeds == (2 if "scale=tiny" in arguments else 4)


def test_overrides_may_stand_before_and_after_options(capsys):
    assert cli.main(["settings", "scale=tiny", "--list", "scale.seeds=5"]) == 0
    lines = {line.split()[0]: line.split()[1] for line in capsys.readouterr().out.splitlines()}
    assert lines["scale.seeds"] == "5" and lines["scale.customers"] == "300"


def test_strategies_are_listed_with_their_levels(capsys):
    assert cli.main(["strategies"]) == 0
    lines = capsys.readouterr().out.splitlines()
    leader = next(line for line in lines if line.startswith("leader"))
    assert leader.split()[1:7] == ["3.00"] * 6


def test_interruption_ends_with_one_line(capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.settings.load.load", interrupted)
    assert cli.main(["compare"]) == 130
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    "command", ["compare", "describe", "story", "journeys", "survey", "settings"]
)
def test_help_has_examples(command: str, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    assert ended.value.code == 0
    assert f"omnijourney {command}" in capsys.readouterr().out.partition("examples:")[2]
