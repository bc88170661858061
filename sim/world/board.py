"""What stands in the web shop for all to read: reviews of items, and answers to questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.core.records import BOARD, CATEGORIES
from sim.world.agents import Part
from sim.world.written import WRITTEN, count_written

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel


class Board(Part):
    """Reviews since an item's present model came, and answers by category, as of this morning.

    Reviews are those of the simulated people: an item stands for many of the real firm's, and each
    of these has about as many buyers. Answers are on a category, which all its buyers share: they
    are as many as the real firm's people would get, and fade.
    """

    STATE = ("record",)
    ANEW = ("written",)

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        self.record = np.zeros(1, BOARD)
        self.written = np.zeros(1, WRITTEN)  # today

    def count(self, log: np.ndarray, n: int) -> None:
        """Count what is written in the first ``n`` rows of one of the day's logs."""
        count_written(log, n, self.written[0])

    def close_day(self) -> None:
        """What was written today can be read from tomorrow on."""
        model, written = self.model, self.written[0]
        if model.learning:
            ratings, answers = self.record["ratings"][0], self.record["answers"][0]
            for name in ("reviews", "stars", "one_star"):
                ratings[name] += written[name]
            fade = 0.5 ** (1 / model.settings.market.reviews.answer_half_life_days)
            times = model.settings.company.size.people / model.settings.scale.customers
            answers *= fade
            answers += times * written["answers"]
            self.sum_up()
        self.written[:] = np.zeros(1, WRITTEN)

    def begin_anew(self, rows: np.ndarray) -> None:
        """Nobody has written of the new models in these rows of the catalogue."""
        self.record["ratings"][0, rows] = np.zeros(1, self.record["ratings"].dtype)
        self.sum_up()

    def sum_up(self) -> None:
        """What is written of things of a kind, all together."""
        goods, kinds = self.model.catalogue, self.record["kinds"][0]
        ratings = self.record["ratings"][0, : len(goods)]
        ratings["promised"] = ratings["reviews"] * goods["quality"]
        for name in ratings.dtype.names:
            kinds[name] = np.bincount(goods["category"], ratings[name], CATEGORIES)
