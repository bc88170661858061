"""Claims about looking for what a need asks for: left behind, found, weighed; what wakes needs."""

from __future__ import annotations

import math

import pytest
from people import (
    ID,
    SEED,
    catalogue,
    events,
    file,
    firm,
    logit,
    market,
    office,
    person,
    shown,
    terms,
    today,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import ACTIVE, AT_COMPUTER, AT_PHONE, COMING, FREE, IN_STORE, LATENT, NEVER
from sim.encounter.impressions import eagerness, label_tiles, see_contradiction, wake_by_tiles
from sim.encounter.shopping import (
    come_to,
    hold,
    learn_by_looking,
    look_at_items,
    recover_basket,
    sees_it,
    shows_his_basket,
    was_handed_over,
)
from sim.journey import consent as chooses
from sim.journey import needs
from sim.journey.buying import return_hassle_dkk, store_return_hassle_dkk, uncertainty

near = pytest.approx
WISH = {"state": ACTIVE, "number": 11, "category": 1, "style": 1, "dies": NEVER, "place": -1}


def wishing(**about):
    told = {"basket_item": -1, "progress": 0.8}
    return person((WISH | told | about,))


# ---- a basket left behind ----------------------------------------------------------------------


def basket(device, cookies=1, on_show=-1, item=9, place=1):
    me = wishing(basket_item=item, basket_place=place)
    me.cookies = cookies
    around = world(shown=shown(basket_item=on_show))
    around.shown.kept = int(shows_his_basket(me, around))
    recover_basket(me, me.needs[0], device, around)
    lost = events(around.tape, ev.REPEATED)
    assert all(value(event, "item") == -1 and value(event, "value") == ev.FILLED for event in lost)
    assert all(value(event, "channel") == ev.WEB for event in lost)
    wish = me.needs[0]
    assert wish.repeats == len(lost) and wish.lost == 0, "one crack: he fills it again"
    return wish.basket_item, wish.repeats, written(around.tape)


def test_a_basket_is_there_in_the_same_browser_or_where_the_shop_shows_it():
    assert basket(1) == (9, 0, [])
    assert basket(0, place=0) == (9, 0, []) and basket(1, place=0)[1] == 1
    assert basket(0) == (-1, 1, [ev.REPEATED])
    assert basket(1, cookies=0) == (-1, 1, [ev.REPEATED])
    assert basket(0, on_show=9) == (9, 0, []) and basket(0, on_show=8)[1] == 1
    assert basket(0, item=-1) == (-1, 0, []), "there was none"
    assert basket(0, item=0)[1] == 1, "item 0 is an item"


def test_a_kept_basket_is_shown_by_any_of_its_things_and_all_of_them_are_there():
    things = [WISH | {"number": 11 + k, "basket_place": 1, "basket_item": 9 + k} for k in range(3)]
    for on_show in range(8, 13):
        kept = 9 <= on_show <= 11
        me, around = person(tuple(things), cookies=1), world(shown=shown(basket_item=on_show))
        assert shows_his_basket(me, around) == kept
        around.shown.kept = int(kept)
        for k in range(3):
            recover_basket(me, me.needs[k], 0, around)
        items = [me.needs[k].basket_item for k in range(3)]
        assert items == ([9, 10, 11] if kept else [-1] * 3)
        assert [me.needs[k].repeats for k in range(3)] == [int(not kept)] * 3


def test_where_no_basket_is_shown_none_is_his():
    around = world(shown=shown())
    assert not shows_his_basket(person((WISH | {"basket_item": -1},)), around)
    assert not shows_his_basket(person((WISH | {"basket_item": 0},)), around)
    done = person((WISH | {"basket_item": 9, "state": 0},))
    assert not shows_his_basket(done, world(shown=shown(basket_item=9))), "he has it now"
    first = world(shown=shown(basket_item=0))
    assert shows_his_basket(person((WISH | {"basket_item": 0},)), first), "item 0 is an item"


# ---- where the need is pursued -------------------------------------------------------------------


def pursued(app, place, link=0, before=0):
    me = person((WISH | {"touched": before, "progress": 0.7},), app=app)
    come_to(me, me.needs[0], place, link)
    assert me.needs[0].progress == near(0.7), "what he knows is in his head"
    return me.needs[0].place, me.needs[0].touched


def test_a_need_meets_the_touchpoint_where_it_is_pursued():
    for place, bit in ((AT_COMPUTER, 1), (AT_PHONE, 2), (IN_STORE, 32)):
        assert pursued(0, place) == (place, bit)
        assert bit in ev.TOUCHPOINTS


def test_whose_phone_has_the_app_meets_us_in_the_app_there_and_only_there():
    assert pursued(1, AT_PHONE) == (AT_PHONE, ev.IN_APP)
    assert pursued(1, AT_COMPUTER) == (AT_COMPUTER, 1)
    assert pursued(1, IN_STORE) == (IN_STORE, 32)


def test_the_link_that_led_there_and_all_touchpoints_before_stay():
    assert pursued(0, AT_COMPUTER, ev.BY_MAIL_LINK)[1] == 1 | ev.BY_MAIL_LINK
    assert pursued(1, AT_PHONE, ev.BY_AD_LINK)[1] == ev.IN_APP | ev.BY_AD_LINK
    assert pursued(0, IN_STORE, before=1 | ev.BY_MAIL_LINK)[1] == 33 | ev.BY_MAIL_LINK
    assert pursued(0, AT_PHONE, ev.BY_MAIL_LINK, before=2 | ev.BY_MAIL_LINK)[1] == 2 | 8


def test_the_bits_of_touchpoints_are_each_their_own():
    bits = [*ev.BY_PLACE, ev.IN_APP, ev.BY_MAIL_LINK, ev.BY_AD_LINK]
    assert sorted(bits) == sorted(ev.TOUCHPOINTS) == [1 << k for k in range(7)]


def test_what_is_on_show_of_his_category_was_handed_over():
    def handed(cell, **kind):
        return was_handed_over(wishing(**kind).needs[0], world(shown=shown(history_cell=cell)))

    assert [cell for cell in range(-1, 9) if handed(cell)] == [3, 4, 5]
    assert [cell for cell in range(-1, 9) if handed(cell, category=0)] == [0, 1, 2]


# ---- finding and weighing ----------------------------------------------------------------------


def test_a_need_sees_what_it_asks_for_on_show_or_behind_the_link():
    def sees(items=(), landing=-1):
        screen = shown(tuple(items))
        around = world(shown=screen)
        label_tiles(around)
        return sees_it(wishing().needs[0], landing, around)

    assert not sees() and sees([0, 16]) and not sees([0, 12, 20])
    assert sees(landing=17) and not sees(landing=12) and not sees(landing=0)
    assert not sees([-1, -1])


def test_the_very_first_item_is_seen_weighed_and_may_wake_a_need():
    first = {"category": 0, "style": 0}
    screen = shown((0,))
    around = world(shown=screen)
    label_tiles(around)
    assert sees_it(wishing(**first).needs[0], -1, around)
    assert sees_it(wishing(**first).needs[0], 0, world())
    asleep = person((WISH | first | {"state": LATENT, "next_day": NEVER},))
    wake_by_tiles(asleep, 1.0, 50, 1, ev.WEB, around)
    assert asleep.needs[0].state == ACTIVE
    assert weighed((0,), better={0: 5.0}, category=0)[0].best_item == 0


def test_tiles_are_labelled_by_what_anybody_can_see():
    screen = shown((0, 17, -1))
    label_tiles(world(shown=screen))
    assert list(screen.cells)[:3] == [0, 4, -1]


def stocked(better, not_in_store=()):
    """Items of this quality, by row; some are not carried by the stores."""
    goods = catalogue()
    for name, changes in (("quality", better), ("in_store", dict.fromkeys(not_in_store, 0))):
        for row, number in changes.items():
            if hasattr(goods, "dtype"):
                goods[name][row] = number
            else:
                setattr(goods[row], name, number)
    return goods


def weighed(items=(), in_store=False, better=None, category=1, missing=(), sends=0, **numbers):
    goods = stocked(better or {}, missing)
    mk = market(**({"match_sd": 0.0, "style_mismatch": 0.1} | numbers))
    screen = shown(tuple(items), order_home=sends)
    around = world(shown=screen, catalogue=goods, market=mk)
    label_tiles(around)
    me = wishing(category=category)
    look_at_items(me, me.needs[0], in_store, 0.0, around)
    return around.choice, me, around


def test_all_items_of_the_needs_kind_are_weighed_and_no_others():
    for row in range(16, 20):
        assert weighed(better={row: 0.9, 15: 5.0, 20: 5.0})[0].best_item == row


def test_what_is_shown_of_the_category_is_weighed_too_and_of_others_not():
    assert weighed((12,), better={12: 5.0})[0].best_item == 12
    assert weighed((20,), better={20: 5.0})[0].best_item == 20
    assert weighed((24, -1), better={24: 5.0})[0].best_item == 16
    assert weighed((0,), better={0: 5.0})[0].best_item == 16


def test_a_look_is_as_sure_as_the_place_and_as_easy_to_undo():
    for in_store in (False, True):
        best, me, around = weighed(in_store=in_store)
        now, mk, offer = today(), around.market, terms()
        assert best.tau == near(uncertainty(me, mk, me.needs[0], in_store))
        way = store_return_hassle_dkk if in_store else return_hassle_dkk
        assert best.hassle_dkk == near(way(me, mk, offer, now))


def test_what_the_store_does_not_carry_is_not_weighed_there_unless_it_can_be_sent():
    best = {18: 5.0, 17: 0.5}
    assert weighed(better=best, in_store=True)[0].best_item == 18
    assert weighed(better=best, in_store=True, missing=(18,))[0].best_item == 17
    assert weighed(better=best, in_store=True, missing=(18,), sends=1)[0].best_item == 18
    assert weighed(better=best, missing=(18,))[0].best_item == 18, "the web shop has it"
    assert weighed((12,), better={12: 5.0}, in_store=True, missing=(12,))[0].best_item == 16
    assert (
        weighed((12,), better={12: 5.0}, in_store=True, missing=(12,), sends=1)[0].best_item == 12
    )


def test_what_can_only_be_sent_is_bought_by_its_picture_and_what_is_there_in_hand():
    def sure(row, missing, in_store=True):
        me, goods = wishing(), stocked({}, missing)
        around = world(catalogue=goods, shown=shown(order_home=1))
        hold(me, me.needs[0], row, in_store, 0.0, around)
        assert around.choice.best_item == row
        of_size = around.market.size_share[1]
        sds = (around.choice.tau * math.sqrt(part) for part in (1.0 - of_size, of_size))
        assert [around.choice.best_item_sd, around.choice.best_size_sd] == near(list(sds))
        return [uncertainty(me, around.market, me.needs[0], here) for here in (False, True)].index(
            around.choice.tau
        )

    assert (sure(17, ()), sure(17, (16, 18)), sure(17, (17,))) == (1, 1, 0)
    assert sure(17, (17,), in_store=False) == 0


def test_how_sure_a_look_is_goes_by_each_item():
    me, goods = wishing(), stocked({16: -9.0, 17: 9.0}, (16,))
    around = world(catalogue=goods, shown=shown(order_home=1), market=market(match_sd=0.0))
    look_at_items(me, me.needs[0], True, 0.0, around)
    in_hand = uncertainty(me, around.market, me.needs[0], True)
    sd = math.hypot(around.choice.best_item_sd, around.choice.best_size_sd)
    assert around.choice.best_item == 17 and sd == near(in_hand)


def test_a_look_brings_the_search_forward_and_teaches():
    me = wishing(progress=0.5)
    around = world(market=market(expertise_gain=0.03))
    learn_by_looking(me, me.needs[0], 0.3, around)
    assert (me.needs[0].progress, me.expertise[1]) == (near(0.8), near(0.03))
    me.expertise[1] = 0.99
    learn_by_looking(me, me.needs[0], 0.3, around)
    assert (me.needs[0].progress, me.expertise[1]) == (1.0, 1.0)


# ---- what is seen ------------------------------------------------------------------------------


def test_shoppers_and_buyers_wake_at_their_own_rates():
    mk = market(wake_shopper=0.4, wake_buyer=0.1)
    assert (eagerness(person(shopper=1), mk), eagerness(person(), mk)) == (0.4, 0.1)


def woken(probability, items, style=1, rest=1, first=50):
    me = person((WISH | {"state": LATENT, "style": style, "next_day": NEVER},))
    around = world(shown=shown(tuple(items)), market=market(wrong_style_relevance=0.5))
    label_tiles(around)
    wake_by_tiles(me, probability, first, rest, ev.WEB, around)
    return me.needs[0]


def test_a_tile_wakes_the_need_it_fits_by_its_own_luck():
    u = uniform(SEED, ID, needs.WAKES, 11, 51)
    assert woken(u + 1e-9, (0, 16)).state == ACTIVE
    assert woken(u - 1e-9, (0, 16)).state == LATENT
    assert woken(1.0, (0, 24, -1)).state == LATENT
    assert woken(1.0, (16,), rest=2).next_day == 102


def test_the_wrong_style_wakes_less():
    u = uniform(SEED, ID, needs.WAKES, 11, 50)
    assert woken(2 * u + 1e-9, (16,), style=2).state == ACTIVE
    assert woken(2 * u - 1e-9, (16,), style=2).state == LATENT


def offered(bought, wish=(), orders=(), days=30, one=None, occasion=8, stops=-90.0, **about):
    about = {"trust": 0.8, "last_from_us": [-1, bought, -1, -1, -1, -1]} | about
    me = person(wish, orders, **about)
    mk = market(contradiction_days=days, contradiction_trust=0.1, takes_back=stops)
    around = world(shown=shown((16,), kind=3), market=mk)
    see_contradiction(me, file(one), occasion, around, office(firm(consent_by_purpose=0.0)))
    return me, events(around.tape, ev.CONTRADICTED)


def test_a_contradiction_may_be_the_end_of_his_consent():
    for bought, cookies in ((100, 0), (69, 1), (-1, 1)):
        me, _ = offered(bought, stops=90.0, cookies=1)
        assert (value(me, "cookies"), me.refused) == (cookies, 1 - cookies)
    assert value(offered(100, (WISH,), stops=90.0, cookies=1)[0], "cookies") == 1
    for occasion in (8, 9):
        at = logit(uniform(SEED, ID, chooses.TAKES_BACK, occasion, 100))
        at += market().takes_back_trust * (0.72 - 0.5)
        for more, cookies in ((1e-6, 0), (-1e-6, 1)):
            me, _ = offered(100, occasion=occasion, stops=at + more, cookies=1)
            assert value(me, "cookies") == cookies


def test_an_offer_of_what_was_just_bought_is_a_contradiction_for_some_days_and_not_after():
    for bought, hurts in ((100, True), (70, True), (69, False), (-1, False)):
        me, told = offered(bought)
        assert all(value(event, "need") == -1 and value(event, "value") == 0 for event in told)
        assert (me.trust == near(0.72)) == hurts == bool(told)
    assert offered(0, days=100)[1], "day 0 is a day"


def test_who_wants_another_one_is_not_contradicted():
    assert offered(95, (WISH,))[1] == []
    assert offered(95, (WISH | {"category": 2},))[1] != []
    assert offered(95, (WISH | {"state": LATENT},))[1] != []


def test_a_contradiction_is_a_crack_in_the_journeys_it_concerns():
    orders = ({"state": COMING, "category": 1}, {"state": COMING, "category": 2})
    me, _ = offered(95, (), (*orders, {"state": FREE, "category": 1}))
    assert [me.orders[j].incoherent for j in range(3)] == [1, 0, 0]
