"""Groups of capabilities and policies: what a difference between two strategies is taken apart by.

Which group a capability of the ladder belongs to is data, in ``company.groups``; each belongs to
one. A group may also hold policies: what the company offers at any level of maturity.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from sim.settings.base import Group
from sim.settings.strategy import Policies

UNGROUPED = frozenset({"personalisation", "shuffled_knowledge"})
"""Policies of no group: a switch that spans several, and the placebo."""


class CapabilityGroup(Group):
    """Capabilities and policies that act together, and what sources say of their weight."""

    title: str = Field(min_length=1, max_length=40, description="what reports call it")
    does: str = Field(
        default="", max_length=160, description="what it lets the company do, in one plain sentence"
    )
    capabilities: tuple[str, ...] = Field(default=(), description="names in the ladder")
    policies: tuple[str, ...] = Field(default=(), description="names in a strategy's policies")
    source: str = Field(min_length=1, description="what is known of how much it carries")


def refuse_unknown(groups: dict[str, CapabilityGroup], ladder: Iterable[str]) -> None:
    """Raise ValueError if a group names what there is not, or two groups the same thing."""
    known = {"capabilities": set(ladder), "policies": set(Policies.model_fields) - UNGROUPED}
    for kind, names in known.items():
        owner: dict[str, str] = {}
        for group, content in groups.items():
            for name in getattr(content, kind):
                if name not in names:
                    raise ValueError(
                        f"of groups, {group} names {name}, which is none of the {kind}"
                    )
                if name in owner:
                    raise ValueError(f"of groups, both {owner[name]} and {group} hold {name}")
                owner[name] = group


def left_over(groups: dict[str, CapabilityGroup], ladder: Iterable[str]) -> list[str]:
    """Capabilities and policies that no group holds."""
    held = {n for group in groups.values() for n in (*group.capabilities, *group.policies)}
    policies = set(Policies.model_fields) - UNGROUPED
    return [name for name in (*ladder, *sorted(policies)) if name not in held]
