"""The mechanisms by which maturity and systems reach a customer, those of the customers' own and of
the world around, and the deletion test of each.

What each is, where it lives, how to switch it off, and what must change when it is off. One row a
mechanism: :mod:`sim.study.mechanisms` runs a leader with it and without it on the same customers
and sets the difference beside what is claimed.
"""

from __future__ import annotations

from sim.measures.by_analysis import BY_ANALYSIS
from sim.measures.by_maturity import BY_MATURITY
from sim.measures.by_media import BY_MEDIA
from sim.measures.by_system import BY_SYSTEM
from sim.measures.by_world import BY_WORLD
from sim.measures.customers_own import CUSTOMERS_OWN
from sim.measures.mechanism import Mechanism

MECHANISMS: dict[str, Mechanism] = (
    BY_MATURITY | BY_ANALYSIS | BY_SYSTEM | BY_MEDIA | CUSTOMERS_OWN | BY_WORLD
)
