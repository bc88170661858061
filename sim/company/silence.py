"""When the company keeps quiet: one decision for mail, app, ads and shop front [B3, B4, B17].

To be silent is an action like any other. What somebody is known to have bought a short while ago is
not offered to him anywhere, as far as the channel can see the purchase; while a case or a delivery
of his is open, and once he has been contacted often enough this week over all channels together,
nothing is sent to him and no ad of ours follows him.
"""

from __future__ import annotations

from sim.company.departments import DONE, carries_out
from sim.company.knowledge import SUPPRESSES, able, knows_purchase_since
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.records import COUNTED, OWN_ADDRESS, STOP_MAIL, STYLES, TILES

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
def stops_it(firm, profile, day, seed):
    """Who is to send something today sees that he should not, and leaves it for the others' sake
    [B17, B46]."""
    if not coordinates(firm, profile, seed):
        return False
    return carries_out(firm, profile, STOP_MAIL, 0.0, day, seed) == DONE


@rule
def keeps_quiet(firm, profile, a, day, seed):
    """No contact now: a case or a delivery is open, or he has heard from us enough this week."""
    return waits_for_case(firm, profile, a, day, seed) or has_heard_enough(
        firm, profile, a, day, seed
    )


@rule
def heard_of_case(firm, profile, a, day):
    """A case or a delivery is open of whoever has this address, and other departments have heard
    of it by now; whose the other address is nobody knows."""
    left = profile.open_case - day
    if a != OWN_ADDRESS or left <= 0:
        return False
    return firm.pass_on_days <= 0.0 or left <= firm.case_open_days - firm.pass_on_days


@rule
def waits_for_case(firm, profile, a, day, seed):
    """Nothing is sent while a case or a delivery of his is open."""
    return heard_of_case(firm, profile, a, day) and stops_it(firm, profile, day, seed)


@rule
def reaches_cap(firm, profile, a, day):
    """This week's contacts of all channels on file under address ``a`` have reached the cap."""
    return contacts_this_week(profile, a, day) >= firm.contacts_week_cap


@rule
def has_heard_enough(firm, profile, a, day, seed):
    """Nothing more is sent this week."""
    return reaches_cap(firm, profile, a, day) and stops_it(firm, profile, day, seed)


@rule
def contacts_this_week(profile, a, day):
    """Mails, messages and ads of this week that are on file under address ``a``."""
    address = profile.addresses[a]
    return address.contacts if address.contact_week == day // 7 else 0


@rule
def count_contact(profile, a, day):
    """One more contact."""
    address = profile.addresses[a]
    address.contacts = min(contacts_this_week(profile, a, day) + 1, COUNTED)
    address.contact_week = day // 7


@rule
def leave_out_what_he_owns(shown, firm, file, home, day, seed):
    """In place of what he is known to own stands the next best seller that he does not and that is
    not on show; where there is none, the place is empty."""
    if not suppresses(firm, file.profile, seed):
        return
    owns = False
    for t in range(shown.n):
        if shown.items[t] >= 0:
            if owns_it(firm, file, home, shown.cells[t] // STYLES, day, seed):
                shown.items[t] = -1
                owns = True
    if not owns:
        return
    for k in range(TILES):
        cell = firm.front_cell[k]
        if firm.popular_item[cell] < 0 or is_on_show(shown, cell):
            continue
        if not owns_it(firm, file, home, cell // STYLES, day, seed):
            fill_first_gap(shown, firm, cell)


@rule
def is_on_show(shown, cell):
    """One of the tiles is of this cell."""
    for t in range(shown.n):
        if shown.items[t] >= 0 and shown.cells[t] == cell:
            return True
    return False


@rule
def fill_first_gap(shown, firm, cell):
    """The best seller of a cell in the first empty place, if there is one."""
    for t in range(shown.n):
        if shown.items[t] < 0:
            put_tile(shown, firm, t, cell)
            return


@rule
def close_gaps(shown):
    """Tiles move up to where nothing stands; what is shown is so much shorter."""
    kept = 0
    for t in range(shown.n):
        if shown.items[t] >= 0:
            shown.cells[kept], shown.items[kept] = shown.cells[t], shown.items[t]
            shown.personal[kept] = shown.personal[t]
            kept += 1
    for t in range(kept, shown.n):
        shown.items[t] = -1
    shown.n = kept


@rule
def put_personal_tile(shown, firm, t, cell):
    """The same, chosen by what is known of who sees it."""
    put_tile(shown, firm, t, cell)
    shown.personal[t] = 1


@rule
def put_tile(shown, firm, t, cell):
    """The best seller of a cell in one place of a message or a page."""
    shown.cells[t] = cell
    shown.personal[t] = 0
    shown.items[t] = firm.popular_item[cell]
