"""Claims about what an agent sees, how long it takes, and whether it helps."""

from __future__ import annotations

import math

import pytest
from people import SEED, firm, profile, share

from sim.company import service
from sim.company.service import agent_sees, handling_minutes, solves
from sim.core.draws import normal, uniform

near = pytest.approx


def test_the_screen_shows_a_caller_who_is_recognised_and_whose_contacts_are_recorded():
    both = firm(identify_by_phone=1.0, record_service=1.0)
    assert agent_sees(both, profile(), SEED)
    assert not agent_sees(firm(identify_by_phone=0.0, record_service=1.0), profile(), SEED)
    assert not agent_sees(firm(identify_by_phone=1.0, record_service=0.0), profile(), SEED)


def minutes(sees, topic=1, about=5, tries=0, **changes):
    told = {"handling_spread": 0.5, "lookup_minutes": 1.5, "handling_minutes": [4.0, 6.0, 9.0]}
    return handling_minutes(firm(**(told | changes)), profile(), topic, about, tries, sees, SEED)


def test_a_call_takes_its_topics_minutes_by_a_lognormal():
    z = normal(SEED, 3, service.HANDLING, 5, 0)
    assert [minutes(True, topic) for topic in range(3)] == near(
        [mean * math.exp(0.5 * z) for mean in (4, 6, 9)]
    )
    assert minutes(True, handling_spread=0.0) == 6
    assert minutes(True, tries=1) != minutes(True)


def test_a_call_is_shorter_where_the_data_are_on_the_screen():
    assert minutes(False) - minutes(True) == near(1.5)


def test_who_sees_solves_more_and_each_try_has_luck_of_its_own():
    company = firm(solves_seeing=0.8, solves_blind=0.5)
    for sees, wanted in ((True, 0.8), (False, 0.5)):
        found = share(
            lambda about, sees=sees: solves(company, profile(), about, 0, sees, SEED), 800
        )
        assert found == near(wanted, abs=0.05)
    u = uniform(SEED, 3, service.SOLVES, 5, 1)
    assert solves(firm(solves_seeing=u + 1e-9), profile(), 5, 1, True, SEED)
    assert not solves(firm(solves_seeing=u - 1e-9), profile(), 5, 1, True, SEED)
