"""What the company does with what people say of its stores [B36]. It sees ratings, never skill."""

from __future__ import annotations

from sim.core.draws import decision, uniform

TRAINS = decision("the company acts on the ratings of a store")


def is_rated_below(praise: float, below: float) -> bool:
    """Whether a store stands so many stars below the mean of all, as far as ratings are
    believed."""
    return praise <= -below


def acts_on_rating(share: float, key: int, day: int, seed: int) -> bool:
    """Whether the company gets round, on ``day``, to the store of that key."""
    return uniform(seed, key, TRAINS, 0, day) < share
