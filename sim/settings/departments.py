"""Departments: what an act for another department takes, and what a bonus scheme credits.

An act across departments (:data:`ACTS`) is carried out where the one who has to do it gains by it,
or where a target was agreed that says so. A bonus scheme is an entry of ``company.bonus_schemes``;
a strategy names one in its policies.
"""

from __future__ import annotations

from pydantic import Field

from sim.core.records import ACTS
from sim.settings.base import Group, param

ACT_NAMES = ("take_back", "order_home", "pass_lead", "look_up", "stop_mail")
"""In the order of their codes in :mod:`sim.core.records`."""


class BonusScheme(Group):
    """Who is credited with what. Sums are gross margin: sales less goods."""

    title: str = Field(min_length=1, max_length=60, description="what reports call it")
    returns_on_taker: float = param(
        0.0,
        unit="share of the margin of a web order brought back",
        lo=0,
        hi=1,
        source="a choice of the company (B46)",
        doc="that is taken off the figures of the store which takes it; the rest, off the seller's",
    )
    credits_helper: float = param(
        0.0,
        unit="share of the margin of a sale in another channel",
        lo=0,
        hi=1,
        source="a choice of the company (B46, B48)",
        doc="that is credited to the department without whose help it would not have come about",
    )
    agreed: tuple[str, ...] = Field(
        default=(), description="acts that a common target asks for, whatever they bring"
    )


class Departments(Group):
    """What people of one department take an act for another to cost and to bring."""

    act_minutes: tuple[float, ...] = param(
        (4.0, 4.0, 1.0, 1.0, 0.0),
        unit="minutes of who is trained: take back, order to the home, pass a lead on, look a "
        "visitor up, stop a mail",
        lo=0,
        hi=120,
        source="assumption",
        doc="the desk's minutes of a return are those of the queue, market.returning",
    )
    act_spread: float = param(
        0.6, unit="sd of ln", lo=0, hi=2, source="assumption: how busy it is just then"
    )
    refuses_from_dkk: float = param(
        500.0,
        unit="DKK that the act would cost the department",
        lo=0,
        hi=100_000,
        source="assumption: to refuse what the terms promise means an argument at the desk and a "
        "complaint; few stores that promise it refuse it",
        doc="from which on it is refused; below, it is done late and without hurry (B46)",
    )
    slow_minutes: float = param(
        10.0,
        unit="minutes",
        lo=0,
        hi=240,
        source="assumption (B46)",
        doc="that a customer waits longer at the desk where nobody hurries",
    )
    served_sells: float = param(
        0.10,
        unit="share of what a visit sells",
        lo=0,
        hi=1,
        source="assumption",
        doc="that stores believe a visitor buys more whom they know",
    )
    home_sells: float = param(
        0.3,
        unit="share of offers",
        lo=0,
        hi=1,
        source="assumption",
        doc="that stores believe to sell what they order to a customer's home",
    )
    lead_sells: float = param(
        0.05,
        unit="share of leads",
        lo=0,
        hi=1,
        source="assumption",
        doc="that stores believe to be sold elsewhere for having been passed on",
    )
    figures_days: int = param(
        28,
        unit="days",
        lo=1,
        hi=365,
        source="assumption: once a month",
        doc="between two times that departments go through their figures",
    )
    figures_half_life_days: float = param(
        365.0,
        unit="days",
        lo=1,
        hi=3650,
        source="assumption: a year, as budgets run; over few simulated people a quarter is chance",
        doc="after which what was sold or taken back counts half in them",
    )
    most_without_top: float = param(
        1.5,
        unit="level",
        lo=0,
        hi=3,
        source="A20, B47: the mean of 113 firms, of which half pay by channel; assumption",
        doc="of organisation, beyond which nobody but the top can change anything",
    )


def refuse_schemes(schemes: dict[str, BonusScheme]) -> None:
    """Raise ValueError if there is none, or one agrees on an act that there is not."""
    if not schemes:
        raise ValueError("of bonus_schemes, there must be at least one")
    for name, scheme in schemes.items():
        for act in scheme.agreed:
            if act not in ACT_NAMES:
                raise ValueError(
                    f"of bonus_schemes, {name} agrees on {act!r}, and the acts are "
                    f"{', '.join(ACT_NAMES)}"
                )


assert len(ACT_NAMES) == ACTS
