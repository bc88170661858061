"""Claims about what the company does with reviews and answers: whom it shows them, whom it asks."""

from __future__ import annotations

import numpy as np
import pytest
from people import SEED, firm, profile, shown

from sim.company import reviews
from sim.company.reviews import acts_on, is_found_wanting, publishes, show_reviews
from sim.core.draws import uniform

near = pytest.approx
LUCK = {
    name: uniform(SEED, 3, getattr(reviews, name), 0, 0) for name in ("SHOWS_REVIEWS", "INVITES")
}


def test_the_pages_show_reviews_to_the_share_of_visitors_that_the_company_can():
    for more, told in ((1e-9, 1), (-1e-9, 0)):
        screen = shown(reviews=1 - told)
        show_reviews(screen, firm(show_reviews=LUCK["SHOWS_REVIEWS"] + more), profile(), SEED)
        assert screen.reviews == told


def test_answers_are_published_case_by_case_in_the_share_that_the_company_can():
    def out(case, share):
        return publishes(firm(publish_answers=share), profile(), case, 98, SEED)

    luck = uniform(SEED, 3, reviews.PUBLISHES, 44, 98)
    assert out(44, luck + 1e-9) and not out(44, luck - 1e-9)
    ours, told = firm(publish_answers=0.3), profile()
    assert np.mean([publishes(ours, told, n, 98, SEED) for n in range(3000)]) == near(0.3, abs=0.03)


def test_an_item_is_found_wanting_by_the_mean_of_enough_reviews():
    assert is_found_wanting(5, 5 * 3.29, 5, 3.3)
    assert not is_found_wanting(5, 5 * 3.3, 5, 3.3), "not below"
    assert not is_found_wanting(4, 4 * 1.0, 5, 3.3), "too few say so"
    assert not is_found_wanting(0, 0.0, 0, 3.3)


def test_the_company_gets_round_to_an_item_in_the_share_of_times_that_it_acts():
    luck = uniform(SEED, 70, reviews.ACTS, 0, 28)
    assert acts_on(luck + 1e-9, 70, 28, SEED) and not acts_on(luck - 1e-9, 70, 28, SEED)
    acted = [acts_on(0.3, key, day, SEED) for key in range(60) for day in range(50)]
    assert np.mean(acted) == near(0.3, abs=0.03)
