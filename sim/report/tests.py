"""The section on A/B tests: how many, which were adopted, and how good the ideas were."""

from __future__ import annotations

from typing import Any

from sim.language import t
from sim.measures.trials import TESTS
from sim.report.figures import grouped
from sim.study.facts import Facts
from sim.study.numbers import plain


def tests_section(facts: Facts) -> dict[str, Any] | None:
    """The figures by strategy; none where nobody tests."""
    tested = [name for name in facts.contenders if facts.tested(name, "run").mean > 0]
    if not tested:
        return None
    return {
        "title": _title(facts, tested),
        "names": facts.contenders,
        "groups": grouped(TESTS, facts.contenders, facts.tested, but=""),
    }


def _title(facts: Facts, tested: list[str]) -> str:
    """Of who tests most: how many tests a year it adopts, and how many of these are worse."""
    name = max(tested, key=lambda n: facts.tested(n, "run").mean)
    run, adopted, wrong = (
        facts.tested(name, what).mean for what in ("run", "adopted", "false positives")
    )
    told = {"n": plain(run), "company": facts.within(name), "adopted": plain(100 * adopted)}
    if wrong != wrong:
        return t("Of {n} tests a year {company} adopts {adopted} %", **told)
    return t(
        "Of {n} tests a year {company} adopts {adopted} %; {worse} % of those are worse",
        worse=plain(100 * wrong),
        **told,
    )
