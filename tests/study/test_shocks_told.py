"""Winners and losers of a shock in print and in the report: signs, intervals, what is not known."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest
from report_sample import sample
from rich.console import Console

from sim.measures.shocked import (
    AFTER,
    BEFORE,
    CONTACTS,
    MONEY,
    SALES,
    SHOCKED,
    TOLD,
    WHILE,
    YEAR_BEFORE,
)
from sim.report.page import build
from sim.settings.load import load
from sim.study.facts import Facts
from sim.study.shocked import STEP, lines, sentences, title
from sim.study.summary import print_comparison

NAMES = ["immature", "leader"]
GAP = {BEFORE: 10.0, WHILE: 30.0, AFTER: 20.0}
ONLINE = {YEAR_BEFORE: 0.28, BEFORE: 0.30, WHILE: 0.40, AFTER: 0.33}


def made_up(trend: float = 0.02, noise: float = 1.0, seeds: int = 4):
    """A leader who gains in a shock, in a world that moves online by ``trend`` a year."""
    rows = []
    for seed in range(seeds):
        luck = noise * (seed - (seeds - 1) / 2) / 10
        for name in NAMES:
            for period in TOLD:
                more = GAP[period] + luck * (period == WHILE) if name == "leader" else 0.0
                rows += [(seed, name, period, m, 100 + more, SHOCKED[m].unit) for m in MONEY]
            for period, share in ONLINE.items():
                share += 0.02 - trend if period == YEAR_BEFORE else 0.001 * luck
                rows += [(seed, name, period, m, share, "share") for m in (SALES, CONTACTS)]
    columns = ["seed", "strategy", "period", "metric", "value", "unit"]
    settings = load(["scenario=covid", "strategies=[immature,leader]"])[0]
    return replace(
        sample(NAMES, baseline="immature", with_returns=False),
        settings=settings,
        by_shock=pd.DataFrame(rows, columns=columns),
    )


@pytest.fixture(scope="module")
def usual():
    return made_up()


def printed(comparison) -> str:
    file = io.StringIO()
    print_comparison(comparison, None, Console(file=file, width=100))
    return file.getvalue()


def test_each_period_holds_the_difference_to_the_baseline_and_the_step_is_paired(usual):
    line = next(line for line in lines(Facts(usual)) if line.metric == "gross_revenue")
    assert [line.cells[period].mean for period in TOLD] == pytest.approx([10, 30, 20])
    assert line.cells[STEP].mean == pytest.approx(20) and line.cells[STEP].above_zero
    assert line.cells[BEFORE].low == line.cells[BEFORE].high, "no luck there"


def test_the_table_is_printed_within_100_columns_with_what_is_sold_online(usual):
    text = printed(usual)
    assert "Winners and losers of covid: day 435 to 610" in text
    assert all(len(line) <= 100 for line in text.splitlines())
    assert "Sold online" in text and "Visits that are online" in text
    assert "+30" in text and "+20" in text


def test_a_spread_that_grows_is_said_to_grow_and_one_that_may_be_chance_is_not(usual):
    assert "the spread grows by +20" in sentences(Facts(usual))[0].replace("\u00a0", " ")
    assert "cannot be told apart from zero" in sentences(Facts(made_up(noise=200.0)))[0]


def test_the_step_online_is_told_in_years_of_the_trend_where_there_is_one(usual):
    said = sentences(Facts(usual))[1].replace("\u00a0", " ")
    assert "changes by +10" in said and "are left afterwards" in said
    assert ": 5.0 years of its trend of +2" in said
    level = sentences(Facts(made_up(trend=0.0)))[1]
    assert "It has no trend of its own" in level and "years of its trend" not in level


def test_the_report_has_a_section_of_it_and_none_without_shocks(usual):
    page = build(usual)
    assert "Before a shock, while it lasts, after" in page and title(Facts(usual)) in page
    plain = build(sample(NAMES, baseline="immature", with_returns=False))
    assert "Before a shock" not in plain


def test_what_was_not_measured_is_a_dash(usual):
    rows = usual.by_shock
    bare = replace(usual, by_shock=rows[rows["period"] == WHILE])
    text = printed(bare)
    assert "nan" not in text and "Winners and losers" in text
    assert sentences(Facts(bare)) == []
