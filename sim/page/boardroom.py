"""The boardroom: six roles, each with a budget, a bonus and a fear, who negotiate one plan.

A line is in the plan if it is paid for and if those say yes whose people do the work. What a plan
brings is replayed beside the company at the start; each role's own figure is its department's, as
its bonus counts it. In the end the plan that was signed is replayed with one thing changed: what
people are paid for. Roles, lines, prices and texts are ``boardroom.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from sim.page.choices import DIALS, STEP, Choices, read
from sim.page.figures import Told
from sim.page.order import Living
from sim.page.pictures import gained
from sim.page.play import Look, Moves, Refused, State
from sim.page.replays import Replay, Run
from sim.page.script import script
from sim.settings.run import Settings
from sim.settings.strategy import DISCIPLINES, Strategy

ROUNDS = 3
WORLDS = 4
TALKING, LIVED, TARGETS, DEBRIEFING = "talking", "lived", "targets", "debriefing"
RETURN, PICKUP, STAFF = "store", "pickup", "staff"
SETS = tuple(name for name in DIALS if name != STAFF)  # lines that cost nothing: their value is set
ALONE = "marketing"  # whose lines are replayed by themselves, whoever says no
BONUS = "customer"  # what the card brings
MOST_PAID = 100.0  # m DKK, more than any budget
COIN = 0.01  # m DKK: what may be missing for rounding
SHOWN = ("net_revenue", "contribution", "coherent_share", "nps")
FIGURE = {  # of a role: the department whose ledger it is
    "stores": "stores",
    "web": "web",
    "credited": "marketing",
    "minutes": "service",
}
BUDGET_LEFT = "budget_left"
NO_MOVE: dict[str, Any] = {"pays": {}, "yes": [], "sets": {}}


class Boardroom:
    """The rules, for one company and market. ``seeds``: of the page's worlds."""

    def __init__(self, settings: Settings, average: Strategy, seeds: list[int]) -> None:
        self.settings, self.average, self.seeds = settings, average, seeds[:WORLDS]
        told = script()
        self.roles, self.lines, self.questions = told["roles"], told["lines"], told["debriefing"]
        self.start = read(dict(parse_qsl(told["start"])))

    def offer(self) -> dict[str, Any]:
        """What the browser's side is told once: all but what each role alone knows."""
        known = {
            name: {k: v for k, v in role.items() if k not in ("sheet", "first_words")}
            for name, role in self.roles.items()
        }
        return script() | {"roles": known}

    # ---- rounds --------------------------------------------------------------------------------

    def begin(self, told: dict[str, Any]) -> State:
        """The first round."""
        return {"round": 1, "phase": TALKING, "ask": 0}

    def sides(self, state: State) -> tuple[str, ...]:
        """The roles."""
        return tuple(self.roles)

    def next(self, state: State) -> State:
        """Replay the plan; talk again; after three rounds the card; then question by question."""
        match state["phase"]:
            case "talking":
                return state | {"phase": LIVED}
            case "lived" if state["round"] < ROUNDS:
                return state | {"phase": TALKING, "round": state["round"] + 1}
            case "lived":
                return state | {"phase": TARGETS}
            case "targets":
                return state | {"phase": DEBRIEFING}
        return state | {"ask": min(state["ask"] + 1, len(self.questions) - 1)}

    def move(self, state: State, moves: Moves, side: str, told: Any) -> dict[str, Any]:
        """What a role pays, sets and says yes to, for all lines at once. Raises Refused."""
        if state["phase"] != TALKING:
            raise Refused("the round is closed")
        if not isinstance(told, dict) or set(told) != {"pays", "yes", "sets"}:
            raise Refused("a move must have pays, yes and sets")
        pays, yes, sets = told["pays"], told["yes"], told["sets"]
        if not isinstance(pays, dict) or not isinstance(yes, list) or not isinstance(sets, dict):
            raise Refused("a move must have amounts, a list and values")
        priced = [name for name, line in self.lines.items() if line["price"] > 0]
        for line, amount in pays.items():
            if line not in priced:
                raise Refused("one can pay for lines that have a price")
            if type(amount) not in (int, float) or not 0 <= amount <= MOST_PAID:
                raise Refused("an amount must be a number of millions")
        if sum(pays.values()) > self.roles[side]["budget"] + COIN:
            raise Refused("that is more than the budget")
        if not all(isinstance(name, str) and side in self.asked(name) for name in yes):
            raise Refused("one can say yes where one's people do the work")
        for line, value in sets.items():
            if line not in SETS or side not in self.asked(line):
                raise Refused("one can set what is one's own")
            if type(value) not in (int, float) or value not in DIALS[line].values:
                raise Refused("{line} must be one of the values on offer", line=line)
        paid = {line: float(amount) for line, amount in pays.items() if amount > 0}
        return {"pays": paid, "yes": sorted(set(yes)), "sets": sets}

    def asked(self, line: str) -> list[str]:
        """Who must say yes to a line."""
        return self.lines[line]["needs"] if line in self.lines else []

    def moves_of(self, moves: Moves, rounds: int) -> dict[str, dict[str, Any]]:
        """What stands after so many rounds: each role's newest move."""
        found = {}
        for role in self.roles:
            made = [moves[role, k] for k in range(1, rounds + 1) if (role, k) in moves]
            found[role] = made[-1] if made else NO_MOVE
        return found

    # ---- the plan ------------------------------------------------------------------------------

    def board(self, moves: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """Line by line: who pays what, who has said yes and who is missing, how many steps of it
        are paid for, the value set, and whether it is in the plan."""
        found = {}
        for name, line in self.lines.items():
            made = {role: moves[role] for role in line["needs"]}
            pays = {r: move["pays"][name] for r, move in moves.items() if name in move["pays"]}
            yes = [role for role, move in made.items() if name in move["yes"]]
            values = [move["sets"][name] for move in made.values() if name in move["sets"]]
            steps = int((sum(pays.values()) + COIN) // line["price"]) if line["price"] else 1
            agreed = len(yes) == len(made) and (name not in SETS or bool(values))
            wanted = bool(pays or yes or values)
            found[name] = {
                "pays": pays,
                "yes": yes,
                "missing": [role for role in made if role not in yes],
                "steps": steps,
                "value": values[0] if values else None,
                "wanted": wanted,
                "in_plan": wanted and agreed and steps > 0,
            }
        needs = found[PICKUP]
        needs["in_plan"] = needs["in_plan"] and found[RETURN]["in_plan"]
        return found

    def plan(self, moves: dict[str, dict[str, Any]]) -> Choices:
        """The company of all lines that are in the plan."""
        told = self.board(moves)
        return self.changed({name: line for name, line in told.items() if line["in_plan"]})

    def alone(self, moves: dict[str, dict[str, Any]]) -> Choices:
        """What one role's money and values alone would do, if nobody stood in the way."""
        told = self.board(dict.fromkeys(moves, NO_MOVE) | {ALONE: moves[ALONE]})
        wanted = {name: line for name, line in told.items() if line["wanted"] and line["steps"]}
        return self.changed(wanted)

    def changed(self, lines: dict[str, dict[str, Any]]) -> Choices:
        """The company at the start with these lines."""
        average = self.average.maturity
        new: dict[str, Any] = {}
        for name, line in lines.items():
            if name in DISCIPLINES:
                level = getattr(self.start, name)
                level = getattr(average, name) if level is None else level
                new[name] = min((level + STEP * line["steps"]) // STEP * STEP, 3.0)
            elif name == STAFF:
                values = DIALS[STAFF].values
                at = values.index(self.start.staff) + line["steps"]
                new[name] = values[min(at, len(values) - 1)]
            elif line["value"] is not None:
                new[name] = line["value"]
        if RETURN in lines:
            new["returns"] = PICKUP if PICKUP in lines else RETURN
        return self.start.model_copy(update=new)

    # ---- what is replayed and seen -------------------------------------------------------------

    def companies(self, state: State, moves: Moves) -> dict[str, Choices]:
        """What is shown beside the company at the start by now."""
        closed = state["round"] - (state["phase"] == TALKING)
        found: dict[str, Choices] = {}
        if closed >= 1:
            found["alone"] = self.alone(self.moves_of(moves, 1))
        for k in range(1, closed + 1):
            found[f"round {k}"] = self.plan(self.moves_of(moves, k))
        if state["phase"] in (TARGETS, DEBRIEFING):
            signed = found[f"round {ROUNDS}"]
            found["card"] = signed.model_copy(update={"bonus": BONUS})
        return found

    def replays(self, state: State, moves: Moves) -> Iterator[tuple[int, Replay]]:
        """The newest company first, world by world; and the start from the beginning on."""
        newest = list(reversed(self.companies(state, moves).values()))
        for k, seed in enumerate(self.seeds):
            for n, choices in enumerate((self.start, *newest)):
                yield k + n, Run(choices, seed)

    def view(self, state: State, moves: Moves, side: str | None, look: Look) -> dict[str, Any]:
        """Everybody sees the board, and what plans brought; a role its own move."""
        standing = self.moves_of(moves, state["round"])
        companies = self.companies(state, moves)
        runs = [look(run) for _, run in self.replays(state, moves)]
        seen: dict[str, Any] = {
            "rounds": ROUNDS,
            "board": self.board(standing),
            "found": {name: self.found(choices, look) for name, choices in companies.items()},
            "left_over": {name: self.left_over(name, moves) for name in companies},
            "done": [sum(run.over for run in runs), len(runs)],
            "worlds": len(self.seeds),
            "has_moved": [role for role in self.roles if (role, state["round"]) in moves],
        }
        if state["phase"] in (TARGETS, DEBRIEFING):
            signed = companies[f"round {ROUNDS}"]
            seen["by_card"] = self.found(companies["card"], look, signed)
        if side is not None:
            seen["move"] = standing[side]
            seen["role"] = {name: self.roles[side][name] for name in ("sheet", "first_words")}
        return seen

    def left_over(self, plan: str, moves: Moves) -> dict[str, float]:
        """What each role has not spent on a plan of :meth:`companies`, m DKK."""
        if plan == "alone":
            made = dict.fromkeys(self.roles, NO_MOVE) | {ALONE: self.moves_of(moves, 1)[ALONE]}
        else:
            made = self.moves_of(moves, ROUNDS if plan == "card" else int(plan.split()[1]))
        spent = {role: sum(made[role]["pays"].values()) for role in self.roles}
        return {role: told["budget"] - spent[role] for role, told in self.roles.items()}

    def found(self, choices: Choices, look: Look, beside: Choices | None = None) -> dict[str, Any]:
        """Differences to the company at the start, or to another: the figures shown, and each
        role's own; mean, low and high over the worlds that both have been replayed in."""
        other = self.start if beside is None else beside
        pairs = [(done(look(Run(choices, s))), done(look(Run(other, s)))) for s in self.seeds]
        whole = [(a, b) for a, b in pairs if a and b]
        found: dict[str, Any] = {"worlds": len(whole)}
        for name in SHOWN:
            found[name] = gained([(a["figures"][name][0], b["figures"][name][0]) for a, b in whole])
        found["roles"] = {}
        for role, told in self.roles.items():
            if told["figure"] == BUDGET_LEFT:
                continue
            ledger = FIGURE.get(told["figure"])
            found["roles"][role] = gained([(own(a, ledger), own(b, ledger)) for a, b in whole])
        return found


def done(now: Living) -> Told | None:
    """The figures of a replay that is over."""
    return now.reached.told if now.reached and now.reached.done else None


def own(told: Told, ledger: str | None) -> float:
    """What a role is paid for, DKK a person-year: a department's ledger, or contribution with the
    cost of the change paid."""
    if ledger is not None:
        return told["ledgers"][ledger]
    figures = told["figures"]
    return figures["contribution"][0] - figures["cost_change"][0]
