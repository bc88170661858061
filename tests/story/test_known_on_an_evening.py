"""What a company has on file of somebody on an evening, beside what is true of him."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.records import BY_CLUB, BY_MAIL, PROFILE
from sim.settings.load import load
from sim.settings.protagonist import load_protagonist
from sim.story.known import ROWS, Known, changes, known
from sim.story.page import Page, on_file
from sim.story.years import TwoYears, live, live_on
from sim.world.model import OmnichannelModel

SMALL = ["scale.customers=300", "scale.warmup_days=200", "scale.horizon_days=60"]
SETTINGS, (IMMATURE, LEADER) = load([*SMALL, "strategies=[immature,leader]"])
ANDERS = load_protagonist("anders", SETTINGS.market)


def lived_under(strategy) -> OmnichannelModel:
    return OmnichannelModel(SETTINGS, strategy, keep_journal=False).run(200)


@pytest.fixture(scope="module")
def immature() -> OmnichannelModel:
    return lived_under(IMMATURE)


@pytest.fixture(scope="module")
def leader() -> OmnichannelModel:
    return lived_under(LEADER)


@pytest.fixture(scope="module")
def anders() -> TwoYears:
    return live(SETTINGS, [IMMATURE, LEADER], ANDERS)


def rows_of(world: OmnichannelModel) -> dict[int, tuple[np.void, np.void, dict[str, Known]]]:
    """Of everybody there: his own record, his profile, and what is known of him."""
    customers, profiles, _ = world.driver.tables()
    there = world.population.who[world.population.who >= 0]
    place_of = world.population.place_of
    return {
        int(who): (
            customers[place_of[who]],
            profiles[place_of[who]],
            {row.what: row for row in known(world, int(who), "Kim")},
        )
        for who in there
    }


def test_purchases_on_file_are_those_of_the_profile_and_true_ones_those_of_the_customer(leader):
    some = 0
    for him, profile, rows in rows_of(leader).values():
        filed = int(profile["silos"]["live"]["orders"].sum())
        assert int(rows["Purchases"].on_file.split(",")[0]) == filed
        assert rows["Purchases"].true == str(him["orders_ever"])
        assert rows["Purchases"].right == (filed == him["orders_ever"])
        some += filed
    assert some > 50


def test_who_may_be_written_to_is_as_the_profile_has_it(leader):
    seen = set()
    for _, profile, rows in rows_of(leader).values():
        told = rows["May be sent"].on_file
        assert told.startswith("e-mails") == (profile["written_to"] == 1)
        assert ("must not be profiled" in told) == (profile["objects"] == 1)
        seen.add(told.startswith("e-mails"))
    assert seen == {True, False}


def test_who_was_never_recognised_is_known_as_nobody(immature):
    nobody = 0
    for _, profile, rows in rows_of(immature).values():
        address, silos = profile["addresses"], profile["silos"]["live"]
        anything = profile["has_phone"] or address["permission"].any() or address["refused"].any()
        anything = anything or silos["orders"].any() or silos["counts"][BY_MAIL:].any()
        anything = anything or profile["birthday"] >= 0 or profile["linked"]
        anything = anything or (profile["silos"]["filed_order"] >= 0).any()
        assert rows["Name"].on_file.startswith("nobody") == (not anything)
        if not anything:
            nobody += 1
            assert rows["Name"].right is False and rows["Purchases"].on_file == "0"
            assert rows["Last bought"].on_file == "nothing"
            assert rows["Seems"].on_file in ("not told apart", "a shopper", "a buyer")
    assert nobody > 50


def test_a_leader_knows_more_of_the_same_people_on_the_same_day(immature, leader):
    """Each company after 200 days of its own; the same people with the same needs."""
    right = {
        world.strategy.name: {
            what: sum(rows[what].right is True for *_, rows in rows_of(world).values())
            for what in ("Name", "Devices", "Likes best", "Seems")
        }
        for world in (immature, leader)
    }
    for what, under_immature in right["immature"].items():
        assert right["leader"][what] > under_immature, what


def test_a_card_that_nobody_has_linked_is_another_customer(leader):
    world = leader.fork(LEADER)
    _, profiles, _ = world.driver.tables()
    place = int(np.flatnonzero(world.population.who >= 0)[0])
    who, profile = int(world.population.who[place]), profiles[place : place + 1]
    profile[:] = np.zeros(1, PROFILE)
    profile["birthday"] = -1
    profile["silos"]["filed_order"] = -1
    profile["has_phone"] = 1 << BY_MAIL | 1 << BY_CLUB
    name = known(world, who, "Kim")[0]
    assert name.on_file == "2 different people, by e-mail address and club card" and not name.right
    profile["linked"] = 1 << BY_CLUB
    name = known(world, who, "Kim")[0]
    assert name.on_file == "Kim, by e-mail address and club card" and name.right


def test_looking_changes_nothing(leader):
    tables = [table.copy() for table in leader.driver.tables()]
    record = leader.company.record.copy()
    rows_of(leader)
    for before, after in zip(tables, leader.driver.tables(), strict=True):
        assert np.array_equal(before, after)
    assert np.array_equal(record, leader.company.record)


def test_of_who_is_not_in_the_market_nothing_is_known(leader):
    gone = int(np.flatnonzero(leader.population.place_of < 0)[0])
    assert known(leader, gone, "Kim") == []


# In the story


def test_every_evening_of_both_years_is_kept(anders):
    assert [len(evenings) for evenings in anders.known] == [60, 60]
    for k, world in enumerate(anders.worlds):
        assert all(len(evening) == len(ROWS) for evening in anders.known[k])
        assert anders.known[k][-1] == known(world, anders.who, "Anders")


def test_the_story_tells_the_evening_of_the_parting_where_it_is_not_as_it_is(anders):
    page = Page(120, ["A", "B"])
    page.year(anders)
    at = next(k for k, line in enumerate(page.lines) if line.startswith("ON FILE"))
    parted = next(k for k, line in enumerate(page.lines) if "HERE THE TWO" in line)
    assert parted < at
    day = anders.files[0].day - anders.start.day
    for one, other in zip(*(evenings[day] for evenings in anders.known), strict=True):
        told = any(line.startswith(one.what) for line in page.lines[at:])
        assert told == (one != other or one.right is False), one.what
    assert not any("in truth" in row.left for row in page.rows), "the page shows a table"


def test_who_is_followed_and_who_is_not_live_the_same_year():
    """Two years of which nobody looks at what is on file are those of which somebody does."""
    past = lived_under(IMMATURE)
    *_, lived = live_on(past, [IMMATURE, LEADER], ANDERS)
    alone = [past.fork(strategy) for strategy in (IMMATURE, LEADER)]
    for world, other in zip(alone, lived.worlds, strict=True):
        world.run(world.end_day)
        for mine, theirs in zip(world.driver.tables(), other.driver.tables(), strict=True):
            assert np.array_equal(mine, theirs)


def test_only_what_changes_is_sent_and_all_of_it_can_be_put_together_again(anders):
    for evenings in anders.known:
        found = changes(evenings, 200)
        assert len(found) < len(evenings) * len(ROWS) / 3
        for day, evening in enumerate(evenings, 200):
            standing = {what: rest for when, what, *rest in found if when <= day}
            assert list(standing) == [row.what for row in evening]
            for row in evening:
                assert standing[row.what] == [row.on_file, row.true, row.right]


def test_a_row_is_told_as_it_is_or_with_the_truth_beside_it():
    row = Known("Likes best", "cycling", "cycling", True)
    assert on_file(row) == "cycling"
    assert on_file(row._replace(true="running", right=False)) == "cycling (in truth: running)"
