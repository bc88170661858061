"""Claims about the figures of the customer centre, on journals by hand."""

from __future__ import annotations

import numpy as np
import pytest
from test_metrics import event, tiny_run

from sim.core import events as ev
from sim.measures.contacts import CONTACTS, contact_figures

near = pytest.approx


def ended(way, liked, mark):
    return event(ev.CONTACT_ENDED, 400, 0, minute=way, order=liked, value=float(mark))


LOG = [
    ended(ev.CALLS, ev.CALLS, 5),
    ended(ev.CALLS, ev.CHATS, 2),
    ended(ev.CHATS, ev.CHATS, 4),
    ended(ev.WRITES, ev.WRITES, 3),
    ended(ev.CALLS, ev.WRITES, 1),
    *(event(ev.SERVICE_ASKED, 399, 0, value=minutes) for minutes in (4.0, 8.0)),
    *(event(ev.SERVICE_ANSWERED, 400, 0, order=1) for _ in range(4)),
    *(event(ev.SCORED, 400, 0, value=mark) for mark in (0.0, 5.0, 4.0)),
]


def test_contacts_are_told_by_their_way_and_by_whether_it_was_liked_best():
    found = contact_figures(tiny_run(LOG))
    assert found["contacts"] == 5 / 4, "two people, two years"
    ways = [found[name] for name in ("by phone", "by chat", "by e-mail")]
    assert ways == [3 / 5, 1 / 5, 1 / 5]
    assert found["own way"] == 3 / 5 and found["contact minutes"] == 6
    assert (found["mark, own way"], found["mark, other way"]) == (4, 1.5)


def test_marks_given_stand_beside_those_of_all():
    found = contact_figures(tiny_run(LOG))
    assert found["mark, all"] == 3 and found["mark, given"] == 4.5
    assert found["mark, flattered"] == 1.5
    assert found["mark answered"] == near(2 / 3) and found["marked"] == 2 / 4


def test_of_no_contact_there_is_nothing_to_say():
    found = contact_figures(tiny_run([]))
    assert set(found) == set(CONTACTS) and found["contacts"] == 0
    assert all(np.isnan(value) for name, value in found.items() if name != "contacts")
