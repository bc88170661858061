"""Claims about how somebody comes to the web shop: on purpose, by our name, or by chance."""

from __future__ import annotations

import pytest
from people import (
    ID,
    INSTAGRAM,
    KEYS_OF,
    SEARCH,
    SEED,
    catalogue,
    events,
    file,
    firm,
    logit,
    market,
    office,
    own,
    person,
    profile,
    shelves,
    terms,
    today,
    value,
    world,
    written,
)

from sim.company.media import OWN_NAME, SEARCH_SLOT
from sim.core import events as ev
from sim.core.draws import exponential, gumbel, uniform
from sim.core.records import (
    ACTIVE,
    AT_CENTRE,
    AT_COMPUTER,
    AT_PHONE,
    BY_MAIL,
    BY_PHONE,
    FREE,
    IN_STORE,
    IS_NOT,
    IS_THERE,
    KEYS,
    NEVER,
    OWN_ADDRESS,
)
from sim.encounter.day import attend, go_to_store, look_round
from sim.encounter.occasions import (
    BROWSING,
    BY_AD,
    BY_MEDIUM,
    ON_HIS_OWN,
    lead_by_chance,
    lead_by_message,
    lead_on_purpose,
    moment,
)
from sim.encounter.searching import come_on_purpose, search, wander
from sim.encounter.social import look_at_feed
from sim.encounter.web import visit_web
from sim.journey import memory, searching, touchpoints
from sim.journey.memory import pull

near = pytest.approx

NEED = {"state": ACTIVE, "number": 11, "category": 1, "style": 1, "dies": NEVER, "place": -1}
NEED |= {"basket_item": -1, "progress": 1.0, "next_day": 100}
CALM = {"cookie_renewed": 0.0, "device_switch": 0.0, "wake_shopper": 0.0, "wake_buyer": 0.0}
CALM |= {"account_dkk": -1e6, "visitor_permission_intercept": -90.0, "bounce": -90.0}
CALM |= {"finds_by_search": 0.0, "finds_expert": 0.0, "outside_web": 90.0, "defect_share": 0.0}
OPEN = {"record_web": 1.0, "link_device": 1.0, "ask_visitors": 0.0, "ask_permission": 0.0}
OPEN |= {
    "ask_to_join": 0.0,
    "own_channel": 0.0,
    "front_cell": [7] * 6,
    "search_presence": 0.0,
    "name_presence": 0.0,
}
BUYS = {"finds_by_search": 1.0, "outside_web": -90.0, "checkout_base": 90.0}
ENGINE = KEYS_OF["search"]
BY_NAME = [ev.NAME_SEARCHED, ev.SEARCH_CLICKED, ev.WEB_VISIT]


def market_of(numbers=None):
    return market(**(CALM | (numbers or {})))


def books_of(company=None):
    return office(firm(**(OPEN | (company or {}))))


# ---- on purpose: by the address or by our name -------------------------------------------------


def come(numbers=None, company=None, j=0, occasion=ON_HIS_OWN, wish=None, **about):
    """Somebody comes to us on purpose: he, the world, the company's books."""
    me = person((NEED | (wish or {}),), **({"cookies": 1} | about))
    around = world(market=market_of(numbers), terms=terms(pickup_in_store=0))
    books = books_of(company)
    come_on_purpose(me, file(), j, occasion, around, books)
    return me, around, books


@pytest.mark.parametrize(("j", "about"), [(0, 12), (-1, 0)])
def test_who_means_to_come_types_the_address_or_searches_for_our_name(j, about):
    u = uniform(SEED, ID, searching.BY_NAME, about, 100)
    for share, told, channel in (
        (u + 1e-9, BY_NAME, SEARCH),
        (u - 1e-9, [ev.WEB_VISIT], ev.DIRECT),
    ):
        _, around, _ = come({"searches_by_name": share}, j=j)
        assert written(around.tape) == told
        assert value(events(around.tape, ev.WEB_VISIT)[0], "channel") == channel


def test_a_search_for_our_name_tells_what_it_is_for_and_leads_to_no_item():
    for j, about in ((0, (11, 1, 1)), (-1, (-1, -1, -1))):
        _, around, _ = come({"searches_by_name": 1.0}, j=j)
        for kind in (ev.NAME_SEARCHED, ev.SEARCH_CLICKED):
            (told,) = events(around.tape, kind)
            fields = [value(told, name) for name in ("need", "category", "style")]
            assert tuple(fields) == about
            names = ("channel", "value", "item", "order", "amount_oere")
            by_name = OWN_NAME if kind == ev.SEARCH_CLICKED else -1
            assert [value(told, name) for name in names] == [SEARCH, 0, -1, by_name, 0]


def test_who_has_the_app_in_his_hand_opens_it():
    for app in (0, 1):
        for device in (AT_COMPUTER, AT_PHONE):
            _, around, _ = come({"searches_by_name": 1.0}, app=app, device=device)
            opens = app == 1 and device == AT_PHONE
            assert (written(around.tape) != BY_NAME) == opens


def test_the_device_that_he_takes_up_decides_whether_he_has_the_app_in_his_hand():
    for device, told in ((AT_COMPUTER, [ev.WEB_VISIT]), (AT_PHONE, BY_NAME)):
        numbers = {"searches_by_name": 1.0, "device_switch": 1.0}
        me, around, _ = come(numbers, app=1, device=device)
        assert written(around.tape) == told and value(me, "device") == 1 - device, "once a visit"


def test_the_app_is_opened_or_our_name_searched_by_the_luck_of_the_device_on_that_visit():
    for j, about in ((0, 12), (-1, 0)):
        u = uniform(SEED, ID, touchpoints.SWITCHES, about, moment(100, ON_HIS_OWN))
        for device in (AT_COMPUTER, AT_PHONE):
            for share, at in ((u + 1e-9, 1 - device), (u - 1e-9, device)):
                numbers = {"searches_by_name": 1.0, "device_switch": share}
                _, around, _ = come(numbers, j=j, app=1, device=device)
                told = [ev.WEB_VISIT] if at == AT_PHONE else BY_NAME
                assert written(around.tape) == told


def test_where_there_is_no_search_engine_he_types_the_address():
    _, around, _ = come({"searches_by_name": 1.0, "search_searched": 0})
    assert written(around.tape) == [ev.WEB_VISIT]


def test_of_several_engines_he_takes_the_one_that_he_likes_best_today():
    luck = {
        name: gumbel(SEED, ID, searching.CHOOSES_ENGINE, 12, 100 * KEYS + KEYS_OF[name])
        for name in ("instagram", "search")
    }
    for shopper, kind in ((0, "buyer"), (1, "shopper")):
        for more, channel in ((1e-6, INSTAGRAM), (-1e-6, SEARCH)):
            numbers = {"searches_by_name": 1.0, "instagram_social": 0, "instagram_searched": 1}
            numbers |= {f"instagram_utility_{kind}": luck["search"] - luck["instagram"] + more}
            numbers |= {f"search_utility_{kind}": 0.0}
            _, around, _ = come(numbers, shopper=shopper)
            assert value(events(around.tape, ev.WEB_VISIT)[0], "channel") == channel


def test_above_our_name_some_click_our_ad_where_it_stands_there():
    u = uniform(SEED, ID, searching.RESULT, 12, 100 * KEYS + ENGINE)
    for takes, on_show, above in ((u + 1e-9, 1, 1), (u - 1e-9, 1, 0), (1.0, 0, 0)):
        numbers = {"searches_by_name": 1.0, "search_ad_takes": takes}
        _, around, _ = come(numbers, {"name_presence": float(on_show)})
        assert written(around.tape) == BY_NAME
        for kind in (ev.NAME_SEARCHED, ev.SEARCH_CLICKED):
            assert value(events(around.tape, kind)[0], "value") == above


@pytest.mark.parametrize(("j", "about"), [(0, 12), (-1, 0)])
def test_whether_our_ad_stands_above_our_name_is_drawn_for_each_search(j, about):
    u = uniform(SEED, 3, SEARCH_SLOT, about, 100 * KEYS + ENGINE)
    numbers = {"searches_by_name": 1.0, "search_ad_takes": 1.0}
    for share, above in ((u + 1e-9, 1), (u - 1e-9, 0)):
        _, around, _ = come(numbers, {"name_presence": share}, j=j)
        assert value(events(around.tape, ev.NAME_SEARCHED)[0], "value") == above


def test_a_sale_by_our_name_is_credited_to_the_ad_only_where_it_was_clicked():
    by_name = BUYS | {"searches_by_name": 1.0}
    for takes, credited in ((1.0, [0, 50_000, 0]), (0.0, [0, 0, 0])):
        numbers = by_name | {"search_ad_takes": takes}
        me, around, books = come(numbers, {"name_presence": 1.0})
        (sale,) = events(around.tape, ev.WEB_ORDER)
        assert (value(sale, "channel"), value(sale, "amount_oere")) == (SEARCH, 50_000)
        assert list(books.ledger.attributed_oere)[3:6] == credited
        assert me.orders[0].touched & ev.BY_AD_LINK == ev.BY_AD_LINK * (takes == 1.0)
    _, _, books = come(BUYS | {"searches_by_name": 0.0}, {"name_presence": 1.0})
    assert not any(books.ledger.attributed_oere), "who types the address has clicked nothing"


def test_who_means_to_come_looks_at_the_shop_whatever_he_sees_at_first_glance():
    gone = {"bounce": 1e3}
    for by_name in (0.0, 1.0):
        for j in (0, -1):
            numbers = gone | {"searches_by_name": by_name, "search_ad_takes": 1.0}
            me, around, _ = come(numbers, {"name_presence": 1.0}, j=j, knows_until=0)
            assert ev.LEFT_AT_ONCE not in written(around.tape)
            assert me.knows_until > 100 and me.visited_day == 100


@pytest.mark.parametrize("by_name", [0.0, 1.0])
def test_a_visit_on_purpose_is_of_the_occasion_that_is_told(by_name):
    for j, about in ((0, 12), (-1, 0)):
        for occasion in (ON_HIS_OWN, BROWSING):
            u = uniform(SEED, ID, touchpoints.SWITCHES, about, moment(100, occasion))
            for share, device in ((u + 1e-9, 1), (u - 1e-9, 0)):
                numbers = {"searches_by_name": by_name, "device_switch": share}
                me, _, _ = come(numbers, j=j, occasion=occasion)
                assert value(me, "device") == device


# ---- by chance: gone at once, or not -----------------------------------------------------------


def dropped_in(lead, j=-1, numbers=None, one=None, company=None, **about):
    """A visit that this lead brought: whether he looked, he, what is on file, the world."""
    told = {"cookies": 1, "device": 1, "knows_until": 0, "visited_day": -1}
    me, one = person((NEED,), **(told | about)), one or profile()
    around = world(market=market_of(numbers), terms=terms(pickup_in_store=0))
    looked = visit_web(me, file(one), j, lead, around, books_of(company))
    assert looked == (ev.LEFT_AT_ONCE not in written(around.tape))
    return looked, me, one, around


def by_chance(landing=-1, about=0, when=640, paid=-1, source=SEARCH):
    return lead_by_chance(source, landing, paid, about, when)


@pytest.mark.parametrize(("about", "when"), [(0, 640), (12, 640), (12, 641)])
def test_who_comes_by_chance_may_be_gone_at_once_by_the_luck_of_his_visit(about, when):
    u = uniform(SEED, ID, searching.LEAVES_AT_ONCE, about, when)
    for more, looked in ((1e-6, False), (-1e-6, True)):
        lead = by_chance(about=about, when=when)
        assert dropped_in(lead, numbers={"bounce": logit(u) + more})[0] == looked


def test_who_knows_us_or_looks_for_something_or_lands_on_it_stays_the_sooner():
    at = logit(uniform(SEED, ID, searching.LEAVES_AT_ONCE, 0, 640))
    worth = {"bounce_known": 0.7, "bounce_needed": 1.1, "bounce_fits": 1.9}
    for until, j, landing, stays in (
        (100, -1, -1, 0.0),
        (101, -1, -1, 0.7),
        (100, 0, -1, 1.1),
        (101, 0, -1, 1.8),
        (100, 0, 17, 3.0),
        (101, 0, 16, 3.7),
        (100, 0, 12, 1.1),  # another style
        (100, 0, 28, 1.1),  # another category, the same style
        (100, -1, 17, 0.0),  # he looks for nothing
        (101, -1, 17, 0.7),
    ):
        for more, looked in ((1e-6, False), (-1e-6, True)):
            numbers = worth | {"bounce": at + stays + more}
            lead = by_chance(landing)
            assert dropped_in(lead, j, numbers, knows_until=until)[0] == looked


def test_the_very_first_item_is_one_to_land_on():
    at = logit(uniform(SEED, ID, searching.LEAVES_AT_ONCE, 0, 640))
    me = person((NEED | {"category": 0, "style": 0},), knows_until=0)
    numbers = {"bounce_needed": 0.0, "bounce_fits": 2.0, "bounce": at + 1.0}
    around = world(market=market_of(numbers))
    assert visit_web(me, file(), 0, by_chance(0), around, books_of())


GONE = {"bounce": 1e3}


def test_who_is_gone_at_once_has_been_there_and_that_is_all_that_is_told():
    for j, number in ((0, 11), (-1, -1)):
        for source in (SEARCH, INSTAGRAM):
            _, _, one, around = dropped_in(by_chance(17, source=source), j, GONE)
            assert written(around.tape) == [ev.WEB_VISIT, ev.LEFT_AT_ONCE]
            visit, gone = around.tape.log[0], around.tape.log[1]
            for event in (visit, gone):
                names = ("channel", "need", "item", "category")
                assert [value(event, name) for name in names] == [source, number, -1, -1]
            assert value(visit, "seen_as") == ev.A_DEVICE
            assert one.device_seen == 1 << BY_PHONE


def test_who_is_gone_at_once_is_recognised_by_whatever_makes_him_known():
    _, _, _, around = dropped_in(by_chance(), numbers=GONE, one=profile(linked=2))
    assert value(around.tape.log[0], "seen_as") == ev.A_PERSON
    _, _, _, around = dropped_in(by_chance(), numbers=GONE, cookies=0)
    assert value(around.tape.log[0], "seen_as") == ev.NOBODY


def test_who_is_gone_at_once_remembers_nothing_and_leaves_no_look_on_record():
    asks = {"ask_visitors": 1.0}
    keen = GONE | {"visitor_permission_intercept": 90.0, "wake_buyer": 1.0, "finds_by_search": 1.0}
    for j in (0, -1):
        lead = by_chance(17)
        looked, me, one, _ = dropped_in(lead, j, keen, company=asks, salience=2.0, salience_day=100)
        assert not looked
        assert (me.knows_until, me.salience, me.visited_day) == (0, 2.0, -1)
        wish = me.needs[0]
        assert (wish.told, wish.touched, wish.place, wish.progress) == (0, 0, -1, 1.0)
        assert (wish.next_day, wish.cart_oere, me.expertise[1]) == (100, 0, 0)
        assert (me.permission, own(one).permission) == (0, 0), "nobody asks him to sign up"
        for s in (BY_PHONE, BY_MAIL):
            assert one.silos[s].live.view_item == -1


def test_who_knew_us_before_goes_on_knowing_us_as_long_as_he_would_have():
    assert dropped_in(by_chance(), numbers=GONE, knows_until=150)[1].knows_until == 150


def test_who_is_gone_at_once_orders_nothing_of_what_he_has_in_mind():
    me, around = (
        person((NEED | {"basket_item": 16, "basket_place": 1},)),
        world(market=market_of(GONE | BUYS)),
    )
    visit_web(me, file(), -1, by_chance(), around, books_of())
    assert (me.needs[0].state, me.needs[0].basket_item, me.orders_open) == (ACTIVE, 16, 0)


def test_whom_a_mail_brings_means_to_come():
    lead = lead_by_message(ev.EMAIL, 17, 0.0, 640, OWN_ADDRESS)
    for j in (0, -1):
        assert dropped_in(lead, j, GONE)[0] and dropped_in(lead_on_purpose(0, -1, 0, 1), j, GONE)[0]


def test_who_is_gone_at_once_has_typed_no_password():
    fond = GONE | {"account_dkk": 1e6, "identity_scale_dkk": 1.0}
    _, _, _, around = dropped_in(by_chance(), numbers=fond, account=1)
    assert written(around.tape) == [ev.WEB_VISIT, ev.LEFT_AT_ONCE]
    stays = fond | {"bounce": -1e3}
    assert ev.LOGGED_IN in written(dropped_in(by_chance(), numbers=stays, account=1)[3].tape)


def test_a_tap_on_an_ad_may_be_over_at_once():
    cell = {"popularity": [0.0] * 4 + [1.0] + [0.0] * 13, "prospecting": 1.0, "holdout": 0.0}
    seen = {"instagram_ad_seen": 1.0, "instagram_post_share": 0.0}
    seen |= {"instagram_ad_click_intercept": 90.0}
    for bounce, left in ((1e3, True), (-1e3, False)):
        me = person((NEED,), cookies=1, looked_day=-1)
        around = world(market=market_of(seen | {"bounce": bounce}))
        look_at_feed(me, file(), -1, 0, around, books_of(cell))
        told = written(around.tape)
        assert told[:4] == [ev.AD_SHOWN, ev.AD_NOTICED, ev.AD_CLICKED, ev.WEB_VISIT]
        assert (ev.LEFT_AT_ONCE in told) == left != (ev.ITEM_VIEWED in told)
        assert value(events(around.tape, ev.WEB_VISIT)[0], "need") == 11
        assert (me.needs[0].touched & ev.BY_AD_LINK == 0) == left


def tapped(bounce, names_us=1.0, **about):
    """Somebody taps on an ad of ours; he, and what was told."""
    cell = {"popularity": [0.0] * 4 + [1.0] + [0.0] * 13, "prospecting": 1.0, "holdout": 0.0}
    seen = {"instagram_ad_seen": 1.0, "instagram_post_share": 0.0, "ad_names_us": names_us}
    seen |= {"instagram_ad_click_intercept": 90.0, "bounce": bounce, "bounce_known": 20.0}
    seen |= {"bounce_needed": 0.0, "bounce_fits": 0.0}
    me = person((NEED,), **({"cookies": 1, "looked_day": -1, "knows_until": 0} | about))
    around = world(market=market_of(seen))
    look_at_feed(me, file(), -1, 0, around, books_of(cell))
    return me, written(around.tape)


def test_whose_ad_it_is_does_not_make_the_same_tap_one_by_somebody_who_knows_us():
    when = moment(100, BY_AD + KEYS_OF["instagram"])
    at = logit(uniform(SEED, ID, searching.LEAVES_AT_ONCE, 0, when))
    for until, worth in ((0, 0.0), (100, 0.0), (101, 20.0)):
        for names_us in (0.0, 1.0):
            for more, left in ((1e-6, True), (-1e-6, False)):
                _, told = tapped(at + worth + more, names_us, knows_until=until)
                assert (ev.LEFT_AT_ONCE in told) == left


def test_whose_ad_it_was_stays_in_mind_of_who_tapped_on_it_and_was_gone_at_once():
    drawn = exponential(SEED, ID, memory.FORGETS_AD, 0, moment(100, BY_AD + KEYS_OF["instagram"]))
    until = 101 + int(market().ad_kept_days * drawn)
    for names_us, known in ((1.0, until), (0.0, 0)):
        me, told = tapped(1e3, names_us)
        assert told[-1] == ev.LEFT_AT_ONCE and me.knows_until == known


# ---- a search for a thing ----------------------------------------------------------------------


def searched(numbers=None, company=None, wish=None, **about):
    me = person((NEED | (wish or {}),), **({"cookies": 1, "knows_until": 0} | about))
    told = {"search_ours": 90.0, "search_pull": 0.0, "competitor_buys_buyer": 0.0}
    around = world(market=market_of(told | (numbers or {})), terms=terms(pickup_in_store=0))
    search(me, file(), 0, 1, around, books_of(company))
    return me, written(around.tape), around


def test_a_search_for_a_thing_is_no_search_for_our_name():
    me, told, around = searched({"searches_by_name": 1.0})
    assert told == [ev.SEARCH_CLICKED, ev.WEB_VISIT] and me.knows_until > 100
    fields = [value(around.tape.log[0], name) for name in ("channel", "need", "value")]
    assert fields == [SEARCH, 11, 0]


def test_whom_a_search_brings_may_be_gone_at_once_and_then_buys_elsewhere_or_not():
    click = [ev.SEARCH_CLICKED, ev.WEB_VISIT, ev.LEFT_AT_ONCE]
    me, told, around = searched(GONE | {"competitor_buys_buyer": 1.0})
    assert told == [*click, ev.COMPETITOR_SALE] and me.needs[0].state == FREE
    assert value(events(around.tape, ev.COMPETITOR_SALE)[0], "value") == 0, "on the web"
    assert me.knows_until == 0
    me, told, _ = searched(GONE)
    assert told == click and me.needs[0].state == ACTIVE


def test_who_looks_at_what_we_have_does_not_buy_elsewhere_on_the_same_search():
    me, told, _ = searched({"competitor_buys_buyer": 1.0})
    assert ev.COMPETITOR_SALE not in told and me.needs[0].state == ACTIVE
    told = searched({"competitor_buys_buyer": 1.0, "search_ours": -90.0})[1]
    assert told == [ev.COMPETITOR_SALE]


def test_the_visit_after_a_search_leaves_by_the_luck_of_its_need_and_its_engine():
    u = uniform(SEED, ID, searching.LEAVES_AT_ONCE, 12, moment(100, BY_MEDIUM + ENGINE))
    for more, left in ((1e-6, True), (-1e-6, False)):
        numbers = {"bounce": logit(u) + more, "bounce_needed": 0.0}
        assert (ev.LEFT_AT_ONCE in searched(numbers)[1]) == left


def test_the_paid_result_brings_him_by_chance_too():
    numbers = GONE | {"search_ad_takes": 1.0}
    _, told, around = searched(numbers, {"search_presence": 1.0})
    assert told == [ev.SEARCH_CLICKED, ev.WEB_VISIT, ev.LEFT_AT_ONCE]
    assert value(around.tape.log[0], "value") == 1


# ---- a look round ------------------------------------------------------------------------------


def looked_round(rule=look_round, numbers=None, company=None, stores_open=1, **about):
    me = person((NEED | {"next_day": NEVER},), **({"cookies": 1} | about))
    told = {"search_ours": -90.0, "search_pull": 0.0, "browses_in_store": 0.0}
    told |= {"searches_by_name": 0.0, "in_mind_days_web": 0, "in_mind_days": 0}
    told |= {"follows_links": 0.0}
    around = world(market=market_of(told | (numbers or {})), today=today(stores_open=stores_open))
    rule(me, file(), around, books_of(company))
    return written(around.tape), around, me


def test_who_knows_us_thinks_of_us_by_how_we_come_to_mind():
    for about in ({}, {"trust": 0.9}, {"salience": 3.0, "salience_day": 100}):
        u = uniform(SEED, ID, searching.THINKS_OF_US, 0, 100)
        at = logit(u) - 0.4 * pull(person(**about), market(), 0.0, 100)
        for more, told in ((1e-6, [ev.WEB_VISIT]), (-1e-6, [])):
            numbers = {"browse_utility": at + more, "browse_pull": 0.4}
            assert looked_round(numbers=numbers, **about)[0] == told


def test_who_does_not_know_us_does_not_think_of_us():
    fond = {"browse_utility": 1e3, "browses_in_store": 1.0, "unaware_penalty": 0.0}
    for until, told in ((101, ev.STORE_VISIT), (100, None)):
        seen = looked_round(numbers=fond, knows_until=until)[0]
        assert seen[:1] == [told] * (told is not None)


def test_who_does_not_think_of_us_looks_round_where_a_search_leads():
    nobody = {"browse_utility": -1e3, "search_ours": 90.0}
    for until in (0, NEVER):
        told, around, me = looked_round(numbers=nobody, knows_until=until)
        assert told == [ev.SEARCH_CLICKED, ev.WEB_VISIT]
        for event in around.tape.log[:2]:
            assert [value(event, name) for name in ("channel", "need")] == [SEARCH, -1]
        assert me.knows_until > 100
    told = looked_round(numbers=nobody | {"browses_in_store": 1.0})[0]
    assert told == [], "he looks round in the competitor's store"
    told = looked_round(numbers=nobody | {"browses_in_store": 1.0}, stores_open=0)[0]
    assert told == [ev.SEARCH_CLICKED, ev.WEB_VISIT]


def test_who_looks_round_and_thinks_of_us_may_search_for_our_name():
    fond = {"browse_utility": 1e3, "searches_by_name": 1.0} | GONE
    assert looked_round(numbers=fond)[0] == BY_NAME


def test_a_look_round_comes_upon_us_by_its_own_luck_as_somebody_who_has_not_searched_yet():
    at = logit(uniform(SEED, ID, searching.RESULT, 0, 100 * KEYS + ENGINE))
    at -= 0.5 * pull(person(), market(), 0.0, 100)
    for more, told in ((1e-6, [ev.SEARCH_CLICKED, ev.WEB_VISIT]), (-1e-6, [])):
        numbers = {"search_ours": at + more, "consider_progress": 50.0, "search_pull": 0.5}
        assert looked_round(wander, numbers)[0] == told


def test_a_look_round_may_come_upon_our_ad_and_be_over_at_once():
    numbers = GONE | {"search_ad": 180.0}
    told, around, me = looked_round(wander, numbers, {"search_presence": 1.0}, knows_until=0)
    assert told == [ev.SEARCH_CLICKED, ev.WEB_VISIT, ev.LEFT_AT_ONCE]
    assert value(around.tape.log[0], "value") == 1 and me.knows_until == 0
    u = uniform(SEED, ID, searching.LEAVES_AT_ONCE, 0, moment(100, BROWSING))
    for more, left in ((1e-6, True), (-1e-6, False)):
        numbers = {"search_ours": 90.0, "bounce": logit(u) + more}
        told = looked_round(wander, numbers, knows_until=0)[0]
        assert (ev.LEFT_AT_ONCE in told) == left


def test_from_page_to_page_a_link_may_lead_to_us_whoever_he_is():
    lands = {"follows_links": 1.0, "link_leads_here": 1.0, "search_ours": 90.0}
    for about in ({"knows_until": 0}, {"knows_until": 0, "preference": -50.0}, {"trust": 1.0}):
        told, around, me = looked_round(wander, lands, **about)
        assert told == [ev.WEB_VISIT] and me.knows_until > 100
        names = ("channel", "need", "item")
        assert [value(around.tape.log[0], name) for name in names] == [ev.LINK, -1, -1]
        gone = looked_round(wander, lands | GONE, **about)[0]
        assert gone == [ev.WEB_VISIT, ev.LEFT_AT_ONCE], "by chance: it may be over at once"
    assert looked_round(wander, lands | {"link_leads_here": 0.0})[0] == [], "nor a search"


def test_who_follows_links_and_where_they_lead_is_luck_of_the_day():
    u = uniform(SEED, ID, searching.FOLLOWS_LINKS, 0, 100)
    v = uniform(SEED, ID, searching.LED_HERE, 0, 100)
    by_search = [ev.SEARCH_CLICKED, ev.WEB_VISIT]
    for more, told in ((1e-9, [ev.WEB_VISIT]), (-1e-9, by_search)):
        numbers = {"follows_links": u + more, "link_leads_here": 1.0, "search_ours": 90.0}
        assert looked_round(wander, numbers)[0] == told
    for more, told in ((1e-9, [ev.WEB_VISIT]), (-1e-9, [])):
        numbers = {"follows_links": 1.0, "link_leads_here": v + more}
        assert looked_round(wander, numbers)[0] == told


def test_a_visit_tells_whether_he_has_ever_bought_from_us():
    for ever in (0, 1, 7):
        _, around, _ = looked_round(numbers={"browse_utility": 1e3}, orders_ever=ever)
        assert value(around.tape.log[0], "kind") == ev.WEB_VISIT
        assert value(around.tape.log[0], "value") == (ever == 0)


def test_without_a_search_engine_a_look_round_leads_nowhere():
    numbers = {"search_ours": 90.0, "search_searched": 0}
    assert looked_round(wander, numbers)[0] == []


# ---- a look at the web shop before going to the store ------------------------------------------

LOOKS = {"looks_first": 1.0, "searches_by_name": 0.0, "finds_by_search": 1.0}
LOOKS |= {"finds_in_store": 1.0, "outside_store": 90.0, "advised_in_store": 0.0}


def gone_to_store(numbers=None, company=None, wish=None, goods=None, day=100, me=None, rule=None):
    me = me or person((NEED | (wish or {}),), cookies=1)
    around = world(
        day,
        market=market_of(LOOKS | (numbers or {})),
        catalogue=catalogue() if goods is None else goods,
        terms=terms(pickup_in_store=0, stores=1),
    )
    (rule or go_to_store)(me, file(), 0, around, books_of(company))
    return me, written(around.tape), around


VISITS = (ev.WEB_VISIT, ev.STORE_VISIT)


def visits(told):
    return [kind for kind in told if kind in VISITS]


@pytest.mark.parametrize("day", [100, 101])
def test_some_look_at_the_web_shop_before_they_go_to_the_store(day):
    u = uniform(SEED, ID, touchpoints.LOOKS_FIRST, 11, day)
    for share, told in ((u + 1e-9, list(VISITS)), (u - 1e-9, [ev.STORE_VISIT])):
        assert visits(gone_to_store({"looks_first": share}, day=day)[1]) == told


def test_the_look_and_the_trip_are_for_the_same_need():
    _, told, around = gone_to_store()
    seen = [kind for kind in told if kind in (*VISITS, ev.ITEM_VIEWED)]
    assert seen == [ev.WEB_VISIT, ev.ITEM_VIEWED, ev.STORE_VISIT, ev.ITEM_VIEWED]
    for kind in VISITS:
        assert value(events(around.tape, kind)[0], "need") == 11
    assert value(events(around.tape, ev.WEB_VISIT)[0], "channel") == ev.DIRECT


def test_who_has_looked_at_it_on_the_web_does_not_look_again_before_he_goes():
    for place, told in (
        (AT_COMPUTER, [ev.STORE_VISIT]),
        (AT_PHONE, [ev.STORE_VISIT]),
        (IN_STORE, list(VISITS)),
        (AT_CENTRE, list(VISITS)),
    ):
        for found in (0, 1 << place):
            patient = {"search_again_minutes": 0.0}
            wish = {"touched": ev.BY_PLACE[place], "told": found}
            assert visits(gone_to_store(patient, wish=wish)[1]) == told
    both = ev.BY_PLACE[AT_COMPUTER] | ev.BY_PLACE[IN_STORE]
    for touched in (both, ev.IN_APP):
        assert visits(gone_to_store(wish={"touched": touched})[1]) == [ev.STORE_VISIT]


def test_a_look_is_not_repeated_before_the_next_trip():
    me, told, _ = gone_to_store()
    assert visits(told) == list(VISITS)
    me, told, _ = gone_to_store(me=me, day=120)
    assert visits(told) == [ev.STORE_VISIT]


def test_a_look_that_found_nothing_is_not_repeated_either():
    nothing = {"finds_by_search": 0.0, "finds_in_store": 0.0}
    me, told, _ = gone_to_store(nothing)
    assert visits(told) == list(VISITS)
    assert visits(gone_to_store(nothing, me=me, day=120)[1]) == [ev.STORE_VISIT]


def test_who_has_bought_on_the_web_stays_at_home():
    me, told, _ = gone_to_store(BUYS)
    assert visits(told) == [ev.WEB_VISIT] and ev.WEB_ORDER in told
    assert me.needs[0].state == FREE
    _, told, _ = gone_to_store(BUYS | {"checkout_base": -90.0, "reserve_utility": -90.0})
    assert visits(told) == list(VISITS), "a basket left behind keeps nobody at home"


def test_who_has_had_one_kept_stays_at_home_and_goes_the_next_day():
    keeps = BUYS | {"checkout_base": -90.0, "reserve_utility": 90.0}
    company = {"reserve": 1.0}
    me, told, _ = gone_to_store(keeps, company)
    assert visits(told) == [ev.WEB_VISIT] and ev.RESERVED in told
    assert (me.needs[0].reserved, me.needs[0].next_day) == (1, 101)
    me, told, _ = gone_to_store(keeps, company, me=me, day=101, rule=attend)
    assert visits(told) == [ev.STORE_VISIT] and me.needs[0].reserved == 0


def the_best():
    """The item that he likes best of those that he wants."""
    return value(events(gone_to_store()[2].tape, ev.ITEM_VIEWED)[0], "item")


def test_who_reads_that_the_store_has_not_got_it_stays_at_home():
    gone = shelves(in_store={the_best(): 0})
    for online, goods, stock, stays in (
        (1.0, gone, IS_NOT, True),
        (1.0, catalogue(), IS_THERE, False),
        (0.0, gone, 0, False),
    ):
        told = {"stock_online": online, "order_to_home": 0.0}
        me, seen, _ = gone_to_store(company=told, goods=goods)
        assert visits(seen) == ([ev.WEB_VISIT] if stays else list(VISITS))
        assert value(me.needs[0], "stock") == stock


def test_who_stays_at_home_has_it_on_his_mind_again_after_a_while():
    told, gone = {"stock_online": 1.0}, shelves(in_store={the_best(): 0})
    me, seen, _ = gone_to_store({"store_utility": 1e3}, told, goods=gone, rule=attend)
    assert visits(seen) == [ev.WEB_VISIT] and me.needs[0].next_day > 100


def test_the_look_before_a_trip_is_a_visit_on_purpose_and_may_be_by_our_name():
    _, told, _ = gone_to_store(GONE | {"searches_by_name": 1.0})
    assert told[:3] == BY_NAME and visits(told) == list(VISITS)
    assert ev.LEFT_AT_ONCE not in told


def test_only_who_goes_to_the_store_looks_first():
    never = {"store_utility": -1e3, "direct_utility": 1e3}
    assert visits(gone_to_store(never, rule=attend)[1]) == [ev.WEB_VISIT]
    assert visits(gone_to_store({"store_utility": 1e3}, rule=attend)[1]) == list(VISITS)
