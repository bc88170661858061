"""Pictures: paired differences, intervals from three worlds on, and only of what is whole."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from sim.measures.statistics import paired
from sim.page.choices import Choices
from sim.page.figures import FIGURES
from sim.page.order import Living, Wish
from sim.page.pictures import picture
from sim.page.replays import Reached, Run

SEEDS = [1, 2, 3, 4]
WISH = Wish(Choices(analysis=3.0), 0.0, ("flows",))


def told(value: float, day: int = 365, kept: float | None = 1.0) -> dict:
    return {"day": day, "figures": {name: [value] * 3 for name in FIGURES}, "kept": kept}


def states(done: dict[Run, float], parts: dict[Run, Reached] | None = None):
    living = defaultdict(Living)
    for run, value in done.items():
        living[run] = Living(reached=Reached(run, 1.0, told=told(value), done=True, streams=[]))
    for run, reached in (parts or {}).items():
        living[run] = Living(reached=reached)
    return living.__getitem__


def both(ours, theirs):
    found = {Run(WISH.choices, s): v for s, v in zip(SEEDS, ours, strict=False)}
    return found | {WISH.baseline(s): v for s, v in zip(SEEDS, theirs, strict=False)}


def test_before_anything_is_lived_there_is_no_figure():
    found = picture(WISH, SEEDS, states({}))
    assert found["worlds"] == 0 and "figures" not in found and found["warming"] == 0.0


def test_a_past_that_is_being_lived_says_how_far_it_is():
    run = WISH.baseline(1)
    found = picture(WISH, SEEDS, states({}, {run: Reached(run, 0.4, warming=True)}))
    assert found["warming"] == 0.4


def test_the_first_picture_compares_both_companies_up_to_the_same_day():
    ours, theirs = Run(WISH.choices, 1), WISH.baseline(1)
    marks = [told(10.0, 28), told(20.0, 56), told(30.0, 84)]
    parts = {
        ours: Reached(ours, 0.15, told=told(25.0, 56)),
        theirs: Reached(theirs, 1.0, told=told(99.0), marks=marks, done=True),
    }
    found = picture(WISH, SEEDS, states({}, parts))
    row = found["figures"]["net_revenue"]["all"]
    assert (row["ours"], row["average"]) == (25.0, 20.0)
    assert row["difference"] == [5.0, None, None], "no interval is claimed of one world"
    assert found["lived"] == 0.15 and found["worlds"] == 0


def test_nothing_is_compared_where_the_average_has_not_come_so_far():
    ours, theirs = Run(WISH.choices, 1), WISH.baseline(1)
    parts = {
        ours: Reached(ours, 0.15, told=told(25.0, 56)),
        theirs: Reached(theirs, 0.1, told=told(10.0, 28), marks=[told(10.0, 28)]),
    }
    assert "figures" not in picture(WISH, SEEDS, states({}, parts))


@pytest.mark.parametrize("worlds", [1, 2, 3, 4])
def test_intervals_are_student_t_over_worlds_paired_and_claimed_from_three_on(worlds):
    ours, theirs = [12.0, 9.0, 14.0, 11.0][:worlds], [10.0, 8.0, 9.0, 10.0][:worlds]
    found = picture(WISH, SEEDS, states(both(ours, theirs)))
    mean, low, high = found["figures"]["nps"]["shoppers"]["difference"]
    assert found["worlds"] == worlds and mean == pytest.approx(np.mean(ours) - np.mean(theirs))
    if worlds < 3:
        assert low is None and high is None
    else:
        assert (low, high) == pytest.approx(paired(ours, theirs)[1:])


def test_a_world_counts_only_where_both_companies_have_lived_it():
    done = both([12.0, 9.0, 14.0], [10.0, 8.0])
    assert picture(WISH, SEEDS, states(done))["worlds"] == 2


def test_a_figure_that_is_undefined_in_a_world_has_no_interval_from_the_others_alone():
    living = states(both([1.0, 2.0, 3.0], [0.0, 0.0, 0.0]))
    living(Run(WISH.choices, 2)).reached.told["figures"]["nps"] = [None] * 3
    found = picture(WISH, SEEDS, living)["figures"]["nps"]["all"]
    assert found["ours"] is None and found["difference"] == [None, None, None]


def test_each_return_offer_stands_beside_what_the_documents_say():
    mail = WISH.choices.model_copy(update={"returns": "mail"})
    done = {Run(mail, seed): 0.0 for seed in SEEDS}
    living = states(done)
    for seed, kept in zip(SEEDS, (0.7, 0.8, 0.9, 0.8), strict=True):
        living(Run(mail, seed)).reached.told["kept"] = kept
    found = picture(WISH, SEEDS, living)["returns"]
    assert [found[arm]["documents"] for arm in found] == [0.77, 0.95, 1.07]
    assert found["mail"]["kept"][0] == pytest.approx(0.8) and found["mail"]["worlds"] == 4
    assert found["pickup"]["kept"] == [None, None, None]


def test_what_a_group_does_is_what_is_missing_without_it():
    done = both([12.0, 9.0, 14.0], [0.0] * 3)
    done |= {
        Run(WISH.choices, s, "flows"): v for s, v in zip(SEEDS[:3], (10.0, 8.0, 11.0), strict=True)
    }
    found = picture(WISH, SEEDS, states(done))["why"]["flows"]
    assert found["worlds"] == 3 and found["net_revenue"][0] == pytest.approx(2.0)
    assert found["net_revenue"][1] is not None


def test_a_replay_that_failed_is_said_instead_of_a_picture():
    living = states(both([1.0], [0.0]))
    living(Run(WISH.choices, 2)).failed = "it failed"
    found = picture(WISH, SEEDS, living)
    assert found["failed"] == "it failed" and "figures" not in found
