"""Why people stay away, as far as any of them says, and what follows from it [B52].

Figures show who has bought nothing for a year. What has hurt him they do not show: who is asked
says it. A department that could mend what is named does so where it is told of the targets of all:
who comes back is in nobody's own figures.
"""

from __future__ import annotations

import numpy as np

from sim.company.on_file import OnFile
from sim.core.draws import decision, uniform
from sim.core.records import (
    CONTRADICTED,
    FEES,
    PRODUCT,
    REFUSED,
    REPEATING,
    RETURNING,
    SERVICE,
    SORES,
    TOO_MANY_ADS,
    WAITING,
)
from sim.language import marked

WHO = decision("who of those who stay away is asked")
HELPS = decision("a store has one more at its tills", lasting=True)

NOTHING = SORES  # what somebody answers who was hurt by nothing
ANSWERS = SORES + 1
IN_WORDS = {
    PRODUCT: marked("the goods"),
    RETURNING: marked("giving something back"),
    FEES: marked("fees"),
    WAITING: marked("waiting"),
    SERVICE: marked("the customer centre"),
    REPEATING: marked("saying or doing it again"),
    CONTRADICTED: marked("offers of what they had just bought"),
    REFUSED: marked("a word not kept"),
    TOO_MANY_ADS: marked("the same ad too often"),
    NOTHING: marked("nothing"),
}


def stay_away(on_file: OnFile, day: int, silent_days: int) -> np.ndarray:
    """Mask of the profiles with a purchase in sight, the newest of them ``silent_days`` ago."""
    return (on_file.bought_day >= 0) & (day - on_file.bought_day >= silent_days)


def whom_to_ask(away: int, people: int, day: int, seed: int) -> np.ndarray:
    """Places of so many among those who stay away; one simulated person may answer for several."""
    luck = np.array([uniform(seed, k, WHO, 0, day) for k in range(people if away else 0)])
    return (luck * away).astype(np.int64)


def named_share(said: np.ndarray, cause: int) -> float:
    """Share of a cause in what is named by those who name anything; ``said``: (ANSWERS,)."""
    total = said[:NOTHING].sum()
    return float(said[cause] / total) if total > 0 else 0.0


def most_named(said: np.ndarray) -> int:
    """What is named most, NOTHING where nobody names anything."""
    return int(said[:NOTHING].argmax()) if said[:NOTHING].any() else NOTHING


def puts_one_more(told: float, key: int, seed: int) -> bool:
    """Whether the store of that key has one more at its tills: its people are among the share
    ``told`` of the targets of all. By its own figures it would not: who left is in none of them."""
    return uniform(seed, key, HELPS, 0, 0) < told
