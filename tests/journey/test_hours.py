"""Claims about when in a day somebody looks at the web shop, and with what [A5]."""

from __future__ import annotations

import numpy as np
import pytest
from people import ID, SEED, market, person, today

from sim.core.draws import uniform
from sim.core.records import AT_COMPUTER, AT_PHONE
from sim.journey import hours
from sim.journey.hours import is_at_work, looks_at

near = pytest.approx
MONDAY, SATURDAY = 98, 103
DAY = {"awake_from_minute": 420, "awake_until_minute": 1380, "work_from_minute": 480}
AT_WORK = {"at_work_computer": 0.5, "at_work_phone": 0.25}


def minutes(device, day=MONDAY, free=960, **numbers):
    """When 4,000 visits with this device are."""
    me, mk = person(free_minute=free), market(**(DAY | AT_WORK | numbers))
    return np.array([looks_at(me, mk, device, k, 640, today(day)) for k in range(4000)])


def after_17(device, **told):
    return float((minutes(device, **told) >= 17 * 60).mean())


def test_who_is_free_all_day_or_at_weekends_looks_at_any_hour_that_he_is_awake():
    for told in ({"free": 0}, {"day": SATURDAY}):
        for device in (AT_COMPUTER, AT_PHONE):
            at = minutes(device, **told)
            assert at.min() >= 420 and at.max() < 1380
            assert after_17(device, **told) == near(360 / 960, abs=0.03)


def test_at_work_he_looks_as_much_less_often_as_the_device_is_less_at_hand():
    for device, weight in ((AT_COMPUTER, 0.5), (AT_PHONE, 0.25)):
        at = minutes(device)
        work = float(((at >= 480) & (at < 960)).mean())
        assert work == near(weight * 480 / (60 + weight * 480 + 420), abs=0.03)


def test_phones_are_used_in_the_evening_more_than_computers():
    assert after_17(AT_PHONE) > after_17(AT_COMPUTER) + 0.08
    alike = {"at_work_phone": 0.5}
    assert after_17(AT_PHONE, **alike) == after_17(AT_COMPUTER, **alike)


def test_who_never_looks_at_work_never_does():
    at = minutes(AT_PHONE, at_work_phone=0.0)
    assert not ((at >= 480) & (at < 960)).any()


def test_it_hangs_on_luck_of_its_own_and_grows_with_it():
    u = np.array([uniform(SEED, ID, hours.LOOKS_AT, k, 640) for k in range(4000)])
    assert (np.diff(minutes(AT_COMPUTER)[np.argsort(u)]) >= 0).all()


def test_work_is_on_weekdays_and_of_who_is_not_free_all_day():
    assert is_at_work(person(free_minute=960), today(MONDAY))
    assert not is_at_work(person(free_minute=960), today(SATURDAY))
    assert not is_at_work(person(free_minute=0), today(MONDAY))
