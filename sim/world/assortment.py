"""The goods: new models come, and what falls short, is pictured badly or runs odd is mended, if the
company finds out [B34, B35, B52]."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.company.reasons import (
    CURABLE,
    asked,
    believed_fault,
    comes_back_often,
    takes_it_up,
    usually_named,
)
from sim.company.reviews import acts_on, is_found_wanting, reads_words
from sim.core import events as ev
from sim.core.draws import decision, uniform
from sim.core.records import FALLS_SHORT, FAULTS, NEVER, NOT_AS_SHOWN, WRONG_SIZE
from sim.language import marked
from sim.world.agents import Part
from sim.world.customers import FIELDS_OF_FAULTS, faults, sound_article
from sim.world.decisions import Number, Said, Words
from sim.world.heard import HEARD, count_heard

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel

RENEWED = decision("day on which the second model of an item comes", lasting=True)

FIELD_OF = {FALLS_SHORT: "shortfall", NOT_AS_SHOWN: "pictures", WRONG_SIZE: "sizes"}
PENDING = np.dtype([("day", "i8"), ("fault", "i8")])
# What product management has done, and whether it was right
DONE = np.dtype([("acted", "i8"), ("right", "i8"), ("needless", "i8"), ("asked", "i8")])


class Assortment(Part):
    """Which articles have a fault, and which of them the company is about to do something about.

    What is in the heads of those who give a thing back is kept here for who may ask them; the
    company goes by figures, by words in reviews, and by answers. With the world held still neither
    model nor remedy comes.
    """

    STATE = ("pending", "heard")
    ANEW = ("first", "done")

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        goods, every = model.catalogue, model.settings.market.reviews.model_days
        self.pending = np.zeros(len(goods), PENDING)  # day on which a remedy is there, against what
        self.pending["day"] = NEVER
        self.heard = np.zeros(len(goods), HEARD)
        self.done = np.zeros(1, DONE)
        luck = [uniform(model.world_seed, int(key), RENEWED, 0, 0) for key in goods["key"]]
        self.first = 1 + (np.array(luck) * every).astype(int)  # day of the second model

    def open_day(self) -> None:
        """New models and remedies are there from today; now and then figures are gone through."""
        model = self.model
        if not model.learning:
            return
        self.renew()
        rows = np.flatnonzero(self.pending["day"] <= model.day)
        if len(rows):
            self.mend(rows)
        every = model.settings.company.systems.faults_days
        if model.day % every == 0 and model.day > 0:
            self.look_for_faults()

    def count(self, log: np.ndarray, n: int) -> None:
        """Count what was sold, given back and said, in the first ``n`` rows of a day's log."""
        count_heard(log, n, self.heard)

    def renew(self) -> None:
        """The models that are new today: each may have faults, whatever the last one had."""
        model, reviews = self.model, self.model.settings.market.reviews
        since = model.day - self.first
        rows = np.flatnonzero((since >= 0) & (since % reviews.model_days == 0))
        if len(rows):
            number = since[rows] // reviews.model_days + 1
            keys = model.catalogue["key"][rows]
            for row, key, k in zip(rows, keys, number, strict=True):
                wrong = faults(model.settings.market, int(key), int(k), model.world_seed)
                for name, value in zip(FIELDS_OF_FAULTS, wrong, strict=True):
                    model.catalogue[name][row] = value
            self.put_on_sale(rows)

    def put_on_sale(self, rows: np.ndarray) -> None:
        """These are other articles from today; nobody has said anything of them yet."""
        self.pending["day"][rows] = NEVER
        self.heard[rows] = np.zeros(1, HEARD)
        self.model.driver.stock(self.model.catalogue)
        self.model.board.begin_anew(rows)

    def mend(self, rows: np.ndarray) -> None:
        """What was begun about these articles is done. A better version is another article; new
        pictures or sizes change what is shown of the old one."""
        model, sound = self.model, self.sound
        short = rows[self.pending["fault"][rows] == FALLS_SHORT]
        for row in rows:
            field = FIELD_OF[int(self.pending["fault"][row])]
            model.catalogue[field][row] = sound[field]
        self.pending["day"][rows] = NEVER
        model.driver.stock(model.catalogue)
        if len(short):
            self.put_on_sale(short)

    def look_for_faults(self) -> None:
        """Articles that are badly spoken of or come back often, where somebody takes it up."""
        model, company = self.model, self.model.company
        firm, managers = company.record[0], company.strategy.policies.product_managers
        share = takes_it_up(firm["acts_on_reviews"], firm["shared_targets"], managers)
        usual = self.usual_returns()
        for row in np.flatnonzero(self.pending["day"] == NEVER):
            key = int(model.catalogue["key"][row])
            rests_on = self.is_wanting(row, usual[model.catalogue["category"][row]])
            if rests_on and acts_on(share, key, model.day, model.world_seed):
                self.look_into(row, key, rests_on)

    def usual_returns(self) -> np.ndarray:
        """Share of sales that come back, by category of the market."""
        kinds = self.model.catalogue["category"]
        sold, back = (np.bincount(kinds, self.heard[name]) for name in ("sold", "back"))
        return back / np.maximum(sold, 1)

    def is_wanting(self, row: int, usual: float) -> Words:
        """What speaks against an article since it was last looked into; "" if nothing."""
        systems, told = self.model.settings.company.systems, self.model.settings.company.listening
        heard, rating = self.heard[row], self.model.board.record["ratings"][0, row]
        reviews = rating["reviews"] - heard["reviews_then"]
        stars = rating["stars"] - heard["stars_then"]
        if is_found_wanting(reviews, stars, systems.faults_least, systems.faults_below):
            read = {"stars": Number(stars / reviews, 1), "reviews": Number(reviews)}
            return Said("{stars} stars in {reviews} reviews", read)
        back, sold = (heard[name] - heard[f"{name}_then"] for name in ("back", "sold"))
        if comes_back_often(back, sold, usual, told.returns_least, told.returns_sure):
            return Said(
                "{back} of {sold} came back, {share} % are usual",
                {"back": Number(back), "sold": Number(sold), "share": Number(100 * usual)},
            )
        return ""

    def look_into(self, row: int, key: int, rests_on: Words) -> None:
        """Find out what is wrong with an article, as far as the company does, and act on it."""
        model, company, heard = self.model, self.model.company, self.heard[row]
        told, policies = model.settings.company.listening, company.strategy.policies
        words = np.zeros(FAULTS, np.int64)
        done = self.done[0]
        if reads_words(company.record[0]["reads_words"], key, model.day, model.world_seed):
            words += heard["said"]
            read = float(model.board.record["ratings"][0, row]["reviews"])
            company.pay(told.text_dkk * read, "use")
        answers = asked(heard["known"], policies.interviews, key, model.day, model.world_seed)
        words += answers
        heard["answered"] += answers
        heard["known"] -= answers  # nobody is asked twice
        done["asked"] += answers.sum()
        company.pay(told.interview_dkk * float(answers.sum()), "use")
        usual = usually_named(self.heard["said"].sum(axis=0) + self.heard["answered"].sum(axis=0))
        fault = believed_fault(words, usual, int(heard["tried"]), told.reason_sure)
        if fault:
            self.act(row, fault, rests_on, words)
        self.start_anew(row)

    def act(self, row: int, fault: int, rests_on: Words, words: np.ndarray) -> None:
        """Begin a remedy."""
        model, told = self.model, self.model.settings.company.listening
        wrong = self.wrong_with(row)
        cost, days = {
            FALLS_SHORT: (
                model.settings.company.economics.mending_dkk,
                model.settings.company.systems.mending_days,
            ),
            NOT_AS_SHOWN: (told.pictures_dkk, told.describing_days),
            WRONG_SIZE: (told.sizes_dkk, told.describing_days),
        }[fault]
        self.pending[row] = model.day + days, fault
        model.company.pay(cost, "use")
        done = self.done[0]
        done["acted"] += 1
        done["right"] += fault in wrong
        done["needless"] += not wrong
        self.heard["tried"][row] |= 1 << fault
        self.tell(row, fault, rests_on, words, wrong)

    def start_anew(self, row: int) -> None:
        """What spoke against an article that has been looked into counts against it no more."""
        heard, rating = self.heard[row], self.model.board.record["ratings"][0, row]
        for name, now in (("reviews", rating), ("stars", rating), ("sold", heard), ("back", heard)):
            heard[f"{name}_then"] = now[name]

    @property
    def sound(self) -> dict[str, float]:
        """The fields of faults, of an article with which nothing is wrong."""
        usual = sound_article(self.model.settings.market)
        return dict(zip(FIELDS_OF_FAULTS, usual, strict=True))

    def wrong_with(self, row: int) -> list[int]:
        """The faults that an article has, in truth."""
        item, sound = self.model.catalogue[row], self.sound
        return [fault for fault in CURABLE if item[FIELD_OF[fault]] > sound[FIELD_OF[fault]]]

    def tell(self, row: int, fault: int, rests_on: Words, words: np.ndarray, wrong: Any) -> None:
        """Write down what is done about an article."""
        item, market = self.model.catalogue[row], self.model.settings.market
        kind = market.categories[item["category"]]
        said = [
            Said("{n} say {wrong}", {"n": Number(words[k]), "wrong": ev.WHAT_IS_WRONG[k]})
            for k in CURABLE
            if words[k]
        ]
        self.model.decide(
            "product management",
            Said(REMEDIES[fault], {"kind": kind.name, "style": kind.styles[item["style"]]}),
            [rests_on, *(said or [marked("nobody says why")])],
            all_of(wrong) if wrong else marked("sound"),
        )


REMEDIES = {
    FALLS_SHORT: marked("has an article of {kind}, {style}, mended or replaced"),
    NOT_AS_SHOWN: marked("has an article of {kind}, {style}, pictured anew"),
    WRONG_SIZE: marked("has an article of {kind}, {style}, given a table of sizes of its own"),
}


def all_of(wrong: list[int]) -> Words:
    """Faults one after another."""
    found, *others = (ev.WHAT_IS_WRONG[fault] for fault in wrong)
    for other in others:
        found = Said("{one} and {other}", {"one": found, "other": other})
    return Said("{wrong}", {"wrong": found})
