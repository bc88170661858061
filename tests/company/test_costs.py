"""Claims about what maturity costs the real firm, whatever number of people is simulated."""

import pytest

from sim.company.costs import learning_dkk, reach_dkk, systems_dkk, upkeep_dkk_year
from sim.settings.ladder import DISCIPLINES
from sim.settings.load import load
from sim.settings.run import Settings
from sim.settings.strategy import Maturity
from sim.world.model import OmnichannelModel

ALL = {level: Maturity(**dict.fromkeys(DISCIPLINES, level)) for level in (0, 1, 2, 3)}


def kept(company, *about) -> float:
    """What keeping levels costs in all, DKK a year."""
    return sum(upkeep_dkk_year(company, *about))


def run(*overrides: str) -> Settings:
    return load(overrides)[0]


def test_the_market_holds_the_active_customers_and_everybody_else():
    size = run("company.size.active_customers=10000", "company.size.active_share=0.25").company.size
    assert size.people == 40_000


def test_keeping_a_level_costs_more_the_higher_it_is_and_less_a_person_in_a_larger_firm():
    small, large = (run(f"company.size.active_customers={n}").company for n in (10_000, 100_000))
    costs = [kept(small, ALL[level]) for level in ALL]
    assert costs[0] == 0 and costs == sorted(costs)
    assert costs[2] < kept(large, ALL[2]) < 10 * costs[2]


def test_at_the_reference_size_a_person_costs_what_the_settings_say():
    company = run(
        "company.size.active_customers=60000",
        "company.size.active_share=0.3",
        "company.economics.reference_people=200000",
    ).company
    a_person = kept(company, ALL[3]) / 200_000
    assert a_person == pytest.approx(sum(company.economics.upkeep_dkk))


@pytest.mark.parametrize("customers", [5_000, 500_000])
def test_a_typed_upkeep_is_charged_as_typed_at_the_strategists_levels(customers):
    company = run(
        "company.economics.upkeep_mdkk=[1,2,3,4,5,6]",
        "company.economics.upkeep_level=[1,1,1,2,2,2]",
        f"company.size.active_customers={customers}",
    ).company
    own = Maturity(**dict(zip(DISCIPLINES, (1, 1, 1, 2, 2, 2), strict=True)))
    assert kept(company, own) == pytest.approx(21e6)
    assert kept(company, ALL[1]) < 21e6 < kept(company, ALL[2])


def test_a_typed_upkeep_however_small_is_no_rule():
    company = run(
        "company.economics.upkeep_mdkk=[5e-7,0,0,0,0,0]",
        "company.economics.upkeep_level=[1,1,1,1,1,1]",
    ).company
    only = Maturity(**{d: 2 if d == DISCIPLINES[0] else 0 for d in DISCIPLINES})
    wanted = 0.5 * 2**company.economics.upkeep_convexity
    assert kept(company, only) == pytest.approx(wanted)


def test_a_discipline_left_at_0_follows_the_rule():
    ruled, typed = (run(f"company.economics.upkeep_mdkk=[{n},0,0,0,0,0]").company for n in (0, 9))
    only = Maturity(**{d: 3 if d == "analysis" else 0 for d in DISCIPLINES})
    assert kept(typed, only) == kept(ruled, only) > 0
    assert kept(typed, ALL[3]) > 9e6
    other = run("company.economics.upkeep_level=[1,1,1,1,1,1]").company
    assert kept(other, only) == kept(ruled, only), "none is typed"


def test_climbing_costs_once_and_falling_is_free():
    company = run().company
    up = reach_dkk(company, ALL[1], ALL[2])
    assert up > 0 and reach_dkk(company, ALL[2], ALL[1]) == 0
    both = reach_dkk(company, ALL[0], ALL[1]) + up
    assert both == pytest.approx(reach_dkk(company, ALL[0], ALL[2]))


def test_at_the_reference_size_a_level_is_reached_at_what_the_settings_say_a_person():
    company = run(
        "company.size.active_customers=60000",
        "company.size.active_share=0.3",
        "company.economics.reference_people=200000",
    ).company
    once = sum(systems_dkk(company, d, 2.0) for d in DISCIPLINES)
    assert once == pytest.approx(2 * sum(company.economics.reach_dkk) * 200_000)
    hours = sum(learning_dkk(company, d, 2.0) for d in DISCIPLINES)
    assert reach_dkk(company, ALL[1], ALL[3]) == pytest.approx(once + hours)


def test_who_learns_costs_hours_and_more_stores_cost_more():
    twenty, forty = (run(f"company.size.stores={n}").company for n in (20, 40))
    learning = twenty.learning
    people = learning.learners_office[5] + 20 * learning.learners_store[5]
    wanted = people * learning.learn_hours * learning.hour_dkk * 1.5
    assert learning_dkk(twenty, "organisation", 1.5) == pytest.approx(wanted)
    assert learning_dkk(forty, "organisation", 1.5) > wanted
    assert learning_dkk(forty, "collection", 1.0) == learning_dkk(twenty, "collection", 1.0)


def test_a_large_firm_builds_cheaper_than_it_buys_and_a_small_one_does_not():
    def dearer(customers):
        company = run(f"company.size.active_customers={customers}").company
        bought, built = (
            systems_dkk(company, "collection", 1.0, {"collection": company.ways[way]})
            for way in ("bought", "built")
        )
        return built > bought

    assert dearer(58_000) and not dearer(58_000 * 100)


def test_what_stands_unused_costs_its_having_and_no_use():
    company = run().company
    half_learned = upkeep_dkk_year(company, ALL[1], ALL[2])
    assert half_learned.having == upkeep_dkk_year(company, ALL[2]).having
    assert half_learned.use == upkeep_dkk_year(company, ALL[1]).use
    all_used = run("company.economics.use_share=[1,1,1,1,1,1]").company
    assert upkeep_dkk_year(all_used, ALL[0], ALL[3]) == (0.0, 0.0)


def test_upkeep_a_person_does_not_depend_on_how_many_are_simulated():
    booked = []
    for people in (100, 400):
        settings, strategies = load(
            [f"scale.customers={people}", "scale.warmup_days=0", "scale.horizon_days=20"]
        )
        booked.append(OmnichannelModel(settings, strategies[0]).run().company.upkeep_dkk / people)
    assert booked[0] == pytest.approx(booked[1]) and booked[0] > 0
