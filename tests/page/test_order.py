"""Whose replay is next: first pictures before refinement, who has waited longest before others."""

from __future__ import annotations

from collections import defaultdict

from sim.page.choices import Choices
from sim.page.order import GROUP_SEEDS, Asked, Living, Wish, next_run
from sim.page.replays import Eve, Reached, Run

SEEDS = [1, 2, 3]


def asked(*wishes: Wish) -> list[Asked]:
    return [Asked(wish, SEEDS) for wish in wishes]


def wish(since: float, level: float = 3.0, **more) -> Wish:
    return Wish(Choices(analysis=level), since, **more)


def order(wishes, living=None, worker=0, most=200) -> list[Run]:
    """Runs in the order in which one worker would do them, each in one go."""
    living = living if living is not None else defaultdict(Living)
    found = []
    while len(found) < most and (run := next_run(wishes, living.__getitem__, {}, worker)):
        found.append(run)
        living[run].reached = Reached(run, 1.0, told={"day": 1}, done=True)
    return found


def test_one_visitor_gets_both_companies_of_the_first_world_first_and_each_replay_once():
    one = wish(1.0, why=("flows", "app"))
    found = order(asked(one))
    assert set(found[:2]) == {one.baseline(1), Run(one.choices, 1)}
    assert len(found) == len(set(found)) == len({run for _, run in one.runs(SEEDS)})
    own = [run.seed for run in found if run.choices == one.choices and not run.without]
    assert own == SEEDS


def test_everybodys_first_picture_comes_before_anybodys_second_world():
    first, later = wish(1.0, 3.0), wish(2.0, 2.0)
    found = order(asked(first, later))
    assert max(found.index(Run(w.choices, 1)) for w in (first, later)) < min(
        found.index(Run(w.choices, 2)) for w in (first, later)
    )


def test_of_equals_who_has_waited_longest_comes_first():
    early, late = wish(1.0, 3.0), wish(2.0, 2.0)
    own = [r for r in order(asked(late, early)) if r.seed == 1 and r.choices.analysis is not None]
    assert own[0].choices == early.choices


def test_who_has_no_picture_yet_goes_before_who_has_a_part_of_one():
    living = defaultdict(Living)
    early, late = wish(1.0, 3.0), wish(2.0, 2.0)
    for run in (early.baseline(1), Run(early.choices, 1)):
        living[run].reached = Reached(run, 0.2, told={"day": 28})
    run = next_run(asked(early, late), living.__getitem__, {}, 0)
    assert run == Run(late.choices, 1)


def test_a_world_in_ones_memory_is_nobody_elses_and_nobody_does_what_another_is_at():
    living = defaultdict(Living)
    one = wish(1.0)
    for run in (one.baseline(1), Run(one.choices, 1)):
        living[run].worker = 1
    assert next_run(asked(one), living.__getitem__, {}, 0).seed != 1
    assert next_run(asked(one), living.__getitem__, {}, 1).seed == 1
    living[Run(one.choices, 1)].busy = living[one.baseline(1)].busy = True
    assert next_run(asked(one), living.__getitem__, {}, 1).seed != 1


def test_two_never_live_the_same_past():
    one = wish(1.0)
    warmed_by = {Eve("base", 1): 1}
    living = defaultdict(Living)
    assert next_run(asked(one), living.__getitem__, warmed_by, 0).seed == 2
    assert next_run(asked(one), living.__getitem__, warmed_by, 1).seed == 1


def test_who_looks_at_the_same_company_shares_its_replays():
    same = asked(wish(1.0), wish(2.0))
    assert len(order(same)) == len(order(asked(wish(1.0))))


def test_groups_are_taken_out_in_few_worlds_and_what_has_failed_is_left():
    one = Wish(Choices(analysis=3.0), 1.0, ("flows",))
    runs = [run for _, run in one.runs(range(1, 9)) if run.without]
    assert [run.seed for run in runs] == list(range(1, GROUP_SEEDS + 1))
    living = defaultdict(Living)
    living[Run(one.choices, 1)].failed = "it failed"
    assert Run(one.choices, 1) not in order(asked(one), living)


def test_without_wishes_there_is_nothing_to_do():
    assert next_run([], defaultdict(Living).__getitem__, {}, 0) is None
