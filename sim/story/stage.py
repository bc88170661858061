"""The stage of a scripted journey: a world as a strategy has made it, and who plays in it.

A world is lived under one strategy from its first day until it has settled, so that who is a
member, has the app, is linked and may be written to came about by the ordinary rules. Then some of
the people present each get one wish in place of all that they had in mind, and only what a script
says is done about it. Played is with interaction off: nobody waits, what the company has learned
and what ads it buys stay as they are; so nobody's journey touches another's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.core.records import (
    ACTIVE,
    AT_COMPUTER,
    AT_PHONE,
    BY_CLUB,
    BY_MAIL,
    FREE,
    NEVER,
    OWN_ADDRESS,
)
from sim.settings.base import luck_code
from sim.settings.complaints import BadInput, Stopped
from sim.settings.run import Settings
from sim.settings.script import LONGEST
from sim.settings.strategy import Strategy
from sim.world.drivers import COMPILED
from sim.world.model import OmnichannelModel

WEEK = 7  # days
THE_WISH = 1 << 20  # numbers a scripted need, with its category: above any that arose by itself
NO_TIME = 1e9  # season time that does not come, mean days
PEOPLE = 1000  # who play


@dataclass
class Stage:
    """A settled world on the eve of a script's first day."""

    world: OmnichannelModel
    people: int = PEOPLE

    @cached_property
    def who(self) -> np.ndarray:
        """Ids of those who play: the same ones under every strategy, one of a household."""
        world = self.world
        places = np.flatnonzero(world.population.who >= 0)
        customers = world.driver.tables()[0][places]
        ids = world.population.who[places]
        alone = (customers["partner"] < 0) | (ids % 2 == 0)
        return np.sort(ids[alone & (customers["present"] == 1)])[: self.people]

    def fork(self, strategy: Strategy | None = None) -> OmnichannelModel:
        """The same world once more, to be played in; nothing is sold out there, and the company
        does not learn."""
        twin = self.world.fork(strategy or self.world.strategy)
        twin.learning = False
        twin.catalogue["sold_out"] = 0
        twin.driver.stock(twin.catalogue)
        twin.company.put_on_show()
        return twin


def set_stage(settings: Settings, strategy: Strategy, people: int = PEOPLE) -> Stage:
    """Live under ``strategy`` for the warm-up, and on to the first Monday before a time without
    holidays. Raises Stopped where rules are not compiled."""
    if not COMPILED:
        raise Stopped("scripted journeys need compiled rules: leave NUMBA_DISABLE_JIT out")
    world = OmnichannelModel(settings, strategy, keep_journal=False)
    day = -(-settings.scale.warmup_days // WEEK) * WEEK
    while not world.store_days[day : day + LONGEST].all() and day < world.end_day:
        day += WEEK
    least = day + LONGEST - settings.scale.warmup_days
    if settings.scale.horizon_days < least:
        given = settings.scale.horizon_days
        raise BadInput(
            "scale.horizon_days", given, f"must be at least {least} for a journey (days)"
        )
    return Stage(world.run(day), people)


def clear_minds(world: OmnichannelModel, who: np.ndarray, category: int, style: int) -> np.ndarray:
    """Those who play want this one thing and nothing else; all others are not there.

    What they ordered before is done with. Returns their places.
    """
    customers, profiles, due = world.driver.tables()
    rows = world.population.place_of[who]
    others = np.ones(len(due), bool)
    others[rows] = False
    due[others], profiles["written_to"][others] = NEVER, 0
    for name, value in (
        ("exit_day", NEVER),
        ("next_need_day", NEVER),
        ("extra_need_day", NEVER),
        ("need_at", NO_TIME),
        ("case_topic", -1),
        ("case_state", 0),
        ("desk_wait", -1.0),
        ("orders_open", 0),
        ("needs_open", 1),
    ):
        customers[name][rows] = value
    customers["orders"]["state"][rows] = FREE
    customers["needs"][rows] = np.zeros((), customers["needs"].dtype.base)
    needs = customers["needs"]
    for name, value in (
        ("state", ACTIVE),
        ("number", the_wish(world, category)),
        ("category", category),
        ("style", style),
        ("progress", 1.0),
        ("dies", NEVER),
        ("next_day", NEVER),
        ("place", -1),
        ("basket_item", -1),
        ("basket_place", -1),
    ):
        needs[name][rows, 0] = value
    return rows


def the_wish(world: OmnichannelModel, category: int) -> int:
    """The number of the scripted need."""
    return THE_WISH + luck_code(world.settings.market.categories[category].name)


def make_known(world: OmnichannelModel, rows: np.ndarray) -> None:
    """Members who say who they are wherever they come: they have the card and the app, are logged
    in on both devices, take our mails and cookies; the company knows all that as one person's."""
    customers, profiles, _ = world.driver.tables()
    for name, value in (
        ("club", 1),
        ("account", 1),
        ("app", 1),
        ("cookies", 1),
        ("privacy_dkk", 0.0),
        ("logged_in", 1 << AT_COMPUTER | 1 << AT_PHONE),
    ):
        customers[name][rows] = value
    customers["permission"][rows] |= 1 << OWN_ADDRESS
    address = profiles["addresses"]
    for name, value in (("permission", 1), ("unopened", 0), ("heard_day", world.day)):
        address[name][rows, OWN_ADDRESS] = value
    for name, value in (("written_to", 1), ("objects", 0), ("other_here", 0)):
        profiles[name][rows] = value
    profiles["linked"][rows] |= 1 << AT_COMPUTER | 1 << AT_PHONE | 1 << BY_CLUB
    profiles["has_phone"][rows] |= 1 << BY_MAIL | 1 << BY_CLUB
