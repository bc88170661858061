"""Choices: only what is on offer, and the same thing as a link, a file and a strategy."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.page.choices import BASELINE, DIALS, NAME, RETURNS, SCENARIOS, Choices, read
from sim.page.replays import Run, Tale, identity, loaded, within_the_year
from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.settings.places import CONFIGS
from sim.settings.run import Scenario
from sim.settings.strategy import DISCIPLINES

LEVELS = st.one_of(st.none(), st.integers(0, 6).map(lambda k: k / 2))
ANY = st.builds(
    Choices,
    **dict.fromkeys(DISCIPLINES, LEVELS),
    **{name: st.sampled_from(dial.values) for name, dial in DIALS.items()},
    returns=st.sampled_from(list(RETURNS)),
    bonus=st.sampled_from(["channel", "shared", "customer"]),
    uses=st.booleans(),
    scenario=st.sampled_from(SCENARIOS),
)


@pytest.fixture(scope="module")
def average():
    return loaded((), None)[1]


def test_nothing_chosen_is_the_danish_average_in_all_but_its_name(average):
    ours = Choices().strategy(average)
    assert ours.model_copy(update={"name": average.name}) == average
    assert Choices().key == "" and Run(Choices(), 1).is_baseline
    assert Run(Choices(scenario="covid"), 1).is_baseline
    assert not Run(Choices(staff=2), 1).is_baseline
    assert not Run(Choices(), 1, "flows").is_baseline


@given(ANY)
def test_a_link_restores_exactly_what_was_chosen(choices):
    assert read(dict(parse_qsl(choices.key))) == choices
    assert read(choices.model_dump(exclude_defaults=True)) == choices


@given(ANY)
def test_two_different_choices_never_share_a_key(choices):
    other = choices.model_copy(update={"staff": 0.5 if choices.staff != 0.5 else 2.0})
    assert other.key != choices.key


@given(choices=ANY)
@settings(max_examples=4)
def test_the_file_taken_home_is_the_strategy_that_was_replayed(average, tmp_path_factory, choices):
    folder = tmp_path_factory.mktemp("mine")
    (folder / f"{NAME}.yaml").write_text(choices.document(average), encoding="utf-8")
    _, (_, ours) = load([f"strategies=[{BASELINE},{NAME}]"], folder)
    replayed = choices.strategy(average)
    assert (ours.maturity, ours.policies) == (replayed.maturity, replayed.policies)


def test_a_leaders_file_is_a_leader(average):
    chosen = Choices(**dict.fromkeys(DISCIPLINES, 3.0), uses=True, bonus="customer")
    leader = load(["strategies=[leader]"])[1][0]
    ours = chosen.strategy(average)
    assert (ours.maturity, ours.policies) == (leader.maturity, leader.policies)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"recognition": 1.3}, "recognition: must be one of 0, 0.5, ..., 3"),
        ({"recognition": 3.5}, "recognition: must be"),
        ({"analysis": float("nan")}, "analysis: "),
        ({"analysis": 10**400}, "analysis: "),
        ({"staff": 9}, "staff: must be one of 0.5, 0.75, 1, 1.25, 1.5, 2"),
        ({"scenario": "../../etc/passwd"}, "scenario: must be one of base"),
        ({"returns": ["mail"]}, "returns: "),
        ({"customers": 10**9}, "no such choice: 'customers'"),
        ({"__class__": "x"}, "no such choice: '__class__'"),
    ],
)
def test_what_is_not_on_offer_is_refused_in_one_line(told, said):
    with pytest.raises(ValueError, match=r"^[^\n]*$") as refused:
        read(told)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("given", ["strategies=[leader]", "scenario=calm", "experiment=default"])
def test_what_people_choose_on_the_page_is_not_taken_from_the_command_line(given):
    with pytest.raises(BadInput, match="must be left out: people choose it on the page"):
        loaded((given,), None)


def test_every_scenario_on_offer_is_there_and_happens_within_the_first_year():
    run, _ = loaded((), None)
    for name in SCENARIOS:
        told = yaml.safe_load((CONFIGS / "scenario" / f"{name}.yaml").read_text("utf-8"))
        assert told["scenario"]["name"] == name
        scenario = Scenario.model_validate(told["scenario"])
        moved = within_the_year(run.model_copy(update={"scenario": scenario})).scenario
        assert all(shock.from_day < 365 for shock in moved.shocks), name
        assert bool(moved.shocks) == (name != "base")


def test_a_shock_keeps_its_season_its_length_and_its_place_among_others():
    asked = load(["scenario=covid"])[0]
    moved = within_the_year(asked)
    for before, after in zip(asked.scenario.shocks, moved.scenario.shocks, strict=True):
        assert before.from_day - after.from_day == before.until_day - after.until_day == 365
        assert before.market == after.market and before.fade_days == after.fade_days


def test_what_was_replayed_is_kept_apart_for_other_settings_and_other_files(tmp_path):
    run, _ = loaded((), None)
    other, _ = loaded(("scale.customers=300",), None)
    before = identity(run, str(tmp_path))
    (tmp_path / f"{BASELINE}.yaml").write_text("title: Another average\n", encoding="utf-8")
    names = [identity(run), before, identity(run, str(tmp_path)), identity(other)]
    assert names[0] == names[1] and len(set(names)) == 3


def test_a_year_and_a_tale_are_never_taken_for_each_other():
    assert Run(Choices(), 1, "store") != Tale(Choices(), 1, "store")
    assert len({Run(Choices(), 1, "store"), Tale(Choices(), 1, "store")}) == 2
