"""What the two games of a room have in common: sides, rounds, moves, and what is replayed of them.

A side is a team or a role. In each round it makes one move, which the next replaces. The leader
closes the round, the moves become companies, and those are replayed. A game keeps no state of its
own: it is told the room's and all moves, so that a room survives whatever ends the server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from sim.language import marked
from sim.page.order import Living
from sim.page.replays import Replay

State = dict[str, Any]  # of a room's game, plain data
Moves = Mapping[tuple[str, int], Any]  # by side and round, plain data
Look = Callable[[Replay], Living]


class Refused(ValueError):
    """What was asked for is not allowed, in one line: a text, and values for its places."""

    def __init__(self, text: str, **values: Any) -> None:
        super().__init__(text.format(**values) if values else text)
        self.text, self.values = text, values


class Play(Protocol):
    """A game."""

    def begin(self, told: dict[str, Any]) -> State:
        """The state at the beginning, as the leader wants it. Raises Refused."""

    def sides(self, state: State) -> tuple[str, ...]:
        """Who may play: keys of teams or roles."""

    def next(self, state: State) -> State:
        """The state after the leader goes on."""

    def move(self, state: State, moves: Moves, side: str, told: Any) -> Any:
        """The move that a side wants to make, checked. Raises Refused."""

    def replays(self, state: State, moves: Moves) -> Iterator[tuple[int, Replay]]:
        """What is to be replayed by now, each with its place in the order."""

    def view(self, state: State, moves: Moves, side: str | None, look: Look) -> dict[str, Any]:
        """What a side sees, or the leader (None)."""


def one_of(name: str, value: Any, allowed: Any) -> Any:
    """The value, if it is one of those allowed. Raises Refused."""
    if isinstance(value, (str, int)) and not isinstance(value, bool) and value in allowed:
        return value
    raise Refused(
        marked("{name} must be one of {allowed}"), name=name, allowed=", ".join(map(str, allowed))
    )
