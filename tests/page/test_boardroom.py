"""The boardroom: one plan, six wills, and what becomes of a line that nobody's hands carry."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_page import SMALL

from sim.page.boardroom import (
    ALONE,
    BONUS,
    DEBRIEFING,
    FIGURE,
    LIVED,
    ROUNDS,
    SETS,
    SHOWN,
    TALKING,
    TARGETS,
    Boardroom,
)
from sim.page.choices import DIALS, STEP
from sim.page.figures import FIGURES
from sim.page.order import Living
from sim.page.play import Refused
from sim.page.replays import Reached, Replays, Run, loaded
from sim.settings.strategy import DISCIPLINES

SEEDS = [1, 2, 3, 4]
NOTHING = {"pays": {}, "yes": [], "sets": {}}


@pytest.fixture(scope="module")
def room():
    return Boardroom(*loaded(SMALL, None), SEEDS)


def talking(round_: int = 1):
    return {"round": round_, "phase": TALKING, "ask": 0}


def agreed(room, **lines) -> dict:
    """Moves by which these lines are paid by the managing director, and all who must say yes."""
    moves = {role: {"pays": {}, "yes": [], "sets": {}} for role in room.roles}
    for name, value in lines.items():
        line = room.lines[name]
        for role in line["needs"]:
            moves[role]["yes"].append(name)
        if line["price"]:
            moves["managing_director"]["pays"][name] = value * line["price"]
        elif name in SETS:
            moves[line["needs"][0]]["sets"][name] = value
    return moves


def as_kept(moves: dict, round_: int = 1) -> dict:
    return {(role, round_): move for role, move in moves.items()}


def by_bonus(run: Run) -> Living:
    """A replay that is done: one figure more where the bonus is the card's, one for each level."""
    height = sum(getattr(run.choices, d) or 1.5 for d in DISCIPLINES)
    more = height + (run.choices.bonus == BONUS) + run.seed
    figures = {name: [more, None, None] for name in FIGURES} | {"cost_change": [2.0, None, None]}
    ledgers = {"stores": -more, "web": more, "marketing": more, "service": 0.0, "it": 0.0}
    told = {"figures": figures, "value": 1.0, "ledgers": ledgers}
    return Living(reached=Reached(run, 1.0, told=told, done=True))


def test_every_line_can_be_paid_for_and_somebodys_hands_are_asked(room):
    total = sum(role["budget"] for role in room.roles.values())
    for name, line in room.lines.items():
        assert 0 <= line["price"] <= total and set(line["needs"]) <= set(room.roles), name
        assert len(set(line["needs"])) == len(line["needs"]) > 0
    assert set(DISCIPLINES) | set(DIALS) <= set(room.lines)
    assert all(any(role in room.asked(name) for name in room.lines) for role in room.roles)


def test_nobody_can_pay_for_all_alone(room):
    prices = sum(line["price"] for line in room.lines.values())
    assert all(role["budget"] < prices for role in room.roles.values())


def test_every_role_has_a_figure_that_the_simulation_tells(room):
    known = {"contribution", "budget_left", *FIGURE}
    assert {role["figure"] for role in room.roles.values()} <= known
    for role in room.roles.values():
        assert {"What you fear", "Your budget", "What you are paid for"} <= {
            part["head"] for part in role["sheet"]
        }


@pytest.mark.parametrize("missing", ["money", "yes"])
def test_a_line_lies_where_money_or_a_yes_is_missing(room, missing):
    moves = agreed(room, recognition=1)
    if missing == "money":
        moves["managing_director"]["pays"] = {"recognition": 0.4}
    else:
        moves["stores"]["yes"] = []
    told = room.board(moves)["recognition"]
    assert told["wanted"] and not told["in_plan"]
    assert room.plan(moves) == room.start
    assert room.board(agreed(room, recognition=1))["recognition"]["in_plan"]


def test_several_may_pay_for_one_line_and_twice_the_price_buys_two_steps(room):
    moves = agreed(room, measurement=1)
    moves["stores"]["pays"]["measurement"] = 0.2
    assert room.board(moves)["measurement"]["steps"] == 2
    assert room.plan(moves).measurement == room.start.measurement + 2 * STEP


def test_nothing_rises_above_what_there_is(room):
    moves = agreed(room, measurement=50, staff=50)
    assert room.plan(moves).measurement == 3.0
    assert room.plan(moves).staff == max(DIALS["staff"].values)


def test_a_value_needs_somebody_who_sets_it_and_all_yes(room):
    assert room.plan(agreed(room, newsletters=3)).newsletters == 3
    moves = agreed(room, brand=0.6)
    moves["managing_director"]["yes"] = []
    assert room.plan(moves).brand == room.start.brand
    moves = agreed(room, fee=0)
    moves["web_shop"]["sets"] = {}
    assert room.plan(moves).fee == room.start.fee


def test_nothing_is_picked_up_where_nothing_is_taken_back(room):
    assert room.plan(agreed(room, store=1)).returns == "store"
    assert room.plan(agreed(room, store=1, pickup=1)).returns == "pickup"
    assert room.plan(agreed(room, pickup=1)).returns == room.start.returns


def test_marketing_alone_is_what_it_pays_for_whoever_says_no(room):
    moves = {role: dict(NOTHING) for role in room.roles}
    moves[ALONE] = {"pays": {"communication": 1.0}, "yes": [], "sets": {"newsletters": 5}}
    moves["web_shop"] = {"pays": {"analysis": 0.4}, "yes": [], "sets": {}}
    alone = room.alone(moves)
    assert alone.communication == room.start.communication + 2 * STEP and alone.newsletters == 5
    assert alone.analysis == room.start.analysis and room.plan(moves) == room.start


@pytest.mark.parametrize(
    ("role", "told", "what"),
    [
        ("stores", NOTHING | {"pays": {"recognition": 0.7}}, "budget"),
        ("stores", NOTHING | {"pays": {"recognition": -1}}, "amount"),
        ("stores", NOTHING | {"pays": {"recognition": True}}, "amount"),
        ("stores", NOTHING | {"pays": {"recognition": float("nan")}}, "amount"),
        ("stores", NOTHING | {"pays": {"store": 0.1}}, "price"),
        ("stores", NOTHING | {"yes": ["analysis"]}, "yes"),
        ("stores", NOTHING | {"yes": [["store"]]}, "yes"),
        ("stores", NOTHING | {"sets": {"newsletters": 7}}, "own"),
        ("marketing", NOTHING | {"sets": {"newsletters": 100}}, "newsletters"),
        ("marketing", NOTHING | {"sets": {"newsletters": [1]}}, "newsletters"),
        ("marketing", {"pays": {}}, "pays, yes and sets"),
        ("marketing", None, "pays, yes and sets"),
        ("marketing", {"pays": [], "yes": [], "sets": {}}, "amounts"),
    ],
)
def test_what_a_role_may_not_do_is_refused_in_one_line(room, role, told, what):
    with pytest.raises(Refused, match=what) as refused:
        room.move(talking(), {}, role, told)
    assert "\n" not in str(refused.value)


LINES = st.sampled_from(["recognition", "staff", "newsletters", "fee", "store", "x"])
ANY = st.none() | st.booleans() | st.integers(-2, 9) | st.floats() | st.text(max_size=3)


@given(
    pays=st.dictionaries(LINES, ANY) | ANY,
    yes=st.lists(LINES | ANY) | ANY,
    sets=st.dictionaries(LINES, ANY) | ANY,
    role=st.sampled_from(["managing_director", "stores", "marketing", "service"]),
)
def test_whatever_is_sent_is_a_move_within_the_budget_or_refused(room, pays, yes, sets, role):
    try:
        move = room.move(talking(), {}, role, {"pays": pays, "yes": yes, "sets": sets})
    except Refused:
        return
    assert sum(move["pays"].values()) <= room.roles[role]["budget"] + 0.011
    assert all(role in room.asked(name) for name in (*move["yes"], *move["sets"]))
    room.plan(dict.fromkeys(room.roles, NOTHING) | {role: move})
    json.dumps(move, allow_nan=False)


def test_what_was_said_stands_until_it_is_said_anew(room):
    moves = as_kept(agreed(room, measurement=1))
    assert room.plan(room.moves_of(moves, 2)).measurement > room.start.measurement
    moves["managing_director", 2] = NOTHING
    assert room.plan(room.moves_of(moves, 2)) == room.start
    assert room.plan(room.moves_of(moves, 1)).measurement > room.start.measurement


def test_the_leader_goes_through_three_rounds_the_card_and_every_question(room):
    state, passed = room.begin({}), []
    while (after := room.next(state)) != state:
        passed.append(state["phase"])
        state = after
    assert passed[: 2 * ROUNDS + 1] == [TALKING, LIVED] * ROUNDS + [TARGETS]
    assert state["phase"] == DEBRIEFING and state["ask"] == len(room.questions) - 1


def test_the_card_changes_what_people_are_paid_for_and_nothing_else(room):
    moves = as_kept(agreed(room, measurement=1, store=1, newsletters=2), 3)
    companies = room.companies({"round": 3, "phase": TARGETS, "ask": 0}, moves)
    signed, card = companies["round 3"], companies["card"]
    assert card.bonus == BONUS != signed.bonus
    assert card.model_copy(update={"bonus": signed.bonus}) == signed
    seen = room.view({"round": 3, "phase": TARGETS, "ask": 0}, moves, None, by_bonus)
    assert seen["by_card"]["net_revenue"] == pytest.approx([1.0] * 3)


def test_a_plan_is_told_beside_the_company_at_the_start_and_role_by_role(room):
    moves = as_kept(agreed(room, measurement=1))
    seen = room.view({"round": 1, "phase": LIVED, "ask": 0}, moves, "stores", by_bonus)
    found = seen["found"]["round 1"]
    assert {name: found[name][0] for name in SHOWN} == dict.fromkeys(SHOWN, pytest.approx(STEP))
    assert found["roles"]["stores"][0] == pytest.approx(-STEP)
    assert found["roles"]["managing_director"][0] == pytest.approx(STEP)
    assert seen["found"]["alone"]["net_revenue"] == pytest.approx([0.0] * 3)
    left = {plan: told["managing_director"] for plan, told in seen["left_over"].items()}
    assert left == {"alone": 1.0, "round 1": pytest.approx(0.8)}
    assert seen["move"] == moves["stores", 1]


def test_no_plan_is_told_before_its_round_is_closed(room):
    moves = as_kept(agreed(room, measurement=1))
    seen = room.view(talking(), moves, "stores", by_bonus)
    assert seen["found"] == {} and seen["left_over"] == {}
    assert {run.choices for _, run in room.replays(talking(), moves)} == {room.start}


def test_departments_ledgers_are_told_of_a_year_that_is_over_as_the_bonus_counts_them(room):
    def ledgers(bonus: str) -> dict:
        replays = Replays(SMALL, None, None)
        run = Run(room.start.model_copy(update={"returns": "store", "bonus": bonus}), 1)
        while not (reached := replays.live_on(run, 0.0)).done:
            assert reached.told is None or "ledgers" not in reached.told
        return reached.told["ledgers"]

    by_channel, by_customer = ledgers("channel"), ledgers(BONUS)
    assert set(FIGURE.values()) <= set(by_channel)
    assert by_channel["service"] < 0  # it costs
    assert by_channel["stores"] != by_customer["stores"]
