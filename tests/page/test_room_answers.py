"""Rooms: everybody answers alone, nobody sees an answer before it is revealed, nothing is lost."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.page import rooms as module
from sim.page.rooms import ALPHABET, CODE_LENGTH, KEEP_DAYS, Refused, Rooms, agreement
from sim.settings.strategy import DISCIPLINES

QUESTIONS = dict.fromkeys(DISCIPLINES, 3)
KEPT = {"figure": "kept", "segment": "all", "choices": "returns=mail"}


@pytest.fixture
def rooms(tmp_path):
    made = Rooms(tmp_path, QUESTIONS)
    yield made
    made.close()


def guessing(rooms, members=3):
    leader, _ = rooms.open()
    seats = [rooms.join(leader.code)[0] for _ in range(members)]
    rooms.lead(leader, {"lead": "begin", "activity": "predict", "question": KEPT})
    return leader, seats


def test_a_code_is_long_drawn_anew_and_told_apart_when_read_aloud(rooms):
    codes = {rooms.open()[0].code for _ in range(50)}
    assert len(codes) == 50 and len(ALPHABET) ** CODE_LENGTH > 10**12
    assert all(set(code) <= set(ALPHABET) and len(code) == CODE_LENGTH for code in codes)
    assert not set("IO01") & set(ALPHABET)


def test_nobody_sees_a_guess_before_it_is_revealed_not_even_the_leader(rooms):
    leader, seats = guessing(rooms)
    for guess, seat in zip((80, 95.5, 110), seats, strict=True):
        rooms.answer(seat, guess)
    for seat in (leader, *seats):
        seen = rooms.view(seat)
        assert "said" not in seen and seen["answered"] == 3
    assert rooms.view(seats[1])["mine"] == 95.5 and rooms.view(leader)["mine"] is None
    rooms.lead(leader, {"lead": "revealed", "on": True})
    assert rooms.view(seats[0])["said"] == [80.0, 95.5, 110.0]
    rooms.lead(leader, {"lead": "revealed", "on": False})
    assert "said" not in rooms.view(seats[0])


def test_one_room_never_sees_anothers(rooms):
    (one, ours), (two, theirs) = guessing(rooms), guessing(rooms)
    rooms.answer(ours[0], 1)
    rooms.answer(theirs[0], 2)
    for leader in (one, two):
        rooms.lead(leader, {"lead": "revealed", "on": True})
    assert rooms.view(one)["said"] == [1.0] and rooms.view(two)["said"] == [2.0]


def test_a_later_guess_replaces_an_earlier_one_and_none_counts_after_the_reveal(rooms):
    leader, (seat, *_) = guessing(rooms)
    rooms.answer(seat, 70)
    rooms.answer(seat, 71)
    rooms.lead(leader, {"lead": "revealed", "on": True})
    assert rooms.view(leader)["said"] == [71.0]
    with pytest.raises(Refused, match="revealed"):
        rooms.answer(seat, 105)


def test_a_new_question_begins_without_the_old_answers(rooms):
    leader, (seat, *_) = guessing(rooms)
    rooms.answer(seat, 70)
    rooms.lead(leader, {"lead": "begin", "activity": "predict", "question": KEPT})
    assert rooms.view(leader)["answered"] == 0


def test_only_who_opened_the_room_leads_it(rooms):
    leader, (seat, *_) = guessing(rooms)
    for told in ({"lead": "revealed", "on": True}, {"lead": "paused", "on": True}):
        with pytest.raises(Refused, match="only who opened"):
            rooms.lead(seat, told)
    assert not rooms.view(leader)["revealed"]


def test_a_paused_room_takes_no_answers(rooms):
    leader, (seat, *_) = guessing(rooms)
    rooms.lead(leader, {"lead": "paused", "on": True})
    with pytest.raises(Refused, match="paused"):
        rooms.answer(seat, 5)


def test_everything_is_there_after_a_restart_and_each_is_known_by_his_token(tmp_path):
    before = Rooms(tmp_path, QUESTIONS)
    leader, leads = before.open()
    seat, token = before.join(leader.code)
    before.lead(leader, {"lead": "begin", "activity": "predict", "question": KEPT})
    before.answer(seat, 90)
    seen = before.view(seat)
    before.close()
    after = Rooms(tmp_path, QUESTIONS)
    again, same = after.join(leader.code.lower() + " ", token)
    assert same == token and after.view(again) == seen
    assert after.join(leader.code, leads)[0].leads
    stranger, _ = after.join(leader.code, "x" * 32)
    assert not stranger.leads and after.view(stranger)["mine"] is None
    after.close()


def test_no_token_can_be_read_from_the_file(tmp_path):
    rooms = Rooms(tmp_path, QUESTIONS)
    leader, leads = rooms.open()
    _, token = rooms.join(leader.code)
    rooms.close()
    with sqlite3.connect(tmp_path / "rooms.sqlite") as file:
        dump = "\n".join(file.iterdump())
    assert leads not in dump and token not in dump


def test_rooms_that_nobody_has_used_for_two_months_are_gone_with_their_answers(tmp_path):
    now = [0.0]
    rooms = Rooms(tmp_path, QUESTIONS, clock=lambda: now[0])
    old, _ = guessing(rooms)
    rooms.close()
    now[0] = (KEEP_DAYS + 1) * 86_400.0
    later = Rooms(tmp_path, QUESTIONS, clock=lambda: now[0])
    with pytest.raises(Refused, match="no such room"):
        later.join(old.code)
    assert later._one("SELECT count(*) FROM members")[0] == 0
    later.close()


def test_rooms_and_their_members_are_limited(rooms, monkeypatch):
    monkeypatch.setattr(module, "MOST_ROOMS", 2)
    monkeypatch.setattr(module, "MOST_MEMBERS", 1)
    leader, _ = rooms.open()
    rooms.open()
    with pytest.raises(Refused, match="too many rooms"):
        rooms.open()
    _, token = rooms.join(leader.code)
    with pytest.raises(Refused, match="full"):
        rooms.join(leader.code)
    assert rooms.join(leader.code, token)[1] == token, "who is in comes back in"


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
)


@given(
    told=st.dictionaries(st.sampled_from(["lead", "activity", "question", "on", "seconds"]), ODD)
)
def test_whatever_a_leader_sends_is_done_or_refused(told):
    rooms = Rooms(None, QUESTIONS)
    leader, _ = rooms.open()
    try:
        rooms.lead(leader, told)
    except Refused as problem:
        assert "\n" not in str(problem)
    rooms.view(leader)
    rooms.close()


@given(code=ODD, token=ODD, answer=ODD)
def test_whatever_a_member_sends_is_done_or_refused(code, token, answer):
    rooms = Rooms(None, QUESTIONS)
    leader, (seat, *_) = guessing(rooms, 1)
    for activity in ("predict", "assess", "none"):
        rooms.lead(leader, {"lead": "begin", "activity": activity, "question": KEPT})
        for do in (lambda: rooms.answer(seat, answer), lambda: rooms.join(code, token)):
            try:
                do()
            except Refused as problem:
                assert "\n" not in str(problem)
        rooms.lead(leader, {"lead": "revealed", "on": True})
        rooms.view(leader)
    rooms.close()


def test_people_of_one_company_see_their_mean_and_where_they_disagree():
    one = {f"{d}-{k}": 0 for d in DISCIPLINES for k in range(3)}
    other = one | {"analysis-0": 2, "analysis-1": 2, "analysis-2": 2, "collection-0": 1}
    said = agreement([one, other], QUESTIONS)
    assert said["people"] == 2
    assert said["levels"]["analysis"] == {"mean": 1.5, "each": [0.5, 2.5]}
    assert said["levels"]["recognition"]["mean"] == 0.5
    assert said["questions"]["analysis-0"] == {"counts": [1, 0, 1], "spread": 1.0}
    assert said["questions"]["collection-0"]["spread"] == 0.5
    assert said["questions"]["recognition-0"]["spread"] == 0.0


def test_a_question_left_out_counts_for_nothing():
    said = agreement([{"analysis-0": 2}, {}], QUESTIONS)
    assert said["levels"]["analysis"] == {"mean": 2.5, "each": [2.5]}
    assert said["levels"]["collection"] == {"mean": None, "each": []}
