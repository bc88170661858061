"""What a survey of firms finds: means, ranks, and the answers to its questions [A15-A27].

An answer follows from the ladder: the capability that a question asks about, at the level that a
firm believes to have, on the question's cuts. Bands are over surveys drawn.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.measures.statistics import wilson
from sim.settings.ladder import Ladder
from sim.settings.strategy import DISCIPLINES
from sim.settings.survey import ANSWERS, Question, Survey, asked_about

BAND = (2.5, 97.5)  # percentiles over surveys
ROWS = dict(zip(DISCIPLINES, ("A15", "A16", "A17", "A18", "A19", "A20"), strict=True))
LEADERS = ("measurement", "organisation", "recognition")  # then the three that A21 cannot part
WHOLE_ORDER = "the six in the survey's order"
LEADING_ORDER = "measurement, organisation, recognition, then the others"
LAST = "communication lowest"


def answers(question: Question, ladder: Ladder, levels: np.ndarray) -> np.ndarray:
    """Each firm's answer, a place in ANSWERS; ``levels`` has the disciplines last."""
    known = asked_about(ladder)
    shares = [
        np.interp(levels[..., DISCIPLINES.index(discipline)], range(4), values)
        for discipline, values in (known[name] for name in question.asks)
    ]
    return np.searchsorted(question.cuts, np.min(shares, axis=0), side="right")


def counted(
    questions: Mapping[str, Question], ladder: Ladder, levels: np.ndarray
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """By question: which firms are asked, and which of them give an answer that is counted."""
    found: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def ask(name: str) -> tuple[np.ndarray, np.ndarray]:
        if name not in found:
            question = questions[name]
            asked = ask(question.among)[1] if question.among else np.ones(levels.shape[:-1], bool)
            wanted = [ANSWERS.index(answer) for answer in question.answers]
            found[name] = asked, asked & np.isin(answers(question, ladder, levels), wanted)
        return found[name]

    for name in questions:
        ask(name)
    return {name: found[name] for name in questions}


def shares_table(survey: Survey, ladder: Ladder, levels: np.ndarray) -> pd.DataFrame:
    """Each question beside its document: shares of the firms asked, bands, and whether it hits.

    ``levels`` has shape (surveys, firms, 6). ``share`` is of all surveys together; ``low`` and
    ``high`` bound the middle 95 % of surveys with somebody to ask. It is a hit if ``share`` lies in
    the Wilson 95 % interval of the document's share.
    """
    rows = []
    for name, (asked, yes) in counted(survey.questions, ladder, levels).items():
        question = survey.questions[name]
        base, number = asked.sum(axis=1), yes.sum(axis=1)
        share = number.sum() / base.sum() if base.any() else np.nan
        each = number[base > 0] / base[base > 0]
        band = np.percentile(each, BAND) if len(each) else (np.nan, np.nan)
        stated = wilson(question.stated, question.firms)
        hit = bool(stated.low <= share <= stated.high)
        rows.append((name, question.row, question.text, *stated, share, *band, base.mean(), hit))
    columns = ["question", "row", "text", "stated", "stated_low", "stated_high"]
    columns += ["share", "low", "high", "firms_asked", "hit"]
    return pd.DataFrame(rows, columns=columns)


def means_table(survey: Survey, levels: np.ndarray) -> pd.DataFrame:
    """Each discipline: its stated mean, the drawn one, bands of mean and sd, its mean place."""
    means, sds = levels.mean(axis=1), levels.std(axis=1, ddof=1)
    places = 1 + np.argsort(np.argsort(-means, axis=1), axis=1)
    rows = [
        (
            discipline,
            ROWS[discipline],
            getattr(survey.means, discipline),
            means[:, k].mean(),
            *np.percentile(means[:, k], BAND),
            sds[:, k].mean(),
            places[:, k].mean(),
        )
        for k, discipline in enumerate(DISCIPLINES)
    ]
    columns = ["discipline", "row", "stated", "mean", "low", "high", "sd", "place"]
    return pd.DataFrame(rows, columns=columns)


def order_table(survey: Survey, levels: np.ndarray) -> pd.DataFrame:
    """In which share of the surveys the disciplines come in the survey's order [A21]."""
    means = levels.mean(axis=1)
    place = {d: k for k, d in enumerate(DISCIPLINES)}
    whole = sorted(DISCIPLINES, key=lambda d: -getattr(survey.means, d))
    others = [place[d] for d in DISCIPLINES if d not in LEADERS]
    leading = np.column_stack([means[:, [place[d] for d in LEADERS]], means[:, others].max(axis=1)])
    lowest = means.argmin(axis=1) == place["communication"]
    found = {
        WHOLE_ORDER: _falls(means[:, [place[d] for d in whole]]),
        LEADING_ORDER: _falls(leading),
        LAST: lowest,
    }
    rows = [(what, "A21", float(true.mean())) for what, true in found.items()]
    return pd.DataFrame(rows, columns=["order", "row", "share"])


def correlations(levels: np.ndarray) -> np.ndarray:
    """Correlation of the levels of any two disciplines, over all firms of all surveys: (6, 6)."""
    return np.corrcoef(levels.reshape(-1, levels.shape[-1]).T)


def _falls(values: np.ndarray) -> np.ndarray:
    """Whether each row falls from left to right."""
    return np.asarray((np.diff(values, axis=1) < 0).all(axis=1))
