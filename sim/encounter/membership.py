"""Where a customer becomes known in a store: the till, the shop floor, the club and its app
[B1, B7, B12, B13].

The company asks, and makes it easy or not; the customer decides; what he gives is stored under
his card and linked to the address where the company links.
"""

from __future__ import annotations

from sim.company.automation import note_birthday
from sim.company.club import BY_ACCOUNT, BY_CARD, count_for_tier, missing_dkk
from sim.company.duplicates import compare_cards, issue_new_card
from sim.company.knowledge import LINKS_CLUB, LOOKS_UP, RECORDS_SALE, able, link
from sim.company.shopfront import show_forms
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.log import note, note_order
from sim.core.records import AT_PHONE, BY_APP, BY_CLUB, BY_MAIL, IN_STORE, LOOK_UP
from sim.encounter.acts import does_for_others
from sim.encounter.consent import ask_permission, take_way
from sim.journey.club import bonus_share
from sim.journey.identity import (
    INSTALLS,
    JOINS,
    SHOWS_CARD,
    TELLS_STAFF,
    becomes_known,
    has_card,
    membership_dkk,
    says_who_he_is,
    shows_unasked,
    takes_another_card,
)
from sim.journey.messages import allows_push

ASKED_TO_JOIN = decision("the till asks him to join the club")
ASKED_FOR_CARD = decision("the till asks for the card")
ASKED_TO_INSTALL = decision("a member is shown the app")
OFFERS_APP = decision("the company has an app for this profile", lasting=True)
BY_NUMBER = decision("the till finds this member by his number", lasting=True)
BEACONS = decision("this member's store has beacons", lasting=True)
ASKED_BY_STAFF = decision("staff ask him who he is")


@rule
def known_at_till(me, file, number, price_dkk, world, firm):
    """The member shows his card, or says his number, where asked or by himself [B13]."""
    today, market, shown = world.today, world.market, world.shown
    if me.club == 0:
        return False
    u = uniform(today.seed, file.profile.number, ASKED_FOR_CARD, number, 0)
    if u >= firm.ask_for_card and not shows_unasked(me, market, number, 0, today):
        return False
    at_hand = me.app == 1 or able(today.seed, file.profile, BY_NUMBER, firm.by_number)
    if not at_hand and not has_card(me, market, number, 0, today):
        return False
    show_forms(shown, firm)
    gain = membership_dkk(me, market, world.terms, price_dkk)
    return says_who_he_is(me, market, gain, shown.name_minutes, SHOWS_CARD, number, 0, today)


@rule
def staff_know(me, file, when, world, office):
    """Staff ask a visitor who he is, or his phone has said so at the door; they may and can look
    him up [B11, B12]."""
    today, market, firm, profile = world.today, world.market, office.firm, file.profile
    if me.club == 0 and me.app == 0:
        return False
    if not able(today.seed, profile, LOOKS_UP, firm.staff_lookup):
        return False
    if not does_for_others(me, file, LOOK_UP, 0.0, when, world, office):
        return False
    if seen_by_beacon(me, file, office, today):
        return True
    u = uniform(today.seed, profile.number, ASKED_BY_STAFF, 0, when)
    if u >= firm.staff_ask:
        return False
    show_forms(world.shown, firm)
    return says_who_he_is(
        me, market, market.served_dkk, world.shown.name_minutes, TELLS_STAFF, 0, when, today
    )


@rule
def seen_by_beacon(me, file, office, today):
    """A beacon at the door hears the app that he carries [B12]."""
    return me.app == 1 and able(today.seed, file.profile, BEACONS, office.firm.beacons)


@rule
def give_bonus(me, order, world):
    """What a member has bought and kept earns him his bonus; the company books what it will cost.

    What goes back earns nothing, whether it is returned before the bonus is given or after.
    """
    if order.earns_bonus == 0:
        return
    oere = int(order.paid_oere * bonus_share(me, world.terms) + 0.5)
    if oere > 0:
        channel = ev.STORE if order.place == IN_STORE else ev.WEB
        note_order(world.tape, world.today, me, order, ev.BONUS_EARNED, channel, oere, 0.0)


@rule
def counted_under(order):
    """The record under which a member's purchase counts for his tier."""
    return BY_CARD if order.place == IN_STORE else BY_ACCOUNT


@rule
def count_purchase(me, file, order, world, office):
    """What a member has bought counts for his tier, where it is on record; the receipt says how he
    stands."""
    today, firm, profile = world.today, office.firm, file.profile
    if order.earns_bonus == 0 or not able(today.seed, profile, RECORDS_SALE, firm.record_purchase):
        return
    under = counted_under(order)
    count_for_tier(firm, profile, under, order.paid_oere * 0.01, today.day)
    if profile.tier != me.tier:
        tier = float(profile.tier)
        note_order(world.tape, today, me, order, ev.TIER_REACHED, ev.NONE, 0, tier)
    me.tier = profile.tier
    me.to_next_dkk = missing_dkk(firm, profile, under)


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
        gain = membership_dkk(me, market, world.terms, order.paid_oere * 0.01)
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
    show_app(me, file, order, world, office)
    ask_permission(me, file, order, world, office)


@rule
def take_card(me, file, office, today):
    """He carries a new card; his name, number and birthday are on the form."""
    me.club = 1
    file.profile.has_phone |= 1 << BY_CLUB
    note_birthday(office.firm, file.profile, me.birthday, today.day)


@rule
def show_app(me, file, order, world, office):
    """Who is a member or has an account is shown the app, and may install it.

    It is his card, stays logged in, and knows that the card and the account are one person's.
    """
    today, market, firm, profile = world.today, world.market, office.firm, file.profile
    if me.app == 1 or (me.club == 0 and me.account == 0):
        return
    if not able(today.seed, profile, OFFERS_APP, firm.offer_app):
        return
    if uniform(today.seed, profile.number, ASKED_TO_INSTALL, order.number, 0) >= firm.ask_to_join:
        return
    if not becomes_known(
        me, market, market.app_dkk, 0.0, market.app_minutes, INSTALLS, order.number, 0, today
    ):
        return
    me.app = me.account = 1
    channel = ev.STORE if order.place == IN_STORE else ev.WEB
    note(world.tape, today, me, ev.APP_INSTALLED, channel, 0.0)
    if allows_push(me, market, order.number, today):
        take_way(me, profile, BY_APP, channel, world)
    profile.has_phone |= 1 << BY_MAIL
    link(profile, AT_PHONE)
    if me.club == 1:
        link(profile, BY_CLUB)
