"""Claims about copying rows, and about tables that grow."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.rows import Packed, copied, drained, joined, lengthened, picked, roomy

PAIR = np.dtype([("day", "i4"), ("worth", "f8")], align=True)


def table(n):
    rows = roomy(n, PAIR)
    rows["day"], rows["worth"] = np.arange(n), np.arange(n) / 2
    return rows


def test_rows_are_copied_joined_and_picked_as_numpy_would():
    rows = table(5)
    assert (copied(rows) == rows).all() and not np.shares_memory(copied(rows), rows)
    assert (joined([rows, rows[:2]]) == np.concatenate([rows, rows[:2]])).all()
    assert (picked(rows, rows["day"] > 2) == rows[3:]).all()


def test_a_table_grows_into_its_room_and_is_copied_when_that_is_used_up():
    rows = table(10)
    longer = lengthened(rows, 5)
    assert np.shares_memory(longer, rows)
    longest = lengthened(longer, 5)
    assert not np.shares_memory(longest, rows)
    for grown, more in ((longer, 5), (longest, 10)):
        assert (grown[:10] == rows).all() and (grown[10:] == np.zeros(more, PAIR)).all()


def test_a_copy_has_room_of_its_own():
    rows = table(10)
    twin = lengthened(copied(rows), 2)
    twin["day"] = -1
    assert (rows["day"] == np.arange(10)).all()
    assert (lengthened(rows, 2)["day"][10:] == 0).all()


@pytest.mark.parametrize("words", [3, 8, 1 << 22])
def test_a_packed_table_comes_back_byte_for_byte_and_takes_less_meanwhile(words, monkeypatch):
    monkeypatch.setattr(Packed, "WORDS", words)
    rows = table(1000)
    rows["worth"][1::2], rows["day"][::3] = 0, 0
    waiting = Packed(rows)
    assert waiting.nbytes < 0.6 * rows.nbytes
    twin = copied(waiting, 3)
    assert twin[:1000].tobytes() == rows.tobytes() and (twin[1000:] == np.zeros(3, PAIR)).all()
    assert np.shares_memory(lengthened(twin, 2), twin)


def test_what_is_drained_is_joined_and_let_go():
    parts = [table(3), table(2)]
    assert (drained(parts) == joined([table(3), table(2)])).all() and parts == []


def test_a_table_without_room_is_copied():
    rows = np.zeros(4, PAIR)
    assert len(lengthened(rows, 2)) == 6 and not np.shares_memory(lengthened(rows, 2), rows)
    mine = table(4).view(f"V{PAIR.itemsize}").view(PAIR)
    assert len(lengthened(mine, 1)) == 5
