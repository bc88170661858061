"""A company's key figures beside those of its simulation, and what follows where they differ.

:data:`KEY_FIGURES` has a row for each: where the books' figure stands in the settings, how the
simulated one is read from a comparison, what it would mean if it came out otherwise, and which
settings move it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sim.measures.building_blocks import BLOCKS
from sim.measures.statistics import interval
from sim.settings.company import Company
from sim.study.facts import Facts
from sim.study.numbers import MISSING, NBSP, Estimate, factor, is_share, plain

Simulated = Callable[[Facts], Estimate]
SCORE = "points"


class KeyFigure(NamedTuple):
    """A figure of a year of the firm; of the simulation under the comparison's baseline."""

    title: str
    unit: str
    simulated: Simulated
    means: str  # if it is not as stated: what is less to be trusted
    moved_by: tuple[str, ...]  # settings that move it
    times: float = 1.0  # from the unit of the settings to that of the simulated figure
    used: bool = False  # the simulation is of this; else only compared with it


def _of_metrics(value: Callable[[dict[str, float]], float]) -> Simulated:
    """A figure computed seed by seed from the metrics."""

    def simulated(facts: Facts) -> Estimate:
        frame = facts.comparison.metrics
        own = frame[(frame["strategy"] == facts.baseline) & (frame["segment"] == "all")]
        wide = own.pivot(index="seed", columns="metric", values="value")
        return Estimate(*interval([value(row) for row in wide.to_dict("records")]))

    return simulated


def _in_market(share: Callable[[Facts], Estimate]) -> Simulated:
    """What a share of the people in the market is in real people."""
    return lambda facts: Estimate(*(facts.people * value for value in share(facts)))


def _metric(name: str) -> Simulated:
    return lambda facts: facts.level(facts.baseline, name)


def _known(what: str) -> Simulated:
    return lambda facts: facts.known(facts.baseline, what)


def _sold_online(facts: Facts) -> Estimate:
    mean, low, high = facts.visitor(facts.baseline, "store sales")
    return Estimate(1 - mean, 1 - high, 1 - low)


def _returned_online(facts: Facts) -> Estimate:
    ledger = facts.comparison.ledger
    row = ledger[ledger["what"] == BLOCKS["returned online"].what]
    if row.empty or facts.comparison.described != facts.baseline:
        return MISSING
    return Estimate(*(float(row[column].iloc[0]) for column in ("value", "low", "high")))


KEY_FIGURES: dict[str, KeyFigure] = {
    "size.active_customers": KeyFigure(
        "Active customers",
        "people",
        _in_market(_metric("active_customers")),
        "the market around them, and every sum a year with it, is off by as much",
        ("company.size.active_share",),
        used=True,
    ),
    "key_figures.turnover_mdkk": KeyFigure(
        "Turnover",
        "m DKK",
        _in_market(_metric("net_revenue")),
        "sums in DKK a year are off by about as much",
        ("market.people.need_rate_year", "market.categories.*.price_dkk"),
        times=1e6,
    ),
    "key_figures.online_share": KeyFigure(
        "Ordered online",
        "share",
        _sold_online,
        "what delivery, pick-up and return offers are worth is that of another mix of channels",
        ("market.touchpoints.store_utility", "market.people.distance_km"),
    ),
    "key_figures.gross_margin": KeyFigure(
        "Gross margin",
        "share",
        _of_metrics(lambda m: 1 - m["cost_goods"] / m["net_revenue"]),
        "contribution hangs on it: more sold is worth more or less than shown",
        ("market.categories.*.margin",),
    ),
    "key_figures.orders": KeyFigure(
        "Orders",
        "orders",
        _in_market(_metric("orders_per_customer")),
        "the occasions to win or lose a customer are off by as much",
        ("market.people.need_rate_year", "market.people.preference_mean"),
    ),
    "key_figures.order_value_dkk": KeyFigure(
        "Order value",
        "DKK",
        _of_metrics(lambda m: m["gross_revenue"] / m["orders_per_customer"]),
        "fees, delivery and what an order costs weigh otherwise on it",
        ("market.categories.*.price_dkk", "market.people.further_things"),
    ),
    "key_figures.return_rate_online": KeyFigure(
        "Returned, of online orders",
        "share",
        _returned_online,
        "what return offers cost and bring is off",
        ("market.buying.tau_web", "policies.mail_return_fee_dkk"),
    ),
    "key_figures.mailing_list": KeyFigure(
        "On the mailing list",
        "people",
        _in_market(_known("mailing list")),
        "what newsletters and flows bring is off by about as much",
        ("maturity.recognition", "market.people.permission_intercept"),
    ),
    "key_figures.members": KeyFigure(
        "Members of the club",
        "people",
        _in_market(_known("all members")),
        "recognition in stores, and what the club costs, are those of another club",
        ("policies.club_bonus_share", "maturity.recognition"),
    ),
    "key_figures.known_share": KeyFigure(
        "Sold to known people",
        "share",
        _metric("known_sales"),
        "what data and personal content can do is that of a company that knows more, or less",
        ("maturity.recognition", "policies.club_bonus_share"),
    ),
    "key_figures.nps": KeyFigure(
        "Net promoter score",
        SCORE,
        _metric("nps"),
        "its level is a matter of calibration; differences between strategies hang less on it",
        ("market.feeling.recommend_shift",),
    ),
}


class Beside(NamedTuple):
    """A key figure as stated (NaN if it is not) and as simulated, in the simulated one's unit."""

    row: KeyFigure
    stated: float
    simulated: Estimate
    near: float  # how far off it may be

    @property
    def compared(self) -> bool:
        return self.stated == self.stated and self.simulated.known

    @property
    def off(self) -> float:
        """Simulated less stated."""
        return self.simulated.mean - self.stated

    @property
    def reproduced(self) -> bool:
        """Within the tolerance."""
        return self.compared and abs(self.off) <= self.near

    @property
    def may_be(self) -> bool:
        """Farther off than the tolerance, but within what chance may do."""
        low, high = self.simulated.low, self.simulated.high
        return self.compared and not self.reproduced and low <= self.stated <= high

    @property
    def how_far(self) -> str:
        """``34 % above``, ``8 points below``."""
        where = "above" if self.off > 0 else "below"
        if is_share(self.row.unit) or self.row.unit == SCORE:
            return f"{_far(abs(self.off) * factor(self.row.unit))}{NBSP}points {where}"
        if not self.stated:
            return where
        return f"{_far(100 * abs(self.off / self.stated))}{NBSP}% {where}"


def _far(value: float) -> str:
    """With a decimal where a whole number might be taken for the tolerance."""
    return plain(value, 1 if value < 20 else 0)


def beside(facts: Facts) -> list[Beside]:
    """Every key figure, stated or not, beside the simulated one."""
    company = facts.comparison.settings.company
    return [_beside(facts, company, key, row) for key, row in KEY_FIGURES.items()]


def _beside(facts: Facts, company: Company, key: str, row: KeyFigure) -> Beside:
    group, _, name = key.partition(".")
    given = getattr(getattr(company, group), name)
    stated = float("nan") if given is None else given * row.times
    tolerance = company.key_figures.tolerance * abs(stated)
    if is_share(row.unit) or row.unit == SCORE:
        points = company.key_figures.tolerance_points
        tolerance = points / 100 if is_share(row.unit) else points
    return Beside(row, stated, row.simulated(facts), tolerance)
