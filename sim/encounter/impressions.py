"""What is shown to a customer, whoever shows it: needs it wakes, contradictions it brings."""

from __future__ import annotations

from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import note_message, note_need
from sim.core.records import ACTIVE, FREE, LATENT, ORDERS, STYLES
from sim.encounter.consent import react_to_misuse
from sim.journey.feeling import feel_contradiction
from sim.journey.messages import matching_need
from sim.journey.needs import bring_forward, remind, wake
from sim.journey.prices import days_ahead, knows_cut, note_cut


@rule
def label_tiles(world):
    """Category and style of what is shown, as anybody can see them."""
    shown, catalogue = world.shown, world.catalogue
    for t in range(shown.n):
        row = shown.items[t]
        shown.cells[t] = -1
        if row >= 0:
            shown.cells[t] = catalogue[row].category * STYLES + catalogue[row].style


@rule
def see_cut(me, category, world):
    """He sees that a kind of goods is cheaper this week: he will know it, and what he would need of
    it soon he wants now [B23]."""
    market, today = world.market, world.today
    if today.cut[category] <= 0.0 or knows_cut(me, category, today):
        return
    note_cut(me, category, today)
    days = days_ahead(me, market, category, today)
    bring_forward(me, market, category, days, world.season, today, world.tape)


@rule
def see_cuts(me, world):
    """Of each thing on show he sees that it is cheaper this week [B23]."""
    shown = world.shown
    for t in range(shown.n):
        if shown.items[t] >= 0:
            see_cut(me, shown.cells[t] // STYLES, world)


@rule
def eagerness(me, market):
    """How readily a fitting thing that he really looks at wakes a need of his [B24]."""
    return market.wake_shopper if me.shopper == 1 else market.wake_buyer


@rule
def wake_by_tiles(me, probability, first, rest_days, channel, world):
    """Each thing on show may wake the latent need that it fits; a fit of style matters [B23].

    ``first``: key of the first tile; ``rest_days``: until a need that woke leads him anywhere.
    """
    today, market, shown = world.today, world.market, world.shown
    for t in range(shown.n):
        if shown.items[t] < 0:
            continue
        j = matching_need(me, shown.cells[t] // STYLES, LATENT)
        if j >= 0:
            need = me.needs[j]
            same = shown.cells[t] % STYLES == need.style
            p = probability if same else probability * market.wrong_style_relevance
            p += (1.0 - p) * market.cut_wakes * today.cut[need.category]
            if wake(me, market, need, p, first + t, today, channel, world.tape):
                need.next_day = today.day + rest_days


@rule
def remind_by_tiles(me, first, channel, world):
    """Each thing in a mail may bring the open wish that it fits back to mind, without a click."""
    today, market, shown = world.today, world.market, world.shown
    for t in range(shown.n):
        if shown.items[t] < 0:
            continue
        j = matching_need(me, shown.cells[t] // STYLES, ACTIVE)
        if j < 0:
            continue
        need, share = me.needs[j], market.reminds
        if shown.cells[t] % STYLES != need.style:
            share *= market.wrong_style_relevance
        if remind(me, need, share, first + t, today):
            item = shown.items[t]
            note_need(world.tape, today, me, need, ev.REMINDED, channel, item, 0.0)


@rule
def see_contradiction(me, file, occasion, world, office):
    """Was offered what he bought from us a short while ago: costs trust and coherence [B3, B4]."""
    today, market = world.today, world.market
    item = world.catalogue[world.shown.items[0]]
    bought = me.last_from_us[item.category]
    if bought < 0 or today.day - bought > market.contradiction_days:
        return
    if matching_need(me, item.category, ACTIVE) >= 0:
        return
    feel_contradiction(me, market)
    react_to_misuse(me, file, occasion, world, office)
    note_message(
        world.tape, today, me, world.shown, world.catalogue, ev.CONTRADICTED, ev.NONE, -1, 0.0
    )
    for j in range(ORDERS):
        if me.orders[j].state != FREE and me.orders[j].category == item.category:
            me.orders[j].incoherent += 1
