"""Claims about the table of metrics: a row and its function are all that a metric needs."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest
from people import settings
from report_sample import sample
from rich.console import Console
from test_metrics import AS_FELT, END, ITEM_COST, SIMPLE, event, metric, tiny_run

from sim.core import events as ev
from sim.measures.metrics import METRICS, Metric, measure, shown
from sim.measures.statistics import differences, levels
from sim.report import build
from sim.study.results import dictionary
from sim.study.summary import print_comparison

PLACES = {"printed", "narrow", "charted", "card", "split", "swept", "drawn"}


def test_every_row_is_whole():
    for name, row in METRICS.items():
        assert row.title and row.unit and row.definition and row.denominator, name
        assert set(row.shown.split()) <= PLACES, name
        assert not row.active or row.active in METRICS, name
    assert len({row.title for row in METRICS.values()}) == len(METRICS)
    for place in PLACES:
        assert shown(place), place


def test_a_metric_with_its_line_in_the_report_is_one_row(monkeypatch):
    def parcels(m):
        counted = m.run.tally.counted(ev.PARCEL_DELIVERED)
        return {"all": float(counted.sum()), "shoppers": counted[1], "buyers": counted[0]}

    row = Metric("Parcels", parcels, "parcels", "came to the door", "none", "printed charted")
    monkeypatch.setitem(METRICS, "parcels", row)
    run = tiny_run([event(ev.PARCEL_DELIVERED, 400), event(ev.PARCEL_DELIVERED, 401)])
    assert metric(run, "parcels", "shoppers") == 2

    usual = sample(["danish_average", "leader"], with_returns=False)
    like = usual.metrics[usual.metrics["metric"] == "refunds"]
    like = like.assign(metric="parcels", unit="parcels")
    metrics = pd.concat([usual.metrics, like], ignore_index=True)
    compared = replace(
        usual,
        metrics=metrics,
        levels=levels(metrics),
        differences=differences(metrics, usual.baseline),
    )
    page, said = build(compared), io.StringIO()
    print_comparison(compared, "results/x", Console(file=said, width=100))
    assert page.count("Parcels") >= 3, "table, chart and meaning"
    assert "Parcels" in said.getvalue()
    assert "parcels" in set(dictionary(settings())["name"])


def test_how_trust_weighs_in_the_promoter_score_is_a_setting():
    log = [event(ev.STORE_SALE, END - 10, 0, 10)]
    run = tiny_run(log, [(1, 1.0, 0.0)])

    def nps(weight):
        felt = AS_FELT.model_copy(update={"recommend_trust_weight": weight})
        frame = measure(run, SIMPLE, ITEM_COST, felt)
        return frame.query("metric == 'nps' and segment == 'all'")["value"].item()

    assert [nps(weight) for weight in (0.0, 0.2, 1.0)] == [100, 0, -100]


def test_a_unit_is_in_words_where_there_are_any():
    row = next(row for row in METRICS.values() if not row.words)
    assert row.unit_words == row.unit
    assert row._replace(words="kroner").unit_words == "kroner"


def test_contribution_is_called_what_it_is():
    told = dictionary(settings()).set_index(["table", "name"])["definition"]
    assert "before rent, store payroll" in told["metrics", "contribution"]
    assert "head office" in told["metrics", "contribution"]
    assert not dictionary(settings())["definition"].str.contains("profit").any()


@pytest.mark.parametrize("unit", ["DKK per person-year", "DKK per active-year"])
def test_every_yearly_figure_says_over_whose_years(unit):
    rows = [row for row in METRICS.values() if row.unit == unit]
    assert rows
    year = unit.rpartition(" ")[2]
    assert all(row.denominator.startswith(f"{year}s: ") for row in rows)
