"""What one run is: which strategies, on how many customers, for how long, in which scenario."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from sim.settings.base import Group, param
from sim.settings.carries import Carries
from sim.settings.company import Company
from sim.settings.market import Market
from sim.settings.shocks import Shock, refusal
from sim.settings.survey import Survey


class Scale(Group):
    """How much is simulated, and on how many cores. Cores never change a result."""

    customers: int = param(
        10_000, unit="people", lo=50, hi=5_000_000, source="choice: seconds a replication"
    )
    warmup_days: int = param(
        2920,
        unit="days",
        lo=0,
        hi=3650,
        source="choice: until permissions and members grow less than 3 % a year (drift test)",
    )
    horizon_days: int = param(
        730, unit="days", lo=1, hi=3650, source="TRIALS B: one year shows about 70 % of the effect"
    )
    steady_days: int = param(
        0,
        unit="days",
        lo=0,
        hi=3650,
        source="choice: the steady state of each strategy is measured so long; 0: not at all",
    )
    settle_days: int = param(
        1460,
        unit="days after the fork",
        lo=0,
        hi=7300,
        source="choice: each strategy's own warm-up, the horizon included, before its steady state",
    )
    steady_seeds: int = param(
        3,
        unit="replications",
        lo=1,
        hi=1000,
        source="choice: the first seeds, which are run on to their steady state",
    )
    seeds: int = param(
        8, unit="replications", lo=1, hi=1000, source="choice: intervals are over seeds"
    )
    workers: int = param(2, unit="processes", lo=1, hi=256, source="choice: cores of a laptop")
    threads: int = param(1, unit="threads/process", lo=1, hi=64, source="choice")

    @property
    def steady_from(self) -> int:
        """Days after the fork at which the steady state begins to be measured."""
        return max(self.settle_days, self.horizon_days)

    @property
    def longest_days(self) -> int:
        """Days after the fork of the worlds that are run longest."""
        return self.steady_from + self.steady_days if self.steady_days else self.horizon_days


class Scenario(Group):
    """The world's weather. The file that sets it may change any number of market and company."""

    name: str = "base"
    purpose: str = ""
    shocks: tuple[Shock, ...] = Field(
        default=(), description="dated changes of what customers meet, in days after the fork"
    )


class Output(Group):
    """What a run leaves behind."""

    folder: str = Field(default="results", min_length=1, description="where run folders are made")
    language: Literal["en", "da", "nb", "sv"] = Field(
        default="en", description="of the report and the story: English, Danish, Norwegian, Swedish"
    )
    events: Literal["none", "sample", "all"] = Field(
        default="none", description="event log: none, sample or all (of the customers)"
    )
    sample_customers: int = param(
        100, unit="customers", lo=1, hi=5_000_000, source="choice: size of the sample"
    )


class Settings(Group):
    """One run, complete: together with its strategies it determines every result."""

    name: str = Field(
        default="compare",
        pattern=r"^[A-Za-z0-9_-]+$",
        max_length=100,
        description="names the run's folder",
    )
    purpose: str = Field(default="", description="one sentence")
    seed: int = param(1, unit="seed", lo=0, hi=10**9, source="arbitrary: first of the replications")
    strategies: list[str] = Field(min_length=1, description="what is compared")
    baseline: str = Field(
        default_factory=lambda done: done["strategies"][0],
        description="what the others are compared with; the first, unless said",
    )
    interaction: bool = Field(
        default=True,
        description="off: queues without waiting, budgets and learning frozen at the fork",
    )
    scale: Scale = Scale()
    scenario: Scenario = Scenario()
    output: Output = Output()
    carries: Carries = Carries()
    survey: Survey = Survey()
    variants: dict[str, dict[str, Any]] = Field(
        default={}, description="strategies made here: name -> {from: another, what differs}"
    )
    market: Market
    company: Company

    @property
    def seeds(self) -> int:
        """Number of replications."""
        return self.scale.seeds

    @property
    def has_intervals(self) -> bool:
        """Whether intervals can be given: they need two replications."""
        return self.scale.seeds > 1

    @model_validator(mode="after")
    def _consistent(self) -> Settings:
        if wrong := refusal(self.scenario.shocks, self.market):
            raise ValueError(wrong)
        twice = [name for name in self.strategies if self.strategies.count(name) > 1]
        if twice:
            raise ValueError(f"strategies must differ: {twice[0]} is there twice")
        if self.baseline not in self.strategies:
            raise ValueError(f"baseline must be one of {', '.join(self.strategies)}")
        return self
