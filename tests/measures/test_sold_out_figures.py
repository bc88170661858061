"""Claims about the figures of what is sold out, on logs by hand."""

from __future__ import annotations

import numpy as np
import pytest
from test_metrics import event, tiny_run

from sim.core import events as ev
from sim.measures.stock import SOLD_OUT, sold_out_figures

near = pytest.approx


def looked(value, who=0, need=1):
    return event(ev.SOLD_OUT, 400, who, channel=ev.WEB, value=float(value), need=need)


def bought(kind=ev.WEB_ORDER, who=0, need=1):
    return event(kind, 420, who, 100, channel=ev.WEB, need=need)


def test_looks_are_told_apart_by_whether_something_else_would_do():
    log = [event(ev.WEB_VISIT, 400, 0, channel=ev.DIRECT) for _ in range(10)]
    log += [looked(ev.NOT_SO_GOOD)] * 3 + [looked(ev.NOTHING_ELSE)] + [looked(ev.IN_THE_BASKET)]
    log += [looked(ev.NOTHING_ELSE), event(ev.ASKED_TO_BE_TOLD, 400, 0, need=1)]
    figures = sold_out_figures(tiny_run(log))
    assert figures["sold out"] == near(50.0), "what lay in the basket is looked at again"
    assert figures["nothing else"] == near(2 / 5) and figures["asked to be told"] == near(1 / 2)


def test_a_wish_is_met_after_all_by_a_sale_for_the_same_need_of_the_same_person():
    missed = [looked(ev.NOTHING_ELSE), looked(ev.NOTHING_ELSE), looked(ev.NOTHING_ELSE, 1, 1)]
    for more, met in (
        ([], 0.0),
        ([bought()], 0.5),
        ([bought(ev.STORE_SALE), bought(who=1)], 1.0),
        ([bought(need=2), bought(ev.COMPETITOR_SALE)], 0.0),
    ):
        assert sold_out_figures(tiny_run([*missed, *more]))["met after all"] == met
    taken = [looked(ev.NOT_SO_GOOD), bought()]
    assert np.isnan(sold_out_figures(tiny_run(taken))["met after all"])


def test_every_figure_is_measured():
    assert set(sold_out_figures(tiny_run([]))) == set(SOLD_OUT)
