"""The run folder: whole or not there, readable by others, and enough to repeat the run."""

from __future__ import annotations

import json
import stat
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread
from report_sample import sample

import sim.report
import sim.study.results
from sim.core import events as ev
from sim.measures.comparison import ORIGINS, Comparison
from sim.report import write
from sim.settings.flows import message_titles
from sim.settings.load import BadInput, load
from sim.study import sums
from sim.study.results import config_hash

FILES = {
    "config.yaml",
    "manifest.json",
    "report.html",
    "figures",
    "dictionary.csv",
    "metrics.csv",
    "metrics.parquet",
    "levels.csv",
    "knowledge.csv",
    "journeys.csv",
    "visitors.csv",
    "departments.csv",
    "inside.csv",
    "media.csv",
    "tests.csv",
    "trials.csv",
    "analysis.csv",
    "rfm.csv",
    "why.csv",
    "decisions.csv",
    "differences.csv",
    "by_year.csv",
    "company.csv",
    "gains.csv",
    "changed.csv",
    "returns.csv",
    "flows.csv",
    "reach.csv",
    "daily.csv",
    "daily.parquet",
    "building_blocks.csv",
}


def comparison(*overrides: str, baseline: str = "immature", **kwargs) -> Comparison:
    """Made-up numbers under settings and strategies as a run has them."""
    settings, strategies = load(overrides)
    made_up = sample([s.name for s in strategies], baseline=baseline, **kwargs)
    by_clock = pd.DataFrame({"phase": ["whole comparison"], "seconds": [21.5]})
    timings = pd.concat([made_up.timings, by_clock], ignore_index=True)
    return replace(made_up, settings=settings, strategies=strategies, timings=timings)


@pytest.fixture(scope="module")
def usual() -> Comparison:
    return comparison("experiment=default")


@pytest.fixture(scope="module")
def folder(usual, tmp_path_factory):
    return write(usual, tmp_path_factory.mktemp("results"))


def some_events() -> np.ndarray:
    events = np.zeros(3, ev.EVENT)
    events["kind"] = ev.WEB_VISIT, ev.STORE_SALE, ev.NEED_DIED
    events["channel"] = ev.EMAIL, ev.STORE, ev.NONE
    events["amount_oere"] = 0, 12_345, 0
    return events


def test_the_folder_holds_everything_and_nothing_temporary_is_left(folder):
    assert {path.name for path in folder.iterdir()} == FILES
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert all(path.stat().st_size for path in folder.rglob("*"))
    assert imread(folder / "figures" / "comparison.png").shape[1] == 1600


def test_the_folder_is_named_by_time_run_and_config(folder, usual):
    day, time, name, key = folder.name.split("-")
    assert (len(day), len(time), name) == (8, 6, "default")
    assert config_hash(usual).startswith(key)


def test_a_failure_leaves_nothing(usual, tmp_path, monkeypatch):
    def fails(_):
        raise RuntimeError("no report")

    monkeypatch.setattr(sim.report, "build", fails)
    with pytest.raises(RuntimeError, match="no report"):
        write(usual, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_runs_that_end_in_the_same_second_do_not_overwrite_each_other(usual, tmp_path, monkeypatch):
    monkeypatch.setattr(sim.study.results, "_fill", lambda draft, *_: (draft / "file").touch())
    assert len({write(usual, tmp_path) for _ in range(3)}) == 3


def test_others_may_read_the_folder(folder):
    reference = folder / "figures"
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(reference.stat().st_mode)


def test_a_place_that_is_no_folder_is_bad_input(usual, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(BadInput, match=r"output\.folder"):
            write(usual, place)


def test_the_config_in_the_folder_repeats_the_run(folder, usual):
    settings, strategies = load([], folder)
    assert strategies == usual.strategies
    assert settings == usual.settings.model_copy(update={"variants": settings.variants})
    again = replace(usual, settings=settings, strategies=strategies)
    assert config_hash(again) == config_hash(usual)


def test_a_schedule_and_variants_are_in_the_config_too(tmp_path):
    schedule = "[{day: 180, maturity: {analysis: 2}}]"
    ours = comparison(
        "strategies=[danish_average,us]",
        "scale=tiny",
        f"variants.us={{from: danish_average, title: 'Us: 100 %', schedule: {schedule}}}",
        baseline="danish_average",
    )
    assert load([], write(ours, tmp_path))[1] == ours.strategies


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ("scale.workers=1", True),
        ("scale.threads=4", True),
        ("output.events=all", True),
        ("name=other", True),
        ("seed=2", False),
        ("scale.customers=500", False),
        ("market=default", True),
        ("strategies=[danish_average,leader]", False),
    ],
)
def test_the_hash_follows_what_determines_the_numbers(change, same):
    def key(*overrides: str) -> str:
        settings, strategies = load(overrides)
        return config_hash(replace(made_up, settings=settings, strategies=strategies))

    made_up = sample()
    assert (key(change) == key()) is same


def test_the_manifest_says_where_the_numbers_come_from(folder, usual):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["config_hash"] == config_hash(usual)
    assert manifest["seed"] == usual.settings.seed
    assert manifest["seeds"] == sorted(usual.metrics["seed"].unique())
    assert manifest["strategies"] == usual.settings.strategies
    assert manifest["wall_seconds"] == 21.5
    assert manifest["processor_seconds"]["warm-up"] == 6.1
    assert manifest["lost"] == usual.lost
    assert manifest["machine"]["cores"] >= 1
    assert {"python", "omnijourney", "numpy", "numba", "mesa"} <= set(manifest["versions"])


def test_tables_come_back_as_they_were(folder, usual):
    for name, frame in {
        "metrics": usual.metrics,
        "differences": usual.differences,
        "gains": usual.gains,
        "building_blocks": usual.ledger,
    }.items():
        found = pd.read_csv(folder / f"{name}.csv")
        pd.testing.assert_frame_equal(found, frame.reset_index(drop=True), check_dtype=False)
    metrics = pd.read_parquet(folder / "metrics.parquet")
    assert list(metrics) == ["seed", "strategy", "segment", "metric", "value", "unit"]
    assert metrics["value"].tolist() == usual.metrics["value"].tolist()
    assert len(pd.read_parquet(folder / "daily.parquet")) == len(usual.daily)


def test_the_dictionary_defines_every_name_in_the_tables(folder, usual):
    told = pd.read_csv(folder / "dictionary.csv")
    assert told.notna().all(axis=None)
    assert not told.duplicated(["table", "name"]).any()
    names = told.groupby("table")["name"].agg(set)
    assert set(usual.metrics["metric"]) <= names["metrics"]
    assert set(ORIGINS) == names["gains"]
    assert set(usual.returns["measure"]) <= names["returns"]
    assert set(usual.daily["series"]) <= names["daily"]
    assert set(usual.by_year["metric"]) <= names["by_year"]
    assert set(sums.table(usual)["metric"]) <= names["company"]
    assert {"share_any", "share_bought"} == names["changed"]


def test_event_logs_are_written_with_names_where_asked_for(tmp_path):
    asked = comparison("output.events=all", "strategies=[immature,leader]")
    world = {"immature": some_events(), "leader": some_events()[:0]}
    asked.events = {1: world, 2: world}
    folder = write(asked, tmp_path) / "events"
    assert {path.name for path in folder.iterdir()} == {"immature.parquet", "leader.parquet"}
    both = pd.read_parquet(folder / "immature.parquet")
    assert both["seed"].tolist() == [1, 1, 1, 2, 2, 2]
    found = both[both["seed"] == 2]
    assert found["kind"].tolist() == ["web_visit", "store_sale", "need_died"]
    assert found["channel"].iloc[:2].tolist() == ["e-mail", "store"]
    assert found["channel"].isna().tolist() == [False, False, True]
    assert found["amount_oere"].dtype == np.int64
    assert found["amount_oere"].sum() == some_events()["amount_oere"].sum()
    assert set(found) == {"seed", *ev.EVENT.names}
    assert len(pd.read_parquet(folder / "leader.parquet")) == 0


def test_every_kind_and_channel_keeps_its_own_name():
    channels = load([])[0].market.channels
    for names in (ev.KINDS, channels.titles()):
        codes = np.array([*names, -1], np.int16)
        assert sim.study.results._by_name(codes, names).to_pylist() == [*names.values(), None]


def test_the_codebook_says_what_each_field_of_each_kind_holds(folder):
    told = pd.read_csv(folder / "dictionary.csv", keep_default_na=False)
    told = told[told["table"] == "events"].set_index("name")["definition"]
    assert set(ev.EVENT.names) | set(ev.KINDS.values()) <= set(told.index)
    for code, name in message_titles(load()[0].company.flows).items():
        assert f"{code} {name}" in told["mail_sent.order"]
    overloaded = {name.partition(".")[::2] for name in told.index if "." in name}
    assert {kind for kind, _ in overloaded} <= set(ev.KINDS.values())
    assert {field for _, field in overloaded} <= set(ev.EVENT.names)


def test_a_sweep_leaves_one_tidy_table_and_its_plot(tmp_path):
    swept = comparison("experiment=discipline_sweep", baseline="danish_average", with_returns=False)
    folder = write(swept, tmp_path)
    assert imread(folder / "figures" / "sweep.png").shape[1] == 1600
    table = pd.read_csv(folder / "sweep.csv")
    assert len(table) == len(swept.differences)
    row = table[(table["strategy"] == "analysis_2") & (table["metric"] == "contribution")].iloc[0]
    assert (row["discipline"], row["level"]) == ("analysis", 2.0)
    together = table[table["strategy"] == "all_3"].iloc[0]
    assert (together["discipline"], together["level"]) == ("all together", 3.0)
