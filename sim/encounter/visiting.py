"""Into a store: which one, when, and whether staff are there or the app opens the door [B40]; on
the way out, perhaps, stars for it [B36]."""

from __future__ import annotations

from sim.company.knowledge import able
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.log import note
from sim.journey.stores import (
    NOWHERE,
    best_store,
    comes_at,
    rates_store,
    remember_store,
    service_met,
    stars_for,
    there_at,
    way_km,
)

SELF_SCAN = decision("this member's store has self-scan", lasting=True)
FOR_NEED, FOR_PICK_UP, FOR_RETURN, TO_LOOK = 0, 1, 2, 3  # reasons of a store visit


@rule
def scans_there(me, file, world, office):
    """A member with the app whose store has self-scan."""
    if me.app == 0 or me.club == 0:
        return False
    return able(world.today.seed, file.profile, SELF_SCAN, office.firm.self_scan)


@rule
def lets_himself_in(me, file, world, office):
    """Minute until which the app opens the door to him after closing time, 0 if it does not."""
    until = world.terms.evening_until_minute
    return until if until > 0 and scans_there(me, file, world, office) else 0


@rule
def store_for(me, file, reason, world, office):
    """The store that he goes to, NOWHERE if none is open to him today.

    What was ordered waits in the nearest, and what goes back is brought there: errands that people
    find the time for while staff are there, on the way or in a break.
    """
    today = world.today
    if world.terms.stores == 0 or today.stores_open == 0:
        return NOWHERE
    if is_errand(reason):
        return me.nearest
    until = lets_himself_in(me, file, world, office)
    return best_store(me, world.market, until, today)


@rule
def is_errand(reason):
    """He comes to fetch something or to bring it back."""
    return reason == FOR_PICK_UP or reason == FOR_RETURN


@rule
def enter_store(me, file, reason, world, office):
    """He is in the store that he goes to; nothing has happened there yet."""
    today, choice = world.today, world.choice
    s, until, first = store_for(me, file, reason, world, office), 0, 0
    if not is_errand(reason):
        until = lets_himself_in(me, file, world, office)
        first = there_at(me, world.market, way_km(me, s), today)
    choice.store = s
    choice.minute = comes_at(me, s, first, until, reason, today)
    choice.staffed = 1 if choice.minute < today.shops[s].closes else 0
    choice.receipt = -1
    choice.scans = 0
    choice.till_minutes = 0.0
    choice.looks = 0
    choice.advised = 0
    choice.went_without = 0


@rule
def leave_store(me, when, world):
    """He remembers how he was served, and perhaps says so; who asked for nothing was not served,
    nor was who let himself in."""
    today, market, choice = world.today, world.market, world.choice
    if choice.looks == 0 or choice.staffed == 0:
        return
    met = service_met(market, choice)
    remember_store(me, market, choice.store, met)
    if rates_store(me, market, met, when, today):
        rated = note(world.tape, today, me, ev.STORE_RATED, ev.STORE, stars_for(met))
        rated.order = choice.store
