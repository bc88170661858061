"""Groups of capabilities: each thing in one, and what cannot be taken apart is refused."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from test_docs import row_ids

import sim
from sim.settings.base import numbers
from sim.settings.carries import LIVED_BY, MADE_WITH, differing
from sim.settings.complaints import BadInput
from sim.settings.groups import UNGROUPED
from sim.settings.ladder import rung_names
from sim.settings.load import load
from sim.settings.strategy import Policies

ROOT = Path(sim.__file__).parent
THREE = "strategies=[immature,danish_average,leader]"
BOUND = "carries.bounds.feeling.repeat_cost"
PAIR = "carries.pair=[danish_average,leader]"
RUN, (IMMATURE, AVERAGE, LEADER) = load([THREE])
GROUPS = RUN.company.groups


def test_every_capability_of_the_ladder_belongs_to_one_group():
    held = Counter(name for group in GROUPS.values() for name in group.capabilities)
    for name in rung_names(RUN.company.ladder):
        where = "company.groups in configs/company/default.yaml"
        assert held[name] == 1, f"{name} is in {held[name]} of {where}: put it into one"


def test_every_policy_but_placebos_belongs_to_one_group():
    held = Counter(name for group in GROUPS.values() for name in group.policies)
    assert set(held.values()) == {1}
    assert set(held) == set(Policies.model_fields) - UNGROUPED


def test_every_group_says_in_one_sentence_what_it_lets_the_company_do():
    for name, group in GROUPS.items():
        assert re.fullmatch(r"[A-Z][^.!?]+\.", group.does), name
    assert len({group.does for group in GROUPS.values()}) == len(GROUPS)


def test_what_sources_say_of_a_group_is_in_the_ledger():
    for name, group in GROUPS.items():
        cited = re.findall(r"\b[ABCHP]\d+(?:\.\d+)?\b", group.source)
        assert cited and set(cited) <= row_ids(), f"{name} cites {cited}"


def test_strategies_differ_in_the_groups_whose_levels_or_policies_they_move():
    days = RUN.carries.horizon_days
    assert differing(RUN.company, LEADER, LEADER, days) == []
    served = AVERAGE.model_copy(
        update={"policies": AVERAGE.policies.model_copy(update={"newsletters_per_week": 2.0})}
    )
    assert differing(RUN.company, AVERAGE, served, days) == ["mass_newsletter"]
    leads = differing(RUN.company, AVERAGE, LEADER, days)
    assert {"recognition", "personal_newsletter", "store"} <= set(leads)
    assert "offers" not in leads, "same policies"


def test_a_schedule_differs_only_where_it_gets_within_the_horizon():
    steps = "[{day: 300, maturity: {measurement: 1.61}}, {day: 400, maturity: {measurement: 3}}]"
    late = f"variants.late={{from: danish_average, schedule: {steps}}}"
    _, (_, plan) = load([late, "strategies=[danish_average,late]"])
    assert differing(RUN.company, AVERAGE, plan, 250) == []
    assert differing(RUN.company, AVERAGE, plan, 365) == [
        "advertising",
        "testing",
        "service",
        "store",
    ]


def test_levels_that_groups_apart_leave_out_are_the_strategy_s_own():
    way = "maturity: {organisation: 1}, schedule: [{day: 9, maturity: {organisation: 2}}]"
    apart = f"{{groups: [store], {way}}}"
    _, (us,) = load([f"variants.us={{from: leader, apart: {apart}}}", "strategies=[us]"])
    for day, organisation in ((0, 1), (9, 2), (90, 2)):
        levels = us.apart.on(day).maturity
        assert (levels.organisation, levels.communication) == (organisation, 3)
    assert us.maturity_on(9) == LEADER.maturity, "the strategy itself stays"


def test_the_default_run_takes_a_sample_and_what_carries_it_the_whole():
    sample, _ = load(["experiment=default"])
    assert sample.carries.pair == ("danish_average", "leader")
    assert sample.carries.customers < sample.scale.customers
    assert sample.carries.seeds < sample.scale.seeds
    whole, _ = load(["experiment=what_carries_it"])
    for size in ("customers", "seeds", "horizon_days"):
        assert getattr(whole.carries, size) == getattr(whole.scale, size)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            ["carries.pair=[danish_average,leadr]"],
            "carries.pair = leadr: must be one of the strategies compared; did you mean leader?",
        ),
        (
            ["carries.pair=[leader,leader]"],
            'carries.pair = ["leader", "leader"]: pair must name two',
        ),
        (["carries.pair=[leader]"], 'carries.pair = ["leader"]: pair must name two different'),
        (["carries.pair=leader"], "carries.pair = leader: must be a list"),
        (
            ["carries.bounds={feeling.repeat_costs: [0, 1]}"],
            f"{BOUND}s = [0.0, 1.0]: no such number; did you mean feeling.repeat_cost?",
        ),
        (
            ["carries.bounds={feeling.repeat_cost: [0, 2]}"],
            f"{BOUND} = [0.0, 2.0]: must be two rising of 0..1",
        ),
        (
            ["carries.bounds={feeling.repeat_cost: [0.5, 0.5]}"],
            f"{BOUND} = [0.5, 0.5]: must be two rising of 0..1",
        ),
        *(
            ([f"carries.bounds={{{key}: [1, 2]}}"], f"carries.bounds.{key} = [1.0, 2.0]: must be a")
            for key in ("people.need_rate_year", "quality_sd", "identity.privacy_dkk")
        ),
        (["carries.customers=3"], "carries.customers = 3: must be at least 50 (people)"),
        ([PAIR, "company.groups.store=null"], "company.groups = staff_ask: is in no group"),
        (
            ["company.groups.store.capabilities=[hand_over]"],
            "company.groups: of groups, both hand_over and store hold hand_over",
        ),
        (
            ["company.groups.store.policies=[story]"],
            "company.groups: of groups, store names story, which is none of the policies",
        ),
        (
            [
                "variants.twin={from: leader}",
                "strategies=[leader,twin]",
                "carries.pair=[leader,twin]",
            ],
            'carries.pair = ["leader", "twin"]: must differ in a group',
        ),
        (
            [PAIR, "variants.leader.policies.shuffled_knowledge=true"],
            'carries.pair = ["danish_average", "leader"]: must have the same policies.shuffled',
        ),
        (
            [PAIR, "variants.leader.apart={groups: [store], maturity: {organisation: 1}}"],
            "carries.pair = leader: must have no groups apart itself",
        ),
        (
            ["variants.us={from: leader, apart: {groups: [stor]}}", "strategies=[us]"],
            "variants.us.apart.groups = stor: no such group; did you mean store?",
        ),
        (
            ["variants.us={from: leader, apart: {schedule: [{day: 9}, {day: 9}]}}"],
            "variants.us.apart.schedule",
        ),
    ],
)
def test_what_cannot_be_taken_apart_is_refused_in_one_line(given: list[str], said: str):
    with pytest.raises(BadInput) as caught:
        load([THREE, *given])
    assert str(caught.value).startswith(said) and "\n" not in str(caught.value)


def test_no_bound_is_of_what_people_and_goods_are_made_with():
    made = "".join(
        (ROOT / "world" / file).read_text(encoding="utf-8")
        for file in ("customers.py", "population.py")
    )
    read = set(re.findall(r"\b(?:facts|market)\.(\w+)", made))
    groups = {key for key, _, _ in numbers(RUN.market) if key.split(".")[-1] in read}
    assert {key for key in groups if key.startswith(LIVED_BY)} == MADE_WITH
