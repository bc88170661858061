"""The goods: new models come, and what reviews show to fall short is mended or replaced [B35]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.company.reviews import acts_on, is_found_wanting
from sim.core.draws import decision, uniform
from sim.core.records import NEVER
from sim.world.agents import Part
from sim.world.customers import shortfall

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel

RENEWED = decision("day on which the second model of an item comes", lasting=True)


class Assortment(Part):
    """Which articles fall short, and which of them the company is about to mend.

    The company goes by ratings alone. With the world held still neither model nor mending comes.
    """

    STATE = ("mended",)
    ANEW = ("first",)

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        goods, every = model.catalogue, model.settings.market.reviews.model_days
        self.mended = np.full(len(goods), NEVER)  # day on which the better version is there
        luck = [uniform(model.world_seed, int(key), RENEWED, 0, 0) for key in goods["key"]]
        self.first = 1 + (np.array(luck) * every).astype(int)  # day of the second model

    def open_day(self) -> None:
        """New models and mended ones are on sale from today; now and then reviews are gone
        through."""
        model = self.model
        if not model.learning:
            return
        self.renew()
        rows = np.flatnonzero(self.mended <= model.day)
        if len(rows):
            self.put_on_sale(rows, np.zeros(len(rows)))
        every = model.settings.company.systems.faults_days
        if model.day % every == 0 and model.day > 0:
            self.go_through_reviews()

    def renew(self) -> None:
        """The models that are new today: each may fall short, whatever the last one did."""
        model, reviews = self.model, self.model.settings.market.reviews
        since = model.day - self.first
        rows = np.flatnonzero((since >= 0) & (since % reviews.model_days == 0))
        if len(rows):
            number = since[rows] // reviews.model_days + 1
            keys = model.catalogue["key"][rows]
            short = [
                shortfall(model.settings.market, int(key), int(k), model.world_seed)
                for key, k in zip(keys, number, strict=True)
            ]
            self.put_on_sale(rows, np.array(short))

    def put_on_sale(self, rows: np.ndarray, short: np.ndarray) -> None:
        """Versions of these items that fall ``short`` by so much; nobody has reviewed them yet."""
        self.model.catalogue["shortfall"][rows] = short
        self.mended[rows] = NEVER
        self.model.driver.stock(self.model.catalogue)
        self.model.board.begin_anew(rows)

    def go_through_reviews(self) -> None:
        """Items that are badly spoken of are mended or replaced, where the company acts on it; each
        costs once."""
        model, company = self.model, self.model.company
        systems, share = model.settings.company.systems, company.record["acts_on_reviews"][0]
        ratings = model.board.record["ratings"][0]
        for row in np.flatnonzero(self.mended == NEVER):
            told, key = ratings[row], int(model.catalogue["key"][row])
            wanting = is_found_wanting(
                told["reviews"], told["stars"], systems.faults_least, systems.faults_below
            )
            if wanting and acts_on(share, key, model.day, model.world_seed):
                self.mended[row] = model.day + systems.mending_days
                self.tell(row, told)
                company.pay(model.settings.company.economics.mending_dkk, "use")

    def tell(self, row: int, told: np.ndarray) -> None:
        """Write down that an item is to be mended."""
        item, market = self.model.catalogue[row], self.model.settings.market
        kind = market.categories[item["category"]]
        short = item["shortfall"] > 0
        self.model.decide(
            "product management",
            f"has an article of {kind.name}, {kind.styles[item['style']]}, mended or replaced",
            f"{told['stars'] / told['reviews']:.1f} stars in {told['reviews']:.0f} reviews",
            f"it falls short by {100 * item['shortfall']:.0f} % of its price" if short else "sound",
        )
