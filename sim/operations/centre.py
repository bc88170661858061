"""The customer centre: questions, complaints and "where is my order", by telephone and chat.

Callers have patience and give up. At closing time no new ones are let in; those who wait are
still answered, on overtime, unless they give up: sending off people who came in time is what no
centre does, and it would make waiting look shorter than it was.
"""

from __future__ import annotations

import simpy

from sim.operations.team import Hours, Team
from sim.settings.operations import Operations


class CustomerCentre(Team):
    """The agents who answer customers' questions; see :class:`sim.operations.team.Team`."""

    def __init__(
        self,
        env: simpy.Environment,
        settings: Operations,
        interaction: bool = True,
        state: dict | None = None,
    ):
        hours = Hours(
            settings.centre_opening_minute,
            settings.centre_evening_minute,
            settings.centre_closing_minute,
            settings.centre_days_a_week,
            settings.centre_minimum_agents,
        )
        super().__init__(env, settings, hours, interaction, state)
