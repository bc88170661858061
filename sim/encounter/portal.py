"""The review portal where customer and company meet: invited there, written, looked up [B33]."""

from __future__ import annotations

from sim.company.reviews import invites_to_portal
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import note
from sim.journey.contacting import mark_for
from sim.journey.portal import looks_us_up, rates_us, take_word_of_all

AFTER_PURCHASE = 0  # instead of the day of a contact; the order names the rest


@rule
def judge(me, quality, usual, about, when, world):
    """After a purchase or a contact he may rate us there of his own accord."""
    if rates_us(me, world.market, quality, usual, False, about, when, world.today):
        note(
            world.tape,
            world.today,
            me,
            ev.RATED_US,
            ev.NONE,
            float(mark_for(world.market, quality)),
        )


@rule
def invite_to_portal(me, file, quality, usual, about, when, world, office):
    """Who has given a mark for a contact is asked to say so in public as well."""
    today = world.today
    if not invites_to_portal(office.firm, file.profile, about, when, today.seed):
        return
    if rates_us(me, world.market, quality, usual, True, about, when, today):
        note(world.tape, today, me, ev.RATED_US, ev.EMAIL, float(mark_for(world.market, quality)))


@rule
def look_us_up(me, world):
    """Who has never bought from us and looks for something here reads what others say of us."""
    board = world.board
    if board.rated <= 0.0 or not looks_us_up(me, world.market, world.today):
        return
    me.looked_up = 1
    note(world.tape, world.today, me, ev.LOOKED_US_UP, ev.NONE, board.rated_stars / board.rated)
    take_word_of_all(me, world.market, board.rated, board.rated_stars)
