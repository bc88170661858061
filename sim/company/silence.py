"""When the company keeps quiet: one decision for mail, app, ads and shop front [B3, B4, B17].

To be silent is an action like any other. What somebody is known to have bought a short while ago is
not offered to him anywhere, as far as the channel can see the purchase; while a case or a delivery
of his is open, and once he has been contacted often enough this week over all channels together,
nothing is sent to him and no ad of ours follows him.
"""

from __future__ import annotations

from sim.company.knowledge import SUPPRESSES, able, knows_purchase_since
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.records import COUNTED, STYLES, TILES

PAUSES = decision("contacts with this profile are coordinated", lasting=True)


@rule
def suppresses(firm, profile, seed):
    """What this profile is known to have bought is not offered to it."""
    return able(seed, profile, SUPPRESSES, firm.suppress_bought)


@rule
def owns_it(firm, file, home, category, day, seed):
    """Channel ``home`` can see that he bought of this category a short while ago."""
    since = day - firm.suppress_days
    return knows_purchase_since(firm, file, home, category, since, day, seed)


@rule
def coordinates(firm, profile, seed):
    """All channels know of each other's contacts with this profile."""
    return able(seed, profile, PAUSES, firm.pauses)


@rule
def keeps_quiet(firm, profile, day, seed):
    """No contact now: a case or a delivery is open, or he has heard from us enough this week."""
    if not coordinates(firm, profile, seed):
        return False
    return profile.open_case > day or contacts_this_week(profile, day) >= firm.contacts_week_cap


@rule
def contacts_this_week(profile, day):
    """Mails, messages and ads of this week that are on file under him."""
    return profile.contacts if profile.contact_week == day // 7 else 0


@rule
def count_contact(profile, day):
    """One more contact."""
    profile.contacts = min(contacts_this_week(profile, day) + 1, COUNTED)
    profile.contact_week = day // 7


@rule
def leave_out_what_he_owns(shown, firm, file, home, day, seed):
    """In place of what he is known to own, a tile shows the next best seller that he does not."""
    if not suppresses(firm, file.profile, seed):
        return
    following = 0
    for t in range(shown.n):
        if shown.items[t] < 0:
            continue
        if not owns_it(firm, file, home, shown.cells[t] // STYLES, day, seed):
            continue
        shown.items[t] = -1
        while following < TILES and shown.items[t] < 0:
            cell = firm.front_cell[following]
            following += 1
            if not owns_it(firm, file, home, cell // STYLES, day, seed):
                put_tile(shown, firm, t, cell)


@rule
def put_tile(shown, firm, t, cell):
    """The best seller of a cell in one place of a message or a page."""
    shown.cells[t] = cell
    shown.items[t] = firm.popular_item[cell]
