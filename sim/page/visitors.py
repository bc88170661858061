"""Visitors: one open page each, what it looks at, and the pictures it is sent.

A message names choices; from then on the visitor is sent a picture whenever there is something new
in it, at most a few a second, until he chooses anew or leaves. Nobody is sent another's.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
import traceback
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sim.language import ENGLISH, checked, marked
from sim.page.choices import read
from sim.page.guard import MESSAGES_AT_ONCE, MESSAGES_PER_SECOND, MOST_BYTES, Allowance, from_here
from sim.page.order import Plans, Wish
from sim.page.play import Refused
from sim.page.pool import FAILED, Pool
from sim.page.replays import Replay
from sim.page.rooms import Rooms, Seat

MOST_VISITORS = 300
WRONG_CODES = (0.1, 20.0)  # of one address: in the long run a second, and at once
PAUSE_EACH_SECONDS = 0.02  # the same, for each who is here
PAUSE_SECONDS = 0.2  # between two pictures to one visitor
REFUSED, BUSY = 1008, 1013  # WebSocket: policy violation, try again later


class Visitor:
    """One open page."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket, self.name = socket, secrets.token_hex(8)
        self.allowance = Allowance(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE)
        self.wish: Wish | None = None
        self.runs: frozenset[Replay] = frozenset()
        self.news = asyncio.Event()
        self.told: Any = None  # the last picture sent
        self.seat: Seat | None = None  # in a room
        self.room_news = False


class Visitors:
    """Everybody who has the page open."""

    def __init__(
        self, pool: Pool, rooms: Rooms, groups: list[str], customers: tuple[str, ...]
    ) -> None:
        self.pool, self.rooms, self.groups, self.customers = pool, rooms, groups, customers
        self.here: dict[str, Visitor] = {}
        self.wrong_codes: dict[str, Allowance] = {}  # by address
        self.played: dict[str, frozenset[Replay]] = {}  # in rooms' games, by code

    def hear(self, run: Replay) -> None:
        """There is something new of a replay."""
        for visitor in self.here.values():
            if run in visitor.runs:
                visitor.news.set()
        for code, runs in self.played.items():
            if run in runs and self.pool.state(run).over:
                self._tell_room(code)

    async def receive(self, socket: WebSocket) -> None:
        """Serve one visitor until he leaves."""
        await socket.accept()
        if not from_here(socket.headers) or len(self.here) >= MOST_VISITORS:
            await socket.close(BUSY if from_here(socket.headers) else REFUSED)
            return
        visitor = Visitor(socket)
        self.here[visitor.name] = visitor
        sending = asyncio.create_task(self._send(visitor))
        try:
            while True:
                await self._answer(visitor, await socket.receive_text())
        except (WebSocketDisconnect, KeyError):  # gone; KeyError: bytes where text is spoken
            pass
        finally:
            sending.cancel()
            del self.here[visitor.name]
            self.pool.wish(visitor.name, None)
            if visitor.seat:
                self._play(visitor.seat.code)
                self._tell_room(visitor.seat.code)
            with contextlib.suppress(RuntimeError):  # closed already
                await socket.close()

    async def _answer(self, visitor: Visitor, text: str) -> None:
        if len(text) > MOST_BYTES or not visitor.allowance.take():
            await self._say(visitor, {"slower": True})
            return
        try:
            message = json.loads(text)
            if isinstance(message, dict) and set(message) == {"room"}:
                await self._in_room(visitor, message["room"])
            else:
                self._look(visitor, self._wish(message))
        except Refused as problem:
            await self._say(visitor, {"refused": problem.text[:200], "values": problem.values})
        except (ValueError, RecursionError) as problem:
            said = str(problem)[:200]
            if isinstance(problem, json.JSONDecodeError):
                said = marked("not understood")
            await self._say(visitor, {"refused": said})

    def _look(self, visitor: Visitor, wish: Wish) -> None:
        visitor.wish, visitor.told = wish, None
        visitor.runs = frozenset(run for _, run in wish.runs(self.pool.seeds))
        self.pool.wish(visitor.name, wish)
        visitor.news.set()

    def _wish(self, message: Any) -> Wish:
        """What a message asks for. Raises ValueError."""
        if not isinstance(message, dict) or not isinstance(message.get("look"), dict):
            raise ValueError("a message must be {look: {choices}}")
        if set(message) - {"look", "why", "tale", "language"}:
            raise ValueError("beside look there may be why, tale and language")
        if not isinstance(message.get("why", False), bool):
            raise ValueError("why must be true or false")
        if message.get("tale", "") not in ("", *self.customers):
            raise ValueError(f"tale must be of one of {', '.join(self.customers)}")
        groups = tuple(self.groups) if message.get("why") else ()
        language = checked(message.get("language", ENGLISH))
        choices, now = read(message["look"]), time.monotonic()
        return Wish(choices, now, groups, message.get("tale", ""), language)

    async def _in_room(self, visitor: Visitor, told: Any) -> None:
        """Open a room, join it, lead it, answer in it, leave it. Raises Refused."""
        if not isinstance(told, dict):
            raise Refused("a room must be told what to do")
        before = visitor.seat
        if told.get("do") in ("open", "join"):
            visitor.seat, token = self._seated(visitor, told)
            await self._say(visitor, {"seat": {"code": visitor.seat.code, "token": token}})
        elif told.get("do") == "leave":
            visitor.seat = None
            await self._say(visitor, {"room": None})
        elif visitor.seat is None:
            raise Refused("this page is in no room")
        elif told.get("do") == "lead":
            self.rooms.lead(visitor.seat, told)
        elif told.get("do") == "answer":
            self.rooms.answer(visitor.seat, told.get("answer"))
        else:
            raise Refused("in a room one can open, join, lead, answer and leave")
        for code in {seat.code for seat in (before, visitor.seat) if seat}:
            self._play(code)
            self._tell_room(code)

    def _seated(self, visitor: Visitor, told: dict[str, Any]) -> tuple[Seat, str]:
        if told["do"] == "open":
            return self.rooms.open()
        address = visitor.socket.client.host if visitor.socket.client else ""
        if len(self.wrong_codes) > MOST_VISITORS:
            self.wrong_codes.clear()
        wrong = self.wrong_codes.setdefault(address, Allowance(*WRONG_CODES))
        if wrong.is_spent():
            raise Refused("too many wrong codes: wait a little")
        try:
            return self.rooms.join(told.get("code"), told.get("token"))
        except Refused:
            wrong.take()
            raise

    def _play(self, code: str) -> None:
        """What the room's game needs is replayed, as long as somebody is there."""
        wanted = self.rooms.replays(code) if self._in(code) else []
        runs = frozenset(run for _, run in wanted)
        if runs != self.played.get(code, frozenset()):
            self.pool.wish(f"room {code}", Plans(tuple(wanted), time.monotonic()) if runs else None)
            self.played[code] = runs
        if not runs:
            self.played.pop(code, None)

    def _in(self, code: str) -> list[Visitor]:
        """Who is in the room just now."""
        return [other for other in self.here.values() if other.seat and other.seat.code == code]

    def _tell_room(self, code: str) -> None:
        """Everybody in the room is told what is new there."""
        for other in self._in(code):
            other.room_news = True
            other.news.set()

    def _room(self, seat: Seat) -> dict[str, Any]:
        """What somebody sees of his room, and how many are there with him."""
        people = {other.seat.token for other in self._in(seat.code) if not other.seat.leads}
        return self.rooms.view(seat, self.pool.state) | {"members": len(people)}

    async def _send(self, visitor: Visitor) -> None:
        while True:
            await visitor.news.wait()
            visitor.news.clear()
            try:
                await self._tell(visitor)
            except Exception:  # a fault in one picture is no reason to send no others
                self.pool.note(traceback.format_exc())
                await self._say(visitor, {"refused": FAILED})
            await asyncio.sleep(max(PAUSE_SECONDS, PAUSE_EACH_SECONDS * len(self.here)))

    async def _tell(self, visitor: Visitor) -> None:
        """What is new in his room, and in what he looks at."""
        if visitor.room_news and visitor.seat:
            visitor.room_news = False
            await self._say(visitor, {"room": self._room(visitor.seat)})
        if visitor.wish is None:
            return
        found = self.pool.picture(visitor.wish)
        if found != visitor.told:
            visitor.told = found
            await self._say(visitor, {"picture": found})

    async def _say(self, visitor: Visitor, message: dict[str, Any]) -> None:
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):  # he has just left
            await visitor.socket.send_text(json.dumps(message, allow_nan=False))
