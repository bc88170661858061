"""The HTML report of a comparison, and the README's picture."""

from sim.report.page import build
from sim.report.picture import picture

__all__ = ["build", "picture"]
