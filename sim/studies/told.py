"""What a study found, in words and files."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

from sim.studies.deciding import Verdict, level_of_a_look
from sim.studies.sensitivity import ranked, table
from sim.studies.store import Store
from sim.studies.studied import Answer, Studied

WIDTH = 100
FIGURES = 3  # significant


def verdict_text(found: Studied) -> str:
    """The answer as text: question, verdicts with their intervals, how many worlds."""
    study = found.plan.study
    parts = [_wrapped("Question:   ", study.question)]
    if study.hypothesis:
        parts.append(_wrapped("Hypothesis: ", study.hypothesis))
    parts.append(_wrapped("Tried:      ", _tried(found)))
    for answer in found.answers:
        parts.append(_wrapped(f"{answer.overall.word.upper():<11} ", _said(found, answer)))
    if found.best is not None:
        parts.append(_wrapped("Best:       ", _best(found)))
    if not found.answers and found.best is None:
        asked = study.expect or study.choose
        said = (
            "nothing is decided yet: other parts are missing" if asked else "nothing was expected"
        )
        parts.append(_wrapped("Found:      ", f"{said}; the runs are in runs.csv"))
    for line in ranked(found):
        parts.append(_wrapped("Moves most: ", line))
    return "\n".join(parts) + "\n"


def _tried(found: Studied) -> str:
    plan, scale = found.plan, found.plan.settings.scale
    arms, points, worlds = len(plan.study.strategies), len(plan.points), found.worlds
    said = f"{_count(arms, 'arm')}, {_count(worlds, 'world')} of {scale.customers:,} people, "
    said += f"{scale.horizon_days:,} days after {scale.warmup_days:,} in common"
    if plan.study.axes:
        said += f", at {_count(points, 'point')} of {', '.join(plan.study.axes)}"
    return f"{said}; {_count(found.runs['run'].nunique(), 'run')}."


def _said(found: Studied, answer: Answer) -> str:
    level = level_of_a_look(found.plan.study.replications, len(found.answers))
    said = f"{answer.text}: by {_interval(answer.overall)} ({100 * level:.4g} % interval, "
    said += f"{_count(answer.overall.worlds, 'world')}; the rate of error of all verdicts together "
    said += f"is at most {100 * found.plan.study.replications.error:.3g} %)."
    if len(answer.points) > 1:
        held = sum(point.margin.mean > 0 for point in answer.points)
        sure = sum(point.word == "supported" for point in answer.points)
        against = sum(point.word == "refuted" for point in answer.points)
        said += (
            f" It holds at {held} of {_count(len(answer.points), 'point')}, surely at {sure}, and "
            f"surely not at {against}."
        )
    return said


def _best(found: Studied) -> str:
    choice, best = found.plan.study.choose, found.best
    assert choice is not None and best is not None
    if len(best.left) == 1:
        return (
            f"{best.left[0]} by {choice.measure}, chosen rightly with probability "
            f"{choice.probability:g} if it leads by {choice.indifferent:g} or more; the last other "
            f"left after {_count(best.worlds, 'world')}."
        )
    left = ", ".join(best.left)
    return f"not decided by {choice.measure} in {_count(best.worlds, 'world')}: {left} are left."


def _interval(verdict: Verdict) -> str:
    mean, low, high = verdict.margin
    return f"{mean:+,.{FIGURES}g} ({low:+,.{FIGURES}g} to {high:+,.{FIGURES}g})".replace("-", "−")


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _wrapped(head: str, text: str) -> str:
    return textwrap.fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_on_hyphens=False,
    )


def write(found: Studied) -> Path:
    """Leave verdict, answers and the tidy table in the study's folder; returns it."""
    assert found.folder is not None
    store = Store(found.folder)
    store.write("verdict.txt", verdict_text(found))
    store.write("answers.json", json.dumps(_answers(found), indent=2) + "\n")
    found.runs.to_parquet(found.folder / "runs.parquet", index=False)
    found.runs.to_csv(found.folder / "runs.csv", index=False)
    indices = table(found)
    if not indices.empty:
        indices.to_csv(found.folder / "sensitivity.csv", index=False)
    return found.folder


def _answers(found: Studied) -> dict:
    return {
        "worlds": found.worlds,
        "runs": int(found.runs["run"].nunique()),
        "expected": [
            {
                "text": answer.text,
                "verdict": answer.overall.word,
                "mean": answer.overall.margin.mean,
                "low": answer.overall.margin.low,
                "high": answer.overall.margin.high,
                "share_of_points": answer.holds,
            }
            for answer in found.answers
        ],
        "best": list(found.best.left) if found.best else None,
    }
