"""Marketing: the department that moves media money and decides how often newsletters go out.

What it reads stands in the company's own books and ledger; by which measure it goes is the
company's level of measurement, or its choice (:mod:`sim.company.steering`).
"""

from __future__ import annotations

import numpy as np

from sim.company.holdouts import NEWSLETTERS
from sim.company.media import PROSPECTING as TO_ANYBODY
from sim.company.media import paid_channel
from sim.company.media_plan import MediaPlan
from sim.company.steering import (
    READING,
    Yardsticks,
    by_click,
    by_holdout,
    by_rate,
    lift,
    no_readings,
    vote_on_newsletters,
    worth_of_new,
)
from sim.core.compiled import rule
from sim.core.draws import decision, normal
from sim.core.records import AT_PLACE, PAID
from sim.settings.channels import Line
from sim.settings.steering import Steering
from sim.settings.strategy import Policies

NOISE = decision("what who steers by noise takes a channel to earn")
NOISE_CONTACTS = decision("how who steers by noise moves newsletters")
COUNTED = {
    "credited": "attributed_oere",
    "treated": "treated_oere",
    "held": "held_oere",
    "treated_first": "treated_first",
    "held_first": "held_first",
}
PARTS = {name: 100.0 if field.endswith("oere") else 1.0 for name, field in COUNTED.items()}
QUARTERS = 5  # of sales: this one, and the same of a year ago
TINY = 1e-9


class Marketing:
    """Its plan, its readings, and the newsletters' rhythm; no persons, and nothing of the truth."""

    def __init__(self, media: MediaPlan, lines: tuple[Line, ...], policies: Policies, weekday: int):
        self.media = media
        self.numbers = np.array([line.number for line in lines])  # in the plan's order
        self.readings = no_readings()  # fading
        self.since = no_readings()  # sums since the strategy began
        self.entered = no_readings()  # of the ledger, as of the last steering; whole numbers
        self.planned = self.per_week = policies.newsletters_per_week
        self.due = (6 - weekday) * self.per_week / 7  # issues so far, with the part of the next
        self.mails, self.left, self.marks, self.marked = 0.0, 0.0, 0.0, 0.0  # fading
        self.quarters = [0.0]  # DKK sold, the last one going on
        self.sold_day = self.sold_at_first = 0.0  # DKK a day, fading; as the strategy began
        self.turn = 0  # steerings so far

    def adopt(self, policies: Policies, budget_day: float, forgets: bool) -> None:
        """Another strategy begins. Readings by another yardstick count no more (``forgets``); the
        newsletters go on in their rhythm, unless another one is planned or none is to be steered.
        """
        self.media.budget_day = budget_day
        if policies.brand_share != self.media.brand_share:
            self.media.brand_share = policies.brand_share
            self.media.split = self.media.planned
        if policies.newsletters_per_week != self.planned or not policies.steers_contacts:
            self.per_week = policies.newsletters_per_week
        self.planned = policies.newsletters_per_week
        self.since = no_readings()
        self.sold_at_first = self.sold_day
        if forgets:
            self.readings = no_readings()
            self.media.level = np.ones(len(self.media.weights))

    def newsletters_today(self) -> tuple[int, int]:
        """How many newsletters go out today, and the number of the last issue by then."""
        before = int(self.due + TINY)
        self.due += self.per_week / 7
        issue = int(self.due + TINY)
        return issue - before, issue

    @property
    def prices(self) -> np.ndarray:
        """What an impression and a click cost today, DKK: (PAID, 2)."""
        table = np.zeros((PAID, 2))
        table[self.numbers] = self.media.prices
        return table

    def book(self, books: np.ndarray, mail_dkk: float, steering: Steering) -> None:
        """A day in the company's books: BOOKS, shape (1,)."""
        fade = 0.5 ** (1 / steering.readings_half_life_days)
        spent, told = np.empty(len(self.readings)), map(as_numbers, (self.readings, self.since))
        read_day(spent, *told, books, self.prices, mail_dkk, fade)
        self.media.book(spent[self.numbers])
        books = books[0]
        sold = books["sold_oere"] / 100
        self.sold_day = self.sold_day * fade + sold * (1 - fade)
        self.quarters[-1] += sold
        told = (books["written"][0], books["left"], books["marks"], books["marked"])
        self.mails, self.left, self.marks, self.marked = (
            fade * old + new
            for old, new in zip((self.mails, self.left, self.marks, self.marked), told, strict=True)
        )

    def enter(self, ledger: np.ndarray) -> None:
        """What the ledger has counted since the last time: LEDGER, shape (1,)."""
        now = counted(ledger)
        for read in (self.readings, self.since):
            for name in COUNTED:
                read[name] += (now[name] - self.entered[name]) / PARTS[name]
        self.entered = now

    def read(self, ledger: np.ndarray) -> np.ndarray:
        """What has been read since the strategy began, up to today: READING."""
        now, read = counted(ledger), self.since.copy()
        for name in COUNTED:
            read[name] += (now[name] - self.entered[name]) / PARTS[name]
        return read

    def count_anew(self, ledger: np.ndarray) -> None:
        """From today on count what is read since the strategy began as if it began today."""
        self.enter(ledger)
        self.since = no_readings()

    def begin_ledger(self, ledger: np.ndarray) -> None:
        """A new ledger begins at nothing where this one ends."""
        now = counted(ledger)
        for name in COUNTED:
            self.entered[name] -= now[name]

    def move_money(self, by: Yardsticks, told: dict[str, np.ndarray]) -> np.ndarray:
        """Media money moves by what the measures in use say (:meth:`told`); how far, a share of the
        split of each line."""
        before, self.turn = self.media.split, self.turn + 1
        self.media.steer(by, told)
        return self.media.split - before

    def told(
        self, by: Yardsticks, holdout: float, margin: float, seed: int
    ) -> dict[str, np.ndarray]:
        """What each measure says of the paid lines, in the plan's order."""
        steering, read = self.media.steering, self.readings[:PAID]
        new = by.counts_value * worth_of_new(self.readings, margin)
        to_anybody = np.array([paid_channel(line // AT_PLACE, TO_ANYBODY) for line in range(PAID)])
        luck = [normal(seed, line, NOISE, self.turn, 0) for line in range(PAID)]
        sales = self.sold_day / self.sold_at_first if self.sold_at_first > 0 else 1.0
        says = {
            "last_click": by_click(read, margin, steering.least_return),
            "click_rate": by_rate(read, to_anybody, steering.least_return),
            "holdout": by_holdout(read, holdout, margin, new, steering.prior_sd),
            "noise": np.exp(steering.noise_sd * np.array(luck)),
            "total": np.full(PAID, sales),
        }
        return {name: values[self.numbers] for name, values in says.items()}

    def move_newsletters(
        self, by: Yardsticks, holdout: float, margin: float, mail_dkk: float, seed: int
    ) -> dict[str, float]:
        """Once a quarter: newsletters go out more or less often. What it rested on."""
        steering = self.media.steering
        said = self.said(by, holdout, margin, mail_dkk, seed)
        vote = vote_on_newsletters(by, said, steering)
        least, most = steering.contacts_least, steering.contacts_most
        if least <= self.per_week <= most:  # who plans more, or none, keeps to his plan
            self.per_week = min(max(self.per_week + steering.contacts_step * vote, least), most)
        self.quarters = [*self.quarters[-QUARTERS:], 0.0]
        return said

    def said(
        self, by: Yardsticks, holdout: float, margin: float, mail_dkk: float, seed: int
    ) -> dict[str, float]:
        """What each measure says of newsletters, see ``vote_on_newsletters``."""
        read, steering = self.readings[NEWSLETTERS], self.media.steering
        mails = max(float(read["shown"]), 1.0)
        click = margin * float(read["credited"]) / mails
        said = {"cost": mail_dkk, "click": click, "holdout": 0.0, "error": np.inf}
        if holdout > 0.0:
            mean, error = lift(read[None], holdout, margin, 0.0)
            more = mails * (1.0 - holdout) / (2.0 - holdout)  # every second one is one more
            said["holdout"], said["error"] = float(mean[0]) / more, float(error[0]) / more
        gone = self.left / max(self.mails, 1.0)  # permissions lost per newsletter
        stay = 1.0 / max(steering.permission_years * 52 * self.per_week, 1.0)
        written = self.readings[NEWSLETTERS:]
        each = margin * float(written["credited"].sum()) / mails
        said["lost"] = gone / (gone + stay) * each
        paid = self.readings[:PAID]
        shown, clicked = float(paid["shown"].sum()), float(paid["clicked"][paid["shown"] > 0].sum())
        ads = clicked / shown if shown > 0 else np.nan
        said["click_rate"] = float(read["clicked"]) / mails / ads if ads > 0 else np.nan
        a_year_ago = self.quarters[-QUARTERS] if len(self.quarters) >= QUARTERS else np.nan
        said["sales"] = self.quarters[-1] / a_year_ago if a_year_ago else np.nan
        said["mark"] = self.marks / self.marked if self.marked > 0 else np.nan
        u = normal(seed, 0, NOISE_CONTACTS, len(self.quarters) + self.turn, 0)
        said["noise"] = float(np.sign(u))
        return said


SPENT, SHOWN, CLICKED = (READING.fields[name][1] // 8 for name in ("spent", "shown", "clicked"))


@rule
def read_day(spent, fading, since, books, prices, mail_dkk, fade):
    """A day in the books joins both readings, see :func:`as_numbers`, of which one fades.

    ``spent``: filled with what each thing that may be tested has cost, DKK; ``prices``: of an
    impression and a click on each paid line.
    """
    day = books[0]
    for k in range(len(spent)):
        if k < PAID:
            shown, clicked = day["shown"][k], day["clicked"][k]
            spent[k] = shown * prices[k, 0] + clicked * prices[k, 1]
        else:
            shown, clicked = day["written"][k - PAID], day["followed"][k - PAID]
            spent[k] = shown * mail_dkk
        for column in range(fading.shape[1]):
            fading[k, column] *= fade
        for read in (fading, since):
            read[k, SPENT] += spent[k]
            read[k, SHOWN] += shown
            read[k, CLICKED] += clicked


def as_numbers(read: np.ndarray) -> np.ndarray:
    """READING as a table of float64, the same memory."""
    return read.view(np.float64).reshape(len(read), -1)


def counted(ledger: np.ndarray) -> np.ndarray:
    """What a LEDGER, shape (1,), holds of what is tested: whole numbers, in READING's fields."""
    read = no_readings()
    for name, field in COUNTED.items():
        read[name] = ledger[field][0].reshape(read[name].shape)
    return read
