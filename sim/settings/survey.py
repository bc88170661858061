"""The Danish survey of 2015: how its firms are drawn, and what each of its questions asks about.

A firm has a level in each discipline. Levels have the survey's means [A15-A20] exactly, a spread
and a correlation that are declared here, since the survey gives neither. How a firm answers a
question [A22-A27] follows from the ladder at the levels it believes itself to have: no share is
put in. Spread, correlation and thresholds were declared before any share was computed, and are not
tuned to the shares.
"""

from __future__ import annotations

import math
from typing import Literal, get_args

from pydantic import Field, model_validator

from sim.settings.base import Group, about, numbers, param
from sim.settings.complaints import BadInput, there_are
from sim.settings.ladder import Ladder
from sim.settings.strategy import DISCIPLINES, Maturity

TOP = 3.0  # the highest level
Answer = Literal["not at all", "lesser", "some", "high"]
ANSWERS: tuple[str, ...] = get_args(Answer)  # in rising order

Rungs = tuple[float, ...]


class Question(Group):
    """A question of the survey: what it asks about, and which answers the document counts."""

    text: str = Field(min_length=1, max_length=60, description="what is counted")
    row: str = Field(min_length=1, description="row of docs/evidence.md")
    asks: tuple[str, ...] = Field(
        min_length=1, description="capabilities of the ladder; of several the least one decides"
    )
    cuts: tuple[float, ...] = param(
        (0.25, 0.5, 0.75),
        unit="share of the capability from which the answer is lesser, some, high",
        lo=0,
        hi=1,
        source="assumption: four answers cut a share in quarters, so yes is from half on",
    )
    answers: tuple[Answer, ...] = Field(min_length=1, description="the answers counted")
    among: str = Field(
        default="", description="only firms that this question counts are asked; none: all firms"
    )
    stated: float = param(0.5, unit="share of the firms asked", lo=0, hi=1, source="the document")
    firms: int = param(
        113, unit="firms asked", lo=1, hi=1_000_000, source="A14, or the sub-sample of the row"
    )
    source: str = Field(min_length=1, description="why it asks about that")

    @model_validator(mode="after")
    def _rising(self) -> Question:
        if list(self.cuts) != sorted(self.cuts):
            raise ValueError(f"cuts must not fall, and are {list(self.cuts)}")
        return self


class Survey(Group):
    """A survey of firms: how many, how their levels are spread, what they are asked."""

    firms: int = param(113, unit="firms", lo=2, hi=2_000, source="A14")
    draws: int = param(
        1_000, unit="surveys", lo=2, hi=2_000, source="choice: bands to half a point"
    )
    means: Maturity = Maturity()
    sd: tuple[float, ...] = param(
        (0.7, 0.7, 0.7, 0.7, 0.7, 0.7),
        unit="levels, standard deviation between firms",
        lo=0.05,
        hi=1.4,
        source="assumption: the survey gives none; that of the remark on A15, for all alike. "
        "Order: recognition, collection, analysis, communication, measurement, organisation",
        doc="levels are spread over 0..3 by a beta distribution of this mean and sd",
    )
    loading: tuple[float, ...] = param(
        (0.7, 0.7, 0.7, 0.7, 0.7, 0.7),
        unit="correlation of a discipline with the one factor common to all",
        lo=0,
        hi=1,
        source="assumption: one factor (money, size, will at the top; B47, S1: one builds on the "
        "other), half of the spread common to any two disciplines. Same order",
        doc="two disciplines correlate by the product of theirs (Gaussian copula)",
    )
    reliability: float = param(
        0.7,
        unit="share of the spread of self-ratings that is between firms",
        lo=0,
        hi=1,
        source="assumption: one respondent a firm, who sees a part of it; the rest is his error",
        doc="a firm answers by the level it believes to have; beliefs are spread like levels",
    )
    questions: dict[str, Question] = Field(
        default={}, description="Questions by name; an entry adds one, null takes it out"
    )
    simulated: int = param(
        12,
        unit="firms",
        lo=2,
        hi=2_000,
        source="choice: minutes; the first firms of the first survey drawn",
        doc="whose investments are simulated (omnijourney survey --simulate)",
    )
    shock_days: int = param(
        365,
        unit="days after the fork",
        lo=1,
        hi=3650,
        source="choice: the shocks of configs/scenario begin and end in them",
        doc="over which firms' contributions are compared with those under a shock (A32)",
    )
    invested: float = param(
        1.0,
        unit="levels gained by an investment in one discipline, at most up to 3",
        lo=0.05,
        hi=3,
        source="assumption (A31, H9: single-discipline investments; their size is not stated)",
    )

    @model_validator(mode="after")
    def _possible(self) -> Survey:
        for discipline, sd in zip(DISCIPLINES, self.sd, strict=False):
            mean = getattr(self.means, discipline)
            most = math.sqrt(mean * (TOP - mean))
            if sd >= most:
                raise ValueError(
                    f"sd of {discipline} must be below {most:.3f}, for a mean of {mean:g} between "
                    f"0 and 3, and is {sd:g}"
                )
        return self


def asked_about(ladder: Ladder) -> dict[str, tuple[str, Rungs]]:
    """What a question may ask about, the ladder's shares: discipline, values at 0, 1, 2, 3."""
    return {
        key.split(".")[1]: (key.split(".")[0], values)
        for key, field, values in numbers(ladder)
        if about(field)["unit"].startswith("share")
    }


def refuse_questions(survey: Survey, ladder: Ladder) -> None:
    """Raise :class:`BadInput` where a question asks about what there is not, or of a circle."""
    known = asked_about(ladder)
    for name, question in survey.questions.items():
        for capability in question.asks:
            if capability not in known:
                there = f"no such share in the ladder; {there_are(capability, known)}"
                raise BadInput(f"survey.questions.{name}.asks", capability, there)
        asked_before, base = [name], question.among
        while base:
            if base not in survey.questions:
                there = f"no such question; {there_are(base, survey.questions)}"
                raise BadInput(f"survey.questions.{name}.among", base, there)
            if base in asked_before:
                key = f"survey.questions.{name}.among"
                raise BadInput(key, question.among, "must not lead back to the question")
            asked_before.append(base)
            base = survey.questions[base].among
