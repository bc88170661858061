"""Look-ups in a comparison's tables: one number at a time, as an :class:`Estimate`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.language import t
from sim.measures.comparison import ARMS, Comparison
from sim.measures.statistics import paired
from sim.study.numbers import MISSING, Estimate

if TYPE_CHECKING:
    from sim.settings.strategy import Strategy


class Facts:
    """What the sentences and charts ask of a comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.baseline = comparison.baseline
        self.names = [strategy.name for strategy in comparison.strategies]
        self.others = [name for name in self.names if name != self.baseline]
        self.titles = {s.name: s.title or s.name for s in comparison.strategies}

    @cached_property
    def _levels(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.levels, ["strategy", "segment", "metric"])

    @cached_property
    def _differences(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.differences, ["strategy", "segment", "metric"])

    @cached_property
    def _gains(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.gains, ["strategy", "segment", "origin"])

    @cached_property
    def _returns(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.returns, ["arm", "measure"])

    @cached_property
    def _known(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.knowledge, ["strategy", "what"])

    @cached_property
    def _journeys(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.journeys, ["strategy", "what"])

    @cached_property
    def _visitors(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.visitors, ["strategy", "what"])

    @cached_property
    def _acts(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.departments, ["strategy", "what"])

    @cached_property
    def _tests(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.tests, ["strategy", "what"])

    @cached_property
    def _media(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.media, ["strategy", "line", "what"])

    @cached_property
    def _analysed(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.analysis, ["strategy", "what"])

    @cached_property
    def _reasons(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.why, ["strategy", "what"])

    @cached_property
    def _segments(self) -> dict[tuple, Estimate]:
        return _estimates(self.comparison.rfm, ["strategy", "what"])

    @cached_property
    def _inside(self) -> dict[tuple, Estimate]:
        told = {"gain": "mean", "gain_low": "low", "gain_high": "high"}
        frame = self.comparison.inside.drop(columns=["mean", "low", "high"], errors="ignore")
        return _estimates(frame.rename(columns=told), ["strategy", "scheme", "department"])

    @cached_property
    def units(self) -> dict[str, str]:
        levels = self.comparison.levels
        return dict(zip(levels["metric"], levels["unit"], strict=True))

    def title(self, name: str) -> str:
        return t(self.titles.get(name, name))

    def within(self, name: str) -> str:
        """The title as it stands within a sentence: "the Danish average"; so in each language."""
        title = self.title(name)
        article = self.titles.get(name, name).split(" ")[0] in ("The", "A", "An")
        return title[0].lower() + title[1:] if article else title

    def level(self, name: str, metric: str, segment: str = "all") -> Estimate:
        return self._levels.get((name, segment, metric), MISSING)

    def difference(self, name: str, metric: str, segment: str = "all") -> Estimate:
        """``name`` minus the baseline, paired."""
        return self._differences.get((name, segment, metric), MISSING)

    def gain(self, name: str, origin: str, segment: str = "all") -> Estimate:
        return self._gains.get((name, segment, origin), MISSING)

    def returned(self, arm: str, measure: str) -> Estimate:
        return self._returns.get((arm, measure), MISSING)

    def known(self, name: str, what: str) -> Estimate:
        """A figure of what the strategy's company knows, a share."""
        return self._known.get((name, what), MISSING)

    def journey(self, name: str, what: str) -> Estimate:
        """A figure of how the strategy's journeys hang together, in the unit of its row."""
        return self._journeys.get((name, what), MISSING)

    def visitor(self, name: str, what: str) -> Estimate:
        """A figure of who comes and what he buys, in the unit of its row."""
        return self._visitors.get((name, what), MISSING)

    def act(self, name: str, what: str) -> Estimate:
        """A figure of what departments did for each other under the strategy."""
        return self._acts.get((name, what), MISSING)

    def tested(self, name: str, what: str) -> Estimate:
        """A figure of the strategy's A/B tests, in the unit of its row."""
        return self._tests.get((name, what), MISSING)

    def medium(self, name: str, line: str, what: str) -> Estimate:
        """A figure of a paid line under the strategy, in the unit of its row."""
        return self._media.get((name, line, what), MISSING)

    def analysed(self, name: str, what: str) -> Estimate:
        """A figure of what the company's analysis is worth."""
        return self._analysed.get((name, what), MISSING)

    def reason(self, name: str, what: str) -> Estimate:
        """A figure of why things come back and people stay away, and what is done about it."""
        return self._reasons.get((name, what), MISSING)

    def segment(self, name: str, what: str) -> Estimate:
        """A figure of customers by recency, frequency and money as recorded."""
        return self._segments.get((name, what), MISSING)

    def inside(self, name: str, scheme: str, department: str) -> Estimate:
        """What a department's figures, kept by a bonus scheme, gain against the baseline."""
        return self._inside.get((name, scheme, department), MISSING)

    @cached_property
    def people(self) -> float:
        """Real people in the market that the simulated ones stand for."""
        return self.comparison.settings.company.size.people

    @cached_property
    def stands_for(self) -> float:
        """Real people that one simulated person stands for."""
        return self.people / self.comparison.settings.scale.customers

    @cached_property
    def days(self) -> int:
        """Length of the horizon."""
        return self.comparison.settings.scale.horizon_days

    @cached_property
    def strategies(self) -> dict[str, Strategy]:
        return {strategy.name: strategy for strategy in self.comparison.strategies}

    def in_period(self, name: str, period: str, metric: str = "contribution") -> np.ndarray:
        """``name`` minus the baseline in a period of :attr:`Comparison.by_year`, by seed."""
        frame = self.comparison.by_year
        if frame.empty:
            return np.zeros(0)
        chosen = frame[(frame["metric"] == metric) & (frame["period"] == period)]
        wide = chosen.pivot(index="seed", columns="strategy", values="value")
        if not {name, self.baseline} <= set(wide):
            return np.zeros(0)
        return (wide[name] - wide[self.baseline]).to_numpy()

    def gaps(self, name: str, metric: str = "contribution") -> np.ndarray:
        """``name`` minus the baseline over the whole horizon, by seed."""
        metrics = self.comparison.metrics
        chosen = metrics[(metrics["metric"] == metric) & (metrics["segment"] == "all")]
        wide = chosen.pivot(index="seed", columns="strategy", values="value")
        return (wide[name] - wide[self.baseline]).to_numpy()

    def cumulative(self, name: str) -> np.ndarray:
        """``name`` minus the baseline in contribution up to each day's end, DKK, mean of seeds."""
        daily = self.comparison.daily
        daily = daily[daily["series"] == "contribution_dkk"]
        wide = daily.pivot(index="day", columns="strategy", values="value").sort_index()
        if not {name, self.baseline} <= set(wide):
            return np.zeros(0)
        return (wide[name] - wide[self.baseline]).cumsum().to_numpy()

    def versus(self, name: str, other: str, metric: str) -> Estimate:
        """``name`` minus ``other``, paired seed by seed."""
        metrics = self.comparison.metrics
        chosen = metrics[(metrics["metric"] == metric) & (metrics["segment"] == "all")]
        wide = chosen.pivot(index="seed", columns="strategy", values="value")
        if name not in wide or other not in wide:
            return MISSING
        both = wide[[name, other]].dropna()
        if both.empty:
            return MISSING
        return Estimate(*paired(both[name].to_numpy(), both[other].to_numpy()))

    def seeds_ahead(self, name: str, metric: str) -> tuple[int, int]:
        """In how many seeds ``name`` beats the baseline, and how many there are."""
        gap = self.gaps(name, metric)
        gap = gap[np.isfinite(gap)]
        return int((gap > 0).sum()), len(gap)

    @cached_property
    def contenders(self) -> list[str]:
        """The baseline and what is set against it.

        Return offers that are only steps towards the full one are told step by step instead.
        """
        steps = set(list(self.arms.values())[:-1]) - {self.baseline}
        return [name for name in self.names if name not in steps]

    def ranked(self, metric: str = "contribution") -> list[str]:
        """Contenders by their mean level, best first; unknown levels last."""
        means = {name: self.level(name, metric).mean for name in self.contenders}
        return sorted(self.contenders, key=lambda n: -means[n] if np.isfinite(means[n]) else np.inf)

    @cached_property
    def best(self) -> str:
        return self.ranked()[0]

    @cached_property
    def leader(self) -> str | None:
        """The best contender besides the baseline: the one whose charts are worth a look."""
        return next((name for name in self.ranked() if name != self.baseline), None)

    @cached_property
    def arms(self) -> dict[str, str]:
        """Return offer to the strategy that makes it; empty if none were compared."""
        frame = self.comparison.returns
        if frame.empty:
            return {}
        found = dict(zip(frame["arm"], frame["strategy"], strict=True))
        return {arm: found[arm] for arm in ARMS if arm in found}

    def documents(self, arm: str) -> Estimate:
        """What the documents say of an arm's net revenue, and the band around it."""
        frame = self.comparison.returns
        rows = frame[(frame["arm"] == arm) & (frame["measure"] == "gross")]
        if rows.empty:
            return MISSING
        return Estimate(*(float(rows[c].iloc[0]) for c in ("documents", "band_low", "band_high")))


def _estimates(frame: pd.DataFrame, keys: list[str]) -> dict[tuple, Estimate]:
    if frame.empty:
        return {}
    columns = zip(*(frame[key] for key in keys), strict=True)
    values = frame[["mean", "low", "high"]].astype(float).itertuples(index=False, name=None)
    return {key: Estimate(*value) for key, value in zip(columns, values, strict=True)}
