"""Claims about a computer that two people share: one cookie, two people, false links."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from people import ID, firm, own, person, profile, tape, traces

from sim.company.knowledge import record_interest, record_purchase
from sim.core.compiled import COMPILED
from sim.core.log import leave_trace
from sim.core.records import (
    AT_COMPUTER,
    AT_PHONE,
    BY_COMPUTER,
    BY_MAIL,
    BY_PHONE,
    CUSTOMER,
    IN_STORE,
    PROFILE,
    SILOS,
)
from sim.encounter.household import (
    BOUGHT,
    FORGOT,
    LINKED,
    LOGGED_IN,
    LOOKED,
    LOOKED_AS_OTHER,
    is_shared,
    move_in,
    move_out,
    use_together,
    write_evening,
)

ANNA, BO, CARL = 5, 9, 7  # ids
PLACE = {ANNA: 2, BO: 0, CARL: 1}  # Anna and Bo share a computer, Carl has his own
FIRM = firm(purchase_weight=3, share_delay_days=1.0)
BOTH_DEVICES = 1 << BY_COMPUTER | 1 << BY_PHONE


def table(dtype: np.dtype, rows: list[Any]) -> Any:
    """Records side by side, as rules read them."""
    return np.array(rows, dtype) if COMPILED else rows


def read(rows: Any) -> Any:
    """Records side by side, as tests read them."""
    return rows.view(np.recarray) if COMPILED else rows


def evening(*left, day=100, partners=(2, -1, 0), **about):
    """Traces (who, kind, cell, item) are written down; each one as (customer, profile) by id.

    ``about``: what all three of them are and what is on file of them before.
    """
    on = tape()
    for who, kind, *what in left:
        leave_trace(on, person(id=who), kind, *(what or (-1, -1)))
    known = {name: about.pop(name) for name in list(about) if name in PROFILE.names}
    people, files = [], []
    for place in range(3):
        who = next(i for i, p in PLACE.items() if p == place)
        people.append(person(id=who, partner=partners[place], **about))
        files.append(profile(number=who, **known))
    people, files = table(CUSTOMER, people), table(PROFILE, files)
    place_of = [PLACE.get(i, -1) for i in range(12)]
    place_of = np.array(place_of, np.int32) if COMPILED else place_of
    write_evening(on.traces[: on.buffers.traces], people, files, place_of, FIRM, day)
    return {who: (read(people)[place], read(files)[place]) for who, place in PLACE.items()}


def file_of(after, who):
    return after[who][1]


def seen_in(after, who):
    """Records in which something was looked at: cell, item, times and day, by record."""
    silos = file_of(after, who).silos
    looked = {s: silos[s].live for s in range(SILOS) if silos[s].live.view_cell >= 0}
    return {s: (f.view_cell, f.view_item, f.counts[4], f.view_day) for s, f in looked.items()}


def standing(after, who):
    """Links, other's log-in, devices seen; and where he is logged in."""
    me, one = after[who]
    return one.linked, one.other_here, one.device_seen, me.logged_in


NOTHING = (0, 0, 0, 0)


# ---- who shares what -----------------------------------------------------------------------------


def test_only_the_computer_is_shared_and_only_with_a_partner():
    for partner in (0, 12):
        me = person(partner=partner)
        shared = [is_shared(me, device) for device in (AT_COMPUTER, AT_PHONE, IN_STORE)]
        assert shared == [True, False, False]
    assert not is_shared(person(partner=-1), AT_COMPUTER)


def test_a_trace_says_who_did_what_and_one_without_room_is_counted():
    on = tape(2)
    for cell in (4, 5, 6):
        leave_trace(on, person(), LOOKED, cell, 4 * cell)
    assert traces(on) == [(LOOKED, 4, 16, ID), (LOOKED, 5, 20, ID)]
    assert (on.buffers.traces, on.buffers.lost_events) == (2, 1)


# ---- in the evening ------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "other"), [(ANNA, BO), (BO, ANNA)])
def test_a_look_stands_in_both_profiles_word_for_word_and_names_nobody(who, other):
    after = evening((who, LOOKED, 4, 17))
    for one in (who, other):
        assert seen_in(after, one) == {BY_COMPUTER: (4, 17, 1, 100)}
        assert standing(after, one) == (0, 0, 1 << BY_COMPUTER, 0)
    assert seen_in(after, CARL) == {} and standing(after, CARL) == NOTHING


@pytest.mark.parametrize(("who", "other"), [(ANNA, BO), (BO, ANNA)])
def test_a_look_while_the_other_is_logged_in_is_taken_for_the_others(who, other):
    after = evening((who, LOOKED_AS_OTHER, 4, 17))
    assert seen_in(after, who) == {BY_COMPUTER: (4, 17, 1, 100)}
    assert seen_in(after, other) == dict.fromkeys((BY_COMPUTER, BY_MAIL), (4, 17, 1, 100))
    for one in (who, other):
        assert standing(after, one) == (0, 0, 1 << BY_COMPUTER, 0)


def test_the_pixel_puts_a_purchase_on_the_computers_record_in_both_profiles():
    after = evening((BO, BOUGHT, 4, 17), day=103)
    for who in (ANNA, BO):
        facts = file_of(after, who).silos[BY_COMPUTER].live
        assert (facts.buy_cell, facts.buy_item, facts.buy_day) == (4, 17, 103)
        assert (facts.counts[4], facts.orders) == (3, 1)
        silos = file_of(after, who).silos
        assert [s for s in range(SILOS) if silos[s].live.buy_cell >= 0] == [BY_COMPUTER]
    assert file_of(after, CARL).silos[BY_COMPUTER].live.buy_cell == -1


def before(**about):
    """Both are known on both of their devices, and logged in there."""
    return {"linked": BOTH_DEVICES, "device_seen": BOTH_DEVICES, "logged_in": 3} | about


@pytest.mark.parametrize(("who", "other"), [(ANNA, BO), (BO, ANNA)])
def test_a_deleted_cookie_is_gone_for_both_and_the_phones_are_their_own(who, other):
    after = evening((who, FORGOT), other_here=1, **before())
    for one in (who, other):
        assert standing(after, one) == (1 << BY_PHONE, 0, 1 << BY_PHONE, 2)
    assert standing(after, CARL) == (BOTH_DEVICES, 1, BOTH_DEVICES, 3)


def test_what_was_seen_before_the_cookie_was_deleted_is_gone_and_what_came_after_is_there():
    after = evening((ANNA, LOOKED, 4, 17), (ANNA, FORGOT))
    assert [seen_in(after, who) for who in (ANNA, BO)] == [{}, {}]
    after = evening((ANNA, FORGOT), (BO, LOOKED, 4, 17))
    for who in (ANNA, BO):
        assert seen_in(after, who) == {BY_COMPUTER: (4, 17, 1, 100)}


@pytest.mark.parametrize(("who", "other"), [(ANNA, BO), (BO, ANNA)])
def test_whoever_logs_in_is_whom_the_shop_takes_the_other_for(who, other):
    after = evening((who, LOGGED_IN), **before())
    assert standing(after, other) == (1 << BY_PHONE, 1, BOTH_DEVICES, 2)
    assert standing(after, who)[:3] == (BOTH_DEVICES, 0, BOTH_DEVICES)
    after = evening((who, LOGGED_IN), other_here=1)
    assert (standing(after, who), standing(after, other)) == ((0, 0, 0, 1), (0, 1, 0, 0))


def test_who_logs_in_last_is_logged_in_and_nobody_else():
    after = evening((ANNA, LOGGED_IN), (BO, LOGGED_IN))
    assert (standing(after, ANNA)[3], standing(after, BO)[3]) == (0, 1)
    assert standing(evening((ANNA, FORGOT), (ANNA, LOGGED_IN)), ANNA)[3] == 1


@pytest.mark.parametrize(("who", "other"), [(ANNA, BO), (BO, ANNA)])
def test_a_link_makes_the_computer_his_and_no_longer_the_others(who, other):
    after = evening((who, LINKED), other_here=1)
    assert standing(after, who) == (1 << BY_COMPUTER, 0, 0, 0)
    assert standing(after, other) == (0, 1, 0, 0)
    after = evening((who, LINKED), **before(linked=1 << BY_PHONE))
    assert standing(after, who)[:3] == (BOTH_DEVICES, 0, BOTH_DEVICES)
    assert standing(after, other) == (1 << BY_PHONE, 1, BOTH_DEVICES, 2)


def test_who_came_last_is_whom_the_shop_takes_either_for():
    for first, last in ((ANNA, BO), (BO, ANNA)):
        for kind in (LOGGED_IN, LINKED):
            after = evening((first, kind), (last, kind))
            assert file_of(after, first).other_here == 1 and file_of(after, last).other_here == 0
            assert file_of(after, first).linked == 0
            assert file_of(after, last).linked == (kind == LINKED) << BY_COMPUTER


def test_whose_partner_has_gone_leaves_traces_in_his_own_profile_alone():
    for kind in (LOOKED, LOOKED_AS_OTHER, BOUGHT, FORGOT, LOGGED_IN, LINKED):
        after = evening((CARL, kind, 4, 17), **before())
        for who in (ANNA, BO):
            assert seen_in(after, who) == {}
            assert standing(after, who) == (BOTH_DEVICES, 0, BOTH_DEVICES, 3)
    assert standing(evening((CARL, FORGOT), **before()), CARL)[0] == 1 << BY_PHONE


# ---- moving in and out ---------------------------------------------------------------------------


def used(**about):
    """The profile of somebody who used the computer: another thing on each version."""
    one = profile(**about)
    record_interest(FIRM, one, BY_COMPUTER, 2, 8, 1, 90)
    record_purchase(FIRM, one, BY_COMPUTER, 4, 17, 95)
    record_interest(FIRM, one, BY_PHONE, 6, 24, 1, 95)
    return one


def facts(version):
    names = ("view_cell", "view_item", "view_day", "buy_cell", "buy_item", "buy_day")
    return [int(getattr(version, name)) for name in names] + [int(n) for n in version.counts]


def test_a_newcomer_finds_the_computers_record_as_it_is_and_no_other():
    theirs = used(device_seen=BOTH_DEVICES)
    mine = profile(device_seen=1 << BY_PHONE)
    use_together(mine, person(), theirs)
    here, there = mine.silos[BY_COMPUTER], theirs.silos[BY_COMPUTER]
    assert facts(here.live) == facts(there.live) and facts(here.shared) == facts(there.shared)
    assert facts(here.live) != facts(here.shared)
    assert here.written == there.written == 95
    assert mine.silos[BY_PHONE].live.view_cell == -1
    assert mine.device_seen == BOTH_DEVICES and mine.linked == 0


def test_a_cookie_that_the_shop_has_not_seen_is_not_seen_by_moving_in():
    for seen in (0, 1 << BY_PHONE):
        mine = profile()
        use_together(mine, person(), profile(device_seen=seen))
        assert mine.device_seen == 0


def test_a_newcomer_is_taken_for_who_is_linked_or_logged_in_on_the_computer():
    def taken(links=0, logged_in=0):
        mine = profile()
        use_together(mine, person(logged_in=logged_in), profile(linked=links))
        return mine.other_here

    assert taken(1 << BY_COMPUTER) == taken(logged_in=1) == taken(1, 3) == 1
    assert taken() == taken(1 << BY_PHONE) == taken(logged_in=2) == 0
    mine, theirs = profile(), profile(linked=1 << BY_COMPUTER)
    use_together(mine, person(), theirs)
    assert (mine.linked, theirs.linked, theirs.other_here) == (0, 1 << BY_COMPUTER, 0)


def numbers(*given):
    return np.array(given, np.int64) if COMPILED else list(given)


def test_newcomers_are_paired_with_their_partners_and_find_their_computers():
    people = table(CUSTOMER, [person(partner=-1) for _ in range(5)])
    files = [profile() for _ in range(5)]
    files[1], files[2] = used(device_seen=1), profile(linked=1 << BY_COMPUTER)
    files = table(PROFILE, files)
    move_in(numbers(3, 0), numbers(1, 2), people, files)
    assert [row.partner for row in read(people)] == [2, 3, 0, 1, -1]
    found = [row.silos[BY_COMPUTER].live.buy_cell for row in read(files)]
    assert found == [-1, 4, -1, 4, -1]
    assert [row.other_here for row in read(files)] == [1, 0, 0, 0, 0]


def test_whoever_stays_behind_has_the_computer_for_himself():
    people = table(CUSTOMER, [person(partner=p) for p in (2, 3, 0, 1)])
    files = table(PROFILE, [profile(other_here=1, linked=1, permission=1) for _ in range(4)])
    move_out(numbers(2, 1), people, files)
    assert [row.partner for row in read(people)] == [2, -1, -1, 1]
    assert [row.other_here for row in read(files)] == [1, 0, 0, 1]
    assert all(row.linked == 1 and own(row).permission == 1 for row in read(files))
