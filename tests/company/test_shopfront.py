"""Claims about what the web shop and the store's staff show."""

from __future__ import annotations

import numpy as np
import pytest
from people import SEED, belief, file, firm, profile, shown

from sim.company import shopfront
from sim.company.knowledge import record_interest, record_purchase
from sim.company.shopfront import (
    can_order_home,
    fill_advice,
    fill_front,
    fill_tiles,
    show_history,
    show_nothing,
    show_stock,
)
from sim.core.draws import uniform
from sim.core.records import (
    BY_CLUB,
    BY_COMPUTER,
    BY_MAIL,
    BY_OTHER_MAIL,
    BY_PHONE,
    CELLS,
    TILES,
    UNKNOWN,
)

PLAIN = {
    "by_style": 1.0,
    "open_needs": 0.0,
    "suppress_bought": 0.0,
    "share_data": 1.0,
    "share_delay_days": 0.0,
    "hand_over": 1.0,
    "own_channel": 1.0,
    "personal_tiles": 4,
    "interest_days": 14,
}
LINKED = {"linked": 11}
OLD = {
    "discount": 0.5,
    "history_cell": 8,
    "history_item": 5,
    "basket_item": 6,
    "known": 1,
    "kind": 1,
}
OLD |= {"stock_online": 1, "reserve": 1, "order_home": 1}


def company(**changes):
    return firm(**(PLAIN | changes))


def seen(*views, **about):
    """A linked profile with views (silo, cell, day)."""
    one = profile(**(LINKED | about))
    for s, cell, day in views:
        record_interest(company(), one, s, cell, cell * 4, 1, day)
    return one


def front(one, home, day=100, **changes):
    screen = shown(**OLD)
    fill_front(screen, company(**changes), file(one), home, day, SEED, belief())
    return screen


# ---- tiles -------------------------------------------------------------------------------------


def test_tiles_hold_the_best_sellers_of_the_strongest_beliefs():
    screen = shown()
    fill_tiles(screen, firm(), 3, belief(c5=3.0, c2=2.0))
    assert list(screen.items) == [20, 8, 0, -1, -1, -1]


def test_cells_without_a_best_seller_are_passed_over_and_item_0_is_one():
    sells = np.arange(CELLS) * 4
    sells[[5, 2]] = -1
    screen = shown()
    fill_tiles(screen, firm(popular_item=sells), TILES, belief(c5=3.0, c2=2.0))
    assert list(screen.items) == [0, 4, 12, 16, 24, 28]


def test_three_empty_cells_still_leave_a_full_front():
    sells = np.arange(CELLS) * 4
    sells[:3] = -1
    screen = shown()
    fill_tiles(screen, firm(popular_item=sells), TILES, belief())
    assert list(screen.items) == [12, 16, 20, 24, 28, 32]


def test_no_more_than_three_empty_cells_are_passed_over():
    sells = np.arange(CELLS) * 4
    sells[:4] = -1
    screen = shown()
    fill_tiles(screen, firm(popular_item=sells), TILES, belief())
    assert list(screen.items) == [16, 20, 24, 28, 32, -1]


# ---- the front ---------------------------------------------------------------------------------


def test_a_stranger_sees_what_sells_and_nothing_of_before():
    one = seen((BY_PHONE, 16, 99), baskets={BY_PHONE: (9, 99)})
    screen = front(one, UNKNOWN)
    assert list(screen.items) == [0, 4, 8, 12, 16, 20] and screen.n == TILES
    assert (screen.known, screen.discount, screen.basket_item) == (0, 0, -1)
    assert (screen.history_cell, screen.history_item) == (-1, -1)


def test_a_person_need_not_type_what_is_known_and_a_device_must():
    assert [front(profile(), home).known for home in (UNKNOWN, 0, 1)] == [0, 0, 0]
    assert [front(profile(), home).known for home in (BY_MAIL, BY_OTHER_MAIL)] == [1, 1]


def test_a_known_visitor_sees_as_many_tiles_of_his_own_as_the_shop_has():
    one = seen((BY_PHONE, 16, 99))
    assert list(front(one, BY_PHONE).items) == [64, 0, 4, 8, 16, 20]
    assert list(front(one, BY_PHONE, personal_tiles=1).items)[:2] == [64, 4]
    assert front(one, BY_PHONE, own_channel=0.0).items[0] == 0
    assert front(profile(), BY_PHONE).items[0] == 0, "of whom nothing is known"


def test_a_device_is_shown_what_it_saw_and_a_person_what_his_address_saw():
    one = seen((BY_PHONE, 16, 99), linked=8)
    assert front(one, BY_PHONE).items[0] == 64
    assert front(one, BY_COMPUTER).items[0] == 0
    assert front(seen((BY_COMPUTER, 16, 99), linked=8), BY_COMPUTER).items[0] == 64
    assert front(one, BY_MAIL).items[0] == 0
    named = seen((BY_MAIL, 16, 99), linked=8)
    assert front(named, BY_MAIL).items[0] == 64 and front(named, BY_PHONE).items[0] == 0
    assert front(named, BY_OTHER_MAIL).items[0] == 0
    elsewhere = seen((BY_OTHER_MAIL, 16, 99))
    assert front(elsewhere, BY_OTHER_MAIL).items[0] == 64, "each address by what it saw itself"
    assert front(elsewhere, BY_MAIL).items[0] == 0


# ---- the stores, online and at home -------------------------------------------------------------


def stores_shown(**changes):
    screen = shown()
    show_stock(screen, company(**changes), profile(), SEED)
    return screen.stock_online, screen.reserve


def test_the_shop_shows_the_stores_stock_and_lets_reserve_each_for_a_share_of_profiles():
    stock = uniform(SEED, 3, shopfront.STOCK_ONLINE, 0, 0)
    reserve = uniform(SEED, 3, shopfront.RESERVES, 0, 0)
    for shift, on in ((1e-9, 1), (-1e-9, 0)):
        assert stores_shown(stock_online=stock + shift, reserve=0.0) == (on, 0)
        assert stores_shown(stock_online=0.0, reserve=reserve + shift) == (0, on)


@pytest.mark.parametrize("home", [UNKNOWN, BY_COMPUTER, BY_MAIL])
def test_what_the_stores_have_is_shown_to_everybody_known_or_not(home):
    for on in (0, 1):
        screen = front(profile(), home, stock_online=float(on), reserve=float(on))
        assert (screen.stock_online, screen.reserve, screen.order_home) == (on, on, 0)


def test_staff_can_order_to_the_home_of_a_share_of_profiles():
    u = uniform(SEED, 3, shopfront.ORDERS_HOME, 0, 0)
    for share, can in ((u + 1e-9, True), (u - 1e-9, False)):
        assert can_order_home(company(order_to_home=share), profile(), SEED) == can


# ---- the basket --------------------------------------------------------------------------------


def kept(record, home, day=100, **changes):
    one = profile(baskets={record: (0, 90)}, **changes.pop("about", {}))
    return front(one, home, day=day, **changes).basket_item == 0


def test_a_basket_is_shown_where_it_was_recorded_and_for_its_days():
    assert kept(BY_PHONE, BY_PHONE, hand_over=0.0) and kept(BY_MAIL, BY_MAIL, hand_over=0.0)
    assert kept(BY_MAIL, BY_MAIL, day=104) and not kept(BY_MAIL, BY_MAIL, day=105)
    assert not kept(BY_PHONE, UNKNOWN) and not kept(BY_MAIL, UNKNOWN)
    assert not kept(BY_PHONE, BY_COMPUTER), "another browser"


def test_a_basket_crosses_over_only_where_silos_are_linked_and_progress_is_handed_over():
    linked = {"about": LINKED}
    assert kept(BY_MAIL, BY_PHONE, **linked) and kept(BY_PHONE, BY_MAIL, **linked)
    assert not kept(BY_MAIL, BY_PHONE), "the device is not linked"
    assert not kept(BY_MAIL, BY_PHONE, hand_over=0.0, **linked)
    assert not kept(BY_MAIL, BY_PHONE, share_data=0.0, **linked)
    assert not kept(BY_MAIL, BY_OTHER_MAIL, **linked), "nobody knows that the other address is his"


# ---- history -----------------------------------------------------------------------------------


def history(one, home=BY_PHONE, day=100, **changes):
    screen = shown(history_item=-1)
    show_history(screen, company(**changes), file(one), home, day, SEED)
    return screen.history_cell, screen.history_item


def test_the_newest_view_of_all_silos_is_shown_with_its_item():
    one = seen((BY_PHONE, 4, 95), (BY_MAIL, 7, 97), (BY_MAIL, 7, 98), (BY_CLUB, 9, 96))
    assert history(one) == (7, 28)
    assert history(one, hand_over=0.0) == (4, 16), "only its own"
    assert history(one, share_data=0.0) == (4, 16)


def test_views_are_shown_for_their_days():
    assert history(seen((BY_PHONE, 0, 86))) == (0, 0), "cell 0 and item 0 are such"
    assert history(seen((BY_PHONE, 4, 85))) == (-1, -1)
    assert history(profile(), day=5) == (-1, -1), "there are none"
    assert history(seen((BY_PHONE, 4, 0)), day=3) == (4, 16), "the first day is a day"


def test_what_was_viewed_is_not_on_show_once_something_of_its_kind_was_bought():
    for cell, left in ((4, (-1, -1)), (3, (-1, -1)), (7, (4, 16))):
        one = seen((BY_PHONE, 4, 95))
        record_purchase(company(), one, BY_PHONE, cell, 16, 96)
        assert history(one) == left


def test_of_views_on_one_day_the_first_silos_are_shown():
    assert history(seen((BY_PHONE, 4, 95), (BY_MAIL, 7, 95)), home=BY_MAIL) == (4, 16)


def test_what_was_shown_before_is_wiped():
    screen = shown((1, 2), **OLD)
    show_nothing(screen)
    assert (screen.n, screen.discount, screen.known) == (0, 0, 0)
    assert (screen.history_cell, screen.history_item, screen.basket_item) == (-1, -1, -1)
    assert (screen.stock_online, screen.reserve, screen.order_home) == (0, 0, 0)


def test_the_front_reminds_a_known_visitor_of_what_he_viewed():
    screen = front(seen((BY_PHONE, 16, 99)), BY_PHONE)
    assert (screen.history_cell, screen.history_item) == (16, 64)


# ---- advice in store ---------------------------------------------------------------------------


def advice(one, **changes):
    screen = shown((1, 2), **OLD)
    fill_advice(screen, company(**changes), file(one), 100, SEED, belief())
    return screen


def test_staff_who_look_a_customer_up_show_what_he_likes():
    screen = advice(seen((BY_MAIL, 16, 99)))
    assert screen.n == 3 and list(screen.items)[:3] == [64, 0, 4]
    assert (screen.history_cell, screen.history_item, screen.known) == (16, 64, 1)
    assert (screen.discount, screen.basket_item) == (0, -1)


def test_staff_who_find_nothing_show_nothing():
    screen = advice(profile())
    assert (screen.n, screen.history_cell, screen.history_item) == (0, -1, -1)
    hidden = seen((BY_MAIL, 16, 99), linked=3)
    assert advice(hidden).n == 0


@pytest.mark.parametrize("silo", [BY_CLUB, BY_MAIL, BY_PHONE])
def test_staff_read_by_the_club_card(silo):
    assert advice(seen((silo, 16, 99))).history_cell == 16
    assert (advice(seen((silo, 16, 99)), hand_over=0.0).history_cell == 16) == (silo == BY_CLUB)
