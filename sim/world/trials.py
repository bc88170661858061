"""A/B tests: ideas are drawn, tried on half of the audience, and adopted or dropped [B21, B51].

How good an idea is, nobody in the company knows. The n-th idea for a thing is the same for every
strategy. *Hypothesis first*: one figure, a fixed time, adopted if significantly better. *Many
looks*: every week all segments are gone through, and adopted is what stands out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.core.draws import decision, normal
from sim.core.records import SEGMENTS, TRIED
from sim.language import marked
from sim.settings.trials import TITLES
from sim.world.agents import Part
from sim.world.decisions import Number, Said, Words

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel

IDEA = decision("how much better an idea is than what stands", lasting=True)
QUARTER = 91.25
ALL_SEGMENTS = SEGMENTS  # number of the group of all


class Trial(NamedTuple):
    """One test that has ended."""

    day: int  # on which it ended, since the start of the warm-up
    tried: int  # SUBJECT, WORDING or CHECKOUT
    days: int  # that it ran
    control_n: int
    control_k: int
    variant_n: int
    variant_k: int
    z: float  # of what was decided by
    looks: int  # figures looked at
    adopted: int
    idea: float  # its true appeal: logit, or minutes saved


class Trials(Part):
    """The tests going on, what stands by now, and what has ended since the strategy began."""

    STATE = ("appeal", "begun", "number", "owed", "entered", "looked")
    ANEW = ("done",)

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        self.appeal = np.zeros(TRIED)  # of what stands, over what is usual
        self.begun = np.full(TRIED, -1)  # day on which the test going on began, -1 none
        self.number = np.zeros(TRIED, np.int64)  # ideas tried so far
        self.owed = 0.0  # tests due, with the part of the next
        self.entered = np.zeros((2, TRIED * 2 * SEGMENTS), np.int64)  # counts when it began
        self.looked = np.zeros(TRIED, np.int64)  # figures looked at so far
        self.done: list[Trial] = []

    @property
    def rules(self):
        """The company's settings of tests."""
        return self.model.settings.company.trials

    def open_day(self) -> None:
        """New tests begin; everybody gets what stands, or the variant."""
        model, company = self.model, self.model.company
        if model.learning:
            self.appeal = self.appeal * 0.5 ** (1 / self.rules.half_life_days)
            self.owed += float(company.record["tests_quarter"][0]) / QUARTER
            how = company.strategy.policies.tests
            if how == "none":
                self.owed = 0.0
            free = np.flatnonzero(self.begun < 0)
            if self.owed >= 1.0 and len(free):
                self.begin(int(free[self.number[free].argmin()]))
            self.owed = min(self.owed, 1.0)
        company.record["appeal"] = self.appeal
        company.record["test_on"] = self.begun >= 0
        company.record["test_number"] = self.number
        company.record["variant"] = [self.idea(k) for k in range(TRIED)]

    def begin(self, tried: int) -> None:
        """The next idea for this thing is tried from today on."""
        self.owed -= 1.0
        self.begun[tried], self.looked[tried] = self.model.day, 0
        self.entered[:, self.places(tried)] = self.counted()[:, self.places(tried)]
        self.model.company.pay(self.rules.test_dkk, "use")

    def idea(self, tried: int) -> float:
        """The true appeal of the idea that is being tried, or would be next."""
        luck = normal(self.model.world_seed, tried, IDEA, int(self.number[tried]), 0)
        return self.rules.idea_mean[tried] + self.rules.idea_sd[tried] * luck

    def places(self, tried: int) -> slice:
        """Of this thing's counts."""
        return slice(2 * tried * SEGMENTS, 2 * (tried + 1) * SEGMENTS)

    def counted(self) -> np.ndarray:
        """Who got it and who did it, so far: (2, TRIED x arms x segments)."""
        ledger = self.model.driver.ledger()[0]
        return np.array([ledger["tried"], ledger["succeeded"]])

    def state(self) -> dict:
        """As of this evening; a fork's ledger begins at nothing."""
        kept = super().state()
        kept["entered"] = kept["entered"] - self.counted()
        return kept

    def close_day(self) -> None:
        """Once a week figures are looked at; when a test's weeks are over it is decided."""
        model = self.model
        if not model.learning or model.day % 7 != 6:
            return
        how = model.company.strategy.policies.tests
        for tried in np.flatnonzero(self.begun >= 0).tolist():
            days = model.day + 1 - int(self.begun[tried])
            over = days >= 7 * self.rules.weeks or how == "none"
            if how == "many_looks":
                self.look_for_what_stands_out(tried, days, over)
            elif over:
                n, k = self.results(tried)
                z = z_score(n, k, self.rules.least)
                self.looked[tried] += 1
                self.decide(tried, days, ALL_SEGMENTS, z, z > self.rules.sure)

    def results(self, tried: int, segment: int = ALL_SEGMENTS) -> tuple[np.ndarray, np.ndarray]:
        """How many got each arm, and did it: of one segment, or of all."""
        since = (self.counted() - self.entered)[:, self.places(tried)].reshape(2, 2, SEGMENTS)
        told = since.sum(axis=2) if segment == ALL_SEGMENTS else since[:, :, segment]
        return told[0], told[1]

    def look_for_what_stands_out(self, tried: int, days: int, over: bool) -> None:
        """Every segment, and all together: adopted is the first that stands out."""
        found = [
            (z_score(*self.results(tried, segment), self.rules.least), segment)
            for segment in range(SEGMENTS + 1)
        ]
        self.looked[tried] += len(found)
        best, segment = max(found)
        if best > self.rules.sure or over:
            self.decide(tried, days, segment, best, best > self.rules.sure)

    def decide(self, tried: int, days: int, segment: int, z: float, adopted: bool) -> None:
        """The test is over: what was tried stands from now on, or is forgotten."""
        model, idea = self.model, self.idea(tried)
        n, k = self.results(tried)
        arms = [int(x) for pair in zip(n, k, strict=True) for x in pair]
        looks = int(self.looked[tried])
        self.done.append(Trial(model.day, tried, days, *arms, z, looks, int(adopted), idea))
        control, variant = (Number(100 * a / max(b, 1), 1) for a, b in zip(k, n, strict=True))
        read: dict[str, Words] = {"variant": variant, "control": control}
        read |= {"z": Number(z, 1), "look": Number(looks), "segment": Number(segment + 1)}
        model.decide(
            "marketing",
            Said(ENDS[int(adopted)], {"what": TITLES[tried]}),
            Said(READ[int(segment != ALL_SEGMENTS)], read),
            Said(REALLY[int(tried == TRIED - 1)][int(idea > 0)], {"n": Number(abs(idea), 2)}),
        )
        if adopted:
            self.appeal[tried] += idea
        self.begun[tried] = -1
        self.number[tried] += 1


ENDS = marked("drops an idea for {what}"), marked("adopts an idea for {what}")
READ = (
    marked("{variant} % against {control} %; {z} standard errors at look {look}"),
    marked(
        "{variant} % against {control} %; {z} standard errors in segment {segment} at look {look}"
    ),
)
"""Of all together; of a segment."""
REALLY = (
    (marked("it is {n} logit worse"), marked("it is {n} logit better")),
    (marked("it is {n} minutes saved worse"), marked("it is {n} minutes saved better")),
)
"""Of newsletters; of the checkout."""


def z_score(n: np.ndarray, k: np.ndarray, least: int) -> float:
    """Standard errors by which the variant's rate lies above the control's (two proportions,
    pooled); 0 where an arm has fewer than ``least`` successes."""
    if k.min() < least:
        return 0.0
    pooled = k.sum() / n.sum()
    error = math.sqrt(pooled * (1 - pooled) * (1 / n[0] + 1 / n[1]))
    return float((k[1] / n[1] - k[0] / n[0]) / error) if error > 0 else 0.0
