"""Automation flows: set off by what was recorded of a person, some days later a message [B18-B20].

What flows there are is data: one entry each in ``company.flows`` of the settings, here the arrays
``flow_*`` of the company's record. A flow is known by its place in them; in keys of luck, by the
number of its name. Flows reach only those who were recognised.
"""

from __future__ import annotations

from sim.company.analysis import believe
from sim.company.consent import may_profile
from sim.company.contacts import clear_message, note_sign_of_life, permit
from sim.company.holdouts import COUPONS, FLOWS_SENT, WITHOUT_DEVICE, held_out
from sim.company.knowledge import able
from sim.company.recommending import pick_items
from sim.company.reviews import invites_reviews, show_what_he_got
from sim.company.shopfront import fill_tiles
from sim.company.silence import close_gaps, has_heard_enough, leave_out_what_he_owns, waits_for_case
from sim.company.stock import is_sold_out, show_what_is_back
from sim.company.ways import NO_WAY, way_to
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.records import (
    ADDRESSES,
    BY_EMAIL,
    CARE,
    FLOWS,
    MAIL_TILES,
    MONEY,
    NEVER,
    OWN_ADDRESS,
    RECORD_OF,
    STYLES,
)
from sim.settings.flows import CONTENTS, TRIGGERS

HAS_FLOWS = decision("flows run for this profile", lasting=True)

SUBSCRIBED, BASKET_LEFT, PURCHASE, SILENCE, BIRTHDAY, LOOKED, BACK, RECEIVED, REVIEWED, RETURNED = (
    range(len(TRIGGERS))
)
THE_BASKET, THE_COMPLEMENT, THE_BEST, THE_CARE, THE_BETTER, IT_IS_BACK, THE_REVIEW = range(
    len(CONTENTS)
)

NOTHING = -1
YEAR = 365  # days
MORE_THAN_ANY = 1000.0  # sightings: above any belief, so that a category comes before all others


@rule
def drop_flows(address):
    """No flow is planned."""
    for k in range(FLOWS):
        address.flow_day[k] = NEVER
    address.next_flow_day = NEVER


@rule
def find_next_flow(firm, address):
    """Keep the first day on which a flow is due up to date."""
    address.next_flow_day = NEVER
    for k in range(firm.n_flows):
        address.next_flow_day = min(address.next_flow_day, address.flow_day[k])


@rule
def flow_due(firm, address, day):
    """The flow whose day has come, of several the one of the smallest priority; or NOTHING."""
    due = NOTHING
    for k in range(firm.n_flows):
        if address.flow_day[k] <= day:
            if due == NOTHING or firm.flow_priority[k] < firm.flow_priority[due]:
                due = k
    return due


@rule
def plan_flows(firm, address, recorded, complement, day):
    """Something was recorded: it stops flows, and sets off those that wait for it.

    ``complement``: cell of what goes with a purchase, -1 if nothing is known to. Silence begins
    with a purchase.
    """
    for k in range(firm.n_flows):
        if firm.flow_stops_at[k] & (1 << recorded) != 0:
            address.flow_day[k] = NEVER
        begins = recorded == PURCHASE and firm.flow_trigger[k] == SILENCE
        if firm.flow_content[k] == THE_COMPLEMENT and complement < 0:
            continue
        if begins or firm.flow_trigger[k] == recorded:
            address.flow_day[k] = day + firm.flow_delay_days[k]
    find_next_flow(firm, address)


@rule
def note_permission(firm, profile, a, day):
    """A new permission, given at address ``a``."""
    permit(profile, a)
    profile.addresses[a].unopened = 0
    note_sign_of_life(profile, a, day)
    plan_flows(firm, profile.addresses[a], SUBSCRIBED, -1, day)


@rule
def note_basket(firm, profile, item, s, day):
    """A basket left behind, recorded in ``s``; a flow can reach only an address."""
    silo = profile.silos[s]
    silo.basket_item, silo.basket_day = item, day
    for a in range(ADDRESSES):
        if RECORD_OF[a] == s:
            plan_flows(firm, profile.addresses[a], BASKET_LEFT, -1, day)


@rule
def note_look(firm, profile, s, day):
    """He was seen, under record ``s``, to look at something in the web shop."""
    for a in range(ADDRESSES):
        if RECORD_OF[a] == s:
            plan_flows(firm, profile.addresses[a], LOOKED, -1, day)


@rule
def note_purchase(firm, profile, a, cell, day):
    """A purchase recorded under address ``a``: what goes with it is noted; its basket is empty."""
    address, complement = profile.addresses[a], -1
    if firm.next_category[cell // STYLES] >= 0:
        complement = firm.next_category[cell // STYLES] * STYLES
        address.complement_cell = complement
    plan_flows(firm, address, PURCHASE, complement, day)
    note_sign_of_life(profile, a, day)
    empty_basket(profile, RECORD_OF[a])


@rule
def empty_basket(profile, s):
    """Nothing is left of the basket seen under record ``s``."""
    profile.silos[s].basket_item = -1


@rule
def note_birthday(firm, profile, birthday, day):
    """He has told his birthday, a day of the year: it comes every year."""
    profile.birthday = birthday
    for k in range(firm.n_flows):
        if firm.flow_trigger[k] == BIRTHDAY:
            plan_birthday(firm, profile, k, day)


@rule
def plan_birthday(firm, profile, k, day):
    """Birthday flow ``k`` is due at his own address on the first such day after ``day``."""
    after = firm.flow_delay_days[k] - day - 1
    address = profile.addresses[OWN_ADDRESS]
    address.flow_day[k] = day + 1 + (profile.birthday + after) % YEAR
    find_next_flow(firm, address)


@rule
def use_up_trigger(firm, profile, a, k, day):
    """A flow's trigger works once, whether or not the mail goes out; unless the flow repeats. Who
    asks to be told that something is back asks for one message."""
    address = profile.addresses[a]
    if firm.flow_trigger[k] == BACK:
        address.wanted_item = -1
    if firm.flow_repeats[k] == 0:
        address.flow_day[k] = NEVER
    elif firm.flow_trigger[k] == BIRTHDAY:
        plan_birthday(firm, profile, k, day)
    else:
        address.flow_day[k] = day + max(firm.flow_delay_days[k], 1)
    find_next_flow(firm, address)


@rule
def pass_over(firm, profile, a, day):
    """Flows whose day has gone by before anybody was there to send them are used up."""
    for k in range(firm.n_flows):
        while profile.addresses[a].flow_day[k] <= day:
            use_up_trigger(firm, profile, a, k, profile.addresses[a].flow_day[k])


@rule
def way_of_flow(firm, profile, a, k):
    """The way in which flow ``k`` goes to address ``a``. What he has asked for goes there without
    a permission to send more, and what is about a purchase of his to who has not refused our
    mails; NO_WAY for the rest."""
    way = way_to(profile, a, firm.flow_way[k])
    if way != NO_WAY:
        return way
    about_purchase = firm.flow_content[k] == THE_REVIEW and profile.addresses[a].refused == 0
    return BY_EMAIL if about_purchase or firm.flow_content[k] == IT_IS_BACK else NO_WAY


@rule
def sends(firm, profile, k, seed):
    """The company sends this profile flow ``k``: an invitation to write where it invites to, any
    other where flows run."""
    if firm.flow_content[k] == THE_REVIEW:
        return invites_reviews(firm, profile, seed)
    return able(seed, profile, HAS_FLOWS, firm.flows) and not held_out(
        firm, profile, FLOWS_SENT, WITHOUT_DEVICE, seed
    )


@rule
def flow_goes_out(firm, profile, a, k, day, seed):
    """Flows run for this profile, there is a way in which this one may go, and no case of his is
    open [B17]."""
    if way_of_flow(firm, profile, a, k) == NO_WAY:
        return False
    if not sends(firm, profile, k, seed):
        return False
    if firm.flow_during_case[k] == 0 and waits_for_case(firm, profile, a, day, seed):
        return False
    return not has_heard_enough(firm, profile, a, day, seed)


@rule
def compose_flow(shown, firm, file, a, day, seed, belief):
    """Write the flow message that is due at address ``a``, if it really goes out; its trigger is
    used up. Returns the flow, or NOTHING."""
    k = flow_due(firm, file.profile.addresses[a], day)
    if k == NOTHING:
        return NOTHING
    wanted = file.profile.addresses[a].wanted_item
    use_up_trigger(firm, file.profile, a, k, day)
    if not flow_goes_out(firm, file.profile, a, k, day, seed):
        return NOTHING
    clear_message(shown, k + 1)
    if firm.flow_coupon[k] == 1 and gives_coupon(firm, file, seed):
        shown.discount = firm.coupon_share
    content = firm.flow_content[k]
    if content == THE_BASKET or content == THE_CARE:
        return k if show_one(shown, firm, file.mind.silos[RECORD_OF[a]], content) else NOTHING
    if content == IT_IS_BACK:
        return k if show_what_is_back(shown, firm, wanted) else NOTHING
    if content == THE_REVIEW:
        return k if show_what_he_got(shown, file, a) else NOTHING
    if content == THE_BETTER:
        found = show_better(shown, firm, file.mind.silos[RECORD_OF[a]].live)
    else:
        found = show_liked(shown, firm, file, a, content, day, seed, belief)
    leave_out_what_he_owns(shown, firm, file, RECORD_OF[a], day, seed)
    close_gaps(shown)
    return k if found and shown.n > 0 else NOTHING


@rule
def gives_coupon(firm, file, seed):
    """A coupon is for who has spent enough, as recorded, or where nobody has worked it out [S2];
    who is held out of its test gets none."""
    spent = file.mind.value[MONEY]
    if 0 < spent < firm.coupon_from_fifth:
        return False
    return not held_out(firm, file.profile, COUPONS, WITHOUT_DEVICE, seed)


@rule
def show_one(shown, firm, silo, content):
    """One thing on file: the basket left, if it can be had, or what was bought last and how to
    care for it [B19]. Whether there is one."""
    item = silo.basket_item if content == THE_BASKET else silo.live.buy_item
    shown.items[0] = item
    shown.n = 1
    if content == THE_BASKET:
        shown.basket_item = item
        return item >= 0 and not is_sold_out(firm, item)
    shown.purpose = CARE
    return item >= 0


@rule
def show_better(shown, firm, facts):
    """The dearest of the kind that he looked at last, above what he looked at, of what can be had
    [B18]. Whether there is a dearer one."""
    if facts.view_item < 0 or firm.dearest_item[facts.view_cell] == facts.view_item:
        return False
    if firm.dearest_item[facts.view_cell] < 0:
        return False
    shown.items[0] = firm.dearest_item[facts.view_cell]
    shown.items[1] = -1 if is_sold_out(firm, facts.view_item) else facts.view_item
    shown.cells[0] = shown.cells[1] = facts.view_cell
    shown.n = 2
    return True


@rule
def show_liked(shown, firm, file, a, content, day, seed, belief):
    """What the record is believed to like, or what goes with the last purchase before that."""
    believe(firm, file, RECORD_OF[a], day, seed, belief)
    complement = file.mind.addresses[a].complement_cell
    about_it = content == THE_COMPLEMENT and complement >= 0
    if about_it and may_profile(file.profile):
        favour_category(complement, belief)
    fill_tiles(shown, firm, MAIL_TILES, belief)
    pick_items(shown, firm, file, RECORD_OF[a], day, seed)
    return True


@rule
def favour_category(cell, belief):
    """Within the complementary category, the style that the belief prefers."""
    base = cell // STYLES * STYLES
    for k in range(base, base + STYLES):
        belief[k] += MORE_THAN_ANY
