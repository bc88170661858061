"""Claims about how needs arise, sleep, wake, wait and die."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import (
    ID,
    SEED,
    events,
    market,
    need,
    person,
    season,
    seasonal,
    tape,
    tips,
    today,
    value,
    written,
)

from sim.core.draws import exponential, uniform
from sim.core.events import EARLY, NEED_ACTIVE, NEED_DIED, NEED_LATENT, NEED_WOKEN, WEB
from sim.core.records import ACTIVE, CELLS, FREE, LATENT, NEEDS, NEVER
from sim.journey import needs
from sim.journey.needs import (
    EXTRA,
    MORE,
    MOST_FURTHER,
    after_purchase,
    bring_forward,
    bury_needs,
    close_need,
    comes_up,
    further_things,
    let_needs_arise,
    main_number,
    number_of,
    open_need,
    plan_next_need,
    put_all_off,
    put_off,
    remind,
    saturation,
    season_day,
    style_of,
    wait_for_attention,
    wake,
    want_the_rest,
)

near = pytest.approx


def numbered(category, count):
    """Names the count-th need of a category."""
    return number_of(market(), category, count)


# ---- the clock ---------------------------------------------------------------------------------


def test_a_clock_strikes_on_the_first_day_whose_season_reaches_it():
    flat = season(10)
    assert season_day(flat, 0, 0.5, 0) == 0
    assert season_day(flat, 0, 1.0, 0) == 0
    assert season_day(flat, 0, 1.1, 0) == 1
    assert season_day(flat, 0, 10.0, 0) == 9
    assert season_day(flat, 0, 10.1, 0) == NEVER
    assert season_day(flat, 0, 0.5, 4) == 4, "never in the past"


def test_the_search_for_the_day_agrees_with_looking_at_every_day():
    table = seasonal(800)
    for category in range(3):
        for at in np.linspace(0.3, 799, 60):
            row = table[category]
            plain = next((d for d in range(len(row) - 1) if row[d + 1] >= at), NEVER)
            assert season_day(table, category, at, 0) == plain


def test_the_next_need_is_the_earliest_of_all_clocks_and_of_what_a_purchase_set_off():
    mk, flat, now = market(), season(), today(100)
    me = person(need_at=[200.5, 150.5, 300.0, 400.0, 400.0, 400.0])
    plan_next_need(me, mk, flat, now)
    assert me.next_need_day == 150
    me.extra_need_day = 120
    plan_next_need(me, mk, flat, now)
    assert me.next_need_day == 120


def test_categories_that_the_market_does_not_have_never_call():
    me = person(need_at=[900.0, 900.0, 900.0, 900.0, 900.0, 101.0])
    plan_next_need(me, market(n_categories=5), season(), today(100))
    assert me.next_need_day == 899


# ---- opening a need ----------------------------------------------------------------------------


def test_a_needs_style_follows_the_persons_taste():
    taste = [0.0] * CELLS
    taste[3:6] = [0.1, 0.2, 0.1]
    me = person(taste=taste)
    assert [style_of(me, market(), 1, u) for u in (0.0, 0.24, 0.26, 0.74, 0.76, 0.999)] == [
        0,
        0,
        1,
        1,
        2,
        2,
    ]


def test_what_is_in_fashion_is_asked_for_more_often_by_everybody_who_likes_it_at_all():
    taste = [0.0] * CELLS
    taste[3:6] = [0.2, 0.2, 0.0]
    me, loud = person(taste=taste), [1.0] * CELLS
    loud[4], loud[5] = 3.0, 9.0
    fashion = market(in_fashion=loud)
    assert [style_of(me, fashion, 1, u) for u in (0.24, 0.26, 0.99)] == [0, 1, 1]
    assert style_of(me, fashion, 0, 0.4) == style_of(me, market(), 0, 0.4), "no other category"


def test_a_taste_within_a_category_need_not_add_up_to_anything():
    me = person()
    for style, part in enumerate((1.0, 2.0, 5.0)):
        me.taste[3 + style] = part / 64
    assert [style_of(me, market(), 1, u / 8) for u in (0.9, 1.1, 2.9, 3.1, 7.9)] == [0, 1, 1, 2, 2]


def test_a_need_is_numbered_by_the_code_of_its_category_and_a_count():
    codes = market().category_code
    assert [numbered(c, n) for c in (0, 1) for n in (0, 3)] == [
        n * needs.CODES + codes[c] for c in (0, 1) for n in (0, 3)
    ]


def opened(latent=False, me=None, number=23, **numbers):
    me, on = me or person(), tape()
    open_need(me, market(**numbers), 2, number, latent, 0.0, today(100), on)
    return me, written(on), on.buffers


def test_a_new_need_takes_the_first_free_place_and_starts_from_nothing():
    taken = {"state": ACTIVE, "number": 1}
    used = {
        "state": FREE,
        "progress": 0.7,
        "tried": 4,
        "place": 2,
        "advised": 1,
        "basket_item": 9,
        "basket_place": 1,
        "repeats": 2,
        "lost": 1,
        "purchases": 3,
        "touched": 33,
        "told": 5,
        "stock": 2,
        "reserved": 1,
        "handled": 6,
        "cart_oere": 50_000,
        "further": 3,
    }
    me, kinds, _ = opened(me=person((taken, used), needs_open=1), number=23)
    new = me.needs[1]
    assert me.needs_open == 2 and me.needs[0].number == 1 and me.needs[2].state == FREE
    assert (new.state, new.number, new.category) == (ACTIVE, 23, 2)
    assert (new.progress, new.tried, new.place, new.advised) == (0, 0, -1, 0)
    assert (new.basket_item, new.basket_place) == (-1, -1)
    assert (new.repeats, new.lost, new.purchases) == (0, 0, 0)
    assert (new.touched, new.told, value(new, "stock"), new.reserved) == (0, 0, 0, 0)
    assert (new.handled, new.cart_oere, new.further) == (0, 0, 0)
    assert new.style == style_of(me, market(), 2, uniform(SEED, ID, needs.STYLE, 23, 0))
    assert kinds == [NEED_ACTIVE] and new.next_day == 100


def test_a_need_lives_an_exponential_time_by_its_kind():
    drawn = exponential(SEED, ID, needs.LIFE, 23, 0)
    lives = {"latent_life_days": 90.0, "active_life_days": 30.0}
    awake, _, _ = opened(**lives)
    asleep, kinds, _ = opened(latent=True, **lives)
    assert awake.needs[0].dies == 100 + 1 + int(30 * drawn)
    assert asleep.needs[0].dies == 100 + 1 + int(90 * drawn)
    assert kinds == [NEED_LATENT]
    assert asleep.needs[0].state == LATENT and asleep.needs[0].next_day == NEVER


def test_a_need_without_a_place_is_counted_as_lost():
    full = person(tuple({"state": ACTIVE, "number": n} for n in range(NEEDS)))
    me, kinds, buffers = opened(me=full)
    assert buffers.lost_needs == 1 and kinds == [] and me.needs_open == NEEDS


def test_a_closed_need_frees_its_place():
    me = person(({"state": ACTIVE}, {"state": ACTIVE}))
    close_need(me, me.needs[0])
    assert me.needs[0].state == FREE and me.needs[1].state == ACTIVE and me.needs_open == 2
    close_need(me, me.needs[1])
    assert me.needs_open == 0


# ---- further things ----------------------------------------------------------------------------


def below(k, mean):
    """Probability of at most ``k`` by a Poisson distribution."""
    return sum(math.exp(-mean) * mean**n / math.factorial(n) for n in range(k + 1))


def wanted(mean, number=23, **him):
    return further_things(person(further_things=mean, **him), number, today(100))


def test_who_wants_one_thing_at_a_time_wants_nothing_further():
    assert {wanted(0.0, number) for number in range(300)} == {0}


@pytest.mark.parametrize("number", [23, 24, EXTRA + 23, MORE - 1])
def test_further_things_are_poisson_around_the_persons_mean_by_the_needs_own_luck(number):
    """The more he wants on average, the more he wants of this need: by inverting Poisson."""
    u = uniform(SEED, ID, needs.FURTHER, number, 0)
    for k in (1, 2, 3):
        mean = tips(lambda m, k=k: wanted(m, number) >= k, 0.0, 60.0)
        assert below(k - 1, mean) == near(u, abs=1e-6)


def test_nobody_wants_more_than_three_further_things():
    assert MOST_FURTHER == 3
    assert {wanted(50.0, number) for number in range(300)} == {3}


def test_of_many_needs_as_many_ask_for_so_many_further_things_as_poisson_says():
    me, now = person(further_things=0.8), today()
    drawn = [further_things(me, number, now) for number in range(4000)]
    counts = np.bincount(drawn, minlength=4) / 4000
    probabilities = [below(0, 0.8), *(below(k, 0.8) - below(k - 1, 0.8) for k in (1, 2))]
    assert list(counts) == near([*probabilities, 1 - below(2, 0.8)], abs=0.025)


def test_a_further_thing_asks_for_no_further_ones():
    assert wanted(50.0, MORE - 1) == 3
    assert [wanted(50.0, 23 + k * MORE) for k in (1, 2, 3)] == [0, 0, 0]
    assert wanted(50.0, MORE) == 0


def test_further_things_are_the_same_on_whatever_day_the_need_arises():
    counts = [
        [further_things(person(further_things=0.8), n, today(day)) for n in range(60)]
        for day in (3, 100)
    ]
    assert counts[0] == counts[1] and len(set(counts[0])) > 1


def test_a_new_need_asks_for_its_further_things_awake_or_asleep():
    for latent in (False, True):
        me, _, _ = opened(latent, person(further_things=50.0))
        assert me.needs[0].further == 3
    me, _, _ = opened(me=person(further_things=50.0), number=23 + MORE)
    assert me.needs[0].further == 0


def test_a_further_thing_is_named_by_the_need_that_it_goes_with():
    numbers = [number + k * MORE for number in (0, 23, EXTRA + 23, MORE - 1) for k in range(4)]
    found = [main_number(need(number=number)) for number in numbers]
    assert found == [0] * 4 + [23] * 4 + [EXTRA + 23] * 4 + [MORE - 1] * 4
    assert len(set(numbers)) == len(numbers) and max(numbers) < 1 << 30


FOUND = {
    "state": ACTIVE,
    "number": 23,
    "category": 2,
    "further": 2,
    "progress": 0.75,
    "place": 1,
    "told": 5,
    "touched": 33,
    "advised": 1,
    "basket_item": 9,
    "basket_place": 1,
    "tried": 6,
    "handled": 4,
    "cart_oere": 50_000,
    "repeats": 2,
    "lost": 1,
    "stock": 2,
    "reserved": 1,
    "dies": 300,
    "purchases": 1,
}


def rest(others=(), **found):
    """Somebody who has found the first thing; the kinds of events written; needs lost."""
    me, on = person((FOUND | found, *others), further_things=50.0), tape()
    want_the_rest(me, market(active_life_days=30.0), me.needs[0], today(100), on)
    return me, written(on), on.buffers.lost_needs


def test_once_the_first_thing_is_found_the_others_are_needs_of_their_own():
    me, kinds, lost = rest()
    assert kinds == [NEED_ACTIVE] * 2 and lost == 0 and me.needs_open == 3
    for k in (1, 2):
        other, number = me.needs[k], 23 + k * MORE
        assert (other.state, other.number, other.category) == (ACTIVE, number, 2)
        assert other.next_day == 100
        assert other.style == style_of(me, market(), 2, uniform(SEED, ID, needs.STYLE, number, 0))
        assert other.dies == 100 + 1 + int(30 * exponential(SEED, ID, needs.LIFE, number, 0))
        assert other.further == 0, "nothing goes with what goes with it"
    assert me.needs[0].further == 0, "they are wanted once"
    assert me.needs[0].number == 23 and me.needs[0].dies == 300


def test_what_was_said_seen_and_learned_is_known_of_the_others_too_and_nothing_else():
    me, _, _ = rest()
    for k in (1, 2):
        other = me.needs[k]
        assert (other.progress, other.place, other.told) == (0.75, 1, 5)
        assert (other.touched, other.advised) == (33, 1)
        assert (other.basket_item, other.basket_place, other.cart_oere) == (-1, -1, 0)
        assert (other.tried, other.handled, value(other, "stock"), other.reserved) == (0, 0, 0, 0)
        assert (other.repeats, other.lost) == (2, 1), "the journey has been as coherent for them"
        assert other.purchases == 0


def test_where_nothing_goes_with_it_nothing_more_is_wanted():
    me, kinds, lost = rest(further=0)
    assert (kinds, lost, me.needs_open) == ([], 0, 1)


def test_the_others_are_wanted_only_once_however_often_the_first_is_found():
    me, on = person((FOUND,)), tape()
    for _ in range(2):
        want_the_rest(me, market(), me.needs[0], today(100), on)
    assert written(on) == [NEED_ACTIVE] * 2 and me.needs_open == 3


def test_the_others_take_places_that_are_free_and_of_the_rest_each_is_lost():
    taken = tuple({"state": ACTIVE, "number": 900 + n} for n in range(NEEDS - 2))
    for further, opened_now, lost_now in ((1, 1, 0), (2, 1, 1), (3, 1, 2)):
        me, kinds, lost = rest(taken, further=further)
        assert (kinds, lost) == ([NEED_ACTIVE] * opened_now, lost_now)
        assert me.needs[NEEDS - 1].number == 23 + MORE and me.needs[0].further == 0
    full = (*taken, {"state": ACTIVE, "number": 999})
    me, kinds, lost = rest(full, further=3)
    assert (kinds, lost, me.needs[NEEDS - 1].number) == ([], 3, 999)


# ---- needs arise -------------------------------------------------------------------------------


def arisen(me, day=100, **numbers):
    on = tape()
    let_needs_arise(me, market(**numbers), season(), today(day), on)
    return written(on)


def test_a_need_arises_when_its_clock_strikes_and_the_next_one_a_gap_later():
    me = person(need_at=[1e9, 100.5, 1e9, 1e9, 1e9, 1e9], need_gap=300.0)
    kinds = arisen(me, latent_share_buyer=0.0)
    drawn = exponential(SEED, ID, needs.ARISES, numbered(1, 0), 1)
    assert (
        kinds == [NEED_ACTIVE]
        and me.needs[0].category == 1
        and me.needs[0].number == numbered(1, 0)
    )
    assert list(me.need_count)[:6] == [0, 1, 0, 0, 0, 0]
    assert me.need_at[1] == near(100.5 + drawn * 300)
    assert me.next_need_day == season_day(season(), 1, me.need_at[1], 100)


def early(me, days=20, category=1, **numbers):
    on = tape()
    asleep = {"latent_share_buyer": 0.0} | numbers
    bring_forward(me, market(**asleep), category, days, season(), today(100), on)
    return on


def test_what_he_would_need_soon_he_wants_now_and_the_clock_goes_on_as_it_would_have():
    me = person(need_at=[1e9, 115.5, 1e9, 1e9, 1e9, 1e9], need_gap=300.0)
    on = early(me)
    (row,) = events(on, NEED_ACTIVE)
    assert value(row, "value") == EARLY and me.needs[0].number == numbered(1, 0)
    assert (me.needs[0].state, me.needs[0].next_day) == (ACTIVE, 100)
    drawn = exponential(SEED, ID, needs.ARISES, numbered(1, 0), 1)
    assert me.need_at[1] == near(115.5 + drawn * 300), "one need earlier, none more"
    assert me.next_need_day == season_day(season(), 1, me.need_at[1], 100)


def test_what_he_would_need_later_or_not_miss_waits_for_its_day():
    clocks = [1e9, 115.5, 1e9, 1e9, 1e9, 1e9]
    for days, category, numbers in (
        (14, 1, {}),  # its day is further off
        (20, 2, {}),  # another kind of goods
        (0, 1, {}),
        (20, 1, {"latent_share_buyer": 1.0}),  # he would only find out about it
    ):
        me = person(need_at=clocks, need_gap=300.0)
        assert written(early(me, days, category, **numbers)) == []
        assert me.need_at[1] == 115.5 and me.need_count[1] == 0
    full = person(({"state": ACTIVE, "number": 1},) * NEEDS, need_at=clocks, need_gap=300.0)
    assert written(early(full)) == []


def test_needs_of_one_category_are_numbered_apart_from_those_of_others():
    me = person(need_at=[100.0, 99.0, 1e9, 1e9, 1e9, 1e9], need_gap=500.0, need_count=3)
    arisen(me)
    numbers = [me.needs[j].number for j in (0, 1)]
    assert numbers == [numbered(0, 3), numbered(1, 3)] and numbers[0] != numbers[1]
    assert numbered(0, 1) - numbered(0, 0) == needs.CODES > max(market().category_code)


def test_a_clock_that_strikes_this_evening_counts_today_and_one_of_tomorrow_does_not():
    assert arisen(person(need_at=[101.0] + [1e9] * 5, need_gap=900.0)) != []
    assert arisen(person(need_at=[101.001] + [1e9] * 5)) == []


def test_what_is_overdue_arises_as_often_as_it_struck():
    me = person(need_at=[1.0] + [1e9] * 5, need_gap=25.0)
    found, at, count = arisen(me), 1.0, 0
    while at <= 101:
        at += 25 * exponential(SEED, ID, needs.ARISES, numbered(0, count), 1)
        count += 1
    assert len(found) == count and me.need_at[0] == near(at)


def test_shoppers_and_buyers_differ_in_how_many_needs_sleep():
    numbers = {"latent_share_shopper": 1.0, "latent_share_buyer": 0.0}
    clock = {"need_at": [100.0] + [1e9] * 5, "need_gap": 900.0}
    assert arisen(person(shopper=1, **clock), **numbers) == [NEED_LATENT]
    assert arisen(person(shopper=0, **clock), **numbers) == [NEED_ACTIVE]


def test_the_share_of_sleeping_needs_is_drawn_need_by_need():
    u = uniform(SEED, ID, needs.SLEEPS, numbered(0, 0), 0)
    clock = {"need_at": [100.0] + [1e9] * 5, "need_gap": 900.0}
    assert arisen(person(**clock), latent_share_buyer=u + 1e-9) == [NEED_LATENT]
    assert arisen(person(**clock), latent_share_buyer=u - 1e-9) == [NEED_ACTIVE]


def test_counts_of_needs_are_poisson_when_the_rate_is_the_same_for_all():
    """Gaps are exponential: a year of gaps of 30 days holds 365/30 on average, as much spread."""
    counts, mk, flat, now = [], market(n_categories=1), season(), today(364)
    for who in range(250):
        drawn = exponential(SEED, who, needs.ARISES, numbered(0, 0), 0)
        me = person(id=who, need_at=[30 * drawn] + [1e9] * 5, need_gap=30.0)
        let_needs_arise(me, mk, flat, now, tape(1))
        counts.append(me.need_count[0])
    assert np.mean(counts) == near(365 / 30, abs=0.8)
    assert np.var(counts) == near(365 / 30, abs=3.5)


def test_what_a_purchase_set_off_becomes_a_need_on_its_day_and_once():
    me = person(extra_need_day=100, extra_need_category=2, extra_need_number=9 + EXTRA)
    assert arisen(me, day=99) == []
    assert arisen(me) == [NEED_ACTIVE]
    assert (me.needs[0].category, me.needs[0].number) == (2, 9 + EXTRA)
    assert me.extra_need_day == NEVER and me.next_need_day == NEVER
    assert arisen(me, day=101) == []


# ---- after a purchase --------------------------------------------------------------------------


def bought(wish=None, me=None, day=100, **numbers):
    me = me or person(need_at=150.0)
    defaults = {"cooling_off_days": 0, "complement": -1}
    mk = market(**(defaults | numbers))
    after_purchase(me, mk, season(), wish or need(category=1, number=7), today(day))
    return me


def test_a_purchase_pauses_the_clock_of_its_own_category():
    me = bought(cooling_off_days=40)
    assert list(me.need_at)[:6] == near([150, 190, 150, 150, 150, 150])
    assert list(me.last_bought)[:6] == [-1, 100, -1, -1, -1, -1]
    assert me.next_need_day == 149


def test_the_pause_ends_with_the_simulated_time():
    me = bought(day=990, cooling_off_days=40)
    assert me.need_at[1] == near(150 + 10)


def test_a_purchase_sets_off_its_complement_as_often_as_the_market_says():
    u = uniform(SEED, ID, needs.COMPLEMENT, 7, 0)
    numbers = {"complement": 4, "complement_least_days": 3.0, "complement_delay_days": 20.0}
    me = bought(complement_share=u + 1e-9, **numbers)
    drawn = exponential(SEED, ID, needs.COMPLEMENT_DELAY, 7, 0)
    assert me.extra_need_day == 100 + 3 + int(20 * drawn)
    assert (me.extra_need_category, me.extra_need_number) == (4, 7 + EXTRA)
    assert me.next_need_day == min(me.extra_need_day, 149)
    assert bought(complement_share=u - 1e-9, **numbers).extra_need_day == NEVER
    assert bought(complement_share=1.0, complement=-1).extra_need_day == NEVER


def test_a_complement_sets_off_no_further_one_and_none_is_pushed_aside():
    numbers = {"complement": 0, "complement_share": 1.0}
    assert bought(need(category=1, number=7 + EXTRA), **numbers).extra_need_day == NEVER
    assert bought(need(category=1, number=EXTRA), **numbers).extra_need_day == NEVER
    for k in (1, 2, 3):
        along = need(category=1, number=7 + k * MORE)
        assert bought(along, **numbers).extra_need_day == NEVER, "nor what goes with the first"
    again = need(category=1, number=7, purchases=1)
    assert bought(again, **numbers).extra_need_day == NEVER, "only a need's first purchase does"
    waiting = person(need_at=150.0, extra_need_day=130, extra_need_category=5)
    me = bought(me=waiting, **numbers)
    assert (me.extra_need_day, me.extra_need_category) == (130, 5)


def test_what_is_bought_together_pauses_the_clock_once():
    me = bought(need(category=1, number=7), cooling_off_days=40)
    bought(need(category=1, number=7 + MORE), me, cooling_off_days=40)
    assert me.need_at[1] == near(190)
    assert me.last_bought[1] == 100


def test_the_clock_of_each_category_is_paused_and_by_each_day_with_a_purchase():
    me = bought(need(category=1), cooling_off_days=40)
    bought(need(category=2), me, cooling_off_days=40)
    assert list(me.need_at)[:4] == near([150, 190, 190, 150])
    for day in (101, 102, 102):
        bought(need(category=1), me, day, cooling_off_days=40)
    assert list(me.need_at)[:4] == near([150, 270, 190, 150])


# ---- attention, waking, dying ------------------------------------------------------------------


def test_a_need_comes_back_to_mind_after_an_exponential_time():
    drawn = exponential(SEED, ID, needs.ATTENTION, 11, 100)
    for gap in (4.0, 2.5 / drawn):
        wish = need()
        wait_for_attention(person(), market(attention_gap_days=gap), wish, today(100))
        assert wish.next_day == 100 + 1 + int(gap * drawn)
    assert wish.next_day > 101, "the longer gap is days"


def test_on_a_visit_an_active_need_comes_to_mind_that_is_due_within_some_days():
    for days in (0, 3):
        for ahead, up in ((-5, True), (days, True), (days + 1, False)):
            wish = need(next_day=100 + ahead)
            assert comes_up(wish, days, today(100)) == up
            for state in (FREE, LATENT):
                assert not comes_up(need(next_day=100, state=state), days, today(100))


def test_what_came_up_and_was_not_settled_is_looked_into_again_after_whole_days():
    for day, after in ((99, 105), (100, 105), (101, 101), (107, 107)):
        wish = need(next_day=day)
        put_off(wish, 4.9, today(100))
        assert wish.next_day == after
    for state in (FREE, LATENT):
        wish = need(next_day=100, state=state)
        put_off(wish, 4.9, today(100))
        assert wish.next_day == 100


def test_who_has_had_enough_puts_off_whatever_is_due_and_nothing_else():
    days = [{"next_day": day, "state": ACTIVE} for day in (99, 100, 101, 107)]
    others = [{"next_day": 100, "state": state} for state in (FREE, LATENT)]
    me = person((*days, *others))
    put_all_off(me, 4.9, today(100))
    assert [me.needs[k].next_day for k in range(6)] == [105, 105, 101, 107, 100, 100]


def test_what_was_seen_wakes_a_need_at_its_probability():
    u = uniform(SEED, ID, needs.WAKES, 11, 5)
    for p, woken in ((u + 1e-9, True), (u - 1e-9, False), (0.0, False)):
        wish, on = need(state=LATENT, dies=300, next_day=NEVER), tape()
        mk = market(active_life_days=30.0)
        assert wake(person(), mk, wish, p, 5, today(100), WEB, on) == woken
        assert written(on) == [NEED_WOKEN] * woken
        if woken:
            left = exponential(SEED, ID, needs.LIFE, 11, 1)
            assert (wish.state, wish.next_day) == (ACTIVE, 100)
            assert wish.dies == 100 + 1 + int(30 * left)
        else:
            assert (wish.state, wish.next_day, wish.dies) == (LATENT, NEVER, 300)


def test_a_mail_reminds_of_an_open_wish_by_its_share_and_he_goes_tomorrow():
    for number, when in ((11, 5), (12, 5), (11, 6), (11 + MORE, 5)):
        u = uniform(SEED, ID, needs.REMINDS, number, when)
        for p, reminded in ((u + 1e-9, True), (u - 1e-9, False), (0.0, False), (1.0, True)):
            wish = need(number=number, next_day=140)
            assert remind(person(), wish, p, when, today(100)) == reminded
            assert wish.next_day == (101 if reminded else 140)
            assert (wish.state, wish.progress, wish.dies) == (ACTIVE, 1.0, NEVER)


def test_what_is_on_his_mind_by_tomorrow_anyway_needs_no_reminder():
    for day, reminded in ((99, False), (100, False), (101, False), (102, True)):
        wish = need(next_day=day)
        assert remind(person(), wish, 1.0, 5, today(100)) == reminded
        assert wish.next_day == (101 if reminded else day), "never later than he meant to"


def test_needs_die_on_their_day_and_only_they():
    me = person(
        (
            {"state": ACTIVE, "dies": 100},
            {"state": LATENT, "dies": 99},
            {"state": ACTIVE, "dies": 101},
            {"state": FREE, "dies": 5},
        ),
        needs_open=3,
    )
    on = tape()
    bury_needs(me, today(100), on)
    assert written(on) == [NEED_DIED, NEED_DIED]
    assert [value(event, "item") for event in on.log[:2]] == [-1, -1]
    assert [me.needs[j].state for j in range(4)] == [FREE, FREE, ACTIVE, FREE]
    assert me.needs_open == 3, "the last place taken is the third"


# ---- memory ------------------------------------------------------------------------------------


def test_the_wish_for_a_category_recovers_by_halves_after_a_purchase():
    mk, me = market(saturation_half_life_days=60.0), person(last_bought=[40, -1, -1, 0, -1, -1])
    assert saturation(me, mk, 0, 40) == 1.0
    assert saturation(me, mk, 0, 100) == near(0.5)
    assert saturation(me, mk, 0, 160) == near(0.25)
    assert saturation(me, mk, 1, 100) == 0.0
    assert saturation(me, mk, 3, 60) == near(0.5), "day 0 is a day like any other"
