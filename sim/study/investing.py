"""The survey's firms, simulated: what each investment in one discipline is worth, and how far a
shock drives the firms apart [A31, A32].

A firm settles in at its present levels; its world is then forked once as it is and once for each
discipline in which it invests, and the futures are compared on the same customers with the same
luck. Each firm has worlds of its own for that, so that intervals over firms hold their luck too.
For the shock all firms serve the same customers: they differ by their levels alone.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.measures.accounts import daily_money, person_years
from sim.measures.investments import DISCIPLINE, FIRM, present_value
from sim.settings.run import Settings
from sim.settings.strategy import DISCIPLINES, Strategy
from sim.settings.survey import TOP
from sim.study.pasts import common_past, live
from sim.study.workers import Progress, for_all, shown_progress
from sim.world.firms import maturity_of
from sim.world.model import OmnichannelModel


class Future(NamedTuple):
    """What a firm contributed after the fork."""

    present_dkk: float  # at the fork, of the real firm
    dkk_a_person_year: float


def firm(strategy: Strategy, number: int, levels: np.ndarray) -> Strategy:
    """Firm ``number`` at its six levels, with the policies of ``strategy``."""
    named = {"name": f"firm_{number}", "title": f"Firm {number}"}
    named |= {"schedule": (), "projects": ()}
    return strategy.model_copy(update={**named, "maturity": maturity_of(levels)})


def investments(firm: Strategy, levels: float) -> dict[str, Strategy]:
    """The firm after each investment: so many levels more in one discipline, at most up to 3."""
    found = {}
    for discipline in DISCIPLINES:
        raised = {discipline: min(getattr(firm.maturity, discipline) + levels, TOP)}
        maturity = firm.maturity.model_copy(update=raised)
        found[discipline] = firm.model_copy(update={"maturity": maturity})
    return found


def invest(
    settings: Settings, firms: Sequence[Strategy], workers: int, quiet: bool = False
) -> pd.DataFrame:
    """NPV of every investment of every firm: firm, seed, discipline, npv (DKK of the real firm)."""
    tasks = list(range(len(firms) * settings.scale.seeds))
    days = len(tasks) * (
        settings.scale.warmup_days + (1 + len(DISCIPLINES)) * settings.scale.horizon_days
    )
    with shown_progress(days, quiet) as progress:
        found = for_all(partial(_invested, settings, firms), tasks, workers, progress)
        return pd.DataFrame(
            [row for rows in found for row in rows], columns=[FIRM, "seed", DISCIPLINE, "npv"]
        )


def _invested(
    settings: Settings, firms: Sequence[Strategy], task: int, progress: Progress
) -> list[tuple[int, int, str, float]]:
    """One firm's investments in one of its worlds; each task is a world of its own."""
    number, seed = task // settings.scale.seeds, settings.seed + task
    present = firms[number]
    past = common_past(settings, present, seed, progress)
    as_it_is = _future(settings, past.fork(present), progress)
    rows = []
    for discipline, strategy in investments(present, settings.survey.invested).items():
        raised = _future(settings, past.fork(strategy), progress)
        rows.append((number, seed, discipline, raised.present_dkk - as_it_is.present_dkk))
    return rows


def shocked(
    worlds: Sequence[Settings], firms: Sequence[Strategy], workers: int, quiet: bool = False
) -> pd.DataFrame:
    """What firms contribute in the base and in the shock (``worlds``, two settings): firm, base,
    shock, DKK a person-year, means over the seeds. All firms serve the same customers."""
    scale = worlds[0].scale
    n = len(firms) * scale.seeds
    days = 2 * n * (scale.warmup_days + scale.horizon_days)
    work = partial(_contributed, worlds, firms)
    with shown_progress(days, quiet) as progress:
        found = list(for_all(work, list(range(2 * n)), workers, progress))
    base, shock = np.array(found).reshape(len(firms), scale.seeds, 2).mean(axis=1).T
    return pd.DataFrame({FIRM: np.arange(len(firms)), "base": base, "shock": shock})


def _contributed(
    worlds: Sequence[Settings], firms: Sequence[Strategy], task: int, progress: Progress
) -> float:
    """One firm in one world, base and shock in turn: the contribution a person-year."""
    rest, which = divmod(task, 2)
    number, k = divmod(rest, worlds[0].scale.seeds)
    settings, present = worlds[which], firms[number]
    past = common_past(settings, present, settings.seed + k, progress)
    return _future(settings, past.fork(present), progress).dkk_a_person_year


def _future(settings: Settings, world: OmnichannelModel, progress: Progress) -> Future:
    """The world to its end, and what the firm has contributed by then."""
    live(world, world.end_day, progress)
    run, economics = world.run_log(), settings.company.economics
    dkk = daily_money(run, economics, world.catalogue["cost_oere"])["contribution"]
    years = person_years(run).sum()
    real = settings.company.size.people / settings.scale.customers
    gc.collect()  # a model and its agents point at each other
    present = present_value(dkk, economics.discount_rate_year)
    return Future(real * present, float(dkk.sum() / years))
