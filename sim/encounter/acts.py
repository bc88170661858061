"""An act for another department meets a customer: it is done, late, or not at all [B46, B49]."""

from __future__ import annotations

from sim.company.departments import DECLINED, DONE, SLOWED, act_minutes, carries_out
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.log import note, note_order
from sim.core.records import GOING_BACK, TAKE_BACK
from sim.journey.buying import store_return_hassle_dkk
from sim.journey.feeling import feel_refusal, feel_return, feel_wait
from sim.journey.memory import remember_cost
from sim.journey.returning import days_until_sent


@rule
def does_for_others(me, file, act, stake_dkk, when, world, office):
    """Whether staff do it this time. Their minutes are noted."""
    today, firm, profile = world.today, office.firm, file.profile
    done = carries_out(firm, profile, act, stake_dkk, when, today.seed) == DONE
    kind, minutes = ev.ACT_DECLINED, 0.0
    if done:
        kind, minutes = ev.ACT_DONE, act_minutes(firm, profile, act, when, today.seed)
    note(world.tape, today, me, kind, ev.STORE, minutes).category = act
    return done


@rule
def is_taken_back(me, file, order, world, office):
    """The store takes a web order back, or lets him wait for it; or it refuses.

    It cannot refuse where there is no other way back: the law gives 14 days to return.
    """
    today, firm = world.today, office.firm
    way = carries_out(
        firm, file.profile, TAKE_BACK, order.paid_oere * 0.01, order.number, today.seed
    )
    kind, minutes = ev.ACT_DONE, 0.0
    if way == SLOWED or (way == DECLINED and world.terms.return_by_mail == 0):
        kind, minutes = ev.ACT_SLOWED, firm.slow_minutes
        feel_wait(me, world.market, minutes)
    elif way == DECLINED:
        kind = ev.ACT_DECLINED
    act = note_order(world.tape, today, me, order, kind, ev.STORE, 0, minutes)
    act.category = TAKE_BACK
    act.style = -1
    if kind == ev.ACT_DECLINED:
        carry_home(me, order, world)
    return kind != ev.ACT_DECLINED


@rule
def carry_home(me, order, world):
    """Refused what the terms promise, he has to post it: a trip for nothing, a word not kept."""
    today, market = world.today, world.market
    order.incoherent += 1
    order.state = GOING_BACK
    order.goes_along = 0
    order.due = today.day + days_until_sent(me, market, order.number, today)
    hassle = store_return_hassle_dkk(me, market, world.terms, today)
    feel_return(me, market, hassle)
    feel_refusal(me, market)
    remember_cost(me, market, hassle)
