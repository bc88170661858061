"""The golden log: what one lively world did, as one hash and a few sums in golden.json.

The hash is over the integer fields of the event log, money left out. Money and values are kept as
sums a kind and compared within a tolerance, because processors differ in the last bit of exp and
log. A commit that only moves walls leaves the file as it is; a commit that changes what happens
rewrites it on purpose and says why:

    make golden reason="what changed, and by how much"
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from sim.core import events as ev
from sim.core.compiled import COMPILED

FILE = Path(__file__).with_name("golden.json")
HASHED = (
    "day",
    "customer",
    "item",
    "need",
    "order",
    "kind",
    "channel",
    "category",
    "style",
    "seen_as",
)
TOLERANCE = 1e-9  # relative, of a kind's money and values


def fingerprint(events: np.ndarray) -> dict:
    """Hash, length, and by kind of event: number, money in øre and sum of values."""
    digest = hashlib.blake2b(digest_size=16)
    for name in HASHED:
        digest.update(name.encode() + events[name].astype("<i8").tobytes())
    kinds = {}
    for code, name in sorted(ev.KINDS.items()):
        rows = events[events["kind"] == code]
        kinds[name] = [len(rows), int(rows["amount_oere"].sum()), float(rows["value"].sum())]
    return {"hash": digest.hexdigest(), "events": len(events), "kinds": kinds}


def parted(found: dict, kept: dict) -> list[str]:
    """How ``found`` differs from ``kept``: one line a kind of event, empty if it does not."""
    lines = []
    for name in sorted({*found["kinds"], *kept["kinds"]}):
        here, there = (side["kinds"].get(name, [0, 0, 0.0]) for side in (found, kept))
        close = np.isclose(here, there, rtol=TOLERANCE, atol=TOLERANCE).all()
        if here[0] != there[0] or not close:
            lines.append(f"{name}: {there} -> {here} (number, øre, sum of values)")
    if not lines and found["hash"] != kept["hash"]:
        lines.append("as many events of each kind, but not the same ones")
    return lines


def kept() -> dict:
    """What golden.json says."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def regenerate(reason: str) -> list[str]:
    """Live the lively world, write golden.json anew; what has changed."""
    from worlds import live_lively

    before = kept() if FILE.exists() else {"kinds": {}, "hash": ""}
    found = fingerprint(live_lively("compiled" if COMPILED else "readable").events())
    lines = ",\n".join(f'  "{name}": {json.dumps(of)}' for name, of in found.pop("kinds").items())
    head = json.dumps({"reason": reason, **found}, indent=1).removesuffix("\n}")
    FILE.write_text(f'{head},\n "kinds": {{\n{lines}\n }}\n}}\n', encoding="utf-8")
    found = kept()
    return parted(found, before)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('say why: make golden reason="what changed, and by how much"')
    print("\n".join(regenerate(sys.argv[1].strip())) or "nothing has changed")
