"""When in a day somebody looks at the web shop: at work a computer is at hand, in spare time a
phone is, so that phones are used in the evening more than computers are [A5]."""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import AT_PHONE
from sim.journey.stores import FRIDAY

LOOKS_AT = decision("minute of a visit to the web shop")


@rule
def is_at_work(me, today):
    """Today is a day on which he is at work until he is free to go to stores."""
    return me.free_minute > 0 and today.day % 7 <= FRIDAY


@rule
def looks_at(me, market, device, about, when, today):
    """The minute of the day at which he is in the web shop with this device: any at which he is
    awake, at work the less likely the less it is at hand there."""
    u = uniform(today.seed, me.id, LOOKS_AT, about, when)
    wakes, sleeps = market.awake_from_minute, market.awake_until_minute
    begins = ends = wakes
    if is_at_work(me, today):
        begins = min(max(market.work_from_minute, wakes), sleeps)
        ends = min(max(me.free_minute, begins), sleeps)
    weight = market.at_work_phone if device == AT_PHONE else market.at_work_computer
    before, work, after = begins - wakes, weight * (ends - begins), sleeps - ends
    at = u * (before + work + after)
    if at < before:
        return int(wakes + at)
    if at < before + work:
        return int(begins + (at - before) / weight)
    return int(ends + at - before - work)
