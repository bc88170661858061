"""Claims about being known as an exchange, in a market of 2,000 over two years (P8, B7)."""

from __future__ import annotations

from functools import cache

import pytest
from worlds import like, named, world

from sim.core import events as ev
from sim.measures.metrics import measure
from sim.settings.strategy import Maturity
from sim.world.model import OmnichannelModel

NOTHING = tuple((key, False) for key in ("club_tiers", "digital_receipt", "app"))
NOTHING += (("club_bonus_share", 0.0),)


@cache
def known(name: str = "danish_average", recognition: float | None = None, policies=()):
    """Share of sales to a known person, the bonus paid, and the people who joined."""
    settings = world("scale.customers=2000", "scale.warmup_days=0", "scale.horizon_days=730")
    strategy = like(named(name), **dict(policies))
    if recognition is not None:
        levels = strategy.maturity.model_dump() | {"recognition": recognition}
        strategy = strategy.model_copy(update={"maturity": Maturity(**levels)})
    model = OmnichannelModel(settings, strategy).run()
    costs = model.catalogue["cost_oere"]
    frame = measure(model.run_log(), settings.company.economics, costs)
    found = frame[frame["segment"] == "all"].set_index("metric")["value"]
    joined = int(model.tally.counted(ev.CLUB_JOINED).sum())
    return found["known_sales"], found["cost_club"], joined


@pytest.mark.parametrize(
    ("name", "with_it", "most"), [("danish_average", 0.25, 0.15), ("leader", 0.5, 0.30)]
)
def test_a_club_that_gives_nothing_leaves_most_buyers_unknown(name, with_it, most):
    """The deletion test of P8: no bonus, no digital receipt, no app."""
    assert known(name)[0] > with_it
    bare, bonus, joined = known(name, policies=NOTHING)
    assert bare < most and bonus == 0 and joined < known(name)[2] / 2


@pytest.mark.parametrize("name", ["club_bonus_share", "digital_receipt", "app"])
def test_bonus_receipt_and_app_each_make_buyers_known(name):
    without = known(policies=tuple((key, value) for key, value in NOTHING if key == name))
    assert known(policies=NOTHING)[0] < without[0] < known()[0]


def test_the_bonus_is_paid_to_who_is_known():
    share, bonus, _ = known(policies=(("club_tiers", False),))
    most, dear, _ = known(policies=(("club_bonus_share", 0.05), ("club_tiers", False)))
    assert most > share and dear > 2.5 * bonus


def test_recognition_makes_more_of_the_same_exchange():
    shares = [known(recognition=level)[0] for level in (0.0, 1.0, 2.0, 3.0)]
    assert shares == sorted(shares) and shares[0] < 0.1 and shares[3] > 0.5
