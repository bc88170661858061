"""Each scenario does what it says, in a small market with its shocks brought forward.

Sizes are not claimed, only signs that a market of this size can show.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from worlds import named, world

from sim.core import events as ev
from sim.settings.run import Settings
from sim.settings.shocks import Shock
from sim.world.model import OmnichannelModel

FORK, DAYS = 150, 120
SCALE = ("scale.customers=1500", f"scale.warmup_days={FORK}", f"scale.horizon_days={DAYS}")
LIVELIER = (
    "market.people.need_rate_year=25",
    "market.people.aware_at_start=0.9",
    "market.people.preference_mean=0",
)


def brought_forward(settings: Settings) -> Settings:
    """The same scenario with its first day right after the fork, and none that takes years."""
    shocks = settings.scenario.shocks
    first = min((shock.from_day for shock in shocks), default=0)
    moved = tuple(Shock.model_validate(sooner(shock.model_dump(), first)) for shock in shocks)
    scenario = settings.scenario.model_copy(update={"shocks": moved})
    return settings.model_copy(update={"scenario": scenario})


def sooner(shock: dict, first: int) -> dict:
    days = {name: shock[name] - first for name in ("from_day", "until_day")}
    return shock | days | {"rise_days": min(shock["rise_days"], 10)}


def lived(scenario: str, strategy: str = "danish_average") -> OmnichannelModel:
    settings = brought_forward(world(*SCALE, *LIVELIER, f"scenario={scenario}"))
    return OmnichannelModel(settings, named(strategy), keep_log=True).run()


@cache
def counted(scenario: str, strategy: str = "danish_average") -> dict[str, int]:
    """Events by kind in the first 60 days of the shock."""
    rows = after_fork(lived(scenario, strategy), 60)
    found = np.bincount(rows["kind"], minlength=ev.CAPACITY)
    return {name: int(found[code]) for code, name in ev.KINDS.items()}


def after_fork(model: OmnichannelModel, days: int) -> np.ndarray:
    rows = model.events()
    return rows[(rows["day"] >= FORK) & (rows["day"] < FORK + days)]


def test_covid_closes_stores_and_leaves_time_for_the_web_for_content_and_for_other_senders():
    covid, base = counted("covid", "leader"), counted("base", "leader")
    assert covid["store_visit"] == 0 < base["store_visit"]
    assert covid["web_visit"] > 1.2 * base["web_visit"]
    assert covid["content_read"] > 1.2 * base["content_read"]
    opened = [run["mail_opened"] / run["mail_sent"] for run in (covid, base)]
    assert opened[0] < 0.9 * opened[1], "attention is finite"


def test_a_parcel_strike_costs_orders_on_the_web():
    assert counted("parcel_strike")["web_order"] < 0.9 * counted("base")["web_order"]


def test_a_price_cut_of_the_competitors_costs_us_sales():
    war, base = counted("price_war"), counted("base")
    ours = [run["web_order"] + run["store_sale"] for run in (war, base)]
    assert ours[0] < 0.85 * ours[1] and war["competitor_sale"] > 1.1 * base["competitor_sale"]


def test_a_competitor_who_matures_sells_more_and_we_sell_less():
    rival, base = counted("rival_matures"), counted("base")
    ours = [run["web_order"] + run["store_sale"] for run in (rival, base)]
    assert ours[0] < 0.97 * ours[1] and rival["competitor_sale"] > 1.03 * base["competitor_sale"]


def test_without_cookies_fewer_visits_are_known():
    def known(scenario):
        rows = after_fork(lived(scenario, "leader"), DAYS)
        visits = rows[rows["kind"] == ev.WEB_VISIT]
        return (visits["seen_as"] == ev.A_PERSON).mean()

    assert known("no_cookies") < 0.9 * known("base")


def test_in_fashion_needs_for_the_style_arise_more_often_and_for_other_kinds_as_before():
    def needs(scenario):
        rows = after_fork(lived(scenario), DAYS)
        arisen = rows[np.isin(rows["kind"], [ev.NEED_ACTIVE, ev.NEED_LATENT])]
        return np.bincount(arisen["category"] * 3 + arisen["style"], minlength=18)

    loud, base = needs("fashion"), needs("base")
    trails = 1 * 3 + 1
    assert loud[trails] > 1.7 * base[trails]
    assert loud[trails] / base[trails] > 1.3 * loud[[3, 5]].sum() / base[[3, 5]].sum()
    others = np.delete(np.arange(18), [3, 4, 5])
    assert loud[others].sum() == pytest.approx(base[others].sum(), rel=0.05)


def orders_of(scenario: str, trust: float) -> int:
    """Web orders in 60 days when everybody trusts us by so much more from the fork on."""
    settings = brought_forward(world(*SCALE, *LIVELIER, f"scenario={scenario}"))
    model = OmnichannelModel(settings, named("danish_average"), keep_log=True).run(FORK)
    people = model.driver.tables()[0]
    people["trust"] = np.clip(people["trust"] + trust, 0, 1)
    return int((after_fork(model.run(FORK + 60), 60)["kind"] == ev.WEB_ORDER).sum())


def test_trust_is_worth_more_in_a_crisis():
    gained = {
        scenario: orders_of(scenario, 0.2) / orders_of(scenario, -0.2)
        for scenario in ("base", "crisis")
    }
    assert gained["base"] > 1 and gained["crisis"] > 1.1 * gained["base"]
