"""What a message does to who reads it, in whatever way it came."""

from __future__ import annotations

from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import note_message, note_order
from sim.core.records import ACTIVE, ASKED_FOR, CARE, IN_STORE, REVIEW
from sim.encounter.impressions import (
    eagerness,
    label_tiles,
    remind_by_tiles,
    see_contradiction,
    see_cuts,
    wake_by_tiles,
)
from sim.encounter.occasions import lead_by_message, moment, tile
from sim.encounter.orders import may_look_again
from sim.encounter.parcels import can_still_return, send_back_for_price
from sim.encounter.reviews import answer_invitation
from sim.encounter.web import visit_web
from sim.journey.buying import return_hassle_dkk, store_return_hassle_dkk
from sim.journey.feeling import please
from sim.journey.memory import FORGETS_MAIL, keep_in_mind, remember
from sim.journey.messages import clicks_message, learn_worth, matching_need
from sim.journey.needs import lasts_longer
from sim.journey.prices import price_off


@rule
def take_in(me, file, occasion, channel, worth, world, office):
    """He reads it: it keeps us in mind, wakes and reminds, offends or helps. Whether he follows its
    link."""
    today, market = world.today, world.market
    when = moment(today.day, occasion)
    remember(me, market, today.day, market.salience_mail)
    keep_in_mind(me, market.mail_kept_days, FORGETS_MAIL, 0, when, today)
    learn_worth(me, market, worth)
    if world.shown.purpose == CARE:
        learn_to_care(me, world)
        return False
    if world.shown.purpose == REVIEW:
        answer_invitation(me, file, world, office)
        return False
    if world.shown.purpose != ASKED_FOR:
        see_contradiction(me, file, occasion, world, office)
    clicked = returns_for_price(me, channel, world)
    appeal = world.shown.wording_appeal
    clicked = clicks_message(me, market, worth, appeal, occasion, today) or clicked
    label_tiles(world)
    see_cuts(me, world)
    glance = 1.0 if clicked else market.wake_glance
    wake_by_tiles(me, eagerness(me, market) * glance, tile(when, 0), 0, channel, world)
    if not clicked:
        remind_by_tiles(me, tile(when, 0), channel, world)
    return clicked


@rule
def learn_to_care(me, world):
    """Advice on what he has bought: it lasts longer, he learns, and is content [B19]."""
    today, market = world.today, world.market
    item = world.catalogue[world.shown.items[0]]
    c = item.category
    if me.last_from_us[c] < 0:
        return
    lasts_longer(me, market, world.season, c, today)
    me.expertise[c] = min(me.expertise[c] + market.expertise_gain, 1.0)
    please(me, market, market.care_felt)
    note_message(world.tape, today, me, world.shown, world.catalogue, ev.CARED, ev.NONE, -1, 0.0)


@rule
def returns_for_price(me, channel, world):
    """Offered for less what he has just bought, he sends it back to buy it anew, where that pays
    [B4]. Whether he does."""
    today, market, shown = world.today, world.market, world.shown
    if shown.items[0] < 0:
        return False
    item = world.catalogue[shown.items[0]]
    off = price_off(today, item.category, shown.discount)
    if off <= 0.0:
        return False
    for j in range(me.orders_open):
        order = me.orders[j]
        if order.category != item.category or not can_still_return(order, world.terms, today):
            continue
        saved = order.paid_oere - int(order.price_oere * (1.0 - off) + 0.5)
        hassle = return_hassle_dkk(me, market, world.terms, today)
        if order.place == IN_STORE:
            hassle = store_return_hassle_dkk(me, market, world.terms, today)
        if saved * 0.01 <= hassle or not may_look_again(me, order, market):
            continue
        note_order(world.tape, today, me, order, ev.RETURNS_FOR_PRICE, channel, saved, 0.0)
        send_back_for_price(me, order, world)
        return True
    return False


@rule
def follow_link(me, file, a, occasion, channel, world, office):
    """To the web shop, for the need that the message's subject fits, if there is one."""
    shown, today = world.shown, world.today
    item = shown.items[0]
    j = matching_need(me, world.catalogue[item].category, ACTIVE)
    number = me.needs[j].number if j >= 0 else -1
    followed = ev.MAIL_CLICKED if channel == ev.EMAIL else ev.TAPPED
    note_message(world.tape, today, me, shown, world.catalogue, followed, channel, number, 0.0)
    lead = lead_by_message(channel, item, shown.discount, moment(today.day, occasion), a)
    visit_web(me, file, j, lead, world, office)
