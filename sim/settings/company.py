"""The company: size, books, ladder, systems, flows, stores, costs, common to all strategies."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field, model_validator

from sim.core.records import FLOWS, STORES, TIERS
from sim.settings.analysing import Analysing
from sim.settings.base import Group
from sim.settings.departments import BonusScheme, Departments, refuse_schemes
from sim.settings.economics import Economics
from sim.settings.flows import Flow, refuse_clashes
from sim.settings.groups import CapabilityGroup, refuse_unknown
from sim.settings.key_figures import KeyFigures, refuse_impossible
from sim.settings.ladder import Ladder, rung_names
from sim.settings.listening import Listening
from sim.settings.operations import Operations
from sim.settings.projects import Learning, Way
from sim.settings.size import Size
from sim.settings.steering import Steering
from sim.settings.stores import Store, refuse_stores
from sim.settings.systems import Campaigns, Systems
from sim.settings.tiers import Tier, refuse_disorder
from sim.settings.trials import Trials


class Company(Group):
    """Size, books, ladder, systems, flows, costs and operations, common to all strategies."""

    size: Size = Size()
    key_figures: KeyFigures = KeyFigures()
    ladder: Ladder = Ladder()
    systems: Systems = Systems()
    analysing: Analysing = Analysing()
    listening: Listening = Listening()
    campaigns: Campaigns = Campaigns()
    steering: Steering = Steering()
    trials: Trials = Trials()
    flows: dict[str, Flow] = Field(
        default={},
        description=f"Flows by name, at most {FLOWS}; an entry adds one, null takes it out",
    )
    stores: dict[str, Store] = Field(
        default={"store": Store()},
        description=f"Stores by name, at most {STORES}; an entry adds one, null takes it out",
    )
    tiers: dict[str, Tier] = Field(
        default={}, description=f"The club's tiers by name, at most {TIERS}, the lowest first"
    )
    departments: Departments = Departments()
    bonus_schemes: dict[str, BonusScheme] = Field(
        default={"channel": BonusScheme(title="each for its own channel", returns_on_taker=1.0)},
        description="What departments are credited with, by name; an entry adds one, null takes it "
        "out. Whoever was not told of another goes by the first",
    )
    ways: dict[str, Way] = Field(
        default={"bought": Way(title="bought ready")},
        description="Ways to come by the systems of a level, by name; an entry adds one, null "
        "takes it out. A change without projects goes by the first",
    )
    learning: Learning = Learning()
    economics: Economics = Economics()
    operations: Operations = Operations()
    groups: dict[str, CapabilityGroup] = Field(
        default={},
        description="What a difference between strategies is taken apart by; each capability of "
        "the ladder belongs to one group",
    )

    @model_validator(mode="after")
    def _key_figures(self) -> Company:
        refuse_impossible(self.size, self.key_figures)
        return self

    @model_validator(mode="after")
    def _flows(self) -> Company:
        refuse_clashes(self.flows)
        return self

    @model_validator(mode="after")
    def _stores(self) -> Company:
        refuse_stores(self.stores)
        return self

    @model_validator(mode="after")
    def _ways(self) -> Company:
        if not self.ways:
            raise ValueError("of ways, there must be at least one")
        return self

    @model_validator(mode="after")
    def _schemes(self) -> Company:
        refuse_schemes(self.bonus_schemes)
        return self

    @model_validator(mode="after")
    def _tiers(self) -> Company:
        refuse_disorder(self.tiers)
        return self

    @model_validator(mode="after")
    def _groups(self) -> Company:
        refuse_unknown(self.groups, rung_names(self.ladder))
        return self

    def capabilities_in(self, groups: Iterable[str]) -> list[str]:
        """The capabilities of these groups."""
        return [name for group in groups for name in self.groups[group].capabilities]
