"""Claims about looking for what a need asks for: carried over, found, weighed; what wakes needs."""

from __future__ import annotations

import pytest
from people import (
    ID,
    SEED,
    catalogue,
    events,
    file,
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
from sim.core.records import ACTIVE, COMING, FREE, LATENT, NEVER
from sim.encounter.impressions import eagerness, label_tiles, see_contradiction, wake_by_tiles
from sim.encounter.shopping import learn_by_looking, look_at_items, recover_basket, sees_it
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
    recover_basket(me, me.needs[0], device, around)
    lost = events(around.tape, ev.REPEATED)
    assert all(value(event, "item") == -1 and value(event, "value") == ev.FILLED for event in lost)
    return me.needs[0].basket_item, me.needs[0].lost, written(around.tape)


def test_a_basket_is_there_in_the_same_browser_or_where_the_shop_shows_it():
    assert basket(1) == (9, 0, [])
    assert basket(0) == (-1, 1, [ev.REPEATED])
    assert basket(1, cookies=0) == (-1, 1, [ev.REPEATED])
    assert basket(0, on_show=9) == (9, 0, []) and basket(0, on_show=8)[1] == 1
    assert basket(0, item=-1) == (-1, 0, []), "there was none"
    assert basket(0, item=0)[1] == 1, "item 0 is an item"


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


def weighed(items=(), in_store=False, better=None, category=1, **numbers):
    goods = catalogue()
    for row, good in (better or {}).items():
        if hasattr(goods, "dtype"):
            goods["quality"][row] = good
        else:
            goods[row].quality = good
    mk = market(**({"match_sd": 0.0, "style_mismatch": 0.1} | numbers))
    around = world(shown=shown(tuple(items)), catalogue=goods, market=mk)
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


def offered(bought, wish=(), orders=(), days=30):
    about = {"trust": 0.8, "last_from_us": [-1, bought, -1, -1, -1, -1]}
    me = person(wish, orders, **about)
    mk = market(contradiction_days=days, contradiction_trust=0.1)
    around = world(shown=shown((16,), kind=3), market=mk)
    see_contradiction(me, file(), 8, around, office())
    return me, events(around.tape, ev.CONTRADICTED)


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
