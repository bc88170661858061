"""The stores' service desk: returns over the counter and pick-ups of web orders.

One desk is simulated, that of a typical store, with its share of the firm's requests. Who has come
all the way waits: patience is long or endless, and everybody in the store at closing time is
served.
"""

from __future__ import annotations

import simpy

from sim.operations.team import Hours, Team
from sim.settings.operations import Operations


class ServiceDesk(Team):
    """The staff behind the counter; see :class:`sim.operations.team.Team`."""

    def __init__(
        self,
        env: simpy.Environment,
        settings: Operations,
        interaction: bool = True,
        state: dict | None = None,
    ):
        hours = Hours(
            settings.desk_opening_minute,
            settings.desk_evening_minute,
            settings.desk_closing_minute,
            settings.desk_days_a_week,
            settings.desk_minimum_agents,
        )
        super().__init__(env, settings, hours, interaction, state)
