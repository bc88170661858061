"""The year of somebody simulated: he is who he is, and nothing is done to him for the story."""

from __future__ import annotations

import numpy as np
import pytest

from sim import cli
from sim.core import events as ev
from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.story.anybody import SOMEBODY, TURNS, Turn, chosen, introduced, present_throughout
from sim.story.numbers import tally
from sim.story.page import spent_before, told
from sim.story.years import TwoYears, live, live_on
from sim.world.model import OmnichannelModel

SMALL = ["scale.customers=300", "scale.warmup_days=200", "scale.horizon_days=60"]
SETTINGS, (IMMATURE, LEADER) = load([*SMALL, "strategies=[immature,leader]"])


@pytest.fixture(scope="module")
def past() -> OmnichannelModel:
    return OmnichannelModel(SETTINGS, IMMATURE, keep_journal=False).run(200)


@pytest.fixture(scope="module")
def who(past) -> int:
    return chosen(past, Turn(shopper=False, number=0))


@pytest.fixture(scope="module")
def lived(past, who) -> TwoYears:
    *_, found = live_on(past, [IMMATURE, LEADER], who)
    return found


def test_what_is_told_of_him_is_what_the_log_has_of_him(who, lived):
    """A world replayed without a story, all of its events kept."""
    for k, strategy in enumerate((IMMATURE, LEADER)):
        world = OmnichannelModel(SETTINGS, IMMATURE, keep_log=True).run(200).fork(strategy)
        events = world.run(world.end_day).events()
        own = events[events["customer"] == who]
        own = own[own["day"] >= 200]
        assert len(own) > 5 and np.array_equal(np.sort(lived.events[k]), np.sort(own))
        paid = own["amount_oere"][np.isin(own["kind"], (ev.WEB_ORDER, ev.STORE_SALE))].sum()
        assert {row[0]: row[1 + k] for row in tally(lived)}["spent with us"] == (
            f"DKK {round(int(paid) / 100):,}"
        )


def test_he_is_introduced_as_his_record_has_him(past, who, lived):
    him = past.driver.tables()[0][past.population.place_of[who]]
    told_of = lived.someone
    assert told_of == introduced(past, who) and told_of.name == f"Customer {who:,}"
    assert told_of.sentence.startswith("is a buyer") and not him["shopper"]
    assert f"lives {him['distance_km']:.0f} km" in told_of.sentence
    assert told_of.purchases == him["orders_ever"] > 0
    assert spent_before(told_of).startswith(f"He has spent DKK {him['spent_dkk']:,.0f} with us, in")


def test_his_year_is_told_like_a_protagonists(lived):
    page = told(lived)
    assert page.lines[0] == f"{lived.someone.name}'s year under two strategies"
    assert [row.label for row in page.rows[:3]] == ["Who", "Before", "On file"]


def test_the_choice_is_the_same_in_the_same_past_and_each_turn_is_another_ones(past):
    customers, *_ = past.driver.tables()
    for kind, turns in SOMEBODY.items():
        numbers = [chosen(past, turn) for turn in turns.values()]
        assert numbers == [chosen(past, turn) for turn in turns.values()]
        assert len(numbers) == TURNS and len(set(numbers)) > 3
        for number in numbers:
            him = customers[past.population.place_of[number]]
            assert him["shopper"] == (kind == "shopper") and him["orders_ever"] >= 2
            assert present_throughout(SETTINGS, number) == number


def test_after_the_last_one_comes_the_first_again(past):
    found = {chosen(past, Turn(True, number)) for number in range(2000)}
    assert len(found) < 300
    assert chosen(past, Turn(True, len(found))) == chosen(past, Turn(True, 0))


def test_who_has_bought_less_is_told_where_there_is_nobody_else():
    begun = OmnichannelModel(SETTINGS, IMMATURE, keep_journal=False).run(1)
    assert chosen(begun, Turn(True, 0)) >= 0


def test_who_is_not_there_all_the_time_is_refused_and_somebody_near_is_named():
    with pytest.raises(BadInput, match="customer = 999999999: must be 0 to "):
        present_throughout(SETTINGS, 999_999_999)
    world = OmnichannelModel(SETTINGS, IMMATURE)
    late = int(np.flatnonzero(world.population.entry_day >= 200)[0])
    with pytest.raises(BadInput, match=r"is not in the market .*; \d+ is$") as caught:
        present_throughout(SETTINGS, late)
    near = int(str(caught.value).split("; ")[1].split()[0])
    assert present_throughout(SETTINGS, near) == near


@pytest.mark.parametrize("number", ["99999999", "-5", "1.5", "9" * 5000, "٣"])
def test_the_command_refuses_a_number_that_is_nobodys(number, capsys):
    small = ["scale.customers=60", "scale.warmup_days=10", "--days", "5"]
    assert cli.main(["story", f"--customer={number}", *small]) == cli.BAD_INPUT
    said = capsys.readouterr().err
    assert said.startswith("customer = ") and len(said.splitlines()) == 1


def test_the_command_tells_the_year_of_a_number(capsys):
    small = ["scale.customers=60", "scale.warmup_days=10", "--days", "5"]
    settings, _ = load(["scale.customers=60", "scale.warmup_days=10", "scale.horizon_days=5"])
    number = next(n for n in range(60) if is_there(settings, n))
    assert cli.main(["story", "--customer", str(number), "--seed", str(settings.seed), *small]) == 0
    assert f"Customer {number}'s year under two strategies" in capsys.readouterr().out


def is_there(settings, number: int) -> bool:
    try:
        return present_throughout(settings, number) == number
    except BadInput:
        return False


def test_a_past_may_also_be_lived_by_the_story_itself(past, who, lived):
    again = live(SETTINGS, [IMMATURE, LEADER], who)
    assert all(map(np.array_equal, again.events, lived.events))
