"""Same seed, same bytes: whatever the driver, the number of threads, or how often it is run."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import LIVELY, differences, left_behind, live_lively, parted, world

from sim.core import events as ev
from sim.world.model import OmnichannelModel


def test_every_kind_of_event_occurs_in_the_lively_world(lively):
    occurring = set(np.unique(lively.events()["kind"]).tolist())
    assert occurring == set(ev.KINDS), "the tests below would be silent on the kinds missing"


def test_people_enter_lapse_and_give_up_in_the_lively_world_and_nothing_is_lost(lively):
    events = lively.events()
    after_fork = events[events["day"] >= lively.fork_day]
    for kind in (ev.ENTERED, ev.LAPSED, ev.SERVICE_GAVE_UP, ev.UNSUBSCRIBED, ev.RETURN_BY_MAIL):
        assert (after_fork["kind"] == kind).any(), ev.KINDS[kind]
    late = events[events["kind"] == ev.PARCEL_DELIVERED]["value"]
    assert (late > 0).any() and (late <= 0).any()
    assert set(lively.lost.values()) == {0}, "needs wait for a place, orders make one"


@pytest.mark.parametrize("threads", [2, 4])
def test_threads_change_nothing(lively, threads):
    assert parted(left_behind(lively), left_behind(live_lively(threads=threads))) == []


def test_a_second_run_in_one_process_is_the_first(lively):
    assert parted(left_behind(lively), left_behind(live_lively())) == []


def test_readable_and_compiled_driver_write_the_same_log_bit_for_bit(lively, readable_lively):
    ours, theirs = lively.events(), readable_lively["events"]
    for mine, its in zip(ours[: len(theirs)], theirs, strict=False):
        assert mine == its, f"first parting: {ev.KINDS[int(mine['kind'])]}"
    assert len(ours) == len(theirs)
    assert differences(ours, theirs) == []


def test_readable_and_compiled_driver_leave_the_same_tables(lively, readable_lively):
    assert parted(left_behind(lively), readable_lively) == []


def test_another_seed_is_another_world(lively):
    other = OmnichannelModel(world(*LIVELY), lively.strategy, seed=2, keep_log=True).run(30)
    ours = lively.events()
    assert differences(ours[ours["day"] < 30], other.events()) != []


def test_the_log_is_in_order_of_day_then_customer(lively):
    events = lively.events()
    key = events["day"].astype(np.int64) << 32 | events["customer"]
    assert (np.diff(key) >= 0).all()


def test_the_readable_driver_refuses_a_process_that_compiles(lively):
    with pytest.raises(RuntimeError, match="NUMBA_DISABLE_JIT"):
        OmnichannelModel(world(*LIVELY), lively.strategy, driver="readable")


def test_nobody_tells_the_company_that_somebody_left(lively):
    """Mails go on to who has left the market, until the address is given up; he opens none."""
    events = lively.events()
    gone = events[events["kind"] == ev.LAPSED]
    left = np.full(events["customer"].max() + 1, 1 << 30)
    left[gone["customer"]] = gone["day"]
    after = events[events["day"] > left[events["customer"]]]
    assert (after["kind"] == ev.MAIL_SENT).sum() > 20
    for kind in (ev.MAIL_OPENED, ev.UNSUBSCRIBED, ev.WEB_VISIT, ev.NEED_ACTIVE, ev.POST_SEEN):
        assert (after["kind"] != kind).all(), ev.KINDS[kind]
