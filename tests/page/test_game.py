"""The game: what a team may do, what it sees, and what is true in the end."""

from __future__ import annotations

import os
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_page import SMALL

from sim.company.costs import reach_dkk
from sim.page.choices import Choices
from sim.page.figures import FIGURES
from sim.page.game import (
    BUDGETS,
    DRAWN,
    LIVED,
    OVER,
    PLANNING,
    ROUNDS,
    SEEN_FROM,
    Game,
    chosen,
    year,
)
from sim.page.order import Living
from sim.page.play import Refused
from sim.page.replays import Eve, Later, Reached, Replays, Run, forget_oldest, loaded
from sim.settings.strategy import DISCIPLINES

SEEDS = [1, 2, 3]
START = {"teams": 2, "budget": "ample", "scenario": "base"}
EVERYTHING = dict.fromkeys(DISCIPLINES, 3.0)


@pytest.fixture(scope="module")
def game():
    return Game(*loaded(SMALL, None), SEEDS)


def lived(run: Later) -> Living:
    """A replay that is done, in which a year's figures are told by how high its levels are."""
    plan = (*run.before, run.choices)
    told = [worth(sum(getattr(c, d) or 1.0 for d in DISCIPLINES), run.seed) for c in plan]
    return Living(reached=Reached(run, 1.0, told=told[-1], earlier=told[:-1], done=True))


def worth(height: float, seed: int) -> dict:
    figures = {name: [height + seed, None, None] for name in FIGURES}
    figures["cost_change"] = [0.5, None, None]
    return {"figures": figures, "value": 10 * height, "ledgers": {}}


def not_yet(run: Later) -> Living:
    return Living()


def at(round_: int, phase: str = PLANNING, **more):
    return START | {"round": round_, "phase": phase} | more


def test_the_rounds_are_closed_one_after_the_other_and_then_the_truth_is_told(game):
    state, passed = game.begin(START), []
    while state["phase"] != OVER:
        passed.append((state["round"], state["phase"]))
        state = game.next(state)
    assert passed == [(k, p) for k in range(1, ROUNDS + 1) for p in (PLANNING, LIVED)]
    assert game.next(state) == state


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (START | {"teams": 1}, "teams"),
        (START | {"teams": True}, "teams"),
        (START | {"teams": [2]}, "teams"),
        (START | {"budget": "endless"}, "budget"),
        (START | {"scenario": {}}, "scenario"),
    ],
)
def test_a_game_that_is_none_is_not_begun(game, told, name):
    with pytest.raises(Refused, match=name):
        game.begin(told)


def test_prices_are_those_that_the_change_has_in_the_simulation(game):
    higher = Choices(analysis=2.5)
    before, after = (game.maturity(choices) for choices in (Choices(), higher))
    assert game.price(Choices(), higher) == reach_dkk(game.settings.company, before, after)
    by_level = game.prices()["analysis"] * (after.analysis - before.analysis)
    assert by_level == pytest.approx(game.price(Choices(), higher))


def test_no_budget_pays_for_everything_and_a_larger_one_pays_for_more(game):
    whole = game.price(Choices(), Choices(**EVERYTHING))
    paid = [game.budgets[name] * ROUNDS for name in BUDGETS]
    assert sorted(paid) == paid and paid[-1] < whole


def test_what_costs_too_much_is_refused_and_what_is_left_is_carried_over(game):
    with pytest.raises(Refused, match="more than there is"):
        game.move(at(1), {}, "1", EVERYTHING)
    spent = game.price(Choices(), Choices(measurement=2.0))
    moves = {("1", 1): game.move(at(1), {}, "1", {"measurement": 2.0})}
    budget = game.budgets["ample"]
    assert game.money(at(2), moves, "1") == pytest.approx(2 * budget - spent)
    assert game.money(at(2), moves, "2") == pytest.approx(2 * budget)


def test_what_has_been_built_stays(game):
    moves = {("1", 1): game.move(at(1), {}, "1", {"measurement": 2.0})}
    for lower in ({"measurement": 1.5}, {}, {"measurement": 2.0, "collection": 0.0}):
        with pytest.raises(Refused, match="cannot fall"):
            game.move(at(2), moves, "1", lower)
    assert chosen(game.move(at(2), moves, "1", {"measurement": 2.0, "fee": 0})).fee == 0


NAMES = st.text() | st.sampled_from([*DISCIPLINES, "returns", "uses"])
SENT = st.recursive(
    st.none() | st.text() | st.floats() | st.lists(st.integers()),
    lambda inner: st.dictionaries(NAMES, inner),
)


@given(told=SENT)
def test_whatever_is_sent_as_a_plan_is_a_company_on_offer_or_refused(game, told):
    try:
        kept = game.move(at(1), {}, "1", told)
    except Refused as refused:
        assert "\n" not in str(refused)
    else:
        assert chosen(kept).key == kept


def test_a_closed_round_takes_no_plan(game):
    with pytest.raises(Refused, match="closed"):
        game.move(at(1, LIVED), {}, "1", {})


def test_a_team_that_says_nothing_stays_what_it_was(game):
    moves = {("1", 1): "fee=0", ("1", 3): "brand=1&fee=0"}
    fees = [choices.fee for choices in game.plan(at(4), moves, "1", 4)]
    brands = [choices.brand for choices in game.plan(at(4), moves, "1", 4)]
    assert fees == [0, 0, 0, 0] and brands == [0.2, 0.2, 1, 1]


def test_every_team_is_replayed_in_the_same_worlds_before_anything_else(game):
    moves = {("1", 1): "fee=0"}
    assert list(game.replays(at(1), moves)) == []
    placed = sorted(game.replays(at(1, LIVED), moves), key=lambda entry: entry[0])
    teams = [run for place, run in placed if place == 0]
    assert {run.seed for run in teams if run.choices.fee == 0} == set(SEEDS)
    assert {run.seed for run in teams if run.choices.fee == 39} == set(SEEDS)
    assert placed[len(teams)][1] == year(game.standstill(at(1)), 1)
    assert len({run for _, run in placed}) == len(SEEDS) * (2 + 1 + DRAWN)


def test_a_company_sees_what_its_own_measurement_lets_it_see(game):
    plan = [Choices(measurement=level) for level in (0.0, 1.0, 2.0, 3.0)]
    seen = [set(found) for found in game.seen(plan, lived)]
    assert seen[0] == {"gross_revenue", "profit"} and seen[-1] == set(SEEN_FROM)
    assert all(less < more for less, more in pairwise(seen))


def test_a_year_that_is_not_replayed_yet_is_not_seen_but_those_before_are(game):
    plan = [Choices(), Choices(fee=0)]
    found = game.seen(plan, lambda run: lived(run) if not run.before else Living())
    assert found[0]["profit"] is not None and found[1]["profit"] is None


def test_a_team_never_sees_another_team_nor_the_truth_before_the_end(game):
    moves = {("1", 1): "fee=0", ("2", 1): "fee=79"}
    for phase in (PLANNING, LIVED):
        seen = game.view(at(1, phase), moves, "1", lived)
        assert "truth" not in seen and "79" not in str(seen["plan"]) + str(seen["years"])
    assert "truth" not in game.view(at(4, LIVED), moves, None, lived)
    assert "truth" in game.view(at(4, OVER), moves, "1", lived)


def test_the_truth_is_profit_and_value_beside_the_average_left_as_it_is(game):
    moves = {("1", 2): "collection=2"}
    found = game.view(at(4, OVER), moves, None, lived)["truth"]
    rise = 3 * (2.0 - 1.0)  # three of four years, in a world where a level is worth a krone
    millions = game.settings.company.size.people / 1e6
    assert found["teams"]["1"]["profit"] == pytest.approx([rise * millions] * 3)
    assert found["teams"]["1"]["value"] == pytest.approx([10.0] * 3)
    assert found["teams"]["2"]["profit"] == pytest.approx([0.0] * 3)


def test_the_best_of_the_plans_drawn_is_the_best_of_those_that_are_replayed(game):
    state = at(4, OVER)
    few = {run for _, run in list(game.replays(state, {}))[: -3 * (DRAWN - 5)]}
    found = game.truth(state, {}, lambda run: lived(run) if run in few else Living())["drawn"]
    profits = [scores["profit"][0] for scores in found["plans"]]
    assert len(profits) == 5 and found["of"] == DRAWN and found["best"]["profit"][0] == max(profits)
    assert "best" not in game.truth(state, {}, not_yet)["drawn"]


@pytest.mark.parametrize("budget", BUDGETS)
def test_plans_are_drawn_within_the_rules_and_the_same_ones_again(game, budget):
    state = game.begin(START | {"budget": budget})
    assert game.drawn(state) == game.drawn(state)
    for plan in game.drawn(state):
        moves, now = {}, state
        for k, choices in enumerate(plan, 1):
            told = choices.model_dump(exclude_none=True, exclude={"scenario"})
            moves["1", k] = game.move(now | {"round": k}, moves, "1", told)
    assert len({tuple(c.key for c in plan) for plan in game.drawn(state)}) == DRAWN


def test_the_second_year_goes_on_from_the_first_wherever_it_is_replayed(tmp_path):
    """A plan's year by another worker, that has to live the first one again, is the same year."""
    first, second = Choices(collection=2.0), Choices(collection=2.0, fee=0)

    def whole(replays, run):
        while not (reached := replays.live_on(run, 0.0)).done:
            pass
        return reached

    one, other = Replays(SMALL, None, tmp_path), Replays(SMALL, None, None)
    begun = whole(one, year([first], 1))
    kept, anew = whole(one, year([first, second], 1)), whole(other, year([first, second], 1))
    assert kept.earlier == anew.earlier == [begun.told] and kept.told == anew.told
    alone = whole(other, Run(first, 1))
    assert alone.told == begun.told
    unlike = whole(other, year([Choices(), second], 1))
    assert unlike.told != kept.told


def test_of_plans_on_disk_the_oldest_go_and_the_past_that_all_have_in_common_stays(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("sim.page.replays.MOST_EVES", 2)
    companies = [Choices(fee=fee) for fee in (0, 19, 59)]
    eves = [Eve("base", 1, ROUNDS, (company,)) for company in companies]
    stays = [Eve("base", 1), Eve("base", 1, ROUNDS)]
    for age, eve in enumerate([*stays, *eves]):
        (tmp_path / eve.name).touch()
        os.utime(tmp_path / eve.name, (age, age))
    forget_oldest(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {eve.name for eve in (*stays, *eves[1:])}
