"""The survey's firms simulated, in small worlds: a difference is the investment's alone."""

from __future__ import annotations

import numpy as np
import pytest

from sim.company.costs import upkeep_dkk_year
from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.settings.strategy import DISCIPLINES
from sim.study.investing import firm, invest, investments, shocked
from sim.study.survey import simulated_firms, survey

SMALL = (
    "strategies=[danish_average]",
    "scale.customers=200",
    "scale.warmup_days=40",
    "scale.horizon_days=60",
    "scale.seeds=1",
    "survey.draws=2",
)
RUN, (AVERAGE,) = load(SMALL)
LOW, TOP = firm(AVERAGE, 0, np.full(6, 1.2)), firm(AVERAGE, 1, np.full(6, 3.0))


def test_an_investment_raises_one_discipline_and_at_most_to_3():
    one = firm(AVERAGE, 4, np.array([0.5, 2.4, 1, 1, 1, 1]))
    found = investments(one, 1.0)
    assert list(found) == list(DISCIPLINES)
    assert found["recognition"].maturity.recognition == 1.5
    assert found["collection"].maturity.collection == 3.0
    for discipline, raised in found.items():
        back = {discipline: getattr(one.maturity, discipline)}
        assert raised.maturity.model_copy(update=back) == one.maturity
        assert raised.policies == AVERAGE.policies


def test_an_investment_of_a_firm_at_the_top_is_worth_exactly_nothing():
    found = invest(RUN, [TOP], 1, quiet=True)
    assert found["npv"].tolist() == [0.0] * len(DISCIPLINES)


def test_what_levels_cost_to_keep_is_in_the_worth_of_an_investment_and_discounted():
    """No customer meets the upkeep: with it and without it the worlds are the same otherwise."""
    free = "company.economics.reach_dkk=[0,0,0,0,0,0]"
    paid, _ = load([*SMALL, free])
    unpaid, _ = load([*SMALL, free, "company.economics.upkeep_dkk=[0,0,0,0,0,0]"])
    npv, gain = (invest(run, [LOW], 1, quiet=True)["npv"].to_numpy() for run in (paid, unpaid))
    worth = (1 + paid.company.economics.discount_rate_year) ** (-np.arange(60) / 365)
    before = sum(upkeep_dkk_year(paid.company, LOW.maturity))
    for k, raised in enumerate(investments(LOW, 1.0).values()):
        a_day = (sum(upkeep_dkk_year(paid.company, raised.maturity)) - before) / 365
        assert gain[k] - npv[k] == pytest.approx(a_day * worth.sum(), rel=1e-6)


def test_a_firm_more_changes_no_other_firms_worlds():
    alone = invest(RUN, [LOW], 1, quiet=True)
    both = invest(RUN, [LOW, TOP], 1, quiet=True)
    assert both[both["firm"] == 0].equals(alone)
    assert set(both["seed"]) == {RUN.seed, RUN.seed + 1}, "each firm has a world of its own"


def test_a_shock_that_does_nothing_leaves_every_firm_as_it_was_and_one_that_does_does_not():
    closed, _ = load([*SMALL, "scenario=stores_closed"])
    early = closed.scenario.shocks[0].model_copy(update={"from_day": 5})
    closed = closed.model_copy(
        update={"scenario": closed.scenario.model_copy(update={"shocks": (early,)})}
    )
    same = shocked([RUN, RUN], [LOW, TOP], 1, quiet=True)
    assert same["base"].tolist() == same["shock"].tolist()
    hit = shocked([RUN, closed], [LOW, TOP], 1, quiet=True)
    assert hit["base"].tolist() == same["base"].tolist()
    assert (hit["shock"] != hit["base"]).all()


def test_firms_that_are_simulated_stand_at_their_true_levels_not_at_those_believed():
    found = survey(RUN, AVERAGE)
    first = simulated_firms(found)[0].maturity
    row = found.firms.iloc[0]
    assert [getattr(first, d) for d in DISCIPLINES] == [row[f"level_{d}"] for d in DISCIPLINES]
    assert all(row[f"level_{d}"] != row[f"believed_{d}"] for d in DISCIPLINES)


def test_no_more_firms_are_simulated_than_were_asked():
    settings, _ = load([*SMALL, "survey.firms=5", "survey.simulated=6"])
    with pytest.raises(BadInput, match=r"survey\.simulated = 6: must be at most survey\.firms, 5"):
        simulated_firms(survey(settings, AVERAGE))
