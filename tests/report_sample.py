"""A made-up comparison with plausible numbers, to build and look at the report without a run.

``python tests/report_sample.py report.html`` writes the report of it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from sim.measures.comparison import ARMS, ORIGINS, SEGMENTS, Comparison
from sim.measures.journeys import BOTH, DIFFERENCE, JOURNEYS
from sim.measures.knowledge import KNOWN
from sim.measures.statistics import differences, interval, levels
from sim.settings.base import Group, param
from sim.settings.economics import Economics
from sim.settings.key_figures import KeyFigures
from sim.settings.run import Output, Scale
from sim.settings.size import Size
from sim.settings.strategy import DISCIPLINES, Maturity, Policies, Strategy
from sim.study.numbers import is_share

# name: unit, level at the danish average, effect of full quality, spread between worlds
METRICS = {
    "gross_revenue": ("DKK per person-year", 2140, 330, 40),
    "refunds": ("DKK per person-year", 342, 28, 7),
    "net_revenue": ("DKK per person-year", 1821, 304, 36),
    "contribution": ("DKK per person-year", 402, 61, 16),
    "orders_per_customer": ("orders per person-year", 3.12, 0.48, 0.06),
    "repeat_rate": ("share", 0.582, 0.051, 0.006),
    "retention_12m": ("share", 0.634, 0.042, 0.006),
    "clv_24m": ("DKK per customer", 742, 118, 30),
    "share_of_wallet": ("share", 0.287, 0.038, 0.004),
    "satisfaction": ("0-1", 0.694, 0.031, 0.003),
    "nps": ("points", 14.2, 9.4, 0.9),
    "coherent_journeys": ("per 1,000 DKK", 0.95, 1.1, 0.04),
    "cost_goods": ("DKK per person-year", 1090, 182, 22),
    "cost_media": ("DKK per person-year", 96, -11, 2),
    "cost_messages": ("DKK per person-year", 0.6, 0.2, 0.02),
    "cost_service": ("DKK per person-year", 58, -6, 1.5),
    "cost_delivery": ("DKK per person-year", 71, 14, 1.4),
    "cost_returns": ("DKK per person-year", 66, 7, 1.6),
    "cost_upkeep": ("DKK per person-year", 23, 44, 0.001),
}
PER_ACTIVE = {
    "active_customers": ("share", 0.281, 0.021, 0.003),
    "gross_revenue_active": ("DKK per active-year", 7616, 620, 60),
    "net_revenue_active": ("DKK per active-year", 6480, 540, 55),
    "contribution_active": ("DKK per active-year", 1431, 120, 40),
    "orders_active": ("orders per active-year", 11.1, 0.9, 0.1),
}
ACROSS = {
    "cross_channel": ("per 100 purchases", 59.4, 4.8, 0.6),
    "coherent_share": ("share", 0.171, 0.22, 0.008),
}
QUALITY = {
    "immature": -0.42,
    "danish_average": 0.0,
    "leader": 1.0,
    "danish_average_mail_only": -0.055,
    "danish_average_return_in_store": -0.004,
}
TITLES = {
    "immature": "An immature company",
    "danish_average": "The Danish average",
    "leader": "A leader",
    "danish_average_mail_only": "Danish average, mail only",
    "danish_average_return_in_store": "Danish average, + return in store",
}
LEVELS = {"immature": (0.5, 0.4, 0.4, 0.5, 0.6, 0.5), "leader": (3.0, 3.0, 3.0, 3.0, 3.0, 3.0)}
AVERAGE = (1.43, 1.12, 1.14, 1.05, 1.61, 1.50)


class Needs(Group):
    latent_share_shopper: float = param(0.6, unit="share", lo=0, hi=1, source="TRIALS B")
    rate_shape: float = param(0.4, unit="shape", lo=0.05, hi=5, source="C4: BG/NBD on CDNOW")


class People(Group):
    shopper_share: float = param(0.6, unit="share of people", lo=0, hi=1, source="B24")


class Market(Group):
    people: People = People()
    needs: Needs = Needs()


class Company(Group):
    size: Size = Size(active_share=0.29)  # 200,000 people, for round figures
    key_figures: KeyFigures = KeyFigures()
    economics: Economics = Economics()


class Settings(Group):
    seed: int = 20150527
    seeds: int = 8
    scale: Scale = Scale(customers=10_000, warmup_days=365, horizon_days=730)
    market: Market = Market()
    company: Company = Company()
    output: Output = Output()


def sample(
    names: list[str] | None = None,
    *,
    seeds: int = 8,
    effect: float = 1.0,
    titles: dict[str, str] | None = None,
    baseline: str = "danish_average",
    with_returns: bool = True,
) -> Comparison:
    """A comparison of ``names``; ``effect`` 0 makes all differences mere noise around zero."""
    names = names or ["danish_average", "immature", "leader", *list(QUALITY)[3:]]
    if baseline not in names:
        baseline = names[0]
    random = np.random.default_rng(7)
    quality = {name: QUALITY.get(name, random.normal(0.2, 0.4)) for name in names}
    settings = Settings(seeds=seeds)
    metrics = _metrics(random, METRICS, quality, seeds, effect)
    extra = _metrics(np.random.default_rng(8), PER_ACTIVE, quality, seeds, effect)
    across = _metrics(np.random.default_rng(9), ACROSS, quality, seeds, effect)
    metrics = pd.concat([metrics, extra, across], ignore_index=True)
    gains = _gains(random, metrics, names, baseline)
    return Comparison(
        settings=settings,
        strategies=[_strategy(name, {**TITLES, **(titles or {})}) for name in names],
        baseline=baseline,
        metrics=metrics,
        levels=levels(metrics),
        differences=differences(metrics, baseline),
        gains=gains,
        changed=_changed(quality, baseline),
        returns=_returns(random, seeds) if with_returns else _returns(random, seeds).iloc[:0],
        daily=_daily(random, quality, effect),
        flows=_flows(quality),
        ledger=_ledger(),
        knowledge=_knowledge(quality),
        journeys=_journeys(quality, baseline, seeds, effect),
        by_year=_by_year(metrics),
        timings=pd.DataFrame(
            {"phase": ["population", "warm-up", "strategies"], "seconds": [0.4, 6.1, 31.7]}
        ),
    )


def _strategy(name: str, titles: dict[str, str]) -> Strategy:
    return Strategy(
        name=name,
        title=titles.get(name, name.replace("_", " ").capitalize()),
        story="A company as the survey found it.",
        maturity=Maturity(**dict(zip(DISCIPLINES, LEVELS.get(name, AVERAGE), strict=True))),
        policies=Policies(
            return_in_store="mail_only" not in name,
            pickup_in_store=not name.startswith("danish_average_"),
        ),
    )


def _metrics(random, table, quality, seeds, effect) -> pd.DataFrame:
    rows = []
    for seed in range(seeds):
        for metric, (unit, base, gain, spread) in table.items():
            world = random.normal(0, spread)
            for name, q in quality.items():
                noise = random.normal(0, spread * 0.18)
                value = base + world + effect * gain * q + noise
                for segment, factor in zip(SEGMENTS, (1.0, 1.12, 0.9), strict=True):
                    stretch = 1 + (factor - 1) * (0.3 if unit in ("share", "0-1") else 1)
                    rows.append((seed, name, segment, metric, value * stretch, unit))
    columns = ["seed", "strategy", "segment", "metric", "value", "unit"]
    return pd.DataFrame(rows, columns=columns)


def _by_year(metrics) -> pd.DataFrame:
    """Two years of which the second is the last; effects grow from the first to the second."""
    frames = []
    for period, times in (
        ("year 1", 0.98),
        ("year 2", 1.02),
        ("last 365 days", 1.02),
        ("365 days before those", 0.98),
    ):
        chosen = metrics[
            metrics["metric"].isin(["gross_revenue", "net_revenue", "contribution"])
            & (metrics["segment"] == "all")
        ].drop(columns="segment")
        chosen.insert(2, "period", period)
        frames.append(chosen.assign(value=chosen["value"] * times))
    return pd.concat(frames, ignore_index=True)


def _gains(random, metrics, names, baseline) -> pd.DataFrame:
    gross = metrics[metrics["metric"] == "gross_revenue"]
    wide = gross.pivot(index=["segment", "seed"], columns="strategy", values="value")
    rows = []
    for name in [name for name in names if name != baseline]:
        for segment in SEGMENTS:
            total = (wide[name] - wide[baseline]).loc[segment].to_numpy()
            parts = np.outer([0.52, 0.22, 0.09, 0.06], total)
            parts += random.normal(0, 1.6, parts.shape)
            parts = np.vstack([parts, total - parts.sum(0)])
            for origin, values in zip(ORIGINS, parts, strict=True):
                rows.append((name, segment, origin, *interval(values), "DKK per person-year"))
    columns = ["strategy", "segment", "origin", "mean", "low", "high", "unit"]
    return pd.DataFrame(rows, columns=columns)


def _changed(quality, baseline) -> pd.DataFrame:
    rows = []
    for name, q in quality.items():
        share = 0.0 if name == baseline else min(0.98, 0.3 + 0.6 * abs(q))
        rows.append(
            (name, share, share - 0.004 * (share > 0), share + 0.004 * (share > 0), 0.41 * share)
        )
    return pd.DataFrame(rows, columns=["strategy", "share_any", "low", "high", "share_bought"])


def _returns(random, seeds) -> pd.DataFrame:
    strategies = ("danish_average_mail_only", "danish_average_return_in_store", "danish_average")
    documents = (0.77, 0.95, 1.07)
    bands = ((0.74, 0.82), (0.88, 1.00), (0.98, 1.12))
    values = {
        "gross": (0.777, 0.862, 1.021),
        "causal": (np.nan, 0.019, 0.094),
        "symmetric": (0.871, 0.934, 1.083),
        "returned": (0.223, 0.231, 0.229),
        "recouped at return": (0.0, 0.093, 0.094),
        "recouped at pick-up": (0.0, 0.0, 0.156),
        "pick-up share": (0.0, 0.0, 0.494),
        "store-return share": (0.0, 0.583, 0.612),
    }
    rows = []
    for measure, by_arm in values.items():
        for i, (arm, mean) in enumerate(zip(ARMS, by_arm, strict=True)):
            noise = 0.0 if mean == 0 else 0.006
            estimate = interval(mean + random.normal(0, noise, seeds))
            known = (documents[i], *bands[i]) if measure == "gross" else (np.nan,) * 3
            rows.append((arm, strategies[i], measure, *estimate, *known))
    columns = [
        "arm",
        "strategy",
        "measure",
        "mean",
        "low",
        "high",
        "documents",
        "band_low",
        "band_high",
    ]
    return pd.DataFrame(rows, columns=columns)


def _daily(random, quality, effect) -> pd.DataFrame:
    days = np.arange(730)
    season = (
        1
        + 0.16 * np.sin(2 * np.pi * (days + 120) / 365)
        + 0.1 * np.exp(-((((days % 365) - 330) / 16.0) ** 2))
    )
    week = 1 + 0.18 * np.isin(days % 7, (5, 6))
    base = {
        "gross_revenue_dkk": (58_000, 9_000),
        "contribution_dkk": (11_000, 1_700),
        "orders": (88, 13),
        "messages": (1_430, 420),
        "ads": (5_200, -600),
        "wait_minutes": (4.1, -1.4),
        "utilisation": (0.86, 0.0),
    }
    rows = []
    for name, q in quality.items():
        ramp = 1 - np.exp(-days / 160)
        for series, (level, gain) in base.items():
            value = (level + effect * gain * q * ramp) * season * week
            value = np.clip(value * random.normal(1, 0.06, len(days)), 0, None)
            rows.append(
                pd.DataFrame({"strategy": name, "day": days, "series": series, "value": value})
            )
    return pd.concat(rows, ignore_index=True)


MOVES = {
    "Instagram": {"web shop": 0.42, "search": 0.14, "store": 0.06, "nothing": 0.38},
    "search": {"web shop": 0.66, "store": 0.1, "competitor": 0.16, "nothing": 0.08},
    "e-mail": {"web shop": 0.61, "store": 0.13, "nothing": 0.26},
    "web shop": {
        "basket": 0.31,
        "web shop": 0.15,
        "search": 0.08,
        "store": 0.11,
        "customer centre": 0.04,
        "Instagram": 0.03,
        "competitor": 0.15,
        "nothing": 0.13,
    },
    "store": {"order": 0.41, "web shop": 0.16, "store": 0.08, "competitor": 0.2, "nothing": 0.15},
    "customer centre": {"web shop": 0.55, "order": 0.2, "nothing": 0.25},
    "basket": {
        "order": 0.36,
        "web shop": 0.22,
        "e-mail": 0.12,
        "competitor": 0.14,
        "nothing": 0.16,
    },
    "order": {"return": 0.17},
    "return": {"web shop": 0.3, "store": 0.3},
}


def _flows(quality) -> pd.DataFrame:
    rows = []
    for name, q in quality.items():
        at = {
            "Instagram": 5200 + 400 * q,
            "search": 6900.0,
            "e-mail": 2600 + 900 * q,
            "web shop": 4100.0,
            "store": 3700.0,
            "customer centre": 300.0,
        }
        for step in range(1, 7):
            after: dict[str, float] = {}
            for source, number in at.items():
                for target, share in MOVES.get(source, {}).items():
                    count = int(number * share)
                    after[target] = after.get(target, 0.0) + count
                    if count:
                        rows.append((name, step, source, target, count))
            at = after
    return pd.DataFrame(rows, columns=["strategy", "step", "source", "target", "count"])


def _knowledge(quality: dict[str, float]) -> pd.DataFrame:
    """The better the company, the more it knows of everything."""
    rows = []
    for name, q in quality.items():
        for what in KNOWN:
            share = min(max(0.3 + 0.25 * q, 0.0), 1.0)
            rows.append((name, what, share, share - 0.02, share + 0.02))
    return pd.DataFrame(rows, columns=["strategy", "what", "mean", "low", "high"])


def _journeys(quality: dict[str, float], baseline: str, seeds: int, effect: float) -> pd.DataFrame:
    """The better the company, the more hangs together and the less is done again."""
    rows = []
    for name, q in quality.items():
        for what, figure in JOURNEYS.items():
            shares = is_share(figure.unit)
            value = 0.2 + 0.25 * effect * q if shares else 40 - 12 * effect * q
            half = 0.02 if shares else 1.5
            if what == DIFFERENCE:
                value = 0.25 * effect * (q - quality[baseline])
            if figure.section == BOTH and name == baseline:
                value = np.nan
            half = half if seeds > 1 else np.nan
            rows.append((name, what, value, value - half, value + half))
    return pd.DataFrame(rows, columns=["strategy", "what", "mean", "low", "high"])


def _ledger() -> pd.DataFrame:
    rows = [
        ("P1", "Orders per visit, from e-mail", 0.041, 0.039, 0.043, 0.03, 0.05, "share", "C1"),
        ("P1", "Orders per visit, from search", 0.024, 0.023, 0.025, 0.018, 0.028, "share", "C1"),
        (
            "P1",
            "Orders per visit, from Instagram",
            0.018,
            0.017,
            0.019,
            0.005,
            0.015,
            "share",
            "C1",
        ),
        ("P1", "Baskets abandoned", 0.687, 0.681, 0.693, 0.65, 0.75, "share", "C1: Baymard"),
        ("P3", "No repeat purchase within 39 weeks", 0.61, 0.6, 0.62, 0.5, 0.7, "share", "C4"),
        (
            "P3",
            "Spend of the top fifth of customers",
            0.541,
            0.535,
            0.547,
            0.55,
            0.75,
            "share",
            "C4",
        ),
        ("P4", "Online return rate, by value", 0.223, 0.22, 0.226, 0.15, 0.25, "share", "C3: NRF"),
        ("P4", "Store return rate, by value", 0.081, 0.079, 0.083, 0.06, 0.11, "share", "C3: NRF"),
        ("P5", "Newsletters opened", 0.214, 0.212, 0.216, 0.17, 0.26, "share", "C2"),
        ("P5", "Unsubscribed per newsletter", 0.0038, 0.0035, 0.0043, 0.001, 0.004, "share", "C2"),
        ("P7", "Solved at the first contact", 0.71, 0.7, 0.72, 0.62, 0.76, "share", "C7: SQM"),
        (
            "P7",
            "Contacts about an order's whereabouts",
            np.nan,
            np.nan,
            np.nan,
            0.25,
            0.5,
            "share",
            "C7",
        ),
    ]
    columns = ["row", "what", "value", "low", "high", "band_low", "band_high", "unit", "source"]
    return pd.DataFrame(rows, columns=columns)


if __name__ == "__main__":
    from sim.report import build

    Path(sys.argv[1]).write_text(build(sample()), encoding="utf-8")
