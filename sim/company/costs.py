"""What maturity costs the real firm: keeping levels, year by year, and reaching them, once."""

from __future__ import annotations

import numpy as np

from sim.settings.company import DISCIPLINES, Company
from sim.settings.strategy import Maturity


def upkeep_dkk_year(company: Company, maturity: Maturity) -> float:
    """What keeping these levels costs the real firm, DKK a year.

    A discipline's figure holds at one level, the typed one at ``upkeep_level``, the rule's at 3;
    another level costs it x (level / that level)^convexity. A typed figure knows no rule of size.
    """
    e = company.economics
    level, typed = levels(maturity), np.array(e.upkeep_mdkk) * 1e6
    by_rule = np.array(e.upkeep_dkk) * rule_people(company)
    known_at = np.where(typed > 0, e.upkeep_level, 3.0)
    figure = np.where(typed > 0, typed, by_rule)
    return float(np.sum(figure * (level / known_at) ** e.upkeep_convexity))


def reach_dkk(company: Company, before: Maturity, after: Maturity) -> float:
    """What the change to higher levels costs the real firm, once, DKK; falling is free."""
    gained = np.maximum(levels(after) - levels(before), 0.0)
    return float(gained @ np.array(company.economics.reach_dkk)) * rule_people(company)


def rule_people(company: Company) -> float:
    """People by whom the rules' figures a person are multiplied.

    As many as there are in a market of the reference size; in a larger one fewer than there are,
    since systems cost less than proportionally more.
    """
    e = company.economics
    times = company.size.people / e.reference_people
    return e.reference_people * times**e.upkeep_size_elasticity


def levels(maturity: Maturity) -> np.ndarray:
    """The six levels in the order of the disciplines, shape (6,)."""
    return np.array([getattr(maturity, d) for d in DISCIPLINES])
