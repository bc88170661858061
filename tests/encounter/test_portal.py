"""Claims about the review portal where customer and company meet: invited, written, looked up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import (
    DIRECT,
    ID,
    SEED,
    board,
    column,
    file,
    firm,
    market,
    office,
    person,
    profile,
    world,
    written,
)
from worlds import LIVELY, lively_strategy
from worlds import world as settings_of

from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import BUFFERS, IN_HAND
from sim.encounter.calls import ANSWERED, case_key, hear_from_centre
from sim.encounter.parcels import handle_post
from sim.encounter.portal import PARTS, look_us_up
from sim.encounter.web import visit_web
from sim.journey.portal import AFTER_CONTACT, AFTER_PURCHASE
from sim.world.model import OmnichannelModel

near = pytest.approx
ALL_WRITE = {"rates_us_base": 90.0, "rates_us_asked": 90.0}
UNASKED = {"rates_us_base": 90.0, "rates_us_asked": -90.0}
ASKED = {"rates_us_base": -90.0, "rates_us_asked": 90.0}
BOUGHT = {"state": IN_HAND, "due": 100, "number": 44, "need": 11, "place": 1, "item": 16}
BOUGHT |= {"paid_oere": 50_000, "price_oere": 50_000, "category": 1, "style": 1}
CALLED = {"case_topic": ev.ABOUT_ORDER, "case_state": ANSWERED, "case_about": 44, "case_order": 0}


def bought(match, **numbers):
    """What is said in public of an order once it has been tried out."""
    me = person((), (BOUGHT | {"match": match},))
    around = world(market=market(**(ALL_WRITE | numbers)))
    handle_post(me, file(profile()), 0, around, office())
    return around.tape


def test_a_purchase_is_rated_by_how_it_was_and_nobody_had_to_ask():
    assert column(bought(2.0), ev.RATED_US, "value") == [5.0]
    assert column(bought(-2.0), ev.RATED_US, "value") == [1.0]
    assert column(bought(0.3), ev.RATED_US, "channel") == [ev.NONE]
    assert ev.RATED_US not in written(bought(0.3, rates_us_base=-90.0))


def called(numbers, **rules):
    """What follows a contact that was answered."""
    me = person((), (BOUGHT | {"state": 9},), **CALLED)
    around = world(market=market(mark_intercept=90.0, **numbers))
    hear_from_centre(me, file(profile()), around, office(firm(**rules)))
    return around.tape


def test_who_gives_a_mark_may_be_invited_to_say_so_in_public():
    for asks, invites, marked, rated in (
        (1.0, 1.0, True, True),
        (1.0, 0.0, True, False),
        (0.0, 1.0, False, False),
    ):
        tape = called(ASKED, asks_score=asks, invite_to_portal=invites)
        assert (ev.SCORED in written(tape)) == marked
        assert (ev.RATED_US in written(tape)) == rated
    tape = called(ASKED, asks_score=1.0, invite_to_portal=1.0)
    assert column(tape, ev.RATED_US, "channel") == [ev.EMAIL]


def test_a_contact_is_rated_unasked_too():
    assert column(called(UNASKED, asks_score=0.0), ev.RATED_US, "channel") == [ev.NONE]


def test_who_has_never_bought_and_looks_for_something_reads_it_once():
    said = board(rated=100.0, rated_stars=150.0)
    around = world(board=said, market=market(looks_us_up=1.0))
    me = person(trust=0.8)
    look_us_up(me, around)
    assert me.trust < 0.8 and me.looked_up == 1
    assert column(around.tape, ev.LOOKED_US_UP, "value") == [1.5]
    trust = me.trust
    look_us_up(me, around)
    assert me.trust == trust
    quiet = world(market=market(looks_us_up=1.0))
    me = person(trust=0.8)
    look_us_up(me, quiet)
    assert (me.trust, me.looked_up) == (near(0.8), 0), "where nobody has written there is nothing"


def test_a_look_round_is_no_reason_to_look_us_up():
    wish = {"category": 1, "style": 1, "state": 2, "number": 11}
    for needs, reads in (((wish,), True), ((), False)):
        around = world(
            board=board(rated=9.0, rated_stars=27.0), market=market(looks_us_up=1.0, bounce=-90.0)
        )
        visit_web(
            person(needs), file(profile()), 0 if needs else -1, DIRECT, around, office(firm())
        )
        assert (ev.LOOKED_US_UP in written(around.tape)) == reads


def test_each_occasion_has_luck_of_its_own():
    """The share of numbers under which it is written is the odds, apart for each occasion."""
    odds = {"rates_us_base": 0.0, "rates_us_surprise": 0.0}
    for occasion, rated in (
        (AFTER_PURCHASE, lambda: bought(0.3, **odds)),
        (AFTER_CONTACT, lambda: called(odds | {"rates_us_asked": -90.0}, asks_score=0.0)),
    ):
        key = (44, 0) if occasion == AFTER_PURCHASE else (case_key(person(**CALLED)), 0)
        assert (ev.RATED_US in written(rated())) == (uniform(SEED, ID, occasion, *key) < 0.5)


def test_what_stands_there_is_as_likely_as_he_is_to_write_whether_he_does_or_not():
    for base in (-1.0, -3.0):
        numbers = {"rates_us_base": base, "rates_us_surprise": 0.0}
        filled = bought(0.3, **numbers).buffers
        odds = 1 / (1 + math.exp(-base))
        assert filled.ratings / PARTS == near(odds, abs=1e-5)
        assert filled.rating_stars / PARTS == near(5 * odds, abs=1e-5)


def test_the_portal_holds_what_the_real_firms_people_would_write_and_it_fades(monkeypatch):
    settings = settings_of(
        *LIVELY,
        "scale.customers=50",
        "company.size.active_customers=250",
        "company.size.active_share=0.5",
        "market.portal.words_half_life_days=10",
    )
    model = OmnichannelModel(settings, lively_strategy())
    said = np.zeros(1, BUFFERS)
    said["ratings"], said["rating_stars"] = 3 * PARTS, 12 * PARTS
    monkeypatch.setattr(model.driver, "buffered", lambda: said)
    model.board.close_day()
    record = model.board.record[0]
    assert (record["rated"], record["rated_stars"]) == near((30.0, 120.0))
    monkeypatch.setattr(model.driver, "buffered", lambda: np.zeros(1, BUFFERS))
    for _ in range(10):
        model.board.close_day()
    assert (record["rated"], record["rated_stars"]) == near((15.0, 60.0))
