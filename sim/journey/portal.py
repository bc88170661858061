"""The review portal: rating the company as a whole, and looking it up before the first purchase.

Who writes is self-selected: what was much worse or better than he is used to with us is written
of more readily, so that ratings nobody asked for lie at the ends [B33]. Who is asked is less
selected. Who does not know us yet takes the mean for what he would meet himself.
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.journey.contacting import BEST_MARK
from sim.journey.feeling import clamp
from sim.journey.logit import logistic

AFTER_PURCHASE = decision("rates the company after a purchase")
AFTER_CONTACT = decision("rates the company after a contact")
WHEN_INVITED = decision("rates the company when invited")
LOOKS_US_UP = decision("trait: looks up who he has not bought from", lasting=True)


@rule
def odds_of_rating(market, readily, quality, usual):
    """How likely he rates the company after an experience of this quality (0-1): the further it is
    from what was ``usual`` for him with us, the more; ``readily``: logit, of what is as usual."""
    surprise = (BEST_MARK - 1) * abs(clamp(quality) - usual)
    return logistic(readily + market.rates_us_surprise * surprise)


@rule
def looks_us_up(me, market, today):
    """Before he has ever bought from us he looks up, once, what others say of us."""
    if me.orders_ever > 0 or me.looked_up == 1:
        return False
    return uniform(today.seed, me.id, LOOKS_US_UP, 0, 0) < market.looks_us_up


@rule
def take_word_of_all(me, market, ratings, stars):
    """His trust moves towards what those who wrote have met (``stars``: their sum; given as a mark
    is, see :func:`sim.journey.contacting.mark_for`), the further the more they are."""
    if ratings <= 0.0:
        return
    met = clamp((stars / ratings - 1.0 - market.mark_shift) / (BEST_MARK - 1))
    weight = market.word_of_all * ratings / (ratings + market.words_half)
    me.trust += weight * (met - me.trust)
