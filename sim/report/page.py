"""One self-contained HTML page of a comparison: the answer first, every number with its unit."""

from __future__ import annotations

import platform
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sim.language import number, spoken, t, tn
from sim.measures.comparison import Comparison
from sim.report import reasons, strategies
from sim.report.analysis import analysis_section
from sim.report.assumptions import by_room, every_number
from sim.report.carries import carries_section
from sim.report.departments import departments_section
from sim.report.journeys import coherence_section
from sim.report.knowledge import knowledge_section
from sim.report.look import accents
from sim.report.media import media_section
from sim.report.shocked import shocked_section
from sim.report.svg import swatch
from sim.report.tests import tests_section
from sim.report.visitors import visitors_section
from sim.report.why import why_section
from sim.study import words
from sim.study.facts import Facts
from sim.study.numbers import plain

HERE = Path(__file__).parent
ELSEWHERE = "survey."  # numbers that no comparison rests on
PACKAGES = ("omnijourney", "mesa", "simpy", "numpy", "numba", "pandas", "scipy", "matplotlib")


def build(comparison: Comparison, origin: str = "") -> str:
    """The report as one HTML document: no outside assets, opens from a file, prints on A4, in the
    language spoken now.

    ``origin``: a sentence on where it was made, for a report that did not come from a command.
    """
    facts = Facts(comparison)
    look = accents(facts.names, facts.baseline)
    numbers = [n for n in every_number(comparison.settings) if not n.key.startswith(ELSEWHERE)]
    pages = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals |= {"t": _told, "tn": tn, "number": number}
    return pages.get_template("template.html.j2").render(
        language=spoken(),
        style=Markup((HERE / "style.css").read_text(encoding="utf-8")),
        facts=facts,
        key={name: swatch(a.shape, a.colour) for name, a in look.items()},
        headline=words.headline(facts),
        setting=words.setting(facts),
        origin=origin,
        summary=words.summary(facts),
        cards=strategies.cards(facts),
        comparison=strategies.comparison_section(facts, look),
        bullseye=strategies.bullseye_section(facts, look),
        gains=reasons.gains_section(facts, look),
        carries=carries_section(facts),
        returns=reasons.returns_section(facts, look),
        shocked=shocked_section(facts),
        segments=strategies.segments_section(facts, look),
        journeys=reasons.journeys_section(facts, look),
        visitors=visitors_section(facts),
        knowledge=knowledge_section(facts),
        coherence=coherence_section(facts),
        analysis=analysis_section(facts),
        why=why_section(facts),
        departments=departments_section(facts),
        media=media_section(facts),
        tests=tests_section(facts),
        daily=reasons.daily_section(facts, look),
        ledger=reasons.ledger_section(facts),
        rooms=by_room(numbers),
        assumed=sum(n.assumed for n in numbers),
        numbers=len(numbers),
        made=_made(comparison),
    )


def _told(text: str, /, **values: Any) -> Markup:
    """A text in the language spoken now; markup among its values stays markup."""
    return Markup(escape(t(text), quote=False)).format(**values)


def _made(comparison: Comparison) -> dict[str, Any]:
    settings = comparison.settings
    timings = [(row.phase, f"{plain(row.seconds, 1)} s") for row in comparison.timings.itertuples()]
    return {
        "run": [
            (t("People simulated"), number(settings.scale.customers)),
            (t("Common warm-up"), _days(settings.scale.warmup_days)),
            (t("Horizon after the fork"), _days(settings.scale.horizon_days)),
            (t("First random seed"), str(settings.seed)),
            (t("Number of seeds"), str(settings.seeds)),
        ],
        "timings": timings,
        "versions": [("Python", platform.python_version()), *_versions()],
    }


def _days(days: int) -> str:
    return t("{n} days", n=number(days))


def _versions() -> list[tuple[str, str]]:
    found = []
    for package in PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            continue
    return found
