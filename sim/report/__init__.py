"""What people read of a comparison: the HTML report, its figures, the README's picture."""

from __future__ import annotations

import warnings
from pathlib import Path

from sim.language import speaking
from sim.measures.comparison import Comparison
from sim.report.page import build
from sim.report.picture import picture
from sim.report.sweep import sweep_plot
from sim.study import results
from sim.study.sweep import MANY

__all__ = ["build", "picture", "publish", "write"]


def publish(comparison: Comparison, folder: Path) -> None:
    """Write ``report.html`` and the figures into a run folder, in the language of its settings."""
    figures = folder / "figures"
    figures.mkdir()
    with speaking(comparison.settings.output.language), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # a sign the fonts lack is a box
        picture(comparison, figures / "comparison.png")
        if len(comparison.strategies) > MANY:
            sweep_plot(comparison, figures / "sweep.png")
        (folder / "report.html").write_text(build(comparison), encoding="utf-8")


def write(comparison: Comparison, folder: Path | str | None = None) -> Path:
    """A whole run folder: tables, config and manifest of the study, report and figures."""
    return results.write(comparison, folder, publish)
