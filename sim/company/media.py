"""Advertising: who is shown which ad [B3, B5, B26, H4].

Retargeting follows the device that looked at something; whether it stops after the purchase
depends on what that device's list can see of purchases. The platform, not the company, picks
whom a prospecting ad is shown to, by what its pixel saw in our shop. Frequency caps and hold-outs
work on devices whose cookie is known: nobody else can be counted or left out.
"""

from __future__ import annotations

from sim.company.consent import may_profile
from sim.company.holdouts import WITHOUT_DEVICE, held_out
from sim.company.knowledge import SUPPRESSES, able, knows_purchase_since, linked
from sim.company.silence import count_contact, keeps_quiet, leave_out_what_he_owns, put_tile
from sim.company.stock import is_sold_out
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import (
    AT_PLACE,
    BY_CLUB,
    BY_MAIL,
    CELLS,
    COUNTED,
    KEYS,
    OWN_ADDRESS,
    SILOS,
    STYLES,
)

AUCTION = decision("our ad wins the slot")
MATCHES = decision("our list's address is found by a platform", lasting=True)
SEARCH_SLOT = decision("our search ad is on show")

NO_AD = -1
PROSPECTING, RETARGETING, BRAND = 0, 1, 2  # at a channel with slots
GENERIC, OWN_NAME = 0, 1  # in a search
LEAFLET = 0  # in print


@rule
def paid_channel(place, kind):
    """Number of a paid line: one of the kinds that the media channel in a place has."""
    return AT_PLACE * place + kind


@rule
def cookie_known(profile, device):
    """The browser on this device accepted our cookie and was seen."""
    return profile.device_seen & (1 << device) != 0


@rule
def is_left_out(firm, profile, line, device, seed):
    """This known device is shown nothing by this paid line, so that the line can be measured."""
    return cookie_known(profile, device) and held_out(firm, profile, line, device, seed)


@rule
def device_of_buyer(profile, place):
    """The known device that a sale can be tied to, else -1: the one in hand, or a linked one."""
    if place < BY_MAIL:
        return place if cookie_known(profile, place) else -1
    if linked(profile, BY_CLUB):
        for device in range(BY_MAIL):
            if linked(profile, device) and cookie_known(profile, device):
                return device
    return -1


@rule
def retarget_item(firm, file, device, day, seed):
    """The item that follows this device, or -1: none, bought as far as known, or sold out."""
    if not cookie_known(file.profile, device) or not may_profile(file.profile):
        return -1
    facts = file.mind.silos[device].live
    if facts.view_cell < 0 or day - facts.view_day > firm.retarget_days:
        return -1
    if able(seed, file.profile, SUPPRESSES, firm.suppress_bought) or firm.purchase_pixel == 1:
        since = facts.view_day - firm.suppress_days
        if knows_purchase_since(firm, file, device, facts.view_cell // STYLES, since, day, seed):
            return -1
    return -1 if is_sold_out(firm, facts.view_item) else facts.view_item


@rule
def likely_cell(firm, file, place, device, u):
    """What the platform takes this device to like: what its pixel saw, else what sells [B5].

    ``u`` uniform: below ``platform_accuracy`` it goes by the pixel, if that saw anything.
    """
    facts, accuracy = file.mind.silos[device].live, firm.platform_accuracy[place]
    known = cookie_known(file.profile, device) and may_profile(file.profile)
    if u < accuracy and known and facts.view_cell >= 0:
        return int(facts.view_cell)
    left = u / accuracy if u < accuracy else (u - accuracy) / (1.0 - accuracy)
    cell = 0
    for k in range(CELLS):
        if firm.popularity[k] > 0.0:
            cell = k
            left -= firm.popularity[k]
            if left < 0.0:
                return cell
    return cell


@rule
def choose_ad(shown, firm, file, place, device, by_pixel, day, seed):
    """Which ad of ours fills the slot: RETARGETING, PROSPECTING, BRAND or NO_AD; the item in
    ``shown``, -1 where the ad shows none. A device that can be followed with what it looked at
    is shown no other goods.

    ``place``: the social channel; ``by_pixel``: its luck of knowing this device, uniform.
    """
    profile = file.profile
    if linked(profile, device) and keeps_quiet(firm, profile, OWN_ADDRESS, day, seed):
        return NO_AD
    u = uniform(seed, profile.number, AUCTION, firm.channel_key[place], day)
    shown.n = 1
    shown.discount = 0.0
    item = retarget_item(firm, file, device, day, seed)
    if item >= 0 and not under_cap(firm, profile, place, device, day):
        item = -1
    if item >= 0 and u < firm.ad_rate[paid_channel(place, RETARGETING)]:
        shown.items[0] = item
        shown.kind = RETARGETING
        left_out = is_left_out(firm, profile, paid_channel(place, RETARGETING), device, seed)
        return NO_AD if left_out else RETARGETING
    if wins_for_brand(firm, profile, place, device, item >= 0, u, seed):
        shown.items[0] = -1
        shown.kind = BRAND
        return BRAND if under_cap(firm, profile, place, device, day) else NO_AD
    wins = u < firm.ad_rate[paid_channel(place, PROSPECTING)]
    if item >= 0 or not wins or not under_cap(firm, profile, place, device, day):
        return NO_AD
    put_tile(shown, firm, 0, likely_cell(firm, file, place, device, by_pixel))
    shown.kind = PROSPECTING
    if is_left_out(firm, profile, paid_channel(place, PROSPECTING), device, seed):
        return NO_AD
    if is_excluded(firm, file, device, day, seed):
        return NO_AD
    if cookie_known(profile, device):
        leave_out_what_he_owns(shown, firm, file, device, day, seed)
    return PROSPECTING if shown.items[0] >= 0 else NO_AD


@rule
def wins_for_brand(firm, profile, place, device, retargets, u, seed):
    """The slot goes to advertising for the brand: the next share of slots after what our ads for
    goods win."""
    goods = firm.ad_rate[paid_channel(place, RETARGETING if retargets else PROSPECTING)]
    if u < goods or u >= goods + firm.ad_rate[paid_channel(place, BRAND)]:
        return False
    return not is_left_out(firm, profile, paid_channel(place, BRAND), device, seed)


@rule
def is_excluded(firm, file, device, day, seed):
    """Known to have bought lately, by the device or by an address that the platform finds: no money
    is to be spent on telling him who we are [B26]."""
    if firm.exclude_customers_days == 0:
        return False
    profile, since = file.profile, day - firm.exclude_customers_days
    matched = uniform(seed, profile.number, MATCHES, 0, 0) < firm.list_match
    by_list = matched and profile.addresses[OWN_ADDRESS].permission == 1
    for s in range(SILOS):
        of_him = s == device or (linked(profile, device) and linked(profile, s))
        if of_him or (by_list and linked(profile, s)):
            facts = file.mind.silos[s].live
            if facts.buy_cell >= 0 and facts.buy_day >= since:
                return True
    return False


@rule
def under_cap(firm, profile, place, device, day):
    """The device has seen fewer than the week's cap of our ads on this channel."""
    at = 2 * place + device
    return (
        profile.capped_week[at] != day // 7 or profile.ads_this_week[at] < firm.ads_week_cap[place]
    )


@rule
def count_ad(profile, place, device, day):
    """One more ad shown by this channel to this device this week, where its cookie is known."""
    if not cookie_known(profile, device):
        return
    if linked(profile, device):
        count_contact(profile, OWN_ADDRESS, day)
    at = 2 * place + device
    if profile.capped_week[at] != day // 7:
        profile.capped_week[at] = day // 7
        profile.ads_this_week[at] = 0
    profile.ads_this_week[at] = min(profile.ads_this_week[at] + 1, COUNTED)


@rule
def search_ad_on_show(firm, file, place, kind, device, about, day, seed):
    """Our paid result stands above the free ones for this search, of a thing or of our name."""
    line = paid_channel(place, kind)
    if is_left_out(firm, file.profile, line, device, seed):
        return False
    if kind == OWN_NAME and is_excluded(firm, file, device, day, seed):
        return False
    when = day * KEYS + firm.channel_key[place]
    return uniform(seed, file.profile.number, SEARCH_SLOT, about, when) < firm.ad_rate[line]


@rule
def leaflet_comes(shown, firm, profile, place, day, seed):
    """This week's leaflet is among those that he leafs through: the campaign and its price cut."""
    line = paid_channel(place, LEAFLET)
    if held_out(firm, profile, line, WITHOUT_DEVICE, seed):
        return False
    shown.n = 1
    shown.discount = 0.0
    shown.kind = LEAFLET
    put_tile(shown, firm, 0, firm.campaign_cell)
    u = uniform(seed, profile.number, AUCTION, firm.channel_key[place], day)
    return shown.items[0] >= 0 and u < firm.ad_rate[line]
