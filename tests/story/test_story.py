"""One customer's year under two strategies: what is told is what happened, to him alone."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import yaml
from worlds import by_person

from sim import cli
from sim.core import events as ev
from sim.settings.load import CONFIGS, BadInput, load
from sim.settings.protagonist import Protagonist, load_protagonist
from sim.story import live, settle, tell
from sim.story.divergence import first_divergence, parting
from sim.story.narrator import Narrator
from sim.story.numbers import numbers_of
from sim.story.page import Page, inside
from sim.story.phrases import date
from sim.story.years import TwoYears, own_events
from sim.world.decisions import Decision
from sim.world.model import OmnichannelModel

INSIDE = [
    Decision(60, "marketing", "moves 20 % of the media money", "a krone brought 3 DKK", ""),
    Decision(61, "stores", "take back", "", "refused, it comes by mail"),
    Decision(62, "IT", "waits", "it must", ""),
    Decision(95, "the top", "commits", "the strategy", ""),
]


def test_what_departments_decided_is_told_with_what_it_rested_on_and_what_was_true():
    world = SimpleNamespace(decisions=INSIDE)
    said = inside(world, 59, 89)
    assert said.startswith(
        f"{date(60)}, marketing: moves 20 % of the media money, because a krone brought 3 DKK. "
        f"{date(61)}, stores: take back. (The truth: refused, it comes by mail.)"
    )
    assert said.endswith("And one decision more.") and "commits" not in said
    assert inside(world, 90, 119) == f"{date(95)}, the top: commits, because the strategy."
    assert inside(world, 0, 58) == ""


SMALL = ["scale.customers=300", "scale.warmup_days=60", "scale.horizon_days=120"]
ANDERS = CONFIGS / "customer" / "anders.yaml"
TWIN = ["variants.twin={from: immature}", "strategies=[immature,twin]"]
APART = ["strategies=[immature,leader]"]


def run(*overrides: str):
    """Settings and strategies of a small run."""
    return load([*SMALL, *overrides])


@pytest.fixture(scope="module")
def anders() -> Protagonist:
    return load_protagonist("anders", run(*APART)[0].market)


@pytest.fixture(scope="module")
def lived(anders: Protagonist) -> TwoYears:
    return live(*run(*APART), anders)


# Who he is


def test_anders_has_spent_over_10_000_kroner_on_road_bike_gear_and_on_nothing_else(anders):
    assert anders.spent_before_dkk > 10_000
    assert {(b.category, b.style) for b in anders.history} == {("cycling", "road")}
    assert max(b.days_ago for b in anders.history) <= 2 * 365
    assert anders.tastes["cycling"]["mountain"] == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"shoe_size": 44}, "customer.anders.shoe_size = 44: unknown key"),
        ({"trust": 1.5}, "customer.anders.trust = 1.5: must be at most 1 (0-1)"),
        ({"trust": "much"}, "customer.anders.trust = much: must be a number"),
        ({"needs_per_year": float("nan")}, "customer.anders.needs_per_year = nan"),
        ({"tastes": {"cycling": {"road": 0}}}, "customer.anders.tastes"),
        ({"tastes": {"cycling": {"road": -1, "city": 3}}}, "customer.anders.tastes"),
        ({"tastes": {"sailing": {"road": 1}}}, "customer.anders.tastes = sailing"),
        ({"tastes": {"cycling": {"raod": 1}}}, "did you mean road?"),
        ({"expertise": {"cycling": 2}}, "customer.anders.expertise"),
        ({"words": {"cycling": "{kind} gear"}}, "customer.anders.words"),
        ({"history": [{"category": "cycling", "style": "tandem"}]}, "history.0.style = tandem"),
        ({"history": [{"category": "cycling", "style": "road", "days_ago": 0}]}, "days_ago = 0"),
        ({"account": False, "club": False}, "permission needs an account or a club"),
    ],
)
def test_a_customer_who_cannot_be_is_refused_in_one_line(tmp_path: Path, change: dict, said: str):
    content = yaml.safe_load(ANDERS.read_text(encoding="utf-8")) | change
    (tmp_path / "customer").mkdir()
    (tmp_path / "customer" / "anders.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_protagonist("anders", run(*APART)[0].market, tmp_path)
    assert said in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--customer", "andres"], "customer = andres: no such customer; did you mean anders?"),
        (["--seed", "luck"], "seed = luck: must be a whole number"),
        (["--days", "0"], "scale.horizon_days = 0: must be at least 1"),
        (["--strategies", "leader", "leader"], "strategies must differ"),
    ],
)
def test_the_command_refuses_what_it_cannot_tell(arguments: list[str], said: str, capsys):
    assert cli.main(["story", *arguments]) == cli.BAD_INPUT
    told = capsys.readouterr()
    assert said in told.err and len(told.err.splitlines()) == 1 and not told.out


# Putting him into the world


def test_adding_him_changes_nobody_else(anders):
    settings, (strategy, _) = run(*APART, "interaction=false")
    with_him, without = (OmnichannelModel(settings, strategy, keep_log=True) for _ in range(2))
    with_him.learning = without.learning = False
    for world in (with_him, without):
        world.run(30)
    row = settle(with_him, anders)
    for world in (with_him, without):
        world.run(120)
    events = with_him.events()
    own = events["customer"] == row
    assert row == len(without.shopper) and own.sum() > 10
    assert np.array_equal(events[~own], without.events())
    for some, all_ in zip(by_person(with_him), by_person(without), strict=True):
        assert np.array_equal(some[:row], all_)


def test_the_company_has_on_file_what_it_recognised_and_no_more(anders):
    settings, strategies = run(*APART)
    found = {}
    for strategy in strategies:
        kept = []
        for seed in range(12):
            world = OmnichannelModel(settings, strategy, seed)
            row = settle(world, anders)
            silos = world.driver.tables()[1]["silos"]["live"][world.population.place_of[row]]
            kept.append(int(silos["orders"].sum()))
            counts = silos["counts"].sum(axis=0)
            assert set(np.flatnonzero(counts)) <= {0}, "road cycling is cell 0"
        found[strategy.name] = np.mean(kept)
        assert max(kept) <= sum(b.items for b in anders.history)
    assert found["immature"] < found["leader"] - 2


def test_who_takes_our_mails_is_not_given_up_as_silent_when_he_comes(anders):
    settings, (strategy, _) = load([*SMALL, *APART, "scale.warmup_days=400"])
    world = OmnichannelModel(settings, strategy, keep_journal=False).run(400)
    who = settle(world, anders)
    world.run(410)
    profile = world.driver.tables()[1][world.population.place_of[who]]
    assert profile["written_to"] == 1 and profile["addresses"]["last_mail_day"].max() >= 400


def test_at_the_seed_of_the_command_his_worlds_part_over_a_mail_as_its_help_says(anders):
    settings, strategies = load([f"seed={cli.STORY_SEED}", *cli.STORY_SCALE, *APART])
    lived = live(settings, strategies, anders)
    events = [event for event in parting(*lived.events) if event is not None]
    assert {int(event["kind"]) for event in events} == {ev.MAIL_SENT}


def test_his_past_is_his_own_whatever_the_company_recorded(anders, lived):
    him = by_person(lived.worlds[0])[0][lived.who]
    bought = np.isin(lived.events[0]["kind"], (ev.WEB_ORDER, ev.STORE_SALE))
    paid = lived.events[0]["amount_oere"][bought].sum() / 100
    assert him["spent_dkk"] == pytest.approx(anders.spent_before_dkk + paid)
    assert him["orders_ever"] == sum(b.items for b in anders.history) + bought.sum()


# Where the worlds part


def test_identical_strategies_never_part(anders):
    twins = live(*run(*TWIN), anders)
    assert len(twins.events[0]) > 10
    assert np.array_equal(*twins.events)
    assert first_divergence(*twins.events) is None and parting(*twins.events) == (None, None)
    page = Page(120, ["A", "B"])
    page.year(twins)
    told = "\n".join(page.lines)
    assert "never part" in told and "HERE" not in told and " | " not in told


def test_the_parting_event_is_the_first_difference(lived):
    a, b = lived.events
    at = first_divergence(a, b)
    assert at is not None
    assert np.array_equal(a[:at], b[:at])
    assert at == min(len(a), len(b)) or a[at] != b[at]
    days = {int(log["day"][at]) for log in (a, b) if at < len(log)}
    assert lived.files[0].day == lived.files[1].day == min(days)


def test_first_divergence_of_logs_of_different_length():
    log = np.zeros(3, ev.EVENT)
    log["day"] = [1, 1, 4]
    other = log.copy()
    assert first_divergence(log, other) is None
    assert first_divergence(log, log[:2]) == 2
    other["kind"][1] = ev.AD_SHOWN
    assert first_divergence(log, other) == 1
    later = log.copy()
    later["day"][2] = 9
    assert parting(log, later) == (log[2], None)


def test_the_page_marks_the_parting_once_with_a_reason_for_either_company(anders):
    settings, strategies = run(*APART)
    lines = tell(settings, strategies, anders, width=110).splitlines()
    assert max(map(len, lines)) <= 110
    marked = [k for k, line in enumerate(lines) if "HERE THE TWO WORLDS PART" in line]
    assert len(marked) == 1
    left, _, right = lines[marked[0] + 1].partition(" | ")
    assert left.startswith("why") and strategies[0].title in left
    assert right.startswith(strategies[1].title)
    assert "illustration" in " ".join(lines[-4:])


# What is told


def test_the_year_in_numbers_is_the_sum_of_his_events(lived):
    for k in (0, 1):
        events, told = lived.events[k], numbers_of(lived, k)
        assert told["ads shown"] == str((events["kind"] == ev.AD_SHOWN).sum())
        paid = events["amount_oere"][np.isin(events["kind"], (ev.WEB_ORDER, ev.STORE_SALE))].sum()
        assert told["spent with us"] == f"DKK {round(int(paid) / 100):,}"


def test_every_kind_of_event_can_be_told(lived):
    narrator = Narrator(lived)
    for kind in ev.KINDS:
        event = np.zeros(1, ev.EVENT)
        event["kind"], event["customer"], event["value"] = kind, lived.who, 1
        sentences, notes = narrator.day(event)
        for text in sentences:
            assert "{" not in text and (not text or text.endswith("."))
        silent = (
            ev.ACT_DONE,
            ev.NEED_LATENT,
            ev.JOURNEY_DONE,
            ev.LOGGED_IN,
            ev.KEPT,
            ev.ENTERED,
            ev.SEARCH_CLICKED,
            ev.BASKET_PAID,
            ev.AD_NOTICED,
            ev.DESK_WAITED,
            ev.CONTACT_ENDED,
            ev.ANSWER_PUBLISHED,
        )
        assert any(sentences) or notes or kind in silent, ev.KINDS[kind]


def test_a_visit_to_a_store_is_told_by_its_title_and_by_who_opened_the_door(lived):
    narrator, event = Narrator(lived), np.zeros(1, ev.EVENT)
    titles = [store.title for store in lived.worlds[0].settings.company.stores.values()]
    event["kind"], event["value"], event["seen_as"] = ev.STORE_VISIT, 2, ev.A_PERSON
    assert narrator.clause(event[0], [])[1] == f"goes to {titles[2]}, where staff look him up"
    event["style"], event["order"] = 1, 3
    words = f"looks round in {titles[2]} after closing time; his phone opens the door"
    assert narrator.clause(event[0], [])[1] == words


def test_a_mail_is_told_by_the_title_of_its_flow_and_by_what_it_shows(lived):
    narrator, about = Narrator(lived), {"thing": "tents", "share": "20%"}

    def message(sent: int, kind: int, cheaper: bool = False) -> str:
        return narrator.message(sent, kind, cheaper, about)

    assert message(ev.MAIL_SENT, ev.NEWSLETTER) == "The newsletter shows tents"
    assert message(ev.MAIL_SENT, ev.NEWSLETTER, True) == "The newsletter shows tents at 20% off"
    flows = list(lived.worlds[0].settings.company.flows.values())
    told = [message(ev.MAIL_SENT, kind) for kind in range(1, len(flows) + 1)]
    assert message(ev.TEXT_SENT, 1) == "The text message 'welcome' shows tents"
    assert "The mail 'abandoned basket' reminds of tents" in told
    assert "The mail 'after purchase' suggests tents" in told
    assert all(flow.title in words for flow, words in zip(flows, told, strict=True))


def test_events_of_others_are_not_told(lived):
    assert all(np.all(log["customer"] == lived.who) for log in lived.events)
    assert np.all(own_events(lived.worlds[0], lived.who)["customer"] == lived.who)


def test_days_are_dates_of_a_year_of_365_days():
    assert [date(day) for day in (0, 31, 364, 365 + 59)] == [
        "1 January",
        "1 February",
        "31 December",
        "1 March",
    ]
