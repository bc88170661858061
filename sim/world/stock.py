"""What the web shop is sold out of, and who is to be told when it is back [B18]."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.core import events as ev
from sim.core.draws import decision, exponential, uniform
from sim.core.rows import joined, picked
from sim.world.agents import Part

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel

AT_FIRST = decision("an article is sold out on the first day", lasting=True)
LASTS = decision("days of a spell of an article in stock or sold out", lasting=True)

WAITS = np.dtype([("customer", "i4"), ("item", "i4")])


class Stock(Part):
    """Which articles of the web shop are sold out today, and who has asked to be told.

    In stock and sold out take turns, in exponential spells that go by the names of the articles:
    the same under every strategy. When an article is back, nobody but the world knows before. With
    the world held still nothing sells out, and nothing comes back.
    """

    STATE = ("spell", "until", "waiting")
    ANEW = ("asked",)

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        goods, share = model.catalogue, model.settings.market.stock.sold_out_share
        self.spell = np.zeros(len(goods), int)  # how many have ended
        self.waiting, self.asked = np.zeros(0, WAITS), [np.zeros(0, WAITS)]
        if model.day == 0:
            luck = [uniform(model.world_seed, int(key), AT_FIRST, 0, 0) for key in goods["key"]]
            goods["sold_out"] = np.array(luck) < share
            model.driver.stock(goods)
        self.until = np.array([self.lasts(row) for row in range(len(goods))])  # time of the change

    def lasts(self, row: int) -> float:
        """Days of an article's spell; in stock so long, on average, that the share is kept."""
        model, told = self.model, self.model.settings.market.stock
        item, mean, share = model.catalogue[row], told.sold_out_days, told.sold_out_share
        if item["sold_out"] == 0:
            mean = mean * (1 - share) / share if share > 0 else math.inf
        return mean * exponential(
            model.world_seed, int(item["key"]), LASTS, int(self.spell[row]), 0
        )

    def open_day(self) -> None:
        """What is sold out from today, and what is back: who waits for that is told."""
        model = self.model
        turned = np.flatnonzero(self.until <= model.day)
        if not model.learning or not len(turned):
            return
        sold_out = model.catalogue["sold_out"]
        before = sold_out.copy()
        for row in turned:
            while self.until[row] <= model.day:
                self.spell[row] += 1
                sold_out[row] = 1 - sold_out[row]
                self.until[row] += self.lasts(row)
        model.driver.stock(model.catalogue)
        self.tell(np.flatnonzero(before > sold_out))

    def tell(self, rows: np.ndarray) -> None:
        """These articles are back: whoever is still there and asked for one is on file as such."""
        model = self.model
        if not len(rows) or not len(self.waiting):
            return
        back = np.zeros(len(model.catalogue), bool)
        back[rows] = True
        is_back = back[self.waiting["item"]]
        told, self.waiting = picked(self.waiting, is_back), picked(self.waiting, ~is_back)
        places = model.population.place_of[told["customer"]]
        there = places >= 0
        if not there.any():
            return
        model.driver.tell_back(
            places[there].astype(np.int64),
            told["item"][there].astype(np.int64),
            model.company.record,
            model.day,
        )

    def count(self, log: np.ndarray, n: int) -> None:
        """Note who asks to be told, in the first ``n`` rows of one of the day's logs."""
        asks = np.flatnonzero(log["kind"][:n] == ev.ASKED_TO_BE_TOLD)
        if not len(asks):
            return
        found = np.zeros(len(asks), WAITS)
        for name in WAITS.names:
            found[name] = log[name][asks]
        self.asked.append(found)

    def close_day(self) -> None:
        """Who asked today waits from now on."""
        if self.model.learning and len(self.asked) > 1:
            self.waiting = joined([self.waiting, *self.asked])
        self.asked = self.asked[:1]
