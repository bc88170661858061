"""The company as a strategist's own file describes it, beside his strategy.

A strategy's file may say under ``company`` what its firm is: ``size``, which the simulation uses;
``key_figures``, which it only compares itself with; ``economics``, what things cost there. A
comparison is of one firm under several strategies: what one file says holds for all of them, and
two files must say the same.
"""

from __future__ import annotations

from typing import Any

from sim.settings.complaints import NOTHING, BadInput, joined

DESCRIBED = ("size", "key_figures", "economics")
UNSAID: dict[str, Any] = {}


def description(label: str, given: Any) -> dict[str, Any]:
    """What a strategy's file says of its company. Raises :class:`BadInput` for anything else."""
    key = joined(label, "company")
    if not isinstance(given, dict) or not given:
        raise BadInput(key, given, f"must be a mapping with {', '.join(DESCRIBED)}")
    for part, said in given.items():
        if part not in DESCRIBED:
            allowed = f"must be one of {', '.join(DESCRIBED)}; the rest is no strategy's to say"
            raise BadInput(joined(key, part), NOTHING, allowed)
        if not isinstance(said, dict):
            raise BadInput(joined(key, part), said, "must be a mapping of settings")
    return given


def one_company(descriptions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What is said of the company of all strategies compared, by their labels; {} if nothing is.

    Raises :class:`BadInput` where two describe different companies.
    """
    said = {label: found for label, found in descriptions.items() if found}
    if not said:
        return UNSAID
    (first, company), *others = said.items()
    for label, other in others:
        key = _differing(company, other)
        if key:
            value, theirs = _at(other, key), _at(company, key)
            there = "says nothing" if theirs is NOTHING else f"says {theirs}"
            raise BadInput(
                f"{label}.company.{key}",
                value,
                f"must be as in {first}.company, which {there}: a comparison is of one company",
            )
    return company


def _differing(one: Any, other: Any) -> str:
    """The dotted key of something that the two do not say alike; '' if there is none."""
    for key in [*one, *(key for key in other if key not in one)]:
        mine, theirs = one.get(key, NOTHING), other.get(key, NOTHING)
        if isinstance(mine, dict) and isinstance(theirs, dict):
            if deeper := _differing(mine, theirs):
                return f"{key}.{deeper}"
        elif mine != theirs:
            return str(key)
    return ""


def _at(content: Any, key: str) -> Any:
    for part in key.split("."):
        content = content.get(part, NOTHING) if isinstance(content, dict) else NOTHING
    return content
