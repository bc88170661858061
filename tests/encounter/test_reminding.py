"""Claims about what brings a wish back to mind, what keeps us known, and what a cost leaves."""

from __future__ import annotations

import pytest
from people import (
    ID,
    KEYS_OF,
    SEED,
    choice,
    events,
    file,
    firm,
    flow,
    market,
    office,
    person,
    profile,
    shown,
    terms,
    today,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import exponential, uniform
from sim.core.records import (
    ACTIVE,
    ADDRESSES,
    BRINGING,
    FREE,
    LATENT,
    NEVER,
    REFUND_DUE,
    TO_PICK_UP,
    UNKNOWN,
)
from sim.encounter.checkout import choose_delivery, order_online
from sim.encounter.day import next_day
from sim.encounter.elsewhere import buy_elsewhere
from sim.encounter.impressions import label_tiles, remind_by_tiles
from sim.encounter.mail import get_mail
from sim.encounter.occasions import (
    AT_STORE,
    BY_AD,
    BY_FLOW,
    BY_MEDIUM,
    BY_NEWSLETTER,
    BY_SECOND_NEWSLETTER,
    lead_on_purpose,
    moment,
    tile,
)
from sim.encounter.parcels import handle_post
from sim.encounter.social import look_at_feed
from sim.encounter.store import bring_back, visit_store
from sim.encounter.till import buy_in_store
from sim.encounter.visiting import TO_LOOK
from sim.encounter.web import visit_web
from sim.journey import memory, messages, needs
from sim.journey.buying import desk_hassle_dkk, mail_return_hassle_dkk, store_return_hassle_dkk

near = pytest.approx

NEED = {"state": ACTIVE, "number": 11, "category": 1, "style": 1, "dies": NEVER, "place": -1}
NEED |= {"basket_item": -1, "progress": 1.0, "next_day": 150}


# ---- a thing in a mail and the open wish that it fits ------------------------------------------


def reminded(items=(16,), share=1.0, wishes=(NEED,), first=50, wrong=0.5):
    """He has opened a mail that shows these things; the needs, what was told, the world."""
    me = person(wishes)
    numbers = market(reminds=share, wrong_style_relevance=wrong)
    around = world(market=numbers, shown=shown(tuple(items)))
    label_tiles(around)
    remind_by_tiles(me, first, ev.EMAIL, around)
    return [me.needs[k].next_day for k in range(len(wishes))], written(around.tape), around


def test_a_thing_that_fits_an_open_wish_brings_it_to_mind_tomorrow():
    days, told, around = reminded((17,))
    assert (days, told) == ([101], [ev.REMINDED])
    names = ("channel", "need", "item", "category", "style", "value", "order", "amount_oere")
    fields = [value(around.tape.log[0], name) for name in names]
    assert fields == [ev.EMAIL, 11, 17, 1, 1, 0, -1, 0]


def test_what_reminds_him_changes_nothing_else_about_the_wish():
    me, around = person((NEED | {"progress": 0.5},)), world(shown=shown((16,)))
    label_tiles(around)
    remind_by_tiles(me, 50, ev.EMAIL, around)
    wish = me.needs[0]
    assert (wish.state, wish.progress, wish.touched, wish.told) == (ACTIVE, 0.5, 0, 0)


@pytest.mark.parametrize("first", [50, 51])
def test_a_thing_reminds_him_by_the_luck_of_its_place_in_the_mail(first):
    u = uniform(SEED, ID, needs.REMINDS, 11, first)
    assert reminded(share=u + 1e-9, first=first)[0] == [101]
    assert reminded(share=u - 1e-9, first=first)[:2] == ([150], [])


def test_each_thing_in_a_mail_has_luck_of_its_own():
    luck = [uniform(SEED, ID, needs.REMINDS, 11, 50 + t) for t in range(4)]
    for t, u in enumerate(luck):
        items = [-1] * t + [16]
        assert reminded(items, u + 1e-9)[0] == [101] and reminded(items, u - 1e-9)[0] == [150]
    share = (min(luck) + sorted(luck)[1]) / 2
    assert reminded([16] * 4, share)[1] == [ev.REMINDED], "one of them does"


def test_a_thing_of_another_style_reminds_him_less():
    u = uniform(SEED, ID, needs.REMINDS, 11, 50)
    for item in (12, 20):
        assert reminded((item,), u / 0.4 + 1e-9, wrong=0.4)[0] == [101]
        assert reminded((item,), u / 0.4 - 1e-9, wrong=0.4)[0] == [150]
    assert reminded((16,), u + 1e-9, wrong=0.0)[0] == [101]


def test_nothing_else_reminds_him_of_it():
    for items in ((), (-1,), (11,), (24,), (-1, 0)):
        assert reminded(items)[:2] == ([150], [])
    asleep = NEED | {"state": LATENT, "next_day": NEVER}
    assert reminded(wishes=(asleep,))[:2] == ([NEVER], []), "it sleeps"
    assert reminded(wishes=(NEED | {"state": FREE},))[1] == []
    first = NEED | {"category": 0, "style": 0}
    assert reminded((0,), wishes=(first,))[0] == [101], "item 0 is an item"


def test_what_is_on_his_mind_today_or_tomorrow_needs_no_reminder():
    for day, told in ((99, []), (100, []), (101, []), (102, [ev.REMINDED]), (NEVER, [ev.REMINDED])):
        days, seen, _ = reminded(wishes=(NEED | {"next_day": day},))
        assert (days, seen) == ([101 if told else day], told)
    assert reminded((16, 17, 18))[1] == [ev.REMINDED], "once is enough"


def test_a_thing_reminds_him_of_one_wish_the_first_that_it_fits():
    other = NEED | {"number": 12}
    assert reminded(wishes=(NEED, other))[0] == [101, 150]
    assert reminded(wishes=(NEED | {"category": 2}, other))[0] == [150, 101]
    assert reminded((16, 24), wishes=(NEED, other | {"category": 2}))[0] == [101, 101]


def test_one_wishs_luck_is_not_anothers():
    luck = [uniform(SEED, ID, needs.REMINDS, number, 50) for number in (11, 12)]
    share = sum(luck) / 2
    for number, u in zip((11, 12), luck, strict=True):
        wish = NEED | {"number": number}
        assert reminded(share=share, wishes=(wish,))[0] == [101 if u < share else 150]


# ---- mails -------------------------------------------------------------------------------------

MAILS = {"newsletters": 1, "pauses": 0.0, "personal_mail": 0.0, "campaign_cell": 4, "flows": 0.0}
READ = {"open_intercept": 90.0, "click_intercept": -90.0, "unsubscribe_intercept": -90.0}
READ |= {"wake_buyer": 0.0, "wake_glance": 0.0, "account_dkk": -1e6, "device_switch": 0.0}


def mailed(numbers=None, company=None, one=None, wishes=(NEED,), **about):
    me = person(wishes, **about)
    around = world(market=market(**(READ | {"reminds": 1.0} | (numbers or {}))))
    get_mail(
        me, file(one or profile(permission=1)), around, office(firm(**MAILS | (company or {})))
    )
    return me, written(around.tape), around


def test_a_mail_that_is_opened_and_not_clicked_may_remind_him():
    me, told, around = mailed()
    assert told == [ev.MAIL_SENT, ev.MAIL_OPENED, ev.REMINDED] and me.needs[0].next_day == 101
    assert value(events(around.tape, ev.REMINDED)[0], "item") == 16
    assert mailed({"reminds": 0.0})[1] == [ev.MAIL_SENT, ev.MAIL_OPENED]


def test_who_does_not_open_it_is_not_reminded_and_who_clicks_need_not_be():
    me, told, _ = mailed({"open_intercept": -90.0})
    assert told == [ev.MAIL_SENT] and me.needs[0].next_day == 150
    hidden = {"finds_by_search": 0.0, "outside_web": 90.0}
    me, told, _ = mailed({"click_intercept": 90.0} | hidden)
    assert ev.MAIL_CLICKED in told and ev.REMINDED not in told


def test_who_has_left_is_reminded_of_nothing():
    assert mailed(present=2)[1] == [ev.MAIL_SENT]


def test_every_mail_reminds_by_the_luck_of_its_occasion():
    for company, one, occasion in (
        ({}, {"permission": 1}, BY_NEWSLETTER),
        ({}, {"other": {"permission": 1}}, BY_NEWSLETTER + ADDRESSES),
        (
            {"flows": 1.0, "newsletters": 0, "popularity": [0.0] * 4 + [1.0] + [0.0] * 13},
            {"due": {"welcome": 100}, "permission": 1},
            BY_FLOW + int(firm().flow_code[flow("welcome")]),
        ),
    ):
        u = uniform(SEED, ID, needs.REMINDS, 11, tile(moment(100, occasion), 0))
        for share, told in ((u + 1e-9, 1), (u - 1e-9, 0)):
            alone = {"reminds": share, "wrong_style_relevance": 0.0}
            _, seen, around = mailed(alone, company, profile(**one))
            first = [e for e in events(around.tape, ev.REMINDED) if value(e, "item") == 16]
            assert ev.MAIL_OPENED in seen and len(first) == told


def test_a_second_newsletter_reminds_by_luck_of_its_own():
    luck = [
        uniform(SEED, ID, needs.REMINDS, 11, tile(moment(100, occasion), 0))
        for occasion in (BY_NEWSLETTER, BY_SECOND_NEWSLETTER)
    ]
    for share, told in ((min(luck) - 1e-9, 0), (min(luck) + 1e-9, 1), (max(luck) + 1e-9, 1)):
        numbers = {"reminds": share, "wrong_style_relevance": 0.0}
        assert mailed(numbers, {"newsletters": 2})[1].count(ev.REMINDED) == told


def test_a_need_that_the_mail_itself_has_woken_is_not_brought_back_by_it():
    asleep = NEED | {"state": LATENT, "next_day": NEVER}
    _, told, _ = mailed({"wake_buyer": 1.0, "wake_glance": 1.0}, wishes=(asleep,))
    assert told == [ev.MAIL_SENT, ev.MAIL_OPENED, ev.NEED_WOKEN]


def test_who_was_reminded_goes_tomorrow_wherever_he_would():
    quiet = dict.fromkeys(("scroll_day", "browse_day", "next_need_day"), NEVER)
    me, _, around = mailed(**quiet)
    assert next_day(me, file(), around, firm()) == 101


# ---- what keeps us known -----------------------------------------------------------------------

KEPT = {"visit_kept_days": 300.0, "purchase_kept_days": 1000.0}
KEPT |= {"ad_kept_days": 200.0, "mail_kept_days": 90.0}


def known_for(days, what, about, when):
    return 100 + 1 + int(days * exponential(SEED, ID, what, about, when))


@pytest.mark.parametrize("occasion", [BY_NEWSLETTER, BY_SECOND_NEWSLETTER])
def test_a_mail_that_was_opened_keeps_us_known_for_some_time(occasion):
    company = {"newsletters": 1 if occasion == BY_NEWSLETTER else 2}
    me, _, _ = mailed(KEPT, company, knows_until=0)
    wanted = [
        known_for(90, memory.FORGETS_MAIL, 0, moment(100, mail))
        for mail in (BY_NEWSLETTER, BY_SECOND_NEWSLETTER)[: company["newsletters"]]
    ]
    assert me.knows_until == max(wanted)
    assert mailed(KEPT | {"open_intercept": -90.0}, company, knows_until=7)[0].knows_until == 7
    assert mailed(KEPT, company, knows_until=9000)[0].knows_until == 9000, "never shorter"


def fed(numbers=None, company=None, **about):
    me = person(**({"cookies": 1, "looked_day": -1} | about))
    told = READ | KEPT | {"instagram_ad_seen": 1.0, "instagram_ad_click_intercept": -90.0}
    around = world(market=market(**(told | (numbers or {}))))
    books = office(firm(**({"prospecting": 0.0, "retargeting": 0.0, "holdout": 0.0} | company)))
    look_at_feed(me, file(), -1, 0, around, books)
    return me, written(around.tape)


def test_a_post_that_is_seen_keeps_us_known_for_some_time():
    until = known_for(200, memory.FORGETS_AD, 0, moment(100, BY_MEDIUM + KEYS_OF["instagram"]))
    for share, kept in ((1.0, max(until, 101)), (0.0, 101)):
        me, told = fed({"instagram_post_share": share}, {}, knows_until=101)
        assert (me.knows_until, ev.POST_SEEN in told) == (kept, share == 1.0)


def test_an_ad_keeps_us_known_where_it_was_noticed_and_taken_for_ours():
    ads, key = {"prospecting": 1.0}, KEYS_OF["instagram"]
    until = known_for(200, memory.FORGETS_AD, 0, moment(100, BY_AD + key))
    u = uniform(SEED, ID, messages.NOTICES_SENDER, key, 100)
    for share, kept in ((u + 1e-9, until), (u - 1e-9, 0)):
        numbers = {"instagram_post_share": 0.0, "ad_names_us": share}
        me, told = fed(numbers, ads, knows_until=0)
        assert told == [ev.AD_SHOWN, ev.AD_NOTICED] and me.knows_until == kept
    numbers = {"instagram_post_share": 0.0, "ad_names_us": 1.0, "instagram_ad_seen": 0.0}
    assert fed(numbers, ads, knows_until=0)[0].knows_until == 0
    assert fed(numbers, {}, knows_until=0)[0].knows_until == 0


def test_a_visit_keeps_us_known_each_by_its_own_luck():
    for about, when in ((0, 640), (12, 640), (12, 641)):
        me, around = person(knows_until=0), world(market=market(**(READ | KEPT)))
        visit_web(me, file(), -1, lead_on_purpose(0, -1, about, when), around, office())
        assert me.knows_until == known_for(300, memory.FORGETS_VISIT, about, when)
    me, around = person(knows_until=0), world(market=market(**(READ | KEPT)))
    visit_store(me, file(), -1, TO_LOOK, -1, around, office())
    when = moment(100, AT_STORE + TO_LOOK)
    assert me.knows_until == known_for(300, memory.FORGETS_VISIT, -1, when)


LINE = NEED | {"basket_item": 16, "cart_oere": 50_000}
QUIET = {"ask_to_join": 0.0, "ask_permission": 0.0}


def purchased(in_store, me, numbers=None, offer=None):
    told = {"defect_share": 0.0} | KEPT | (numbers or {})
    around = world(
        market=market(**told),
        choice=choice(best_item=17, receipt=-1),
        terms=offer or terms(pickup_in_store=0),
    )
    if in_store:
        buy_in_store(me, file(), 0, 0, -1, around, office(firm(**QUIET)))
    else:
        lead = lead_on_purpose(ev.DIRECT, -1, 0, 9)
        order_online(me, file(), 0, lead, UNKNOWN, around, office(firm(**QUIET)))
    return me, around


def test_a_purchase_keeps_us_known_longest_and_one_from_the_competitor_not_at_all():
    for in_store in (False, True):
        me, _ = purchased(in_store, person((LINE,), knows_until=0))
        assert me.knows_until == known_for(1000, memory.FORGETS_PURCHASE, 44, 0)
        me, around = person((NEED,), knows_until=0), world(market=market(**KEPT))
        buy_elsewhere(me, me.needs[0], in_store, around)
        assert me.knows_until == 0


def test_a_purchase_makes_the_next_one_at_the_same_kind_of_place_more_of_a_matter_of_course():
    rate = {"channel_habit_rate": 0.2}
    for in_store, habit in ((False, 0.4), (True, 0.6)):
        me, _ = purchased(in_store, person((LINE,), store_habit=0.5), rate)
        assert me.store_habit == near(habit)
        me = person((NEED,), store_habit=0.5)
        buy_elsewhere(me, me.needs[0], in_store, world(market=market(**rate)))
        assert me.store_habit == near(habit), "whoever sells"


# ---- costs met, and felt -----------------------------------------------------------------------

COSTS = {"cost_memory": 0.25, "fee_felt": 0.001, "learning_rate": 0.5, "trust_rate": 0.1}
DEAR = {"pickup_in_store": 0, "delivery_fee_dkk": 40.0, "free_delivery_from_dkk": 500.0}


def delivered(oere, offer, **about):
    told = {"costs_met_dkk": 20.0, "price_sensitivity": 2.0} | about
    me = person((), ({"number": 44, "paid_oere": oere},), **told)
    around = world(market=market(**COSTS), terms=terms(**offer))
    choose_delivery(me, me.orders[0], oere, around)
    return me


def test_a_fee_is_remembered_and_an_order_without_one_makes_him_forget():
    assert delivered(49_999, DEAR).costs_met_dkk == near(20 + 0.25 * (40 - 20))
    assert delivered(50_000, DEAR).costs_met_dkk == near(15)
    assert delivered(49_999, DEAR | {"delivery_fee_dkk": 0.0}).costs_met_dkk == near(15)
    picks_up = delivered(49_999, DEAR | {"pickup_in_store": 1}, pickup_taste_dkk=1e6)
    assert picks_up.orders[0].state == TO_PICK_UP and picks_up.costs_met_dkk == near(15)


def test_a_fee_is_felt_at_once_as_much_as_he_minds_money():
    for minds in (0.5, 2.0):
        me = delivered(49_999, DEAR, price_sensitivity=minds)
        assert me.satisfaction == near(0.5 - 0.5 * 0.001 * 40 * minds)
        assert me.trust == near(0.5 - 0.1 * 0.001 * 40 * minds)
    for oere, offer in ((50_000, DEAR), (49_999, DEAR | {"delivery_fee_dkk": 0.0})):
        me = delivered(oere, offer)
        assert (me.satisfaction, me.trust) == (0.5, 0.5)


def test_what_a_return_has_cost_is_remembered():
    goods = {"number": 44, "need": 11, "paid_oere": 50_000, "price_oere": 50_000, "place": 1}
    offer = terms(store_return_fee_dkk=10.0, mail_return_fee_dkk=25.0)
    for made_trip, way in ((0, desk_hassle_dkk), (1, store_return_hassle_dkk)):
        me = person((), (goods | {"state": BRINGING},), costs_met_dkk=20.0)
        around = world(market=market(**COSTS), terms=offer)
        bring_back(me, me.orders[0], made_trip, around)
        hassle = way(person(), around.market, offer, today())
        assert me.costs_met_dkk == near(20 + 0.25 * (hassle - 20))
    me = person((), (goods | {"state": REFUND_DUE, "due": 100},), costs_met_dkk=20.0)
    around = world(market=market(**COSTS), terms=offer)
    handle_post(me, file(), 0, around, office())
    hassle = mail_return_hassle_dkk(person(), around.market, offer)
    assert me.costs_met_dkk == near(20 + 0.25 * (hassle - 20))


def test_what_dealing_with_us_has_cost_holds_him_back_as_much_as_he_minds_money():
    mk = market(consider_cost=0.02)
    for minds in (1.0, 3.0):
        free, dear = (
            memory.pull(person(price_sensitivity=minds, costs_met_dkk=c), mk, 0.5, 100)
            for c in (0.0, 30.0)
        )
        assert free - dear == near(0.02 * minds * 30)
