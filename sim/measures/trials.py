"""A/B tests: what was adopted and dropped, beside how good the ideas really were [B21, B22, B51].

The estimate of a test is the difference of two rates. What the idea really does to the rate is
reckoned from its appeal at the control's rate p: appeal times p (1 - p), as a logit says; for the
checkout, whose minutes everybody minds otherwise, it is not told.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.language import marked
from sim.measures.figures import Figure
from sim.settings.trials import TITLES
from sim.world.tally import RunLog

COLUMNS = {
    "day": ("days", "since the fork, on which it ended"),
    "tried": ("name", "what was tested"),
    "days": ("days", "that it ran"),
    "control_n": ("records", "that got what stood"),
    "control_k": ("records", "of these opened, clicked or ordered"),
    "variant_n": ("records", "that got the variant"),
    "variant_k": ("records", "of these opened, clicked or ordered"),
    "z": ("standard errors", "of what was decided by"),
    "looks": ("count", "figures that were looked at"),
    "adopted": ("0 or 1", "whether the variant stands from then on"),
    "idea": ("logit, or minutes saved", "how much better it really is, which nobody there knows"),
    "effect": ("share", "what that does to the rate, about; empty for the checkout"),
}
CHECKOUT = len(TITLES) - 1
WHAT = marked("A/B tests")
TESTS: dict[str, Figure] = {
    "run": Figure("Tests", "that ended", "years of the horizon", WHAT, "a year"),
    "adopted": Figure("Adopted", "of them", "tests that ended", WHAT),
    "false positives": Figure("Adopted though worse", "of those adopted", "tests adopted", WHAT),
    "false negatives": Figure("Dropped though better", "of ideas that are", "better ideas", WHAT),
    "covered": Figure("Truth within the interval", "of 95 %", "tests of newsletters", WHAT),
    "read": Figure(
        "Adopted newsletters' gain as read",
        "sum of the differences in opening or clicking that were read",
        "years of the horizon",
        WHAT,
        "share a year",
    ),
    "brought": Figure(
        "Adopted newsletters' gain in truth",
        "sum of the differences that the ideas make",
        "years of the horizon",
        WHAT,
        "share a year",
    ),
    "opens": Figure("Subjects better than usual", "at the end", "none", WHAT, "logit"),
    "clicks": Figure("Wording better than usual", "at the end", "none", WHAT, "logit"),
    "minutes": Figure("Checkout faster than usual", "at the end", "none", WHAT, "minutes"),
}


def trials(run: RunLog) -> pd.DataFrame:
    """One row a test that ended since the fork: COLUMNS."""
    rows = []
    for trial in run.trials:
        rate = trial.control_k / trial.control_n if trial.control_n else np.nan
        effect = np.nan if trial.tried == CHECKOUT else trial.idea * rate * (1 - rate)
        rows.append((trial.day - run.fork_day, TITLES[trial.tried], *trial[2:], effect))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def measure_trials(run: RunLog) -> dict[str, float]:
    """A value for each of TESTS; NaN over nothing."""
    told = trials(run)
    adopted, better = told["adopted"] == 1, told["idea"] > 0
    years = (run.end_day - run.fork_day) / 365
    mails = told[told["effect"].notna() & (told["variant_n"] > 0)]
    read = mails["variant_k"] / mails["variant_n"] - mails["control_k"] / mails["control_n"]
    error = np.sqrt(
        sum(
            mails[f"{arm}_k"] / mails[f"{arm}_n"] ** 2 * (1 - mails[f"{arm}_k"] / mails[f"{arm}_n"])
            for arm in ("control", "variant")
        )
    )
    within = (read - mails["effect"]).abs() <= 1.96 * error
    taken = mails["adopted"] == 1
    return {
        "run": len(told) / years,
        "adopted": _mean(adopted),
        "false positives": _mean(~better[adopted]),
        "false negatives": _mean(~adopted[better]),
        "covered": _mean(within),
        "read": float(read[taken].sum()) / years,
        "brought": float(mails["effect"][taken].sum()) / years,
        **dict(zip(("opens", "clicks", "minutes"), run.appeal, strict=True)),
    }


def trials_frame(run: RunLog) -> pd.DataFrame:
    """The figures in rows: seed, strategy, what, value."""
    found = measure_trials(run)
    rows = [(run.seed, run.strategy, name, found[name]) for name in TESTS]
    return pd.DataFrame(rows, columns=["seed", "strategy", "what", "value"])


def _mean(values: Sequence[bool]) -> float:
    return float(np.mean(values)) if len(values) else np.nan
