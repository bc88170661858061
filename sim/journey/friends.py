"""Friends: whom a person's word reaches, of what he tells them, and what a friend's word does.

People stand on a ring in the order of their ids; each knows his nearest neighbours, and some ties
lead anywhere instead: a small world (Watts and Strogatz 1998). Who is friends with whom is drawn
once and for all, and is nobody's to look up but the one who speaks.
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.journey.logit import logistic

TIE = decision("a tie leads anywhere", lasting=True)
FAR = decision("where a far tie leads", lasting=True)
TELLS = decision("tells friends of a thing bought")

NO_ONE = -1
NOTHING_HEARD, PRAISE, WARNING = 0, 1, 2


@rule
def friend_of(market, who, k, people, seed):
    """Id of the ``k``-th person whom the word of ``who`` reaches, or NO_ONE.

    ``people``: how many are about at a time; a far tie leads as far as that. Ties with neighbours
    carry words both ways, far ones one way.
    """
    away = k // 2 + 1
    if k % 2 == 1:
        before = who - away
        if before < 0 or uniform(seed, before, TIE, away, 0) < market.far_ties:
            return NO_ONE
        return before
    if uniform(seed, who, TIE, away, 0) >= market.far_ties:
        return who + away
    far = who + int((uniform(seed, who, FAR, away, 0) - 0.5) * people)
    return abs(far) if abs(far) != who else NO_ONE


@rule
def tells_friends(me, market, order, today):
    """Tells of what he has in hand: the more it surprised him, for better or worse, and the more
    such goods say of who owns them, the more readily [B33, B43]."""
    utility = (
        market.tell_base
        + market.tell_surprise * abs(order.match - order.expected)
        + market.tell_identity * market.identity[order.category]
    )
    return uniform(today.seed, me.id, TELLS, order.number, 0) < logistic(utility)


@rule
def hear(other, item, says, trust, day):
    """A friend has spoken of an item of ours (``says``: PRAISE or WARNING), and of us; it waits for
    him where he looks next."""
    other.heard = says
    other.heard_item = item
    other.heard_day = day
    other.heard_trust = int(100.0 * trust + 0.5)


@rule
def is_fresh(me, market, today):
    """What a friend has told him of can still be come upon."""
    return me.heard != NOTHING_HEARD and today.day - me.heard_day <= market.find_fresh_days


@rule
def takes_word(me, market, trust):
    """Whose word he takes moves his trust in us towards theirs (DeGroot 1974: opinions are
    averaged)."""
    me.trust += market.word_trust * (trust - me.trust)
