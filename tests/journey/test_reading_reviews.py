"""Claims about articles that fall short: what is reckoned with, seen, written and read of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import ID, SEED, choice, item, market, need, one, order, person, share, tips, today

from sim.core.draws import uniform
from sim.core.records import NO_FAULT, RATING, WRONG_SIZE
from sim.journey import reviews
from sim.journey.buying import try_in_hand, weigh
from sim.journey.reviews import (
    finds_answer,
    praise,
    read_reviews,
    reads_reviews,
    reckon_with,
    says_why,
    see_in_hand,
    stars,
    writes_review,
)

near = pytest.approx
USUAL, SD = 0.2 * 0.5, 0.5 * math.sqrt(0.2 * 0.8)
FLAWS = {"flawed_share": 0.2, "flaw": 0.5}
READERS = {"star_worth": 0.4, "review_noise": 0.5, "one_star_weight": 1.0}


def match_of(goods, found):
    """What shows of it in hand."""
    one_of = order()
    try_in_hand(person(), one_of, goods, found, today())
    return one_of.match


def rating(given=(), promised=0.0):
    """Reviews of these stars, of something promised to be so good."""
    told = {"reviews": len(given), "stars": sum(given), "one_star": list(given).count(1)}
    return one(np.zeros(1, RATING), **told, promised=promised * len(given))


def reckoned(**numbers):
    found = choice()
    reckon_with(market(**(FLAWS | numbers)), found)
    return found


def read(mine, of_kind, **numbers):
    """By how much an item is taken to fall short after these reviews, and how unsure that is."""
    found = reckoned()
    read_reviews(market(**(FLAWS | READERS | numbers)), mine, of_kind, found)
    return found.shortfall, found.shortfall_sd


def test_who_knows_nothing_of_an_item_reckons_with_what_things_are_like():
    found = reckoned()
    assert (found.shortfall, found.shortfall_sd) == (near(USUAL), near(SD))
    for none in ({"flaw": 0.0}, {"flawed_share": 0.0}):
        assert (reckoned(**none).shortfall, reckoned(**none).shortfall_sd) == (0.0, 0.0)


@pytest.mark.parametrize("short", [0.0, 0.5])
def test_in_hand_he_sees_a_part_of_it_and_reckons_on_for_the_rest(short):
    for shows in (0.0, 0.6, 1.0):
        found = reckoned()
        see_in_hand(item(shortfall=short), shows, found)
        assert found.shortfall == near(shows * short + (1 - shows) * USUAL)
        assert found.shortfall_sd == near((1 - shows) * SD)


def weighed(short, found, wish=None, **numbers):
    numbers = {"match_sd": 0.0, "tau_web": 0.4} | numbers
    goods = item(quality=0.3, shortfall=short)
    weigh(person(), market(**numbers), wish or need(), 0, goods, 0.0, today(), found)
    return found, goods


def test_what_he_reckons_with_is_what_he_expects_less_and_is_unsure_of_more():
    plain, _ = weighed(0.0, choice(tau=0.3, hassle_dkk=30.0))
    unsure, _ = weighed(0.0, choice(tau=0.3, hassle_dkk=30.0, shortfall_sd=0.2))
    less, _ = weighed(0.0, choice(tau=0.3, hassle_dkk=30.0, shortfall=0.1))
    assert plain.best_expected - less.best_expected == near(0.1)
    assert less.best_value < plain.best_value < unsure.best_value, (
        "what can be sent back may be good"
    )
    as_wide, _ = weighed(0.0, choice(tau=math.hypot(0.3, 0.2), hassle_dkk=30.0))
    assert unsure.best_value == near(as_wide.best_value)
    assert unsure.best_item_sd == plain.best_item_sd, "the article's own luck is what it was"


def test_the_truth_is_what_it_is_whatever_he_takes_it_to_be():
    matches = []
    for taken in (0.0, 0.1, 0.5):
        found, goods = weighed(0.5, choice(tau=0.3, hassle_dkk=30.0, shortfall=taken))
        matches.append(match_of(goods, found))
        assert found.best_shortfall == near(taken)
    assert matches == [near(matches[0])] * 3
    found, goods = weighed(0.0, choice(tau=0.3, hassle_dkk=30.0))
    assert match_of(goods, found) == near(matches[0] + 0.5)


def test_who_has_had_it_at_home_knows_by_how_much_it_falls_short():
    found = choice(tau=0.3, hassle_dkk=30.0, shortfall=0.1, shortfall_sd=0.2)
    back, goods = weighed(0.5, found, need(tried=1), size_left=0.0)
    assert (back.best_shortfall, back.best_item_sd) == (0.5, 0.0)
    assert match_of(goods, back) == near(back.best_expected)


def test_he_reads_of_an_item_for_one_need_or_does_not_and_as_many_do_as_the_share_says():
    def reads(number=11, key=70, part=0.5):
        return reads_reviews(person(), market(reads_reviews=part), item(key=key), number, today())

    luck = uniform(SEED, ID, reviews.READS, 70, 11)
    assert reads(part=luck + 1e-9) and not reads(part=luck - 1e-9)
    me, mk, goods, now = person(), market(reads_reviews=0.3), item(), today()
    assert share(lambda n: reads_reviews(me, mk, goods, n, now)) == near(0.3, abs=0.03)
    assert len({reads(key=k) for k in range(20)}) == 2, "another item is another matter"


def test_reviews_are_held_against_the_promise_and_one_star_weighs_more():
    mk = market(star_worth=0.4, one_star_weight=3.0)
    assert praise(mk, rating((5, 3))) == near(0.4 * 4)
    assert praise(mk, rating((5, 3), promised=0.3)) == near(0.4 * 4 - 0.3)
    assert praise(mk, rating((5, 1))) == near(0.4 * (5 + 3 * 1) / 4)


def test_a_reader_s_belief_is_the_normal_posterior():
    n, usual = 8, rating((4,) * 40)
    short, unsure = read(rating((3,) * n), usual)
    weight = SD**2 / (SD**2 + 0.5**2 / n)
    assert short == near(USUAL + weight * 0.4)
    assert unsure == near(math.sqrt(1 / (1 / SD**2 + n / 0.5**2)))


def test_who_reads_what_is_said_of_everything_learns_no_more_of_one_but_is_surer():
    for given in ((4,) * 5, (1, 5, 5), (1, 1)):
        mine = rating(given)
        short, unsure = read(mine, mine, one_star_weight=2.0)
        assert short == near(USUAL) and unsure < SD


def test_without_reviews_nothing_is_learned_and_more_of_them_tell_more():
    usual = rating((4,) * 100)
    assert read(rating(), rating()) == (near(USUAL), near(SD))
    bad = [read(rating((2,) * n), usual) for n in (1, 5, 50)]
    assert USUAL < bad[0][0] < bad[1][0] < bad[2][0] and SD > bad[0][1] > bad[1][1] > bad[2][1]
    assert read(rating((5,) * 5), usual)[0] < USUAL, "praise speaks for an item"


def test_bad_reviews_weigh_more_than_good_ones():
    usual = rating((3,) * 100)

    def moved(star, **numbers):
        return read(rating((3, 3, star)), usual, **numbers)[0] - USUAL

    assert moved(1) == near(-moved(5))
    assert moved(1, one_star_weight=2.0) > moved(1) and moved(5, one_star_weight=2.0) == moved(5)


def test_extreme_experiences_are_written_of_most_and_the_invited_write_more_readily():
    def writes(surprise, invited, number=44, **numbers):
        told = order(match=0.1 + surprise, expected=0.1, number=number)
        return writes_review(person(), market(**numbers), told, invited, today())

    def readily(surprise, invited):
        name = "review_invited_base" if invited else "review_base"
        return -tips(lambda base: writes(surprise, invited, **{name: base}))

    mk = market()
    for surprise in (-0.7, 0.7):
        for invited, slope in ((False, mk.review_surprise), (True, mk.review_invited_surprise)):
            assert readily(surprise, invited) - readily(0.0, invited) == near(0.7 * slope)
    assert mk.review_invited_surprise < mk.review_surprise
    me, now, told = person(), today(), [order(match=0.4, number=n) for n in range(1000)]
    unasked, asked = (
        sum(writes_review(me, mk, one_of, invited, now) for one_of in told)
        for invited in (False, True)
    )
    assert 0 < unasked < 0.6 * asked
    luck = uniform(SEED, ID, reviews.WRITES, 44, 0)
    edge = math.log(luck / (1 - luck))
    assert writes(0.0, False, review_base=edge + 1e-6)
    assert not writes(0.0, False, review_base=edge - 1e-6)


@pytest.mark.parametrize(
    ("match", "given"),
    [(-9, 1), (-1, 2), (-0.61, 2), (-0.59, 3), (0, 4), (0.19, 4), (0.2, 5), (9, 5)],
)
def test_stars_go_by_the_match_in_hand_from_one_to_five(match, given):
    assert stars(market(star_zero=4.0, star_share=2.5), order(match=match)) == given


def test_a_question_is_found_among_more_answers_more_readily_and_stays_the_same_question():
    def finds(answers, number=11, looks=1.0):
        mk = market(looks_for_answer=looks, answers_half=100.0)
        return finds_answer(person(), mk, need(number=number), answers, today())

    assert not finds(0.0)
    luck = uniform(SEED, ID, reviews.ANSWERED_THERE, 11, 0)
    edge = 100.0 * luck / (1 - luck)
    assert finds(edge * 1.001) and not finds(edge * 0.999)
    me, now, asked = person(), today(), [need(number=n) for n in range(2000)]
    for answers, looks, found in ((100.0, 1.0, 0.5), (1e9, 0.3, 0.3)):
        mk = market(looks_for_answer=looks, answers_half=100.0)
        times = sum(finds_answer(me, mk, wish, answers, now) for wish in asked)
        assert times / len(asked) == near(found, abs=0.035)


# ---- many readers ------------------------------------------------------------------------------


def told_of(short, buyers, mk, rng, invited):
    """The stars that some of an item's buyers give it by the rules."""
    found, writer, bought, now = [], person(), order(), today()
    for number, (taste, luck) in enumerate(rng.normal(size=(buyers, 2))):
        writer.id, bought.number = int(rng.integers(1 << 30)), number
        usual = mk.flawed_share * mk.flaw
        bought.expected = 0.3 + 0.27 * taste - usual
        bought.match = bought.expected + usual - short + 0.7 * luck
        if writes_review(writer, mk, bought, invited, now):
            found.append(stars(mk, bought))
    return tuple(found)


def readers(given, mk):
    """What readers take each of these items to fall short by, and how unsure they are."""
    of_kind, found = rating([s for one_s in given for s in one_s]), []
    for told in given:
        mine = choice()
        reckon_with(mk, mine)
        read_reviews(mk, rating(told), of_kind, mine)
        found.append((mine.shortfall, mine.shortfall_sd))
    return np.array(found).T


def test_by_a_reader_s_own_reckoning_no_correction_of_what_he_expects_would_do_better():
    rng, mk = np.random.default_rng(3), market(**FLAWS, **READERS)
    short = 0.5 * (rng.random(3000) < 0.2)
    sizes = rng.integers(0, 40, 3000)
    given = [
        tuple(4 - (s + 0.5 * rng.normal(size=n)) / 0.4) for s, n in zip(short, sizes, strict=True)
    ]
    taken, unsure = readers(given, mk)
    assert (short - taken).mean() == near(0.0, abs=0.01)
    assert np.cov(short, taken)[0, 1] / taken.var(ddof=1) == near(1.0, abs=0.05)
    assert np.mean((short - taken) ** 2) == near(np.mean(unsure**2), rel=0.1)


@pytest.mark.parametrize("invited", [False, True])
def test_readers_of_what_the_rules_write_are_right_on_average_and_righter_than_others(invited):
    rng, mk = np.random.default_rng(4), market()
    short = mk.flaw * (rng.random(300) < mk.flawed_share)
    given = [told_of(s, 120, mk, rng, invited) for s in short]
    taken, _ = readers(given, mk)
    assert (short - taken).mean() == near(0.0, abs=0.02), "neither too hopeful nor too wary"
    assert np.cov(short, taken)[0, 1] / taken.var(ddof=1) == near(1.0, abs=0.3)
    assert np.mean((short - taken) ** 2) < 0.8 * short.var()
    flawed = short > 0
    mean = [
        np.mean([np.mean(g) for g, f in zip(given, flawed, strict=True) if f == w and g])
        for w in (0, 1)
    ]
    assert mean[0] - mean[1] > 0.5, "what falls short gets worse stars"
    assert taken[flawed].mean() > taken[~flawed].mean() + 0.05


def test_who_is_disappointed_may_say_what_it_is_and_nobody_else_does():
    def says(fault=WRONG_SIZE, match=-0.2, part=1.0, number=44):
        told = order(fault=fault, match=match, expected=0.1, number=number)
        return says_why(person(), market(says_why=part), told, today())

    assert says() and not says(match=0.1) and not says(fault=NO_FAULT)
    assert share(lambda n: says(part=0.3, number=n)) == near(0.3, abs=0.03)
