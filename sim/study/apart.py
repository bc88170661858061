"""A difference taken apart: every arm replayed on the same customers, from one common past.

Arms are strategies: the pair itself; the second without a group, which stands at the first one's
level; the first with only that group at the second one's; and the pair again where a number that
is assumed stands at a bound. Capabilities and policies of a group move together. What maturity
costs stays that of the arm's own levels, so effects are of what the capabilities do to customers,
and contribution is told before upkeep.
"""

from __future__ import annotations

import gc
import time
from typing import NamedTuple

from sim.measures.carries import FIRST, ONLY, SECOND, WHOLE, WITHOUT, values
from sim.measures.measured import Measured
from sim.settings.carries import at_bound, differing
from sim.settings.company import Company
from sim.settings.market import with_numbers
from sim.settings.run import Settings
from sim.settings.strategy import Apart, Strategy
from sim.study.pasts import common_past, live
from sim.study.workers import Progress


class Arm(NamedTuple):
    """A strategy, what it is in the comparison, and of which group or at which bound."""

    kind: str
    group: str
    strategy: Strategy
    assumed: tuple[str, float] | None = None  # a number of the market that is another from then on


class OfSeed(NamedTuple):
    """What one seed's arms leave behind."""

    found: list[tuple]  # see :func:`sim.measures.carries.values`
    seconds: float  # processor time


def with_groups_of(
    strategy: Strategy, other: Strategy, groups: list[str], company: Company
) -> Strategy:
    """``strategy`` with these groups as ``other`` has them: their levels and their policies."""
    names = [name for group in groups for name in company.groups[group].policies]
    policies = {name: getattr(other.policies, name) for name in names}
    return strategy.model_copy(
        update={
            "policies": strategy.policies.model_copy(update=policies),
            "apart": Apart(groups=groups, maturity=other.maturity, schedule=other.schedule),
        }
    )


def arms(settings: Settings, strategies: list[Strategy]) -> list[Arm]:
    """The arms of the pair that is to be taken apart; none where no pair is named.

    Groups in which the two do not differ carry nothing and are left out.
    """
    if not settings.carries.pair:
        return []
    by_name = {strategy.name: strategy for strategy in strategies}
    first, second = (by_name[name] for name in settings.carries.pair)
    company, days = settings.company, settings.carries.horizon_days
    found = [Arm(FIRST, WHOLE, first), Arm(SECOND, WHOLE, second)]
    for group in differing(company, first, second, days):
        found.append(Arm(WITHOUT, group, with_groups_of(second, first, [group], company)))
        found.append(Arm(ONLY, group, with_groups_of(first, second, [group], company)))
    for key, bounds in settings.carries.bounds.items():
        for value in bounds:
            for kind, strategy in ((FIRST, first), (SECOND, second)):
                found.append(Arm(kind, at_bound(key, value), strategy, (key, value)))
    return found


def sampled(settings: Settings) -> Settings:
    """The settings of the sample on which the arms are run: never larger than the run's own."""
    scale, carries = settings.scale, settings.carries
    smaller = {
        "customers": min(carries.customers, scale.customers),
        "seeds": min(carries.seeds, scale.seeds),
        "warmup_days": min(carries.warmup_days, scale.warmup_days),
        "horizon_days": min(carries.horizon_days, scale.horizon_days),
        "steady_days": 0,
    }
    return settings.model_copy(update={"scale": scale.model_copy(update=smaller)})


def days_of(settings: Settings, arms: list[Arm]) -> int:
    """Simulated days of all seeds, for the progress."""
    scale = sampled(settings).scale
    return scale.seeds * (scale.warmup_days + len(arms) * scale.horizon_days) if arms else 0


def replay_arms(
    settings: Settings, arms: list[Arm], seed: int, progress: Progress = lambda days: None
) -> OfSeed:
    """Warm-up under the first strategy, and the horizon of every arm in the world of ``seed``.

    ``settings``: the sample's, see :func:`sampled`.
    """
    start = time.process_time()
    past = common_past(settings, arms[0].strategy, seed, progress)
    found = []
    for arm in arms:
        world = past.fork(arm.strategy)
        if arm.assumed:
            world.meet(with_numbers(settings.market, dict([arm.assumed])))
        live(world, world.end_day, progress)
        economics, costs = settings.company.economics, world.catalogue["cost_oere"]
        measured = Measured(world.run_log(), economics, costs, settings.market.feeling)
        found += values(measured, arm.kind, arm.group)
        del world, measured
        gc.collect()  # a model and its agents point at each other
    return OfSeed(found, time.process_time() - start)
