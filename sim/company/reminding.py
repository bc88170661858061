"""The reminder: once a month, to whom the analysis chose, what he is believed to want [B30].

It carries no discount. To whom it goes is chosen in :mod:`sim.company.targeting`, from the records.
"""

from __future__ import annotations

from sim.company.analysis import believe, show_what_he_looked_at
from sim.company.contacts import clear_message
from sim.company.recommending import pick_items
from sim.company.shopfront import fill_tiles
from sim.company.silence import close_gaps, keeps_quiet, leave_out_what_he_owns
from sim.core.compiled import rule
from sim.core.events import REMINDER
from sim.core.records import BY_MAIL, MAIL_TILES, NEVER, OWN_ADDRESS


@rule
def reminder_goes_out(firm, profile, day, seed):
    """He was chosen today, may be written to, and nothing speaks against it [B17]."""
    if profile.reminder_day != day or profile.addresses[OWN_ADDRESS].permission == 0:
        return False
    return not keeps_quiet(firm, profile, OWN_ADDRESS, day, seed)


@rule
def compose_reminder(shown, firm, file, day, seed, belief):
    """All of it by what he is believed to want; whether anything is known to remind him of."""
    clear_message(shown, REMINDER)
    if not believe(firm, file, BY_MAIL, day, seed, belief):
        return False
    fill_tiles(shown, firm, MAIL_TILES, belief)
    pick_items(shown, firm, file, BY_MAIL, day, seed)
    for t in range(MAIL_TILES):
        show_what_he_looked_at(shown, firm, file, BY_MAIL, t, day, seed)
    leave_out_what_he_owns(shown, firm, file, BY_MAIL, day, seed)
    close_gaps(shown)
    return shown.n > 0


@rule
def note_chosen(places, days, values, profiles, due, day):
    """What the analysis found of the profiles in these places: the fifths of their worth, and, if
    ``days`` is today, that the reminder is to go out, so that something is due there."""
    for k in range(len(places)):
        profile = profiles[places[k]]
        for v in range(len(profile.value)):
            profile.value[v] = values[k][v]
        if days[k] == day and due[places[k]] < NEVER:
            profile.reminder_day = day
            due[places[k]] = min(due[places[k]], day)
