"""A visit to the web shop: recognised or not, shown the front, found, basket, checkout [P1]."""

from __future__ import annotations

from sim.company.automation import note_look
from sim.company.duplicates import address_on_file
from sim.company.knowledge import RECORDS, able, record_interest
from sim.company.recommending import count_shown
from sim.company.shopfront import fill_front
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.log import leave_trace, note, note_need
from sim.core.records import (
    ACTIVE,
    BY_ANOTHER,
    BY_MAIL,
    BY_OTHER_MAIL,
    IS_NOT,
    IS_THERE,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    STYLES,
    UNKNOWN,
)
from sim.encounter.checkout import fill_basket, leave_basket, pay_for_basket
from sim.encounter.consent import is_not_asked, is_on_list, subscribe
from sim.encounter.content import meet_content
from sim.encounter.friction import do_again
from sim.encounter.household import LOOKED, LOOKED_AS_OTHER, is_shared
from sim.encounter.identity import as_whom, recognise_online
from sim.encounter.impressions import eagerness, label_tiles, see_cuts, wake_by_tiles
from sim.encounter.occasions import IN_FRONT, has_device_in_hand, tile, without_link
from sim.encounter.portal import look_us_up
from sim.encounter.reviews import look_for_answer
from sim.encounter.shopping import (
    come_to,
    learn_by_looking,
    look_at_items,
    recover_basket,
    sees_it,
    shows_his_basket,
    was_handed_over,
)
from sim.encounter.stock import ask_to_be_told, take_out_what_is_sold_out, would_take_what_is_there
from sim.journey.buying import finds_it
from sim.journey.friction import tell, told_elsewhere
from sim.journey.hours import looks_at
from sim.journey.identity import types_other_address
from sim.journey.memory import FORGETS_VISIT, keep_in_mind, remember
from sim.journey.messages import VISITOR_AGREES, gives_permission
from sim.journey.needs import MORE, comes_up, put_all_off, put_off
from sim.journey.searching import leaves_at_once
from sim.journey.touchpoints import device_for

ASKS_VISITOR = decision("the shop asks the visitor to sign up")


@rule
def record_view(me, file, home, device, item, world, office):
    """The web shop's record of a look at an item, where it records and knows the visitor."""
    today, firm, profile = world.today, office.firm, file.profile
    if item < 0 or home == UNKNOWN:
        return
    if not able(today.seed, profile, RECORDS, firm.record_web):
        return
    cell = world.catalogue[item].category * STYLES + world.catalogue[item].style
    if is_shared(me, device):
        if me.cookies == 1:
            seen = LOOKED_AS_OTHER if home == BY_ANOTHER else LOOKED
            leave_trace(world.tape, me, seen, cell, item)
    elif me.cookies == 1:
        record_interest(firm, profile, device, cell, item, 1, today.day)
    if home == BY_MAIL or home == BY_OTHER_MAIL:
        record_interest(firm, profile, home, cell, item, 1, today.day)
        note_look(firm, profile, home, today.day)


@rule
def ask_visitor(me, file, lead, world, office):
    """A box in the shop asks visitors to sign up for the newsletter [B2, B7].

    Who gets it already does not heed the box.
    """
    today, market, a = world.today, world.market, OWN_ADDRESS
    if types_other_address(me, market, lead.about, lead.when, today):
        a = address_on_file(file.profile, OTHER_ADDRESS)
    if is_on_list(me, file.profile) or is_not_asked(me, file.profile, a):
        return
    u = uniform(today.seed, file.profile.number, ASKS_VISITOR, lead.about, lead.when)
    if u >= office.firm.ask_visitors:
        return
    readily = market.visitor_permission_intercept
    if gives_permission(me, market, readily, VISITOR_AGREES, lead.about, lead.when, today):
        subscribe(me, file, a, ev.WEB, lead.about, lead.when, world, office)


@rule
def is_gone_at_once(me, j, lead, world):
    """Chance has brought him, and one look is enough [C1]."""
    if lead.meant == 1:
        return False
    needed, fits = j >= 0, False
    if needed and lead.landing >= 0:
        item, need = world.catalogue[lead.landing], me.needs[j]
        fits = item.category == need.category and item.style == need.style
    return leaves_at_once(me, world.market, needed, fits, lead.about, lead.when, world.today)


@rule
def visit_web(me, file, j, lead, world, office):
    """A visit to the web shop, for need ``j`` or (-1) without one, brought by a Lead: what he
    has in mind is looked for, then all that lies in the basket is ordered, or nothing.

    Returns whether he has looked at the shop at all.
    """
    today, market = world.today, world.market
    device = me.device
    if not has_device_in_hand(lead):
        device = device_for(me, market, lead.about, lead.when, today)
    stays = not is_gone_at_once(me, j, lead, world)
    home = recognise_online(me, file, lead, device, stays, world, office)
    stranger = 1.0 if me.orders_ever == 0 else 0.0
    visit = note(world.tape, today, me, ev.WEB_VISIT, lead.source, stranger)
    visit.seen_as = as_whom(home)
    visit.minute = looks_at(me, market, device, lead.about, lead.when, today)
    visit.order = device
    visit.need = me.needs[j].number if j >= 0 else -1
    if not stays:
        gone = note(world.tape, today, me, ev.LEFT_AT_ONCE, lead.source, 0.0)
        gone.need = visit.need
        return False
    keep_in_mind(me, market.visit_kept_days, FORGETS_VISIT, lead.about, lead.when, today)
    remember(me, market, today.day, market.salience_visit)
    shows = device if home == BY_ANOTHER else home
    fill_front(world.shown, office.firm, file, shows, today.day, today.seed, office.belief)
    count_shown(office.ledger, file.profile, world.shown)
    world.shown.kept = 1 if shows_his_basket(me, world) else 0
    label_tiles(world)
    see_cuts(me, world)
    if j >= 0:
        look_us_up(me, world)
    ask_visitor(me, file, lead, world, office)
    if me.visited_day != today.day:  # the front is news once a day
        me.visited_day = today.day
        glance = market.wake_glance if j >= 0 else 1.0
        first = tile(lead.when, IN_FRONT)
        wake_by_tiles(me, eagerness(me, market) * glance, first, 1, ev.WEB, world)
    if j < 0:
        record_view(me, file, home, device, lead.landing, world, office)
    if look_for_all(me, file, j, lead, home, world, office):
        look_for_the_rest(me, file, j, lead, home, world, office)
        home = pay_for_basket(me, file, j, lead, home, world, office)
    else:
        put_all_off(me, market.attention_gap_days, today)
    leave_basket(me, file, home, world, office)
    return True


@rule
def look_for_all(me, file, j, lead, home, world, office):
    """Looks for what need ``j`` asks for, then for what else is on his mind. Whether he stays."""
    market, today = world.market, world.today
    if j >= 0 and not search_shop(me, file, j, lead, home, world, office):
        return False
    for k in range(me.needs_open):
        if k != j and comes_up(me.needs[k], market.in_mind_days_web, today):
            stays = search_shop(me, file, k, without_link(lead), home, world, office)
            put_off(me.needs[k], market.attention_gap_days, today)
            if not stays:
                return False
    return True


@rule
def look_for_the_rest(me, file, j, lead, home, world, office):
    """And for the further things that go with what he has found, need ``j`` being done with."""
    market, today = world.market, world.today
    for k in range(me.needs_open):
        need = me.needs[k]
        due = need.state == ACTIVE and need.next_day <= today.day
        if k != j and due and need.number >= MORE:
            search_shop(me, file, k, without_link(lead), home, world, office)
            put_off(need, market.attention_gap_days, today)


@rule
def search_shop(me, file, j, lead, home, world, office):
    """Looks for what need ``j`` asks for; the best item found may go into the basket.

    What he has found before he finds again. Where the shop was told elsewhere and does not show
    it, he has to search for it. What is sold out he may miss, and ask for. Whether he stays.
    """
    market, need, device = world.market, me.needs[j], me.device
    come_to(me, need, device, led_by(lead))
    found = sees_it(need, lead.landing, world) or was_handed_over(need, world)
    if not found and told_elsewhere(need, device):
        minutes, patience = market.search_again_minutes, market.patience_web_minutes
        if not do_again(me, need, ev.SEARCHED, ev.WEB, minutes, patience, lead.when, world):
            return False
    elif not found and need.told == 0:
        if not finds_it(me, market, need, False, lead.when, world.today):
            return True
    recover_basket(me, need, device, world)
    take_out_what_is_sold_out(me, need, world)
    if not meet_content(me, file, need, lead.when, world, office):
        return False
    look_for_answer(me, need, world)
    look_at_items(me, need, False, lead.discount, world)
    there = would_take_what_is_there(me, need, lead.discount, world)
    learn_by_looking(me, need, market.progress_step, world)
    tell(need, device)
    see_stock(need, world)
    item, on_show = world.choice.best_item, 1.0 if found else 0.0
    note_need(world.tape, world.today, me, need, ev.ITEM_VIEWED, ev.WEB, item, on_show)
    record_view(me, file, home, device, item, world, office)
    if there:
        fill_basket(me, need, lead, world)
    else:
        ask_to_be_told(me, file, need, home, lead.when, world, office)
    return True


@rule
def see_stock(need, world):
    """The page says whether the store has the item that he likes best, where it says so at all."""
    need.stock = 0
    if world.shown.stock_online == 1:
        carried = world.catalogue[world.choice.best_item].in_store == 1
        need.stock = IS_THERE if carried else IS_NOT


@rule
def led_by(lead):
    """The bit of the touchpoint whose link brought him: a mail, an ad, or none."""
    if lead.address >= 0:
        return ev.BY_MAIL_LINK
    return ev.BY_AD_LINK if lead.paid >= 0 else 0
