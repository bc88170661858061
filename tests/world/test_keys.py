"""No key of luck is used for two things: recorded in a lively world lived in plain Python.

A recorder stands in place of every rule's `uniform`. Decisions declared as lasting may draw a key
again: their luck is meant to be the same whenever it is asked for.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

import pytest
from worlds import in_plain_python, live_lively

from sim.core import draws


def recorded() -> dict[str, int]:
    """Decision -> how many keys of it were drawn more than once in the lively world."""
    keys: Counter = Counter()
    drawn = draws.uniform

    def uniform(seed, customer, decision, about, when):
        keys[customer, decision, about, when] += 1
        return drawn(seed, customer, decision, about, when)

    for module in [m for name, m in sys.modules.items() if name.startswith("sim.")]:
        for name, value in list(vars(module).items()):
            if value is drawn:
                setattr(module, name, uniform)
    live_lively("readable")
    twice: Counter = Counter()
    names = {code: name for name, code in draws.decisions().items()}
    for (_, code, _, _), times in keys.items():
        if times > 1 and code not in draws.LASTING:
            twice[names[code]] += 1
    return dict(twice) | {"all keys": len(keys)}


SCRIPT = """
import json, sys
sys.path[:0] = ["tests", "tests/world"]
import test_keys
print(json.dumps(test_keys.recorded()))
"""


@pytest.fixture(scope="module")
def found() -> dict[str, int]:
    return json.loads(in_plain_python("-c", SCRIPT))


def test_no_key_is_used_for_two_things(found):
    assert {name: n for name, n in found.items() if name != "all keys"} == {}


def test_the_recorder_has_seen_the_world(found):
    assert found["all keys"] > 50_000
