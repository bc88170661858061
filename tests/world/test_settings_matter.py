"""No setting is dead: each one, moved within its bounds, changes something in a lively world: at
once, or with the company at other levels, more people or more days.

Where a direction can be named (a director would name it), it is checked on a market large enough
to show it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from worlds import LIVELY, like, lively_strategy, world

from sim.core import events as ev
from sim.measures.metrics import measure
from sim.settings.base import about, numbers
from sim.settings.projects import Learning
from sim.settings.run import Settings
from sim.settings.strategy import Strategy
from sim.world.model import OmnichannelModel

WORLDS = (  # levels of the company, people, days; the quickest first
    (2.2, 110, 120),
    (1.3, 110, 120),
    (2.2, 400, 360),
    (1.3, 400, 360),
    (2.2, 2000, 360),
)


def declared() -> dict[str, Any]:
    """Every number of market, company and policies by dotted key: its value and declaration."""
    run = world(*LIVELY)
    groups = {"market": run.market, "company": run.company, "policies": lively_strategy().policies}
    found = {}
    for prefix, group in groups.items():
        for key, field, value in numbers(group, f"{prefix}."):
            found[key] = (value, about(field))
    for k, category in enumerate(run.market.categories):
        for key, field, value in numbers(category):
            found[f"market.categories.{k}.{key}"] = (value, about(field))
    channels = run.market.channels
    for kind in ("social", "search", "display", "print"):
        for name, entry in getattr(channels, kind).items():
            for key, field, value in numbers(entry):
                found[f"market.channels.{kind}.{name}.{key}"] = (value, about(field))
    for name, flow in run.company.flows.items():
        for key, field, value in numbers(flow):
            found[f"company.flows.{name}.{key}"] = (value, about(field))
    return found


DECLARED = declared()
ELSEWHERE = {
    "company.economics.discount_rate_year": "discounts over years, tested in measures",
    "company.economics.reach_days": "paid after a jump at a fork, tested with the company's agent",
    "company.economics.reach_dkk": "the same",
    "company.departments.most_without_top": "binds without the top: a claim in test_company_agent",
    **dict.fromkeys(
        [f"company.learning.{name}" for name in Learning.model_fields],
        "paid when a level is gained, tested with the costs and the company's agent",
    ),
    "company.economics.upkeep_level": "goes with upkeep_mdkk, tested with the costs",
    "company.economics.return_window_days": "has a claim of its own below",
    **dict.fromkeys(
        [f"company.steering.{name}" for name in ("proof_cuts", "proof_raises", "least_return")],
        "claims in tests/company/test_steering.py",
    ),
    **dict.fromkeys(
        [
            f"company.steering.{name}"
            for name in (
                "noise_sd",
                "contacts_least",
                "contacts_sure",
                "content_mark",
                "permission_years",
            )
        ],
        "of measures not in use here: claims in company/test_steering and world/test_marketing",
    ),
    "company.operations.depot_least_parcels": "a claim in tests/operations/test_operations.py",
    "company.operations.centre_evening_minute": "one agent by day and evening here: a claim there",
    "company.operations.most_people": "larger firms: a claim in tests/operations/test_sample.py",
    **dict.fromkeys(
        ("market.people.purchase_kept_days", "market.people.mail_kept_days"),
        "nobody forgets us in a lively year: a claim in tests/encounter/test_reminding.py",
    ),
    "market.channels.display.display.ads_week_cap": "few banners: in company/test_media",
    "market.touchpoints.brand_price": "dearer is nobody here: in encounter/test_brand_and_leaflets",
    "market.returning.refund_allowed_days": "in usual times none is late: in journey/test_risk.py",
    "market.feeling.hurts_below": "only what hurt is kept by it: claims in journey/test_feeling.py",
    "market.needs.in_mind_days": "needs come to mind sooner here: in tests/encounter/test_store.py",
}
ELSEWHERE |= {
    f"market.categories.{place}.complement_share": "has no complement"
    for place, category in enumerate(world(*LIVELY).market.categories)
    if not category.complement
}
ELSEWHERE |= {
    key: "only compared with: claims in tests/settings/test_described.py and study/test_describing"
    for key in DECLARED
    if key.startswith("company.key_figures.")
}
ELSEWHERE |= {
    key: "only its rank counts, tested in company" for key in DECLARED if key.endswith(".priority")
}
FAR = {
    "policies.evening_until_minute": 1260,  # a minute of the evening
    "market.messages.permission_value": 20.0,  # few are asked again who have had our mails
    "market.talk.find_fresh_days": 1,  # most look into their feed within days
    "company.analysing.explored_months": 1,  # a lively half year has few analyses
    "company.analysing.picks_least": 200.0,  # counts are whole: less only breaks ties
    "company.trials.least": 100_000,  # a hundred people have opened little by then
    "company.systems.sequence_days": 5,  # few buy twice within months
}


def another(value: Any, facts: dict[str, Any]) -> Any:
    """A value clearly different, within the bounds."""
    if isinstance(value, tuple):
        return tuple(another(one, facts) for one in value)
    if isinstance(value, bool):
        return not value
    lo, hi = facts["lo"], facts["hi"]
    if isinstance(value, int):
        more = max(int(value * 1.6), value + 2)
        return more if more <= hi else max(int(value * 0.5), int(np.ceil(lo)))
    step = max(abs(value) * 0.6, min(0.4, 0.3 * (hi - lo)))
    return value + step if value + step <= hi else max(value - step, lo)


def put(content: Any, key: str, value: Any) -> None:
    """Set a dotted key in nested dictionaries and lists."""
    *groups, name = key.split(".")
    for group in groups:
        content = content[int(group)] if group.isdigit() else content[group]
    content[name] = value


def lived(settings: Settings, strategy: Strategy, days: int) -> tuple:
    """A short life: every event, field by field as padding may hold anything, and every metric."""
    model = OmnichannelModel(settings, strategy, keep_log=True).run(days)
    costs, feeling = model.catalogue["cost_oere"], settings.market.feeling
    frame = measure(model.run_log(), settings.company.economics, costs, feeling)
    events = model.events()
    fields = [np.ascontiguousarray(events[name]).tobytes() for name in events.dtype.names]
    return *fields, frame["value"].to_numpy().tobytes()


def lived_in(of: tuple[float, int, int], settings: Settings, strategy: Strategy) -> tuple:
    """The life of these in a world of :data:`WORLDS`."""
    level, people, days = of
    scale = {"customers": people, "horizon_days": days - settings.scale.warmup_days}
    settings = settings.model_copy(update={"scale": settings.scale.model_copy(update=scale)})
    content = strategy.model_dump()
    content["maturity"] = dict.fromkeys(content["maturity"], level)
    return lived(settings, Strategy.model_validate(content), days)


@cache
def plain(of: tuple[float, int, int]) -> tuple:
    return lived_in(of, world(*LIVELY), lively_strategy())


def changed(key: str) -> tuple[Settings, Strategy]:
    """Settings and strategy with one number moved."""
    value, facts = DECLARED[key]
    new = FAR.get(key) or another(value, facts)
    if key.startswith("policies."):
        return world(*LIVELY), like(lively_strategy(), **companions(key, new))
    content = world(*LIVELY).model_dump()
    put(content, key, new)
    keep_consistent(content, key, new)
    return Settings.model_validate(content), lively_strategy()


def companions(key: str, new: Any) -> dict[str, Any]:
    """A policy with what must go with it."""
    name = key.removeprefix("policies.")
    together = {"stores": {"pickup_in_store": False, "return_in_store": False}}
    return {name: new, **together.get(name, {})}


def keep_consistent(content: dict, key: str, new: Any) -> None:
    """Shares that must sum to 1, hours that must rise."""
    if key.endswith("style_shares"):
        put(content, key, (0.2, 0.5, 0.3))
    if key.endswith("need_share"):
        shares = [c["need_share"] for c in content["market"]["categories"]]
        for category, share in zip(content["market"]["categories"], shares, strict=True):
            category["need_share"] = share / sum(shares)
    if key.startswith("company.operations.") and key.endswith(("_minute", "holidays")):
        value = DECLARED[key][0]
        put(
            content,
            key,
            tuple((d + 7) % 365 for d in value) if isinstance(value, tuple) else value + 120,
        )


@pytest.mark.parametrize("key", sorted(set(DECLARED) - set(ELSEWHERE)))
def test_a_setting_that_is_moved_changes_something(key):
    assert any(lived_in(of, *changed(key)) != plain(of) for of in WORLDS), f"{key} is dead"


def figures(*overrides: str, **policies: Any) -> dict[str, float]:
    """What a director would look at, in a market of 1,500 over a year and a half."""
    settings = world(
        "scale.customers=1500", "scale.warmup_days=0", "scale.horizon_days=540", *overrides
    )
    model = OmnichannelModel(settings, like(lively_strategy(), **policies)).run()
    frame = measure(model.run_log(), settings.company.economics, model.catalogue["cost_oere"])
    found = frame[frame["segment"] == "all"].set_index("metric")["value"].to_dict()
    count = model.tally.counts.sum(axis=(0, 2))
    return found | {ev.KINDS[code]: float(count[code]) for code in ev.KINDS}


@pytest.fixture(scope="module")
def usual() -> dict[str, float]:
    return figures()


def test_a_price_war_takes_buyers_from_us(usual):
    war = figures("market.competitor_price=0.7")
    assert war["competitor_sale"] > 1.1 * usual["competitor_sale"]
    assert war["gross_revenue"] < 0.95 * usual["gross_revenue"]
    assert war["share_of_wallet"] < usual["share_of_wallet"] + 0.02


def test_a_dear_competitor_sends_buyers_to_us(usual):
    dear = figures("market.competitor_price=1.4")
    assert dear["competitor_sale"] < 0.9 * usual["competitor_sale"]
    assert dear["gross_revenue"] > 1.05 * usual["gross_revenue"]


def test_fourteen_newsletters_are_twice_seven():
    loyal = (
        "market.messages.unsubscribe_intercept=-15",
        "company.systems.mail_gap_days=0",
        "company.systems.unopened_before_dropped=10000",
        "company.systems.unopened_before_rest=1000",
    )
    seven, fourteen = (figures(*loyal, newsletters_per_week=n)["mail_sent"] for n in (7, 14))
    assert 1.7 * seven < fourteen < 2.05 * seven, "flows are as many, the rest is twice"


def test_a_shorter_return_window_leaves_fewer_returns(usual):
    slow = ("market.returning.drop_off_days=30",)
    long, short = (
        figures(*slow, f"company.economics.return_window_days={days}")["refunded"]
        for days in (60, 14)
    )
    assert short < 0.8 * long


def test_who_minds_money_more_buys_cheaper_things():
    spread = "market.people.price_sensitivity_spread=0.8"
    settings = world(
        "scale.customers=1500", "scale.warmup_days=0", "scale.horizon_days=540", spread
    )
    model = OmnichannelModel(settings, lively_strategy(), keep_log=True).run()
    events = model.events()
    sold = events[np.isin(events["kind"], ev.SALES)]
    people = model.driver.tables()[0]
    minds = np.full(max(sold["customer"].max(), people["id"].max()) + 1, np.nan)
    minds[people["id"]] = people["price_sensitivity"]
    sold = sold[np.isfinite(minds[sold["customer"]])]  # those who are still there
    usual = np.array([c.price_dkk for c in settings.market.categories])
    dear = model.catalogue["price_oere"][sold["item"]] / 100 / usual[sold["category"]]
    careful = minds[sold["customer"]] > np.nanmedian(minds)
    assert dear[careful].mean() < 0.9 * dear[~careful].mean()
