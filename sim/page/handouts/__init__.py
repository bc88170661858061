"""Sheets of paper for the workshop, A4, in one HTML document."""

from sim.page.handouts.document import SHEETS, chosen, document, written

__all__ = ["SHEETS", "chosen", "document", "written"]
