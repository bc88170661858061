"""What metrics are computed from: a measured run, and one function a metric.

Each function gives a value for each segment: "all", "shoppers", "buyers"; NaN over nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from sim.core import events as ev
from sim.measures.accounts import (
    YEAR,
    active_years,
    besides_goods,
    between,
    bought_between,
    goods_rows,
    in_pieces,
    money,
    per_segment,
    person_years,
    sales,
    sold_to_known,
    taken,
)
from sim.measures.journeys import Settled, settled
from sim.settings.economics import Economics
from sim.settings.reactions import Feeling
from sim.world.customers import lenience
from sim.world.tally import KINDS, RunLog

Values = dict[str, float]  # segment ("all", "shoppers", "buyers") to value


class Measured:
    """A run and what several metrics need of it, each computed once."""

    def __init__(
        self, run: RunLog, economics: Economics, item_cost_oere: np.ndarray, feeling: Feeling
    ) -> None:
        self.run, self.economics, self.feeling = run, economics, feeling
        self.item_cost_oere = np.asarray(item_cost_oere)

    @cached_property
    def lines(self) -> dict[str, np.ndarray]:
        """The books, øre by segment."""
        return money(self.run, self.economics, self.item_cost_oere)

    @cached_property
    def years(self) -> np.ndarray:
        """Person-years by segment."""
        return person_years(self.run)

    @cached_property
    def active(self) -> np.ndarray:
        """Active-years by segment."""
        return active_years(self.run)

    @cached_property
    def orders(self) -> np.ndarray:
        """Baskets paid for, by segment: web orders and receipts of stores."""
        return self.run.tally.counted(ev.BASKET_PAID)

    @cached_property
    def things(self) -> np.ndarray:
        """Things sold, by segment."""
        return self.run.tally.counted(ev.WEB_ORDER) + self.run.tally.counted(ev.STORE_SALE)

    @cached_property
    def journeys(self) -> Settled:
        """The journeys that were settled."""
        return settled(self.run)

    @cached_property
    def recent(self) -> np.ndarray:
        """Who bought in the last 365 days and is in the market at the end."""
        run, people = self.run, self.run.people
        bought = bought_between(run, max(run.end_day - YEAR, 0), run.end_day) > 0
        return bought & (people["entry_day"] <= run.end_day) & (run.end_day < people["exit_day"])

    def mean(self, values: np.ndarray, among: np.ndarray) -> Values:
        """Mean of a quantity per person among some people; NaN of nobody."""
        shopper = self.run.people["shopper"]
        chosen = {
            "all": among,
            "shoppers": among & (shopper == 1),
            "buyers": among & (shopper == 0),
        }
        return {s: values[who].mean() if who.any() else np.nan for s, who in chosen.items()}


def ratio(above: np.ndarray, below: np.ndarray) -> Values:
    """A ratio of two quantities by segment; NaN over nothing."""
    over, under = per_segment(above), per_segment(below)
    return {s: over[s] / under[s] if under[s] > 0 else np.nan for s in over}


def per_person(line: str) -> Callable[[Measured], Values]:
    """A line of the books over person-years."""
    return lambda m: ratio(m.lines[line] / 100, m.years)


def per_active(line: str) -> Callable[[Measured], Values]:
    """A line of the books over active-years."""
    return lambda m: ratio(m.lines[line] / 100, m.active)


def share_of_wallet(m: Measured) -> Values:
    ours, elsewhere = m.lines["gross_revenue"], m.run.tally.amount[:, ev.COMPETITOR_SALE]
    return ratio(ours, ours + elsewhere)


def repeat_rate(m: Measured) -> Values:
    days = bought_between(m.run, m.run.fork_day, m.run.end_day)
    return m.mean(days >= 2, days > 0)


def retention_12m(m: Measured) -> Values:
    run = m.run
    close = min(run.end_day, run.fork_day + 2 * YEAR)
    defined = run.end_day - run.fork_day >= YEAR and close >= 2 * YEAR
    cohort = bought_between(run, close - 2 * YEAR, close - YEAR) > 0
    again = bought_between(run, close - YEAR, close) > 0
    return m.mean(again, cohort & (run.people["exit_day"] >= close) & defined)


def clv_24m(m: Measured) -> Values:
    run, e = m.run, m.economics
    people, close = run.people, min(run.end_day, run.fork_day + 2 * YEAR)
    customer = np.zeros(len(people), bool)
    customer[taken(run, sales, end=close)["customer"]] = True
    customer &= people["exit_day"] > run.fork_day
    sign, share, each, once = np.zeros((4, KINDS))
    sign[[ev.WEB_ORDER, ev.STORE_SALE, ev.FEE_PAID]], sign[ev.REFUNDED] = 1, -1
    share[[ev.RETURN_BY_MAIL, ev.RETURN_IN_STORE]] = e.return_markdown
    once[ev.BASKET_PAID], once[ev.PICKED_UP] = e.store_sale_dkk, e.pickup_dkk
    each[ev.PARCEL_DELIVERED] = e.parcel_dkk
    each[ev.RETURN_BY_MAIL], each[ev.RETURN_IN_STORE] = e.mail_return_dkk, e.store_return_dkk
    worth = np.zeros(len(people))
    for rows in in_pieces(between(run.journal, run.fork_day, close)):
        kinds = rows["kind"]
        margin = (sign - share)[kinds] * rows["amount_oere"] - goods_rows(rows, m.item_cost_oere)
        margin = margin / 100 - each[kinds] - once[kinds] * rows["value"]
        discount = (1 + e.discount_rate_year) ** (-(rows["day"] - run.fork_day) / YEAR)
        np.add.at(worth, rows["customer"], margin * discount)
    return m.mean(worth, customer)


def satisfaction(m: Measured) -> Values:
    return m.mean(m.run.people["satisfaction"], m.recent)


def nps(m: Measured) -> Values:
    people, trust = m.run.people, m.feeling.recommend_trust_weight
    content = (1 - trust) * people["satisfaction"] + trust * people["trust"]
    lenient = m.feeling.recommend_lenience * lenience(m.run.seed, len(people))
    score = np.floor(10 * content + m.feeling.recommend_shift + lenient + 0.5)
    return m.mean(100.0 * ((score >= 9).astype(float) - (score <= 6)), m.recent)


def cross_channel(m: Measured) -> Values:
    return ratio(100 * m.journeys.by_segment(m.journeys.crossed), m.journeys.by_segment())


def coherent_share(m: Measured) -> Values:
    done, crossed = m.journeys, m.journeys.crossed
    return ratio(done.by_segment(crossed & done.coherent), done.by_segment(crossed))


def coherent_journeys(m: Measured) -> Values:
    coherent = m.journeys.crossed & m.journeys.coherent
    return ratio(m.journeys.by_segment(coherent), besides_goods(m.lines) / 1000)


def known_sales(m: Measured) -> Values:
    return ratio(*sold_to_known(m.run.tally))
