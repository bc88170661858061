"""The analyst: once a month, what the records say of everybody, and who gets a reminder [B29, B30].

The company's part fits models on records alone (:mod:`sim.company.targeting`). The world stands
beside it and writes down what was true, for the log of decisions and for the measures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.company.on_file import OPEN_LOOK, OnFile, read
from sim.company.recommending import picks_after
from sim.company.targeting import (
    SCORES,
    VALUES,
    Regression,
    auc,
    by_chance,
    chosen,
    fit,
    ordered,
    rfm,
    worth,
)
from sim.core.draws import decision, uniforms
from sim.core.records import ITEMS, OWN_ADDRESS
from sim.world.agents import Part
from sim.world.decisions import Number, Said

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel

BY_LUCK = decision("whose reminder goes out where no uplift is known")
TOLD_EVERY = 13  # analyses between two entries in the log of decisions: a year


class Month(NamedTuple):
    """An analysis: who was scored and what was done, to be held against what follows."""

    day: int
    places: np.ndarray
    numbers: np.ndarray  # of the profiles in these places
    features: np.ndarray
    score: np.ndarray  # NaN where no model was there yet
    eligible: np.ndarray  # could be written to
    explored: np.ndarray  # chance decided
    sent: np.ndarray


class Found(NamedTuple):
    """How a month's prediction turned out."""

    day: int
    profiles: int
    eligible: int
    sent: int
    auc_recorded: float
    auc_true: float


class Analyst(Part):
    """Scores profiles, works out what they are worth, picks items, chooses whom to remind."""

    STATE = ("propensity", "lifts", "last", "tried", "followed", "analyses", "spreads", "ranks")
    ANEW = ("found", "kept", "keeps")

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        self.propensity: Regression | None = None
        self.lifts: tuple[Regression, Regression] | None = None  # with the reminder, without
        self.last: Month | None = None
        # what chance decided: (features, sent, bought), one entry an analysis
        self.tried: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self.followed = np.zeros((ITEMS, ITEMS), np.int64)  # item after item, up to the fork
        self.analyses = 0
        # by what fifths are cut, and scores and uplifts ranked, as of the last learning
        self.spreads: list[np.ndarray] = []
        self.ranks: dict[str, np.ndarray] = {}
        self.found: list[Found] = []  # since the fork
        self.keeps = False  # whether to keep who was scored, for a study
        self.kept: list[tuple[int, np.ndarray, np.ndarray]] = []  # day, people, their scores

    def state(self) -> dict[str, Any]:
        """As of this evening; the drivers' ledgers count from a fork on."""
        kept = super().state()
        kept["followed"] = self.item_sequences()
        return kept

    def item_sequences(self) -> np.ndarray:
        """How often each item was recorded after each, (ITEMS, ITEMS)."""
        counted = self.model.driver.ledger()["item_followed"][0]
        return self.followed + counted.reshape(ITEMS, ITEMS)

    def open_day(self) -> None:
        """On the day of the month: learn from what the last month brought, then choose."""
        model = self.model
        settings = model.settings.company.analysing
        if model.day == 0 or model.day % settings.analysis_days:
            return
        firm = model.company.record[0]
        if model.learning and firm["recommends"] > 0:
            self.learn_items()
        if max(firm["scores_purchases"], firm["values_customers"]) <= 0:
            return
        customers, profiles, _ = model.driver.tables()
        if model.learning:
            self.learn(customers, profiles)
        self.analyse(profiles)
        self.analyses += 1

    def learn_items(self) -> None:
        """What followed what, item by item, for the tiles of who bought something."""
        goods, record = self.model.catalogue, self.model.company.record
        record["pick_after"] = picks_after(
            self.item_sequences(),
            self.model.company.item_sold[: len(goods)],
            self.model.settings.market.items_per_style,
            self.model.settings.company.analysing.picks_least,
        )

    def on_file(self, profiles: np.ndarray, places: np.ndarray) -> OnFile:
        """What is on file of the profiles in these places; in the placebo of their twins."""
        model = self.model
        firm = model.company.record
        return read(profiles, places, model.minds(), firm, model.day, model.world_seed)

    def learn(self, customers: np.ndarray, profiles: np.ndarray) -> None:
        """Fit the models on what was recorded since the last analysis, by who was scored then."""
        last, settings = self.last, self.model.settings.company.analysing
        if last is None:
            return
        same = profiles["number"][last.places] == last.numbers
        places = last.places[same]
        bought = self.on_file(profiles, places).bought_day >= last.day
        true = customers["last_from_us"][places].max(axis=1) >= last.day
        score, sent = last.score[same], last.sent[same]
        scored = ~np.isnan(score)
        self.found.append(
            Found(
                last.day,
                len(places),
                int(last.eligible.sum()),
                int(last.sent.sum()),
                auc(score[scored], bought[scored]),
                auc(score[scored], true[scored]),
            )
        )
        features, tried = last.features[same], last.explored[same]
        self.propensity = fit(features, bought, settings.ridge) or self.propensity
        if tried.any():
            self.tried.append((features[tried], sent[tried], bought[tried]))
            self.tried = self.tried[-settings.explored_months :]
            self.learn_uplift(settings.uplift_least, settings.ridge)
        self.tell(features, bought, true)

    def learn_uplift(self, least: int, ridge: float) -> None:
        """Two models, of who got the reminder by chance and of who did not."""
        features, sent, bought = (np.concatenate(part) for part in zip(*self.tried, strict=True))
        if min(sent.sum(), (~sent).sum()) < least:
            return
        arms = [fit(features[arm], bought[arm], ridge) for arm in (sent, ~sent)]
        if arms[0] is not None and arms[1] is not None:
            self.lifts = arms[0], arms[1]

    def analyse(self, profiles: np.ndarray) -> None:
        """What everybody's file says today; the month's reminders go out."""
        model, company = self.model, self.model.company
        firm, seed, day = company.record[0], model.world_seed, model.day
        settings, policies = model.settings.company.analysing, company.strategy.policies
        taken = np.flatnonzero(model.population.who >= 0)
        numbers = profiles["number"][taken].astype(np.int64)
        scores = uniforms(seed, numbers, SCORES, 0, 0) < firm["scores_purchases"]
        valued = uniforms(seed, numbers, VALUES, 0, 0) < firm["values_customers"]
        wanted = scores | valued  # of all others nothing is worked out
        taken, numbers, scores, valued = (each[wanted] for each in (taken, numbers, scores, valued))
        on_file = self.on_file(profiles, taken)
        codes = np.zeros((len(taken), 3), np.int64)
        codes[valued] = self.fifths_of(on_file.of(valued))
        mine = scores & on_file.known & (profiles["objects"][taken] == 0)
        places, features = taken[mine], on_file.features[mine]
        address = profiles["addresses"][places, OWN_ADDRESS]
        score = (
            self.propensity.predict(features) if self.propensity else np.full(len(places), np.nan)
        )
        could = (address["permission"] == 1) & ~np.isnan(score)
        uplift = None
        if self.lifts:
            uplift = (self.lifts[0].predict(features) - self.lifts[1].predict(features))[could]
        explored, by_luck = by_chance(numbers[mine], settings.explore_share, day, seed)
        explored &= could & (policies.targets_by not in ("nobody", "all"))
        sent = np.zeros(len(places), bool)
        luck = uniforms(seed, numbers[mine][could], BY_LUCK, 0, day)
        if model.learning and could.any():
            self.ranks["score"] = ordered(score[could])
            if uplift is not None:
                self.ranks["uplift"] = ordered(uplift)
        how, share = policies.targets_by, policies.offers_share
        by_uplift = how == "uplift" and uplift is not None
        if how in ("nobody", "all") or "score" in self.ranks:
            known = self.ranks.get("uplift" if by_uplift else "score")
            sent[could] = chosen(how, share, score[could], uplift, luck, known)
        sent = np.where(explored, by_luck, sent)
        self.last = Month(day, places, numbers[mine], features, score, could, explored, sent)
        if self.keeps:
            who = model.population.who[places[could]]
            self.kept.append((day, who, score[could]))
        days = np.full(len(taken), -1)
        days[np.flatnonzero(mine)[sent]] = day
        model.driver.note_chosen(taken, days, codes, day)

    def fifths_of(self, on_file: OnFile) -> np.ndarray:
        """Recency, frequency and money in fifths, cut as of the last time that the records were
        gone through; 0 0 0 before the first."""
        day = self.model.day
        if self.model.learning:
            buyers = on_file.of(on_file.bought_day >= 0)
            self.spreads = [ordered(values) for values in worth(buyers, day)]
        if not self.spreads:
            return np.zeros((len(on_file.orders), 3), np.int64)
        return rfm(on_file, day, self.spreads)

    def tell(self, features: np.ndarray, bought: np.ndarray, true: np.ndarray) -> None:
        """Once a year, what the analysis says, and how far it was right."""
        if self.analyses % TOLD_EVERY or not self.found or np.isnan(self.found[-1].auc_recorded):
            return
        looked = features[:, OPEN_LOOK] > 0
        if not (looked.any() and bought[~looked].any()):
            return
        times, really = (
            was[looked].mean() / max(was[~looked].mean(), 1e-9) for was in (bought, true)
        )
        last = self.found[-1]
        self.model.decide(
            "analysis",
            Said(
                "who looked lately at what he has not bought since buys {times} times as often; the"
                " model tells who buys from who does not in {pairs} of 100 pairs",
                {"times": Number(times, 1), "pairs": Number(100 * last.auc_recorded)},
            ),
            Said(
                "{profiles} profiles, of which {share} % bought within {days} days, as recorded",
                {
                    "profiles": Number(len(bought)),
                    "share": Number(100 * bought.mean(), 1),
                    "days": Number(self.model.settings.company.analysing.analysis_days),
                },
            ),
            Said(
                "of all purchases, {times} times as often; {share} % bought; {pairs} of 100 pairs",
                {
                    "times": Number(really, 1),
                    "share": Number(100 * true.mean(), 1),
                    "pairs": Number(100 * last.auc_true),
                },
            ),
        )
