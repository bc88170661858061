"""Claims about what a caller brings with him."""

from __future__ import annotations

from people import ID, SEED, market, person, today

from sim.core.draws import uniform
from sim.journey import service
from sim.journey.service import has_details


def test_a_share_of_callers_has_the_details_at_hand():
    u = uniform(SEED, ID, service.HAS_DETAILS, 5, 2)
    assert has_details(person(), market(has_details=u + 1e-9), 5, 2, today())
    assert not has_details(person(), market(has_details=u - 1e-9), 5, 2, today())
