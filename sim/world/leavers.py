"""Who stays away is asked why, once a quarter, and stores hear of it [B52]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.company.leaving import (
    ANSWERS,
    IN_WORDS,
    NOTHING,
    most_named,
    named_share,
    puts_one_more,
    stay_away,
    whom_to_ask,
)
from sim.core.records import WAITING
from sim.operations.theory import wait_left
from sim.settings.base import luck_code
from sim.world.agents import Part
from sim.world.decisions import Number, Said

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel

# Since the fork: who was asked, how often what they named was so, and what stores did
ASKED = np.dtype(
    [
        ("people", "i8"),
        ("rounds", "i8"),
        ("right", "i8"),
        ("days", "i8"),
        ("helped", "f8"),  # sum over days of the share of stores with one more at the tills
    ]
)


class Leavers(Part):
    """What was said by who stays away, fading, and which stores have one more at their tills.

    The company asks whom its records show to have bought nothing for long, and hears what they say.
    What has hurt everybody who stays away, on file or not, is the truth beside it. With the world
    held still nobody is asked and no store changes anything.
    """

    STATE = ("said", "helped")
    ANEW = ("asked", "told", "queue_left")

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        self.said = np.zeros(ANSWERS)
        self.helped = np.zeros(len(model.settings.company.stores), bool)  # by kind of store
        self.asked = np.zeros(1, ASKED)
        self.told = NOTHING  # what was named most when it was last written down
        operations = model.settings.company.operations
        self.queue_left = wait_left(operations.tills, operations.tills_busy)

    def open_day(self) -> None:
        """A round, where the strategy pays for one; everybody meets the queues of today."""
        model, people = self.model, self.model.company.strategy.policies.leavers
        every = model.settings.company.listening.leavers_days
        if model.learning and people == 0:
            self.helped[:] = False
        elif model.learning and model.day % every == 0 and model.day > 0:
            self.ask(people)
            self.stores_hear()
        queues = model.today["shops"]["queue"][0]
        queues[:] = 1.0
        queues[: len(self.helped)][self.helped] = self.queue_left
        self.asked["days"] += 1
        if self.helped.any():
            self.asked["helped"] += self.helped.mean()
            self.pay_for_help()

    def ask(self, people: int) -> None:
        """So many of those who stay away, by the records, say what has hurt them most."""
        model, told = self.model, self.model.settings.company.listening
        customers, profiles, _ = model.driver.tables()
        here = np.flatnonzero(customers["present"] == 1)
        on_file = model.analyst.on_file(profiles, here)
        away = here[stay_away(on_file, model.day, told.silent_days)]
        them = away[whom_to_ask(len(away), people, model.day, model.world_seed)]
        self.said *= 0.5 ** (told.leavers_days / told.answers_half_life_days)
        self.said += np.bincount(worst(customers["sores"][them]), minlength=ANSWERS)
        model.company.pay(told.interview_dkk * len(them), "use")
        if len(them):
            self.compare(len(them), self.what_hurts(customers))

    def what_hurts(self, customers: np.ndarray) -> np.ndarray:
        """In truth, of all in the market who bought from us and stay away: how many each thing has
        hurt most, (ANSWERS,)."""
        silent = self.model.settings.company.listening.silent_days
        gone = (customers["present"] == 1) & (customers["orders_ever"] > 0)
        gone &= customers["last_from_us"].max(axis=1) <= self.model.day - silent
        return np.bincount(worst(customers["sores"][gone]), minlength=ANSWERS).astype(float)

    def compare(self, people: int, truth: np.ndarray) -> None:
        """Count whether it is so, and write down what is named most, where that is new."""
        cause = most_named(self.said)
        asked = self.asked[0]
        asked["people"] += people
        asked["rounds"] += 1
        asked["right"] += cause == most_named(truth)
        if cause == self.told:
            return
        self.told = cause
        self.model.decide(
            "customer service",
            Said("tells all that who stays away names {cause} most", {"cause": IN_WORDS[cause]}),
            Said(
                "{n} of 100 who name anything", {"n": Number(100 * named_share(self.said, cause))}
            ),
            Said(
                "{n} of 100; most hurts {cause}",
                {
                    "n": Number(100 * named_share(truth, cause)),
                    "cause": IN_WORDS[most_named(truth)],
                },
            ),
        )

    def stores_hear(self) -> None:
        """Where many name waiting, stores have one more at their tills at the busiest hour, if they
        are told of the targets of all; where few name it any more, no longer."""
        model, company = self.model, self.model.settings.company
        named, least = named_share(self.said, WAITING), company.listening.named_least
        before = self.helped.copy()
        if named < least / 2:
            self.helped[:] = False
        elif named >= least:
            share = float(model.company.record["shared_targets"][0])
            for s, name in enumerate(company.stores):
                self.helped[s] |= puts_one_more(share, luck_code(name), model.world_seed)
        if (self.helped != before).any():
            now, all_ = int(self.helped.sum()), len(self.helped)
            truth = named_share(self.what_hurts(model.driver.tables()[0]), WAITING)
            model.decide(
                "stores",
                Said(
                    "have one more at the tills at the busiest hour in {n} of {all} kinds of store",
                    {"n": Number(now), "all": Number(all_)},
                ),
                Said(
                    "{n} of 100 who stay away and name anything name waiting",
                    {"n": Number(100 * named)},
                ),
                Said("it has hurt {n} of 100 most", {"n": Number(100 * truth)}),
            )

    def pay_for_help(self) -> None:
        """Today's hours of who helps, where stores are open."""
        company = self.model.settings.company
        if self.model.stores.is_open():
            real = company.size.stores * self.helped.mean()
            minutes = company.operations.till_help_minutes
            self.model.company.pay(real * minutes * company.economics.desk_minute_dkk, "use")


def worst(sores: np.ndarray) -> np.ndarray:
    """What each says who is asked: what has hurt him most, or NOTHING; ``sores``: (n, SORES)."""
    hurt = sores.max(axis=1, initial=0) > 0
    return np.where(hurt, sores.argmax(axis=1), NOTHING)
