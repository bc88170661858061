"""Same seed, same bytes: whatever the driver, the number of threads, or how often it is run."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import LIVELY, differences, left_behind, live_lively, parted, world

from sim.core import events as ev
from sim.core.records import BY_COMPUTER, BY_OLD_CARD, BY_OTHER_MAIL, FACTS, NEVER
from sim.encounter.friends import PRAISED, WARNED
from sim.encounter.household import BOUGHT, FORGOT, LINKED, LOGGED_IN, LOOKED, LOOKED_AS_OTHER
from sim.world.model import OmnichannelModel


def test_every_kind_of_event_occurs_in_the_lively_world(lively):
    occurring = set(np.unique(lively.events()["kind"]).tolist())
    assert occurring == set(ev.KINDS), "the tests below would be silent on the kinds missing"


def test_whatever_can_be_done_again_withdrawn_or_taken_for_another_is_so_in_the_lively_world(
    lively,
):
    events = lively.events()

    def kinds_of(kind, field):
        return set(events[field][events["kind"] == kind].tolist())

    assert kinds_of(ev.REPEATED, "value") == set(ev.AGAIN)
    assert kinds_of(ev.CONSENT_WITHDRAWN, "value") == {0, 1}, "by purpose, and all of it"
    assert kinds_of(ev.CLUB_JOINED, "value") == {0, 1}, "a first card, and another one"
    assert kinds_of(ev.STORE_SALE, "value") == {0, 1, 2, 3}
    assert kinds_of(ev.WEB_VISIT, "seen_as") == set(ev.SEEN_AS)
    assert kinds_of(ev.REVIEWED, "value") == {1, 2, 3, 4, 5}
    assert (lively.assortment.pending["day"] < NEVER).any()
    assert set(lively.catalogue["shortfall"]) == {0, 0.4}
    assert kinds_of(ev.DISAPPOINTED, "value") >= set(ev.WHAT_IS_WRONG) - {0}
    assert lively.assortment.heard["known"].any() and lively.panel.answers.any()
    assert kinds_of(ev.STORE_VISIT, "value") == {0, 1, 2, 3}, "all stores"
    taught = lively.store_ratings
    assert (taught.skill > taught.untrained).any(), "staff are trained"
    assert kinds_of(ev.WENT_AWAY, "channel") == {ev.WEB, ev.STORE}
    assert kinds_of(ev.APP_INSTALLED, "channel") == {ev.WEB, ev.STORE}
    met = np.bitwise_or.reduce(events["minute"][events["kind"] == ev.JOURNEY_DONE])
    assert met == sum(ev.TOUCHPOINTS)
    _, profiles, _ = lively.driver.tables()
    for name in ("objects", "alias", "other_here", "linked", "device_seen"):
        assert profiles[name].any(), name
    assert (profiles["greeted_day"] > 0).any() and profiles["addresses"]["contacts"].any()
    assert (profiles["silos"]["basket_item"] >= 0).any(axis=0)[:3].all()
    for record in (BY_OTHER_MAIL, BY_OLD_CARD):
        assert profiles["silos"]["live"]["counts"][:, record].any(), record
    sold = events["item"][events["kind"] == ev.STORE_SALE]
    assert set(lively.catalogue["in_store"][sold]) == {0, 1}, "some is sent home"


def test_on_shared_computers_everything_is_left_that_can_be_and_people_move_in_and_out(
    lively, monkeypatch
):
    left, moved = set(), {"move_in": 0, "move_out": 0}
    driver = type(lively.driver)
    write, ways = driver.write_evening, {name: getattr(driver, name) for name in moved}

    def write_evening(self, *told):
        for rows, filled in zip(self.traces, self.buffers, strict=True):
            left.update(rows["kind"][: int(filled["traces"][0])].tolist())
        write(self, *told)

    def counted(name):
        def move(self, places, *told):
            moved[name] += len(places)
            ways[name](self, places, *told)

        return move

    monkeypatch.setattr(driver, "write_evening", write_evening)
    for name in moved:
        monkeypatch.setattr(driver, name, counted(name))
    assert parted(left_behind(lively), left_behind(live_lively())) == []
    told = {PRAISED, WARNED}
    assert left == {LOOKED, LOOKED_AS_OTHER, BOUGHT, FORGOT, LOGGED_IN, LINKED} | told
    assert min(moved.values()) > 20


def test_who_share_a_computer_are_each_others_partners_with_one_record_of_it(lively):
    customers, profiles, _ = lively.driver.tables()
    mine = np.flatnonzero((lively.population.who >= 0) & (customers["partner"] >= 0))
    its = customers["partner"][mine]
    assert len(mine) > 50 and np.array_equal(customers["partner"][its], mine)
    assert np.array_equal(customers["id"][mine] ^ 1, customers["id"][its])
    record = profiles["silos"][:, BY_COMPUTER]
    for version in ("live", "shared"):
        for name in FACTS.names:
            facts = record[version][name]
            assert np.array_equal(facts[mine], facts[its]), f"{version}.{name}"
    assert not (profiles["linked"][mine] & profiles["linked"][its] & 1).any()
    on_it = profiles["device_seen"] & 1
    assert on_it[mine].any() and np.array_equal(on_it[mine], on_it[its])
    here = customers["logged_in"] & 1
    assert here[mine].any() and not (here[mine] & here[its]).any(), "one log-in at a time"


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
