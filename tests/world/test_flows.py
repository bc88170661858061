"""Claims about automation flows in a lively world: whom they reach, and whose luck they touch."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from worlds import LIVELY, by_person, differences, lively_strategy, world

from sim.core import events as ev
from sim.core.records import BY_CLUB
from sim.settings.flows import message_titles
from sim.settings.run import Settings
from sim.world.model import OmnichannelModel

LATE = "company.flows.late={title: Late, trigger: purchase, delay_days: 2000, priority: 5}"
BIRTHDAY = (
    "company.flows.birthday={title: Birthday, trigger: birthday, delay_days: 0, coupon: true, "
    "priority: 5, repeat: true, during_case: true}"
)
BY_KIND = (*ev.SENT, *ev.READ, ev.MAIL_CLICKED, ev.TAPPED, ev.CARED)
DAYS = 150


@cache
def lived(*overrides: str) -> OmnichannelModel:
    """The lively world with other flows."""
    return living(world(*LIVELY, *overrides))


def living(settings: Settings) -> OmnichannelModel:
    return OmnichannelModel(settings, lively_strategy(), keep_log=True).run(DAYS)


def told(model: OmnichannelModel) -> tuple[np.ndarray, list[str]]:
    """The log without the numbers of the flows, and the flows' titles instead."""
    events, titles = model.events().copy(), message_titles(model.settings.company.flows)
    of_mail = np.isin(events["kind"], BY_KIND)
    offers = of_mail | (events["kind"] == ev.CONTRADICTED)
    named = [titles[int(order)] for order in events["order"][of_mail]]
    events["order"][offers] = -1
    return events, named


def sent(model: OmnichannelModel, title: str) -> np.ndarray:
    """The mails of a flow that were sent."""
    events = model.events()
    kind = {name: code for code, name in message_titles(model.settings.company.flows).items()}
    return events[(events["kind"] == ev.MAIL_SENT) & (events["order"] == kind[title])]


def test_all_four_flows_go_out():
    for title in ("welcome", "abandoned basket", "after purchase", "we miss you"):
        assert len(sent(lived(), title)) > 3, title


def test_a_flow_that_never_fires_changes_nothing():
    (usual, names), (more, same) = told(lived()), told(lived(LATE))
    assert differences(usual, more) == [] and names == same


@pytest.mark.parametrize("order", [tuple(range(8, -1, -1)), (1, 0, 3, 2, 8, 5, 6, 4, 7)])
def test_flows_in_another_order_are_the_same_flows(order):
    settings = lived().settings
    flows = list(settings.company.flows.items())
    company = settings.company.model_copy(update={"flows": dict(flows[k] for k in order)})
    other = living(settings.model_copy(update={"company": company}))
    (usual, names), (moved, same) = told(lived()), told(other)
    assert differences(usual, moved) == [] and names == same


def test_a_flow_by_another_name_is_another_one():
    flow = "{title: welcome, trigger: subscribed, priority: 20, during_case: true}"
    renamed = lived("company.flows.welcome=null", f"company.flows.hello={flow}")
    assert differences(told(lived())[0], told(renamed)[0]) != []
    assert len(sent(renamed, "welcome")) > 3


def test_birthday_mails_go_on_the_day_to_who_told_it_on_joining_the_club():
    model = lived(BIRTHDAY)
    mails, (customers, profiles) = sent(model, "Birthday"), by_person(model)
    who = mails["customer"]
    assert len(mails) >= 5
    off = model.company.strategy.policies.coupon_share
    nothing = "nothing for who is held out of coupons or has spent too little, as recorded"
    assert set(mails["value"].tolist()) <= {0.0, off}, nothing
    assert (mails["value"] == off).mean() > 0.3
    there = customers["id"][who] == who
    assert there.any()
    assert (customers["birthday"][who][there] == mails["day"][there] % 365).all()
    events = model.events()
    joined = events[(events["kind"] == ev.CLUB_JOINED) & (events["channel"] == ev.STORE)]
    joined = joined[joined["value"] == 0]  # first cards, not those that replace one
    assert len(np.unique(joined["customer"])) == len(joined)
    since = dict(zip(joined["customer"].tolist(), joined["day"].tolist(), strict=True))
    assert all(since[int(mail["customer"])] < mail["day"] for mail in mails)
    strangers = profiles["has_phone"] & (1 << BY_CLUB) == 0
    assert (profiles["birthday"][strangers & (customers["id"] > 0)] == -1).all()


def test_birthdays_are_spread_over_the_year():
    model = lived()
    birthdays = model.driver.tables()[0]["birthday"][model.population.who >= 0]
    assert birthdays.min() >= 0 and birthdays.max() < 365
    assert np.histogram(birthdays, 4, (0, 365))[0].min() > 0.15 * len(birthdays)
