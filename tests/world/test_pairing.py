"""Replay, not re-roll: worlds part only where a strategy, or another person, really reached."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import (
    LIVELY,
    by_person,
    differences,
    left_behind,
    like,
    lively_strategy,
    named,
    parted,
    world,
)

import sim.world.model
from sim.core import events as ev
from sim.core.rows import joined
from sim.measures.metrics import measure
from sim.settings.strategy import Strategy
from sim.world.model import OmnichannelModel
from sim.world.population import Population
from sim.world.tally import sort_day

SMALL = (*LIVELY, "scale.customers=80", "scale.warmup_days=60", "scale.horizon_days=70")
CALM = (*SMALL, "interaction=false")
QUEUES = {"case_wait", "case_state", "desk_wait", "orders"}
AT_COMPUTER = {"partner", "logged_in"}


def calm_year(*overrides: str, banned: tuple[int, ...] = ()) -> np.ndarray:
    """All events of a world without interaction from its first day on."""
    strategy = lively_strategy()
    model = OmnichannelModel(world(*CALM, *overrides), strategy, keep_log=True, banned=banned)
    return model.fork(strategy).run().events()


def fork_and_run(model: OmnichannelModel, strategy: Strategy) -> OmnichannelModel:
    twin = model.fork(strategy)
    twin.keep_log = True
    return twin.run()


def without(events: np.ndarray, who: int) -> np.ndarray:
    return events[events["customer"] != who]


@pytest.fixture(scope="module")
def calm():
    return calm_year()


@pytest.fixture(scope="module")
def past():
    """A lively world with interaction, on the evening before its fork."""
    model = OmnichannelModel(world(*SMALL), lively_strategy(), keep_log=True)
    return model.run(model.fork_day)


# Somebody is banned, or comes in addition


@pytest.mark.parametrize("rank", [0, 1, 2])
def test_banning_one_customer_changes_nobody_elses_year_without_interaction(calm, rank):
    counts = np.bincount(calm["customer"])
    who = int(np.argsort(-counts)[rank])
    banned = calm_year(banned=(who,))
    assert not (banned["customer"] == who).any()
    assert counts[who] > 50, "the banned one had a life to miss"
    assert differences(without(calm, who), banned) == []


def test_adding_customers_changes_no_year_of_those_who_were_there_without_interaction(calm):
    more = calm_year("scale.customers=81")
    there, there_now = (events["customer"] < 80 for events in (calm, more))
    assert (more["customer"] == 80).any() and (~there).any()
    assert differences(more[there_now], calm[there]) == []


@pytest.fixture
def calm_sharing(monkeypatch):
    """A world without interaction in which people share computers all the same."""

    def population(*told):
        return Population(*told[:-1], sharing=0.8)

    monkeypatch.setattr(sim.world.model, "Population", population)
    return calm_year


@pytest.mark.parametrize("rank", [0, 1, 2])
def test_of_two_who_share_a_computer_only_the_other_is_touched_by_a_ban(calm_sharing, rank):
    whole = calm_sharing()
    counts = np.bincount(whole["customer"])
    pairs = OmnichannelModel(world(*CALM), lively_strategy()).population
    seen = np.unique(whole["customer"][whole["seen_as"] == ev.ANOTHER])  # by a cookie of theirs
    both = [
        who
        for who in np.argsort(-counts)
        if pairs.sharing[who] and counts[who ^ 1] > 50 and who ^ 1 in seen
    ]
    who = int(both[rank])
    banned = calm_sharing(banned=(who,))
    other = whole["customer"] == who ^ 1
    assert not (banned["customer"] == who).any() and counts[who] > 50
    mine = banned["customer"] == who ^ 1
    assert differences(whole[other], banned[mine]) != [], "his computer is his alone now"
    assert differences(without(whole[~other], who), banned[~mine]) == []


def test_without_interaction_nobody_shares_a_computer(calm):
    shares = OmnichannelModel(world(*SMALL), lively_strategy())
    alone = OmnichannelModel(world(*CALM), lively_strategy())
    assert shares.population.sharing.mean() > 0.6 and not alone.population.sharing.any()
    assert (shares.driver.tables()[0]["partner"][:80] >= 0).any()
    assert (alone.driver.tables()[0]["partner"][:80] == -1).all()
    assert not (calm["seen_as"][calm["kind"] == ev.WEB_VISIT] == ev.ANOTHER).any()


def day_by_day(model: OmnichannelModel):
    """Each morning the customers and profiles as they are, and then the day's events.

    What all can see is held still, so that the queues alone lead from one person to another.
    """
    model.learning = False
    while model.day < model.end_day:
        model.open_day()
        model.today["desk_minutes"] = 0.0
        people, profiles = by_person(model)
        pairs = people["partner"] >= 0
        people["partner"][pairs] = model.population.who[people["partner"][pairs]]  # ids, not places
        model.live()
        events = np.concatenate([log[:n] for log, n in model.driver.events()])
        sort_day(events)
        model.serve()
        model.keep_books()
        model.day += 1
        yield people, profiles, events


def differing(one: np.ndarray, other: np.ndarray) -> dict[int, set[str]]:
    """Rows of two tables that differ, and in which fields."""
    found: dict[int, set[str]] = {}
    for name in one.dtype.names:
        if differences(one[name], other[name]):
            for row in range(len(one)):
                if differences(one[name][row : row + 1], other[name][row : row + 1]):
                    found.setdefault(row, set()).add(name)
    return found


def test_a_ban_reaches_only_who_waits_otherwise_and_who_shares_a_computer_with_one_it_reached(past):
    who = int(np.argmax(np.bincount(past.events()["customer"])))
    worlds = [
        OmnichannelModel(world(*SMALL), lively_strategy(), banned=gone) for gone in ((), (who,))
    ]
    sharing = worlds[0].population.sharing
    reached: set[int] = {who}
    in_queues = 0
    for here, there in zip(*map(day_by_day, worlds), strict=True):
        moved = differing(here[0], there[0])
        partners = {row ^ 1 for row in reached if sharing[row]}
        for row in moved.keys() - reached - partners:
            assert moved[row] <= QUEUES, f"customer {row} was reached by something else"
            in_queues += 1
        files = differing(here[1], there[1]).keys()
        assert files <= reached | partners | moved.keys()
        for row in partners - reached:
            if row in moved or row in files:
                assert moved.get(row, set()) <= QUEUES | AT_COMPUTER
        reached |= moved.keys() | files
        ours, theirs = (e[~np.isin(e["customer"], list(reached))] for e in (here[2], there[2]))
        assert differences(ours, theirs) == [], "nobody else has lived another day"
    assert who ^ 1 in reached or not sharing[who]
    assert 5 < in_queues < len(reached) < len(here[0]) - 5, (
        "in a lively world a ban is felt in the queues"
    )


def test_with_interaction_a_ban_changes_no_draw_of_anybody_else():
    def arrivals(banned=()):
        model = OmnichannelModel(world(*SMALL), lively_strategy(), keep_log=True, banned=banned)
        events = without(model.run().events(), 5)
        new = np.isin(events["kind"], [ev.NEED_LATENT, ev.NEED_ACTIVE]) & (events["value"] == 0)
        needs = events[new]
        kinds = {
            (int(e["customer"]), int(e["need"])): (e["kind"], e["category"], e["style"])
            for e in needs
        }
        stays = events[np.isin(events["kind"], [ev.ENTERED, ev.LAPSED])]
        return kinds, stays

    (needs, stays), (needs2, stays2) = arrivals(), arrivals(banned=(5,))
    assert differences(stays, stays2) == []
    common = needs.keys() & needs2.keys()
    assert len(common) > 0.9 * len(needs)
    assert all(needs[key] == needs2[key] for key in common)


# Strategies that do the same


def test_two_identical_strategies_under_different_names_differ_by_exactly_zero(past):
    ours = like(named("leader"), "us")
    one, other = fork_and_run(past, named("leader")), fork_and_run(past, ours)
    assert parted(left_behind(one), left_behind(other)) == []
    company = past.settings.company.economics
    frames = [
        measure(twin.run_log(), company, past.catalogue["cost_oere"]) for twin in (one, other)
    ]
    values = [frame["value"].to_numpy() for frame in frames]
    assert np.array_equal(*values, equal_nan=True)
    assert np.isfinite(values[0]).any()


def touching_nobody():
    """Pairs of strategies whose difference reaches no customer, with what the world needs."""
    still = like(named("leader"), flows=False)
    yield "coupon of flows that are off", still, like(still, coupon_share=0.5), ()

    unheard = (
        "company.ladder.recognition.ask_permission=[0,0,0,0]",
        "company.ladder.recognition.ask_visitors=[0,0,0,0]",
        "market.channels.social.instagram.post_share=0",
    )
    often = like(named("leader"), newsletters_per_week=7)
    yield "newsletters to a list without addresses", named("leader"), often, unheard

    content = named("danish_average").model_dump()
    levels = content["maturity"]
    content["schedule"] = [
        {"day": 70, "maturity": levels},
        {"day": 71, "maturity": dict.fromkeys(levels, 3)},
    ]
    late = Strategy.model_validate(content)
    yield "a schedule that sets in after the end", named("danish_average"), late, ()

    cheap = like(named("leader"), stores=False, pickup_in_store=False, return_in_store=False)
    yield "a store fee without stores", cheap, like(cheap, store_return_fee_dkk=200), ()


@pytest.mark.parametrize(
    ("one", "other", "overrides"),
    [case[1:] for case in touching_nobody()],
    ids=[case[0] for case in touching_nobody()],
)
def test_what_touches_nobody_changes_nobody(one, other, overrides):
    assert one != other
    model = OmnichannelModel(world(*SMALL, *overrides), one)
    model.run(model.fork_day)
    here, there = fork_and_run(model, one), fork_and_run(model, other)
    assert len(here.events()) > 1000
    assert differences(here.events(), there.events()) == []
    assert (here.fingerprint == there.fingerprint).all()


def test_a_strategy_that_touches_somebody_does_change_somebody(past):
    one, other = fork_and_run(past, named("leader")), fork_and_run(past, named("immature"))
    assert (one.fingerprint != other.fingerprint).any()


# Forks


@pytest.fixture(scope="module")
def unforked():
    """The lively strategy from the first day to the last, without a fork."""
    return OmnichannelModel(world(*SMALL), lively_strategy(), keep_log=True).run()


@given(day=st.integers(0, 130))
@settings(max_examples=6)
def test_a_fork_into_the_same_strategy_on_any_day_is_going_on(unforked, day):
    parent = OmnichannelModel(world(*SMALL), lively_strategy(), keep_log=True).run(day)
    twin = parent.fork(lively_strategy())
    twin.log = list(parent.log)
    twin.run()
    twin.fingerprint = unforked.fingerprint  # counts from the fork
    assert parted(left_behind(unforked), left_behind(twin)) == []
    whole = joined([twin.journal.before, twin.journal.array()])
    assert differences(whole, unforked.journal.array()) == []


def test_a_past_gives_the_same_forks_packed_and_brought_back_from_a_file():
    parent = OmnichannelModel(world(*SMALL), lively_strategy()).run(60)
    before = left_behind(fork_and_run(parent, named("leader")))
    past = parent.past().pack()
    for kept in (past, pickle.loads(pickle.dumps(past)), past):
        assert parted(before, left_behind(fork_and_run(kept, named("leader")))) == []


@given(day=st.integers(1, 129))
@settings(max_examples=4)
def test_a_fork_leaves_its_parent_as_it_was(unforked, day):
    parent = OmnichannelModel(world(*SMALL), lively_strategy(), keep_log=True).run(day)
    before = {name: array.copy() for name, array in left_behind(parent).items()}
    parent.fork(named("immature")).run()
    assert parted(before, left_behind(parent)) == []
    parent.run()
    assert parted(left_behind(unforked), left_behind(parent)) == []
    assert parent.staffed() == unforked.staffed()
