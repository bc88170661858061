"""Each mechanism with it and without it, on the same customers: its deletion test, and the page.

The leader is replayed as it is and with one mechanism switched off at a time, from one common past.
"""

from __future__ import annotations

import gc
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.measures.analysed import ANALYSED
from sim.measures.building_blocks import BLOCKS
from sim.measures.departments import DEPARTMENTS
from sim.measures.journeys import JOURNEYS
from sim.measures.knowledge import KNOWN
from sim.measures.mechanism import Mechanism, verdict
from sim.measures.mechanisms import MECHANISMS
from sim.measures.media import MEDIA
from sim.measures.metrics import METRICS
from sim.measures.statistics import interval
from sim.measures.treated import TREATED, Treated
from sim.measures.trials import TESTS
from sim.measures.visitors import VISITORS
from sim.measures.why import WHY
from sim.settings.market import market_record
from sim.settings.run import Settings
from sim.settings.strategy import DISCIPLINES, Apart, Maturity, Strategy
from sim.study.pasts import common_past, live
from sim.study.seen import named, seen
from sim.study.workers import Progress, for_all, shown_progress
from sim.world.model import OmnichannelModel
from sim.world.tally import RunLog

WITH = ""  # names the arm with every mechanism
RIM = Maturity(**dict.fromkeys(DISCIPLINES, 0.0))

HEAD = """\
# Mechanisms

Written by `omnijourney mechanisms --write`. Each row is what one mechanism is, where it lives, how
it is switched off, and its deletion test: {strategy} with it less without it, on the same
customers ({people} people, {seeds} seeds, {days} days; mean and 95 % interval).

| mechanism | rows | in `sim/` | switch | gate | seen by | with | without | difference | |
|---|---|---|---|---|---|---|---|---|---|"""

FOOT = """
A row of principle has no switch of its own: that journeys should be coherent at little cost [B58]
is what the metric *coherent journeys per 1,000 DKK of cost* measures. Where the interval holds zero
the result is null: the mechanism is there, but on so many people this figure does not show it.

## Raw and causal

Who uses a thing chose it himself. Raw: against all who could use it. Causal: the same people
against themselves, in the same world without it.

| | rows | raw ratio | causal ratio |
|---|---|---|---|"""


def without(strategy: Strategy, mechanism: Mechanism) -> Strategy:
    """``strategy`` with the mechanism switched off."""
    policies = strategy.policies.model_copy(update=mechanism.policies)
    apart = Apart(capabilities=mechanism.off, maturity=RIM)
    return strategy.model_copy(update={"policies": policies, "apart": apart})


def arms(strategy: Strategy) -> dict[str, Strategy]:
    """The strategy as it is, and without each mechanism, by its name."""
    off = {name: without(strategy, mechanism) for name, mechanism in MECHANISMS.items()}
    return {WITH: strategy} | off


def seen_by(mechanism: Mechanism) -> str:
    """What shows a mechanism, as :mod:`sim.study.seen` calls it."""
    return named(mechanism.table, mechanism.seen_by)


def replay_arms(
    settings: Settings,
    baseline: Strategy,
    strategy: Strategy,
    seed: int,
    progress: Progress = lambda days: None,
) -> dict[str, float]:
    """By arm, what its mechanism is seen by in the world of ``seed``; in WITH, of every mechanism,
    named (WITH + name)."""
    past = common_past(settings, baseline, seed, progress)
    found: dict[str, float] = {}
    users: dict[str, np.ndarray] = {}
    for name, arm in arms(strategy).items():
        world = past.fork(arm)
        change(world, MECHANISMS.get(name))
        live(world, world.end_day, progress)
        asked = MECHANISMS if name == WITH else {name: MECHANISMS[name]}
        raw = [named("visitors", treated.raw) for treated in TREATED.values()]
        figures = seen(world, [*map(seen_by, asked.values()), *(raw if name == WITH else [])])
        how = "with" if name == WITH else "without"
        for other, mechanism in asked.items():
            found[f"{how} {other}"] = figures[seen_by(mechanism)]
        for other, treated in TREATED.items():
            run = world.run_log()
            if name == WITH:
                users[other] = treated.users(run, world.driver.tables()[0])
                found[f"raw {other}"] = figures[named("visitors", treated.raw)]
                found[f"users with {other}"] = bought_by(users[other], treated, run)
            elif name == other:
                found[f"users without {other}"] = bought_by(users[other], treated, run)
        del world
        gc.collect()  # a model and its agents point at each other
    return found


def bought_by(users: np.ndarray, treated: Treated, run: RunLog) -> float:
    """What the people marked in ``users`` have bought in this world, whether they use it or not."""
    bought = treated.bought(run)[: len(users)]
    return float(bought[users[: len(bought)]].sum())


def change(world: OmnichannelModel, mechanism: Mechanism | None) -> None:
    """Without this mechanism of the customers' own, from today on."""
    if mechanism is None or not (mechanism.market or mechanism.people):
        return
    record = market_record(world.settings.market)
    for name, value in mechanism.market.items():
        record[name] = value
    world.live_by(record)
    for name, value in mechanism.people.items():
        world.driver.tables()[0][name] = value


class Measured(NamedTuple):
    """What a run of all arms has found."""

    mechanisms: pd.DataFrame
    users: pd.DataFrame


def measured(
    settings: Settings, baseline: Strategy, strategy: Strategy, quiet: bool = False
) -> Measured:
    """One row a mechanism: what it is seen by, with it and without it, means over seeds; the
    paired difference with its interval; and the verdict. One row a thing that people choose to use:
    the raw ratio and the causal one."""
    scale = settings.scale
    seeds = [settings.seed + k for k in range(scale.seeds)]
    days = scale.seeds * (scale.warmup_days + len(arms(strategy)) * scale.horizon_days)
    work = partial(replay_arms, settings, baseline, strategy)
    with shown_progress(days, quiet) as progress:
        found = list(for_all(work, seeds, scale.workers, progress))
    rows = []
    for name, mechanism in MECHANISMS.items():
        on = [seed[f"with {name}"] for seed in found]
        off = [seed[f"without {name}"] for seed in found]
        told, mean, low, high = verdict(mechanism, [a - b for a, b in zip(on, off, strict=True)])
        means = sum(on) / len(on), sum(off) / len(off)
        rows.append((name, *means, mean, low, high, told))
    columns = ["mechanism", "with", "without", "difference", "low", "high", "verdict"]
    return Measured(pd.DataFrame(rows, columns=columns), raw_and_causal(found))


def raw_and_causal(found: list[dict[str, float]]) -> pd.DataFrame:
    """Of each of TREATED, over seeds: the ratio to others, and to themselves without it."""
    rows = []
    for name in TREATED:
        raw = interval([seed[f"raw {name}"] for seed in found])
        pairs = [(seed[f"users with {name}"], seed[f"users without {name}"]) for seed in found]
        causal = interval([on / off if off else float("nan") for on, off in pairs])
        rows.append((name, *raw, *causal))
    columns = ["name", "raw", "raw low", "raw high", "causal", "causal low", "causal high"]
    return pd.DataFrame(rows, columns=columns)


def page(found: Measured, settings: Settings, strategy: Strategy) -> str:
    """docs/mechanisms.md: one line a mechanism, from the code and a fresh run."""
    scale = settings.scale
    lines = [
        HEAD.format(
            strategy=strategy.title[0].lower() + strategy.title[1:],
            people=f"{scale.customers:,}",
            seeds=scale.seeds,
            days=scale.horizon_days,
        )
    ]
    for row in found.mechanisms.to_dict("records"):
        m = MECHANISMS[row["mechanism"]]
        scale_by, unit = (100, " %") if unit_of(m) == "share" else (1, "")
        on, off = (f"{row[arm] * scale_by:.4g}{unit}" for arm in ("with", "without"))
        half = (row["high"] - row["low"]) / 2 * scale_by
        lines.append(
            f"| {m.title} | {m.rows} | {m.lives} | {switch_of(m)} | {m.gate} | {m.reads} | {on} | "
            f"{off} | {row['difference'] * scale_by:+.3g} ± {half:.2g} | {row['verdict']} |"
        )
    lines += [FOOT]
    for row in found.users.to_dict("records"):
        treated = TREATED[row["name"]]
        raw, causal = (
            f"{row[ratio]:.2f} ({row[f'{ratio} low']:.2f} to {row[f'{ratio} high']:.2f})"
            for ratio in ("raw", "causal")
        )
        lines.append(f"| {treated.title} | {treated.rows} | {raw} | {causal} |")
    return "\n".join(lines) + "\n"


def switch_of(mechanism: Mechanism) -> str:
    """How the mechanism is switched off, in words."""
    capabilities = [f"`{name}` at level 0" for name in mechanism.off]
    policies = [f"`{name}: {str(to).lower()}`" for name, to in mechanism.policies.items()]
    numbers = [f"`{name}: {to:g}`" for name, to in mechanism.market.items()]
    traits = [f"`{name}: {to:g}` in everybody" for name, to in mechanism.people.items()]
    return ", ".join(capabilities + policies + numbers + traits)


def unit_of(mechanism: Mechanism) -> str:
    """Unit of what a mechanism is seen by."""
    if mechanism.table == "metrics":
        return METRICS[mechanism.seen_by].unit
    if mechanism.table == "blocks":
        return BLOCKS[mechanism.seen_by].unit
    figures = {"knowledge": KNOWN, "journeys": JOURNEYS, "visitors": VISITORS}
    figures |= {"departments": DEPARTMENTS, "media": MEDIA, "tests": TESTS, "analysis": ANALYSED}
    figures |= {"why": WHY}
    return figures[mechanism.table][mechanism.seen_by].unit
