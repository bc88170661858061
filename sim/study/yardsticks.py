"""Beside each measure the truth: each line, mail and coupon replayed away from the same customers.

Each company first lives a while under its own strategy, so that its plan is the one that its
measure has led to. Then the plan stands still, and the same year is lived with all of it, and
without one thing at a time.
"""

from __future__ import annotations

import gc
import json
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.core.records import PAID
from sim.measures.measured import Measured
from sim.measures.statistics import interval
from sim.measures.yardsticks import (
    COLUMNS,
    COUPON,
    DETECTS,
    FLOW,
    NEWSLETTER,
    OF_MESSAGES,
    PER_KRONE,
    PER_MAIL,
    books,
    from_store_by_mail,
    marks,
    reading,
    truth,
)
from sim.settings.channels import lines
from sim.settings.document import document
from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.study.pasts import common_past, live
from sim.study.results import NOT_HASHED, hash_of, new_folder, prepared, source_of
from sim.study.workers import Progress, for_all, shown_progress
from sim.world.past import Past

WITH = ""  # the arm with everything
RUN_IN_DAYS = 365  # under its own strategy, before the plan stands still


class OfWorld(NamedTuple):
    """What one world has found of one strategy."""

    rows: list[tuple]  # thing, and what is read and true of it
    moved: dict[str, float]  # share of the media money by line
    beside: dict[str, float]  # figures that are no choice between lines


def without(strategy: Strategy, thing: str, per_week: float) -> Strategy:
    """The plan as it stands, without one thing; of the newsletter, every second one."""
    policies = {"newsletters_per_week": per_week, "steers_contacts": False}
    if thing == NEWSLETTER:
        policies["newsletters_per_week"] = per_week / 2
    elif thing == FLOW:
        policies["flows"] = False
    elif thing == COUPON:
        policies["coupon_share"] = 0.0
    elif thing != WITH:
        policies["without_ads"] = (*strategy.policies.without_ads, thing)
    changed = strategy.policies.model_copy(update=policies)
    return strategy.model_copy(update={"policies": changed})


def things(settings: Settings, strategy: Strategy) -> dict[str, int]:
    """What a strategy buys and sends, by name: its number among what is tested."""
    policies = strategy.policies
    if policies.media_dkk_per_1000_people_day <= 0:
        return OF_MESSAGES
    share = {True: policies.brand_share, False: 1.0 - policies.brand_share}
    bought = {
        line.name: line.number
        for line in lines(settings.market.channels.media())
        if line.weight > 0 and share[line.is_brand] > 0 and line.name not in policies.without_ads
    }
    return bought | OF_MESSAGES


def replay_strategy(
    settings: Settings, past: Past, strategy: Strategy, progress: Progress
) -> OfWorld:
    """One strategy in one world: a year of its own, then every arm."""
    year = past.fork(strategy)
    live(year, year.day + RUN_IN_DAYS, progress)
    marketing, economics = year.company.marketing, settings.company.economics
    holdout, margin = float(year.company.record["holdout"][0]), year.mean_margin
    here = year.past().pack()
    del year
    gc.collect()  # a model and its agents point at each other

    def lived(arm: str) -> Measured:
        world = here.fork(without(strategy, arm, marketing.per_week))
        world.learning = False
        live(world, world.end_day, progress)
        run, goods = world.run_log(), world.catalogue["cost_oere"]
        del world
        gc.collect()  # a model and its agents point at each other
        return Measured(run, economics, goods, settings.market.feeling)

    on = lived(WITH)
    run, with_all, years = on.run, books(on), float(np.sum(on.years))
    rows = []
    for name, thing in things(settings, strategy).items():
        told = reading(run, thing, margin, holdout, years)
        rows.append((name, thing, *told, truth(thing, with_all, books(lived(name)))))
    shares = marketing.media.split * marketing.media.level
    names = [line.name for line in lines(settings.market.channels.media())]
    known, true = marks(run)
    beside = {
        "newsletters a week": marketing.per_week,
        "mean mark given": known,
        "mean mark of all contacts": true,
        "web orders by a mail after a visit to a store": from_store_by_mail(run),
    }
    moved = dict(zip(names, (shares / shares.sum()).tolist(), strict=True))
    return OfWorld(rows, moved, beside)


def replay_world(
    settings: Settings, strategies: list[Strategy], seed: int, progress: Progress
) -> dict[str, OfWorld]:
    """Every strategy in the world of ``seed``, from one past under the first of them."""
    past = common_past(settings, strategies[0], seed, progress)
    return {s.name: replay_strategy(settings, past, s, progress) for s in strategies}


class Yardsticked(NamedTuple):
    """What a run of all arms has found."""

    settings: Settings
    strategies: list[Strategy]
    things: pd.DataFrame  # COLUMNS
    moved: pd.DataFrame  # strategy, line, share of the media money
    beside: pd.DataFrame  # strategy, what, value


def yardsticked(settings: Settings, strategies: list[Strategy], quiet: bool = False) -> Yardsticked:
    """Beside each measure the truth, over ``scale.seeds`` worlds. The horizon counts the run-in."""
    scale = settings.scale
    seeds = [settings.seed + k for k in range(scale.seeds)]
    year = scale.horizon_days - RUN_IN_DAYS
    arms = sum(RUN_IN_DAYS + (1 + len(things(settings, s))) * year for s in strategies)
    work = partial(replay_world, settings, strategies)
    with shown_progress(scale.seeds * (scale.warmup_days + arms), quiet) as progress:
        found = list(for_all(work, seeds, scale.workers, progress))
    rows, moved, beside = [], [], []
    for s in strategies:
        worlds = [of_seed[s.name] for of_seed in found]
        for k, (name, thing, *_) in enumerate(worlds[0].rows):
            each = np.array([world.rows[k][2:] for world in worlds], float)
            spent, click, rate, hold, error = each[:, :5].mean(axis=0)
            unit = PER_MAIL if thing >= PAID else PER_KRONE
            true = interval(each[:, 5].tolist())
            rows.append(
                (s.name, name, unit, spent, click, rate, hold, error, DETECTS * error, *true)
            )
        moved += [
            (s.name, line, float(np.mean([w.moved[line] for w in worlds])))
            for line in worlds[0].moved
        ]
        beside += [
            (s.name, what, float(np.mean([w.beside[what] for w in worlds])))
            for what in worlds[0].beside
        ]
    return Yardsticked(
        settings,
        strategies,
        pd.DataFrame(rows, columns=list(COLUMNS)),
        pd.DataFrame(moved, columns=["strategy", "line", "share"]),
        pd.DataFrame(beside, columns=["strategy", "what", "value"]),
    )


def write(found: Yardsticked) -> Path:
    """Write a run folder below ``output.folder``, tables and a dictionary of the columns, and
    return its path."""

    def fill(draft: Path) -> None:
        given = {s.name: s for s in found.strategies}
        whole = found.settings.model_copy(update={"variants": given})
        header = "# All that determines this run: omnijourney measures --config-dir THIS_FOLDER\n"
        (draft / "config.yaml").write_text(header + document(whole), encoding="utf-8")
        source = {"name": found.settings.name, "seed": found.settings.seed, **source_of()}
        (draft / "manifest.json").write_text(json.dumps(source, indent=2) + "\n", encoding="utf-8")
        tables = {"measures": found.things, "media_split": found.moved, "beside": found.beside}
        for name, frame in tables.items():
            frame.to_csv(draft / f"{name}.csv", index=False)
        told = [(name, unit, says) for name, (unit, says) in COLUMNS.items()]
        words = pd.DataFrame(told, columns=["column", "unit", "meaning"])
        words.to_csv(draft / "dictionary.csv", index=False)

    settings = found.settings
    code = hash_of(settings, found.strategies, {**NOT_HASHED, "carries": True, "survey": True})
    place = prepared(settings.output.folder, settings.name)
    return new_folder(place, settings.name, code, datetime.now().astimezone(), fill)
