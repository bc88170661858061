"""Acts for another department: who gains by one carries it out [B46, B48, B49; A27].

Who has to act weighs what the act brings the own department's figures against the minutes it takes.
What it brings hangs on the bonus scheme. Who was not told of a common target goes by the channel's
own figures, whatever the scheme; whom a target that was agreed on asks for it does it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.core.compiled import rule
from sim.core.draws import decision, normal, uniform
from sim.core.records import ACTS, LOOK_UP, ORDER_HOME, PASS_LEAD, STOP_MAIL, TAKE_BACK
from sim.settings.departments import ACT_NAMES, BonusScheme, Departments

TOLD = decision("who is to act was told of the common targets")
BUSY = decision("minutes of an act for another department")

DONE, SLOWED, DECLINED = 0, 1, 2


@rule
def was_told(firm, profile, act, when, seed):
    """Who has to act knows the common targets and is measured by them."""
    return uniform(seed, profile.number, TOLD, act, when) < firm.shared_targets


@rule
def act_minutes(firm, profile, act, when, seed):
    """What the act takes just then: longer for who is not trained, and where it is busy."""
    z = normal(seed, profile.number, BUSY, act, when)
    return firm.act_minutes[act] * firm.act_slowness * math.exp(firm.act_spread * z)


@rule
def brings_dkk(firm, act, stake_dkk, told):
    """What the act brings to the figures of who has to do it."""
    if told:
        return firm.told_dkk[act] + firm.told_share[act] * stake_dkk
    return firm.untold_dkk[act] + firm.untold_share[act] * stake_dkk


@rule
def carries_out(firm, profile, act, stake_dkk, when, seed):
    """DONE, DECLINED, or SLOWED where it would cost the department less than a refusal does.

    ``stake_dkk``: the price of what it is about.
    """
    told = was_told(firm, profile, act, when, seed)
    if told and firm.agreed[act] == 1:
        return DONE
    minutes = act_minutes(firm, profile, act, when, seed)
    gain = brings_dkk(firm, act, stake_dkk, told) - minutes * firm.minute_dkk
    if gain > 0.0:
        return DONE
    return SLOWED if gain > -firm.refuses_from_dkk else DECLINED


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
        "untold_dkk": untold["dkk"],
        "untold_share": untold["share"],
        "told_dkk": told["dkk"],
        "told_share": told["share"],
        "agreed": agreed,
    }


def no_credits() -> dict[str, np.ndarray]:
    """The same fields before any figures are known."""
    names = ("untold_dkk", "untold_share", "told_dkk", "told_share")
    return {name: np.zeros(ACTS) for name in names} | {"agreed": np.zeros(ACTS, np.int64)}
