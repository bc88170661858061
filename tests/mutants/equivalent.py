"""Mutants that nobody can see, each with its reason; they are not tried and not counted.

A row names a file, a function (or ``*``) and a piece of the mutant's text.
"""

from __future__ import annotations

from mutants.operators import Mutant

EQUIVALENT: tuple[tuple[str, str, str, str], ...] = (
    ("returns.py", "order_key", "32 -> 33", "any shift beyond an order's number keeps keys apart"),
    ("statistics.py", "_sd", "0 -> 1", "all are compared with one of them, whichever it is"),
    ("occasions.py", "moment", "day * SPAN - occasion", "only that moments differ matters"),
    ("analysis.py", "take_best_cell", "1.0 -> 1.5", "any weight below all others marks it taken"),
    ("warmup.py", "mser5", "batches - 1 -> batches", "only the first batches - 5 are compared"),
    ("analysis.py", "take_best_cell", "1 -> 0", "the first cell is compared with itself"),
    ("automation.py", "flow_due", "<= firm.flow_priority", "no two flows have one priority"),
    ("knowledge.py", "forget_device", "2 * place - device", "from the end, the same places"),
    ("duplicates.py", "absorb", "source.counts[k] >= 0", "no sighting more is none"),
    ("gains.py", "_purchase_hash", "state ^= state >> np.uint64(33) -> pass", "a weaker hash"),
    ("day.py", "look_round", "1 -> 0", "without a need there is no sale to credit a channel with"),
)


def reason_for(mutant: Mutant) -> str:
    """Why nobody can see this mutant; empty if somebody could."""
    for file, function, piece, reason in EQUIVALENT:
        if (
            mutant.path.name == file
            and function in ("*", mutant.function)
            and piece in f"{mutant.before} -> {mutant.after}"
        ):
            return reason
    return ""
