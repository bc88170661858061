"""What a visitor of the page can choose: six levels, the main policies, a scenario.

Nothing else can be asked of the server: every choice is a number on a grid or a name from a list.
What is left out is as the Danish average has it. The same choices are a link, a strategy's YAML
file, and the key under which what was replayed is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import yaml
from pydantic import Field, ValidationError, field_validator

from sim.settings.base import Group
from sim.settings.strategy import DISCIPLINES, Strategy

BASELINE = "danish_average"
NAME = "ours"  # of the strategy chosen, in files and tables
STEP = 0.5  # between two levels of a slider
SCENARIOS = (
    "base",
    "covid",
    "price_war",
    "parcel_strike",
    "no_cookies",
    "crisis",
    "rival_matures",
    "fashion",
)
RETURNS = {
    "mail": {"return_in_store": False, "pickup_in_store": False},
    "store": {"return_in_store": True, "pickup_in_store": False},
    "pickup": {"return_in_store": True, "pickup_in_store": True},
}
"""What may be done with a web order: sent back by mail only; or returned in a store as well; or
picked up there, too."""
USES_IT: dict[str, Any] = {
    "targets_by": "uplift",
    "product_managers": "reviews",
    "interviews": 8,
    "panel": 200,
    "exclude_customers_days": 90,
}
"""What a leader does with its analysis besides: as in configs/strategy/leader.yaml."""


class Dial(NamedTuple):
    """A policy that is set to one of some values."""

    policy: str  # of the strategy
    values: tuple[float, ...]


DIALS = {
    "newsletters": Dial("newsletters_per_week", (0, 0.5, 1, 2, 3, 5, 7)),
    "brand": Dial("brand_share", (0, 0.2, 0.4, 0.6, 0.8, 1)),
    "staff": Dial("centre_staff", (0.5, 0.75, 1, 1.25, 1.5, 2)),
    "fee": Dial("mail_return_fee_dkk", (0, 19, 39, 59, 79)),
}


class Choices(Group):
    """One state of the page. Raises ValidationError for anything that is not on offer."""

    recognition: float | None = None
    collection: float | None = None
    analysis: float | None = None
    communication: float | None = None
    measurement: float | None = None
    organisation: float | None = None
    returns: Literal["mail", "store", "pickup"] = "pickup"
    newsletters: float = 1
    brand: float = 0.2
    staff: float = 1
    fee: float = 39
    bonus: Literal["channel", "shared", "customer"] = "shared"
    uses: bool = False
    scenario: str = Field(default="base", max_length=30)

    @field_validator(*DISCIPLINES)
    @classmethod
    def _on_the_grid(cls, level: float | None) -> float | None:
        if level is not None and (not 0 <= level <= 3 or level % STEP):
            raise ValueError(f"must be one of 0, {STEP}, ..., 3")
        return level

    @field_validator(*DIALS)
    @classmethod
    def _on_offer(cls, value: float, info: Any) -> float:
        values = DIALS[info.field_name].values
        if value not in values:
            raise ValueError(f"must be one of {', '.join(f'{v:g}' for v in values)}")
        return value

    @field_validator("scenario")
    @classmethod
    def _ready(cls, scenario: str) -> str:
        if scenario not in SCENARIOS:
            raise ValueError(f"must be one of {', '.join(SCENARIOS)}")
        return scenario

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Choices) and vars(self) == vars(other)

    @property
    def key(self) -> str:
        """The choices in a line: equal for equal choices, and what a link carries."""
        told = self.model_dump(exclude_defaults=True)
        return "&".join(f"{name}={_said(told[name])}" for name in sorted(told))

    def strategy(self, average: Strategy) -> Strategy:
        """The strategy chosen, ``average`` being the Danish average's."""
        levels = {d: getattr(self, d) for d in DISCIPLINES if getattr(self, d) is not None}
        policies = RETURNS[self.returns] | {"bonus_scheme": self.bonus}
        policies |= {dial.policy: float(getattr(self, name)) for name, dial in DIALS.items()}
        policies |= USES_IT if self.uses else {}
        return average.model_copy(
            update={
                "name": NAME,
                "maturity": average.maturity.model_copy(update=levels),
                "policies": average.policies.model_copy(update=policies),
            }
        )

    def document(self, average: Strategy) -> str:
        """The strategy chosen as a file for ``omnijourney compare --config-dir``."""
        mine = self.strategy(average)
        told: dict[str, Any] = {"from": BASELINE, "title": "Our company"}
        for part in ("maturity", "policies"):
            ours, theirs = getattr(mine, part).model_dump(), getattr(average, part).model_dump()
            differing = {name: value for name, value in ours.items() if value != theirs[name]}
            if differing:
                told[part] = differing
        scenario = "" if self.scenario == "base" else f" scenario={self.scenario}"
        head = (
            "# Made on the workshop's page. Put it into a folder of yours, say mine, and run\n"
            f"#   omnijourney compare --config-dir mine 'strategies=[{BASELINE},{NAME}]'"
            f"{scenario}\n"
        )
        return head + yaml.safe_dump(told, sort_keys=False)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return f"{value:g}" if isinstance(value, float) else value


def read(told: Mapping[str, Any]) -> Choices:
    """The choices of a link's query, or of a message. Raises ValueError, in one line."""
    named = {name: value for name, value in told.items() if name in Choices.model_fields}
    unknown = sorted(set(told) - set(named))
    if unknown:
        raise ValueError(f"no such choice: {unknown[0][:40]!r}")
    try:
        return Choices.model_validate(named)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}: {first['msg'].removeprefix('Value error, ')}") from None
