"""Who is in the market: when each person comes and goes, and which place of the tables he has.

A person's id keys his luck and stands in the event log; his place is the row of the tables he has
while he is there. Places are taken on entry, kept until everything about his orders is settled,
and then used again, so that memory follows the people present and not the length of a run.

Ids 0 to ``customers - 1`` are there on day 0; as stays are exponential, what remains of theirs is
a whole one. Newcomers are a Poisson stream in order of id that keeps their number level. None of
this looks ahead to the end of the run.
"""

from __future__ import annotations

import copy
import math

import numpy as np

from sim.core.compiled import rule
from sim.core.draws import decision, exponential, uniform
from sim.core.records import NEVER
from sim.settings.people import People
from sim.world.tally import PEOPLE

ARRIVES = decision("days to the next newcomer")
STAY = decision("trait: stay")
SHOPPER = decision("trait: shopper")
SHARES_COMPUTER = decision("trait: two people share a computer")

NOBODY = np.zeros(0, np.int64)
STILL_KEPT_DAYS = 90  # mean days that a place is kept for somebody who left; others are added


@rule
def fill_arrivals(seed, gap_days, end_day, entry_day):
    """Entry days, from 1 on, of the newcomers before ``end_day``; returns how many fit."""
    at = 0.0
    for k in range(len(entry_day)):
        at += gap_days * exponential(seed, 0, ARRIVES, k, 0)
        if at + 1.0 >= end_day:
            return k
        entry_day[k] = 1 + int(at)
    return len(entry_day)


def arrivals(customers: int, stay_days: float, end_day: int, seed: int) -> np.ndarray:
    """Entry days of all newcomers before ``end_day``, in order: int64."""
    expected = customers * end_day / stay_days
    room = int(expected + 6 * math.sqrt(expected)) + 16
    while True:
        days = np.zeros(room, np.int64)
        n = fill_arrivals(seed, stay_days / customers, end_day, days)
        if n < room:
            return days[:n]
        room *= 2


@rule
def fill_people(entry_day, exit_day, shopper, stay_days, shopper_share, seed):
    """Exit days of people 0 to n - 1, and who of them are shoppers, not buyers [B24]."""
    for i in range(len(entry_day)):
        stay = stay_days * exponential(seed, i, STAY, 0, 0)
        exit_day[i] = int(min(entry_day[i] + 1.0 + stay, NEVER - 1.0))
        shopper[i] = 1 if uniform(seed, i, SHOPPER, 0, 0) < shopper_share else 0


@rule
def fill_pairs(sharing, share, seed):
    """Which pairs of people, by ids 2k and 2k + 1, share a computer."""
    for k in range(len(sharing) // 2):
        together = uniform(seed, k, SHARES_COMPUTER, 0, 0) < share
        sharing[2 * k] = sharing[2 * k + 1] = together


@rule
def find_partners(found, numbers, sharing, place_of):
    """Places of those who share a computer with these people, -1 where there is nobody."""
    for k in range(len(numbers)):
        i, other = numbers[k], numbers[k] ^ 1
        found[k] = place_of[other] if sharing[i] and other < len(place_of) else -1


class Population:
    """People by id, and who has which place; ``banned`` people never come.

    ``sharing``: share of people who use one computer with the person whose id is next to theirs.
    """

    def __init__(
        self,
        settings: People,
        customers: int,
        end_day: int,
        seed: int,
        banned: tuple[int, ...] = (),
        sharing: float = 0.0,
    ):
        self.customers = customers
        self.arrivals = arrivals(customers, settings.stay_days, end_day, seed)
        entry = np.concatenate([np.zeros(customers, np.int64), self.arrivals])
        self.exit_day, self.shopper = np.zeros(len(entry), np.int64), np.zeros(len(entry), np.int8)
        fill_people(
            entry, self.exit_day, self.shopper, settings.stay_days, settings.shopper_share, seed
        )
        self.sharing = np.zeros(len(entry), bool)
        fill_pairs(self.sharing, sharing, seed)
        self.entry_day = entry
        self.entry_day[list(banned)] = self.exit_day[list(banned)] = NEVER // 2
        self.satisfaction, self.trust = np.zeros(len(entry)), np.zeros(len(entry))
        self.place_of = np.full(len(entry), -1, np.int32)
        kept = customers * min(STILL_KEPT_DAYS / settings.stay_days, 1.0)
        spare = int(kept + 6 * math.sqrt(customers)) + 8
        self.who = np.full((customers + spare + 1) // 2 * 2, -1, np.int32)

    def fork(self) -> Population:
        """The same people in the same places, going their own ways from now on."""
        twin = object.__new__(Population)
        twin.__dict__ = copy.deepcopy(self.__dict__)
        return twin

    def __len__(self) -> int:
        """Everybody who has been, is or will be there by the run's end."""
        return len(self.entry_day)

    @property
    def places(self) -> int:
        """Places in the tables, free ones included."""
        return len(self.who)

    def newcomers(self, day: int) -> np.ndarray:
        """Ids of those who come on ``day``, in order."""
        first, last = 0, self.customers
        if day > 0:
            first, last = (self.customers + self.arrivals.searchsorted((day, day + 1))).tolist()
        if first == last:
            return NOBODY
        return first + np.flatnonzero(self.entry_day[first:last] == day)

    def stays(self, numbers: np.ndarray) -> np.ndarray:
        """Of these people the day of entry, that of exit, and 1 for shoppers: int64 (n, 3)."""
        found = np.empty((len(numbers), 3), np.int64)
        for k, known in enumerate((self.entry_day, self.exit_day, self.shopper)):
            found[:, k] = known[numbers]
        return found

    def take(self, numbers: np.ndarray, places: np.ndarray) -> None:
        """These people have these places from now on."""
        self.who[places] = numbers
        self.place_of[numbers] = places

    def partners(self, numbers: np.ndarray) -> np.ndarray:
        """Places of those who share a computer with these people, -1 where there is nobody."""
        found = np.empty(len(numbers), np.int32)
        find_partners(found, numbers.astype(np.int64), self.sharing, self.place_of)
        return found

    def leave(self, places: np.ndarray, satisfaction: np.ndarray, trust: np.ndarray) -> None:
        """The people in these places are gone, feeling like this."""
        numbers = self.who[places]
        self.satisfaction[numbers], self.trust[numbers] = satisfaction, trust
        self.place_of[numbers] = -1
        self.who[places] = -1

    def grow(self, places: int) -> None:
        """More places, all free."""
        self.who = np.append(self.who, np.full(places, -1, np.int32))

    def join(self, day: int, shopper: int) -> int:
        """One more person, who comes on ``day`` and stays; his id."""
        self.entry_day = np.append(self.entry_day, day)
        self.exit_day = np.append(self.exit_day, NEVER - 1)
        self.shopper = np.append(self.shopper, np.int8(shopper))
        self.satisfaction, self.trust = np.append(self.satisfaction, 0), np.append(self.trust, 0)
        self.place_of = np.append(self.place_of, np.int32(-1))
        self.sharing = np.append(self.sharing, False)
        return len(self) - 1

    def people(self) -> np.ndarray:
        """PEOPLE by id; the feelings of those who are there are the driver's to say."""
        people = np.zeros(len(self), PEOPLE)
        for name in PEOPLE.names:
            people[name] = getattr(self, name)
        return people
