"""Claims about where a customer becomes known, and what it takes."""

from __future__ import annotations

import pytest
from people import (
    ID,
    SEED,
    events,
    file,
    firm,
    flow,
    market,
    office,
    order,
    own,
    person,
    profile,
    terms,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.events import A_DEVICE, A_PERSON, NOBODY
from sim.core.records import (
    ACTIVE,
    BY_CLUB,
    BY_COMPUTER,
    BY_MAIL,
    BY_OTHER_MAIL,
    BY_PHONE,
    NEVER,
    UNKNOWN,
)
from sim.encounter import identity
from sim.encounter.identity import (
    as_whom,
    ask_permission,
    give_bonus,
    identify_at_checkout,
    join_club,
    known_at_till,
    open_account,
    recognise_online,
    staff_know,
)
from sim.encounter.occasions import Lead
from sim.journey import identity as says

near = pytest.approx

NEED = {"state": ACTIVE, "number": 11, "category": 1, "style": 1, "dies": NEVER, "place": -1}
CALM = {"cookie_renewed": 0.0, "account_dkk": -1e6, "identity_scale_dkk": 1.0}
CALM |= {"stays_logged_in": 0.0}
OPEN = {"record_web": 1.0, "link_device": 1.0, "ask_visitors": 0.0, "ask_permission": 0.0}
FOND = {"account_dkk": 1e6, "receipt_dkk": 1e6, "served_dkk": 1e6, "identity_scale_dkk": 1.0}
SHY = {"privacy_dkk": 1e9}


def came(source=ev.DIRECT, landing=-1, paid=-1, discount=0.0, about=12, when=640):
    address = 0 if source == ev.EMAIL else -1
    return Lead(source, landing, paid, discount, about, when, address)


# ---- as whom he is known -----------------------------------------------------------------------


def known(one=None, source=ev.DIRECT, device=1, company=None, numbers=None, **about):
    me, one = person(**({"cookies": 1} | about)), one or profile()
    around = world(market=market(**(CALM | (numbers or {}))))
    books = office(company or firm(**OPEN))
    home = recognise_online(me, file(one), came(source), device, around, books)
    return as_whom(home), one


def test_a_cookie_is_a_device_and_without_one_he_is_nobody():
    assert known()[0] == A_DEVICE and known()[1].device_seen == 2
    seen_as, one = known(cookies=0)
    assert (seen_as, one.device_seen) == (NOBODY, 0)


def test_a_linked_device_a_mail_and_a_login_are_a_person():
    assert known(profile(linked=2))[0] == A_PERSON
    assert known(profile(linked=1))[0] == A_DEVICE
    assert known(profile(linked=2), cookies=0)[0] == NOBODY
    seen_as, one = known(source=ev.EMAIL)
    assert (seen_as, one.linked) == (A_PERSON, 2)
    seen_as, one = known(numbers=FOND, account=1)
    assert (seen_as, one.linked) == (A_PERSON, 2)


def test_links_are_made_only_where_the_company_makes_them_and_he_accepts_cookies():
    loose = firm(**(OPEN | {"link_device": 0.0}))
    assert known(source=ev.EMAIL, company=loose)[0] == A_DEVICE
    seen_as, one = known(numbers=FOND, account=1, company=loose)
    assert (seen_as, one.linked) == (A_PERSON, 0)
    assert known(source=ev.EMAIL, cookies=0)[0] == NOBODY


def test_a_shop_that_records_nothing_knows_only_who_says_who_he_is():
    blind = firm(**(OPEN | {"record_web": 0.0}))
    seen_as, one = known(company=blind)
    assert (seen_as, one.device_seen) == (NOBODY, 0)
    assert known(numbers=FOND, account=1, company=blind)[0] == A_PERSON


def test_a_deleted_cookie_forgets_the_device():
    one = profile(linked=2, device_seen=2)
    u = uniform(SEED, ID, identity.RENEWS, 12, 640)
    assert known(one, numbers={"cookie_renewed": u - 1e-9})[0] == A_PERSON
    assert known(one, numbers={"cookie_renewed": u + 1e-9})[0] == A_DEVICE


def test_a_log_in_is_a_sign_of_life_under_the_address_and_a_cookie_is_not():
    for linked, heard in ((2, 100), (0, 0)):
        one = profile(linked=linked, device_seen=2)
        known(one)
        assert own(one).heard_day == heard


# ---- permission and club -----------------------------------------------------------------------


def asked(rule=ask_permission, asks=1.0, willing=90.0, listed=0, **about):
    me, one = person(**about), profile(permission=listed)
    around = world(market=market(permission_intercept=willing))
    rule(me, file(one), order(), around, office(firm(ask_permission=asks, link_club=1.0)))
    return me, one, written(around.tape)


def test_permission_is_given_by_who_is_asked_and_willing_and_has_not_refused():
    me, one, told = asked()
    assert (me.permission, own(one).permission, told) == (1, 1, [ev.SUBSCRIBED])
    assert own(one).flow_day[flow("welcome")] == own(one).next_flow_day == 101
    for told in ({"asks": 0.0}, {"willing": -90.0}, {"refused": 1}):
        assert own(asked(**told)[1]).permission == 0
    assert asked(permission=1, listed=1)[2] == []


def test_who_was_struck_off_the_list_may_be_asked_again():
    me, one, told = asked(permission=1, listed=0)
    assert (me.permission, own(one).permission, told) == (1, 1, [ev.SUBSCRIBED])
    assert asked(permission=1, refused=1)[2] == []


def test_permission_is_told_by_where_it_was_given():
    for place, channel in ((0, ev.WEB), (1, ev.WEB), (2, ev.STORE)):
        around = world(market=market(permission_intercept=90.0))
        ask_permission(person(), file(), order(place=place), around, office(firm(ask_permission=1)))
        told = around.tape.log[0]
        assert (value(told, "channel"), value(told, "value")) == (channel, 0)


def test_whether_he_is_asked_is_drawn_for_each_purchase():
    u = uniform(SEED, 3, identity.ASKED, order().number, 0)
    assert asked(asks=u + 1e-9)[0].permission == 1 and asked(asks=u - 1e-9)[0].permission == 0


# ---- log-ins -----------------------------------------------------------------------------------


def test_a_log_in_that_the_browser_keeps_is_known_again_until_the_cookie_is_gone():
    kept = {"stays_logged_in": 1.0} | FOND
    me, one = person(account=1, cookies=1), profile()
    here = office(firm(**OPEN))

    def visit(numbers, device=1):
        around = world(market=market(**(CALM | numbers)))
        return recognise_online(me, file(one), came(), device, around, here), written(around.tape)

    assert visit(kept) == (BY_MAIL, [ev.LOGGED_IN]) and me.logged_in == 2
    unwilling = kept | {"account_dkk": -1e6}
    assert visit(unwilling) == (BY_MAIL, []), "nobody asks him again"
    one.linked = 0
    assert visit(unwilling)[0] == BY_MAIL and visit(unwilling, device=0)[0] == BY_COMPUTER
    one.linked = 0
    assert visit(unwilling | {"cookie_renewed": 1.0})[0] == BY_PHONE and me.logged_in == 0


def test_who_has_no_account_or_finds_it_not_worth_it_does_not_log_in():
    assert known(numbers=FOND)[0] == A_DEVICE
    assert known(numbers=FOND, account=1, **SHY)[0] == A_DEVICE


def checkout(home=UNKNOWN, company=None, numbers=None, **about):
    me, one = person((NEED,), **({"account": 1, "cookies": 1, "device": 1} | about)), profile()
    around = world(market=market(**(FOND | {"stays_logged_in": 0.0} | (numbers or {}))))
    books = office(company or firm(**OPEN))
    found = identify_at_checkout(me, file(one), me.needs[0], 500.0, home, came(), around, books)
    return found, me, one, around


def test_at_the_checkout_he_logs_in_for_what_it_brings():
    found, me, one, around = checkout()
    assert (found, one.linked, around.shown.known) == (BY_MAIL, 2, 1)
    assert written(around.tape) == [ev.LOGGED_IN] and me.logged_in == 0
    assert checkout(numbers={"stays_logged_in": 1.0})[1].logged_in == 2
    assert checkout(company=firm(**(OPEN | {"link_device": 0.0})))[2].linked == 0
    for stays in ({"account": 0}, SHY):
        for home in (UNKNOWN, BY_COMPUTER, BY_PHONE, BY_OTHER_MAIL):
            assert checkout(home, **stays)[0] == home
    assert checkout(BY_MAIL)[3].tape.buffers.events == 0, "he is known already"
    assert checkout(BY_OTHER_MAIL)[0] == BY_MAIL, "the account is his own address's"


def test_the_bonus_and_less_to_type_are_weighed_against_the_log_in_and_privacy():
    plain = {"receipt_dkk": 0.0, "identity_scale_dkk": 0.01, "login_minutes": 1.0}
    plain |= {"checkout_minutes": 6.0, "checkout_minutes_known": 2.0}
    for privacy, found in ((13.9, BY_MAIL), (14.1, UNKNOWN)):  # 10 + (6 - 2) x 1.5 - 1 x 1.5
        about = {"time_value": 1.5, "privacy_dkk": privacy + 0.5}
        told = checkout(numbers=plain, **about)
        assert told[0] == found
        assert [value(event, "value") for event in told[3].tape.log[:1]] == [0.0]


def opened(asks=1.0, numbers=None, form=1.0, offer=None, one=None, **about):
    me, one = person(**about), one or profile()
    around = world(market=market(**(FOND | (numbers or {}))), terms=offer or terms())
    books = office(firm(**(OPEN | {"ask_to_join": asks, "join_minutes": form})))
    return open_account(me, file(one), order(), UNKNOWN, around, books), me, around


def test_who_opens_an_account_is_logged_in_and_the_device_is_linked():
    for stays, kept in ((0.0, 0), (1.0, 2)):
        one = profile()
        _, me, around = opened(numbers={"stays_logged_in": stays}, one=one, cookies=1, device=1)
        assert (me.logged_in, one.linked) == (kept, 2)
        assert value(events(around.tape, ev.CLUB_JOINED)[0], "value") == 0


def test_whether_the_checkout_asks_is_drawn_for_each_order():
    u = uniform(SEED, 3, identity.ASKED_ONLINE, 44, 0)
    assert opened(asks=u + 1e-9)[0] == BY_MAIL and opened(asks=u - 1e-9)[0] == UNKNOWN


def test_a_shop_without_accounts_asks_nobody_and_logs_nobody_in():
    plain = firm(**(OPEN | {"accounts": 0.0}))
    assert checkout(company=plain)[0] == UNKNOWN
    assert known(numbers=FOND, account=1, company=plain)[0] == A_DEVICE
    me, around = person(), world(market=market(**FOND))
    company = office(firm(**(OPEN | {"accounts": 0.0, "ask_to_join": 1.0})))
    assert open_account(me, file(), order(), BY_PHONE, around, company) == BY_PHONE


def test_an_account_is_opened_by_who_is_asked_and_to_whom_it_is_worth_the_form():
    found, me, around = opened()
    assert (found, me.account) == (BY_MAIL, 1)
    assert value(events(around.tape, ev.CLUB_JOINED)[0], "channel") == ev.WEB
    for cause in ({"asks": 0.0}, {"form": 1e9}, SHY):
        assert opened(**cause)[0] == UNKNOWN and opened(**cause)[1].account == 0
    assert opened(account=1)[0] == UNKNOWN, "he has one"


def test_a_bonus_alone_makes_members_and_without_one_nobody_joins():
    plain = {"receipt_dkk": 0.0, "identity_scale_dkk": 0.01, "purchases_expected": 3.0}
    about = {"privacy_dkk": 5.0, "time_value": 2.0}
    generous, mean = terms(club_bonus_share=0.02), terms(club_bonus_share=0.0)
    assert opened(numbers=plain, offer=generous, **about)[0] == BY_MAIL
    assert opened(numbers=plain, offer=mean, **about)[0] == UNKNOWN
    receipts = plain | {"receipt_dkk": 50.0}
    for on, found in ((1, BY_MAIL), (0, UNKNOWN)):
        offer = terms(club_bonus_share=0.0, digital_receipt=on)
        assert opened(numbers=receipts, offer=offer, **about)[0] == found


def test_purchases_that_he_reckons_with_pay_for_the_form():
    plain = {"receipt_dkk": 0.0, "identity_scale_dkk": 0.01, "login_minutes": 0.0}
    few, many = plain | {"purchases_expected": 0.0}, plain | {"purchases_expected": 5.0}
    about = {"form": 10.0, "time_value": 2.0, "privacy_dkk": 1.0}  # 9 DKK each, form 20 DKK
    assert opened(numbers=few, **about)[0] == UNKNOWN
    assert opened(numbers=many, **about)[0] == BY_MAIL


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


def test_minutes_at_the_till_are_weighed_against_the_bonus():
    plain = {"receipt_dkk": 0.0, "identity_scale_dkk": 0.01}  # the bonus is 10 DKK
    assert shown(plain, till_minutes=4.0, time_value=2.0)
    assert not shown(plain, till_minutes=6.0, time_value=2.0)


def test_trust_makes_it_easier_to_say_who_one_is():
    u = uniform(SEED, ID, says.SHOWS_CARD, 44, 0)
    even = {"receipt_dkk": -10.0, "identity_scale_dkk": 1e9, "identity_trust": 20.0}
    assert 0.001 < u < 0.999 and shown(even, trust=1.0) and not shown(even, trust=0.0)


def test_whether_he_is_asked_for_his_card_is_drawn_for_each_purchase():
    u = uniform(SEED, 3, identity.ASKED_FOR_CARD, 44, 0)
    assert shown(ask_for_card=u + 1e-9) and not shown(ask_for_card=u - 1e-9)


STAFF = {"staff_ask": 1.0, "staff_lookup": 1.0, "executes": 1.0}


def test_staff_know_who_tells_them_where_they_ask_look_and_may():
    def knows(numbers=None, about=None, **changes):
        around = world(market=market(**(FOND | (numbers or {}))))
        me = person(**({"club": 1} | (about or {})))
        return staff_know(me, file(), 640, around, office(firm(**(STAFF | changes))))

    assert knows() and not knows(about={"club": 0}) and not knows(about=SHY)
    assert not knows(till_minutes=1e9), "it takes too long"
    u = uniform(SEED, 3, identity.ASKED_BY_STAFF, 0, 640)
    assert knows(staff_ask=u + 1e-9) and not knows(staff_ask=u - 1e-9)
    for name in STAFF:
        assert not knows(**{name: 0.0})


def joined(asks=1.0, numbers=None, form=1.0, **about):
    me, one = person(**about), profile()
    told = FOND | {"permission_intercept": 90.0} | (numbers or {})
    around = world(market=market(**told))
    company = firm(ask_permission=1.0, ask_to_join=asks, link_club=1.0, join_minutes=form)
    join_club(me, file(one), order(paid_oere=50_000), around, office(company))
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


def test_who_is_asked_at_the_till_is_drawn_anew_for_every_purchase():
    u = uniform(SEED, 3, identity.ASKED_TO_JOIN, order().number, 0)
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
