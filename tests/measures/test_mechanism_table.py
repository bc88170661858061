"""Claims about the table of mechanisms: what it names exists; a finding is told by its sign."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sim
from sim.core.records import CUSTOMER
from sim.measures.analysed import ANALYSED
from sim.measures.building_blocks import BLOCKS
from sim.measures.departments import DEPARTMENTS
from sim.measures.journeys import JOURNEYS
from sim.measures.knowledge import KNOWN
from sim.measures.mechanism import AS_CLAIMED, DOWN, OPPOSITE, UNCLEAR, UP, verdict
from sim.measures.mechanisms import MECHANISMS
from sim.measures.media import MEDIA
from sim.measures.metrics import METRICS
from sim.measures.trials import TESTS
from sim.measures.visitors import VISITORS
from sim.measures.why import WHY
from sim.settings.company import Company
from sim.settings.ladder import rung_names
from sim.settings.market import Category, Market, market_record
from sim.settings.strategy import Policies

TABLES = {
    "metrics": METRICS,
    "knowledge": KNOWN,
    "journeys": JOURNEYS,
    "visitors": VISITORS,
    "departments": DEPARTMENTS,
    "media": MEDIA,
    "tests": TESTS,
    "analysis": ANALYSED,
    "why": WHY,
    "blocks": BLOCKS,
}
ONLY = Category(name="all", styles=("one", "two", "three"), need_share=1.0)
ROOT = Path(sim.__file__).parent
EVIDENCE = (ROOT.parent / "docs" / "evidence.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_mechanism_is_switched_off_by_what_there_is_and_seen_by_a_figure_there_is(name):
    mechanism = MECHANISMS[name]
    assert set(mechanism.off) <= set(rung_names(Company().ladder))
    assert set(mechanism.policies) <= set(Policies.model_fields)
    assert set(mechanism.market) <= set(market_record(Market(categories=(ONLY,))).dtype.names)
    assert set(mechanism.people) <= set(CUSTOMER.names)
    switched = (mechanism.off, mechanism.policies, mechanism.market, mechanism.people)
    assert any(switched), "else nothing would be switched off"
    assert mechanism.seen_by in TABLES[mechanism.table]
    assert mechanism.claimed in (UP, DOWN)


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_mechanism_lives_where_it_says(name):
    for place in MECHANISMS[name].lives.split("; "):
        file, _, rules = place.partition(" ")
        source = (ROOT / file).read_text(encoding="utf-8")
        for rule in filter(None, rules.split(", ")):
            assert re.search(rf"^def {rule}\(", source, re.M), f"{rule} is not in {file}"


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_mechanism_names_rows_of_the_evidence(name):
    for row in MECHANISMS[name].rows.split():
        assert re.search(rf"^(\| {row} \||### {row}[. ])", EVIDENCE, re.M), row


def test_a_difference_is_as_claimed_only_where_its_interval_leaves_zero_out():
    falls = next(m for m in MECHANISMS.values() if m.claimed == DOWN)
    rises = next(m for m in MECHANISMS.values() if m.claimed == UP)
    for mechanism, sign in ((rises, 1), (falls, -1)):
        assert verdict(mechanism, [1.0 * sign, 1.1 * sign, 0.9 * sign])[0] == AS_CLAIMED
        assert verdict(mechanism, [-1.0 * sign, -1.1 * sign, -0.9 * sign])[0] == OPPOSITE
        assert verdict(mechanism, [1.0, -1.0, 0.5])[0] == UNCLEAR
    assert verdict(rises, [1.0])[0] == UNCLEAR, "one seed proves nothing"
