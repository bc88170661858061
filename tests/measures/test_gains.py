"""Claims about where a gain comes from: each origin on one need, and the sum on any."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_metrics import END, FORK, SIMPLE, event, measure, tiny_run
from test_metrics import ITEM_COST as COST

from sim.core import events as ev
from sim.measures.gains import changed, customer_differences, decompose

OPENED = event(ev.NEED_ACTIVE, 390, 0, need=1)
WEB = event(ev.WEB_ORDER, 400, 0, 100, need=1)
STORE = event(ev.STORE_SALE, 410, 0, 130, need=1)
ELSEWHERE = event(ev.COMPETITOR_SALE, 420, 0, 90, need=1)
DIED = event(ev.NEED_DIED, 450, 0, need=1)


def origins(here, there, segment="all", **given):
    frame = decompose(tiny_run(here, **given), tiny_run(there, **given))
    own = frame[(frame["segment"] == segment) & (frame["oere"] != 0)]
    return dict(zip(own["origin"], own["oere"], strict=True))


@pytest.mark.parametrize(
    ("here", "there", "origin", "oere"),
    [
        ([OPENED, WEB], [OPENED, ELSEWHERE], "from competitor", 10_000),
        ([OPENED, WEB], [OPENED, DIED], "new demand", 10_000),
        ([OPENED, WEB], [], "new demand", 10_000),
        ([OPENED, WEB], [OPENED], "pulled forward", 10_000),
        ([event(ev.NEED_WOKEN, 390, 0, need=1), WEB], [], "new demand", 10_000),
        ([WEB], [event(ev.NEED_WOKEN, 500, 0, need=1)], "pulled forward", 10_000),
        ([OPENED, STORE], [OPENED, WEB], "moved between own channels", 3_000),
        ([OPENED, WEB, STORE], [OPENED, STORE], "moved between own channels", 10_000),
        ([OPENED, WEB], [OPENED, WEB | {"amount_oere": 8_000}], "same need, other basket", 2_000),
        ([WEB | {"need": -1}], [], "new demand", 10_000),
    ],
)
def test_what_became_of_the_need_in_the_other_world_names_the_origin(here, there, origin, oere):
    assert origins(here, there) == {origin: oere}
    assert origins(there, here) == {origin: -oere}  # and the loss is its mirror image


def test_a_need_whose_owner_left_was_not_pulled_forward():
    assert origins([OPENED, WEB], [OPENED], spans={0: (0, 600)}) == {"new demand": 10_000}


def test_everybody_leaves_for_himself():
    here, there = [[e | {"customer": 1} for e in log] for log in ([OPENED, WEB], [OPENED])]
    assert origins(here, there, spans={1: (0, 600)}) == {"new demand": 10_000}
    assert origins(here, there, spans={0: (0, 600)}) == {"pulled forward": 10_000}


def test_a_need_that_was_there_on_day_0_was_pulled_forward():
    opened = OPENED | {"day": 0}
    assert origins([opened, WEB], [opened]) == {"pulled forward": 10_000}


def test_a_segment_without_anybody_has_no_figures_a_year():
    frame = decompose(tiny_run([WEB], [(1, 0.5, 0.5)]), tiny_run([], [(1, 0.5, 0.5)]))
    assert frame[frame["segment"] == "buyers"]["dkk"].isna().all()
    short = {"spans": {0: (0, FORK + 73), 1: (0, FORK)}}
    frame = decompose(tiny_run([OPENED, WEB], **short), tiny_run([], **short))
    assert frame[frame["segment"] == "shoppers"]["dkk"].sum() == 100 / 0.2


def test_a_sale_that_both_worlds_made_before_the_fork_is_no_gain():
    before = [event(ev.WEB_ORDER, 300, 0, 500, need=1)]
    assert origins(before, before) == {}
    assert origins([*before, STORE], before) == {"moved between own channels": 13_000}


def test_segments_are_those_of_the_customers():
    here = [OPENED, WEB, event(ev.STORE_SALE, 400, 1, 70, need=1)]
    assert origins(here, [], "shoppers") == {"new demand": 10_000}
    assert origins(here, [], "buyers") == {"new demand": 7_000}


def test_identical_worlds_gain_exactly_nothing():
    log = [OPENED, WEB, STORE, ELSEWHERE]
    assert origins(log, log) == {}
    assert changed(tiny_run(log), tiny_run(log)) == (0, 0)


def test_other_seeds_or_horizons_are_refused():
    with pytest.raises(ValueError, match="seed"):
        decompose(tiny_run([]), tiny_run([], seed=2))
    with pytest.raises(ValueError, match="end"):
        decompose(tiny_run([]), tiny_run([], end=END - 1))


def test_changed_tells_anything_from_purchases():
    base = [WEB, event(ev.WEB_ORDER, 400, 1, 50)]
    looked = [*base, event(ev.WEB_VISIT, 401, 1)]
    bought = [WEB | {"amount_oere": 9_900}, base[1]]
    assert changed(tiny_run(looked), tiny_run(base)) == (0.5, 0)
    assert changed(tiny_run(bought), tiny_run(base)) == (0.5, 0.5)


def test_changed_counts_only_people_who_were_there():
    spans = {1: (0, FORK)}
    run, base = tiny_run([WEB], spans=spans), tiny_run([], spans=spans)
    assert changed(run, base) == (1, 1)


KINDS = [
    ev.NEED_ACTIVE,
    ev.NEED_WOKEN,
    ev.NEED_DIED,
    ev.COMPETITOR_SALE,
    ev.WEB_ORDER,
    ev.STORE_SALE,
]
LOGS = st.lists(
    st.builds(
        event,
        st.sampled_from(KINDS),
        st.integers(0, END - 1),
        st.integers(0, 3),
        st.integers(0, 10**6).map(lambda oere: oere / 100),
        need=st.integers(-1, 4),
    ),
    max_size=40,
)


@settings(max_examples=100, deadline=None)
@given(LOGS, LOGS, st.integers(FORK - 50, END + 50))
def test_origins_sum_to_the_gross_difference_to_the_oere(here, there, leave):
    people, spans = [(0, 0.5, 0.5), (1, 0.5, 0.5)] * 2, {2: (0, leave)}
    run, base = tiny_run(here, people, spans=spans), tiny_run(there, people, spans=spans)
    sums = decompose(run, base).groupby("segment")[["oere", "dkk"]].sum()
    gross = [
        world.tally.amount[:, ev.WEB_ORDER] + world.tally.amount[:, ev.STORE_SALE]
        for world in (run, base)
    ]
    difference = gross[0] - gross[1]
    assert sums["oere"].to_dict() == {
        "all": difference.sum(),
        "buyers": difference[0],
        "shoppers": difference[1],
    }
    yearly = [
        measure(world, SIMPLE, COST)
        .query("metric == 'gross_revenue'")
        .set_index("segment")["value"]
        for world in (run, base)
    ]
    for segment in sums.index:
        assert sums["dkk"][segment] == pytest.approx(
            yearly[0][segment] - yearly[1][segment], abs=1e-6
        )


def test_a_persons_difference_is_his_own_money_in_both_worlds():
    back = event(ev.REFUNDED, 430, 0, 100, need=1)
    here, there = tiny_run([OPENED, WEB, back]), tiny_run([OPENED, STORE])
    found = customer_differences(here, there).set_index("customer")
    assert found.loc[0, ["gross_oere_here", "gross_oere_base"]].tolist() == [10_000, 13_000]
    assert found.loc[0, ["refunds_oere_here", "refunds_oere_base"]].tolist() == [10_000, 0]
    assert found["gross_difference_oere"].sum() == -3_000
    assert found["changed"].tolist() == [True] + [False] * (len(found) - 1)
    with pytest.raises(ValueError, match="one seed"):
        customer_differences(here, tiny_run([OPENED], seed=here.seed + 1))
