"""Claims about where a customer becomes known on the web, and what it takes."""

from __future__ import annotations

import pytest
from people import (
    ID,
    SEED,
    events,
    file,
    firm,
    market,
    office,
    order,
    own,
    person,
    profile,
    terms,
    traces,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.events import A_DEVICE, A_PERSON, ANOTHER, NOBODY
from sim.core.records import (
    ACTIVE,
    BY_ANOTHER,
    BY_COMPUTER,
    BY_MAIL,
    BY_OTHER_MAIL,
    BY_PHONE,
    NEVER,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    SILOS,
    UNKNOWN,
)
from sim.encounter import identity
from sim.encounter.household import FORGOT, LINKED, LOGGED_IN
from sim.encounter.identity import (
    address_typed,
    as_whom,
    identify_at_checkout,
    open_account,
    recognise_online,
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


def came(source=ev.DIRECT, landing=-1, paid=-1, discount=0.0, about=12, when=640, address=None):
    if address is None:
        address = OWN_ADDRESS if source == ev.EMAIL else -1
    return Lead(source, landing, paid, discount, about, when, address, 1)


# ---- as whom he is known -----------------------------------------------------------------------


def known(one=None, source=ev.DIRECT, device=1, company=None, numbers=None, **about):
    me, one = person(**({"cookies": 1} | about)), one or profile()
    around = world(market=market(**(CALM | (numbers or {}))))
    books = office(company or firm(**OPEN))
    home = recognise_online(me, file(one), came(source), device, True, around, books)
    return as_whom(home), one


def test_a_cookie_is_a_device_and_an_address_or_a_card_is_a_person():
    assert as_whom(UNKNOWN) == NOBODY
    assert [as_whom(s) for s in range(SILOS)] == [A_DEVICE] * 2 + [A_PERSON] * 4
    assert as_whom(BY_ANOTHER) == ANOTHER


def record(one=None, address=OTHER_ADDRESS, device=BY_PHONE, company=None, numbers=None, **about):
    """The record of somebody who followed the link in a mail to this address; what is on file."""
    me, one = person(**({"cookies": 1} | about)), one or profile()
    around = world(market=market(**(CALM | (numbers or {}))))
    led = came(ev.DIRECT if address < 0 else ev.EMAIL, address=address)
    books = office(company or firm(**OPEN))
    return recognise_online(me, file(one), led, device, True, around, books), one


def test_the_link_in_a_mail_makes_him_known_by_the_address_that_it_was_sent_to():
    for device in (BY_COMPUTER, BY_PHONE):
        home, one = record(address=OWN_ADDRESS, device=device)
        assert (home, one.linked, own(one).heard_day) == (BY_MAIL, 1 << device, 100)
        home, one = record(device=device)
        assert (home, one.device_seen) == (BY_OTHER_MAIL, 1 << device)
        assert (one.linked, own(one).heard_day) == (0, 0), "nobody knows that it is his"
        assert record(address=-1, device=device)[0] == device


def test_a_mail_to_an_address_known_to_be_his_makes_him_known_as_himself():
    home, one = record(profile(alias=1))
    assert (home, one.linked, own(one).heard_day) == (BY_MAIL, 1 << BY_PHONE, 100)


def test_a_mail_link_names_nobody_without_links_or_cookies():
    loose = firm(**(OPEN | {"link_device": 0.0}))
    for address in (OWN_ADDRESS, OTHER_ADDRESS):
        assert record(address=address, company=loose)[0] == BY_PHONE
        assert record(address=address, cookies=0)[0] == UNKNOWN
    assert record(company=firm(**(OPEN | {"record_web": 0.0})))[0] == BY_OTHER_MAIL


def test_who_is_known_by_device_or_log_in_is_himself_whatever_mail_led_him_here():
    assert record(profile(linked=1 << BY_PHONE))[0] == BY_MAIL
    assert record(profile(linked=1 << BY_COMPUTER))[0] == BY_OTHER_MAIL
    assert record(logged_in=1 << BY_PHONE)[0] == BY_MAIL
    assert record(logged_in=1 << BY_COMPUTER)[0] == BY_OTHER_MAIL
    assert record(numbers=FOND, account=1)[0] == BY_MAIL


def test_the_app_makes_him_known_on_his_phone_whatever_the_company_links_or_he_accepts():
    app = {"address": -1, "app": 1}
    loose = firm(**(OPEN | {"link_device": 0.0}))
    for cookies in (0, 1):
        home, one = record(company=loose, cookies=cookies, **app)
        assert (home, own(one).heard_day) == (BY_MAIL, 100)
        assert record(device=BY_COMPUTER, cookies=cookies, **app)[0] == (0 if cookies else UNKNOWN)
    assert record(numbers={"cookie_renewed": 1.0}, **app)[0] == BY_MAIL, "the app stays"
    assert record(**app)[1].linked == 1 << BY_PHONE and record(address=-1)[0] == BY_PHONE
    assert record(address=OTHER_ADDRESS, app=1)[0] == BY_MAIL


def test_who_is_gone_at_once_does_not_log_in_but_is_known_by_whatever_else_names_him():
    def seen(stays, lead=None, one=None, **about):
        me, one = person(cookies=1, account=1, **about), one or profile()
        around = world(market=market(**(CALM | FOND | {"stays_logged_in": 1.0})))
        books = office(firm(**OPEN))
        home = recognise_online(me, file(one), lead or came(), BY_PHONE, stays, around, books)
        return home, me.logged_in, written(around.tape)

    assert seen(True) == (BY_MAIL, 1 << BY_PHONE, [ev.LOGGED_IN])
    assert seen(False) == (BY_PHONE, 0, [])
    assert seen(False, came(ev.EMAIL)) == (BY_MAIL, 0, [])
    assert seen(False, one=profile(linked=1 << BY_PHONE)) == (BY_MAIL, 0, [])
    assert seen(False, logged_in=1 << BY_PHONE) == (BY_MAIL, 1 << BY_PHONE, [])
    assert seen(False, app=1) == (BY_MAIL, 0, [])


# ---- a computer that two people share ------------------------------------------------------------


def at_home(one=None, address=-1, device=BY_COMPUTER, company=None, numbers=None, **about):
    """A visit from a computer that he shares with who is in place 0: record, profile, traces."""
    me, one = person(**({"cookies": 1, "partner": 0} | about)), one or profile()
    around = world(market=market(**(CALM | (numbers or {}))))
    led = came(ev.DIRECT if address < 0 else ev.EMAIL, address=address)
    books = office(company or firm(**OPEN))
    home = recognise_online(me, file(one), led, device, True, around, books)
    return home, one, [trace[0] for trace in traces(around.tape)], me


def test_he_is_taken_for_the_other_where_the_other_is_logged_in_or_linked():
    for cookies in (0, 1):
        assert at_home(profile(other_here=1), cookies=cookies)[0] == BY_ANOTHER
        blind = firm(**(OPEN | {"record_web": 0.0}))
        assert at_home(profile(other_here=1), company=blind, cookies=cookies)[0] == BY_ANOTHER
    assert at_home()[0] == BY_COMPUTER
    assert at_home(profile(other_here=1), device=BY_PHONE)[0] == BY_PHONE
    assert at_home(profile(other_here=1), partner=-1)[0] == BY_COMPUTER


def test_what_is_his_own_goes_before_what_is_the_others():
    mine = {"other_here": 1}
    assert at_home(profile(**mine), logged_in=1)[0] == BY_MAIL
    assert at_home(profile(**mine, linked=1))[0] == BY_MAIL
    assert at_home(profile(**mine), numbers=FOND, account=1)[0] == BY_MAIL
    assert at_home(profile(**mine), address=OWN_ADDRESS)[0] == BY_MAIL
    assert at_home(profile(**mine), address=OTHER_ADDRESS)[0] == BY_OTHER_MAIL


def test_a_cookie_deleted_on_a_shared_computer_is_gone_by_the_evening():
    gone = {"cookie_renewed": 1.0}
    one = profile(linked=1, device_seen=1)
    _, one, left, me = at_home(one, numbers=gone, logged_in=1)
    assert (left, one.linked, me.logged_in) == ([FORGOT], 1, 1)
    _, one, left, me = at_home(profile(linked=3), device=BY_PHONE, numbers=gone, logged_in=3)
    assert (left, one.linked, me.logged_in) == ([], 1, 1), "the phone is his own"
    _, one, left, me = at_home(profile(linked=3), numbers=gone, logged_in=3, partner=-1)
    assert (left, one.linked, me.logged_in) == ([], 2, 2), "so is the computer of one alone"


def test_a_shared_computer_is_linked_by_the_evening_and_once():
    _, one, left, _ = at_home(address=OWN_ADDRESS)
    assert (left, one.linked) == ([LINKED], 0)
    _, one, left, _ = at_home(profile(linked=1), address=OWN_ADDRESS)
    assert (left, one.linked) == ([], 1)
    _, one, left, _ = at_home(profile(linked=1), address=OWN_ADDRESS, device=BY_PHONE)
    assert (left, one.linked) == ([], 3)


def test_a_log_in_that_a_shared_browser_keeps_is_left_there_and_one_that_is_not_is_not():
    loose = firm(**(OPEN | {"link_device": 0.0}))
    for stays, left_there, kept in ((1.0, [LOGGED_IN], 1), (0.0, [], 0)):
        numbers = FOND | {"stays_logged_in": stays}
        home, _, left, me = at_home(numbers=numbers, account=1, company=loose)
        assert (home, left, me.logged_in) == (BY_MAIL, left_there, kept)
        phone = at_home(numbers=numbers, account=1, company=loose, device=BY_PHONE)
        assert (phone[2], phone[3].logged_in) == ([], 2 * kept)


# ---- the address on an order -------------------------------------------------------------------


def typed(home=UNKNOWN, number=44, share=1.0, **about):
    around = world(market=market(other_address=share))
    return address_typed(person(), file(profile(**about)), home, number, around)


def test_a_known_visitors_order_bears_the_address_he_is_known_by():
    for share in (0.0, 1.0):
        assert typed(BY_MAIL, share=share) == OWN_ADDRESS
        assert typed(BY_OTHER_MAIL, share=share) == OTHER_ADDRESS


@pytest.mark.parametrize("home", [UNKNOWN, BY_COMPUTER, BY_PHONE, BY_ANOTHER])
def test_who_is_no_person_yet_types_another_address_for_a_share_of_orders(home):
    for number in (44, 45):
        u = uniform(SEED, ID, says.OTHER, number, 0)
        assert typed(home, number, u + 1e-9) == OTHER_ADDRESS
        assert typed(home, number, u - 1e-9) == OWN_ADDRESS
    assert typed(home, alias=1) == OWN_ADDRESS, "both are known to be his"


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


# ---- log-ins -----------------------------------------------------------------------------------


def test_a_log_in_that_the_browser_keeps_is_known_again_until_the_cookie_is_gone():
    kept = {"stays_logged_in": 1.0} | FOND
    me, one = person(account=1, cookies=1), profile()
    here = office(firm(**OPEN))

    def visit(numbers, device=1):
        around = world(market=market(**(CALM | numbers)))
        return recognise_online(me, file(one), came(), device, True, around, here), written(
            around.tape
        )

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
    assert checkout(BY_ANOTHER)[0] == BY_MAIL
    assert checkout(BY_ANOTHER, **SHY)[0] == BY_ANOTHER


def test_a_log_in_at_the_checkout_of_a_shared_computer_is_linked_by_the_evening():
    shared = {"device": 0, "partner": 0, "numbers": {"stays_logged_in": 1.0}}
    _, _, one, around = checkout(**shared)
    assert one.linked == 0
    assert [trace[0] for trace in traces(around.tape)] == [LOGGED_IN, LINKED]
    assert traces(checkout(**(shared | {"device": 1}))[3].tape) == []
    assert traces(checkout(**(shared | {"cookies": 0}))[3].tape)[1:] == []


def test_the_bonus_and_less_to_type_are_weighed_against_the_log_in_and_privacy():
    plain = {"receipt_dkk": 0.0, "identity_scale_dkk": 0.01, "login_minutes": 1.0}
    plain |= {"checkout_minutes": 6.0, "checkout_minutes_known": 2.0}
    for privacy, found in ((13.9, BY_MAIL), (14.1, UNKNOWN)):  # 10 + (6 - 2) x 1.5 - 1 x 1.5
        about = {"time_value": 1.5, "privacy_dkk": privacy + 0.5}
        told = checkout(numbers=plain, **about)
        assert told[0] == found
        assert [value(event, "value") for event in told[3].tape.log[:1]] == [0.0]


def opened(asks=1.0, numbers=None, form=1.0, offer=None, one=None, worth=500.0, **about):
    me, one = person(**about), one or profile()
    around = world(market=market(**(FOND | (numbers or {}))), terms=offer or terms())
    books = office(firm(**(OPEN | {"ask_to_join": asks, "join_minutes": form})))
    found = open_account(me, file(one), order(), worth, UNKNOWN, around, books)
    return found, me, around


def test_who_opens_an_account_is_logged_in_and_the_device_is_linked():
    for stays, kept in ((0.0, 0), (1.0, 2)):
        one = profile()
        _, me, around = opened(numbers={"stays_logged_in": stays}, one=one, cookies=1, device=1)
        assert (me.logged_in, one.linked) == (kept, 2)
        assert value(events(around.tape, ev.CLUB_JOINED)[0], "value") == 0


def test_an_account_opened_at_a_shared_computer_is_left_there_for_the_evening():
    u = uniform(SEED, ID, says.STAYS, 44, 100)
    for stays, kept in ((u + 1e-9, [LOGGED_IN]), (u - 1e-9, [])):
        one = profile()
        shared = {"cookies": 1, "device": 0, "partner": 0, "one": one}
        _, me, around = opened(numbers={"stays_logged_in": stays}, **shared)
        assert [trace[0] for trace in traces(around.tape)] == [*kept, LINKED]
        assert (me.logged_in, one.linked) == (len(kept), 0)


def test_whether_the_checkout_asks_is_drawn_for_each_order():
    u = uniform(SEED, 3, identity.ASKED_ONLINE, 44, 0)
    assert opened(asks=u + 1e-9)[0] == BY_MAIL and opened(asks=u - 1e-9)[0] == UNKNOWN


def test_a_shop_without_accounts_asks_nobody_and_logs_nobody_in():
    plain = firm(**(OPEN | {"accounts": 0.0}))
    assert checkout(company=plain)[0] == UNKNOWN
    assert known(numbers=FOND, account=1, company=plain)[0] == A_DEVICE
    me, around = person(), world(market=market(**FOND))
    company = office(firm(**(OPEN | {"accounts": 0.0, "ask_to_join": 1.0})))
    assert open_account(me, file(), order(), 500.0, BY_PHONE, around, company) == BY_PHONE


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


def test_the_bonus_that_makes_a_member_is_that_of_all_he_orders():
    plain = {"receipt_dkk": 0.0, "identity_scale_dkk": 0.01, "purchases_expected": 0.0}
    about = {"time_value": 0.0, "offer": terms(club_bonus_share=0.02)}
    for worth in (500.0, 1500.0):
        for more, found in ((-0.1, BY_MAIL), (0.1, UNKNOWN)):
            privacy = 0.02 * worth + more
            told = opened(numbers=plain, worth=worth, privacy_dkk=privacy, **about)
            assert told[0] == found, "whatever its first line costs"


def test_purchases_that_he_reckons_with_pay_for_the_form():
    plain = {"receipt_dkk": 0.0, "identity_scale_dkk": 0.01, "login_minutes": 0.0}
    few, many = plain | {"purchases_expected": 0.0}, plain | {"purchases_expected": 5.0}
    about = {"form": 10.0, "time_value": 2.0, "privacy_dkk": 1.0}  # 9 DKK each, form 20 DKK
    assert opened(numbers=few, **about)[0] == UNKNOWN
    assert opened(numbers=many, **about)[0] == BY_MAIL
