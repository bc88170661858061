"""The review portal where customer and company meet: invited there, written, looked up [B33]."""

from __future__ import annotations

from sim.company.reviews import invites_to_portal
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import note
from sim.journey.contacting import mark_for
from sim.journey.portal import (
    AFTER_CONTACT,
    AFTER_PURCHASE,
    WHEN_INVITED,
    looks_us_up,
    rates_us,
    take_word_of_all,
)


@rule
def judge_purchase(me, quality, usual, order, world):
    """With the thing in hand he may rate us there of his own accord."""
    market, today = world.market, world.today
    readily = market.rates_us_base
    if rates_us(me, market, readily, AFTER_PURCHASE, quality, usual, order.number, 0, today):
        rate(me, quality, ev.NONE, world)


@rule
def judge_contact(me, quality, usual, key, world):
    """And after a contact, answered or not."""
    market, today = world.market, world.today
    readily = market.rates_us_base
    if rates_us(me, market, readily, AFTER_CONTACT, quality, usual, key, me.case_day, today):
        rate(me, quality, ev.NONE, world)


@rule
def invite_to_portal(me, file, quality, usual, key, world, office):
    """Who has given a mark for a contact is asked to say so in public as well."""
    market, today, when = world.market, world.today, me.case_day
    if not invites_to_portal(office.firm, file.profile, key, when, today.seed):
        return
    readily = market.rates_us_asked
    if rates_us(me, market, readily, WHEN_INVITED, quality, usual, key, when, today):
        rate(me, quality, ev.EMAIL, world)


@rule
def rate(me, quality, invited_by, world):
    """He gives the stars that he would give as a mark."""
    stars = float(mark_for(world.market, quality))
    note(world.tape, world.today, me, ev.RATED_US, invited_by, stars)


@rule
def look_us_up(me, world):
    """Who has never bought from us and looks for something here reads what others say of us."""
    board = world.board
    if board.rated <= 0.0 or not looks_us_up(me, world.market, world.today):
        return
    me.looked_up = 1
    note(world.tape, world.today, me, ev.LOOKED_US_UP, ev.NONE, board.rated_stars / board.rated)
    take_word_of_all(me, world.market, board.rated, board.rated_stars)
