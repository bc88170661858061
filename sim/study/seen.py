"""What can be seen of a run that has ended, by name: ``contribution``, ``net_revenue/shoppers``,
``journeys: coherent``. Only what is asked for is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from sim.measures.analysed import ANALYSED, measure_analysis
from sim.measures.building_blocks import BLOCKS, measure_blocks
from sim.measures.comparison import SEGMENTS
from sim.measures.departments import DEPARTMENTS, measure_departments
from sim.measures.journeys import JOURNEYS, measure_journeys
from sim.measures.knowledge import KNOWN, measure_knowledge
from sim.measures.media import ALL, MEDIA, measure_media
from sim.measures.metrics import METRICS, measure
from sim.measures.trials import TESTS, measure_trials
from sim.measures.visitors import VISITORS, measure_visitors
from sim.measures.why import WHY
from sim.settings.complaints import BadInput, there_are
from sim.study.replay import reasons
from sim.world.model import OmnichannelModel
from sim.world.tally import RunLog

METRIC = "metrics"
Seen = dict[str, float]


def _metrics(world: OmnichannelModel, run: RunLog) -> Seen:
    settings = world.settings
    books = settings.company.economics, world.catalogue["cost_oere"]
    frame = measure(run, *books, settings.market.feeling)
    rows = zip(frame["metric"], frame["segment"], frame["value"], strict=True)
    return {f"{metric}/{segment}": float(value) for metric, segment, value in rows}


def _knowledge(world: OmnichannelModel, run: RunLog) -> Seen:
    customers, profiles, _ = world.driver.tables()
    reached = world.settings.company.systems.unopened_before_rest
    minds, record = world.minds(), world.company.record
    return _by_what(measure_knowledge(run, customers, profiles, minds, record, reached))


def _journeys(world: OmnichannelModel, run: RunLog) -> Seen:
    books = world.settings.company.economics, world.catalogue["cost_oere"]
    return _by_what(measure_journeys(run, *books))


def _visitors(world: OmnichannelModel, run: RunLog) -> Seen:
    return _by_what(measure_visitors(run, world.driver.tables()[0]))


def _media(world: OmnichannelModel, run: RunLog) -> Seen:
    frame = measure_media(run)
    return _by_what(frame[frame["line"] == ALL])


def _analysis(world: OmnichannelModel, run: RunLog) -> Seen:
    ledger = world.driver.ledger()[0]
    return _by_what(measure_analysis(run, world.analyst.found, ledger, len(world.catalogue)))


def _by_what(frame: pd.DataFrame) -> Seen:
    return dict(zip(frame["what"], frame["value"].astype(float), strict=True))


TABLES: dict[str, tuple[Iterable[str], Callable[[OmnichannelModel, RunLog], Seen]]] = {
    METRIC: ([f"{name}/{segment}" for name in METRICS for segment in SEGMENTS], _metrics),
    "journeys": (JOURNEYS, _journeys),
    "knowledge": (KNOWN, _knowledge),
    "visitors": (VISITORS, _visitors),
    "departments": (DEPARTMENTS, lambda world, run: _by_what(measure_departments(run))),
    "media": (MEDIA, _media),
    "tests": (TESTS, lambda world, run: measure_trials(run)),
    "analysis": (ANALYSED, _analysis),
    "why": (WHY, lambda world, run: _by_what(reasons(run, world))),
    "blocks": (BLOCKS, lambda world, run: measure_blocks(run)),
}
"""By name: the figures of a table, and how a run's are found."""


def named(table: str, figure: str) -> str:
    """The name of a figure of a table; a metric's is that of all people."""
    return figure if table == METRIC else f"{table}: {figure}"


def place_of(name: str, key: str = "measures") -> tuple[str, str]:
    """Table and figure that a name stands for. Raises :class:`BadInput` if there is none."""
    table, colon, figure = (part.strip() for part in name.partition(":"))
    if not colon:
        metric, _, segment = name.partition("/")
        if metric not in METRICS:
            raise BadInput(key, name, f"no such measure; {there_are(metric, METRICS)}")
        if segment not in ("", *SEGMENTS):
            raise BadInput(key, name, f"no such segment; {there_are(segment, SEGMENTS)}")
        return METRIC, f"{metric}/{segment or SEGMENTS[0]}"
    if table not in TABLES:
        raise BadInput(key, name, f"no such table; {there_are(table, TABLES)}")
    known = list(TABLES[table][0])
    if figure not in known:
        raise BadInput(key, name, f"no such figure of {table}; {there_are(figure, known)}")
    return table, figure


def seen(world: OmnichannelModel, names: Iterable[str]) -> dict[str, float]:
    """The figures of these names of a world that has ended; NaN where one is undefined."""
    run = world.run_log()
    places = {name: place_of(name) for name in names}
    tables = {
        table: TABLES[table][1](world, run)
        for table in dict.fromkeys(t for t, _ in places.values())
    }
    return {
        name: float(tables[table].get(figure, np.nan)) for name, (table, figure) in places.items()
    }
