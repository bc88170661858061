"""What a retail director would see at once: absurdities of the default market.

Small worlds that share their people and luck.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from worlds import like, named, world

from sim.core import events as ev
from sim.measures.metrics import measure
from sim.world.model import OmnichannelModel

SEARCH = ev.MEDIA[1]  # of the default market's channels


@cache
def lived(people: int = 1500, **policies) -> OmnichannelModel:
    """A year of 1,500 people under the average company with other policies."""
    run = world(f"scale.customers={people}", "scale.warmup_days=0", "scale.horizon_days=365")
    strategy = like(named("danish_average"), **policies)
    return OmnichannelModel(run, strategy, keep_journal=False).run()


def counted(model: OmnichannelModel, *kinds: int) -> int:
    return int(model.tally.daily_count[:, list(kinds)].sum())


def of_visits(model: OmnichannelModel, channel: int) -> float:
    """Share of web visits that a channel brought."""
    visits = model.tally.counted(ev.WEB_VISIT, channel).sum()
    return float(visits / model.tally.counted(ev.WEB_VISIT).sum())


def customers(model: OmnichannelModel) -> np.ndarray:
    """Records of those who are in the market at the end."""
    table = model.driver.tables()[0]
    return table[table["present"] == 1]


def test_the_stores_close_when_the_desk_does():
    run, terms = lived().settings.company.operations, lived().terms[0]
    assert terms["stores_close_minute"] == run.desk_closing_minute
    assert terms["stores_open_minute"] == run.desk_opening_minute


def test_about_a_third_of_visits_come_by_search_and_not_most_by_themselves():
    assert 0.2 <= of_visits(lived(), SEARCH) <= 0.48  # C1: a third; in a first year few know us
    assert of_visits(lived(), ev.DIRECT) <= 0.6


def test_not_everybody_in_the_market_knows_us():
    """Of people in the market of a chain that advertises everywhere, one in twelve does not."""
    known = customers(lived())["knows_until"] > lived().day
    assert 0.5 <= known.mean() <= 0.93


def test_more_customers_recommend_us_than_advise_against_us():
    """P9, where feelings have settled: in the first year all begin in the middle."""
    run = world("scale.customers=1500", "scale.warmup_days=1460", "scale.horizon_days=365")
    model = OmnichannelModel(run, named("danish_average")).run()
    costs = model.catalogue["cost_oere"]
    frame = measure(model.run_log(), run.company.economics, costs, run.market.feeling)
    asked = frame[frame["segment"] == "all"].set_index("metric")["value"]
    assert 10 <= asked["nps"] <= 45


def test_without_our_stores_needs_move_to_the_competitor_and_do_not_die():
    """Web orders fall too: a store is where things are tried on, fetched and returned (C3.9)."""
    without = lived(stores=False, pickup_in_store=False, return_in_store=False)
    receipts = [counted(model, ev.BASKET_PAID) for model in (lived(), without)]
    elsewhere = [counted(model, ev.COMPETITOR_SALE) for model in (lived(), without)]
    died = [counted(model, ev.NEED_DIED) for model in (lived(), without)]
    lost, gained = receipts[0] - receipts[1], elsewhere[1] - elsewhere[0]
    assert gained >= 0.5 * lost > 0, "most goes to the competitor"
    assert died[1] - died[0] <= 0.5 * lost, "and is not given up"
    assert counted(without, ev.WEB_ORDER) >= 0.5 * counted(lived(), ev.WEB_ORDER)


def test_a_fee_does_not_please():
    """Satisfaction of the same people is lower where delivery is dear (B39).

    Not of those who buy: a fee keeps away the ones who mind it, and leaves the patient.
    """
    fees = {"delivery_fee_dkk": 0, "free_delivery_from_dkk": 100_000}
    free, dear = (lived(9000, **fees | {"delivery_fee_dkk": fee}) for fee in (0, 150))
    tables = [model.driver.tables()[0] for model in (free, dear)]
    both = np.logical_and.reduce([table["present"] == 1 for table in tables])
    happier = (tables[0]["satisfaction"] - tables[1]["satisfaction"])[both]
    assert happier.mean() > 2 * happier.std() / np.sqrt(len(happier))
    assert counted(free, ev.WEB_ORDER) > counted(dear, ev.WEB_ORDER)


def test_an_easy_return_is_remembered():
    """Free returns by mail sell more than dear ones, and leave less to be remembered (B39)."""
    free, dear = (lived(mail_return_fee_dkk=fee, return_in_store=False) for fee in (0, 150))
    costs = [customers(model)["costs_met_dkk"].mean() for model in (free, dear)]
    assert counted(free, *ev.SALES) > counted(dear, *ev.SALES)
    assert costs[0] < costs[1]


def test_a_higher_delivery_fee_costs_web_orders():
    dear = lived(delivery_fee_dkk=200, free_delivery_from_dkk=100_000)
    assert counted(dear, ev.WEB_ORDER) < 0.9 * counted(lived(), ev.WEB_ORDER)


def test_a_higher_fee_on_store_returns_costs_sales():
    dear = lived(store_return_fee_dkk=400)
    assert counted(dear, *ev.SALES) < counted(lived(), *ev.SALES)
