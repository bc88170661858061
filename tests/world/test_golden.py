"""The lively world is the one that was kept: no commit changes what happens without saying so."""

from __future__ import annotations

import copy

import golden
import numpy as np

from sim.core import events as ev


def test_the_lively_world_is_the_golden_one(lively):
    changed = golden.parted(golden.fingerprint(lively.events()), golden.kept())
    assert changed == [], 'if this is meant: make golden reason="..."'


def test_one_event_moved_by_a_day_is_noticed(lively):
    events = lively.events().copy()
    events["day"][len(events) // 2] += 1
    assert golden.parted(golden.fingerprint(events), golden.kept())


def test_an_øre_is_noticed_and_the_last_bit_of_a_value_is_not(lively):
    events = lively.events().copy()
    sale = np.flatnonzero(events["kind"] == ev.WEB_ORDER)[0]
    kept = golden.fingerprint(events)
    nudged = copy.deepcopy(events)
    nudged["value"] = np.nextafter(nudged["value"], np.inf)
    assert golden.parted(golden.fingerprint(nudged), kept) == []
    events["amount_oere"][sale] += 1000
    assert golden.parted(golden.fingerprint(events), kept)
