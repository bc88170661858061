"""The game: teams lead the same company for four years, each by its own plan, with the same luck.

Each year there is money for change, at the prices that a change really has
(:func:`sim.company.costs.reach_dkk`); what is not spent is carried over, what has been built stays.
After a year a team sees what a company of its own level of measurement would see. The truth comes
at the end, and with it the best of some plans that were drawn at random, no cleverer than that.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.company.costs import reach_dkk
from sim.page.choices import DIALS, RETURNS, SCENARIOS, STEP, Choices, read
from sim.page.figures import Told
from sim.page.pictures import gained
from sim.page.play import Look, Moves, Refused, State, one_of
from sim.page.replays import Later, Replay
from sim.settings.run import Settings
from sim.settings.strategy import DISCIPLINES, Maturity, Strategy

ROUNDS = 4
WORLDS = 3
LEAST_TEAMS, MOST_TEAMS = 2, 12
DRAWN = 24  # plans that are searched
BUDGETS = {"tight": 0.4, "middling": 0.6, "ample": 0.8}
"""Of what it costs to bring the Danish average to 3 in everything: paid out over all rounds."""
SEEN_FROM = {
    "gross_revenue": 0.0,
    "profit": 0.0,
    "orders": 1.0,
    "net_revenue": 1.0,
    "known_sales": 2.0,
    "nps": 2.0,
    "coherent_share": 3.0,
    "share_of_wallet": 3.0,
    "value": 3.0,
}
"""Figure: level of measurement from which a company has it [A19, B45: revenue first, then channels
and campaigns, then what customers say, then what they are worth]."""
PLANNING, LIVED, OVER = "planning", "lived", "over"
ROUNDING_DKK = 1.0
AVERAGE_PLACE, TEAM_PLACE, DRAWN_PLACE = 1, 0, 50


class Game:
    """The rules, for one company and market. ``seeds``: of the page's worlds."""

    def __init__(self, settings: Settings, average: Strategy, seeds: list[int]) -> None:
        self.settings, self.average, self.seeds = settings, average, seeds[:WORLDS]
        self._drawn: dict[str, list[list[Choices]]] = {}  # by kind of game
        whole = self.price(Choices(), Choices(**dict.fromkeys(DISCIPLINES, 3.0)))
        self.budgets = {name: share * whole / ROUNDS for name, share in BUDGETS.items()}

    def offer(self) -> dict[str, Any]:
        """What the browser's side is told once."""
        return {"budgets": self.budgets, "seen_from": SEEN_FROM, "most_teams": MOST_TEAMS}

    def price(self, before: Choices, after: Choices) -> float:
        """What it costs the real firm to go from one company to the other, once, DKK."""
        return reach_dkk(self.settings.company, self.maturity(before), self.maturity(after))

    def maturity(self, choices: Choices) -> Maturity:
        """The levels of a company chosen."""
        return choices.strategy(self.average).maturity

    # ---- rounds --------------------------------------------------------------------------------

    def begin(self, told: dict[str, Any]) -> State:
        """As many teams, as much money and the scenario that the leader wants. Raises Refused."""
        teams = one_of("teams", told.get("teams"), range(LEAST_TEAMS, MOST_TEAMS + 1))
        budget = one_of("budget", told.get("budget"), BUDGETS)
        scenario = one_of("scenario", told.get("scenario", SCENARIOS[0]), SCENARIOS)
        return {
            "teams": teams,
            "budget": budget,
            "scenario": scenario,
            "round": 1,
            "phase": PLANNING,
        }

    def sides(self, state: State) -> tuple[str, ...]:
        """Teams are called by their numbers."""
        return tuple(str(k + 1) for k in range(state["teams"]))

    def next(self, state: State) -> State:
        """Close the round; open the next; after the last one tell the truth."""
        if state["phase"] == PLANNING:
            return state | {"phase": LIVED}
        if state["phase"] == LIVED and state["round"] < ROUNDS:
            return state | {"phase": PLANNING, "round": state["round"] + 1}
        return state | {"phase": OVER}

    def closed(self, state: State) -> int:
        """How many rounds are closed."""
        return state["round"] - (state["phase"] == PLANNING)

    def plan(self, state: State, moves: Moves, side: str, rounds: int) -> list[Choices]:
        """What a team's company is in each of so many years: what it was where it made no move."""
        now, found = Choices(scenario=state["scenario"]), []
        for k in range(1, rounds + 1):
            now = chosen(moves[side, k]) if (side, k) in moves else now
            found.append(now)
        return found

    def money(self, state: State, moves: Moves, side: str) -> float:
        """What a team may spend in this round, DKK."""
        years = self.plan(state, moves, side, state["round"] - 1)
        company, spent = Choices(scenario=state["scenario"]), 0.0
        for after in years:
            spent += self.price(company, after)
            company = after
        return self.budgets[state["budget"]] * state["round"] - spent

    def move(self, state: State, moves: Moves, side: str, told: Any) -> str:
        """A company for this year: one that nothing is torn down for, and that can be paid."""
        if state["phase"] != PLANNING:
            raise Refused("the round is closed")
        if not isinstance(told, dict):
            raise Refused("a plan must be choices")
        try:
            wanted = read(told | {"scenario": state["scenario"]})
        except ValueError as problem:
            raise Refused(str(problem)) from None
        years = self.plan(state, moves, side, state["round"] - 1)
        before = years[-1] if years else Choices(scenario=state["scenario"])
        old, new = (self.maturity(choices) for choices in (before, wanted))
        if any(getattr(new, name) < getattr(old, name) for name in DISCIPLINES):
            raise Refused("a level cannot fall: what has been built stays")
        if (
            self.price(before, wanted) > self.money(state, moves, side) + 1.0
        ):  # a krone for rounding
            raise Refused("the plan costs more than there is")
        return wanted.key

    # ---- what is replayed ----------------------------------------------------------------------

    def replays(self, state: State, moves: Moves) -> Iterator[tuple[int, Replay]]:
        """Each team's last closed year; then the Danish average's four; then the plans drawn."""
        closed = self.closed(state)
        if not closed:
            return
        for seed in self.seeds:
            for side in self.sides(state):
                yield TEAM_PLACE, year(self.plan(state, moves, side, closed), seed)
        for seed in self.seeds:
            yield AVERAGE_PLACE, year(self.standstill(state), seed)
        for k, plan in enumerate(self.drawn(state)):
            for seed in self.seeds:
                yield DRAWN_PLACE + k, year(plan, seed)

    def standstill(self, state: State) -> list[Choices]:
        """The Danish average, left as it is."""
        return [Choices(scenario=state["scenario"])] * ROUNDS

    def drawn(self, state: State) -> list[list[Choices]]:
        """Plans within the budget, drawn at random: the same ones in every game of its kind."""
        kind = f"{state['budget']} {state['scenario']}"
        if kind not in self._drawn:
            luck = random.Random(kind)
            self._drawn[kind] = [self.draw(state, luck) for _ in range(DRAWN)]
        return self._drawn[kind]

    def draw(self, state: State, luck: random.Random) -> list[Choices]:
        """One plan: policies drawn once, half levels bought in random order while money lasts."""
        policies: dict[str, Any] = {name: luck.choice(dial.values) for name, dial in DIALS.items()}
        policies["returns"] = luck.choice(list(RETURNS))
        policies["bonus"] = luck.choice(list(self.settings.company.bonus_schemes))
        policies["uses"] = luck.random() < 0.5
        before = Choices(scenario=state["scenario"])
        now, money, found = before.model_copy(update=policies), 0.0, []
        for _ in range(ROUNDS):
            money += self.budgets[state["budget"]]
            while True:
                dearer = self.half_level_more(now, luck.choice(DISCIPLINES))
                price = self.price(now, dearer)
                if price > money or price <= 0.0:
                    break
                now, money = dearer, money - price
            found.append(now)
        return found

    def half_level_more(self, company: Choices, discipline: str) -> Choices:
        """The same company, the discipline at the next mark of its slider, at most 3."""
        level = getattr(self.maturity(company), discipline)
        higher = min((level + STEP) // STEP * STEP, 3.0)
        return company.model_copy(update={discipline: higher})

    # ---- what is seen --------------------------------------------------------------------------

    def view(self, state: State, moves: Moves, side: str | None, look: Look) -> dict[str, Any]:
        """What a team sees of itself; to the leader, who has handed in; at the end the truth."""
        closed, budget = self.closed(state), self.budgets[state["budget"]]
        seen: dict[str, Any] = {"rounds": ROUNDS, "worlds": len(self.seeds), "money_a_year": budget}
        seen["handed_in"] = [name for name in self.sides(state) if (name, state["round"]) in moves]
        if side is not None:
            years = self.plan(state, moves, side, state["round"] - 1)
            now = years[-1] if years else Choices(scenario=state["scenario"])
            handed = moves.get((side, state["round"]))
            seen |= {
                "company": now.model_dump(),
                "plan": None if handed is None else chosen(handed).model_dump(),
                "money": self.money(state, moves, side),
                "prices": self.prices(),
                "years": self.seen(self.plan(state, moves, side, closed), look),
            }
        placed = self.replays(state, moves)
        over = [look(run).over for place, run in placed if place == TEAM_PLACE]
        seen["done"] = [sum(over), len(over)]
        if state["phase"] == OVER:
            seen["truth"] = self.truth(state, moves, look)
        return seen

    def prices(self) -> dict[str, float]:
        """What a whole level more of each discipline costs, DKK: prices are in proportion."""
        nothing = Choices(**dict.fromkeys(DISCIPLINES, 0.0))
        return {
            name: self.price(nothing, nothing.model_copy(update={name: 1.0}))
            for name in DISCIPLINES
        }

    def seen(self, plan: list[Choices], look: Look) -> list[dict[str, Any]]:
        """Of each year so far: figures that a company of its measurement has; None: not yet
        replayed; left out: not measured. Means over the worlds."""
        told = self.told(plan, look)
        found = []
        for k, choices in enumerate(plan):
            level = self.maturity(choices).measurement
            names = [name for name, least in SEEN_FROM.items() if level >= least]
            rows = told[k] if k < len(told) else []
            found.append({name: mean(rows, name) for name in names})
        return found

    def told(self, plan: list[Choices], look: Look) -> list[list[dict[str, float]]]:
        """By year that has been replayed, by world: the figures."""
        for lived in range(len(plan), 0, -1):
            runs = [year(plan[:lived], seed) for seed in self.seeds]
            worlds = [years_of(look(run).reached) for run in runs]
            if whole := [world for world in worlds if world]:
                return [[world[k] for world in whole] for k in range(lived)]
        return []

    def truth(self, state: State, moves: Moves, look: Look) -> dict[str, Any]:
        """Profit of all years and customer value of the last, each against the Danish average left
        as it is: of the teams, and of the plans drawn."""
        average = [years_of(look(year(self.standstill(state), s)).reached) for s in self.seeds]
        teams = {
            side: self.scores(self.plan(state, moves, side, ROUNDS), average, look)
            for side in self.sides(state)
        }
        plans = [(plan, self.scores(plan, average, look)) for plan in self.drawn(state)]
        ready = [(plan, scores) for plan, scores in plans if scores["worlds"] == len(self.seeds)]
        drawn: dict[str, Any] = {"of": DRAWN, "plans": [scores for _, scores in ready]}
        if ready:
            plan, scores = max(ready, key=lambda entry: entry[1]["profit"][0])
            drawn["best"] = scores | {"plan": [choices.key for choices in plan]}
        return {"teams": teams, "drawn": drawn, "plans": self.plans(state, moves)}

    def plans(self, state: State, moves: Moves) -> dict[str, list[str]]:
        """What each team did, year by year."""
        return {
            side: [choices.key for choices in self.plan(state, moves, side, ROUNDS)]
            for side in self.sides(state)
        }

    def scores(self, plan: list[Choices], average: list, look: Look) -> dict[str, Any]:
        """``profit``: m DKK of the real firm over all years; ``value``: DKK a customer, in the last
        year. Both beside the average's: mean, low and high over worlds."""
        worlds = [years_of(look(year(plan, seed)).reached) for seed in self.seeds]
        pairs = [(a, b) for a, b in zip(worlds, average, strict=True) if a and b]
        millions = self.settings.company.size.people / 1e6
        profits = [[millions * sum(y["profit"] for y in years) for years in pair] for pair in pairs]
        values = [[years[-1]["value"] for years in pair] for pair in pairs]
        return {"worlds": len(pairs), "profit": gained(profits), "value": gained(values)}


def chosen(key: str) -> Choices:
    """The company of a move that was kept."""
    return read(dict(part.split("=", 1) for part in key.split("&") if part))


def year(plan: list[Choices], seed: int) -> Later:
    """The last year of a plan, or of what there is of it, in one world."""
    return Later(plan[-1], seed, tuple(plan[:-1]), ROUNDS)


def years_of(reached: Any) -> list[dict[str, float]]:
    """The figures of each year of a replay that is done; none where it is not."""
    if reached is None or not reached.done:
        return []
    return [plain(told) for told in (*reached.earlier, reached.told)]


def plain(told: Told) -> dict[str, float]:
    """A year's figures for everybody, with profit (the cost of the change paid) and value."""
    found = {name: row[0] for name, row in told["figures"].items()}
    found["profit"] = found["contribution"] - found["cost_change"]
    return found | {"value": told["value"]}


def mean(rows: list[dict[str, float]], name: str) -> float | None:
    """Over worlds; None where nothing is known."""
    values = [row[name] for row in rows if row[name] is not None]
    return float(np.mean(values)) if values else None
