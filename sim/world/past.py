"""A world on the eve of a fork: what its futures go on from, in little memory.

A past does not live on. It gives forks, as many as are asked for, each of which shares nothing
with it or with the others; and as plain data it can be sent to another process, or kept on disk.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.rows import Packed, copied

if TYPE_CHECKING:
    from sim.settings.run import Settings
    from sim.settings.strategy import Strategy
    from sim.world.customers import Makers
    from sim.world.model import OmnichannelModel
    from sim.world.population import Population
    from sim.world.tally import Journal


@dataclass
class Past:
    """All that lasts of a world overnight; what it holds is never written to again."""

    kind: type[OmnichannelModel]
    settings: Settings
    strategy: Strategy  # that was followed until now
    seed: int
    driver: str
    keeps_log: bool
    keeps_journal: bool
    learning: bool
    day: int
    season: np.ndarray
    makers: Makers
    catalogue: np.ndarray
    population: Population
    customers: np.ndarray | Packed
    profiles: np.ndarray | Packed
    due: np.ndarray
    today: np.ndarray
    parts: list[dict[str, Any]]  # what each part of the world has, in their order
    journal: Journal

    def pack(self) -> Past:
        """Itself, its tables in little memory."""
        self.customers, self.profiles = Packed(self.customers), Packed(self.profiles)
        return self

    def tables(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Customers, profiles and due days for one fork, with room to grow."""
        return copied(self.customers), copied(self.profiles), self.due.copy()

    def fork(self, strategy: Strategy) -> OmnichannelModel:
        """A world that goes on from here and follows ``strategy`` from now on.

        With interaction off, the company's learning and budgets stay as they are now.
        """
        twin = self.kind(
            self.settings,
            strategy,
            self.seed,
            self.driver,
            self.keeps_log,
            self.keeps_journal,
            past=self,
        )
        twin.learning = self.learning and twin.interaction
        for part, state in zip(twin.parts, self.parts, strict=True):
            part.restore(copy.deepcopy(state))
        twin.staffed_before = twin.staffed()
        twin.company.adopt(strategy, self.day)
        twin.journal = self.journal.fork()
        return twin
