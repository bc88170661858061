"""Claims about paying in a store: the queue, and scanning past it."""

from __future__ import annotations

import pytest
from people import (
    ID,
    SEED,
    choice,
    events,
    file,
    firm,
    logit,
    market,
    office,
    person,
    profile,
    shelves,
    tips,
    today,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import exponential, uniform
from sim.encounter.till import buy_in_store, gets_to_pay
from sim.journey import tills
from sim.journey.tills import leaves_queue, scans, till_wait

near = pytest.approx
WISH = {"state": 2, "number": 11, "category": 1, "style": 1, "progress": 1.0}
STANDS = {"queue_patience_minutes": 1000.0, "queue_minutes": 4.0}
LIKES_IT = STANDS | {"scan_utility": 90.0}


def test_the_queue_is_as_long_as_it_is_on_that_visit():
    mk = market(queue_minutes=4.0)
    for when in (640, 641):
        drawn = exponential(SEED, ID, tills.WAITS, 0, when)
        assert till_wait(person(), mk, 0, when, today()) == near(4.0 * drawn)
        shorter = today()
        shorter.shops[0].queue = 0.25
        assert till_wait(person(), mk, 0, when, shorter) == near(drawn)


def test_he_leaves_a_queue_that_is_longer_than_he_stands():
    stands = 20.0 * exponential(SEED, ID, tills.STANDS_IT, 0, 640)
    mk = market(queue_patience_minutes=20.0)
    assert leaves_queue(person(), mk, stands + 1e-6, 640, today())
    assert not leaves_queue(person(), mk, stands - 1e-6, 640, today())


def scans_at(minutes=5.0, time_value=2.0):
    """Readiness at which he just scans."""

    def decide(ready):
        mk = market(scan_utility=ready, scan_minutes=1.5, scan_scale_dkk=4.0)
        return scans(person(time_value=time_value), mk, minutes, 640, today())

    return tips(decide)


def test_scanning_is_worth_the_time_it_saves_against_its_effort():
    at = logit(uniform(SEED, ID, tills.SCANS, 0, 640))
    assert scans_at(1.5) == near(at, abs=1e-6), "it saves nothing"
    assert scans_at(5.0) == near(at - 3.5 * 2.0 / 4.0, abs=1e-6)
    assert scans_at(0.5) == near(at + 1.0 * 2.0 / 4.0, abs=1e-6)
    assert scans_at(5.0, time_value=4.0) == near(at - 3.5 * 4.0 / 4.0, abs=1e-6)


def paying(numbers=None, receipt=-1, self_scan=1.0, carried=1, **about):
    """He has chosen something; whether he pays, he, the world, what is on file."""
    me, one = person((WISH,), **({"app": 1, "club": 1} | about)), profile()
    around = world(
        market=market(**(STANDS | (numbers or {}))),
        choice=choice(best_item=17, receipt=receipt),
        catalogue=shelves(in_store={17: carried}),
    )
    books = office(firm(self_scan=self_scan, ask_for_card=0.0))
    return gets_to_pay(me, file(one), 0, 640, around, books), me, around, one, books


def test_who_scans_waits_for_nothing_and_who_does_not_waits_his_minutes():
    pays, me, around, *_ = paying(LIKES_IT, satisfaction=0.5)
    assert pays and (around.choice.scans, around.choice.till_minutes) == (1, 0.0)
    assert written(around.tape) == [ev.SCANNED] and me.satisfaction == 0.5
    minutes = 40.0 * exponential(SEED, ID, tills.WAITS, 0, 640)
    assert value(around.tape.log[0], "value") == near(minutes / 10)
    slow = {"queue_minutes": 40.0, "scan_utility": -90.0, "wait_free_minutes": 0.0}
    pays, me, around, *_ = paying(slow, satisfaction=0.5)
    assert pays and (around.choice.scans, around.choice.till_minutes) == (0, near(minutes))
    assert written(around.tape) == [] and me.satisfaction < 0.5, "the wait is felt"


@pytest.mark.parametrize(
    "without",
    [
        {"app": 0},
        {"club": 0},
        {"self_scan": 0.0},
        {"numbers": {"scan_utility": -90.0}},
        {"carried": 0},
    ],
)
def test_it_takes_the_app_a_membership_a_store_that_has_it_the_wish_and_the_thing(without):
    assert paying(**({"numbers": LIKES_IT} | without))[2].choice.scans == 0


def test_a_queue_too_long_is_left_and_so_is_what_was_chosen():
    short = {"queue_patience_minutes": 1e-9, "scan_utility": -90.0}
    pays, _, around, *_ = paying(short)
    assert not pays and written(around.tape) == [ev.TILL_LEFT]
    assert value(around.tape.log[0], "need") == 11
    assert paying(short | {"scan_utility": 90.0})[0], "who scans does not stand in it"
    assert paying(short, receipt=0)[0], "what follows is on the same receipt"


def test_who_has_scanned_is_known_costs_no_cashier_and_his_receipt_says_how_he_paid():
    for numbers, scanned in ((LIKES_IT, 1), ({"scan_utility": -90.0}, 0)):
        _, me, around, one, books = paying(numbers)
        assert buy_in_store(me, file(one), 0, 0, -1, around, books)
        (paid,) = events(around.tape, ev.BASKET_PAID)
        waited = 0 if scanned else int(around.choice.till_minutes)
        assert (value(paid, "value"), value(paid, "minute")) == (1 - scanned, waited)
        assert value(paid, "seen_as") == (ev.A_PERSON if scanned else ev.NOBODY)
