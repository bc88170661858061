"""The panel: once a month people of the market, customers or not, are asked what they look for and
where they were the day before [B62]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.company.outside import more_there
from sim.core.draws import decision, uniforms
from sim.core.records import ACTIVE, CELLS, CHANNELS, STYLES
from sim.core.rows import picked
from sim.world.agents import Part

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel

IS_ASKED = decision("is asked by the panel")


class Panel(Part):
    """Answers by category and style, and by media channel, fading; the company hears these and no
    names.

    A person looks for one thing at a time: the oldest need he is aware of. Who needs nothing just
    now says so. What the first rounds say of where people are is what the media plan was made on.
    With the world held still nobody is asked.
    """

    STATE = ("answers", "there", "planned", "rounds")

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        self.answers = np.zeros(CELLS)
        self.there = np.zeros((2, CHANNELS))  # were there the day before; were asked
        self.planned = self.there.copy()  # the same of the first rounds
        self.rounds = 0

    def open_day(self) -> None:
        """A round, where the strategy pays for one."""
        model, people = self.model, self.model.company.strategy.policies.panel
        told = model.settings.company.listening
        if people == 0 or not model.learning or model.day % told.panel_days or model.day == 0:
            return
        asked = self.whom_to_ask(people)
        fade = 0.5 ** (told.panel_days / told.answers_half_life_days)
        self.answers = self.answers * fade + what_they_look_for(asked)
        were_there = where_they_were(asked, model.day)
        self.there = self.there * fade + were_there
        if self.rounds * told.panel_days < told.answers_half_life_days:
            self.planned = self.planned + were_there
        else:
            more = more_there(self.planned, self.there, told.plan_worth)
            model.company.plan_media(more)
        self.rounds += 1
        model.company.pay(told.panel_dkk * people, "use")

    def whom_to_ask(self, people: int) -> np.ndarray:
        """CUSTOMER rows of so many: as many of the simulated people as there are, at most, drawn
        anew for each day."""
        model = self.model
        customers, _, _ = model.driver.tables()
        here = np.flatnonzero(customers["present"] == 1)
        luck = uniforms(
            model.world_seed, customers["id"][here].astype(np.int64), IS_ASKED, 0, model.day
        )
        return picked(customers, here[np.argsort(luck, kind="stable")[:people]])


def what_they_look_for(asked: np.ndarray) -> np.ndarray:
    """How many of these CUSTOMER rows say so, by category and style."""
    needs = asked["needs"]
    wanted = needs["state"] == ACTIVE
    first = np.where(wanted, needs["number"].astype(np.int64), np.iinfo(np.int64).max)
    one = needs[np.arange(len(asked)), first.argmin(axis=1)][wanted.any(axis=1)]
    cells = one["category"].astype(np.int64) * STYLES + one["style"]
    return np.bincount(cells, minlength=CELLS).astype(float)


def where_they_were(asked: np.ndarray, day: int) -> np.ndarray:
    """How many of these CUSTOMER rows were at each media channel the day before, and how many were
    asked: (2, CHANNELS)."""
    yes = (asked["looked_day"] == day - 1).sum(axis=0)
    return np.stack([yes, np.full(CHANNELS, len(asked))]).astype(float)
