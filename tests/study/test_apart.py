"""A difference taken apart, in small lively worlds: arms are what they say, to the last event."""

from __future__ import annotations

import numpy as np
import pytest

from sim.measures import carries as by
from sim.measures.accounts import OF_MATURITY
from sim.measures.carries import CARRIED
from sim.settings.load import load
from sim.settings.market import with_numbers
from sim.study import apart
from sim.study.apart import with_groups_of
from sim.study.replay import compare
from sim.study.results import dictionary, tables
from sim.world.model import OmnichannelModel

SMALL = (
    "scale.customers=300",
    "scale.warmup_days=60",
    "scale.horizon_days=90",
    "scale.seeds=2",
    "scale.workers=1",
    "market.people.need_rate_year=40",
    "market.people.permission_intercept=3",
)
BOUNDS = ("feeling.repeat_cost 0", "feeling.repeat_cost 0.14")
# a strategy that differs from the average in levels, in policies, and changes on its way
MINE = (
    "variants.mine={from: danish_average, maturity: {communication: 2, recognition: 3}, "
    "schedule: [{day: 40, maturity: {communication: 3, collection: 3, organisation: 2.5}}], "
    "policies: {newsletters_per_week: 3, coupon_share: 0.3, pickup_in_store: false, "
    "purchase_pixel: true}}"
)


@pytest.fixture(scope="module")
def run():
    """Settings, and the strategies: average, leader, mine."""
    settings, strategies = load([*SMALL, MINE, "strategies=[danish_average,leader,mine]"])
    return settings, strategies


@pytest.fixture(scope="module")
def lived(run):
    """A world under a strategy after the common past, to its end."""
    settings, strategies = run
    past = OmnichannelModel(settings, strategies[0], 3).run(settings.scale.warmup_days)

    def live(strategy) -> OmnichannelModel:
        world = past.fork(strategy)
        world.keep_log = True
        return world.run()

    return live


def same(one: OmnichannelModel, other: OmnichannelModel) -> bool:
    return one.events().tobytes() == other.events().tobytes()


@pytest.mark.parametrize("name", ["leader", "mine"])
def test_all_groups_put_back_are_the_first_and_all_raised_the_second(run, lived, name):
    settings, strategies = run
    first, second = strategies[0], next(s for s in strategies if s.name == name)
    groups = list(settings.company.groups)
    back = with_groups_of(second, first, groups, settings.company)
    raised = with_groups_of(first, second, groups, settings.company)
    one, other = lived(first), lived(second)
    assert not same(one, other), "there is a difference to take apart"
    assert same(lived(back), one)
    assert same(lived(raised), other)


def test_what_maturity_costs_stays_that_of_the_arm_s_own_levels(run, lived):
    settings, (average, leader, _) = run
    groups = list(settings.company.groups)
    back = lived(with_groups_of(leader, average, groups, settings.company))
    own, arm = lived(leader).run_log().upkeep_dkk, back.run_log().upkeep_dkk
    assert 0.95 * own <= arm <= own, "but for the A/B tests that it does not run"
    assert arm > 2 * lived(average).run_log().upkeep_dkk


def test_an_arm_moves_its_group_s_policies_and_no_others(run):
    settings, (average, _, mine) = run
    arm = with_groups_of(mine, average, ["mass_newsletter"], settings.company).policies
    assert arm.newsletters_per_week == average.policies.newsletters_per_week
    assert (arm.coupon_share, arm.pickup_in_store) == (0.3, False)


def test_groups_in_which_the_two_do_not_differ_are_left_out(run):
    settings, strategies = run
    pair = settings.carries.model_copy(update={"pair": ("danish_average", "leader")})
    chosen = settings.model_copy(update={"carries": pair})
    found = {arm.group for arm in apart.arms(chosen, strategies)}
    groups = {by.WHOLE, *settings.company.groups} - {"personal_shop", "offers", "prices"}
    assert found == groups | set(BOUNDS)
    assert apart.arms(settings, strategies) == [], "no pair, no arms"


@pytest.mark.parametrize(
    ("carries", "people", "seeds", "days"),
    [((), 300, 2, 90), (("carries.customers=50", "carries.seeds=1"), 50, 1, 90)],
)
def test_the_sample_is_as_stated_and_never_larger_than_the_run(carries, people, seeds, days):
    settings, _ = load([*SMALL, *carries])
    scale = apart.sampled(settings).scale
    assert (scale.customers, scale.seeds, scale.horizon_days) == (people, seeds, days)
    assert scale.warmup_days == settings.scale.warmup_days


@pytest.fixture(scope="module")
def compared():
    """A comparison whose two strategies differ in two disciplines, and so in five groups."""
    ours = "variants.us={from: danish_average, maturity: {recognition: 3, measurement: 3}}"
    settings, strategies = load(
        [*SMALL, ours, "strategies=[danish_average,us]", "carries.pair=[danish_average,us]"]
    )
    return compare(settings, strategies, quiet=True)


def test_on_a_sample_as_large_as_the_run_the_total_is_the_run_s_own_difference(compared):
    total = compared.carries[compared.carries["effect"] == by.TOTAL].set_index("measure")["mean"]
    own = compared.differences[compared.differences["segment"] == "all"]
    own = own.set_index("metric")["mean"]
    for measure in set(CARRIED) & set(own.index):
        assert total[measure] == pytest.approx(own[measure], nan_ok=True), measure
    before = own["contribution"] + own[list(OF_MATURITY)].sum()
    assert total["contribution_before_upkeep"] == pytest.approx(before)
    assert abs(total["gross_revenue"]) > 0


def test_at_a_bound_people_live_by_the_other_number_from_the_fork_on(run, lived):
    settings, strategies = run
    pair = settings.carries.model_copy(update={"pair": ("danish_average", "leader")})
    found = apart.arms(settings.model_copy(update={"carries": pair}), strategies)
    last = found[-4:]
    assert [arm.assumed[1] for arm in last] == [0.0, 0.0, 0.14, 0.14]
    assert [arm.kind for arm in last] == [by.FIRST, by.SECOND] * 2
    past = OmnichannelModel(settings, strategies[0], 3).run(settings.scale.warmup_days)
    satisfied = []
    for value in (0.0, settings.market.feeling.repeat_cost, 1.0):
        world = past.fork(strategies[0])
        world.meet(with_numbers(settings.market, {"feeling.repeat_cost": value}))
        world.keep_log = True
        world.run()
        satisfied.append(world.run_log().people["satisfaction"].mean())
        assert same(world, lived(strategies[0])) == (0.0 < value < 1.0)
    assert satisfied == sorted(satisfied, reverse=True) and satisfied[0] > satisfied[2]


def test_the_total_at_a_bound_stands_in_the_table(compared):
    at = compared.carries[compared.carries["effect"] == by.AT_BOUND]
    assert set(at["group"]) == set(BOUNDS) and set(at["measure"]) == set(CARRIED)


def test_groups_whose_levels_are_alike_carry_nothing_and_are_not_told(compared):
    groups = set(compared.carries["group"])
    told = {"recognition", "app", "mass_newsletter", "advertising", "testing", "service", "store"}
    assert groups == {by.WHOLE, *BOUNDS} | told
    finite = compared.carries[["mean", "low", "high"]].notna().all(axis=1)
    undefined = compared.carries["measure"] == "retention_12m"
    assert (finite | undefined).all(), "retention needs a year"


def test_the_table_is_in_the_run_folder_with_every_name_defined(compared):
    table = tables(compared)["carries"]
    told = dictionary(compared.settings)
    names = set(told["name"][told["table"] == "carries"])
    assert set(table["measure"]) | set(table["effect"]) <= names
    assert set(table["group"]) - {by.WHOLE} <= names
    assert not told.duplicated(["table", "name"]).any()
    assert "what carries it" in set(compared.timings["phase"])
    units = table.drop_duplicates("measure").set_index("measure")["unit"]
    assert dict(units) == {name: row.unit for name, row in CARRIED.items()}


def test_without_a_pair_nothing_is_taken_apart():
    settings, strategies = load([*SMALL, "scale.horizon_days=10", "strategies=[danish_average]"])
    found = compare(settings, strategies, quiet=True)
    assert found.carries.empty and "carries" not in tables(found)
    assert np.isfinite(found.levels["mean"]).any()
