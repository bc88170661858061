"""Before the shocks of a scenario, while they last, and after: what is sold, earned and sold where.

Winners and losers are told by the difference between strategies in each period [A32]; how far
people have moved online by the step of the online share, beside its yearly trend before [A29, A30].
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.core import events as ev
from sim.language import marked
from sim.measures.accounts import OF_MATURITY, YEAR, daily_money, person_years
from sim.measures.figures import Figure
from sim.measures.metrics import YEARLY
from sim.settings.economics import Economics
from sim.settings.shocks import Shock
from sim.world.tally import RunLog, Tally

YEAR_BEFORE, BEFORE, WHILE, AFTER = (
    "the year before that",
    marked("before"),
    marked("while it lasts"),
    marked("after"),
)
TOLD = (BEFORE, WHILE, AFTER)
MONEY = ("gross_revenue", "contribution", "contribution_before_upkeep")
SALES, CONTACTS = "online_sales", "online_contacts"
STATED = "the days from the first day of any shock to the last on which it is felt, and up to 365 "
STATED += "days on either side"

SHOCKED: dict[str, Figure] = {
    "gross_revenue": Figure("Gross revenue", STATED, "person-years in them", "", YEARLY),
    "contribution": Figure("Contribution", STATED, "person-years in them", "", YEARLY),
    "contribution_before_upkeep": Figure(
        "Contribution before upkeep",
        "what maturity costs, and a change of it, left out",
        "person-years in the period",
        "",
        YEARLY,
    ),
    SALES: Figure("Sold online", "price paid in web orders", "gross revenue of the period", ""),
    CONTACTS: Figure(
        "Visits that are online",
        "to the web shop and not to a store",
        "visits to either in the period",
        "",
    ),
}


def shock_periods(shocks: tuple[Shock, ...], horizon: int) -> dict[str, tuple[int, int]]:
    """Before the first of the shocks, while any lasts, and after the last, as days after the fork;
    what lies outside the horizon is left out, and so is all where nothing is dated within it."""
    felt = [shock for shock in shocks if shock.from_day < horizon]
    if not felt:
        return {}
    first = min(shock.from_day for shock in felt)
    end = max(shock.gone_by(horizon) for shock in felt)
    found = {
        BEFORE: (max(first - YEAR, 0), first),
        WHILE: (first, end),
        AFTER: (end, min(end + YEAR, horizon)),
    }
    return {name: days for name, days in found.items() if days[0] < days[1]}


def by_shock(
    run: RunLog,
    economics: Economics,
    item_cost_oere: np.ndarray,
    shocks: tuple[Shock, ...],
    past: Tally,
) -> pd.DataFrame:
    """The figures of :data:`SHOCKED` for each period: seed, strategy, period, metric, value, unit.

    ``past``: the warm-up's tally, by which the shares of the year before that are told too.
    """
    periods, rows = shock_periods(shocks, run.end_day - run.fork_day), []
    books = daily_money(run, economics, item_cost_oere)
    books["contribution_before_upkeep"] = books["contribution"] + sum(
        books[name] for name in OF_MATURITY
    )
    for period, (first, end) in periods.items():
        years = person_years(run, run.fork_day + first, run.fork_day + end).sum()
        for name in MONEY:
            value = books[name][first:end].sum() / years if years > 0 else np.nan
            rows.append((period, name, float(value), YEARLY))
    if BEFORE in periods:
        first = periods[BEFORE][1]
        periods |= {BEFORE: (first - YEAR, first), YEAR_BEFORE: (first - 2 * YEAR, first - YEAR)}
    for period, days in periods.items():
        for name, value in online(run, past, *days).items():
            rows.append((period, name, value, "share"))
    frame = pd.DataFrame(rows, columns=["period", "metric", "value", "unit"])
    frame.insert(0, "strategy", run.strategy)
    frame.insert(0, "seed", run.seed)
    return frame


def online(run: RunLog, past: Tally, first: int, end: int) -> dict[str, float]:
    """Share of sales and of visits that are online in these days after the fork, those before it
    from the warm-up's tally; NaN where there is no such day."""
    at, stop = run.fork_day + first - past.first_day, run.fork_day + end - past.first_day
    if at < 0:
        return {SALES: np.nan, CONTACTS: np.nan}
    told = (past, run.tally)
    oere = np.concatenate([tally.daily_amount for tally in told])[at:stop].sum(axis=0)
    count = np.concatenate([tally.daily_count for tally in told])[at:stop].sum(axis=0)
    return {
        SALES: _share(oere[ev.WEB_ORDER], oere[ev.STORE_SALE]),
        CONTACTS: _share(count[ev.WEB_VISIT], count[ev.STORE_VISIT]),
    }


def _share(of_it: float, rest: float) -> float:
    return float(of_it / (of_it + rest)) if of_it + rest else float("nan")
