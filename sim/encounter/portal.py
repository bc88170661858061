"""The review portal where customer and company meet: invited there, written, looked up [B33]."""

from __future__ import annotations

from sim.company.reviews import invites_to_portal
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import uniform
from sim.core.log import note
from sim.journey.contacting import mark_for
from sim.journey.portal import (
    AFTER_CONTACT,
    AFTER_PURCHASE,
    WHEN_INVITED,
    looks_us_up,
    odds_of_rating,
    take_word_of_all,
)

PARTS = 1 << 20  # of a rating: whole numbers add up to the same in any order of threads


@rule
def judge_purchase(me, quality, usual, order, world):
    """With the thing in hand he may rate us there of his own accord."""
    odds = odds_of_rating(world.market, world.market.rates_us_base, quality, usual)
    luck = uniform(world.today.seed, me.id, AFTER_PURCHASE, order.number, 0)
    rate(me, quality, odds, luck, ev.NONE, world)


@rule
def judge_contact(me, quality, usual, key, world):
    """And after a contact, answered or not."""
    odds = odds_of_rating(world.market, world.market.rates_us_base, quality, usual)
    luck = uniform(world.today.seed, me.id, AFTER_CONTACT, key, me.case_day)
    rate(me, quality, odds, luck, ev.NONE, world)


@rule
def invite_to_portal(me, file, quality, usual, key, world, office):
    """Who has given a mark for a contact is asked to say so in public as well."""
    today, when = world.today, me.case_day
    if not invites_to_portal(office.firm, file.profile, key, when, today.seed):
        return
    odds = odds_of_rating(world.market, world.market.rates_us_asked, quality, usual)
    luck = uniform(today.seed, me.id, WHEN_INVITED, key, when)
    rate(me, quality, odds, luck, ev.EMAIL, world)


@rule
def rate(me, quality, odds, luck, invited_by, world):
    """He gives the stars that he would give as a mark, if he writes at all. He stands for many: on
    the portal stands what is likely of them, whether or not he is one who does."""
    stars, filled = float(mark_for(world.market, quality)), world.tape.buffers
    filled.ratings += int(odds * PARTS + 0.5)
    filled.rating_stars += int(odds * stars * PARTS + 0.5)
    if luck < odds:
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
