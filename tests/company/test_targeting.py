"""Claims about probabilities and uplifts fitted on records, and about whom to remind."""

from __future__ import annotations

import numpy as np
import pytest
from people import SEED, firm, firm_table, profile_table

from sim.company import knowledge
from sim.company.on_file import FEATURES, OnFile, read
from sim.company.reminding import note_chosen, reminder_goes_out
from sim.company.targeting import (
    KEPT,
    auc,
    by_chance,
    chosen,
    fifths,
    fit,
    ordered,
    rank_among,
    rfm,
)
from sim.core.compiled import COMPILED
from sim.core.records import BY_CLUB, BY_MAIL, EMPTY, NEVER, OWN_ADDRESS, to_rows, to_table

near = pytest.approx
OPEN = {"share_data": 1.0, "share_delay_days": 0.0}
RNG = np.random.default_rng(3)


def filed(*purchases, linked=1 << BY_CLUB, seen=None, day=100, **changes):
    """What is on file of one profile with these (silo, day, DKK)."""
    table, rules = profile_table(), firm(**(OPEN | changes))
    table["linked"] = linked
    one = table.view(np.recarray)[0] if COMPILED else to_rows(table)[0]
    for s, when, dkk in purchases:
        knowledge.record_purchase(rules, one, s, 4, 16, when)
        knowledge.record_spending(rules, one, s, dkk * 100, when)
    if seen is not None:
        knowledge.record_interest(rules, one, BY_MAIL, 4, 16, 1, seen)
    if not COMPILED:
        table = to_table([one], table.dtype)
    place = np.zeros(1, np.int64)
    return read(table, place, place, firm_table(**(OPEN | changes)), day, SEED)


def feature(on_file, name):
    return float(on_file.features[0, [n.startswith(name) for n in FEATURES].index(True)])


# ---- what is on file ---------------------------------------------------------------------------


def test_the_records_known_to_be_one_persons_are_added_up():
    found = filed((BY_MAIL, 10, 500), (BY_CLUB, 60, 300))
    assert (found.orders[0], found.spent_dkk[0], found.bought_day[0]) == (2, 800.0, 60)
    assert feature(found, "days since") == near(np.log1p(40))
    found = filed((BY_MAIL, 10, 500), (BY_CLUB, 60, 300), linked=0)
    assert (found.orders[0], found.spent_dkk[0], found.bought_day[0]) == (1, 500.0, 10)
    found = filed((BY_MAIL, 10, 500), (BY_CLUB, 60, 300), share_data=0.0)
    assert found.bought_day[0] == 10, "linked, but the systems do not share"


def test_another_channels_purchase_is_seen_after_the_next_synchronisation():
    both = ((BY_CLUB, 20, 300), (BY_CLUB, 95, 300))
    assert filed(*both, share_delay_days=30.0).bought_day[0] == 20
    assert filed(*both, share_delay_days=30.0, day=121).bought_day[0] == 95


def test_who_looked_and_has_bought_none_of_it_since_is_told_apart():
    assert feature(filed(seen=95), "looked and has") == 1.0
    assert feature(filed((BY_MAIL, 97, 300), seen=95), "looked and has") == 0.0
    assert feature(filed(seen=60), "looked and has") == 0.0
    assert not filed().known[0] and filed(seen=60).known[0]


def laid_out(linked=1 << BY_CLUB, day=100, **fields):
    """Features of a profile with these fields: of its own record, of the card's, of the address."""
    table = profile_table()
    table["linked"] = linked
    for name, value in fields.items():
        part, field = name.split("__")
        where = {"own": BY_MAIL, "card": BY_CLUB}
        if part == "address":
            table["addresses"][field][0, OWN_ADDRESS] = value
        elif field in ("view_cell", "view_day"):
            table["silos"]["live"][field][0, where[part]] = value
        else:
            table["silos"][field][0, where[part]] = value
    place = np.zeros(1, np.int64)
    return read(table, place, place, firm_table(**OPEN), day, SEED)


def test_the_newest_look_in_sight_counts_and_halves_in_four_weeks():
    looks = {"own__view_cell": 4, "own__view_day": 44, "card__view_cell": 1, "card__view_day": 72}
    assert feature(laid_out(**looks), "looked lately") == near(0.5)
    assert feature(laid_out(linked=0, **looks), "looked lately") == near(0.25)
    assert feature(laid_out(), "looked lately") == 0.0


def test_a_basket_counts_for_four_weeks_and_a_card_where_it_is_known_to_be_his():
    for left, lately in ((72, 1.0), (71, 0.0)):
        found = laid_out(own__basket_item=3, own__basket_day=left)
        assert feature(found, "a basket") == lately
    assert feature(laid_out(card__filed_order=7), "a card") == 1.0
    assert feature(laid_out(linked=0, card__filed_order=7), "a card") == 0.0
    assert feature(laid_out(), "a card") == 0.0


def test_a_sign_of_life_fades_and_mails_left_unopened_add_up():
    assert feature(laid_out(address__heard_day=72), "a sign of life") == near(0.5)
    assert feature(laid_out(), "a sign of life") == 0.0
    assert feature(laid_out(address__unopened=3), "mails unopened") == near(np.log(4))


def test_more_purchases_and_more_money_on_file_are_more():
    found = filed((BY_MAIL, 10, 500), (BY_MAIL, 60, 300))
    assert feature(found, "purchases") == near(np.log(3))
    assert feature(found, "DKK") == near(np.log(801))
    assert feature(filed(seen=95), "sightings") == near(np.log(2))


# ---- fifths ------------------------------------------------------------------------------------


def test_fifths_hold_a_fifth_each_and_put_who_are_alike_together():
    assert np.bincount(fifths(RNG.permutation(100)))[1:].tolist() == [20] * 5
    some = fifths(np.array([1, 1, 1, 1, 1, 1, 1, 1, 2, 3]))
    assert len(set(some[:8])) == 1 and some[9] == 5
    assert len(fifths(np.zeros(0))) == 0


def test_rfm_is_of_buyers_on_file_alone():
    n = 10
    day, orders = np.arange(n) * 10, np.arange(n)
    day[0] = -1
    codes = rfm(OnFile(day, orders, orders * 100.0, np.zeros((n, len(FEATURES)))), 100)
    assert codes[0].tolist() == [0, 0, 0] and codes[9].tolist() == [5, 5, 5]
    assert codes[1].tolist() == [1, 1, 1]


def test_fifths_may_be_cut_by_what_was_known_before():
    known = ordered(np.arange(100.0))
    assert fifths(np.array([0.0, 25.0, 50.0, 99.0, 500.0]), known).tolist() == [1, 2, 3, 5, 5]


def test_of_many_values_as_many_are_kept_as_tell_their_ranks():
    many = RNG.random(50_000)
    known = ordered(many)
    assert len(known) == KEPT
    assert rank_among(known, np.array([0.1, 0.5, 0.9])) == near([0.1, 0.5, 0.9], abs=0.01)


def test_who_is_chosen_hangs_on_nobody_else_once_ranks_are_known():
    known = ordered(np.linspace(0.0, 1.0, 1000))
    score = np.array([0.2, 0.5, 0.7, 0.95])
    for how in ("propensity", "middle"):
        whole = chosen(how, 0.2, score, None, score, known)
        alone = [chosen(how, 0.2, score[k : k + 1], None, score, known)[0] for k in range(4)]
        assert whole.tolist() == alone
    assert chosen("propensity", 0.2, score, None, score, known).tolist() == [False] * 3 + [True]


# ---- models ------------------------------------------------------------------------------------


def drawn(n, weights):
    x = RNG.normal(size=(n, len(weights)))
    return x, RNG.random(n) < 1 / (1 + np.exp(-(x @ weights - 1)))


def test_the_regression_finds_the_weights_that_made_the_data():
    x, bought = drawn(20_000, np.array([1.0, -0.5, 0.0]))
    model = fit(x, bought, 1.0)
    assert model.weights[:3] / model.spread == near(np.array([1.0, -0.5, 0.0]), abs=0.08)
    assert model.predict(x).mean() == near(bought.mean(), abs=1e-6)


def test_a_strong_ridge_leaves_nothing_but_the_mean():
    x, bought = drawn(500, np.array([2.0]))
    flat = fit(x, bought, 1e6).predict(x)
    assert flat.std() < 0.01 and flat.mean() == near(bought.mean(), abs=1e-3)


def test_where_all_or_nobody_bought_there_is_nothing_to_learn():
    x = np.ones((5, 2))
    assert fit(x, np.zeros(5, bool), 1.0) is None and fit(x, np.ones(5, bool), 1.0) is None
    assert fit(x[:0], np.zeros(0, bool), 1.0) is None


def test_what_never_varies_does_no_harm():
    x, bought = drawn(300, np.array([1.0]))
    model = fit(np.column_stack([x, np.ones(300)]), bought, 1.0)
    assert np.isfinite(model.weights).all()


def test_the_auc_is_one_of_a_perfect_order_a_half_of_none_and_ties_count_half():
    bought = np.array([False, False, True, True])
    assert auc(np.array([1.0, 2, 3, 4]), bought) == 1.0
    assert auc(np.array([4.0, 3, 2, 1]), bought) == 0.0
    assert auc(np.ones(4), bought) == 0.5
    assert auc(np.array([1.0, 3, 2, 4]), bought) == 0.75
    assert np.isnan(auc(np.ones(4), np.zeros(4, bool)))


# ---- whom to remind ----------------------------------------------------------------------------


def test_each_way_of_choosing_takes_the_share_it_was_given():
    score, luck = np.linspace(0.01, 0.5, 100), RNG.random(100)
    found = {
        how: chosen(how, 0.2, score, -score, luck)
        for how in ("nobody", "all", "propensity", "middle", "uplift")
    }
    assert [int(mask.sum()) for mask in found.values()] == [0, 100, 20, 20, 20]
    assert np.flatnonzero(found["propensity"]).tolist() == list(range(80, 100))
    assert np.flatnonzero(found["middle"]).min() >= 39
    assert np.flatnonzero(found["middle"]).max() <= 60
    assert np.flatnonzero(found["uplift"]).tolist() == list(range(20))


def test_without_a_known_uplift_chance_chooses():
    score, luck = np.linspace(0.01, 0.5, 100), RNG.random(100)
    taken = chosen("uplift", 0.2, score, None, luck)
    assert luck[taken].max() < luck[~taken].min()


def test_chance_is_by_profile_and_month_and_halves_who_it_decides_on():
    numbers = np.arange(4000)
    explored, by_luck = by_chance(numbers, 0.25, 28, SEED)
    assert explored.mean() == near(0.25, abs=0.03) and by_luck[explored].mean() == near(
        0.5, abs=0.05
    )
    again = by_chance(numbers[::-1], 0.25, 28, SEED)[0]
    assert (again[::-1] == explored).all(), "whoever else is there"
    assert (by_chance(numbers, 0.25, 56, SEED)[0] != explored).any()


def test_a_reminder_goes_out_on_its_day_to_who_may_be_written_to():
    table = profile_table(3)
    due = np.array([90, EMPTY, NEVER])
    rows = table.view(np.recarray) if COMPILED else to_rows(table)
    places, days = np.array([0, 1, 2]), np.array([56, 56, 56])
    note_chosen(places, days, np.array([[1, 2, 3], [0, 0, 0], [0, 0, 0]]), rows, due, 56)
    assert list(rows[0].value) == [1, 2, 3]
    assert due.tolist() == [56, EMPTY, NEVER], "an empty place, and who does not live just now"
    one, calm = rows[0], firm(pauses=0.0)
    assert not reminder_goes_out(calm, one, 56, SEED), "he has not given permission"
    one.addresses[0].permission = 1
    assert reminder_goes_out(calm, one, 56, SEED) and not reminder_goes_out(calm, one, 57, SEED)
    assert not reminder_goes_out(calm, rows[1], 56, SEED), "nobody is there any more"
