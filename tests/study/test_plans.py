"""What the sentences say of plans, costs, media, return arms and the company's size."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from report_sample import sample

from sim.measures.comparison import ARMS, Comparison
from sim.settings.strategy import Maturity, Step
from sim.study.facts import Facts
from sim.study.numbers import Estimate, of_company
from sim.study.plans import _trough, net_present_value
from sim.study.summary import answer
from sim.study.words import headline, summary


def told(comparison: Comparison) -> dict[str, str]:
    """Page one: question to answer, with plain blanks."""
    facts = Facts(comparison)
    return {question: said.replace("\u00a0", " ") for question, said in summary(facts)}


def planned(comparison: Comparison, name: str = "leader") -> Comparison:
    """The same with a strategy that reaches its levels by a schedule."""
    top = Maturity(**dict.fromkeys(Maturity.model_fields, 3.0))
    changed = [
        s.model_copy(update={"schedule": (Step(day=365, maturity=top),)}) if s.name == name else s
        for s in comparison.strategies
    ]
    return replace(comparison, strategies=changed)


def two() -> Comparison:
    return sample(["danish_average", "leader"], with_returns=False)


def with_daily(comparison: Comparison, gap: np.ndarray) -> Comparison:
    """Daily contribution in which the leader is ``gap`` DKK a day ahead."""
    days = np.arange(len(gap))
    frames = [
        pd.DataFrame(
            {"strategy": name, "day": days, "series": "contribution_dkk", "value": 100.0 + ahead}
        )
        for name, ahead in (("danish_average", 0.0), ("leader", gap))
    ]
    return replace(comparison, daily=pd.concat(frames, ignore_index=True))


def shifted(comparison: Comparison, **by: float) -> Comparison:
    """The leader's metrics moved by some amounts, with no noise left around them."""
    levels, differences = comparison.levels.copy(), comparison.differences.copy()
    for metric, amount in by.items():
        rows = (differences["strategy"] == "leader") & (differences["metric"] == metric)
        for column, value in (("mean", amount), ("low", amount - 1), ("high", amount + 1)):
            differences.loc[rows, column] = value
        base = Facts(comparison).level("danish_average", metric).mean
        rows = (levels["strategy"] == "leader") & (levels["metric"] == metric)
        levels.loc[rows, "mean"] = base + amount
    return replace(comparison, levels=levels, differences=differences)


def test_a_plan_that_still_rises_says_so_with_its_run_rate():
    plan = planned(two())
    said = told(plan)["At the end?"]
    rate = np.mean(Facts(plan).in_period("leader", "last 365 days"))
    assert f"A leader ends at +{rate:.0f} DKK" in said and "over all 730 days" in said
    rise = rate - np.mean(Facts(plan).in_period("leader", "365 days before those"))
    assert f"It still rises: +{rise:.1f} DKK" in said


def test_what_rises_no_more_is_not_called_rising():
    flat = two()
    year = flat.by_year[flat.by_year["period"] == "year 2"]
    periods = ("last 365 days", "365 days before those")
    flat = replace(flat, by_year=pd.concat([year.assign(period=p) for p in periods]))
    said = told(planned(flat))["At the end?"]
    assert "ends at +" in said and "still rises" not in said


def test_a_horizon_of_one_year_has_no_end_of_its_own():
    short = two()
    scale = short.settings.scale.model_copy(update={"horizon_days": 365})
    settings = short.settings.model_copy(update={"scale": scale})
    assert "At the end?" not in told(replace(short, settings=settings))


def test_a_plan_pays_back_when_it_is_ahead_for_good():
    gap = np.r_[np.full(20, -50.0), np.full(80, 50.0)]  # even after day 39
    assert (
        "earned back what it costs by day 40 "
        in told(with_daily(planned(two()), gap))["Pays back?"]
    )
    again = np.r_[gap, np.full(80, -50.0), gap]
    assert "by day 40 " not in told(with_daily(planned(two()), again))["Pays back?"]


@pytest.mark.parametrize(
    ("gap", "said"),
    [(-1.0, "does not pay back within the horizon of 30 days"), (1.0, "ahead from its first day")],
)
def test_a_plan_that_never_or_always_leads_is_told_so(gap, said):
    assert said in told(with_daily(planned(two()), np.full(30, gap)))["Pays back?"]


def test_who_is_ahead_within_a_month_has_not_yet_paid_for_the_change():
    for behind, earned in ((5, False), (29, False), (40, True)):
        gap = np.r_[np.full(behind, -1.0), 100.0 * behind, np.full(100, 1.0)]
        for plan, how in (
            (two(), "levels act at once, the change is paid over 365 days"),
            (planned(two()), "the change is paid as levels rise"),
        ):
            said = told(with_daily(plan, gap))["Pays back?"]
            assert ("earned back" in said) == earned
            assert (f"ahead from day {behind} on: {how}" in said) != earned


def test_others_than_the_best_are_followed_only_where_they_have_a_schedule():
    three = sample(["danish_average", "leader", "immature"], with_returns=False)
    assert "n immature" not in told(three)["At the end?"]
    assert "n immature" in told(planned(three, "immature"))["At the end?"]


def test_where_maturity_loses_money_page_one_names_the_cost():
    loss = shifted(two(), contribution=-19.0, net_revenue=49.0, cost_goods=27.0, cost_upkeep=41.0)
    said = told(loss)["Why less?"]
    assert re.search(r"gains 22\.0 DKK margin .*but upkeep of maturity costs 41\.0 DKK more", said)
    assert "in all it contributes 19.0 DKK less" in said and "other costs" not in said
    more = shifted(loss, contribution=-6.0)
    assert "the other costs fall by 13.0 DKK" in told(more)["Why less?"], "so that it adds up"


def test_maturity_that_earns_more_needs_no_excuse():
    assert "Why less?" not in told(two())


def test_unspent_media_is_said_from_5_per_cent_on():
    budget = 40 * 365 / 1000

    def spending(dkk):
        levels = two().levels
        mean = levels["mean"].mask(levels["metric"] == "cost_media", dkk)
        return replace(two(), levels=levels.assign(mean=mean))

    assert "All media spent?" not in told(spending(0.96 * budget))
    said = told(spending(0.5 * budget))["All media spent?"]
    assert "the Danish average spends 7.30 DKK of 14.6 DKK" in said


def test_steps_towards_the_full_return_offer_are_not_ranked():
    facts = Facts(sample())
    steps = {facts.arms[arm] for arm in ARMS[:2]}
    assert steps and not steps & set(facts.ranked())
    assert facts.arms[ARMS[2]] in facts.contenders
    others = told(sample())["The others?"]
    assert not any(facts.within(name) in others for name in steps)


def test_return_arms_of_their_own_are_ranked_against_the_first():
    """Where only offers are compared, the full one stands against the baseline."""
    arms = ["danish_average_mail_only", "danish_average_return_in_store", "danish_average"]
    facts = Facts(sample(arms, baseline=arms[0]))
    assert set(facts.ranked()) == {arms[0], arms[2]}
    assert facts.leader == "danish_average"


def test_each_return_arm_is_told_against_the_one_before_it():
    facts, said = Facts(sample()), told(sample())
    for arm, less, question in (
        (ARMS[1], ARMS[0], "Return in store?"),
        (ARMS[2], ARMS[1], "Pick-up in store?"),
    ):
        net = facts.versus(facts.arms[arm], facts.arms[less], "net_revenue")
        assert f"+{net.mean:.0f} DKK" in said[question]


def test_the_answer_is_the_company_s_money_with_the_person_s_beside_it():
    small = two()
    size = small.settings.company.size
    company = small.settings.company.model_copy(
        update={"size": size.model_copy(update={"active_customers": 2 * size.active_customers})}
    )
    large = replace(small, settings=small.settings.model_copy(update={"company": company}))

    def millions(comparison):
        return float(re.search(r"([\d.]+)\sm\sDKK more", headline(Facts(comparison)))[1])

    assert millions(large) == pytest.approx(2 * millions(small), rel=0.02)
    first = answer(Facts(small))[0].replace("\u00a0", " ")
    gap = Facts(small).difference("leader", "contribution")
    assert f"+{gap.mean:.0f} DKK" in first and "per person-year" in first
    assert "116,000 active customers" in told(large)["For whom?"]


def test_turnover_that_was_stated_is_set_beside_the_simulated_one():
    stated = two()
    company = stated.settings.company
    figures = company.key_figures.model_copy(update={"turnover_mdkk": 450.0})
    company = company.model_copy(update={"key_figures": figures})
    stated = replace(stated, settings=stated.settings.model_copy(update={"company": company}))
    people = company.size.people
    sold = Facts(stated).level("danish_average", "net_revenue").mean * people / 1e6
    assert "books say 450 m DKK of turnover" in told(stated)["For whom?"]
    assert (
        f"simulated are {sold:.0f} m DKK a year under the Danish average"
        in told(stated)["For whom?"]
    )
    assert "turnover" not in told(two())["For whom?"]
    assert "one simulated person stands for 20." in told(two())["For whom?"]


def test_other_active_customers_than_stated_are_told_with_what_the_sums_are_then():
    assert "In the simulation" not in told(two())["For whom?"]
    fewer = two()
    levels = fewer.levels.copy()
    levels.loc[levels["metric"] == "active_customers", ["mean", "low", "high"]] = 0.2, 0.19, 0.21
    said = told(replace(fewer, levels=levels))["For whom?"]
    assert "In the simulation 40,000 are active under the Danish average" in said
    assert "a company so much smaller (company.size.active_share)" in said


def test_small_sums_are_told_in_thousands():
    total, unit = of_company(Estimate(2.0, 1.0, 3.0), 10_000)
    assert (total, unit) == (Estimate(20.0, 10.0, 30.0), "thousand DKK")
    assert of_company(Estimate(50.0, 40.0, 60.0), 10_000)[1] == "m DKK"


def test_a_plan_is_worth_its_years_discounted_from_their_middles():
    gaps = [np.array([-10.0, -12.0]), np.array([20.0, 22.0])]
    found = net_present_value(gaps, 0.08)
    assert found.mean == pytest.approx(-11 / 1.08**0.5 + 21 / 1.08**1.5)
    assert found.low < found.mean < found.high
    assert net_present_value(gaps, 0.0).mean == pytest.approx(10.0)


def test_the_lowest_point_on_the_way_is_told_for_the_real_firm():
    gap = np.concatenate([np.full(100, -50.0), np.full(700, 10.0)])
    comparison = with_daily(two(), gap)
    size = comparison.settings.company.size.people / comparison.settings.scale.customers
    said = _trough(Facts(comparison), "leader")
    assert said == f"; at its lowest, on day 100, it is {5000 * size / 1e6:.1f} m DKK behind"
    assert _trough(Facts(with_daily(two(), np.full(800, 1.0))), "leader") == ""
