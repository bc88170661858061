"""Claims about projects: how a level of maturity is reached, and when it acts [B50, B53, B61]."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.settings.projects import Project, level_on, phases
from sim.settings.strategy import DISCIPLINES

COMPANY = load()[0].company
LEVELS = dict.fromkeys(DISCIPLINES, 1.0)
LEARN, LEAD = COMPANY.learning.learn_days, COMPANY.ways["bought"].lead_days


def planned(*projects: str):
    """The Danish average with these projects, as a run has it."""
    listed = ", ".join(projects)
    variant = f"variants.us={{from: danish_average, projects: [{listed}]}}"
    return load(["strategies=[us]", variant])[1][0]


def test_nothing_acts_before_the_systems_stand_and_all_once_people_have_learned():
    ours = planned("{discipline: collection, to: 2.12, start_day: 10}")
    levels = {day: ours.maturity_on(day).collection for day in range(400)}
    stands, ends = 10 + LEAD, 10 + LEAD + LEARN
    assert all(levels[day] == 1.12 for day in range(int(stands) + 1))
    assert levels[int(stands) + 60] == pytest.approx(1.12 + 60 / LEARN)
    assert levels[int(ends)] == levels[399] == 2.12
    assert ours.maturity_on(399).analysis == 1.14, "other disciplines stay"


def test_what_is_built_takes_longer_than_what_is_bought():
    def first_day(way):
        ours = planned(f"{{discipline: analysis, to: 2, way: {way}}}")
        return next(day for day in range(3650) if ours.maturity_on(day).analysis > 1.15)

    gained = 2 - 1.14
    longer = (COMPANY.ways["built"].lead_days - LEAD) * gained
    assert first_day("built") - first_day("bought") == pytest.approx(longer, abs=2)


def test_a_second_step_begins_where_the_first_ended():
    two = (
        Project(discipline="recognition", to=2.0, start_day=0),
        Project(discipline="recognition", to=3.0, start_day=300),
    )
    first, second = phases(two, LEVELS, COMPANY)
    assert (first.low, first.high, second.low, second.high) == (1.0, 2.0, 2.0, 3.0)
    assert level_on(second, 301) == 2.0 and level_on(second, 1000) == 3.0


@given(
    st.floats(1.01, 3),
    st.integers(0, 1000),
    st.lists(st.floats(0, 2000), min_size=2, max_size=20).map(sorted),
)
def test_levels_never_fall_on_the_way_and_stay_between_start_and_goal(to, start, days):
    (phase,) = phases((Project(discipline="analysis", to=to, start_day=start),), LEVELS, COMPANY)
    found = [level_on(phase, day) for day in days]
    assert found == sorted(found) and found[0] >= 1.0 and found[-1] <= to


@pytest.mark.parametrize(
    ("projects", "said"),
    [
        (["{discipline: colection, to: 2}"], "projects must raise one of"),
        (["{discipline: collection, to: 1}"], "collection stands at 1.12"),
        (["{discipline: collection, to: 2, way: bougt}"], "no such way"),
        (
            ["{discipline: collection, to: 2}", "{discipline: collection, to: 3, start_day: 20}"],
            "before the one that ends on day",
        ),
    ],
)
def test_a_plan_that_cannot_run_is_refused_in_one_line(projects, said):
    with pytest.raises(BadInput, match=said):
        planned(*projects)


def test_projects_and_a_schedule_of_ones_own_are_not_both_taken():
    plan, steps = "[{discipline: collection, to: 2}]", "[{day: 9, maturity: {analysis: 2}}]"
    both = f"{{projects: {plan}, schedule: {steps}}}"
    with pytest.raises(BadInput, match="schedule must be left out"):
        load(["strategies=[danish_average]", f"variants.danish_average={both}"])
