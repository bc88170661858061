"""Projects: how a level of maturity is reached, in what time, and by whom it is learned.

A project raises one discipline: systems are bought ready or built (an entry of ``company.ways``),
which takes its time and costs once; then people learn to use them, and the level comes to act as
they do [B50, B53, B61]. A strategy may list projects in place of a schedule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from sim.settings.base import Group, param

if TYPE_CHECKING:
    from sim.settings.company import Company


class Way(Group):
    """A way to come by the systems of a level."""

    title: str = Field(min_length=1, max_length=40, description="what reports call it")
    one_off: float = param(
        1.0,
        unit="times economics.reach_dkk",
        lo=0,
        hi=100,
        source="assumption (B61: ready tools lower the cost of integration)",
    )
    upkeep: float = param(
        1.0, unit="times economics.upkeep_dkk", lo=0, hi=100, source="assumption (B61): licences"
    )
    lead_days: float = param(
        90.0,
        unit="days per level gained",
        lo=0,
        hi=3650,
        source="assumption: a quarter",
        doc="until the systems stand; nothing of the level acts before",
    )
    size_elasticity: float = param(
        0.6,
        unit="exponent",
        lo=0,
        hi=1,
        source="assumption: twice the firm, 1.5 times the systems",
        doc="of both costs in the firm's size: 0 the same for all firms, 1 in proportion",
    )


class Learning(Group):
    """People who have to learn what a level asks of them."""

    learn_days: float = param(
        120.0,
        unit="days per level gained",
        lo=0,
        hi=3650,
        source="assumption (B53): habits of work change within some months",
        doc="over which a level comes to act, once its systems stand",
    )
    learners_office: tuple[float, ...] = param(
        (3.0, 4.0, 4.0, 6.0, 3.0, 10.0),
        unit="people at the head office",
        lo=0,
        hi=100_000,
        source="assumption: a chain of middling size. Order: recognition, collection, analysis, "
        "communication, measurement, organisation",
    )
    learners_store: tuple[float, ...] = param(
        (4.0, 0.0, 0.0, 6.0, 0.0, 8.0),
        unit="people in each store",
        lo=0,
        hi=1000,
        source="assumption: of about ten. Same order",
    )
    learn_hours: float = param(
        12.0,
        unit="hours per person and level gained",
        lo=0,
        hi=1000,
        source="assumption (B53): a day and a half, and who teaches it",
    )
    hour_dkk: float = param(
        300.0, unit="DKK/hour", lo=0, hi=5000, source="assumption: Danish retail wage, loaded"
    )


class Project(Group):
    """One discipline raised to a level."""

    discipline: str = Field(description="one of the six")
    to: float = param(2.0, unit="level", lo=0, hi=3, source="the strategist's plan")
    start_day: int = param(
        0, unit="days after the fork", lo=0, hi=3650, source="the strategist's plan"
    )
    way: str = Field(default="", description="a name in company.ways; left out, the first")


class Phase(NamedTuple):
    """A project as it runs, days after the fork."""

    discipline: str
    way: str
    start: float
    stands: float  # from this day on people learn
    ends: float  # from this day on the level acts in full
    low: float  # levels before and after
    high: float


def phases(
    projects: tuple[Project, ...], levels: dict[str, float], company: Company
) -> list[Phase]:
    """The projects in the order in which they begin, from these levels.

    Raises ValueError if one begins before another of its discipline ends, or raises nothing.
    """
    found: list[Phase] = []
    reached, free = dict(levels), dict.fromkeys(levels, 0.0)
    for project in sorted(projects, key=lambda p: p.start_day):
        name, start = project.discipline, float(project.start_day)
        way = project.way or next(iter(company.ways))
        gained = project.to - reached[name]
        if gained <= 0:
            raise ValueError(
                f"{name} stands at {reached[name]:g} when a project to {project.to:g} begins"
            )
        if start < free[name]:
            raise ValueError(
                f"a project of {name} begins on day {start:.0f}, before the one that ends on day "
                f"{free[name]:.0f}"
            )
        stands = start + company.ways[way].lead_days * gained
        ends = stands + company.learning.learn_days * gained
        found.append(Phase(name, way, start, stands, ends, reached[name], project.to))
        reached[name], free[name] = project.to, ends
    return found


def level_on(phase: Phase, day: float) -> float:
    """What a project's discipline acts at on a day."""
    if day >= phase.ends:
        return phase.high
    if day <= phase.stands:
        return phase.low
    share = (day - phase.stands) / (phase.ends - phase.stands)
    return phase.low + share * (phase.high - phase.low)
