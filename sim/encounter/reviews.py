"""Reviews and answers where customer and company meet: asked for, written, found."""

from __future__ import annotations

from sim.company.reviews import invites_review, publishes
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import note, note_need, note_order
from sim.core.records import BY_CLUB, IN_STORE, OWN_ADDRESS, RECORD_OF
from sim.encounter.friends import tell_friends
from sim.journey.reviews import finds_answer, stars, writes_review


@rule
def review(me, file, order, world, office):
    """With the product in hand: perhaps the company asks for a review, perhaps he writes one,
    whether he keeps it or not."""
    today, tape, market = world.today, world.tape, world.market
    s, a = RECORD_OF[order.address], order.address
    if order.place == IN_STORE:
        s, a = BY_CLUB, OWN_ADDRESS
    invited = invites_review(office.firm, file, s, a, order.number, today.seed)
    if invited:
        note_order(tape, today, me, order, ev.REVIEW_INVITED, ev.EMAIL, 0, 0.0)
    if writes_review(me, market, order, invited, today):
        note_order(tape, today, me, order, ev.REVIEWED, ev.WEB, 0, stars(market, order))
    tell_friends(me, order, world)


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
