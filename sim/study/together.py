"""What the worlds of all seeds leave behind, put together: one comparison, with intervals."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.measures.building_blocks import beside_bands
from sim.measures.comparison import ARMS, ORIGINS, Comparison
from sim.measures.departments import inside
from sim.measures.metrics import YEARLY
from sim.measures.reach import COLUMNS as REACH
from sim.measures.returns import compare_arms
from sim.measures.statistics import differences, interval, levels
from sim.measures.warmup import drift, needed_days
from sim.settings.run import Settings
from sim.settings.strategy import Strategy


@dataclass
class SeedResult:
    """What one seed's worlds leave behind: small frames, ready to be put together."""

    seed: int
    metrics: list[pd.DataFrame] = field(default_factory=list)
    by_year: list[pd.DataFrame] = field(default_factory=list)
    by_shock: list[pd.DataFrame] = field(default_factory=list)
    gains: list[pd.DataFrame] = field(default_factory=list)
    changed: list[tuple[str, float, float]] = field(default_factory=list)
    returns: list[pd.DataFrame] = field(default_factory=list)
    daily: list[pd.DataFrame] = field(default_factory=list)
    flows: list[pd.DataFrame] = field(default_factory=list)
    reach: list[pd.DataFrame] = field(default_factory=list)
    blocks: dict[str, float] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    people: list[pd.DataFrame] = field(default_factory=list)
    knowledge: list[pd.DataFrame] = field(default_factory=list)
    journeys: list[pd.DataFrame] = field(default_factory=list)
    visitors: list[pd.DataFrame] = field(default_factory=list)
    departments: list[pd.DataFrame] = field(default_factory=list)
    media: list[pd.DataFrame] = field(default_factory=list)
    tests: list[pd.DataFrame] = field(default_factory=list)
    trials: list[pd.DataFrame] = field(default_factory=list)
    analysis: list[pd.DataFrame] = field(default_factory=list)
    rfm: list[pd.DataFrame] = field(default_factory=list)
    why: list[pd.DataFrame] = field(default_factory=list)
    inside: list[pd.DataFrame] = field(default_factory=list)
    decisions: list[pd.DataFrame] = field(default_factory=list)
    steady: list[pd.DataFrame] = field(default_factory=list)
    steady_course: dict[str, pd.DataFrame] = field(default_factory=dict)
    course: pd.DataFrame = field(default_factory=pd.DataFrame)
    events: dict[str, np.ndarray] = field(default_factory=dict)


def return_arms(strategies: list[Strategy]) -> dict[str, str]:
    """Strategies that differ only in their return offers: name -> arm. Empty if not all three.

    Mail only; + return in store; + pick-up in store, at the same maturity and other policies.
    """
    switches = {ARMS[0]: (False, False), ARMS[1]: (True, False), ARMS[2]: (True, True)}

    def rest(s: Strategy) -> tuple:
        policies = s.policies.model_dump(exclude={"return_in_store", "pickup_in_store"})
        return s.maturity, s.schedule, s.projects, s.apart, tuple(policies.items())

    for first in strategies:
        group = [s for s in strategies if rest(s) == rest(first)]
        found = {
            arm: s.name
            for arm, offered in switches.items()
            for s in group
            if (s.policies.return_in_store, s.policies.pickup_in_store) == offered
        }
        if len(found) == len(switches):
            return {name: arm for arm, name in found.items()}
    return {}


def described(settings: Settings, strategies: list[Strategy]) -> str:
    """Whose building blocks are set beside their bands: the average firm's, else the baseline's."""
    names = [s.name for s in strategies]
    return "danish_average" if "danish_average" in names else settings.baseline


def put_together(
    settings: Settings, strategies: list[Strategy], results: list[SeedResult]
) -> Comparison:
    """One Comparison from the results of all seeds."""
    names = [s.name for s in strategies]
    metrics = in_order([f for r in results for f in r.metrics], names)
    steady = [f for r in results for f in r.steady]
    settled = in_order(steady, names) if steady else None
    courses = [r.course for r in results]
    arms = return_arms(strategies)
    returns = [f for r in results for f in r.returns]
    return Comparison(
        settings=settings,
        strategies=strategies,
        baseline=settings.baseline,
        metrics=metrics,
        levels=levels(metrics),
        differences=differences(metrics, settings.baseline),
        gains=gains_frame(results, names),
        changed=changed_frame(results, names),
        returns=compare_arms(pd.concat(returns), arms) if returns else compare_arms(NO_ARM, {}),
        daily=mean_of(
            [f for r in results for f in r.daily], ["strategy", "day", "series"], "value"
        ),
        flows=mean_of(
            [f for r in results for f in r.flows],
            ["strategy", "step", "source", "target"],
            "count",
            len(results),
        ),
        reach=mean_of([f for r in results for f in r.reach], REACH[:-1], REACH[-1]),
        ledger=beside_bands([r.blocks for r in results]),
        knowledge=figures_frame([f for r in results for f in r.knowledge], names),
        journeys=figures_frame([f for r in results for f in r.journeys], names),
        visitors=figures_frame([f for r in results for f in r.visitors], names),
        departments=figures_frame([f for r in results for f in r.departments], names),
        tests=figures_frame([f for r in results for f in r.tests], names),
        trials=pd.concat([f for r in results for f in r.trials], ignore_index=True),
        media=media_frame([f for r in results for f in r.media], names),
        analysis=figures_frame([f for r in results for f in r.analysis], names),
        rfm=figures_frame([f for r in results for f in r.rfm], names),
        why=figures_frame([f for r in results for f in r.why], names),
        decisions=pd.concat([f for r in results for f in r.decisions], ignore_index=True),
        inside=inside([f for r in results for f in r.inside], names, settings.baseline),
        timings=timings_frame(results),
        described=described(settings, strategies),
        lost={k: sum(r.lost.get(k, 0) for r in results) for k in ("needs", "orders")},
        people=pd.concat([*(f for r in results for f in r.people), pd.DataFrame()]),
        by_year=pd.concat([f for r in results for f in r.by_year], ignore_index=True),
        by_shock=pd.concat(
            [*(f for r in results for f in r.by_shock), pd.DataFrame()], ignore_index=True
        ),
        steady_levels=pd.DataFrame() if settled is None else levels(settled),
        steady_differences=(
            pd.DataFrame() if settled is None else differences(settled, settings.baseline)
        ),
        drift=drift(courses, settings.scale.warmup_days),
        steady_drift=steady_drift(settings, names, results),
        warmup_needed_days=needed_days(courses),
        events={r.seed: r.events for r in results if r.events},
    )


def steady_drift(settings: Settings, names: list[str], results: list[SeedResult]) -> pd.DataFrame:
    """The first year of each strategy's steady state against the year before it."""
    start = settings.scale.warmup_days + settings.scale.steady_from
    courses = {name: [r.steady_course[name] for r in results if r.steady_course] for name in names}
    found = [drift(told, start).assign(strategy=name) for name, told in courses.items()]
    return pd.concat(found, ignore_index=True)


def in_order(frames: list[pd.DataFrame], names: list[str]) -> pd.DataFrame:
    """Metrics of all seeds, strategies in the order of ``names``."""
    order = {name: k for k, name in enumerate(names)}
    return pd.concat(frames, ignore_index=True).sort_values(
        "strategy", key=lambda found: found.map(order), kind="stable", ignore_index=True
    )


def figures_frame(frames: list[pd.DataFrame], names: list[str]) -> pd.DataFrame:
    """Intervals over seeds of a table of figures: what the company knows, how journeys go."""
    groups = in_order(frames, names).groupby(["strategy", "what"], sort=False)
    rows = [(*key, *interval(group["value"])) for key, group in groups]
    return pd.DataFrame(rows, columns=["strategy", "what", "mean", "low", "high"])


def media_frame(frames: list[pd.DataFrame], names: list[str]) -> pd.DataFrame:
    """Intervals over seeds of what each paid line cost and brought."""
    groups = in_order(frames, names).groupby(["strategy", "line", "what"], sort=False)
    rows = [(*key, *interval(group["value"])) for key, group in groups]
    return pd.DataFrame(rows, columns=["strategy", "line", "what", "mean", "low", "high"])


NO_ARM = pd.DataFrame({"seed": [], "strategy": [], "measure": [], "value": []})


def gains_frame(results: list[SeedResult], names: list[str]) -> pd.DataFrame:
    """Intervals over seeds of where the gross difference comes from."""
    columns = ["strategy", "segment", "origin", "mean", "low", "high", "unit"]
    frames = [f for r in results for f in r.gains]
    if not frames:
        return pd.DataFrame(columns=columns)
    stacked = pd.concat(frames)
    rows = []
    for name in names:
        for segment in ("all", "shoppers", "buyers"):
            own = stacked[(stacked["strategy"] == name) & (stacked["segment"] == segment)]
            for origin in ORIGINS:
                values = own["dkk"][own["origin"] == origin].to_numpy()
                if len(values):
                    rows.append((name, segment, origin, *interval(values), YEARLY))
    return pd.DataFrame(rows, columns=columns)


def changed_frame(results: list[SeedResult], names: list[str]) -> pd.DataFrame:
    """Shares of customers for whom anything, and whose purchases, differ from the baseline."""
    rows = []
    for name in names:
        found = [(any_, bought) for r in results for n, any_, bought in r.changed if n == name]
        if found:
            mean, low, high = interval([f[0] for f in found])
            rows.append((name, mean, float(np.mean([f[1] for f in found])), low, high))
    return pd.DataFrame(rows, columns=["strategy", "share_any", "share_bought", "low", "high"])


def mean_of(frames: list[pd.DataFrame], keys: list[str], value: str, n: int = 0) -> pd.DataFrame:
    """Mean over seeds; with ``n``, the sum over seeds divided by n (absent counts as zero)."""
    groups = pd.concat(frames).groupby(keys, sort=False)[value]
    return (groups.sum() / n if n else groups.mean()).reset_index()


def timings_frame(results: list[SeedResult]) -> pd.DataFrame:
    """Processor seconds by phase, over all seeds."""
    phases: dict[str, float] = {}
    for r in results:
        for phase, seconds in r.seconds.items():
            phases[phase] = phases.get(phase, 0.0) + seconds
    return pd.DataFrame(list(phases.items()), columns=["phase", "seconds"])
