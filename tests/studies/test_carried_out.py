"""A study may be stopped at any moment and goes on; nothing is lost or simulated twice; who
carries it out changes no figure."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from sim.settings.complaints import BadInput, Stopped
from sim.settings.load import check
from sim.studies import labour
from sim.studies.plan import planned
from sim.studies.question import Study
from sim.studies.store import Store
from sim.studies.studied import Way, carried_out, shard_of
from sim.studies.told import verdict_text, write

SMALL = ("scale.customers=60", "scale.warmup_days=14", "scale.horizon_days=14", "scale.workers=1")
LEVELS = "leader.maturity.analysis"


def plan_of(tmp_path, *overrides: str, **more):
    asked = {
        "name": "try",
        "question": "Does it pay?",
        "strategies": ["danish_average", "leader"],
        "axes": {LEVELS: {"values": [0, 3]}},
        "replications": {"first": 3, "most": 3},
        "measures": {"calls": "knowledge: calls", "of_buyers": "net_revenue/buyers"},
        "expect": ["gross_revenue.leader > -100000"],
        **more,
    }
    place = f"output.folder={tmp_path}"
    return planned(check(Study, asked, "study"), (*SMALL, place, *overrides))


QUIET = Way(quiet=True)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return carried_out(plan_of(tmp_path_factory.mktemp("whole")), QUIET)


def test_every_run_has_one_row_with_its_axes_and_measures(found):
    assert len(found.runs) == 3 * 2 * 2
    assert not found.runs.duplicated(["point", "arm", "seed"]).any()
    assert set(found.runs[LEVELS]) == {0, 3}
    assert found.runs[["gross_revenue", "net_revenue", "of_buyers"]].notna().all(axis=None)
    shared = found.runs[found.runs["arm"] == "danish_average"]
    assert shared["run"].nunique() == 3, "no axis moves it: one run for both points"
    assert found.runs[found.runs["arm"] == "leader"]["run"].nunique() == 6
    assert found.answers[0].overall.word == "supported" and found.answers[0].holds == 1


def test_a_figure_is_the_one_that_a_comparison_finds(found, tmp_path):
    from sim.settings.load import load
    from sim.study.replay import replay

    settings, strategies = load([*SMALL, "strategies=[danish_average,leader]"])
    frame = pd.concat(replay(settings, strategies, settings.seed + 1).metrics)
    there = frame.set_index(["strategy", "segment", "metric"])["value"]
    mine = found.runs[(found.runs["seed"] == settings.seed + 1)].set_index(["arm", LEVELS])
    assert (
        mine.loc[("danish_average", 0), "net_revenue"]
        == there["danish_average", "all", "net_revenue"]
    )
    assert mine.loc[("leader", 3), "of_buyers"] == there["leader", "buyers", "net_revenue"]


def same(one, other) -> None:
    order = ["point", "arm", "seed"]
    pd.testing.assert_frame_equal(
        one.runs.sort_values(order, ignore_index=True),
        other.runs.sort_values(order, ignore_index=True),
    )


def test_two_processes_find_the_same(found, tmp_path):
    same(carried_out(plan_of(tmp_path, "scale.workers=2"), QUIET), found)


def test_jobs_of_an_array_find_the_same_together(found, tmp_path):
    folder = tmp_path / "shared"
    for part in (1, 2, 3):
        last = carried_out(plan_of(tmp_path), Way(shard=(part, 3), folder=folder, quiet=True))
    same(last, found)
    assert verdict_text(last) == verdict_text(found)


def test_a_part_that_holds_no_whole_world_has_no_answer_yet(tmp_path):
    way = Way(shard=(1, 3), folder=tmp_path / "shared", quiet=True)
    plan = plan_of(tmp_path, "scale.workers=8", choose={"measure": "profit"})
    found = carried_out(plan, way)
    assert 0 < found.runs["run"].nunique() < 9 and not found.answers and found.best is None
    assert "nothing is decided yet" in verdict_text(found)


def test_a_cluster_finds_the_same_and_may_lose_a_worker(found, tmp_path):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, protocol="tcp://"
    ) as cluster:
        way = Way(cluster=cluster.scheduler_address, quiet=True)
        nanny = next(iter(cluster.workers.values()))
        os.kill(nanny.pid, signal.SIGKILL)
        same(carried_out(plan_of(tmp_path), way), found)


def test_no_cluster_at_that_address_is_said_in_one_line(tmp_path):
    pytest.importorskip("distributed")
    with pytest.raises(BadInput, match="must be a Dask scheduler"):
        carried_out(plan_of(tmp_path), Way(cluster="tcp://127.0.0.1:9", quiet=True))


def test_what_is_done_is_not_simulated_again(found, monkeypatch):
    def never(batch):
        raise AssertionError(batch)

    monkeypatch.setattr(labour, "carry_out", never)
    place = found.folder.parent
    same(carried_out(plan_of(place), QUIET), found)


def test_more_worlds_go_on_from_those_there_are(found, monkeypatch):
    asked = []
    really = labour.carry_out
    monkeypatch.setattr(labour, "carry_out", lambda batch: asked.append(batch) or really(batch))
    place = found.folder.parent
    more = carried_out(plan_of(place, replications={"first": 4, "most": 4}), QUIET)
    assert more.folder == found.folder and more.worlds == 4
    assert {batch.seed for batch in asked} == {4}


def test_it_ends_as_soon_as_all_is_decided(tmp_path):
    sure = plan_of(tmp_path, replications={"first": 3, "most": 12})
    assert carried_out(sure, QUIET).worlds == 3
    open_ = plan_of(
        tmp_path,
        replications={"first": 3, "most": 5},
        expect=["gross_revenue.leader > gross_revenue.danish_average"],
        axes={},
    )
    found = carried_out(open_, QUIET)
    assert found.worlds == 5 and found.answers[0].overall.word == "undecided"


def test_a_killed_parent_loses_at_most_what_was_under_way(found, tmp_path):
    """Killed with kill -9 as soon as something is there; the same call then finds the same."""
    overrides = [*SMALL, "scale.workers=2", f"output.folder={tmp_path}"]
    content = plan_of(tmp_path).study.model_dump_json()
    (tmp_path / "mine.yaml").write_text(content)
    command = [sys.executable, "-m", "sim.cli", "study", str(tmp_path / "mine.yaml"), *overrides]
    begun = subprocess.Popen([*command, "--quiet"], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 300
    while not list(tmp_path.glob("try-*/shards/[!.]*.parquet")):
        assert begun.poll() is None or list(tmp_path.glob("try-*/shards/*.parquet"))
        assert time.monotonic() < until
        time.sleep(0.02)
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    (folder,) = tmp_path.glob("try-*")
    kept = set(Store(folder).rows()["run"])
    assert kept
    ended = subprocess.run([*command, "--quiet"], capture_output=True, text=True, check=True)
    assert "SUPPORTED" in ended.stdout
    rows = pd.read_parquet(folder / "runs.parquet")
    same(type("Runs", (), {"runs": rows}), found)
    files = [pd.read_parquet(path) for path in folder.glob("shards/[!.]*.parquet")]
    assert not pd.concat(files)["run"].duplicated().any(), "nothing was simulated twice and kept"


def die_once(batch):
    mark = f"/tmp/omnijourney-died-{os.getppid()}"
    if not os.path.exists(mark):
        open(mark, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return really(batch)


really = labour.carry_out


def die(batch):
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_killed_worker_was_at_is_done_again(found, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(labour, "carry_out", die_once)
    try:
        same(carried_out(plan_of(tmp_path, "scale.workers=2"), QUIET), found)
    finally:
        os.unlink(f"/tmp/omnijourney-died-{os.getpid()}")
    assert "a worker process was killed" in capsys.readouterr().err


def test_workers_that_die_again_and_again_end_it_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(labour, "carry_out", die)
    with pytest.raises(Stopped, match="what was done is kept"):
        carried_out(plan_of(tmp_path, "scale.workers=2"), QUIET)


def test_a_disk_that_takes_no_more_keeps_what_was_done(found, tmp_path, monkeypatch):
    plan, kept = plan_of(tmp_path), []
    whole = pd.DataFrame.to_parquet

    def full(frame, path, **more):
        if kept:
            raise OSError(28, "No space left on device")
        kept.append(path)
        whole(frame, path, **more)

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    with pytest.raises(Stopped, match="No space left on device; what was written before is kept"):
        carried_out(plan, QUIET)
    monkeypatch.undo()
    (folder,) = tmp_path.glob("try-*")
    assert len(Store(folder).rows()) > 0 and not list(folder.glob("shards/.*"))
    same(carried_out(plan, QUIET), found)


def test_a_folder_of_other_settings_is_refused(found, tmp_path):
    other = plan_of(tmp_path, "seed=9")
    with pytest.raises(BadInput, match="other settings"):
        carried_out(other, Way(folder=found.folder, quiet=True))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(BadInput, match="a study's folder, or an empty one"):
        carried_out(other, Way(folder=tmp_path / "full", quiet=True))
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="can be written to"):
        carried_out(other, Way(folder=tmp_path / "file" / "in", quiet=True))


def test_a_shard_that_a_disk_has_lost_is_simulated_again(tmp_path):
    first = carried_out(plan_of(tmp_path), QUIET)
    victim = next(first.folder.glob("shards/*.parquet"))
    victim.write_bytes(victim.read_bytes()[:100])
    same(carried_out(plan_of(tmp_path), QUIET), first)


@pytest.mark.parametrize("text", ["3", "0/2", "3/2", "a/b", "1/0", "-1/2"])
def test_a_part_is_i_of_k(text):
    with pytest.raises(BadInput, match="must be i/k"):
        shard_of(text)


def test_the_folder_holds_verdict_answers_and_one_tidy_table(found):
    folder = write(found)
    assert "SUPPORTED" in (folder / "verdict.txt").read_text()
    answers = json.loads((folder / "answers.json").read_text())
    assert answers["expected"][0]["verdict"] == "supported" and answers["runs"] == 9
    pd.testing.assert_frame_equal(pd.read_csv(folder / "runs.csv"), found.runs)
