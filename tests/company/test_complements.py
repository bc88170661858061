"""What goes with what is learned from pairs of receipts, where chance cannot explain it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from worlds import LIVELY, lively_strategy
from worlds import world as settings_of

from sim.company.complements import expected_pairs, what_goes_with
from sim.core.records import CATEGORIES
from sim.world.model import OmnichannelModel

OFTEN = np.array([4, 3, 3, 2, 2, 1, 1.0])  # how often each kind is bought


def by_chance(scale=10):
    """Pairs of a market without complements, in which every kind follows as often as it sells."""
    return np.rint(scale * np.outer(OFTEN, OFTEN)).astype(int)


def test_nothing_goes_with_anything_where_kinds_follow_as_often_as_they_sell():
    assert (what_goes_with(by_chance(), least=1, sure=0.5) == -1).all()


def test_a_kind_that_is_bought_again_hides_no_complement_and_is_none():
    seen = by_chance()
    seen[0, 1] += 60
    np.fill_diagonal(seen, 5000)
    goes_with = what_goes_with(seen, least=20, sure=3.5)
    assert goes_with[0] == 1
    assert all(goes_with[k] != k for k in range(len(seen)))


def test_a_frequent_kind_does_not_go_with_everything():
    seen = by_chance()
    seen[2, 6] += 30
    assert seen[2, 0] > seen[2, 6]
    assert what_goes_with(seen, least=20, sure=3.5)[2] == 6


def test_what_chance_explains_is_not_believed():
    seen = by_chance()
    seen[2, 6] += 30
    assert what_goes_with(seen, least=20, sure=50.0)[2] == -1
    assert what_goes_with(seen, least=10_000, sure=3.5)[2] == -1
    assert (what_goes_with(np.zeros((7, 7), int), least=1, sure=0.0) == -1).all()


def test_chance_alone_is_believed_by_one_company_in_ten():
    drawn = np.random.default_rng(4)
    found = [
        (what_goes_with(drawn.poisson(by_chance()), least=20, sure=3.5) >= 0).any()
        for _ in range(400)
    ]
    assert 0.01 < np.mean(found) < 0.12


@settings(deadline=None, max_examples=60)
@given(arrays(np.int64, (7, 7), elements=st.integers(1, 500)), st.integers(0, 6), st.integers(0, 6))
def test_a_pair_of_kinds_has_no_say_in_how_often_it_is_expected(seen, first, second):
    before = expected_pairs(seen)[0]
    seen[first, second] += 100
    assert expected_pairs(seen)[0][first, second] == before[first, second]


@given(arrays(float, 7, elements=st.floats(1, 20)), arrays(float, 7, elements=st.floats(1, 20)))
def test_where_chance_is_all_it_is_what_is_expected(followed, follows):
    seen = np.outer(followed, follows)
    expected = np.where(np.eye(7, dtype=bool), 0, seen)
    assert expected_pairs(seen)[0] == pytest.approx(expected, rel=1e-2)


def test_the_company_goes_by_the_receipts_it_has_and_believes_nothing_without():
    model = OmnichannelModel(settings_of(*LIVELY, "scale.customers=50"), lively_strategy())
    model.company.learn_complements()
    assert (model.company.record["next_category"] == -1).all()
    seen = np.zeros((CATEGORIES, CATEGORIES), int)
    seen[:7, :7] = by_chance()
    seen[2, 6] += 60
    model.company.followed = seen.ravel()
    model.company.learn_complements()
    assert list(model.company.record["next_category"][0]) == [-1, -1, 6, *[-1] * 5]
