"""One customer's year, told in plain sentences under two strategies, side by side.

A protagonist joins a warmed-up world; the world is forked and both copies are lived day by day.
Everything told comes from his events, from his record and from what the two companies have on
file. See :mod:`sim.story.divergence` for the moment at which the two worlds part.
"""

from sim.story.arrival import settle
from sim.story.page import tell
from sim.story.years import live

__all__ = ["live", "settle", "tell"]
