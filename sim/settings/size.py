"""How large the real firm is, whatever the number of people simulated."""

from __future__ import annotations

from sim.settings.base import Group, param


class Size(Group):
    """The real firm: its customers, and with them the people in its market.

    The simulated people are a sample of the real ones. Costs that do not grow in proportion, and
    queues, are those of the real firm, so results per person do not hang on ``scale.customers``.
    """

    active_customers: int = param(
        58_000,
        unit="real people who bought from us in a year",
        lo=50,
        hi=100_000_000,
        source="assumption: a Nordic chain of middling size",
    )
    active_share: float = param(
        0.194,
        unit="share of the market's people who buy from us in a year",
        lo=0.01,
        hi=1,
        source="calibrated: the Danish average in years 5 to 8 of its own, where nothing grows",
    )
    stores: int = param(
        20,
        unit="stores",
        lo=1,
        hi=100_000,
        source="assumption: about 3,000 active customers a store",
        doc="each has a service desk of its own",
    )

    @property
    def people(self) -> float:
        """Real people in the market: active customers and everybody else."""
        return self.active_customers / self.active_share
