"""A company's key figures beside the simulated ones: what agrees, what does not, what follows."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from report_sample import sample
from rich.console import Console

from sim.measures.comparison import Comparison
from sim.settings.document import declarations
from sim.settings.load import load
from sim.settings.projects import Project
from sim.settings.run import Settings
from sim.settings.strategy import Maturity, Step, Strategy
from sim.study.describing import as_it_is, describe, print_description, sentences
from sim.study.facts import Facts
from sim.study.key_figures import KEY_FIGURES, Beside, KeyFigure, beside
from sim.study.numbers import Estimate


def stating(comparison: Comparison, **figures: Any) -> Comparison:
    """The same simulation of a company whose books say this."""
    company = comparison.settings.company
    stated = company.key_figures.model_copy(update=figures)
    company = company.model_copy(update={"key_figures": stated})
    return replace(comparison, settings=comparison.settings.model_copy(update={"company": company}))


def alone(**figures: Any) -> Comparison:
    visitors = pd.DataFrame(
        {"strategy": ["danish_average"], "what": ["store sales"], "mean": [0.6]}
    ).assign(low=0.55, high=0.65)
    usual = sample(["danish_average"], with_returns=False)
    return stating(replace(usual, visitors=visitors, described="danish_average"), **figures)


def found(comparison: Comparison) -> dict[str, Beside]:
    return dict(zip(KEY_FIGURES, beside(Facts(comparison)), strict=True))


def said(comparison: Comparison) -> str:
    facts = Facts(comparison)
    return "\n".join(sentences(facts, beside(facts))).replace("\u00a0", " ")


def printed(comparison: Comparison, width: int = 100) -> str:
    file = io.StringIO()
    print_description(comparison, Console(file=file, width=width))
    return file.getvalue().replace("\u00a0", " ")


def test_every_key_figure_of_the_settings_has_a_row_and_the_size_that_is_used():
    declared = {key for key, _ in declarations(type(load([])[0].company.key_figures))}
    compared = {key.partition(".")[2] for key in KEY_FIGURES if key.startswith("key_figures.")}
    assert compared == declared - {"tolerance", "tolerance_points"}
    assert {key for key, row in KEY_FIGURES.items() if row.used} == {"size.active_customers"}


def test_every_setting_that_is_said_to_move_a_figure_exists():
    known = {key for key, _ in (*declarations(Settings), *declarations(Strategy))}
    for row in KEY_FIGURES.values():
        assert set(row.moved_by) <= known, row.title


def test_simulated_sums_are_what_a_person_brings_times_the_people_in_the_market():
    comparison = alone()
    facts, people = Facts(comparison), comparison.settings.company.size.people
    net = facts.level("danish_average", "net_revenue").mean
    figures = found(comparison)
    assert figures["key_figures.turnover_mdkk"].simulated.mean == pytest.approx(net * people)
    orders = facts.level("danish_average", "orders_per_customer").mean
    assert figures["key_figures.orders"].simulated.mean == pytest.approx(orders * people)
    assert figures["key_figures.online_share"].simulated == pytest.approx((0.4, 0.35, 0.45))


def test_ratios_are_taken_seed_by_seed():
    comparison = alone()
    metrics = comparison.metrics[comparison.metrics["segment"] == "all"]
    wide = metrics.pivot(index="seed", columns="metric", values="value")
    margins = 1 - wide["cost_goods"] / wide["net_revenue"]
    margin = found(comparison)["key_figures.gross_margin"].simulated
    assert margin.mean == pytest.approx(margins.mean())
    assert margin.low < margins.mean() < margin.high


def judged(stated: float, simulated: Estimate, near: float, unit: str = "share") -> Beside:
    row = KeyFigure("A figure", unit, lambda facts: simulated, "", ())
    return Beside(row, stated, simulated, near)


def test_a_figure_is_reproduced_within_the_tolerance_and_may_be_within_the_interval():
    narrow, wide = Estimate(0.5, 0.49, 0.51), Estimate(0.5, 0.3, 0.7)
    assert judged(0.54, narrow, 0.05).reproduced
    off = judged(0.58, narrow, 0.05)
    assert not off.reproduced and not off.may_be and off.how_far == "8.0\u00a0points below"
    assert judged(0.58, wide, 0.05).may_be and not judged(0.58, wide, 0.05).reproduced
    assert judged(100.0, Estimate(129.0, 128.0, 130.0), 10, "DKK").how_far == "29\u00a0% above"
    unknown = judged(float("nan"), narrow, 0.05)
    assert not (unknown.compared or unknown.reproduced or unknown.may_be)


def test_with_one_seed_nothing_may_be():
    one = Estimate(0.5, np.nan, np.nan)
    assert judged(0.52, one, 0.05).reproduced and not judged(0.6, one, 0.05).may_be


def test_the_tolerance_is_a_setting():
    turnover = found(alone())["key_figures.turnover_mdkk"].simulated.mean / 1e6
    near = {"turnover_mdkk": 0.8 * turnover}
    assert not found(alone(**near))["key_figures.turnover_mdkk"].reproduced
    assert found(alone(**near, tolerance=0.5))["key_figures.turnover_mdkk"].reproduced
    nps = {"nps": found(alone())["key_figures.nps"].simulated.mean + 8}
    assert not found(alone(**nps))["key_figures.nps"].reproduced
    assert found(alone(**nps, tolerance_points=9))["key_figures.nps"].reproduced


def test_what_is_not_reproduced_is_told_with_what_it_means_and_what_moves_it():
    told = said(alone(turnover_mdkk=100.0, nps=14.0))
    row = KEY_FIGURES["key_figures.turnover_mdkk"]
    assert re.search(rf"Turnover: simulated \d+ % above, so {row.means}\.", told)
    assert all(key in told for key in row.moved_by)
    assert "Net promoter score: simulated" not in told
    assert "Of 3 figures stated 2 are reproduced" in told
    assert "Turnover agrees" not in told and "Turnover agrees" in said(alone(turnover_mdkk=366))


def test_active_customers_are_told_the_share_at_which_they_agree():
    comparison = alone()
    levels = comparison.levels.copy()
    rows = levels["metric"] == "active_customers"
    levels.loc[rows, ["mean", "low", "high"]] = 0.2, 0.19, 0.21
    told = said(replace(comparison, levels=levels))
    assert "company.size.active_share: 0.200 makes the two agree. Set it first" in told


def test_a_company_of_which_nothing_is_stated_is_not_said_to_agree():
    told = said(alone())
    assert "No key figure is stated" in told and "reproduced: within" not in told
    text = printed(alone())
    assert text.count("not stated") + text.count("not measured") == len(KEY_FIGURES) - 1


def test_it_says_what_one_simulated_person_stands_for_what_is_used_and_of_vat():
    told = said(alone())
    assert "10,000 people for 200,000 in the market, so one stands for 20" in told
    assert "active customers and stores; all else is only compared with" in told
    assert "without VAT" in told


@pytest.mark.parametrize("width", [100, 80])
def test_the_table_is_one_and_as_wide_as_the_terminal(width: int):
    text = printed(alone(turnover_mdkk=300.0, mailing_list=48_000), width)
    assert max(map(len, text.splitlines())) <= width
    assert re.search(r"^Turnover, m DKK +300 +\d+ ±\d+ +no, \d+ % above$", text, re.MULTILINE)
    assert re.search(r"^Stores +20 +as stated +used$", text, re.MULTILINE)
    assert "nan" not in text


def test_a_company_is_described_as_it_is_without_its_plans():
    top = Maturity(**dict.fromkeys(Maturity.model_fields, 3.0))
    planned = Strategy(name="us", schedule=(Step(day=90, maturity=top),))
    assert as_it_is(planned) == Strategy(name="us")
    project = Project(discipline="analysis", to=2.0)
    assert as_it_is(planned.model_copy(update={"projects": (project,)})) == Strategy(name="us")


def test_every_figure_is_found_in_a_company_that_was_really_simulated():
    settings, (strategy,) = load(["scale=tiny", "strategies=[danish_average]"])
    comparison = describe(settings, strategy, quiet=True)
    figures = found(comparison)
    assert all(figure.simulated.known for figure in figures.values())
    people = settings.company.size.people
    for key in ("key_figures.mailing_list", "key_figures.members"):
        assert 0 < figures[key].simulated.mean < people
    books = figures["key_figures.orders"].simulated.mean
    paid = books * figures["key_figures.order_value_dkk"].simulated.mean
    gross = Facts(comparison).level("danish_average", "gross_revenue").mean
    assert paid == pytest.approx(gross * people, rel=0.1), "orders x order value is what is sold"
