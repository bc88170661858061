"""What the command line prints: whole, within 100 columns, and honest about what is not sure."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.image import imread
from report_sample import sample
from rich.console import Console

from sim.measures.comparison import ARMS, Comparison
from sim.report.sweep import sweep_plot
from sim.settings.strategy import Maturity
from sim.study import sums
from sim.study.facts import Facts
from sim.study.numbers import Estimate
from sim.study.summary import _broken, answer, gap_text, print_comparison
from sim.study.sweep import sweep_table, swept
from sim.study.words import beside, headline, how_sure

YEAR = "DKK per person-year"
FOLDER = "results/20150527-120000-default-0123abcd"


def printed(comparison: Comparison, **console) -> str:
    """What goes to a file of 100 columns."""
    file = console.pop("file", None) or io.StringIO()
    options = {"width": 100, **console}
    print_comparison(comparison, FOLDER, Console(file=file, **options))
    file.seek(0)
    return file.read()


def row(text: str, label: str, below: str = "") -> str:
    """The first line that starts with ``label``, after ``below``."""
    lines = text[text.index(below) :].splitlines()
    return next(line for line in lines if line.startswith(label))


@pytest.fixture(scope="module")
def usual() -> Comparison:
    return sample()


@pytest.fixture(scope="module")
def text(usual) -> str:
    return printed(usual)


def many(count: int) -> Comparison:
    return sample(["danish_average", *(f"s{i}" for i in range(count - 1))], with_returns=False)


def test_the_answer_comes_first_in_two_sentences(usual, text):
    first, second = answer(Facts(usual))
    assert first.startswith("A leader earns most: ") and "95 % interval" in first
    assert "77, 95 and 107" in second
    flat = " ".join(text.replace("\u00a0", " ").split())
    assert flat.startswith(f"{first} {second}".replace("\u00a0", " "))


def test_everything_that_was_measured_is_printed_with_its_unit(usual, text):
    whole = text[: text.index("Shoppers, in")]
    for title, unit in (
        ("Gross revenue", YEAR),
        ("Refunds", YEAR),
        ("Net revenue", YEAR),
        ("Contribution", YEAR),
        ("Orders", "orders per person-year"),
        ("Active customers", "% of people in the market"),
        ("Gross revenue, active", "DKK per active-year"),
        ("Contribution, active", "DKK per active-year"),
        ("Orders, active", "orders per active-year"),
        ("Repeat rate", "% of customers"),
        ("12-month retention", "% of customers"),
        ("Customer value, 24 months", "DKK per customer"),
        ("Share of wallet", "% of spending in the market"),
        ("Satisfaction", "0 to 1"),
        ("Net promoter score", "points"),
        ("Coherent journeys", "per 1,000 DKK"),
    ):
        assert re.search(rf"^{title} +[\d,.]+.*\n {re.escape(unit)}.*±", whole, re.MULTILINE), title
    for label in (
        "Customers with any change, %",
        " with other purchases, %",
        " from competitor",
        " new demand",
        " pulled forward",
        " moved between own channels",
    ):
        assert len(re.findall(r"\d+", row(whole, label).replace("%", ""))) >= 4, label


@pytest.mark.parametrize("segment", ["Shoppers", "Buyers"])
def test_the_same_is_split_by_shoppers_and_buyers(usual, text, segment):
    facts, title = Facts(usual), f"{segment}, in the same units"
    levels = [facts.level(name, "net_revenue", segment.lower()) for name in facts.names]
    line = row(text, "Net revenue", title)
    assert [f"{level.mean:,.0f}" for level in levels] == re.findall(r"(?<!\S)[\d,]+(?!\S)", line)
    assert line.count("±") == len(facts.others)
    assert row(text, " from competitor", title).count("±") == len(facts.others)


def test_return_offers_stand_beside_the_documents(text):
    part = text[text.index("Return offers") :]
    mail, store, pickup = (row(part, arm) for arm in ARMS)
    assert re.search(r"77\.\d ±0\.\d +77 +74 to 82 +inside band +reference", mail)
    assert re.search(r"86\.\d ±0\.\d +95 +88 to 100 +outside band +\+2\.\d ±0\.\d", store)
    assert re.search(r"102\.\d ±0\.\d +107 +98 to 112 +inside band +\+9\.\d ±0\.\d", pickup)
    assert "pulled forward" in part


def test_what_the_answer_needs_beside_it_is_printed_too(usual, text):
    for question, said in beside(Facts(usual)):
        assert f"{question.rstrip('?')}: {said[:20]}" in text


def test_the_answer_is_given_again_of_the_steady_states_where_they_were_measured(usual):
    assert "Once settled?" not in dict(beside(Facts(usual)))
    twice = usual.differences.copy()
    twice[["mean", "low", "high"]] *= 2
    settled = replace(usual, steady_levels=usual.levels, steady_differences=twice)
    said = dict(beside(Facts(settled)))["Once settled?"]
    again = Facts(replace(usual, differences=twice))
    assert said.startswith(headline(again) + how_sure(again))
    assert headline(again) != headline(Facts(usual)), "twice as much is told as such"
    scale = usual.settings.scale
    assert f"{scale.steady_days:,} days after {scale.steady_from:,} under each" in said


def test_the_step_of_an_offer_is_its_contribution_over_the_one_above(usual, text):
    facts = Facts(usual)
    part = text[text.index("Return offers") :]
    for less, arm in pairwise(ARMS):
        gap = facts.versus(facts.arms[arm], facts.arms[less], "contribution")
        whole = gap_text(sums.total(facts, gap), YEAR)
        assert re.search(rf"{re.escape(gap_text(gap, YEAR))} +{re.escape(whole)}$", row(part, arm))
    assert "the one above it" in part


def test_it_ends_with_where_the_folder_lies(text):
    assert text.rstrip().splitlines()[-2:] == [
        f"Report:  {FOLDER}/report.html",
        f"Numbers: {FOLDER}/metrics.csv",
    ]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 7, 29])
def test_it_fits_100_columns_and_tears_no_number(count):
    said = printed(many(count))
    assert max(map(len, said.splitlines())) <= 100
    assert "nan" not in said and "…" not in said
    assert not re.search(r"^\s*±|[±≈]$", said, re.MULTILINE)


@pytest.mark.parametrize("count", [2, 5, 6])
def test_every_strategy_stands_in_a_table(count):
    facts, said = Facts(many(count)), printed(many(count))
    for name in facts.names:
        level = facts.level(name, "clv_24m").mean
        assert f"{level:,.0f}" in said, name


def test_a_difference_that_may_be_zero_is_marked():
    clear, unclear = Estimate(60.0, 55.0, 65.0), Estimate(2.0, -3.0, 7.0)
    assert gap_text(clear, YEAR) == "+60 ±5"
    assert gap_text(unclear, YEAR) == "≈+2 ±5"
    assert gap_text(Estimate(2.0, 0.0, 4.0), YEAR).startswith("≈")


def test_rounding_claims_no_more_than_was_found():
    assert gap_text(Estimate(1500.0, 1499.9, 1500.1), YEAR) == "+1,500 ±<1"
    assert gap_text(Estimate(-0.0131, -0.0141, -0.0121), "0-1", 3, tight=True) == "−.013±.001"
    assert gap_text(Estimate(0.0, 0.0, 0.0), YEAR, 0) == "0"
    assert gap_text(Estimate(np.nan, np.nan, np.nan), YEAR) == "–"
    tight = gap_text(Estimate(10.05, 9.0, 11.1), YEAR, 2, tight=True)
    assert tight == "+10.05±1.05"


def test_wide_intervals_do_not_round_a_level_away(usual):
    wide = usual.levels.assign(low=usual.levels["mean"] - 50, high=usual.levels["mean"] + 50)
    line = row(printed(replace(usual, levels=wide)), "Orders")
    assert (
        line.split()[1] == f"{Facts(usual).level(usual.baseline, 'orders_per_customer').mean:.1f}"
    )


def test_noise_around_zero_is_not_sold_as_a_gain():
    noise = sample(["danish_average", "leader"], effect=0.0, with_returns=False)
    differences = noise.differences.assign(low=-9.0, high=9.0)
    noise = replace(noise, differences=differences)
    said = printed(noise)
    assert "not distinguishable from zero" in answer(Facts(noise))[1]
    assert "earns most" not in said
    table = said[said.index("All customers") : said.index("Where gross")]
    rows = [line for line in table.splitlines() if "±" in line]
    assert all("≈" in line for line in rows)


def test_one_seed_says_that_there_are_no_intervals():
    said = printed(sample(seeds=1))
    assert "no intervals" in said and "±" not in said and "≈" not in said


def test_what_could_not_be_measured_is_a_dash(usual):
    levels, differences = usual.levels.copy(), usual.differences.copy()
    for frame in (levels, differences):
        frame.loc[frame["metric"] == "retention_12m", ["mean", "low", "high"]] = np.nan
    said = printed(replace(usual, levels=levels, differences=differences))
    assert row(said, "12-month retention").split()[2:] == ["–"] * 5
    assert "nan" not in said


def test_what_had_no_place_is_reported(usual, text):
    said = printed(replace(usual, lost={"needs": 1200, "orders": 0}))
    assert "left out: 1,200 needs." in said
    assert "left out:" not in text


def test_plain_text_outside_a_terminal_and_colours_inside(usual, text):
    assert "\x1b" not in text
    assert "\x1b[" in printed(usual, force_terminal=True, color_system="standard")


def test_a_terminal_without_unicode_gets_ascii(usual):
    buffer = io.BytesIO()
    file = io.TextIOWrapper(buffer, encoding="ascii", write_through=True)
    said = printed(usual, file=file)
    assert "+-" in said and "~" in said
    assert "?" not in said


def test_titles_are_printed_as_they_are():
    odd = sample(["danish_average", "us"], titles={"us": "Us [bold]2[/]"}, with_returns=False)
    assert "[bold]2[/]" in printed(odd)
    long = sample(["danish_average", "us"], titles={"us": "x" * 40}, with_returns=False)
    assert max(map(len, printed(long).splitlines())) <= 100


def test_more_than_six_strategies_get_a_row_each():
    sweep = many(7)
    said = printed(sweep)
    assert "Shoppers, in" not in said
    for name in Facts(sweep).others:
        assert row(said, Facts(sweep).title(name), "Differences to").count("±") == 4
    assert "misses by chance" in said


def test_a_sweep_is_known_by_what_each_strategy_changes():
    sweep = many(8)
    base = sweep.strategies[0]
    level = base.maturity.model_dump()
    changes = [
        {"maturity": Maturity(**{**level, "analysis": 3.0})},
        {"maturity": Maturity(**dict.fromkeys(level, 2.0))},
        {"maturity": Maturity(**{**level, "analysis": 3.0, "collection": 3.0})},
        {"policies": base.policies.model_copy(update={"flows": False})},
    ]
    moved = [
        strategy.model_copy(update=change)
        for strategy, change in zip(sweep.strategies[1:], changes, strict=False)
    ]
    sweep = replace(sweep, strategies=[base, *moved, *sweep.strategies[5:]])
    assert swept(sweep) == {"s0": ("analysis", 3.0), "s1": ("all together", 2.0)}
    assert set(sweep_table(sweep)["strategy"]) == {"s0", "s1"}


def test_few_strategies_are_no_sweep(usual):
    assert sweep_table(usual).empty
    assert {"discipline", "level"} <= set(sweep_table(usual))


def test_the_plot_of_any_many_strategies_is_drawn(tmp_path):
    sweep_plot(many(9), tmp_path / "rows.png")
    picture = imread(tmp_path / "rows.png")
    assert picture.shape[1] == 1600
    assert picture[..., :3].std() > 0.05


def test_the_heading_of_a_column_breaks_between_words_not_within_one():
    assert _broken("A hypothesis first", 8) == "A\nhypothesis\nfirst"
    assert _broken("An immature company", 8) == "An\nimmature\ncompany"
    assert max(map(len, _broken("x" * 40, 12).split("\n"))) == 12, "but for what fits nowhere"
