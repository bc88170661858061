"""Who is told when something sold out is back: offered, asked for once, planned as a flow [B18].

The address is given for this one message: it is no permission to send anything else.
"""

from __future__ import annotations

from sim.company.automation import BACK, HAS_FLOWS, plan_flows
from sim.company.knowledge import RECORDS, able
from sim.company.silence import suppresses
from sim.core.compiled import rule
from sim.core.records import ADDRESSES, EMPTY, STYLES


@rule
def offers_to_tell(firm, profile, seed):
    """The page of a sold-out article has a box for an address: where a flow would send what is
    asked for, flows run, and what is typed in the shop is recorded."""
    if not able(seed, profile, HAS_FLOWS, firm.flows):
        return False
    if not able(seed, profile, RECORDS, firm.record_web):
        return False
    for k in range(firm.n_flows):
        if firm.flow_trigger[k] == BACK:
            return True
    return False


@rule
def waits_for(profile, a, item):
    """He has asked at address ``a`` to be told of this item."""
    return profile.addresses[a].wanted_item == item


@rule
def note_wish(profile, a, item):
    """He asks at address ``a`` to be told when this item is back; of several the last counts."""
    profile.addresses[a].wanted_item = item


@rule
def drop_wish(firm, profile, a, category, seed):
    """He has bought one of a category, recorded under address ``a``: where that is heeded he is not
    told any more that another one is back [B4]."""
    address = profile.addresses[a]
    if address.wanted_item < 0 or firm.item_cell[address.wanted_item] // STYLES != category:
        return
    if suppresses(firm, profile, seed):
        address.wanted_item = -1


@rule
def note_back(firm, profile, item, day):
    """The item is back: who waits for it is to hear of it. Whether he does."""
    waits = False
    for a in range(ADDRESSES):
        if waits_for(profile, a, item):
            plan_flows(firm, profile.addresses[a], BACK, -1, day)
            waits = True
    return waits


@rule
def tell_back(places, items, profiles, due, firm, day):
    """What was asked for from each of these places is back; something is due there today."""
    for k in range(len(places)):
        i = places[k]
        if due[i] < EMPTY and note_back(firm, profiles[i], items[k], day):
            due[i] = min(due[i], day)
