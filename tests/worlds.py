"""Small worlds for tests: settings by name, strategies by what differs, and a lively world.

Run as a script it lives the lively world with the readable driver, in the plain Python that
NUMBA_DISABLE_JIT=1 gives, and saves what came of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np

from sim.settings.load import load
from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.world.decisions import Decision
from sim.world.model import OmnichannelModel

ROOT = Path(__file__).resolve().parents[1]
STRATEGIES = ("danish_average", "immature", "leader")

LIVELY = (
    "scale.customers=110",
    "scale.warmup_days=90",
    "scale.horizon_days=90",
    "market.people.stay_days=150",
    "market.people.need_rate_year=75",
    "market.people.need_rate_shape=0.5",
    "market.people.aware_at_start=0.85",
    "market.people.preference_mean=1",
    "market.people.distance_km=6",
    "market.people.cookie_renewed=0.05",
    "market.people.permission_intercept=3",
    "market.people.browses_month_shopper=5",
    "market.people.browses_month_buyer=3",
    "market.touchpoints.browse_utility=1.5",
    "market.touchpoints.bounce=0",
    "market.touchpoints.competitor_utility=-1",
    "market.touchpoints.competitor_store_utility=-1.5",
    "market.identity.another_card=1",
    "market.identity.other_address=0.4",
    "market.identity.card_along=0.3",
    "market.identity.privacy_dkk=1",
    "market.identity.takes_back=-1.5",
    "market.messages.reminds=1",
    "market.channels.social.instagram.sessions_week_shopper=5",
    "market.channels.social.instagram.sessions_week_buyer=3",
    "market.touchpoints.centre_utility=-0.5",
    "market.touchpoints.store_utility=-0.5",
    "market.returning.desk_minutes=20",
    "market.needs.latent_life_days=20",
    "market.needs.active_life_days=30",
    "market.needs.attention_gap_days=4",
    "market.buying.outside_web=0",
    "market.buying.outside_store=0.5",
    "market.buying.checkout_base=2",
    "market.buying.surplus=0.1",
    "market.returning.defect_share=0.25",
    "market.returning.carrier_days=4",
    "market.returning.carrier_spread=1.0",
    "market.returning.promised_days=3",
    "market.messages.unsubscribe_intercept=-4",
    "market.channels.social.instagram.ad_seen=0.8",
    "market.channels.social.instagram.ad_click_intercept=-1",
    "market.channels.social.instagram.post_share=0.3",
    "market.messages.click_intercept=-3",
    "market.asking.patience_minutes=1",
    "market.identity.shares_computer=0.8",
    "market.asking.asks_before_due=0.5",
    "market.asking.asks_after_purchase=0.2",
    "company.size.active_customers=330",
    "company.size.active_share=1",
    "company.size.stores=1",
    "company.operations.centre_minimum_agents=1",
    "company.operations.most_give_up=1",
    "company.operations.target_utilisation=0.95",
    "company.economics.return_window_days=150",
    "company.flows.win_back.delay_days=30",
    "company.systems.holdout_share=0.2",
    "company.systems.sequence_least=3",
    "company.systems.silent_before_dropped_days=60",
    "company.systems.faults_days=25",
    "company.analysing.analysis_days=20",
    "company.listening.leavers_days=21",
    "company.listening.silent_days=14",
    "company.listening.named_least=0.05",
    "company.listening.returns_least=2",
    "company.listening.returns_sure=0.5",
    "company.analysing.uplift_least=10",
    "company.analysing.explore_share=0.5",
    "company.analysing.picks_least=1",
    "company.analysing.picks_other=0.3",
    "company.systems.faults_least=2",
    "company.systems.mending_days=10",
    "company.systems.ratings_days=20",
    "market.messages.ahead_dkk_day=0.5",
    "market.portal.rates_us_base=-3",
    "market.portal.rates_us_asked=0",
    "market.portal.words_half_life_days=40",
    "market.visiting.rates_base=-2",
    "market.reviews.review_base=-2",
    "market.reviews.review_invited_base=-1",
    "market.reviews.model_days=120",
    "market.reviews.answers_half=3",
    "market.community.join_base=1",
    "market.community.forum_half=3",
    "market.community.forum_turns=0.6",
    "market.community.posts_base=-0.5",
    "market.community.asks_there=1",
    "market.talk.find_fresh_days=20",
    "company.steering.contacts_days=20",
    "company.steering.contacts_most=6",
    "company.trials.weeks=1",
    "company.trials.least=1",
    "company.trials.sure=0.5",
)


@cache
def world(*overrides: str) -> Settings:
    """Settings as the command line would make them."""
    return load(overrides)[0]


def in_words(model: OmnichannelModel) -> list[Decision]:
    """What the company's departments have decided, as plain texts."""
    return [decision.told() for decision in model.decisions]


@cache
def named(name: str) -> Strategy:
    """A strategy of the project, by name."""
    _, strategies = load([f"strategies=[{name}]"])
    return strategies[0]


def like(strategy: Strategy, name: str | None = None, **policies) -> Strategy:
    """The same strategy with other policies, under another name if wanted."""
    content = strategy.model_dump()
    content["name"] = name or strategy.name
    content["policies"] |= policies
    return Strategy.model_validate(content)


def lively_strategy() -> Strategy:
    """A company that does everything there is, half of it well."""
    content = named("danish_average").model_dump()
    content["maturity"] = dict.fromkeys(content["maturity"], 2.2)
    content["policies"] |= {
        "newsletters_per_week": 3,
        "targets_by": "uplift",
        "product_managers": "reviews",
        "interviews": 3,
        "leavers": 12,
        "panel": 60,
        "purchase_pixel": True,
        "mail_return_fee_dkk": 5,
        "media_dkk_per_1000_people_day": 400,
        "steers_contacts": True,
        "exclude_customers_days": 20,
        "store_return_fee_dkk": 30,
        "free_delivery_from_dkk": 900,
    }
    return Strategy.model_validate(content)


def live_lively(driver: str = "compiled", threads: int = 1) -> OmnichannelModel:
    """The lively world, from its first day through a fork to another strategy to its end."""
    settings = world(*LIVELY, f"scale.threads={threads}")
    model = OmnichannelModel(settings, lively_strategy(), driver=driver, keep_log=True)
    model.run(settings.scale.warmup_days)
    twin = model.fork(like(named("leader"), newsletters_per_week=5, pickup_in_store=False))
    twin.log = [*model.log]
    return twin.run()


def by_person(model: OmnichannelModel) -> tuple[np.ndarray, np.ndarray]:
    """Customers and profiles in rows by id; zeros for who is not there."""
    who, tables = model.population.who, []
    for table in model.driver.tables()[:2]:
        rows = np.zeros(len(model.population), table.dtype)
        rows[who[who >= 0]] = table[who >= 0]
        tables.append(rows)
    return tables[0], tables[1]


def left_behind(model: OmnichannelModel) -> dict[str, np.ndarray]:
    """Everything a run leaves behind that another driver or thread could have got wrong."""
    customers, profiles, due = model.driver.tables()
    marketing = model.company.marketing
    return {
        "events": model.events(),
        "customers": customers,
        "profiles": profiles,
        "due": due,
        "firm": model.company.record,
        "today": model.today,
        "board": model.board.record,
        "goods": model.catalogue,
        "skill": model.store_ratings.skill,
        "fingerprint": model.fingerprint,
        "media": np.array([*marketing.media.rate, *marketing.media.split, marketing.per_week]),
        "readings": marketing.readings,
        "appeal": model.trials.appeal,
        "tests": np.array([model.trials.number, model.trials.begun]),
        "analyses": np.array([model.analyst.analyses, len(model.analyst.tried)]),
        "ranks": np.concatenate([np.zeros(0), *model.analyst.ranks.values()]),
        "panel": model.panel.answers,
        "heard": model.assortment.heard["known"],
    }


def differences(one, other, path: str = "") -> list[str]:
    """Fields in which two arrays of one structured dtype differ; padding does not count."""
    if one.shape != other.shape:
        return [f"{path}: shape {one.shape} against {other.shape}"]
    if one.dtype.names:
        parts = [differences(one[name], other[name], f"{path}.{name}") for name in one.dtype.names]
        return [found for part in parts for found in part]
    if one.tobytes() == other.tobytes():
        return []
    where = np.flatnonzero((one != other).ravel())
    first = where[0] if len(where) else 0
    return [f"{path}: {len(where)} differ, first {one.flat[first]} against {other.flat[first]}"]


def parted(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> list[str]:
    """What differs between what two runs left behind."""
    found = [differences(one[name], other[name], name) for name in one]
    return [line for part in found for line in part]


def in_plain_python(*arguments: str, timeout: float = 300) -> str:
    """Run Python with these arguments in a process in which no rule is compiled; its output."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


if __name__ == "__main__":
    np.savez(Path(sys.argv[1]), **left_behind(live_lively("readable")))
