"""Whom the company writes to, when and with what: newsletter, automation flows, pauses [B16-B20].

Flows are set off by what was recorded, so they reach only those who were recognised.
"""

from __future__ import annotations

from sim.company.analysis import believe, take_best_cell
from sim.company.knowledge import able, carried_out
from sim.company.shopfront import fill_tiles
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.events import BASKET_REMINDER, CROSS_SELL, NEWSLETTER, WELCOME, WIN_BACK
from sim.core.records import BY_MAIL, NEVER, STYLES

HAS_FLOWS = decision("flows run for this profile")
PERSONAL = decision("mails to this profile are personal")
PAUSES = decision("contacts with this profile are coordinated")

NOTHING = -1


@rule
def clear_message(shown, kind):
    """An empty message of a kind."""
    shown.kind = kind
    shown.discount = 0.0
    shown.n = 3
    shown.known = 0
    shown.history_cell = -1
    shown.history = 0
    shown.basket_item = -1


@rule
def flow_due(profile, day):
    """The automation flow whose day has come: a kind of message, or NOTHING."""
    if profile.reminder_day <= day:
        return BASKET_REMINDER
    if profile.welcome_day <= day:
        return WELCOME
    if profile.cross_day <= day:
        return CROSS_SELL
    return WIN_BACK if profile.winback_day <= day else NOTHING


@rule
def next_flow_day(profile):
    """First day on which a flow is due."""
    first = min(profile.reminder_day, profile.welcome_day)
    return min(first, min(profile.cross_day, profile.winback_day))


@rule
def compose_flow(shown, firm, file, day, seed, belief):
    """Write the flow mail that is due, if it really goes out; its trigger is used up.

    Returns the kind, or NOTHING. The subject is the basket, the complement of the purchase, or
    what the profile is believed to like.
    """
    kind = flow_due(file.profile, day)
    basket, cell = file.profile.basket_item, file.profile.cross_cell
    if kind == BASKET_REMINDER:
        file.profile.reminder_day = NEVER
    elif kind == WELCOME:
        file.profile.welcome_day = NEVER
    elif kind == CROSS_SELL:
        file.profile.cross_day = NEVER
    elif kind == WIN_BACK:
        file.profile.winback_day = day + firm.winback_days
    if kind == NOTHING or file.profile.permission == 0:
        return NOTHING
    if not able(seed, file.profile, HAS_FLOWS, firm.flows):
        return NOTHING
    if not carried_out(firm, seed, file.profile, kind, day):
        return NOTHING
    if (
        file.profile.open_case > day
        and kind != WELCOME
        and able(seed, file.profile, PAUSES, firm.pauses)
    ):
        return NOTHING
    clear_message(shown, kind)
    believe(firm, file, BY_MAIL, day, seed, belief)
    if kind == CROSS_SELL:
        favour_category(cell, belief)
    fill_tiles(shown, firm, 3, belief)
    if kind == BASKET_REMINDER:
        if basket < 0:
            return NOTHING
        shown.items[0] = basket
        shown.basket_item = basket
        shown.n = 1
    if kind == WIN_BACK:
        shown.discount = firm.coupon_share
    return kind


@rule
def favour_category(cell, belief):
    """Within the complementary category, the style that the belief prefers."""
    base = cell // STYLES * STYLES
    for k in range(base, base + STYLES):
        belief[k] += 1000.0


@rule
def newsletter_goes_out(firm, profile, day, seed):
    """This profile gets today's newsletter: permission, and a pause where one is kept [B17]."""
    if profile.permission == 0:
        return False
    if able(seed, profile, PAUSES, firm.pauses):
        if profile.open_case > day or day - profile.last_mail_day < firm.mail_gap_days:
            return False
        if profile.unopened >= 6 and firm.newsletter % 2 == 1:
            return False
    return True


@rule
def compose_newsletter(shown, firm, file, day, seed, belief):
    """The campaign for all; or, where mails are personal, the best beliefs first."""
    clear_message(shown, NEWSLETTER)
    shown.items[0] = firm.popular_item[firm.campaign_cell]
    shown.items[1] = firm.popular_item[firm.front_cell[0]]
    shown.items[2] = firm.popular_item[firm.front_cell[1]]
    if able(seed, file.profile, PERSONAL, firm.personal_mail):
        if believe(firm, file, BY_MAIL, day, seed, belief):
            shown.items[0] = firm.popular_item[take_best_cell(belief)]
            shown.items[1] = firm.popular_item[take_best_cell(belief)]


@rule
def note_sent(profile, day):
    """The company's own record of a mail sent."""
    profile.last_mail_day = day
    profile.unopened += 1


@rule
def note_opened(profile):
    """The company's own record of a mail opened."""
    profile.unopened = 0


@rule
def plan_after_purchase(firm, profile, cell, day):
    """A recorded purchase sets off the cross-sell flow and moves the win-back."""
    category = cell // STYLES
    other = firm.next_category[category]
    if other >= 0:
        profile.cross_day = day + firm.cross_sell_days
        profile.cross_cell = other * STYLES
    profile.winback_day = day + firm.winback_days
    profile.reminder_day = NEVER
    profile.basket_item = -1


@rule
def plan_reminder(firm, profile, item, as_person, day):
    """A recorded basket left behind; a reminder can be sent only to a known person."""
    profile.basket_item = item
    profile.basket_day = day
    profile.basket_person = as_person
    if as_person == 1:
        profile.reminder_day = day + firm.reminder_days


@rule
def plan_welcome(profile, day):
    """A new permission."""
    profile.permission = 1
    profile.welcome_day = day + 1
    profile.unopened = 0
