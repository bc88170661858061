"""Claims about what the company infers from what it has seen."""

from __future__ import annotations

import numpy as np
import pytest
from people import SEED, belief, file, firm, profile, shown

from sim.company import knowledge
from sim.company.analysis import (
    believe,
    cool_off,
    go_by_last_seen,
    left_of_wish,
    look_for_open_needs,
    mode_of,
    show_what_he_looked_at,
    spread_over_styles,
    take_best_cell,
)
from sim.company.knowledge import record_interest, record_purchase
from sim.core.draws import uniform
from sim.core.records import BY_CLUB, BY_COMPUTER, BY_MAIL, BY_PHONE, CELLS

near = pytest.approx

PLAIN = {  # a company that shares everything at once, and by default infers nothing
    "by_style": 0.0,
    "by_category": 0.0,
    "last_receipt": 0.0,
    "open_needs": 0.0,
    "suppress_bought": 0.0,
    "share_data": 1.0,
    "share_delay_days": 0.0,
    "prior_weight": 1.0 * CELLS,
    "purchase_weight": 3,
    "wanted_now": 0.4,
    "interest_days": 14,
    "cooling_half_life_days": 40.0,
}
LINKED = {"linked": 11}


def company(**changes):
    return firm(**(PLAIN | changes))


def seen(*records, **about):
    """A linked profile with (rule, silo, cell, day) recorded."""
    one = profile(**(LINKED | about))
    for rule, s, cell, day in records:
        if rule == "view":
            record_interest(company(), one, s, cell, cell * 4, 1, day)
        else:
            record_purchase(company(), one, s, cell, cell * 4, day)
    return one


def believed(one, home=BY_MAIL, day=100, mind=None, **changes):
    """Whether anything is known, and the weights."""
    weights = belief()
    known = believe(company(**changes), file(one, mind), home, day, SEED, weights)
    return known, list(weights)


def test_a_profile_is_analysed_by_the_highest_level_that_reaches_it():
    u = uniform(SEED, 3, knowledge.MODE, 0, 0)
    more, less = u + 1e-9, u - 1e-9
    shares = [(more, 0.0, 0.0), (less, more, 0.0), (less, less, more), (less, less, less)]
    names = ("by_style", "by_category", "last_receipt")
    found = [
        mode_of(company(**dict(zip(names, given, strict=True))), profile(), SEED)
        for given in shares
    ]
    assert found == [3, 2, 1, 0]


def test_of_whom_nothing_is_known_it_is_believed_what_all_buy():
    sells = np.arange(CELLS) / np.arange(CELLS).sum()
    known, weights = believed(profile(), popularity=sells, by_style=1.0, open_needs=1.0)
    assert not known and weights == near(list(CELLS * sells))


def test_without_analysis_what_was_seen_changes_nothing():
    known, weights = believed(seen(("view", BY_MAIL, 4, 99), ("buy", BY_MAIL, 7, 99)))
    assert not known and weights == near([1.0] * CELLS)


def test_by_style_the_belief_is_popularity_and_what_was_seen_counted_together():
    one = seen(("view", BY_MAIL, 4, 90), ("view", BY_PHONE, 4, 91), ("buy", BY_CLUB, 0, 50))
    known, weights = believed(one, by_style=1.0)
    assert known and weights[4] == near(1 + 2) and weights[0] == near(1 + 3)
    assert sum(weights) == near(CELLS + 5)


def test_by_category_the_style_is_guessed_from_what_sells():
    sells = np.full(CELLS, 1 / CELLS)
    sells[3:6] = np.array([0.5, 0.3, 0.2]) * 3 / CELLS
    known, weights = believed(seen(("view", BY_MAIL, 5, 90)), by_category=1.0, popularity=sells)
    assert known and weights[3:6] == near([0.5 * 4, 0.3 * 4, 0.2 * 4])
    assert sum(weights) == near(CELLS + 1)


def test_a_silo_that_is_not_reached_is_not_believed():
    one = seen(("buy", BY_CLUB, 4, 90), linked=3)
    assert believed(one, by_style=1.0) == (False, near([1.0] * CELLS))
    assert believed(one, home=BY_CLUB, by_style=1.0)[0]


def test_facts_may_be_another_mans_and_links_never_are():
    other = seen(("view", BY_MAIL, 7, 90))
    known, weights = believed(profile(), mind=other, by_style=1.0)
    assert known and weights[7] == near(2)
    strange = seen(("view", BY_CLUB, 7, 90))
    assert not believed(profile(), mind=strange, by_style=1.0)[0], "his own card is not linked"


def test_by_the_last_receipt_the_newest_purchase_counts_wherever_it_was():
    one = seen(("buy", BY_MAIL, 4, 50), ("buy", BY_CLUB, 7, 60), ("buy", BY_PHONE, 10, 40))
    known, weights = believed(one, last_receipt=1.0)
    assert known and weights[6:9] == near([2, 2, 2])
    assert weights[3] == weights[9] == near(1)


def test_a_later_silos_older_receipt_and_one_of_the_same_day_change_nothing():
    for day in (50, 70):
        one = seen(("buy", BY_PHONE, 4, 70), ("buy", BY_MAIL, 7, day))
        assert believed(one, last_receipt=1.0)[1][3:9] == near([2, 2, 2, 1, 1, 1])


def test_a_receipt_that_was_forgotten_with_its_device_hides_no_other():
    one = seen(("buy", BY_PHONE, 4, 70), ("buy", BY_MAIL, 7, 50))
    knowledge.forget_device(one, BY_PHONE)
    assert believed(one, last_receipt=1.0)[1][3:9] == near([1, 1, 1, 2, 2, 2])


def test_a_receipt_of_the_first_day_and_the_first_cell_is_one_too():
    known, weights = believed(seen(("buy", BY_MAIL, 0, 0)), last_receipt=1.0)
    assert known and weights[0] == near(2)


def test_a_channel_without_analysis_follows_what_it_saw_itself_lately():
    one = seen(("view", BY_MAIL, 4, 86), ("view", BY_PHONE, 7, 99))
    known, weights = believed(one, last_receipt=1.0)
    assert known and weights[4] == near(1 + 16) and weights[7] == near(1)
    assert believed(one, last_receipt=1.0, day=101) == (False, near([1.0] * CELLS))
    first = belief()
    own = seen(("view", BY_MAIL, 0, 99))
    assert go_by_last_seen(company(), own, BY_MAIL, -1, 100, first) and first[0] == near(17)


def test_styles_that_never_sold_share_nothing():
    sells = np.full(CELLS, 1.0)
    sells[:3] = 0.0
    weights = belief(c0=2.0, c3=4.0)
    spread_over_styles(company(popularity=sells), weights)
    assert list(weights[:6]) == near([0, 0, 0, 2, 2, 2])


# ---- open needs --------------------------------------------------------------------------------


def open_for(one, home=BY_MAIL, day=100, known=None, **changes):
    """Whether anything is taken to be wanted now, what, and the share of the weight that it has."""
    before, weights = belief(**(known or {})), belief(**(known or {}))
    found = look_for_open_needs(company(**changes), file(one), home, day, SEED, weights)
    cells = [k for k in range(CELLS) if weights[k] != before[k]]
    more = sum(weights[k] - before[k] for k in cells)
    return found, cells, near(more / sum(weights))


def test_what_was_looked_at_lately_and_not_bought_is_probably_wanted():
    one = seen(("view", BY_PHONE, 4, 86))
    assert open_for(one) == (True, [4], 0.4)
    assert open_for(one, day=101) == (False, [], 0.0), "too long ago"
    assert open_for(seen(("view", BY_PHONE, 0, 99))) == (True, [0], 0.4)
    assert open_for(profile(), day=5) == (False, [], 0.0)


def test_a_look_says_as_much_of_whom_the_company_has_long_known():
    one = seen(("view", BY_PHONE, 4, 95))
    for share in (0.0, 0.4, 0.9):
        for known in ({}, {"c0": 300.0, "c7": 20.0}):
            told = open_for(one, known=known, wanted_now=share)[2]
            assert told == share


def test_of_several_things_looked_at_each_is_as_likely_wanted():
    two = seen(("view", BY_PHONE, 4, 95), ("view", BY_COMPUTER, 9, 96))
    found, cells, told = open_for(two)
    assert (found, cells) == (True, [4, 9]) and told == 0.4
    weights = belief()
    look_for_open_needs(company(), file(two), BY_MAIL, 100, SEED, weights)
    assert weights[4] == near(weights[9])
    same = seen(("view", BY_PHONE, 4, 95), ("view", BY_COMPUTER, 4, 96))
    assert open_for(same)[1:] == ([4], 0.4), "seen twice, it is one thing"


def test_what_was_bought_since_in_that_category_is_wanted_no_more():
    view, later = ("view", BY_PHONE, 4, 90), ("buy", BY_PHONE, 5, 90)
    assert not open_for(seen(view, later))[0], "bought the same day"
    assert open_for(seen(("buy", BY_PHONE, 5, 89), view))[0], "bought before"
    assert open_for(seen(view, ("buy", BY_PHONE, 7, 95)))[0], "bought something else"
    assert not open_for(seen(("view", BY_PHONE, 1, 90), ("buy", BY_PHONE, 0, 95)))[0]


def test_open_needs_are_looked_for_only_where_the_level_has_it_and_data_reach():
    one = seen(("view", BY_PHONE, 4, 95))
    assert believed(one, open_needs=1.0)[0] and not believed(one)[0]
    assert not open_for(seen(("view", BY_PHONE, 4, 95), linked=8))[0]


# ---- cooling off -------------------------------------------------------------------------------


def cooled(one, day=100, **changes):
    weights = belief()
    cool_off(company(**changes), file(one), BY_MAIL, day, SEED, weights)
    return list(weights)


def test_what_was_just_bought_is_not_offered_and_comes_back_by_halves():
    one = seen(("buy", BY_PHONE, 4, 60))
    assert cooled(one, day=60)[3:6] == [0, 0, 0]
    assert cooled(one, day=100)[3:6] == near([0.5] * 3)
    assert cooled(one, day=140)[3:6] == near([0.75] * 3)
    assert cooled(one)[:3] == cooled(one)[6:9] == [1.0] * 3
    assert cooled(seen(("buy", BY_PHONE, 0, 100)))[:3] == [0, 0, 0]


def test_what_was_bought_is_not_offered_at_all_within_the_days_of_suppression():
    one = seen(("buy", BY_PHONE, 4, 60))
    for day, weight in ((60, 0.0), (90, 0.0), (91, 1 - 0.5 ** (31 / 40))):
        assert cooled(one, day=day, suppress_days=30)[3:6] == near([weight] * 3)
    assert cooled(one, day=60, suppress_days=0)[3:6] == [0, 0, 0]
    assert cooled(one, day=61, suppress_days=0)[3:6] == near([1 - 0.5 ** (1 / 40)] * 3)


def test_a_wish_is_gone_for_the_days_of_suppression_and_comes_back_by_halves():
    rules = company(suppress_days=30, cooling_half_life_days=40.0)
    assert [left_of_wish(rules, age) for age in (-5, 0, 30)] == [0, 0, 0]
    assert left_of_wish(rules, 31) == near(1 - 0.5 ** (31 / 40))
    assert left_of_wish(rules, 80) == near(0.75)


def test_every_category_cools_off_since_its_own_last_purchase():
    one = seen(("buy", BY_PHONE, 4, 60), ("buy", BY_PHONE, 7, 100), ("buy", BY_PHONE, 0, 20))
    weights = cooled(one, day=100)
    assert weights[:9] == near([0.75] * 3 + [0.5] * 3 + [0.0] * 3) and weights[9] == 1.0


def test_what_was_bought_beside_something_else_is_wanted_no_more_either():
    view = ("view", BY_PHONE, 4, 90)
    assert not open_for(seen(view, ("buy", BY_PHONE, 5, 91), ("buy", BY_PHONE, 7, 95)))[0]
    assert open_for(seen(view, ("buy", BY_PHONE, 7, 91), ("buy", BY_PHONE, 10, 95)))[0]


def shown_of(one, cell, home=BY_MAIL, day=100, **changes):
    """What stands in the place of the best seller of a cell once looks are minded."""
    message = shown((99, 98), cells=[cell, 9])
    show_what_he_looked_at(
        message, company(**({"open_needs": 1.0} | changes)), file(one), home, 0, day, SEED
    )
    assert message.items[1] == 98, "other places are left alone"
    return message.items[0]


def test_the_very_article_he_looked_at_stands_in_for_the_best_seller_of_its_cell():
    one = seen(("view", BY_PHONE, 0, 90))
    assert shown_of(one, 0) == 0 and shown_of(one, 1) == 99, "of another cell it says nothing"
    assert shown_of(one, 0, day=105) == 99, "too long ago"
    assert shown_of(seen(("view", BY_PHONE, 0, 90), ("buy", BY_PHONE, 2, 90)), 0) == 99
    assert shown_of(one, 0, share_data=0.0) == 99 and shown_of(one, 0, BY_PHONE, share_data=0) == 0
    assert shown_of(profile(), 0, day=5) == 99
    assert shown_of(one, 0, open_needs=0.0) == 99, "nobody looks for open needs"


def test_a_purchase_that_cannot_be_in_the_past_counts_as_todays():
    assert cooled(seen(("buy", BY_MAIL, 4, 120)))[3:6] == [0, 0, 0]


def test_only_purchases_that_reach_the_channel_cool_off():
    hidden = seen(("buy", BY_PHONE, 4, 100), linked=8)
    assert cooled(hidden) == [1.0] * CELLS and cooled(profile()) == [1.0] * CELLS


def test_suppression_belongs_to_the_level_that_has_it():
    one = seen(("buy", BY_MAIL, 4, 100))
    assert believed(one, by_style=1.0)[1][4] == near(4)
    assert believed(one, by_style=1.0, suppress_bought=1.0)[1][4] == 0


def test_of_who_objects_only_what_sells_is_believed():
    known, weights = believed(seen(("view", BY_MAIL, 4, 90), objects=1), by_style=1.0)
    assert not known and weights == near([1.0] * CELLS)


# ---- ranking -----------------------------------------------------------------------------------


def test_cells_are_taken_best_first_and_each_once():
    weights = belief(c4=3.0, c0=2.0, c17=5.0)
    assert [take_best_cell(weights) for _ in range(4)] == [17, 4, 0, 1]
    rest = [take_best_cell(weights) for _ in range(CELLS - 4)]
    assert sorted(rest) == sorted(set(range(CELLS)) - {17, 4, 0, 1})


def test_what_is_believed_in_not_at_all_still_comes_before_what_was_taken():
    weights = belief(c0=0.0, c4=0.0, c17=0.0)
    taken = [take_best_cell(weights) for _ in range(CELLS)]
    assert taken[-3:] == [0, 4, 17] and len(set(taken)) == CELLS


def test_of_cells_alike_the_first_comes_first():
    assert [take_best_cell(w) for w in [belief()]] == [0]
    weights = belief(c3=2.0, c9=2.0)
    assert [take_best_cell(weights), take_best_cell(weights)] == [3, 9]
