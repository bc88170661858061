"""Replay: the same customers, with the same luck, under several strategies.

For each seed the warm-up is simulated once under the baseline; the world is then forked once per
strategy. Whatever differs afterwards was caused by the strategy. That is the transition. On request
the world of the first seeds runs on until its strategy has had a warm-up of its own, and its
steady state is measured. Seeds are independent worlds: intervals are over them, and they are
spread over worker processes. The past and one future are in memory at once.
"""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from sim.measures.analysed import measure_analysis
from sim.measures.building_blocks import measure_blocks
from sim.measures.carries import effects
from sim.measures.comparison import ARMS, Comparison
from sim.measures.daily import by_year, daily_series
from sim.measures.departments import ledgers, measure_departments
from sim.measures.flows import flows
from sim.measures.gains import changed, customer_differences, decompose
from sim.measures.journeys import measure_journeys
from sim.measures.knowledge import measure_knowledge
from sim.measures.media import measure_media
from sim.measures.metrics import measure
from sim.measures.reach import reach
from sim.measures.returns import measure_arm
from sim.measures.segments import measure_segments
from sim.measures.shocked import by_shock
from sim.measures.trials import trials, trials_frame
from sim.measures.visitors import measure_visitors
from sim.measures.warmup import course, holders, weekly_revenue
from sim.measures.why import measure_why
from sim.settings.run import Settings
from sim.settings.shocks import cells_in_fashion
from sim.settings.strategy import Strategy
from sim.study import apart
from sim.study.together import SeedResult, described, put_together, return_arms
from sim.study.warming import compile_rules
from sim.study.workers import Progress, for_all, shown_progress
from sim.world.decisions import as_frame
from sim.world.model import OmnichannelModel
from sim.world.tally import NO_EVENTS, RunLog

PROGRESS_DAYS = 73  # a worker reports every fifth of a year

Holdings = list[tuple[int, dict[str, float]]]  # day, and what shares of the people held then


def replay(
    settings: Settings,
    strategies: list[Strategy],
    seed: int,
    progress: Progress = lambda days: None,
) -> SeedResult:
    """Warm-up, fork and horizon of every strategy in the world of ``seed``, measured."""
    result = SeedResult(seed)
    scale = settings.scale
    baseline = next(s for s in strategies if s.name == settings.baseline)
    start = time.perf_counter()
    warming = OmnichannelModel(to_its_longest(settings, seed), baseline, seed)
    holdings = advance(warming, scale.warmup_days, progress)
    result.seconds["warm-up"] = time.perf_counter() - start
    arms = return_arms(strategies)
    first = [
        s.name for s in strategies if s.name == settings.baseline or arms.get(s.name) == ARMS[0]
    ]
    ordered = sorted(strategies, key=lambda s: (s.name != settings.baseline, s.name not in first))
    keep: dict[str, RunLog] = {}
    before = warming.run_log().tally
    past = warming.past().pack()
    del warming
    gc.collect()
    for strategy in ordered:
        world = past.fork(strategy)
        if strategy is ordered[-1]:
            del past  # nobody forks from it any more
        world.keep_log = settings.output.events != "none"
        held = advance(world, scale.warmup_days + scale.horizon_days, progress)
        start = time.perf_counter()
        run = world.run_log()
        if strategy.name == settings.baseline:
            keep[strategy.name] = run
        elif strategy.name in first:  # of mail only the totals are asked for, see `measure_arm`
            keep[strategy.name] = replace(run, journal=NO_EVENTS, before=NO_EVENTS)
        daily = [before.daily_amount, run.tally.daily_amount]
        if strategy.name == settings.baseline:
            result.course = told(run, daily, holdings + held)
        measure_run(result, settings, strategies, world, run, keep, arms)
        if shocks := settings.scenario.shocks:
            books = settings.company.economics, world.catalogue["cost_oere"]
            result.by_shock.append(by_shock(run, *books, shocks, before))
        result.seconds["measuring"] = (
            result.seconds.get("measuring", 0.0) + time.perf_counter() - start
        )
        del run  # its journal is as large as a year; the steady state has its own
        if world.day < world.end_day:
            found, how = steady_state(settings, world, daily[:1], held, progress)
            result.steady.append(found)
            result.steady_course[strategy.name] = how
        for phase, seconds in world.phase_seconds.items():
            result.seconds[phase] = result.seconds.get(phase, 0.0) + seconds
        del world
        gc.collect()  # a model and its agents point at each other: two worlds at most at a time
    return result


def has_steady_state(settings: Settings, seed: int) -> bool:
    """Whether the worlds of this seed are run on to their steady states."""
    scale = settings.scale
    return scale.steady_days > 0 and seed - settings.seed < scale.steady_seeds


def to_its_longest(settings: Settings, seed: int) -> Settings:
    """The settings with a horizon that reaches as far as this seed's worlds are run."""
    if not has_steady_state(settings, seed):
        return settings
    scale = settings.scale.model_copy(update={"horizon_days": settings.scale.longest_days})
    return settings.model_copy(update={"scale": scale})


def steady_state(
    settings: Settings,
    world: OmnichannelModel,
    daily: list[np.ndarray],
    held: Holdings,
    progress: Progress,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Run a world on until its strategy has settled, and then measure it: metrics, and its course.

    ``daily``: the tally's daily amounts from day 0 to the fork.
    """
    world.keep_log = False
    held = held + advance(world, settings.scale.warmup_days + settings.scale.steady_from, progress)
    transition = world.run_log().tally.daily_amount
    world.measure_anew()
    held = held + advance(world, world.end_day, progress)
    run, books = world.run_log(), (settings.company.economics, world.catalogue["cost_oere"])
    found = measure(run, *books, settings.market.feeling)
    return found, told(run, [*daily, transition, run.tally.daily_amount], held)


def told(run: RunLog, daily: list[np.ndarray], held: Holdings) -> pd.DataFrame:
    """A world's course: ``daily`` amounts from day 0 on, in pieces, and what people held."""
    return course(weekly_revenue(np.concatenate(daily), run.people), held)


def advance(world: OmnichannelModel, until: int, progress: Progress) -> Holdings:
    """Simulate up to day ``until``, reporting on the way; what people held at each report."""
    holdings = []
    while world.day < until:
        before = world.day
        world.run(min(world.day + PROGRESS_DAYS, until))
        progress(world.day - before)
        customers, profiles, _ = world.driver.tables()
        holdings.append((world.day, holders(customers, profiles, world.day)))
    return holdings


def measure_run(
    result: SeedResult,
    settings: Settings,
    strategies: list[Strategy],
    world: OmnichannelModel,
    run: RunLog,
    keep: dict[str, RunLog],
    arms: dict[str, str],
) -> None:
    """Everything a comparison needs of one finished run, added to ``result``."""
    name = run.strategy
    books = settings.company.economics, world.catalogue["cost_oere"]
    metrics = measure(run, *books, settings.market.feeling)
    result.metrics.append(metrics)
    result.by_year.append(by_year(run, *books))
    customers, profiles, _ = world.driver.tables()
    systems = settings.company.systems
    result.knowledge.append(
        measure_knowledge(
            run,
            customers,
            profiles,
            world.minds(),
            world.company.record,
            systems.unopened_before_rest,
        )
    )
    base = keep.get(settings.baseline, run)
    paired = base if name != settings.baseline else None
    result.journeys.append(measure_journeys(run, *books, paired))
    result.visitors.append(measure_visitors(run, customers))
    told = as_frame(list(run.decisions), run.fork_day)
    result.decisions.append(told.assign(seed=run.seed, strategy=name))
    result.departments.append(measure_departments(run))
    result.media.append(measure_media(run))
    result.tests.append(trials_frame(run))
    result.trials.append(trials(run).assign(seed=run.seed, strategy=name))
    tables = customers, profiles, world.minds(), world.company.record
    result.rfm.append(measure_segments(run, *tables))
    ledger = world.driver.ledger()[0]
    result.analysis.append(measure_analysis(run, world.analyst.found, ledger, len(world.catalogue)))
    result.why.append(reasons(run, world))
    schemes = settings.company.bonus_schemes
    result.inside.append(ledgers(run, *books, world.catalogue["in_store"], schemes))
    if name != settings.baseline:
        result.gains.append(decompose(run, base).assign(strategy=name, seed=run.seed))
        result.changed.append((name, *changed(run, base)))
        if run.seed == settings.seed:
            result.people.append(customer_differences(run, base).assign(strategy=name))
    mail_only = next((n for n, arm in arms.items() if arm == ARMS[0]), "")
    if mail_only == name and settings.baseline in arms and settings.baseline != name:
        result.returns.append(measure_arm(base, run))  # the baseline ran before there was this one
    if name in arms and mail_only in keep:
        result.returns.append(measure_arm(run, keep[mail_only]))
    series = [daily_series(run, *books), utilisation(world)]
    result.daily.append(pd.concat(series).assign(strategy=name))
    result.flows.append(flows(run))
    categories = [category.name for category in settings.market.categories]
    result.reach.append(reach(run, settings.company.flows, categories))
    if name == described(settings, strategies):
        asked = (metrics["metric"] == "nps") & (metrics["segment"] == "all")
        score = float(metrics.loc[asked, "value"].iloc[0])
        result.blocks = measure_blocks(run) | {"net promoter score": score}
    for what, number in world.lost.items():
        result.lost[what] = result.lost.get(what, 0) + number
    if world.keep_log:
        result.events[name] = logged(settings, world)


def reasons(run: RunLog, world: OmnichannelModel) -> pd.DataFrame:
    """The figures of :data:`sim.measures.why.WHY` of a finished run."""
    customers, _, _ = world.driver.tables()
    goods, settings = world.assortment, world.settings
    shocks = settings.scenario.shocks
    fashions = cells_in_fashion(shocks, settings.market)
    done, asked, views = goods.done[0], world.leavers.asked[0], world.company.views
    return measure_why(
        run, customers, world.catalogue, done, asked, goods.sound, views, fashions, shocks
    )


def logged(settings: Settings, world: OmnichannelModel) -> np.ndarray:
    """The events to keep: all, or those of a sample of customers spread over the market."""
    events = world.events()
    if settings.output.events == "all":
        return events
    wanted = np.zeros(len(world.shopper), bool)
    wanted[np.linspace(0, len(wanted) - 1, settings.output.sample_customers).astype(int)] = True
    return events[wanted[events["customer"]]]


def utilisation(world: OmnichannelModel) -> pd.DataFrame:
    """The customer centre's utilisation day by day, in the form of a daily series."""
    collected = world.datacollector.get_model_vars_dataframe()
    return pd.DataFrame(
        {
            "day": collected["day"].to_numpy() - world.tally.first_day,
            "series": "utilisation",
            "value": collected["utilisation"].to_numpy(float),
        }
    )


def compare(settings: Settings, strategies: list[Strategy], quiet: bool = False) -> Comparison:
    """Replay ``strategies`` on the same customers for every seed, and put the results together.

    Uses ``scale.workers`` processes. The result is the same for any number of them.
    """
    compile_rules()
    with shown_progress(days_of(settings, strategies), quiet) as progress:
        return compared(settings, strategies, progress)


def days_of(settings: Settings, strategies: list[Strategy]) -> int:
    """How many days a comparison simulates in all: what its progress is counted in."""
    seeds = [settings.seed + k for k in range(settings.scale.seeds)]
    days = sum(
        settings.scale.warmup_days
        + to_its_longest(settings, seed).scale.horizon_days * len(strategies)
        for seed in seeds
    )
    return days + apart.days_of(settings, apart.arms(settings, strategies))


def compared(settings: Settings, strategies: list[Strategy], progress: Progress) -> Comparison:
    """The same for who shows its progress himself, and has compiled the rules."""
    n = settings.scale.seeds
    arms = apart.arms(settings, strategies)
    start = time.perf_counter()
    work = partial(one_task, settings, strategies, arms)
    order = longest_first(settings, n + (apart.sampled(settings).scale.seeds if arms else 0))
    found = dict(zip(order, for_all(work, order, settings.scale.workers, progress), strict=True))
    carried = [found[task] for task in sorted(found) if task >= n]
    comparison = put_together(settings, strategies, [found[task] for task in range(n)])
    phases = []
    if carried:
        comparison.carries = effects([row for seed in carried for row in seed.found])
        phases.append(("what carries it", sum(seed.seconds for seed in carried)))
    phases.append(("whole comparison", time.perf_counter() - start))
    total = pd.DataFrame(phases, columns=["phase", "seconds"])
    comparison.timings = pd.concat([comparison.timings, total], ignore_index=True)
    return comparison


def one_task(
    settings: Settings,
    strategies: list[Strategy],
    arms: list[apart.Arm],
    task: int,
    progress: Progress = lambda days: None,
) -> SeedResult | apart.OfSeed:
    """The worlds of a seed or, from ``scale.seeds`` on, its arms: tasks of one list for all
    processes, so that none waits for the others between the two."""
    n = settings.scale.seeds
    if task < n:
        return replay(settings, strategies, settings.seed + task, progress)
    return apart.replay_arms(apart.sampled(settings), arms, settings.seed + task - n, progress)


def longest_first(settings: Settings, tasks: int) -> list[int]:
    """The tasks in the order in which they are begun: worlds that run on to their steady states,
    arms, other worlds. So the processes end at about the same time."""
    n = settings.scale.seeds
    runs_on = [has_steady_state(settings, settings.seed + task) for task in range(n)]
    worlds = sorted(range(n), key=lambda task: not runs_on[task])
    long = sum(runs_on)
    return [*worlds[:long], *range(n, tasks), *worlds[long:]]
