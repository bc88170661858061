"""Where a customer becomes known on the web: shop, app and checkout [B1, B2, B7].

The company asks, and makes it easy or not; the customer decides; what he gives is stored under the
identifier he gave (cookie, e-mail address, card) and linked to others where the company links.
"""

from __future__ import annotations

from sim.company.contacts import note_sign_of_life
from sim.company.duplicates import address_on_file, compare_visitor
from sim.company.knowledge import LINKS_DEVICE, RECORDS, able, forget_device, link, linked
from sim.company.shopfront import show_forms
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.log import leave_trace, note
from sim.core.records import (
    AT_PHONE,
    BY_ANOTHER,
    BY_MAIL,
    BY_OTHER_MAIL,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    RECORD_OF,
    UNKNOWN,
)
from sim.encounter.household import FORGOT, LINKED, LOGGED_IN, is_shared
from sim.journey.club import delivery_fee_dkk, fee_for_all_dkk
from sim.journey.identity import (
    LOGS_IN,
    LOGS_IN_TO_BUY,
    OPENS_ACCOUNT,
    becomes_known,
    keeps_logged_in,
    membership_dkk,
    says_who_he_is,
    types_other_address,
)

RENEWS = decision("cookie is gone")
ASKED_ONLINE = decision("the checkout asks him to open an account")
ACCOUNTS = decision("the web shop has accounts for this profile", lasting=True)


@rule
def recognise_online(me, file, lead, device, stays, world, office):
    """The record under which the web shop knows its visitor; UNKNOWN where it knows nobody.

    ``stays``: he looks at the shop, and may log in. A cookie is a device; a log-in, the app, or a
    linked device or mail link, is a person. Log-ins and links last until the cookie is deleted, the
    app stays; links are made where the company makes them.
    """
    today, profile, firm = world.today, file.profile, office.firm
    if uniform(today.seed, me.id, RENEWS, lead.about, lead.when) < world.market.cookie_renewed:
        lose_cookie(me, file, device, world)
    links = me.cookies == 1 and able(today.seed, profile, LINKS_DEVICE, firm.link_device)
    home = record_of_visitor(me, file, lead, device, stays, links, world, office)
    if home == BY_MAIL:
        note_sign_of_life(profile, OWN_ADDRESS, today.day)
        compare_visitor(firm, profile, lead.address, today.seed)
        if links:
            link_device(me, file, device, world)
    if not able(today.seed, profile, RECORDS, firm.record_web):
        return home
    if me.cookies == 1 and not is_shared(me, device):
        profile.device_seen |= 1 << device
    if home == UNKNOWN and me.cookies == 1:
        return device
    return home


@rule
def lose_cookie(me, file, device, world):
    """The cookie on this device is deleted, with what was known and logged in by it."""
    if is_shared(me, device):
        leave_trace(world.tape, me, FORGOT, -1, -1)
        return
    forget_device(file.profile, device)
    me.logged_in &= ~(1 << device)


@rule
def link_device(me, file, device, world):
    """From now on the device and the address are known to be one person's."""
    if is_shared(me, device):
        if not linked(file.profile, device):
            leave_trace(world.tape, me, LINKED, -1, -1)
        return
    link(file.profile, device)


@rule
def record_of_visitor(me, file, lead, device, stays, links, world, office):
    """BY_MAIL, where the visitor is known to be this customer; the record of his other address,
    where a mail sent there led him here; BY_ANOTHER, where he sits at a computer that is known as
    somebody else's; else UNKNOWN."""
    today, profile = world.today, file.profile
    if me.logged_in & 1 << device != 0 or (me.cookies == 1 and linked(profile, device)):
        return BY_MAIL
    if me.app == 1 and device == AT_PHONE:
        return BY_MAIL
    offers = able(today.seed, profile, ACCOUNTS, office.firm.accounts)
    if stays and offers and logs_in(me, lead, device, world):
        return BY_MAIL
    if lead.address >= 0 and links:
        return RECORD_OF[address_on_file(profile, lead.address)]
    if is_shared(me, device) and profile.other_here == 1:
        return BY_ANOTHER
    return UNKNOWN


@rule
def as_whom(home):
    """As whom somebody is known by a record: NOBODY, A_DEVICE, A_PERSON or ANOTHER."""
    if home == UNKNOWN:
        return ev.NOBODY
    if home == BY_ANOTHER:
        return ev.ANOTHER
    return ev.A_PERSON if home >= BY_MAIL else ev.A_DEVICE


@rule
def logs_in(me, lead, device, world):
    """Who has an account logs in where his lists and baskets are worth it to him."""
    today, market = world.today, world.market
    if me.account == 0:
        return False
    if not says_who_he_is(
        me, market, market.account_dkk, market.login_minutes, LOGS_IN, lead.about, lead.when, today
    ):
        return False
    log_in(me, device, lead.about, lead.when, world)
    return True


@rule
def log_in(me, device, about, when, world):
    """He is logged in on this device, and perhaps stays so."""
    note(world.tape, world.today, me, ev.LOGGED_IN, ev.WEB, 0.0)
    stay_logged_in(me, device, about, when, world)


@rule
def stay_logged_in(me, device, about, when, world):
    """He lets the browser remember him, or not; where it does, whoever shares it is logged out."""
    if keeps_logged_in(me, world.market, about, when, world.today):
        me.logged_in |= 1 << device
        if is_shared(me, device):
            leave_trace(world.tape, me, LOGGED_IN, -1, -1)


@rule
def identify_at_checkout(me, file, need, price_dkk, home, lead, world, office):
    """Who has an account may log in to buy: for bonus and fee, and to type less. His record then.

    What he would have to type is market.checkout_minutes, known it is less.
    """
    today, market = world.today, world.market
    if home == BY_MAIL or me.account == 0:
        return home
    if not able(today.seed, file.profile, ACCOUNTS, office.firm.accounts):
        return home
    saved = (market.checkout_minutes - market.checkout_minutes_known) * me.time_value
    saved += fee_for_all_dkk(world.terms, price_dkk) - delivery_fee_dkk(me, world.terms, price_dkk)
    gain = membership_dkk(me, market, world.terms, price_dkk) + saved
    if not says_who_he_is(
        me, market, gain, market.login_minutes, LOGS_IN_TO_BUY, need.number, lead.when, today
    ):
        return home
    log_in(me, me.device, need.number, lead.when, world)
    tie_device(me, file, world, office)
    world.shown.known = 1
    return BY_MAIL


@rule
def tie_device(me, file, world, office):
    """A log-in ties the device in hand to the address, where the company stores that."""
    seed = world.today.seed
    if me.cookies == 1 and able(seed, file.profile, LINKS_DEVICE, office.firm.link_device):
        link_device(me, file, me.device, world)


@rule
def address_typed(me, file, home, number, world):
    """The address on an order: the one he is known by, or what he types, mostly his own."""
    if home >= BY_MAIL and home != BY_ANOTHER:
        return OTHER_ADDRESS if home == BY_OTHER_MAIL else OWN_ADDRESS
    if types_other_address(me, world.market, number, 0, world.today):
        return address_on_file(file.profile, OTHER_ADDRESS)
    return OWN_ADDRESS


@rule
def open_account(me, file, order, price_dkk, home, world, office):
    """The checkout asks whoever has none to open an account. The record that he buys under then."""
    today, market, shown, firm = world.today, world.market, world.shown, office.firm
    number = order.number
    if me.account == 1 or not able(today.seed, file.profile, ACCOUNTS, firm.accounts):
        return home
    u = uniform(today.seed, file.profile.number, ASKED_ONLINE, number, 0)
    if u >= firm.ask_to_join:
        return home
    show_forms(shown, firm)
    gain = membership_dkk(me, market, world.terms, price_dkk)
    if not becomes_known(
        me, market, gain, market.login_minutes, shown.form_minutes, OPENS_ACCOUNT, number, 0, today
    ):
        return home
    me.account = 1
    note(world.tape, today, me, ev.CLUB_JOINED, ev.WEB, 0.0)
    stay_logged_in(me, me.device, number, today.day, world)
    tie_device(me, file, world, office)
    return BY_MAIL
