"""Claims about the stores in the settings: what is refused, in one line."""

from __future__ import annotations

import pytest

from sim.core.records import STORES
from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.settings.strategy import Policies

CLEARED = [f"company.stores.{name}=null" for name in load([])[0].company.stores]


def test_an_entry_adds_a_store_and_null_takes_one_out():
    more = load(["company.stores.north={share: 0.1, skill: 0.9}"])[0].company.stores
    assert more["north"].skill == 0.9 and more["north"].closing_minute == 1140
    assert list(load([*CLEARED, "company.stores.only={}"])[0].company.stores) == ["only"]


@pytest.mark.parametrize(
    ("overrides", "key", "says"),
    [
        (CLEARED, "company.stores", "between 1 and 6 stores are possible, and there are 0"),
        (
            [f"company.stores.s{k}={{}}" for k in range(STORES - 3)],
            "company.stores",
            "between 1 and 6 stores are possible, and there are 7",
        ),
        (
            ["company.stores.town.closing_minute=600"],
            "company.stores.town",
            "must close after it opens, but on weekdays the minutes are 600 and 600",
        ),
        (
            ["company.stores.town.weekend_opening_minute=1000"],
            "company.stores.town",
            "on weekends the minutes are 1000 and 900",
        ),
        (
            [*CLEARED, "company.stores.a.share=0", "company.stores.b.share=0"],
            "company.stores",
            "at least one must have a share above 0",
        ),
        (["company.stores.town.share=-1"], "company.stores.town.share", "at least 0"),
        (["company.stores.town.skill=1.1"], "company.stores.town.skill", "at most 1"),
        (["company.stores.town.sqm=9"], "company.stores.town.sqm", "unknown key"),
        (["company.stores={a b: {}}"], "company.stores", "letters, digits, - and _"),
    ],
)
def test_what_cannot_be_a_store_is_refused(overrides, key, says):
    with pytest.raises(BadInput) as refused:
        load(overrides)
    assert refused.value.key == key and says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_evening_hours_need_stores():
    without = {"stores": False, "pickup_in_store": False, "return_in_store": False}
    with pytest.raises(ValueError, match="evening_until_minute needs stores"):
        Policies(**without, evening_until_minute=1260)
