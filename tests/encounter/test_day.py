"""Claims about one customer's day: mails, a look at Instagram, needs pursued, what comes next."""

from __future__ import annotations

import pytest
from people import (
    ID,
    INSTAGRAM,
    KEYS_OF,
    SEED,
    events,
    file,
    firm,
    flow,
    logit,
    market,
    office,
    own,
    person,
    profile,
    shown,
    terms,
    today,
    value,
    world,
    written,
)

from sim.company.holdouts import NEWSLETTERS
from sim.core import events as ev
from sim.core.draws import exponential, uniform
from sim.core.records import (
    ACTIVE,
    ADDRESSES,
    BY_MAIL,
    BY_OTHER_MAIL,
    COMING,
    EMPTY,
    FLOWS,
    FREE,
    GOING_BACK,
    KEYS,
    LATENT,
    NEVER,
    PAID,
    SETTLING,
    TO_PICK_UP,
)
from sim.encounter import day as a_day
from sim.encounter import social
from sim.encounter.calls import ANSWERED, IN_QUEUE
from sim.encounter.day import (
    attend,
    handle_order,
    hear_of_yesterday,
    live_a_day,
    look_round,
    next_day,
    pass_time,
    pursue_needs,
)
from sim.encounter.mail import get_mail
from sim.encounter.occasions import (
    AT_STORE,
    BROWSING,
    BY_AD,
    BY_FLOW,
    BY_FLOW_ELSEWHERE,
    BY_MEDIUM,
    BY_NEWSLETTER,
    BY_SECOND_NEWSLETTER,
    ON_HIS_OWN,
    SPAN,
    moment,
    tile,
)
from sim.encounter.reading import returns_for_price
from sim.encounter.social import look_at_feed, see_ad, see_post
from sim.journey import consent, memory, messages, needs, touchpoints

near = pytest.approx
ELSEWHERE = (BY_NEWSLETTER + ADDRESSES, BY_SECOND_NEWSLETTER + ADDRESSES)

NEED = {"state": ACTIVE, "number": 11, "category": 1, "style": 1, "dies": NEVER, "place": -1}
NEED |= {"basket_item": -1, "progress": 0.5, "next_day": 100}
QUIET = dict.fromkeys(("scroll_day", "browse_day", "next_need_day"), NEVER)
NOWHERE = dict.fromkeys(
    (
        "competitor_utility",
        "competitor_store_utility",
        "search_utility_shopper",
        "search_utility_buyer",
        "instagram_utility_shopper",
        "instagram_utility_buyer",
        "direct_utility",
        "store_utility",
        "centre_utility",
    ),
    -200.0,
)
STILL = {"wake_shopper": 0.0, "wake_buyer": 0.0, "device_switch": 0.0, "account_dkk": -1e6}
STILL |= {"bounce": -90.0, "searches_by_name": 0.0, "looks_first": 0.0, "browse_utility": 90.0}


def lived(rule, wishes=(), orders=(), one=None, company=None, numbers=None, **about):
    me = person(wishes, orders, **(QUIET | about))
    around = world(market=market(**(STILL | NOWHERE | (numbers or {}))))
    told = {"newsletters": 0, "prospecting": 0.0, "retargeting": 0.0, "holdout": 0.0}
    books = office(firm(**(told | (company or {}))))
    found = rule(me, file(one or profile()), around, books)
    return me, written(around.tape), found, around


# ---- entry, exit, what comes next --------------------------------------------------------------


def test_who_enters_and_who_leaves_is_told_once():
    me, told, _, _ = lived(live_a_day, present=0)
    assert (me.present, told) == (1, [ev.ENTERED])
    me, told, due, _ = lived(live_a_day, exit_day=100)
    assert (me.present, told, due) == (2, [ev.LAPSED], EMPTY)
    assert lived(live_a_day, exit_day=101)[1] == []
    for about in ({"present": 0}, {"exit_day": 100}):
        assert value(lived(live_a_day, **about)[3].tape.log[0], "value") == 0
    assert lived(live_a_day, exit_day=90, present=2)[1] == []


def test_who_left_wants_nothing_more_but_what_he_ordered_still_happens():
    due = {"scroll_day": 100, "browse_day": 100, "next_need_day": 100}
    one = profile(permission=1)
    rows = ({"state": SETTLING, "due": 100}, {"state": SETTLING, "due": 105})
    me, told, follows, _ = lived(live_a_day, (NEED,), rows, one, exit_day=100, **due)
    assert told == [ev.LAPSED, ev.JOURNEY_DONE] and follows == 105
    assert (me.needs_open, own(one).permission) == (0, 1), "nobody tells the company"
    asking = {"case_topic": ev.ABOUT_PRODUCT, "case_about": 11, "case_day": 100}
    assert lived(live_a_day, exit_day=100, **asking)[1] == [ev.LAPSED]
    order = asking | {"case_topic": ev.ABOUT_ORDER}
    assert lived(live_a_day, exit_day=100, **order)[1] == [ev.LAPSED, ev.SERVICE_ASKED]


def test_who_left_while_his_question_is_in_the_queue_still_hears_the_answer():
    case = {"case_topic": ev.ABOUT_PRODUCT, "case_about": 11, "case_state": IN_QUEUE}
    assert lived(live_a_day, present=2, exit_day=90, **case)[2] != EMPTY
    assert lived(live_a_day, present=2, exit_day=90)[2] == EMPTY


def test_an_address_keeps_its_place_until_it_is_given_up_which_his_leaving_does_not_tell():
    for permission, heard, follows in ((0, 60, EMPTY), (1, 60, 425), (1, 100 - 365, EMPTY)):
        for exit_day in (60, 99):
            one = profile(permission=permission, heard_day=heard)
            _, told, due, _ = lived(live_a_day, one=one, present=2, exit_day=exit_day)
            assert (told, due) == ([], follows)
            assert own(one).permission == (0 if follows == EMPTY else 1)


def test_a_day_has_room_for_a_look_at_instagram_and_for_a_need():
    ads = {"instagram_ad_seen": 0.0, "instagram_post_share": 0.0}
    due = {"scroll_day": 100, "session_day": [100] + [NEVER] * 5}
    told = lived(live_a_day, company={"prospecting": 1.0}, numbers=ads, **due)[1]
    assert told == [ev.AD_SHOWN]
    sells = {"competitor_utility": 90.0, "competitor_buys_buyer": 1.0}
    assert lived(live_a_day, (NEED,), numbers=sells)[1] == [ev.COMPETITOR_SALE]


def test_no_two_moments_or_tiles_are_the_same():
    moments = [moment(day, occasion) for day in (0, 1, 2, 700) for occasion in range(SPAN)]
    assert len(set(moments)) == 4 * SPAN
    assert len({tile(when, t) for when in moments[:99] for t in range(16)}) == 99 * 16
    newsletters = {BY_NEWSLETTER, BY_SECOND_NEWSLETTER, *ELSEWHERE}
    mails = newsletters | {first + k for first in (BY_FLOW, BY_FLOW_ELSEWHERE) for k in range(KEYS)}
    others = {ON_HIS_OWN, BROWSING, *(AT_STORE + r for r in range(4))}
    media = {first + key for first in (BY_AD, BY_MEDIUM) for key in range(KEYS)}
    every = mails | others | media
    assert len(every) == 4 + 6 + 4 * KEYS and max(every) < SPAN


BUYS = {"outside_web": -90.0, "checkout_base": 90.0, "finds_by_search": 1.0, "search_ours": 90.0}


@pytest.mark.parametrize(("takes", "credited"), [(0.0, [0, 0, 0]), (1.0, [50_000, 0, 0])])
def test_a_sale_after_a_search_is_credited_to_the_ad_only_where_it_was_clicked(takes, credited):
    numbers = NOWHERE | STILL | BUYS | {"search_utility_buyer": 90.0, "search_ad_takes": takes}
    me, books = (
        person((NEED,), cookies=1, **QUIET),
        office(firm(search_presence=1.0, record_web=1.0)),
    )
    around = world(market=market(**numbers), terms=terms(pickup_in_store=0))
    attend(me, file(), 0, around, books)
    assert ev.WEB_ORDER in written(around.tape)
    assert list(books.ledger.attributed_oere)[3:6] == credited


def test_a_sale_after_a_mail_or_by_himself_is_credited_to_no_ad():
    me, books = person((NEED,), cookies=1, **QUIET), office(firm(**MAILS, record_web=1.0))
    around = world(market=market(**(STILL | BUYS | KEEN)), terms=terms(pickup_in_store=0))
    get_mail(me, file(profile(permission=1)), around, books)
    assert ev.WEB_ORDER in written(around.tape) and not any(books.ledger.attributed_oere[:PAID])
    assert books.ledger.attributed_oere[NEWSLETTERS] == 50_000, "but to the newsletter"
    books = office(firm(**MAILS, record_web=1.0))
    me = person((NEED,), cookies=1, **QUIET)
    around = world(
        market=market(**(NOWHERE | STILL | BUYS | {"direct_utility": 90.0})),
        terms=terms(pickup_in_store=0),
    )
    attend(me, file(), 0, around, books)
    assert ev.WEB_ORDER in written(around.tape) and not any(books.ledger.attributed_oere)
    assert value(events(around.tape, ev.WEB_ORDER)[0], "amount_oere") == 50_000, "at full price"


def test_looking_round_leads_to_no_item():
    one = profile()
    around = world(market=market(**STILL, browses_in_store=0.0))
    look_round(person(cookies=1), file(one), around, office(firm(record_web=1.0)))
    assert one.silos[0].live.view_item == -1


def test_the_next_day_is_the_first_on_which_anything_is_due_and_never_today():
    def due(wishes=(), orders=(), one=None, **about):
        me = person(wishes, orders, **(QUIET | about))
        return next_day(me, file(one or profile()), world(), firm(silent_before_dropped_days=50))

    assert due() == NEVER
    for name in ("exit_day", "next_need_day", "scroll_day", "browse_day"):
        assert due(**{name: 107}) == 107 and due(**{name: 95}) == 101
    assert due((NEED | {"next_day": 109},)) == 109
    assert due((NEED | {"next_day": NEVER, "dies": 108},)) == 108
    assert due((NEED | {"state": FREE, "next_day": 109},)) == NEVER
    assert due((), ({"state": COMING, "due": 106},)) == 106
    assert due(one=profile({"welcome": 105})) == 105
    elsewhere = {"next_flow_day": 105}
    assert due(one=profile(other=elsewhere)) == 105
    assert due(one=profile({"welcome": 103}, other=elsewhere)) == 103
    assert due(one=profile({"welcome": 109}, other=elsewhere)) == 105
    assert due(one=profile(permission=1, heard_day=90)) == 140, "given up"
    assert due(present=2, exit_day=50, one=profile(permission=1, heard_day=90)) == 140
    other = {"permission": 1, "heard_day": 80}
    assert due(one=profile(permission=1, heard_day=90, other=other)) == 130
    assert due(one=profile(permission=1, heard_day=70, other=other)) == 120
    assert due(one=profile(heard_day=60, other=other)) == 130, "only who is on the list"
    assert due(present=2, exit_day=50, one=profile(other=other)) == 130, "somebody writes to him"
    assert due(present=2, exit_day=90) == EMPTY, "nobody writes to him"
    case = {"case_topic": 1, "case_day": 104}
    assert due(**case | {"case_topic": ev.ABOUT_PRODUCT}) == 104
    assert due(**case) == 104 and due(**case, case_state=IN_QUEUE) == NEVER


def test_a_wait_at_the_desk_is_felt_once_and_an_answer_is_heard():
    me, told, _, _ = lived(hear_of_yesterday, desk_wait=50.0, satisfaction=0.5)
    assert told == [ev.DESK_WAITED] and me.desk_wait == -1 and me.satisfaction < 0.5
    assert lived(hear_of_yesterday, desk_wait=0.0)[1] == [ev.DESK_WAITED]
    assert lived(hear_of_yesterday)[1] == []
    case = {"case_topic": 1, "case_about": 44}
    told = lived(hear_of_yesterday, **case, case_state=ANSWERED)[1]
    assert told == [ev.SERVICE_ANSWERED, ev.SCORED, ev.CONTACT_ENDED]
    assert lived(hear_of_yesterday, **case, case_state=IN_QUEUE)[1] == []


def test_a_day_handles_what_is_due_and_calls_where_something_is_to_be_asked():
    rows = ({"state": SETTLING, "due": 100}, {"state": SETTLING, "due": 101})
    me, told, _, _ = lived(live_a_day, (), rows)
    assert told == [ev.JOURNEY_DONE] and me.orders[1].state == SETTLING
    case = {"case_topic": 1, "case_about": 44}
    assert lived(live_a_day, **case, case_day=100)[1] == [ev.SERVICE_ASKED]
    assert lived(live_a_day, **case, case_day=101)[1] == []


@pytest.mark.parametrize("topic", [ev.ABOUT_PRODUCT, ev.ABOUT_ORDER, ev.ABOUT_DEFECT])
def test_a_question_of_any_kind_is_asked_on_its_day_and_not_before(topic):
    case = {"case_topic": topic, "case_about": 44}
    assert lived(live_a_day, **case, case_day=100)[1] == [ev.SERVICE_ASKED]
    assert lived(live_a_day, **case, case_day=101)[1] == []


def test_a_day_brings_the_mail_and_what_the_queues_made_of_yesterday():
    mails = MAILS | {"flows": 0.0}
    told = lived(live_a_day, one=profile(permission=1), company=mails, numbers=UNOPENED)[1]
    assert told == [ev.MAIL_SENT]
    assert lived(live_a_day, desk_wait=0.0)[1] == [ev.DESK_WAITED]


def test_a_pick_up_waits_for_the_stores_to_open():
    for is_open in (0, 1):
        me = person((), ({"state": TO_PICK_UP, "due": 100, "place": 1},))
        around = world(today=today(stores_open=is_open), market=market(inspects_at_pickup=0.0))
        handle_order(me, file(), 0, around, office())
        assert (ev.PICKED_UP in written(around.tape)) == is_open
        assert me.orders[0].due == 101


def test_a_pick_up_is_made_for_no_need_that_is_not_on_his_mind():
    late = NEED | {"next_day": NEVER}
    me = person((late, late | {"number": 12}), ({"state": TO_PICK_UP, "due": 100, "place": 1},))
    sells = {"inspects_at_pickup": 0.0, "finds_in_store": 1.0, "outside_store": -90.0}
    around = world(market=market(**STILL, **sells, wake_store_buyer=0.0))
    handle_order(me, file(), 0, around, office())
    assert written(around.tape).count(ev.STORE_SALE) == 0
    assert [me.needs[k].state for k in (0, 1)] == [ACTIVE, ACTIVE]


# ---- mails -------------------------------------------------------------------------------------

UNOPENED = {"open_intercept": -90.0}
KEEN = {"open_intercept": 90.0, "click_intercept": 90.0, "unsubscribe_intercept": -90.0}
MAILS = {"newsletters": 1, "pauses": 0.0, "personal_mail": 0.0, "campaign_cell": 4}


def mailed(one=None, company=None, wishes=(), numbers=None, **about):
    one = one or profile(permission=1)
    me, told, _, around = lived(
        get_mail, wishes, (), one, MAILS | (company or {}), KEEN | (numbers or {}), **about
    )
    return me, one, told, around


def test_an_address_long_silent_gets_neither_newsletter_nor_flow():
    rules = {"silent_before_dropped_days": 50}
    for heard, sent in ((51, True), (50, False)):
        one = profile({"welcome": 100}, permission=1, heard_day=heard)
        _, one, told, _ = mailed(one, rules, present=2)
        assert (ev.MAIL_SENT in told, own(one).permission) == (sent, int(sent))


def test_a_mail_is_sent_opened_clicked_and_leads_to_the_shop():
    me, one, told, around = mailed()
    assert told[:4] == [ev.MAIL_SENT, ev.MAIL_OPENED, ev.MAIL_CLICKED, ev.WEB_VISIT]
    assert value(around.tape.log[3], "channel") == ev.EMAIL
    assert (own(one).unopened, own(one).last_mail_day, own(one).heard_day) == (
        0,
        100,
        100,
    ) and me.fatigue == near(1)
    assert me.salience == near(market().salience_mail + market().salience_visit)


def test_who_does_not_open_sees_nothing_and_is_tired_all_the_same():
    me, one, told, _ = mailed(numbers={"open_intercept": -90.0})
    assert told == [ev.MAIL_SENT] and own(one).unopened == 1
    assert me.fatigue == near(1) and me.salience == 0


def test_who_opens_without_a_click_learns_what_it_was_worth_and_stays():
    me, _, told, _ = mailed(numbers={"click_intercept": -90.0, "value_rate": 1.0})
    assert told == [ev.MAIL_SENT, ev.MAIL_OPENED] and 0 < me.mail_value <= 1


def test_a_click_is_for_the_need_that_the_subject_fits():
    quiet = {"finds_by_search": 0.0, "outside_web": 90.0}
    _, _, _, around = mailed(wishes=(NEED | {"category": 2}, NEED), numbers=quiet)
    click, visit = events(around.tape, ev.MAIL_CLICKED)[0], events(around.tape, ev.WEB_VISIT)[0]
    assert value(click, "need") == value(visit, "need") == 11
    assert value(events(mailed()[3].tape, ev.MAIL_CLICKED)[0], "need") == -1


def test_a_mail_to_who_has_left_is_sent_and_read_by_nobody():
    me, one, told, _ = mailed(present=2)
    assert told == [ev.MAIL_SENT] and own(one).unopened == 1 and me.fatigue == 0


def test_a_mail_and_an_ad_for_what_was_just_bought_contradict_it():
    bought = {"last_from_us": [-1, 95, -1, -1, -1, -1]}
    cell = {"popularity": [0.0] * 4 + [1.0] + [0.0] * 13}
    assert ev.CONTRADICTED in mailed(**bought)[2]
    assert ev.CONTRADICTED in instagram(cell, **bought)[1]
    assert ev.CONTRADICTED not in mailed()[2] + instagram(cell)[1]


def test_a_click_and_an_end_of_mails_count_nothing_but_themselves():
    _, _, _, around = mailed(wishes=(NEED,), numbers={"unsubscribe_intercept": 90.0})
    for kind in (ev.MAIL_CLICKED, ev.UNSUBSCRIBED):
        assert value(events(around.tape, kind)[0], "value") == 0
    assert value(events(around.tape, ev.MAIL_CLICKED)[0], "need") == 11, "the first need is one"


def test_a_mail_is_sent_and_opened_for_no_need():
    _, _, _, around = mailed(wishes=(NEED,))
    for kind in (ev.MAIL_SENT, ev.MAIL_OPENED):
        assert value(events(around.tape, kind)[0], "need") == -1


def test_a_mail_that_is_clicked_wakes_a_need_as_readily_as_any_and_an_opened_one_at_a_glance():
    asleep = NEED | {"state": LATENT, "next_day": NEVER}
    u = uniform(SEED, ID, needs.WAKES, 11, tile(moment(100, BY_NEWSLETTER), 0))

    def woken(p, clicks):
        told = {"wake_buyer": p, "wake_glance": 0.5, "click_intercept": 90.0 * clicks}
        around = mailed(wishes=(asleep,), numbers=told)[3]
        return [value(event, "channel") for event in events(around.tape, ev.NEED_WOKEN)][:1]

    assert woken(u + 1e-9, 1) == woken(2 * u + 1e-9, -1) == [ev.EMAIL]
    assert woken(2 * u - 1e-9, -1) == [] and woken(u - 1e-9, 1) != [ev.EMAIL]


def test_every_mail_is_an_occasion_of_its_own():
    company = {"flows": 1.0, "newsletters": 0}
    for due, occasion in (
        ({"welcome": 100}, BY_FLOW + firm().flow_code[flow("welcome")]),
        ({}, BY_NEWSLETTER),
    ):
        u = uniform(SEED, ID, touchpoints.SWITCHES, 0, moment(100, int(occasion)))
        for share, device in ((u + 1e-9, 1), (u - 1e-9, 0)):
            books = company if due else {}
            one = profile(due, permission=1)
            me = mailed(one, books, numbers={"device_switch": share})[0]
            assert value(me, "device") == device


TWICE = {"permission": 1, "other": {"permission": 1}}


def test_who_has_two_addresses_on_the_list_gets_everything_twice():
    told = mailed(profile(**TWICE), numbers=UNOPENED)[2]
    assert told == [ev.MAIL_SENT] * 2
    assert mailed(profile(**TWICE), {"newsletters": 2}, numbers=UNOPENED)[2] == [ev.MAIL_SENT] * 4
    _, one, _, _ = mailed(profile(**TWICE), numbers=UNOPENED)
    assert [address.unopened for address in one.addresses] == [1, 1]
    assert [address.last_mail_day for address in one.addresses] == [100, 100]
    _, one, told, _ = mailed(profile(other={"permission": 1}), numbers=UNOPENED)
    assert told == [ev.MAIL_SENT] and [address.unopened for address in one.addresses] == [0, 1]


def test_an_open_mail_is_a_sign_of_life_at_the_address_it_was_sent_to():
    quiet = {"click_intercept": -90.0}
    one = profile(unopened=3, other={"permission": 1, "unopened": 3})
    mailed(one, numbers=quiet)
    assert [(a.unopened, a.heard_day) for a in one.addresses] == [(3, 0), (0, 100)]


def test_a_click_in_a_mail_to_the_other_address_leads_to_a_visit_that_is_known_by_it():
    company = {"record_web": 1.0, "link_device": 1.0, "campaign_cell": 4}
    _, one, _, around = mailed(profile(other={"permission": 1}), company, cookies=1)
    assert value(events(around.tape, ev.WEB_VISIT)[0], "seen_as") == ev.A_PERSON
    views = [one.silos[s].live.view_cell for s in (BY_MAIL, BY_OTHER_MAIL)]
    assert views == [-1, 4] and one.linked == 0


def test_a_flow_of_the_other_address_is_sent_there_and_only_on_its_day():
    for day, sent in ((99, 1), (100, 1), (101, 0)):
        days = [day if k == flow("welcome") else NEVER for k in range(FLOWS)]
        other = {"permission": 1, "flow_day": days, "next_flow_day": day}
        rules = {"flows": 1.0, "newsletters": 0}
        _, one, told, _ = mailed(profile(other=other), rules, numbers=UNOPENED)
        assert told == [ev.MAIL_SENT] * sent
        assert [address.unopened for address in one.addresses] == [0, sent]


def test_mails_to_the_other_address_are_occasions_of_their_own():
    days = [100 if k == flow("welcome") else NEVER for k in range(FLOWS)]
    due = {"flow_day": days, "next_flow_day": 100}
    code = int(firm().flow_code[flow("welcome")])
    for other, company, occasion in (
        (due, {"flows": 1.0, "newsletters": 0}, BY_FLOW_ELSEWHERE + code),
        ({}, {}, ELSEWHERE[0]),
    ):
        u = uniform(SEED, ID, touchpoints.SWITCHES, 0, moment(100, occasion))
        for share, device in ((u + 1e-9, 1), (u - 1e-9, 0)):
            one = profile(other={"permission": 1} | other)
            me = mailed(one, company, numbers={"device_switch": share})[0]
            assert value(me, "device") == device


def test_who_unsubscribes_at_one_address_still_gets_mails_at_the_other():
    leaves = {"unsubscribe_intercept": 90.0, "click_intercept": -90.0}
    for a in range(ADDRESSES):
        listed = {"permission": 1 - a, "other": {"permission": a}}
        me, one, _, _ = mailed(profile(**listed), numbers=leaves, permission=3)
        assert (me.permission, me.refused) == (3 & ~(1 << a), 1)
        assert one.written_to == 0
    luck = [uniform(SEED, ID, messages.LEAVES, BY_NEWSLETTER + ADDRESSES * a, 100) for a in (0, 1)]
    even = dict.fromkeys(("unsubscribe_fatigue", "unsubscribe_irrelevance", "unsubscribe_value"), 0)
    even |= {"unsubscribe_intercept": logit(sum(luck) / 2), "click_intercept": -90.0}
    me, one, told, _ = mailed(profile(**TWICE), numbers=even, permission=3)
    stays = [int(u > sum(luck) / 2) for u in luck]
    assert [address.permission for address in one.addresses] == stays and sum(stays) == 1
    assert (me.permission, me.refused, one.written_to) == (stays[0] + 2 * stays[1], 1, 1)
    assert told.count(ev.UNSUBSCRIBED) == 1 and told.count(ev.MAIL_SENT) == 2


def test_an_address_long_silent_is_given_up_and_the_other_one_is_not():
    rules = {"silent_before_dropped_days": 50}
    for a in range(ADDRESSES):
        other = {"permission": 1, "heard_day": 51 - a}
        one = profile(permission=1, heard_day=50 + a, other=other)
        _, one, told, _ = mailed(one, rules, present=2)
        assert told == [ev.MAIL_SENT]
        assert [address.permission for address in one.addresses] == [a, 1 - a]


def test_who_unsubscribes_gets_no_more():
    me, one, told, _ = mailed(numbers={"unsubscribe_intercept": 90.0}, permission=1)
    assert ev.UNSUBSCRIBED in told and (me.permission, me.refused, own(one).permission) == (0, 1, 0)
    assert mailed(profile())[2] == [], "he never gave permission"


def test_a_flow_comes_before_the_newsletter_and_a_second_newsletter_is_another_occasion():
    _, _, told, around = mailed(
        profile({"welcome": 100}, permission=1),
        {"flows": 1.0, "newsletters": 2},
        numbers={"open_intercept": -90.0},
    )
    kinds = [value(event, "order") for event in events(around.tape, ev.MAIL_SENT)]
    assert told == [ev.MAIL_SENT] * 3
    assert kinds == [flow("welcome") + 1, ev.NEWSLETTER, ev.NEWSLETTER]


# ---- offered for less what he has just bought ----------------------------------------------------

BOUGHT = {"state": SETTLING, "number": 44, "need": 11, "category": 1, "style": 1, "item": 16}
BOUGHT |= {"paid_oere": 50_000, "price_oere": 50_000, "received": 90, "due": 130, "place": 1}


def cheaper(discount=0.2, items=(17,), orders=(BOUGHT,), offer=None, **him):
    """A mail with a discount comes to somebody who has just bought; whether it goes back."""
    me = person((), orders, **({"distance_km": 500.0, "time_value": 0.0, "hassle": 0.0} | him))
    screen = shown(items, discount=discount)
    offer = offer or terms(return_window_days=30, mail_return_fee_dkk=0.0)
    around = world(market=market(survives_return=1.0), terms=offer, shown=screen)
    return returns_for_price(me, ev.EMAIL, around), me, around


def test_what_is_offered_for_less_goes_back_and_its_need_is_open_again():
    back, me, around = cheaper()
    assert back and me.orders[0].state == GOING_BACK and me.needs_open == 1
    told = around.tape.log[0]
    names = ("kind", "channel", "amount_oere", "value", "order", "need", "item")
    fields = [value(told, name) for name in names]
    assert fields == [ev.RETURNS_FOR_PRICE, ev.EMAIL, 10_000, 0, 44, 11, 16]


def test_nothing_goes_back_for_another_thing_or_no_less_or_what_cannot_go_back():
    for given in (
        {"discount": 0.0},
        {"items": (24,)},
        {"items": (-1,)},
        {"orders": ()},
        {"orders": (BOUGHT | {"received": 69},)},
        {"orders": (BOUGHT | {"state": COMING},)},
    ):
        back, me, around = cheaper(**given)
        assert not back and written(around.tape) == [] and me.needs_open == 0
    assert cheaper(items=(12,))[0], "another style of the category"
    first = BOUGHT | {"category": 0, "item": 0}
    assert cheaper(items=(0,), orders=(first,))[0], "item 0 is an item"


def test_the_price_that_he_paid_is_compared_with_what_he_would_pay_now():
    fee = {"return_window_days": 30, "return_in_store": 0}
    for paid, list_oere, discount, saved in (
        (50_000, 50_000, 0.2, 10_000),
        (45_000, 50_000, 0.2, 5_000),
        (50_000, 50_004, 0.15, 50_000 - 42_503),
        (50_000, 50_002, 0.15, 50_000 - 42_502),
    ):
        for dkk, pays in ((saved * 0.01 - 1e-6, True), (saved * 0.01 + 1e-6, False)):
            offer = terms(mail_return_fee_dkk=dkk, **fee)
            goods = BOUGHT | {"paid_oere": paid, "price_oere": list_oere}
            back, _, around = cheaper(discount, orders=(goods,), offer=offer)
            assert back == pays
            if pays:
                assert value(around.tape.log[0], "amount_oere") == saved
    free = terms(mail_return_fee_dkk=0.0, **fee)
    assert not cheaper(0.2, orders=(BOUGHT | {"paid_oere": 40_000},), offer=free)[0], "no gain"


def test_one_purchase_goes_back_for_one_mail_the_first_for_which_it_pays():
    cheap = BOUGHT | {"paid_oere": 40_000, "number": 43}
    _, me, around = cheaper(orders=(cheap, BOUGHT, BOUGHT | {"number": 45}))
    assert [me.orders[j].state for j in range(3)] == [SETTLING, GOING_BACK, SETTLING]
    assert len(events(around.tape, ev.RETURNS_FOR_PRICE)) == 1


def test_who_sends_it_back_for_the_price_follows_the_link_for_the_need_that_is_open_again():
    cold = {"click_intercept": -90.0, "survives_return": 1.0, "finds_by_search": 0.0}
    cold |= {"outside_web": 90.0, "wake_glance": 0.0}
    for discount, follows in ((0.5, True), (0.0, False)):
        flow_mail = {"flows": 1.0, "newsletters": 0, "coupon_share": discount}
        flow_mail |= {"flow_coupon": [1] * FLOWS, "popularity": [0.0] * 4 + [1.0] + [0.0] * 19}
        me = person((), (BOUGHT,), **QUIET, distance_km=500.0, time_value=0.0, hassle=0.0)
        numbers = STILL | NOWHERE | KEEN | cold
        offer = terms(return_window_days=30, mail_return_fee_dkk=0.0)
        around = world(market=market(**numbers), terms=offer)
        one = profile({"welcome": 100}, permission=1)
        get_mail(me, file(one), around, office(firm(**(MAILS | flow_mail))))
        told = written(around.tape)
        assert (ev.RETURNS_FOR_PRICE in told) == (ev.MAIL_CLICKED in told) == follows
        if follows:
            assert value(events(around.tape, ev.MAIL_CLICKED)[0], "need") == 11
            assert value(events(around.tape, ev.WEB_VISIT)[0], "need") == 11


def test_who_sends_one_thing_back_may_click_all_the_same_by_his_own_luck():
    u = uniform(SEED, ID, messages.CLICKS, BY_NEWSLETTER, 100)
    for more, clicks in ((1e-6, True), (-1e-6, False)):
        numbers = {"click_intercept": logit(u) + more, "click_relevance": 0.0}
        assert (ev.MAIL_CLICKED in mailed(numbers=numbers)[2]) == clicks


# ---- social channels -----------------------------------------------------------------------------

ADS = {"instagram_ad_seen": 1.0, "instagram_ad_click_intercept": -90.0, "instagram_post_share": 0.0}


def instagram(company=None, numbers=None, one=None, **about):
    me, one = person(**({"cookies": 1, "device": 1, "looked_day": -1} | about)), one or profile()
    around = world(market=market(**(STILL | ADS | (numbers or {}))))
    told = {"prospecting": 1.0, "retargeting": 1.0, "holdout": 0.0}
    books = office(firm(**(told | (company or {}))))
    look_at_feed(me, file(one), -1, 0, around, books)
    return me, written(around.tape), around


def test_he_is_open_to_shops_once_a_day():
    me, told, _ = instagram()
    assert told == [ev.AD_SHOWN, ev.AD_NOTICED] and me.looked_day[0] == 100
    assert instagram(looked_day=100)[1] == [] and instagram(looked_day=99)[1] != []


def test_a_post_is_seen_by_who_knows_us_at_its_share():
    nobody = {"prospecting": 0.0}
    u = uniform(SEED, ID, social.POST, KEYS_OF["instagram"], 100)
    for share, until, seen in ((u + 1e-9, 101, True), (u - 1e-9, 101, False), (1.0, 100, False)):
        me, told, _ = instagram(nobody, {"instagram_post_share": share}, knows_until=until)
        assert told == [ev.POST_SEEN] * seen
        assert me.salience == near(market().salience_post if seen else 0)
    empty = nobody | {"popular_item": -1}
    assert instagram(empty, {"instagram_post_share": 1.0})[1] == []


def test_a_noticed_ad_makes_us_known_and_a_click_leads_to_the_shop():
    names_us = {"ad_names_us": 1.0, "ad_kept_days": 60.0}
    me, told, _ = instagram(numbers=names_us | {"instagram_ad_seen": 0.0}, knows_until=0)
    assert told == [ev.AD_SHOWN] and me.knows_until == 0
    me, told, _ = instagram(numbers=names_us, knows_until=0)
    when = moment(100, BY_AD + KEYS_OF["instagram"])
    drawn = exponential(SEED, ID, memory.FORGETS_AD, 0, when)
    assert told == [ev.AD_SHOWN, ev.AD_NOTICED] and me.knows_until == 101 + int(60 * drawn)
    _, told, around = instagram(numbers={"instagram_ad_click_intercept": 90.0})
    assert told[:4] == [ev.AD_SHOWN, ev.AD_NOTICED, ev.AD_CLICKED, ev.WEB_VISIT]
    assert value(around.tape.log[3], "channel") == INSTAGRAM
    assert instagram({"prospecting": 0.0})[1] == []


def test_an_ad_that_was_really_seen_is_told_with_what_it_showed_and_for_whom():
    cell = {"popularity": [0.0] * 4 + [1.0] + [0.0] * 13}
    for j, number in ((-1, -1), (0, 11)):
        around = world(market=market(**(STILL | ADS)))
        books = office(firm(**({"prospecting": 1.0, "holdout": 0.0} | cell)))
        me = person((NEED,), looked_day=-1, cookies=1)
        look_at_feed(me, file(), j, 0, around, books)
        shown, noticed = events(around.tape, ev.AD_SHOWN)[0], events(around.tape, ev.AD_NOTICED)[0]
        names = ("channel", "need", "item", "order", "category")
        told = [value(noticed, name) for name in names]
        assert told == [INSTAGRAM, number, 16, 0, 1]
        assert told == [value(shown, name) for name in names] and value(noticed, "value") == 0


def test_an_ad_that_contradicts_may_cost_his_consent_by_the_luck_of_its_channel():
    cell = {"popularity": [0.0] * 4 + [1.0] + [0.0] * 13, "consent_by_purpose": 0.0}
    u = uniform(SEED, ID, consent.TAKES_BACK, BY_AD + KEYS_OF["instagram"], 100)
    for more, cookies in ((1e-6, 0), (-1e-6, 1)):
        numbers = {"takes_back": logit(u) + more, "takes_back_trust": 0.0}
        me, told, _ = instagram(cell, numbers, last_from_us=[-1, 95, -1, -1, -1, -1])
        assert ev.CONTRADICTED in told and value(me, "cookies") == cookies


def test_a_mail_that_contradicts_may_cost_his_consent_by_the_luck_of_its_occasion():
    u = uniform(SEED, ID, consent.TAKES_BACK, BY_NEWSLETTER, 100)
    for more, cookies in ((1e-6, 0), (-1e-6, 1)):
        numbers = {"takes_back": logit(u) + more, "takes_back_trust": 0.0}
        about = {"last_from_us": [-1, 95, -1, -1, -1, -1], "cookies": 1}
        me, _, told, _ = mailed(company={"consent_by_purpose": 0.0}, numbers=numbers, **about)
        assert ev.CONTRADICTED in told and value(me, "cookies") == cookies


def test_an_ad_for_what_he_bought_lately_is_told_as_such():
    def owner(bought, days=30):
        me = person(last_from_us=bought)
        around = world(market=market(**ADS, contradiction_days=days))
        books = office(firm(prospecting=1.0, holdout=0.0))
        see_ad(me, file(), -1, 0, 1, around, books)
        return value(events(around.tape, ev.AD_SHOWN)[0], "value")

    assert [owner(day) for day in (-1, 69, 70, 100)] == [0, 0, 1, 1]
    assert owner(0, days=100) == 1, "day 0 is a day"


def test_every_known_device_counts_the_ads_it_was_shown():
    one = profile(device_seen=2)
    instagram(one=one)
    assert one.ads_this_week[1] == 1


def test_a_post_and_an_ad_may_wake_a_need_at_a_glance_each_by_its_own_luck():
    asleep = NEED | {"state": LATENT, "next_day": NEVER}
    cell = {"campaign_cell": 4, "popularity": [0.0] * 4 + [1.0] + [0.0] * 13}
    for occasion, numbers, company in (
        (BY_MEDIUM, {"instagram_post_share": 1.0}, {"prospecting": 0.0}),
        (BY_AD, {}, {"prospecting": 1.0}),
    ):
        when = moment(100, occasion + KEYS_OF["instagram"])
        u = uniform(SEED, ID, needs.WAKES, 11, tile(when, 0))
        for p, woken in ((2 * u + 1e-9, True), (2 * u - 1e-9, False)):
            me = person((asleep,), cookies=1, looked_day=-1)
            told = STILL | ADS | {"wake_buyer": p, "wake_glance": 0.5} | numbers
            books = office(firm(**({"holdout": 0.0, "retargeting": 0.0} | cell | company)))
            look_at_feed(me, file(), -1, 0, world(market=market(**told)), books)
            assert (me.needs[0].state == ACTIVE) == woken


def test_a_look_at_a_feed_names_the_need_it_is_for_and_else_none():
    seen = {"instagram_post_share": 1.0}
    for j, number in ((0, 11), (-1, -1)):
        around = world(market=market(**(STILL | ADS | seen)))
        look_at_feed(person((NEED,), looked_day=-1), file(), j, 0, around, office())
        assert value(events(around.tape, ev.POST_SEEN)[0], "need") == number
    due = {"scroll_day": 100, "session_day": [100] + [NEVER] * 5, "looked_day": -1}
    around = lived(pass_time, (NEED,), numbers=seen, **due)[3]
    assert value(events(around.tape, ev.POST_SEEN)[0], "need") == -1


def test_a_look_at_a_feed_is_an_occasion_of_its_channel():
    when = moment(100, BY_AD + KEYS_OF["instagram"])
    u = uniform(SEED, ID, touchpoints.SWITCHES, 0, when)
    for share, device in ((u + 1e-9, 0), (u - 1e-9, 1)):
        assert value(instagram(numbers={"device_switch": share})[0], "device") == device


def test_a_click_counts_nothing_but_itself():
    _, _, around = instagram(numbers={"instagram_ad_click_intercept": 90.0})
    assert value(events(around.tape, ev.AD_CLICKED)[0], "value") == 0
    _, _, around = instagram(numbers={"instagram_post_share": 1.0})
    assert value(events(around.tape, ev.POST_SEEN)[0], "value") == 0


def test_a_post_names_the_need_he_looks_for():
    me, around = person(), world(market=market(instagram_post_share=1.0))
    see_post(me, 11, 0, around, office())
    assert value(events(around.tape, ev.POST_SEEN)[0], "need") == 11


# ---- time and needs ----------------------------------------------------------------------------


def test_sessions_come_after_exponential_gaps():
    feeds = {"scroll_day": 100, "session_day": [100] + [NEVER] * 5, "session_gap": 5.0}
    me, told, _, _ = lived(pass_time, **feeds, browse_day=99, browse_gap=9.0)
    for name, key, about, gap in (
        ("scroll_day", a_day.SCROLLS, KEYS_OF["instagram"], 5.0),
        ("browse_day", a_day.BROWSES, 0, 9.0),
    ):
        drawn = exponential(SEED, ID, key, about, 100)
        assert value(me, name) == 100 + 1 + int(gap * drawn)
    assert me.session_day[0] == me.scroll_day and me.session_day[1] == NEVER
    ample = {"time_at_hand": 3.0}
    me = lived(pass_time, numbers=ample, **feeds, browse_day=99, browse_gap=9.0)[0]
    drawn = exponential(SEED, ID, a_day.BROWSES, 0, 100)
    assert value(me, "browse_day") == 101 + int(9.0 * drawn / 3), "thrice the hours at hand"
    drawn = exponential(SEED, ID, a_day.SCROLLS, KEYS_OF["instagram"], 100)
    here = ample | {"instagram_time_here": 0.4}
    me = lived(pass_time, numbers=here, **feeds)[0]
    assert me.session_day[0] == 101 + int(5.0 * drawn / (3 * 0.4)), "less of them there"
    assert ev.WEB_VISIT in told or ev.STORE_VISIT in told
    assert lived(pass_time, scroll_day=101, browse_day=101)[1] == []
    assert lived(pass_time, browse_day=100)[1] != [], "on its day"


def test_who_knows_us_looks_round_in_the_web_shop_or_in_an_open_store():
    u = uniform(SEED, ID, a_day.BROWSE_STORE, 0, 100)
    nobody = {"search_ours": -90.0, "link_leads_here": 0.0}

    def where(share=1.0, is_open=1, stores=1, knows_until=NEVER):
        around = world(
            market=market(**STILL, **nobody, browses_in_store=share),
            today=today(stores_open=is_open),
            terms=terms(stores=stores),
        )
        me = person(knows_until=knows_until)
        look_round(me, file(), around, office(firm(search_presence=0.0)))
        return written(around.tape)[:1]

    assert where(u + 1e-9) == [ev.STORE_VISIT] and where(u - 1e-9) == [ev.WEB_VISIT]
    assert where(is_open=0) == where(0.0, stores=0) == [ev.WEB_VISIT]
    assert where(stores=0) == [], "to the competitor's store"
    assert where(knows_until=0) == where(0.0, knows_until=0) == []


def test_only_what_is_wanted_and_on_his_mind_is_pursued():
    goes = {"direct_utility": 90.0}
    for about in ({"state": LATENT}, {"next_day": 101}):
        assert lived(pursue_needs, (NEED | about,), numbers=goes)[1] == []
    assert ev.WEB_VISIT in lived(pursue_needs, (NEED,), numbers=goes)[1]


def test_needs_arise_are_pursued_when_they_come_to_mind_and_die():
    soon, later = NEED, NEED | {"number": 12, "next_day": 101}
    me, told, _, _ = lived(pursue_needs, (soon, later), numbers={"wait_utility": 90.0})
    assert told == [] and me.needs[0].next_day > 100 and me.needs[1].next_day == 101
    dead = NEED | {"dies": 100}
    assert lived(pursue_needs, (dead,))[1] == [ev.NEED_DIED]
    clock = {"need_at": [100.0] + [1e9] * 5, "need_gap": 900.0, "next_need_day": 100}
    told = lived(pursue_needs, **clock, numbers={"latent_share_buyer": 0.0})[1]
    assert told == [ev.NEED_ACTIVE]


WHERE = {
    "competitor_utility": ev.COMPETITOR_SALE,
    "search_utility_buyer": ev.SEARCH_CLICKED,
    "instagram_utility_buyer": ev.AD_SHOWN,
    "direct_utility": ev.WEB_VISIT,
    "store_utility": ev.STORE_VISIT,
}


def attended(numbers, company=None, **about):
    told = {"competitor_buys_buyer": 1.0, "search_ours": 90.0, "finds_by_search": 0.0}
    told |= {"outside_store": 90.0, "outside_web": 90.0, "instagram_progress_step": 0.1}

    def rule(me, papers, around, books):
        attend(me, papers, 0, around, books)

    return lived(
        rule, (NEED,), (), None, {"prospecting": 1.0} | (company or {}), told | numbers, **about
    )


@pytest.mark.parametrize("utility", WHERE)
def test_a_need_leads_where_it_is_drawn(utility):
    me, told, _, around = attended({utility: 90.0})
    assert told[0] == WHERE[utility]
    if utility != "instagram_utility_buyer":
        assert value(around.tape.log[0], "need") == 11
    assert me.needs[0].state == FREE or me.needs[0].next_day > 100


def test_the_centre_is_asked_about_the_need():
    me, told, _, _ = attended({"centre_utility": 90.0})
    assert told == [] and (me.case_topic, me.case_about) == (ev.ABOUT_PRODUCT, 11)


def test_a_look_at_feed_inspires_a_little():
    assert attended({"instagram_utility_buyer": 90.0})[0].needs[0].progress == near(0.6)


def test_who_is_inspired_knows_in_the_end_all_that_he_wants():
    assert attended({"instagram_utility_buyer": 90.0, "instagram_progress_step": 0.8})[0].needs[
        0
    ].progress == near(1.0)


def test_what_is_searched_is_found_with_us_or_with_somebody_else():
    elsewhere = {"search_utility_buyer": 90.0, "search_ours": -90.0}
    free = {"search_presence": 0.0}
    me, told, _, _ = attended(elsewhere, free, knows_until=0)
    assert told == [ev.COMPETITOR_SALE] and me.knows_until == 0
    assert attended(elsewhere | {"competitor_buys_buyer": 0.0}, free)[1] == []
    me, told, _, around = attended({"search_utility_buyer": 90.0}, free, knows_until=0)
    assert told[:2] == [ev.SEARCH_CLICKED, ev.WEB_VISIT] and me.knows_until > 100
    assert value(around.tape.log[0], "value") == 0
    paid = attended(
        {"search_utility_buyer": 90.0, "search_ad_takes": 1.0}, {"search_presence": 1.0}
    )[3]
    assert value(paid.tape.log[0], "value") == 1


def test_a_visit_after_a_search_is_an_occasion_of_its_engine():
    for key in (KEYS_OF["search"], 9):
        u = uniform(SEED, ID, touchpoints.SWITCHES, 12, moment(100, BY_MEDIUM + key))
        for share, device in ((u + 1e-9, 1), (u - 1e-9, 0)):
            numbers = {"search_utility_buyer": 90.0, "device_switch": share, "search_key": key}
            assert value(attended(numbers)[0], "device") == device


def test_a_visit_of_his_own_accord_is_an_occasion_of_its_need():
    u = uniform(SEED, ID, touchpoints.SWITCHES, 12, moment(100, ON_HIS_OWN))
    for share, device in ((u + 1e-9, 1), (u - 1e-9, 0)):
        numbers = {"direct_utility": 90.0, "device_switch": share}
        assert value(attended(numbers)[0], "device") == device


def test_a_search_leads_to_the_shop_and_to_no_item():
    quiet = {"finds_by_search": 0.0, "finds_expert": 0.0, "outside_web": 90.0}
    me = person((NEED | {"category": 0, "style": 0},), cookies=1, **QUIET)
    numbers = STILL | NOWHERE | quiet | {"search_utility_buyer": 90.0, "search_ours": 90.0}
    around = world(market=market(**numbers))
    attend(me, file(), 0, around, office(firm(own_channel=0.0, front_cell=[5] * 6)))
    assert written(around.tape)[:2] == [ev.SEARCH_CLICKED, ev.WEB_VISIT]
    assert value(around.tape.log[0], "item") == -1
    assert ev.ITEM_VIEWED not in written(around.tape)


def test_the_competitor_does_not_always_sell():
    me, told, _, _ = attended({"competitor_utility": 90.0, "competitor_buys_buyer": 0.0})
    assert told == [] and me.needs[0].state == ACTIVE


def test_a_sale_after_an_ad_is_at_full_price_and_credited_to_it():
    numbers = STILL | BUYS | ADS | {"instagram_ad_click_intercept": 90.0}
    me = person((NEED,), cookies=1, looked_day=-1, **QUIET)
    cell = [0.0] * 4 + [1.0] + [0.0] * 13
    books = office(firm(prospecting=1.0, holdout=0.0, popularity=cell, record_web=1.0))
    around = world(market=market(**numbers), terms=terms(pickup_in_store=0))
    look_at_feed(me, file(), -1, 0, around, books)
    assert value(events(around.tape, ev.AD_SHOWN)[0], "need") == -1
    assert value(events(around.tape, ev.AD_CLICKED)[0], "need") == 11
    assert value(events(around.tape, ev.WEB_ORDER)[0], "amount_oere") == 50_000
    assert list(books.ledger.attributed_oere)[:3] == [50_000, 0, 0]
