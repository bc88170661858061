"""A look where there are slots: a post of ours that nobody paid for, an ad of ours, for goods or
for who we are, the week's leaflet [B23, B25]."""

from __future__ import annotations

from sim.company.media import BRAND, NO_AD, choose_ad, count_ad, leaflet_comes, paid_channel
from sim.core import events as ev
from sim.core.compiled import passage, rule
from sim.core.draws import decision, uniform
from sim.core.log import note_message
from sim.core.records import ACTIVE
from sim.encounter.friends import meet_find
from sim.encounter.impressions import (
    eagerness,
    label_tiles,
    see_contradiction,
    see_cuts,
    wake_by_tiles,
)
from sim.encounter.occasions import BY_AD, BY_MEDIUM, lead_by_chance, moment, tile
from sim.encounter.web import visit_web
from sim.journey.friends import NOTHING_HEARD
from sim.journey.memory import (
    FORGETS_AD,
    FORGETS_BRAND,
    bought_lately,
    keep_in_mind,
    knows_us,
    remember,
    remember_brand,
)
from sim.journey.messages import (
    clicks_ad,
    feel_repetition,
    matching_need,
    notices_ad,
    notices_sender,
    tire,
)
from sim.journey.touchpoints import device_for

PIXEL = decision("the platform goes by what its pixel saw")
POST = decision("sees a post of ours")

POST_OF_OURS = 2  # kind of what is shown, in events


@passage
def look_at_feed(me, file, j, c, world, office):
    """A look at a channel with slots, for need ``j`` or (-1) for none; once a day it shows any."""
    today, channel = world.today, world.market.channels[c]
    if me.looked_day[c] == today.day:
        return
    me.looked_day[c] = today.day
    number = me.needs[j].number if j >= 0 else -1
    if channel.by_device == 0:
        see_leaflet(me, file, c, world, office)
        return
    device = device_for(me, world.market, 0, moment(today.day, BY_AD + channel.key), today)
    if channel.social == 1:
        if me.heard != NOTHING_HEARD:
            meet_find(me, channel, world)
        see_post(me, number, c, world, office)
    see_ad(me, file, number, c, device, world, office)


@rule
def note_ad(me, kind, channel, need, value, world):
    """An event about an ad of ours; its minute says whether he has bought from us in a year."""
    today = world.today
    event = note_message(
        world.tape, today, me, world.shown, world.catalogue, kind, channel.code, need, value
    )
    event.minute = 1 if bought_lately(me, today.day) else 0
    return event


@passage
def see_leaflet(me, file, c, world, office):
    """The week's leaflet: leafed through for what is cheaper or new, and it has no link."""
    today, market, channel = world.today, world.market, world.market.channels[c]
    if not leaflet_comes(world.shown, office.firm, file.profile, c, today.day, today.seed):
        return
    note_ad(me, ev.AD_SHOWN, channel, -1, 0.0, world)
    if not notices_ad(me, market, channel, today):
        return
    note_ad(me, ev.AD_NOTICED, channel, -1, 0.0, world)
    glance_at(me, BY_AD + channel.key, channel.code, world)
    when = moment(today.day, BY_AD + channel.key)
    keep_in_mind(me, market.ad_kept_days, FORGETS_AD, 0, when, today)


@passage
def see_post(me, number, c, world, office):
    """Who knows us may see what we post: this week's campaign, the same for everybody."""
    today, shown, channel = world.today, world.shown, world.market.channels[c]
    if not knows_us(me, today.day):
        return
    if uniform(today.seed, me.id, POST, channel.key, today.day) >= channel.post_share:
        return
    shown.kind = POST_OF_OURS
    shown.n = 1
    shown.items[0] = office.firm.popular_item[office.firm.campaign_cell]
    if shown.items[0] < 0:
        return
    note_message(
        world.tape, today, me, shown, world.catalogue, ev.POST_SEEN, channel.code, number, 0.0
    )
    remember(me, world.market, today.day, world.market.salience_post)
    when = moment(today.day, BY_MEDIUM + channel.key)
    keep_in_mind(me, world.market.ad_kept_days, FORGETS_AD, 0, when, today)
    glance_at(me, BY_MEDIUM + channel.key, channel.code, world)


@passage
def see_ad(me, file, number, c, device, world, office):
    """An ad of ours, where one wins the slot: noticed or not, clicked or not."""
    today, market, shown = world.today, world.market, world.shown
    channel = market.channels[c]
    by_pixel = uniform(today.seed, me.id, PIXEL, channel.key, today.day)
    kind = choose_ad(shown, office.firm, file, c, device, by_pixel, today.day, today.seed)
    if kind == NO_AD:
        return
    count_ad(file.profile, c, device, today.day)
    if kind == BRAND:
        see_who_we_are(me, number, channel, world)
        return
    item = shown.items[0]
    category, style = world.catalogue[item].category, world.catalogue[item].style
    bought = me.last_from_us[category]
    owner = 1.0 if bought >= 0 and today.day - bought <= market.contradiction_days else 0.0
    note_ad(me, ev.AD_SHOWN, channel, number, owner, world)
    if not notices_ad(me, market, channel, today):
        return
    note_ad(me, ev.AD_NOTICED, channel, number, 0.0, world)
    if feel_repetition(me, market, item, today):
        note_ad(me, ev.AD_TOO_OFTEN, channel, number, float(me.ad_times), world)
    see_contradiction(me, file, BY_AD + channel.key, world, office)
    glance_at(me, BY_AD + channel.key, channel.code, world)
    when = moment(today.day, BY_AD + channel.key)
    if clicks_ad(me, market, channel, category, style, today):
        j = matching_need(me, category, ACTIVE)
        about = me.needs[j].number if j >= 0 else -1
        note_ad(me, ev.AD_CLICKED, channel, about, 0.0, world)
        came = lead_by_chance(channel.code, item, paid_channel(c, kind), 0, when)
        visit_web(me, file, j, came, world, office)
    if notices_sender(me, market, channel, today):
        keep_in_mind(me, market.ad_kept_days, FORGETS_AD, 0, when, today)


@rule
def see_who_we_are(me, number, channel, world):
    """An ad that shows who we are and no goods: it wakes nothing and leads nowhere, and stays with
    who takes in whose it is [B25]."""
    today, market = world.today, world.market
    note_ad(me, ev.AD_SHOWN, channel, number, 0.0, world)
    if not notices_ad(me, market, channel, today):
        return
    note_ad(me, ev.AD_NOTICED, channel, number, 0.0, world)
    tire(me, market, today.day, market.fatigue_ad)
    if not notices_sender(me, market, channel, today):
        return
    remember_brand(me, market, today.day)
    when = moment(today.day, BY_AD + channel.key)
    keep_in_mind(me, market.brand_kept_days, FORGETS_BRAND, 0, when, today)


@rule
def glance_at(me, occasion, code, world):
    """A picture glanced at may wake a need."""
    market = world.market
    label_tiles(world)
    see_cuts(me, world)
    first = tile(moment(world.today.day, occasion), 0)
    wake_by_tiles(me, eagerness(me, market) * market.wake_glance, first, 0, code, world)
