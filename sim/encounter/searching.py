"""How somebody comes to the web shop: on purpose, or by a search, or by a link [B26, C1]."""

from __future__ import annotations

from sim.company.media import GENERIC, OWN_NAME, paid_channel, search_ad_on_show
from sim.core import events as ev
from sim.core.compiled import passage, rule
from sim.core.log import note
from sim.encounter.elsewhere import find_elsewhere
from sim.encounter.occasions import BROWSING, BY_MEDIUM, lead_by_chance, lead_on_purpose, moment
from sim.encounter.web import visit_web
from sim.journey.memory import bought_lately
from sim.journey.searching import (
    choose_engine,
    finds_us_by_search,
    follows_links,
    link_leads_here,
    searches_by_name,
    takes_ad_above,
)
from sim.journey.touchpoints import device_for


@rule
def note_click(me, kind, channel, j, value, world):
    """A search that led to us, for need ``j`` or (-1) for none; value 1: by a paid result."""
    event = note(world.tape, world.today, me, kind, channel.code, value)
    if j >= 0:
        event.category = me.needs[j].category
        event.style = me.needs[j].style
        event.need = me.needs[j].number
    event.minute = 1 if bought_lately(me, world.today.day) else 0
    return event


@passage
def come_on_purpose(me, file, j, occasion, world, office):
    """Comes to the web shop, for need ``j`` or (-1) for a look round, by typing its address or by
    searching for its name: then the free result leads there, or our ad above it."""
    today, market = world.today, world.market
    about = me.needs[j].number + 1 if j >= 0 else 0
    when = moment(today.day, occasion)
    device_for(me, market, about, when, today)
    source, paid, c = ev.DIRECT, -1, -1
    if searches_by_name(me, market, about, today):
        c = choose_engine(me, market, about, today)
    if c >= 0:
        channel, above = market.channels[c], 0.0
        ad = search_ad_on_show(
            office.firm, file, c, OWN_NAME, me.device, about, today.day, today.seed
        )
        if ad and takes_ad_above(me, channel, about, today):
            above = 1.0
            paid = paid_channel(c, OWN_NAME)
        note_click(me, ev.NAME_SEARCHED, channel, j, above, world)
        note_click(me, ev.SEARCH_CLICKED, channel, j, above, world).order = OWN_NAME
        source = channel.code
    visit_web(me, file, j, lead_on_purpose(source, paid, about, when), world, office)


@rule
def open_result(me, file, j, c, progress, about, occasion, world, office):
    """Searches in channel ``c`` for a thing; of the results he opens ours, free or paid, or
    somebody else's. Whether he looks at what we have."""
    today, channel = world.today, world.market.channels[c]
    ad = search_ad_on_show(office.firm, file, c, GENERIC, me.device, about, today.day, today.seed)
    result = finds_us_by_search(me, world.market, channel, progress, ad, about, today)
    if result == 0:
        return False
    note_click(me, ev.SEARCH_CLICKED, channel, j, result - 1.0, world).order = GENERIC
    paid = paid_channel(c, GENERIC) if result == 2 else -1
    came = lead_by_chance(channel.code, -1, paid, about, moment(today.day, occasion))
    return visit_web(me, file, j, came, world, office)


@passage
def search(me, file, j, c, world, office):
    """Searches for what a need asks for; who does not look at ours may buy elsewhere."""
    market, need = world.market, me.needs[j]
    occasion = BY_MEDIUM + market.channels[c].key
    about = need.number + 1
    if open_result(me, file, j, c, need.progress, about, occasion, world, office):
        return
    find_elsewhere(me, need, moment(world.today.day, occasion), False, world)


@passage
def wander(me, file, world, office):
    """Looks round on the web without a need and without us in mind, from page to page or by a
    search: may come upon us."""
    today, market = world.today, world.market
    if follows_links(me, market, today):
        if link_leads_here(me, market, today):
            came = lead_by_chance(ev.LINK, -1, -1, 0, moment(today.day, BROWSING))
            visit_web(me, file, -1, came, world, office)
        return
    c = choose_engine(me, market, 0, today)
    if c >= 0:
        open_result(me, file, -1, c, 0.0, 0, BROWSING, world, office)
