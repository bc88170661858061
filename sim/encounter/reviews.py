"""Reviews and answers where customer and company meet: asked for, written, found."""

from __future__ import annotations

from sim.company.duplicates import address_on_file
from sim.company.inviting import note_received, note_review
from sim.company.reviews import publishes
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import note, note_need, note_order
from sim.core.records import BY_CLUB, FREE, IN_STORE, RECORD_OF
from sim.encounter.friends import tell_friends
from sim.journey.reviews import finds_answer, says_why, stars, writes_review


@rule
def review(me, file, order, world, office):
    """With the product in hand, which the company knows where the purchase is on file, he may write
    of it unasked, whether he keeps it or not."""
    today, a = world.today, address_on_file(file.profile, order.address)
    s = BY_CLUB if order.place == IN_STORE else RECORD_OF[a]
    note_received(office.firm, file, s, a, order.number, today.day)
    if writes_review(me, world.market, order, False, today):
        write(me, file, order, world, office)
    tell_friends(me, order, world)


@rule
def write(me, file, order, world, office):
    """He writes of a purchase, once, for all to read; the company sees who."""
    today, market = world.today, world.market
    order.reviewed = 1
    note_order(world.tape, today, me, order, ev.REVIEWED, ev.WEB, 0, stars(market, order))
    if says_why(me, market, order, today):
        note_order(world.tape, today, me, order, ev.SAID_WHY, ev.WEB, 0, float(order.fault))
    a = address_on_file(file.profile, order.address)
    note_review(office.firm, file.profile, a, order.number, today.day)


@rule
def note_fault(me, order, channel, world):
    """He gives a thing back, and knows why; nobody else does, unless he is asked. Who was known
    when he bought it can be."""
    fault = float(order.fault)
    told = note_order(world.tape, world.today, me, order, ev.DISAPPOINTED, channel, 0, fault)
    told.seen_as = order.seen_as


@rule
def answer_invitation(me, file, world, office):
    """He has read that he is asked to write of a purchase [B33]: perhaps he does, if he has not
    written of it yet and still has to do with it."""
    for j in range(me.orders_open):
        order = me.orders[j]
        if order.state == FREE or order.number != world.shown.about_order or order.reviewed == 1:
            continue
        if writes_review(me, world.market, order, True, world.today):
            write(me, file, order, world, office)


@rule
def publish_answer(me, file, case, world, office):
    """A question about a product has been answered: perhaps for all to read [B37]."""
    today, need = world.today, me.needs[me.case_order]
    if me.case_topic != ev.ABOUT_PRODUCT or need.number != me.case_about:
        return
    if publishes(office.firm, file.profile, case, me.case_day, today.seed):
        published = note(world.tape, today, me, ev.ANSWER_PUBLISHED, ev.WEB, 0.0)
        published.category = need.category
        published.need = need.number


@rule
def look_for_answer(me, need, world):
    """Before he weighs: what he would ask may be answered there, as by an agent [B37]."""
    today, market = world.today, world.market
    if need.advised == 1:
        return
    if finds_answer(me, market, need, world.board.answers[need.category], today):
        need.advised = 1
        note_need(world.tape, today, me, need, ev.ANSWER_FOUND, ev.WEB, -1, 0.0)
