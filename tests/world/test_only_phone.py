"""A company that offers only the phone: ways that nobody can take change nothing by themselves."""

from __future__ import annotations

import numpy as np
from worlds import LIVELY, differences, lively_strategy, world

from sim.core import events as ev
from sim.world.model import OmnichannelModel

ONLY_PHONE = (
    *LIVELY,
    "company.ladder.communication.chat=[0,0,0,0]",
    "company.ladder.communication.service_mail=[0,0,0,0]",
)
UNFELT = ("market.contacting.other_way_felt=0", "market.contacting.centre_other_way=0")


def lived(*overrides: str) -> np.ndarray:
    """All events of a lively world of callers."""
    model = OmnichannelModel(world(*ONLY_PHONE, *overrides), lively_strategy(), keep_log=True)
    return model.run(150).events()


def besides_likings(events: np.ndarray) -> np.ndarray:
    return events[events["kind"] != ev.CONTACT_ENDED]


def test_where_it_is_not_felt_it_makes_no_difference_that_some_would_rather_chat_or_write():
    some = lived(*UNFELT)
    nobody = lived("market.contacting.prefers_chat=0", "market.contacting.prefers_mail=0")
    assert (some["minute"][some["kind"] == ev.SERVICE_ASKED] == ev.CALLS).all()
    assert differences(besides_likings(some), besides_likings(nobody)) == []
    ended = [events[events["kind"] == ev.CONTACT_ENDED] for events in (some, nobody)]
    assert len(ended[0]) == len(ended[1]) > 100
    assert (ended[0]["order"] != ev.CALLS).mean() > 0.2 and (ended[1]["order"] == ev.CALLS).all()


def test_being_asked_how_it_was_changes_nothing_else_but_what_is_said_in_public():
    unread = "market.portal.looks_us_up=0"
    asked = lived(unread)
    silent = lived(unread, "company.ladder.measurement.asks_score=[0,0,0,0]")
    assert (asked["kind"] == ev.SCORED).sum() > 50 and not (silent["kind"] == ev.SCORED).any()
    invited = (asked["kind"] == ev.RATED_US) & (asked["channel"] == ev.EMAIL)
    assert differences(asked[(asked["kind"] != ev.SCORED) & ~invited], silent) == []
