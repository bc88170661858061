"""Somebody of the simulated people, whose year can be told like a protagonist's.

He needs no arrival: he is in the market, and all that happened to him before was simulated. He has
no name; who he is, is read from his own record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from sim.core.records import AT_PHONE, CATEGORIES, STYLES
from sim.language import number, t
from sim.settings.complaints import BadInput
from sim.settings.run import Settings
from sim.world.model import OmnichannelModel
from sim.world.population import Population

YEAR = 365  # days
TURNS = 12  # customers of a kind that are offered, one after the other
WANTED = ((2, YEAR), (1, YEAR), (0, None))
"""Purchases ever, and days since the last one at most: of whom there is most to tell, first."""


class Turn(NamedTuple):
    """One of the simulated customers of a kind."""

    shopper: bool
    number: int  # 0 the first one


SOMEBODY = {
    kind: {f"{kind}#{number + 1}": Turn(kind == "shopper", number) for number in range(TURNS)}
    for kind in ("shopper", "buyer")
}
"""Who is offered without a file, by kind and by name; no file is called so."""


@dataclass(frozen=True)
class Simulated:
    """Who a simulated customer is, when his story begins."""

    number: int  # id in the population
    sentence: str
    purchases: int  # from us, ever
    spent_before_dkk: float
    pronoun: str = "he"
    words: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What he is called."""
        return t("Customer {n}", n=number(self.number))


def introduced(world: OmnichannelModel, who: int) -> Simulated:
    """The customer with this id, as he is now."""
    him = world.driver.tables()[0][world.population.place_of[who]]
    names = [category.name for category in world.settings.market.categories]
    likes = int(him["taste"].reshape(CATEGORIES, STYLES).sum(axis=1).argmax())
    told = {
        "category": t(names[likes]),
        "km": number(float(him["distance_km"])),
        "device": t("phone") if him["device"] == AT_PHONE else t("computer"),
    }
    sentence = t(
        "is a shopper, who needs ideas before a wish becomes real; likes {category} best, lives "
        "{km} km from the nearest of our stores and mostly uses the {device}.",
        **told,
    )
    if not him["shopper"]:
        sentence = t(
            "is a buyer, who wants it done; needs {category} most, lives {km} km from the nearest "
            "of our stores and mostly uses the {device}.",
            **told,
        )
    return Simulated(who, sentence, int(him["orders_ever"]), float(him["spent_dkk"]))


def chosen(world: OmnichannelModel, turn: Turn) -> int:
    """Id of the customer whose turn it is, of those who are there until the end: always the same
    one in the same past. After the last one comes the first again."""
    people, who = world.population, world.population.who
    places = np.flatnonzero(who >= 0)
    him = world.driver.tables()[0][places]
    stays = (him["present"] == 1) & (people.exit_day[who[places]] >= world.end_day)
    stays &= (him["shopper"] == 1) == turn.shopper
    last = him["last_from_us"].max(axis=1)
    for purchases, within in WANTED:
        fits = stays & (him["orders_ever"] >= purchases)
        if within is not None:
            fits &= last >= world.day - within
        if fits.any():
            numbers = np.sort(who[places[fits]])
            return int(numbers[turn.number % len(numbers)])
    raise BadInput("customer", turn, "nobody of that kind is in the market for so long")


def present_throughout(settings: Settings, number: int) -> int:
    """The id, if it is that of somebody who is in the market from before the story until its end.

    Raises BadInput, before anything is simulated.
    """
    scale, end_day = settings.scale, settings.scale.warmup_days + settings.scale.horizon_days
    people = Population(settings.market.people, scale.customers, end_day, settings.seed)
    if not 0 <= number < len(people):
        said = f"must be 0 to {len(people) - 1}: so many people are in this market"
        raise BadInput("customer", number, said)
    there = people.entry_day < max(scale.warmup_days, 1)
    there &= people.exit_day >= end_day
    if not there[number]:
        others = np.flatnonzero(there)
        said = "is not in the market for all of the time told"
        if len(others):
            nearest = int(others[np.abs(others - number).argmin()])
            said = f"{said}; {nearest} is"
        raise BadInput("customer", number, said)
    return number
