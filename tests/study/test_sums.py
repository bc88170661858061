"""What is said a person and year is said of the whole company too, in DKK a year."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from report_sample import sample
from rich.console import Console

from sim.measures.comparison import Comparison
from sim.measures.metrics import YEARLY
from sim.report import build
from sim.study import sums
from sim.study.facts import Facts
from sim.study.numbers import Estimate
from sim.study.summary import gap_text, print_comparison


def of_size(comparison: Comparison, active_customers: int) -> Comparison:
    """The same results of a firm with so many active customers."""
    company = comparison.settings.company
    size = company.size.model_copy(update={"active_customers": active_customers})
    company = company.model_copy(update={"size": size})
    settings = comparison.settings.model_copy(update={"company": company})
    return replace(comparison, settings=settings)


def printed(comparison: Comparison) -> str:
    file = io.StringIO()
    print_comparison(comparison, console=Console(file=file, width=100))
    return file.getvalue().replace("\u00a0", " ")


@pytest.fixture(scope="module")
def usual() -> Comparison:
    return sample()


def test_a_sum_is_what_a_person_brings_times_the_people_in_the_market(usual):
    facts = Facts(usual)
    people = usual.settings.company.size.people
    gap = facts.difference("leader", "contribution")
    assert sums.total(facts, gap) == pytest.approx(tuple(v * people / 1e6 for v in gap))
    assert facts.stands_for == pytest.approx(people / usual.settings.scale.customers)


@pytest.mark.parametrize("metric", sums.TOLD)
def test_money_is_printed_a_person_and_for_the_company_with_its_interval(usual, metric):
    facts, text = Facts(usual), printed(usual)
    title = {"gross_revenue": "Gross revenue", "net_revenue": "Net revenue"}.get(
        metric, "Contribution"
    )
    found = re.search(
        rf"^{title} .*\n DKK per person-year .*\n m DKK a year +(.+)$", text, re.MULTILINE
    )
    assert found, text
    gap = sums.total(facts, facts.difference("leader", metric))
    assert f"±{(gap.high - gap.low) / 2:.0f}" in found[1] or f"{gap_text(gap, YEARLY)}" in found[1]
    assert found[1].count("±") == len(facts.others)


def test_twice_the_company_is_twice_the_sum_and_the_same_a_person(usual):
    small, large = (sums.table(of_size(usual, n)).set_index(sums.COLUMNS[:4]) for n in (50, 100))
    assert large["mean"].to_numpy() == pytest.approx(2 * small["mean"].to_numpy())
    assert (large["unit"] == "DKK per year").all()


def test_the_table_of_the_company_holds_every_line_of_the_books_with_levels_and_differences(usual):
    found = sums.table(usual)
    money = {m for m, unit in Facts(usual).units.items() if unit == YEARLY}
    assert set(found["metric"]) == money
    assert set(found["period"]) == {"transition"}
    assert set(found.loc[found["kind"] == "difference", "strategy"]) == set(Facts(usual).others)
    settled = replace(usual, steady_levels=usual.levels, steady_differences=usual.differences)
    assert set(sums.table(settled)["period"]) == {"transition", "steady state"}


def test_a_small_company_is_told_in_thousands_everywhere(usual):
    small = of_size(usual, 100)
    text = printed(small)
    assert "thousand DKK a year" in text and "m DKK a year" not in text
    assert "thousand DKK a year" in build(small)


def test_the_page_gives_the_company_s_money_wherever_it_gives_a_person_s(usual):
    page = build(usual).replace("\u00a0", " ")
    facts = Facts(usual)
    gap = facts.difference("leader", "contribution")
    assert sums.said(facts, gap, change=True).replace("\u00a0", " ") in page
    compared = page[page.index("The comparison") : page.index("The Customer Bullseye")]
    charts = re.findall(r"<strong>(?:Net revenue|Contribution)</strong> <span>(.*?)<", compared)
    assert len(charts) == 2 and all("m DKK a year" in unit for unit in charts)
    rows = re.findall(r"<small>DKK per person-year</small>(.*?)</th>", compared)
    assert rows and all("m DKK a year" in row for row in rows)


def test_the_size_of_a_loss_has_the_decimals_of_its_interval_and_no_sign(usual):
    facts = Facts(usual)
    loss = Estimate(-6.86, -7.5, -6.2)
    assert sums.size(facts, loss).replace("\u00a0", " ") == "1.4 m DKK a year"
    assert sums.said(facts, loss, interval=False).startswith("−1.4")


def test_what_is_not_known_is_no_sum(usual):
    nothing = Estimate(*[float("nan")] * 3)
    assert sums.said(Facts(usual), nothing) == ""
    assert sums.beside(Facts(usual), "–", nothing, YEARLY) == "–"


def test_shoppers_and_buyers_go_times_as_many_of_them_as_the_market_has(usual):
    facts = Facts(usual)
    share = usual.settings.market.people.shopper_share
    gap = facts.difference("leader", "contribution", "shoppers")
    whole = sums.total(facts, gap, "shoppers")
    assert whole == pytest.approx(tuple(v * share * facts.people / 1e6 for v in gap))
    table = sums.table(usual)
    table = table[(table["metric"] == "contribution") & (table["kind"] == "difference")]
    told = table.set_index(["strategy", "segment"])["mean"]
    assert told["leader", "shoppers"] == pytest.approx(1e6 * whole.mean)
    assert sums.people_in(facts, "buyers") == pytest.approx((1 - share) * facts.people)
    text = printed(usual)
    for segment in ("Shoppers", "Buyers"):
        part = text[text.index(f"{segment}, in the same units") :]
        assert re.search(r"^Contribution .*\n m DKK a year +[\d,.]+ .*±", part, re.MULTILINE), part
