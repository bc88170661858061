"""What people say of each store, and what the company makes of it: its staff are trained [B36]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.company.stores import acts_on_rating, is_rated_below
from sim.core.events import STORE_RATED
from sim.core.records import STORES
from sim.journey.stores import FRIDAY
from sim.settings.base import luck_code
from sim.world.agents import Part
from sim.world.decisions import Number, Said

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel


class StoreRatings(Part):
    """Skill and ratings of the stores, as of this morning; with the world held still neither moves.

    A store stands for as many of the real firm's as there are to each kind, and its ratings count
    as many times as one of these has people to each of the simulated ones.
    """

    STATE = ("skill", "ratings", "stars")
    ANEW = ("untrained", "today_ratings", "today_stars")

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        stores = model.settings.company.stores.values()
        self.untrained = np.array([store.skill for store in stores])
        self.skill = self.untrained.copy()
        self.ratings, self.stars = np.zeros((2, STORES))
        self.today_ratings, self.today_stars = np.zeros((2, STORES))

    def open_day(self) -> None:
        """Now and then ratings are gone through; everybody sees stores, hours and ratings."""
        model = self.model
        every = model.settings.company.systems.ratings_days
        if model.learning and model.day % every == 0 and model.day > 0:
            self.go_through_ratings()
        self.hang_out()

    def hang_out(self) -> None:
        """What can be seen of the stores today."""
        today, shops = self.model.today, self.model.today["shops"][0]
        stores = self.model.settings.company.stores.values()
        weekend = self.model.day % 7 > FRIDAY
        today["n_shops"], today["stars"] = len(self.skill), self.mean_stars
        shops["skill"][: len(self.skill)] = self.skill
        shops["praise"] = self.praise()
        for s, store in enumerate(stores):
            opens, closes = store.opening_minute, store.closing_minute
            if weekend:
                opens, closes = store.weekend_opening_minute, store.weekend_closing_minute
            shops["opens"][s], shops["closes"][s] = opens, closes

    @property
    def mean_stars(self) -> float:
        """Of all stores; what is usual before anybody has said anything."""
        n = float(self.ratings.sum())
        return (
            float(self.stars.sum()) / n if n else self.model.settings.market.visiting.rating_usual
        )

    def praise(self) -> np.ndarray:
        """Stars of each store above the mean of all, shrunk towards it where they are few."""
        prior = self.model.settings.market.visiting.rating_prior
        return (self.stars - self.ratings * self.mean_stars) / (self.ratings + prior)

    def count(self, log: np.ndarray, n: int) -> None:
        """Count what is said in the first ``n`` rows of one of the day's logs."""
        said = np.flatnonzero(log["kind"][:n] == STORE_RATED)
        if not len(said):
            return
        store, stars = log["order"][said], log["value"][said]
        self.today_ratings += np.bincount(store, minlength=STORES)
        self.today_stars += np.bincount(store, stars, minlength=STORES)

    def close_day(self) -> None:
        """What was said today is heard from tomorrow on; what was said long ago fades, and with
        staff who leave goes what they were taught."""
        model, company = self.model, self.model.settings.company
        size = company.size
        if model.learning:
            stays = 0.5 ** (1 / company.systems.training_half_life_days)
            self.skill = self.untrained + stays * (self.skill - self.untrained)
            fade = 0.5 ** (1 / model.settings.market.visiting.rating_half_life_days)
            a_store = size.people / size.stores
            times = a_store / (model.settings.scale.customers / len(self.skill))
            self.ratings = self.ratings * fade + times * self.today_ratings
            self.stars = self.stars * fade + times * self.today_stars
        self.today_ratings, self.today_stars = np.zeros((2, STORES))

    def go_through_ratings(self) -> None:
        """The staff of a store that is rated below the others learn from those of the best rated,
        where the company acts on it; that costs once in each real store of the kind."""
        company, praise = self.model.settings.company, self.praise()[: len(self.skill)]
        share = self.model.company.record["reads_store_ratings"][0]
        best = self.skill[int(np.argmax(praise))]
        for s, name in enumerate(company.stores):
            if not is_rated_below(praise[s], company.systems.trains_below):
                continue
            if acts_on_rating(share, luck_code(name), self.model.day, self.model.world_seed):
                lacks = max(best - self.skill[s], 0.0)
                self.model.decide(
                    "stores",
                    Said("has the staff of {store} trained", {"store": company.stores[name].title}),
                    Said(
                        "{stars} stars against the mean of all stores",
                        {"stars": Number(praise[s], 2, signed=True)},
                    ),
                    Said(
                        "answers {n} of 100 questions, the best rated one {best}",
                        {"n": Number(100 * self.skill[s]), "best": Number(100 * best)},
                    ),
                )
                self.skill[s] += company.systems.training_share * lacks
                real = company.size.stores / len(self.skill)
                self.model.company.pay(company.economics.training_dkk * real, "use")
