"""What departments are credited with, by their bonus scheme and their own figures [B46]."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.records import ACTS, LOOK_UP, ORDER_HOME, PASS_LEAD, STOP_MAIL, TAKE_BACK
from sim.settings.departments import ACT_NAMES, BonusScheme, Departments


class Figures(NamedTuple):
    """What departments know of their own trade, gross margin in DKK; 0 where nothing is known."""

    sold_at_return: float = 0.0  # in a store, by who brought a web order back, per thing brought
    sold_a_visit: float = 0.0  # per visit to a store
    sold_a_receipt: float = 0.0  # per receipt of a store
    sold_a_mail: float = 0.0  # on the web, by its link, per e-mail sent


def credit(scheme: BonusScheme, figures: Figures, margin: float, believed: Departments) -> dict:
    """What each act brings who has to do it under ``scheme``: fixed DKK and share of the price.

    ``margin``: gross margin, share of price. Arrays of shape (ACTS,).
    """
    fixed, share = np.zeros(ACTS), np.zeros(ACTS)
    fixed[TAKE_BACK] = figures.sold_at_return
    share[TAKE_BACK] = -scheme.returns_on_taker * margin
    fixed[ORDER_HOME] = scheme.credits_helper * believed.home_sells * figures.sold_a_receipt
    share[PASS_LEAD] = scheme.credits_helper * believed.lead_sells * margin
    fixed[LOOK_UP] = believed.served_sells * figures.sold_a_visit
    fixed[STOP_MAIL] = -figures.sold_a_mail
    return {"dkk": fixed, "share": share}


def credits(
    schemes: dict[str, BonusScheme], chosen: str, figures: Figures, margin: float, d: Departments
) -> dict[str, np.ndarray]:
    """The fields of the company's record that acts are weighed by, under the scheme ``chosen``."""
    untold = credit(next(iter(schemes.values())), figures, margin, d)
    told = credit(schemes[chosen], figures, margin, d)
    agreed = np.array([name in schemes[chosen].agreed for name in ACT_NAMES], np.int64)
    return {
        "own_dkk": untold["dkk"],
        "own_share": untold["share"],
        "common_dkk": told["dkk"],
        "common_share": told["share"],
        "agreed": agreed,
    }


def no_credits() -> dict[str, np.ndarray]:
    """The same fields before any figures are known."""
    names = ("own_dkk", "own_share", "common_dkk", "common_share")
    return {name: np.zeros(ACTS) for name in names} | {"agreed": np.zeros(ACTS, np.int64)}
