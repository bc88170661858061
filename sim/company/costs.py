"""What maturity costs the real firm: keeping levels, year by year, and reaching them, once.

To have what a level needs (systems, licences) is one cost, to work with it another: the first
begins when the systems stand, the second as people have learned to use them [B50].
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.settings.company import Company
from sim.settings.ladder import DISCIPLINES
from sim.settings.projects import Way
from sim.settings.strategy import Maturity

Ways = Mapping[str, Way]  # by which the systems of a discipline were come by, where not the first
BY_FIRST: Ways = {}


class Upkeep(NamedTuple):
    """DKK a year."""

    having: float  # systems and licences
    use: float  # people at work with them


def upkeep_dkk_year(
    company: Company, acting: Maturity, standing: Maturity | None = None, ways: Ways = BY_FIRST
) -> Upkeep:
    """What keeping levels costs the real firm, DKK a year.

    ``standing``: the levels for which systems stand, where people have not yet learned to use all
    of them. A discipline's figure holds at one level, the typed one at ``upkeep_level``, the rule's
    at 3; another level costs it x (level / that level)^convexity. A typed figure knows no rule of
    size and no way.
    """
    e = company.economics
    typed, share = np.array(e.upkeep_mdkk) * 1e6, np.array(e.use_share)
    how = [way_of(company, ways, d) for d in DISCIPLINES]
    by_rule = np.array(e.upkeep_dkk) * [way.upkeep * rule_people(company, way) for way in how]
    known_at = np.where(typed > 0, e.upkeep_level, 3.0)
    figure = np.where(typed > 0, typed, by_rule)
    having, use = (
        figure * part * (levels(of) / known_at) ** e.upkeep_convexity
        for part, of in ((1 - share, standing or acting), (share, acting))
    )
    return Upkeep(float(having.sum()), float(use.sum()))


def reach_dkk(company: Company, before: Maturity, after: Maturity) -> float:
    """What a change to higher levels without projects costs the real firm, once, DKK: systems by
    the first way, and what people have to learn. Falling is free."""
    gained = np.maximum(levels(after) - levels(before), 0.0)
    return sum(
        systems_dkk(company, d, more) + learning_dkk(company, d, more)
        for d, more in zip(DISCIPLINES, gained.tolist(), strict=True)
    )


def systems_dkk(company: Company, discipline: str, gained: float, ways: Ways = BY_FIRST) -> float:
    """What systems of a discipline cost once, for so many levels gained."""
    way = way_of(company, ways, discipline)
    a_person = company.economics.reach_dkk[DISCIPLINES.index(discipline)] * way.one_off
    return a_person * gained * rule_people(company, way)


def learning_dkk(company: Company, discipline: str, gained: float) -> float:
    """What it costs that people learn to use them: their hours [B53]."""
    learning, k = company.learning, DISCIPLINES.index(discipline)
    people = learning.learners_office[k] + learning.learners_store[k] * company.size.stores
    return people * learning.learn_hours * learning.hour_dkk * gained


def way_of(company: Company, ways: Ways, discipline: str) -> Way:
    """By which the systems of a discipline were come by."""
    return ways.get(discipline, next(iter(company.ways.values())))


def rule_people(company: Company, way: Way) -> float:
    """People by whom the rules' figures a person are multiplied.

    As many as there are in a market of the reference size; in a larger one fewer than there are,
    since systems cost less than proportionally more.
    """
    e = company.economics
    times = company.size.people / e.reference_people
    return e.reference_people * times**way.size_elasticity


def levels(maturity: Maturity) -> np.ndarray:
    """The six levels in the order of the disciplines, shape (6,)."""
    return np.array([getattr(maturity, d) for d in DISCIPLINES])
