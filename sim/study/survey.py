"""A survey of firms drawn many times, and what becomes of its firms: frames, and the folder."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from sim.measures.investments import losses, luck_of_a_world, spread
from sim.measures.survey import correlations, means_table, order_table, shares_table
from sim.settings.complaints import BadInput
from sim.settings.document import document
from sim.settings.run import Settings
from sim.settings.strategy import DISCIPLINES, Strategy
from sim.study import investing
from sim.study.results import NOT_HASHED, hash_of, new_folder, prepared, source_of
from sim.world.firms import believed, levels_of, scores

FIRST = [0]  # the survey whose firms are simulated
WHAT = ["table", "column", "unit", "meaning"]
DICTIONARY = (
    ("means", "stated", "level", "mean of the document"),
    ("means", "mean", "level", "mean over all surveys; low, high: the middle 95 % of surveys"),
    ("means", "sd", "level", "standard deviation between the firms of a survey, mean of surveys"),
    ("means", "place", "place", "1 for the highest mean of a survey, mean of surveys"),
    ("shares", "stated", "share", "the document's; stated_low, stated_high: its Wilson interval"),
    ("shares", "share", "share", "of all firms asked in all surveys; low, high: the middle 95 %"),
    ("shares", "firms_asked", "firms", "asked in a survey, mean of surveys"),
    ("shares", "hit", "true, false", "share lies in the document's interval"),
    ("order", "share", "share", "of surveys in which the drawn means come in that order"),
    ("firms", "level_*", "level", "of the first survey's firms, in each discipline"),
    ("firms", "believed_*", "level", "that the firm's respondent takes it to have"),
    (
        "investments",
        "npv",
        "DKK",
        "of the real firm, at the fork: with the investment less without",
    ),
    ("losses", "lost", "share", "of investments with NPV below 0, with 95 % interval"),
    ("losses", "npv", "DKK", "mean over firms, with 95 % interval"),
    ("contributions", "base, shock", "DKK per person-year", "a firm's, mean over seeds"),
    ("spread", "value", "as named", "over the firms, with 95 % bootstrap over firms"),
)


@dataclass
class Surveyed:
    """A survey drawn many times; with what was simulated of its first firms, where asked for."""

    settings: Settings
    strategy: Strategy  # whose policies the firms share
    means: pd.DataFrame
    shares: pd.DataFrame
    order: pd.DataFrame
    firms: pd.DataFrame  # of the first survey: levels, and what the respondents believe
    correlation: float  # of two disciplines' levels, mean of the fifteen pairs
    scenario: str = ""  # of the shock
    investments: pd.DataFrame = field(default_factory=pd.DataFrame)
    losses: pd.DataFrame = field(default_factory=pd.DataFrame)
    luck_dkk: float = float("nan")
    contributions: pd.DataFrame = field(default_factory=pd.DataFrame)
    spread: pd.DataFrame = field(default_factory=pd.DataFrame)
    seconds: float = 0.0


def survey(settings: Settings, strategy: Strategy) -> Surveyed:
    """Draw the survey ``survey.draws`` times and ask its questions."""
    start = time.perf_counter()
    asked, ladder, seed = settings.survey, settings.company.ladder, settings.seed
    surveys = range(asked.draws)
    standing = scores(asked, seed, surveys)
    levels = levels_of(asked, believed(asked, seed, surveys, standing))
    pairs = correlations(levels)
    others = len(DISCIPLINES) * (len(DISCIPLINES) - 1)
    return Surveyed(
        settings,
        strategy,
        means_table(asked, levels),
        shares_table(asked, ladder, levels),
        order_table(asked, levels),
        firms_table(settings),
        float((pairs.sum() - len(DISCIPLINES)) / others),
        seconds=time.perf_counter() - start,
    )


def firms_table(settings: Settings) -> pd.DataFrame:
    """The firms of the first survey: number, true levels, and those that respondents believe."""
    asked = settings.survey
    standing = scores(asked, settings.seed, FIRST)
    true = levels_of(asked, standing)[0]
    said = levels_of(asked, believed(asked, settings.seed, FIRST, standing))[0]
    columns = {"firm": range(len(true))}
    columns |= {f"level_{d}": true[:, k] for k, d in enumerate(DISCIPLINES)}
    columns |= {f"believed_{d}": said[:, k] for k, d in enumerate(DISCIPLINES)}
    return pd.DataFrame(columns)


def simulated_firms(found: Surveyed) -> list[Strategy]:
    """The first firms of the first survey, at their true levels."""
    n = found.settings.survey.simulated
    if n > found.settings.survey.firms:
        allowed = f"must be at most survey.firms, {found.settings.survey.firms} (firms)"
        raise BadInput("survey.simulated", n, allowed)
    true = found.firms[[f"level_{d}" for d in DISCIPLINES]].to_numpy()[:n]
    return [investing.firm(found.strategy, k, levels) for k, levels in enumerate(true)]


def simulate_investments(found: Surveyed, quiet: bool = False) -> None:
    """Simulate what each investment of the first firms is worth [A31]."""
    settings, start = found.settings, time.perf_counter()
    firms = simulated_firms(found)
    found.investments = investing.invest(settings, firms, settings.scale.workers, quiet)
    found.losses = losses(found.investments)
    found.luck_dkk = luck_of_a_world(found.investments)
    found.seconds += time.perf_counter() - start


def simulate_shock(found: Surveyed, shock: Settings, quiet: bool = False) -> None:
    """Simulate the first firms with and without the shock: the same run in another scenario."""
    settings, start = found.settings, time.perf_counter()
    firms = simulated_firms(found)
    worlds = [shortened(one) for one in (settings, shock)]
    found.contributions = investing.shocked(worlds, firms, settings.scale.workers, quiet)
    found.spread = spread(found.contributions["base"], found.contributions["shock"])
    found.scenario = shock.scenario.name
    found.seconds += time.perf_counter() - start


def shortened(settings: Settings) -> Settings:
    """The settings with the horizon over which a shock is told."""
    scale = settings.scale.model_copy(update={"horizon_days": settings.survey.shock_days})
    return settings.model_copy(update={"scale": scale})


def tables(found: Surveyed) -> dict[str, pd.DataFrame]:
    """The tables of the run folder by name; of what was simulated only what was asked for."""
    always = {
        "means": found.means,
        "shares": found.shares,
        "order": found.order,
        "firms": found.firms,
        "dictionary": pd.DataFrame(DICTIONARY, columns=WHAT),
    }
    asked_for = {
        "investments": found.investments,
        "losses": found.losses,
        "contributions": found.contributions,
        "spread": found.spread,
    }
    return always | {name: frame for name, frame in asked_for.items() if len(frame)}


def fill(draft: Path, found: Surveyed) -> None:
    """Config, manifest and tables into a folder."""
    header = "# All that determines this run: omnijourney survey --config-dir THIS_FOLDER\n"
    whole = found.settings.model_copy(update={"variants": {found.strategy.name: found.strategy}})
    (draft / "config.yaml").write_text(header + document(whole), encoding="utf-8")
    text = json.dumps(manifest(found), indent=2) + "\n"
    (draft / "manifest.json").write_text(text, encoding="utf-8")
    for name, frame in tables(found).items():
        frame.to_csv(draft / f"{name}.csv", index=False)


def manifest(found: Surveyed) -> dict[str, Any]:
    """Where the numbers come from."""
    return {
        "name": found.settings.name,
        "made": datetime.now().astimezone().isoformat(timespec="seconds"),
        "seed": found.settings.seed,
        "surveys": found.settings.survey.draws,
        "shock": found.scenario or None,
        "wall_seconds": round(found.seconds, 3),
        **source_of(),
    }


def write(found: Surveyed, publish: Callable[[Surveyed, Path], None]) -> Path:
    """Write a whole run folder below ``output.folder`` and return its path.

    ``publish`` adds what people read.
    """

    def filled(draft: Path) -> None:
        fill(draft, found)
        publish(found, draft)

    settings = found.settings
    left_out = {**NOT_HASHED, "carries": True}
    code = hash_of(settings, [found.strategy], left_out)
    place = prepared(settings.output.folder, settings.name)
    return new_folder(place, settings.name, code, datetime.now().astimezone(), filled)
