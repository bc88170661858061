"""Whom does a reminder move? The same customers with it and without it, by how likely each was to
buy anyway [B30].

A company at the strategy's levels first learns for some months, nobody being reminded. From then on
every month is lived twice from one common past: nobody is reminded, or everybody on file who may be
written to. Customers are put into fifths of the probability that the company's model gave them on
that morning, which is the same in both. (Fifths of one world held against the next months of the
other would not do: what is known of somebody says more of the world in which it was seen.)
"""

from __future__ import annotations

import gc
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from sim.company.targeting import fifths
from sim.measures.accounts import between, purchases
from sim.measures.statistics import interval
from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.study.numbers import plain
from sim.study.pasts import common_past, live
from sim.study.results import NOT_HASHED, hash_of, new_folder, prepared
from sim.study.workers import Progress, for_all, shown_progress
from sim.world.tally import RunLog

LEARNS = 6  # analyses before anybody is reminded: half a year of what was recorded
COLUMNS = ["fifth", "people", "predicted", "without", "with", "difference"]

# A month: who could be reminded and their probabilities; who of them bought without it and with it
Month = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def reminding(strategy: Strategy, targets_by: str) -> Strategy:
    """The strategy, with reminders to these."""
    policies = strategy.policies.model_copy(update={"targets_by": targets_by})
    return strategy.model_copy(update={"policies": policies})


def replay_pair(
    settings: Settings,
    baseline: Strategy,
    strategy: Strategy,
    seed: int,
    progress: Progress = lambda days: None,
) -> pd.DataFrame:
    """The world of ``seed`` with reminders to all and to nobody: COLUMNS, shares of the people."""
    every = settings.company.analysing.analysis_days
    past = common_past(settings, baseline, seed, progress)
    world = past.fork(reminding(strategy, "nobody"))
    del past
    world.analyst.keeps = True
    live(world, (world.day // every + LEARNS) * every, progress)
    found = []
    while world.day + every <= world.end_day:
        day = world.day
        twin = world.fork(reminding(strategy, "all"))
        live(twin, day + every, progress)
        live(world, day + every, progress)
        arms = [bought_in(run, day, every) for run in (world.run_log(), twin.run_log())]
        reminded_on, people, score = world.analyst.kept[-1]
        if reminded_on == day:
            found.append((people, score, *(np.isin(people, bought) for bought in arms)))
        del twin
        gc.collect()  # a model and its agents point at each other
    return by_fifth(found)


def bought_in(run: RunLog, day: int, days: int) -> np.ndarray:
    """Who bought from ``day`` on, within so many days; an exchange is no purchase."""
    return np.unique(purchases(between(run.journal, day, day + days))["customer"])


def by_fifth(months: list[Month]) -> pd.DataFrame:
    """All months' people, fifth by fifth of their probability in their month: COLUMNS."""
    if not months:
        return pd.DataFrame(columns=COLUMNS)
    parts = [np.column_stack([fifths(score), score, *arms]) for _, score, *arms in months]
    every = np.concatenate(parts)
    rows = []
    for fifth in (1, 2, 3, 4, 5):
        own = every[every[:, 0] == fifth]
        predicted, without, with_it = own[:, 1:].mean(axis=0)
        rows.append((fifth, len(own), predicted, without, with_it, with_it - without))
    return pd.DataFrame(rows, columns=COLUMNS)


def measured(
    settings: Settings, baseline: Strategy, strategy: Strategy, quiet: bool = False
) -> pd.DataFrame:
    """Over the seeds: fifth, people, predicted, without, with; difference, low, high."""
    scale = settings.scale
    seeds = [settings.seed + k for k in range(scale.seeds)]
    learns = LEARNS * settings.company.analysing.analysis_days
    days = scale.seeds * (scale.warmup_days + 2 * scale.horizon_days - learns)
    work = partial(replay_pair, settings, baseline, strategy)
    with shown_progress(days, quiet) as progress:
        found = pd.concat(for_all(work, seeds, scale.workers, progress))
    rows = []
    for fifth, own in found.groupby("fifth"):
        means = own[["people", "predicted", "without", "with"]].mean()
        rows.append((fifth, *means, *interval(own["difference"])))
    return pd.DataFrame(rows, columns=[*COLUMNS, "low", "high"])


def most_moved(found: pd.DataFrame) -> int:
    """The fifth whose buying rose most; 1 is the least likely to buy."""
    return int(found["fifth"].iloc[int(found["difference"].to_numpy().argmax())])


def write(found: pd.DataFrame, settings: Settings, strategy: Strategy) -> Path:
    """Write ``propensity.csv`` into a run folder below ``output.folder`` and return its path."""
    place = prepared(settings.output.folder, settings.name)
    code = hash_of(settings, [strategy], {**NOT_HASHED, "carries": True, "survey": True})

    def fill(draft: Path) -> None:
        found.to_csv(draft / "propensity.csv", index=False)

    return new_folder(place, settings.name, code, datetime.now().astimezone(), fill)


def told(found: pd.DataFrame, settings: Settings, strategy: Strategy) -> str:
    """The table in words and figures, as the command line prints it."""
    scale, days = settings.scale, settings.company.analysing.analysis_days
    title = strategy.title or strategy.name
    said = (
        f"{title}: who bought within {days} days, in %, without a reminder and with one to all on\n"
        "file who may be written to, by fifth of the probability that its model gave that day.\n"
        f"Each month is lived twice from one past; {scale.customers:,} people, {scale.seeds}\n"
        "seeds, 95 % intervals over them.\n"
    )
    lines = [said, f"{'':16}  people  predicted  without   with  difference, points"]
    for row in found.to_dict("records"):
        name = {1: "1 least likely", 5: "5 likeliest"}.get(row["fifth"], str(row["fifth"]))
        shares = "  ".join(
            f"{100 * row[what]:{width}.1f}"
            for what, width in (("predicted", 9), ("without", 7), ("with", 5))
        )
        low, high = (plain(100 * row[bound], 2) for bound in ("low", "high"))
        moved = f"{plain(100 * row['difference'], 2, signed=True)} ({low} to {high})"
        lines.append(f"{name:16}  {row['people']:6.0f}  {shares}  {moved}")
    return "\n".join([*lines, f"Most moved: fifth {most_moved(found)}.", ""])
