"""Claims about the marketing department: its rhythm, its books, what it moves and why."""

import numpy as np
import pytest
from worlds import LIVELY, in_words, lively_strategy, named, world

from sim.company.holdouts import COUPONS, FLOWS_SENT, NEWSLETTERS
from sim.company.media_plan import MediaPlan
from sim.company.steering import Yardsticks
from sim.core.compiled import COMPILED
from sim.core.records import GROUPS, LEDGER
from sim.settings.channels import Channels, Pacing, lines
from sim.settings.steering import Steering
from sim.settings.strategy import Policies
from sim.world.books import BOOKS
from sim.world.decisions import told as in_english
from sim.world.marketing import Marketing
from sim.world.model import OmnichannelModel

DRIVER = "compiled" if COMPILED else "readable"
RULE = Steering(readings_half_life_days=10.0)
CLICKED = Yardsticks(last_click=1.0)


def department(weekday=3, rule=RULE, **policies):
    media = Channels(display={}, print={}).media()
    bought = lines(media)
    goods = np.array([line.is_brand for line in bought])
    plan = MediaPlan(
        100.0,
        np.where(goods, 0.0, 1.0),
        goods,
        np.tile([0.1, 4.0], (len(bought), 1)),
        np.zeros(len(bought)),
        0.2,
        Pacing(),
        rule,
    )
    return Marketing(plan, bought, Policies(**policies), weekday)


def day(ours, **books):
    told = np.zeros(1, BOOKS)
    for name, value in books.items():
        if np.ndim(value):
            told[name][0][: len(value)] = value
        else:
            told[name] = value
    ours.book(told, 0.05, RULE)


@pytest.mark.parametrize("weekday", [0, 3, 6])
def test_one_newsletter_a_week_goes_out_on_its_day(weekday):
    ours = department(weekday)
    sent = [ours.newsletters_today()[0] for _ in range(2_800)]
    assert [d for d, n in enumerate(sent) if n] == [weekday + 7 * week for week in range(400)]


def test_three_a_week_are_three_a_week_and_each_has_a_number():
    ours = department(newsletters_per_week=3.0)
    told = [ours.newsletters_today() for _ in range(280)]
    assert sum(n for n, _ in told) == 120
    numbers = [issue for n, issue in told if n]
    assert (np.diff(numbers) == 1).all()


def test_what_was_booked_counts_half_after_the_half_life_and_whole_since_the_strategy_began():
    ours = department()
    day(ours, shown=[100, 0, 0], clicked=[10, 0, 0], written=[40, 20, 5], followed=[4, 2, 0])
    for _ in range(10):
        day(ours)
    assert ours.readings["shown"][0] == pytest.approx(50)
    assert ours.since["shown"][0] == 100
    assert ours.since["spent"][0] == pytest.approx(100 * 0.1 + 10 * 4.0)
    assert ours.since["shown"][[NEWSLETTERS, FLOWS_SENT, COUPONS]].tolist() == [40, 20, 5]
    assert ours.since["spent"][NEWSLETTERS] == pytest.approx(2.0)
    ours.adopt(Policies(), 50.0, forgets=True)
    assert not ours.since["shown"].any() and not ours.readings["shown"].any()
    assert ours.media.budget_day == 50.0


def test_what_the_ledger_has_counted_is_entered_once_and_a_fork_begins_a_new_one():
    ours, ledger = department(), np.zeros(1, LEDGER)
    ledger["attributed_oere"][0, 1] = 30_000
    ours.enter(ledger)
    ours.enter(ledger)
    assert ours.since["credited"][1] == pytest.approx(300)
    ledger["attributed_oere"][0, 1] = 50_000
    ours.begin_ledger(ledger)
    fresh = np.zeros(1, LEDGER)
    fresh["attributed_oere"][0, 1] = 1_000
    ours.enter(fresh)
    assert ours.since["credited"][1] == pytest.approx(300 + 200 + 10), "nothing lost, nothing twice"


def test_money_moves_to_the_line_that_last_click_credits():
    ours = department()
    day(ours, shown=[1000, 1000, 0], clicked=[0, 0, 0, 25])
    ours.readings["credited"][1] = 500.0
    moved = ours.move_money(CLICKED, ours.told(CLICKED, 0.0, 0.4, 1))
    assert moved[1] > 0.2 and moved.sum() == pytest.approx(0)
    content = Yardsticks(satisfaction=1.0)
    assert ours.move_money(content, ours.told(content, 0.0, 0.4, 1))[1] < 0, "back to the plan"


def test_who_steers_by_noise_moves_money_and_newsletters_by_chance_alone():
    by = Yardsticks(noise=1.0)
    ours = department()
    runs = [
        [department().move_money(by, ours.told(by, 0.0, 0.4, s)).tolist() for _ in range(2)]
        for s in (1, 2)
    ]
    assert runs[0][0] == runs[0][1] != runs[1][0]
    moved = [department() for _ in range(60)]
    for seed, ours in enumerate(moved):
        ours.move_newsletters(by, 0.0, 0.4, 0.05, seed)
    step = RULE.contacts_step
    assert {ours.per_week for ours in moved} == {1.0 + step, 1.0 - step}


def test_newsletters_that_are_clicked_go_out_more_often_up_to_a_limit():
    ours = department()
    for _ in range(40):
        day(ours, written=[100, 0, 0])
        ours.readings["credited"][NEWSLETTERS] = 1_000.0
        ours.move_newsletters(CLICKED, 0.0, 0.4, 0.05, 1)
    assert ours.per_week == RULE.contacts_most
    many = department(newsletters_per_week=RULE.contacts_most + 1)
    many.move_newsletters(CLICKED, 0.0, 0.4, 0.05, 1)
    assert many.per_week == RULE.contacts_most + 1, "a plan beyond it is kept"


def test_another_share_for_the_brand_makes_a_new_plan():
    ours = department()
    ours.media.weights = np.ones(len(ours.media.weights))
    ours.adopt(Policies(brand_share=0.6), 1.0, forgets=False)
    assert ours.media.split[ours.media.is_brand].sum() == pytest.approx(0.6)


def test_a_hold_out_reads_what_one_more_newsletter_brings():
    """Of 1,000 people a tenth gets every second of 10 issues: 450 mails that they did not get."""
    ours = department()
    ours.readings["shown"][NEWSLETTERS] = 900 * 10 + 100 * 5
    ours.readings["treated"][NEWSLETTERS] = 95_400.0 / GROUPS
    ours.readings["held"][NEWSLETTERS] = 10_000.0 / GROUPS
    said = ours.said(Yardsticks(holdout=1.0), 0.1, 0.5, 0.05, 1)
    assert said["holdout"] == pytest.approx(0.5 * 5_400 / 4_500)
    assert ours.said(CLICKED, 0.0, 0.5, 0.05, 1)["error"] == np.inf


def test_a_rhythm_goes_on_under_a_strategy_that_plans_the_same():
    ours = department(steers_contacts=True)
    ours.per_week = 1.75
    ours.adopt(Policies(steers_contacts=True), 1.0, forgets=False)
    assert ours.per_week == 1.75
    ours.adopt(Policies(steers_contacts=False), 1.0, forgets=False)
    assert ours.per_week == 1.0
    ours.per_week = 1.75
    ours.adopt(Policies(newsletters_per_week=2.0, steers_contacts=True), 1.0, forgets=False)
    assert ours.per_week == 2.0


SMALL = ("scale.customers=300", "scale.warmup_days=2", "scale.horizon_days=60")


def test_a_line_that_is_left_out_shows_nothing_and_costs_nothing():
    leader = named("leader")
    policies = leader.policies.model_copy(update={"without_ads": ("instagram.prospecting",)})
    model = OmnichannelModel(world(*SMALL), leader, driver=DRIVER)
    without = OmnichannelModel(
        world(*SMALL), leader.model_copy(update={"policies": policies}), driver=DRIVER
    )
    shown = [m.run(40).company.marketing.since["shown"][0] for m in (model, without)]
    assert shown[0] > 0 == shown[1]


def test_each_decision_tells_what_it_rested_on():
    settings = world(*SMALL, "company.steering.contacts_days=20")
    leader = named("leader")
    for measure, words in (("last_click", "by last click"), ("noise", "noise")):
        policies = leader.policies.model_copy(
            update={"steers_by": measure, "steers_contacts": True}
        )
        model = OmnichannelModel(
            settings, leader.model_copy(update={"policies": policies}), driver=DRIVER
        ).run(50)
        told = [d for d in in_words(model) if "newsletters a week" in d.decision]
        assert told and all(words in d.rested_on for d in told)


def test_beside_a_move_of_money_stands_whom_the_ads_have_reached(monkeypatch):
    monkeypatch.setattr("sim.world.agents.WORTH_A_WORD", 1e-9)
    ours = OmnichannelModel(world(*LIVELY), lively_strategy(), driver=DRIVER).run(61)
    told = [d.truth for d in in_words(ours) if "media money" in d.decision]
    assert told and all(truth.startswith("had bought from us within a year") for truth in told)
    first = ours.company.lines[0]
    shown = ours.tally.media.sum(axis=(0, 1))[first.number]
    had = f"{first.title}: {100 * shown[2:].sum() / shown.sum():.0f} %"
    assert in_english(ours.company.whom_ads_reach(0)).endswith(had)


def test_beside_a_move_of_newsletters_stands_how_tired_those_on_the_list_are():
    settings = world(*SMALL, "company.steering.contacts_days=20")
    leader = named("leader")
    policies = leader.policies.model_copy(update={"steers_by": "noise", "steers_contacts": True})
    ours = OmnichannelModel(
        settings, leader.model_copy(update={"policies": policies}), driver=DRIVER
    ).run(50)
    told = [d.truth for d in in_words(ours) if "newsletters a week" in d.decision]
    assert told and all(truth.startswith("of those on the list") for truth in told)
    people, known, _ = ours.driver.tables()
    half_life = settings.market.messages.fatigue_half_life_days
    tired = [
        me["fatigue"] / 2 ** ((ours.day - me["fatigue_day"]) / half_life)
        for me, of in zip(people, known, strict=True)
        if me["present"] == 1 and of["written_to"]
    ]
    assert f"tired as by {np.mean(tired):.1f} mails" in in_english(
        ours.company.whom_newsletters_reach()
    )
