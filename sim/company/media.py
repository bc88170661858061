"""Advertising: who is shown which ad [B3, B5, B26, H4].

Retargeting follows the device that looked at something; whether it stops after the purchase
depends on what that device's list can see of purchases. The platform, not the company, picks
whom a prospecting ad is shown to.
"""

from __future__ import annotations

from sim.company.knowledge import SUPPRESSES, able, knows_purchase_since
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import STYLES

AUCTION = decision("our ad wins the slot")
HELD_OUT = decision("profile is held out of advertising")
SEARCH_SLOT = decision("our search ad is on show")

NO_AD, PROSPECTING, RETARGETING = -1, 0, 1


@rule
def held_out(firm, profile, seed):
    """This profile sees no ads, so that advertising can be measured."""
    return able(seed, profile, HELD_OUT, firm.holdout)


@rule
def retarget_item(firm, file, device, day, seed):
    """The item that follows this device, or -1: not on the list, bought as far as known."""
    if file.profile.device_seen & (1 << device) == 0:
        return -1
    facts = file.mind.silos[device].live
    if facts.view_cell < 0 or day - facts.view_day > firm.retarget_days:
        return -1
    if able(seed, file.profile, SUPPRESSES, firm.suppress_bought) or firm.purchase_pixel == 1:
        since = facts.view_day - firm.suppress_days
        if knows_purchase_since(firm, file, device, facts.view_cell // STYLES, since, day, seed):
            return -1
    return facts.view_item


@rule
def choose_ad(shown, firm, file, device, platform_cell, slot, day, seed):
    """Which ad of ours fills the slot: RETARGETING, PROSPECTING or NO_AD; the item in ``shown``.

    ``platform_cell``: the cell the platform takes this person to like.
    """
    if held_out(firm, file.profile, seed):
        return NO_AD
    u = uniform(seed, file.profile.number, AUCTION, slot, day)
    shown.n = 1
    shown.discount = 0.0
    item = retarget_item(firm, file, device, day, seed)
    if item >= 0 and under_cap(firm, file.profile, day):
        shown.items[0] = item
        shown.kind = RETARGETING
        return RETARGETING if u < firm.retargeting else NO_AD
    shown.items[0] = firm.popular_item[platform_cell]
    shown.kind = PROSPECTING
    return PROSPECTING if u < firm.prospecting and shown.items[0] >= 0 else NO_AD


@rule
def under_cap(firm, profile, day):
    """The device has seen fewer than the week's cap of our ads."""
    return profile.capped_week != day // 7 or profile.ads_this_week < firm.ads_week_cap


@rule
def count_ad(profile, day):
    """One more ad shown to this device this week."""
    if profile.capped_week != day // 7:
        profile.capped_week = day // 7
        profile.ads_this_week = 0
    profile.ads_this_week += 1


@rule
def search_ad_on_show(firm, profile, about, day, seed):
    """Our paid result stands above the free ones for this search."""
    return uniform(seed, profile.number, SEARCH_SLOT, about, day) < firm.search_presence
