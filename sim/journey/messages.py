"""How a person meets e-mail, advertising and posts [B6, B16, B17, H2, H3].

Relevance is the person's own comparison of what is shown with his taste and needs. Opening
depends on the subject, on what this sender's mails have been worth so far and on fatigue.
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import ACTIVE, FREE, STYLES
from sim.journey.memory import remember
from sim.journey.needs import saturation
from sim.journey.touchpoints import logistic

OPENS = decision("opens a message")
CLICKS = decision("clicks in a message")
LEAVES = decision("unsubscribes")
NOTICES = decision("notices an ad")
NOTICES_SENDER = decision("notices whose ad it is")
CLICKS_AD = decision("clicks an ad")
AGREES = decision("gives permission at an order")
VISITOR_AGREES = decision("gives permission on a visit")


@rule
def fatigue(me, market, day):
    """Weariness of our contacts: +1 a mail, halving every ``fatigue_half_life_days``."""
    return me.fatigue * 0.5 ** ((day - me.fatigue_day) / market.fatigue_half_life_days)


@rule
def tire(me, market, day, amount):
    """One more contact."""
    me.fatigue = fatigue(me, market, day) + amount
    me.fatigue_day = day


@rule
def matching_need(me, category, state):
    """Slot of the first need of this category in this state, else -1."""
    for j in range(me.needs_open):
        if me.needs[j].state == state and me.needs[j].category == category:
            return j
    return -1


@rule
def relevance(me, market, category, style, day):
    """Worth of one shown item to this person now, 0-1: taste not yet satisfied, and open needs."""
    worth = me.taste[category * STYLES + style] * (1.0 - saturation(me, market, category, day))
    best = 0.0
    for j in range(me.needs_open):
        need = me.needs[j]
        if need.state == FREE or need.category != category:
            continue
        match = (
            market.need_relevance
            if need.style == style
            else (market.need_relevance * market.wrong_style_relevance)
        )
        best = max(best, match if need.state == ACTIVE else match * market.latent_relevance)
    return min(worth + best, 1.0)


@rule
def message_relevance(me, market, shown, catalogue, day):
    """Relevance of all tiles together: 1 - product of (1 - weight x relevance)."""
    miss = 1.0
    weight = 1.0
    for t in range(shown.n):
        item = catalogue[shown.items[t]]
        miss *= 1.0 - weight * relevance(me, market, item.category, item.style, day)
        weight = market.second_tile
    return min(1.0 - miss + market.discount_relevance * shown.discount, 1.0)


@rule
def opens_message(me, market, shown, catalogue, about, today):
    """Attention: the subject line, the sender's past worth, fatigue [B16]."""
    subject = catalogue[shown.items[0]]
    utility = (
        market.open_intercept
        + me.attention
        + market.open_value * (me.mail_value - market.mail_value_start)
        + market.open_subject
        * (
            relevance(me, market, subject.category, subject.style, today.day)
            + market.discount_relevance * shown.discount
        )
        - market.open_fatigue * fatigue(me, market, today.day)
    )
    return uniform(today.seed, me.id, OPENS, about, today.day) < logistic(utility)


@rule
def clicks_message(me, market, worth, about, today):
    """A click, given that it was opened and was worth ``worth`` (0-1)."""
    utility = market.click_intercept + market.click_relevance * worth
    return uniform(today.seed, me.id, CLICKS, about, today.day) < logistic(utility)


@rule
def unsubscribes(me, market, worth, about, today):
    """Leaves the list: tired, irrelevant, never worth it [B6, C2]."""
    utility = (
        market.unsubscribe_intercept
        + market.unsubscribe_fatigue * fatigue(me, market, today.day)
        + market.unsubscribe_irrelevance * (1.0 - worth)
        - market.unsubscribe_value * me.mail_value
    )
    return uniform(today.seed, me.id, LEAVES, about, today.day) < logistic(utility)


@rule
def learn_worth(me, market, worth):
    """What this sender's messages have been worth so far."""
    me.mail_value += market.value_rate * (worth - me.mail_value)


@rule
def notices_ad(me, market, channel, today):
    """An impression is really seen; it leaves a trace in memory and a little weariness."""
    if uniform(today.seed, me.id, NOTICES, channel.key, today.day) >= channel.ad_seen:
        return False
    remember(me, market, today.day, market.salience_ad)
    tire(me, market, today.day, market.fatigue_ad)
    return True


@rule
def notices_sender(me, market, channel, today):
    """Of an ad that he noticed he also takes in whose it is."""
    u = uniform(today.seed, me.id, NOTICES_SENDER, channel.key, today.day)
    return u < market.ad_names_us


@rule
def clicks_ad(me, market, channel, category, style, today):
    """Clicks an ad that he noticed: relevance to his taste and needs."""
    worth = relevance(me, market, category, style, today.day)
    utility = channel.ad_click_intercept + channel.ad_click_relevance * worth
    return uniform(today.seed, me.id, CLICKS_AD, channel.key, today.day) < logistic(utility)


@rule
def gives_permission(me, market, intercept, occasion, about, when, today):
    """Signs up when asked: trust and past worth against the wish to be left alone [B7].

    ``intercept`` (logit): how readily people agree on this ``occasion`` (AGREES at an order,
    VISITOR_AGREES).
    """
    utility = (
        intercept
        + market.permission_trust * (me.trust - 0.5)
        + market.permission_value * (me.mail_value - market.mail_value_start)
    )
    return uniform(today.seed, me.id, occasion, about, when) < logistic(utility)
