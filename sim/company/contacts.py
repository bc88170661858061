"""Whom the company writes to, when and with what: newsletters and pauses [B16-B17].

Automation flows are in :mod:`sim.company.automation`.
"""

from __future__ import annotations

from sim.company.analysis import believe, take_best_cell
from sim.company.knowledge import able
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.events import NEWSLETTER
from sim.core.records import BY_MAIL, MAIL_TILES

PERSONAL = decision("mails to this profile are personal", lasting=True)
PAUSES = decision("contacts with this profile are coordinated", lasting=True)


@rule
def clear_message(shown, kind):
    """An empty message of a kind."""
    shown.kind = kind
    shown.discount = 0.0
    shown.n = MAIL_TILES
    shown.known = 0
    shown.history_cell = -1
    shown.history = 0
    shown.basket_item = -1


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
            for t in range(firm.personal_mail_tiles):
                shown.items[t] = firm.popular_item[take_best_cell(belief)]


@rule
def note_sent(firm, profile, day):
    """The company's own record of a mail sent; an address that never opens one is given up."""
    profile.last_mail_day = day
    profile.unopened += 1
    if profile.unopened >= firm.unopened_before_dropped:
        profile.permission = 0


@rule
def note_opened(profile, day):
    """The company's own record of a mail opened."""
    profile.unopened = 0
    note_sign_of_life(profile, day)


@rule
def note_sign_of_life(profile, day):
    """Somebody is there: a mail opened, a log-in, an order under this address."""
    profile.heard_day = day


@rule
def give_up_silent(firm, profile, day):
    """List hygiene: an address that has been silent for so long is not written to any more."""
    if profile.permission == 1 and day >= silent_until(firm, profile):
        profile.permission = 0


@rule
def silent_until(firm, profile):
    """First day on which this address is given up, if no sign of life comes before."""
    return profile.heard_day + firm.silent_before_dropped_days
