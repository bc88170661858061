"""Claims about A/B tests: ideas are hidden, counts decide, and what is adopted stays."""

import numpy as np
import pytest
from worlds import in_words, named, world

from sim.core.compiled import COMPILED
from sim.core.records import LEDGER, SEGMENTS, TRIED
from sim.world.model import OmnichannelModel
from sim.world.trials import z_score

DRIVER = "compiled" if COMPILED else "readable"
SMALL = ("scale.customers=50", "scale.warmup_days=2", "scale.horizon_days=200")


def part(how="hypothesis", strategy="leader", **numbers):
    given = [f"company.trials.{name}={value}" for name, value in numbers.items()]
    named_one = named(strategy)
    policies = named_one.policies.model_copy(update={"tests": how})
    settings = world(*SMALL, *given)
    model = OmnichannelModel(
        settings, named_one.model_copy(update={"policies": policies}), driver=DRIVER
    )
    return model.trials


def counts(monkeypatch, ours, control, variant, tried=0, segment=0):
    """Counts (n, k) of the two arms, in one segment."""
    ledger = np.zeros(1, LEDGER)
    for arm, (n, k) in enumerate((control, variant)):
        at = (2 * tried + arm) * SEGMENTS + segment
        ledger["tried"][0, at], ledger["succeeded"][0, at] = n, k
    monkeypatch.setattr(ours.model.driver, "ledger", lambda: ledger)


def begun(ours, tried=0, days=27):
    ours.begin(tried)
    ours.model.day = ours.begun[tried] + days
    ours.model.day += (6 - ours.model.day) % 7
    return ours


def test_a_z_score_is_that_of_two_proportions_and_needs_enough_of_both():
    n, k = np.array([1000, 1000]), np.array([200, 250])
    pooled = 0.225
    assert z_score(n, k, 30) == pytest.approx(0.05 / np.sqrt(pooled * (1 - pooled) * 0.002))
    assert z_score(n, k, 201) == 0.0
    assert z_score(n, k[::-1], 30) < 0


def test_what_is_significantly_better_is_adopted_and_nothing_else(monkeypatch):
    for variant, adopted in (((1000, 250), 1), ((1000, 210), 0), ((1000, 150), 0)):
        ours = begun(part())
        before, idea = ours.appeal[0], ours.idea(0)
        counts(monkeypatch, ours, (1000, 200), variant)
        ours.close_day()
        (told,) = ours.done
        assert told.adopted == adopted and told.idea == idea
        assert ours.appeal[0] == before + adopted * idea
        assert ours.begun[0] == -1 and ours.number[0] == 1, "the next idea is another one"
        assert (told.control_n, told.control_k, *told[5:7]) == (1000, 200, *variant)
        (decision,) = [d for d in in_words(ours.model) if "idea" in d.decision]
        assert ("better" if idea > 0 else "worse") in decision.truth


def test_a_hypothesis_waits_for_its_time_and_many_looks_do_not(monkeypatch):
    for how, decided in (("hypothesis", 0), ("many_looks", 1)):
        ours = begun(part(how), days=6)
        counts(monkeypatch, ours, (1000, 200), (1000, 250))
        ours.close_day()
        assert len(ours.done) == decided
    assert ours.done[0].looks == SEGMENTS + 1


def test_many_looks_take_what_stands_out_in_any_segment(monkeypatch):
    ours = begun(part("many_looks"))
    ledger = np.zeros(1, LEDGER)
    for segment, (control, variant) in enumerate(((200, 260), (300, 240))):
        ledger["tried"][0, segment], ledger["succeeded"][0, segment] = 1000, control
        at = SEGMENTS + segment
        ledger["tried"][0, at], ledger["succeeded"][0, at] = 1000, variant
    monkeypatch.setattr(ours.model.driver, "ledger", lambda: ledger)
    ours.close_day()
    assert ours.done[0].adopted == 1, "though all together it is no better"


def test_chance_alone_is_adopted_far_more_often_by_many_looks():
    rng, found = np.random.default_rng(5), {"hypothesis": 0, "many_looks": 0}
    for _ in range(600):
        weeks = rng.binomial(200, 0.2, (4, 2, SEGMENTS))
        so_far, n = weeks.cumsum(axis=0), 200 * np.arange(1, 5)
        z = [
            [z_score(np.full(2, n[w]), so_far[w, :, s], 30) for s in range(SEGMENTS)]
            + [z_score(np.full(2, SEGMENTS * n[w]), so_far[w].sum(axis=1), 30)]
            for w in range(4)
        ]
        found["hypothesis"] += z[3][SEGMENTS] > 1.96
        found["many_looks"] += np.max(z) > 1.96
    assert 0.01 < found["hypothesis"] / 600 < 0.045, "one-sided, 2.5 %"
    assert found["many_looks"] > 5 * found["hypothesis"]


def test_as_many_tests_begin_as_the_level_says_and_none_without_them():
    def tested(how="hypothesis", strategy="leader"):
        ours = part(how, strategy)
        ours.model.run(190)
        return len(ours.done) + int((ours.begun >= 0).sum())

    a_quarter = 6.0
    assert tested() == pytest.approx(190 / 91.25 * a_quarter, abs=3)
    assert tested("none") == 0
    assert tested(strategy="immature") < 3


def test_the_same_idea_comes_up_under_every_strategy_and_another_next_time():
    one, other = part(), part(strategy="danish_average")
    assert [one.idea(k) for k in range(TRIED)] == [other.idea(k) for k in range(TRIED)]
    before = one.idea(0)
    one.number[0] += 1
    assert one.idea(0) != before


def test_what_was_new_is_usual_a_while_later():
    ours = part(half_life_days=10)
    ours.appeal[:] = 1.0
    for _ in range(10):
        ours.open_day()
    assert ours.appeal == pytest.approx([0.5] * TRIED)


def test_a_fork_goes_on_with_the_tests_and_counts_from_a_ledger_of_its_own():
    ours = part()
    ours.model.run(40)
    twin = ours.model.fork(ours.model.strategy)
    assert (twin.trials.begun == ours.begun).all() and (ours.begun >= 0).any()
    tried = int(np.flatnonzero(ours.begun >= 0)[0])
    assert [x.tolist() for x in twin.trials.results(tried)] == [
        x.tolist() for x in ours.results(tried)
    ]
    assert twin.trials.done == []
