"""The section on departments: what they do for each other, and who inside gains."""

from __future__ import annotations

from typing import Any

from sim.language import t
from sim.measures.departments import DEPARTMENTS, LEDGERS, REFUSED, TAKEN
from sim.measures.metrics import YEARLY
from sim.report.figures import grouped
from sim.study.facts import Facts
from sim.study.numbers import change, plain


def departments_section(facts: Facts) -> dict[str, Any] | None:
    """Acts for other departments by strategy; each department's gain under each bonus scheme."""
    comparison = facts.comparison
    if comparison.departments.empty:
        return None
    schemes = comparison.settings.company.bonus_schemes
    return {
        "title": _title(facts),
        "names": facts.contenders,
        "groups": grouped(DEPARTMENTS, facts.contenders, facts.act, but=""),
        "schemes": [t(scheme.title) for scheme in schemes.values()],
        "inside": [
            {
                "name": name,
                "runs_on": t(schemes[facts.strategies[name].policies.bonus_scheme].title),
                "rows": [
                    (t(title), [_gain(facts, name, scheme, department) for scheme in schemes])
                    for department, title in LEDGERS.items()
                ],
            }
            for name in facts.contenders
            if name != facts.baseline
        ],
    }


def _gain(facts: Facts, name: str, scheme: str, department: str) -> str:
    return change(facts.inside(name, scheme, department), YEARLY)


def _title(facts: Facts) -> str:
    """Of 100 web orders brought to a store, how many the baseline takes back at once."""
    at_once, refused = (facts.act(facts.baseline, what) for what in (TAKEN, REFUSED))
    if not at_once.known:
        return t("What departments do for each other, and who inside gains")
    return t(
        "Of 100 web orders brought to a store of {company} {at_once} are taken back at once, "
        "{refused} refused",
        company=facts.within(facts.baseline),
        at_once=plain(100 * at_once.mean),
        refused=plain(100 * refused.mean),
    )
