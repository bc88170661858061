"""The way in which people turn to the customer centre, and the mark they give it [A11, B33, B42].

Everybody likes one way best: phone, chat or e-mail. The phone is always there; of the others he
takes what the page before him offers.
"""

from __future__ import annotations

import math

from sim.core.compiled import rule
from sim.core.draws import decision, gumbel, uniform
from sim.core.events import CALLS, CHATS, WRITES
from sim.journey.feeling import clamp
from sim.journey.logit import logistic

LIKES_WAY = decision("liking of a way to the customer centre", lasting=True)
GIVES_MARK = decision("gives a mark when asked")
LEAST_SHARE = 1e-9  # of people who like a way best that nobody likes
BEST_MARK = 5


@rule
def liking_of(me, market, way, seed):
    """How much he likes a way, logit, for good: so many like each best as the shares say [C7]."""
    share = 1.0 - market.prefers_chat - market.prefers_mail
    if way == CHATS:
        share = market.prefers_chat
    elif way == WRITES:
        share = market.prefers_mail
    return math.log(max(share, LEAST_SHARE)) + gumbel(seed, me.id, LIKES_WAY, way, 0)


@rule
def likes_best(me, market, chat, mail, seed):
    """Of the phone, and chat and e-mail where they are offered, the way he likes best."""
    best, top = CALLS, liking_of(me, market, CALLS, seed)
    if chat:
        other = liking_of(me, market, CHATS, seed)
        if other > top:
            best, top = CHATS, other
    if mail and liking_of(me, market, WRITES, seed) > top:
        best = WRITES
    return best


@rule
def takes_way(me, market, chat, mail, seed):
    """His own way where it is offered, else the one he likes next best [B42]."""
    if me.prefers == CALLS or (me.prefers == CHATS and chat) or (me.prefers == WRITES and mail):
        return me.prefers
    return likes_best(me, market, chat, mail, seed)


@rule
def felt_of_way(me, market, days):
    """What a contact loses by its way, 0-1: not his own, or a mail that takes days to be answered;
    nobody waits on the line for that one."""
    loss = market.other_way_felt if me.case_way != me.prefers else 0.0
    if me.case_way == WRITES:
        loss += market.mail_day_felt * days
    return loss


@rule
def mark_for(market, quality):
    """The mark of 1 to 5 that he would give a contact that was this good (0-1)."""
    points = 1.0 + (BEST_MARK - 1) * clamp(quality) + market.mark_shift
    return min(max(int(points + 0.5), 1), BEST_MARK)


@rule
def gives_mark(me, market, quality, usual, about, when, today):
    """Asked for a mark he gives one, the sooner the more the contact was better, or worse, than he
    is used to of us; delight answers more than anger, so that marks given flatter [A11]."""
    surprise = clamp(quality) - usual
    utility = market.mark_intercept + market.mark_better * max(surprise, 0.0)
    utility += market.mark_worse * max(-surprise, 0.0)
    return uniform(today.seed, me.id, GIVES_MARK, about, when) < logistic(utility)
