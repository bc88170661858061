"""Claims about how media money is steered."""

import numpy as np
import pytest

from sim.company.media_plan import PROSPECTING, RETARGETING, SEARCH, MediaPlan, shrunk
from sim.settings.channels import Pacing
from sim.settings.company import Steering

KINDS = np.array([PROSPECTING, RETARGETING, SEARCH])
PACING, STEERING = Pacing(), Steering()
MOST_OFTEN = PACING.slots_most


def planned(budget=100.0, pacing=PACING, **rule):
    return MediaPlan(budget, KINDS, pacing, STEERING.model_copy(update=rule))


def steered(
    by_click, by_holdout, treated=900.0, held=100.0, credit=(10, 10, 10), periods=6, **rule
):
    plan = planned(**rule)
    for _ in range(periods):
        plan.book(np.array([100.0, 100.0, 100.0]))
        plan.steer(np.array(credit, float), 0.5, by_click, by_holdout, treated, held, 0.1)
    return plan


def test_without_a_measure_the_split_stays_even():
    assert steered(0, 0, credit=(500, 0, 0)).split == pytest.approx([1 / 3] * 3)


def test_last_click_moves_money_to_whoever_was_clicked_last():
    split = steered(1, 0, credit=(20, 500, 20)).split
    assert split[1] > 0.8 and split.sum() == pytest.approx(1)


def test_a_holdout_sees_through_clicks_that_changed_nothing():
    plan = steered(0, 1, credit=(20, 500, 20), treated=900, held=100)
    assert plan.split[1] == pytest.approx(plan.split[0]), "clicks alone prove nothing"
    assert plan.level[0] < 0.5, "ads that sell nothing are cut"


def test_a_proof_may_raise_what_is_spent():
    plan = steered(0, 1, treated=3000, held=100)
    assert plan.level[0] > 1.5 and plan.level[2] == 1


def test_noisy_readings_are_shrunk_towards_a_krone_for_a_krone():
    quiet, noisy = [2.9, 3.1, 3.0, 3.0], [-7.0, 13.0, -6.0, 12.0]
    assert shrunk(quiet, STEERING) == pytest.approx(3.0, abs=0.1)
    assert abs(shrunk(noisy, STEERING) - 1) < 0.5
    assert shrunk([9.0], STEERING) == 1.0, "one reading proves nothing"


def test_money_that_a_full_channel_cannot_take_goes_to_the_others():
    plan = planned(90.0)
    plan.rate = np.array([0.1, MOST_OFTEN, 0.1])
    plan.book(np.array([210.0, 10.0, 210.0]))
    plan.pace(7)
    assert plan.rate == pytest.approx([0.1 * 310 / 210, MOST_OFTEN, 0.1 * 310 / 210])


# ---- pacing ------------------------------------------------------------------------------------


def paced(spent, rate=(0.2, 0.2, 0.2), days=7, pacing=PACING, **about):
    plan = planned(90.0, pacing)
    for name, value in about.items():
        setattr(plan, name, np.array(value, float))
    plan.rate = np.array(rate)
    plan.book(np.array(spent, float))
    plan.pace(days)
    return plan


def test_platforms_show_more_often_what_underspent_and_less_often_what_overspent():
    assert paced([420, 210, 280]).rate == pytest.approx([0.1, 0.2, 0.15])


def test_a_change_of_pace_is_at_most_half_or_twice():
    assert paced([9000, 1, 0]).rate == pytest.approx([0.1, 0.4, 0.4])


def test_an_ad_can_win_most_slots_but_not_all_and_is_never_quite_gone():
    assert paced([100, 210, 210], rate=(0.8, 0.2, 0.2)).rate[0] == MOST_OFTEN
    assert paced([9000, 210, 210], rate=(0.003, 0.2, 0.2)).rate[0] == 0.002


def test_every_week_is_paced_by_its_own_spending():
    plan = paced([420, 210, 210])
    assert plan.spent.tolist() == [0, 0, 0]
    plan.book(np.array([105.0, 210, 210]))
    plan.pace(7)
    assert plan.rate == pytest.approx([0.2, 0.2, 0.2])


def test_what_a_proof_cuts_is_not_spent_elsewhere():
    assert paced([210, 210, 210], level=[0.5, 1, 1]).rate == pytest.approx([0.1, 0.2, 0.2])


def test_where_all_channels_are_full_the_rest_stays_unspent():
    full = (MOST_OFTEN,) * 3
    assert paced([100, 100, 100], rate=full).rate == pytest.approx(full)


def test_a_channel_at_its_limit_that_spends_its_share_passes_nothing_on():
    plan = paced([210, 210, 210], rate=(0.2, MOST_OFTEN, 0.2))
    assert plan.rate == pytest.approx([0.2, MOST_OFTEN, 0.2])


def test_what_is_passed_on_goes_by_the_split_of_the_others():
    plan = paced([315, 10, 105], rate=(0.2, MOST_OFTEN, 0.2), split=[0.5, 1 / 3, 1 / 6])
    assert plan.rate == pytest.approx([0.2 * (315 + 150) / 315, MOST_OFTEN, 0.2 * 155 / 105])


def test_how_fast_and_how_far_platforms_move_is_a_setting():
    other = Pacing(
        slots_first=(0.1, 0.4, 0.7),
        slots_least=0.01,
        slots_most=0.6,
        pace_slower=0.8,
        pace_faster=3,
    )
    assert planned(pacing=other).rate.tolist() == [0.1, 0.4, 0.7]
    plan = paced([9000, 1, 0], rate=(0.1, 0.1, 0.15), pacing=other)
    assert plan.rate == pytest.approx([0.08, 0.3, 0.45])
    plan = paced([9000, 1, 9000], rate=(0.011, 0.5, 0.2), pacing=other)
    assert plan.rate == pytest.approx([0.01, 0.6, 0.16])


def test_the_least_share_of_slots_is_no_more_than_the_most():
    with pytest.raises(ValueError, match="slots_least"):
        Pacing(slots_least=0.5, slots_most=0.4)


# ---- steering ----------------------------------------------------------------------------------


def steered_once(
    by_click=0.0, by_holdout=0.0, credit=(10, 10, 10), spent=(100, 100, 100), rule=None, **told
):
    plan = planned(**(rule or {}))
    plan.book(np.array(spent, float))
    given = {"treated": 900.0, "held": 100.0, "holdout": 0.1} | told
    plan.steer(np.array(credit, float), 0.5, by_click, by_holdout, **given)
    return plan


def test_money_moves_half_way_towards_the_margin_each_channels_clicks_returned():
    clicked = np.array([300, 100, 200]) * 0.5 / 100 / 3
    target = clicked / clicked.sum()
    plan = steered_once(1.0, credit=(300, 100, 200))
    assert plan.split == pytest.approx(0.5 / 3 + 0.5 * target)


def test_credit_counts_against_what_was_spent_on_it():
    plan = steered_once(1.0, credit=(100, 100, 100), spent=(100, 200, 400))
    target = np.array([4, 2, 1]) / 7
    assert plan.split == pytest.approx(0.5 / 3 + 0.5 * target)
    assert plan.period_spent.tolist() == [0, 0, 0], "the next period counts for itself"


def test_a_channel_without_clicks_keeps_enough_to_be_measured():
    least = STEERING.least_share
    plan = steered_once(1.0, credit=(1000, 0, 1000), spent=(100, 100, 100))
    assert plan.split[1] == pytest.approx(0.5 / 3 + 0.5 * least / (1 + least), rel=0.01)
    nothing = steered_once(1.0, credit=(0, 0, 0), spent=(0, 0, 0))
    assert nothing.split == pytest.approx([1 / 3] * 3)


def test_every_channel_is_taken_to_return_at_least_an_oere_a_krone():
    plan = steered_once(1.0, credit=(2, 3, 0), spent=(100, 100, 100))
    clicked = np.array([0.01, 0.015, 0.01])
    assert plan.split == pytest.approx(0.5 / 3 + 0.5 * clicked / clicked.sum())


def test_where_nobody_is_held_out_that_part_of_the_steering_is_even():
    plan = steered_once(0.6, 0.4, credit=(300, 100, 200), holdout=0.0)
    target = 0.6 * np.array([3, 1, 2]) / 6 + 0.4 / 3
    assert plan.split == pytest.approx(0.5 / 3 + 0.5 * target)


def test_clicks_and_a_hold_out_each_steer_their_part():
    plan = steered_once(0.5, 0.3, credit=(300, 100, 200))
    target = 0.2 / 3 + 0.5 * np.array([3, 1, 2]) / 6 + 0.3 / 3
    assert plan.split == pytest.approx(0.5 / 3 + 0.5 * target), "one reading proves nothing"


def test_a_company_between_levels_steers_in_part():
    full, part = (steered_once(share, credit=(20, 500, 20)).split for share in (1.0, 0.4))
    assert part - 1 / 3 == pytest.approx(0.4 * (full - 1 / 3))


def test_the_held_out_stand_for_the_others_and_not_for_everybody():
    """90 % saw ads and bought for 900, 10 % did not and bought for 100: ads sold nothing."""
    assert steered_once(0.0, 1.0, treated=900, held=100, holdout=0.1).lift == [pytest.approx(0)]
    lift = steered_once(0.0, 1.0, treated=1300, held=100, holdout=0.1).lift
    assert lift == [pytest.approx(400 * 0.5 / 200)], "per krone on social media, search is not held"
    fifth = steered_once(0.0, 1.0, treated=800, held=200, holdout=0.2).lift
    assert fifth == [pytest.approx(0)]


def test_what_cost_less_than_a_krone_counts_as_one_krone():
    nothing = steered_once(1.0, 0.0, credit=(10, 100, 100), spent=(0, 100, 100))
    clicked = np.array([10 / 1, 100 / 100, 100 / 100])
    assert nothing.split == pytest.approx(0.5 / 3 + 0.5 * clicked / clicked.sum())
    lift = steered_once(0.0, 1.0, treated=1300, held=100, spent=(0, 0, 100)).lift
    assert lift == [pytest.approx(400 * 0.5 / 1)]


def test_a_company_that_holds_out_in_part_moves_money_in_part_towards_what_is_proven():
    full, part = (steered(0, share, treated=3000, held=100).split for share in (1.0, 0.4))
    assert full[0] > 1 / 3 > full[2]
    assert part - 1 / 3 == pytest.approx(0.4 * (full - 1 / 3))


def test_readings_gather_and_only_a_company_that_holds_out_has_any():
    plan = planned()
    for periods in (1, 2, 3):
        plan.book(np.array([100.0, 100.0, 100.0]))
        plan.steer(np.array([1.0, 1, 1]), 0.5, 0.0, 1.0, 1300, 100, 0.1)
        assert len(plan.lift) == periods
    assert steered_once(0.0, 1.0, holdout=0.0).lift == []
    assert steered_once(1.0, 0.0).lift == []
    assert steered_once(0.0, 1.0, holdout=0.0).split == pytest.approx([1 / 3] * 3)


def test_a_proof_moves_what_is_spent_in_part_and_within_limits():
    half = steered(0, 0.5, treated=3000, held=100)
    full = steered(0, 1, treated=3000, held=100)
    assert half.level[0] - 1 == pytest.approx(0.5 * (full.level[0] - 1))
    assert full.level.tolist() == [STEERING.proof_raises, STEERING.proof_raises, 1]
    assert steered(0, 1, treated=0, held=100).level[0] == pytest.approx(STEERING.proof_cuts)
    assert full.split == pytest.approx([0.4, 0.4, 0.2], abs=0.01)


def test_without_a_hold_out_no_earlier_proof_keeps_its_effect():
    plan = planned()
    plan.level = np.array([0.5, 0.5, 1.0])
    plan.steer(np.ones(3), 0.5, 0.0, 0.0, 900, 100, 0.1)
    assert plan.level.tolist() == [1, 1, 1]


def test_readings_are_weighed_by_their_noise():
    lifts = [2.0, 3.0, 4.0]
    noise = np.var(lifts, ddof=1) / 3
    assert shrunk(lifts, STEERING) == pytest.approx(1 + 1 / (1 + noise) * 2)
    assert shrunk([9.0, 9.0], STEERING) == 1.0 and shrunk([9.0, 9.0, 9.0], STEERING) == 9.0


def test_how_much_of_the_old_split_is_kept_is_a_setting():
    target = np.array([300, 100, 200]) / 600
    plan = steered_once(1.0, credit=(300, 100, 200), rule={"split_kept": 0.8})
    assert plan.split == pytest.approx(0.8 / 3 + 0.2 * target)


def test_what_a_channel_gets_at_least_is_a_setting():
    """Without sales by last click a channel is taken to earn a little, and is given a share."""
    given = {"credit": (0, 100, 100), "spent": (100, 100, 100)}
    earns = steered_once(1.0, rule={"least_return": 0.25, "least_share": 0.0}, **given)
    assert earns.split[0] == pytest.approx(0.5 / 3 + 0.5 * 0.25 / 1.25)
    keeps = steered_once(1.0, rule={"least_return": 1e-6, "least_share": 0.2}, **given)
    assert keeps.split[0] == pytest.approx(0.5 / 3 + 0.5 * 0.2 / 1.2, rel=1e-4)


def test_what_a_proof_takes_and_how_far_it_goes_are_settings():
    raised, cut = (
        steered(0, 1, treated, 100, proof_cuts=0.6, proof_raises=1.5).level for treated in (3000, 0)
    )
    assert raised.tolist() == [1.5, 1.5, 1] and cut.tolist() == [0.6, 0.6, 1]
    early, late = (
        steered(0, 1, 3000, 100, periods=2, least_readings=least).level[0] for least in (2, 3)
    )
    assert early > 1 and late == 1
    lifts, rule = [2.0, 3.0, 4.0], Steering(prior_sd=0.2)
    noise = np.var(lifts, ddof=1) / 3
    assert shrunk(lifts, rule) == pytest.approx(1 + 0.04 / (0.04 + noise) * 2)
