"""Where a customer becomes known: web shop, checkout, till, shop floor, sign-up [B1, B7, B12, B13].

The company asks, and makes it easy or not; the customer decides; what he gives is stored under the
identifier he gave (cookie, e-mail address, card) and linked to others where the company links.
"""

from __future__ import annotations

from sim.company.automation import note_birthday, note_permission
from sim.company.contacts import note_sign_of_life
from sim.company.duplicates import address_on_file, compare_cards, issue_new_card
from sim.company.knowledge import (
    LINKS_CLUB,
    LINKS_DEVICE,
    LOOKS_UP,
    RECORDS,
    able,
    carried_out,
    forget_device,
    link,
    linked,
)
from sim.company.shopfront import show_forms
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.log import note, note_order
from sim.core.records import (
    BY_CLUB,
    BY_MAIL,
    BY_OTHER_MAIL,
    IN_STORE,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    RECORD_OF,
    UNKNOWN,
)
from sim.journey.identity import (
    JOINS,
    LOGS_IN,
    LOGS_IN_TO_BUY,
    OPENS_ACCOUNT,
    SHOWS_CARD,
    TELLS_STAFF,
    becomes_known,
    has_card,
    keeps_logged_in,
    membership_dkk,
    says_who_he_is,
    shows_unasked,
    takes_another_card,
    types_other_address,
)
from sim.journey.messages import AGREES, gives_permission

RENEWS = decision("cookie is gone")
ASKED = decision("the company asks for permission")
ASKED_TO_JOIN = decision("the till asks him to join the club")
ASKED_ONLINE = decision("the checkout asks him to open an account")
ASKED_FOR_CARD = decision("the till asks for the card")
ACCOUNTS = decision("the web shop has accounts for this profile", lasting=True)
BY_NUMBER = decision("the till finds this member by his number", lasting=True)
ASKED_BY_STAFF = decision("staff ask him who he is")
STAFF_ACT = 64  # names the action of looking a visitor up, among those across departments


@rule
def recognise_online(me, file, lead, device, world, office):
    """The record under which the web shop knows its visitor; UNKNOWN where it knows nobody.

    A cookie is a device; a log-in, or a linked device or mail link, is a person. Log-ins and links
    last until the cookie is deleted; links are made where the company makes them.
    """
    today, profile, firm = world.today, file.profile, office.firm
    bit = 1 << device
    if uniform(today.seed, me.id, RENEWS, lead.about, lead.when) < world.market.cookie_renewed:
        forget_device(profile, device)
        me.logged_in &= ~bit
    links = me.cookies == 1 and able(today.seed, profile, LINKS_DEVICE, firm.link_device)
    home = record_of_visitor(me, file, lead, device, links, world, office)
    if home == BY_MAIL:
        note_sign_of_life(profile, OWN_ADDRESS, today.day)
        if links:
            link(profile, device)
    if not able(today.seed, profile, RECORDS, firm.record_web):
        return home
    if me.cookies == 1:
        profile.device_seen |= bit
    if home == UNKNOWN and me.cookies == 1:
        return device
    return home


@rule
def record_of_visitor(me, file, lead, device, links, world, office):
    """BY_MAIL, where the visitor is known to be this customer; the record of his other address,
    where a mail sent there led him here; else UNKNOWN."""
    today, profile = world.today, file.profile
    if me.logged_in & 1 << device != 0 or (me.cookies == 1 and linked(profile, device)):
        return BY_MAIL
    offers = able(today.seed, profile, ACCOUNTS, office.firm.accounts)
    if offers and logs_in(me, lead, device, world):
        return BY_MAIL
    if lead.address >= 0 and links:
        return RECORD_OF[address_on_file(profile, lead.address)]
    return UNKNOWN


@rule
def as_whom(home):
    """As whom somebody is known by a record: NOBODY, A_DEVICE or A_PERSON."""
    if home == UNKNOWN:
        return ev.NOBODY
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
    if keeps_logged_in(me, world.market, about, when, world.today):
        me.logged_in |= 1 << device


@rule
def identify_at_checkout(me, file, need, price_dkk, home, lead, world, office):
    """Who has an account may log in to buy: for the bonus, and to type less. His record then.

    What he would have to type is market.checkout_minutes, known it is less.
    """
    today, market = world.today, world.market
    if home == BY_MAIL or me.account == 0:
        return home
    if not able(today.seed, file.profile, ACCOUNTS, office.firm.accounts):
        return home
    saved = (market.checkout_minutes - market.checkout_minutes_known) * me.time_value
    gain = membership_dkk(market, world.terms, price_dkk) + saved
    if not says_who_he_is(
        me, market, gain, market.login_minutes, LOGS_IN_TO_BUY, need.number, lead.when, today
    ):
        return home
    log_in(me, me.device, need.number, lead.when, world)
    link_device(me, file, office, today)
    world.shown.known = 1
    return BY_MAIL


@rule
def link_device(me, file, office, today):
    """A log-in ties the device in hand to the address, where the company stores that."""
    if me.cookies == 1 and able(today.seed, file.profile, LINKS_DEVICE, office.firm.link_device):
        link(file.profile, me.device)


@rule
def address_typed(me, file, home, number, world):
    """The address on an order: the one he is known by, or what he types, mostly his own."""
    if home >= BY_MAIL:
        return OTHER_ADDRESS if home == BY_OTHER_MAIL else OWN_ADDRESS
    if types_other_address(me, world.market, number, 0, world.today):
        return address_on_file(file.profile, OTHER_ADDRESS)
    return OWN_ADDRESS


@rule
def open_account(me, file, order, home, world, office):
    """The checkout asks whoever has none to open an account. The record that he buys under then."""
    today, market, shown, firm = world.today, world.market, world.shown, office.firm
    number = order.number
    if me.account == 1 or not able(today.seed, file.profile, ACCOUNTS, firm.accounts):
        return home
    u = uniform(today.seed, file.profile.number, ASKED_ONLINE, number, 0)
    if u >= firm.ask_to_join:
        return home
    show_forms(shown, firm)
    gain = membership_dkk(market, world.terms, order.paid_oere * 0.01)
    if not becomes_known(
        me, market, gain, market.login_minutes, shown.form_minutes, OPENS_ACCOUNT, number, 0, today
    ):
        return home
    me.account = 1
    note(world.tape, today, me, ev.CLUB_JOINED, ev.WEB, 0.0)
    if keeps_logged_in(me, market, number, today.day, today):
        me.logged_in |= 1 << me.device
    link_device(me, file, office, today)
    return BY_MAIL


@rule
def known_at_till(me, file, number, price_dkk, world, firm):
    """The member shows his card, or says his number, where asked or by himself [B13]."""
    today, market, shown = world.today, world.market, world.shown
    if me.club == 0:
        return False
    u = uniform(today.seed, file.profile.number, ASKED_FOR_CARD, number, 0)
    if u >= firm.ask_for_card and not shows_unasked(me, market, number, 0, today):
        return False
    if not able(today.seed, file.profile, BY_NUMBER, firm.by_number) and not has_card(
        me, market, number, 0, today
    ):
        return False
    show_forms(shown, firm)
    gain = membership_dkk(market, world.terms, price_dkk)
    return says_who_he_is(me, market, gain, shown.name_minutes, SHOWS_CARD, number, 0, today)


@rule
def staff_know(me, file, when, world, office):
    """Staff ask a visitor who he is, he tells them, and they may and can look him up [B11, B12]."""
    today, market, firm, profile = world.today, world.market, office.firm, file.profile
    if me.club == 0 or not able(today.seed, profile, LOOKS_UP, firm.staff_lookup):
        return False
    u = uniform(today.seed, profile.number, ASKED_BY_STAFF, 0, when)
    if u >= firm.staff_ask or not carried_out(firm, today.seed, profile, STAFF_ACT, today.day):
        return False
    show_forms(world.shown, firm)
    return says_who_he_is(
        me, market, market.served_dkk, world.shown.name_minutes, TELLS_STAFF, 0, when, today
    )


@rule
def give_bonus(me, order, world):
    """What a member has bought and kept earns him his bonus; the company books what it will cost.

    What goes back earns nothing, whether it is returned before the bonus is given or after.
    """
    if order.earns_bonus == 0:
        return
    oere = int(order.paid_oere * world.terms.club_bonus_share + 0.5)
    if oere > 0:
        channel = ev.STORE if order.place == IN_STORE else ev.WEB
        note_order(world.tape, world.today, me, order, ev.BONUS_EARNED, channel, oere, 0.0)


@rule
def join_club(me, file, order, world, office):
    """At the till he is asked to join the club; the card makes store purchases his [B13].

    So is a member whose card is at home and who is not found by his number: some take another.
    """
    today, market, shown, firm = world.today, world.market, world.shown, office.firm
    profile = file.profile
    if order.seen_as != ev.A_PERSON:
        u = uniform(today.seed, profile.number, ASKED_TO_JOIN, order.number, 0)
        show_forms(shown, firm)
        gain = membership_dkk(market, world.terms, order.paid_oere * 0.01)
        if u >= firm.ask_to_join:
            pass
        elif me.club == 0 and becomes_known(
            me, market, gain, shown.name_minutes, shown.form_minutes, JOINS, order.number, 0, today
        ):
            take_card(me, file, office, today)
            note(world.tape, today, me, ev.CLUB_JOINED, ev.STORE, 0.0)
        elif me.club == 1 and takes_another_card(me, market, order.number, 0, today):
            issue_new_card(firm, profile, today.seed)
            take_card(me, file, office, today)
            note(world.tape, today, me, ev.CLUB_JOINED, ev.STORE, 1.0)
    if me.club == 1 and able(today.seed, profile, LINKS_CLUB, firm.link_club):
        link(profile, BY_CLUB)
    compare_cards(firm, profile, today.seed)
    ask_permission(me, file, order, world, office)


@rule
def take_card(me, file, office, today):
    """He carries a new card; his name, number and birthday are on the form."""
    me.club = 1
    file.profile.has_phone |= 1 << BY_CLUB
    note_birthday(office.firm, file.profile, me.birthday, today.day)


@rule
def is_not_asked(me, profile, a):
    """Who gets our mails at this address, or has refused them, is not asked for his permission.

    Whose address was given up is not on the list any more and may be asked again.
    """
    return me.refused == 1 or (me.permission & 1 << a != 0 and profile.addresses[a].permission == 1)


@rule
def ask_permission(me, file, order, world, office):
    """The company asks for permission to write to the address given; he agrees or not [B7]."""
    today, market, a = world.today, world.market, order.address
    if is_not_asked(me, file.profile, a):
        return
    u = uniform(today.seed, file.profile.number, ASKED, order.number, 0)
    if u >= office.firm.ask_permission:
        return
    if gives_permission(me, market, market.permission_intercept, AGREES, order.number, 0, today):
        channel = ev.STORE if order.place == IN_STORE else ev.WEB
        subscribe(me, file, a, channel, world, office)


@rule
def subscribe(me, file, a, channel, world, office):
    """He takes our mails at address ``a``."""
    me.permission |= 1 << a
    note_permission(office.firm, file.profile, a, world.today.day)
    note(world.tape, world.today, me, ev.SUBSCRIBED, channel, 0.0)
