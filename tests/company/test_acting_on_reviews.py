"""Claims about what the company does with reviews and answers: whom it shows them, whom it asks."""

from __future__ import annotations

import numpy as np
import pytest
from people import SEED, file, firm, profile, shown

from sim.company import reviews
from sim.company.reviews import acts_on, invites_review, is_found_wanting, publishes, show_reviews
from sim.core.draws import uniform
from sim.core.records import BY_CLUB, BY_MAIL, BY_OTHER_MAIL, OTHER_ADDRESS, OWN_ADDRESS

near = pytest.approx
LUCK = {
    name: uniform(SEED, 3, getattr(reviews, name), 0, 0) for name in ("SHOWS_REVIEWS", "INVITES")
}


def test_the_pages_show_reviews_to_the_share_of_visitors_that_the_company_can():
    for more, told in ((1e-9, 1), (-1e-9, 0)):
        screen = shown(reviews=1 - told)
        show_reviews(screen, firm(show_reviews=LUCK["SHOWS_REVIEWS"] + more), profile(), SEED)
        assert screen.reviews == told


def invited(s=BY_MAIL, a=OWN_ADDRESS, number=44, filed=44, mind=None, share=1.0, **known):
    told = profile(**({"permission": 1, "filed": {s: filed}} | known))
    return invites_review(firm(invite_reviews=share), file(told, mind), s, a, number, SEED)


def test_who_may_be_written_to_is_invited_about_the_purchase_on_file_and_nobody_else():
    assert invited() and not invited(permission=0)
    assert not invited(filed=43) and not invited(filed=-1), "it is not on file"
    assert invited(share=LUCK["INVITES"] + 1e-9) and not invited(share=LUCK["INVITES"] - 1e-9)
    assert not invited(mind=profile()), "facts are those the company uses"


def test_the_other_address_has_a_permission_and_a_record_of_its_own():
    other = {"s": BY_OTHER_MAIL, "a": OTHER_ADDRESS}
    assert invited(**other, permission=0, other={"permission": 1})
    assert not invited(**other)


def test_a_purchase_under_the_card_is_asked_about_where_the_card_is_known_to_be_his():
    assert invited(s=BY_CLUB, linked=1 << BY_CLUB) and not invited(s=BY_CLUB)


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
