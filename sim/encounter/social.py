"""A look at Instagram: a post of ours that nobody paid for, an ad of ours [B23, B25]."""

from __future__ import annotations

from sim.company.media import NO_AD, choose_ad, count_ad
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.log import note_message
from sim.core.records import ACTIVE
from sim.encounter import occasions
from sim.encounter.impressions import eagerness, label_tiles, see_contradiction, wake_by_tiles
from sim.encounter.occasions import lead, moment, tile
from sim.encounter.web import visit_web
from sim.journey.messages import clicks_ad, matching_need, notices_ad
from sim.journey.needs import remember
from sim.journey.touchpoints import device_for

PIXEL = decision("the platform goes by what its pixel saw")
POST = decision("sees a post of ours")


@rule
def look_at_instagram(me, file, j, world, office):
    """A look at Instagram, for need ``j`` or (-1) for nothing; once a day it is open to shops."""
    today = world.today
    if me.looked_day == today.day:
        return
    me.looked_day = today.day
    number = me.needs[j].number if j >= 0 else -1
    device = device_for(me, world.market, 0, moment(today.day, occasions.BY_AD), today)
    see_post(me, number, world, office)
    see_ad(me, file, number, device, world, office)


@rule
def see_post(me, number, world, office):
    """Who knows us may see what we post: this week's campaign, the same for everybody."""
    today, market, shown = world.today, world.market, world.shown
    if me.aware == 0 or uniform(today.seed, me.id, POST, 0, today.day) >= market.post_share:
        return
    shown.kind = 2
    shown.n = 1
    shown.items[0] = office.firm.popular_item[office.firm.campaign_cell]
    if shown.items[0] < 0:
        return
    note_message(
        world.tape, today, me, shown, world.catalogue, ev.POST_SEEN, ev.INSTAGRAM, number, 0.0
    )
    remember(me, market, today.day, market.salience_post)
    glance_at(me, occasions.BY_POST, world)


@rule
def see_ad(me, file, number, device, world, office):
    """An ad of ours, where one wins the slot: noticed or not, clicked or not."""
    today, market, shown, tape = world.today, world.market, world.shown, world.tape
    by_pixel = uniform(today.seed, me.id, PIXEL, 0, today.day)
    kind = choose_ad(shown, office.firm, file, device, by_pixel, today.day, today.seed)
    if kind == NO_AD:
        return
    count_ad(file.profile, device, today.day)
    item = shown.items[0]
    category, style = world.catalogue[item].category, world.catalogue[item].style
    bought = me.last_from_us[category]
    owner = 1.0 if bought >= 0 and today.day - bought <= market.contradiction_days else 0.0
    note_message(tape, today, me, shown, world.catalogue, ev.AD_SHOWN, ev.INSTAGRAM, number, owner)
    if not notices_ad(me, market, occasions.BY_AD, today):
        return
    me.aware = 1
    see_contradiction(me, world)
    glance_at(me, occasions.BY_AD, world)
    if clicks_ad(me, market, category, style, occasions.BY_AD, today):
        j = matching_need(me, category, ACTIVE)
        about = me.needs[j].number if j >= 0 else -1
        note_message(
            tape, today, me, shown, world.catalogue, ev.AD_CLICKED, ev.INSTAGRAM, about, 0.0
        )
        when = moment(today.day, occasions.BY_AD)
        visit_web(me, file, j, lead(ev.INSTAGRAM, item, kind, 0.0, 0, when), world, office)


@rule
def glance_at(me, occasion, world):
    """A picture glanced at may wake a need."""
    market = world.market
    label_tiles(world)
    first = tile(moment(world.today.day, occasion), 0)
    wake_by_tiles(me, eagerness(me, market) * market.wake_glance, first, 0, ev.INSTAGRAM, world)
