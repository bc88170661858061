"""Content beside the goods in the web shop: taken in, or got past [B24, B43]."""

from __future__ import annotations

from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import note_need
from sim.encounter.community import meet_forum
from sim.journey.content import learn_from_content, leaves_content, reads_content


@rule
def meet_content(me, file, need, when, world, office):
    """What the shop shows of content before the goods. Whether he stays."""
    today, market = world.today, world.market
    if world.shown.content == 0:
        return True
    if reads_content(me, market, need.category, need.number, when, today):
        learn_from_content(me, market, need)
        note_need(world.tape, today, me, need, ev.CONTENT_READ, ev.WEB, -1, 0.0)
        meet_forum(me, file, need, when, world, office)
        return True
    if not leaves_content(me, market, need.number, when, today):
        return True
    note_need(world.tape, today, me, need, ev.CONTENT_LEFT, ev.WEB, -1, 0.0)
    return False
