"""A/B tests inside the company: what is tried, how far ideas reach, and when they are believed."""

from __future__ import annotations

from typing import Literal

from sim.core.records import TRIED
from sim.language import marked
from sim.settings.base import Group, param

Rule = Literal["hypothesis", "many_looks", "none"]
TITLES = (
    marked("the subject of newsletters"),
    marked("the wording of newsletters"),
    marked("the checkout page"),
)
SOURCE = (
    "assumption; Kohavi, Tang and Xu 2020, Trustworthy Online Controlled Experiments: of ideas "
    "tried a tenth to a third are better, and most move a figure by a few per cent"
)


class Trials(Group):
    """Tests of a variant against what stands, on a split audience [B21, B22, B51].

    Three things are tried in turn: the subject of newsletters (logit of opening), their wording
    (logit of a click, once opened) and the checkout page (minutes it takes).
    """

    weeks: int = param(
        4, unit="weeks that a test runs", lo=1, hi=52, source="assumption: two pay periods"
    )
    idea_mean: tuple[float, float, float] = param(
        (-0.04, -0.04, -0.15), unit="logit, logit, minutes saved", lo=-5, hi=5, source=SOURCE
    )
    idea_sd: tuple[float, float, float] = param(
        (0.08, 0.08, 0.3), unit="logit, logit, minutes saved", lo=0, hi=5, source=SOURCE
    )
    half_life_days: float = param(
        365.0,
        unit="days",
        lo=1,
        hi=36_500,
        source="assumption: what was new is usual a year later; others learn as well",
        doc="after which half of what a company's texts and pages are better than usual is gone",
    )
    sure: float = param(
        1.96, unit="standard errors", lo=0, hi=10, source="the usual two-sided test at 5 %"
    )
    least: int = param(
        30,
        unit="successes in each arm before a figure is looked at",
        lo=1,
        hi=100_000,
        source="assumption: the normal approximation",
    )
    test_dkk: float = param(
        15_000.0,
        unit="DKK/test",
        lo=0,
        hi=10_000_000,
        source="assumption: three days of work, in the real firm",
    )


if len(TITLES) != TRIED:
    raise ValueError("each of what is tried needs a title")
