"""Mutants that nobody can see, each with its reason; they are not tried and not counted.

A row names a file, a function (or ``*``) and a piece of the mutant's text.
"""

from __future__ import annotations

from mutants.operators import Mutant

EQUIVALENT: tuple[tuple[str, str, str, str], ...] = ()


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
