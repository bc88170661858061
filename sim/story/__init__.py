"""One customer's days, told in plain sentences under two strategies, side by side.

A protagonist joins a warmed-up world; the world is forked and both copies are lived day by day.
Everything told comes from his events, from his record and from what the two companies have on
file. See :mod:`sim.story.divergence` for the moment at which the two worlds part.

A scripted journey is played by many people at once in a world that has settled under a strategy
(:mod:`sim.story.stage`, :mod:`sim.story.acting`, :mod:`sim.story.plays`), counted, and told of one.
"""

from sim.story.anybody import SOMEBODY, chosen, present_throughout
from sim.story.arrival import settle
from sim.story.journeys import print_table, tell_journey
from sim.story.page import tell, told
from sim.story.plays import play
from sim.story.stage import set_stage
from sim.story.years import live, live_on

__all__ = [
    "SOMEBODY",
    "chosen",
    "live",
    "live_on",
    "play",
    "present_throughout",
    "print_table",
    "set_stage",
    "settle",
    "tell",
    "tell_journey",
    "told",
]
