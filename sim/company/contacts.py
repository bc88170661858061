"""Whom the company writes to, when and with what: newsletters and pauses [B16-B17].

A permission is an address's. Who has two addresses on the list gets everything twice.

Automation flows are in :mod:`sim.company.automation`.
"""

from __future__ import annotations

from sim.company.analysis import believe, show_what_he_looked_at, take_best_cell
from sim.company.holdouts import NEWSLETTERS, WITHOUT_DEVICE, held_out
from sim.company.knowledge import able
from sim.company.recommending import pick_items
from sim.company.silence import (
    close_gaps,
    coordinates,
    count_contact,
    is_on_show,
    keeps_quiet,
    leave_out_what_he_owns,
    put_personal_tile,
    put_tile,
)
from sim.company.trials import SUBJECT, WORDING, appeal_of
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.events import GREETING, NEWSLETTER
from sim.core.records import ADDRESSES, BY_CLUB, MAIL_TILES, OFFER, OWN_ADDRESS, RECORD_OF

PERSONAL = decision("mails to this profile are personal", lasting=True)
GREETS = decision("members with the app are greeted in the store", lasting=True)


@rule
def clear_message(shown, kind):
    """An empty message of a kind."""
    shown.kind = kind
    shown.purpose = OFFER
    shown.about_order = -1
    shown.discount = 0.0
    shown.n = MAIL_TILES
    for t in range(MAIL_TILES):
        shown.items[t] = -1
        shown.personal[t] = 0
    shown.known = 0
    shown.history_cell = -1
    shown.history_item = -1
    shown.basket_item = -1
    shown.subject_appeal = 0.0
    shown.wording_appeal = 0.0


@rule
def permit(profile, a):
    """Address ``a`` may be written to."""
    profile.addresses[a].permission = 1
    profile.addresses[a].refused = 0
    profile.written_to = 1


@rule
def strike_off(profile, a):
    """Address ``a`` is not written to any more."""
    profile.addresses[a].permission = 0
    profile.written_to = 0
    for other in range(ADDRESSES):
        if profile.addresses[other].permission == 1:
            profile.written_to = 1


@rule
def note_refusal(profile, a):
    """He has unsubscribed at address ``a``."""
    profile.addresses[a].refused = 1
    strike_off(profile, a)


@rule
def newsletter_goes_out(firm, profile, a, day, seed):
    """Address ``a`` gets today's newsletter: permission, and a pause where one is kept [B17].

    Who has not opened the last ones gets every second issue, and so does who is held out of some.
    """
    address = profile.addresses[a]
    if address.permission == 0:
        return False
    if firm.issue % 2 == 1 and held_out(firm, profile, NEWSLETTERS, WITHOUT_DEVICE, seed):
        return False
    if keeps_quiet(firm, profile, a, day, seed):
        return False
    if coordinates(firm, profile, seed):
        if day - address.last_mail_day < firm.mail_gap_days:
            return False
        if address.unopened >= firm.unopened_before_rest and firm.issue % 2 == 1:
            return False
    return True


@rule
def compose_newsletter(shown, firm, file, a, day, seed, belief):
    """The campaign for all; or, where mails are personal, the best beliefs first. What is cheaper
    this week is in all of them. Whether there is anything left to say to who owns all of it."""
    clear_message(shown, NEWSLETTER)
    shown.subject_appeal = appeal_of(firm, file.profile, SUBJECT, seed)
    shown.wording_appeal = appeal_of(firm, file.profile, WORDING, seed)
    put_tile(shown, firm, 0, firm.campaign_cell)
    put_tile(shown, firm, 1, firm.front_cell[0])
    put_tile(shown, firm, 2, firm.front_cell[1])
    if able(seed, file.profile, PERSONAL, firm.personal_mail):
        if believe(firm, file, RECORD_OF[a], day, seed, belief):
            for t in range(firm.personal_mail_tiles):
                put_personal_tile(shown, firm, t, take_best_cell(belief))
            pick_items(shown, firm, file, RECORD_OF[a], day, seed)
            for t in range(firm.personal_mail_tiles):
                show_what_he_looked_at(shown, firm, file, RECORD_OF[a], t, day, seed)
    if firm.promotes == 1 and not is_on_show(shown, firm.campaign_cell):
        put_tile(shown, firm, MAIL_TILES - 1, firm.campaign_cell)
    leave_out_what_he_owns(shown, firm, file, RECORD_OF[a], day, seed)
    close_gaps(shown)
    return shown.n > 0


@rule
def compose_greeting(shown, firm, file, day, seed, belief):
    """A message to the app of a member at the door: what he is believed to like. Whether one goes
    out: not too often, not while a case is open, and only where something is known [B12, B17]."""
    profile = file.profile
    if not able(seed, profile, GREETS, firm.greets_in_app):
        return False
    if day - profile.greeted_day < firm.greeting_gap_days:
        return False
    if keeps_quiet(firm, profile, OWN_ADDRESS, day, seed):
        return False
    clear_message(shown, GREETING)
    if not believe(firm, file, BY_CLUB, day, seed, belief):
        return False
    for t in range(MAIL_TILES):
        put_personal_tile(shown, firm, t, take_best_cell(belief))
    pick_items(shown, firm, file, BY_CLUB, day, seed)
    leave_out_what_he_owns(shown, firm, file, BY_CLUB, day, seed)
    close_gaps(shown)
    if shown.n == 0:
        return False
    profile.greeted_day = day
    count_contact(profile, OWN_ADDRESS, day)
    return True


@rule
def note_sent(firm, profile, a, day):
    """The company's own record of a mail sent; an address that never opens one is given up."""
    address = profile.addresses[a]
    address.last_mail_day = day
    count_contact(profile, a, day)
    address.unopened += 1
    if address.unopened >= firm.unopened_before_dropped:
        strike_off(profile, a)


@rule
def note_texted(profile, day):
    """The company's own record of a message sent to his phone."""
    profile.addresses[OWN_ADDRESS].last_mail_day = day
    count_contact(profile, OWN_ADDRESS, day)


@rule
def note_opened(profile, a, day):
    """The company's own record of a mail opened."""
    profile.addresses[a].unopened = 0
    note_sign_of_life(profile, a, day)


@rule
def note_sign_of_life(profile, a, day):
    """Somebody is there: a mail opened, a log-in, an order under this address."""
    profile.addresses[a].heard_day = day


@rule
def give_up_silent(firm, profile, a, day):
    """List hygiene: an address that has been silent for so long is not written to any more."""
    address = profile.addresses[a]
    if address.permission == 1 and day >= silent_until(firm, address):
        strike_off(profile, a)


@rule
def silent_until(firm, address):
    """First day on which this address is given up, if no sign of life comes before."""
    return address.heard_day + firm.silent_before_dropped_days
