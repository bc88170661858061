"""What stands for all to read: in the web shop reviews of items, answers to questions and a forum,
on a review portal what people say of the company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.core.records import BOARD, CATEGORIES
from sim.core.rows import blank
from sim.encounter.portal import PARTS
from sim.world.agents import Part
from sim.world.written import WRITTEN, count_written

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel


class Board(Part):
    """Reviews since an item's present model came, and by category answers and what is going on in
    the forum, as of this morning.

    Reviews are those of the simulated people: an item stands for many of the real firm's, and each
    of these has about as many buyers. Answers and posts are on a category, which all its people
    share: they are as many as the real firm's people would write, and fade. Ratings of the company
    are all people's: each simulated person stands for many, of whom as many write as is likely, so
    that his odds count and not his luck.
    """

    STATE = ("record",)
    ANEW = ("written",)

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        self.record = np.zeros(1, BOARD)
        self.record["find"] = -1
        self.record["word"] = model.settings.market.feeling.trust_start
        self.written = np.zeros(1, WRITTEN)  # today

    def count(self, log: np.ndarray, n: int) -> None:
        """Count what is written in the first ``n`` rows of one of the day's logs."""
        count_written(log, n, self.written[0])

    def close_day(self) -> None:
        """What was written today can be read from tomorrow on."""
        model, written = self.model, self.written[0]
        if model.learning:
            ratings, answers = self.record["ratings"][0], self.record["answers"][0]
            if written["reviews"].any():
                for name in ("reviews", "stars", "one_star"):
                    ratings[name] += written[name]
                self.sum_up()
            answers *= half_life(model.settings.market.reviews.answer_half_life_days)
            answers += self.times * written["answers"]
            self.rate()
            self.talk()
        blank(self.written)

    @property
    def times(self) -> float:
        """How many of the real firm's people one simulated person stands for."""
        return self.model.settings.company.size.people / self.model.settings.scale.customers

    def rate(self) -> None:
        """Today's ratings of the company join those of the portal, which fade."""
        fade = half_life(self.model.settings.market.portal.words_half_life_days)
        said = self.model.driver.buffered()[0]
        for name, of_today in (("rated", "ratings"), ("rated_stars", "rating_stars")):
            real = self.times * float(said[of_today]) / PARTS
            self.record[name] = fade * self.record[name] + real

    def talk(self) -> None:
        """Today's posts join those of the forum, which fade; what is talked of most stands first,
        and those who write speak of us as they lately did."""
        record, written = self.record[0], self.written[0]
        if not (record["posts"].any() or written["posts"].any()):
            return
        fade = half_life(self.model.settings.market.community.post_half_life_days)
        before = fade * record["posts"]
        record["posts"] = before + self.times * written["posts"]
        wrote = self.times * written["posters"]
        c = np.flatnonzero(wrote)
        told = before * record["word"] + self.times * written["trust"]
        record["word"][c] = told[c] / (before + wrote)[c]
        record["talked_of"] = fade * record["talked_of"] + written["talked_of"]
        kinds = len(self.model.settings.market.categories)
        talked_of = record["talked_of"][: len(self.model.catalogue)].reshape(kinds, -1)
        most = np.arange(kinds) * talked_of.shape[1] + talked_of.argmax(axis=1)
        record["find"][:kinds] = np.where(talked_of.any(axis=1), most, -1)

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


def half_life(days: float) -> float:
    """What is left after a day of what halves in so many."""
    return 0.5 ** (1 / days)
