"""A computer that two people of a household share: one cookie, two people, false links [B1, B2].

Its record stands in both their profiles, word for word the same: within a day neither sees what
the other does, so what both left on it is written down in the evening, in the order of their ids.
Who of them logged in last is whom the shop takes either for, until the cookie is gone.
"""

from __future__ import annotations

from sim.company.knowledge import (
    copy_facts,
    forget_device,
    link,
    linked,
    part,
    record_interest,
    record_purchase,
)
from sim.core.compiled import rule
from sim.core.records import AT_COMPUTER, BY_COMPUTER, BY_MAIL

LOOKED, LOOKED_AS_OTHER, BOUGHT, FORGOT, LOGGED_IN, LINKED = range(6)


@rule
def is_shared(me, device):
    """Somebody else uses this device too."""
    return me.partner >= 0 and device == AT_COMPUTER


@rule
def write_evening(traces, customers, profiles, place_of, firm, day):
    """What was left on shared computers today, in order, goes to the record in both profiles."""
    for k in range(len(traces)):
        trace = traces[k]
        i = place_of[trace.customer]
        j = customers[i].partner
        write_down(trace, customers[i], profiles[i], firm, day)
        if j >= 0:
            mirror(trace, customers[j], profiles[j], firm, day)


@rule
def write_down(trace, me, profile, firm, day):
    """A trace in the profile of who left it."""
    note_on_cookie(trace, profile, firm, day)
    if trace.kind == FORGOT:
        forget_computer(me, profile)
    elif trace.kind == LOGGED_IN or trace.kind == LINKED:
        profile.other_here = 0
        if trace.kind == LINKED:
            link(profile, BY_COMPUTER)
        else:
            me.logged_in |= 1 << AT_COMPUTER


@rule
def mirror(trace, other, its, firm, day):
    """The same trace in the profile of who shares the computer with him."""
    note_on_cookie(trace, its, firm, day)
    if trace.kind == FORGOT:
        forget_computer(other, its)
    elif trace.kind == LOGGED_IN or trace.kind == LINKED:
        its.other_here = 1
        part(its, BY_COMPUTER)
        other.logged_in &= ~(1 << AT_COMPUTER)
    elif trace.kind == LOOKED_AS_OTHER:
        record_interest(firm, its, BY_MAIL, trace.cell, trace.item, 1, day)


@rule
def note_on_cookie(trace, profile, firm, day):
    """What the computer's record says of it."""
    if trace.kind == LOOKED or trace.kind == LOOKED_AS_OTHER:
        record_interest(firm, profile, BY_COMPUTER, trace.cell, trace.item, 1, day)
        profile.device_seen |= 1 << AT_COMPUTER
    elif trace.kind == BOUGHT:
        record_purchase(firm, profile, BY_COMPUTER, trace.cell, trace.item, day)


@rule
def forget_computer(me, profile):
    """The cookie is gone, and with it every log-in."""
    forget_device(profile, AT_COMPUTER)
    profile.other_here = 0
    me.logged_in &= ~(1 << AT_COMPUTER)


@rule
def move_in(newcomers, partners, customers, profiles):
    """Newcomers who share somebody's computer find its record as it is; both places are paired."""
    for k in range(len(newcomers)):
        i, j = newcomers[k], partners[k]
        customers[i].partner, customers[j].partner = j, i
        use_together(profiles[i], customers[j], profiles[j])


@rule
def use_together(profile, other, its):
    """The record of a computer that was another's alone becomes the newcomer's too."""
    mine, theirs = profile.silos[BY_COMPUTER], its.silos[BY_COMPUTER]
    copy_facts(mine.live, theirs.live)
    copy_facts(mine.shared, theirs.shared)
    mine.written = theirs.written
    profile.device_seen |= its.device_seen & 1 << AT_COMPUTER
    if linked(its, BY_COMPUTER) or other.logged_in & 1 << AT_COMPUTER != 0:
        profile.other_here = 1


@rule
def move_out(left_behind, customers, profiles):
    """Those whose partner has gone have their computer for themselves."""
    for k in range(len(left_behind)):
        customers[left_behind[k]].partner = -1
        profiles[left_behind[k]].other_here = 0
