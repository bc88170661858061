"""Rules are compiled by two processes as the driver calls them, so that it finds them compiled."""

from __future__ import annotations

import pytest

from sim.core.compiled import COMPILED
from sim.study import warming
from sim.study.warming import HALVES, compile_half, compile_rules, tiny_model

pytestmark = pytest.mark.skipif(not COMPILED, reason="nothing is compiled")


@pytest.mark.parametrize("half", range(len(HALVES)))
def test_the_driver_asks_for_nothing_else_than_what_a_half_has_compiled(half):
    compile_half(half)
    tiny_model().run()
    for rule, _ in HALVES[half]:
        assert len(rule.signatures) == 1, rule.__name__


@pytest.mark.parametrize("on_disk", [True, False])
def test_every_half_is_compiled_unless_all_lies_on_disk(monkeypatch, on_disk):
    asked = []

    def for_all(work, halves, processes, progress):
        asked.append((work, halves))
        return iter(())

    monkeypatch.setattr(warming, "rules_are_compiled", lambda: on_disk)
    monkeypatch.setattr(warming, "for_all", for_all)
    compile_rules()
    assert asked == ([] if on_disk else [(compile_half, list(range(len(HALVES))))])
