"""What the real firm's books say of a year: figures that the simulation is set beside.

Nothing is simulated otherwise for them; what *is* used of the firm stands in
:mod:`sim.settings.size`. Money is without VAT, as in the books and in the simulation.
"""

from __future__ import annotations

from typing import Any

from pydantic import model_validator

from sim.settings.base import Group, param
from sim.settings.size import Size

BOOKS = "the strategist's books"
LEAST_KEPT, MOST_KEPT = 0.5, 1.2  # turnover over what was ordered: returns take, fees add


def _stated(unit: str, lo: float, hi: float, doc: str) -> Any:
    """A figure that may be left out."""
    return param(None, unit=unit, lo=lo, hi=hi, source=BOOKS, doc=doc)


class KeyFigures(Group):
    """The real firm's year, only compared with: `omnijourney describe` sets the simulation beside.

    Without VAT, like every sum of the simulation. What is left out (null) is not compared.
    """

    turnover_mdkk: float | None = _stated(
        "million DKK/year", 0.01, 1e6, "without VAT, returns taken off"
    )
    online_share: float | None = _stated("share of sales", 0, 1, "ordered online, returns included")
    gross_margin: float | None = _stated("share of turnover", 0, 0.95, "turnover less goods")
    orders: int | None = _stated("orders/year", 1, 1_000_000_000, "online, and receipts in stores")
    order_value_dkk: float | None = _stated("DKK/order", 1, 1e6, "without VAT, returns included")
    return_rate_online: float | None = _stated(
        "share of the value of online orders", 0, 1, "sent or brought back"
    )
    mailing_list: int | None = _stated("people", 0, 100_000_000, "who may be sent the newsletter")
    members: int | None = _stated("people", 0, 100_000_000, "of the club")
    known_share: float | None = _stated(
        "share of sales", 0, 1, "to people known by card, log-in or mail"
    )
    nps: float | None = _stated("points", -100, 100, "net promoter score of customers")
    tolerance: float = param(
        0.1,
        unit="share of the figure stated",
        lo=0,
        hi=1,
        source="choice: so far off, a sum or a number still counts as reproduced",
    )
    tolerance_points: float = param(
        5.0,
        unit="points of 100",
        lo=0,
        hi=100,
        source="choice: so far off, a share or a score still counts as reproduced",
    )

    @model_validator(mode="after")
    def _sums_agree(self) -> KeyFigures:
        turnover, orders, value = self.turnover_mdkk, self.orders, self.order_value_dkk
        if turnover is None or orders is None or value is None:
            return self
        ordered = orders * value / 1e6
        if not LEAST_KEPT * ordered <= turnover <= MOST_KEPT * ordered:
            raise ValueError(
                f"turnover_mdkk must lie in {LEAST_KEPT * ordered:.4g}..{MOST_KEPT * ordered:.4g}, "
                f"near orders x order_value_dkk = {ordered:.4g} million DKK: returns and fees "
                "explain no more"
            )
        return self


def refuse_impossible(size: Size, figures: KeyFigures) -> None:
    """Raise ValueError where key figures do not go with the size that is simulated."""
    for name in ("mailing_list", "members"):
        stated = getattr(figures, name)
        if stated is not None and stated > size.people:
            raise ValueError(
                f"key_figures.{name} must be at most {size.people:.0f}, all people in the market "
                "(company.size: active_customers / active_share)"
            )
    if figures.orders is not None and figures.orders < size.active_customers:
        raise ValueError(
            f"key_figures.orders must be at least {size.active_customers}, one for each of "
            "company.size.active_customers: these are people who bought in the year"
        )


def with_turnover_moved(content: dict[str, Any]) -> dict[str, Any]:
    """A run's settings as written, with ``company.size.turnover_mdkk`` where it is now.

    It stood there (0: not stated) before there were key figures, and who still writes it means it.
    """
    company = content.get("company")
    size = company.get("size") if isinstance(company, dict) else None
    if not isinstance(company, dict) or not isinstance(size, dict) or "turnover_mdkk" not in size:
        return content
    figures = company.get("key_figures") or {}
    if size["turnover_mdkk"]:
        figures = {**figures, "turnover_mdkk": size["turnover_mdkk"]}
    size = {key: value for key, value in size.items() if key != "turnover_mdkk"}
    return {**content, "company": {**company, "size": size, "key_figures": figures}}
