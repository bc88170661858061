"""Claims about articles that are sold out and come back, and about who is told [B18]."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import lively_strategy, named, world

from sim.core.records import NEVER
from sim.settings.flows import Flow
from sim.world.model import OmnichannelModel
from sim.world.stock import WAITS

near = pytest.approx
FEW = ("scale.customers=50", "scale.warmup_days=30", "scale.horizon_days=60")


def empty_world(*overrides: str, seed: int = 1, strategy=None) -> OmnichannelModel:
    """A small world in which nobody lives."""
    return OmnichannelModel(world(*FEW, *overrides), strategy or lively_strategy(), seed)


def mornings(model: OmnichannelModel, days: range) -> np.ndarray:
    """What is sold out on each of these days: (days, articles)."""
    found, model.driver.stock = [], lambda goods: None  # nobody is there to see it
    for model.day in days:
        model.stock.open_day()
        found.append(model.catalogue["sold_out"].copy())
    return np.array(found)


def test_the_share_and_the_days_are_those_of_the_settings():
    out = mornings(empty_world("market.stock.sold_out_days=20"), range(2000))
    assert out.mean() == near(0.08, abs=0.015)
    begun = ((out[1:] == 1) & (out[:-1] == 0)).sum()
    assert out.sum() / begun == near(20, rel=0.15)
    assert out[0].sum() > 0, "in the long run's state from the first day on"
    assert mornings(empty_world("market.stock.sold_out_share=0"), range(50)).sum() == 0


def test_it_is_the_same_under_any_strategy_and_another_in_another_world():
    days = range(90)
    one, other = (mornings(empty_world(strategy=named(n)), days) for n in ("immature", "leader"))
    assert (one == other).all() and (one != mornings(empty_world(seed=2), days)).any()


def test_a_fork_goes_on_from_what_is_sold_out_and_with_the_world_held_still_that_stays_so():
    model = empty_world()
    mornings(model, range(40))
    twin, still = model.fork(lively_strategy()), model.fork(lively_strategy())
    still.learning = False
    here, there = mornings(model, range(40, 140)), mornings(twin, range(40, 140))
    assert (here == there).all() and (here[-1] != here[0]).any()
    held = mornings(still, range(40, 140))
    assert (held == held[0]).all() and (held[0] == mornings(empty_world(), range(40))[-1]).all()


def test_the_company_puts_on_show_the_best_seller_of_what_it_has():
    model = empty_world("market.stock.sold_out_share=0")
    company, goods = model.company, model.catalogue
    company.item_sold[:8] = [1, 3, 2, 0, 0, 0, 0, 0]
    company.set_front()
    goods["sold_out"][[1, 4, 5, 6, 7]] = 1
    company.put_on_show()
    record = company.record[0]
    assert record["popular_item"][:3].tolist() == [2, -1, 8] and record["dearest_item"][1] == -1
    assert record["sold_out"][:8].tolist() == [0, 1, 0, 0, 1, 1, 1, 1]
    dearest = int(np.argmax(goods["price_oere"][:4]))
    assert record["dearest_item"][0] == dearest and record["item_cell"][[0, 4, 71]].tolist() == [
        0,
        1,
        17,
    ]
    company.item_sold = company.item_sold + np.eye(len(company.item_sold))[0] * 9
    goods["sold_out"][1] = 0
    company.put_on_show()
    assert record["popular_item"][0] == 1, "what sells best is counted once in a while"


def test_what_sold_out_overnight_is_off_show_in_the_morning():
    model, moved = empty_world(), 0
    n = len(model.catalogue)
    for day in range(1, 60):
        before = model.company.record["sold_out"][0, :n].copy()
        model.run(day)
        told, out = model.company.record["sold_out"][0, :n], model.catalogue["sold_out"] == 1
        assert (told == out).all()
        on_show = [model.company.record[name][0] for name in ("popular_item", "dearest_item")]
        on_show = np.concatenate(on_show)
        assert not out[on_show[on_show >= 0]].any()
        moved += int((told != before).any())
    assert moved > 10


def test_who_waits_hears_the_day_it_is_back_once_and_who_is_gone_does_not():
    model = empty_world()
    out = model.catalogue["sold_out"]
    row = int(np.flatnonzero(out)[0])
    waits = np.array([(0, row), (1, row)], WAITS)
    model.stock.waiting = waits
    model.population.place_of[1] = -1
    told = []
    model.driver.tell_back = lambda places, items, firm, day: told.append((day, places, items))
    for model.day in range(400):
        was = out[row]
        model.stock.open_day()
        if was > out[row]:
            break
    assert [(day, list(p), list(i)) for day, p, i in told if len(p)] == [(model.day, [0], [row])]
    assert len(model.stock.waiting) == 0


def test_both_drivers_have_a_flow_planned_for_who_waits():
    model = empty_world()
    if model.driver_name == "readable":
        model.driver.known[0].addresses[0].wanted_item = 5
        model.driver.due[0] = 90
    else:
        model.driver.profiles["addresses"]["wanted_item"][0, 0] = 5
        model.driver.due[0] = 90
    place, item = np.zeros(1, np.int64), np.full(1, 5)
    model.driver.tell_back(place, item, model.company.record, 40)
    _, profiles, due = model.driver.tables()
    assert due[0] == 40 and profiles["addresses"]["next_flow_day"][0, 0] == 40
    assert profiles["addresses"]["next_flow_day"][0, 1] == NEVER


def test_what_cannot_go_together_is_refused():
    for told in (
        {"trigger": "back"},
        {"trigger": "looked", "content": "back"},
        {"trigger": "purchase", "content": "review"},
        {"trigger": "returned"},
    ):
        with pytest.raises(ValueError, match=r"trigger|back"):
            Flow(**({"title": "one", "priority": 3} | told))
