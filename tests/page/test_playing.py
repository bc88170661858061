"""The games in a real browser: two teams up to the truth, six roles up to the card."""

from __future__ import annotations

import pytest
from small_browser import FIGURES, WITHOUT, complaints, opened, seen
from small_page import served

pytest.importorskip("axe_playwright_python", reason=WITHOUT)
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

YEARS = 4


def joined(visit, code: str, side: int, game: str) -> Tab:
    """A phone that comes into the room and takes a side."""
    tab = visit(f"room?code={code}", width=390)
    tab.locator(f"#{game}-sides button").nth(side).click()
    return tab


def goes_on(leader: Tab, label: str) -> None:
    expect(leader.locator("#next")).to_have_text(label)
    leader.click("#next")


def narrow(tab: Tab) -> bool:
    return tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_two_teams_play_four_years_and_are_told_the_truth(visit):
    leader = visit("room")
    code = opened(leader)
    leader.fill("#game-teams", "2")
    leader.select_option("#game-budget", "ample")
    leader.click("#do-game")
    one, other = (joined(visit, code, side, "game") for side in (0, 1))
    expect(one.locator("#doing")).to_contain_text("your plan for year 1")
    one.select_option("#g-communication", "3")
    one.select_option("#g-collection", "3")
    expect(one.locator("#hand-in")).to_be_disabled()
    expect(one.locator("#game-cost")).to_contain_text("too much")
    one.select_option("#g-collection", "")
    one.select_option("#g-communication", "2")
    one.click("#hand-in")
    expect(one.locator("#game-handed")).to_contain_text("Handed in")
    expect(leader.locator("#doing")).to_contain_text("1 of 2 teams")
    expect(other.locator("#game-handed")).to_have_text("")
    assert narrow(one) and not complaints(one)
    seen(one, "game-plan")
    for year in range(1, YEARS + 1):
        goes_on(leader, f"Close year {year}")
        expect(leader.locator("#doing")).to_contain_text(f"Year {year} is over")
        expect(one.locator("#game-table thead th")).to_have_count(1 + year)
        expect(one.locator("#game-table tbody tr").first).not_to_contain_text("…")
        expect(one.locator("#game-table tbody tr").last).to_contain_text("from measurement 3 on")
        assert one.locator("#game-truth").is_hidden()
        if year == 1:
            one.reload()  # nothing is lost
            expect(one.locator("#game-table thead th")).to_have_count(2)
        goes_on(leader, f"Begin year {year + 1}" if year < YEARS else "Tell the truth")
        if year == 1:
            expect(one.locator("#g-communication option").first).to_have_text("2.0, as it is")
            expect(one.locator("#game-sides")).to_be_hidden()
    for tab in (leader, one):
        expect(tab.locator("#truth-table tbody tr").nth(1)).to_contain_text("Team")
        expect(tab.locator("#truth-said")).to_contain_text("ahead")
    row = leader.locator("#truth-table tbody tr", has_text="Team 2")
    expect(row).to_contain_text("0.0 (0.0 to 0.0)")
    expect(leader.locator("#truth-table tbody tr").nth(2)).to_contain_text("best of")
    expect(leader.locator("#next")).to_be_hidden()
    assert not complaints(leader) and narrow(one)
    seen(leader, "game-truth")


def test_a_game_goes_on_after_the_server_was_started_again(chromium, tmp_path):
    folder = f"output.folder={tmp_path}"
    contexts = [chromium.new_context() for _ in range(2)]
    leader, team = (context.new_page() for context in contexts)
    with served(folder, keeps=True) as first:
        leader.goto(f"{first.address}/#room")
        code = opened(leader)
        leader.click("#do-game")
        team.goto(f"{first.address}/#room?code={code}")
        team.locator("#game-sides button").nth(2).click()
        team.select_option("#g-measurement", "2")
        team.click("#hand-in")
        expect(team.locator("#game-handed")).to_contain_text("Handed in")
        port = first.port
    with served(folder, keeps=True, port=port):
        expect(leader.locator("#connection")).to_be_hidden(timeout=FIGURES)
        goes_on(leader, "Close year 1")
        expect(team.locator("#doing")).to_contain_text("Year 1 is over")
        expect(team.locator("#game-sides button").nth(2)).to_contain_text("Team 3 (1)")
        expect(team.locator("#game-table tbody tr").nth(4)).not_to_contain_text("from measurement")
    for context in contexts:
        context.close()


def test_six_roles_negotiate_one_plan_and_see_what_the_card_changes(visit):
    leader = visit("room")
    code = opened(leader)
    leader.click("#do-boardroom")
    director, stores, web, marketing = (joined(visit, code, k, "board") for k in range(4))
    expect(stores.locator("#board-sheet")).to_contain_text("parcel counter of the web shop")
    expect(stores.locator("#board-sheet")).not_to_contain_text("last slide")
    marketing.fill("#pay-communication", "9")
    expect(marketing.locator("#board-say")).to_be_disabled()
    marketing.fill("#pay-communication", "0.5")
    marketing.check("#yes-communication")
    marketing.select_option("#set-newsletters", "3")
    marketing.check("#yes-newsletters")
    marketing.click("#board-say")
    lines = leader.locator("#board-lines tbody tr")
    expect(lines.nth(0)).to_contain_text("Stores, Customer service")  # whose yes is missing
    expect(lines.nth(0)).to_contain_text("left lying")
    expect(lines.nth(1)).to_contain_text("in the plan")
    assert narrow(marketing) and not complaints(marketing)
    seen(marketing, "boardroom-move")
    for tab in (stores, web):
        tab.check("#yes-store")
        tab.click("#board-say")
    expect(leader.locator("#board-lines")).to_contain_text("returned in stores")
    goes_on(leader, "Close round 1 and replay the plan")
    expect(leader.locator("#doing")).to_have_text("What the plan of round 1 brings")
    expect(leader.locator("#board-figures thead")).to_contain_text("Marketing alone")
    expect(director.locator("#board-roles tbody tr")).to_have_count(6)
    for k in (2, 3):
        goes_on(leader, f"Begin round {k}")
        expect(director.locator("#board-move")).to_be_visible()
        goes_on(leader, f"Close round {k} and replay the plan")
    goes_on(leader, "Read the card, then replay")
    expect(leader.locator("#board-card")).to_contain_text("nobody here is paid by channel")
    expect(leader.locator("#board-card tbody tr").first).to_contain_text("to")
    assert not complaints(leader)
    seen(leader, "boardroom-card")
    goes_on(leader, "To the debriefing")
    expect(stores.locator("#board-questions")).to_contain_text("One word for how you felt")
    seen(leader, "boardroom-debriefing")
