"""The panel: once a month people of the market, customers or not, are asked what they look for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.core.draws import decision, uniforms
from sim.core.records import ACTIVE, CELLS, STYLES
from sim.world.agents import Part

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel

IS_ASKED = decision("is asked by the panel")


class Panel(Part):
    """Answers by category and style, fading; the company hears these and no names.

    A person looks for one thing at a time: the oldest need he is aware of. Who needs nothing just
    now says so. With the world held still nobody is asked.
    """

    STATE = ("answers",)

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        self.answers = np.zeros(CELLS)

    def open_day(self) -> None:
        """A round, where the strategy pays for one."""
        model, people = self.model, self.model.company.strategy.policies.panel
        told = model.settings.company.listening
        if people == 0 or not model.learning or model.day % told.panel_days or model.day == 0:
            return
        self.answers *= 0.5 ** (told.panel_days / told.answers_half_life_days)
        self.answers += self.ask(people)
        model.company.pay(told.panel_dkk * people, "use")

    def ask(self, people: int) -> np.ndarray:
        """What so many say, by category and style: as many of the simulated people as there are, at
        most, drawn anew for each day."""
        model = self.model
        customers, _, _ = model.driver.tables()
        here = np.flatnonzero(customers["present"] == 1)
        luck = uniforms(
            model.world_seed, customers["id"][here].astype(np.int64), IS_ASKED, 0, model.day
        )
        asked = customers[here[np.argsort(luck, kind="stable")[:people]]]
        needs = asked["needs"]
        wanted = needs["state"] == ACTIVE
        first = np.where(wanted, needs["number"].astype(np.int64), np.iinfo(np.int64).max)
        one = needs[np.arange(len(asked)), first.argmin(axis=1)][wanted.any(axis=1)]
        cells = one["category"].astype(np.int64) * STYLES + one["style"]
        return np.bincount(cells, minlength=CELLS).astype(float)
