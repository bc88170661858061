"""A Mesa user's tools work on the model as he expects."""

from __future__ import annotations

import json

import mesa
import pytest
from worlds import LIVELY, in_plain_python, lively_strategy, world

from sim.core import events as ev
from sim.world import agents
from sim.world.model import OmnichannelModel

SMALL = (*LIVELY, "scale.customers=60", "scale.warmup_days=10", "scale.horizon_days=30")


@pytest.fixture
def model() -> OmnichannelModel:
    return OmnichannelModel(world(*SMALL), lively_strategy())


def test_the_model_is_a_mesa_model_and_a_step_is_a_day(model):
    assert isinstance(model, mesa.Model)
    for day in range(3):
        assert model.day == model.steps == day
        model.step()
    assert model.run(10) is model and model.steps == model.day == 10


def test_run_goes_to_the_horizons_end(model):
    assert model.run().day == model.end_day == 40


def test_companys_parts_are_agents_found_by_type(model):
    kinds = (
        agents.Company,
        agents.Stores,
        agents.CustomerCentre,
        agents.MediaPlatform,
        agents.Competitor,
    )
    assert {kind: len(model.agents_by_type[kind]) for kind in kinds} == dict(
        zip(kinds, (1, 1, 1, 4, 1), strict=True)
    )
    assert len({agent.unique_id for agent in model.agents}) == len(model.agents)
    assert all(agent.model is model for agent in model.agents)
    names = model.agents_by_type[agents.MediaPlatform].get("name")
    assert names == ["Instagram", "search", "banners", "the leaflet"]


def test_customers_are_agents_in_the_readable_driver_only(model):
    assert agents.Customer not in model.agents_by_type


def test_data_collector_has_a_row_a_day(model):
    frame = model.run().datacollector.get_model_vars_dataframe()
    assert len(frame) == model.end_day
    assert frame["day"].tolist() == list(range(model.end_day))
    busy = frame["utilisation"].dropna()
    assert len(busy) > 20 and busy.between(0, 1).all() and busy.nunique() > 5
    assert (frame["media_level"] > 0).all()


def test_a_forks_data_collector_goes_on_from_the_fork(model):
    twin = model.run(15).fork(lively_strategy()).run()
    frame = twin.datacollector.get_model_vars_dataframe()
    assert frame["day"].tolist() == list(range(15, model.end_day))
    assert len(model.datacollector.get_model_vars_dataframe()) == 15


def test_a_competitors_price_can_be_set_as_on_any_agent(model):
    """A user's own scenario, a price war: what an agent asks, customers meet on the same day."""
    war = OmnichannelModel(world(*SMALL), lively_strategy())
    war.agents_by_type[agents.Competitor].set("price", 0.6)
    assert model.run().tally.amount.sum() > 0
    lost, plain = (m.run().tally.counted(ev.COMPETITOR_SALE).sum() for m in (war, model))
    assert lost > 1.2 * plain


# The readable driver, in a process of its own: customers are agents like any other

READABLE = """
import json, sys
sys.path[:0] = ["tests", "tests/world"]
import mesa
from test_mesa import SMALL
from worlds import lively_strategy, world
from sim.world.agents import Customer
from sim.world.model import OmnichannelModel

model = OmnichannelModel(world(*SMALL), lively_strategy(), driver="readable").run(12)
people = model.agents_by_type[Customer]
there = people.select(lambda c: c.truth.present == 1)
shoppers = there.select(lambda c: c.truth.shopper == 1)
visited = []
there.do(lambda c: visited.append(c.row))
collector = mesa.DataCollector(
    agenttype_reporters={Customer: {"row": "row", "trust": lambda c: c.truth.trust}}
)
collector.collect(model)
mean = there.agg("truth", lambda rows: sum(row.trust for row in rows) / len(rows))
there[0].truth.trust = 0.0
model.step()
print(json.dumps({
    "agentset": isinstance(there, mesa.agent.AgentSet),
    "rows": people.get("row") == list(range(len(people))),
    "people": len(people), "there": len(there), "shoppers": len(shoppers),
    "visited": visited == there.get("row"),
    "mean": mean, "highest": there.agg("row", max),
    "groups": there.groupby(lambda c: c.truth.shopper).count(),
    "collected": len(collector.get_agenttype_vars_dataframe(Customer)),
    "changed": there[0].truth.trust, "day": model.day,
    "records": len(model.datacollector.get_model_vars_dataframe()),
}))
"""


@pytest.fixture(scope="module")
def readable() -> dict:
    return json.loads(in_plain_python("-c", READABLE))


def test_readable_customers_are_selected_counted_and_visited_in_order(readable):
    assert readable["agentset"] and readable["rows"] and readable["visited"]
    assert 0 < readable["shoppers"] < readable["there"] < readable["people"]
    groups = readable["groups"]
    assert groups["1"] == readable["shoppers"] and sum(groups.values()) == readable["there"]
    assert readable["highest"] < readable["people"]


def test_readable_customers_are_aggregated_and_collected(readable):
    assert 0.2 < readable["mean"] < 1
    assert readable["collected"] == readable["people"]
    assert readable["day"] == readable["records"] == 13


def test_a_readable_customer_changed_by_hand_lives_on_from_there(readable):
    assert readable["changed"] < 0.3


def test_readable_customers_sum_to_the_compiled_table(model, readable):
    customers = model.run(12).driver.tables()[0]
    there = customers[customers["present"] == 1]
    assert len(there) == readable["there"]
    assert sum(there["trust"].tolist()) / len(there) == readable["mean"]
