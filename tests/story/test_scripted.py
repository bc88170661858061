"""Scripted journeys: the customer does what the script says, the company what it always does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from stages import script, small, small_stage

from sim import cli
from sim.core import events as ev
from sim.core.rows import picked
from sim.settings.load import CONFIGS, BadInput
from sim.settings.script import Script, Sign, load_script, script_files
from sim.story.journeys import per_100, table, tell_journey, told_of
from sim.story.plays import Played, play
from sim.story.stage import Stage, set_stage

NAMES = sorted(script_files())
WEB_TO_STORE = CONFIGS / "journey" / "web_to_store.yaml"


@pytest.fixture(scope="module", params=NAMES)
def played(request) -> Played:
    return play(script(request.param), small_stage())


def people_at(played: Played, day: int, *kinds: int) -> set[int]:
    """Those to whom something of these kinds happened on a day of the script."""
    events = played.events
    there = np.isin(events["kind"], kinds) & (events["day"] - played.first_day == day)
    return set(events["customer"][there].tolist())


# What a script may say


def test_there_are_eight_and_each_has_somebody_with_a_name():
    assert len(NAMES) == 8
    assert len({script(name).name for name in NAMES}) == 8


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mood": "good"}, "journey.mine.mood = good: unknown key"),
        ({"category": "sailing"}, "journey.mine.category = sailing: no such category"),
        ({"style": "hikng"}, "no such style of outdoor; did you mean hiking?"),
        ({"days": 2}, "must be more than 2, the last step's day"),
        ({"days": 99}, "journey.mine.days = 99: must be at most 60"),
        ({"steps": []}, "journey.mine.steps"),
        ({"steps": [{"day": 0, "at": "moon", "does": "looks"}]}, "journey.mine.steps.0.at = moon"),
        ({"steps": [{"day": 0, "at": "store", "does": "asks"}]}, "does must be looks, buys"),
        ({"steps": [{"day": 0, "at": "web", "does": "looks"}]}, "device must be computer or phone"),
        (
            {"steps": [{"day": d, "at": "store", "does": "looks"} for d in (1, 0)]},
            "must be in the order of their days",
        ),
        (
            {"steps": [{"day": 1, "at": "store", "does": d} for d in ("looks", "buys")]},
            "must not be two at one place on one day",
        ),
        (
            {"steps": [{"at": "social", "does": "looks", "device": "phone", "channel": "insta"}]},
            "no such social channel; did you mean instagram?",
        ),
        ({"breaks": [{"event": "sneezed", "said": "x"}]}, "event must be a kind of event"),
        ({"breaks": [{"event": "repeated", "again": ["sung"], "said": "x"}]}, "not sung"),
        ({"breaks": [{"event": "mail_sent", "message": ["baskt"], "said": "x"}]}, "mean basket?"),
        ({"breaks": []}, "must say what it means to hang together"),
        ({"rests_on": {"rungs": ["staff_lokup"]}}, "no such rung; did you mean staff_lookup?"),
        ({"rests_on": {"rungs": ["join_minutes"]}}, "rests_on.rungs = join_minutes: no such rung"),
        ({"rests_on": {"rungs": ["pauses"], "policies": ["nice"]}}, "nice: no such switch"),
        ({"words": {"outdoor": "{kind}"}}, "journey.mine.words"),
        ({"words": {"sailing": "boats"}}, "journey.mine.words = sailing: no such category"),
    ],
)
def test_a_script_that_cannot_be_is_refused_in_one_line(tmp_path: Path, change: dict, said: str):
    content = yaml.safe_load(WEB_TO_STORE.read_text(encoding="utf-8")) | change
    (tmp_path / "journey").mkdir()
    (tmp_path / "journey" / "mine.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_script("mine", small(), tmp_path)
    assert said in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("command", ["story", "journeys"])
def test_the_command_refuses_a_journey_that_is_not_there(command: str, capsys):
    assert cli.main([command, "journey=tried_onn"]) == cli.BAD_INPUT
    told = capsys.readouterr()
    assert told.err.startswith("journey = tried_onn: no such journey; did you mean tried_on?")
    assert len(told.err.splitlines()) == 1 and not told.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--days", "3"], "--days = 3: must be left out with a journey"),
        (["--customer", "anders"], "--customer = anders: must be left out with a journey"),
        (["scale.horizon_days=30"], "scale.horizon_days = 30: must be at least"),
    ],
)
def test_the_command_refuses_what_a_journey_does_not_take(arguments, said, capsys):
    assert cli.main(["story", "journey=complaint", *arguments]) == cli.BAD_INPUT
    assert said in capsys.readouterr().err


# What is played


def test_everybody_goes_where_the_script_says_on_that_day_and_nowhere_else(played):
    everybody = set(played.who.tolist())
    for place, kind in (("web", ev.WEB_VISIT), ("store", ev.STORE_VISIT)):
        days = {step.day for step in played.script.steps if step.at == place}
        for day in range(played.script.days):
            assert people_at(played, day, kind) == (everybody if day in days else set())


def test_everybody_has_the_device_in_hand_that_the_script_says():
    played = play(script("phone_to_computer"), small_stage())
    for kind, device in ((ev.BASKET_LOST, 1.0), (ev.BASKET_FILLED, 1.0)):
        filled = played.events[
            (played.events["kind"] == kind) & (played.events["day"] == played.first_day)
        ]
        assert len(filled) == len(played.who) and set(filled["value"]) == {device}


@pytest.mark.parametrize(
    ("name", "day", "kind"),
    [
        ("phone_to_computer", 1, ev.WEB_ORDER),
        ("exchanged", 0, ev.WEB_ORDER),
        ("exchanged", 3, ev.PICKED_UP),
        ("exchanged", 5, ev.RETURN_IN_STORE),
        ("complaint", 15, ev.SERVICE_ASKED),
        ("complaint", 16, ev.SERVICE_ANSWERED),
        ("complaint", 18, ev.SERVICE_ASKED),
        ("without_receipt", 0, ev.STORE_SALE),
        ("without_receipt", 7, ev.RETURN_IN_STORE),
        ("web_to_store", 2, ev.ADVISED),
    ],
)
def test_nearly_everybody_does_what_the_script_says(name, day, kind):
    """All but those who have enough of searching or saying it again, and leave."""
    played = play(script(name), small_stage())
    left = people_at(played, day, ev.WENT_AWAY)
    assert people_at(played, day, kind) >= set(played.who.tolist()) - left
    assert len(left) < len(played.who) / 5


def test_nobody_wants_or_orders_anything_else(played):
    needs = played.events["need"][np.isin(played.events["kind"], (ev.WEB_ORDER, ev.STORE_SALE))]
    assert len(set(needs.tolist())) <= 1
    none = (ev.NEED_LATENT, ev.NEED_WOKEN, ev.NEED_DIED, ev.COMPETITOR_SALE, ev.MAIL_CLICKED)
    assert not np.isin(played.events["kind"], none).any()


def test_the_companys_newsletter_comes_when_it_comes_to_everybody(played):
    mails = played.events[played.events["kind"] == ev.MAIL_SENT]
    newsletters = mails[mails["order"] == ev.NEWSLETTER]
    weekday = small().company.campaigns.send_weekday
    assert set(newsletters["day"] % 7) <= {weekday}
    if played.script.days > weekday:
        assert len(newsletters)


def test_nobodys_journey_touches_anothers():
    stage = small_stage()
    alone = Stage(stage.world, 20)
    for name in ("exchanged", "basket_left"):
        some, all_ = play(script(name), alone), play(script(name), stage)
        theirs = np.isin(all_.events["customer"], some.who)
        assert np.array_equal(some.events, picked(all_.events, theirs))


def test_a_play_leaves_the_stage_as_it_was():
    first, again = (play(script("bought_in_store"), small_stage()) for _ in range(2))
    assert np.array_equal(first.events, again.events)


def test_the_same_people_play_under_every_strategy():
    assert np.array_equal(small_stage("leader").who, small_stage("immature").who)


def test_one_of_a_household_plays():
    stage = small_stage()
    customers = stage.world.driver.tables()[0]
    places = stage.world.population.place_of[stage.who]
    assert not np.isin(customers["partner"][places], places).any()


def test_the_script_begins_on_a_monday_and_meets_no_holiday():
    stage = small_stage()
    assert stage.world.day % 7 == 0
    assert stage.world.store_days[stage.world.day :][:60].all()


def test_a_stage_in_need_of_more_days_says_so():
    settings = small().model_copy(
        update={"scale": small().scale.model_copy(update={"horizon_days": 20})}
    )
    with pytest.raises(BadInput, match=r"scale\.horizon_days = 20: must be at least"):
        set_stage(settings, small_stage().world.strategy)


# What is counted


def by_hand(**changes) -> Played:
    """A play of two people in which each looked at an item of the wanted kind."""
    told = script("web_to_store")
    events = np.zeros(3, ev.EVENT)
    events["day"], events["customer"] = [100, 100, 103], [7, 9, 9]
    events["kind"] = [ev.ITEM_VIEWED, ev.ITEM_VIEWED, ev.MAIL_SENT]
    events["category"], events["style"], events["item"] = 3, 0, [36, 37, 37]
    for name, value in changes.items():
        events[name][2] = value
    strategy = small_stage().world.strategy
    return Played(told, strategy, small(), np.array([7, 9]), 100, events)


def seen(played: Played, **sign) -> list[bool]:
    return played.happened(Sign(said="x", **({"event": "mail_sent"} | sign))).tolist()


def test_an_event_counts_for_whom_it_happened_on_the_days_of_the_sign():
    played = by_hand()
    assert seen(played) == [False, True]
    assert seen(played, from_day=4) == seen(played, until_day=2) == [False, False]
    assert seen(played, event="item_viewed") == [True, True]


def test_a_mail_is_about_the_thing_only_if_it_shows_the_very_item():
    assert seen(by_hand(), about="the thing") == [False, True]
    assert seen(by_hand(item=36), about="the thing") == [False, False]
    assert seen(by_hand(item=36), about="its kind") == [False, True]
    assert seen(by_hand(style=1), about="its kind") == [False, False]


def test_a_message_an_answer_and_a_repetition_count_by_what_they_are():
    assert seen(by_hand(order=ev.NEWSLETTER), message=["newsletter"]) == [False, True]
    assert seen(by_hand(order=1), message=["newsletter"]) == [False, False]
    assert seen(by_hand(order=2), message=["basket"]) == [False, True]
    answered = by_hand(kind=ev.SERVICE_ANSWERED, order=0)
    assert seen(answered, event="service_answered", solved=False) == [False, True]
    assert seen(answered, event="service_answered", solved=True) == [False, False]
    again = by_hand(kind=ev.REPEATED, value=ev.SAID)
    assert seen(again, event="repeated", again=["said"]) == [False, True]
    assert seen(again, event="repeated", again=["searched"]) == [False, False]


def test_only_those_are_counted_for_whom_it_would_have_broken_but_for_the_step():
    told = script("basket_left")
    left = told.model_copy(update={"steps": tuple(s for s in told.steps if not s.but_for)})
    counted, without = play(told, small_stage()), play(left, small_stage())
    assert 0 < counted.n < len(counted.who)
    assert np.array_equal(counted.counted, ~without.held)


def test_share_and_causes_are_of_those_who_are_counted():
    played = play(script("complaint"), small_stage("danish_average"))
    solved = Sign(event="service_answered", solved=True, until_day=16, said="x")
    assert 0 < played.n < len(played.who)
    assert not (played.happened(solved) & played.counted).any()
    assert played.share == pytest.approx(played.held[played.counted].mean())
    assert max(played.broke().values()) <= played.n


def test_of_nobody_there_is_no_share():
    played = by_hand()
    played.counted[:] = False
    assert np.isnan(played.share) and per_100(played.share) == "nobody"


def test_a_share_is_not_rounded_to_none_or_all():
    said = [per_100(share) for share in (0.0, 0.002, 0.62, 0.998, 1.0)]
    assert said == ["0 of 100", "fewer than 1 of 100", "62 of 100", "over 99 of 100", "100 of 100"]


# What is told


@pytest.mark.parametrize("name", NAMES)
def test_the_named_person_is_told_with_the_shares_under_both(name):
    stages = [small_stage("immature"), small_stage("leader")]
    page = tell_journey(script(name), stages, width=110)
    lines = page.splitlines()
    told = script(name)
    assert lines[0].startswith(f"{told.title}: {told.name}'s journey")
    assert max(map(len, lines)) <= 110
    assert page.count("PART.") <= 1
    words = " ".join(page.split())
    for stage in stages:
        share = per_100(play(told, stage).share)
        assert f"hangs together for {share}" in words or " | " in page


def test_it_is_told_of_one_for_whom_the_two_companies_make_the_difference():
    plays = [play(script("complaint"), small_stage(name)) for name in ("immature", "leader")]
    place = np.flatnonzero(plays[0].who == told_of(plays))[0]
    assert [bool(one.held[place]) for one in plays] == [False, True]
    assert all(one.counted[place] for one in plays)


def test_the_table_has_a_row_for_each_script_with_its_shares():
    plays = [[play(script(name), small_stage())] for name in ("complaint", "exchanged")]
    shown = table(plays)
    cells = [list(column.cells) for column in shown.columns]
    for (one,) in plays:
        assert cells[1][cells[0].index(one.script.title)] == per_100(one.share)
    assert f"{plays[0][0].n}" == cells[1][cells[0].index("  counted")]


def test_a_script_of_the_users_own_comes_before_ours(tmp_path: Path):
    content = yaml.safe_load(WEB_TO_STORE.read_text(encoding="utf-8")) | {"name": "Nobody"}
    (tmp_path / "journey").mkdir()
    mine = tmp_path / "journey" / "web_to_store.yaml"
    mine.write_text(yaml.safe_dump(content), encoding="utf-8")
    found = load_script("web_to_store", small(), tmp_path)
    assert isinstance(found, Script) and found.name == "Nobody"
    assert set(script_files(tmp_path)) == set(NAMES)


def test_a_repetition_at_the_centre_is_no_wait_in_its_queue():
    told = tell_journey(script("complaint"), [small_stage("immature"), small_stage("leader")])
    assert "in its queue" not in told
