"""Whom the company writes to, when and with what: newsletter, automation flows, pauses [B16-B20].

Flows are set off by what was recorded, so they reach only those who were recognised.
"""

from __future__ import annotations

from sim.company.analysis import believe, take_best_cell
from sim.company.knowledge import able
from sim.company.shopfront import fill_tiles
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.events import BASKET_REMINDER, CROSS_SELL, NEWSLETTER, WELCOME, WIN_BACK
from sim.core.records import BY_MAIL, NEVER, STYLES

HAS_FLOWS = decision("flows run for this profile", lasting=True)
PERSONAL = decision("mails to this profile are personal", lasting=True)
PAUSES = decision("contacts with this profile are coordinated", lasting=True)

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
    use_up_trigger(firm, file.profile, kind, day)
    if not flow_goes_out(firm, file.profile, kind, day, seed):
        return NOTHING
    clear_message(shown, kind)
    if kind == BASKET_REMINDER:
        if file.mind.basket_item < 0:
            return NOTHING
        shown.items[0] = file.mind.basket_item
        shown.basket_item = file.mind.basket_item
        shown.n = 1
        return kind
    believe(firm, file, BY_MAIL, day, seed, belief)
    if kind == CROSS_SELL and file.mind.cross_cell >= 0:
        favour_category(file.mind.cross_cell, belief)
    fill_tiles(shown, firm, 3, belief)
    if kind == WIN_BACK:
        shown.discount = firm.coupon_share
    return kind


@rule
def use_up_trigger(firm, profile, kind, day):
    """A flow's trigger works once, whether or not the mail goes out."""
    if kind == BASKET_REMINDER:
        profile.reminder_day = NEVER
    elif kind == WELCOME:
        profile.welcome_day = NEVER
    elif kind == CROSS_SELL:
        profile.cross_day = NEVER
    elif kind == WIN_BACK:
        profile.winback_day = day + firm.winback_days


@rule
def flow_goes_out(firm, profile, kind, day, seed):
    """Flows run for this profile, he may be written to, and no case of his is open [B17]."""
    if kind == NOTHING or profile.permission == 0:
        return False
    if not able(seed, profile, HAS_FLOWS, firm.flows):
        return False
    paused = profile.open_case > day and able(seed, profile, PAUSES, firm.pauses)
    return kind == WELCOME or not paused


@rule
def favour_category(cell, belief):
    """Within the complementary category, the style that the belief prefers."""
    base = cell // STYLES * STYLES
    for k in range(base, base + STYLES):
        belief[k] += 1000.0


@rule
def newsletter_goes_out(firm, profile, day, seed):
    """This profile gets today's newsletter: permission, and a pause where one is kept [B17].

    Who has not opened the last ones gets every second issue.
    """
    if profile.permission == 0:
        return False
    if able(seed, profile, PAUSES, firm.pauses):
        if profile.open_case > day or day - profile.last_mail_day < firm.mail_gap_days:
            return False
        if profile.unopened >= firm.unopened_before_rest and firm.issue % 2 == 1:
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
