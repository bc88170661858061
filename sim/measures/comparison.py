"""What a comparison of strategies found: tidy tables, ready for report, results and command line.

Every strategy was replayed on the same customers, from the same past, once per seed. Levels are
means over the seeds; differences are paired with the baseline seed by seed. ``low`` and ``high``
bound the 95 % Student-t interval over the seeds and are NaN where there is only one seed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from sim.language import marked

if TYPE_CHECKING:
    from sim.settings import Settings, Strategy

SEGMENTS = ("all", "shoppers", "buyers")


class Origin(NamedTuple):
    """How a sentence and a narrow table name where a gain comes from."""

    words: str
    short: str


ORIGINS = {
    "from competitor": Origin("taken from the competitor", "from competitor"),
    "new demand": Origin("new demand", "new demand"),
    "pulled forward": Origin("purchases pulled forward", "pulled forward"),
    "moved between own channels": Origin("moved between own channels", "own channels"),
    "same need, other basket": Origin("other baskets for the same needs", "other basket"),
}
ARMS = (marked("mail only"), marked("+ return in store"), marked("+ pick-up in store"))


@dataclass
class Comparison:
    """The result of replaying several strategies on the same customers.

    In all frames ``strategy`` holds the strategy's name and shares are in 0-1.

    metrics
        One row per ``seed``, ``strategy``, ``segment`` ('all', 'shoppers', 'buyers') and
        ``metric``: ``value`` and its ``unit``.
    levels
        ``strategy``, ``segment``, ``metric``, ``mean``, ``low``, ``high``, ``unit``.
    differences
        Strategy minus baseline, for all but the baseline: ``strategy``, ``segment``, ``metric``,
        ``mean``, ``low``, ``high``, ``relative`` (mean over the baseline's mean), ``unit``.
    gains
        Where the difference in gross revenue comes from: ``strategy``, ``segment``, ``origin``
        (one of ``ORIGINS``), ``mean``, ``low``, ``high``, ``unit`` (DKK per person-year).
        Within a strategy and segment they sum to the difference in gross revenue.
    changed
        ``strategy``, ``share_any`` (share of customers for whom anything at all differs from the
        baseline) with ``low`` and ``high``, ``share_bought`` (whose purchases differ).
    returns
        ``arm`` (one of ``ARMS``), ``strategy``, ``measure``, ``mean``, ``low``, ``high``,
        ``documents`` (what the source documents say; NaN where they say nothing), ``band_low``,
        ``band_high``. Measures, as shares of the gross value of all online orders: 'gross' (net
        revenue), 'causal' (change of net revenue over all channels against mail only, paired),
        'symmetric' (as gross, with re-orders on the web counted as recouped), 'returned',
        'recouped at return', 'recouped at pick-up'; and the 'pick-up share' of orders and
        'store-return share' of returns. Empty if no return offers were compared.
    daily
        ``strategy``, ``day`` (0 is the fork), ``series`` (one of
        :data:`sim.measures.daily.SERIES`), ``value`` (mean over seeds).
    flows
        Journeys as sequences of touchpoints: ``strategy``, ``step`` (1 to 6), ``source``,
        ``target``, ``count`` (journeys that went from source to target at that step).
    reach
        How slowly flows that follow a purchase reach people: ``strategy``, ``flow``, ``category``,
        ``weeks`` since the fork, ``share`` (of who bought of the category; mean over seeds).
    ledger
        Building blocks beside their bands, under the strategy ``described``: ``row`` (of
        docs/evidence.md), ``what``, ``value``, ``low``, ``high``, ``band_low``, ``band_high``,
        ``unit``, ``source``.
    knowledge
        What the company knows, held against the truth: ``strategy``, ``what`` (one of
        :data:`sim.measures.knowledge.KNOWN`), ``mean``, ``low``, ``high``; shares.
    journeys
        Journeys that hang together: ``strategy``, ``what`` (one of
        :data:`sim.measures.journeys.JOURNEYS`, with its unit), ``mean``, ``low``, ``high``. What
        compares a strategy's needs with the baseline's is NaN for the baseline itself.
    visitors
        Customers as shops' statistics see them: ``strategy``, ``what`` (one of
        :data:`sim.measures.visitors.VISITORS`, with its unit), ``mean``, ``low``, ``high``.
    tests
        A/B tests in figures: ``strategy``, ``what`` (one of :data:`sim.measures.trials.TESTS`),
        ``mean``, ``low``, ``high``.
    trials
        Every test: ``seed``, ``strategy`` and the columns of
        :data:`sim.measures.trials.COLUMNS`.
    media
        What each paid line cost and brought: ``strategy``, ``line``, ``what`` (one of
        :data:`sim.measures.media.MEDIA`), ``mean``, ``low``, ``high``.
    departments
        What departments did for each other: ``strategy``, ``what`` (one of
        :data:`sim.measures.departments.DEPARTMENTS`), ``mean``, ``low``, ``high``.
    analysis
        What the company's analysis is worth: ``strategy``, ``what`` (one of
        :data:`sim.measures.analysed.ANALYSED`, with its unit), ``mean``, ``low``, ``high``.
    rfm
        Customers by recency, frequency and money as recorded: ``strategy``, ``what`` (one of
        :data:`sim.measures.segments.RFM`, with its unit), ``mean``, ``low``, ``high``.
    inside
        Who inside is credited with what: ``strategy``, ``scheme`` (of
        ``settings.company.bonus_schemes``), ``department`` (one of
        :data:`sim.measures.departments.LEDGERS`), ``mean``, ``low``, ``high``; and less the
        baseline's, paired, ``gain``, ``gain_low``, ``gain_high``. DKK per person-year.
    decisions
        What the companies' departments decided: ``seed``, ``strategy`` and the columns of
        :data:`sim.world.decisions.COLUMNS`.
    timings
        ``phase``, ``seconds`` (processor seconds over all seeds; the whole comparison by clock).
    lost
        What did not fit into a person's places, over all runs: 'needs', 'orders'.
    people
        Per person of the first seed, strategy against baseline: ``strategy`` and the columns of
        :func:`sim.measures.gains.customer_differences`. One person's difference is an illustration.
    by_year
        One row per ``seed``, ``strategy``, ``period`` ('year 1', ..., 'last 365 days',
        '365 days before those') and
        ``metric`` ('gross_revenue', 'net_revenue', 'contribution'): ``value``, ``unit``. All
        people, over the person-years of the period. Empty for horizons below a year.
    by_shock
        Before the scenario's shocks, while they last and after: one row per ``seed``,
        ``strategy``, ``period`` (one of :data:`sim.measures.shocked.TOLD`, and 'the year before
        that' for shares) and ``metric`` (one of :data:`sim.measures.shocked.SHOCKED`): ``value``,
        ``unit``. Empty for a scenario without shocks within the horizon.
    steady_levels, steady_differences
        As ``levels`` and ``differences``, of each strategy's steady state: it has been followed
        for ``scale.settle_days`` and more, and no change of level is paid any more. Over the first
        ``scale.steady_seeds`` seeds; empty unless ``scale.steady_days`` asks for it. All other
        frames tell the *transition*: the horizon from the common past on.
    drift
        Of the baseline, see :func:`sim.measures.warmup.drift`: ``series``, ``before`` (mean of the
        year before the fork), ``after`` (of the year after it), ``change`` with ``low`` and
        ``high``, ``drifts``. Empty where there is no year on both sides.
    steady_drift
        The same of every ``strategy``: the first year of its steady state against the year before.
    warmup_needed_days
        Warm-up that MSER-5 asks for on the baseline's revenue; NaN if it has not settled.
    carries
        The difference of ``settings.carries.pair`` taken apart, on the sample that
        ``settings.carries`` states: ``group`` (of ``settings.company.groups``, or 'all'),
        ``effect`` (one of :data:`sim.measures.carries.EFFECTS`), ``measure`` (one of
        :data:`sim.measures.carries.CARRIED`), ``mean``, ``low``, ``high``, ``share`` (of the
        total; NaN where that cannot be told apart from zero), ``unit``. Empty without a pair.
    events
        Seed -> strategy -> EVENT array since the fork, where a log was asked for.
    """

    settings: Settings
    strategies: list[Strategy]
    baseline: str
    metrics: pd.DataFrame
    levels: pd.DataFrame
    differences: pd.DataFrame
    gains: pd.DataFrame
    changed: pd.DataFrame
    returns: pd.DataFrame
    daily: pd.DataFrame
    flows: pd.DataFrame
    ledger: pd.DataFrame
    timings: pd.DataFrame
    knowledge: pd.DataFrame = field(default_factory=pd.DataFrame)
    journeys: pd.DataFrame = field(default_factory=pd.DataFrame)
    visitors: pd.DataFrame = field(default_factory=pd.DataFrame)
    departments: pd.DataFrame = field(default_factory=pd.DataFrame)
    media: pd.DataFrame = field(default_factory=pd.DataFrame)
    tests: pd.DataFrame = field(default_factory=pd.DataFrame)
    trials: pd.DataFrame = field(default_factory=pd.DataFrame)
    analysis: pd.DataFrame = field(default_factory=pd.DataFrame)
    rfm: pd.DataFrame = field(default_factory=pd.DataFrame)
    why: pd.DataFrame = field(default_factory=pd.DataFrame)
    inside: pd.DataFrame = field(default_factory=pd.DataFrame)
    decisions: pd.DataFrame = field(default_factory=pd.DataFrame)
    reach: pd.DataFrame = field(default_factory=pd.DataFrame)
    described: str = ""
    lost: dict[str, int] = field(default_factory=dict)
    people: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_year: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_shock: pd.DataFrame = field(default_factory=pd.DataFrame)
    steady_levels: pd.DataFrame = field(default_factory=pd.DataFrame)
    steady_differences: pd.DataFrame = field(default_factory=pd.DataFrame)
    drift: pd.DataFrame = field(default_factory=pd.DataFrame)
    steady_drift: pd.DataFrame = field(default_factory=pd.DataFrame)
    warmup_needed_days: float = float("nan")
    carries: pd.DataFrame = field(default_factory=pd.DataFrame)
    events: dict[int, dict[str, np.ndarray]] = field(default_factory=dict)
