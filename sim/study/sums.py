"""Results as the company's: sums of DKK a year, beside the figures of a person and year.

A person-year's amount, times the real people in the market (``company.size``). What is uncertain
about that number is in no interval: the strategist states it. What is of shoppers or of buyers goes
times as many of them as the market has.
"""

from __future__ import annotations

import pandas as pd

from sim.language import marked, t
from sim.measures.comparison import Comparison
from sim.measures.metrics import METRICS, YEARLY
from sim.study.facts import Facts
from sim.study.numbers import NBSP, Estimate, decimals, plain, span

TOLD = ("gross_revenue", "net_revenue", "contribution")  # in printed tables
MILLION, THOUSAND = marked("m DKK a year"), marked("thousand DKK a year")
UNIT = "DKK per year"  # in the table
COLUMNS = ["period", "strategy", "segment", "metric", "kind", "mean", "low", "high", "unit"]
LEVEL, DIFFERENCE = "level", "difference"


def in_millions(facts: Facts) -> bool:
    """Whether sums are in millions: in thousands where the company sells for less than one."""
    sold = facts.level(facts.baseline, "gross_revenue")
    return not (sold.known and sold.mean * facts.people < 1e6)


def unit(facts: Facts) -> str:
    """The unit of all sums."""
    return t(MILLION) if in_millions(facts) else t(THOUSAND)


def people_in(facts: Facts, segment: str = "all") -> float:
    """Real people in the market who are of a segment, by the market's share of shoppers."""
    shoppers = facts.comparison.settings.market.people.shopper_share
    return facts.people * {"all": 1.0, "shoppers": shoppers, "buyers": 1.0 - shoppers}[segment]


def total(facts: Facts, per_person: Estimate, segment: str = "all") -> Estimate:
    """An amount in DKK per person-year of a segment as the company's, in :func:`unit`."""
    times = people_in(facts, segment) / (1e6 if in_millions(facts) else 1e3)
    return Estimate(*(value * times for value in per_person))


def said(facts: Facts, per_person: Estimate, *, change: bool = False, interval: bool = True) -> str:
    """``+8.8 m DKK a year (5.6 to 12)``; "" of what is not known."""
    return _said(facts, per_person, unit(facts), change, interval)


def once(facts: Facts, value: Estimate) -> str:
    """``+8.8 m DKK (5.6 to 12)``: of what is no sum a year."""
    words = t("m DKK") if in_millions(facts) else t("thousand DKK")
    return _said(facts, value, words, True, True)


def _said(facts: Facts, per_person: Estimate, words: str, change: bool, interval: bool) -> str:
    if not per_person.known:
        return ""
    amount = total(facts, per_person)
    digits = decimals([amount], YEARLY)
    words = words.replace(" ", NBSP, 1)
    text = f"{plain(amount.mean, digits, signed=change)}{NBSP}{words}"
    return f"{text} ({span(amount, YEARLY, digits)})" if interval and amount.bounded else text


def size(facts: Facts, gap: Estimate) -> str:
    """A difference without its sign and interval, where the words say which way it goes."""
    return said(facts, gap, interval=False).removeprefix("−")


def beside(facts: Facts, text: str, gap: Estimate, unit_of_gap: str) -> str:
    """``+44 (28 to 60) · +8.8 m``: a chart's figure and the company's; of money a person only."""
    if unit_of_gap != YEARLY or not gap.known:
        return text
    amount = total(facts, gap)
    figure = plain(amount.mean, decimals([amount], YEARLY), signed=True)
    short = t("m") if in_millions(facts) else t("thousand")
    return f"{text} · {figure}{NBSP}{short}"


def of_both(facts: Facts, words: str) -> str:
    """The unit of such figures: ``DKK per person-year · m DKK a year``."""
    return f"{t(words)} · {unit(facts)}" if words == YEARLY else words


def table(comparison: Comparison) -> pd.DataFrame:
    """Every line of the books as the company's, DKK a year: :data:`COLUMNS`.

    ``period``: 'transition' or 'steady state'; ``kind``: 'level', or 'difference' to the baseline.
    """
    facts = Facts(comparison)
    people = {segment: people_in(facts, segment) for segment in ("all", "shoppers", "buyers")}
    found = [
        ("transition", LEVEL, comparison.levels),
        ("transition", DIFFERENCE, comparison.differences),
        ("steady state", LEVEL, comparison.steady_levels),
        ("steady state", DIFFERENCE, comparison.steady_differences),
    ]
    frames = []
    for period, kind, frame in found:
        if frame.empty:
            continue
        money = (frame["unit"] == YEARLY) & frame["metric"].isin(list(METRICS))
        lines = frame[money].assign(period=period, kind=kind)
        for name in ("mean", "low", "high"):
            lines[name] *= lines["segment"].map(people)
        frames.append(lines.assign(unit=UNIT))
    return pd.concat(frames, ignore_index=True)[COLUMNS]
