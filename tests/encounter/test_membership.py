"""Claims about where a customer becomes known in a store: till, shop floor, club and app."""

from __future__ import annotations

import pytest
from people import (
    ID,
    SEED,
    events,
    file,
    firm,
    logit,
    market,
    office,
    order,
    person,
    profile,
    terms,
    today,
    value,
    world,
    written,
)

from sim.company import departments, knowledge
from sim.company.knowledge import record_purchase
from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.events import A_PERSON, NOBODY
from sim.core.records import BY_CLUB, BY_MAIL, BY_OLD_CARD, BY_PHONE, LOOK_UP
from sim.encounter import membership
from sim.encounter.membership import (
    count_purchase,
    give_bonus,
    join_club,
    known_at_till,
    seen_by_beacon,
    show_app,
    staff_know,
)
from sim.journey import identity as says

FOND = {"receipt_dkk": 1e6, "served_dkk": 1e6, "identity_scale_dkk": 1.0}
SHY = {"privacy_dkk": 1e9}


# ---- the till and the shop floor ---------------------------------------------------------------

TILL = {"ask_for_card": 1.0, "by_number": 1.0, "till_minutes": 0.1}


def shown(numbers=None, **about):
    changes = {name: about.pop(name) for name in list(about) if name in TILL}
    me, company = person(**({"club": 1} | about)), firm(**(TILL | changes))
    told = FOND | {"remembers_card": 0.0, "card_along": 0.0} | (numbers or {})
    return known_at_till(me, file(), 44, 500.0, world(market=market(**told)), company)


def test_a_member_is_known_where_he_is_asked_can_say_it_and_finds_it_worth_it():
    assert shown() and not shown(club=0) and not shown(**SHY)
    assert not shown(ask_for_card=0.0)
    assert shown({"remembers_card": 1.0}, ask_for_card=0.0), "he thinks of it himself"
    assert not shown(by_number=0.0), "the card lies at home"
    assert shown({"card_along": 1.0}, by_number=0.0)
    assert shown(app=1, by_number=0.0), "the card is in the app"
    assert not shown(app=1, club=0) and not shown(app=1, ask_for_card=0.0)


def test_a_card_is_found_by_number_for_a_lasting_share_and_else_along_for_a_share_of_purchases():
    u = uniform(SEED, 3, membership.BY_NUMBER, 0, 0)
    assert shown(by_number=u + 1e-9) and not shown(by_number=u - 1e-9)
    v = uniform(SEED, ID, says.HAS_CARD, 44, 0)
    for share, along in ((v + 1e-9, True), (v - 1e-9, False)):
        assert shown({"card_along": share}, by_number=0.0) == along
    w = uniform(SEED, ID, says.UNASKED, 44, 0)
    for share, unasked in ((w + 1e-9, True), (w - 1e-9, False)):
        assert shown({"remembers_card": share}, ask_for_card=0.0) == unasked


def test_minutes_at_the_till_are_weighed_against_the_bonus():
    plain = {"receipt_dkk": 0.0, "identity_scale_dkk": 0.01}  # the bonus is 10 DKK
    assert shown(plain, till_minutes=4.0, time_value=2.0)
    assert not shown(plain, till_minutes=6.0, time_value=2.0)


def test_trust_makes_it_easier_to_say_who_one_is():
    u = uniform(SEED, ID, says.SHOWS_CARD, 44, 0)
    even = {"receipt_dkk": -10.0, "identity_scale_dkk": 1e9, "identity_trust": 20.0}
    assert 0.001 < u < 0.999 and shown(even, trust=1.0) and not shown(even, trust=0.0)


def test_whether_he_is_asked_for_his_card_is_drawn_for_each_purchase():
    u = uniform(SEED, 3, membership.ASKED_FOR_CARD, 44, 0)
    assert shown(ask_for_card=u + 1e-9) and not shown(ask_for_card=u - 1e-9)


STAFF = {"staff_ask": 1.0, "staff_lookup": 1.0, "shared_targets": 1.0}


def knows(numbers=None, about=None, when=640, **changes):
    around = world(market=market(**(FOND | (numbers or {}))))
    me, company = person(**({"club": 1} | (about or {}))), firm(**(STAFF | changes))
    return staff_know(me, file(), when, around, office(company))


def test_staff_know_who_tells_them_where_they_ask_look_and_may():
    assert knows() and not knows(about={"club": 0}) and not knows(about=SHY)
    assert not knows(till_minutes=1e9), "it takes too long"
    assert knows(about={"club": 0, "app": 1}, beacons=0.0), "who has the app may be asked"
    for name in STAFF:
        assert not knows(**{name: 0.0})


@pytest.mark.parametrize("when", [640, 641])
def test_whether_staff_ask_and_whether_he_says_it_is_drawn_for_each_visit(when):
    u = uniform(SEED, 3, membership.ASKED_BY_STAFF, 0, when)
    assert knows(staff_ask=u + 1e-9, when=when) and not knows(staff_ask=u - 1e-9, when=when)
    at = logit(uniform(SEED, ID, says.TELLS_STAFF, 0, when))
    for more, told in ((1e-6, True), (-1e-6, False)):
        worth = {"served_dkk": 2.0 * 0.5 + 4.0 + 4.0 * at + more, "identity_scale_dkk": 4.0}
        about = {"time_value": 2.0, "privacy_dkk": 4.0}
        assert knows(worth, about, when, till_minutes=0.5) == told


def test_looking_him_up_is_an_action_that_on_some_visits_is_not_carried_out():
    u = uniform(SEED, 3, departments.TOLD, LOOK_UP, 640)
    assert knows(shared_targets=u + 1e-9) and not knows(shared_targets=u - 1e-9)
    v = uniform(SEED, 3, knowledge.LOOKS_UP, 0, 0)
    assert knows(staff_lookup=v + 1e-9) and not knows(staff_lookup=v - 1e-9)


def test_a_beacon_hears_the_app_at_the_door_of_a_lasting_share_of_people():
    u = uniform(SEED, 3, membership.BEACONS, 0, 0)
    for day in (100, 101):
        for share, heard in ((u + 1e-9, True), (u - 1e-9, False)):
            one, now = file(), today(day)
            assert seen_by_beacon(person(app=1), one, office(firm(beacons=share)), now) == heard
            assert not seen_by_beacon(person(app=0), one, office(firm(beacons=share)), now)


def test_whom_a_beacon_has_heard_need_not_be_asked_but_still_be_looked_up():
    carries = {"about": SHY | {"app": 1, "club": 0}, "beacons": 1.0}
    assert knows(staff_ask=0.0, **carries)
    assert not knows(staff_ask=0.0, **(carries | {"beacons": 0.0}))
    for name in ("staff_lookup", "shared_targets"):
        assert not knows(**carries, **{name: 0.0})
    no_app = {"about": SHY | {"club": 1}, "beacons": 1.0}
    assert not knows(staff_ask=0.0, **no_app)


def at_the_till(one=None, asks=1.0, numbers=None, form=1.0, seen_as=NOBODY, company=None, **about):
    me, one = person(**about), one or profile()
    told = FOND | {"permission_intercept": 90.0, "another_card": 0.0} | (numbers or {})
    around = world(market=market(**told))
    rules = {"ask_permission": 1.0, "ask_to_join": asks, "link_club": 1.0, "join_minutes": form}
    books = office(firm(**(rules | {"find_duplicates": 0.0, "offer_app": 0.0} | (company or {}))))
    join_club(me, file(one), order(paid_oere=50_000, seen_as=seen_as), around, books)
    return me, one, around


def joined(**told):
    me, one, around = at_the_till(**told)
    return me, one, written(around.tape)


def test_the_club_is_joined_at_the_till_and_gives_card_number_and_link():
    me, one, told = joined(birthday=40)
    assert one.birthday == 40, "it stands on the form"
    assert (me.club, one.has_phone, one.linked) == (1, 1 << BY_CLUB, 1 << BY_CLUB)
    assert told == [ev.CLUB_JOINED, ev.SUBSCRIBED]
    me, one, told = joined(asks=0.0)
    assert (me.club, one.has_phone, one.linked, told) == (0, 0, 0, [ev.SUBSCRIBED])
    assert joined(**SHY)[0].club == 0
    assert joined(birthday=40, **SHY)[1].birthday == -1
    assert joined(club=1)[2] == [ev.SUBSCRIBED]
    assert value(events(at_the_till()[2].tape, ev.CLUB_JOINED)[0], "value") == 0


def test_the_form_of_a_new_card_adds_to_what_is_on_file():
    _, one, _ = joined(one=profile(has_phone=1 << BY_MAIL, linked=1 << BY_PHONE))
    assert one.has_phone == 1 << BY_MAIL | 1 << BY_CLUB
    assert one.linked == 1 << BY_PHONE | 1 << BY_CLUB


def carrier(company=None, link_club=0.0, links=1 << BY_CLUB, **told):
    """A member with a purchase under his card, at the till without it."""
    one = profile(has_phone=1 << BY_CLUB, linked=links)
    record_purchase(firm(), one, BY_CLUB, 4, 16, 50)
    rules = {"link_club": link_club} | (company or {})
    _, one, around = at_the_till(one, company=rules, **({"club": 1, "birthday": 40} | told))
    cards = [s for s in (BY_CLUB, BY_OLD_CARD) if one.silos[s].live.buy_cell == 4]
    return cards, one, around


def test_a_member_without_his_card_takes_another_for_a_share_of_purchases():
    u = uniform(SEED, ID, says.ANOTHER, order().number, 0)
    for share, cards in ((u + 1e-9, [BY_OLD_CARD]), (u - 1e-9, [BY_CLUB])):
        assert carrier(numbers={"another_card": share})[0] == cards


def test_another_card_is_a_new_form_and_the_old_record_stays_behind_with_its_link():
    cards, one, around = carrier(numbers={"another_card": 1.0})
    assert cards == [BY_OLD_CARD] and one.linked == 1 << BY_OLD_CARD
    assert one.has_phone == 1 << BY_CLUB | 1 << BY_OLD_CARD and one.birthday == 40
    assert written(around.tape) == [ev.CLUB_JOINED, ev.SUBSCRIBED]
    told = events(around.tape, ev.CLUB_JOINED)[0]
    assert (value(told, "channel"), value(told, "value")) == (ev.STORE, 1)
    both = carrier(numbers={"another_card": 1.0}, link_club=1.0)[1]
    assert both.linked == 1 << BY_CLUB | 1 << BY_OLD_CARD, "the new one is linked like any"


def test_another_card_of_a_member_who_is_found_by_name_and_number_is_the_same_record():
    cards, one, around = carrier({"find_duplicates": 1.0}, numbers={"another_card": 1.0})
    assert cards == [BY_CLUB] and (one.linked, one.has_phone) == (1 << BY_CLUB, 1 << BY_CLUB)
    assert ev.CLUB_JOINED in written(around.tape)


@pytest.mark.parametrize("spared", [{"seen_as": A_PERSON}, {"asks": 0.0}])
def test_who_showed_his_card_or_is_not_asked_to_join_takes_no_other(spared):
    cards, one, around = carrier(numbers={"another_card": 1.0}, **spared)
    assert cards == [BY_CLUB] and one.linked == 1 << BY_CLUB and one.birthday == -1
    assert written(around.tape) == [ev.SUBSCRIBED]


def test_a_first_card_is_no_other_card_and_leaves_nothing_behind():
    cards, _, around = carrier(numbers={"another_card": 1.0}, club=0)
    assert cards == [BY_CLUB]
    assert value(events(around.tape, ev.CLUB_JOINED)[0], "value") == 0
    shy = carrier(numbers={"another_card": 1.0}, club=0, **SHY)
    assert shy[0] == [BY_CLUB] and ev.CLUB_JOINED not in written(shy[2].tape)


def test_two_cards_are_compared_at_the_till():
    one = profile(has_phone=1 << BY_CLUB | 1 << BY_OLD_CARD)
    record_purchase(firm(), one, BY_OLD_CARD, 4, 16, 50)
    for finds, cell in ((0.0, -1), (1.0, 4)):
        at_the_till(one, club=1, company={"find_duplicates": finds})
        assert one.silos[BY_CLUB].live.buy_cell == cell


def test_who_is_asked_at_the_till_is_drawn_anew_for_every_purchase():
    u = uniform(SEED, 3, membership.ASKED_TO_JOIN, order().number, 0)
    assert joined(asks=u + 1e-9)[0].club == 1 and joined(asks=u - 1e-9)[0].club == 0


def test_the_form_at_the_till_is_weighed_against_the_bonus_of_that_price():
    plain = {"receipt_dkk": 0.0, "identity_scale_dkk": 0.01, "purchases_expected": 0.0}
    about = {"time_value": 2.0, "privacy_dkk": 1.0}  # the bonus is 10 DKK
    assert joined(numbers=plain, form=4.0, **about)[0].club == 1
    assert joined(numbers=plain, form=5.0, **about)[0].club == 0


def test_a_bonus_is_rounded_to_whole_oere_and_none_is_told_of_nothing():
    for paid, share, oere in ((333, 0.02, [7]), (324, 0.02, [6]), (50, 0.02, [1]), (333, 0.0, [])):
        around = world(terms=terms(club_bonus_share=share))
        give_bonus(person(), order(paid_oere=paid, earns_bonus=1), around)
        told = events(around.tape, ev.BONUS_EARNED)
        assert [value(event, "amount_oere") for event in told] == oere
        assert all(value(event, "value") == 0 for event in told)


def test_a_bonus_is_told_by_the_channel_of_its_purchase_and_only_where_it_is_due():
    for place, channel in ((0, ev.WEB), (1, ev.WEB), (2, ev.STORE)):
        for due in (0, 1):
            around = world()
            give_bonus(person(), order(place=place, earns_bonus=due), around)
            told = events(around.tape, ev.BONUS_EARNED)
            assert [value(event, "channel") for event in told] == [channel] * due
            assert [value(event, "order") for event in told] == [44] * due


# ---- the app -------------------------------------------------------------------------------------

WANTS_APP = {"app_dkk": 1e6, "app_minutes": 0.0, "identity_scale_dkk": 1.0, "allows_push": 0.0}


def offered_app(numbers=None, place=2, one=None, number=44, company=None, **about):
    """Somebody is shown the app at an order; he, what is on file, the world."""
    me, one = person(**({"club": 1} | about)), one or profile()
    around = world(market=market(**(WANTS_APP | (numbers or {}))))
    books = office(firm(**({"offer_app": 1.0, "ask_to_join": 1.0} | (company or {}))))
    show_app(me, file(one), order(place=place, number=number), around, books)
    return me, one, around


def installs(**told):
    return written(offered_app(**told)[2].tape) == [ev.APP_INSTALLED]


def test_the_app_is_his_account_and_ties_his_phone_to_his_address_and_his_card():
    me, one, _ = offered_app()
    assert (me.app, me.account, me.club) == (1, 1, 1)
    assert one.linked == 1 << BY_PHONE | 1 << BY_CLUB and one.has_phone == 1 << BY_MAIL
    held = profile(linked=1, has_phone=1 << BY_CLUB)
    me, one, _ = offered_app(one=held, club=0, account=1)
    assert (me.app, me.account, me.club) == (1, 1, 0)
    assert one.linked == 1 | 1 << BY_PHONE, "he has no card"
    assert one.has_phone == 1 << BY_CLUB | 1 << BY_MAIL, "the form adds to what is on file"


def test_the_app_is_installed_where_it_was_shown():
    for place, channel in ((0, ev.WEB), (1, ev.WEB), (2, ev.STORE)):
        (told,) = events(offered_app(place=place)[2].tape, ev.APP_INSTALLED)
        assert (value(told, "channel"), value(told, "value")) == (channel, 0)


def test_the_app_is_shown_to_members_and_who_has_an_account_until_they_have_it():
    assert installs(club=1) and installs(club=0, account=1)
    assert not installs(club=0, account=0)
    assert not installs(app=1) and not installs(app=1, account=1)


def test_who_does_not_install_the_app_stays_as_he_was():
    for cause in ({"numbers": {"app_dkk": -1e6}}, {"company": {"ask_to_join": 0.0}}):
        me, one, around = offered_app(**cause)
        assert (me.app, me.account, one.linked, one.has_phone) == (0, 0, 0, 0)
        assert written(around.tape) == []


@pytest.mark.parametrize("number", [44, 45])
def test_whether_he_is_shown_the_app_is_drawn_for_each_purchase(number):
    u = uniform(SEED, 3, membership.ASKED_TO_INSTALL, number, 0)
    assert installs(number=number, company={"ask_to_join": u + 1e-9})
    assert not installs(number=number, company={"ask_to_join": u - 1e-9})


def test_the_company_has_an_app_for_a_lasting_share_of_people():
    u = uniform(SEED, 3, membership.OFFERS_APP, 0, 0)
    for number in (44, 45):
        assert installs(number=number, company={"offer_app": u + 1e-9})
        assert not installs(number=number, company={"offer_app": u - 1e-9})


@pytest.mark.parametrize("number", [44, 45])
def test_the_app_is_worth_its_privacy_each_time_and_the_minutes_to_install_it_once(number):
    at = logit(uniform(SEED, ID, says.INSTALLS, number, 0))
    about = {"time_value": 2.0, "privacy_dkk": 5.0, "number": number}
    worth = {"identity_scale_dkk": 4.0, "purchases_expected": 3.0, "app_minutes": 1.5}
    each = (4.0 * at + 1.5 * 2.0) / (1.0 + 3.0) + 5.0
    assert installs(numbers=worth | {"app_dkk": each + 1e-6}, **about)
    assert not installs(numbers=worth | {"app_dkk": each - 1e-6}, **about)


def test_who_joins_at_the_till_is_shown_the_app_and_its_card_is_linked_even_if_no_other_is():
    wants = {"numbers": WANTS_APP, "company": {"offer_app": 1.0, "link_club": 0.0}}
    me, one, told = joined(**wants)
    assert told == [ev.CLUB_JOINED, ev.APP_INSTALLED, ev.SUBSCRIBED]
    assert (me.app, one.linked) == (1, 1 << BY_PHONE | 1 << BY_CLUB)
    me, _, told = joined(asks=0.0, **wants)
    assert (me.club, me.app, told) == (0, 0, [ev.SUBSCRIBED]), "who is no member is not shown it"


# ---- tiers -----------------------------------------------------------------------------------

TIERS = {"n_tiers": 2, "tier_from_dkk": [400.0, 5000.0, 0.0], "record_purchase": 1.0}


def counted(me=None, earns=1, **changes):
    me, one, around = me or person(), profile(), world()
    bought = order(earns_bonus=earns, place=2)
    count_purchase(me, file(one), bought, around, office(firm(**(TIERS | changes))))
    return me, one, around.tape


def test_a_members_purchase_counts_and_the_receipt_says_how_he_stands():
    me, one, on = counted()
    assert (me.tier, one.tier, me.to_next_dkk) == (1, 1, 4500)
    (told,) = events(on, ev.TIER_REACHED)
    assert value(told, "value") == 1.0
    me, _, on = counted(me=person(tier=1))
    assert me.tier == 1 and written(on) == [], "nothing new"


def test_who_is_not_known_or_not_on_record_gets_no_nearer():
    for nothing in ({"earns": 0}, {"record_purchase": 0.0}):
        me, one, on = counted(**nothing)
        assert (me.tier, one.tier, me.to_next_dkk) == (0, 0, 0) and written(on) == []


def test_a_tiers_bonus_is_what_is_earned():
    offer = terms(club_bonus_share=0.02, n_tiers=1, tier_bonus=[0.05, 0.0, 0.0])
    for tier, oere in ((0, 1000), (1, 2500)):
        around = world(terms=offer)
        give_bonus(person(tier=tier), order(earns_bonus=1), around)
        assert value(around.tape.log[0], "amount_oere") == oere
