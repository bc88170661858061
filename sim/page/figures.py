"""What the page shows of a replay: a row for each figure, and where its journeys went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from sim.measures.departments import ledgers
from sim.measures.flows import flows
from sim.measures.measured import Measured, Values, clv_24m, ratio
from sim.measures.metrics import METRICS
from sim.measures.returns import cohort_measures
from sim.settings.run import Settings
from sim.world.model import OmnichannelModel

Told = dict[str, Any]  # of a replay so far: plain numbers and lists, as they go to the browser


class Figure(NamedTuple):
    """One figure: how it is computed, and in what it is counted."""

    by: Callable[[Measured], Values]
    unit: str  # dkk (a person-year), share, points, count (a person-year), efficiency


def settled_contribution(m: Measured) -> Values:
    """Contribution as if the change to the levels were paid: what a year brings from then on."""
    return ratio((m.lines["contribution"] + m.lines["cost_change"]) / 100, m.years)


FIGURES: dict[str, Figure] = {
    "gross_revenue": Figure(METRICS["gross_revenue"].by, "dkk"),
    "net_revenue": Figure(METRICS["net_revenue"].by, "dkk"),
    "contribution": Figure(settled_contribution, "dkk"),
    "cost_change": Figure(METRICS["cost_change"].by, "dkk"),
    "orders": Figure(METRICS["orders_per_customer"].by, "count"),
    "nps": Figure(METRICS["nps"].by, "points"),
    "share_of_wallet": Figure(METRICS["share_of_wallet"].by, "share"),
    "coherent_share": Figure(METRICS["coherent_share"].by, "share"),
    "coherent_journeys": Figure(METRICS["coherent_journeys"].by, "efficiency"),
    "known_sales": Figure(METRICS["known_sales"].by, "share"),
}
SEGMENTS = ("all", "shoppers", "buyers")
LEAST_FLOW = 0.01  # of a step's journeys: thinner streams are left out of the picture
FLOW_STEPS = 4


def told_of(world: OmnichannelModel, settings: Settings) -> Told:
    """The figures of a world since its fork, as far as it has been lived."""
    run = world.run_log()
    goods = world.catalogue["cost_oere"]
    measured = Measured(run, settings.company.economics, goods, settings.market.feeling)
    figures = {}
    for name, figure in FIGURES.items():
        found = figure.by(measured)
        figures[name] = [number(found[segment]) for segment in SEGMENTS]
    kept = cohort_measures(run)["gross"] if len(run.journal) else np.nan
    return {"day": world.day - run.fork_day, "figures": figures, "kept": number(kept)}


def books(world: OmnichannelModel) -> Told:
    """What is told of a year that is over besides, for the games.

    ``value``: customer value, DKK a customer, as METRICS has it but over this year alone.
    ``ledgers``: each department's own figures as its bonus counts them, DKK a person-year.
    """
    run, company = world.run_log(), world.settings.company
    goods, carried = world.catalogue["cost_oere"], world.catalogue["in_store"]
    measured = Measured(run, company.economics, goods, world.settings.market.feeling)
    scheme = world.strategy.policies.bonus_scheme
    schemes = {scheme: company.bonus_schemes[scheme]}
    frame = ledgers(run, company.economics, goods, carried, schemes)
    own = dict(zip(frame["department"], map(number, frame["value"]), strict=True))
    return {"value": number(clv_24m(measured)["all"]), "ledgers": own}


def streams(world: OmnichannelModel) -> list[list[Any]]:
    """Where journeys went, step by step: step, from, to, share of the step's journeys."""
    frame = flows(world.run_log())
    frame = frame[frame["step"] <= FLOW_STEPS]
    shares = frame["count"] / frame.groupby("step")["count"].transform("sum")
    wide = frame.assign(share=shares)[shares >= LEAST_FLOW]
    columns = (wide[name].tolist() for name in ("step", "source", "target", "share"))
    return [list(row) for row in zip(*columns, strict=True)]


def number(value: float) -> float | None:
    """What JSON can carry: None for what is undefined."""
    return float(value) if np.isfinite(value) else None
