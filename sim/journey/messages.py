"""How a person meets e-mail, advertising and posts [B6, B16, B17, H2, H3].

Relevance is the person's own comparison of what is shown with his taste and needs. Opening
depends on the subject, on what this sender's mails have been worth so far, on fatigue, and on how
many others ask for his attention on that day.
"""

from __future__ import annotations

import math

from sim.core.compiled import as_double, rule
from sim.core.draws import decision, uniform
from sim.core.records import (
    ACTIVE,
    ASKED_FOR,
    BY_TEXT,
    CARE,
    COUNTED,
    FREE,
    REVIEW,
    STYLES,
    TOO_MANY_ADS,
)
from sim.journey.feeling import distrust
from sim.journey.logit import logistic
from sim.journey.memory import remember
from sim.journey.needs import saturation
from sim.journey.prices import price_off

OPENS = decision("opens a message")
READS_ON_PHONE = decision("reads a message on the phone")
REFUSES_WAY = decision("stops messages on the phone")
TAKES_TEXTS = decision("gives permission for text messages")
ALLOWS_PUSH = decision("allows the app its messages")
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
    """One more contact: it wearies, and takes its part of the day's attention."""
    me.fatigue = fatigue(me, market, day) + amount
    me.fatigue_day = day
    me.met_today = min(met_already(me, day) + 1, COUNTED)
    me.met_day = day


@rule
def weariness(shown, usual):
    """How much a message wearies: as usual, but what he has asked for takes attention alone."""
    return 0.0 if shown.purpose == ASKED_FOR else usual


@rule
def met_already(me, day):
    """How many contacts of ours have asked for his attention on this day."""
    return me.met_today if me.met_day == day else 0


@rule
def crowding(me, market, day):
    """How many things ask for his attention today, those of others and ours so far, as a multiple
    of what is usual. Attention is finite: each gets the smaller a share of it (Luce 1959)."""
    return (market.others_day + met_already(me, day)) / market.others_day_usual


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
    worth = as_double(me.taste[category * STYLES + style]) * (
        1.0 - saturation(me, market, category, day)
    )
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
def message_relevance(me, market, shown, catalogue, today):
    """Relevance of all tiles together: 1 - product of (1 - weight x relevance); and what is off."""
    miss = 1.0
    weight = 1.0
    for t in range(shown.n):
        item = catalogue[shown.items[t]]
        miss *= 1.0 - weight * relevance(me, market, item.category, item.style, today.day)
        weight = market.second_tile
    return min(1.0 - miss + market.discount_relevance * promised_off(shown, catalogue, today), 1.0)


@rule
def promised_off(shown, catalogue, today):
    """What a message says is off, share: a coupon, or the week's cut of its first thing."""
    if shown.n == 0:
        return shown.discount
    return price_off(today, catalogue[shown.items[0]].category, shown.discount)


@rule
def worth_of_message(me, market, shown, catalogue, today):
    """What a message is worth to him, 0-1: its offers by their relevance; advice on care if he has
    bought the thing from us, else nothing; to be asked for a review, what that is worth to people.
    """
    if shown.purpose == REVIEW:
        return market.invitation_worth
    if shown.purpose == CARE:
        owns = me.last_from_us[catalogue[shown.items[0]].category] >= 0
        return market.care_worth if owns else 0.0
    return message_relevance(me, market, shown, catalogue, today)


@rule
def subject_worth(me, market, shown, catalogue, today):
    """What the subject line promises: its first thing and its discount, advice on care, or that
    his opinion is wanted."""
    if shown.purpose == CARE or shown.purpose == REVIEW:
        return worth_of_message(me, market, shown, catalogue, today)
    subject = catalogue[shown.items[0]]
    worth = relevance(me, market, subject.category, subject.style, today.day)
    return worth + market.discount_relevance * promised_off(shown, catalogue, today)


@rule
def reads_on_phone(me, market, way, about, today):
    """Reads a text or app message; of finite attention each takes a part."""
    share = market.text_read if way == BY_TEXT else market.app_message_read
    u = uniform(today.seed, me.id, READS_ON_PHONE, about, today.day)
    return u * crowding(me, market, today.day) < share


@rule
def opens_message(me, market, shown, catalogue, about, today):
    """Attention: the subject line, the sender's past worth, fatigue [B16]."""
    utility = (
        market.open_intercept
        + me.attention
        + market.open_value * (me.mail_value - market.mail_value_start)
        + market.open_subject * subject_worth(me, market, shown, catalogue, today)
        + shown.subject_appeal
        - market.open_fatigue * fatigue(me, market, today.day)
        - math.log(crowding(me, market, today.day))
    )
    return uniform(today.seed, me.id, OPENS, about, today.day) < logistic(utility)


@rule
def clicks_message(me, market, worth, appeal, about, today):
    """A click, given that it was opened and was worth ``worth`` (0-1); its wording's ``appeal``."""
    utility = market.click_intercept + market.click_relevance * worth + appeal
    return uniform(today.seed, me.id, CLICKS, about, today.day) < logistic(utility)


@rule
def wish_to_leave(me, market, worth, today):
    """How much he wants no more of this, logit: tired, irrelevant, never worth it [B6, C2]."""
    return (
        market.unsubscribe_intercept
        + market.unsubscribe_fatigue * fatigue(me, market, today.day)
        + market.unsubscribe_irrelevance * (1.0 - worth)
        - market.unsubscribe_value * me.mail_value
    )


@rule
def unsubscribes(me, market, worth, about, today):
    """Leaves the list."""
    utility = wish_to_leave(me, market, worth, today)
    return uniform(today.seed, me.id, LEAVES, about, today.day) < logistic(utility)


@rule
def refuses_way(me, market, worth, about, today):
    """Stops messages to his phone, as he would unsubscribe from mails, but sooner."""
    utility = wish_to_leave(me, market, worth, today) + market.text_leaves
    return uniform(today.seed, me.id, REFUSES_WAY, about, today.day) < logistic(utility)


@rule
def learn_worth(me, market, worth):
    """What this sender's messages have been worth so far."""
    me.mail_value += market.value_rate * (worth - me.mail_value)


@rule
def notices_ad(me, market, channel, today):
    """An impression is really seen; it leaves a trace in memory."""
    u = uniform(today.seed, me.id, NOTICES, channel.key, today.day)
    if u * crowding(me, market, today.day) >= channel.ad_seen:
        return False
    remember(me, market, today.day, market.salience_ad)
    return True


@rule
def had_before(me, market, item, day):
    """How often in a row he has noticed ads for this very item before, lately."""
    again = item == me.ad_item and day - me.ad_day <= market.ad_repeat_days
    return me.ad_times if again else 0


@rule
def feel_repetition(me, market, item, today):
    """The same ad again wearies more each time, and from a number on costs trust [B6, C5: irritated
    after about five, InSkin]. Whether it cost trust."""
    times = min(had_before(me, market, item, today.day) + 1, COUNTED)
    me.ad_item = item
    me.ad_times = times
    me.ad_day = today.day
    tire(me, market, today.day, market.fatigue_ad * min(times, market.ad_times_borne))
    if times <= market.ad_times_borne:
        return False
    distrust(me, market.ad_repeat_trust, TOO_MANY_ADS)
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
def allows_push(me, market, about, today):
    """Allows the app that he installs to send him messages."""
    return uniform(today.seed, me.id, ALLOWS_PUSH, about, 0) < market.allows_push


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
