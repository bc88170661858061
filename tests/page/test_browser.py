"""The page in a real browser: what people click, and that nothing leaves this machine."""

from __future__ import annotations

import json
import re

import pytest
from small_browser import FIGURES, WITHOUT, complaints, move, opened, seen
from small_page import served

pytest.importorskip("axe_playwright_python", reason=WITHOUT)
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect


def all_worlds(tab: Tab) -> None:
    expect(tab.locator("#status")).to_contain_text("3 of 3 worlds")


def test_moving_a_slider_brings_a_picture_and_its_interval(visit):
    tab = visit("bring")
    move(tab, "communication", 3)
    expect(tab.locator("#o-communication")).to_have_text("3.0")
    all_worlds(tab)
    expect(tab.locator("#headline")).to_contain_text("Net revenue")
    assert tab.locator("#chart-differences .barlayer .point").count() == 15
    tab.locator("[data-show=differences] summary").click()
    rows = tab.locator("#table-differences tbody tr")
    assert rows.count() == 30 and "–" not in rows.first.inner_text()
    seen(tab, "bring")


def test_the_danish_average_against_itself_is_zero_throughout(visit):
    tab = visit("bring")
    all_worlds(tab)
    expect(tab.locator("#headline")).to_have_text("This is the Danish average itself.")
    tab.locator("[data-show=differences] summary").click()
    cells = tab.locator("#table-differences tbody tr td:nth-child(5)").all_inner_texts()
    known = {cell for cell in cells if cell != "–"}  # a share of nobody is no figure
    assert len(cells) == 30 and {float(cell) for cell in known} == {0.0}


def test_a_link_restores_exactly_the_state_and_the_file_matches_it(visit, page):
    tab = visit("bring")
    move(tab, "analysis", 2.5)
    tab.select_option("#p-returns", "store")
    tab.check("#p-uses")
    told = tab.evaluate("location.hash")
    assert told == "#bring?analysis=2.5&returns=store&uses=1"
    other = visit(told[1:])
    assert other.locator("#s-analysis").input_value() == "2.5"
    assert other.locator("#p-returns").input_value() == "store"
    assert other.locator("#p-uses").is_checked()
    other.click("nav a[data-view=home]")
    expect(other.locator("#yaml-text")).to_contain_text("analysis: 2.5")
    assert other.locator("#link").input_value() == f"{page.address}/{told}"
    with other.expect_download() as taken:
        other.click("#yaml")
    assert "return_in_store" not in taken.value.path().read_text(encoding="utf-8")
    assert "pickup_in_store: false" in taken.value.path().read_text(encoding="utf-8")


def test_a_link_with_what_is_not_on_offer_shows_the_average(visit):
    tab = visit("bring?recognition=9&scenario=nowhere&staff=12&x=<img src=1>")
    assert tab.evaluate("location.hash") == "#bring"
    all_worlds(tab)


def test_going_back_to_the_average_takes_everything_back(visit):
    tab = visit("bring?analysis=3&bonus=customer&scenario=covid&fee=0")
    tab.click("#reset")
    assert tab.evaluate("location.hash") == "#bring"
    assert tab.locator("#o-analysis").inner_text() == "1.14"
    assert tab.locator("#p-scenario").input_value() == "base"


def test_the_assessment_draws_the_target_and_sets_the_sliders(visit):
    tab = visit("where")
    assert tab.locator("#questions fieldset").count() == 18
    assert tab.locator("#carry-over").is_disabled()
    for k in range(3):
        tab.check(f"input[name='organisation-{k}'][value='2']")
    label = tab.locator("#target svg").get_attribute("aria-label")
    assert "Our company" in label and "Organisation 2.5" in label
    for discipline in ("recognition", "collection", "analysis", "communication", "measurement"):
        for k in range(3):
            tab.check(f"input[name='{discipline}-{k}'][value='0']")
    expect(tab.locator("#target-said")).to_have_text(
        "Ahead of the Danish average in: Organisation (2.5)."
    )
    seen(tab, "where")
    tab.click("#carry-over")
    assert "organisation=2.5" in tab.evaluate("location.hash")
    assert "recognition=0.5" in tab.evaluate("location.hash")


def test_a_benchmark_is_loaded_from_a_file_and_a_wrong_file_is_left(visit, tmp_path):
    tab = visit("where")
    levels = dict.fromkeys(
        ("recognition", "collection", "analysis", "communication", "measurement", "organisation"), 2
    )
    good, bad = tmp_path / "benchmark.json", tmp_path / "other.json"
    good.write_text(json.dumps({"levels": levels}), encoding="utf-8")
    bad.write_text(json.dumps({"levels": levels | {"analysis": 7}}), encoding="utf-8")
    tab.set_input_files("#benchmark", good)
    expect(tab.locator("#target polygon.one")).to_have_count(1)
    tab.set_input_files("#benchmark", bad)
    expect(tab.locator("#target polygon.one")).to_have_count(0)


def test_why_shows_what_each_group_does(visit):
    tab = visit("why?communication=3")
    tab.locator("#why details summary").click()
    expect(tab.locator("#table-why tbody tr").nth(14)).to_be_visible(timeout=FIGURES)
    tab.select_option("#why-figure", "nps")
    expect(tab.locator("#table-why caption")).to_have_text("Net promoter score")
    tab.select_option("#tale-who", "mette")
    expect(tab.locator("#tale-sentence")).to_contain_text("Mette looks at Instagram")
    expect(tab.locator("#tale tbody tr").nth(5)).to_be_visible(timeout=FIGURES)
    expect(tab.locator("#tale")).to_contain_text("satisfaction at the end")
    seen(tab, "why")


def test_clicking_a_bar_leads_to_what_carries_that_figure_and_one_can_go_back(visit):
    tab = visit("bring?communication=3")
    all_worlds(tab)
    bar = tab.locator("#chart-differences .barlayer .trace.bars").nth(3).locator(".point").first
    bar.scroll_into_view_if_needed()
    box = bar.locator("path").bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(tab.locator("#why")).to_be_visible()
    assert tab.locator("#why-figure").input_value() == "nps"
    assert tab.evaluate("location.hash") == "#why?communication=3"
    tab.go_back()
    expect(tab.locator("#bring")).to_be_visible()
    assert tab.locator("#s-communication").input_value() == "3"


def test_without_a_mouse_a_button_in_the_table_leads_there_and_one_sentence_says_what_it_is(visit):
    tab = visit("bring?communication=3")
    all_worlds(tab)
    tab.locator("[data-show=differences] summary").click()
    assert tab.locator("#table-differences button").count() == 9, "one a figure, told for all"
    button = tab.locator("#table-differences button[data-figure=orders]")
    expect(button).to_have_accessible_name("Why? Orders")
    button.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#why")).to_be_visible()
    assert tab.locator("#why-figure").input_value() == "orders"
    said = re.compile(
        r"^Orders: (of what can be told apart, most is carried by “.+”\. .+\. Without it our "
        r"company would have [\d.]+ less \([\d.]+ to [\d.]+; a person and year\)\.|"
        r"no group can be seen .+|of no group can it be said .+)$"
    )
    expect(tab.locator("#why-said")).to_have_text(said, timeout=120_000)
    tab.locator("#why details summary").click()
    expect(tab.locator("#table-why tbody tr").first).to_contain_text(".")  # what the group does


GAINED = (
    "Net revenue: of what can be told apart, most is carried by “automation flows”. What a "
    "customer does sets off a mail: a basket left behind, a purchase, a birthday. Without it our "
    "company would have 12 less (3 to 22; DKK a person and year)."
)
LOST = (
    "Net revenue: no group can be seen to add to it, and “content and community” takes from it. "
    "Stories, advice and a forum stand before the goods, for people who look for ideas. Without it "
    "our company would have 9 more (3 to 15; DKK a person and year)."
)
UNSURE = (
    "Net revenue: of no group can it be said that it carries anything; each may as well be nothing."
)
EARLY = "Net revenue: nothing can be told apart yet. That takes 3 worlds."
GREY = {"analysis": (30, -5, 65)}


@pytest.mark.parametrize(
    ("found", "worlds", "said"),
    [
        (GREY | {"flows": (12.4, 3.1, 21.7), "store": (4, 1, 7)}, 4, GAINED),
        (GREY | {"content": (-9, -15, -3), "store": (-2, -3, -1)}, 4, LOST),
        (GREY, 4, UNSURE),
        ({"analysis": (30, None, None)}, 2, EARLY),
    ],
    ids=["gained", "lost", "unsure", "early"],
)
def test_a_sentence_says_no_more_than_the_bars_can(visit, page, found, worlds, said):
    groups = page.page.settings.company.groups
    rows = [
        {
            "title": groups[name].title,
            "does": groups[name].does,
            "found": values,
            "clear": values[1] is not None and (values[1] > 0 or values[2] < 0),
        }
        for name, values in sorted(found.items(), key=lambda entry: -entry[1][0])
    ]
    told = visit("why").evaluate(
        "async ([rows, worlds]) => (await import('/static/why.js'))"
        ".sentence('net_revenue', 'dkk', rows, worlds, 'analysis=3')",
        [rows, worlds],
    )
    assert told == said


def test_the_average_cannot_be_without_anything(visit):
    tab = visit("why")
    expect(tab.locator("#why-said")).to_contain_text(
        "This is the Danish average itself", timeout=FIGURES
    )


def test_what_was_known_of_a_customer_is_opened_day_by_day(visit):
    tab = visit("why?communication=3&recognition=3")
    tab.select_option("#tale-who", "anders")
    evenings = tab.locator("#tale button.evening")
    expect(evenings.nth(5)).to_be_visible(timeout=FIGURES)
    known = tab.locator("#tale table.known")
    expect(known).to_have_count(1)  # the day of the parting, or the last one
    expect(known).to_contain_text("Anders on the evening of")
    expect(known).to_contain_text("On file: Our company")
    assert known.locator("tbody tr").count() == 12
    expect(known.locator("tbody tr").first).to_contain_text("Name")
    evenings.nth(0).focus()
    tab.keyboard.press("Enter")
    expect(known).to_have_count(2)
    expect(evenings.nth(0)).to_have_attribute("aria-expanded", "true")
    seen(tab, "known")
    assert not complaints(tab)
    tab.keyboard.press("Enter")
    expect(known).to_have_count(1)


def test_somebody_else_is_another_customer_without_a_name(visit):
    tab = visit("why?communication=3")
    assert tab.locator("#tale-next").is_hidden()
    tab.select_option("#tale-who", label="Somebody: a shopper")
    told = re.compile(r"Customer [\d,]+ is a shopper")
    expect(tab.locator("#tale tbody tr").first).to_contain_text(told)
    first = tab.locator("#tale tbody tr").first.inner_text()
    tab.click("#tale-next")
    expect(tab.locator("#tale tbody tr").first).to_contain_text(told)
    expect(tab.locator("#tale tbody tr").first).not_to_have_text(first)
    seen(tab, "somebody")
    tab.select_option("#tale-who", "ole")
    expect(tab.locator("#tale-next")).to_be_hidden()


def test_a_room_guesses_and_then_sees_the_answer_and_survives_a_reload(visit, page):
    leader = visit("room")
    code = opened(leader)
    assert leader.locator("#qr").evaluate("image => image.naturalWidth > 100")
    phones = [visit(f"room?code={code}", width=390) for _ in range(2)]
    expect(leader.locator("#room-people")).to_have_text("2 here")
    leader.select_option("#ask-what", "2")
    leader.click("#do-predict")
    for phone, guess in zip(phones, ("70", "99"), strict=True):
        phone.fill("#my-guess", guess)
        phone.click("#guess button")
        expect(phone.locator("#guess-kept")).to_contain_text("Kept")
    expect(leader.locator("#room-people")).to_have_text("2 of 2 have answered")
    assert leader.locator("#revealed").is_hidden()
    phones[0].reload()
    expect(phones[0].locator("#room-people")).to_have_text("2 of 2 have answered")
    leader.reload()
    leader.click("#reveal")
    for tab in (leader, *phones):
        expect(tab.locator("#said-room")).to_contain_text("2 guesses")
        expect(tab.locator("#said-room")).to_contain_text("Measured")
    assert phones[0].locator("#guess").is_hidden()
    seen(leader, "guessed")
    seen(phones[0], "guessed-phone")
    leader.click("#pause")
    expect(phones[1].locator("#doing")).to_have_text("Paused: eyes to the front.")


LATE = """
window.through = [];
window.WebSocket = class extends WebSocket {
  #stands = false;
  addEventListener(what, heard) {
    const stood = (event) => { this.#stands = true; heard(event); };
    const late = (event) => window.through.push(() => stood(event));
    super.addEventListener(what, what === "open" ? late : heard);
  }
  get readyState() { return this.#stands ? super.readyState : WebSocket.CONNECTING; }
};
"""  # a socket that opens when a test lets it through


def test_what_is_clicked_before_the_connection_stands_is_done_when_it_does(chromium, page):
    tab = chromium.new_page()
    tab.add_init_script(LATE)
    tab.goto(f"{page.address}/#room")
    tab.click("#open-room")
    tab.wait_for_function("window.through.length")
    assert tab.locator("#room-code").is_hidden()
    tab.evaluate("window.through.shift()()")
    expect(tab.locator("#room-code")).to_have_text(re.compile("^[A-Z2-9]{8}$"))
    tab.close()


def test_people_of_a_company_answer_alone_and_see_where_they_disagree(visit):
    leader = visit("room")
    code = opened(leader)
    phones = [visit(f"room?code={code}", width=390) for _ in range(2)]
    expect(leader.locator("#room-people")).to_have_text("2 here")
    leader.click("#do-assess")
    for band, phone in zip((0, 2), phones, strict=True):
        phone.click("#go-assess a")
        phone.check(f"input[name='measurement-0'][value='{band}']")
    expect(leader.locator("#room-people")).to_have_text("2 of 2 have answered")
    phones[1].reload()
    expect(phones[1].locator("input[name='measurement-0'][value='2']")).to_be_checked()
    leader.click("#reveal")
    expect(leader.locator("#disagree")).to_contain_text("Where you disagree most")
    expect(leader.locator("#chart-room")).to_have_attribute("aria-label", "Measurement 1.5")
    with leader.expect_download() as taken:
        leader.click("#save-levels")
    saved = json.loads(taken.value.path().read_text(encoding="utf-8"))
    assert saved["levels"]["measurement"] == 1.5 and saved["people"] == 2


def test_rooms_come_back_after_the_server_was_started_again(chromium, tmp_path):
    folder = f"output.folder={tmp_path}"
    context = chromium.new_context()
    tab = context.new_page()
    with served(folder, keeps=True) as first:
        tab.goto(f"{first.address}/#room")
        code = opened(tab)
        port = first.port
    expect(tab.locator("#connection")).to_contain_text("The connection is gone")
    with served(folder, keeps=True, port=port):
        expect(tab.locator("#connection")).to_be_hidden(timeout=FIGURES)
        tab.reload()
        expect(tab.locator("#room-code")).to_have_text(code)
        expect(tab.locator("#leading")).to_be_visible()
    context.close()


def test_on_a_phone_nothing_is_wider_than_the_screen(visit):
    tab = visit("bring?communication=3", width=390)
    all_worlds(tab)
    for view in ("bring", "where", "why", "room", "home"):
        tab.click(f"nav a[data-view={view}]")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390, view
        seen(tab, f"{view}-phone")


def test_everything_can_be_reached_and_done_with_the_keyboard(visit):
    tab = visit()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.locator("#s-recognition").focus()
    tab.keyboard.press("ArrowRight")
    assert "recognition=2" in tab.evaluate("location.hash")
    tab.locator("nav a[data-view=why]").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#why")).to_be_visible()
    expect(tab.locator("#bring")).to_be_hidden()


@pytest.mark.parametrize("dark", [False, True])
def test_an_accessibility_checker_finds_nothing_to_complain_of(visit, dark):
    tab = visit("bring?analysis=3")
    if dark:
        tab.click("#light")
    for view in ("bring", "where", "why", "room", "home"):
        tab.click(f"nav a[data-view={view}]")
        if view == "room":
            opened(tab)
        expect(tab.locator(f"#{view}")).to_be_visible()
        assert not complaints(tab), view


@pytest.mark.parametrize("look", ["bright", "dark", "projector"])
def test_the_page_looks_right_in_dark_and_bright_rooms(visit, look):
    tab = visit("bring?communication=3")
    if look != "bright":
        tab.click("#light" if look == "dark" else "#large")
    expect(tab.locator("#chart-differences .barlayer .point")).to_have_count(15)
    paper = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    ink = tab.evaluate("getComputedStyle(document.body).color")
    lightness = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (paper, ink)]
    assert abs(lightness[0] - lightness[1]) > 500
    assert (lightness[0] < lightness[1]) == (look == "dark")
    size = tab.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert size >= (22 if look == "projector" else 16)
    seen(tab, f"bring-{look}")
