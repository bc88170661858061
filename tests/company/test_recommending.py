"""Claims about which item stands in a personal tile, and what is learned of it."""

from __future__ import annotations

import numpy as np
import pytest
from people import SEED, belief, file, firm, office, profile, shown

from sim.company.analysis import expect_what_follows
from sim.company.automation import gives_coupon
from sim.company.complements import how_much_more, what_goes_with
from sim.company.knowledge import note_items, record_purchase, record_return, record_spending
from sim.company.recommending import (
    SHOWS_OTHER,
    count_shown,
    item_bought_last,
    judge_picks,
    pick,
    pick_items,
    picks_after,
)
from sim.company.silence import close_gaps, put_personal_tile, put_tile
from sim.core.draws import uniform
from sim.core.records import BY_CLUB, BY_MAIL, CATEGORIES, CELLS, ITEMS

near = pytest.approx
EACH = 4  # items of a kind, as in people.firm
SOLD = np.ones(CELLS * EACH)
LINKED = {"linked": 1 << BY_MAIL | 1 << BY_CLUB}


def picks(**after):
    """The table of picks: i5c2=11 picks item 11 of kind 2 after item 5."""
    table = np.full((ITEMS, CELLS), -1)
    for key, item in after.items():
        last, cell = key[1:].split("c")
        table[int(last), int(cell)] = item
    return table.ravel()


def company(**changes):
    told = {"items_each": EACH, "picks_other": 0.0, "recommends": 1.0, "share_data": 1.0}
    return firm(**(told | {"share_delay_days": 0.0} | changes))


def buyer(*bought, **about):
    """Who has (silo, item, day) on file."""
    one = profile(**(LINKED | about))
    for s, item, day in bought:
        record_purchase(company(), one, s, item // EACH, item, day)
    return one


# ---- what is picked ----------------------------------------------------------------------------


def test_the_item_is_what_followed_what_he_bought_last_and_else_the_best_seller():
    rules = company(pick_after=picks(i5c2=11))
    assert pick(rules, profile(), 5, 2, 100, SEED) == 11
    assert pick(rules, profile(), 6, 2, 100, SEED) == 2 * EACH
    assert pick(rules, profile(), -1, 2, 100, SEED) == 2 * EACH


def test_what_is_sold_out_gives_way_to_the_best_seller():
    gone = np.zeros(ITEMS, np.int64)
    gone[11] = 1
    rules = company(pick_after=picks(i5c2=11), sold_out=gone)
    assert pick(rules, profile(), 5, 2, 100, SEED) == 2 * EACH


def test_now_and_then_another_of_the_kind_is_shown_and_never_the_first():
    one = profile()
    rules = company(picks_other=1.0)
    found = {pick(rules, one, -1, 2, day, SEED) for day in range(60)}
    assert found == {9, 10, 11}, "the others of the kind, not the best seller"
    u = uniform(SEED, one.number, SHOWS_OTHER, 2, 7)
    assert pick(company(picks_other=u + 1e-9), one, -1, 2, 7, SEED) != 8
    assert pick(company(picks_other=u - 1e-9), one, -1, 2, 7, SEED) == 8


def test_the_newest_purchase_in_sight_counts_and_a_strangers_card_does_not():
    one = buyer((BY_MAIL, 5, 50), (BY_CLUB, 9, 60))
    assert item_bought_last(company(), file(one), BY_MAIL, 100, SEED) == 9
    strange = buyer((BY_MAIL, 5, 50), (BY_CLUB, 9, 60), linked=0)
    assert item_bought_last(company(), file(strange), BY_MAIL, 100, SEED) == 5
    assert item_bought_last(company(), file(profile()), BY_MAIL, 100, SEED) == -1


def test_only_personal_tiles_are_picked_and_only_where_the_level_has_it():
    for level, second in ((1.0, 11), (0.0, 8)):
        rules, screen = company(pick_after=picks(i5c2=11), recommends=level), shown(n=2)
        put_tile(screen, rules, 0, 2)
        put_personal_tile(screen, rules, 1, 2)
        pick_items(screen, rules, file(buyer((BY_MAIL, 5, 50))), BY_MAIL, 100, SEED)
        assert (screen.items[0], screen.items[1]) == (8, second)


# ---- what is learned ---------------------------------------------------------------------------


def test_with_few_sequences_the_best_seller_is_picked_and_with_many_what_followed():
    sold = SOLD.copy()
    sold[8] = 97.0  # of kind 2; 11 is one of 100
    followed = np.zeros((ITEMS, ITEMS), np.int64)
    for times, first in ((9, 8), (11, 11)):
        followed[5, 11] = times
        assert picks_after(followed, sold, EACH, 10.0).reshape(ITEMS, CELLS)[5, 2] == first
    assert picks_after(followed, sold, EACH, 10.0).reshape(ITEMS, CELLS)[6, 2] == 8


def test_the_books_count_which_item_came_after_which_however_long_after():
    books, one = office().ledger, profile()
    note_items(books, one, BY_MAIL, 5)
    assert sum(books.item_followed) == 0, "before it nothing was bought"
    record_purchase(company(), one, BY_MAIL, 5 // EACH, 5, 10)
    note_items(books, one, BY_MAIL, 11)
    assert books.item_followed[5 * ITEMS + 11] == 1 and sum(books.item_followed) == 1


def test_a_pick_is_judged_once_by_the_next_recorded_purchase():
    books, one, rules, screen = office().ledger, profile(), company(), shown(n=2)
    put_tile(screen, rules, 0, 7)
    put_personal_tile(screen, rules, 1, 2)
    count_shown(books, one, screen)
    assert books.items_shown[28] == books.items_shown[8] == books.items_picked[8] == 1
    assert books.items_picked[28] == 0 and list(one.picked) == [8, -1, -1]
    judge_picks(books, rules, one, 9, 2)
    assert (books.picked_for, books.hit_kind, books.hit_item) == (1, 1, 0)
    judge_picks(books, rules, one, 8, 2)
    assert books.picked_for == 1, "nothing new was picked for him"


def test_a_pick_is_held_against_as_many_best_sellers():
    books, one, screen = office().ledger, profile(), shown(n=1)
    rules = company(front_cell=np.array([4, 2, 0, 1, 3, 5]))
    put_personal_tile(screen, rules, 0, 2)
    count_shown(books, one, screen)
    judge_picks(books, rules, one, 16, 4)
    assert (books.hit_kind, books.hit_kind_by_best, books.hit_item_by_best) == (0, 1, 1)


# ---- what follows a purchase -------------------------------------------------------------------


def test_what_follows_more_than_chance_gains_its_share_and_keeps_its_styles():
    following, more = np.full(CATEGORIES, -1), np.zeros(CATEGORIES)
    following[0], more[0] = 2, 0.2
    rules, weights = company(next_category=following, next_more=more), belief(c6=3.0)
    before = sum(weights)
    expect_what_follows(rules, 0, weights)
    gained = sum(weights) - before
    assert gained / sum(weights) == near(0.2)
    assert weights[6] / weights[7] == near(3.0) and weights[0] == 1.0
    same = belief()
    expect_what_follows(rules, 1, same)
    assert list(same) == [1.0] * CELLS, "nothing is known to follow it"


def test_by_how_much_it_follows_above_chance_is_learned_from_receipts():
    seen = np.full((CATEGORIES, CATEGORIES), 10)
    seen[0, 2] = 100
    following = what_goes_with(seen, 20, 3.5)
    more = how_much_more(seen, following)
    assert following[0] == 2 and more[0] == 0.5, "at most"
    seen[0, 2] = 40
    assert how_much_more(seen, following)[0] == near(30 / 100, abs=0.02)
    assert more[1] == 0.0
    even = np.full((CATEGORIES, CATEGORIES), 10)
    assert not how_much_more(even, what_goes_with(even, 20, 3.5)).any()


# ---- what is spent -----------------------------------------------------------------------------


def test_spending_is_what_was_recorded_less_what_went_back_and_never_below_zero():
    one = profile()
    record_purchase(company(), one, BY_MAIL, 1, 5, 10)
    record_spending(company(), one, BY_MAIL, 50_000, 10)
    record_spending(company(), one, BY_MAIL, 20_000, 11)
    record_return(company(), one, BY_MAIL, 1, 12)
    record_spending(company(), one, BY_MAIL, -50_000, 12)
    assert one.silos[BY_MAIL].live.spent_oere == 20_000
    record_spending(company(), one, BY_MAIL, -90_000, 13)
    assert one.silos[BY_MAIL].live.spent_oere == 0


def test_others_see_spending_with_the_delay_of_the_records():
    one, slow = profile(), company(share_delay_days=30.0)
    record_spending(slow, one, BY_CLUB, 50_000, 10)
    record_spending(slow, one, BY_CLUB, 20_000, 45)
    assert one.silos[BY_CLUB].shared.spent_oere == 50_000
    assert one.silos[BY_CLUB].live.spent_oere == 70_000


def test_the_coupon_is_for_who_spent_enough_or_where_nobody_has_worked_it_out():
    def given(money, holdout=0.0):
        rules = company(coupon_from_fifth=3, holdout=holdout)
        return gives_coupon(rules, file(profile(value=[5, 5, money])), SEED)

    assert [given(money) for money in range(6)] == [True, False, False, True, True, True]
    assert not given(5, holdout=1.0), "who is held out of the coupon's test gets none"


def test_personal_tiles_are_told_from_others_when_they_move_up():
    rules, screen = company(), shown(n=3)
    for t, put in enumerate((put_tile, put_tile, put_personal_tile)):
        put(screen, rules, t, t)
    screen.items[0] = -1
    close_gaps(screen)
    assert [screen.personal[t] for t in range(screen.n)] == [0, 1]
