"""The section on media: what each paid line cost, whom it reached, and what last click says."""

from __future__ import annotations

from typing import Any

from sim.language import t
from sim.measures.media import ALL, MEDIA
from sim.settings.channels import lines
from sim.study.facts import Facts
from sim.study.numbers import Estimate, plain

COLUMNS = ("spent", "price", "on customers", "last click")
NOTHING = "–"


def media_section(facts: Facts) -> dict[str, Any] | None:
    """A table of the paid lines for each strategy; none where nothing was spent."""
    comparison = facts.comparison
    if comparison.media.empty or not any(_spends(facts, n) for n in facts.contenders):
        return None
    media = comparison.settings.market.channels.media()
    titles = {line.name: line.told() for line in lines(media)} | {ALL: t(ALL)}
    return {
        "title": _title(facts),
        "columns": [t(MEDIA[what].title) for what in COLUMNS],
        "tables": [
            {
                "name": name,
                "rows": [
                    (title, [_cell(facts.medium(name, line, what), what) for what in COLUMNS])
                    for line, title in titles.items()
                    if facts.medium(name, line, "spent").mean > 0
                ],
            }
            for name in facts.contenders
            if _spends(facts, name)
        ],
    }


def _spends(facts: Facts, name: str) -> bool:
    return facts.medium(name, ALL, "spent").mean > 0


def _cell(value: Estimate, what: str) -> str:
    if not value.known:
        return NOTHING
    return f"{plain(100 * value.mean)} %" if what == "on customers" else plain(value.mean, 2)


def _title(facts: Facts) -> str:
    """How much of the baseline's media money goes to people whom it has already."""
    ours = facts.medium(facts.baseline, ALL, "on customers")
    if not ours.known:
        return t("What was bought of other people's attention")
    return t(
        "Of 100 kroner that {company} spends on media {n} go to people who bought from it within a "
        "year",
        company=facts.within(facts.baseline),
        n=plain(100 * ours.mean),
    )
