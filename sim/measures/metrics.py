"""The metrics: one row each, with the function that computes it.

:data:`METRICS` is the only place where a metric is named, defined and titled; run folder, command
line and report read it. To add one, write a function of a :class:`Measured` run in
:mod:`sim.measures.measured`, and a row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.language import marked
from sim.measures import measured as by
from sim.measures.accounts import reconcile
from sim.measures.measured import Measured, Values, per_active, per_person, ratio
from sim.settings.economics import Economics
from sim.settings.reactions import Feeling
from sim.world.tally import RunLog

PERSON_YEARS = marked("person-years: years that people spent in the market in the horizon")
ACTIVE_YEARS = marked(
    "active-years: time in the horizon in which a person in the market had bought from us in the "
    "last 365 days, that day included"
)
RECENT = marked("people in the market at the horizon's end who bought from us in the last 365 days")
YEARLY = marked("DKK per person-year")
YEARLY_ACTIVE = marked("DKK per active-year")


class Metric(NamedTuple):
    """How a metric is computed, read and shown."""

    title: str
    by: Callable[[Measured], Values]
    unit: str  # as in the tables: shares are 0-1
    definition: str
    denominator: str
    # Where it is shown besides the report's large table: "printed" on the command line, "narrow"
    # in its tables of shoppers and buyers, "charted" and "split" by them in the report, "card" on
    # its page one, "swept" in tables of sweeps, "drawn" in pictures
    shown: str = ""
    words: str = ""  # its unit in words, if other than the unit
    short: str = ""  # a shorter title for narrow tables
    active: str = ""  # the same per active customer

    @property
    def unit_words(self) -> str:
        return self.words or self.unit


METRICS: dict[str, Metric] = {
    "gross_revenue": Metric(
        "Gross revenue",
        per_person("gross_revenue"),
        YEARLY,
        "price paid in web orders and store sales; booked on the day it happens, from the fork "
        "to the horizon's end",
        PERSON_YEARS,
        shown="printed narrow",
        active="gross_revenue_active",
    ),
    "refunds": Metric(
        "Refunds",
        per_person("refunds"),
        YEARLY,
        "money paid back; booked on the day it happens, from the fork to the horizon's end, "
        "whenever the goods were bought",
        PERSON_YEARS,
        shown="printed narrow",
    ),
    "fees": Metric(
        "Fees",
        per_person("fees"),
        YEARLY,
        "delivery and return fees paid by customers; booked on the day it happens, from the "
        "fork to the horizon's end",
        PERSON_YEARS,
        shown="printed narrow",
    ),
    "net_revenue": Metric(
        "Net revenue",
        per_person("net_revenue"),
        YEARLY,
        "gross revenue - refunds + fees",
        PERSON_YEARS,
        shown="printed narrow charted card split swept drawn",
        active="net_revenue_active",
    ),
    "contribution": Metric(
        "Contribution",
        per_person("contribution"),
        YEARLY,
        "net revenue - all costs below; before rent, store payroll (but the minutes of sales, "
        "advice and the service desk) and head office",
        PERSON_YEARS,
        shown="printed narrow charted card split swept drawn",
        active="contribution_active",
    ),
    "orders_per_customer": Metric(
        "Orders",
        lambda m: ratio(m.orders, m.years),
        "orders per person-year",
        "baskets paid for: orders on the web and receipts in stores, exchanges included",
        PERSON_YEARS,
        shown="printed narrow charted card split",
        active="orders_active",
    ),
    "things_per_order": Metric(
        "Things per order",
        lambda m: ratio(m.things, m.orders),
        "things per order",
        "lines of web orders and receipts, over those",
        "orders",
    ),
    "active_customers": Metric(
        "Active customers",
        lambda m: ratio(m.active, m.years),
        "share",
        "active-years, as in the four figures that follow",
        PERSON_YEARS,
        shown="printed narrow",
        words="% of people in the market",
    ),
    "gross_revenue_active": Metric(
        "Gross revenue, active",
        per_active("gross_revenue"),
        YEARLY_ACTIVE,
        "gross revenue as above",
        ACTIVE_YEARS,
        shown="printed",
    ),
    "net_revenue_active": Metric(
        "Net revenue, active",
        per_active("net_revenue"),
        YEARLY_ACTIVE,
        "net revenue as above",
        ACTIVE_YEARS,
    ),
    "contribution_active": Metric(
        "Contribution, active",
        per_active("contribution"),
        YEARLY_ACTIVE,
        "contribution as above, before rent, store payroll (but the minutes of sales, advice "
        "and the service desk) and head office",
        ACTIVE_YEARS,
        shown="printed",
    ),
    "orders_active": Metric(
        "Orders, active",
        lambda m: ratio(m.orders, m.active),
        "orders per active-year",
        "orders as above",
        ACTIVE_YEARS,
        shown="printed",
    ),
    "repeat_rate": Metric(
        "Repeat rate",
        by.repeat_rate,
        "share",
        "bought on two or more days of the horizon; an exchange is no purchase",
        "people who bought in the horizon",
        shown="printed narrow charted split",
        words="% of customers",
    ),
    "retention_12m": Metric(
        "12-month retention",
        by.retention_12m,
        "share",
        "bought again in the 365 days after; the second of the two years ends 730 days after the "
        "fork or at the horizon's end if that is sooner (the first then reaches back before the "
        "fork); undefined for horizons below 365 days; an exchange is no purchase",
        "people who bought in the first of these years and are in the market to the end",
        shown="printed narrow charted swept",
        words="% of customers",
    ),
    "clv_24m": Metric(
        "Customer value, 24 months",
        by.clv_24m,
        "DKK per customer",
        "customer lifetime value over 24 months from the fork (or to the horizon's end): sales + "
        "fees - refunds - goods - delivery - return handling and loss of value - staff per store "
        "sale, discounted to the fork; before media, messages, service and upkeep",
        "people in the market at or after the fork who bought at least once before these months "
        "ended",
        shown="printed narrow charted",
        short="Value, 24 months",
    ),
    "share_of_wallet": Metric(
        "Share of wallet",
        by.share_of_wallet,
        "share",
        "gross revenue with us",
        "gross revenue with us and with the competitor",
        shown="printed narrow charted",
        words="% of spending in the market",
    ),
    "satisfaction": Metric(
        "Satisfaction",
        by.satisfaction,
        "0-1",
        "mean satisfaction at the horizon's end",
        RECENT,
        shown="printed narrow charted split",
        words="0 to 1",
    ),
    "nps": Metric(
        "Net promoter score",
        by.nps,
        "points -100..100",
        "promoters (score 9-10) - detractors (0-6); score = 10 x a weighted mean of satisfaction "
        "and trust (market.feeling.recommend_trust_weight) + recommend_shift + each person's own "
        "lenience (recommend_lenience), rounded half up; calibrated on P9, nobody is asked",
        RECENT,
        shown="printed narrow charted card split",
        words="points, −100 to 100",
    ),
    "cross_channel": Metric(
        "Cross-channel journeys",
        by.cross_channel,
        "per 100 purchases",
        "purchases settled whose need met two or more of our touchpoints: web shop at the computer "
        "or on the phone, app, a mail's link, an ad's link, store, customer centre",
        "purchases settled in the horizon",
        shown="printed",
        words="per 100 settled purchases",
        short="Cross-channel",
    ),
    "coherent_share": Metric(
        "Coherent, cross-channel",
        by.coherent_share,
        "share",
        "nothing was said, searched or filled in again that we had been told, no basket or case "
        "was lost, nothing just bought was offered, questions were solved",
        "cross-channel journeys",
        shown="printed narrow charted",
        words="% of cross-channel journeys",
        short="Coherent, crossing",
    ),
    "coherent_journeys": Metric(
        "Coherent journeys",
        by.coherent_journeys,
        "per 1,000 DKK",
        "cross-channel journeys that are coherent",
        "all costs but goods",
        shown="printed narrow charted",
        words="per 1,000 DKK of cost",
    ),
    "known_sales": Metric(
        "Sales to known people",
        by.known_sales,
        "share",
        "value of sales with a card shown, a log-in, a linked device or mail",
        "gross revenue",
        shown="printed narrow charted",
        words="% of gross revenue",
        short="Known sales",
    ),
    "cost_goods": Metric(
        "Goods",
        per_person("cost_goods"),
        YEARLY,
        "purchase price of goods sold less that of goods sent back",
        PERSON_YEARS,
    ),
    "cost_media": Metric(
        "Media",
        per_person("cost_media"),
        YEARLY,
        "paid impressions, ad clicks and paid search clicks",
        PERSON_YEARS,
    ),
    "cost_messages": Metric(
        "Messages", per_person("cost_messages"), YEARLY, "e-mails sent", PERSON_YEARS
    ),
    "cost_service": Metric(
        "Service",
        per_person("cost_service"),
        YEARLY,
        "staffed minutes of the customer centre (split between segments by questions asked) and "
        "of the service desk (by returns and pick-ups in store), and staff per sale and per advice "
        "in store",
        PERSON_YEARS,
    ),
    "cost_delivery": Metric(
        "Delivery",
        per_person("cost_delivery"),
        YEARLY,
        "parcels to the door and orders handed out in store",
        PERSON_YEARS,
    ),
    "cost_returns": Metric(
        "Returns handling",
        per_person("cost_returns"),
        YEARLY,
        "handling of returns, and what the goods lost in value",
        PERSON_YEARS,
    ),
    "cost_club": Metric(
        "Club",
        per_person("cost_club"),
        YEARLY,
        "bonus earned by members and people with an account who made themselves known; booked at "
        "the sale, all of it is taken to be used, and none is taken back when the goods come back: "
        "too high by the share that is returned",
        PERSON_YEARS,
    ),
    "cost_upkeep": Metric(
        "Upkeep of maturity",
        per_person("cost_upkeep"),
        YEARLY,
        "having what the maturity needs: systems and licences; split between segments by "
        "person-years",
        PERSON_YEARS,
    ),
    "cost_use": Metric(
        "Use of maturity",
        per_person("cost_use"),
        YEARLY,
        "people at work with what there is, stores trained and articles mended with them; split as "
        "upkeep",
        PERSON_YEARS,
    ),
    "cost_change": Metric(
        "Change of maturity",
        per_person("cost_change"),
        YEARLY,
        "systems brought in and people who learn to use them, once; split as upkeep",
        PERSON_YEARS,
    ),
}


def shown(place: str) -> tuple[str, ...]:
    """Metrics that are shown in a place, in the table's order."""
    return tuple(name for name, metric in METRICS.items() if place in metric.shown.split())


def metric_of(name: str, unit: str = "") -> Metric:
    """The row of a metric; of one that the table lacks, its own name."""
    plain = Metric(name.replace("_", " ").capitalize(), lambda m: {}, unit, "", "")
    return METRICS.get(name, plain)


def measure(
    run: RunLog, economics: Economics, item_cost_oere: np.ndarray, feeling: Feeling | None = None
) -> pd.DataFrame:
    """All of :data:`METRICS` for each segment: seed, strategy, segment, metric, value, unit.

    ``feeling`` is the market's (its defaults if left out). What cannot be measured (a share of
    nobody) is NaN. Raises ValueError where journal and tally disagree.
    """
    reconcile(run)
    measured = Measured(run, economics, item_cost_oere, feeling or Feeling())
    rows = [
        (run.seed, run.strategy, segment, name, float(value), metric.unit)
        for name, metric in METRICS.items()
        for segment, value in metric.by(measured).items()
    ]
    return pd.DataFrame(rows, columns=["seed", "strategy", "segment", "metric", "value", "unit"])
