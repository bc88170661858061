"""Rooms: people of one workshop who answer alone and then see what all of them said, or who play.

Whoever opens a room leads it; the others come in by its code. The leader says what is being done
(everybody assesses the company, or guesses a figure), and reveals it. Until then nobody, the leader
included, sees anything but how many have answered. In a game everybody takes a side, whose moves
are seen as its rules say. Nothing about a person is kept: no names, and of the tokens by which a
browser is known again only a hash. Rooms lie in a file, so that they survive a reload of the page
and a restart of the server.
"""

from __future__ import annotations

import hashlib
import json
import math
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, pstdev
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

from sim.page.choices import read
from sim.page.figures import FIGURES, SEGMENTS
from sim.page.play import Look, Moves, Play, Refused, one_of
from sim.page.replays import Replay

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1: codes are read aloud
CODE_LENGTH = 8
MOST_ROOMS, MOST_MEMBERS = 300, 250
KEEP_DAYS = 60  # since anybody was there
ACTIVITIES = ("none", "assess", "predict")
LONGEST_TIMER_SECONDS = 3600
FARTHEST = 1e7  # a guess
SCHEMA = """
CREATE TABLE IF NOT EXISTS rooms (
    code TEXT PRIMARY KEY, leader TEXT NOT NULL, state TEXT NOT NULL, used REAL NOT NULL);
CREATE TABLE IF NOT EXISTS members (
    room TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE, token TEXT NOT NULL,
    PRIMARY KEY (room, token));
CREATE TABLE IF NOT EXISTS answers (
    room TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE, token TEXT NOT NULL,
    step INTEGER NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (room, token, step));
CREATE TABLE IF NOT EXISTS sides (
    room TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE, token TEXT NOT NULL,
    step INTEGER NOT NULL, side TEXT NOT NULL, PRIMARY KEY (room, token, step));
CREATE TABLE IF NOT EXISTS moves (
    room TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE, side TEXT NOT NULL,
    step INTEGER NOT NULL, round INTEGER NOT NULL, move TEXT NOT NULL,
    PRIMARY KEY (room, side, step, round));
"""
BEGINNING: dict[str, Any] = {
    "activity": "none",
    "step": 0,  # grows with each new question or game
    "question": None,
    "play": None,  # the state of a game
    "revealed": False,
    "paused": False,
    "ends": None,  # of the timer, seconds since 1970
}


@dataclass(frozen=True)
class Seat:
    """Who somebody is in a room."""

    code: str
    token: str  # hashed
    leads: bool


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Rooms:
    """All rooms there are. ``questions``: how many the self-assessment has of each discipline;
    ``plays``: the games by name."""

    def __init__(
        self,
        folder: Path | None,
        questions: dict[str, int],
        plays: Mapping[str, Play] = MappingProxyType({}),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.questions, self.plays, self.clock = questions, plays, clock
        self._lock = threading.Lock()
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        place = ":memory:" if folder is None else str(folder / "rooms.sqlite")
        self._file = sqlite3.connect(place, check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA foreign_keys=ON")
        self._file.executescript(SCHEMA)
        oldest = self.clock() - KEEP_DAYS * 86_400
        self._file.execute("DELETE FROM rooms WHERE used < ?", (oldest,))

    def close(self) -> None:
        with self._lock:
            self._file.close()

    # ---- coming in -----------------------------------------------------------------------------

    def open(self) -> tuple[Seat, str]:
        """A new room, and the token of who leads it. Raises Refused where there are too many."""
        with self._lock:
            if self._one("SELECT count(*) FROM rooms")[0] >= MOST_ROOMS:
                raise Refused("there are too many rooms")
            code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
            token = secrets.token_urlsafe(24)
            row = (code, hashed(token), json.dumps(BEGINNING), self.clock())
            self._file.execute("INSERT INTO rooms VALUES (?, ?, ?, ?)", row)
        return Seat(code, hashed(token), leads=True), token

    def join(self, code: Any, token: Any = None) -> tuple[Seat, str]:
        """A seat in a room: anew, or the one that the token stands for. Raises Refused."""
        if not isinstance(code, str) or not isinstance(token, (str, type(None))):
            raise Refused("a room is joined by its code")
        code = code.strip().upper()
        with self._lock:
            room = self._one("SELECT leader FROM rooms WHERE code = ?", (code,))
            if room is None:
                raise Refused("there is no such room")
            self._file.execute("UPDATE rooms SET used = ? WHERE code = ?", (self.clock(), code))
            if token and hashed(token) == room[0]:
                return Seat(code, room[0], leads=True), token
            known = token and self._one(
                "SELECT 1 FROM members WHERE room = ? AND token = ?", (code, hashed(token))
            )
            if not known:
                here = self._one("SELECT count(*) FROM members WHERE room = ?", (code,))[0]
                if here >= MOST_MEMBERS:
                    raise Refused("the room is full")
                token = secrets.token_urlsafe(24)
                self._file.execute("INSERT INTO members VALUES (?, ?)", (code, hashed(token)))
            return Seat(code, hashed(token), leads=False), token

    # ---- leading -------------------------------------------------------------------------------

    def lead(self, seat: Seat, told: dict[str, Any]) -> None:
        """The leader begins an activity, goes on in a game, reveals or hides, pauses, sets a timer.
        Raises Refused."""
        if not seat.leads:
            raise Refused("only who opened the room can do that")
        with self._lock:
            state = self._state(seat.code)
            what = told.get("lead")
            if what == "begin":
                state |= BEGINNING | {"step": state["step"] + 1, "paused": state["paused"]}
                activities = (*ACTIVITIES, *self.plays)
                state["activity"] = one_of("an activity", told.get("activity"), activities)
                if state["activity"] == "predict":
                    state["question"] = question(told.get("question"))
                if state["activity"] in self.plays:
                    state["play"] = self.plays[state["activity"]].begin(told)
            elif what == "next" and state["play"]:
                state["play"] = self.plays[state["activity"]].next(state["play"])
                state["ends"] = None
            elif what in ("revealed", "paused") and isinstance(told.get("on"), bool):
                state[what] = told["on"]
            elif what == "timer":
                seconds = told.get("seconds")
                if not isinstance(seconds, int) or not 0 <= seconds <= LONGEST_TIMER_SECONDS:
                    raise Refused("a timer must be 0 to {n} seconds", n=LONGEST_TIMER_SECONDS)
                state["ends"] = self.clock() + seconds if seconds else None
            else:
                raise Refused("a leader can begin, go on, reveal, pause or set the timer")
            self._file.execute(
                "UPDATE rooms SET state = ?, used = ? WHERE code = ?",
                (json.dumps(state), self.clock(), seat.code),
            )

    # ---- answering -----------------------------------------------------------------------------

    def answer(self, seat: Seat, told: Any) -> None:
        """One member's answer to what is asked; a later one replaces it. Raises Refused."""
        with self._lock:
            state = self._state(seat.code)
            if state["paused"]:
                raise Refused("the room is paused")
            if state["activity"] == "predict":
                if state["revealed"]:
                    raise Refused("the answer has been revealed")
                kept: Any = guess(told)
            elif state["activity"] == "assess":
                kept = self._assessed(told)
            elif state["play"]:
                self._played(seat, state, told)
                return
            else:
                raise Refused("nothing is asked just now")
            self._file.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)",
                (seat.code, seat.token, state["step"], json.dumps(kept)),
            )

    def _played(self, seat: Seat, state: dict[str, Any], told: Any) -> None:
        """Take a side, or make its move. Raises Refused."""
        play, step = self.plays[state["activity"]], state["step"]
        if seat.leads or not isinstance(told, dict) or len(told) != 1:
            raise Refused("a player takes a side, or makes its move")
        mine = self._side(seat, step)
        if "side" in told:
            side = one_of("a side", told["side"], play.sides(state["play"]))
            if mine not in (None, side) and state["play"]["round"] > 1:
                raise Refused("one stays on the side that one has taken")
            row = (seat.code, seat.token, step, side)
            self._file.execute("INSERT OR REPLACE INTO sides VALUES (?, ?, ?, ?)", row)
            return
        if mine is None:
            raise Refused("take a side first")
        move = play.move(state["play"], self._moves(seat.code, step), mine, told.get("move"))
        made = (seat.code, mine, step, state["play"]["round"], json.dumps(move))
        self._file.execute("INSERT OR REPLACE INTO moves VALUES (?, ?, ?, ?, ?)", made)

    def _side(self, seat: Seat, step: int) -> str | None:
        query = "SELECT side FROM sides WHERE room = ? AND token = ? AND step = ?"
        row = self._one(query, (seat.code, seat.token, step))
        return row and row[0]

    def _moves(self, code: str, step: int) -> Moves:
        query = "SELECT side, round, move FROM moves WHERE room = ? AND step = ?"
        rows = self._file.execute(query, (code, step)).fetchall()
        return {(side, k): json.loads(move) for side, k, move in rows}

    def _assessed(self, told: Any) -> dict[str, int]:
        """Bands 0-2 by question; who leaves some out is heard on the others."""
        names = {f"{d}-{k}" for d, n in self.questions.items() for k in range(n)}
        if not isinstance(told, dict) or not set(told) <= names:
            raise Refused("an assessment must answer its questions")
        if not all(type(band) is int and 0 <= band <= 2 for band in told.values()):
            raise Refused("an answer must be 0, 1 or 2")
        return told

    # ---- looking -------------------------------------------------------------------------------

    def replays(self, code: str) -> list[tuple[int, Replay]]:
        """What the room's game needs replayed, each with its place in the order."""
        with self._lock:
            try:
                state = self._state(code)
            except Refused:
                return []
            if not state["play"]:
                return []
            moves = self._moves(code, state["step"])
        return list(self.plays[state["activity"]].replays(state["play"], moves))

    def view(self, seat: Seat, look: Look | None = None) -> dict[str, Any]:
        """What this seat sees of its room: nobody sees answers before they are revealed.
        ``look``: how far a replay has come, for the games."""
        with self._lock:
            state = self._state(seat.code)
            members = self._one("SELECT count(*) FROM members WHERE room = ?", (seat.code,))[0]
            rows = self._file.execute(
                "SELECT token, answer FROM answers WHERE room = ? AND step = ?",
                (seat.code, state["step"]),
            ).fetchall()
            side = self._side(seat, state["step"]) if state["play"] else None
            moves = self._moves(seat.code, state["step"]) if state["play"] else {}
            taken = self._taken(seat.code, state["step"]) if state["play"] else {}
        answers = {token: json.loads(answer) for token, answer in rows}
        seen = {"code": seat.code, "leads": seat.leads, "members": members} | state
        seen |= {"answered": len(answers), "mine": answers.get(seat.token)}
        if state["play"] and look is not None:
            play = self.plays[state["activity"]]
            seen["sides"] = {name: taken.get(name, 0) for name in play.sides(state["play"])}
            seen["side"] = side
            if side is not None or seat.leads:
                seen["game"] = play.view(state["play"], moves, side, look)
        if state["revealed"]:
            seen["said"] = self._said(state["activity"], list(answers.values()))
        return seen

    def _taken(self, code: str, step: int) -> dict[str, int]:
        """How many people have taken each side."""
        query = "SELECT side, count(*) FROM sides WHERE room = ? AND step = ? GROUP BY side"
        return dict(self._file.execute(query, (code, step)).fetchall())

    def _said(self, activity: str, answers: list[Any]) -> Any:
        if activity == "predict":
            return sorted(answers)
        if activity == "assess":
            return agreement(answers, self.questions)
        return None

    def _state(self, code: str) -> dict[str, Any]:
        row = self._one("SELECT state FROM rooms WHERE code = ?", (code,))
        if row is None:
            raise Refused("there is no such room")
        return json.loads(row[0])

    def _one(self, query: str, values: tuple = ()) -> Any:
        return self._file.execute(query, values).fetchone()


def question(told: Any) -> dict[str, Any]:
    """What is to be guessed: a figure of the page, of the choices that a link names. Raises
    Refused."""
    if not isinstance(told, dict) or set(told) != {"figure", "segment", "choices"}:
        raise Refused("a question must have figure, segment and choices")
    if told["figure"] not in (*FIGURES, "kept") or told["segment"] not in SEGMENTS:
        raise Refused("a question must be of one of the page's figures")
    if not isinstance(told["choices"], str):
        raise Refused("choices must be those of a link")
    try:
        return told | {"choices": read(dict(parse_qsl(told["choices"]))).key}
    except ValueError as problem:
        raise Refused(str(problem)) from None


def guess(told: Any) -> float:
    """A guessed number. Raises Refused."""
    if type(told) not in (int, float) or not math.isfinite(told) or abs(told) > FARTHEST:
        raise Refused("a guess must be a number")
    return float(told)


def agreement(answers: list[dict[str, int]], questions: dict[str, int]) -> dict[str, Any]:
    """Where people stand and where they disagree.

    ``levels``: by discipline the mean level (a band counts as its middle) and each one's own.
    ``questions``: by question how many chose each band, and the standard deviation over people.
    """
    levels, told = {}, {}
    for discipline, n in questions.items():
        names = [f"{discipline}-{k}" for k in range(n)]
        given = [[answer[name] + 0.5 for name in names if name in answer] for answer in answers]
        own = sorted(fmean(mine) for mine in given if mine)
        levels[discipline] = {"mean": fmean(own) if own else None, "each": own}
        for name in names:
            bands = [answer[name] for answer in answers if name in answer]
            counts = [bands.count(band) for band in range(3)]
            told[name] = {"counts": counts, "spread": pstdev(bands) if len(bands) > 1 else 0.0}
    return {"people": len(answers), "levels": levels, "questions": told}
