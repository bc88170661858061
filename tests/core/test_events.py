"""Claims about the table of events: one row a kind, read by everything that looks at events."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core import events as ev
from sim.world import tally


def test_every_kind_of_event_has_one_row_under_the_name_of_its_code():
    for code, kind in ev.TABLE.items():
        assert (kind.code, getattr(ev, kind.name.upper())) == (code, code)
        assert kind.what and set(kind.fields) <= set(ev.EVENT.names)
        assert kind.counted_by in tally.BY and kind.kept in (
            "",
            ev.ALWAYS,
            ev.OF_NEEDS,
            ev.OF_FLOWS,
        )


def test_every_field_of_an_event_is_described():
    assert list(ev.EVENT.names) == sorted(ev.FIELDS, key=list(ev.EVENT.names).index)


def test_a_code_is_given_once_and_fits_the_tally():
    for code in (ev.WEB_ORDER, 0, ev.CAPACITY):
        with pytest.raises(ValueError, match="is taken or not between 1 and 111"):
            ev._kind(code, "another", "happened again")
    assert len(ev.KINDS) == len(ev.TABLE) and max(ev.TABLE) < ev.CAPACITY


def test_tally_and_journal_follow_the_table():
    """A sale is counted by its value and always kept; a clicked ad only where it serves a need, a
    mail only of a flow."""
    assert tally.SLOT_BY[ev.STORE_SALE] == tally.BY_VALUE
    assert tally.SLOT_BY[ev.MAIL_SENT] == tally.BY_ORDER
    assert tally.SLOT_BY[ev.ENTERED] == tally.BY_NOTHING
    rows = np.zeros(6, ev.EVENT)
    rows["kind"][:4] = ev.STORE_SALE, ev.AD_CLICKED, ev.AD_CLICKED, ev.AD_SHOWN
    rows["kind"][4:], rows["order"] = ev.MAIL_SENT, (0, 0, 0, 0, ev.NEWSLETTER, 1)
    rows["need"] = -1, -1, 3, 3, -1, -1
    journal = tally.Journal()
    journal.add(rows, len(rows))
    kept = journal.array()
    assert kept["kind"].tolist() == [ev.STORE_SALE, ev.AD_CLICKED, ev.MAIL_SENT]
    assert kept["order"][-1] == 1
