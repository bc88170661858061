"""What is sold out in the web shop: found in the basket, missed or replaced, asked for [B18]."""

from __future__ import annotations

from sim.company.waiting import note_wish, offers_to_tell, waits_for
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import note_need
from sim.core.records import BY_MAIL, BY_OTHER_MAIL, OTHER_ADDRESS, OWN_ADDRESS
from sim.encounter.shopping import look_at_what_is_there
from sim.journey.stock import refuses_another, wants_to_be_told


@rule
def take_out_what_is_sold_out(me, need, world):
    """What has lain in the basket cannot be ordered any more: the basket says so, where he finds it
    or is handed it, and he looks anew."""
    item = need.basket_item
    if item >= 0 and world.catalogue[item].sold_out == 1:
        value = float(ev.IN_THE_BASKET)
        note_need(world.tape, world.today, me, need, ev.SOLD_OUT, ev.WEB, item, value)
        need.basket_item = -1


@rule
def would_take_what_is_there(me, need, discount, world):
    """What he likes best may be sold out: then the best of what is there has to do, unless it is
    clearly worse to him. Whether there is anything for him to take; ``world.choice`` has it, else
    what he misses."""
    choice = world.choice
    item, missed = choice.best_item, choice.best_value
    if world.catalogue[item].sold_out == 0:
        return True
    look_at_what_is_there(me, need, discount, world)
    does = choice.best_item >= 0 and not refuses_another(world.market, missed, choice.best_value)
    said = ev.NOT_SO_GOOD if does else ev.NOTHING_ELSE
    note_need(world.tape, world.today, me, need, ev.SOLD_OUT, ev.WEB, item, float(said))
    if not does:
        choice.best_item = item
    return does


@rule
def ask_to_be_told(me, file, need, home, when, world, office):
    """Its page has a box for an address, where the company tells people: who is known there types
    nothing. He waits, or goes elsewhere, as he would anyway."""
    today, choice, profile = world.today, world.choice, file.profile
    a = OTHER_ADDRESS if home == BY_OTHER_MAIL else OWN_ADDRESS
    if waits_for(profile, a, choice.best_item):
        return
    if not offers_to_tell(office.firm, profile, today.seed):
        return
    known = home == BY_MAIL or home == BY_OTHER_MAIL
    if wants_to_be_told(me, world.market, known, need.number, when, today):
        note_wish(profile, a, choice.best_item)
        asked = ev.ASKED_TO_BE_TOLD
        note_need(world.tape, today, me, need, asked, ev.WEB, choice.best_item, 0.0)
